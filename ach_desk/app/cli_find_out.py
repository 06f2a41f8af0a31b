"""The key "find_out_next" of ``ach robustness --json``: the expected value of what is not known yet."""

from __future__ import annotations

from typing import Any

from ach_desk.model.method_settings import Frame
from ach_desk.scoring.find_out import FindOut, Prospect, Wanting


def find_out_json(found: FindOut) -> dict[str, Any]:
    """Return what to find out next: what tells most first, what cannot be worked out, and where it starts from."""
    labels = found.labels
    return {
        "frame": (Frame.CAUSES if found.together else Frame.EXCLUSIVE).value,
        "prior": dict(zip(labels, found.prior, strict=True)),
        "ranked": [
            {
                **_named(entry),
                "information_gain_bits": entry.information,
                "probability_gain": entry.probability,
                "chance": entry.chance,
                "tells_apart": [] if found.together else [labels[column] for column in entry.tells],
                "tells_whether": labels[entry.tells[0]] if found.together and entry.tells else None,
                "if_so": dict(zip(labels, entry.if_so, strict=True)),
                "if_not": dict(zip(labels, entry.if_not, strict=True)),
                "cost": entry.cost,
                "bits_per_cost": entry.per_cost if entry.cost else None,
            }
            for entry in found.prospects
        ],
        "missing": [
            {
                **_named(entry),
                "unrated": [labels[column] for column in entry.unrated],
                "not_applicable": [labels[column] for column in entry.not_applicable],
            }
            for entry in found.wanting
        ],
    }


def _named(entry: Prospect | Wanting) -> dict[str, Any]:
    return {"kind": entry.kind.value, "id": entry.record, "label": entry.label or None, "text": entry.text}
