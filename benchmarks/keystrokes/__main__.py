"""Drive the case through a real LibreOffice Calc and check the sheet: ``python -m benchmarks.keystrokes``.

Prints the counts beside ours. The exit code is 0 when every sheet was right, 2 when LibreOffice is not installed.
"""

from __future__ import annotations

import shutil
import sys

from benchmarks.keystrokes import calc
from benchmarks.keystrokes.acts import Stage
from benchmarks.keystrokes.calc_window import NEEDED, driven
from benchmarks.keystrokes.case import EVIDENCE, HYPOTHESES, QUESTION, RATINGS, moved
from benchmarks.keystrokes.comparison import comparisons

WAYS: dict[str, tuple[Stage, Stage]] = {
    "letters, formulas": (calc.rate(), calc.order_with_formulas()),
    "letters, no formulas": (calc.rate(), calc.order_by_hand()),
    "digits, formulas": (calc.rate_in_digits(), calc.order_digits_with_formulas()),
    "digits, no formulas": (calc.rate_in_digits(), calc.order_by_hand()),
}


def main() -> int:
    """Drive every way; return the exit code."""
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        print(
            f"Calc was not driven: {', '.join(missing)} not installed. The recorded counts are in docs/keystrokes.md."
        )
        return 2
    wrong = 0
    for name, (rate, order) in WAYS.items():
        sheet, orders = driven([calc.enter(), rate, order])
        is_right = _table(sheet) == _expected(digits=name.startswith("digits")) and all(map(_is_ordered, orders))
        wrong += not is_right
        print(f"{name}: {'as it should be' if is_right else f'WRONG: {sheet} {orders}'}")
    for one in comparisons():
        ours, theirs = one.counts
        print(f"{one.name}: {ours} here, {theirs} in Calc, {ours / theirs:.2f}")
    return int(wrong > 0)


def _table(sheet: list[list[str]]) -> list[list[str]]:
    """Return question, hypotheses, items and ratings of a sheet, without the formulas beside and below them."""
    return [row[: 1 + len(HYPOTHESES)] for row in sheet[: 1 + len(EVIDENCE)]]


def _expected(*, digits: bool) -> list[list[str]]:
    rows = zip(moved(EVIDENCE), moved(RATINGS), strict=True)
    cells = [[item, *(calc.DIGITS[value] if digits else value for value in values)] for item, values in rows]
    return [[QUESTION, *HYPOTHESES], *cells]


def _is_ordered(seen: tuple[str, list[list[str]]]) -> bool:
    """Return whether the sheet was sorted by the spread, or its hypotheses in the order of the scores."""
    what, sheet = seen
    if what == "sorted":
        spreads = [float(row[-1]) for row in sheet[1 : 1 + len(EVIDENCE)]]
        return spreads == sorted(spreads, reverse=True) and spreads[0] > spreads[-1]
    return sheet[0][1 : 1 + len(HYPOTHESES)] == [HYPOTHESES[number] for number in (3, 2, 0, 1)]


if __name__ == "__main__":
    sys.exit(main())
