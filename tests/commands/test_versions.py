"""Two versions merged: each sort of edit by itself, and what two people do to the same thing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from helpers.analyses import Case, small_case
from hypothesis import example, given
from hypothesis import strategies as st

from ach_desk.commands import Command, conclusions, edits, groups, people, stating, trail
from ach_desk.commands.command import AddRecords, PlacedRecord
from ach_desk.commands.versions import Merged, OtherAnalysisError, Rule, Side, by_rule, common_base, merge
from ach_desk.commands.versions.conflicts import Sort
from ach_desk.commands.versions.sequences import merge_order
from ach_desk.commands.versions.words import ConflictSpeaker
from ach_desk.model import Analysis, Level, LikelihoodScale, Rating, RatingValue, TrailEntry, new_analysis
from ach_desk.model.integrity import problems
from ach_desk.model.method_settings import Method, MethodSettings
from ach_desk.scoring.estimates import Question

C, II, N = RatingValue.CONSISTENT, RatingValue.VERY_INCONSISTENT, RatingValue.NEUTRAL
Build = Callable[[Case, Analysis], Command]
TIME = "2026-11-26T12:00:00Z"


def run(base: Case, ours: list[Build], theirs: list[Build], rule: Rule | None = None) -> Merged:
    """Return the two versions, each made of the base by its edits, merged; undecided without a rule."""
    versions = []
    for builds in (ours, theirs):
        version = base.analysis.snapshot()
        for build in builds:
            trail.run(version, build(base, version), "do", base.analyst)
        versions.append(version)
    if rule is None:
        return merge(base.analysis, *versions)
    return merge(base.analysis, *versions, by_rule(rule), by=base.analyst, time=TIME)


def field(kind: str, which: Callable[[Case], str], name: str, value: object) -> Build:
    return lambda case, analysis: edits.set_field(analysis, kind, [which(case)], name, value)


def rate(item: int, hypothesis: int, value: RatingValue) -> Build:
    def build(case: Case, analysis: Analysis) -> Command:
        cell = (case.e(item), case.h(hypothesis))
        return edits.rate(analysis, analysis.matrices[0], case.analyst, [cell], value)

    return build


def delete(item: int) -> Build:
    return lambda case, analysis: edits.remove(analysis, "evidence", [case.e(item)])


def e1(case: Case) -> str:
    return case.e(1)


def e(number: int) -> Callable[[Case], str]:
    return lambda case: case.e(number)


def labels(merged: Merged) -> list[str]:
    analysis = merged.analysis
    return [analysis.evidence[entry].label for entry in analysis.matrices[0].evidence]


@pytest.fixture
def case() -> Case:
    return small_case(3, 5, rated=True)


def test_different_fields_of_one_item_merge(case: Case) -> None:
    merged = run(case, [field("evidence", e1, "note", "ours")], [field("evidence", e1, "credibility", Level.HIGH)])
    item = merged.analysis.evidence[case.e(1)]
    assert not merged.conflicts
    assert (item.note, item.credibility) == ("ours", Level.HIGH)


def test_the_same_field_is_asked_and_shown_in_words(case: Case) -> None:
    merged = run(case, [field("evidence", e1, "note", "ours")], [field("evidence", e1, "note", "theirs")])
    (conflict,) = merged.open
    assert (conflict.sort, conflict.fields, conflict.ours, conflict.theirs) == (
        Sort.FIELD,
        ("note",),
        ("ours",),
        ("theirs",),
    )
    assert merged.analysis.evidence[case.e(1)].note == "ours"
    said = ConflictSpeaker(case.analysis, case.analysis).words(conflict)
    assert (said.place, said.ours, said.theirs) == ("E1, note", "“ours”", "“theirs”")


def test_two_ways_of_adding_up_are_asked_by_their_names_and_one_alone_is_taken(case: Case) -> None:
    case.matrix.method_settings = None  # as in a file of an earlier version

    def goes_by(method: Method, seed: int = 1) -> Build:
        settings = MethodSettings(method=method, seed=seed)
        return field("matrix", lambda case: case.matrix.id, "method_settings", settings)

    merged = run(case, [goes_by(Method.BAYES_SOURCES)], [rate(1, 1, N)])
    assert not merged.conflicts
    assert merged.analysis.matrices[0].method_settings == MethodSettings(method=Method.BAYES_SOURCES)
    merged = run(case, [goes_by(Method.BAYES_SOURCES, 9)], [goes_by(Method.BAYES)])
    speaker = ConflictSpeaker(case.analysis, case.analysis)
    said = [speaker.words(conflict) for conflict in merged.open]
    assert [(one.place, one.ours, one.theirs) for one in said] == [
        ("Matrix 1, way of adding up, method", "Bayes with sources and groups", "Bayes"),
        ("Matrix 1, way of adding up, seed", "9", "1"),
    ]
    assert merged.analysis.matrices[0].method_settings == MethodSettings(method=Method.BAYES_SOURCES, seed=9)


def test_the_same_cell_of_two_analysts_is_no_conflict(case: Case) -> None:
    record = {"id": "bob", "name": "Bob"}
    AddRecords(kind="analyst", records=(PlacedRecord(record=record, index=1),)).apply(case.analysis)
    case.matrix.sheets["bob"] = {}

    def by_bob(case: Case, analysis: Analysis) -> Command:
        return edits.rate(analysis, analysis.matrices[0], "bob", [(case.e(1), case.h(1))], II)

    merged = run(case, [rate(1, 1, N)], [by_bob])
    matrix = merged.analysis.matrices[0]
    assert not merged.conflicts
    assert [matrix.rating(who, case.e(1), case.h(1)).value for who in (case.analyst, "bob")] == [N, II]


def test_the_same_judgement_entered_twice_is_no_conflict(case: Case) -> None:
    def at(time: str) -> Build:
        def build(case: Case, analysis: Analysis) -> Command:
            command = rate(1, 1, II)(case, analysis)
            (cell,) = command.cells
            return command.model_copy(update={"cells": (cell._replace(new=Rating(II, time=time)),)})

        return build

    merged = run(case, [at("2026-11-26T10:00:00Z")], [at("2026-11-26T11:00:00Z")])
    assert not merged.conflicts
    assert merged.analysis.matrices[0].rating(case.analyst, case.e(1), case.h(1)).time == "2026-11-26T11:00:00Z"


@pytest.mark.parametrize(("rule", "there"), [(Rule.OURS, False), (Rule.THEIRS, True)])
@pytest.mark.parametrize("work", [field("evidence", e(3), "note", "seen"), rate(3, 1, II)])
def test_a_deletion_against_work_is_asked(case: Case, work: Build, rule: Rule, there: bool) -> None:
    merged = run(case, [delete(3)], [work], rule)
    (conflict,) = merged.conflicts
    assert (conflict.sort, conflict.id) == (Sort.DELETION, case.e(3))
    assert (case.e(3) in merged.analysis.evidence) is there
    assert ("E3" in labels(merged)) is there
    row = merged.analysis.matrices[0].sheets[case.analyst].get(case.e(3), {})
    assert (len(row) == 3) is there
    assert problems(merged.analysis) == []


def test_what_nobody_worked_on_is_deleted_without_a_question(case: Case) -> None:
    merged = run(case, [delete(3)], [rate(2, 1, II)])
    assert not merged.conflicts
    assert labels(merged) == ["E1", "E2", "E4", "E5"]


def test_a_source_that_was_deleted_and_cited_is_asked_and_no_link_leads_nowhere(case: Case) -> None:
    added, source = edits.add_source(case.analysis, "Agency")
    added.apply(case.analysis)

    def cite(case: Case, analysis: Analysis) -> Command:
        return edits.set_citations(analysis, case.e(1), [source])

    for rule in (Rule.OURS, Rule.THEIRS):
        merged = run(case, [lambda _case, analysis: edits.remove(analysis, "source", [source])], [cite], rule)
        assert [conflict.sort for conflict in merged.conflicts] == [Sort.DELETION]
        assert problems(merged.analysis) == []
        cited = [citation.source for citation in merged.analysis.evidence[case.e(1)].citations]
        assert cited == ([source] if rule is Rule.THEIRS else [])


def test_parts_of_a_list_merge_one_by_one(case: Case) -> None:
    merged = run(case, [field("evidence", e1, "tags", ("a", "b"))], [field("evidence", e1, "tags", ("c",))])
    assert not merged.conflicts
    assert set(merged.analysis.evidence[case.e(1)].tags) == {"a", "b", "c"}


def test_fields_that_belong_together_are_one_question(case: Case) -> None:
    merged = run(
        case,
        [lambda case, a: edits.set_aside(a, [case.e(1)], "forged")],
        [lambda case, a: edits.set_aside(a, [case.e(1)], "too old")],
        Rule.THEIRS,
    )
    (conflict,) = merged.conflicts
    assert conflict.fields == ("status", "status_reason", "status_date")
    assert merged.analysis.evidence[case.e(1)].status_reason == "too old"


def test_moves_of_different_items_merge(case: Case) -> None:
    def move(item: int, to: int) -> Build:
        return lambda case, analysis: edits.move(analysis.matrices[0], "evidence", [case.e(item)], to)

    merged = run(case, [move(5, 0)], [move(1, 4)])
    assert not merged.conflicts
    assert labels(merged) == ["E5", "E2", "E3", "E4", "E1"]


def test_the_same_item_moved_apart_is_asked(case: Case) -> None:
    def move(to: int) -> Build:
        return lambda case, analysis: edits.move(analysis.matrices[0], "evidence", [case.e(3)], to)

    for rule, expected in ((Rule.OURS, "E3"), (Rule.THEIRS, "E1")):
        merged = run(case, [move(0)], [move(5)], rule)
        assert [conflict.sort for conflict in merged.conflicts] == [Sort.ORDER]
        assert labels(merged)[0] == expected


def test_a_label_given_twice_and_the_mention_of_it(case: Case) -> None:
    def add(title: str) -> Build:
        return lambda _case, analysis: edits.add_items(analysis, analysis.matrices[0], [{"title": title}])

    merged = run(
        case,
        [add("Mine"), field("evidence", e(1), "note", "ours: see E6")],
        [add("Yours"), field("evidence", e(2), "note", "theirs: see E6")],
    )
    found = {item.title: item.label for item in merged.analysis.evidence.values()}
    assert sorted((found["Mine"], found["Yours"])) == ["E6", "E7"]
    notes = [merged.analysis.evidence[case.e(number)].note for number in (1, 2)]
    assert notes == [f"ours: see {found['Mine']}", f"theirs: see {found['Yours']}"]
    assert len(merged.notes) == 1
    assert merged.analysis.next_numbers.evidence == 8


def test_words_of_both_sides_are_a_wording_that_nobody_judged(case: Case) -> None:
    def reword(name: str, text: str) -> Build:
        def build(case: Case, analysis: Analysis) -> Command:
            return edits.set_field(analysis, "hypothesis", [case.h(1)], name, text)

        return build

    merged = run(case, [reword("title", "Another")], [reword("statement", "In full")])
    hypothesis = merged.analysis.hypotheses[case.h(1)]
    assert (hypothesis.title, hypothesis.statement, hypothesis.wording) == ("Another", "In full", 3)


def test_an_item_put_into_two_groups_is_asked(case: Case) -> None:
    def group(name: str, *items: int) -> Build:
        return lambda case, analysis: groups.make(analysis, [case.e(number) for number in items], name)

    merged = run(case, [group("Ours", 1, 2, 3)], [group("Theirs", 3, 4, 5)], Rule.THEIRS)
    (conflict,) = merged.conflicts
    assert (conflict.id, conflict.ours, conflict.theirs) == (case.e(3), ("Ours",), ("Theirs",))
    members = {found.name: len(found.items) for found in merged.analysis.groups.values()}
    assert members == {"Ours": 2, "Theirs": 3}


def test_links_that_lead_round_are_asked(case: Case) -> None:
    merged = run(
        case,
        [lambda case, a: edits.set_field(a, "hypothesis", [case.h(1)], "parent", case.h(2))],
        [lambda case, a: edits.set_field(a, "hypothesis", [case.h(2)], "parent", case.h(1))],
        Rule.OURS,
    )
    assert merged.conflicts
    assert problems(merged.analysis) == []


def test_a_conclusion_merges_hypothesis_by_hypothesis(case: Case) -> None:
    begun = conclusions.begin(case.analysis, case.matrix, case.analyst, LikelihoodScale.PHIA)
    begun.apply(case.analysis)

    def numbers(hypothesis: int, ends: tuple[int, int]) -> Build:
        def build(case: Case, analysis: Analysis) -> Command:
            (conclusion,) = analysis.conclusions.values()
            return conclusions.set_numbers(analysis, conclusion, case.h(hypothesis), ends)

        return build

    merged = run(case, [numbers(1, (10, 20))], [numbers(2, (55, 80))])
    (conclusion,) = merged.analysis.conclusions.values()
    found = {entry.hypothesis: (entry.low, entry.high) for entry in conclusion.likelihoods if entry.low is not None}
    assert not merged.conflicts
    assert found == {case.h(1): (10, 20), case.h(2): (55, 80)}


def test_what_was_not_taken_stands_in_the_trail(case: Case) -> None:
    merged = run(case, [field("evidence", e1, "note", "ours")], [field("evidence", e1, "note", "theirs")], Rule.OURS)
    decision = merged.analysis.trail[-1]
    assert (decision.by, decision.body[2:]) == (case.analyst, ["note", "theirs", "ours"])


def test_the_newer_one(case: Case) -> None:
    merged = run(case, [field("evidence", e1, "note", "ours")], [field("evidence", e1, "note", "theirs")])
    (conflict,) = merged.conflicts
    assert conflict.newer is None, "both of the same second"
    later = merge(
        case.analysis,
        _with_note(case, "ours", "2026-11-26T10:00:00Z"),
        _with_note(case, "theirs", "2026-11-26T11:00:00Z"),
        by_rule(Rule.NEWER),
    )
    assert later.conflicts[0].decided is Side.THEIRS
    assert later.analysis.evidence[case.e(1)].note == "theirs"


def _with_note(case: Case, text: str, time: str) -> Analysis:
    version = case.analysis.snapshot()
    command = edits.set_field(version, "evidence", [case.e(1)], "note", text).model_copy(update={"time": time})
    trail.run(version, command, "do", case.analyst)
    return version


def test_a_long_move_is_led_back_only_where_it_can_be(case: Case) -> None:
    """The trail keeps no ids of long moves: a side that made one takes the order of the other as what was before."""
    large = small_case(2, 60)
    trail.run(large.analysis, edits.set_field(large.analysis, "analysis", ["x"], "question", "Q?"), "do", large.analyst)
    ours, theirs = large.analysis.snapshot(), large.analysis.snapshot()
    trail.run(ours, edits.move(ours.matrices[0], "evidence", [large.e(1)], 60), "do", large.analyst)
    trail.run(theirs, edits.set_field(theirs, "evidence", [large.e(2)], "note", "x"), "do", large.analyst)
    merged = merge(common_base(ours, theirs), ours, theirs)
    assert not merged.conflicts
    assert merged.analysis.matrices[0].evidence == ours.matrices[0].evidence


def test_what_was_decided_is_not_asked_when_the_same_person_sends_more(case: Case) -> None:
    """Ann merges what Bob sent, and a day later what he sent since."""
    shared = edits.set_field(case.analysis, "analysis", ["x"], "question", "Q?")
    trail.run(case.analysis, shared, "do", case.analyst)
    ann = _with_note(case, "ours", "2026-11-26T10:00:00Z")
    bob = _with_note(case, "theirs", "2026-11-26T11:00:00Z")
    merged = merge(common_base(ann, bob), ann, bob, by_rule(Rule.OURS), by=case.analyst, time=TIME)
    assert len(merged.conflicts) == 1
    trail.run(bob, edits.set_field(bob, "evidence", [case.e(2)], "note", "more"), "do", case.analyst)
    for sides in ((merged.analysis, bob), (bob, merged.analysis)):
        again = merge(common_base(*sides), *sides)
        assert not again.conflicts
        notes = [again.analysis.evidence[case.e(number)].note for number in (1, 2)]
        assert notes == ["ours", "more"]


@pytest.mark.parametrize(("rule", "cells", "stated"), [(Rule.OURS, 15, 0), (Rule.THEIRS, 15 + 3, 1)])
def test_an_analyst_who_was_removed_and_went_on_goes_or_stays_with_everything(
    case: Case, rule: Rule, cells: int, stated: int
) -> None:
    """One question, and no cell and no estimate that was emptied only because the person was to go."""
    add = people.add(case.analysis, "Berta")
    add.apply(case.analysis)
    berta = people.added_id(add)
    for item in (1, 2):
        case.matrix.set_rating(berta, case.e(item), case.h(1), Rating(N))
    question = Question(case.h(1), complement=False)
    stating.state(case.analysis, case.matrix, berta, None, {question: 0.3}, None).apply(case.analysis)

    def remove(_case: Case, analysis: Analysis) -> Command:
        return people.remove_with_ratings(analysis, berta)

    def go_on(case: Case, analysis: Analysis) -> Command:
        return edits.rate(analysis, analysis.matrices[0], berta, [(case.e(3), case.h(1))], II)

    merged = run(case, [remove], [go_on], rule)
    assert [conflict.kind for conflict in merged.conflicts] == ["analyst"]
    assert (berta in merged.analysis.analysts) is (rule is Rule.THEIRS)
    assert len(list(merged.analysis.rating_cells())) == cells
    assert len(merged.analysis.estimates) == stated
    assert problems(merged.analysis) == []
    back = run(case, [go_on], [remove], Rule.THEIRS if rule is Rule.OURS else Rule.OURS)
    assert len(list(back.analysis.rating_cells())) == cells


def test_other_analyses_are_refused() -> None:
    one, other = new_analysis("A?"), new_analysis("B?")
    with pytest.raises(OtherAnalysisError, match="not versions of one analysis"):
        merge(one, one, other)


_IDS = st.lists(st.sampled_from("abcdefgh"), unique=True)


_SOME = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=3)


@given(_IDS, _IDS, _IDS, _SOME)
@example(list("afegbc"), list("fga"), list("aegbcf"), [])
@example(list("xca"), list("ac"), list("cax"), ["x"])
def test_orders_merge_the_same_from_both_sides_and_keep_all(base: list, ours: list, theirs: list, stay: list) -> None:
    merged, back = merge_order(base, ours, theirs, stay), merge_order(base, theirs, ours, stay)
    both = set(ours) & set(theirs)
    kept = {one for one in {*ours, *theirs} if one not in base or one in both or one in stay}
    for found in (merged, back):
        assert set(found.ids) == kept
        assert len(found.ids) == len(kept)
    assert merged.by_rule == back.by_rule
    if merged.other is None:
        assert merged.ids == back.ids
    else:
        assert (merged.ids, merged.other) == (back.other, back.ids)
    assert merge_order(base, base, theirs).ids == tuple(theirs)
    assert merge_order(base, ours, base).ids == tuple(ours)


@given(_IDS, _IDS, _IDS, _SOME)
@example(list("afegbc"), list("fga"), list("aegbcf"), [])
@example(list("xca"), list("ac"), list("cax"), ["x"])
def test_an_order_merged_once_more_stays_as_it_is(base: list, ours: list, theirs: list, stay: list) -> None:
    """Whichever side comes again, and whichever was taken where both moved the same things apart."""
    merged = merge_order(base, ours, theirs, stay)
    for taken in filter(None, (merged.ids, merged.other)):
        assert merge_order(base, taken, theirs, stay).ids == taken
        again = merge_order(base, ours, taken, stay)
        assert (again.other or again.ids) == taken
        assert merged.other or again.other is None, "what was not asked is asked now"
    taken = merged.by_rule
    assert merge_order(base, taken, theirs, stay).by_rule == merge_order(base, ours, taken, stay).by_rule == taken


@pytest.mark.parametrize(
    ("ours", "theirs", "merged"),
    [
        ("bcda", "dabc", "dbca"),  # the first to the end, the last to the front
        ("bacd", "bcda", "bcda"),  # both moved the first back, one of them further
        ("badc", "abdc", "badc"),
        ("dcba", "bacd", "dcba"),
        ("cabd", "bcda", "cbda"),  # C before A and B, and A behind all
        ("acbd", "abdc", None),  # C was moved up, and C was moved down
        ("habcdefgijklmn", "abcidefghjklmn", "habcidefgjklmn"),  # H to the top, and I, past it, to the fourth place
        ("bcdefgahijklmn", "abhcdefgijklmn", "bhcdefgaijklmn"),
    ],
)
def test_moves_on_both_sides(ours: str, theirs: str, merged: str | None) -> None:
    found = merge_order(sorted(ours), ours, theirs)
    assert (None if found.other else "".join(found.ids)) == merged


def test_what_was_added_stays_behind_what_it_was_put_behind() -> None:
    assert "".join(merge_order("abcd", "axbcd", "bcda").ids) == "bcdax"
    assert "".join(merge_order("abcd", "axbcd", "aybcd").ids) == "axybcd"


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["", "evidence", "matrix", "x", "E1", "label"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["record", "id", "items"]), inner),
    max_leaves=12,
)
_ENTRIES = st.builds(
    TrailEntry,
    st.sampled_from(["a", "b", "c", "d"]),
    st.sampled_from(["", "2026-11-26T12:00:00Z", "no time"]),
    st.text(max_size=3),
    st.sampled_from(["do", "undo", "?"]),
    st.sampled_from(["rate", "set", "add", "remove", "order", "?"]),
    st.lists(_JSON, max_size=6),
)


@given(st.lists(_ENTRIES, max_size=5), st.lists(_ENTRIES, max_size=5), st.sampled_from(Rule))
def test_a_damaged_history_spoils_nothing(ours: list, theirs: list, rule: Rule) -> None:
    case = small_case(2, 3, rated=True)
    versions = [case.analysis.snapshot(), case.analysis.snapshot()]
    for version, entries, text in zip(versions, (ours, theirs), ("mine", "yours"), strict=True):
        edits.set_field(version, "evidence", [case.e(1)], "note", text).apply(version)
        edits.add_items(version, version.matrices[0], [{"title": text}]).apply(version)
        version.trail[:] = entries
    merged = merge(common_base(*versions), *versions, by_rule(rule), by="x", time=TIME)
    assert {entry.id for entry in merged.analysis.trail} >= {entry.id for entry in (*ours, *theirs)}
    assert {item.title for item in merged.analysis.evidence.values()} >= {"mine", "yours"}
    assert merged.analysis.evidence[case.e(1)].note in ("mine", "yours")
