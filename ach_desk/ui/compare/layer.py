"""The colour layer on the matrix: a strip at the foot of each cell says how far the analysts lie apart in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter

from ach_desk.i18n import _

if TYPE_CHECKING:
    from ach_desk.ui.matrix.view import MatrixView

_HEIGHT = 6
_INSET = 1


class Apart:
    """What is shown: (item, hypothesis) -> key of `palette.APART`, and -> what a tooltip says. Empty: nothing."""

    def __init__(self) -> None:
        self.keys: Mapping[tuple[str, str], str] = {}
        self.words: Mapping[tuple[str, str], str] = {}

    def show(self, keys: Mapping[tuple[str, str], str], words: Mapping[tuple[str, str], str]) -> None:
        """Show this in the place of what is shown."""
        self.keys, self.words = keys, words

    def cell_words(self, evidence: str, hypothesis: str) -> list[str]:
        """Return what a tooltip and a screen reader say of a cell."""
        said = self.words.get((evidence, hypothesis))
        return [_("analysts: {said}").format(said=said)] if said else []


def paint_apart(painter: QPainter, view: MatrixView, rows: range, columns: range) -> None:
    """Paint the strips of these rows and columns; cells that nobody, or one alone, has rated have none."""
    keys, axes = view.matrix.apart.keys, view.matrix.axes
    if not keys:
        return
    tones = view.look.palette.apart
    for row in rows:
        for column in columns:
            if axes.lies_on_band(row, column):
                continue
            key = keys.get(axes.cell(row, column))
            if key is not None:
                rect = view.rect_between((row, column), (row, column)).adjusted(_INSET, 0, -_INSET - 1, -_INSET)
                strip = QRect(rect.left(), rect.bottom() - _HEIGHT + 1, rect.width(), _HEIGHT)
                painter.fillRect(strip, QColor(tones[key].fill))
                painter.setPen(QColor(tones[key].line))
                painter.drawLine(strip.topLeft(), strip.topRight())
