"""The same matrix with another credibility of its items: what a source's reliability is worth under a method."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ach_desk.model import Level, Matrix
from ach_desk.model.method_settings import NOT_SET, Method
from ach_desk.scoring.methods import Inputs
from ach_desk.scoring.slip_cells import cells_of
from ach_desk.scoring.slips import Levels
from ach_desk.scoring.table import LEVEL_EXPONENTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

WEIGHTED = (Method.WEIGHTED, Method.BAYES_SOURCES)
"""The methods that the credibility of an item makes a difference to, of those that add up."""
LEVELS = (Level.LOW, Level.MEDIUM, Level.HIGH)


def at_level(inputs: Inputs, level: Level) -> Inputs:
    """Return what the methods read if the credibility of every item were `level`. Nothing is changed."""
    assessment = inputs.assessment
    items = tuple(item.model_copy(update={"credibility": level}) for item in assessment.items)
    exponents = LEVEL_EXPONENTS[level] + np.array([LEVEL_EXPONENTS[item.relevance] for item in items], np.float64)
    table = replace(assessment.table, weights=2.0**exponents)
    return replace(inputs, assessment=replace(assessment, items=items, table=table))


def levels_of(inputs: Inputs, method: Method, matrix: Matrix, analyst: str) -> Levels | None:
    """Return what the items may be worth if their credibility (and where it weighs, relevance) slips like a rating.

    A level stays with the chance of a rating of no stated confidence, the rest is shared by its neighbours; one that is
    not set may be any of the three. None for a method that no level makes a difference to.
    """
    if method not in WEIGHTED:
        return None
    items = inputs.assessment.items
    keep = inputs.settings.keeps[NOT_SET]
    credibility = np.array([_slip(item.credibility, keep) for item in items]).reshape(-1, len(LEVELS))
    if method is Method.BAYES_SOURCES:
        variants = [at_level(inputs, level) for level in LEVELS]
        chances = credibility
    else:
        relevance = np.array([_slip(item.relevance, keep) for item in items]).reshape(-1, len(LEVELS))
        sums = 2 * len(LEVELS) - 1
        chances = np.zeros((len(items), sums))
        for first in range(len(LEVELS)):
            chances[:, first : first + len(LEVELS)] += credibility[:, [first]] * relevance
        variants = [_at_weight(inputs, 2.0 ** ((place - sums // 2) / 2)) for place in range(sums)]
    return Levels(np.stack([cells_of(entry, method, matrix, analyst).values for entry in variants]), chances)


def _slip(level: Level | None, keep: float) -> NDArray[np.float64]:
    if level is None:
        return np.full(len(LEVELS), 1 / len(LEVELS))
    here = LEVELS.index(level)
    sides = [place for place in (here - 1, here + 1) if 0 <= place < len(LEVELS)]
    found = np.zeros(len(LEVELS))
    found[sides] = (1 - keep) / len(sides)
    found[here] = keep
    return found


def _at_weight(inputs: Inputs, weight: float) -> Inputs:
    assessment = inputs.assessment
    table = replace(assessment.table, weights=np.full(len(assessment.items), weight))
    return replace(inputs, assessment=replace(assessment, table=table))
