"""Two trails of one analysis become one: by union, each entry once."""

from __future__ import annotations

from helpers.analyses import small_case
from hypothesis import given
from hypothesis import strategies as st

from ach_desk.commands import edits, trail
from ach_desk.model import RatingValue
from ach_desk.model.trail import TrailEntry, union

_ENTRIES = st.builds(
    lambda number, second: TrailEntry(f"entry-{number}", f"2023-06-24T17:30:{second:02}Z", "a", "do", "set", []),
    st.integers(0, 40),
    st.integers(0, 3),
)
_TRAILS = st.lists(_ENTRIES, max_size=12, unique_by=lambda entry: entry.id).map(
    lambda entries: sorted(entries, key=lambda entry: entry.time)
)


@given(_TRAILS, _TRAILS)
def test_each_entry_is_there_once_in_the_order_of_time(first: list[TrailEntry], second: list[TrailEntry]) -> None:
    both = union(first, second)
    assert {entry.id for entry in both} == {entry.id for entry in (*first, *second)}
    assert len(both) == len({entry.id for entry in both})
    assert [entry.time for entry in both] == sorted(entry.time for entry in both)


@given(_TRAILS, _TRAILS)
def test_a_trail_united_with_itself_or_twice_with_another_stays(
    first: list[TrailEntry], second: list[TrailEntry]
) -> None:
    assert union(first, first) == first
    both = union(first, second)
    assert union(both, second) == both


def test_two_people_who_went_on_from_one_file_have_all_entries_of_both() -> None:
    case = small_case(2, 2)
    one, other = case.analysis.snapshot(), case.analysis.snapshot()
    for copy, row, value in ((one, 1, RatingValue.CONSISTENT), (other, 2, RatingValue.INCONSISTENT)):
        cells = [(case.e(row), case.h(1))]
        trail.run(copy, edits.rate(copy, copy.matrices[0], case.analyst, cells, value), "do", case.analyst)
    both = union(one.trail, other.trail)
    assert len(both) == 2
    assert {entry.id for entry in both} == {one.trail[0].id, other.trail[0].id}
