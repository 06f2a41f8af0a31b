"""What the methods beyond counting need to know: tables that turn ratings and grades into probabilities, and chance.

All of it is our own convention (docs/manual/methods.md says why), visible and editable, and kept with the matrix.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from ach_desk.model.values import Level, RatingValue

Probability = Annotated[float, Field(ge=0, le=1)]
Cost = Annotated[float, Field(ge=0)]


class Frame(StrEnum):
    """How the hypotheses of a matrix stand to each other; asked when a combination is first made.

    EXCLUSIVE: one of them at most is true. CAUSES: several may act together. SETS: one is true, and items narrow it
    down to a set. UNSURE: the analyst was asked and cannot say; both of the first two are shown.
    """

    EXCLUSIVE = "exclusive"
    CAUSES = "independent causes"
    SETS = "sets"
    UNSURE = "not sure"

    @property
    def shows_causes(self) -> bool:
        """Return whether the explanations are looked at as causes that may act together."""
        return self in (Frame.CAUSES, Frame.UNSURE)


class ChanceWord(StrEnum):
    """How expected an item is if a hypothesis is true, for whoever enters P(e|H) in words."""

    CERTAIN = "certain"
    VERY_LIKELY = "very likely"
    LIKELY = "likely"
    EVEN = "even"
    UNLIKELY = "unlikely"
    VERY_UNLIKELY = "very unlikely"
    HARDLY = "hardly possible"


class Method(StrEnum):
    """The ways of adding up that the program has; values are what files and scripts hold."""

    INCONSISTENCY = "inconsistency"
    WEIGHTED = "weighted_inconsistency"
    PER_RATED = "inconsistency_per_rated"
    WEIGHTED_PER_RATED = "weighted_inconsistency_per_rated"
    NET = "net_consistency"
    BAYES = "bayes"
    BAYES_SOURCES = "bayes_sources"


DEFAULT_METHOD = Method.BAYES_SOURCES
"""What new analyses go by; docs/manual/methods.md has the comparison that it was chosen by.

Another choice here changes no file: one that records no method goes by `UNRECORDED`, whatever the program's choice is.
"""

UNRECORDED = Method.WEIGHTED
"""What a matrix without a record of its method goes by. Part of the file format: it never changes."""


class Report(BaseModel):
    """How a source speaks: `hit` is P(reported | it is so), `false_alarm` P(reported | it is not so)."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    hit: Probability
    false_alarm: Probability


NOT_SET = "not set"
"""The key of what holds where no level is set."""

_HALF_BANS = {
    RatingValue.VERY_CONSISTENT: 1.0,
    RatingValue.CONSISTENT: 0.5,
    RatingValue.SLIGHTLY_CONSISTENT: 0.25,
    RatingValue.NEUTRAL: 0.0,
    RatingValue.SLIGHTLY_INCONSISTENT: -0.25,
    RatingValue.INCONSISTENT: -0.5,
    RatingValue.VERY_INCONSISTENT: -1.0,
}


def default_likelihoods() -> dict[RatingValue, float]:
    """Return P(e|H) of each rating: 10^(w - 1) with w in half bans, so that C against I is 10 and CC against II 100."""
    return {value: 10 ** (weight - 1) for value, weight in _HALF_BANS.items()}


def _default_reports() -> dict[str, Report]:
    middle = Report(hit=0.85, false_alarm=0.15)
    return {
        Level.HIGH: Report(hit=0.95, false_alarm=0.05),
        Level.MEDIUM: middle,
        Level.LOW: Report(hit=0.7, false_alarm=0.3),
        NOT_SET: middle,
    }


def _default_keeps() -> dict[str, float]:
    return {Level.HIGH: 0.9, Level.MEDIUM: 0.8, Level.LOW: 0.6, NOT_SET: 0.8}


_WORDS = dict(zip(ChanceWord, (0.99, 0.9, 0.7, 0.5, 0.3, 0.1, 0.01), strict=True))


class MethodSettings(BaseModel):
    """The method, the tables and the seed of one matrix.

    method: what its robustness is looked at by unless another is chosen for a look.
    likelihoods: P(e|H) of each rating. likelihood_words: P(e|H) of each word, for a cell that is entered in words; what
    is entered keeps its number. reports: by level of credibility, or "not set". keeps: how
    likely a rating stays as it is when ratings slip, by confidence, or "not set"; the rest is shared equally by its
    neighbours on the scale. uncertain_weights, uncertain_priors: what else slips in the trials.

    A file holds what differs from the program's own.
    """

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    method: Method = UNRECORDED
    likelihoods: dict[RatingValue, Probability] = Field(default=default_likelihoods())
    likelihood_words: dict[ChanceWord, Probability] = Field(default=_WORDS)
    reports: dict[str, Report] = Field(default=_default_reports())
    keeps: dict[str, Probability] = Field(default=_default_keeps())
    draws: int = Field(default=10_000, ge=1, le=1_000_000)
    seed: int = Field(default=1, ge=0, le=2**63 - 1)
    uncertain_weights: bool = Field(default=False, description="credibility and relevance slip in the trials too")
    uncertain_priors: bool = Field(default=False, description="priors are up to twice as large or small in the trials")


def method_named(name: object) -> Method:
    """Return the method of that name; what a matrix without a record goes by where there is none."""
    return Method(name) if isinstance(name, str) and name in set(Method) else UNRECORDED


def kept(settings: MethodSettings | None) -> MethodSettings:
    """Return what a matrix goes by: its own settings, else those that a file without any means."""
    return settings or MethodSettings()


def to_keep(settings: MethodSettings) -> MethodSettings | None:
    """Return what to record in a matrix for these settings: None where they are what no record means."""
    return None if settings == MethodSettings() else settings


def going_by(method: Method, settings: MethodSettings | None = None) -> MethodSettings | None:
    """Return what to record in a matrix that keeps the numbers of `settings` and goes by `method`."""
    return to_keep(kept(settings).model_copy(update={"method": method}))


def has_own_numbers(settings: MethodSettings | None) -> bool:
    """Return whether a matrix has other numbers than the program's own; its method is none of them."""
    found = kept(settings)
    return found != MethodSettings(method=found.method)


def settings_of_new() -> MethodSettings | None:
    """Return what a new matrix records: the method that is the program's choice today."""
    return going_by(DEFAULT_METHOD)
