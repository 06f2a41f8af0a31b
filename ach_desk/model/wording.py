"""Which words a rating was made on: texts change, ratings stay and say that they judged earlier words."""

from __future__ import annotations

from collections.abc import Iterator

from ach_desk.model.analysis import Analysis
from ach_desk.model.evidence import EvidenceItem
from ach_desk.model.ids import Id
from ach_desk.model.rating import Rating
from ach_desk.model.records import Hypothesis

WORDING_FIELDS = {"evidence": ("title", "detail"), "hypothesis": ("title", "statement")}
"""The fields whose words are what is rated."""


def is_on_earlier_wording(rating: Rating, item: EvidenceItem, hypothesis: Hypothesis) -> bool:
    """Return whether a judgement was made before the words of item or hypothesis last changed their meaning."""
    return rating.value is not None and (
        rating.item_wording < item.wording or rating.hypothesis_wording < hypothesis.wording
    )


def wordings_rated(analysis: Analysis, kind: str, record_id: Id) -> Iterator[int]:
    """Yield the wording that each rating of an item or hypothesis, by anybody in any matrix, was made on."""
    for matrix in analysis.matrices:
        for sheet in matrix.sheets.values():
            if kind == "evidence":
                for rating in sheet.get(record_id, {}).values():
                    if rating.value is not None:
                        yield rating.item_wording
            else:
                for row in sheet.values():
                    rating = row.get(record_id)
                    if rating is not None and rating.value is not None:
                        yield rating.hypothesis_wording
