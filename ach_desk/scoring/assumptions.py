"""What would change if one assumption were false, said without a what-if of its own."""

from __future__ import annotations

from ach_desk.i18n import _
from ach_desk.model import Analysis, EvidenceItem, RatingSheet, Scenario
from ach_desk.scoring.assessment import Assessment
from ach_desk.scoring.comparison import RATED, SCENARIO, Side, sentence
from ach_desk.scoring.resting import fall
from ach_desk.scoring.whatif import fallen_words, under


def false_name(items: list[EvidenceItem]) -> str:
    """Return the name of the what-if in which items do not hold, as the words after "what if"."""
    if len(items) == 1:
        return _("{label} is false").format(label=items[0].label)
    return _("{labels} are false").format(labels=", ".join(item.label for item in items))


def if_false(analysis: Analysis, rated: Assessment, sheet: RatingSheet, item: EvidenceItem) -> str:
    """Return in a sentence what falls and who would have the least evidence against it if an item did not hold.

    rated: the assessment of `sheet` as rated.
    """
    scenario = Scenario(id=item.id, matrix=item.id, name=false_name([item]), assumptions_false=(item.id,))
    fallen = fall(analysis, scenario.assumptions_false, sheet)
    then = under(analysis, rated, scenario, fallen)
    side = Side(SCENARIO, scenario.id, scenario.name, then, fallen_words(rated, fallen))
    return sentence(Side(RATED, "", "", rated), side)
