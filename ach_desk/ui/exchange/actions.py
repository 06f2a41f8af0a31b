"""The actions that let files of other programs in and out. What they do is imported when one of them is used."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ach_desk.i18n import _
from ach_desk.ui.actions import ActionSpec

if TYPE_CHECKING:
    from ach_desk.exchange.formats import Outgoing
    from ach_desk.ui.application import Desktop
    from ach_desk.ui.window import AnalysisWindow

WRITTEN = (".xlsx", ".ods", ".csv", ".tsv", ".stix.json")
"""The endings in the menu Export; a test holds them against the formats that can be written."""


class Exchange(QObject):
    """Import and export of one window."""

    def __init__(self, window: AnalysisWindow, desktop: Desktop) -> None:
        super().__init__(window)
        self._window, self._desktop = window, desktop

    def action_specs(self) -> list[ActionSpec]:
        """Return the actions, for the menus "file/import" and "file/export"."""
        texts = (
            _("&Excel workbook (.xlsx) ..."),
            _("&OpenDocument spreadsheet (.ods) ..."),
            _("&Comma-separated text (.csv) ..."),
            _("&Tab-separated text (.tsv) ..."),
            _("&STIX 2.1 bundle (.stix.json) ..."),
        )
        return [
            ActionSpec(
                "import_file", "file/import", _("&File of another program ..."), self.ask_import, separator=True
            ),
            *(
                ActionSpec(
                    f"export_{ending.lstrip('.').replace('.', '_')}", "file/export", text, partial(self.ask, ending)
                )
                for ending, text in zip(WRITTEN, texts, strict=True)
            ),
        ]

    def ask_import(self) -> None:
        """Ask for a file of another program and show what is in it."""
        from ach_desk.exchange.formats import FORMATS
        from ach_desk.ui import messages

        readable = [entry for entry in FORMATS if entry.read]
        patterns = " ".join(f"*{entry.ending}" for entry in readable)
        filters = _("Files of other programs ({patterns});;All files (*)").format(patterns=patterns)
        path = messages.open_one(self._window, _("Import"), filters)
        if path is not None:
            self.take(path)

    def take(self, path: Path) -> None:
        """Read the file and ask where it is to go."""
        from ach_desk.ui.exchange.incoming import Importing

        self._window.flush()
        Importing(self._window, self._desktop, path).start()

    def ask(self, ending: str) -> None:
        """Ask for a name and write the matrix in front, or the analysis, as another program reads it."""
        from ach_desk.exchange.formats import format_of
        from ach_desk.storage.attachments import DOCUMENT_SUFFIX, document_name
        from ach_desk.ui import messages

        window = self._window
        window.flush()
        found = format_of(f"x{ending}")
        assert found is not None
        name = document_name(window.document.title.removesuffix(DOCUMENT_SUFFIX))
        folder = window.document.path.parent if window.document.path is not None else Path()
        filters = _("{kind} (*{ending})").format(kind=found.title(), ending=ending)
        path = messages.save_file(window, _("Export"), str(folder / (name + ending)), filters)
        if path is not None:
            self.write(path if path.name.casefold().endswith(ending) else path.with_name(path.name + ending))

    def write(self, path: Path) -> None:
        """Write the file away from the window; the person agreed to replace one that is there."""
        from ach_desk.commands import snapshots
        from ach_desk.model import SnapshotKind

        window, session = self._window, self._window.session
        state = snapshots.snapshot_of(session.analysis, session.matrix, session.analyst, SnapshotKind.EXPORTED)

        def done(outgoing: Outgoing) -> None:
            window.document.keep_snapshot(state)
            self._written(path, outgoing)

        window.background.run(
            partial(_write_job, path, session.snapshot(), session.matrix.id, session.analyst),
            done,
            self._failed,
            owner=self,
            must_finish=True,
        )

    def _written(self, path: Path, outgoing: Outgoing) -> None:
        from ach_desk.ui.dialogs.report import show_report

        said = _("{file} was written.").format(file=path.name)
        self._window.show_message(said)
        lines = [_("Left out: {part}.").format(part=part) for part in outgoing.left_out]
        lines = [*outgoing.problems, *lines]
        if lines:
            show_report(_("Export"), said, lines, self._window)

    def _failed(self, error: Exception) -> None:
        from ach_desk.storage.errors import StorageError
        from ach_desk.ui import messages

        if not isinstance(error, StorageError):
            raise error
        messages.tell(self._window, str(error))


def _write_job(path: Path, analysis: object, matrix: str, analyst: str, _cancel: object) -> Outgoing:
    from ach_desk.exchange.formats import format_of
    from ach_desk.model import Analysis
    from ach_desk.storage.files import write_bytes_atomically

    found = format_of(path.name)
    assert found is not None
    assert isinstance(analysis, Analysis)
    outgoing = found.writer()(analysis, analysis.matrix(matrix), analyst)
    write_bytes_atomically(path, outgoing.data)
    return outgoing
