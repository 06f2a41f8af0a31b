"""The numbers behind each chart as rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ach_desk.i18n import _
from ach_desk.reporting.charts import (
    disagreement_words,
    margin_words,
    methods_words,
    rank_shares_words,
    scenarios_words,
    tornado,
    trajectories,
    waterfall_words,
)
from ach_desk.reporting.charts.blocks import AGAINST, EXPECTED
from ach_desk.reporting.charts.table import Table, Value
from ach_desk.reporting.charts.timeline_words import when
from ach_desk.scoring import Assessment
from ach_desk.scoring.table import VALUES


def consistency_table(assessment: Assessment) -> Table:
    """Return a row per block: a counted item under a hypothesis, its rating, its weight and its side."""
    head = (_("Hypothesis"), _("Title"), _("Item"), _("Title of the item"), _("Rating"), _("Weight"), _("Side"))
    sides = {**dict.fromkeys(AGAINST, _("against")), **dict.fromkeys(EXPECTED, _("expected"))}
    rows: list[tuple[Value, ...]] = []
    for column in assessment.ranked_order():
        hypothesis, label = assessment.hypotheses[column], assessment.label_of(column)
        for row, item in enumerate(assessment.items):
            if item.is_counted:
                value = VALUES[assessment.table.codes[row, column]]
                side, weight = sides.get(value, ""), float(assessment.table.weights[row])
                rows.append((label, hypothesis.title, item.label, item.title, value or "", weight, side))
    return Table(head, tuple(rows))


def ranking_table(assessment: Assessment) -> Table:
    """Return a row per hypothesis: its rank, empty where it is not compared, and its two scores."""
    head = (_("Hypothesis"), _("Title"), _("Rank"), _("Weighted inconsistency"), _("Inconsistency"))
    standing, comparable = assessment.standing, assessment.comparable
    rows = [
        (
            assessment.label_of(column),
            assessment.hypotheses[column].title,
            int(standing.rank[column]) if comparable[column] else None,
            float(standing.weighted_inconsistency[column]),
            float(standing.inconsistency[column]),
        )
        for column in assessment.ranked_order()
    ]
    return Table(head, tuple(rows))


def heatmap_table(assessment: Assessment) -> Table:
    """Return a row per item: whether it is counted, its rating under each hypothesis, and its diagnosticity."""
    columns = assessment.rated_columns()
    labels = [assessment.label_of(column) for column in columns]
    head = (_("Item"), _("Title"), _("Counted"), *labels, _("Diagnosticity"))
    rows = [
        (
            item.label,
            item.title,
            _("yes") if item.is_counted else _("no"),
            *(VALUES[assessment.table.codes[row, column]] or "" for column in columns),
            _number(assessment.standing.diagnosticity[row]),
        )
        for row, item in enumerate(assessment.items)
    ]
    return Table(head, tuple(rows))


def timeline_table(assessment: Assessment) -> Table:
    """Return a row per item: when it happened and when it was learned, as written; empty where that is not known."""
    head = (_("Item"), _("Title"), _("Happened"), _("Learned"))
    rows = [(item.label, item.title, when(item, "event"), when(item, "learned")) for item in assessment.items]
    return Table(head, tuple(rows))


TABLES: dict[str, Callable[[Any], Table]] = {
    "consistency": consistency_table,
    "ranking": ranking_table,
    "heatmap": heatmap_table,
    "timeline": timeline_table,
    "methods": methods_words.table,
    "waterfall": waterfall_words.table,
    "rank-shares": rank_shares_words.table,
    "margin": margin_words.table,
    "scenarios": scenarios_words.table,
    "disagreement": disagreement_words.table,
    "tornado": tornado.table,
    "trajectories": trajectories.table,
}
"""Kind of chart -> what returns the numbers behind it."""


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
