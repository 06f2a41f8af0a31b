"""Headings over sub-hypotheses are drawn nowhere as if they were rated; forms that stand alone say of what."""

from __future__ import annotations

import json

import pytest
from helpers import needs_tool
from helpers.analyses import Case, small_case
from helpers.printing import options, page_texts

from ach_desk.app.cli_score import score_json, score_text
from ach_desk.commands import edits
from ach_desk.commands import hypotheses as kin
from ach_desk.reporting import charts
from ach_desk.reporting.chart_options import ChartOptions
from ach_desk.reporting.charts.words import alternative_text, caption
from ach_desk.reporting.document import print_document
from ach_desk.reporting.typesetting import pdf
from ach_desk.scoring import Assessment, assess


@pytest.fixture
def case() -> Case:
    """H1 is a heading over H3 and H4 with ratings of its own from before; H5 joins H2 and H3."""
    case = small_case(4, 4, rated=True)
    cell = (case.e(1), case.h(1))
    edits.annotate(case.matrix, case.analyst, [cell], rationale="the reason of a heading").apply(case.analysis)
    kin.set_parent(case.analysis, [case.h(3), case.h(4)], case.h(1)).apply(case.analysis)
    kin.combine(case.analysis, case.matrix, [case.h(2), case.h(3)]).apply(case.analysis)
    return case


def _assessed(case: Case) -> Assessment:
    return assess(case.analysis, case.matrix, case.analyst)


@pytest.mark.parametrize("kind", ["consistency", "ranking", "heatmap"])
def test_no_part_of_a_chart_stands_for_a_heading(case: Case, kind: str) -> None:
    picture = charts.draw(kind, _assessed(case), ChartOptions(width_px=900))
    assert case.h(3) in {box.hypothesis_id for box in picture.hits}
    assert case.h(1) not in {box.hypothesis_id for box in picture.hits}
    assert kind == "ranking" or any("H1 › H3" in box.text for box in picture.hits)


def test_the_words_of_a_chart_count_and_name_what_is_rated(case: Case) -> None:
    assert "each of 4 hypotheses" in caption("consistency", _assessed(case))
    text = alternative_text("heatmap", _assessed(case))
    assert "E1: H2 " in text
    assert "H1 › H3 " in text


def test_the_printed_matrix_leaves_headings_out_and_names_forms(case: Case) -> None:
    needs_tool("pdftotext")
    printed = options(reasons=True)
    text = "\n".join(page_texts(pdf(print_document(case.analysis, case.matrix, case.analyst, printed))))
    words = " ".join(text.split())
    assert "H1 › H3" in words
    assert "a form of H1 Explanation 1" in words
    assert "the reason of a heading" not in words


def test_the_command_line_keeps_its_shape_and_ranks_no_heading(case: Case) -> None:
    assessment, analyst = _assessed(case), case.analysis.analysts[case.analyst]
    found = json.loads(score_json(case.analysis, assessment, case.matrix, analyst))
    ranks = {entry["label"]: entry["rank"] for entry in found["hypotheses"]}
    assert list(ranks) == ["H1", "H2", "H3", "H4", "H5"]
    assert ranks["H1"] is None
    assert ranks["H3"] is not None
    lines = score_text(case.analysis, assessment, case.matrix, analyst)
    assert any(line.endswith("H1 › H3 Explanation 3") for line in lines)
    assert not any(line.endswith("H1 Explanation 1") for line in lines)
