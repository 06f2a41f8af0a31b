"""A list in plain text: one item per line, without what numbers it."""

from __future__ import annotations

import pytest
from helpers.analyses import small_case
from hypothesis import given
from hypothesis import strategies as st

from ach_desk.exchange.bullets import without_bullets
from ach_desk.exchange.text_list import read_list, write_list


@pytest.mark.parametrize(
    "lines",
    [
        ["- one", "- two"],
        ["• one", "", "  • two"],
        ["1. one", "2. two"],
        ["(1) one", "(2) two"],
        ["a) one", "b) two"],
        ["– one", "* two"],
    ],
)
def test_bullets_before_every_line_are_taken_off(lines: list[str]) -> None:
    assert [line for line in without_bullets(lines) if line] == ["one", "two"]


@pytest.mark.parametrize(
    "lines", [["- one", "two"], ["- alone"], ["-5 degrees", "-7 degrees"], ["2023 a", "2024 b"], []]
)
def test_what_is_no_list_stays_as_it_is(lines: list[str]) -> None:
    assert without_bullets(lines) == lines


def test_a_list_becomes_unrated_items() -> None:
    incoming = read_list("\ufeff1. Tanks\r\n\r\n2. No  news\r\n".encode(), "list.txt")
    assert incoming.analysis is not None
    assert [item.title for item in incoming.analysis.evidence.values()] == ["Tanks", "No news"]
    assert incoming.report.changed == ("Bullets and numbers before the lines were taken off.",)
    assert read_list(b"", "list.txt").analysis is None


def test_a_text_with_columns_is_read_as_a_table() -> None:
    incoming = read_list(b"Evidence\tCoup\tBluff\nTanks\tC\tII\n", "table.txt")
    assert incoming.analysis is not None
    assert [entry.title for entry in incoming.analysis.hypotheses.values()] == ["Coup", "Bluff"]


titles = st.text(st.characters(exclude_categories=("C", "Z")) | st.just(" "), max_size=8).map(
    lambda x: " ".join(x.split())
)


@given(st.lists(titles, max_size=5))
def test_a_list_comes_back_as_it_went_out(names: list[str]) -> None:
    case = small_case(1, len(names))
    for item, name in zip(list(case.analysis.evidence.values()), names, strict=True):
        case.analysis.evidence[item.id] = item.model_copy(update={"title": name})
    outgoing = write_list(case.analysis, case.matrix, case.analyst)
    assert any("ratings" in part for part in outgoing.left_out)
    back = read_list(outgoing.data, "list.txt").analysis
    read = [item.title for item in back.evidence.values()] if back is not None else []
    assert read == [name for name in names if name]
