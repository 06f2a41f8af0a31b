"""What a window does with its file when the person asks: save, save as, revert, print, and closing without loss."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from ach_desk.i18n import _
from ach_desk.storage import attachments
from ach_desk.storage.errors import ChangedOnDisk, StorageError, UnreadableFile
from ach_desk.ui import messages
from ach_desk.ui.background import Background
from ach_desk.ui.document import Document
from ach_desk.ui.settings import SettingsStore
from ach_desk.ui.theme import palette_for
from ach_desk.ui.window import AnalysisWindow

if TYPE_CHECKING:
    from ach_desk.ui.printing.dialog import Contents


class WindowFiles(QObject):
    """The file side of one window. `stayed()` when it was to be closed and the person chose to keep it open."""

    stayed = Signal()

    def __init__(self, window: AnalysisWindow, background: Background, store: SettingsStore) -> None:
        super().__init__(window)
        self._window = window
        self._document: Document = window.document
        self._background = background
        self._store = store
        self._document.save_failed.connect(self._ask_after_failure)
        self._document.close_requested.connect(self.close)

    def save(self, then: Callable[[bool], None] | None = None) -> None:
        """Save; asks for a name when there is none yet or the file cannot be written."""
        self._window.flush()
        if self._document.path is None or self._document.session.read_only:
            self.save_as(then)
        else:
            self._document.save(then)

    def save_as(self, then: Callable[[bool], None] | None = None) -> None:
        """Ask for a name, save there and go on with that file; of an earlier state only a copy can be saved."""
        if self._refuses_newer():
            return
        if self._document.is_earlier:
            self.save_copy()
            return
        self._window.flush()
        path = messages.save_analysis(self._window, _("Save as"), self._suggestion())
        if path is None:
            if then is not None:
                then(False)
        elif path == self._document.path and not self._document.session.read_only:
            self._document.save(then)
        else:
            self._document.save_as(path, then)

    def save_copy(self) -> None:
        """Ask for a name and write a copy; the window stays with its own file."""
        if self._refuses_newer():
            return
        self._window.flush()
        path = messages.save_analysis(self._window, _("Save a copy"), self._suggestion())
        if path == self._document.path and path is not None:
            self._window.show_message(_("A copy needs another name than the file that is open."))
        elif path is not None:
            self._document.save_copy(path)

    def can_revert(self) -> bool:
        """Return whether there is a file to go back to and something to take back."""
        return self._document.path is not None and self._document.session.is_dirty

    def revert(self) -> None:
        """Go back to what is in the file, after asking."""
        self._window.flush()
        question = _("Go back to the saved file? The edits since then are lost.")
        choices = [("revert", _("Revert")), ("cancel", _("Cancel"))]
        if messages.ask(self._window, question, str(self._document.path), choices, "cancel") == "revert":
            try:
                self._document.revert()
            except UnreadableFile as error:
                messages.tell(self._window, str(error))

    def print_preview(self, contents: Contents | None = None) -> None:
        """Open the print dialog; `contents` makes another document than the one on the whole analysis."""
        from ach_desk.ui.printing import PrintPreview

        self._window.flush()
        self._document.session.history.end_merging()  # the state of the pages is to be found again in the trail
        dialog = PrintPreview(
            self._document.session,
            self._background,
            self._file_name(),
            positive_scores=self._store.settings.score_sign == "positive",
            contents=contents,
            parent=self._window,
        )
        dialog.briefed.connect(self._document.keep_snapshot)
        dialog.message.connect(self._window.show_message)
        dialog.finished.connect(dialog.deleteLater)
        dialog.show()  # not modal: a long document is laid out while the work goes on

    def report(self) -> None:
        """Open the report dialog."""
        from ach_desk.ui.reports.dialog import ReportDialog

        self._window.flush()
        self._document.session.history.end_merging()  # the state that is reported is to be found again in the trail
        settings = self._store.settings
        dialog = ReportDialog(
            self._document.session,
            self._background,
            self._file_name(),
            palette_for(settings.theme, cast(QApplication, QApplication.instance())),
            positive_scores=settings.score_sign == "positive",
            template=Path(settings.word_template) if settings.word_template else None,
            parent=self._window,
        )
        dialog.briefed.connect(self._document.keep_snapshot)
        dialog.message.connect(self._window.show_message)
        dialog.template_chosen.connect(self._remember_template)
        dialog.finished.connect(dialog.deleteLater)
        dialog.show()  # not modal: the work goes on while a long report is made

    def _remember_template(self, path: Path | None) -> None:
        self._store.settings.word_template = str(path) if path is not None else ""
        self._store.save()

    def close(self) -> None:
        """Close the window; with unsaved edits ask Save, Discard or Cancel first, with a save under way after it."""
        self._window.flush()
        if self._document.is_saving:
            self._window.show_message(_("The window closes when the save is done."))
            self._document.after_save(self._close_after)
            return
        if not self._document.session.is_dirty:
            self._window.close_for_good()
            return
        question = _("Save the changes to “{name}”?").format(name=self._document.title)
        detail = _("Without saving, the edits since the last save are lost.")
        if self._document.path is None:
            detail = _("It has not been saved to a file yet; without saving it is lost.")
        choices = [("save", _("Save")), ("discard", _("Discard")), ("cancel", _("Cancel"))]
        answer = messages.ask(self._window, question, detail, choices, "save")
        if answer == "save":
            self.save(self._close_after)
        elif answer == "discard":
            self._window.close_for_good()
        else:
            self.stayed.emit()

    def _close_after(self, saved: bool) -> None:
        """Close once the save is done; asks again about edits that were made while it was under way."""
        if saved:
            self._window.close()
        else:
            self.stayed.emit()

    def _refuses_newer(self) -> bool:
        """Say so and return True for a file of a newer version, which this one could only write incompletely."""
        if self._document.is_newer:
            self._window.show_message(_("A file of a newer version of ACH Desk is not saved by this one."))
        return self._document.is_newer

    def _file_name(self) -> str:
        """Return a name, without ending, for a file made of the analysis."""
        return attachments.document_name(Path(self._document.title).name.removesuffix(messages.ANALYSIS_SUFFIX))

    def _suggestion(self) -> str:
        if self._document.path is not None:
            return str(self._document.path)
        return attachments.document_name(self._document.title) + messages.ANALYSIS_SUFFIX

    def _ask_after_failure(self, error: StorageError, retry: Callable[[], None]) -> None:
        if isinstance(error, ChangedOnDisk):
            choices = [
                ("copy", _("Save under another name ...")),
                ("overwrite", _("Overwrite")),
                ("cancel", _("Cancel")),
            ]
        else:
            choices = [
                ("retry", _("Try again")),
                ("copy", _("Save under another name ...")),
                ("cancel", _("Cancel")),
            ]
        answer = messages.ask(self._window, str(error), _("Nothing that you entered is lost."), choices, choices[0][0])
        if answer == "copy":
            self.save_as()
        elif answer == "overwrite":
            self._document.save_over()
        elif answer == "retry":
            retry()
