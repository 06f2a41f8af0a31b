"""The parts of an analysis: hypotheses, evidence items, sources, analysts. All frozen; commands replace them whole."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from ach_desk.model.ids import Id
from ach_desk.model.values import (
    Colour,
    EvidenceKind,
    EvidenceStatus,
    HypothesisStatus,
    Level,
    PartialDate,
    Timestamp,
)


class Record(BaseModel):
    """A frozen record with a stable id. Keys this version does not know are kept and written back."""

    model_config = ConfigDict(frozen=True, extra="allow", strict=False, allow_inf_nan=False)

    id: Id


class Hypothesis(Record):
    """A rival explanation. One that names others in `combines` is a combination of them."""

    label: str = Field(min_length=1, description="H1, H2 ...: given once, never reused")
    title: str
    statement: str = Field(default="", description="the hypothesis in full, so that it can fail")
    colour: Colour | None = None
    status: HypothesisStatus = HypothesisStatus.ACTIVE
    status_reason: str = ""
    status_date: PartialDate | None = None
    combines: tuple[Id, ...] = Field(default=(), description="ids of the hypotheses that this one joins")
    note: str = ""

    @property
    def is_active(self) -> bool:
        """Return whether the hypothesis takes part in the ranking."""
        return self.status is HypothesisStatus.ACTIVE

    @property
    def is_combination(self) -> bool:
        """Return whether the hypothesis joins others."""
        return bool(self.combines)


class Citation(BaseModel):
    """One use of a source by an item."""

    model_config = ConfigDict(frozen=True, extra="allow")

    source: Id


class EvidenceItem(Record):
    """A row of the matrix: evidence, an assumption, a deduction or an absence of evidence."""

    label: str = Field(min_length=1, description="E1, E2 ...: given once, never reused")
    title: str
    detail: str = ""
    kind: EvidenceKind = EvidenceKind.EVIDENCE
    event_date: PartialDate | None = Field(default=None, description="when it happened")
    learned_date: PartialDate | None = Field(default=None, description="when the analyst could first know it")
    entered: Timestamp | None = Field(default=None, description="when it was entered into the analysis")
    credibility: Level | None = Field(default=None, description="trust in what is reported; absent = not set")
    relevance: Level | None = Field(default=None, description="bearing on the question; absent = not set")
    citations: tuple[Citation, ...] = ()
    tags: tuple[str, ...] = ()
    note: str = ""
    flag: bool = False
    status: EvidenceStatus = EvidenceStatus.COUNTED
    status_reason: str = ""
    status_date: PartialDate | None = None

    @property
    def is_counted(self) -> bool:
        """Return whether the item is scored."""
        return self.status is EvidenceStatus.COUNTED


class Source(Record):
    """Where items come from."""

    label: str = Field(min_length=1, description="S1, S2 ...: given once, never reused")
    name: str
    kind: str = Field(default="", description="free words: newspaper, agency report, interview ...")
    link: str = ""
    date: PartialDate | None = None
    note: str = ""


class Analyst(Record):
    """Somebody who rates. Never taken from the operating system."""

    name: str
    initials: str = ""
    colour: Colour | None = None
    role: str = ""


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
