"""The colour layer on the matrix: a strip at the foot of each cell says how far the analysts lie apart in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter

from ach_desk.i18n import _
from ach_desk.scoring.group_sheet import GROUP
from ach_desk.ui.widgets.painting import fill

if TYPE_CHECKING:
    from ach_desk.ui.matrix.view import MatrixView
    from ach_desk.ui.session import Session

_HEIGHT = 6
_INSET = 1


class Differences(Protocol):
    """What several analysts made of each cell."""

    def key(self, evidence: str, hypothesis: str) -> str | None:
        """Return the key of `palette.APART` for a cell; None for one that has no strip."""
        ...

    def words(self, evidence: str, hypothesis: str) -> str:
        """Return what is said of a cell; "" for nothing."""
        ...


class Apart:
    """Which differences are shown; none until they are wanted."""

    def __init__(self) -> None:
        self.shown: Differences | None = None

    def show(self, differences: Differences | None) -> None:
        """Show these in the place of what is shown."""
        self.shown = differences

    def cell_words(self, evidence: str, hypothesis: str) -> list[str]:
        """Return what a tooltip and a screen reader say of a cell."""
        said = self.shown.words(evidence, hypothesis) if self.shown is not None else ""
        return [_("analysts: {said}").format(said=said)] if said else []


def lone_words(session: Session, evidence: str, hypothesis: str) -> list[str]:
    """Return, where the group's sheet is in front, that a cell has one rating alone; nothing for any other."""
    if session.analyst != GROUP:
        return []
    sheets = (sheet for analyst, sheet in session.matrix.sheets.items() if analyst != GROUP)
    ratings = (sheet.get(evidence, {}).get(hypothesis) for sheet in sheets)
    number = sum(rating is not None and rating.value is not None for rating in ratings)
    return [_("rated by one alone, which is no consensus")] if number == 1 else []


def paint_apart(painter: QPainter, view: MatrixView, rows: range, columns: range) -> None:
    """Paint the strips of these rows and columns; cells that nobody, or one alone, has rated have none."""
    shown, axes = view.matrix.apart.shown, view.matrix.axes
    if shown is None:
        return
    tones = view.look.palette.apart
    for row in rows:
        for column in columns:
            if axes.lies_on_band(row, column):
                continue
            key = shown.key(*axes.cell(row, column))
            if key is not None:
                rect = view.rect_between((row, column), (row, column)).adjusted(_INSET, 0, -_INSET - 1, -_INSET)
                strip = QRect(rect.left(), rect.bottom() - _HEIGHT + 1, rect.width(), _HEIGHT)
                fill(painter, strip, QColor(tones[key].fill))
                painter.setPen(QColor(tones[key].line))
                painter.drawLine(strip.topLeft(), strip.topRight())
