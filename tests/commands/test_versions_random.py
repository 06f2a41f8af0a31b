"""Laws of merging, over versions that two people made at random out of one analysis."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RULE_MARKER
from test_editing_machine import TODAY, Editing

from ach_desk.commands import command_from_json
from ach_desk.commands.take_version import take_version
from ach_desk.commands.versions import Merged, Rule, Side, by_rule, common_base, merge
from ach_desk.model import COLLECTIONS, Analysis
from ach_desk.model.integrity import problems
from ach_desk.storage.codec import decode, encode
from ach_desk.ui.session import Session

_NOT_HERE = {"save_and_load", "renumber"}


class Person(Editing):
    """Edits a copy of an analysis as the machine does."""

    @classmethod
    def on(cls, analysis: Analysis) -> Person:
        """Return a person at work on a copy of `analysis`."""
        person = cls()
        person.begin(2, 3)
        person.past, person.future, person.journal = [(b"", frozenset())], [], []
        person.session.replace_analysis(analysis.snapshot(), dirty=False)
        return person


def _acts() -> list[Any]:
    marked = [getattr(act, RULE_MARKER) for act in vars(Editing).values() if hasattr(act, RULE_MARKER)]
    return [rule for rule in marked if not rule.preconditions and rule.function.__name__ not in _NOT_HERE]


@st.composite
def _steps(draw: st.DrawFn, most: int) -> list[tuple[Any, dict[str, Any]]]:
    steps = []
    for rule in draw(st.lists(st.sampled_from(_acts()), max_size=most)):
        steps.append((rule.function, {name: draw(value) for name, value in rule.arguments_strategies.items()}))
    return steps


def _worked(analysis: Analysis, steps: list[tuple[Any, dict[str, Any]]]) -> Analysis:
    person = Person.on(analysis)
    for act, values in steps:
        act(person, **values)
    return person.session.analysis.snapshot()


def _base(steps: list[tuple[Any, dict[str, Any]]]) -> Analysis:
    person = Person()
    person.begin(2, 3)
    for act, values in steps:
        act(person, **values)
    return person.session.analysis.snapshot()


def _decided(base: Analysis, ours: Analysis, theirs: Analysis, rule: Rule) -> Merged:
    return merge(base, ours, theirs, by_rule(rule), by="somebody", time="2026-11-26T12:00:00Z")


def _held(analysis: Analysis) -> bytes:
    return encode(analysis)


_LAWS = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@_LAWS
@given(began=_steps(6), ours=_steps(7), theirs=_steps(7), rule=st.sampled_from(Rule))
def test_the_laws_of_merging(qapp: object, began: list, ours: list, theirs: list, rule: Rule) -> None:
    base = _base(began)
    mine, other = _worked(base, ours), _worked(base, theirs)
    before = [_held(side) for side in (base, mine, other)]
    merged = _decided(base, mine, other, rule)
    assert [_held(side) for side in (base, mine, other)] == before, "a version was changed by merging it"
    _nothing_against_nothing(base, mine, other)
    _the_same_from_both_sides(base, mine, other, merged)
    _done_twice_is_done_once(base, mine, other, merged)
    _nothing_is_lost(base, mine, other, merged)
    _is_one_step(mine, merged.analysis)
    _is_sound(merged.analysis)


def _nothing_against_nothing(base: Analysis, mine: Analysis, other: Analysis) -> None:
    for side in (mine, other):
        for merged in (merge(base, side, base), merge(base, base, side), merge(base, side, side)):
            assert not merged.conflicts
            assert _held(merged.analysis) == _held(side)


def _the_same_from_both_sides(base: Analysis, mine: Analysis, other: Analysis, merged: Merged) -> None:
    back = merge(base, other, mine, lambda conflict: _swapped(merged, conflict.key), by="somebody")
    assert {conflict.key for conflict in back.conflicts} == {conflict.key for conflict in merged.conflicts}
    if not merged.conflicts:
        assert _held(back.analysis) == _held(merged.analysis)


def _swapped(merged: Merged, key: tuple[str, ...]) -> Side | None:
    taken = next((conflict.decided for conflict in merged.conflicts if conflict.key == key), None)
    return None if taken is None else Side.THEIRS if taken is Side.OURS else Side.OURS


def _done_twice_is_done_once(base: Analysis, mine: Analysis, other: Analysis, merged: Merged) -> None:
    if merged.open:
        return
    again = merge(base, merged.analysis, other, by_rule(Rule.OURS), by="somebody", time="2026-11-26T12:00:01Z")
    assert [entry.id for entry in again.analysis.trail][: len(merged.analysis.trail)] == [
        entry.id for entry in merged.analysis.trail
    ]
    back = merge(base, mine, merged.analysis, by_rule(Rule.THEIRS), by="somebody", time="2026-11-26T12:00:01Z")
    for once_more in (again, back):
        assert _without_trail(once_more.analysis) == _without_trail(merged.analysis)
        if not merged.conflicts:
            assert not once_more.conflicts


def _without_trail(analysis: Analysis) -> bytes:
    return _held(analysis.model_copy(update={"trail": []}))


def _nothing_is_lost(base: Analysis, mine: Analysis, other: Analysis, merged: Merged) -> None:
    result = merged.analysis
    ids = [entry.id for entry in result.trail]
    assert len(ids) == len(set(ids))
    assert {entry.id for side in (mine, other) for entry in side.trail} <= set(ids)
    named = {conflict.id for conflict in merged.conflicts}
    for name in COLLECTIONS.values():
        was, kept = getattr(base, name), getattr(result, name)
        for side in (mine, other):
            for entry, record in getattr(side, name).items():
                if entry not in was and entry not in kept:
                    assert name == "groups", f"{name} lost {record}"
    for matrix, analyst, item, hypothesis, rating in _new_cells(base, mine, other):
        found = result.matrix(matrix).rating(analyst, item, hypothesis) if _has(result, matrix) else None
        cell_named = any(conflict.part == (analyst, item, hypothesis) for conflict in merged.conflicts)
        texts = found is not None and (found.value, found.time) == (rating.value, rating.time)
        assert texts or cell_named or named & {matrix, item, hypothesis}, "a rating was lost"


def _is_one_step(mine: Analysis, merged: Analysis) -> None:
    step = take_version(mine, merged, "Merge", "somebody", "2026-11-26T12:00:00Z")
    session = Session(mine.snapshot(), today=lambda: TODAY)
    before = _held(session.analysis)
    for _round in range(2):
        session.execute(command_from_json(json.loads(json.dumps(step.to_json()))))
        assert _held(session.analysis) == _held(merged)
        session.undo()
        assert _held(session.analysis) == before


def _has(analysis: Analysis, matrix: str) -> bool:
    return any(entry.id == matrix for entry in analysis.matrices)


def _new_cells(base: Analysis, mine: Analysis, other: Analysis) -> Iterator[tuple[Any, ...]]:
    """Yield the cells that one side rated, or rated otherwise, and the other did not touch."""
    for side, opposite in ((mine, other), (other, mine)):
        for matrix, analyst, item, hypothesis, rating in side.rating_cells():
            was = _rating(base, matrix.id, analyst, item, hypothesis)
            if rating != was and _rating(opposite, matrix.id, analyst, item, hypothesis) == was:
                yield matrix.id, analyst, item, hypothesis, rating


def _rating(analysis: Analysis, matrix: str, *cell: str) -> Any:
    return analysis.matrix(matrix).rating(*cell) if _has(analysis, matrix) else None


def _is_sound(analysis: Analysis) -> None:
    assert problems(analysis) == []
    assert _held(decode(_held(analysis), "merged.ach.json").analysis) == _held(analysis)
    every = [entry for group in analysis.groups.values() for entry in group.items]
    assert len(every) == len(set(every))
    Session(analysis.snapshot(), today=lambda: TODAY)


@_LAWS
@given(began=_steps(5), ours=_steps(5), theirs=_steps(5))
def test_what_both_began_from_is_found_in_their_trails(qapp: object, began: list, ours: list, theirs: list) -> None:
    base = _base(began)
    mine, other = _worked(base, ours), _worked(base, theirs)
    by_file, by_trail = merge(base, mine, other), merge(common_base(mine, other), mine, other)
    if not by_file.conflicts and not by_trail.conflicts:
        bare = {"snapshots": {}, "retests": {}}
        assert _held(by_trail.analysis.model_copy(update=bare)) == _held(by_file.analysis.model_copy(update=bare))


@_LAWS
@given(began=_steps(5), ours=_steps(5), theirs=_steps(5))
def test_without_a_trail_all_that_either_has_is_kept(qapp: object, began: list, ours: list, theirs: list) -> None:
    base = _base(began)
    mine, other = _worked(base, ours), _worked(base, theirs)
    mine.trail.clear()
    other.trail.clear()
    merged = merge(common_base(mine, other), mine, other)
    for name in COLLECTIONS.values():
        kept = getattr(merged.analysis, name).keys()
        if name != "groups":
            assert kept == getattr(mine, name).keys() | getattr(other, name).keys()
    assert problems(merged.analysis) == []
