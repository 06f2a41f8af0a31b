"""What the analyst concludes in their own words, and what turned out to be so."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from ach_desk.model.ids import Id
from ach_desk.model.records import CheckAnswer, Record
from ach_desk.model.values import Level, LikelihoodScale, PartialDate, Timestamp

Percent = Annotated[float, Field(ge=0, le=100)]


class LikelihoodTerm(BaseModel):
    """A word for likelihood and the range that it stands for, in per cent."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    word: str
    low: Percent
    high: Percent


class Likelihood(BaseModel):
    """How likely one hypothesis is judged to be: a word, a range in per cent, or both. Never filled in by a score."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    hypothesis: Id
    word: str = ""
    low: Percent | None = None
    high: Percent | None = None
    reason: str = ""


class Conclusion(Record):
    """The conclusion upon one matrix. Confidence is a sentence of its own and never part of a likelihood.

    exclusive: whether at most one of the hypotheses can be true; None: not said.
    departure: why the stated ranking is another one than that of the matrix.
    """

    matrix: Id
    answer: str = Field(default="", description="the answer in one sentence")
    no_judgement: bool = Field(default=False, description="no judgement is possible yet, which is a full answer")
    no_judgement_reason: str = ""
    scale: LikelihoodScale | None = None
    own_terms: tuple[LikelihoodTerm, ...] = ()
    exclusive: bool | None = None
    likelihoods: tuple[Likelihood, ...] = ()
    confidence: Level | None = Field(default=None, description="analytic confidence: high, medium (moderate) or low")
    source_base: str = ""
    gaps: str = ""
    agreement: str = ""
    departure: str = ""
    would_change: str = Field(default="", description="what would change our mind")
    prompts: tuple[CheckAnswer, ...] = Field(default=(), description="pre-mortem, devil's advocate, questions on bias")
    by: str = Field(default="", description="id of the analyst")
    date: PartialDate | None = None


class Outcome(Record):
    """What turned out to be so, entered when it is known; the stated likelihoods are held against it."""

    matrix: Id
    text: str = Field(default="", description="what turned out to be so")
    true: tuple[Id, ...] = Field(default=(), description="ids of the hypotheses that proved true")
    none_of_them: bool = Field(default=False, description="it was none of the hypotheses")
    known: PartialDate | None = Field(default=None, description="since when it is known")
    grounds: str = Field(default="", description="how it is known")
    lessons: str = ""
    by: str = Field(default="", description="id of the analyst")
    time: Timestamp | None = None
