"""The printed matrix says which items are two readings of one, what holds only if, and what fell in a what-if."""

from __future__ import annotations

from helpers import needs_tool
from helpers.analyses import Case, small_case
from helpers.printing import options, page_texts

from ach_desk.commands import assumptions, readings
from ach_desk.model import Scenario
from ach_desk.reporting.document import print_document
from ach_desk.reporting.typesetting import pdf
from ach_desk.scoring.whatif import applied


def paper(case: Case, scenario: Scenario | None = None) -> str:
    """Return everything that is printed, in one line."""
    needs_tool("pdftotext")
    analysis = case.analysis if scenario is None else applied(case.analysis, scenario)
    matrix = analysis.matrices[0]
    pages = page_texts(pdf(print_document(analysis, matrix, case.analyst, options())))
    return " ".join(" ".join(pages).split())


def doubted() -> Case:
    case = small_case(rated=True)
    readings.duplicate_as_deceptive(case.analysis, case.e(2)).command.apply(case.analysis)
    assumptions.rest_items(case.analysis, [case.e(1)], case.e(4)).apply(case.analysis)
    return case


def test_the_pair_and_what_an_item_rests_on_stand_below_its_title() -> None:
    text = paper(doubted())
    assert "Read as true; the other reading is E5" in text
    assert "Read as deceptive; the other reading is E2" in text
    assert "the other reading counts" in text
    assert "Holds only if E4" in text


def test_what_fell_stands_there_with_its_reason() -> None:
    case = doubted()
    scenario = Scenario(id="s", matrix=case.matrix.id, name="E4 is false", assumptions_false=(case.e(4),))
    text = paper(case, scenario)
    assert "What-if: E4 is false" in text
    assert "rests on E4, which is false here" in text
    assert "taken as false" in text


def test_nothing_is_added_where_it_is_not_used() -> None:
    text = paper(small_case(rated=True))
    for word in ("reading", "Holds only if"):
        assert word not in text
