"""What private rating and pooling are worth: analysts with own, shared and opposite leanings, and talk that herds.

Every number here was fixed before any result was looked at, and none was changed since. Convertino et al. (2008) saw
groups of the same leaning grow more biased, and mixed ones less; the strengths are ours.

``python -m benchmarks.decision_quality.companies [--quick] [--write]``, part of ``make quality``, reckons the tables
that the manual shows and prints them; `--write` keeps the figures in companies.json beside this file.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ach_desk.model.method_settings import Method
from ach_desk.scoring import pooling
from ach_desk.scoring.group_sheet import median_codes
from benchmarks.decision_quality.cases import Case, Rated, case_of, noisy, reported_in
from benchmarks.decision_quality.judging import brier, first_share, fitted_scale, probabilities, scores
from benchmarks.decision_quality.parameters import DEVELOPMENT, HELD_OUT, WORLDS, World
from benchmarks.decision_quality.run import QUICK

RESULTS = Path(__file__).with_name("companies.json")
ANALYSTS = 5
METHODS = (Method.WEIGHTED, Method.BAYES)
SPOT = 12

LEANING: World = replace(WORLDS[0], name="analysts who lean", lean=0.3)
"""The first world with twice the usual leaning to a first impression: it is what this is about."""

FOLLOW = 0.7
"""Chance that a listener takes over the first speaker's impression before rating."""
MOVED = 0.5
"""Chance that a cell in which a listener differs from the first speaker is moved one step towards the speaker's."""
STATED_NOISE, STATED_EXCESS = 0.8, 0.3
"""Standard deviation and mean of what is added to the logit of each probability that is stated apart: people are
unsteady, and what they state of single hypotheses sums to more than 1 (subadditivity; Karvetski & Mandel 2020)."""


class Leanings(StrEnum):
    """Where the first impressions of a group come from."""

    OWN = "each their own"
    SHARED = "all the same"
    OPPOSITE = "opposite ones"


@dataclass(frozen=True)
class Company:
    """A group: where its impressions come from, and whether it talks before and after rating."""

    name: str
    leanings: Leanings
    talks: bool


COMPANIES = (
    Company("own leanings, in private", Leanings.OWN, False),
    Company("own leanings, talk first", Leanings.OWN, True),
    Company("opposite leanings, in private", Leanings.OPPOSITE, False),
    Company("opposite leanings, talk first", Leanings.OPPOSITE, True),
    Company("shared leanings, in private", Leanings.SHARED, False),
    Company("shared leanings, talk first", Leanings.SHARED, True),
)


@dataclass(frozen=True)
class Figures:
    """Over all held-out cases, for one way of adding up: how often the truth is first, and the mean Brier score.

    one: by one analyst of the company. mean: pooled as scores, or linearly for Bayes. median: by the median rating.
    Brier scores are of probabilities with a scale fitted on other seeds.
    """

    company: str
    method: str
    cases: int
    first_one: float
    first_mean: float
    first_median: float
    brier_one: float
    brier_mean: float
    brier_median: float


@dataclass(frozen=True)
class Stated:
    """The mean Brier score of stated probabilities, by what was done to them."""

    what: str
    cases: int
    brier: float


def company_case(company: Company, seed: int) -> Case:
    """Return the case with that seed, rated by a company; the same for the same seed, whatever the company reports."""
    chance = np.random.default_rng(seed)
    found = reported_in(LEANING, chance)
    impressions = _impressions(company, chance, found.columns, found.truth)
    rated = [noisy(LEANING, chance, found, impression) for impression in impressions]
    if company.talks:
        rated = [rated[0], *(_moved(chance, one, rated[0]) for one in rated[1:])]
    return case_of(LEANING, found, tuple(rated))


