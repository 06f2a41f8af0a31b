"""What several analysts need: files handed out, rounds, stated probabilities, remarks, and best cases."""

from pydantic import BaseModel, ConfigDict, Field

from ach_desk.model.ids import Id
from ach_desk.model.method_settings import Probability
from ach_desk.model.records import Record
from ach_desk.model.values import Level, RatingValue, RoundState, Timestamp


class Round(Record):
    """One pass in which everybody rates a matrix: in private until it is revealed, then closed.

    `sheets` keeps what each analyst had rated when the round was closed: analyst -> item -> hypothesis -> value.
    """

    matrix: Id
    name: str = ""
    state: RoundState = RoundState.PRIVATE
    opened: Timestamp | None = None
    revealed: Timestamp | None = None
    revealed_by: str = Field(default="", description="id of the analyst")
    closed: Timestamp | None = None
    sheets: dict[Id, dict[Id, dict[Id, RatingValue]]] = Field(default_factory=dict)


class HandedOut(BaseModel):
    """Of a file that was handed out to be rated: from which analysis, to whom, when, and how it was shuffled."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    analysis: Id = Field(description="id of the analysis that it was handed out from")
    analyst: Id
    time: Timestamp
    seed: int | None = Field(default=None, description="of the order of items and hypotheses; absent: not shuffled")


class Estimate(Record):
    """How likely one analyst holds one hypothesis to be, and, asked apart, its opposite. Neither is corrected."""

    matrix: Id
    analyst: Id
    hypothesis: Id
    round: Id | None = None
    probability: Probability | None = None
    complement: Probability | None = None
    confidence: Level | None = None
    time: Timestamp | None = None


class Remark(Record):
    """Something said about a cell (both ids), an item, a hypothesis, or the whole (neither); open until resolved."""

    matrix: Id | None = None
    evidence: Id | None = None
    hypothesis: Id | None = None
    text: str
    by: str = Field(default="", description="id of the analyst, or a name")
    time: Timestamp
    answers: Id | None = Field(default=None, description="id of the remark that this one answers")
    resolved: Timestamp | None = None
    resolved_by: str = ""


class CaseRating(BaseModel):
    """What one reader made of a best case: 1 does not convince to 5 convinces."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    by: str
    mark: int = Field(ge=1, le=5)
    note: str = ""
    time: Timestamp | None = None


class Case(Record):
    """The best case for one hypothesis, written by one person and rated by the others (van Gelder et al. 2020)."""

    hypothesis: Id
    text: str
    by: str = Field(default="", description="id of the analyst, or a name")
    time: Timestamp
    ratings: tuple[CaseRating, ...] = ()

    def is_outdated(self, rating: CaseRating) -> bool:
        """Return whether the words were changed after the mark was given."""
        return rating.time is not None and rating.time < self.time
