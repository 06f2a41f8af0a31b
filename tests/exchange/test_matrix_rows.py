"""Rows of cells that are a matrix with headings, and rows that are not."""

from __future__ import annotations

import pytest

from ach_desk.exchange.matrix_rows import read_matrix_rows, with_headings
from ach_desk.model import RatingValue


def test_the_heading_evidence_makes_a_matrix_in_any_column_and_below_blank_rows() -> None:
    rows = [["", ""], ["A coup", " evidence "], ["C", "Tanks"]]
    assert with_headings(rows) == rows
    read = read_matrix_rows(rows)
    assert read.hypotheses == ((1, "A coup"),)
    assert [(item.row, item.title, item.values) for item in read.items] == [(3, "Tanks", [RatingValue.CONSISTENT])]


def test_a_blank_corner_over_ratings_is_the_heading_evidence() -> None:
    rows = [["", "A coup", "Bluff"], ["Tanks", "++", ""], ["Silence", "'-", "x"]]
    assert with_headings(rows) == [["Evidence", "A coup", "Bluff"], *rows[1:]]


def test_signs_are_ratings_only_beside_signs_that_can_be_nothing_else() -> None:
    head = ["Evidence", "A coup", "Bluff", "Note"]
    signs = read_matrix_rows([head, ["Tanks", "+", "-", ""], ["Silence", "0", "\u2212", "--"]])
    assert [item.values for item in signs.items] == [
        [RatingValue.CONSISTENT, RatingValue.INCONSISTENT],
        [RatingValue.NEUTRAL, RatingValue.INCONSISTENT],
    ]
    assert not signs.problems
    letters = read_matrix_rows([head, ["Tanks", "C", "-", "++"], ["Silence", "0", "I", ""]])
    assert [item.values for item in letters.items] == [
        [RatingValue.CONSISTENT, None],
        [None, RatingValue.INCONSISTENT],
    ]
    assert [(problem.row, problem.column) for problem in letters.problems] == [(2, 3), (3, 2)]


def test_cells_that_may_say_nothing_do_not_hide_a_blank_corner() -> None:
    rows = [["", "A coup", "Bluff"], ["Tanks", "C", "-"], ["Silence", "-", "0"]]
    assert with_headings(rows) == [["Evidence", "A coup", "Bluff"], *rows[1:]]
    assert with_headings([rows[0], ["Tanks", "-", "0"]]) is None


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [[""]],
        [["Evidence"], ["Tanks"]],
        [["Tanks", "seen at dawn"], ["Silence", ""]],
        [["", "C"], ["N", "C"]],
        [["", "C", "x"], ["N", "C", ""]],
        [["", "A coup"]],
        [["", "A coup"], ["Tanks", "a sentence"]],
        [["Item", "A coup"], ["Tanks", "C"]],
    ],
)
def test_other_rows_are_none(rows: list[list[str]]) -> None:
    assert with_headings(rows) is None
