"""Dates in words: what they are understood as, and that nothing is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ach_desk.model.dates import (
    Span,
    event_fields,
    first_day,
    in_words,
    last_day,
    one_date,
    understood,
)
from ach_desk.model.spans import words_of

UNDERSTOOD = [
    ("2023-06-10", "2023-06-10", None),
    ("2023-06", "2023-06", None),
    ("2023", "2023", None),
    ("2023-06-10..2023-06-24", "2023-06-10", "2023-06-24"),
    ("2023-06-10 – 2023-06-24", "2023-06-10", "2023-06-24"),
    ("23 June 2023", "2023-06-23", None),
    ("Saturday, June 24th, 2023", "2023-06-24", None),
    ("10th of June 2023", "2023-06-10", None),
    ("24 June 2023, 17:30 UTC", "2023-06-24", None),
    ("24.06.2023 um 17:30 Uhr", "2023-06-24", None),
    ("23.6.2023", "2023-06-23", None),
    ("Juni 2023", "2023-06", None),
    ("1. Mai 2023", "2023-05-01", None),
    ("März 2022", "2022-03", None),
    ("mid-June 2023", "2023-06-11", "2023-06-20"),
    ("early June 2023", "2023-06-01", "2023-06-10"),
    ("Ende Juni 2023", "2023-06-21", "2023-06-30"),
    ("late February 2024", "2024-02-21", "2024-02-29"),
    ("first half of June 2023", "2023-06-01", "2023-06-15"),
    ("zweite Hälfte Juni 2023", "2023-06-16", "2023-06-30"),
    ("early 2022", "2022-01", "2022-04"),
    ("Mitte 2022", "2022-05", "2022-08"),
    ("Q2 2023", "2023-04", "2023-06"),
    ("2. Quartal 2023", "2023-04", "2023-06"),
    ("23-24 June 2023", "2023-06-23", "2023-06-24"),
    ("June 23–24, 2023", "2023-06-23", "2023-06-24"),
    ("23.-24.6.2023", "2023-06-23", "2023-06-24"),
    ("23./24. Juni 2023", "2023-06-23", "2023-06-24"),
    ("between 10 and 12 June 2023", "2023-06-10", "2023-06-12"),
    ("zwischen dem 10. und dem 12. Juni 2023", "2023-06-10", "2023-06-12"),
    ("vom 10. bis zum 12. Juni 2023", "2023-06-10", "2023-06-12"),
    ("28 May to 3 June 2023", "2023-05-28", "2023-06-03"),
    ("28 December - 3 January 2023", "2022-12-28", "2023-01-03"),
    ("June to August 2023", "2023-06", "2023-08"),
    ("from early to mid-June 2023", "2023-06-01", "2023-06-20"),
    ("2021-2023", "2021", "2023"),
    ("summer 2021", "2021-06", "2021-08"),
    ("Sommer 2021", "2021-06", "2021-08"),
    ("winter 2021/22", "2021-12", "2022-02"),
    ("spring to autumn 2021", "2021-03", "2021-11"),
    ("about 2020", "2019", "2021"),
    ("um den 10. Juni 2023", "2023-06-07", "2023-06-13"),
    ("ca. Juni 2023", "2023-05", "2023-07"),
    ("the 1990s", "1990", "1999"),
    ("1990er Jahre", "1990", "1999"),
]
NOT_UNDERSTOOD = [
    *("", "soon", "June", "23 June", "12", "31 June 2023", "2023-02-30", "29 February 2023", "10/06/2023", "2023/06"),
    *("2023-06-24..2023-06-10", "May 2023 or June 2023", "before June 2023", "summer 23 June 2021", "June July 2023"),
    *("2023 2024", "third half of 2022", "0000", "about 9999", "Q5 2023", "x" * 5_000, "1" * 5_000, "-" * 5_000),
]

partial = st.one_of(
    st.integers(1, 9999).map("{:04}".format),
    st.dates().map(lambda day: day.isoformat()[:7]),
    st.dates().map(lambda day: day.isoformat()),
)


@pytest.mark.parametrize(("words", "start", "end"), UNDERSTOOD)
def test_what_people_write_is_understood(words: str, start: str, end: str | None) -> None:
    assert understood(words) == Span(start, end)
    assert understood(f"  {words.upper()} ") == Span(start, end)


@pytest.mark.parametrize("words", NOT_UNDERSTOOD)
def test_nothing_is_guessed(words: str) -> None:
    assert understood(words) is None


@given(st.text(max_size=40))
def test_any_text_is_either_understood_or_not(words: str) -> None:
    found = understood(words)
    assert found is None or first_day(found.start) <= last_day(found.end or found.start)


@given(partial, partial)
def test_days_are_understood_as_what_they_say(one: str, other: str) -> None:
    start, end = sorted((one, other), key=lambda day: (first_day(day), last_day(day)))
    found = understood(words_of(start, end, ""))
    if found is not None:
        assert (first_day(found.start), last_day(found.end or found.start)) == (first_day(start), last_day(end))
    else:
        assert last_day(end) < first_day(start)
    assert one_date(one) == one


@given(partial)
def test_what_was_understood_is_said_in_words_that_are_understood(day: str) -> None:
    assert understood(in_words(day)) == Span(day)


def test_a_stretch_is_said_without_repeating() -> None:
    assert in_words("2023-06-11", "2023-06-20") == "11 to 20 June 2023"
    assert in_words("2023-05-28", "2023-06-03") == "28 May to 3 June 2023"
    assert in_words("2023-06", "2023-08") == "June to August 2023"
    assert in_words("2022-12-28", "2023-01-03") == "28 December 2022 to 3 January 2023"
    assert in_words("2019", "2021") == "2019 to 2021"
    assert in_words("2023-06-23") == "23 June 2023"


def test_words_are_kept_where_they_say_more_than_the_days() -> None:
    assert event_fields(" 2023-06-10 ") == {"event_date": "2023-06-10", "event_end": None, "event_words": ""}
    assert event_fields("mid-June 2023") == {
        "event_date": "2023-06-11",
        "event_end": "2023-06-20",
        "event_words": "mid-June 2023",
    }
    assert event_fields("soon") == {"event_date": None, "event_end": None, "event_words": "soon"}
    assert event_fields("  ") == {"event_date": None, "event_end": None, "event_words": ""}


def test_the_days_of_a_month_are_known() -> None:
    assert (first_day("2024-02"), last_day("2024-02")) == ("2024-02-01", "2024-02-29")
    assert (first_day("2023"), last_day("2023")) == ("2023-01-01", "2023-12-31")
    assert (first_day("2023-06-23"), last_day("2023-06-23")) == ("2023-06-23", "2023-06-23")
