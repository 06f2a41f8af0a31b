"""From an assessment, or from the material of what the order rests on, to a laid-out chart."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

from ach_desk.reporting.chart_material import Material
from ach_desk.reporting.chart_options import ALL_KINDS, FROM_MATERIAL, OF_RESULTS, ChartOptions
from ach_desk.reporting.charts import (
    consistency,
    disagreement,
    disagreement_words,
    heatmap,
    margin,
    margin_words,
    methods,
    methods_words,
    rank_shares,
    rank_shares_words,
    ranking,
    scenarios,
    scenarios_words,
    telling,
    timeline,
    timeline_words,
    waterfall,
    waterfall_words,
    words,
)
from ach_desk.reporting.charts.blocks import is_weighted
from ach_desk.reporting.charts.scene import Chart
from ach_desk.reporting.charts.sheet import Sheet
from ach_desk.scoring import Assessment, headline

_MOST_STRETCH = 28.0
_LAY_OUT: dict[str, Callable[[Sheet, Any, float], int]] = {
    "consistency": consistency.lay_out,
    "ranking": ranking.lay_out,
    "heatmap": heatmap.lay_out,
    "timeline": timeline.lay_out,
    "methods": methods.lay_out,
    "waterfall": waterfall.lay_out,
    "rank-shares": rank_shares.lay_out,
    "margin": margin.lay_out,
    "scenarios": scenarios.lay_out,
    "disagreement": disagreement.lay_out,
}
_WORDS: dict[str, ModuleType] = {
    "timeline": timeline_words,
    "methods": methods_words,
    "waterfall": waterfall_words,
    "rank-shares": rank_shares_words,
    "margin": margin_words,
    "scenarios": scenarios_words,
    "disagreement": disagreement_words,
}
_WITHOUT_STANDING = ("heatmap", "timeline")


def compose(kind: str, subject: Any, options: ChartOptions) -> Chart:
    """Return the chart laid out; raises ValueError for an unknown kind or palette, or a subject that is not its own."""
    check(kind, subject)
    if kind in OF_RESULTS:
        chart = words_of(kind).chart(subject, options)
        chart.scene.height = max(chart.scene.height, (options.height_px or 0) / options.scale)
        return chart
    title = title_of(kind, subject, options)
    sheet, rows = _sheet(kind, subject, options, title, 0.0)
    wanted = (options.height_px or 0) / options.scale
    if rows and wanted > sheet.scene.height:
        stretch = min((wanted - sheet.scene.height) / rows, _MOST_STRETCH)
        sheet, rows = _sheet(kind, subject, options, title, stretch)
    sheet.scene.height = max(sheet.scene.height, wanted)
    if options.hide_totals and kind not in _WITHOUT_STANDING:
        return Chart(sheet.scene, title, words.hidden_sentence(), words.hidden_sentence(), words.hidden_sentence())
    says = words_of(kind)
    caption, alt_text = says.caption(kind, subject), says.alternative_text(kind, subject)
    return Chart(sheet.scene, title, caption, alt_text, says.subject(kind, subject))


def check(kind: str, subject: Any) -> None:
    """Raise ValueError for an unknown kind, and for one that is drawn from something else."""
    is_its_own = not isinstance(subject, Assessment | Material)
    if kind in OF_RESULTS and is_its_own:
        return
    if kind not in ALL_KINDS or is_its_own or isinstance(subject, Material) != (kind in FROM_MATERIAL):
        raise ValueError(kind)


def words_of(kind: str) -> ModuleType:
    """Return the module with `caption` and `alternative_text` of a kind; of one in `OF_RESULTS` also with `chart`."""
    if kind in OF_RESULTS:
        # On use, as the first charts need none of it.
        from ach_desk.reporting.charts import tornado, trajectories

        return {"tornado": tornado, "trajectories": trajectories}[kind]
    return _WORDS.get(kind, words)


def title_of(kind: str, subject: Any, options: ChartOptions) -> str:
    """Return the finding that stands over the chart."""
    if options.hide_totals and kind not in _WITHOUT_STANDING:
        return words.hidden_title(kind)
    if kind in _WORDS:
        return _WORDS[kind].title(subject)
    return words.heat_map_title(subject) if kind == "heatmap" else headline(subject)


def _sheet(kind: str, subject: Any, options: ChartOptions, title: str, stretch: float) -> tuple[Sheet, int]:
    sheet = Sheet(options)
    sheet.head(title)
    hidden = options.hide_totals and kind not in _WITHOUT_STANDING
    if hidden:
        sheet.sentence_alone(words.hidden_sentence())
        rows = 0
    else:
        rows = _LAY_OUT[kind](sheet, subject, stretch)
    if kind not in _WORDS:
        weighted = rows > 0 and kind == "consistency" and is_weighted(subject, options)
        sheet.foot(words.footer(subject, options, weighted=weighted))
    elif kind in FROM_MATERIAL and not rows:
        sheet.foot(telling.footer(subject, options))
    else:
        sheet.foot(_WORDS[kind].footer(subject, options))
    return sheet, rows
