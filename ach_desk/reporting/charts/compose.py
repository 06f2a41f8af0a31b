"""From an assessment to a laid-out chart."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

from ach_desk.reporting.chart_options import ChartOptions
from ach_desk.reporting.charts import consistency, heatmap, ranking, timeline, timeline_words, words
from ach_desk.reporting.charts.blocks import is_weighted
from ach_desk.reporting.charts.scene import Chart
from ach_desk.reporting.charts.sheet import Sheet
from ach_desk.scoring import Assessment, headline

_MOST_STRETCH = 28.0
_LAY_OUT: dict[str, Callable[[Sheet, Assessment, float], int]] = {
    "consistency": consistency.lay_out,
    "ranking": ranking.lay_out,
    "heatmap": heatmap.lay_out,
    "timeline": timeline.lay_out,
}
_OF_RESULTS = ("tornado", "trajectories")
"""Charts of what was worked out beyond the assessment; each takes a subject of its own."""
_WITHOUT_STANDING = ("heatmap", "timeline")


def compose(kind: str, assessment: Assessment | Any, options: ChartOptions) -> Chart:
    """Return the chart laid out; raises ValueError for an unknown kind or palette."""
    if kind in _OF_RESULTS:
        return _of_results(kind)(assessment, options)
    if kind not in _LAY_OUT:
        raise ValueError(kind)
    title = title_of(kind, assessment, options)
    sheet, rows = _sheet(kind, assessment, options, title, 0.0)
    wanted = (options.height_px or 0) / options.scale
    if rows and wanted > sheet.scene.height:
        stretch = min((wanted - sheet.scene.height) / rows, _MOST_STRETCH)
        sheet, rows = _sheet(kind, assessment, options, title, stretch)
    sheet.scene.height = max(sheet.scene.height, wanted)
    if options.hide_totals and kind not in _WITHOUT_STANDING:
        return Chart(sheet.scene, title, words.hidden_sentence(), words.hidden_sentence(), words.hidden_sentence())
    says = words_of(kind)
    caption, alt_text = says.caption(kind, assessment), says.alternative_text(kind, assessment)
    return Chart(sheet.scene, title, caption, alt_text, says.subject(kind, assessment))


def _of_results(kind: str) -> Callable[[Any, ChartOptions], Chart]:
    """Return what lays out a chart in `_OF_RESULTS`; imported on use, as the first charts need none of it."""
    from ach_desk.reporting.charts import tornado, trajectories

    return {"tornado": tornado.chart, "trajectories": trajectories.chart}[kind]


def words_of(kind: str) -> ModuleType:
    """Return the module with `caption`, `subject` and `alternative_text` for charts of that kind."""
    return timeline_words if kind == "timeline" else words


def title_of(kind: str, assessment: Assessment, options: ChartOptions) -> str:
    """Return the finding that stands over the chart."""
    if kind == "timeline":
        return timeline_words.title(assessment)
    if kind == "heatmap":
        return words.heat_map_title(assessment)
    return words.hidden_title(kind) if options.hide_totals else headline(assessment)


def _sheet(kind: str, assessment: Assessment, options: ChartOptions, title: str, stretch: float) -> tuple[Sheet, int]:
    sheet = Sheet(options)
    sheet.head(title)
    if options.hide_totals and kind not in _WITHOUT_STANDING:
        sheet.sentence_alone(words.hidden_sentence())
        rows, weighted = 0, False
    else:
        rows = _LAY_OUT[kind](sheet, assessment, stretch)
        weighted = rows > 0 and kind == "consistency" and is_weighted(assessment, options)
    if kind == "timeline":
        sheet.foot(timeline_words.footer(assessment, options))
    else:
        sheet.foot(words.footer(assessment, options, weighted=weighted))
    return sheet, rows
