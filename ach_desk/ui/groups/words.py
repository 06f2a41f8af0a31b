"""The sentences about dependence groups in dialogs and panels."""

from __future__ import annotations

from ach_desk.i18n import _
from ach_desk.model.values import Dependence
from ach_desk.model.words import dependence_word
from ach_desk.scoring import dependence, dependence_findings


def strength_entry(strength: Dependence, number: int) -> str:
    """Return a strength with what it makes `number` items count: "fully redundant: 3 items count as 1"."""
    text = _("{strength}: {number} items count as {total}")
    total = dependence_findings.number_words(dependence.total_weight(strength, number))
    return text.format(strength=dependence_word(strength), number=number, total=total)


def strength_meaning(strength: Dependence) -> str:
    """Return what a strength means, in a sentence."""
    return {
        Dependence.REDUNDANT: _("All say the same thing again."),
        Dependence.STRONG: _("Each further item adds a third of an item."),
        Dependence.WEAK: _("Each further item adds two thirds of an item."),
        Dependence.INDEPENDENT: _("They do not depend on each other, and no bracket joins them."),
    }[strength]
