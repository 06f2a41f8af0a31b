"""The analysis: one question, its rival hypotheses, the evidence, and one rating sheet per analyst and matrix.

The containers are changed in place, by commands only; the records in them are frozen and replaced whole. That makes
a snapshot for a background save a matter of copying dictionaries.
"""

from collections.abc import Collection, Iterator
from typing import Self, get_args

from pydantic import BaseModel, ConfigDict, Field

from ach_desk.model.evidence import DependenceGroup, EvidenceItem, Source
from ach_desk.model.grades import CredibilityRule, GradingScheme
from ach_desk.model.ids import Id, new_id
from ach_desk.model.judgement import Conclusion, Outcome
from ach_desk.model.method_settings import Frame, MethodSettings, Probability, settings_of_new
from ach_desk.model.rating import Rating
from ach_desk.model.records import (
    Analyst,
    Challenge,
    CheckAnswer,
    FindingSetAside,
    HandoverNote,
    Hypothesis,
    Record,
    Retest,
    Scenario,
    Snapshot,
)
from ach_desk.model.report_plan import ReportPlan
from ach_desk.model.together import Case, Estimate, HandedOut, Remark, Round
from ach_desk.model.trail import TrailEntry
from ach_desk.model.values import PartialDate, Scale, Timestamp, now
from ach_desk.model.watch import Expectation, Indicator

RatingSheet = dict[Id, dict[Id, Rating]]
"""One analyst's judgements: evidence id -> hypothesis id -> Rating. A missing entry is an unrated cell."""


class Matrix(BaseModel):
    """An ordered selection of hypotheses and items with a rating sheet per analyst."""

    model_config = ConfigDict(extra="allow", defer_build=True)

    id: Id = Field(default_factory=new_id)
    name: str = ""
    hypotheses: list[Id] = []
    evidence: list[Id] = []
    scale: Scale = Scale.FIVE
    note: str = ""
    frame: Frame | None = Field(default=None, description="how the hypotheses stand to each other; absent: not asked")
    priors: dict[Id, Probability] = Field(default={}, description="by hypothesis; absent: all the same")
    priors_per_cause: bool = Field(default=False, description="the priors are those of single causes to be at work")
    method_settings: MethodSettings | None = Field(default=None, description="absent: the program's own")
    sheets: dict[Id, RatingSheet] = {}

    def rating(self, analyst: Id, evidence: Id, hypothesis: Id) -> Rating | None:
        """Return the analyst's rating of the cell; None when nothing is entered there."""
        return self.sheets.get(analyst, {}).get(evidence, {}).get(hypothesis)

    def set_rating(self, analyst: Id, evidence: Id, hypothesis: Id, rating: Rating | None) -> None:
        """Put the rating into the analyst's sheet; None or an empty rating empties the cell."""
        sheet = self.sheets.setdefault(analyst, {})
        if rating is not None and not rating.is_empty:
            sheet[evidence] = {**sheet.get(evidence, {}), hypothesis: rating}
        else:
            self.empty_cells(analyst, evidence, (hypothesis,))

    def empty_cells(self, analyst: Id, evidence: Id, hypotheses: Collection[Id]) -> None:
        """Empty some cells of an item in the analyst's sheet."""
        sheet = self.sheets.get(analyst, {})
        if evidence in sheet:
            left = {key: rating for key, rating in sheet[evidence].items() if key not in hypotheses}
            if left:
                sheet[evidence] = left
            else:
                del sheet[evidence]

    def copy_of(self) -> Self:
        """Return a copy that later edits of this matrix do not touch.

        The rows are shared: an edit puts another row in the place of one and never changes it.
        """
        return self.model_copy(
            update={
                "hypotheses": list(self.hypotheses),
                "evidence": list(self.evidence),
                "sheets": {analyst: dict(sheet) for analyst, sheet in self.sheets.items()},
            }
        )


class Numbers(BaseModel):
    """The next number of each kind of label. Counts up only, so that no label is given twice."""

    model_config = ConfigDict(extra="allow", frozen=True, defer_build=True)

    hypothesis: int = Field(default=1, ge=1)
    evidence: int = Field(default=1, ge=1)
    source: int = Field(default=1, ge=1)


