"""What the methods and searches take on numeric tables, and how that compares with plain Python written honestly.

The rivals are in benchmarks/rivals.py: PARC's rule as a loop, and scores and diagnosticity with the statistics module
cell by cell, as Open Synthesis has them. Rival and program run in turn on the same ratings in the same process, and
the least CPU time of each is compared, so that the ratio does not depend on what else the machine does.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from ach_desk.model import EvidenceItem, Hypothesis, Matrix, RatingValue
from ach_desk.model.method_settings import Method, MethodSettings
from ach_desk.scoring import bayes
from ach_desk.scoring.additive import Additive
from ach_desk.scoring.assessment import Assessment
from ach_desk.scoring.inconsistency import INCONSISTENCY_POINTS, standing, weighted_inconsistency
from ach_desk.scoring.leave_out import leave_one_out
from ach_desk.scoring.levels import levels_of
from ach_desk.scoring.methods import Inputs, results
from ach_desk.scoring.rating_steps import rating_steps
from ach_desk.scoring.removals import fewest_supports, removals
from ach_desk.scoring.slip_cells import slipping, steps_of
from ach_desk.scoring.slips import shares
from ach_desk.scoring.table import VALUES, RatingTable
from benchmarks.measure import Row, absolute, against_floor, best_cpu_ms, medians_in_turn
from benchmarks.rivals import parc_loop, spreads_by_statistics

ROUNDS = 5
DRAWS = 10_000
_SOURCES = 500
_TIMES = 40
"""How often what takes a millisecond is measured in each round."""


def run(quick: bool = False) -> list[Row]:
    """Return the figures of both sizes; `quick` takes fewer rounds."""
    rounds = 3 if quick else ROUNDS
    return [*_small(rounds), *_large(rounds)]


def ms(run: Callable[[], object]) -> float:
    """Return how long a call takes, in ms."""
    start = time.perf_counter()
    run()
    return 1000 * (time.perf_counter() - start)


def _small(rounds: int) -> list[Row]:
    given = case(200, 8)
    found = given.additive(Method.WEIGHTED)
    steps = steps_of(given, Method.WEIGHTED, found.used)
    table, ranked = given.assessment.table, tuple(range(8))
    # Under Bayes no two steps are worth the same, so that every cell is drawn.
    start, cells = given.additive(Method.BAYES).start, slipping(given, Method.BAYES, np.full(table.shape, 0.8))
    with_sources = slipping(given, Method.BAYES_SOURCES, np.full(table.shape, 0.8))
    levels = levels_of(given, Method.BAYES_SOURCES, Matrix(id="bench"), "")
    methods, fewest, stepping, trials, floor, ratings, everything = medians_in_turn(
        rounds,
        lambda: ms(lambda: results(given)),
        lambda: ms(lambda: [removals(found, entry) for entry in found.challengers]),
        lambda: ms(lambda: [rating_steps(steps, entry, found.deficits(entry)) for entry in found.challengers]),
        lambda: ms(lambda: shares(cells, start, ranked, DRAWS, 1)),
        lambda: ms(lambda: one_pass(table)),
        lambda: ms(lambda: shares(with_sources, start, ranked, DRAWS, 1)),
        lambda: ms(lambda: shares(with_sources, start, ranked, DRAWS, 1, levels=levels, reach=0.3)),
    )
    return [
        absolute("200 x 8: all cheap methods together", methods, 10.0),
        absolute("200 x 8: fewest removals, every challenger", fewest, 5.0),
        absolute("200 x 8: fewest rating steps, every challenger", stepping, 2000.0),
        against_floor("200 x 8: 10,000 trials, every rating uncertain, against one float32 pass", trials, floor, 4.0),
        against_floor(
            "200 x 8: 10,000 trials, weights and priors too, against ratings alone", everything, ratings, 4.0
        ),
    ]


def _large(rounds: int) -> list[Row]:
    given = case(10_000, 20)
    found, table = given.additive(Method.WEIGHTED), given.assessment.table
    sources = [(row % _SOURCES,) for row in range(10_000)]
    (leader,) = found.leaders
    methods, fewest, each = medians_in_turn(
        rounds,
        lambda: ms(lambda: results(given)),
        lambda: ms(lambda: [_fewest_sources(found, entry, leader, sources) for entry in found.challengers]),
        lambda: ms(lambda: leave_one_out(found)),
    )
    rows, weights = _as_lists(table)
    ours, loop, both, cells = best_cpu_ms(
        (lambda: weighted_inconsistency(table), _TIMES),
        (lambda: parc_loop(rows, weights), 3),
        (lambda: standing(table), _TIMES),
        (lambda: spreads_by_statistics(rows, weights), 1),
    )
    return [
        absolute("10,000 x 20: all cheap methods together", methods, 60.0),
        absolute("10,000 x 20: fewest sources left out, disjoint, every challenger", fewest, 100.0),
        absolute("10,000 x 20: every item left out once", each, 250.0),
        against_floor("10,000 x 20: weighted inconsistency against a plain loop", ours, loop, 1 / 20),
        against_floor("10,000 x 20: scores and diagnosticity against statistics per cell", both, cells, 1 / 300),
    ]


def _fewest_sources(found: Additive, challenger: int, leader: int, sources: Sequence[tuple[int]]) -> list[int] | None:
    advantages = found.values[:, leader] - found.values[:, challenger]
    return fewest_supports(advantages, found.deficits(challenger)[leader], sources)


def _as_lists(table: RatingTable) -> tuple[list[list[RatingValue | None]], list[float]]:
    """Return ratings and weights as plain lists, for a rival."""
    return [[VALUES[code] for code in row] for row in table.codes.tolist()], table.weights.tolist()


def case(items: int, hypotheses: int) -> Inputs:
    """Return a fully rated matrix of that size with chance ratings, levels and dependence, the same every time."""
    random = np.random.default_rng(5)
    codes = np.asfortranarray(random.integers(2, 7, (items, hypotheses), np.int8))
    weights = 2.0 ** random.choice([-1.0, -0.5, 0.0, 0.5, 1.0], items)
    rows = tuple(EvidenceItem(id=f"e{row:023}", label=f"E{row + 1}", title="An item") for row in range(items))
    columns = tuple(Hypothesis(id=f"h{n:023}", label=f"H{n + 1}", title="A hypothesis") for n in range(hypotheses))
    table = RatingTable(
        tuple(row.id for row in rows),
        tuple(column.id for column in columns),
        codes,
        weights,
        np.ones(items, np.bool_),
        np.ones(hypotheses, np.bool_),
    )
    assessment = Assessment(rows, columns, table, standing(table))
    return Inputs(assessment, MethodSettings(), bayes.equal_prior(table.active), np.ones(items))


def one_pass(table: RatingTable) -> NDArray[np.float32]:
    """Return scores of the trials from one float32 pass: draw every cell's number, scale it, and sum.

    The floor of the trials: as many random numbers as they draw, and the least that can be done with each.
    """
    random = np.random.default_rng(1)
    points = (INCONSISTENCY_POINTS[table.codes] * table.weights[:, None]).astype(np.float32)
    result = np.empty((DRAWS, table.shape[1]), np.float32)
    for column in range(table.shape[1]):
        result[:, column] = random.random((DRAWS, table.shape[0]), np.float32) @ points[:, column]
    return result
