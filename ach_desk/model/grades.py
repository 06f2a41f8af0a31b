"""Grades of sources and of what they say, kept as entered. The words are in `ach_desk.model.grade_words`.

Admiralty code: STANAG 2511 (2003) and FM 2-22.3. F and 6 say that it cannot be judged: neither the worst nor the
middle. UK 3x5x2: College of Policing, Intelligence Management (from 2016).
"""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ach_desk.model.values import Level


class GradingScheme(StrEnum):
    """Which of the two the analysis shows; grades of the other one are kept."""

    ADMIRALTY = "admiralty"
    UK_3X5X2 = "3x5x2"


class Reliability(StrEnum):
    """Admiralty reliability of a source."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class InformationCredibility(StrEnum):
    """Admiralty credibility of one piece of information."""

    CONFIRMED = "1"
    PROBABLE = "2"
    POSSIBLE = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    NOT_JUDGED = "6"


class SourceEvaluation(StrEnum):
    """3x5x2: evaluation of the source."""

    RELIABLE = "1"
    UNTESTED = "2"
    NOT_RELIABLE = "3"


class InformationKnown(StrEnum):
    """3x5x2: how the source knows the information."""

    DIRECTLY = "A"
    INDIRECTLY_CORROBORATED = "B"
    INDIRECTLY = "C"
    NOT_KNOWN = "D"
    SUSPECTED_FALSE = "E"


class Handling(StrEnum):
    """3x5x2: whether the information may be shared."""

    PERMITTED = "P"
    CONDITIONS = "C"


_HIGH, _MEDIUM, _LOW = Level.HIGH, Level.MEDIUM, Level.LOW


class CredibilityRule(BaseModel):
    """How grades propose the credibility that is scored; a grade of level None proposes nothing.

    combine: of the level of the source and that of the information, the lower one, or that of the information alone
    where it has one. Our own convention, not part of either scheme; the analyst may change all of it.
    """

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    reliability: dict[Reliability, Level | None] = Field(
        default_factory=lambda: dict(zip(Reliability, (_HIGH, _HIGH, _MEDIUM, _LOW, _LOW, None), strict=True))
    )
    information: dict[InformationCredibility, Level | None] = Field(
        default_factory=lambda: dict(
            zip(InformationCredibility, (_HIGH, _HIGH, _MEDIUM, _LOW, _LOW, None), strict=True)
        )
    )
    evaluation: dict[SourceEvaluation, Level | None] = Field(
        default_factory=lambda: dict(zip(SourceEvaluation, (_HIGH, None, _LOW), strict=True))
    )
    known: dict[InformationKnown, Level | None] = Field(
        default_factory=lambda: dict(zip(InformationKnown, (_HIGH, _HIGH, _MEDIUM, None, _LOW), strict=True))
    )
    combine: Literal["lower", "information"] = "lower"
