"""``ach agree`` and ``ach pool``: several analysts beside each other and pooled, as text for people and as JSON."""

from __future__ import annotations

import json
import math
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from ach_desk.app.cli_files import choose_matrix, open_analysis
from ach_desk.app.cli_score import table
from ach_desk.app.cli_terminal import CommandError, complain, say
from ach_desk.i18n import _
from ach_desk.model import Analysis, Matrix
from ach_desk.model.method_settings import Method
from ach_desk.scoring import compared_words, pooling_words
from ach_desk.scoring.compared import Compared, compare_analysts, with_interval
from ach_desk.scoring.pooled import Pool, Pooling, Stated, pool_estimates
from ach_desk.scoring.robustness import rounded_share
from ach_desk.scoring.round_states import is_private
from ach_desk.scoring.table import VALUES

_MOST_TOLD = 10


def agree(
    file: Path, as_json: bool, revealed: bool, method: str | None, draws: int, seed: int, matrix: str | None
) -> int:
    """Print how far the analysts of a matrix agree; refuse while a round is private, unless `revealed`."""
    analysis, code = open_analysis(file)
    shown = choose_matrix(analysis, file, matrix)
    _check_private(analysis, file, shown, revealed)
    found = compare_analysts(analysis, shown, Method(method) if method else None)
    found = with_interval(found, draws=draws, seed=seed)
    for line in agree_json(analysis, shown, found).split("\n") if as_json else agree_text(analysis, found):
        say(line)
    return code


def pool(file: Path, as_json: bool, revealed: bool, beta: float, extremise: float, matrix: str | None) -> int:
    """Print the stated probabilities of a matrix, made to add up, and pooled; refuse as `agree` does."""
    analysis, code = open_analysis(file)
    shown = choose_matrix(analysis, file, matrix)
    _check_private(analysis, file, shown, revealed)
    found = pool_estimates(analysis, shown, beta=beta, power=extremise)
    for line in pool_json(analysis, shown, found).split("\n") if as_json else pool_text(analysis, found):
        say(line)
    return code


def _check_private(analysis: Analysis, file: Path, matrix: Matrix, revealed: bool) -> None:
    if not is_private(analysis, matrix.id):
        return
    if not revealed:
        text = _("{file}: the analysts rate in private at the moment. Reveal the round, or add --revealed.")
        raise CommandError(text.format(file=file), 1)
    complain(_("The round is still private; whoever has yet to rate should not see this."))


def _names(analysis: Analysis) -> dict[str, str]:
    """Return what each analyst is called in the JSON: the name, or the id where it is missing or not the only one."""
    count = Counter(entry.name for entry in analysis.analysts.values())
    return {
        key: entry.name if entry.name and count[entry.name] == 1 else key for key, entry in analysis.analysts.items()
    }


def agree_text(analysis: Analysis, found: Compared) -> list[str]:
    """Return the comparison as lines for a terminal."""
    lines = compared_words.sentences(analysis, found)
    if not found.are_several:
        return lines
    lines += ["", *compared_words.blind_sentences(analysis, found)]
    if found.left_out:
        lines += ["", *compared_words.left_out_sentences(analysis, found)]
    if found.talk:
        lines += ["", _("Worth talking about, most first:")]
        lines += [
            "- " + compared_words.talk_sentence(analysis, found.view, found.sheets, cell)
            for cell in found.talk[:_MOST_TOLD]
        ]
    return lines


def agree_json(analysis: Analysis, matrix: Matrix, found: Compared) -> str:
    """Return the comparison as JSON in the published shape (docs/manual): ASCII, unrounded, null where undefined."""
    names = _names(analysis)
    labels = [entry.label for entry in found.sheets.hypotheses]
    view, alpha = found.view, found.alpha
    shape = {
        "format": 1,
        "matrix": matrix.name or matrix.id,
        "method": view.method.value,
        "analysts": [_analyst(found, place, names, labels) for place in range(len(found.sheets.analysts))],
        "alpha": {
            "ordinal": alpha.ordinal,
            "low": alpha.low,
            "high": alpha.high,
            "cells": alpha.cells,
            "draws": alpha.draws,
            "seed": alpha.seed,
        },
        "kendall_w": found.kendall_w,
        "icc": {"agreement": found.icc.agreement, "consistency": found.icc.consistency} if found.icc else None,
        "level_share": found.spread.level_share,
        "group": {
            "leaders": [labels[column] for column in view.leaders],
            "leading": {labels[column]: count for column, count in view.leading.items()},
            "without": {names[entry.analyst]: [labels[column] for column in entry.leaders] for entry in found.left_out},
        },
        "cells": _cells(found, names),
        "talk": [
            {
                "item": found.sheets.items[cell.row].label,
                "hypothesis": labels[cell.column],
                "disagreement": cell.disagreement,
                "influence": cell.influence,
                "changes_leader": cell.changes,
            }
            for cell in found.talk
        ],
    }
    return json.dumps(shape, indent=2, allow_nan=False)


