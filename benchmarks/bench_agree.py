"""What comparing many analysts takes: agreement, spread, group and talk at once; the interval, which comes after."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from ach_desk.model import Analysis, Analyst, EvidenceItem, Hypothesis, Rating, new_analysis
from ach_desk.model.values import SCALE_STEPS, Scale
from ach_desk.scoring.compared import compare_analysts, pair_of, with_interval
from ach_desk.scoring.group_sheet import GROUP, group_sheet
from ach_desk.scoring.pooled import pool_estimates
from benchmarks.measure import Row, absolute, medians_in_turn

ROUNDS = 7
ANALYSTS, ITEMS, HYPOTHESES = 20, 200, 8
LARGE = 3, 10_000, 10
_SIZE = f"{ANALYSTS} analysts x {ITEMS} x {HYPOTHESES}"


def run(quick: bool = False) -> list[Row]:
    """Return the figures; `quick` takes fewer rounds."""
    analysis = case()
    matrix = analysis.matrices[0]
    found = compare_analysts(analysis, matrix)
    first = found.sheets.analysts[0]
    compared, pair, interval = medians_in_turn(
        3 if quick else ROUNDS,
        lambda: _ms(lambda: (compare_analysts(analysis, matrix), pool_estimates(analysis, matrix))),
        lambda: _ms(lambda: pair_of(found, first, GROUP)),
        lambda: _ms(lambda: with_interval(found)),
    )
    return [
        absolute(f"{_SIZE}: comparison and agreement", compared, 200.0),
        absolute(f"{_SIZE}: one against the others", pair, 100.0),
        absolute(f"{_SIZE}: interval of alpha, in the background", interval, 1000.0),
        *_large(quick),
    ]


def _large(quick: bool) -> list[Row]:
    """Return what is made in a large analysis: the group's sheet, a copy, and after an edit the comparison again."""
    analysis = case(*LARGE)
    matrix = analysis.matrices[0]
    found = compare_analysts(analysis.snapshot(), matrix.copy_of())
    matrix.set_rating(found.sheets.analysts[0], matrix.evidence[0], matrix.hypotheses[0], None)
    group, copy, again = medians_in_turn(
        3 if quick else ROUNDS,
        lambda: _ms(lambda: group_sheet(analysis, matrix)),
        lambda: _ms(analysis.snapshot),
        lambda: _ms(lambda: compare_analysts(analysis, matrix, before=found)),
    )
    size = f"{LARGE[0]} analysts x {LARGE[1]:,} x {LARGE[2]}"
    return [
        absolute(f"{size}: the group's sheet", group, 150.0),
        absolute(f"{size}: a copy", copy, 5.0),
        absolute(f"{size}: compared again after an edit", again, 150.0),
    ]


def _ms(run: Callable[[], object]) -> float:
    """Return the processor's time in ms: what else the machine does is not in it."""
    start = time.process_time()
    run()
    return 1000 * (time.process_time() - start)


def case(analysts: int = ANALYSTS, items: int = ITEMS, hypotheses: int = HYPOTHESES) -> Analysis:
    """Return an analysis that all have rated wholly, each a step off the same ratings now and then."""
    analysis = new_analysis("Who agrees with whom?")
    matrix = analysis.matrices[0]
    matrix.evidence = [f"e{number}" for number in range(items)]
    matrix.hypotheses = [f"h{number}" for number in range(hypotheses)]
    for number, key in enumerate(matrix.evidence, 1):
        analysis.evidence[key] = EvidenceItem(id=key, label=f"E{number}", title="Report")
    for number, key in enumerate(matrix.hypotheses, 1):
        analysis.hypotheses[key] = Hypothesis(id=key, label=f"H{number}", title="Explanation")
    chance = np.random.default_rng(1)
    ratings = [Rating(value) for value in SCALE_STEPS[Scale.FIVE]]
    common = chance.integers(0, 5, size=(items, hypotheses))
    analysis.analysts, matrix.sheets = {}, {}
    for number in range(analysts):
        key = f"a{number}"
        analysis.analysts[key] = Analyst(id=key, name=f"Analyst {number}")
        own = np.clip(common + chance.integers(-1, 2, size=common.shape), 0, 4)
        matrix.sheets[key] = {
            item: {hypothesis: ratings[own[row, column]] for column, hypothesis in enumerate(matrix.hypotheses)}
            for row, item in enumerate(matrix.evidence)
        }
    return analysis
