"""What the panel asks and is answered, as plain data; the answers are made away from the window."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ach_desk.model import Analysis
from ach_desk.model.method_settings import Method
from ach_desk.scoring import Assessment, agreement, robustness
from ach_desk.scoring.analysts import AnalystLeftOut, leave_analysts_out
from ach_desk.scoring.dependence_findings import hints
from ach_desk.scoring.fewest_parts import Fewest, fewest_parts
from ach_desk.scoring.find_out import FindOut, find_out
from ach_desk.scoring.frames import Framed, framed
from ach_desk.scoring.left_out_parts import PartsLeftOut, parts_left_out
from ach_desk.scoring.methods import BAYESIAN, MethodResult, inputs, neutral_results, results
from ach_desk.scoring.near_duplicates import Alike
from ach_desk.scoring.programme import StoppedError
from ach_desk.scoring.ranking_words import missing_sentence
from ach_desk.scoring.robustness import Robustness
from ach_desk.ui.background import Cancel


@dataclass(frozen=True)
class Question:
    """What the order rests on is asked of this state, which later edits do not touch.

    analysis: a copy; matrix, analyst: ids; assessment: what is shown; alike: what is worded or sourced alike.
    """

    analysis: Analysis
    matrix: str
    analyst: str
    assessment: Assessment
    method: Method
    alike: tuple[Alike, ...]


@dataclass(frozen=True)
class Answer:
    """What is known so far.

    found: its steps and shares are None until the slow part is done, and so are `parts`. beside: the Bayesian ways that
    leave items out, with their missing cells as neutral. agreement, neutral: whether the methods agree, and what Bayes
    leaves out, in words. missing: the same for the method that is looked at, with the ratings that are wanted; ""
    without an order. ungrouped: for Bayes the labels of items that may depend on each other and are in no group.
    framed: causes and belief. analysts: who leads without each where several rate. fewest: the fewest sources, groups
    and assumptions that would overturn the lead.
    complete: nothing more is to come. find_out: what to find out next.
    """

    question: Question
    found: Robustness
    methods: dict[Method, MethodResult]
    beside: dict[Method, MethodResult]
    agreement: str
    neutral: str
    missing: str
    ungrouped: tuple[str, ...]
    framed: Framed
    parts: PartsLeftOut | None = None
    analysts: tuple[AnalystLeftOut, ...] = ()
    fewest: Fewest = field(default_factory=Fewest)
    complete: bool = False
    find_out: FindOut | None = None


def quick_answer(question: Question, cancel: Cancel) -> Answer:
    """Return what is found in an instant: the methods, single items left out, the fewest removals."""
    matrix = question.analysis.matrix(question.matrix)
    read = inputs(question.analysis, matrix, question.analyst, question.assessment)
    methods = results(read)
    bayesian = question.method in BAYESIAN
    found = robustness.quick(read, question.method, cancelled=cancel.__bool__)
    return Answer(
        question,
        found,
        methods,
        neutral_results(read),
        agreement.agreement(read, methods),
        agreement.neutral_sentence(read, [question.method] if bayesian else BAYESIAN),
        missing_sentence(read, question.method) if found.leaders else "",
        _ungrouped(question) if bayesian else (),
        framed(read, matrix, question.method),
        find_out=find_out(question.analysis, matrix, question.analyst, read),
    )


def full_answer(answer: Answer, cancel: Cancel) -> Answer:
    """Return the answer with the rating steps, the trials, and what is left out as a whole."""
    question = answer.question
    matrix, cancelled = question.analysis.matrix(question.matrix), cancel.__bool__
    found = robustness.with_kept_shares(answer.found, matrix, question.analyst, cancelled=cancelled)
    sheet = matrix.sheets.get(question.analyst, {})
    parts = parts_left_out(question.analysis, sheet, found.inputs, question.method, cancelled=cancelled)
    found = robustness.with_steps(found, cancelled=cancelled)
    try:
        fewest = fewest_parts(question.analysis, sheet, found.inputs, question.method, cancelled=cancelled)
    except StoppedError:
        fewest = Fewest()
    analysts = leave_analysts_out(question.analysis, matrix, found.inputs, question.method)
    return replace(answer, found=found, parts=parts, fewest=fewest, analysts=analysts, complete=True)


def _ungrouped(question: Question) -> tuple[str, ...]:
    """Return the labels of the items that may depend on each other and are in no group, in the order of the matrix."""
    hinted = {entry for hint in hints(question.analysis, question.assessment, question.alike) for entry in hint.items}
    return tuple(item.label for item in question.assessment.items if item.id in hinted)
