"""The sources on paper: a list of them once one is graded, and in each item's line how they bear it out."""

from __future__ import annotations

import json
from typing import Any

from helpers import needs_tool
from helpers.printing import Case, case, options, page_texts

from ach_desk.model import Citation, GradingScheme, InformationCredibility, Reliability, Source, Stance
from ach_desk.reporting.document import estimate_pages, print_document
from ach_desk.reporting.typesetting import page_count, pdf


def cited(printed: Case, number: int, source: Source, **how: Any) -> None:
    """Let the item at `number` (from 0) cite a source."""
    printed.analysis.sources[source.id] = source
    item = printed.analysis.evidence[printed.matrix.evidence[number]]
    citation = Citation(source=source.id, **how)
    printed.change_item(number, citations=(*item.citations, citation))


def printed_words(printed: Case) -> str:
    """Return the text of the pages, with single blanks."""
    needs_tool("pdftotext")
    return " ".join(" ".join(page_texts(pdf(print_document(*printed.arguments, options())))).split())


def test_a_graded_source_brings_the_list_with_grades_and_reasons() -> None:
    printed = case(3, 2)
    reuters = Source(
        id="s1",
        label="S1",
        name="Reuters",
        kind="agency",
        reliability=Reliability.B,
        access="a reporter in Rostov",
        retracted=True,
        retracted_reason="a wrong date",
    )
    cited(printed, 0, reuters, credibility=InformationCredibility.PROBABLE)
    cited(printed, 1, Source(id="s2", label="S2", name="A blog"), stance=Stance.CONFLICTING)
    printed.analysis.sources["s3"] = Source(id="s3", label="S3", name="Nobody cites this", reliability=Reliability.A)
    text = printed_words(printed)
    assert "S1 Reuters, agency B – Usually reliable, retracted" in text
    assert "Access: a reporter in Rostov" in text
    assert "Retracted: a wrong date" in text
    assert "S2 A blog not graded" in text
    assert "Nobody cites this" not in text
    assert "Sources: S1 Reuters (B2)" in text
    assert "Sources: S2 A blog (says otherwise)" in text


def test_without_grades_and_marks_there_is_no_list() -> None:
    printed = case(3, 2)
    cited(printed, 0, Source(id="s1", label="S1", name="Reuters", evaluation=None))
    data = json.loads(print_document(*printed.arguments, options()).data)
    assert data["sources"] == []
    assert [entry["sources"] for entry in data["reasons"]] == [["S1 Reuters"]]


def test_grades_of_the_scheme_that_is_not_used_are_not_printed() -> None:
    printed = case(3, 2)
    cited(printed, 0, Source(id="s1", label="S1", name="Reuters", reliability=Reliability.B))
    printed.analysis.grading = GradingScheme.UK_3X5X2
    assert json.loads(print_document(*printed.arguments, options()).data)["sources"] == []


def test_the_number_of_pages_told_beforehand_counts_the_list() -> None:
    printed = case(4, 3)
    for number in range(150):
        source = Source(
            id=f"s{number}",
            label=f"S{number}",
            name=f"A newspaper {number}",
            reliability=Reliability.C,
            access="a" * 90,
        )
        cited(printed, number % 4, source)
    pages = page_count(print_document(*printed.arguments, options()))
    assert pages > 6
    assert abs(estimate_pages(*printed.arguments, options()) - pages) <= 1
