"""A record over several analyses: what was said, what came, and how far stated likelihoods and frequencies agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ach_desk.model import Analysis, Hypothesis, Matrix
from ach_desk.model.conclusions import conclusion_on
from ach_desk.model.judgement import Conclusion, Outcome
from ach_desk.scoring.assessment import assess
from ach_desk.scoring.likelihoods import concluded
from ach_desk.scoring.postmortem import Verdict, verdict

TOO_FEW = 10
"""A band with fewer statements than this says nothing about how often such statements come true."""

BANDS = ((0, 20), (20, 40), (40, 60), (60, 80), (80, 100))
"""The bands of stated likelihood in per cent; a number on a border belongs to the upper one, 100 to the last."""


@dataclass(frozen=True)
class Case:
    """One outcome with the conclusion it is held against (None: none was written)."""

    file: str
    question: str
    outcome: Outcome
    conclusion: Conclusion | None
    hypotheses: tuple[Hypothesis, ...]
    verdict: Verdict


@dataclass(frozen=True)
class Band:
    """How many statements lay in a band, what was said on average (0 to 1), and how many of them came true."""

    low: int
    high: int
    stated: int
    said: float
    true: int

    @property
    def is_enough(self) -> bool:
        """Return whether there are enough statements to say anything."""
        return self.stated >= TOO_FEW

    @property
    def share(self) -> float | None:
        """Return the share that came true, 0 to 1; None for a band without statements."""
        return self.true / self.stated if self.stated else None


def cases_of(analysis: Analysis, file: str) -> Iterator[Case]:
    """Yield a case for every outcome of an analysis whose matrix is there."""
    matrices = {matrix.id: matrix for matrix in analysis.matrices}
    for outcome in analysis.outcomes.values():
        matrix = matrices.get(outcome.matrix)
        if matrix is not None:
            yield _case(analysis, matrix, outcome, file)


def _case(analysis: Analysis, matrix: Matrix, outcome: Outcome, file: str) -> Case:
    conclusion = conclusion_on(analysis, matrix.id)
    assessment = assess(analysis, matrix, next(iter(matrix.sheets), ""))
    judged = conclusion is not None and not conclusion.no_judgement
    found = verdict(conclusion, outcome, assessment) if conclusion and judged else Verdict(None, (), ())
    return Case(file, analysis.question, outcome, conclusion, tuple(concluded(assessment)), found)


def mean_brier(cases: Iterable[Case]) -> float | None:
    """Return the mean of the Brier scores over the cases that have one; None without any."""
    scores = [case.verdict.brier for case in cases if case.verdict.brier is not None]
    return sum(scores) / len(scores) if scores else None


def calibration(cases: Sequence[Case]) -> list[Band]:
    """Return for each band of stated likelihood how many statements there were and how many came true."""
    judged = [one for case in cases for one in case.verdict.judged]
    found = []
    for low, high in BANDS:
        within = [one for one in judged if _band_of(one.probability * 100) == (low, high)]
        said = sum(one.probability for one in within) / len(within) if within else 0.0
        found.append(Band(low, high, len(within), said, sum(one.true for one in within)))
    return found


def _band_of(percent: float) -> tuple[int, int]:
    return next((band for band in reversed(BANDS) if percent >= band[0]), BANDS[0])
