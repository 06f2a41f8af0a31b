"""Changes since: sentences in groups, what they did to the standing, and which single change turned it."""

from __future__ import annotations

import dataclasses

import pytest
from helpers.analyses import Case, small_case

from ach_desk import paths
from ach_desk.commands import Command, edits, trail
from ach_desk.model import Analysis, Level, RatingValue
from ach_desk.reporting import comparison
from ach_desk.reporting.comparison import Comparison, compare
from ach_desk.storage.codec import decode

YES, EVEN, NO, NEVER = (
    RatingValue.CONSISTENT,
    RatingValue.NEUTRAL,
    RatingValue.INCONSISTENT,
    RatingValue.VERY_INCONSISTENT,
)


class Told(Case):
    """A case with the state that is compared with the present."""

    before: Analysis

    def do(self, command: Command) -> None:
        command.apply(self.analysis)

    def rate(self, item: int, hypothesis: int, value: RatingValue | None) -> None:
        cell = (self.e(item), self.h(hypothesis))
        self.do(edits.rate(self.analysis, self.matrix, self.analyst, [cell], value))

    def compared(self) -> Comparison:
        return compare(self.before, self.analysis, self.matrix, self.analyst)

    def texts(self, key: str) -> list[str]:
        return [sentence.text for sentence in self.compared().group(key)]

    def effect(self) -> list[str]:
        return [sentence.text for sentence in self.compared().effect]


@pytest.fixture
def case() -> Told:
    """H1 has nothing against it, H2 one, H3 two."""
    made = small_case(3, 3)
    told = Told(made.analysis, made.matrix, made.analyst)
    for item, values in enumerate(((YES, NO, NO), (YES, YES, NO), (YES, YES, YES)), 1):
        for hypothesis, value in enumerate(values, 1):
            told.rate(item, hypothesis, value)
    told.before = told.analysis.snapshot()
    return told


def test_nothing_changed(case: Told) -> None:
    found = case.compared()
    assert found.is_empty
    assert not found.effect
    assert found.as_text("Since then") == "Since then\n\nNothing has changed.\n"


def test_new_records_say_how_they_were_rated(case: Told) -> None:
    case.do(edits.add_items(case.analysis, case.matrix, [{"title": "A new report"}]))
    case.rate(4, 2, NO)
    case.do(edits.add_hypotheses(case.analysis, case.matrix, [{"title": "Another"}]))
    assert case.texts("new") == ["H4: “Another”", "E4: “A new report” (H2 I)"]
    assert case.compared().group("new")[1].evidence == case.e(4)


def test_re_rated_with_reason_and_place(case: Told) -> None:
    case.rate(2, 2, NO)
    case.do(edits.annotate(case.matrix, case.analyst, [(case.e(2), case.h(2))], rationale="seen again"))
    (sentence,) = case.compared().group("rated")
    assert sentence.text == "E2 under H2: C → I, “seen again”"
    assert (sentence.evidence, sentence.hypothesis) == (case.e(2), case.h(2))


def test_the_time_of_a_rating_alone_is_no_change(case: Told) -> None:
    row = case.matrix.sheets[case.analyst][case.e(1)]
    row[case.h(1)] = dataclasses.replace(row[case.h(1)], time="2030-01-01T00:00:00Z")
    assert case.compared().is_empty


def test_set_aside_rejected_reworded_deleted_and_graded(case: Told) -> None:
    case.do(edits.set_aside(case.analysis, [case.e(1)], "forged"))
    case.do(edits.reject(case.analysis, [case.h(3)], "too old"))
    case.do(edits.set_field(case.analysis, "evidence", [case.e(2)], "title", "Report two"))
    case.do(edits.set_field(case.analysis, "evidence", [case.e(2)], "credibility", Level.LOW))
    case.do(edits.add_source(case.analysis, "Reuters", [case.e(2)])[0])
    case.do(edits.remove(case.analysis, "evidence", [case.e(3)]))
    assert case.texts("aside") == ["E1 was set aside: forged"]
    assert case.texts("rejected") == ["H3 was rejected: too old"]
    assert case.texts("worded") == ["E2, title: “Report 2” → “Report two”"]
    assert case.texts("graded") == ["E2: credibility not set → low", "E2: now cites S1"]
    assert case.texts("deleted") == ["E3: “Report 3”"]
    text = case.compared().as_text("Since then")
    assert text.startswith("Since then\n\nNew\n- S1: “Reuters”\n\nSet aside, or counted again\n- E1 was set aside")
    assert comparison.effect_title() not in case.compared().as_text("Since then", with_effect=False)


