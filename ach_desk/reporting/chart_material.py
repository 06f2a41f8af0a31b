"""What the charts of what the order rests on are drawn from. Everything is worked out when first asked for, once.

Meant for a worker thread: hand over a copy of an analysis that may be edited meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

from ach_desk.model import Analysis, Matrix, Scenario
from ach_desk.model.method_settings import Method
from ach_desk.scoring import Assessment, assess
from ach_desk.scoring.additive import Additive
from ach_desk.scoring.compared import Compared, compare_analysts
from ach_desk.scoring.margins import Course, courses
from ach_desk.scoring.methods import BAYESIAN, Inputs, MethodResult, inputs, kept_method, results
from ach_desk.scoring.robustness import Robustness, with_kept_shares
from ach_desk.scoring.round_states import is_private
from ach_desk.scoring.weights_of_evidence import Weights, nearest_rival, weights
from ach_desk.scoring.whatif import fall_in, under

_TRIALS = "trials"


@dataclass(frozen=True, eq=False)
class Material:
    """A matrix as one analyst rated it, and the way of adding up that a chart is about.

    assessment: what is shown, which may be under a what-if. rival: the id of the hypothesis that the leader is held
    against in the waterfall; "" or one that cannot be: the nearest. cancelled: asked between steps; what is worked out
    after it holds is no answer, and nobody is to show it. kept: what took long, shared by copies with another rival.
    """

    analysis: Analysis
    matrix: Matrix
    analyst: str
    assessment: Assessment
    method: Method
    rival: str = ""
    cancelled: Callable[[], bool] = lambda: False
    kept: dict[str, Robustness] = field(default_factory=dict)

    @cached_property
    def inputs(self) -> Inputs:
        """Return what the methods read."""
        return inputs(self.analysis, self.matrix, self.analyst, self.assessment)

    @cached_property
    def results(self) -> dict[Method, MethodResult]:
        """Return what every method says."""
        return results(self.inputs)

    @cached_property
    def additive(self) -> Additive:
        """Return the way of adding up as sums."""
        return self.inputs.additive(self.method)

    @cached_property
    def courses(self) -> tuple[Course, ...]:
        """Return how the lead over each challenger shrinks."""
        return courses(self.additive) if self.additive.leaders else ()

    @cached_property
    def trials(self) -> Robustness | None:
        """Return the trials in which ratings slip; None when nothing is ranked, or when cancelled."""
        if not self.additive.leaders or _TRIALS in self.kept:
            return self.kept.get(_TRIALS)
        bare = Robustness(self.inputs, self.method, self.additive, (), ())
        found = with_kept_shares(bare, self.matrix, self.analyst, cancelled=self.cancelled)
        if found.shares is None:
            return None
        self.kept[_TRIALS] = found
        return found

    @property
    def bayes_method(self) -> Method:
        """Return the Bayesian way that a waterfall is drawn by: that of the chart, or plain Bayes beside a count."""
        return self.method if self.method in BAYESIAN else Method.BAYES

    @cached_property
    def bayes(self) -> Additive:
        """Return that way as sums of log10 likelihoods."""
        return self.inputs.additive(self.bayes_method)

    @cached_property
    def weights(self) -> Weights | None:
        """Return the weight of each item for the leader against the rival; None without two hypotheses to compare."""
        found = self.bayes
        if not found.leaders or not found.used.any():
            return None
        ahead = found.leaders[0]
        chosen = {self.assessment.hypotheses[column].id: column for column in rivals(found, ahead)}
        behind = chosen.get(self.rival, nearest_rival(found, ahead))
        return None if behind is None else weights(found, ahead, behind)

    @cached_property
    def compared(self) -> Compared:
        """Return the analysts beside each other."""
        return compare_analysts(self.analysis, self.matrix, self.method)

    @cached_property
    def is_private(self) -> bool:
        """Return whether they rate in private at the moment: nobody is to see what the others think."""
        return is_private(self.analysis, self.matrix.id)

    @cached_property
    def scenarios(self) -> tuple[tuple[Scenario | None, Assessment], ...]:
        """Return the matrix as rated, which stands under None, and under each what-if that was saved for it."""
        plain = assess(self.analysis, self.matrix, self.analyst)
        found: list[tuple[Scenario | None, Assessment]] = [(None, plain)]
        for scenario in self.analysis.scenarios.values():
            if scenario.matrix == self.matrix.id and not self.cancelled():
                fallen = fall_in(self.analysis, self.matrix, self.analyst, scenario)
                found.append((scenario, under(self.analysis, plain, scenario, fallen)))
        return tuple(found)


def material(
    analysis: Analysis, matrix: Matrix, analyst: str, assessment: Assessment | None = None, *, method: str = ""
) -> Material:
    """Return the material of a matrix; `method` is one of `methods.SUMS`, "" the one that the matrix keeps.

    Raises ValueError for a method that is not known.
    """
    chosen = Method(method) if method else kept_method(matrix)
    return Material(analysis, matrix, analyst, assessment or assess(analysis, matrix, analyst), chosen)


def against(found: Material, rival: str) -> Material:
    """Return the same material with another rival (an id) for the waterfall."""
    return replace(found, rival=rival)


def rivals(method: Additive, ahead: int) -> tuple[int, ...]:
    """Return the columns that a leader can be held against, in matrix order."""
    return tuple(int(column) for column in method.ranked.nonzero()[0] if column != ahead)
