"""Where things stand and where keys lead: the parts of the matrix that know no Qt."""

from __future__ import annotations

import pytest
from helpers.sessions import hypothesis, item, small_analysis, small_session
from hypothesis import given
from hypothesis import strategies as st

from ach_desk.commands import edits
from ach_desk.ui.matrix import movement
from ach_desk.ui.matrix.axes import EVIDENCE, HYPOTHESIS, Axes, drop_position, runs, shown_ids, steps_between
from ach_desk.ui.matrix.editing import following
from ach_desk.ui.session import Session

IDS = st.lists(st.sampled_from("abcdefgh"), unique=True)


@given(IDS, IDS)
def test_the_steps_lead_from_one_order_to_the_other(old: list[str], new: list[str]) -> None:
    present = list(old)
    for how, first, last, ids in steps_between(old, new):
        if how == "remove":
            del present[first : last + 1]
        elif how == "order":
            assert sorted(ids) == sorted(present)
            present = list(ids)
        else:
            assert len(ids) == last - first + 1
            present[first:first] = ids
    assert present == new


def test_equal_orders_need_no_step() -> None:
    assert list(steps_between("abc", "abc")) == []


def test_runs_join_neighbours() -> None:
    assert runs([1, 2, 3, 5, 7, 8]) == [(1, 3), (5, 5), (7, 8)]
    assert runs([]) == []


def test_combinations_stand_after_single_explanations() -> None:
    session = small_session(1, 3)
    first, second, third = (hypothesis(session, number).id for number in (1, 2, 3))
    session.execute(edits.set_field(session.analysis, HYPOTHESIS, [first], "combines", (second, third)))
    assert shown_ids(session.assessment)[HYPOTHESIS] == [second, third, first]


def test_a_record_listed_twice_is_shown_once() -> None:
    analysis = small_analysis(2, 2)
    analysis.matrices[0].evidence.append(analysis.matrices[0].evidence[0])
    assert len(shown_ids(Session(analysis).assessment)[EVIDENCE]) == 2


def test_a_cell_is_the_same_pair_of_ids_in_both_orientations() -> None:
    axes = Axes()
    axes.ids = {EVIDENCE: ["e1", "e2"], HYPOTHESIS: ["h1", "h2", "h3"]}
    assert (axes.shape, axes.cell(1, 2), axes.place("e2", "h3")) == ((2, 3), ("e2", "h3"), (1, 2))
    axes.transposed = True
    assert (axes.shape, axes.cell(2, 1), axes.place("e2", "h3")) == ((3, 2), ("e2", "h3"), (2, 1))
    assert axes.place("gone", "h1") is None


@pytest.mark.parametrize(
    ("peers", "moving", "to", "expected"),
    [
        ("abcd", "a", 2, 2),
        ("abcd", "a", 4, 4),
        ("abcd", "d", 0, 0),
        ("abcd", "bc", 4, 4),
        ("ac", "a", 2, 3),  # b and d are of the other kind: after c
        ("ac", "c", 0, 0),
    ],
)
def test_a_drop_goes_before_the_peer_that_follows(peers: str, moving: str, to: int, expected: int) -> None:
    assert drop_position(list("abcd"), list(peers), set(moving), to) == expected


FILLED = {(0, 0), (0, 1), (0, 4)}


@pytest.mark.parametrize(
    ("key", "ctrl", "place", "goal"),
    [
        ("right", True, (0, 0), (0, 1)),
        ("right", True, (0, 1), (0, 4)),
        ("right", True, (0, 4), (0, 5)),
        ("left", True, (0, 5), (0, 4)),
        ("left", True, (0, 2), (0, 1)),
        ("down", True, (0, 0), (2, 0)),
        ("up", True, (2, 0), (0, 0)),
        ("page_down", False, (0, 3), (2, 3)),
        ("page_up", False, (1, 3), (0, 3)),
        ("next", False, (0, 5), (1, 0)),
        ("previous", False, (0, 0), (0, 0)),
        ("next", False, (2, 5), (2, 5)),
    ],
)
def test_keys_lead_where_a_spreadsheet_leads(
    key: movement.Key, ctrl: bool, place: movement.Place, goal: movement.Place
) -> None:
    found = movement.target(key, place, (3, 6), ctrl=ctrl, page=10, is_filled=FILLED.__contains__)
    assert found == goal


@pytest.mark.parametrize(
    ("cells", "by_item", "goal"),
    [
        ([(0, 0)], True, (0, 2)),  # hypothesis 1 is rejected and passed over
        ([(0, 3)], True, (2, 0)),  # item 1 is set aside and passed over
        ([(0, 0)], False, (2, 0)),
        ([(4, 0)], False, (0, 2)),
        ([(2, 0), (2, 2)], True, (2, 3)),
        ([(0, 2), (2, 2)], True, (4, 2)),
        ([(0, 0), (0, 2)], False, (0, 3)),
        ([(4, 3)], True, None),
        ([(4, 3)], False, None),
    ],
)
def test_rating_moves_over_what_counts(cells: list[tuple[int, int]], by_item: bool, goal: object) -> None:
    assert following(cells, [0, 2, 4], [0, 2, 3], by_item=by_item) == goal


def test_the_shown_order_is_the_order_of_the_matrix() -> None:
    session = small_session(3, 1)
    session.execute(edits.move(session.matrix, EVIDENCE, [item(session, 3).id], 0))
    assert shown_ids(session.assessment)[EVIDENCE] == session.matrix.evidence