def test_counted_and_active_again(case: Told) -> None:
    case.do(edits.set_aside(case.analysis, [case.e(1)], ""))
    case.do(edits.reject(case.analysis, [case.h(3)], ""))
    case.before = case.analysis.snapshot()
    case.do(edits.take_back(case.analysis, [case.e(1)]))
    case.do(edits.reinstate(case.analysis, [case.h(3)]))
    assert case.texts("aside") == ["E1 counts again"]
    assert case.texts("rejected") == ["H3 is active again"]


def test_the_change_that_turned_the_order_alone(case: Told) -> None:
    case.rate(3, 1, NO)
    case.rate(3, 3, EVEN)
    found = case.effect()
    assert found[0] == "H1 was first; now H1 and H2 are tied."
    assert "E3 under H1, C → I, did it alone: without it, H1 would be first." in found
    assert len(found) == 3


def test_where_none_did_it_alone_the_strongest_are_named(case: Told) -> None:
    case.rate(2, 1, NEVER)
    case.rate(3, 1, NEVER)
    found = case.effect()
    assert found[0] == "H1 was first; now H2 is."
    assert found[2:] == [
        "No change did it alone. These took most of the lead:",
        "E2 under H1, C → II, took 2.0 points from H1.",
        "E3 under H1, C → II, took 2.0 points from H1.",
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda c: c.do(edits.reject(c.analysis, [c.h(1)], "")), "H1, which was rejected, did it alone"),
        (lambda c: c.do(edits.remove(c.analysis, "hypothesis", [c.h(1)])), "H1, which was deleted, did it alone"),
        (lambda c: c.do(edits.set_aside(c.analysis, [c.e(1)], "")), "E1, which was set aside, did it alone"),
        (lambda c: c.do(edits.remove(c.analysis, "evidence", [c.e(1)])), "E1, which was deleted, did it alone"),
    ],
)
def test_every_sort_of_change_can_be_the_cause(case: Told, change, words: str) -> None:
    change(case)
    assert any(text.startswith(words) for text in case.effect()), case.effect()


def test_a_new_item_or_another_weight_can_be_the_cause(case: Told) -> None:
    case.do(edits.add_items(case.analysis, case.matrix, [{"title": "New"}]))
    case.rate(4, 1, NEVER)
    assert "E4, which is new, did it alone: without it, H1 would be first." in case.effect()
    case.before = case.analysis.snapshot()
    case.do(edits.set_field(case.analysis, "evidence", [case.e(4)], "credibility", Level.LOW))
    case.do(edits.set_field(case.analysis, "evidence", [case.e(4)], "relevance", Level.LOW))
    assert case.effect()[0] == "H2 was first; now H1 and H2 are tied."
    assert case.effect()[-1] == "E4, which has another weight, did it alone: without it, H2 would be first."


def test_still_first_with_another_lead(case: Told) -> None:
    case.rate(3, 2, NO)
    assert case.effect()[0] == "H1 is still first; its lead was 1.0 points and is 2.0."


def test_another_file_shares_nothing(case: Told) -> None:
    case.before = small_case(2, 1).analysis
    found = case.compared()
    assert len(found.group("new")) == 6
    assert len(found.group("deleted")) == 3
    assert found.effect[0].text == "H1 is first now."


def test_too_many_changes_are_not_tried_one_by_one() -> None:
    made = small_case(2, 250)
    told = Told(made.analysis, made.matrix, made.analyst)
    told.rate(1, 1, YES)
    told.rate(1, 2, NO)
    told.before = told.analysis.snapshot()
    cells = [(entry, hypothesis) for entry in told.matrix.evidence for hypothesis in told.matrix.hypotheses]
    told.do(edits.rate(told.analysis, told.matrix, told.analyst, cells, NO))
    assert "There are too many changes to try each of them alone." in told.effect()


def test_where_the_first_stays_first_the_change_that_turned_the_rest_is_named() -> None:
    data = (paths.seeds() / "russia-june-2023.ach.json").read_bytes()
    analysis = decode(data, "june").analysis
    (baseline,) = analysis.snapshots.values()
    then, matrix = trail.as_of_entry(analysis, baseline.after).analysis, analysis.matrices[0]
    found = comparison.compare(then, analysis, matrix, next(iter(analysis.analysts)))
    assert [sentence.text for sentence in found.effect] == [
        "H4 is still first.",
        "Order before: H4, H2 = H3, H1. Now: H4, H3, H2, H1.",
        "E2 under H2, N → I, did it alone: without it, the order would be as before.",
    ]
