"""The sentences of guided rating."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ach_desk.i18n import _, ngettext
from ach_desk.model import Analysis, Retest
from ach_desk.scoring import retest as retesting

if TYPE_CHECKING:
    from ach_desk.ui.guided.plan import Cell, GuidedPass


def go_on_words(guided: GuidedPass) -> str:
    """Return the offer to go on with an interrupted pass."""
    return _("Go on with the guided rating ({place})").format(place=place_words(guided))


def place_words(guided: GuidedPass) -> str:
    """Return where a pass stands: "item 4 of 12"."""
    place = guided.place
    return _("item {item} of {items}").format(item=place.item, items=place.items)


def result_sentence(guided: GuidedPass) -> str:
    """Return what came of a pass: how many cells were rated, cannot be judged and were skipped."""
    parts = [ngettext("{count} cell rated", "{count} cells rated", len(guided.rated)).format(count=len(guided.rated))]
    for cells, text in (
        (guided.not_judged(), _("{count} cannot be judged")),
        (guided.left_skipped(), _("{count} skipped")),
    ):
        if cells:
            parts.append(text.format(count=len(cells)))
    return ", ".join(parts) + "."


def retest_sentence(analysis: Analysis, retest: Retest) -> str:
    """Return how far the ratings of a re-rating repeat, in words."""
    return retesting.agreement_sentence(retesting.agreement(retest.cells, analysis.matrix(retest.matrix).scale))


def cell_name(analysis: Analysis, cell: Cell) -> str:
    """Return "E7 under H2"."""
    return _("{item} under {hypothesis}").format(
        item=analysis.evidence[cell[0]].label, hypothesis=analysis.hypotheses[cell[1]].label
    )
