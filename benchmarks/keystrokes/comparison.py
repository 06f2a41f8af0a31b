"""The counts of both programs side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.keystrokes import calc, desk
from benchmarks.keystrokes.acts import Stage, total

RECORDED = "LibreOffice Calc 7.4.7"
"""The version in which the procedures were driven through a window, with the result that they should have."""


@dataclass(frozen=True)
class Comparison:
    """The same work in both programs; `limit`: how many times Calc's count ours may be at most."""

    name: str
    ours: Sequence[Stage]
    calc: Sequence[Stage]
    limit: float

    @property
    def counts(self) -> tuple[int, int]:
        """Return the keystrokes and clicks here and in Calc."""
        return total(self.ours), total(self.calc)

    @property
    def is_kept(self) -> bool:
        """Return whether ours is within the limit."""
        ours, theirs = self.counts
        return ours <= self.limit * theirs


def comparisons() -> list[Comparison]:
    """Return the entering, and the rating with the re-ordering against every way that is reasonable in Calc.

    Without formulas a sheet cannot sort the items by how well they separate; that is left out on both sides then.
    """
    work = [desk.rate(), desk.order()]
    less = [desk.rate(), desk.order_without_items()]
    letters, digits = calc.rate(), calc.rate_in_digits()
    return [
        Comparison("entering", [desk.enter()], [calc.enter()], 1.0),
        Comparison("rating and re-ordering, formulas", work, [letters, calc.order_with_formulas()], 0.5),
        Comparison("rating and re-ordering, no formulas", less, [letters, calc.order_by_hand()], 0.5),
        Comparison("the same in digits, formulas", work, [digits, calc.order_digits_with_formulas()], 0.5),
        Comparison("the same in digits, no formulas", less, [digits, calc.order_by_hand()], 0.5),
    ]
