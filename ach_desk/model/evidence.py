"""What stands behind a row: the evidence item, the sources it cites, files, and what it depends on."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from ach_desk.model.grades import (
    Handling,
    InformationCredibility,
    InformationKnown,
    Reliability,
    SourceEvaluation,
)
from ach_desk.model.ids import Id
from ach_desk.model.method_settings import Cost, Probability
from ach_desk.model.records import Record, Wording
from ach_desk.model.values import (
    Dependence,
    EvidenceKind,
    EvidenceStatus,
    GroupCause,
    Level,
    PartialDate,
    Reading,
    Timestamp,
)


class Stance(StrEnum):
    """Whether a source bears an item out or says otherwise."""

    SUPPORTING = "supporting"
    CONFLICTING = "conflicting"


class Directness(StrEnum):
    """Whether a source saw it or has it from others; not set is None."""

    FIRST_HAND = "first-hand"
    SECOND_HAND = "second-hand"


class Citation(BaseModel):
    """One use of a source by an item: what this source says of this item, and how well it can know."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    source: Id
    stance: Stance = Stance.SUPPORTING
    directness: Directness | None = None
    retracted: bool = Field(default=False, description="the source took this back")
    preliminary: bool = Field(default=False, description="the source itself calls it provisional")
    date: PartialDate | None = Field(default=None, description="when the source said it")
    credibility: InformationCredibility | None = Field(default=None, description="Admiralty 1 to 6")
    known: InformationKnown | None = Field(default=None, description="3x5x2, A to E")


class Attachment(BaseModel):
    """A file beside the analysis. `path` is relative to the folder of the analysis, with forward slashes."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    path: str
    sha256: str = ""
    size: int = Field(default=0, ge=0, description="bytes")
    added: Timestamp | None = None


class EvidenceItem(Record):
    """A row of the matrix: evidence, an assumption, a deduction or an absence of evidence."""

    label: str = Field(min_length=1, description="E1, E2 ...: given once, never reused")
    title: str
    detail: str = ""
    kind: EvidenceKind = EvidenceKind.EVIDENCE
    event_date: PartialDate | None = Field(default=None, description="when it happened, or the beginning of that")
    event_end: PartialDate | None = Field(default=None, description="until when, if it lasted or is not known better")
    event_words: str = Field(default="", description="the date as it is said: mid-June 2023")
    learned_date: PartialDate | None = Field(default=None, description="when the analyst could first know it")
    entered: Timestamp | None = Field(default=None, description="when it was entered into the analysis")
    credibility: Level | None = Field(default=None, description="trust in what is reported; absent = not set")
    credibility_from_grades: bool = Field(default=False, description="the credibility is what the grades proposed")
    relevance: Level | None = Field(default=None, description="bearing on the question; absent = not set")
    citations: tuple[Citation, ...] = ()
    quotation: str = Field(default="", description="the source's own words")
    page: str = ""
    link: str = ""
    retrieved: PartialDate | None = Field(default=None, description="when it was fetched from the link")
    attachments: tuple[Attachment, ...] = ()
    heading: str = Field(default="", description="the heading the analyst puts it under, in the analyst's own words")
    code: str = ""
    tags: tuple[str, ...] = Field(default=(), description="a tag may carry a scheme: attack:T1059.001")
    marking: str = Field(default="", description="classification, caveat or TLP of this item")
    handling: Handling | None = Field(default=None, description="3x5x2, P or C")
    suspect: bool = Field(default=False, description="suspected of being deceptive")
    suspect_reason: str = ""
    twin: Id | None = Field(default=None, description="id of the other reading; one of the two counts at a time")
    reading: Reading | None = None
    rests_on: tuple[Id, ...] = Field(default=(), description="ids of assumptions without which it does not hold")
    cost: Cost | None = Field(default=None, description="of judging or collecting it, in any unit")
    note: str = ""
    flag: bool = False
    status: EvidenceStatus = EvidenceStatus.COUNTED
    status_reason: str = ""
    status_date: PartialDate | None = None
    wording: Wording = 1

    @property
    def is_counted(self) -> bool:
        """Return whether the item is scored."""
        return self.status is EvidenceStatus.COUNTED

    @property
    def is_unsorted(self) -> bool:
        """Return whether the item was captured and is not taken in yet."""
        return self.status is EvidenceStatus.UNSORTED


class Source(Record):
    """Where items come from."""

    label: str = Field(min_length=1, description="S1, S2 ...: given once, never reused")
    name: str
    kind: str = Field(default="", description="free words: newspaper, agency report, interview ...")
    link: str = ""
    date: PartialDate | None = None
    reliability: Reliability | None = Field(default=None, description="Admiralty A to F; absent = not graded")
    evaluation: SourceEvaluation | None = Field(default=None, description="3x5x2, 1 to 3; absent = not graded")
    grade_reason: str = ""
    access: str = Field(default="", description="how it can know")
    motive: str = Field(default="", description="what it gains by saying so")
    track_record: str = Field(default="", description="how it proved before")
    suspect: bool = Field(default=False, description="suspected of deceiving")
    suspect_reason: str = ""
    retracted: bool = Field(default=False, description="it took back what it said, or it is no longer believed")
    retracted_reason: str = ""
    retracted_date: PartialDate | None = None
    withheld: bool = Field(default=False, description="every output shows the public description alone")
    public_description: str = ""
    note: str = ""


class DependenceGroup(Record):
    """Items that share an origin or a cause, so that together they say less than their number."""

    name: str
    items: tuple[Id, ...] = ()
    cause: GroupCause = GroupCause.ORIGIN
    strength: Dependence = Dependence.REDUNDANT
    joint: dict[Id, Probability] = Field(
        default={}, description="one likelihood for the whole group, by hypothesis; absent: by its items"
    )
    note: str = ""
