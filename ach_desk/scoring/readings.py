"""What stands when the one or the other reading of an item counts."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from ach_desk.i18n import _, join_words, ngettext
from ach_desk.model import EvidenceItem
from ach_desk.model.readings import pairs
from ach_desk.model.words import reading_word
from ach_desk.scoring.assessment import Assessment
from ach_desk.scoring.comparison import effect_words, leaders, leading_words
from ach_desk.scoring.inconsistency import counting
from ach_desk.scoring.table import UNRATED

if TYPE_CHECKING:
    from numpy.typing import NDArray


_TWIN = attrgetter("twin")


@dataclass(frozen=True)
class BothWays:
    """A pair, the reading as true first, and the assessment with each of them counting in the place of the other."""

    items: tuple[EvidenceItem, EvidenceItem]
    assessments: tuple[Assessment, Assessment]

    @property
    def unrated(self) -> list[EvidenceItem]:
        """Return the readings that are not judged under every hypothesis yet, so that nothing is known of them."""
        ids = self.assessments[0].table.evidence_ids
        return [item for item in self.items if not is_rated(self.assessments[0], ids.index(item.id))]

    @property
    def leaders_differ(self) -> bool:
        """Return whether it depends on the reading who has the least evidence against it."""
        one, other = map(leaders, self.assessments)
        return one != other


def both_ways(assessment: Assessment, item: str) -> BothWays | None:
    """Return the standing with each reading of `item` counting alone; None where both are not in the matrix."""
    found = next((pair for pair in pairs(assessment.items) if item in (pair[0].id, pair[1].id)), None)
    return None if found is None else of_pair(assessment, found)


def of_pair(assessment: Assessment, pair: tuple[EvidenceItem, EvidenceItem]) -> BothWays:
    """Return the standing with each of a pair of the matrix counting alone."""
    ids = assessment.table.evidence_ids
    rows = ids.index(pair[0].id), ids.index(pair[1].id)
    return BothWays(pair, (_counting(assessment, *rows), _counting(assessment, *rows[::-1])))


def asked_rows(assessment: Assessment) -> NDArray[np.bool_]:
    """Return a bool per item: it counts, or is the other reading of one that does; both of these are to be rated."""
    rows = [row for row, twin in enumerate(map(_TWIN, assessment.items)) if twin is not None]
    if not rows:  # asked at every key press
        return assessment.table.counted
    asked = assessment.table.counted.copy()
    places = {assessment.items[row].id: row for row in rows}
    for one, other in pairs(assessment.items[row] for row in rows):
        both = asked[places[one.id]] or asked[places[other.id]]
        asked[places[one.id]] = asked[places[other.id]] = both
    return asked


def is_rated(assessment: Assessment, row: int) -> bool:
    """Return whether an item is judged under every hypothesis that is ranked."""
    table = assessment.table
    return bool((table.codes[row, table.active] != UNRATED).all())


def reading_name(item: EvidenceItem) -> str:
    """Return how a reading is named at the beginning of a sentence: "Read as true (E12)"."""
    if item.reading is None:
        return _("With {label}").format(label=item.label)
    return _("Read {reading} ({label})").format(reading=reading_word(item.reading), label=item.label)


def both_ways_words(ways: BothWays) -> str:
    """Return in two sentences who has the least evidence against it with each reading, or what is to be rated first."""
    if ways.unrated:
        labels = join_words([item.label for item in ways.unrated])
        text = ngettext(
            "{labels} is not rated yet; what it would change is known when it is.",
            "{labels} are not rated yet; what they would change is known when they are.",
            len(ways.unrated),
        )
        return text.format(labels=labels)
    (true, deceptive), (first, second) = ways.items, ways.assessments
    text = _("{reading}, {statement}.")
    return " ".join(
        (
            text.format(reading=reading_name(true), statement=leading_words(first)),
            text.format(reading=reading_name(deceptive), statement=effect_words(first, second)),
        )
    )


def leader_words(ways: BothWays) -> str:
    """Return what the reading that does not count would change, as "Read as deceptive, E13 puts H1 in front."."""
    counted = 1 if ways.items[1].is_counted and not ways.items[0].is_counted else 0
    item = ways.items[1 - counted]
    before, after = ways.assessments[counted], ways.assessments[1 - counted]
    ahead = leaders(after)
    if len(ahead) == 1 and item.reading is not None:
        text = _("Read {reading}, {label} puts {name} in front.")
        return text.format(reading=reading_word(item.reading), label=item.label, name=ahead[0])
    return _("{reading}, {statement}.").format(reading=reading_name(item), statement=effect_words(before, after))


def column_name(item: EvidenceItem) -> str:
    """Return what stands over the column of a reading: "as true (E12)"."""
    if item.reading is None:
        return item.label
    return _("{reading} ({label})").format(reading=reading_word(item.reading), label=item.label)


def _counting(assessment: Assessment, row: int, instead_of: int) -> Assessment:
    table, found = assessment.table, assessment.standing
    for place, counts in ((row, True), (instead_of, False)):
        table, found = counting(table, found, place, counts)
    return Assessment(assessment.items, assessment.hypotheses, table, found, assessment.scale)