def _impressions(company: Company, chance: np.random.Generator, columns: int, truth: int) -> list[int]:
    def one() -> int:
        return truth if chance.random() < LEANING.impression_right else int(chance.integers(columns))

    first = one()
    if company.leanings is Leanings.SHARED:
        found = [first] * ANALYSTS
    elif company.leanings is Leanings.OPPOSITE:
        found = [(first + number) % columns for number in range(ANALYSTS)]
    else:
        found = [first, *(one() for _other in range(ANALYSTS - 1))]
    if company.talks:
        found = [first, *(first if chance.random() < FOLLOW else other for other in found[1:])]
    return found


_LADDER = np.array([2, 3, 4, 5, 6], np.int8)


def _moved(chance: np.random.Generator, listener: Rated, speaker: Rated) -> Rated:
    """Return the sheet of a listener after the first speaker was heard; unrated cells stay so."""
    own, heard = listener.table.codes, speaker.table.codes
    both = np.isin(own, _LADDER) & np.isin(heard, _LADDER)
    moves = both & (chance.random(own.shape) < MOVED)
    codes = np.where(moves, own + np.sign(heard.astype(int) - own), own).astype(np.int8)
    return replace(listener, table=replace(listener.table, codes=np.asfortranarray(codes)))


def with_median(one: Case) -> Case:
    """Return the case with the group's median as its only sheet; the level of an item is the median of those given."""
    codes = np.asfortranarray(median_codes([rated.table.codes for rated in one.analysts]))
    levels = np.sort([rated.levels for rated in one.analysts], axis=0)[len(one.analysts) // 2]
    weights = np.median([rated.table.weights for rated in one.analysts], axis=0)
    first = one.analysts[0]
    return replace(one, analysts=(Rated(replace(first.table, codes=codes, weights=weights), levels),))


def figures(company: Company, development: Sequence[int], held_out: Sequence[int]) -> list[Figures]:
    """Return what a company makes of its cases, by one analyst, pooled, and by the median."""
    fitted, judged = ([company_case(company, seed) for seed in seeds] for seeds in (development, held_out))
    rows = []
    for method in METHODS:
        found = {}
        for name, made, number in (("one", None, 1), ("mean", None, ANALYSTS), ("median", with_median, 1)):
            scored = [
                [(scores(made(one) if made else one, method, number), one.truth) for one in cases]
                for cases in (fitted, judged)
            ]
            scale = fitted_scale(scored[0])
            found[f"first_{name}"] = _mean([first_share(score, truth) for score, truth in scored[1]])
            found[f"brier_{name}"] = _mean([brier(probabilities(score, scale), truth) for score, truth in scored[1]])
        rows.append(Figures(company.name, method.value, len(judged), **found))
    return rows


def stated(development: Sequence[int], held_out: Sequence[int]) -> list[Stated]:
    """Return how good stated probabilities are, as stated, made to add up, and pooled, of five who rate in private."""
    company = COMPANIES[0]
    alone = [(scores(one, Method.BAYES, 1), one.truth) for seed in development for one in [company_case(company, seed)]]
    scale = fitted_scale(alone)
    found: dict[str, list[float]] = {}
    for seed in held_out:
        one = company_case(company, seed)
        for what, value in _stated_of(one, seed, scale).items():
            found.setdefault(what, []).append(brier(value, one.truth))
    return [Stated(what, len(values), _mean(values)) for what, values in found.items()]


def _stated_of(one: Case, seed: int, scale: float) -> dict[str, NDArray[np.float64]]:
    chance = np.random.default_rng([seed, 1])
    rows = np.array([_said(chance, _belief(one, number, scale)) for number in range(ANALYSTS)])
    coherent = pooling.normalised(rows)
    far = np.array([pooling.distance(row, pooling.projected(row)) for row in rows])
    linear = pooling.linear_pool(coherent)
    return {
        "one person, as stated": rows[0],
        "one person, made to add up": coherent[0],
        "five, as stated, mean": rows.mean(axis=0),
        "five, made to add up, mean": linear,
        "five, made to add up, median": pooling.median_pool(coherent),
        "five, made to add up, logarithmic pool": pooling.logarithmic_pool(coherent),
        "five, made to add up, geometric mean of odds": pooling.odds_pool(coherent),
        "five, mean pushed outwards": pooling.extremised(linear),
        "five, mean weighted by coherence": pooling.linear_pool(coherent, pooling.coherence_weights(far)),
    }


def _belief(one: Case, number: int, scale: float) -> NDArray[np.float64]:
    alone = replace(one, analysts=(one.analysts[number],))
    return probabilities(scores(alone, Method.BAYES, 1), scale)


def _said(chance: np.random.Generator, belief: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what somebody states of each hypothesis apart."""
    kept = np.clip(belief, pooling.FLOOR, 1 - pooling.FLOOR)
    logits = np.log(kept / (1 - kept)) + chance.normal(STATED_EXCESS, STATED_NOISE, size=len(kept))
    return 1 / (1 + np.exp(-logits))


def _mean(values: Sequence[float]) -> float:
    return round(float(np.mean(values)), 4) if len(values) else 0.0


def tables(found: Sequence[Figures], said: Sequence[Stated]) -> list[list[str]]:
    """Return the tables of the manual, each as its lines."""
    names = {Method.WEIGHTED.value: "weighted inconsistency", Method.BAYES.value: "Bayes"}
    head = ["five analysts", "way of adding up", "one of them", "all, mean", "all, median rating", "Brier, one → mean"]
    first = [_row(head), "|" + "---|" * len(head)]
    for entry in found:
        cells = [f"{share:.0%}" for share in (entry.first_one, entry.first_mean, entry.first_median)]
        briers = f"{entry.brier_one:.2f} → {entry.brier_mean:.2f}"
        first.append(_row([entry.company, names[entry.method], *cells, briers]))
    second = [_row(["stated probabilities", "Brier score"]), "|---|---|"]
    second += [_row([entry.what, f"{entry.brier:.2f}"]) for entry in said]
    return [first, second]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def reckoned(development: Sequence[int], held_out: Sequence[int]) -> tuple[list[Figures], list[Stated]]:
    """Return everything for some seeds."""
    found = [entry for company in COMPANIES for entry in figures(company, development, held_out)]
    return found, stated(development, held_out)


def spot() -> tuple[list[Figures], list[Stated]]:
    """Return the figures of a few cases, as the program reckons them now."""
    return reckoned(DEVELOPMENT[:SPOT], HELD_OUT[:SPOT])


def write(
    found: Sequence[Figures], said: Sequence[Stated], development: Sequence[int], held_out: Sequence[int]
) -> None:
    """Keep the figures with the seeds that they come from, and those of the few cases; one line for each."""
    content = {"fitted_on_seeds": [development[0], development[-1]], "reported_from_seeds": [held_out[0], held_out[-1]]}
    parts = [f'  "{name}": {json.dumps(seeds)}' for name, seeds in content.items()]
    few, few_said = spot()
    for name, rows in (("figures", found), ("stated", said), ("spot", few), ("spot_stated", few_said)):
        lines = ",\n".join(f"    {json.dumps(asdict(entry))}" for entry in rows)
        parts.append(f'  "{name}": [\n{lines}\n  ]')
    RESULTS.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


def read(spots: bool = False) -> tuple[list[Figures], list[Stated]]:
    """Return the figures that were kept, or those of the few cases."""
    content = json.loads(RESULTS.read_text("utf-8"))
    head = "spot" if spots else "figures"
    tail = "spot_stated" if spots else "stated"
    return [Figures(**row) for row in content[head]], [Stated(**row) for row in content[tail]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Reckon the figures, print the tables, and with --write keep the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.decision_quality.companies", description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} cases, none of the reported ones")
    parser.add_argument("--write", action="store_true", help="keep the figures in companies.json")
    options = parser.parse_args(arguments)
    development, held_out = (DEVELOPMENT[:QUICK], DEVELOPMENT[-QUICK:]) if options.quick else (DEVELOPMENT, HELD_OUT)
    found, said = reckoned(development, held_out)
    print("\n\n".join("\n".join(lines) for lines in tables(found, said)))
    if options.write:
        write(found, said, development, held_out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
