"""Every way of adding up that has a robustness, from the analysis on: the exact searches agree with brute force.

What each way makes of a table is worked out here anew in plain Python, with levels, an N/A cell and a group.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
import pytest
from helpers.analyses import Case, small_case

from ach_desk.commands import edits, groups
from ach_desk.model import Level, RatingValue
from ach_desk.model.method_settings import Method
from ach_desk.model.values import Dependence
from ach_desk.scoring import assess, robustness
from ach_desk.scoring.methods import SUMS, inputs
from ach_desk.scoring.robustness import Robustness

STEPS = (
    RatingValue.VERY_CONSISTENT,
    RatingValue.CONSISTENT,
    RatingValue.NEUTRAL,
    RatingValue.INCONSISTENT,
    RatingValue.VERY_INCONSISTENT,
)
POINTS = (0, 0, 0, -1, -2)
LIKELIHOOD = tuple(10 ** (half / 2 - 1) for half in (2, 1, 0, -1, -2))
LEVELS = (None, Level.LOW, Level.MEDIUM, Level.HIGH)
WEIGHT = {None: 1, Level.LOW: 0.5**0.5, Level.MEDIUM: 1, Level.HIGH: 2**0.5}
HIT = {None: 0.85, Level.LOW: 0.7, Level.MEDIUM: 0.85, Level.HIGH: 0.95}
NOT_APPLICABLE = -1

Row = tuple[int, ...]


def adds(method: Method, row: Row, level: Level | None, *, grouped: bool) -> list[float] | None:
    """Return what an item adds under each hypothesis; None where the way leaves it out."""
    if method in (Method.BAYES, Method.BAYES_SOURCES):
        if NOT_APPLICABLE in row:
            return None
        if method is Method.BAYES:
            return [math.log10(LIKELIHOOD[place]) for place in row]
        told = [(1 - HIT[level]) + (2 * HIT[level] - 1) * LIKELIHOOD[place] for place in row]
        return [math.log10(value) * (0.5 if grouped else 1) for value in told]
    weight = WEIGHT[level] if method is Method.WEIGHTED else 1
    return [weight * POINTS[place] if place != NOT_APPLICABLE else 0.0 for place in row]


def totals(method: Method, rows: Sequence[Row], levels: Sequence[Level | None], without: Sequence[int] = ()) -> list:
    """Return the score of each hypothesis; the first two items are one group."""
    parts = [
        adds(method, row, levels[place], grouped=place < 2) for place, row in enumerate(rows) if place not in without
    ]
    columns = range(len(rows[0]))
    return [sum(part[column] for part in parts if part is not None) for column in columns]


def drawn(seed: int, items: int, columns: int) -> tuple[list[Row], list[Level | None], Case]:
    """Return a random table with its levels, and the analysis that holds it; some tables have a cell that is N/A."""
    chance = np.random.default_rng(seed)
    rows = [tuple(int(place) for place in chance.integers(0, 5, columns)) for _item in range(items)]
    if seed % 3 == 0:
        rows[-1] = (NOT_APPLICABLE, *rows[-1][1:])
    levels = [LEVELS[place] for place in chance.integers(0, 4, items)]
    case = small_case(columns, items)
    wanted = [
        ((case.e(item), case.h(column)), STEPS[place] if place >= 0 else RatingValue.NOT_APPLICABLE)
        for item, row in enumerate(rows, 1)
        for column, place in enumerate(row, 1)
    ]
    edits.rate_each(case.analysis, case.matrix, case.analyst, wanted, "").apply(case.analysis)
    for item, level in enumerate(levels, 1):
        edits.set_field(case.analysis, "evidence", [case.e(item)], "credibility", level).apply(case.analysis)
    groups.make(case.analysis, [case.e(1), case.e(2)], "Same agency").apply(case.analysis)
    group = next(iter(case.analysis.groups.values()))
    groups.set_strength(case.analysis, group.id, Dependence.REDUNDANT).apply(case.analysis)
    return rows, levels, case


def found_by(case: Case, method: Method) -> Robustness:
    assessment = assess(case.analysis, case.matrix, case.analyst)
    read = inputs(case.analysis, case.matrix, case.analyst, assessment)
    return robustness.with_steps(robustness.quick(read, method))


def leaders(scores: Sequence[float]) -> list[int]:
    return [column for column, score in enumerate(scores) if score >= max(scores) - 1e-9]


def levels_with(scores: Sequence[float], challenger: int, others: Sequence[int], *, strictly: bool) -> bool:
    """Return whether the challenger has drawn level with the others, or passed them."""
    ahead = [scores[other] - scores[challenger] for other in others]
    return all(lead < -1e-9 for lead in ahead) if strictly else all(lead <= 1e-9 for lead in ahead)


@pytest.mark.parametrize("method", SUMS)
def test_leaders_and_removals(method: Method) -> None:
    for seed in range(40):
        rows, levels, case = drawn(seed, 5, 3)
        found = found_by(case, method)
        scores = totals(method, rows, levels)
        assert list(found.leaders) == leaders(scores), seed
        for entry in found.removals:
            others = [column for column in found.leaders if column != entry.challenger]
            for strictly, said in ((False, entry.to_tie), (True, entry.to_overtake)):
                sizes = [
                    size
                    for size in range(len(rows) + 1)
                    for without in itertools.combinations(range(len(rows)), size)
                    if levels_with(totals(method, rows, levels, without), entry.challenger, others, strictly=strictly)
                ]
                assert said == min(sizes, default=None), (seed, entry.challenger, strictly)


@pytest.mark.parametrize("method", SUMS)
def test_rating_steps(method: Method) -> None:
    for seed in range(14):
        rows, levels, case = drawn(seed, 3, 2)
        found = found_by(case, method)
        assert found.steps is not None
        for entry in found.steps:
            others = [column for column in found.leaders if column != entry.challenger]
            for strictly, said in ((False, entry.to_tie), (True, entry.to_overtake)):
                assert said == fewest_steps(method, rows, levels, entry.challenger, others, strictly=strictly), seed


def fewest_steps(
    method: Method,
    rows: Sequence[Row],
    levels: Sequence[Level | None],
    challenger: int,
    others: Sequence[int],
    *,
    strictly: bool,
) -> int | None:
    """Return the smallest total of steps over every other choice of ratings; what is N/A stays so."""
    cells = [(row, column) for row, line in enumerate(rows) for column, place in enumerate(line) if place >= 0]
    best: int | None = None
    for places in itertools.product(range(5), repeat=len(cells)):
        cost = sum(abs(place - rows[row][column]) for place, (row, column) in zip(places, cells, strict=True))
        if best is not None and cost >= best:
            continue
        changed = [list(line) for line in rows]
        for place, (row, column) in zip(places, cells, strict=True):
            changed[row][column] = place
        scores = totals(method, [tuple(line) for line in changed], levels)
        if levels_with(scores, challenger, others, strictly=strictly):
            best = cost
    return best
