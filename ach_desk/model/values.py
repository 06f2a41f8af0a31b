"""The closed lists of the method: ratings, levels, kinds, states. Values are what the file holds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator, StringConstraints, WithJsonSchema


class RatingValue(StrEnum):
    """How well an item fits a hypothesis (Heuer 1999; PARC ACH). Unrated is the absence of a rating, not a member.

    C- and I- belong to the seven-step scale only.
    """

    VERY_CONSISTENT = "CC"
    CONSISTENT = "C"
    SLIGHTLY_CONSISTENT = "C-"
    NEUTRAL = "N"
    SLIGHTLY_INCONSISTENT = "I-"
    INCONSISTENT = "I"
    VERY_INCONSISTENT = "II"
    NOT_APPLICABLE = "N/A"

    @property
    def is_on_scale(self) -> bool:
        """Return whether the value has a place between "very consistent" and "very inconsistent"."""
        return self is not RatingValue.NOT_APPLICABLE


class Scale(StrEnum):
    """How many steps the analyst rates with; a property of the matrix."""

    THREE = "three-step"
    FIVE = "five-step"
    SEVEN = "seven-step"


_STEPS = tuple(value for value in RatingValue if value.is_on_scale)
SCALE_STEPS: dict[Scale, tuple[RatingValue, ...]] = {
    Scale.THREE: (RatingValue.CONSISTENT, RatingValue.NEUTRAL, RatingValue.INCONSISTENT),
    Scale.FIVE: tuple(value for value in _STEPS if not value.value.endswith("-")),
    Scale.SEVEN: _STEPS,
}
"""The steps of each scale, from most consistent to most inconsistent."""


def step_of(value: RatingValue) -> int:
    """Return the place of a value between 0 (very consistent) and 6 (very inconsistent); ValueError for N/A."""
    return _STEPS.index(value)


RatingRange = tuple[RatingValue, RatingValue]
"""(most consistent, most inconsistent) end of an undecided judgement, both included."""


def range_of(values: Iterable[RatingValue]) -> RatingRange:
    """Return the narrowest range that holds all `values` (at least one, none N/A)."""
    ordered = sorted(values, key=step_of)
    return ordered[0], ordered[-1]


def in_range(value: RatingValue, around: RatingRange) -> bool:
    """Return whether `value` lies in the range, ends included."""
    return value.is_on_scale and step_of(around[0]) <= step_of(value) <= step_of(around[1])


def nearest_neutral(around: RatingRange) -> RatingValue:
    """Return the member of the range that claims least: what an undecided cell scores until it is decided."""
    low, high = map(step_of, around)
    return _STEPS[min(max(step_of(RatingValue.NEUTRAL), low), high)]


class Level(StrEnum):
    """A grade of credibility, relevance or confidence; not set is None, which is not the same as medium."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class EvidenceKind(StrEnum):
    """What stands in a row: Heuer's step 2 lists assumptions, deductions and absences beside evidence."""

    EVIDENCE = "evidence"
    ASSUMPTION = "assumption"
    DEDUCTION = "deduction"
    ABSENCE = "absence of evidence"


class HypothesisStatus(StrEnum):
    """Rejected hypotheses stay in the analysis with their reason; they are not ranked."""

    ACTIVE = "active"
    REJECTED = "rejected"


class RelationKind(StrEnum):
    """How one hypothesis stands to another beyond being its rival."""

    OVERLAPS = "overlaps"
    DUPLICATES = "duplicates"
    SUBSUMES = "subsumes"


class ChallengeState(StrEnum):
    """What became of an objection."""

    OPEN = "open"
    ANSWERED = "answered"
    ACCEPTED = "accepted"


class SnapshotKind(StrEnum):
    """Why a state of the analysis was noted."""

    BASELINE = "baseline"
    PRINTED = "printed"
    EXPORTED = "exported"


class EvidenceStatus(StrEnum):
    """Items set aside stay in the matrix with their reason; they are never scored.

    Unsorted ones were captured and wait to be taken in; they stand in no matrix and count nowhere.
    """

    COUNTED = "counted"
    SET_ASIDE = "set aside"
    UNSORTED = "unsorted"


class Reading(StrEnum):
    """How an item that may be deceptive is read: it stands in the matrix twice and counts one way at a time."""

    TRUE = "as true"
    DECEPTIVE = "as deceptive"


class Dependence(StrEnum):
    """How far the items of a group repeat each other; what that makes them count is `scoring.dependence`."""

    REDUNDANT = "fully redundant"
    STRONG = "strongly dependent"
    WEAK = "weakly dependent"
    INDEPENDENT = "independent"


class GroupCause(StrEnum):
    """Why items depend on each other: one source said it, or one event brought it about."""

    ORIGIN = "shared origin"
    CAUSE = "shared cause"


class IndicatorState(StrEnum):
    """What became of something to watch for. Overdue is not a state: it follows from the date."""

    OPEN = "open"
    OBSERVED = "observed"
    NOT_OBSERVED = "not observed"


class RoundState(StrEnum):
    """Whether the analysts of a round see each other's judgements yet."""

    PRIVATE = "private"
    REVEALED = "revealed"
    CLOSED = "closed"


class ExpectationKind(StrEnum):
    """What the answer to "what should we see if this were true?" was made."""

    ITEM = "item"
    INDICATOR = "indicator"
    ABSENCE = "absence of evidence"


class LikelihoodScale(StrEnum):
    """Whose words a conclusion says likelihoods in; the analyst chooses when first asked."""

    ICD_203 = "icd 203"
    PHIA = "phia"
    OWN = "own"
    NONE = "none"


_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@lru_cache(maxsize=10_000)  # some thirty years of days: those of a large file fall on the same ones again and again
def _real_date(text: str) -> str:
    match = _PARTIAL_DATE.fullmatch(text)
    if match is None:
        raise ValueError("a date is written 2023, 2023-06 or 2023-06-23")
    year, month, day = (int(part) if part else 1 for part in match.groups())
    date(year, month, day)
    return text


PartialDate = Annotated[
    str,
    AfterValidator(_real_date),
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}),
]
"""A year, a month or a day as ``2023``, ``2023-06``, ``2023-06-23``; sorts as text."""


_TIMESTAMP = re.compile(r"\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ", re.ASCII)


def _real_time(text: str) -> str:
    if _TIMESTAMP.fullmatch(text) is None:  # strptime also takes 2023-6-4T7:3:0Z, which does not sort as text.
        raise ValueError("a time is written 2023-06-24T17:30:00Z")
    datetime.fromisoformat(text)  # a twentieth of the time of strptime, which a large file feels
    return text


Timestamp = Annotated[
    str,
    AfterValidator(_real_time),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"}),
]
"""A moment in UTC, to the second: ``2023-06-24T17:30:00Z``."""

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]


def now() -> str:
    """Return the present moment as a `Timestamp`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
