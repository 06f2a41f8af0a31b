"""Pure functions: a table of ratings in, frozen results out."""

from ach_desk.scoring.assessment import (
    STRONG_SPREAD,
    Assessment,
    against_words,
    assess,
    headline,
    standing_sentence,
)
from ach_desk.scoring.findings import Finding, findings
from ach_desk.scoring.inconsistency import (
    Standing,
    diagnosticity,
    inconsistency,
    points_of,
    ranks,
    standing,
    weighted_inconsistency,
)
from ach_desk.scoring.open_points import PointAside, Points, points
from ach_desk.scoring.sheet_findings import all_findings
from ach_desk.scoring.table import RatingTable, build_table, shown_records

__all__ = [
    "STRONG_SPREAD",
    "Assessment",
    "Finding",
    "PointAside",
    "Points",
    "RatingTable",
    "Standing",
    "against_words",
    "all_findings",
    "assess",
    "build_table",
    "diagnosticity",
    "findings",
    "headline",
    "inconsistency",
    "points",
    "points_of",
    "ranks",
    "shown_records",
    "standing",
    "standing_sentence",
    "weighted_inconsistency",
]
