"""Dates as stretches of days: exact, to the month, to the year, from and to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ach_desk.model import EvidenceItem
from ach_desk.model.spans import Span, day_text, event_span, learned_span, span_of


def item(**fields: str | None) -> EvidenceItem:
    return EvidenceItem.model_validate({"id": "e1", "label": "E1", "title": "x", **fields})


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023-06-23", "2023-06-23", "2023-06-23"),
        ("2023-06", "2023-06-01", "2023-06-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023", "2023-01-01", "2023-12-31"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999-12", "9999-12-01", "9999-12-31"),
    ],
)
def test_a_date_stands_for_all_its_days(text: str, first: str, last: str) -> None:
    span = span_of(text)
    assert (day_text(span.first), day_text(span.last)) == (first, last)
    assert span.is_day == (first == last)


@given(st.dates())
def test_a_day_is_a_span_of_one(day: date) -> None:
    assert span_of(day.isoformat()) == (day.toordinal(), day.toordinal())
    assert span_of(day.isoformat()[:7]).touches(span_of(day.isoformat()))
    assert day_text(day.toordinal()) == day.isoformat()


@given(st.tuples(st.integers(0, 30), st.integers(0, 9)), st.tuples(st.integers(0, 30), st.integers(0, 9)))
def test_spans_touch_where_they_share_a_day(one: tuple[int, int], other: tuple[int, int]) -> None:
    spans = [Span(first, first + length) for first, length in (one, other)]
    days = [set(range(span.first, span.last + 1)) for span in spans]
    assert spans[0].touches(spans[1]) == bool(days[0] & days[1])


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (None, None, None),
        (None, "2023-06", None),
        ("2023-06-23", None, ("2023-06-23", "2023-06-23")),
        ("2023-06-23", "2023-06-25", ("2023-06-23", "2023-06-25")),
        ("2023-06", "2023", ("2023-06-01", "2023-12-31")),
        ("2023-06", "2023-06-10", ("2023-06-01", "2023-06-30")),
        ("2023-06-23", "2023-06-01", ("2023-06-23", "2023-06-23")),
    ],
)
def test_an_event_lasts_to_its_end(start: str | None, end: str | None, expected: tuple[str, str] | None) -> None:
    span = event_span(item(event_date=start, event_end=end))
    assert (span and (day_text(span.first), day_text(span.last))) == expected


def test_what_was_learned_has_a_date_of_its_own() -> None:
    assert learned_span(item(event_date="2023")) is None
    assert learned_span(item(learned_date="2023-06-23")) == span_of("2023-06-23")
    assert span_of("2023-06-24").first - span_of("2023-06-23").first == timedelta(days=1).days
