"""What is handed out: the words of a matrix, and nothing of anybody's judgement of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.analyses import small_case

from ach_desk import paths
from ach_desk.commands import edits
from ach_desk.commands.handing_out import GIVEN, analyst_named, hand_out
from ach_desk.model import Analysis, EvidenceItem, Hypothesis, Matrix, Round, RoundState, Source, replace
from ach_desk.storage.codec import decode, encode
from ach_desk.storage.files import read_document

INSIDE = {
    "analysis": {"id", "description", "handover", "hypothesis_check", "deception_check", "report", "handed_out"}
    | {"hypotheses", "evidence", "sources", "analysts", "matrices", "scenarios", "snapshots", "challenges", "retests"}
    | {"groups", "expectations", "indicators", "conclusions", "outcomes", "findings_set_aside", "rounds", "estimates"}
    | {"remarks", "cases", "trail"},
    "matrix": {"hypotheses", "evidence", "sheets", "note", "priors"},
    "hypothesis": {"note", "status", "status_reason", "status_date"},
    "evidence": {"note", "flag", "cost", "suspect", "suspect_reason", "attachments"}
    | {"status", "status_reason", "status_date"},
    "source": {"note", "suspect_reason"},
}
"""What is not copied. A new field of the model has to be put here or into GIVEN: that is a decision."""


@pytest.mark.parametrize(
    ("kind", "record"),
    [
        ("analysis", Analysis),
        ("matrix", Matrix),
        ("hypothesis", Hypothesis),
        ("evidence", EvidenceItem),
        ("source", Source),
    ],
)
def test_of_every_field_it_is_decided_whether_it_goes_out(kind: str, record: type) -> None:
    assert GIVEN[kind].isdisjoint(INSIDE[kind])
    assert set(record.model_fields) == GIVEN[kind] | INSIDE[kind]


@pytest.fixture(scope="module")
def june() -> Analysis:
    return read_document(paths.seeds() / "russia-june-2023.ach.json").loaded.analysis


def given_to(june: Analysis, name: str, seed: int | None = None) -> Analysis:
    return hand_out(june, june.matrices[0], analyst_named(june, name), seed=seed, time="2023-07-01T08:00:00Z")


def test_nothing_of_the_standing_is_in_the_file(june: Analysis) -> None:
    data = encode(given_to(june, "Ann"))
    words = data.decode()
    judged = [rating.rationale for *_cell, rating in june.rating_cells() if rating.rationale]
    judged += [entry.answer for entry in june.conclusions.values()] + [entry.name for entry in june.scenarios.values()]
    judged += [entry.note for entry in june.evidence.values() if entry.note]
    judged += [entry.status_reason for entry in june.evidence.values() if entry.status_reason]
    judged += [june.description, *(entry.name for entry in june.analysts.values())]
    assert len(judged) > 80
    assert not [text for text in judged if text and text in words]
    found = decode(data, "ann")
    assert found.problems == ()
    assert list(found.analysis.rating_cells()) == []
    assert found.analysis.trail == []


def test_it_says_whose_it_is_and_where_it_comes_from(june: Analysis) -> None:
    given = given_to(june, "  Ann   B ")
    (analyst,) = given.analysts.values()
    assert analyst.name == "Ann B"
    assert given.handed_out is not None
    assert (given.handed_out.analysis, given.handed_out.analyst) == (june.id, analyst.id)
    assert given.id != june.id
    assert given_to(june, "ann b").analysts.keys() == given.analysts.keys()
    assert list(given_to(june, "analyst a").analysts) == list(june.analysts)


def test_ids_labels_and_words_stay_and_what_was_set_aside_stays_inside(june: Analysis) -> None:
    given = given_to(june, "Ann")
    for entry in given.evidence.values():
        assert (entry.label, entry.title) == (june.evidence[entry.id].label, june.evidence[entry.id].title)
        assert entry.is_counted
    left = {entry.label for entry in june.evidence.values()} - {entry.label for entry in given.evidence.values()}
    assert left == {"E3", "E12", "E18"}
    assert next(entry for entry in given.evidence.values() if entry.label == "E13").twin is None
    assert given.matrices[0].id == june.matrices[0].id


def test_without_a_seed_the_order_stays_and_with_one_it_is_another_for_each(june: Analysis) -> None:
    kept = [entry for entry in june.matrices[0].evidence if june.evidence[entry].is_counted]
    assert given_to(june, "Ann").matrices[0].evidence == kept
    orders = [given_to(june, name, seed=5).matrices[0].evidence for name in ("Ann", "Ben", "Cy")]
    assert len({tuple(order) for order in orders}) == 3
    assert all(sorted(order) == sorted(kept) and order != kept for order in orders)
    assert given_to(june, "Ann", seed=5) == given_to(june, "Ann", seed=5)
    assert list(given_to(june, "Ann", seed=5).evidence) == orders[0]


def test_shuffled_hypotheses_keep_families_together_and_combinations_last() -> None:
    case = small_case(8, 1)
    for child, parent in ((2, 1), (3, 1), (5, 4)):
        case.analysis.hypotheses[case.h(child)] = replace(case.hypothesis(child), parent=case.h(parent))
    case.analysis.hypotheses[case.h(6)] = replace(case.hypothesis(6), combines=(case.h(2), case.h(5)))
    for seed in range(20):
        given = hand_out(case.analysis, case.matrix, analyst_named(case.analysis, "Ann"), seed=seed)
        order = [given.hypotheses[entry].label for entry in given.matrices[0].hypotheses]
        assert order[-1] == "H6"
        assert sorted(order[order.index("H1") + 1 : order.index("H1") + 3]) == ["H2", "H3"]
        assert order[order.index("H4") + 1] == "H5"


def test_a_rejected_hypothesis_is_not_handed_out_and_nothing_refers_to_it() -> None:
    case = small_case(4, 2)
    case.analysis.hypotheses[case.h(2)] = replace(case.hypothesis(2), parent=case.h(1))
    edits.reject(case.analysis, [case.h(1)], "it was not so").apply(case.analysis)
    given = hand_out(case.analysis, case.matrix, analyst_named(case.analysis, "Ann"))
    assert [entry.label for entry in given.hypotheses.values()] == ["H2", "H3", "H4"]
    assert given.hypotheses[case.h(2)].parent is None
    assert b"it was not so" not in encode(given)


def test_a_withheld_source_goes_out_by_its_public_description_alone(tmp_path: Path) -> None:
    case = small_case(2, 1)
    command, source = edits.add_source(case.analysis, "Anna Secret", [case.e(1)])
    command.apply(case.analysis)
    case.analysis.sources[source] = replace(
        case.analysis.sources[source], withheld=True, public_description="somebody in the office"
    )
    data = encode(hand_out(case.analysis, case.matrix, analyst_named(case.analysis, "Ben")))
    assert b"Secret" not in data
    assert b"somebody in the office" in data


def test_the_private_round_that_is_under_way_comes_along_without_what_anybody_rated() -> None:
    case = small_case(2, 1)
    for number, state in enumerate((RoundState.CLOSED, RoundState.PRIVATE)):
        case.analysis.rounds[f"n{number}"] = Round(
            id=f"n{number}",
            matrix=case.matrix.id,
            state=state,
            sheets={case.analyst: {case.e(1): {case.h(1): "CC"}}},  # pyright: ignore[reportArgumentType]
        )
    given = hand_out(case.analysis, case.matrix, analyst_named(case.analysis, "Ben"))
    assert [(entry.id, entry.sheets) for entry in given.rounds.values()] == [("n1", {})]
