"""The note under the printed matrix on items that depend on each other."""

from __future__ import annotations

from ach_desk.i18n import _, join_some
from ach_desk.model import Analysis
from ach_desk.model.values import Dependence
from ach_desk.model.words import cause_word, dependence_word
from ach_desk.scoring import Assessment
from ach_desk.scoring.dependence import effect, effects
from ach_desk.scoring.dependence_findings import number_words

_MOST_NAMED = 24


def dependence_note(analysis: Analysis, assessment: Assessment) -> list[str]:
    """Return a line for each dependence group with two counted items, then what they change; nothing without one."""
    found = [
        (group, each)
        for group, each in effects(assessment, analysis.groups.values())
        if group.strength is not Dependence.INDEPENDENT
    ]
    if not found:
        return []
    line = _("“{name}”: {items}; {cause}, {strength}: {number} items count as {total}.")
    lines = [
        line.format(
            name=group.name,
            items=join_some([analysis.evidence[entry].label for entry in each.items], _MOST_NAMED),
            cause=cause_word(group.cause),
            strength=dependence_word(group.strength),
            number=len(each.items),
            total=number_words(each.counts_as),
        )
        for group, each in found
    ]
    every = effect(assessment, analysis.groups.values())
    change = every.statement if every.extent else _("the order of the hypotheses stays")
    closing = _("The scores count every item in full; with these items counted as dependent, {statement}.")
    return [*lines, closing.format(statement=change)]
