"""A list in plain text: one item per line, without what numbers it."""

from __future__ import annotations

import pytest

from ach_desk.exchange.bullets import without_bullets
from ach_desk.exchange.text_list import read_list


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
