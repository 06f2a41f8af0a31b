"""What stands around the matrix when there is more than the ratings of one: the band above it, the tabs below."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ach_desk.commands import edits, matrices
from ach_desk.i18n import _
from ach_desk.reporting.palette import Palette, under_what_if
from ach_desk.ui.matrix.tabs import MatrixTabs
from ach_desk.ui.session import Session
from ach_desk.ui.text import shortened
from ach_desk.ui.widgets.band import EARLIER, WHAT_IF, Band

_LONGEST_NAME = 200


class MatrixFront(QObject):
    """Band and tabs of one matrix panel.

    palette_changed(Palette): the matrix is to be shown in other colours. close_requested(): the window is to be closed.
    """

    palette_changed = Signal(object)
    close_requested = Signal()

    def __init__(self, session: Session, palette: Palette, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._palette = palette
        self._is_tinted = False
        self.band = Band(palette, parent)
        self.tabs = MatrixTabs(session, parent)
        self.band.left.connect(self.leave)
        self.tabs.chosen.connect(session.show_matrix)
        self.tabs.renamed.connect(self.rename)
        self.tabs.moved.connect(self._move)
        for signal in (session.turned, session.replaced):
            signal.connect(self.refresh)
        session.changed.connect(self.refresh)
        self.refresh()

    @property
    def palette(self) -> Palette:
        """Return the colours in which the matrix is shown now."""
        return under_what_if(self._palette) if self._is_tinted else self._palette

    def set_palette(self, palette: Palette) -> None:
        """Take another theme over."""
        self._palette = palette
        self.band.set_palette(palette)

    def leave(self) -> None:
        """Leave the what-if that is on; without one the band is that of an earlier state, whose window is closed."""
        if self._session.scenario is None:
            self.close_requested.emit()
        else:
            self._session.show_scenario("")

    def refresh(self, *_changed: object) -> None:
        """Show or hide the band, and tint the matrix under a what-if."""
        session = self._session
        scenario = session.scenario
        if scenario is not None:
            text = _("What-if: {name}. Ratings stay untouched.").format(
                name=shortened(scenario.name, _LONGEST_NAME).rstrip(".")
            )
            self.band.show_band(WHAT_IF, " ".join(filter(None, (session.as_of, text))), _("Leave what-if"))
        elif session.as_of:
            self.band.show_band(EARLIER, session.as_of, _("Close"))
        else:
            self.band.hide()
        if self._is_tinted != (scenario is not None):
            self._is_tinted = scenario is not None
            self.palette_changed.emit(self.palette)

    def rename(self, matrix: str, name: str) -> None:
        """Give a matrix another name."""
        session = self._session
        text = _("Rename the matrix to {name}").format(name=name)
        session.execute(edits.set_field(session.analysis, "matrix", [matrix], "name", name, text))

    def _move(self, matrix: str, to: int) -> None:
        session = self._session
        session.execute(matrices.move(session.analysis, session.analysis.matrix(matrix), to))
