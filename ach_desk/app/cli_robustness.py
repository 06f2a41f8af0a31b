"""``ach robustness`` and the methods of ``ach score --all``: JSON in a published shape, and text for people."""

from __future__ import annotations

import json
import math
from typing import Any

from ach_desk.i18n import _
from ach_desk.scoring import robustness
from ach_desk.scoring.agreement import agreement
from ach_desk.scoring.find_out import FindOut
from ach_desk.scoring.find_out_words import lead_sentence
from ach_desk.scoring.methods import Inputs, MethodResult, neutral_results, results
from ach_desk.scoring.ranking_words import missing_sentence
from ach_desk.scoring.robustness import Robustness


def methods_json(inputs: Inputs) -> dict[str, Any]:
    """Return "methods" (scores, ranks and leaders by label; a score that is undefined is null) and "agreement".

    A Bayesian way that leaves items out names them, with what it says where their missing cells count as neutral.
    """
    found = results(inputs)
    shape = {method.value: _method(inputs, entry) for method, entry in found.items()}
    for method, neutral in neutral_results(inputs).items():
        labels = [inputs.assessment.items[row].label for row in found[method].not_comparable]
        shape[method.value] |= {"not_comparable": labels, "neutral": _method(inputs, neutral)}
    return {"methods": shape, "agreement": agreement(inputs, found)}


def _method(inputs: Inputs, found: MethodResult) -> dict[str, Any]:
    hypotheses = inputs.assessment.hypotheses
    numbers = [None if math.isnan(score) else float(score) for score in found.scores]
    return {
        "scores": {entry.label: number for entry, number in zip(hypotheses, numbers, strict=True)},
        "rank": {entry.label: int(rank) or None for entry, rank in zip(hypotheses, found.rank, strict=True)},
        "leaders": [hypotheses[column].label for column in found.leaders],
    }


def robustness_text(found: Robustness, next_steps: FindOut) -> list[str]:
    """Return the robustness as lines for a terminal: sentences, what to find out, how often each is first."""
    missing = missing_sentence(found.inputs, found.method) if found.leaders else ""
    lines = [*robustness.sentences(found), *filter(None, [missing]), lead_sentence(next_steps, next_steps.prospects)]
    if found.shares is None or not found.shares.columns:
        return lines
    text = _("First in {draws} trials in which ratings slip (seed {seed}, give or take {margin:.1%}):")
    shares = found.shares
    lines += ["", text.format(draws=shares.draws, seed=shares.seed, margin=shares.margin)]
    for column, row in zip(shares.columns, shares.share, strict=True):
        hypothesis = found.inputs.assessment.hypotheses[column]
        lines.append(f"  {robustness.rounded_share(float(row[0])):>11}  {hypothesis.label} {hypothesis.title}")
    return lines


def robustness_json(found: Robustness, further: dict[str, Any]) -> str:
    """Return the robustness and its further keys as JSON in the published shape (docs/manual): ASCII, unrounded."""
    assessment = found.inputs.assessment
    labels, items = [entry.label for entry in assessment.hypotheses], [entry.label for entry in assessment.items]
    shares = found.shares
    shape = {
        "format": 1,
        "method": found.method.value,
        "leaders": [labels[column] for column in found.leaders],
        "leave_one_out": [
            {"item": items[entry.row], "leaders": [labels[column] for column in entry.leaders]}
            for entry in found.left_out
        ],
        "removals": {
            labels[entry.challenger]: {
                "to_tie": entry.to_tie,
                "to_overtake": entry.to_overtake,
                "sets": [[items[row] for row in chosen] for chosen in entry.sets],
                "sets_total": entry.total,
            }
            for entry in found.removals
        },
        "rating_steps": {
            labels[entry.challenger]: {"to_tie": entry.to_tie, "to_overtake": entry.to_overtake}
            for entry in found.steps or ()
        },
        "rank_acceptability": {
            "seed": shares.seed,
            "draws": shares.draws,
            "share": {
                labels[column]: [float(value) for value in row]
                for column, row in zip(shares.columns, shares.share, strict=True)
            },
        }
        if shares
        else None,
        "sentences": robustness.sentences(found),
        **further,
    }
    return json.dumps(shape, indent=2, allow_nan=False)
