"""The actions of what leaves the window; each imports what it needs when it is first used."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from ach_desk.i18n import _
from ach_desk.storage.attachments import document_name
from ach_desk.ui import messages
from ach_desk.ui.actions import ActionSpec

if TYPE_CHECKING:
    from ach_desk.reporting.palette import Palette
    from ach_desk.ui.application import Desktop
    from ach_desk.ui.window import AnalysisWindow


class Outgoing(QObject):
    """What one window can give away or show to others."""

    def __init__(self, window: AnalysisWindow, desktop: Desktop) -> None:
        super().__init__(window)
        self._window, self._desktop = window, desktop

    def file_specs(self) -> list[ActionSpec]:
        """Return the actions of the menu "file"."""
        document = self._window.document
        text = _("Save a c&lean copy ...")
        return [ActionSpec("clean_copy", "file", text, self.clean_copy, enabled=lambda: not document.is_newer)]

    def view_specs(self) -> list[ActionSpec]:
        """Return the actions of the menu "view"."""
        session = self._window.session
        has_rows = lambda: bool(session.matrix.evidence and session.matrix.hypotheses)  # noqa: E731
        return [
            ActionSpec(
                "gallery",
                "view/charts",
                _("Chart &gallery ..."),
                self.gallery,
                ["Ctrl+Shift+Y"],
                enabled=lambda: self._window.matrix.scores_shown,
                separator=True,
            ),
            ActionSpec("projector", "view", _("Pro&jector"), self.projector, ["Shift+F11"], enabled=has_rows),
        ]

    def clean_copy(self) -> None:
        """Open the dialog on a clean copy."""
        from ach_desk.commands.private import Veil
        from ach_desk.ui.outgoing.clean_copy import CleanCopyDialog

        window = self._window
        window.flush()
        path = window.document.path
        stem = document_name(Path(window.document.title).name.removesuffix(messages.ANALYSIS_SUFFIX))
        name = _("{name} clean").format(name=stem) + messages.ANALYSIS_SUFFIX
        suggestion = str(path.parent / name) if path is not None else name
        copy = Veil.over(window.session.me, window.session.analysis).lifted(window.session.snapshot())
        dialog = CleanCopyDialog(copy, window.background, suggestion, path, window)
        dialog.message.connect(window.show_message)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def gallery(self) -> None:
        """Open the chart gallery."""
        from ach_desk.ui.outgoing.gallery import ChartGallery

        window = self._window
        window.flush()
        positive = window.store.settings.score_sign == "positive"
        dialog = ChartGallery(window.session, window.background, positive_scores=positive, parent=window)
        dialog.message.connect(window.show_message)
        dialog.briefed.connect(window.document.keep_snapshot)
        dialog.finished.connect(dialog.deleteLater)
        dialog.show()

    def projector(self) -> None:
        """Show the matrix item by item on the whole screen, from the item on which the matrix is."""
        from ach_desk.ui.outgoing.projector import Projector

        window = self._window
        window.flush()
        items = [item.id for item in window.session.assessment.items]
        present = window.matrix.view.caret.selection().evidence
        row = items.index(present) if present in items else 0
        projector = Projector(window.session, self._palette(), row, window)
        projector.showFullScreen()
        projector.activateWindow()
        projector.setFocus()

    def _palette(self) -> Palette:
        from ach_desk.ui.theme import palette_for

        return palette_for(self._window.store.settings.theme, cast(QApplication, QApplication.instance()))
