"""The ladder of a matrix' scale under a method, and what each cell may slip to on it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ach_desk.model import Matrix, Rating, RatingSheet, RatingValue, Scale
from ach_desk.model.method_settings import NOT_SET, Method
from ach_desk.model.values import SCALE_STEPS, in_range
from ach_desk.scoring import bayes
from ach_desk.scoring.inconsistency import INCONSISTENCY_POINTS, SPREAD_POINTS
from ach_desk.scoring.methods import BAYESIAN, Inputs
from ach_desk.scoring.rating_steps import Steps
from ach_desk.scoring.slips import Cells
from ach_desk.scoring.table import CODES, VALUES


def ladder(inputs: Inputs) -> tuple[RatingValue, ...]:
    """Return the steps on which ratings of a matrix move: those of its scale, or all of them where others occur too."""
    steps = SCALE_STEPS[inputs.assessment.scale]
    present = {VALUES[code] for code in np.unique(inputs.assessment.table.codes)}
    return steps if present <= {*steps, None, RatingValue.NOT_APPLICABLE} else SCALE_STEPS[Scale.SEVEN]


def steps_of(inputs: Inputs, method: Method, used: NDArray[np.bool_]) -> Steps:
    """Return what each step would add in each row under `method`, and where the cells of the used items stand.

    A cell that is unrated, N/A, or whose likelihood was entered by hand, stays as it is; so do those of a group that
    has one likelihood for the whole of it.
    """
    table, rungs = inputs.assessment.table, ladder(inputs)
    place_of = np.full(len(VALUES), -1)
    for place, value in enumerate(rungs):
        place_of[CODES[value]] = place
    places = place_of[table.codes]
    places[~used] = -1
    if inputs.direct is not None and method in BAYESIAN:
        places[~np.isnan(inputs.direct)] = -1
    if method is Method.BAYES_SOURCES:
        for rows in inputs.joints:
            places[list(rows)] = -1
    return Steps(_values(inputs, method, rungs), places)


def _values(inputs: Inputs, method: Method, rungs: tuple[RatingValue, ...]) -> NDArray[np.float64]:
    """Return items x steps: what a cell at each step adds to the score of its hypothesis."""
    codes = [CODES[value] for value in rungs]
    count = len(inputs.assessment.items)
    if method in BAYESIAN:
        chances = np.broadcast_to(bayes.likelihood_of_codes(inputs.settings)[codes], (count, len(codes)))
        return log10_of(inputs, method, chances, np.arange(count))
    points = SPREAD_POINTS if method is Method.NET else INCONSISTENCY_POINTS
    weights = inputs.assessment.table.weights if method is Method.WEIGHTED else np.ones(count)
    return points[codes] * weights[:, None]


def log10_of(
    inputs: Inputs, method: Method, chances: NDArray[np.float64], rows: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Return what P(e|H) of some rows (one line each, any choices) adds to the score of a Bayesian method."""
    certain = np.clip(chances, bayes.SMALLEST, 1.0)
    if method is not Method.BAYES_SOURCES:
        return np.log10(certain)
    items = [inputs.assessment.items[row] for row in rows]
    hit, false_alarm = (part[:, None] for part in bayes.reports_of(items, inputs.settings))
    reported = np.maximum(false_alarm + (hit - false_alarm) * certain, bayes.SMALLEST)
    return np.log10(reported) * inputs.tempering[rows, None]


def cells_of(inputs: Inputs, method: Method, matrix: Matrix, analyst: str) -> Cells:
    """Return what every cell may slip to: a neighbour, as its confidence says, or any member of its range."""
    cells = slipping(inputs, method, _keep(inputs, matrix, analyst))
    _put_ranges(inputs, cells.chances)
    if method in BAYESIAN:
        _put_likelihoods(inputs, method, cells, matrix, analyst)
    return cells


def slipping(inputs: Inputs, method: Method, kept: NDArray[np.float64]) -> Cells:
    """Return what every cell may slip to when it stays with the chance `kept`, items x hypotheses, else to a neighbour.

    The last choice of each cell is to stay what it is, which is certain for a cell that is on no step.
    """
    found = inputs.additive(method)
    steps = steps_of(inputs, method, found.used)
    count = steps.values.shape[1]
    chances = np.zeros((*steps.places.shape, count + 1))
    on_ladder = steps.places >= 0
    chances[..., count] = ~on_ladder
    neighbours = np.zeros((count, count))
    for place in range(count):
        sides = [other for other in (place - 1, place + 1) if 0 <= other < count]
        neighbours[place, sides] = 1 / len(sides) if sides else 0
        if not sides:
            neighbours[place, place] = 1
    standing = np.maximum(steps.places, 0)
    moved = np.eye(count)[standing] * kept[..., None] + neighbours[standing] * (1 - kept[..., None])
    chances[..., :count] = np.where(on_ladder[..., None], moved, 0.0)
    values = np.empty(chances.shape)
    values[..., :count] = steps.values[:, None, :]
    values[..., count] = np.where(found.used[:, None], found.values, 0.0)
    return Cells(values, chances)


def _put_likelihoods(inputs: Inputs, method: Method, cells: Cells, matrix: Matrix, analyst: str) -> None:
    """Let a cell whose P(e|H) was entered as a range take values spread evenly over it, each equally often."""
    used = inputs.additive(method).used
    whole = inputs.joint_rows if method is Method.BAYES_SOURCES else np.zeros(len(used), np.bool_)
    count = cells.values.shape[-1] - 1
    share = (np.arange(count) + 0.5) / count
    for row, column, rating in rated_cells(inputs, matrix.sheets.get(analyst, {})):
        if rating.likelihood is None or rating.likelihood[0] == rating.likelihood[1] or not used[row] or whole[row]:
            continue
        low, high = rating.likelihood
        chances = (low + (high - low) * share)[None, :]
        cells.values[row, column, :count] = log10_of(inputs, method, chances, np.array([row]))[0]
        cells.chances[row, column] = np.append(np.full(count, 1 / count), 0.0)


def _keep(inputs: Inputs, matrix: Matrix, analyst: str) -> NDArray[np.float64]:
    """Return how likely each cell stays as it is."""
    settings = inputs.settings
    kept = np.full(inputs.assessment.table.shape, settings.keeps[NOT_SET])
    for row, column, rating in rated_cells(inputs, matrix.sheets.get(analyst, {})):
        if rating.confidence is not None:
            kept[row, column] = settings.keeps.get(rating.confidence, settings.keeps[NOT_SET])
    return kept


def _put_ranges(inputs: Inputs, chances: NDArray[np.float64]) -> None:
    """Let undecided cells that can slip at all take each member of their range equally often."""
    rungs = ladder(inputs)
    for (row, column), stated in inputs.ranges.items():
        if not chances[row, column, -1]:
            members = [in_range(value, stated) for value in rungs]
            chances[row, column] = np.array([*members, False]) / sum(members)


def rated_cells(inputs: Inputs, sheet: RatingSheet) -> list[tuple[int, int, Rating]]:
    """Return (row, column, rating) of every cell of the assessment that `sheet` holds something of."""
    columns = {hypothesis.id: column for column, hypothesis in enumerate(inputs.assessment.hypotheses)}
    return [
        (row, columns[entry], rating)
        for row, item in enumerate(inputs.assessment.items)
        for entry, rating in sheet.get(item.id, {}).items()
        if entry in columns
    ]
