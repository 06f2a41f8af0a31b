"""Points set aside and indicators in the printed report."""

from __future__ import annotations

import pytest
from helpers import needs_tool
from helpers.printing import MOMENT, Case, case, options, page_texts

from ach_desk.commands import findings, watching
from ach_desk.model import RatingValue
from ach_desk.reporting.document import print_document
from ach_desk.reporting.print_estimate import estimate_pages
from ach_desk.reporting.typesetting import pdf
from ach_desk.scoring import assess, points


@pytest.fixture(autouse=True)
def poppler() -> None:
    needs_tool("pdftotext", "pdfinfo")


@pytest.fixture
def printed() -> Case:
    return case(4, 2)


def text_of(printed: Case) -> str:
    return " ".join(" ".join(page_texts(pdf(print_document(*printed.arguments, options())))).split())


def test_a_point_set_aside_is_printed_with_its_reason_and_no_longer_among_the_findings(printed: Case) -> None:
    analysis, matrix, analyst = printed.arguments
    found = points(analysis, matrix, analyst, assess(analysis, matrix, analyst), MOMENT.date()).open
    point = next(one for one in found if one.code == "credibility_not_set")
    assert "Points set aside" not in text_of(printed)
    findings.set_aside(analysis, matrix.id, point, "Not #used here.", "Ann").apply(analysis)
    text = text_of(printed)
    assert f"Points set aside – {point.text} Not #used here." in text
    assert text.count(point.text) == 1


def test_a_point_of_the_steps_is_printed_when_it_was_set_aside_and_only_then(printed: Case) -> None:
    analysis, matrix, analyst = printed.arguments
    found = points(analysis, matrix, analyst, assess(analysis, matrix, analyst), MOMENT.date()).open
    point = next(one for one in found if one.code == "no_what_if")
    assert point.text not in text_of(printed)
    findings.set_aside(analysis, matrix.id, point, "No time.").apply(analysis)
    assert f"{point.text} No time." in text_of(printed)
    record = next(iter(analysis.findings_set_aside))
    analysis.findings_set_aside[record] = analysis.findings_set_aside[record].model_copy(update={"facts": "others"})
    assert point.text not in text_of(printed)


def test_indicators_are_printed_by_the_day_of_printing(printed: Case) -> None:
    analysis, matrix, _analyst = printed.arguments
    assert "To watch for" not in text_of(printed)
    late = watching.watch(analysis, "Fuel *convoys*", expected_by="2023-06", owner="Desk B", note="From the north.")
    late.apply(analysis)
    for hypothesis, value in zip(matrix.hypotheses, (RatingValue.CONSISTENT, RatingValue.INCONSISTENT), strict=True):
        watching.set_bearing(analysis, watching.added_id(late), hypothesis, value).apply(analysis)
    watching.watch(analysis, "Rain", expected_by="2024").apply(analysis)
    text = text_of(printed)
    assert (
        "To watch for Fuel *convoys* overdue, expected by 2023-06, Desk B "
        "If it is seen: H1 C, H2 I; tells H1 from H2 clearly From the north." in text
    )
    assert "Rain open, expected by 2024 not judged yet" in text


def test_many_of_them_are_counted_in_the_estimate_of_pages(printed: Case) -> None:
    analysis = printed.analysis
    before = estimate_pages(*printed.arguments, options())
    for number in range(200):
        watching.watch(analysis, f"Sign {number}", note="What it would mean. " * 20).apply(analysis)
    pages = len(page_texts(pdf(print_document(*printed.arguments, options()))))
    assert abs(estimate_pages(*printed.arguments, options()) - pages) <= max(pages // 10, 1) + 1
    assert pages > before + 5
