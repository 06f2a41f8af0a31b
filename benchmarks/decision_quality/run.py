"""``make quality``: every method on every world, on seeds that nothing was fitted to; the table that the manual shows.

``python -m benchmarks.decision_quality.run [--quick] [--write]``; `--write` keeps the figures in results.json beside
this file, from which ``python -m benchmarks.decision_quality.tables`` makes the tables of the manual.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ach_desk.model.method_settings import NOT_SET, Method, MethodSettings
from ach_desk.scoring import bayes
from ach_desk.scoring.inconsistency import INCONSISTENCY_POINTS, SPREAD_POINTS
from ach_desk.scoring.slips import Cells, shares
from ach_desk.scoring.table import CODES, VALUES
from benchmarks.decision_quality.cases import STEPS, Case, case
from benchmarks.decision_quality.judging import (
    METHODS,
    brier,
    first_share,
    fitted_scale,
    probabilities,
    scores,
)
from benchmarks.decision_quality.parameters import ANALYSTS, DEVELOPMENT, HELD_OUT, WORLDS, World

RESULTS = Path(__file__).with_name("results.json")
QUICK = 60
SPOT = 12
"""So many cases of the first world are kept apart, so that a test sees whether the figures are still those of today."""
_DRAWS = 200
_FIRM = 0.7
"""A lead that survives in fewer of the trials in which ratings slip by a step is called unresolved."""
_BANDS = ((0.0, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01))


@dataclass(frozen=True)
class Figures:
    """What one method did in one world with one number of analysts, over all held-out cases.

    first: share of cases with the truth ranked first (a tie counts its share).
    brier: mean Brier score of probabilities with a scale fitted on other seeds.
    brier_raw: that of the posterior as it is, for Bayes.
    calibration: per band of the stated probability of the leader (mean stated, share true, cases).
    wrong: share of sole leads that are wrong.
    firm, wrong_firm: share of sole leads that survive slips, and share of these that are wrong; for one analyst.
    """

    world: str
    method: str
    analysts: int
    cases: int
    first: float
    brier: float
    brier_raw: float | None
    calibration: tuple[tuple[float, float, int], ...]
    wrong: float
    firm: float | None = None
    wrong_firm: float | None = None


def figures(world: World, development: Sequence[int], held_out: Sequence[int]) -> list[Figures]:
    """Return the figures of every method in one world."""
    tuned = [case(world, seed, max(ANALYSTS)) for seed in development]
    judged = [case(world, seed, max(ANALYSTS)) for seed in held_out]
    found = []
    for method in METHODS:
        for analysts in ANALYSTS:
            scale = fitted_scale([(scores(one, method, analysts), one.truth) for one in tuned])
            found.append(_of_method(world, method, analysts, scale, judged))
    return found


def _of_method(world: World, method: Method, analysts: int, scale: float, judged: Sequence[Case]) -> Figures:
    found = [(scores(one, method, analysts), one) for one in judged]
    stated = [probabilities(score, scale) for score, _one in found]
    leads = [_sole(score) for score, _one in found]
    sole = [(lead, one) for lead, (_score, one) in zip(leads, found, strict=True) if lead is not None]
    firm = [pair for pair in sole if analysts == 1 and _is_firm(pair[1], method, pair[0])]
    raw = None
    if method in (Method.BAYES, Method.BAYES_SOURCES):
        raw = _mean([brier(probabilities(score, 1.0), one.truth) for score, one in found])
    return Figures(
        world.name,
        method.value,
        analysts,
        len(judged),
        first=_mean([first_share(score, one.truth) for score, one in found]),
        brier=_mean([brier(row, one.truth) for row, (_score, one) in zip(stated, found, strict=True)]),
        brier_raw=raw,
        calibration=_calibration(stated, [one.truth for _score, one in found]),
        wrong=_mean([lead != one.truth for lead, one in sole]),
        firm=_mean([pair in firm for pair in sole]) if analysts == 1 else None,
        wrong_firm=_mean([lead != one.truth for lead, one in firm]) if analysts == 1 else None,
    )


def _mean(values: Sequence[float]) -> float:
    return round(float(np.mean(values)), 4) if len(values) else 0.0


def _sole(score: NDArray[np.float64]) -> int | None:
    leaders = np.flatnonzero(score >= score.max() - 1e-9)
    return int(leaders[0]) if len(leaders) == 1 else None


def _calibration(stated: Sequence[NDArray[np.float64]], truths: Sequence[int]) -> tuple[tuple[float, float, int], ...]:
    pairs = [(float(row.max()), float(row.argmax() == truth)) for row, truth in zip(stated, truths, strict=True)]
    rows = []
    for low, high in _BANDS:
        held = [pair for pair in pairs if low <= pair[0] < high]
        rows.append((_mean([p for p, _t in held]), _mean([t for _p, t in held]), len(held)))
    return tuple(rows)


def _is_firm(one: Case, method: Method, lead: int) -> bool:
    """Return whether a sole lead of one analyst survives slips of ratings, as the program says it."""
    table = one.analysts[0].table
    ladder = _points(method)[[CODES[value] for value in STEPS]]
    weights = table.weights if method is Method.WEIGHTED else np.ones(len(table.weights))
    chances = _SLIPS[_PLACE_OF_CODE[table.codes]]
    values = np.broadcast_to(np.append(ladder, 0.0) * weights[:, None, None], chances.shape)
    columns = tuple(range(table.codes.shape[1]))
    found = shares(Cells(values, chances), np.zeros(len(columns)), columns, _DRAWS, 1)
    return found is not None and bool(found.share[lead, 0] >= _FIRM)


def _points(method: Method) -> NDArray[np.float64]:
    """Return what a rating of each code adds; of Bayes with sources the plain likelihood, to keep the trials quick."""
    if method in (Method.BAYES, Method.BAYES_SOURCES):
        return np.nan_to_num(np.log10(bayes.likelihood_of_codes(MethodSettings())))
    return SPREAD_POINTS if method is Method.NET else INCONSISTENCY_POINTS


def _slips() -> NDArray[np.float64]:
    """Return per place on the scale, and last for a cell without a rating, where it may slip to and how likely."""
    keep = MethodSettings().keeps[NOT_SET]
    rows = np.zeros((len(STEPS) + 1, len(STEPS) + 1))
    for place in range(len(STEPS)):
        neighbours = [other for other in (place - 1, place + 1) if 0 <= other < len(STEPS)]
        rows[place, place] = keep
        rows[place, neighbours] = (1 - keep) / len(neighbours)
    rows[-1, -1] = 1.0
    return rows


_SLIPS = _slips()
_PLACE_OF_CODE = np.array([STEPS.index(value) if value in STEPS else len(STEPS) for value in VALUES])


def table(found: Sequence[Figures]) -> list[str]:
    """Return the table of the manual, in Markdown: the truth ranked first, and the share of wrong leads in brackets."""
    lines = [
        "| world | method | 1 analyst | 3 pooled | 5 pooled | Brier, 1 / 5 | firm leads wrong |",
        "|---|---|---|---|---|---|---|",
    ]
    for world in dict.fromkeys(entry.world for entry in found):
        for method in METHODS:
            rows = {entry.analysts: entry for entry in found if (entry.world, entry.method) == (world, method.value)}
            cells = [f"{rows[n].first:.0%} ({rows[n].wrong:.0%})" for n in ANALYSTS]
            lines.append(
                f"| {world} | {method.value} | {' | '.join(cells)} | {rows[1].brier:.2f} / {rows[5].brier:.2f} | "
                f"{rows[1].wrong_firm:.0%} of {rows[1].firm:.0%} |"
            )
    return lines


def spot() -> list[Figures]:
    """Return the figures of a few cases, as the program reckons them now."""
    return figures(WORLDS[0], DEVELOPMENT[:SPOT], HELD_OUT[:SPOT])


def write(found: Sequence[Figures], development: Sequence[int], held_out: Sequence[int]) -> None:
    """Keep the figures with the seeds that they come from, and those of the few cases; one line for each."""
    head = {
        "fitted_on_seeds": [development[0], development[-1]],
        "reported_from_seeds": [held_out[0], held_out[-1]],
    }
    parts = [f'  "{name}": {json.dumps(seeds)}' for name, seeds in head.items()]
    for name, rows in (("figures", found), ("spot", spot())):
        lines = ",\n".join(f"    {json.dumps(asdict(entry))}" for entry in rows)
        parts.append(f'  "{name}": [\n{lines}\n  ]')
    RESULTS.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


def read(part: str = "figures") -> list[Figures]:
    """Return the figures that were kept, or those of the few cases ("spot")."""
    rows = json.loads(RESULTS.read_text("utf-8"))[part]
    return [Figures(**{**row, "calibration": tuple(tuple(band) for band in row["calibration"])}) for row in rows]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the simulation, print the table, and with --write keep the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.decision_quality.run", description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} cases of each world, none of the reported ones")
    parser.add_argument("--write", action="store_true", help="keep the figures in results.json")
    options = parser.parse_args(arguments)
    development, held_out = (DEVELOPMENT[:QUICK], DEVELOPMENT[-QUICK:]) if options.quick else (DEVELOPMENT, HELD_OUT)
    found = []
    for world in WORLDS:
        found += figures(world, development, held_out)
    print("\n".join(table(found)))
    if options.write:
        write(found, development, held_out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
