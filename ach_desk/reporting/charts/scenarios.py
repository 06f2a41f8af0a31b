"""The scenario comparison: the standing as rated and under each what-if that was saved, on one scale."""

from __future__ import annotations

from ach_desk.i18n import _
from ach_desk.reporting.chart_material import Material
from ach_desk.reporting.charts import scenarios_words as says
from ach_desk.reporting.charts.sheet import Sheet
from ach_desk.reporting.charts.strips import Strips
from ach_desk.reporting.charts.telling import name_of


def lay_out(sheet: Sheet, found: Material, stretch: float) -> int:
    """Put the chart on the sheet, each row `stretch` higher than need be; return the number of rows."""
    if says.is_empty(found):
        sheet.sentence_alone(says.empty_sentence(found))
        return 0
    columns = range(len(found.assessment.hypotheses))
    labels = {column: name_of(found, column) for column in columns}
    ids = {column: found.assessment.hypotheses[column].id for column in columns}
    return Strips(sheet, says.strips(found), labels, ids).put(_("less speaks against it"), _("more"), stretch)
