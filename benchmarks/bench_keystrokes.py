"""Keystrokes and clicks for one case, beside those recorded in LibreOffice Calc; docs/keystrokes.md says how."""

from __future__ import annotations

from benchmarks.keystrokes.comparison import comparisons
from benchmarks.measure import Row, against_floor


def run(quick: bool = False) -> list[Row]:
    """Return the rows; the floor is Calc. There is nothing to do quicker: the counts come from the procedures."""
    del quick
    return [
        against_floor(f"keystrokes beside Calc: {one.name}", *one.counts, one.limit, unit="keys")
        for one in comparisons()
    ]
