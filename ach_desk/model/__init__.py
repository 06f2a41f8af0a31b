"""The analysis and its parts: pydantic and plain Python, no files, no window."""

from ach_desk.model.analysis import Analysis, Matrix, Numbers, RatingSheet, new_analysis
from ach_desk.model.ids import Id, new_id
from ach_desk.model.rating import Rating
from ach_desk.model.records import Analyst, Citation, EvidenceItem, Hypothesis, Record, Source, checked, replace
from ach_desk.model.values import EvidenceKind, EvidenceStatus, HypothesisStatus, Level, RatingValue, now

__all__ = [
    "Analysis",
    "Analyst",
    "Citation",
    "EvidenceItem",
    "EvidenceKind",
    "EvidenceStatus",
    "Hypothesis",
    "HypothesisStatus",
    "Id",
    "Level",
    "Matrix",
    "Numbers",
    "Rating",
    "RatingSheet",
    "RatingValue",
    "Record",
    "Source",
    "checked",
    "new_analysis",
    "new_id",
    "now",
    "replace",
]
