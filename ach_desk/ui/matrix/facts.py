"""What filter and order of the items look at. Plain Python: no Qt in here."""

from __future__ import annotations

from typing import NamedTuple

from ach_desk.model import Analysis, RatingSheet
from ach_desk.scoring import Assessment


class Facts(NamedTuple):
    """One moment of a matrix: its assessment, the ratings of the analyst shown, and the analysis with the sources."""

    assessment: Assessment
    sheet: RatingSheet
    analysis: Analysis
