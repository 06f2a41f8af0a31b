"""Pure functions: a table of ratings in, frozen results out."""

from typing import TYPE_CHECKING

from ach_desk.later import offered

if TYPE_CHECKING:
    from ach_desk.scoring.assessment import (
        STRONG_SPREAD,
        Assessment,
        against_words,
        assess,
        headline,
        standing_sentence,
    )
    from ach_desk.scoring.findings import Finding
    from ach_desk.scoring.inconsistency import (
        Standing,
        diagnosticity,
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
    "headline",
    "points",
    "points_of",
    "ranks",
    "shown_records",
    "standing",
    "standing_sentence",
    "weighted_inconsistency",
]

__getattr__ = offered(
    __name__,
    rooms=(
        "assumptions",
        "comparison",
        "dependence",
        "dependence_findings",
        "hypothesis_check",
        "marking_findings",
        "near_duplicates",
        "open_points",
        "readings",
        "resting",
        "retest",
        "remark_findings",
        "sheet_findings",
        "source_findings",
        "sources",
        "step_findings",
        "suspicion",
        "whatif",
    ),
    names={
        "assessment": ("STRONG_SPREAD", "Assessment", "against_words", "assess", "headline", "standing_sentence"),
        "findings": ("Finding",),
        "inconsistency": (
            "Standing",
            "diagnosticity",
            "points_of",
            "ranks",
            "standing",
            "weighted_inconsistency",
        ),
        "open_points": ("PointAside", "Points", "points"),
        "sheet_findings": ("all_findings",),
        "table": ("RatingTable", "build_table", "shown_records"),
    },
)
