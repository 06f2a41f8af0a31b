"""How long it takes to collect the files of 20 analysts who rated 200 items under 8 hypotheses, from the disk."""

from __future__ import annotations

import dataclasses
import tempfile
import time
from pathlib import Path
from statistics import median

from ach_desk.commands import edits
from ach_desk.commands.collecting import Collecting
from ach_desk.commands.handing_out import analyst_named, hand_out
from ach_desk.commands.trail import run as do
from ach_desk.model import Analysis, RatingValue, new_analysis
from ach_desk.storage.together import hand_out_paths, read_returned, write_hand_outs
from benchmarks.measure import Row, absolute

ANALYSTS, ITEMS, HYPOTHESES = 20, 200, 8
LIMIT = 5_000.0
_TIME = "2026-01-01T10:00:00Z"


def run(quick: bool = False) -> list[Row]:
    """Return the row: reading, the report, and the step itself, with the trail that it leaves."""
    lead = _lead()
    with tempfile.TemporaryDirectory() as folder:
        names = [f"Analyst {number}" for number in range(2, ANALYSTS + 2)]
        paths = hand_out_paths(Path(folder), "case", names)
        write_hand_outs(
            [(path, _rated(lead, name, at)) for at, (path, name) in enumerate(zip(paths, names, strict=True))],
            overwrite=False,
        )
        times = [_ms(lead.snapshot(), paths) for _round in range(1 if quick else 3)]
    return [absolute(f"collect {ANALYSTS} files of {ITEMS} x {HYPOTHESES}", median(times), LIMIT)]


def _lead() -> Analysis:
    analysis = new_analysis("What happened?")
    matrix = analysis.matrices[0]
    titles = [{"title": f"Explanation {number}"} for number in range(HYPOTHESES)]
    edits.add_hypotheses(analysis, matrix, titles).apply(analysis)
    edits.add_items(analysis, matrix, [{"title": f"Report {number}"} for number in range(ITEMS)]).apply(analysis)
    return analysis


def _rated(lead: Analysis, name: str, number: int) -> Analysis:
    """Return a file as it comes back: shuffled, every cell rated, with its trail."""
    given = hand_out(lead, lead.matrices[0], analyst_named(lead, name), seed=1, time=_TIME)
    by, matrix, values = next(iter(given.analysts)), given.matrices[0], list(RatingValue)
    for row, item in enumerate(matrix.evidence):
        wanted = [
            ((item, hypothesis), values[(row * 7 + column * 3 + number) % len(values)])
            for column, hypothesis in enumerate(matrix.hypotheses)
        ]
        step = edits.rate_each(given, matrix, by, wanted, "")
        cells = tuple(
            cell._replace(new=dataclasses.replace(cell.new, time=_TIME)) for cell in step.cells if cell.new is not None
        )
        do(given, step.model_copy(update={"time": _TIME, "cells": cells}), "do", by)
    return given


def _ms(lead: Analysis, paths: list[Path]) -> float:
    start = time.perf_counter()
    collecting = Collecting(lead, lambda _proposal: True)
    for found in read_returned(paths):
        assert found.analysis is not None
        collecting.add(found.name, found.analysis)
    do(lead, collecting.collected().command, "do", "")
    assert sum(1 for _cell in lead.rating_cells()) == ANALYSTS * ITEMS * HYPOTHESES
    return 1000 * (time.perf_counter() - start)
