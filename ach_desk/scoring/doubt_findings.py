"""What the program points out about assumptions, suspicion of deception, and the two readings of an item."""

from __future__ import annotations

from collections.abc import Iterator

from ach_desk.i18n import _, join_some, join_words, ngettext
from ach_desk.model import Analysis, EvidenceItem
from ach_desk.model.readings import pairs
from ach_desk.model.resting import in_rings
from ach_desk.scoring.assessment import Assessment
from ach_desk.scoring.deception_check import deserves_hypothesis, summary
from ach_desk.scoring.findings import Finding
from ach_desk.scoring.readings import is_rated, leader_words, of_pair
from ach_desk.scoring.suspicion import suspected_sources, suspects

_MOST_NAMED = 6
_MOST_COMPARED = 25
"""Of so many pairs the standing is reckoned both ways at every edit; of more than anybody has, the first."""


def doubt_findings(analysis: Analysis, assessment: Assessment) -> list[Finding]:
    """Return the findings on what rests on what, on pairs of readings and on what is suspected of being deceptive."""
    return [
        *_pairs(assessment),
        *_alone(analysis, assessment),
        *_suspects(analysis, assessment),
        *_rings(analysis),
        *_hypothesis_of_deception(analysis),
    ]


def _pairs(assessment: Assessment) -> Iterator[Finding]:
    found_pairs = [*pairs(assessment.items)]
    places = assessment.table.rows if found_pairs else {}
    for number, pair in enumerate(found_pairs):
        rows = places[pair[0].id], places[pair[1].id]
        labels, ids = join_words([item.label for item in pair]), tuple(item.id for item in pair)
        if all(item.is_counted for item in pair):
            text = _("{labels} are two readings of one item and both count. Choose which one counts.")
            yield Finding("both_readings", text.format(labels=labels), evidence=ids)
        open_ones = [item for item, row in zip(pair, rows, strict=True) if not is_rated(assessment, row)]
        aside = [item for item in open_ones if not item.is_counted]
        if len(open_ones) == 1 and aside and any(item.is_counted for item in pair):
            text = _("{label} is not rated yet; until it is, the standing is known for one reading of {labels} only.")
            found = text.format(label=aside[0].label, labels=labels)
            yield Finding("reading_unrated", found, evidence=(aside[0].id,))
        elif number < _MOST_COMPARED and not open_ones and any(item.is_counted for item in pair):
            ways = of_pair(assessment, pair)
            if ways.leaders_differ:
                yield Finding("reading_decides", leader_words(ways), evidence=ids)


def _alone(analysis: Analysis, assessment: Assessment) -> Iterator[Finding]:
    for item in assessment.items:
        if item.reading is not None and not item.is_counted and _other(analysis, item) is None:
            text = _("{label} was one of two readings of an item; the other one is gone, and {label} is set aside.")
            yield Finding("lone_reading", text.format(label=item.label), evidence=(item.id,))


def _other(analysis: Analysis, item: EvidenceItem) -> EvidenceItem | None:
    return analysis.evidence.get(item.twin or "")


def _suspects(analysis: Analysis, assessment: Assessment) -> Iterator[Finding]:
    found = [item for item in suspects(analysis, assessment.items) if _other(analysis, item) is None]
    found = [item for item in found if item.is_counted]
    if found:
        text = ngettext(
            "{items} is suspected of being deceptive and has no deceptive reading.",
            "{items} are suspected of being deceptive and have no deceptive reading.",
            len(found),
        )
        by_source = [item for item in found if not item.suspect]
        if by_source:
            names = join_words([source.label for source in suspected_sources(analysis, by_source)])
            text += " " + _("{items} because of {sources}.").format(items=_labels(by_source), sources=names)
        yield Finding("suspect", text.format(items=_labels(found)), evidence=tuple(item.id for item in found))


def _rings(analysis: Analysis) -> Iterator[Finding]:
    for ring in in_rings(analysis.evidence):
        text = _("{items} rest on each other in a ring, so that none of them holds up the others.")
        items = [analysis.evidence[entry] for entry in ring]
        yield Finding("resting_ring", text.format(items=_labels(items)), evidence=tuple(ring))


def _hypothesis_of_deception(analysis: Analysis) -> Iterator[Finding]:
    if deserves_hypothesis(analysis):
        yield Finding("deception_hypothesis", summary(analysis))


def _labels(items: list[EvidenceItem]) -> str:
    return join_some([item.label for item in items[:_MOST_NAMED]], _MOST_NAMED, len(items))
