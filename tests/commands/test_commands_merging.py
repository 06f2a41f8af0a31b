"""A whole analysis put into another one: matched or added, with rationale, as one step that undo takes back."""

from __future__ import annotations

import pytest
from helpers.analyses import Case, do_undo_redo, small_case
from hypothesis import given, settings
from hypothesis import strategies as st

from ach_desk.commands import edits
from ach_desk.commands.merging import Merged, merge
from ach_desk.model import (
    Analysis,
    Citation,
    Conclusion,
    DependenceGroup,
    EvidenceItem,
    Hypothesis,
    Likelihood,
    Matrix,
    Rating,
    RatingValue,
    Source,
    new_analysis,
)
from ach_desk.model.integrity import problems

C, I = RatingValue.CONSISTENT, RatingValue.INCONSISTENT  # noqa: E741 - the letters of the method


def incoming(
    hypotheses: list[str], items: list[str], ratings: list[list[Rating | None]], analyst: str = "Analyst 1"
) -> Analysis:
    """Return an analysis of one matrix, as a file of another program is read."""
    analysis = new_analysis("Theirs", analyst)
    matrix = analysis.matrices[0]
    by = next(iter(analysis.analysts))
    for number, title in enumerate(hypotheses, 1):
        analysis.hypotheses[f"th{number}"] = Hypothesis(id=f"th{number}", label=f"H{number}", title=title)
    for number, title in enumerate(items, 1):
        analysis.evidence[f"te{number}"] = EvidenceItem(id=f"te{number}", label=f"E{number}", title=title)
    matrix.hypotheses, matrix.evidence = list(analysis.hypotheses), list(analysis.evidence)
    for item, row in zip(matrix.evidence, ratings, strict=True):
        for hypothesis, rating in zip(matrix.hypotheses, row, strict=True):
            matrix.set_rating(by, item, hypothesis, rating)
    return analysis


def into(case: Case, theirs: Analysis) -> Merged:
    return merge(case.analysis, theirs, case.matrix, case.analyst)


def test_what_is_known_is_matched_and_the_rest_is_added_in_one_step() -> None:
    case = small_case(2, 2)
    edits.rate(case.analysis, case.matrix, case.analyst, [(case.e(1), case.h(1))], C).apply(case.analysis)
    theirs = incoming(
        [" explanation  1 ", "A new one"],
        ["Report 1", "A new report"],
        [[Rating(I, "because of E2"), None], [None, Rating(C)]],
    )
    merged = into(case, theirs)

    def check() -> None:
        assert case.labels("hypothesis") == ["H1", "H2", "H3"]
        assert case.labels("evidence") == ["E1", "E2", "E3"]
        assert [case.value(1, number) for number in (1, 2, 3)] == [I, None, None]
        assert [case.value(3, number) for number in (1, 2, 3)] == [None, None, C]
        rating = case.matrix.rating(case.analyst, case.e(1), case.h(1))
        assert rating is not None
        assert rating.rationale == "because of E3", "their E2 is E3 here"
        assert not problems(case.analysis)

    do_undo_redo(case.analysis, merged.command, check)
    assert merged.taken == ("1 new hypothesis", "1 new item", "1 cell rated", "1 rating changed")
    assert merged.changed == ("E1 under H1: C became I.",)
    assert merged.skipped == ("The question there: “Theirs”.",)


def test_an_empty_cell_and_the_same_rating_change_nothing() -> None:
    case = small_case(1, 1)
    cell = [(case.e(1), case.h(1))]
    edits.rate(case.analysis, case.matrix, case.analyst, cell, C).apply(case.analysis)
    for rating in (None, Rating(C)):
        merged = into(case, incoming(["Explanation 1"], ["Report 1"], [[rating]]))
        assert merged.command.is_no_op
    into(case, incoming(["Explanation 1"], ["Report 1"], [[Rating(None, "Why?")]])).command.apply(case.analysis)
    kept = case.matrix.rating(case.analyst, *cell[0])
    assert kept is not None
    assert (kept.value, kept.rationale) == (C, "Why?")


def test_importing_the_same_file_twice_adds_nothing() -> None:
    case = small_case(1, 1)
    theirs = incoming(["A", "A"], ["x", "x"], [[Rating(C), None], [Rating(I), Rating(C)]])
    into(case, theirs).command.apply(case.analysis)
    counted = len(case.analysis.hypotheses), len(case.analysis.evidence)
    again = into(case, theirs)
    assert again.command.is_no_op
    assert counted == (3, 3)


