"""What rests on what, and the two readings of an item: rings end, nothing is named twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ach_desk.model import EvidenceItem, Reading
from ach_desk.model.readings import pairs, twin_of
from ach_desk.model.resting import carried, falling, in_rings, supports

_LINKS = st.lists(st.lists(st.integers(0, 7), max_size=3), min_size=1, max_size=7)


def items_resting(links: list[list[int]]) -> dict[str, EvidenceItem]:
    """Return items e0, e1 ...; the numbers in `links` say what each rests on, of which some may not exist."""
    made = (
        EvidenceItem(id=f"e{place}", label=f"E{place}", title="t", rests_on=[f"e{other}" for other in found])
        for place, found in enumerate(links)
    )
    return {item.id: item for item in made}


def test_what_rests_on_something_that_falls_falls_too_and_names_what_brought_it_down() -> None:
    items = items_resting([[], [0], [1], [2, 0], []])
    assert falling(items, ["e0"]) == {"e1": "e0", "e3": "e0", "e2": "e1"}
    assert falling(items, ["e1", "gone"]) == {"e2": "e1", "e3": "e2"}
    assert falling(items, []) == falling(items, ["gone"]) == {}
    assert list(supports(items, "e3")) == ["e2", "e0", "e1"]


def test_no_item_can_rest_on_itself_or_on_what_rests_on_it() -> None:
    items = items_resting([[], [0], [1], []])
    assert carried(items, "e0") == {"e0", "e1", "e2"}
    assert carried(items, "e2") == {"e2"}


def test_a_ring_from_a_file_ends_and_is_found() -> None:
    items = items_resting([[1], [2], [0], [0], []])
    assert falling(items, ["e1"]) == {"e0": "e1", "e2": "e0", "e3": "e0"}
    assert in_rings(items) == [["e0", "e1", "e2"]]
    assert in_rings(items_resting([[0]])) == [["e0"]]


def test_rings_beside_each_other_are_all_found_and_a_way_closed_many_times_is_one() -> None:
    assert in_rings(items_resting([[1], [2, 0], [3], [2]])) == [["e2", "e3"], ["e0", "e1"]]
    assert in_rings(items_resting([[1], [2], [1, 0, 1, 0]])) == [["e1", "e2"]]
    length = 2_000
    way = [[place + 1] for place in range(length - 1)]
    assert [len(ring) for ring in in_rings(items_resting([*way, [0] * length]))] == [length]
    everything = [list(range(300))] * 300
    assert sum(map(len, in_rings(items_resting(everything)))) <= 300


@given(_LINKS)
def test_falling_never_misses_and_never_adds(links: list[list[int]]) -> None:
    items = items_resting(links)
    for false in items:
        expected = {entry for entry in items if false in set(supports(items, entry))} - {false}
        found = falling(items, [false])
        assert found.keys() == expected
        assert all(why == false or why in found for why in found.values())


@given(_LINKS)
def test_a_ring_is_found_exactly_where_there_is_one(links: list[list[int]]) -> None:
    items = items_resting(links)
    found = in_rings(items)
    for ring in found:
        assert all(after in items[before].rests_on for before, after in zip(ring, [*ring[1:], ring[0]], strict=True))
    on_itself = {
        entry
        for entry, item in items.items()
        if any(other == entry or (other in items and entry in supports(items, other)) for other in item.rests_on)
    }
    assert bool(found) == bool(on_itself)


@given(_LINKS)
def test_links_that_are_asked_for_one_by_one_never_make_a_ring(links: list[list[int]]) -> None:
    items = items_resting([[] for _entry in links])
    for place, others in enumerate(links):
        for other in (f"e{number}" for number in others):
            item = items[f"e{place}"]
            if other in items and other not in carried(items, item.id):
                items[item.id] = item.model_copy(update={"rests_on": (*item.rests_on, other)})
    assert in_rings(items) == []


def a_reading(number: int, twin: int | None, reading: Reading | None = None) -> EvidenceItem:
    other = f"e{twin}" if twin is not None else None
    return EvidenceItem(id=f"e{number}", label=f"E{number}", title="t", twin=other, reading=reading)


def test_a_pair_is_found_once_with_the_reading_as_true_first() -> None:
    items = [
        a_reading(1, 2, Reading.DECEPTIVE),
        a_reading(2, 1, Reading.TRUE),
        a_reading(3, 4),
        a_reading(4, 3),
        a_reading(5, 1),
        a_reading(6, 6),
        a_reading(7, 9),
    ]
    assert [(one.id, other.id) for one, other in pairs(items)] == [("e2", "e1"), ("e3", "e4")]
    known = {item.id: item for item in items}
    assert [twin_of(known, item) is None for item in items] == [False, False, False, False, True, True, True]
