"""What-ifs are edited like everything else, and no edit of one touches a rating."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from helpers.analyses import Case, do_undo_redo, small_case
from hypothesis import given, settings
from hypothesis import strategies as st

from ach_desk.commands import Command, edits, scenarios
from ach_desk.model import Level, RatingValue, Scenario
from ach_desk.scoring import assess
from ach_desk.scoring.whatif import applied, assess_under, gone

WEAK, II, C = RatingValue.INCONSISTENT, RatingValue.VERY_INCONSISTENT, RatingValue.CONSISTENT


def with_scenario(case: Case, name: str = "S1 was lying", **fields: object) -> Scenario:
    command = scenarios.add(case.analysis, case.matrix, name, **fields)
    command.apply(case.analysis)
    return case.analysis.scenarios[scenarios.added_id(command)]


def now_of(case: Case, scenario: Scenario) -> Scenario:
    return case.analysis.scenarios[scenario.id]


def test_a_what_if_is_made_duplicated_and_deleted() -> None:
    case = small_case(rated=True)
    do_undo_redo(case.analysis, scenarios.add(case.analysis, case.matrix, "S1 was lying"), lambda: None)
    (scenario,) = scenarios.of_matrix(case.analysis, case.matrix.id)
    do_undo_redo(case.analysis, scenarios.duplicate(case.analysis, scenario, "Copy"), lambda: None)
    assert [entry.name for entry in case.analysis.scenarios.values()] == ["S1 was lying", "Copy"]
    do_undo_redo(case.analysis, scenarios.remove(case.analysis, scenario), lambda: None)
    assert [entry.name for entry in case.analysis.scenarios.values()] == ["Copy"]


def test_a_value_in_place_of_a_rating_goes_with_del_and_with_the_own_value() -> None:
    case = small_case(rated=True)
    scenario, cell = with_scenario(case), (case.e(1), case.h(1))
    own = case.value(1, 1)
    other = WEAK if own is not WEAK else C

    def put(value: RatingValue | None) -> tuple[RatingValue | None, ...]:
        present = now_of(case, scenario)
        command = scenarios.rate(present, case.matrix, case.analyst, [(cell, value)], "")
        if not command.is_no_op:
            do_undo_redo(case.analysis, command, lambda: None)
        return tuple(override.value for override in now_of(case, scenario).overrides)

    assert put(other) == (other,)
    assert put(None) == ()
    assert put(other) == (other,)
    assert put(own) == ()
    assert put(None) == ()
    assert case.value(1, 1) is own


def test_every_way_to_rate_and_to_set_aside_is_diverted() -> None:
    case = small_case(rated=True)
    analysis, cell = case.analysis, (case.e(1), case.h(1))
    scenario, before = with_scenario(case), case.matrix.copy_of()
    other = II if case.value(1, 1) is not II else C
    tries: list[Callable[[], Command]] = [
        lambda: edits.rate(analysis, case.matrix, case.analyst, [cell], other),
        lambda: edits.rate_range(analysis, case.matrix, case.analyst, [cell], (C, II)),
        lambda: edits.set_aside(analysis, [case.e(2)], "a reason"),
        lambda: edits.take_back(analysis, [case.e(2)]),
    ]
    for build in tries:
        scenarios.diverted(build(), analysis, now_of(case, scenario)).apply(analysis)
        assert case.matrix == before
        assert case.item(2).is_counted
    assert now_of(case, scenario).left_out == (case.e(2),)
    assert [override.value for override in now_of(case, scenario).overrides] != []


def test_reasons_and_titles_edit_the_analysis_as_ever() -> None:
    case = small_case(rated=True)
    scenario, cell = with_scenario(case), (case.e(1), case.h(1))
    for command in (
        edits.annotate(case.matrix, case.analyst, [cell], rationale="because", confidence=Level.LOW),
        edits.set_field(case.analysis, "evidence", [case.e(1)], "title", "Other words"),
    ):
        assert scenarios.diverted(command, case.analysis, scenario) is command


def test_a_what_if_works_on_without_what_was_deleted_and_says_so() -> None:
    case = small_case(rated=True)
    add, source = edits.add_source(case.analysis, "Somebody", [case.e(3)])
    add.apply(case.analysis)
    scenario = with_scenario(case, left_out=(case.e(1),), distrusted=(source,))
    rate = scenarios.rate(scenario, case.matrix, case.analyst, [((case.e(2), case.h(2)), None)], "")
    assert rate.is_no_op
    other = II if case.value(2, 2) is not II else C
    scenarios.rate(scenario, case.matrix, case.analyst, [((case.e(2), case.h(2)), other)], "").apply(case.analysis)
    assert gone(case.analysis, now_of(case, scenario)) == []
    for kind, entry in (("evidence", case.e(1)), ("source", source), ("hypothesis", case.h(2))):
        edits.remove(case.analysis, kind, [entry]).apply(case.analysis)
    assert len(gone(case.analysis, now_of(case, scenario))) == 3
    assessment = assess_under(case.analysis, case.matrix, case.analyst, now_of(case, scenario))
    assert assessment.table.counted.all()


VALUES = st.sampled_from([None, *RatingValue])
CELLS = st.tuples(st.integers(1, 4), st.integers(1, 3))
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("rate"), CELLS, VALUES),
        st.tuples(st.just("edits.rate"), CELLS, VALUES),
        st.tuples(st.just("leave_out"), st.integers(1, 4), st.booleans()),
        st.tuples(st.just("distrust"), st.booleans(), st.none()),
    ),
    max_size=12,
)


@pytest.fixture(scope="module")
def case() -> Case:
    """Return a rated analysis with one source."""
    case = small_case(rated=True)
    add, _source = edits.add_source(case.analysis, "Somebody", [case.e(3), case.e(4)])
    add.apply(case.analysis)
    return case


@settings(max_examples=60, deadline=None)
@given(steps=STEPS)
def test_nothing_done_to_a_what_if_changes_a_rating(case: Case, steps: list[tuple[str, object, object]]) -> None:
    analysis, before = case.analysis, case.matrix.copy_of()
    plain = assess(analysis, case.matrix, case.analyst)
    scenario = with_scenario(case, "anything")
    (source,) = analysis.sources
    done = []
    for what, where, value in steps:
        present = now_of(case, scenario)
        if what in ("rate", "edits.rate"):
            cell = (case.e(where[0]), case.h(where[1]))
            if what == "rate":
                command = scenarios.rate(present, case.matrix, case.analyst, [(cell, value)], "")
            else:
                plain_edit = edits.rate(analysis, case.matrix, case.analyst, [cell], value)
                command = scenarios.diverted(plain_edit, analysis, present)
        elif what == "leave_out":
            build = scenarios.leave_out if value else scenarios.count
            command = build(analysis, present, [case.e(where)])
        else:
            command = scenarios.distrust(analysis, present, source, on=bool(where))
        command.apply(analysis)
        done.append(command)
        under = assess_under(analysis, case.matrix, case.analyst, now_of(case, scenario))
        copy = applied(analysis, now_of(case, scenario))
        in_copy = assess(copy, copy.matrices[0], case.analyst)
        assert (under.standing.rank == in_copy.standing.rank).all()
        assert (under.standing.weighted_inconsistency == in_copy.standing.weighted_inconsistency).all()
        assert under.items == in_copy.items
        assert case.matrix == before
    for command in reversed(done):
        command.revert(analysis)
    assert now_of(case, scenario) == scenario
    scenarios.remove(analysis, scenario).apply(analysis)
    again = assess(analysis, case.matrix, case.analyst)
    assert (again.table.codes == plain.table.codes).all()
    assert case.matrix == before


def test_a_what_if_named_after_an_item_follows_new_numbers() -> None:
    case = small_case(rated=True)
    scenario = with_scenario(case, "E2 was misread", note="See E1.")
    edits.move(case.matrix, "evidence", [case.e(2)], 0).apply(case.analysis)
    edits.renumber(case.analysis, case.matrix).apply(case.analysis)
    renamed = now_of(case, scenario)
    assert (renamed.name, renamed.note) == ("E1 was misread", "See E2.")
