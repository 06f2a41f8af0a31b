"""Dependence groups are edited like everything else, and an item is in one of them at most."""

from __future__ import annotations

from helpers.analyses import Case, do_undo_redo, small_case

from ach_desk.commands import Command, edits, groups, restoring, trail
from ach_desk.commands.trail_words import TrailWords, rows_of
from ach_desk.model.values import Dependence, GroupCause


def _made(case: Case, *numbers: int, name: str = "Same report") -> str:
    groups.make(case.analysis, [case.e(number) for number in numbers], name).apply(case.analysis)
    return list(case.analysis.groups)[-1]


def _members(case: Case) -> dict[str, list[str]]:
    known = case.analysis.evidence
    return {group.name: [known[entry].label for entry in group.items] for group in case.analysis.groups.values()}


def test_a_group_is_made_and_dissolved_in_one_step_each() -> None:
    case = small_case(rated=True)
    items = [case.e(1), case.e(3)]
    command = groups.make(case.analysis, items, "Same report", strength=Dependence.WEAK, cause=GroupCause.CAUSE)
    assert command.text == "Group E1 and E3 as dependent"
    do_undo_redo(case.analysis, command, lambda: None)
    (group,) = case.analysis.groups.values()
    assert (group.items, group.strength, group.cause) == (tuple(items), Dependence.WEAK, GroupCause.CAUSE)
    command = groups.dissolve(case.analysis, [group.id])
    assert command.text == "Dissolve the group “Same report”"
    do_undo_redo(case.analysis, command, lambda: None)
    assert not case.analysis.groups


def test_an_item_moves_from_one_group_to_the_other() -> None:
    case = small_case(items=6)
    _made(case, 1, 2, 3, name="first")
    do_undo_redo(case.analysis, groups.make(case.analysis, [case.e(3), case.e(4)], "second"), lambda: None)
    assert _members(case) == {"first": ["E1", "E2"], "second": ["E3", "E4"]}
    second = list(case.analysis.groups)[1]
    command = groups.put_in(case.analysis, second, [case.e(4), case.e(5)])
    assert command.text == "Put E5 into the group “second”"
    do_undo_redo(case.analysis, command, lambda: None)
    assert _members(case)["second"] == ["E3", "E4", "E5"]
    assert groups.put_in(case.analysis, second, [case.e(5)]).is_no_op


def test_a_group_that_keeps_one_item_goes_in_the_same_step() -> None:
    case = small_case(items=6)
    _made(case, 1, 2, name="first")
    _made(case, 3, 4, 5, name="second")
    second = list(case.analysis.groups)[1]
    do_undo_redo(case.analysis, groups.put_in(case.analysis, second, [case.e(1)]), lambda: None)
    assert _members(case) == {"second": ["E3", "E4", "E5", "E1"]}
    do_undo_redo(case.analysis, groups.take_out(case.analysis, [case.e(3), case.e(4)]), lambda: None)
    assert _members(case) == {"second": ["E5", "E1"]}
    do_undo_redo(case.analysis, groups.take_out(case.analysis, [case.e(5)]), lambda: None)
    assert not case.analysis.groups
    assert groups.take_out(case.analysis, [case.e(5)]).is_no_op


def test_deleting_items_leaves_sound_groups() -> None:
    case = small_case(items=6, rated=True)
    _made(case, 1, 2, name="first")
    _made(case, 3, 4, 5, name="second")
    do_undo_redo(case.analysis, edits.remove(case.analysis, "evidence", [case.e(2), case.e(4)]), lambda: None)
    assert _members(case) == {"second": ["E3", "E5"]}


def test_the_name_is_proposed_from_what_the_items_share() -> None:
    case = small_case(items=4)
    pair = [case.e(1), case.e(2)]
    assert groups.proposed_name(case.analysis, pair) == "E1 and E2"
    edits.set_field(case.analysis, "evidence", pair, "tags", ("river", "bridge")).apply(case.analysis)
    assert groups.proposed_name(case.analysis, pair) == "bridge"
    edits.add_source(case.analysis, "The evening paper", pair)[0].apply(case.analysis)
    assert groups.proposed_name(case.analysis, pair) == "The evening paper"
    assert groups.proposed_name(case.analysis, [*pair, case.e(3)]) == "E1, E2 and E3"
    (source,) = case.analysis.sources
    edits.set_field(case.analysis, "source", [source], "withheld", True).apply(case.analysis)
    assert groups.proposed_name(case.analysis, pair) == "S1"
    edits.set_field(case.analysis, "source", [source], "public_description", "An official").apply(case.analysis)
    assert groups.proposed_name(case.analysis, pair) == "An official"


def test_the_history_says_it_in_words() -> None:
    case = small_case(items=4)

    def do(command: Command) -> None:
        trail.run(case.analysis, command, "do", case.analyst)

    do(groups.make(case.analysis, [case.e(1), case.e(2)], "Same report"))
    (group,) = case.analysis.groups
    do(groups.set_strength(case.analysis, group, Dependence.WEAK))
    do(groups.set_cause(case.analysis, group, GroupCause.CAUSE))
    do(groups.put_in(case.analysis, group, [case.e(3)]))
    do(edits.set_field(case.analysis, "group", [group], "name", "Evening news"))
    do(groups.dissolve(case.analysis, [group]))
    words = TrailWords(case.analysis)
    assert [words.sentence(row) for row in rows_of(case.analysis, case.analysis.trail)] == [
        "Group added (E1 and E2): “Same report”",
        "Group “Evening news”, strength: fully redundant → weakly dependent",
        "Group “Evening news”, cause: shared origin → shared cause",
        "Group “Evening news”, items: E1 and E2 → E1, E2 and E3",
        "Group “Evening news”, name: “Same report” → “Evening news”",
        "Group deleted (E1, E2 and E3): “Evening news”",
    ]
    rows = rows_of(case.analysis, case.analysis.trail)
    assert [row.concerns(case.e(3), None) for row in rows] == [False, False, False, True, False, True]


def test_a_group_comes_back_with_the_items_that_are_free() -> None:
    case = small_case(items=5)
    group = _made(case, 1, 2, 3, name="first")
    command = groups.dissolve(case.analysis, [group])
    command.apply(case.analysis)
    placed = [part.model_dump(mode="json") for part in command.records]
    _made(case, 3, 4, name="second")
    again = restoring.restore_records(case.analysis, "group", placed)
    assert again is not None
    again.apply(case.analysis)
    assert _members(case) == {"first": ["E1", "E2"], "second": ["E3", "E4"]}
    groups.dissolve(case.analysis, [group]).apply(case.analysis)
    edits.remove(case.analysis, "evidence", [case.e(1)]).apply(case.analysis)
    assert restoring.restore_records(case.analysis, "group", placed) is None
