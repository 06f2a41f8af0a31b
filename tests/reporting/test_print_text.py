"""Texts for paper wrap where they must, stay whole where they can, and lose nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ach_desk.reporting.print_text import (
    SOFT_HYPHEN,
    ZERO_WIDTH_SPACE,
    Composer,
    breakable,
    shortened,
    single_line,
    unstacked,
)

WRAPS = (ZERO_WIDTH_SPACE, SOFT_HYPHEN)


@pytest.mark.parametrize("text", ["", "short words only", "US/NATO-backed", "a b c " * 50])
def test_words_that_fit_stay_as_they_are(text: str) -> None:
    assert breakable(text, 20) == text


def test_long_words_can_wrap() -> None:
    assert breakable("communication", 10) == SOFT_HYPHEN.join(["com", "muni", "cation"])
    assert breakable("Explanation", 10) == SOFT_HYPHEN.join(["Exp", "lana", "tion"])
    assert breakable("WWWWWWWWWWWWW", 10) == SOFT_HYPHEN.join(["WWWWW", "WWWWW", "WWW"])
    assert breakable("1234567890123", 10) == ZERO_WIDTH_SPACE.join(["12345", "67890", "123"])
    assert breakable("path/to/a-file.txt", 10) == ZERO_WIDTH_SPACE.join(["path/", "to/", "a-", "file.", "txt"])


@given(st.text(st.characters(exclude_characters=[*WRAPS], exclude_categories=["Cs"])), st.integers(3, 30))
def test_places_to_wrap_are_all_that_is_added(text: str, longest: int) -> None:
    wrapped = breakable(text, longest)
    for wrap in WRAPS:
        wrapped = wrapped.replace(wrap, "")
    assert wrapped == text


@pytest.mark.parametrize("cluster", ["e\u0301", "👩‍👩‍👧", "🇩🇪", "👍🏽", "क्ष"])
def test_a_cluster_is_never_parted(cluster: str) -> None:
    wrapped = breakable(cluster * 30, 5)
    pieces = wrapped.replace(SOFT_HYPHEN, ZERO_WIDTH_SPACE).split(ZERO_WIDTH_SPACE)
    assert all(piece.replace(cluster, "") == "" for piece in pieces)


def test_shortened_ends_at_a_word() -> None:
    assert shortened("one two three", 13) == "one two three"
    assert shortened("one two three", 10) == "one two…"
    assert shortened("x" * 30, 10) == "x" * 9 + "…"
    assert len(shortened("e\u0301" * 30, 10)) <= 10
    assert not shortened("e\u0301" * 30, 10).endswith("e…")


@given(st.text(), st.integers(2, 40))
def test_shortened_is_short(text: str, most: int) -> None:
    assert len(shortened(text, most)) <= most


def test_single_line_keeps_controls_to_be_shown() -> None:
    assert single_line("a\r\n b\tc \x07d") == "a b c \x07d"


def test_composer_marks_direction_and_splits_paragraphs() -> None:
    composer = Composer(lambda text: text.replace("\x07", "␇"))
    assert composer.line("bell \x07") == "bell ␇"
    assert composer.line("شكرا abc") == {"text": "شكرا abc", "rtl": True}
    assert composer.line("abc شكرا") == "abc شكرا"
    assert composer.line("one two three", most=10) == "one two…"
    assert composer.paragraphs("one\n\ntwo\r\n \nشكرا") == ["one", "two", {"text": "شكرا", "rtl": True}]
    assert composer.paragraphs("") == []


def test_towers_of_marks_are_laid_side_by_side() -> None:
    assert unstacked("e" + "\u0301" * 4) == "e" + "\u0301" * 4
    assert unstacked("z" + "\u0301" * 9) == "z" + ("\u0301" * 4 + "\u25cc") * 2 + "\u0301"
    assert unstacked("שָׁלוֹם") == "שָׁלוֹם"
    assert unstacked("plain") == "plain"
