"""The closed lists of the method: ratings, levels, kinds, states. Values are what the file holds."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, StringConstraints, WithJsonSchema


class RatingValue(StrEnum):
    """How well an item fits a hypothesis (Heuer 1999; PARC ACH). Unrated is the absence of a rating, not a member."""

    VERY_CONSISTENT = "CC"
    CONSISTENT = "C"
    NEUTRAL = "N"
    INCONSISTENT = "I"
    VERY_INCONSISTENT = "II"
    NOT_APPLICABLE = "N/A"


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


class EvidenceStatus(StrEnum):
    """Items set aside stay in the matrix with their reason; they are never scored."""

    COUNTED = "counted"
    SET_ASIDE = "set aside"


_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


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
