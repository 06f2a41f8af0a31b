"""The marks of doubt at the label of an item: two rings for one of two readings, an exclamation mark for suspicion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPen

from ach_desk.i18n import _
from ach_desk.model import Analysis, EvidenceItem
from ach_desk.model.readings import twin_of
from ach_desk.model.words import reading_word

if TYPE_CHECKING:
    from ach_desk.ui.matrix.look import Look

SUSPECT = "!"
_RADIUS = 3.5
RINGS = 14
"""The width of the two rings in pixels."""


def has_mark(item: EvidenceItem) -> bool:
    """Return whether an item has one of the marks."""
    return item.suspect or item.twin is not None


def draw_rings(painter: QPainter, rect: QRect, look: Look) -> None:
    """Draw two rings that run into each other in the middle of `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.colours["muted"], 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    middle = QPointF(rect.center()) + QPointF(0.5, 0.5)
    for away in (-_RADIUS + 1, _RADIUS - 1):
        painter.drawEllipse(middle + QPointF(away, 0), _RADIUS, _RADIUS)
    painter.restore()


def doubt_words(item: EvidenceItem, analysis: Analysis) -> list[str]:
    """Return what a tooltip and a screen reader say: the reading and the other one, suspicion, what it rests on."""
    found = []
    other = twin_of(analysis.evidence, item)
    if other is not None and item.reading is not None:
        text = _("read {reading}; {other} is the other reading, and one of the two counts")
        found.append(text.format(reading=reading_word(item.reading), other=other.label))
    elif other is not None:
        found.append(_("one of two readings; {other} is the other one").format(other=other.label))
    if item.suspect:
        text = _("suspected of being deceptive: {reason}") if item.suspect_reason else _("suspected of being deceptive")
        found.append(text.format(reason=item.suspect_reason))
    if item.rests_on and (names := rests_words(item.rests_on, analysis)):
        found.append(names)
    return found


def rests_words(assumptions: tuple[str, ...], analysis: Analysis) -> str:
    """Return "holds only if E14" with every assumption that is there; "" for none."""
    labels = [analysis.evidence[entry].label for entry in assumptions if entry in analysis.evidence]
    return _("holds only if {names}").format(names=", ".join(labels)) if labels else ""


def sentences(parts: list[str]) -> list[str]:
    """Return the parts each with a capital letter."""
    return [part[:1].upper() + part[1:] for part in parts]
