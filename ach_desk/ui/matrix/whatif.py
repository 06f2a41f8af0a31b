"""The cells that a what-if rates otherwise: the other value large, the analyst's own one below it, in words too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPen

from ach_desk.i18n import _
from ach_desk.model import Rating, RatingValue
from ach_desk.model.words import rating_symbol
from ach_desk.scoring import resting
from ach_desk.ui.doubt.paint import paint_fallen
from ach_desk.ui.matrix.axes import EVIDENCE
from ach_desk.ui.matrix.look import CENTRE
from ach_desk.ui.widgets.painting import fill

if TYPE_CHECKING:
    from ach_desk.ui.matrix.look import Look
    from ach_desk.ui.matrix.view import MatrixView
    from ach_desk.ui.session import Session

_FRAME = 2


def override_words(session: Session, evidence: str, hypothesis: str) -> str:
    """Return "in the what-if; as rated: C" for a cell that the what-if rates otherwise; else ""."""
    if not session.is_overridden(evidence, hypothesis):
        return ""
    own = session.matrix.rating(session.analyst, evidence, hypothesis)
    if session.falls(evidence, hypothesis):
        why = resting.cell_reason(session.analysis, session.fallen, (evidence, hypothesis))
        text = _("counts as unrated in the what-if: {reason}; as rated: {rating}")
        return text.format(reason=why, rating=rating_symbol(_value(own)))
    return _("in the what-if; as rated: {rating}").format(rating=rating_symbol(_value(own)))


def paint_overrides(painter: QPainter, view: MatrixView, rows: range, columns: range) -> None:
    """Paint the cells of these rows and columns that the what-if rates otherwise, over what stands there."""
    model = view.matrix
    overridden = model.session.overridden_cells
    if not overridden:
        return
    ids = model.axes.ids[EVIDENCE]
    for section in columns if model.axes.transposed else rows:
        evidence = ids[section]
        for hypothesis, rating in overridden.get(evidence, {}).items():
            place = model.axes.place(evidence, hypothesis)
            if place is None or place[0] not in rows or place[1] not in columns:
                continue
            own = model.session.matrix.rating(model.session.analyst, evidence, hypothesis)
            rect = view.rect_between(place, place).adjusted(0, 0, -1, -1)
            if model.session.falls(evidence, hypothesis):
                paint_fallen(painter, view.look, rect, _value(own))
                continue
            _paint(painter, view.look, rect, rating.value, _value(own))


def _paint(painter: QPainter, look: Look, rect: QRect, value: RatingValue | None, own: RatingValue | None) -> None:
    tone = look.palette.ratings[value]
    fill(painter, rect, QColor(tone.fill))
    painter.setPen(QPen(QColor(look.palette.what_if.line), _FRAME))
    painter.drawRect(rect.adjusted(1, 1, -1, -1))
    height = look.line + look.small_line
    top = rect.top() + (rect.height() - height) // 2
    painter.setPen(QColor(tone.text))
    painter.setFont(look.bold)
    painter.drawText(QRect(rect.left(), top, rect.width(), look.line), CENTRE, rating_symbol(value))
    painter.setFont(look.small)
    was = _("was {rating}").format(rating=rating_symbol(own))
    painter.drawText(QRect(rect.left(), top + look.line, rect.width(), look.small_line), CENTRE, was)


def _value(rating: Rating | None) -> RatingValue | None:
    return None if rating is None else rating.value
