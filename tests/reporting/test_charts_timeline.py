"""The timeline: where marks lie, which are drawn as what, many items counted, its axis and its words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest
from helpers.assessments import assessment_of
from hypothesis import given
from hypothesis import strategies as st

from ach_desk.model import EvidenceItem, Rating, new_analysis
from ach_desk.model.spans import Span, closely_known, span_of
from ach_desk.reporting import charts
from ach_desk.reporting.chart_options import HitBox, Picture, TimeAxis
from ach_desk.reporting.charts import ChartOptions, draw
from ach_desk.reporting.charts.compose import compose
from ach_desk.reporting.charts.timescale import bins, lanes, ticks, whole_period, within_time
from ach_desk.reporting.palette import PALETTES
from ach_desk.scoring import Assessment, assess

FOUR = [
    {"event_date": "2023-06-10", "learned_date": "2023-06-12"},
    {"event_date": "2023-06-20", "event_end": "2023-06-22", "learned_date": "2023-06-24"},
    {"event_date": "2023-06", "event_words": "mid-June", "learned_date": "2023-06"},
    {"learned_date": "2023-06-30"},
]


def case(items: list[dict[str, Any]], symbols: Callable[[int], str] = lambda _item: "C") -> Assessment:
    """Return items with two hypotheses; the first rated as `symbols` says, the second C."""
    analysis = new_analysis("What happened?")
    matrix, analyst = analysis.matrices[0], next(iter(analysis.analysts))
    base = assessment_of(["One", "Other"], [], lambda _item, _hypothesis: "")
    analysis.hypotheses = {entry.id: entry for entry in base.hypotheses}
    matrix.hypotheses = list(analysis.hypotheses)
    for number, fields in enumerate(items):
        record = EvidenceItem.model_validate(
            {"id": f"e{number}", "label": f"E{number + 1}", "title": f"Title {number + 1}", **fields}
        )
        analysis.evidence[record.id] = record
        matrix.evidence.append(record.id)
        for column, symbol in enumerate((symbols(number), "C")):
            matrix.set_rating(analyst, record.id, f"h{column}", Rating(symbol))  # pyright: ignore[reportArgumentType]
    return assess(analysis, matrix, analyst)


def axis_of(picture: Picture) -> TimeAxis:
    assert picture.axis is not None
    return picture.axis


def on_track(picture: Picture, track: str) -> dict[str, HitBox]:
    top, bottom = next((top, bottom) for name, top, bottom in axis_of(picture).tracks if name == track)
    return {hit.evidence_id: hit for hit in picture.hits if hit.evidence_id and top <= hit.y <= bottom}


def day(text: str) -> int:
    return span_of(text).first


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_marks_lie_at_their_days(scale: float) -> None:
    options = ChartOptions(width_px=round(1000 * scale), scale=scale, period=(day("2023-06-01"), day("2023-07-01")))
    picture = draw("timeline", case(FOUR), options)
    axis = axis_of(picture)
    assert (axis.left, axis.right) == (16 * scale, 984 * scale)
    assert axis.place_of(axis.start) == axis.left
    assert axis.day_at(axis.right) == pytest.approx(axis.end)
    event, learned = on_track(picture, "event"), on_track(picture, "learned")
    assert list(event) == ["e2", "e0", "e1"]  # from left to right
    assert list(learned) == ["e2", "e0", "e1", "e3"]
    noon = axis.place_of(day("2023-06-10") + 0.5)
    assert event["e0"].x == pytest.approx(noon - 6.5 * scale)
    assert event["e1"].x == pytest.approx(axis.place_of(day("2023-06-20")) - 2 * scale)
    whole_month = event["e2"]
    assert whole_month.x == pytest.approx(axis.left - 2 * scale)
    assert whole_month.x + whole_month.width == pytest.approx(axis.right + 2 * scale)


def test_a_bar_is_as_long_as_its_days_and_a_day_is_a_square() -> None:
    options = ChartOptions(width_px=1000, period=(day("2023-06-01"), day("2023-07-01")), tracks=("event",))
    scene = compose("timeline", case(FOUR), options).scene
    sizes = sorted(
        (round(width, 2), round(height, 2))
        for style, boxes in scene.boxes.items()
        if style.layer == 1
        for _x, _y, width, height in boxes
    )
    a_day = 968 / 30
    assert sizes[0] == (9.0, 9.0)
    assert [width for width, _height in sizes[1:]] == [round(3 * a_day, 2), 968.0]


def test_long_bars_stand_below_the_days() -> None:
    picture = draw("timeline", case(FOUR), ChartOptions(width_px=1000, tracks=("event",)))
    event = on_track(picture, "event")
    assert event["e0"].y == event["e1"].y < event["e2"].y


def test_looks_dark_for_what_tells_apart_hollow_for_what_is_set_aside() -> None:
    items = [{"event_date": f"2023-06-1{number}"} for number in range(3)]
    items[2]["status"] = "set aside"
    assessment = case(items, lambda item: "II" if item != 1 else "C")
    palette = PALETTES["light"]

    def fills(**more: Any) -> list[str]:
        picture = draw("timeline", assessment, ChartOptions(width_px=900, **more))
        found = on_track(picture, "event")
        return [pixel(picture, found[f"e{number}"]) for number in range(3)]

    assert fills() == [palette.text, palette.bar.fill, palette.base]
    assert fills(hide_totals=True) == [palette.bar.fill, palette.bar.fill, palette.base]


def pixel(picture: Picture, hit: HitBox) -> str:
    start = (int(hit.y + hit.height / 2 - 1) * picture.width + int(hit.x + 6)) * 4
    return "#" + picture.rgba[start : start + 3].hex()


def test_what_lies_beyond_the_period_is_counted() -> None:
    options = ChartOptions(width_px=900, period=(day("2023-06-15"), day("2023-06-25")))
    texts = [run.text for run in compose("timeline", case(FOUR), options).scene.texts]
    assert "1 earlier" in texts
    assert "1 earlier · 1 later" in texts
    nothing = ChartOptions(width_px=900, period=(day("1999-01-01"), day("1999-02-01")))
    assert "Nothing in this period." in [run.text for run in compose("timeline", case(FOUR), nothing).scene.texts]


def test_many_items_are_counted_instead_of_drawn() -> None:
    items = [{"event_date": date.fromordinal(day("2022-01-01") + number % 500).isoformat()} for number in range(3000)]
    picture = draw("timeline", case(items), ChartOptions(width_px=900))
    assert {hit.evidence_id for hit in picture.hits} == {None}
    counted = [int(hit.text.split()[0]) for hit in picture.hits]
    assert sum(counted) == 3000
    few = draw("timeline", case(items), ChartOptions(width_px=900, period=(day("2022-01-01"), day("2022-01-03"))))
    assert len([hit for hit in few.hits if hit.evidence_id]) == 12


def test_items_without_any_date_get_a_kind_sentence() -> None:
    for items, said in (([], "There is no evidence yet."), ([{}], "No item has a date yet.")):
        picture = draw("timeline", case(items), ChartOptions())
        scene = compose("timeline", case(items), ChartOptions()).scene
        assert (picture.hits, picture.axis) == ((), None)
        assert said in " ".join(run.text for run in scene.texts)


def test_the_words_say_when_and_name_what_has_no_date() -> None:
    assessment = case(FOUR)
    found = charts.caption("timeline", assessment)
    finding = "3 of 4 items happened between 2023-06-01 and 2023-06-30."
    assert found == f"When the items happened and when they were learned: {finding}"
    picture = draw("timeline", assessment, ChartOptions())
    assert picture.caption == found
    assert picture.subject.count(".") == 1
    for sentence in ("E1: 2023-06-10.", "E2: 2023-06-20 to 2023-06-22.", "E3: mid-June.", "1 item without a date: E4."):
        assert sentence in picture.alt_text
    texts = {hit.text for hit in picture.hits}
    assert "E3 Title 3\nHappened: mid-June" in texts
    assert "E4 Title 4\nLearned: 2023-06-30" in texts


def test_a_year_alone_does_not_stretch_the_period_nor_the_title() -> None:
    items = [{"event_date": "2023"}, {"event_date": "2023-06-10"}, {"event_date": "2023-06-12"}]
    picture = draw("timeline", case(items), ChartOptions(width_px=900))
    axis = axis_of(picture)
    assert day("2023-06-09") <= axis.start < axis.end <= day("2023-06-14")
    assert axis.is_whole
    assert "2 of 3 items happened between 2023-06-10 and 2023-06-12." in picture.caption
    assert "e0" in on_track(picture, "event")


def test_marking_is_on_the_picture_and_the_head_can_be_left_out() -> None:
    options = ChartOptions(marking="RESTRICTED", notice="Exercise.", date="2023-06-30")
    texts = [run.text for run in compose("timeline", case(FOUR), options).scene.texts]
    assert texts.count("RESTRICTED") == 2
    assert "Exercise." in texts
    bare = ChartOptions(marking="RESTRICTED", notice="Exercise.", head=False)
    texts = [run.text for run in compose("timeline", case(FOUR), bare).scene.texts]
    assert texts.count("RESTRICTED") == 2
    assert "Exercise." not in texts


# The scale of time


@given(st.lists(st.tuples(st.floats(0, 500), st.floats(0, 80)), max_size=60), st.floats(0, 10))
def test_no_two_marks_of_a_lane_meet_and_every_lane_is_needed(pairs: list[tuple[float, float]], gap: float) -> None:
    extents = [(left, left + length) for left, length in pairs]
    placed = lanes(extents, gap)
    assert len(placed) == len(extents)
    for number, (left, right) in enumerate(extents):
        for other in range(number):
            if placed[other] == placed[number]:
                assert extents[other][1] + gap <= left or right + gap <= extents[other][0]
        for lane in range(placed[number]):  # something that begins earlier is in the way on each lane above
            assert any(
                placed[other] == lane and extents[other][0] <= left < extents[other][1] + gap
                for other in range(len(extents))
            )


@given(
    st.lists(st.integers(1, 4000), min_size=1, max_size=200),
    st.integers(1, 4000),
    st.integers(1, 4000),
    st.integers(3, 200),
)
def test_bins_count_every_day_once(days: list[int], start: int, length: int, most: int) -> None:
    seen = [entry for entry in days if entry < start + length]
    strong = np.array([entry % 3 == 0 for entry in seen], bool)
    found = bins(np.array(seen, np.int64), strong, float(start), float(start + length), most)
    assert sum(one.number for one in found) == len(seen)
    assert sum(one.strong for one in found) == int(strong.sum())
    for one in found:
        inside = [entry for entry in seen if one.first <= max(entry, start) <= one.last]
        assert one.number == len(inside)
    assert len(found) <= most + 2


@given(st.floats(1, 3_000_000), st.floats(1, 1_000_000), st.integers(1, 30))
def test_ticks_are_in_order_inside_the_period_and_not_too_many(start: float, length: float, most: int) -> None:
    start, end = within_time(start, start + length)
    found = ticks(start, end, most)
    numbers = [tick.day for tick in found]
    assert numbers == sorted(set(numbers))
    assert all(start <= number <= end for number in numbers)
    assert len(found) <= 1.2 * most + 3
    assert all(date.fromordinal(tick.day).isoformat().startswith(tick.text) for tick in found)


@pytest.mark.parametrize(
    ("first", "last", "most", "expected"),
    [
        ("2023-06-01", "2023-06-04", 5, ["2023-06-01", "2023-06-02", "2023-06-03", "2023-06-04"]),
        ("2023-01-15", "2023-06-15", 8, ["2023-02", "2023-03", "2023-04", "2023-05", "2023-06"]),
        ("2019-06-01", "2023-06-01", 5, ["2020", "2021", "2022", "2023"]),
    ],
)
def test_ticks_stand_at_days_months_or_years(first: str, last: str, most: int, expected: list[str]) -> None:
    assert [tick.text for tick in ticks(day(first), day(last), most)] == expected


@given(st.floats(-1e7, 1e7), st.floats(-100, 1e7))
def test_a_period_stays_within_the_days_there_are(start: float, length: float) -> None:
    first, last = within_time(start, start + length)
    assert 1 <= first < last <= date.max.toordinal()
    assert last - first >= 1 - 1e-6


def test_the_whole_period_goes_by_what_is_known_closely() -> None:
    year, month, single = span_of("2020"), span_of("2023-06"), span_of("2023-06-23")
    assert closely_known([year, month, single]) == [month, single]
    assert closely_known([year]) == [year]
    start, end = whole_period([year, month])
    assert start == pytest.approx(month.first - 1.2)
    assert end == pytest.approx(month.last + 1 + 1.2)
    assert whole_period([single]) == (single.first - 0.5, single.first + 1.5)
    assert whole_period([Span(1, 1)])[0] == 1