class OwnFields(BaseModel):
    """What the document says of itself: its fields that are no records.

    A class of its own, so that a file is checked without building what checks every kind of record there is.
    """

    model_config = ConfigDict(extra="allow", defer_build=True)

    notice: str = Field(default="", description="shown first wherever the analysis is shown, and in the file")
    id: Id = Field(default_factory=new_id)
    question: str = ""
    description: str = ""
    marking: str = Field(default="", description="classification or handling marking, on every page and picture")
    authors: tuple[str, ...] = ()
    created: Timestamp | None = None
    as_of: PartialDate | None = Field(default=None, description="the date of the information")
    handover: HandoverNote | None = Field(default=None, description="note to whoever opens the analysis next")
    hypothesis_check: tuple[CheckAnswer, ...] = ()
    deception_check: tuple[CheckAnswer, ...] = ()
    grading: GradingScheme = GradingScheme.ADMIRALTY
    credibility_rule: CredibilityRule | None = Field(default=None, description="absent: the program's own")
    report: ReportPlan | None = Field(default=None, description="absent: none was composed yet")
    handed_out: HandedOut | None = Field(default=None, description="absent: this file was not handed out")
    next_numbers: Numbers = Numbers()


class Analysis(OwnFields):
    """The document."""

    hypotheses: dict[Id, Hypothesis] = {}
    evidence: dict[Id, EvidenceItem] = {}
    sources: dict[Id, Source] = {}
    analysts: dict[Id, Analyst] = {}
    matrices: list[Matrix] = []
    scenarios: dict[Id, Scenario] = {}
    snapshots: dict[Id, Snapshot] = {}
    challenges: dict[Id, Challenge] = {}
    retests: dict[Id, Retest] = {}
    groups: dict[Id, DependenceGroup] = {}
    expectations: dict[Id, Expectation] = {}
    indicators: dict[Id, Indicator] = {}
    conclusions: dict[Id, Conclusion] = {}
    outcomes: dict[Id, Outcome] = {}
    findings_set_aside: dict[Id, FindingSetAside] = {}
    rounds: dict[Id, Round] = {}
    estimates: dict[Id, Estimate] = {}
    remarks: dict[Id, Remark] = {}
    cases: dict[Id, Case] = {}
    trail: list[TrailEntry] = Field(default=[], description="every edit, appended and never changed")

    def matrix(self, matrix_id: Id) -> Matrix:
        """Return the matrix with that id; raises KeyError."""
        for matrix in self.matrices:
            if matrix.id == matrix_id:
                return matrix
        raise KeyError(matrix_id)

    def rating_cells(self) -> Iterator[tuple[Matrix, Id, Id, Id, Rating]]:
        """Yield every entered cell as (matrix, analyst, evidence, hypothesis, rating)."""
        for matrix in self.matrices:
            for analyst, sheet in matrix.sheets.items():
                for evidence, row in sheet.items():
                    for hypothesis, rating in row.items():
                        yield matrix, analyst, evidence, hypothesis, rating

    def snapshot(self) -> Self:
        """Return a copy that later edits do not touch. The frozen records themselves are shared."""
        copies: dict[str, object] = {name: dict(getattr(self, name)) for name in RECORD_CLASSES}
        copies["matrices"] = [matrix.copy_of() for matrix in self.matrices]
        copies["trail"] = list(self.trail)
        return self.model_copy(update=copies)


COLLECTIONS: dict[str, str] = {
    "hypothesis": "hypotheses",
    "evidence": "evidence",
    "source": "sources",
    "analyst": "analysts",
    "scenario": "scenarios",
    "snapshot": "snapshots",
    "challenge": "challenges",
    "retest": "retests",
    "group": "groups",
    "expectation": "expectations",
    "indicator": "indicators",
    "conclusion": "conclusions",
    "outcome": "outcomes",
    "finding_set_aside": "findings_set_aside",
    "round": "rounds",
    "estimate": "estimates",
    "remark": "remarks",
    "case": "cases",
}
"""Kind of record -> the field of an analysis that holds these records by id."""

RECORD_CLASSES: dict[str, type[Record]] = {
    name: get_args(Analysis.model_fields[name].annotation)[1] for name in COLLECTIONS.values()
}
"""Field of an analysis with records by id -> their class, in the order of `COLLECTIONS`."""


def new_analysis(question: str = "", analyst_name: str = "Analyst 1") -> Analysis:
    """Return an empty analysis with one analyst and one matrix that has an empty sheet for them."""
    analyst = Analyst(id=new_id(), name=analyst_name)
    return Analysis(
        question=question,
        created=now(),
        analysts={analyst.id: analyst},
        matrices=[Matrix(name="Matrix 1", method_settings=settings_of_new(), sheets={analyst.id: {}})],
    )
