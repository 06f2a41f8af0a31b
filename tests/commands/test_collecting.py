"""Files that came back: whose they are, what is taken, what is asked for, and that nothing happens twice."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from helpers.analyses import Case, do_undo_redo, small_case, state_of
from hypothesis import given, settings
from hypothesis import strategies as st

from ach_desk import model
from ach_desk.commands import Command, edits
from ach_desk.commands.collecting import Ask, Collected, Collecting, Proposal
from ach_desk.commands.collecting_words import lines_of, summary
from ach_desk.commands.handing_out import analyst_named, hand_out
from ach_desk.commands.trail import run
from ach_desk.model import (
    Analysis,
    Attachment,
    Citation,
    EvidenceItem,
    Hypothesis,
    Rating,
    RatingValue,
    Remark,
    new_analysis,
    replace,
)
from ach_desk.model.integrity import problems

C, I, N = RatingValue.CONSISTENT, RatingValue.INCONSISTENT, RatingValue.NEUTRAL  # noqa: E741 - the method's letters
EARLY, LATE = "2026-01-01T10:00:00Z", "2026-01-02T10:00:00Z"


def given_to(case: Case, name: str, seed: int | None = None) -> Analysis:
    return hand_out(case.analysis, case.matrix, analyst_named(case.analysis, name), seed=seed)


def rated(case: Case, theirs: Analysis, cells: dict[tuple[int, int], RatingValue | None], time: str = EARLY) -> None:
    """Rate cells (numbers of item and hypothesis) in a file, as the one it was handed to does in the program."""
    by = next(iter(theirs.analysts))
    for (item, hypothesis), value in cells.items():
        step = edits.rate(theirs, theirs.matrices[0], by, [(case.e(item), case.h(hypothesis))], value)
        step = step.model_copy(update={"time": time, "cells": tuple(_at(cell, time) for cell in step.cells)})
        run(theirs, step, "do", by)


def _at(cell: edits.CellChange, time: str) -> edits.CellChange:
    return cell._replace(new=dataclasses.replace(cell.new, time=time) if cell.new else None)


def collect(
    analysis: Analysis, *files: Analysis, accept: Callable[[Proposal], bool] = lambda _proposal: False
) -> Collected:
    collecting = Collecting(analysis, accept)
    for number, theirs in enumerate(files):
        collecting.add(f"{number}.ach.json", theirs)
    return collecting.collected()


def take_all(_proposal: Proposal) -> bool:
    return True


def do(case: Case, command: Command) -> None:
    run(case.analysis, command, "do", case.analyst)


def values(case: Case, name: str) -> dict[tuple[str, str], str]:
    """Return what an analyst rated: labels of item and hypothesis -> value."""
    by = next(entry.id for entry in case.analysis.analysts.values() if entry.name == name)
    return {
        (case.analysis.evidence[item].label, case.analysis.hypotheses[hypothesis].label): str(rating.value)
        for _matrix, analyst, item, hypothesis, rating in case.analysis.rating_cells()
        if analyst == by
    }


def test_several_files_become_one_step_that_undo_takes_back_whole() -> None:
    case = small_case(3, 4, rated=True)
    ann, ben = given_to(case, "Ann", seed=1), given_to(case, "Ben", seed=1)
    rated(case, ann, {(1, 1): C, (2, 3): I})
    rated(case, ben, {(1, 1): I})
    mine = dict(case.matrix.sheets[case.analyst])
    collected = collect(case.analysis, ann, ben)
    assert [summary(entry) for entry in collected.files] == [
        "0.ach.json (Ann): 2 cells rated.",
        "1.ach.json (Ben): 1 cell rated.",
    ]

    def as_it_was_rated() -> None:
        assert values(case, "Ann") == {("E1", "H1"): "C", ("E2", "H3"): "I"}
        assert values(case, "Ben") == {("E1", "H1"): "I"}
        assert case.matrix.sheets[case.analyst] == mine
        assert problems(case.analysis) == []

    do_undo_redo(case.analysis, collected.command, as_it_was_rated)


def test_looking_changes_nothing() -> None:
    case = small_case(3, 4)
    ann = given_to(case, "Ann")
    rated(case, ann, {(1, 1): C})
    before = state_of(case.analysis)
    collect(case.analysis, ann, accept=take_all)
    assert state_of(case.analysis) == before


@settings(max_examples=30, deadline=None)
@given(
    cells=st.dictionaries(st.tuples(st.integers(1, 3), st.integers(1, 3)), st.sampled_from(RatingValue), max_size=9),
    seed=st.none() | st.integers(0, 99),
)
def test_a_file_that_comes_twice_changes_nothing_the_second_time(
    cells: dict[tuple[int, int], RatingValue], seed: int | None
) -> None:
    case = small_case(3, 3)
    ann = given_to(case, "Ann", seed)
    rated(case, ann, cells)
    by = next(iter(ann.analysts))
    edits.add_items(ann, ann.matrices[0], [{"title": "Something new"}]).apply(ann)
    ann.matrices[0].set_rating(by, ann.matrices[0].evidence[-1], case.h(1), Rating(C, time=EARLY))
    first = collect(case.analysis, ann, ann, accept=take_all)
    assert first.files[1].taken == ()
    do(case, first.command)
    second = collect(case.analysis, ann, accept=take_all)
    assert second.command.is_no_op
    assert second.files[0].is_complete
    assert len(values(case, "Ann")) == len(cells) + 1


def test_of_two_versions_the_newer_ratings_stay_whichever_comes_last() -> None:
    case = small_case(2, 2)
    ann = given_to(case, "Ann")
    rated(case, ann, {(1, 1): C, (1, 2): N, (2, 1): N})
    later = ann.snapshot()
    rated(case, later, {(1, 1): I, (1, 2): None}, LATE)
    for files in ((ann, later), (later, ann)):
        both = collect(case.analysis, *files)
        copy = case.analysis.snapshot()
        both.command.apply(copy)
        assert values(Case(copy, copy.matrices[0], case.analyst), "Ann") == {("E1", "H1"): "I", ("E2", "H1"): "N"}
    do(case, collect(case.analysis, ann).command)
    (found,) = collect(case.analysis, later).files
    assert list(found.changed) == ["E1 under H1: C became I.", "E1 under H2: N was taken back."]
    do(case, collect(case.analysis, later).command)
    (found,) = collect(case.analysis, ann).files
    assert found.skipped == ("1 rating is older than the one here, which stays.",)


def test_while_a_round_is_private_the_report_names_no_values() -> None:
    case = small_case(2, 2)
    ann = given_to(case, "Ann")
    rated(case, ann, {(1, 1): C})
    do(case, collect(case.analysis, ann).command)
    case.analysis.rounds["n"] = model.Round(id="n", matrix=case.matrix.id)
    rated(case, ann, {(1, 1): I}, LATE)
    assert collect(case.analysis, ann).files[0].changed == ("E1 under H1: changed.",)


def test_new_items_and_hypotheses_come_in_on_request_with_source_rating_and_labels() -> None:
    case = small_case(2, 2)
    ann = given_to(case, "Ann")
    by, theirs = next(iter(ann.analysts)), ann.matrices[0]
    edits.add_items(case.analysis, case.matrix, [{"title": "Ours since then"}]).apply(case.analysis)  # E3 here
    edits.add_items(ann, theirs, [{"title": "A letter", "note": "see E3"}]).apply(ann)  # E3 there
    item = theirs.evidence[-1]
    command, _source = edits.add_source(ann, "The archive", [item])
    command.apply(ann)
    edits.add_hypotheses(ann, theirs, [{"title": "Chance"}]).apply(ann)
    theirs.set_rating(by, item, theirs.hypotheses[-1], Rating(I, "E3 says otherwise", time=EARLY))
    theirs.set_rating(by, case.e(1), theirs.hypotheses[-1], Rating(C, time=EARLY))
    look = collect(case.analysis, ann)
    assert [entry.text for entry in look.files[0].proposals] == ["New hypothesis: “Chance”", "New item: “A letter”"]
    assert look.command.is_no_op or not look.files[0].taken
    assert not look.files[0].is_complete

    def as_wanted() -> None:
        assert values(case, "Ann") == {("E4", "H3"): "I", ("E1", "H3"): "C"}
        assert case.item(4).title == "A letter"
        assert [case.analysis.sources[entry.source].name for entry in case.item(4).citations] == ["The archive"]
        rating = case.matrix.rating(by, case.e(4), case.h(3))
        assert rating is not None
        assert rating.rationale == "E4 says otherwise"
        assert case.labels("evidence") == ["E1", "E2", "E3", "E4"]
        assert problems(case.analysis) == []

    wanted = collect(case.analysis, ann, accept=take_all)
    wanted.command.apply(case.analysis)
    as_wanted()
    assert summary(wanted.files[0]) == "0.ach.json (Ann): 2 cells rated, 1 new hypothesis, 1 new item and 1 new source."


def test_the_same_new_item_of_two_people_becomes_one() -> None:
    case = small_case(2, 1)
    files = [given_to(case, name) for name in ("Ann", "Ben")]
    for theirs in files:
        edits.add_items(theirs, theirs.matrices[0], [{"title": "A letter"}]).apply(theirs)
        by = next(iter(theirs.analysts))
        theirs.matrices[0].set_rating(by, theirs.matrices[0].evidence[-1], case.h(1), Rating(C, time=EARLY))
    keys = {entry.key for found in collect(case.analysis, *files).files for entry in found.proposals}
    do(case, collect(case.analysis, *files, accept=lambda proposal: proposal.key in keys).command)
    assert [item.title for item in case.analysis.evidence.values()] == ["Report 1", "A letter"]
    assert values(case, "Ann") == values(case, "Ben") == {("E2", "H1"): "C"}


def test_other_words_are_proposals_and_what_we_changed_since_is_none() -> None:
    case = small_case(2, 3)
    ann = given_to(case, "Ann")
    do(case, edits.set_field(case.analysis, "evidence", [case.e(1)], "title", "Report 1, corrected", ""))
    run(ann, edits.set_field(ann, "evidence", [case.e(2)], "title", "Report 2, second edition", ""), "do", "")
    run(ann, edits.set_field(ann, "hypothesis", [case.h(1)], "statement", "It must be so.", ""), "do", "")
    ann.evidence[case.e(3)] = replace(ann.evidence[case.e(3)], note="I doubt this.")
    look = collect(case.analysis, ann)
    assert [(entry.ask, entry.text) for entry in look.files[0].proposals] == [
        (Ask.WORDS, "H1, statement: “It must be so.” in place of “”"),
        (Ask.WORDS, "E2, title: “Report 2, second edition” in place of “Report 2”"),
        (Ask.WORDS, "E3, note: “I doubt this.” in place of “”"),
    ]
    do(case, look.command)
    assert [case.item(number).title for number in (1, 2)] == ["Report 1, corrected", "Report 2"]
    do(case, collect(case.analysis, ann, accept=take_all).command)
    assert case.item(1).title == "Report 1, corrected"
    assert case.item(2).title == "Report 2, second edition"
    assert case.item(3).note == "I doubt this."
    assert collect(case.analysis, ann, accept=take_all).command.is_no_op


def test_a_note_is_added_to_ours_and_never_in_its_place() -> None:
    case = small_case(2, 1)
    do(case, edits.set_field(case.analysis, "evidence", [case.e(1)], "note", "Ours.", ""))
    ann = given_to(case, "Ann")
    ann.evidence[case.e(1)] = replace(ann.evidence[case.e(1)], note="Theirs.")
    do(case, collect(case.analysis, ann, accept=take_all).command)
    assert case.item(1).note == "Ours.\n\nTheirs."


def test_the_shuffled_order_of_a_file_is_no_difference() -> None:
    case = small_case(4, 6)
    ann = given_to(case, "Ann", seed=3)
    rated(case, ann, {(2, 2): C})
    order = list(case.matrix.evidence), list(case.matrix.hypotheses)
    (found,) = collect(case.analysis, ann).files
    assert (found.proposals, found.skipped) == ((), ())
    do(case, collect(case.analysis, ann).command)
    assert (case.matrix.evidence, case.matrix.hypotheses) == order


def test_what_else_was_changed_in_the_file_is_reported_and_left() -> None:
    case = small_case(2, 3)
    ann = given_to(case, "Ann")
    ann.evidence[case.e(1)] = replace(ann.evidence[case.e(1)], credibility="low", tags=("odd",))
    run(ann, edits.remove(ann, "evidence", [case.e(2)]), "do", "")
    ann.matrices.append(model.Matrix(name="My own"))
    ann.groups["g"] = model.DependenceGroup(id="g", name="Together")
    (found,) = collect(case.analysis, ann).files
    assert list(found.skipped) == [
        "E1: different in the file, and left: credibility and tags.",
        "E2 was deleted in the file and stays here.",
        "The matrix “My own” is not here; it was left.",
        "Groups, what-ifs, indicators, conclusions and the like in the file were left: 1.",
    ]
    assert lines_of(found, declined=True)[0] == "Left out:"


def test_an_item_that_we_deleted_since_is_said_to_be_so() -> None:
    case = small_case(2, 2)
    ann = given_to(case, "Ann")
    rated(case, ann, {(2, 1): C})
    do(case, edits.remove(case.analysis, "evidence", [case.e(2)]))
    (found,) = collect(case.analysis, ann).files
    assert [entry.text for entry in found.proposals] == ["Deleted here, and still in the file: “Report 2”"]


@pytest.mark.parametrize("handed", [True, False])
def test_a_file_of_another_analysis_is_refused_with_a_sentence(handed: bool) -> None:
    case = small_case(2, 2)
    other = new_analysis("Something else")
    edits.add_items(other, other.matrices[0], [{"title": "Report 9"}]).apply(other)
    edits.add_hypotheses(other, other.matrices[0], [{"title": "Explanation 9"}]).apply(other)
    theirs = hand_out(other, other.matrices[0], analyst_named(other, "Ann")) if handed else other
    collected = collect(case.analysis, theirs)
    (found,) = collected.files
    assert ("handed out from another analysis" if handed else "is of another analysis") in found.refusal
    assert summary(found) == found.refusal
    assert collected.command.is_no_op


def without_ids(theirs: Analysis) -> Analysis:
    """Return the same words and ratings under other ids, as a file that went through another program."""
    names = {entry: f"x-{number}" for number, entry in enumerate((*theirs.hypotheses, *theirs.evidence))}
    matrix, (by, sheet) = theirs.matrices[0], next(iter(theirs.matrices[0].sheets.items()))
    copy = new_analysis("What happened?", theirs.analysts[by].name)
    copy.hypotheses = {names[key]: replace(entry, id=names[key]) for key, entry in theirs.hypotheses.items()}
    copy.evidence = {names[key]: replace(entry, id=names[key]) for key, entry in theirs.evidence.items()}
    copy.matrices[0].hypotheses = [names[key] for key in matrix.hypotheses]
    copy.matrices[0].evidence = [names[key] for key in matrix.evidence]
    for item, row in sheet.items():
        for hypothesis, rating in row.items():
            copy.matrices[0].set_rating(next(iter(copy.analysts)), names[item], names[hypothesis], rating)
    return copy


def test_without_ids_the_words_decide_and_only_after_a_question() -> None:
    case = small_case(2, 2)
    ann = given_to(case, "Ann")
    rated(case, ann, {(1, 1): C, (2, 2): I})
    theirs = without_ids(ann)
    (found,) = collect(case.analysis, theirs).files
    assert [entry.ask for entry in found.proposals] == [Ask.SAME] * 4
    assert found.taken == ()
    do(case, collect(case.analysis, theirs, accept=take_all).command)
    assert values(case, "Ann") == {("E1", "H1"): "C", ("E2", "H2"): "I"}
    assert len(case.analysis.evidence) == 2


def test_ratings_under_another_name_are_those_of_whom_the_file_was_handed_to() -> None:
    case = small_case(2, 1)
    ann = given_to(case, "Ann")
    ann.analysts["own"] = model.Analyst(id="own", name="Analyst 1 of this machine")
    ann.matrices[0].set_rating("own", case.e(1), case.h(1), Rating(C, time=EARLY))
    collected = collect(case.analysis, ann)
    do(case, collected.command)
    assert values(case, "Ann") == {("E1", "H1"): "C"}
    assert "to whom the file was handed out" in collected.files[0].changed[-1]


def test_estimates_remarks_and_best_cases_come_in_once_and_change_when_they_change() -> None:
    case = small_case(2, 1)
    case.analysis.rounds["n"] = model.Round(id="n", matrix=case.matrix.id)
    case.analysis.cases["k0"] = model.Case(id="k0", hypothesis=case.h(1), text="Ours", time=EARLY)
    ann = given_to(case, "Ann")
    by, own = next(iter(ann.analysts)), case.matrix.id
    ann.estimates["p"] = model.Estimate(
        id="p", matrix=own, analyst=by, hypothesis=case.h(1), round="n", probability=0.4, time=EARLY
    )
    ann.remarks["r"] = model.Remark(id="r", matrix=own, evidence=case.e(1), text="Why?", by=by, time=EARLY)
    ann.remarks["r2"] = model.Remark(id="r2", text="Because.", by=by, time=EARLY, answers="r")
    ann.cases["k"] = model.Case(id="k", hypothesis=case.h(2), text="It fits all.", by=by, time=EARLY)
    ann.cases["k0"] = model.Case(
        id="k0", hypothesis=case.h(1), text="Ours", time=EARLY, ratings=(model.CaseRating(by=by, mark=4),)
    )
    collected = collect(case.analysis, ann)
    assert collected.files[0].taken == ("1 estimate", "2 remarks", "2 best cases")
    do(case, collected.command)
    assert case.analysis.remarks["r2"].answers == "r"
    assert case.analysis.estimates["p"].round == "n"
    assert [(rating.by, rating.mark) for rating in case.analysis.cases["k0"].ratings] == [(by, 4)]
    assert collect(case.analysis, ann).command.is_no_op
    ann.estimates["p"] = replace(ann.estimates["p"], probability=0.7, time=LATE)
    do(case, collect(case.analysis, ann).command)
    assert case.analysis.estimates["p"].probability == 0.7


def test_estimates_of_somebody_else_in_the_file_are_not_taken() -> None:
    case = small_case(2, 1)
    ann = given_to(case, "Ann")
    rated(case, ann, {(1, 1): C})
    ann.estimates["p"] = model.Estimate(id="p", matrix=case.matrix.id, analyst=case.analyst, hypothesis=case.h(1))
    do(case, collect(case.analysis, ann).command)
    assert case.analysis.estimates == {}


def test_a_rating_made_before_we_reworded_the_item_says_so() -> None:
    case = small_case(2, 1, rated=True)
    ann = given_to(case, "Ann")
    rated(case, ann, {(1, 1): C})
    do(case, edits.set_field(case.analysis, "evidence", [case.e(1)], "title", "Something quite different", ""))
    do(case, collect(case.analysis, ann).command)
    rating = case.matrix.rating(next(iter(ann.analysts)), case.e(1), case.h(1))
    assert rating is not None
    assert rating.item_wording < case.item(1).wording


def test_a_copy_of_the_analysis_itself_says_nothing_new() -> None:
    case = small_case(2, 2, rated=True)
    command, source = edits.add_source(case.analysis, "A paper", [case.e(1)])
    command.apply(case.analysis)
    assert case.item(1).citations == (Citation(source=source),)
    collected = collect(case.analysis, case.analysis.snapshot(), accept=take_all)
    assert collected.command.is_no_op
    assert collected.files[0].is_complete


def test_new_records_that_lead_round_in_a_ring_come_in_without_it() -> None:
    case = small_case(2, 2)
    ann = given_to(case, "Ann")
    matrix = ann.matrices[0]
    fields = {
        "one": Hypothesis(id="one", label="H3", title="One", parent="two", combines=("one",)),
        "two": Hypothesis(id="two", label="H4", title="Two", parent="one"),
    }
    items = {
        "first": EvidenceItem(id="first", label="E3", title="First", rests_on=("second",), twin="second"),
        "second": EvidenceItem(id="second", label="E4", title="Second", rests_on=("first",)),
    }
    ann.hypotheses |= fields
    ann.evidence |= items
    matrix.hypotheses += fields
    matrix.evidence += items
    collected = collect(case.analysis, ann, accept=take_all)
    collected.command.apply(case.analysis)
    assert problems(case.analysis) == []
    assert [entry.title for entry in case.analysis.hypotheses.values()][2:] == ["One", "Two"]
    assert [entry.title for entry in case.analysis.evidence.values()][2:] == ["First", "Second"]
    assert sum(len(item.rests_on) for item in case.analysis.evidence.values()) == 1


def test_what_is_about_nothing_here_or_of_nobody_is_said() -> None:
    case = small_case(2, 2)
    ann = given_to(case, "Ann")
    rated(case, ann, {(1, 1): C})
    ann.remarks["r"] = Remark(id="r", text="On what?", evidence="ghost", time="2026-11-26T12:00:00Z")
    ann.matrices[0].sheets["nobody"] = {case.e(2): {case.h(1): Rating(C)}}
    new = EvidenceItem(id="new", label="E3", title="With a file", attachments=(Attachment(path="a.files/x.pdf"),))
    ann.evidence["new"] = new
    ann.matrices[0].evidence.append("new")
    (found,) = collect(case.analysis, ann, accept=take_all).files
    assert set(found.skipped) == {
        "1 remark, estimate or the like is about something that is not here, and was left.",
        "1 rating of somebody whom the file does not name was left.",
        "“With a file”: attached files do not come along, ask for them: a.files/x.pdf",
    }


def test_what_somebody_set_aside_or_put_under_a_heading_is_said() -> None:
    case = small_case(3, 2)
    ann = given_to(case, "Ann")
    edits.set_aside(ann, [case.e(1)], "hearsay").apply(ann)
    edits.set_field(ann, "hypothesis", [case.h(2)], "parent", case.h(1)).apply(ann)
    (found,) = collect(case.analysis, ann).files
    assert found.skipped == (
        "H2: different in the file, and left: heading.",
        "E1: different in the file, and left: status.",
    )
