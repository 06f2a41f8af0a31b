"""The note on the printed page about items that depend on each other, read back from the PDF."""

from __future__ import annotations

from helpers import needs_tool
from helpers.printing import Case, case, options, page_texts

from ach_desk.commands import groups
from ach_desk.model import Rating, RatingValue
from ach_desk.model.values import Dependence, GroupCause
from ach_desk.reporting.document import estimate_pages, print_document
from ach_desk.reporting.typesetting import pdf

AGAINST, FITS = RatingValue.INCONSISTENT, RatingValue.CONSISTENT


def _printed(case: Case) -> str:
    needs_tool("pdftotext")
    pages = page_texts(pdf(print_document(*case.arguments, options(chart=False, reasons=False))))
    return " ".join("\n".join(pages).split())


def _case() -> Case:
    """H2 leads by one: two items speak against H1, one against H2."""
    printed = case(4, 2)
    for number, values in enumerate(((AGAINST, FITS), (AGAINST, FITS), (FITS, AGAINST), (FITS, FITS)), 1):
        for column, value in enumerate(values, 1):
            printed.matrix.set_rating(printed.analyst, f"e{number}", f"h{column}", Rating(value))
    return printed


def test_without_a_group_the_page_says_nothing_of_dependence() -> None:
    assert "depend on each other" not in _printed(_case()).replace("Do they depend on each other?", "")


def test_the_page_names_the_groups_and_what_they_change() -> None:
    printed = _case()
    groups.make(printed.analysis, ["e1", "e2"], "A פרטי wire report", cause=GroupCause.CAUSE).apply(printed.analysis)
    groups.make(printed.analysis, ["e3", "e4"], "Apart", strength=Dependence.INDEPENDENT).apply(printed.analysis)
    text = _printed(printed)
    assert "Items that depend on each other" in text
    assert "E1 and E2; shared cause, fully redundant: 2 items count as 1." in text
    assert "The scores count every item in full; with these items counted as dependent, H1 draws level with H2." in text
    assert "E1 and E2 have a cause in common; counted once, H1 draws level with H2." in text
    assert "Apart" not in text
    assert "−2" in text, "the score itself stays as published"


def test_a_group_with_one_counted_item_is_not_named() -> None:
    printed = _case()
    groups.make(printed.analysis, ["e1", "e2"], "Wire report").apply(printed.analysis)
    printed.change_item(1, status="set aside", status_reason="repeats E1")
    assert "Wire report" not in _printed(printed)


def test_many_groups_are_reckoned_with_in_the_number_of_pages() -> None:
    printed = case(400, 3)
    before = estimate_pages(*printed.arguments, options(reasons=False, chart=False))
    for number in range(1, 400, 2):
        name = f"Report of the day number {number} and what was said of it"
        groups.make(printed.analysis, [f"e{number}", f"e{number + 1}"], name).apply(printed.analysis)
    assert estimate_pages(*printed.arguments, options(reasons=False, chart=False)) > before
