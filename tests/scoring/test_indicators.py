"""Indicators: when one is overdue, and what its sighting would tell, in words and as a number."""

from __future__ import annotations

from datetime import date

import pytest
from helpers.analyses import Case, small_case

from ach_desk.commands import watching
from ach_desk.model import Bearing, Indicator, IndicatorState, RatingValue
from ach_desk.scoring import assess
from ach_desk.scoring.indicators import (
    is_overdue,
    last_day,
    overdue,
    rated_under,
    separation_words,
    state_words,
    watch_order,
)

TODAY = date(2023, 7, 31)
CC, C, _CS, N, _IS, INC, II, NA = RatingValue


def bearings(*values: RatingValue | None) -> tuple[Bearing, ...]:
    return tuple(Bearing(hypothesis=f"h{n}", value=value) for n, value in enumerate(values, 1) if value is not None)


def words(case: Case, *values: RatingValue | None) -> str:
    ids = [case.h(number) for number in range(1, len(values) + 1)]
    found = tuple(Bearing(hypothesis=h, value=value) for h, value in zip(ids, values, strict=True) if value is not None)
    shown = rated_under(assess(case.analysis, case.matrix, case.analyst))
    return separation_words(Indicator(id="i", text="seen", bearings=found), shown)


@pytest.mark.parametrize(
    ("period", "day"),
    [
        ("2023", date(2023, 12, 31)),
        ("2023-07", date(2023, 7, 31)),
        ("2024-02", date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 28)),
        ("2023-06-24", date(2023, 6, 24)),
        ("9999", date(9999, 12, 31)),
    ],
)
def test_a_month_or_year_lasts_to_its_last_day(period: str, day: date) -> None:
    assert last_day(period) == day


def test_overdue_begins_the_day_after_and_ends_with_an_answer() -> None:
    indicator = Indicator(id="i", text="seen", expected_by="2023-07")
    assert not is_overdue(indicator, date(2023, 7, 31))
    assert is_overdue(indicator, date(2023, 8, 1))
    for state in (IndicatorState.OBSERVED, IndicatorState.NOT_OBSERVED):
        assert not is_overdue(indicator.model_copy(update={"state": state}), date(2023, 8, 1))
    assert not is_overdue(Indicator(id="i", text="seen"), date(9999, 1, 1))


def test_the_overdue_come_first_the_longest_overdue_before_the_others() -> None:
    case = small_case()
    wanted = [("late", "2023-06"), ("none", None), ("later", "2024"), ("long late", "2022"), ("seen", "2021")]
    for text, by in wanted:
        watching.watch(case.analysis, text, expected_by=by).apply(case.analysis)
    seen = next(entry.id for entry in case.analysis.indicators.values() if entry.text == "seen")
    watching.not_observed(case.analysis, seen, "2022").apply(case.analysis)
    order = [entry.text for entry in watch_order(case.analysis, TODAY)]
    assert order == ["long late", "late", "later", "none", "seen"]
    assert [entry.text for entry in overdue(case.analysis, TODAY)] == ["long late", "late"]


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ((CC, II, N), "tells H1 from H2 strongly; says nothing about H3"),
        ((CC, II, NA), "tells H1 from H2 strongly; says nothing about H3"),
        ((C, INC, INC), "tells H1 from H2 and H3 clearly"),
        ((C, N, N), "tells H1 from H2 and H3 weakly"),
        ((CC, C, II), "tells H1 from H3 strongly, from H2 weakly"),
        ((CC, CC, INC), "tells H1 and H2 from H3 strongly"),
        ((C, C, C), "does not tell H1, H2 and H3 apart"),
        ((N, N, None), "does not tell H1 and H2 apart; not judged under H3"),
        ((C, INC, None), "tells H1 from H2 clearly; not judged under H3"),
        ((C, None, None), "not judged yet"),
        ((C, NA, NA), "not judged yet"),
        ((None, None, None), "not judged yet"),
    ],
)
def test_what_a_sighting_tells_in_words(values: tuple[RatingValue | None, ...], text: str) -> None:
    assert words(small_case(), *values) == text


def test_the_state_in_words() -> None:
    one = Indicator(id="i", text="seen", expected_by="2023-06")
    assert state_words(one, TODAY) == "overdue, expected by 2023-06"
    assert state_words(one, date(2023, 1, 1)) == "open, expected by 2023-06"
    seen = one.model_copy(update={"state": IndicatorState.OBSERVED, "state_date": "2023-06-24"})
    assert state_words(seen, TODAY) == "observed, 2023-06-24"
    assert state_words(Indicator(id="i", text="seen", state=IndicatorState.NOT_OBSERVED), TODAY) == "not observed"
