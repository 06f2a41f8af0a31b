"""The further keys of ``ach robustness --json``: trials, tornado, deception, replay, clones, analysts, what slips."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ach_desk.model import Analysis, Matrix
from ach_desk.model.spans import day_text
from ach_desk.scoring.analysts import leave_analysts_out
from ach_desk.scoring.clones import clones
from ach_desk.scoring.deception import if_deceptive
from ach_desk.scoring.fewest_parts import fewest_parts, names_of
from ach_desk.scoring.methods import Inputs
from ach_desk.scoring.replay import Clock, Replay, replay
from ach_desk.scoring.robustness import Robustness
from ach_desk.scoring.tornado import End, tornado


def further_json(analysis: Analysis, matrix: Matrix, analyst: str, found: Robustness) -> dict[str, Any]:
    """Return the further keys; numbers are not rounded, and nothing is in words but the conditions of the tornado."""
    inputs, method = found.inputs, found.method
    return {
        "trials": _trials(found),
        "fewest_parts": _fewest(analysis, matrix, analyst, found),
        "tornado": _tornado(analysis, matrix, analyst, found),
        "deception": _deception(analysis, found),
        "replay": {clock.value: _replay(inputs, replay(inputs, method, clock)) for clock in Clock},
        "clones": _clones(analysis, found),
        "analysts": [
            {"analyst": analysis.analysts[entry.analyst].name, "leaders": _hypotheses(inputs, entry.leaders)}
            for entry in leave_analysts_out(analysis, matrix, inputs, method)
        ],
        "uncertain": {"weights": found.weights_slip, "priors": found.priors_slip},
    }


def _hypotheses(inputs: Inputs, columns: Iterable[int]) -> list[str]:
    return [inputs.assessment.hypotheses[column].label for column in columns]


def _items(inputs: Inputs, rows: Iterable[int]) -> list[str]:
    return [inputs.assessment.items[row].label for row in rows]


def _by_hypothesis(inputs: Inputs, values: Iterable[Any]) -> dict[str, Any]:
    return {entry.label: value for entry, value in zip(inputs.assessment.hypotheses, values, strict=True)}


def _trials(found: Robustness) -> dict[str, Any] | None:
    """Return what the trials say beyond rank shares; None before they have run."""
    shares = found.shares
    if shares is None:
        return None
    labels = _hypotheses(found.inputs, shares.columns)
    return {
        "pairwise": {
            label: {other: float(won) for other, won in zip(labels, row, strict=True) if other != label}
            for label, row in zip(labels, shares.wins, strict=True)
        },
        "entropy_bits": shares.entropy,
        "margin": shares.margin,
    }


def _fewest(analysis: Analysis, matrix: Matrix, analyst: str, found: Robustness) -> dict[str, Any]:
    """Return the fewest sources, groups and assumptions that would overturn the lead, by kind and challenger."""
    made = fewest_parts(analysis, matrix.sheets.get(analyst, {}), found.inputs, found.method)
    return {
        "found": [
            {
                "kind": entry.kind.value,
                "hypothesis": found.inputs.assessment.hypotheses[entry.challenger].label,
                "to_tie": entry.to_tie,
                "to_overtake": entry.to_overtake,
                "parts": names_of(analysis, entry),
            }
            for entry in made.parts
        ],
        "left_open": [kind.value for kind in made.left_open],
    }


def _tornado(analysis: Analysis, matrix: Matrix, analyst: str, found: Robustness) -> dict[str, Any] | None:
    made = tornado(analysis, matrix.sheets.get(analyst, {}), found.inputs, found.method)
    if made is None:
        return None
    leader, rival = _hypotheses(found.inputs, (made.first, made.second))
    return {
        "leader": leader,
        "rival": rival,
        "margin": made.margin,
        "swings": [
            {"kind": swing.kind.value, "label": swing.label, "low": _end(swing.low), "high": _end(swing.high)}
            for swing in made.swings
        ],
    }


def _end(end: End) -> dict[str, Any]:
    return {"margin": end.margin, "condition": end.words}


def _deception(analysis: Analysis, found: Robustness) -> list[dict[str, Any]]:
    inputs = found.inputs
    return [
        {
            "kind": entry.kind.value,
            "label": entry.label,
            "leaders": _hypotheses(inputs, entry.leaders),
            "rank": _by_hypothesis(inputs, (int(rank) or None for rank in entry.rank)),
            "counted_as": dict(zip(_items(inputs, entry.replaced), _items(inputs, entry.twins), strict=True)),
            "left_out": _items(inputs, entry.left_out),
        }
        for entry in if_deceptive(analysis, inputs, found.method)
    ]


def _replay(inputs: Inputs, found: Replay) -> list[dict[str, Any]]:
    steps = []
    for step, day in enumerate(found.days):
        entry: dict[str, Any] = {
            "date": None if day is None else day_text(day),
            "new": _items(inputs, found.new[step]),
            "leaders": _hypotheses(inputs, found.leaders(step)),
            "scores": _by_hypothesis(inputs, found.scores[step].tolist()),
        }
        if found.posterior is not None:
            entry["posterior"] = _by_hypothesis(inputs, found.posterior[step].tolist())
        steps.append(entry)
    return steps


def _clones(analysis: Analysis, found: Robustness) -> dict[str, Any]:
    made = clones(found.inputs, analysis.groups.values(), found.method)
    return {
        "items": [
            {"items": _items(found.inputs, entry.rows), "nearly": entry.near, "grouped": entry.grouped}
            for entry in made.items
        ],
        "hypotheses": [
            {"hypotheses": _hypotheses(found.inputs, entry.columns), "nearly": entry.near} for entry in made.hypotheses
        ],
    }
