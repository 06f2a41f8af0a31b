"""The charts of what the order rests on on paper: when asked for, each whole and under one heading."""

from __future__ import annotations

from helpers.printing import case, options, page_texts
from helpers.tools import needs_tool

from ach_desk.model import Scenario
from ach_desk.reporting.document import estimate_pages, print_document
from ach_desk.reporting.typesetting import pdf

_HEADING = "What the order rests on"


def _text(**chosen: bool) -> str:
    needs_tool("pdftotext")
    printed = case(8, 3)
    printed.matrix.method_settings = None  # by counting the first two are level
    printed.analysis.scenarios["s"] = Scenario(
        id="s", matrix=printed.matrix.id, name="the report is forged", left_out=(printed.matrix.evidence[0],)
    )
    pages = page_texts(pdf(print_document(*printed.arguments, options(reasons=False, matrix=False, **chosen))))
    return " ".join(" ".join(pages).split())


def test_they_are_printed_only_when_asked_for() -> None:
    assert _HEADING not in _text()
    text = _text(resting=True)
    assert text.count(_HEADING) == 1
    for words in (
        "Weighted inconsistency per rated cell",
        "speaks for H",
        "Rank 1",
        "as rated",
        "the report is forged",
        "moves the balance most",
        "in front at that date",
    ):
        assert words in text
    assert "is not the probability that" in text or "No share is the probability" in text


def test_without_ratings_there_is_no_heading() -> None:
    needs_tool("pdftotext")
    printed = case(3, 2)
    printed.matrix.sheets.clear()
    job = print_document(*printed.arguments, options(reasons=False, matrix=False, resting=True))
    assert _HEADING not in " ".join(page_texts(pdf(job)))


def test_the_estimate_counts_them() -> None:
    printed = case(8, 3)
    before = estimate_pages(*printed.arguments, options(reasons=False))
    assert estimate_pages(*printed.arguments, options(reasons=False, resting=True)) > before
