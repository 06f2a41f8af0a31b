"""Where on the page of the conclusion each finding leads to."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ach_desk.scoring import Finding
from ach_desk.ui.conclusion.page import ConclusionFields
from ach_desk.ui.conclusion.sheet import Sheet
from ach_desk.ui.widgets.panel import bring_into_view


def focus_place(sheet: Sheet, finding: Finding) -> None:
    """Put the keyboard into the field that a finding is about, and scroll there."""
    fields = sheet.fields
    if isinstance(fields, ConclusionFields) and fields.record is not None:
        place = _place(fields, finding)
        place.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_view(place)


def _place(fields: ConclusionFields, finding: Finding) -> QWidget:
    row = fields.likelihoods.row_of(finding.hypotheses[0]) if finding.hypotheses else None
    if finding.code == "conclusion_departs":
        return fields.departure.box
    if row is not None:
        return row.word if row.word.isVisible() else row.numbers.box
    return {
        "conclusion_no_reason": fields.no_reason.box,
        "conclusion_exclusive": fields.exclusive.choice,
        "conclusion_sum": _first_number(fields),
        "conclusion_rows_mixed": _first_number(fields),
        "conclusion_confidence": fields.confidence.choice if _says_no_level(fields) else fields.source_base.box,
        "conclusion_would_change": fields.would_change.box,
    }.get(finding.code, fields.answer.box)


def _says_no_level(fields: ConclusionFields) -> bool:
    return fields.record.confidence is None


def _first_number(fields: ConclusionFields) -> QWidget:
    rows = fields.likelihoods.rows
    return rows[0].numbers.box if rows else fields.answer.box
