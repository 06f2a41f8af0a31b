"""Run every benchmark beside this file and print one table: ``python -m benchmarks.run [--quick] [NAME ...]``.

A benchmark is a file ``bench_NAME.py`` with a function ``run(quick: bool) -> list[Row]`` (benchmarks/measure.py).
The exit code is 0 when every figure is within its limit, 1 when one is missed, 2 when a benchmark could not run.
"""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import sys
import time
import traceback
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.measure import Row

HEAD = ("figure", "measured", "floor", "ratio", "limit", "")


def passed(row: Row) -> bool:
    """Return whether the figure is within its limit."""
    return (row["value"] if row["ratio"] is None else row["ratio"]) <= row["limit"]


def cells(row: Row) -> tuple[str, ...]:
    """Return the row as the table shows it."""
    unit, floor, ratio = row["unit"], row["floor"], row["ratio"]
    return (
        row["name"],
        f"{row['value']:.1f} {unit}",
        "" if floor is None else f"{floor:.1f} {unit}",
        "" if ratio is None else times(ratio),
        f"{row['limit']:g} {unit}" if ratio is None else times(row["limit"]),
        "pass" if passed(row) else "MISS",
    )


def times(ratio: float) -> str:
    """Return a ratio to the floor in words: "1.62 x", and of what takes less than a tenth of it "1/25"."""
    return f"{ratio:.2f} x" if ratio >= 0.1 else f"1/{1 / ratio:.0f}"


def table(rows: Sequence[Row]) -> str:
    """Return the rows as an aligned table, figures to the right."""
    lines = [HEAD, *map(cells, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    return "\n".join(
        "  ".join(
            text.ljust(width) if column in (0, len(HEAD) - 1) else text.rjust(width)
            for column, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmarks that are named, or all; return the exit code."""
    known = sorted(path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*.py"))
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.run", description="Measure ACH Desk against its floors."
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(known)}; all when none is named")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, for a first impression")
    options = parser.parse_args(arguments)
    unknown = set(options.names) - set(known)
    if unknown:
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    rows: list[Row] = []
    failures: list[str] = []
    start = time.perf_counter()
    for name in options.names or known:
        try:
            rows += importlib.import_module(f"benchmarks.bench_{name}").run(quick=options.quick)
        except Exception as problem:  # noqa: BLE001 - one that cannot run must not hide the figures of the others
            traceback.print_exc()
            failures.append(f"{name} could not run: {type(problem).__name__}: {problem}")
    print(f"Python {platform.python_version()}, PySide6 {version('PySide6-Essentials')}, {os.cpu_count()} cores")
    print(table(rows))
    print(*failures, sep="\n", end="\n" if failures else "")
    missed = sum(not passed(row) for row in rows)
    print(f"{len(rows) - missed} within their limit, {missed} missed, in {time.perf_counter() - start:.0f} s")
    return 2 if failures else int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
