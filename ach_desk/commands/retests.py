"""Builders for re-ratings: what was rated twice is kept beside the ratings and changes none of them."""

from __future__ import annotations

from ach_desk.commands.command import AddRecords, PlacedRecord
from ach_desk.i18n import ngettext
from ach_desk.model import Analysis, Retest


def add_retest(analysis: Analysis, retest: Retest) -> AddRecords:
    """Return the command that keeps a re-rating in the analysis."""
    record = retest.model_dump(mode="json", exclude_defaults=True)
    text = ngettext("Keep {count} second rating", "Keep {count} second ratings", len(retest.cells))
    return AddRecords(
        kind="retest",
        records=(PlacedRecord(record=record, index=len(analysis.retests)),),
        text=text.format(count=len(retest.cells)),
        author=retest.analyst,
        time=retest.time,
    )
