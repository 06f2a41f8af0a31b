"""Which cell to think about next: the unrated or uncertain one whose rating could change the standing most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ach_desk.i18n import _, join_words
from ach_desk.model import Level, Matrix, Rating, RatingSheet, RatingValue
from ach_desk.model.values import SCALE_STEPS, Scale, in_range, step_of
from ach_desk.scoring.assessment import COMPARABLE_SHARE, Assessment
from ach_desk.scoring.inconsistency import INCONSISTENCY_POINTS, TIE_TOLERANCE
from ach_desk.scoring.table import CODES, FIRST_RATED, UNRATED, VALUES

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class NextQuestion:
    """The cell that matters most, as row and column of the assessment.

    value: the rating that would change who leads, of several the mildest; where none does, the one that would move
        the distance between the first two most.
    leaders: the columns that would lead with `value`; leads_change: whether they are others than now.
    """

    row: int
    column: int
    value: RatingValue
    leaders: tuple[int, ...]
    leads_change: bool


@dataclass(frozen=True)
class _Outlook:
    """What stands beside one hypothesis while a cell of it is imagined otherwise: the others that can be compared.

    joins: whether the hypothesis itself can then be compared. first, second: the two best scores of the others, -inf
    where there is none. leaders: the columns of the others with the best score.
    """

    joins: bool
    first: float
    second: float
    leaders: frozenset[int]


def next_question(assessment: Assessment, matrix: Matrix, analyst: str) -> NextQuestion | None:
    """Return the cell whose rating could change the standing most; None when no cell is unrated or uncertain.

    Tried are all steps of the scale for an unrated cell, the steps beside the present one for a rating of low
    confidence, and the other members of the range for an undecided one. Most counts the number of values with which
    others would lead, then the largest change of the distance between the first two; of equals the first in matrix
    order. N/A is not tried. Scores add up, so that each cell moves the score of its own hypothesis alone.
    """
    tried = _tried(assessment, matrix.scale, matrix.sheets.get(analyst, {}))
    if not tried.any():
        return None
    changes, moves, states = _effects(assessment, matrix.scale, tried)
    number = np.where(tried.any(axis=2), changes.sum(axis=2), -1)
    most = number == number.max()
    reach = np.where(most, np.round(moves.max(axis=2), 9), -1.0)
    row, column = (int(entry) for entry in np.unravel_index(int(reach.argmax()), reach.shape))
    step = _telling_step(assessment, matrix.scale, (row, column), changes, moves)
    steps = SCALE_STEPS[matrix.scale]
    leaders = _leaders(_outlook(assessment, column, _adds(assessment, row, column)), column, states[row, column, step])
    return NextQuestion(row, column, steps[step], tuple(sorted(leaders)), bool(changes[row, column, step]))


def next_question_sentence(assessment: Assessment, question: NextQuestion) -> str:
    """Return for example "E7 under H2: if it were II, H3 would lead."."""
    names = join_words([assessment.hypotheses[column].label for column in question.leaders])
    if not question.leads_change:
        text = _(
            "No open cell would change by itself who leads. {item} under {hypothesis} would move the standing most."
        )
    elif len(question.leaders) > 1:
        text = _("{item} under {hypothesis}: if it were {value}, {names} would be tied in the lead.")
    else:
        text = _("{item} under {hypothesis}: if it were {value}, {names} would lead.")
    return text.format(
        item=assessment.items[question.row].label,
        hypothesis=assessment.hypotheses[question.column].label,
        value=question.value.value,
        names=names,
    )


def _tried(assessment: Assessment, scale: Scale, sheet: RatingSheet) -> NDArray[np.bool_]:
    """Return a bool per item, hypothesis and step of the scale: whether that rating of the cell is imagined."""
    table, steps = assessment.table, SCALE_STEPS[scale]
    scored = table.counted[:, None] & table.active
    tried = np.repeat(((table.codes == UNRATED) & scored)[:, :, None], len(steps), axis=2)
    columns = {entry: column for column, entry in enumerate(table.hypothesis_ids)}
    for row, item in enumerate(table.evidence_ids):
        for hypothesis, rating in sheet.get(item, {}).items():
            if rating.range is None and rating.confidence is not Level.LOW:
                continue
            column = columns.get(hypothesis)
            if column is not None and scored[row, column] and rating.value is not None:
                tried[row, column, list(_alternatives(rating, steps))] = True
    return tried


def _alternatives(rating: Rating, steps: tuple[RatingValue, ...]) -> Iterator[int]:
    """Yield the steps that an uncertain rating might be instead."""
    value = rating.value
    if value is None or not value.is_on_scale:
        return
    if rating.range is not None:
        yield from (step for step, entry in enumerate(steps) if in_range(entry, rating.range) and entry is not value)
        return
    places = [step_of(entry) for entry in steps]
    milder = [step for step, place in enumerate(places) if place < step_of(value)]
    stronger = [step for step, place in enumerate(places) if place > step_of(value)]
    yield from (*milder[-1:], *stronger[:1])


def _effects(
    assessment: Assessment, scale: Scale, tried: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], NDArray[np.float64], NDArray[np.int8]]:
    """Return per item, hypothesis and step: whether others would lead, how far the distance of the first two moves.

    The third array says how the hypothesis would then stand to the best of the others: -1 behind, 0 level, 1 ahead.
    """
    table, scores = assessment.table, assessment.standing.weighted_inconsistency
    points = INCONSISTENCY_POINTS[[CODES[value] for value in SCALE_STEPS[scale]]]
    now = _leaders_now(assessment)
    distance = _distance(np.sort(scores[assessment.comparable]))
    changes = np.zeros(tried.shape, np.bool_)
    moves = np.zeros(tried.shape)
    states = np.zeros(tried.shape, np.int8)
    for column in np.flatnonzero(tried.any(axis=(0, 2))):
        own = INCONSISTENCY_POINTS[table.codes[:, column]]
        imagined = scores[column] + table.weights[:, None] * (points - own[:, None])
        for adds in (False, True):
            rows = (table.codes[:, column] < FIRST_RATED) == adds
            outlook = _outlook(assessment, int(column), adds)
            states[rows, column] = state = _state(outlook, imagined[rows])
            differs = [_leaders(outlook, int(column), place) != now for place in (-1, 0, 1)]
            changes[rows, column] = np.array(differs)[state + 1]
            moves[rows, column] = np.abs(_distances(outlook, imagined[rows]) - distance)
    return changes & tried, moves * tried, states


def _adds(assessment: Assessment, row: int, column: int) -> bool:
    return bool(assessment.table.codes[row, column] < FIRST_RATED)


def _leaders_now(assessment: Assessment) -> frozenset[int]:
    comparable, scores = assessment.comparable, assessment.standing.weighted_inconsistency
    return _best(np.flatnonzero(comparable), scores)


def _best(columns: NDArray[np.int64], scores: NDArray[np.float64]) -> frozenset[int]:
    if not len(columns):
        return frozenset()
    first = scores[columns].max()
    return frozenset(int(column) for column in columns if first - scores[column] <= TIE_TOLERANCE)


def _outlook(assessment: Assessment, column: int, adds: bool) -> _Outlook:
    """Return what stands beside `column`; `adds` says that the imagined rating fills an unrated cell.

    That counts for who can be compared: the column itself may be rated often enough then, and others no longer.
    """
    standing = assessment.standing
    rated = standing.rated.copy()
    rated[column] += adds
    ranked = assessment.table.active & (rated > 0)
    most = rated[ranked].max() if ranked.any() else 0
    comparable = ranked & (rated >= COMPARABLE_SHARE * most)
    joins, comparable[column] = bool(comparable[column]), False
    others = np.flatnonzero(comparable)
    scores = standing.weighted_inconsistency
    best = [*sorted(scores[others].tolist(), reverse=True), -np.inf, -np.inf]
    return _Outlook(joins, best[0], best[1], _best(others, scores))


def _state(outlook: _Outlook, imagined: NDArray[np.float64]) -> NDArray[np.int8]:
    if not outlook.joins:
        return np.full(imagined.shape, -1, np.int8)
    ahead = (imagined > outlook.first + TIE_TOLERANCE).astype(np.int8)
    return ahead - (imagined < outlook.first - TIE_TOLERANCE).astype(np.int8)


def _leaders(outlook: _Outlook, column: int, state: int) -> frozenset[int]:
    if state < 0:
        return outlook.leaders
    return frozenset({column}) if state > 0 else outlook.leaders | {column}


def _distances(outlook: _Outlook, imagined: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the distance between the first two for each imagined score; 0 where there are no two to compare."""
    if not outlook.joins:
        return np.full(imagined.shape, _distance(np.array([outlook.second, outlook.first])))
    if not np.isfinite(outlook.first):
        return np.zeros(imagined.shape)
    behind = np.maximum(np.minimum(imagined, outlook.first), outlook.second)
    return np.maximum(imagined, outlook.first) - behind


def _distance(ascending: NDArray[np.float64]) -> float:
    ascending = ascending[np.isfinite(ascending)]
    return float(ascending[-1] - ascending[-2]) if len(ascending) > 1 else 0.0


def _telling_step(
    assessment: Assessment,
    scale: Scale,
    cell: tuple[int, int],
    changes: NDArray[np.bool_],
    moves: NDArray[np.float64],
) -> int:
    """Return the step to name: the nearest to the present rating (unrated: to N) that changes the lead."""
    if not changes[cell].any():
        return int(np.round(moves[cell], 9).argmax())
    present = VALUES[int(assessment.table.codes[cell])]
    own = step_of(present if present is not None and present.is_on_scale else RatingValue.NEUTRAL)
    places = [step_of(value) for value in SCALE_STEPS[scale]]
    start = min(range(len(places)), key=lambda step: abs(places[step] - own))
    return min(np.flatnonzero(changes[cell]).tolist(), key=lambda step: abs(step - start))
