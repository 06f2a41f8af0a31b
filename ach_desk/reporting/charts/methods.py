"""The methods comparison: the standing of each hypothesis by each way of adding up the same ratings."""

from __future__ import annotations

from ach_desk.i18n import _
from ach_desk.reporting.chart_material import Material
from ach_desk.reporting.charts import methods_words as says
from ach_desk.reporting.charts.sheet import Sheet
from ach_desk.reporting.charts.strips import Strips
from ach_desk.reporting.charts.telling import empty_sentence, name_of


def lay_out(sheet: Sheet, found: Material, stretch: float) -> int:
    """Put the chart on the sheet, each row `stretch` higher than need be; return the number of rows."""
    if says.is_empty(found):
        sheet.sentence_alone(empty_sentence(found))
        return 0
    columns = range(len(found.assessment.hypotheses))
    labels = {column: name_of(found, column) for column in columns}
    ids = {column: found.assessment.hypotheses[column].id for column in columns}
    strips = Strips(sheet, says.strips(found), labels, ids)
    return strips.put(_("least contradicted, or most probable"), _("most contradicted, or least probable"), stretch)
