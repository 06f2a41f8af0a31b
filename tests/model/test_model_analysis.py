"""The analysis: sheets, snapshots, labels, links, and what can be wrong between its parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ach_desk.model import (
    Analysis,
    Analyst,
    EvidenceItem,
    Hypothesis,
    Matrix,
    Numbers,
    Rating,
    RatingValue,
    Source,
    new_analysis,
    replace,
)
from ach_desk.model.integrity import problems
from ach_desk.model.labels import highest_number, label_index, links_in, next_labels, records_of, relabelled

CONSISTENT = Rating(RatingValue.CONSISTENT)


def sample() -> Analysis:
    return Analysis(
        hypotheses={f"h{n}": Hypothesis(id=f"h{n}", label=f"H{n}", title="t") for n in (1, 2)},
        evidence={f"e{n}": EvidenceItem(id=f"e{n}", label=f"E{n}", title="t") for n in (1, 7)},
        sources={"s1": Source(id="s1", label="S1", name="BBC")},
        analysts={"a": Analyst(id="a", name="A"), "b": Analyst(id="b", name="B")},
        matrices=[Matrix(id="m", name="M", hypotheses=["h1", "h2"], evidence=["e1", "e7"], sheets={"a": {}})],
        next_numbers=Numbers(hypothesis=3, evidence=8, source=2),
    )


def test_a_new_analysis_has_one_analyst_with_an_empty_sheet_and_names_nobody() -> None:
    analysis = new_analysis("Why?")
    (analyst,) = analysis.analysts.values()
    (matrix,) = analysis.matrices
    assert analysis.question == "Why?"
    assert matrix.sheets == {analyst.id: {}}
    assert (analyst.name, analysis.authors) == ("Analyst 1", ())
    assert analysis.id != new_analysis().id
    assert problems(analysis) == []


def test_a_rating_is_put_taken_and_emptied_without_traces() -> None:
    matrix = sample().matrices[0]
    assert matrix.rating("a", "e1", "h1") is None
    matrix.set_rating("a", "e1", "h1", CONSISTENT)
    assert matrix.rating("a", "e1", "h1") == CONSISTENT
    assert matrix.rating("b", "e1", "h1") is None
    matrix.set_rating("a", "e1", "h1", Rating(None))
    assert matrix.sheets == {"a": {}}
    matrix.set_rating("a", "e1", "h1", None)
    assert matrix.sheets == {"a": {}}


def test_a_note_without_a_value_stays_in_the_cell() -> None:
    matrix = sample().matrices[0]
    matrix.set_rating("a", "e1", "h1", Rating(None, "ask again"))
    assert matrix.sheets["a"]["e1"]["h1"].rationale == "ask again"


def test_matrices_are_found_by_id() -> None:
    analysis = sample()
    assert analysis.matrix("m") is analysis.matrices[0]
    with pytest.raises(KeyError):
        analysis.matrix("n")


def test_all_cells_are_walked() -> None:
    analysis = sample()
    matrix = analysis.matrices[0]
    matrix.set_rating("a", "e1", "h1", CONSISTENT)
    matrix.set_rating("b", "e7", "h2", CONSISTENT)
    assert [cell[1:4] for cell in analysis.rating_cells()] == [("a", "e1", "h1"), ("b", "e7", "h2")]


def test_a_snapshot_is_equal_and_untouched_by_later_edits() -> None:
    analysis = sample()
    analysis.matrices[0].set_rating("a", "e1", "h1", CONSISTENT)
    kept = analysis.snapshot()
    assert kept == analysis
    before = kept.model_dump()
    analysis.matrices[0].set_rating("a", "e1", "h1", None)
    analysis.matrices[0].hypotheses.reverse()
    analysis.matrices.append(Matrix())
    analysis.hypotheses["h1"] = replace(analysis.hypotheses["h1"], title="other")
    analysis.evidence.clear()
    analysis.question = "other"
    assert kept.model_dump() == before


def test_a_snapshot_shares_the_rows_and_no_edit_reaches_through_them() -> None:
    analysis = sample()
    matrix = analysis.matrices[0]
    matrix.set_rating("a", "e1", "h1", CONSISTENT)
    matrix.set_rating("a", "e2", "h1", CONSISTENT)
    kept = analysis.snapshot()
    before = kept.model_dump()
    assert kept.matrices[0].sheets["a"]["e2"] is matrix.sheets["a"]["e2"]
    matrix.set_rating("a", "e1", "h2", CONSISTENT)
    matrix.set_rating("a", "e2", "h1", None)
    matrix.set_rating("b", "e1", "h1", CONSISTENT)
    matrix.empty_cells("a", "e1", {"h1", "h9"})
    matrix.empty_cells("nobody", "e1", {"h1"})
    assert kept.model_dump() == before
    assert {item: list(row) for item, row in matrix.sheets["a"].items()} == {"e1": ["h2"]}


@pytest.mark.parametrize("kind", ["hypothesis", "evidence", "source"])
@given(steps=st.lists(st.one_of(st.integers(1, 3), st.just("delete")), max_size=12))
def test_no_label_is_ever_given_twice(kind: str, steps: list[int | str]) -> None:
    analysis = Analysis()
    given_labels: list[str] = []
    make = {
        "hypothesis": lambda label: Hypothesis(id=label, label=label, title=""),
        "evidence": lambda label: EvidenceItem(id=label, label=label, title=""),
        "source": lambda label: Source(id=label, label=label, name=""),
    }[kind]
    records = records_of(analysis, kind)
    for step in steps:
        if isinstance(step, str):
            records.popitem() if records else None
            continue
        labels, analysis.next_numbers = next_labels(analysis, kind, step)
        records.update({label: make(label) for label in labels})
        given_labels += labels
    assert len(set(given_labels)) == len(given_labels)
    assert given_labels == [f"{kind[0].upper()}{number}" for number in range(1, len(given_labels) + 1)]


def test_labels_go_on_above_those_in_use_when_the_counter_was_edited_by_hand() -> None:
    analysis = sample()
    analysis.next_numbers = Numbers()
    assert next_labels(analysis, "evidence", 2) == (["E8", "E9"], Numbers(evidence=10))
    analysis.evidence["x"] = EvidenceItem(id="x", label="E123456789012", title="")
    assert next_labels(analysis, "evidence", 1)[0] == ["E123456789013"]


def test_labels_that_follow_no_numbering_do_not_count() -> None:
    analysis = sample()
    analysis.evidence["x"] = EvidenceItem(id="x", label="Annex 12", title="")
    analysis.evidence["y"] = EvidenceItem(id="y", label="E007", title="")
    assert highest_number(analysis, "evidence") == 7
    assert highest_number(Analysis(), "hypothesis") == 0
    with pytest.raises(KeyError):
        records_of(analysis, "analyst")


def test_a_label_typed_in_any_text_is_a_link() -> None:
    text = "E7 speaks against H2 (see S1, not E8 or E70); AE7, E7a, x-E1 and E1-2 are none, E1's is."
    links = list(links_in(text, label_index(sample())))
    assert [(text[link.start : link.end], link.kind, link.id) for link in links] == [
        ("E7", "evidence", "e7"),
        ("H2", "hypothesis", "h2"),
        ("S1", "source", "s1"),
        ("E1", "evidence", "e1"),
    ]


def test_links_are_found_beside_other_scripts_and_signs() -> None:
    index = label_index(sample())
    assert len(list(links_in("«E7», (E7) E7/H1\nE7—E7 🙂E7🙂 E1–E7", index))) == 9
    assert not list(links_in("אE7 E7東 e7 h1", index))


def test_renumbering_exchanges_labels_in_texts_all_at_once() -> None:
    swap = {"E1": "E7", "E7": "E1"}
    assert relabelled("E1, E7 and E70, xE1", swap.get) == "E7, E1 and E70, xE1"


def found(analysis: Analysis) -> list[str]:
    return [problem.text for problem in problems(analysis)]


def test_a_sound_analysis_has_no_problems() -> None:
    assert found(sample()) == []


def test_labels_given_twice_are_found() -> None:
    analysis = sample()
    analysis.evidence["e7"] = replace(analysis.evidence["e7"], label="E1")
    assert found(analysis) == ["The label E1 is given twice."]


def test_dangling_references_of_records_are_found() -> None:
    analysis = sample()
    analysis.hypotheses["h1"] = replace(analysis.hypotheses["h1"], combines=("h1", "gone"))
    analysis.evidence["e1"] = replace(analysis.evidence["e1"], citations=({"source": "lost"},))
    assert found(analysis) == [
        "H1 combines itself.",
        "H1 combines a hypothesis that does not exist (gone).",
        "E1 cites a source that does not exist (lost).",
    ]


def test_dangling_and_doubled_entries_of_matrices_are_found() -> None:
    analysis = sample()
    matrix = analysis.matrices[0]
    matrix.hypotheses += ["h1", "gone"]
    matrix.evidence += ["e1", "lost"]
    matrix.sheets = {"nobody": {"lost": {}, "e1": {"gone": CONSISTENT}}}
    analysis.matrices.append(Matrix(id="m"))
    assert found(analysis) == [
        "Two matrices have the id m.",
        "The matrix M lists a missing hypothesis (gone).",
        "The matrix M lists the same hypothesis twice (h1).",
        "The matrix M lists a missing evidence item (lost).",
        "The matrix M lists the same evidence item twice (e1).",
        "The matrix M has ratings of an analyst who does not exist (nobody).",
        "The matrix M rates an evidence item that does not exist (lost).",
        "The matrix M rates a hypothesis that does not exist (gone).",
    ]
    assert {problem.place for problem in problems(analysis)} == {"m", "matrix M"}
