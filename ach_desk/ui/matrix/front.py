"""What stands around the matrix when there is more than the ratings of one: the band above it, the tabs below."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ach_desk.commands import edits, matrices
from ach_desk.i18n import _
from ach_desk.reporting.palette import Palette, under_what_if
from ach_desk.ui.matrix.tabs import MatrixTabs
from ach_desk.ui.session import Session
from ach_desk.ui.text import shortened

if TYPE_CHECKING:
    from ach_desk.ui.widgets.band import Band

_LONGEST_NAME = 200


class MatrixFront(QObject):
    """Band and tabs of one matrix panel.

    The band comes above everything else in the panel, once there is something to say in it.

    palette_changed(Palette): the matrix is to be shown in other colours. close_requested(): the window is to be closed.
    """

    palette_changed = Signal(object)
    close_requested = Signal()

    def __init__(self, session: Session, palette: Palette, parent: QWidget) -> None:
        super().__init__(parent)
        self._panel = parent
        self._session = session
        self._palette = palette
        self._is_tinted = False
        self.tabs = MatrixTabs(session, parent)
        self.tabs.chosen.connect(session.show_matrix)
        self.tabs.renamed.connect(self.rename)
        self.tabs.moved.connect(self._move)
        for signal in (session.turned, session.replaced):
            signal.connect(self.refresh)
        session.changed.connect(self.refresh)

    @cached_property
    def band(self) -> Band:
        """The band above the matrix, built when there is first something to say in it."""
        from ach_desk.ui.widgets.band import Band

        band = Band(self._palette, self._panel)
        band.left.connect(self.leave)
        column = self._panel.layout()
        if isinstance(column, QVBoxLayout):
            column.insertWidget(0, band)
        return band

    @property
    def _has_band(self) -> bool:
        return "band" in self.__dict__

    @property
    def palette(self) -> Palette:
        """Return the colours in which the matrix is shown now."""
        return under_what_if(self._palette) if self._is_tinted else self._palette

    def set_palette(self, palette: Palette) -> None:
        """Take another theme over."""
        self._palette = palette
        if self._has_band:
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
            self.band.show_what_if(" ".join(filter(None, (session.as_of, text))))
        elif session.as_of:
            self.band.show_earlier(session.as_of)
        elif self._has_band:
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
