"""How the marking of an analysis stands to those of the items in it: what it does not cover, and what would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ach_desk.i18n import _, join_some
from ach_desk.model import Analysis, EvidenceItem
from ach_desk.model.marking import covers, parse, side_by_side
from ach_desk.scoring.findings import Finding

LOWER, APART = "marking_lower", "marking_apart"
_MOST_NAMED = 4


@dataclass(frozen=True)
class MarkingGap:
    """Items that the marking of the analysis does not cover.

    above: items that are marked higher; top: the highest of their markings; proposal: a marking that covers them and
    all that is in the present one. apart: items whose marking cannot be ordered with that of the analysis.
    """

    above: tuple[EvidenceItem, ...] = ()
    top: str = ""
    proposal: str = ""
    apart: tuple[EvidenceItem, ...] = ()


def marking_gap(analysis: Analysis) -> MarkingGap:
    """Return what the marking of the analysis does not cover of all items in it, the unsorted ones included."""
    marked = [item for item in analysis.evidence.values() if item.marking]
    own = analysis.marking
    stands = {text: covers(own, text) for text in {item.marking for item in marked}}
    if not own.strip() and len(stands) == 1:
        stands = dict.fromkeys(stands, False)  # the only marking there is needs no order
    above = tuple(item for item in marked if stands[item.marking] is False)
    apart = tuple(item for item in marked if stands[item.marking] is None)
    if not above:
        return MarkingGap(apart=apart)
    texts = list(dict.fromkeys(item.marking for item in above))
    return MarkingGap(above, side_by_side(texts), _covering(own, texts), apart)


def marking_findings(analysis: Analysis) -> Iterator[Finding]:
    """Yield the findings on items that are marked higher than the analysis, or on another ladder."""
    gap = marking_gap(analysis)
    own = analysis.marking.strip()
    if gap.above:
        text = _("{items}: marked {marking}, while the analysis is marked {own}.")
        if not own:
            text = _("{items}: marked {marking}, while the analysis has no marking.")
        text = text.format(items=_named(gap.above), marking=gap.top, own=own)
        yield _about(LOWER, text, own, gap.above)
    if gap.apart:
        markings = join_some(sorted({item.marking for item in gap.apart}), _MOST_NAMED)
        text = _("{items}: marked {marking}, which cannot be ordered with the marking of the analysis ({own}).")
        if not own:
            text = _("{items}: marked {marking}; these markings have no order. Choose that of the analysis yourself.")
        text = text.format(items=_named(gap.apart), marking=markings, own=own)
        yield _about(APART, text, own, gap.apart)


def _about(code: str, text: str, own: str, items: tuple[EvidenceItem, ...]) -> Finding:
    """Return the finding, which is another one when any of the markings is."""
    facts = (own, *(f"{item.id} {item.marking}" for item in items))
    return Finding(code, text, evidence=tuple(item.id for item in items), turns_on=facts)


def _covering(own: str, texts: list[str]) -> str:
    """Return the present marking with the part of each ladder raised to what the texts ask for."""
    parts = [part.strip() for part in own.split(";") if part.strip()]
    ladders = {parse(text).ladder for text in texts}
    kept = [part for part in parts if parse(part).ladder is None or parse(part).ladder not in ladders]
    raised = [part for part in parts if part not in kept]
    return "; ".join([*kept, side_by_side([*raised, *texts])])


def _named(items: tuple[EvidenceItem, ...]) -> str:
    return join_some([item.label for item in items[:_MOST_NAMED]], _MOST_NAMED, len(items))
