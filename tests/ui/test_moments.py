"""Moments of the analysis in words, also the first and the last there are."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from ach_desk.ui.moments import clock, day_of, moment_words


@pytest.fixture(params=["UTC", "Asia/Tokyo", "America/New_York"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2023-06-24T25:00:00Z", "x", ""])
def test_a_moment_outside_of_time_stands_as_it_is(moment: str, zone: str) -> None:
    if day_of(moment) is None:
        assert moment_words(moment) == moment
        assert clock(moment) == ""
    else:
        assert clock(moment) in moment_words(moment)


def test_a_moment_is_told_as_the_clock_on_the_wall_shows_it(zone: str) -> None:
    hours = {"UTC": "17:30", "Asia/Tokyo": "02:30", "America/New_York": "13:30"}
    assert clock("2023-06-24T17:30:00Z") == hours[zone]
