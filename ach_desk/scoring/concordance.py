"""How far several raters agree: Krippendorff's alpha, Kendall's W, intraclass correlations. Never a score of a person.

alpha = 1 - Do / De (Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011): observed over expected
disagreement, from pairs of ratings of one unit. Ratings may be missing; a unit with fewer than two counts for nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Distance = Callable[["NDArray[np.float64]", "NDArray[np.float64]"], "NDArray[np.float64]"]
"""(values of the categories, how often each occurs: draws x categories) -> squared distances of any two."""

DRAWS = 1000
SEED = 1
_INTERVAL = (2.5, 97.5)
_FEWEST_DEFINED = 0.5
"""Where alpha is undefined in more of the draws than this, so is its interval."""


@dataclass(frozen=True)
class Alpha:
    """Krippendorff's alpha for ordinal ratings; None where it is undefined.

    low, high: 95 % interval, from `draws` draws of whole items with `seed`; None before it is worked out, and where it
    is undefined. cells: how many have two ratings or more. ratings: how many stand in these.
    """

    ordinal: float | None
    cells: int
    ratings: int
    low: float | None = None
    high: float | None = None
    draws: int = 0
    seed: int = SEED


def ordinal(_values: NDArray[np.float64], counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the squared distances of ranks: (sum of n_g from c to k - (n_c + n_k) / 2) squared."""
    middle = np.cumsum(counts, axis=-1) - counts / 2
    return (middle[..., :, None] - middle[..., None, :]) ** 2


