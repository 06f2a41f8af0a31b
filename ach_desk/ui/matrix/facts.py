"""What filter and order of the items look at. Plain Python: no Qt in here."""

from __future__ import annotations

from dataclasses import dataclass

from ach_desk.model import Analysis, RatingSheet
from ach_desk.scoring import Assessment


@dataclass(frozen=True)
class Facts:
    """One moment of a matrix: its assessment, the ratings of the analyst shown, and the analysis with the sources."""

    assessment: Assessment
    sheet: RatingSheet
    analysis: Analysis