def test_as_a_further_matrix_nothing_of_ours_changes() -> None:
    case = small_case(2, 2, rated=True)
    before = case.matrix.model_dump()
    theirs = incoming(["Explanation 1", "New"], ["Report 2"], [[Rating(I), Rating(C)]], "Ann")
    group = DependenceGroup(id="g", name="Both", items=("te1",), joint={"th1": 0.5})
    theirs.groups["g"] = group
    likely = (Likelihood(hypothesis="th2", word="likely"),)
    theirs.conclusions["c"] = Conclusion(id="c", matrix=theirs.matrices[0].id, answer="See H2.", likelihoods=likely)
    merged = merge(case.analysis, theirs, None, case.analyst)

    def check() -> None:
        assert case.matrix.model_dump() == before
        matrix = case.analysis.matrix(merged.matrices[0])
        assert matrix.hypotheses == [case.h(1), case.h(3)]
        assert matrix.evidence == [case.e(2)]
        assert matrix.sheets[case.analyst][case.e(2)][case.h(1)].value is I
        conclusion = case.analysis.conclusions["c"]
        assert (conclusion.matrix, conclusion.answer) == (matrix.id, "See H3.")
        assert conclusion.likelihoods[0].hypothesis == case.h(3)
        assert case.analysis.groups["g"].items == (case.e(2),)
        assert case.analysis.groups["g"].joint == {case.h(1): 0.5}
        assert not problems(case.analysis)

    do_undo_redo(case.analysis, merged.command, check)
    assert "The ratings of Ann are entered as those of Analyst 1." in merged.changed


def test_several_matrices_never_go_into_one() -> None:
    case = small_case()
    theirs = incoming(["A"], ["x"], [[None]])
    theirs.matrices.append(Matrix(name="Second"))
    with pytest.raises(ValueError, match="several matrices"):
        into(case, theirs)


def test_a_marking_that_is_not_covered_comes_along_on_every_new_item() -> None:
    case = small_case(0, 1)
    case.analysis.marking = "UNCLASSIFIED"
    theirs = incoming(["A"], ["Report 1", "x"], [[None], [None]])
    theirs.marking = "SECRET"
    merged = into(case, theirs)
    merged.command.apply(case.analysis)
    assert [case.item(1).marking, case.item(2).marking] == ["", "SECRET"]
    assert any("SECRET" in line for line in merged.changed)


def test_a_known_record_keeps_its_texts_and_that_is_said() -> None:
    case = small_case(1, 1)
    theirs = incoming(["Explanation 1"], ["Report 1"], [[None]])
    source = Source(id="ts", label="S1", name="Radio")
    theirs.sources["ts"] = source
    theirs.evidence["te1"] = EvidenceItem(
        id="te1", label="E1", title="Report 1", note="theirs", citations=(Citation(source="ts"),)
    )
    merged = into(case, theirs)
    merged.command.apply(case.analysis)
    assert case.item(1).note == ""
    assert "E1 keeps what it has; left out: note." in merged.skipped


def test_a_heading_here_takes_no_ratings() -> None:
    case = small_case(2, 1)
    edits.set_field(case.analysis, "hypothesis", [case.h(2)], "parent", case.h(1)).apply(case.analysis)
    merged = into(case, incoming(["Explanation 1", "Explanation 2"], ["Report 1"], [[Rating(C), Rating(C)]]))
    merged.command.apply(case.analysis)
    assert [case.value(1, 1), case.value(1, 2)] == [None, C]
    assert any("H1 is a heading" in line for line in merged.skipped)


def test_ids_that_are_taken_here_are_given_anew_and_no_field_is_mistaken_for_one() -> None:
    case = small_case(1, 1)
    theirs = incoming(["title"], ["note"], [[Rating(C)]])
    theirs.hypotheses = {"title": Hypothesis(id="title", label="H1", title="Explanation 1")}
    theirs.evidence = {case.e(1): EvidenceItem(id=case.e(1), label="E1", title="note", note="title")}
    theirs.matrices[0].hypotheses, theirs.matrices[0].evidence = ["title"], [case.e(1)]
    theirs.matrices[0].sheets = {}
    into(case, theirs).command.apply(case.analysis)
    assert not problems(case.analysis)
    assert len(case.analysis.evidence) == 1


titles = st.lists(st.sampled_from(["Explanation 1", "Report 1", "a", "b", "a ", ""]), max_size=4)


@given(titles, titles, st.booleans(), st.data())
@settings(max_examples=60)
def test_undo_takes_back_every_import(
    hypotheses: list[str], items: list[str], beside: bool, data: st.DataObject
) -> None:
    case = small_case(2, 2, rated=True)
    cells = st.none() | st.builds(Rating, st.none() | st.sampled_from(RatingValue), st.sampled_from(["", "E1"]))
    ratings = [[data.draw(cells) for _column in hypotheses] for _row in items]
    merged = merge(case.analysis, incoming(hypotheses, items, ratings), None if beside else case.matrix, case.analyst)

    def check() -> None:
        assert not problems(case.analysis)

    if not merged.command.is_no_op:
        do_undo_redo(case.analysis, merged.command, check)
