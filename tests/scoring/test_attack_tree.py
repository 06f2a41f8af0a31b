"""Headings in rings and thousands of levels, as only a damaged or hostile file has them."""

from __future__ import annotations

import time

import pytest

from ach_desk.model import Analysis, EvidenceItem, Hypothesis, Matrix
from ach_desk.model.integrity import problems
from ach_desk.model.tree import own_ancestors
from ach_desk.reporting.charts import ChartOptions, save
from ach_desk.scoring import Assessment, assess


def analysis_of(parents: dict[str, str | None]) -> Analysis:
    """Return an analysis with one item and these hypotheses, id -> parent."""
    hypotheses = {key: Hypothesis(id=key, label=key, title=key, parent=parent) for key, parent in parents.items()}
    matrix = Matrix(id="m", hypotheses=list(hypotheses), evidence=["e1"])
    items = {"e1": EvidenceItem(id="e1", label="E1", title="Item")}
    return Analysis(id="a", hypotheses=hypotheses, evidence=items, matrices=[matrix])


def assessed(parents: dict[str, str | None]) -> Assessment:
    analysis = analysis_of(parents)
    return assess(analysis, analysis.matrices[0], "")


RINGS: list[dict[str, str | None]] = [
    {"h1": "h1"},
    {"h1": "h2", "h2": "h1"},
    {"h1": "h3", "h2": "h1", "h3": "h2", "h4": "h1"},
]


@pytest.mark.parametrize("parents", RINGS)
def test_the_best_form_is_looked_for_in_a_ring_once(parents: dict[str, str | None]) -> None:
    assessment = assessed(parents)
    for column in range(len(parents)):
        assert assessment.best_child(column) is None  # nothing is rated
        assert assessment.label_of(column)


def test_only_what_stands_in_a_ring_is_a_form_of_itself() -> None:
    tree = {"h1": "h3", "h2": "h1", "h3": "h2", "h4": "h1", "h5": None, "h6": "h5", "h7": "h7", "h8": "gone"}
    assert own_ancestors(analysis_of(tree).hypotheses) == {"h1", "h2", "h3", "h7"}


@pytest.mark.parametrize("kind", ["consistency", "ranking", "heatmap"])
def test_a_chart_without_a_hypothesis_to_rate_says_so(kind: str) -> None:
    assert b"Rate an item" in save(kind, assessed(RINGS[1]), ChartOptions(), "svg") or kind != "heatmap"


def test_ten_thousand_levels_are_read_in_no_time_and_named_in_part() -> None:
    parents: dict[str, str | None] = {f"h{number}": f"h{number + 1}" for number in range(10_000)}
    analysis = analysis_of({**parents, "h10000": None})
    begun = time.monotonic()
    assert problems(analysis) == []
    assessment = assess(analysis, analysis.matrices[0], "")
    assert assessment.best_child(10_000) is None
    assert len(assessment.label_of(0)) < 2_000
    assert time.monotonic() - begun < 5
