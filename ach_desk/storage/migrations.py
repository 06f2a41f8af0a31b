"""Older files become present ones: one function on plain dictionaries per version step."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

Step = Callable[[dict[str, Any]], dict[str, Any]]

_NEW_IN_2 = {
    "": ("handover", "hypothesis_check", "scenarios", "snapshots", "challenges", "retests", "trail"),
    "hypotheses": ("parent", "relations", "catch_all", "wording"),
    "evidence": ("wording",),
    "matrices": ("scale", "note"),
    "rating": ("range", "suggested", "item_wording", "hypothesis_wording"),
}
"""Keys that version 2 gave a meaning; in version 1 they could be somebody's own."""


_NEW_IN_3 = {
    "": (
        *("deception_check", "grading", "credibility_rule"),
        *("groups", "expectations", "indicators", "conclusions", "outcomes", "findings_set_aside"),
    ),
    "evidence": (
        *("event_end", "event_words", "credibility_from_grades", "quotation", "page", "link", "retrieved"),
        *(
            "attachments",
            "heading",
            "code",
            "marking",
            "handling",
            "suspect",
            "suspect_reason",
            "twin",
            "reading",
            "rests_on",
        ),
        "cost",
    ),
    "citations": ("stance", "directness", "retracted", "preliminary", "date", "credibility", "known"),
    "sources": (
        *("reliability", "evaluation", "grade_reason", "access", "motive", "track_record", "suspect"),
        *("suspect_reason", "retracted", "retracted_reason", "retracted_date", "withheld", "public_description"),
    ),
    "scenarios": ("assumptions_false",),
    "matrices": ("frame", "priors", "method_settings"),
    "rating": ("rests_on", "likelihood"),
}
"""The same of version 3."""

_NEW_IN_4 = {
    "": ("report", "rounds", "estimates", "remarks", "cases", "handed_out"),
    "analysts": ("time_zone",),
    "matrices": ("priors_per_cause",),
    "method_settings": ("likelihood_words",),
}
"""The same of version 4."""


def _to_2(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document of version 1 as one of version 2: only keys that had no meaning yet get other names."""
    return _without_meaning(document, _NEW_IN_2)


def _to_3(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document of version 2 as one of version 3, in the same way."""
    found = _without_meaning(document, _NEW_IN_3)
    for item in _objects(found.get("evidence")):
        if isinstance(item.get("citations"), list):
            item["citations"] = [_renamed(part, _NEW_IN_3["citations"]) for part in item["citations"]]
    return found


def _to_4(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document of version 3 as one of version 4, in the same way."""
    found = _without_meaning(document, _NEW_IN_4)
    for matrix in _objects(found.get("matrices")):
        if "method_settings" in matrix:
            matrix["method_settings"] = _renamed(matrix["method_settings"], _NEW_IN_4["method_settings"])
    return found


def _without_meaning(document: dict[str, Any], new: Mapping[str, Collection[str]]) -> dict[str, Any]:
    found = _renamed(document, new[""])
    for key in new.keys() - {"", "rating", "citations", "method_settings"}:
        if isinstance(found.get(key), list):
            found[key] = [_renamed(entry, new[key]) for entry in found[key]]
    in_ratings = new.get("rating", ())
    for matrix in _objects(found.get("matrices")) if in_ratings else ():
        for sheet in _objects(matrix.get("sheets")):
            _rename_in_ratings(sheet, in_ratings)
    return found


def _objects(entries: Any) -> list[dict[str, Any]]:
    """Return those of a list that are objects; none of what is no list."""
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


def _rename_in_ratings(sheet: dict[str, Any], keys: Collection[str]) -> None:
    rows = sheet.get("ratings")
    for row in rows.values() if isinstance(rows, dict) else ():
        if isinstance(row, dict):
            row.update({key: _renamed(rating, keys) for key, rating in row.items()})


def _renamed(entry: Any, keys: Collection[str]) -> Any:
    """Return the object with the keys of somebody else's called "former_..."; anything else as it is."""
    if not isinstance(entry, dict) or not any(key in entry for key in keys):
        return dict(entry) if isinstance(entry, dict) else entry
    return {f"former_{key}" if key in keys else key: value for key, value in entry.items()}


STEPS: dict[int, Step] = {1: _to_2, 2: _to_3, 3: _to_4}
"""Version -> function that returns the document one version later."""


def migrate(document: dict[str, Any], version: int, target: int, steps: Mapping[int, Step]) -> dict[str, Any]:
    """Return the document of `version` in the form of version `target`, with its version named.

    Raises KeyError when a step is missing. A document that is not older comes back as it is.
    """
    for step in range(version, target):
        document = {**steps[step](document), "version": step + 1}
    return document
