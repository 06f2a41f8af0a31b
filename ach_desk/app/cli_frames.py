"""``ach score --all`` and ``--belief``: causes that may act together, and set-valued belief, as JSON and as text."""

from __future__ import annotations

from typing import Any

from ach_desk.model import Matrix
from ach_desk.model.method_settings import Method
from ach_desk.scoring.frames import (
    CausesAtWork,
    belief_sentences,
    causes_at_work,
    causes_sentences,
    set_belief,
)
from ach_desk.scoring.methods import Inputs

MOST_COMBINATIONS = 20


def causes_json(inputs: Inputs, matrix: Matrix) -> dict[str, Any]:
    """Return "causes" where several hypotheses of the matrix may be true at once; else nothing. Unrounded numbers."""
    if matrix.frame is None or not matrix.frame.shows_causes:
        return {}
    found = {method: causes_at_work(inputs, matrix, method) for method in (Method.BAYES, Method.BAYES_SOURCES)}
    plain = found[Method.BAYES]
    shape: dict[str, Any] = {
        "frame": matrix.frame.value,
        "prior": {entry.label: float(value) for entry, value in zip(plain.hypotheses, plain.prior, strict=True)},
    }
    return {"causes": shape | {method.value: _causes(entry) for method, entry in found.items()}}


def _causes(found: CausesAtWork) -> dict[str, Any] | None:
    """Return null where there are more causes than can be worked out."""
    if found.found is None:
        return None
    labels = [entry.label for entry in found.hypotheses]
    return {
        "at_work": {label: float(value) for label, value in zip(labels, found.found.marginals, strict=True)},
        "combinations": [
            {"causes": [labels[place] for place in members], "probability": probability}
            for members, probability in found.found.leading(MOST_COMBINATIONS)
        ],
        "not_comparable": [found.inputs.assessment.items[row].label for row in found.not_comparable],
    }


def belief_json(inputs: Inputs) -> dict[str, Any]:
    """Return "belief": belief and plausibility by label, the conflict K, and whether that allows a ranking."""
    found = set_belief(inputs)
    if found.found is None:
        return {"belief": None}
    labels = [entry.label for entry in found.hypotheses]
    return {
        "belief": {
            "belief": {label: float(value) for label, value in zip(labels, found.found.belief, strict=True)},
            "plausibility": {
                label: float(value) for label, value in zip(labels, found.found.plausibility, strict=True)
            },
            "conflict": found.found.conflict,
            "can_rank": found.found.can_rank,
            "not_comparable": [found.inputs.assessment.items[row].label for row in found.not_comparable],
        }
    }


def causes_lines(inputs: Inputs, matrix: Matrix, method: Method) -> list[str]:
    """Return what the causes say, as lines for a terminal; none where hypotheses exclude each other."""
    if matrix.frame is None or not matrix.frame.shows_causes:
        return []
    own = method if method is Method.BAYES_SOURCES else Method.BAYES
    return ["", *causes_sentences(causes_at_work(inputs, matrix, own))]


def belief_lines(inputs: Inputs) -> list[str]:
    """Return what set-valued belief says, as lines for a terminal."""
    return ["", *belief_sentences(set_belief(inputs))]