def _analyst(found: Compared, place: int, names: dict[str, str], labels: list[str]) -> dict[str, Any]:
    analyst = found.sheets.analysts[place]
    blind, repeats = found.blind[analyst], found.repeats.get(analyst)
    return {
        "name": names[analyst],
        "rated": blind.rated,
        "in_private": blind.blind if blind.known else None,
        "leaders": [labels[column] for column in found.view.of_analysts[place]],
        "level": _number(found.spread.levels[place]),
        "rated_twice": repeats._asdict() if repeats else None,
    }


def _cells(found: Compared, names: dict[str, str]) -> list[dict[str, Any]]:
    sheets, spread = found.sheets, found.spread
    median = found.view.assessment.table.codes
    return [
        {
            "item": sheets.items[row].label,
            "hypothesis": sheets.hypotheses[column].label,
            "n": int(spread.number[row, column]),
            "not_applicable": int(spread.not_applicable[row, column]),
            "spread": _number(float(spread.spread[row, column])),
            "level": _number(float(spread.level[row, column])),
            "pattern": _number(float(spread.pattern[row, column])),
            "state": spread.state(row, column).value,
            "median": VALUES[median[row, column]],
            "ratings": {
                names[analyst]: VALUES[code]
                for analyst, code in zip(sheets.analysts, sheets.codes[:, row, column], strict=True)
                if VALUES[code] is not None
            },
        }
        for row, column in np.argwhere(sheets.places)
    ]


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def pool_text(analysis: Analysis, found: Pooling) -> list[str]:
    """Return stated and pooled probabilities as lines for a terminal, rounded to five points; equal weights first."""
    lines = pooling_words.pooling_sentences(analysis, found)
    if not found.people:
        return lines
    headings = [*(entry.label for entry in found.hypotheses), ""]
    rows = [
        [
            *map(_share, one.coherent),
            _("{name}, made to add up").format(name=compared_words.name_of(analysis, one.analyst)),
        ]
        for one in found.people
    ]
    lines += ["", *table(headings, rows)]
    if found.pools:
        rows = [[*map(_share, values), pooling_words.about(way, found).name] for way, values in found.pools.items()]
        lines += ["", *table(headings, rows), ""]
        for way in found.pools:
            text = _("{name}: {formula} ({source}). {caution}")
            lines.append(text.format(**pooling_words.about(way, found)._asdict()))
    return lines


def _share(value: float) -> str:
    return rounded_share(float(value))


def pool_json(analysis: Analysis, matrix: Matrix, found: Pooling) -> str:
    """Return stated and pooled probabilities as JSON in the published shape (docs/manual): ASCII, unrounded."""
    names, labels = _names(analysis), [entry.label for entry in found.hypotheses]
    shape = {
        "format": 1,
        "matrix": matrix.name or matrix.id,
        "exclusive": found.exclusive,
        "people": [_person(one, names, labels) for one in found.people],
        "incomplete": {
            names[analyst]: [entry.label for entry in found.hypotheses if entry.id in missing]
            for analyst, missing in found.incomplete.items()
        },
        "pools": {_key(way): _by_label(labels, values) for way, values in found.pools.items()},
        "coherence_weights": {
            "beta": found.beta,
            "weights": {
                names[one.analyst]: float(value) for one, value in zip(found.people, found.weights, strict=True)
            },
        },
        "extremising_power": found.power,
        "floored": found.floored,
        "sentences": pooling_words.pooling_sentences(analysis, found),
    }
    return json.dumps(shape, indent=2, allow_nan=False)


def _key(way: Pool) -> str:
    return way.name.lower()


def _person(one: Stated, names: dict[str, str], labels: list[str]) -> dict[str, Any]:
    return {
        "name": names[one.analyst],
        "stated": {label: _number(value) for label, value in zip(labels, one.probability, strict=True)},
        "complement": {label: _number(value) for label, value in zip(labels, one.complement, strict=True)},
        "sum": one.total,
        "incoherence": one.incoherence,
        "normalised": _by_label(labels, one.coherent),
        "projected": _by_label(labels, one.projected),
        "zeros_of_projection": [labels[place] for place in one.new_zeros],
        "confidence": {label: value for label, value in zip(labels, one.confidence, strict=True) if value is not None},
    }


def _by_label(labels: list[str], values: np.ndarray) -> dict[str, float]:
    return {label: float(value) for label, value in zip(labels, values, strict=True)}