def nominal(values: NDArray[np.float64], _counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return 0 for the same and 1 for another category."""
    return (values[:, None] != values[None, :]).astype(np.float64)


def interval(values: NDArray[np.float64], _counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the squared differences of the values."""
    return (values[:, None] - values[None, :]) ** 2


def coincidences(ratings: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the values that occur, and per unit how often any two of them stand beside each other.

    ratings: float64, raters x units, NaN for missing. Each unit with m ratings adds m (pairs over m - 1).
    """
    values = np.unique(ratings[~np.isnan(ratings)])
    return values, _pairs_per_unit(ratings, values)[1]


def _pairs_per_unit(
    ratings: NDArray[np.float64], values: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return per unit how often each value occurs, and how often any two of them stand beside each other."""
    counts = (ratings[:, :, None] == values).sum(axis=0).astype(np.float64)
    number = counts.sum(axis=1)
    pairs = counts[:, :, None] * counts[:, None, :]
    each = np.arange(len(values))
    pairs[:, each, each] -= counts
    pairs[number < 2] = 0
    return counts, pairs / np.maximum(number - 1, 1)[:, None, None]


def alphas(values: NDArray[np.float64], pairs: NDArray[np.float64], distance: Distance) -> NDArray[np.float64]:
    """Return alpha for each table of pairs (draws x values x values); NaN where nothing could differ."""
    counts = pairs.sum(axis=-1)
    number = counts.sum(axis=-1)
    apart = distance(values, counts)
    observed = (pairs * apart).sum(axis=(-2, -1)) * (number - 1)
    expected = np.einsum("...c,...ck,...k->...", counts, np.broadcast_to(apart, pairs.shape), counts)
    defined = (number > 1) & (expected > 0)
    return np.where(defined, 1 - observed / np.where(defined, expected, 1.0), np.nan)


def alpha(ratings: NDArray[np.float64], distance: Distance = ordinal) -> float | None:
    """Return alpha of raters x units (NaN for missing); None where it is undefined: no pairs, or all alike."""
    values, pairs = coincidences(ratings)
    found = float(alphas(values, pairs.sum(axis=0), distance))
    return None if np.isnan(found) else found


@dataclass(frozen=True, eq=False)
class Pairs:
    """Which ratings of a cell stand beside each other, counted per item; see `coincidences`.

    steps: float64, raters x items x hypotheses, NaN for missing, of which this is said. values: the ones that occur.
    counts: items x values: how often. per_item: items x values x values: how often any two stand beside each other.
    """

    steps: NDArray[np.float64]
    values: NDArray[np.float64]
    counts: NDArray[np.float64]
    per_item: NDArray[np.float64]


def pairs_of(steps: NDArray[np.float64], before: Pairs | None = None) -> Pairs:
    """Return the pairs of ratings, raters x items x hypotheses.

    before: of an earlier state, from which the items that are still rated the same are taken.
    """
    kept = _kept_pairs(steps, before) if before is not None and before.steps.shape == steps.shape else None
    if kept is not None:
        return kept
    values = np.unique(steps[~np.isnan(steps)])
    return Pairs(steps, values, *_per_item(steps, values))


def _kept_pairs(steps: NDArray[np.float64], before: Pairs) -> Pairs | None:
    """Return the pairs of before with those of the items that are rated otherwise; None where values come or go."""
    same = (steps == before.steps) | (np.isnan(steps) & np.isnan(before.steps))
    items = np.flatnonzero(~same.all(axis=(0, 2)))
    changed = steps[:, items]
    if not np.isin(changed[~np.isnan(changed)], before.values).all():
        return None
    counts, per_item = before.counts.copy(order="K"), before.per_item.copy(order="K")
    counts[items], per_item[items] = _per_item(changed, before.values)
    return Pairs(steps, before.values, counts, per_item) if counts.any(axis=0).all() else None


def _per_item(
    steps: NDArray[np.float64], values: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    raters, items, columns = steps.shape
    number = len(values)
    counts, pairs = _pairs_per_unit(steps.reshape(raters, items * columns), values)
    return (
        counts.reshape(items, columns, number).sum(axis=1),
        pairs.reshape(items, columns, number, number).sum(axis=1),
    )


def alpha_of(found: Pairs, *, draws: int = 0, seed: int = SEED) -> Alpha:
    """Return alpha for ordinal ratings; with `draws`, its interval too.

    Drawn are whole items with replacement: what an item is like its cells share.
    """
    ratings = (~np.isnan(found.steps)).sum(axis=0)
    cells, number = int((ratings > 1).sum()), int(ratings[ratings > 1].sum())
    alpha = float(alphas(found.values, found.per_item.sum(axis=0), ordinal))
    if np.isnan(alpha):
        return Alpha(None, cells, number, draws=draws, seed=seed)
    low, high = _bootstrap(found.values, found.per_item, draws, seed) if draws else (None, None)
    return Alpha(alpha, cells, number, low, high, draws, seed)


def _bootstrap(
    values: NDArray[np.float64], per_item: NDArray[np.float64], draws: int, seed: int
) -> tuple[float | None, float | None]:
    paired = per_item[per_item.sum(axis=(1, 2)) > 0]
    if len(paired) < 2:
        return None, None
    chosen = np.random.default_rng(seed).multinomial(len(paired), np.full(len(paired), 1 / len(paired)), size=draws)
    tables = (chosen @ paired.reshape(len(paired), -1)).reshape(draws, len(values), len(values))
    found = alphas(values, tables, ordinal)
    found = found[~np.isnan(found)]
    if len(found) < _FEWEST_DEFINED * draws:
        return None, None
    low, high = np.percentile(found, _INTERVAL)
    return float(low), float(high)


def kendall_w(ranks: NDArray[np.float64], *, tied: bool = True) -> float | None:
    """Return Kendall's W of raters x subjects: 12 S / (m^2 (n^3 - n) - m T), 0 no agreement to 1 the same order.

    T = sum of t^3 - t over tied ranks of each rater; left out when not `tied`. None for fewer than two raters or
    subjects, and where every rater ties all.
    """
    raters, subjects = ranks.shape
    if raters < 2 or subjects < 2:
        return None
    placed = np.array([_placed(row) for row in ranks])
    spread = ((placed.sum(axis=0) - raters * (subjects + 1) / 2) ** 2).sum()
    ties = sum(float((counts**3 - counts).sum()) for counts in map(_counts, ranks)) if tied else 0.0
    whole = raters**2 * (subjects**3 - subjects) - raters * ties
    return None if whole <= 0 else float(12 * spread / whole)


def _placed(row: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the places of values, from 1; equal ones share the mean of theirs. scipy.stats is slow to load."""
    _values, at, counts = np.unique(row, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2)[at]


def _counts(row: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.unique(row, return_counts=True)[1]


@dataclass(frozen=True)
class Icc:
    """Intraclass correlations of single ratings (Shrout & Fleiss 1979): ICC(1,1), ICC(2,1) and ICC(3,1).

    agreement counts it against the raters that one is harsher throughout; consistency does not.
    """

    one_way: float
    agreement: float
    consistency: float


def icc(ratings: NDArray[np.float64]) -> Icc | None:
    """Return the correlations of raters x units over the units that all have rated; None where they are undefined."""
    whole = ratings[:, ~np.isnan(ratings).any(axis=0)].T
    units, raters = whole.shape
    if units < 2 or raters < 2:
        return None
    mean = whole.mean()
    of_units, of_raters = whole.mean(axis=1), whole.mean(axis=0)
    between = raters * ((of_units - mean) ** 2).sum() / (units - 1)
    within = ((whole - of_units[:, None]) ** 2).sum() / (units * (raters - 1))
    judges = units * ((of_raters - mean) ** 2).sum() / (raters - 1)
    error = ((whole - of_units[:, None] - of_raters + mean) ** 2).sum() / ((units - 1) * (raters - 1))
    parts = (
        between + (raters - 1) * within,
        between + (raters - 1) * error + raters * (judges - error) / units,
        between + (raters - 1) * error,
    )
    if min(parts) <= 1e-12:
        return None
    one_way, agreement, consistency = parts
    return Icc(
        float((between - within) / one_way),
        float((between - error) / agreement),
        float((between - error) / consistency),
    )
