"""The ranking without a source, in a sentence that is computed a moment later, and only while it can be seen."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ach_desk.i18n import _
from ach_desk.model import Source
from ach_desk.scoring.sources import without
from ach_desk.ui.session import Session
from ach_desk.ui.widgets.labels import plain

_REST_MS = 60
"""A moment after the last key press, so that cells and scores are painted first."""


class StandingWithout(QWidget):
    """ "Without S3, H2 draws level with H3." """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._source = ""
        self.scores_shown = True
        self.is_stale = False
        self.words = plain(strong=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.words)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._compute)

    def show_source(self, source: Source) -> None:
        """Show what the standing is without this source; nothing for one that is retracted already."""
        if source.id != self._source:
            self.words.setText("")
        self._source = source.id
        self.setVisible(not source.retracted)
        self.is_stale = True
        if self.isVisible():
            self._rest.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.is_stale:
            self._rest.start()

    def _compute(self) -> None:
        session = self._session
        source = session.analysis.sources.get(self._source)
        self.is_stale = False
        if source is None:
            return
        if not self.scores_shown:
            self.words.setText(_("The ranking without it appears together with the scores."))
            return
        self.words.setText(without(session.analysis, session.as_rated, source, session.matrix.id))
