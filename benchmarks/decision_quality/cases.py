"""Cases made from a world: what is true, what is reported, and what noisy analysts make of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ach_desk.model.method_settings import default_likelihoods
from ach_desk.model.values import SCALE_STEPS, Scale
from ach_desk.scoring.table import CODES, RatingTable
from benchmarks.decision_quality.parameters import World

STEPS = SCALE_STEPS[Scale.FIVE]
_TABLE = np.array([default_likelihoods()[value] for value in STEPS])
_CODES = np.array([CODES[value] for value in STEPS], np.int8)
_WEIGHTS = np.array([2**0.5, 1.0, 0.5**0.5])


@dataclass(frozen=True, eq=False)
class Rated:
    """What one analyst entered: the table, the level (0 high, 1 medium, 2 low) given to each item."""

    table: RatingTable
    levels: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Case:
    """truth: the column that is so. groups: per item the number of the event it reports. grouped: analysts know it."""

    truth: int
    groups: NDArray[np.int64]
    grouped: bool
    analysts: tuple[Rated, ...]


def case(world: World, seed: int, analysts: int) -> Case:
    """Return the case of `world` with that seed, rated by `analysts` analysts; the same for the same seed."""
    chance = np.random.default_rng(seed)
    found = reported_in(world, chance)
    truth, columns = found.truth, found.columns
    impressions = [
        truth if chance.random() < world.impression_right else int(chance.integers(columns)) for _one in range(analysts)
    ]
    return case_of(world, found, tuple(noisy(world, chance, found, impression) for impression in impressions))


@dataclass(frozen=True, eq=False)
class Reported:
    """What is so, and what is reported of it: rating places as they should be, source quality and event per item."""

    truth: int
    columns: int
    places: NDArray[np.int64]
    qualities: NDArray[np.int64]
    events: NDArray[np.int64]


def reported_in(world: World, chance: np.random.Generator) -> Reported:
    """Return what is reported in a case of `world`."""
    columns = int(chance.integers(world.hypotheses[0], world.hypotheses[1] + 1))
    wanted = int(chance.integers(world.items[0], world.items[1] + 1))
    truth = int(chance.integers(columns))
    return Reported(truth, columns, *_reported(world, chance, columns, wanted, truth))


def noisy(world: World, chance: np.random.Generator, found: Reported, impression: int) -> Rated:
    """Return what a noisy analyst with a first impression (a column) makes of what is reported."""
    return _rated(world, chance, found.places, found.qualities, impression)


def case_of(world: World, found: Reported, rated: tuple[Rated, ...]) -> Case:
    """Return the case that some analysts rated."""
    return Case(found.truth, found.events, world.grouped, rated)


def _reported(
    world: World, chance: np.random.Generator, columns: int, wanted: int, truth: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return rating places as they should be (items x columns), source quality and event of each reported item.

    A possible report enters the case as often as it would come to be made: P(e*|truth) = f + (h - f) P(e|truth).
    """
    decoy = int((truth + 1 + chance.integers(columns - 1)) % columns)
    places, qualities, events = [], [], []
    event = 0
    while len(places) < wanted:
        quality, row = _report(world, chance, columns, truth, decoy)
        for _copy in range(1 + int(chance.poisson(world.copies))):
            places.append(row)
            qualities.append(quality)
            events.append(event)
        event += 1
    return np.array(places[:wanted]), np.array(qualities[:wanted]), np.array(events[:wanted])


def _report(
    world: World, chance: np.random.Generator, columns: int, truth: int, decoy: int
) -> tuple[int, NDArray[np.int64]]:
    """Return the quality of the source and the places on the scale of one report that is made."""
    planted = chance.random() < world.deceptive
    while True:
        quality = int(chance.choice(3, p=world.source_shares))
        if planted:
            return quality, _planted(chance, columns, truth, decoy)
        row, likelihoods = _event(world, chance, columns)
        hit, false_alarm = world.hits[quality], world.false_alarms[quality]
        if chance.random() < false_alarm + (hit - false_alarm) * likelihoods[truth]:
            return quality, row


def _planted(chance: np.random.Generator, columns: int, truth: int, decoy: int) -> NDArray[np.int64]:
    row = np.full(columns, 2)
    row[decoy] = int(chance.choice([0, 1]))
    row[truth] = int(chance.choice([3, 4]))
    return row


def _event(world: World, chance: np.random.Generator, columns: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the places on the scale (0 CC to 4 II) that an event deserves, and its true likelihoods."""
    if world.likelihoods == "smooth":
        latent = chance.normal(size=columns)
        return np.digitize(-latent, [-1.2, -0.4, 0.4, 1.2]), 1 / (1 + np.exp(1.5 - 1.2 * latent))
    places = chance.choice(5, size=columns, p=world.shares)
    if world.likelihoods == "heavy":
        strength = 10 ** chance.normal(0, 0.5, size=columns)
        return places, np.clip(0.1 * (_TABLE[places] / 0.1) ** strength, 1e-4, 1.0)
    return places, _TABLE[places]


def _rated(
    world: World,
    chance: np.random.Generator,
    places: NDArray[np.int64],
    qualities: NDArray[np.int64],
    impression: int,
) -> Rated:
    seen = places.copy()
    slips = chance.random(seen.shape) < world.slip
    seen = seen + np.where(slips, chance.choice([-1, 1], size=seen.shape), 0)
    leans = chance.random(len(seen)) < world.lean
    seen[:, impression] -= leans
    codes = _CODES[np.clip(seen, 0, 4)]
    codes[chance.random(codes.shape) < world.unrated] = 0
    wrong = chance.random(len(seen)) >= world.graded_right
    levels = np.where(wrong, (qualities + chance.integers(1, 3, size=len(seen))) % 3, qualities)
    items, columns = codes.shape
    table = RatingTable(
        evidence_ids=tuple(map(str, range(items))),
        hypothesis_ids=tuple(map(str, range(columns))),
        codes=np.asfortranarray(codes),
        weights=_WEIGHTS[levels],
        counted=np.ones(items, np.bool_),
        active=np.ones(columns, np.bool_),
    )
    return Rated(table, levels)
