"""The words as they were when a rating was made, led back along the trail."""

from __future__ import annotations

from ach_desk.commands.command import find
from ach_desk.model import Analysis
from ach_desk.model.wording import WORDING_FIELDS, wordings_rated


def ratings_on_earlier_wording(analysis: Analysis, kind: str, record_id: str) -> int:
    """Return how many ratings, by anybody in any matrix, were made before the record's words last changed."""
    record = find(analysis, kind, record_id)
    if record is None or record.wording == 1:
        return 0
    return sum(1 for wording in wordings_rated(analysis, kind, record_id) if wording < record.wording)


def words_at(analysis: Analysis, kind: str, record_id: str, wording: int) -> dict[str, str] | None:
    """Return the texts of an item or hypothesis (field -> text) as they were on its wording number `wording`.

    None where the trail does not reach back so far, as in a file from another program.
    """
    record = find(analysis, kind, record_id)
    if record is None:
        return None
    texts: dict[str, str] = {field: getattr(record, field) for field in WORDING_FIELDS[kind]}
    present, reached_at = record.wording, ""
    for entry in reversed(analysis.trail):
        if present <= wording and (entry.what, entry.time) != ("set", reached_at):
            break  # beyond the edit that made the next wording: its other fields stand right before the count
        if entry.what != "set" or entry.body[:2] != [kind, record_id]:
            continue
        field, before = entry.body[2], entry.body[3]
        if field == "wording" and present > wording:
            present, reached_at = before, entry.time
        elif field in texts:
            texts[field] = before
    return texts if present <= wording else None
