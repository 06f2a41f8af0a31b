"""The parts of an analysis: hypotheses, evidence items, sources, analysts. All frozen; commands replace them whole."""

from functools import cache
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from ach_desk.model.ids import Id
from ach_desk.model.rating import MOST_WORDINGS
from ach_desk.model.values import (
    ChallengeState,
    Colour,
    HypothesisStatus,
    PartialDate,
    RatingValue,
    RelationKind,
    SnapshotKind,
    Timestamp,
)


class Record(BaseModel):
    """A frozen record with a stable id. Keys this version does not know are kept and written back."""

    model_config = ConfigDict(frozen=True, extra="allow", strict=False, allow_inf_nan=False, defer_build=True)

    id: Id


Wording = Annotated[int, Field(ge=1, le=MOST_WORDINGS)]
"""How often the words were changed so that they mean something else, plus one; ratings remember which they judged."""


class Relation(BaseModel):
    """How a hypothesis stands to another one."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    kind: RelationKind
    other: Id


class Hypothesis(Record):
    """A rival explanation. One that names others in `combines` is a combination of them.

    One that is the `parent` of others is a heading over them: they are rated and ranked, and it is not.
    """

    label: str = Field(min_length=1, description="H1, H2 ...: given once, never reused")
    title: str
    statement: str = Field(default="", description="the hypothesis in full, so that it can fail")
    colour: Colour | None = None
    status: HypothesisStatus = HypothesisStatus.ACTIVE
    status_reason: str = ""
    status_date: PartialDate | None = None
    combines: tuple[Id, ...] = Field(default=(), description="ids of the hypotheses that this one joins")
    note: str = ""
    parent: Id | None = Field(default=None, description="id of the hypothesis that this one is a form of")
    relations: tuple[Relation, ...] = ()
    catch_all: bool = Field(default=False, description="stands for every explanation that is not listed")
    wording: Wording = 1

    @property
    def is_active(self) -> bool:
        """Return whether the hypothesis takes part in the ranking."""
        return self.status is HypothesisStatus.ACTIVE

    @property
    def is_combination(self) -> bool:
        """Return whether the hypothesis joins others."""
        return bool(self.combines)


class Analyst(Record):
    """Somebody who rates. Never taken from the operating system."""

    name: str
    initials: str = ""
    colour: Colour | None = None
    role: str = ""
    time_zone: str = Field(default="", description="name of a time zone such as Europe/Berlin")


class Override(BaseModel):
    """A rating that a scenario puts in the place of the analyst's; None takes it out."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    evidence: Id
    hypothesis: Id
    value: RatingValue | None = None


class Scenario(Record):
    """A named what-if upon one matrix. It never touches a rating."""

    matrix: Id
    name: str
    note: str = ""
    left_out: tuple[Id, ...] = Field(default=(), description="ids of items that do not count")
    distrusted: tuple[Id, ...] = Field(default=(), description="ids of sources; what rests on them alone is left out")
    overrides: tuple[Override, ...] = ()
    assumptions_false: tuple[Id, ...] = Field(
        default=(), description="ids of assumptions that do not hold; what rests on them does not count"
    )
    created: Timestamp | None = None


class StandingLine(BaseModel):
    """What a snapshot keeps of one hypothesis: its weighted inconsistency and its rank (None: not ranked)."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    label: str
    score: float
    rank: int | None = None


class Snapshot(Record):
    """A state of one matrix that was frozen, printed or exported: when it was, and what it said.

    The state itself is what the trail leads back to: `after` is the id of the last trail entry of that time.
    """

    kind: SnapshotKind
    matrix: Id
    name: str = ""
    note: str = ""
    time: Timestamp
    by: str = Field(default="", description="id of the analyst")
    after: str = Field(default="", description="id of the last entry of the trail at that time; empty: none yet")
    headline: str = ""
    items: int = Field(default=0, ge=0, description="how many items counted")
    standing: tuple[StandingLine, ...] = ()


class Challenge(Record):
    """An objection to a cell (both ids), an item or a hypothesis. It never changes a rating."""

    matrix: Id | None = Field(default=None, description="id of the matrix of a challenged cell")
    evidence: Id | None = None
    hypothesis: Id | None = None
    text: str
    by: str = Field(default="", description="who objects, free text")
    time: Timestamp
    value: RatingValue | None = Field(default=None, description="what the cell should be rated instead")
    state: ChallengeState = ChallengeState.OPEN
    answer: str = ""
    answered_by: str = ""
    answered: Timestamp | None = None


class RetestCell(BaseModel):
    """A cell that was rated again without sight of the first rating."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    evidence: Id
    hypothesis: Id
    first: RatingValue
    second: RatingValue


class Retest(Record):
    """Cells that one analyst rated twice, to see how far a judgement repeats. Never a score of a person."""

    matrix: Id
    analyst: Id
    time: Timestamp
    seed: int = 0
    cells: tuple[RetestCell, ...] = ()


class HandoverNote(BaseModel):
    """A note to whoever opens the analysis next."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    id: Id
    text: str
    by: str = ""
    time: Timestamp


class FindingSetAside(Record):
    """An open point that the analyst set aside with a reason. It comes back when its facts are no longer these."""

    matrix: Id
    code: str
    hypotheses: tuple[Id, ...] = ()
    evidence: tuple[Id, ...] = ()
    facts: str = Field(default="", description="what `scoring.findings.Finding.facts` was")
    text: str = Field(default="", description="the sentence as it was shown")
    reason: str
    by: str = ""
    time: Timestamp


class CheckAnswer(BaseModel):
    """What the analyst answered to one question of a checklist."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    question: str
    answer: Literal["yes", "no", ""] = ""
    note: str = ""


R = TypeVar("R", bound=BaseModel)


@cache
def _field_adapter(record_type: type[BaseModel], name: str) -> TypeAdapter[Any]:
    info = record_type.model_fields[name]
    annotation: Any = info.annotation
    for constraint in info.metadata:
        annotation = Annotated[annotation, constraint]
    return TypeAdapter(annotation)


def checked(record_type: type[BaseModel], name: str, value: Any) -> Any:
    """Return `value` as the field `name` of `record_type` holds it; also accepts the field's JSON form.

    Raises KeyError for a field the type does not have and pydantic.ValidationError for a value it does not take.
    """
    return _field_adapter(record_type, name).validate_python(value)


def replace(record: R, **fields: Any) -> R:
    """Return a copy of `record` with the named fields set to the checked values; raises as `checked` does."""
    return record.model_copy(update={name: checked(type(record), name, value) for name, value in fields.items()})
