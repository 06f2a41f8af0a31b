"""File > Import and File > Export: from and into the files of other programs."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ach_desk.exchange.formats import FORMATS, Format, Outgoing, Report
from ach_desk.i18n import _, join_some
from ach_desk.model import Analysis, Snapshot, SnapshotKind
from ach_desk.storage.attachments import DOCUMENT_SUFFIX, document_name
from ach_desk.storage.errors import StorageError
from ach_desk.ui import messages
from ach_desk.ui.actions import ActionSpec
from ach_desk.ui.windows import SHEETS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ach_desk.commands.take_in import TakenIn
    from ach_desk.ui.application import Desktop
    from ach_desk.ui.background import Cancel
    from ach_desk.ui.session import Session
    from ach_desk.ui.sheets.dialog import ImportDialog
    from ach_desk.ui.window import AnalysisWindow

_MOST_NAMED = 4


class Interchange(QObject):
    """Import and export of one window."""

    def __init__(self, window: AnalysisWindow, desktop: Desktop) -> None:
        super().__init__(window)
        self._window = window
        self._desktop = desktop

    def action_specs(self) -> list[ActionSpec]:
        """Return the actions, for the menu "file"; what is written is a line in the list of formats."""
        exports = [
            ActionSpec(
                f"export{entry.ending.replace('.', '_')}",
                "file/export",
                _("{title} (*{ending}) ...").format(title=entry.title(), ending=entry.ending),
                partial(self.ask_export, entry),
            )
            for entry in FORMATS
            if entry.write
        ]
        return [ActionSpec("import", "file/import", _("&Spreadsheet ..."), self.ask_import, separator=True), *exports]

    def ask_import(self) -> None:
        """Ask for a spreadsheet and open the import dialog on it."""
        patterns = " ".join(f"*{ending}" for ending in SHEETS)
        filters = _("Spreadsheets ({patterns});;All files (*)").format(patterns=patterns)
        path = messages.open_file(self._window, _("Import spreadsheet"), "", filters)
        if path is not None:
            self.open_import(path)

    def open_import(self, path: Path) -> ImportDialog:
        """Open the import dialog on a file and return it."""
        window = self._window
        window.flush()
        dialog = _opened(self._desktop, path, None if window.session.read_only else window.session, window)
        dialog.merged.connect(partial(self._merged, path))
        return dialog

    def ask_export(self, entry: Format) -> None:
        """Ask for a name and write the matrix in front in that format."""
        window = self._window
        window.flush()
        window.session.history.end_merging()
        name = document_name(window.document.title.removesuffix(DOCUMENT_SUFFIX))
        folder = window.document.path.parent if window.document.path is not None else Path()
        filters = f"{entry.title()} (*{entry.ending})"
        path = messages.save_file(window, _("Export"), str(folder / (name + entry.ending)), filters)
        if path is not None:
            self.export(entry, path)

    def export(self, entry: Format, path: Path) -> None:
        """Write the matrix in front, away from the window; the person agreed to replace a file that is there."""
        from ach_desk.commands import snapshots

        session = self._window.session
        state = snapshots.snapshot_of(session.analysis, session.matrix, session.analyst, SnapshotKind.EXPORTED)
        job = partial(_export_job, entry, session.front_copy(), session.matrix.id, session.analyst, path)
        done = partial(self._exported, path, state)
        self._window.background.run(job, done, self._failed, owner=self, must_finish=True)

    def _exported(self, path: Path, state: Snapshot, outgoing: Outgoing) -> None:
        window = self._window
        if not window.session.read_only:
            window.document.keep_snapshot(state)
        text = _("{file} was written.").format(file=path.name)
        if outgoing.left_out:
            parts = join_some(outgoing.left_out[:_MOST_NAMED], _MOST_NAMED, len(outgoing.left_out))
            text += " " + _("It leaves out: {parts}.").format(parts=parts)
        window.show_message(text)
        if outgoing.problems or outgoing.notes:
            from ach_desk.ui.dialogs.report import show_report

            lines = [*outgoing.problems, *outgoing.notes, *outgoing.left_out]
            said = _("Not everything will be read back as it is.") if outgoing.problems else _("To know of this file:")
            show_report(_("Export"), said, lines, window)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, StorageError):
            raise error
        messages.tell(self._window, str(error))

    def _merged(self, path: Path, taken: TakenIn, report: Report) -> None:
        window = self._window
        change = window.session.execute(taken.command, every_sheet=True)
        text = _("Nothing in {file} was new.") if change.is_empty else _("{file} was merged; Undo takes it all back.")
        _show_report(window, text.format(file=path.name), report)


def import_sheet(desktop: Desktop, path: Path) -> None:
    """Open the import dialog on a spreadsheet that was to be opened: before the window in front, or without one."""
    front = desktop.app.activeWindow()
    window = front if front in desktop.windows else next(iter(desktop.windows), None)
    found = window.findChild(Interchange) if window is not None else None
    if found is not None:
        found.open_import(path)
    else:
        if not desktop.windows:
            desktop.show_start()  # behind the dialog, and there when that is left
        _opened(desktop, path, None, desktop.front())


def _opened(desktop: Desktop, path: Path, session: Session | None, parent: QWidget | None) -> ImportDialog:
    from ach_desk.ui.sheets.dialog import ImportDialog

    dialog = ImportDialog(path, desktop.background, desktop.store, session, parent)
    dialog.made.connect(partial(open_made, desktop, path))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def open_made(desktop: Desktop, path: Path, analysis: Analysis, report: Report) -> None:
    """Open an analysis that was made from a file, with the report on what became of it."""
    window = desktop.open_untitled(analysis, dirty=True, suggested_name=path.stem)
    _show_report(window, _("{file} was opened as a new analysis.").format(file=path.name), report)


def _show_report(window: AnalysisWindow, sentence: str, report: Report) -> None:
    from ach_desk.ui.dialogs.report import show_report
    from ach_desk.ui.sheets.jobs import lines_of

    show_report(_("Import"), sentence, lines_of(report), window)


def _export_job(entry: Format, analysis: Analysis, matrix: str, analyst: str, path: Path, _cancel: Cancel) -> Outgoing:
    from ach_desk.storage.files import write_bytes_atomically

    outgoing = entry.writer()(analysis, analysis.matrix(matrix), analyst)
    write_bytes_atomically(path, outgoing.data)
    return outgoing
