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


def _to_2(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document of version 1 as one of version 2: only keys that had no meaning yet get other names."""
    found = _renamed(document, _NEW_IN_2[""])
    for key in ("hypotheses", "evidence", "matrices"):
        if isinstance(found.get(key), list):
            found[key] = [_renamed(entry, _NEW_IN_2[key]) for entry in found[key]]
    for matrix in found["matrices"] if isinstance(found.get("matrices"), list) else ():
        sheets = matrix.get("sheets") if isinstance(matrix, dict) else None
        for sheet in sheets if isinstance(sheets, list) else ():
            _rename_in_ratings(sheet)
    return found


def _rename_in_ratings(sheet: Any) -> None:
    rows = sheet.get("ratings") if isinstance(sheet, dict) else None
    for row in rows.values() if isinstance(rows, dict) else ():
        if isinstance(row, dict):
            row.update({key: _renamed(rating, _NEW_IN_2["rating"]) for key, rating in row.items()})


def _renamed(entry: Any, keys: Collection[str]) -> Any:
    """Return the object with the keys of somebody else's called "former_..."; anything else as it is."""
    if not isinstance(entry, dict) or not any(key in entry for key in keys):
        return dict(entry) if isinstance(entry, dict) else entry
    return {f"former_{key}" if key in keys else key: value for key, value in entry.items()}


STEPS: dict[int, Step] = {1: _to_2}
"""Version -> function that returns the document one version later."""


def migrate(document: dict[str, Any], version: int, target: int, steps: Mapping[int, Step]) -> dict[str, Any]:
    """Return the document of `version` in the form of version `target`, with its version named.

    Raises KeyError when a step is missing. A document that is not older comes back as it is.
    """
    for step in range(version, target):
        document = {**steps[step](document), "version": step + 1}
    return document
