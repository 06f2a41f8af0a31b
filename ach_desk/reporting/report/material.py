"""What the sections of a report are made from: one state of the analysis, and what is reckoned from it, each once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from ach_desk.model import Analysis, Matrix, RatingSheet
from ach_desk.model.method_settings import Method, MethodSettings
from ach_desk.reporting.chart_material import Material as ChartMaterial
from ach_desk.reporting.chart_options import FROM_MATERIAL, OF_ANALYSTS
from ach_desk.reporting.charts.tornado import TornadoSubject
from ach_desk.reporting.print_conclusion import conclusion_data
from ach_desk.reporting.print_matrix import sheet_of
from ach_desk.reporting.print_options import PrintOptions
from ach_desk.reporting.report.model import CancelledError
from ach_desk.reporting.report.plain_words import PlainWords
from ach_desk.scoring import Assessment, Finding, Points, all_findings
from ach_desk.scoring import robustness as robust
from ach_desk.scoring.analysts import AnalystLeftOut, leave_analysts_out
from ach_desk.scoring.compared import Compared, with_interval
from ach_desk.scoring.left_out_parts import PartsLeftOut, parts_left_out
from ach_desk.scoring.methods import Inputs, inputs
from ach_desk.scoring.open_points import sorted_out
from ach_desk.scoring.pooled import Pooling, pool_estimates
from ach_desk.scoring.programme import StoppedError
from ach_desk.scoring.robustness import Robustness
from ach_desk.scoring.round_states import is_private
from ach_desk.scoring.step_findings import step_findings
from ach_desk.scoring.tornado import tornado


@dataclass(frozen=True, eq=False)
class Material:
    """A matrix as rated by one analyst (an id), in an analysis as outputs may show it (`model.public`).

    cancelled: asked between long steps; when it says yes, `CancelledError` is raised.
    """

    analysis: Analysis
    matrix: Matrix
    analyst: str
    assessment: Assessment
    options: PrintOptions
    cancelled: Callable[[], bool] = lambda: False

    @cached_property
    def text(self) -> PlainWords:
        """Return what prepares texts."""
        return PlainWords()

    @property
    def today(self) -> date:
        """Return the day of the report."""
        return self.options.printed.date()

    @property
    def ratings(self) -> RatingSheet:
        """Return the analyst's sheet."""
        return sheet_of(self.matrix, self.analyst)

    @cached_property
    def columns(self) -> tuple[int, ...]:
        """Return the columns of the hypotheses that are rated, as they are shown."""
        return tuple(self.assessment.rated_columns())

    @cached_property
    def has_relevance(self) -> bool:
        """Return whether any item has a relevance; before that nothing shows it."""
        return any(item.relevance for item in self.assessment.items)

    @property
    def analyst_name(self) -> str:
        """Return the name of the analyst."""
        analyst = self.analysis.analysts.get(self.analyst)
        return analyst.name if analyst is not None else ""

    @cached_property
    def conclusion(self) -> dict[str, Any] | None:
        """Return the conclusion in words, as the printed document has it; None where none was begun."""
        return conclusion_data(self.analysis, self.matrix, self.assessment, self.text)

    def concluded(self, name: str) -> list[str]:
        """Return the paragraphs of a part of the conclusion: departure, confidence, change or questions."""
        parts = self.conclusion["sections"] if self.conclusion is not None else []
        return [paragraph for part in parts if part["name"] == name for paragraph in part["text"]]

    @cached_property
    def findings(self) -> list[Finding]:
        """Return what the program points out, without what waits unsorted: that is no part of the analysis yet."""
        self.go_on()
        found = all_findings(self.analysis, self.matrix, self.analyst, self.assessment)
        return [entry for entry in found if entry.code != "unsorted"]

    @cached_property
    def points(self) -> Points:
        """Return what is open, and what was set aside of that and of the points of the steps."""
        steps = step_findings(self.analysis, self.matrix, self.assessment, self.today)
        aside = sorted_out(self.analysis, self.matrix.id, [*self.findings, *steps]).aside
        return Points(sorted_out(self.analysis, self.matrix.id, self.findings).open, aside)

    @property
    def settings(self) -> MethodSettings:
        """Return the settings of the methods, as they are kept with the matrix."""
        return self.matrix.method_settings or MethodSettings()

    @cached_property
    def inputs(self) -> Inputs:
        """Return what the methods read."""
        return inputs(self.analysis, self.matrix, self.analyst, self.assessment)

    @cached_property
    def robustness(self) -> Robustness:
        """Return what the order rests on by weighted inconsistency, with trials and rating steps."""
        self.go_on()
        try:
            found = robust.quick(self.inputs, Method.WEIGHTED, cancelled=self.cancelled)
        except StoppedError:
            raise CancelledError from None
        if not found.leaders:
            return found
        found = robust.with_kept_shares(found, self.matrix, self.analyst, cancelled=self.cancelled)
        found = robust.with_steps(found, cancelled=self.cancelled)
        self.go_on()
        return found

    @cached_property
    def charted(self) -> ChartMaterial:
        """Return what the charts of what the order rests on are drawn from; the trials are those of `robustness`."""
        kept = {"trials": self.robustness} if self.robustness.shares is not None else {}
        return ChartMaterial(
            self.analysis,
            self.matrix,
            self.analyst,
            self.assessment,
            Method.WEIGHTED,
            cancelled=self.cancelled,
            kept=kept,
        )

    @cached_property
    def parts(self) -> PartsLeftOut | None:
        """Return what leaving out sources, groups and assumptions does; None when nothing is rated."""
        if not self.robustness.leaders:
            return None
        found = parts_left_out(self.analysis, self.ratings, self.inputs, Method.WEIGHTED, cancelled=self.cancelled)
        self.go_on()
        return found

    @cached_property
    def swings(self) -> TornadoSubject | None:
        """Return how far the lead swings when one judgement alone is another one; None when nobody leads anybody."""
        self.go_on()
        found = tornado(self.analysis, self.ratings, self.inputs, Method.WEIGHTED)
        return None if found is None else TornadoSubject(self.inputs, found)

    def subject_of(self, kind: str) -> ChartMaterial | Assessment | TornadoSubject | None:
        """Return what a chart of a kind is drawn from; None for a tornado of which there is none."""
        if kind == "tornado":
            return self.swings
        if kind in OF_ANALYSTS:
            return self.of_analysts
        return self.charted if kind in FROM_MATERIAL else self.assessment

    @cached_property
    def of_analysts(self) -> ChartMaterial:
        """Return what the charts of several analysts are drawn from."""
        return ChartMaterial(
            self.analysis, self.matrix, self.analyst, self.assessment, Method.WEIGHTED, cancelled=self.cancelled
        )

    @cached_property
    def compared(self) -> Compared:
        """Return the analysts beside each other, with the interval of their agreement."""
        self.go_on()
        found = self.of_analysts.compared
        return with_interval(found) if found.are_several else found

    @cached_property
    def pooling(self) -> Pooling:
        """Return the stated probabilities and their pools."""
        return pool_estimates(self.analysis, self.matrix)

    @property
    def is_private(self) -> bool:
        """Return whether the analysts rate in private at the moment: nobody is to see what the others think."""
        return is_private(self.analysis, self.matrix.id)

    @cached_property
    def analysts_left_out(self) -> tuple[AnalystLeftOut, ...]:
        """Return who leads without each analyst; none where one alone has rated, or they rate in private."""
        return leave_analysts_out(self.analysis, self.matrix, self.inputs, Method.WEIGHTED)

    def go_on(self) -> None:
        """Raise `CancelledError` when nobody waits any more."""
        if self.cancelled():
            raise CancelledError
