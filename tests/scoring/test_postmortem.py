"""What the stated likelihoods were worth, which items misled, and the record over several cases: exact figures."""

from __future__ import annotations

import math

import pytest
from helpers.assessments import assessment_of, mixed_levels, random_ratings

from ach_desk.model import Analysis, Conclusion, Level, Likelihood, Outcome
from ach_desk.scoring.postmortem import Judged, Verdict, brier, misleading, misled_rows, verdict
from ach_desk.scoring.postmortem_words import judged_sentences, misleading_sentence, one_case, verdict_sentences
from ach_desk.scoring.record import TOO_FEW, Case, calibration, cases_of, mean_brier

ITEMS = ["x", "y", "z"]


def said(*ranges: tuple[float, float] | None, exclusive: bool | None = True) -> Conclusion:
    likelihoods = tuple(
        Likelihood(hypothesis=f"h{number}", low=around[0], high=around[1])
        for number, around in enumerate(ranges)
        if around is not None
    )
    return Conclusion(id="q", matrix="m", exclusive=exclusive, likelihoods=likelihoods)


def came(*true: int, none: bool = False) -> Outcome:
    return Outcome(id="o", matrix="m", true=tuple(f"h{number}" for number in true), none_of_them=none)


def three(rejected: tuple[int, ...] = ()):
    return assessment_of(["a", "b", "c"], ["x"], lambda _item, column: ["C", "N", "I"][column], rejected=rejected)


@pytest.mark.parametrize(
    ("probabilities", "truths", "score"),
    [
        ((1, 0, 0), (True, False, False), 0),
        ((0, 1, 0), (True, False, False), 2),
        ((0.7, 0.2, 0.1), (True, False, False), 0.09 + 0.04 + 0.01),
        ((0.5, 0.5), (False, True), 0.5),
        # None of them: what is left to "something else" is 0.4, so (0.6)^2 is added.
        ((0.3, 0.3), (False, False), 0.09 + 0.09 + 0.36),
        ((0.5, 0.5), (False, False), 0.25 + 0.25 + 1),
    ],
)
def test_the_score_of_exclusive_hypotheses(probabilities: tuple, truths: tuple, score: float) -> None:
    assert brier(probabilities, truths) == pytest.approx(score, abs=1e-12)


def test_the_middle_of_a_range_is_scored() -> None:
    found = verdict(said((60, 80), (10, 30), (10, 10)), came(0), three())
    assert found.brier == pytest.approx(0.09 + 0.04 + 0.01)
    assert [(one.hypothesis.label, one.probability, one.true) for one in found.judged] == [
        ("H1", 0.7, True),
        ("H2", 0.2, False),
        ("H3", 0.1, False),
    ]
    assert verdict_sentences(found) == [
        "Brier score 0.14: 0 is certain and right, 2 is certain and wrong.",
        "Of a range its middle is scored.",
        one_case(),
    ]
    assert judged_sentences(found)[:2] == [
        "H1: said about 70 %, proved true.",
        "H2: said about 20 %, did not prove true.",
    ]


def test_what_is_not_numeric_is_not_scored_and_said() -> None:
    found = verdict(said((60, 80), None, (10, 10)), came(0), three())
    assert found.brier is None
    assert [entry.label for entry in found.unscored] == ["H2"]
    assert found.mean == pytest.approx((0.09 + 0.01) / 2)
    assert "Not scored, because no number was stated: H2." in verdict_sentences(found)


def test_a_rejected_hypothesis_needs_no_number_unless_it_proved_true() -> None:
    assessment = three(rejected=(2,))
    assert verdict(said((70, 70), (30, 30)), came(0), assessment).brier == pytest.approx(0.18)
    found = verdict(said((70, 70), (30, 30)), came(2), assessment)
    assert found.brier is None
    assert [entry.label for entry in found.unscored] == ["H3"]


@pytest.mark.parametrize(("exclusive", "true"), [(False, (0,)), (None, (0,)), (True, (0, 1))])
def test_what_does_not_exclude_each_other_is_scored_one_by_one(exclusive: bool | None, true: tuple[int, ...]) -> None:
    found = verdict(said((70, 70), (60, 60), (10, 10), exclusive=exclusive), came(*true), three())
    assert found.brier is None
    assert [one.score for one in found.judged] == pytest.approx([0.09, 0.16 if 1 in true else 0.36, 0.01])


def test_nothing_is_scored_while_it_is_not_said_what_came() -> None:
    assert verdict(said((70, 70)), came(), three()) == Verdict(None, (), ())
    assert verdict_sentences(Verdict(None, (), ())) == []


def rated(rows: list[str], **options: object):
    return assessment_of(
        ["a", "b", "c"], ITEMS[: len(rows)], lambda item, column: rows[item].split()[column], **options
    )


def test_items_that_misled_come_in_order_of_how_much() -> None:
    # H2 proved true. E1 spoke strongly against it; E2 fits all alike; E3 spoke for H1 and less for H2.
    found = misleading(rated(["C II N", "C C C", "CC C I"]), came(1))
    assert [(one.item.label, one.against, one.favoured) for one in found] == [("E1", 2.0, 0.5), ("E3", 0.0, 0.5)]
    assert (
        misleading_sentence(found[0]) == "E1 spoke against H2 (II), which proved true, and for H1 (C), which did not."
    )
    assert misleading_sentence(found[1]) == "E3 spoke for H1 (CC), which did not prove true."


def test_weight_counts_and_items_set_aside_do_not() -> None:
    found = misleading(rated(["C I N", "C I N"], levels=lambda item: Level.HIGH if item else None), came(1))
    assert [one.item.label for one in found] == ["E2", "E1"]
    assert found[0].against == pytest.approx(math.sqrt(2))
    assert [one.item.label for one in misleading(rated(["C I N", "C I N"], set_aside=(0,)), came(1))] == ["E2"]


def test_the_order_is_that_of_the_amounts_that_are_said() -> None:
    items = [f"i{number}" for number in range(60)]
    for seed, true in ((1, (1,)), (2, (0, 2)), (3, ())):
        assessment = assessment_of(["a", "b", "c"], items, random_ratings(seed), levels=mixed_levels)
        outcome = came(*true, none=not true)
        found = misleading(assessment, outcome)
        amounts = [one.against + one.favoured for one in found]
        assert amounts == pytest.approx(sorted(amounts, reverse=True))
        assert all(one.true or one.false for one in found)
        assert len(found) == len(misled_rows(assessment, outcome))
        assert misleading(assessment, outcome, 5) == found[:5]
        quiet = {item.id for item in assessment.items} - {one.item.id for one in found}
        assert quiet, "some items misled nobody"


def test_what_is_unrated_or_not_applicable_misled_nobody() -> None:
    assessment = assessment_of(["a", "b"], ["x"], lambda _item, column: ("N/A", "")[column])
    assert misleading(assessment, came(1)) == []
    assert misleading(rated(["I I I"]), came()) == []


def test_none_of_them_makes_every_fitting_item_misleading() -> None:
    (found,) = misleading(rated(["C N I"]), came(none=True))
    assert (found.against, found.favoured) == (0.0, pytest.approx(1 / 3))


def test_several_true_ones_are_taken_together() -> None:
    (found,) = misleading(rated(["C I C"]), came(0, 1))
    assert found.true[0][0] == "H2"
    assert found.false == (), "it fits the true H1 as well"


def _case(*statements: tuple[float, bool], score: float | None = None) -> Case:
    hypothesis = three().hypotheses[0]
    judged = tuple(Judged(hypothesis, probability, true) for probability, true in statements)
    return Case("a.ach.json", "Who?", came(0), said(), (hypothesis,), Verdict(score, judged, ()))


def test_the_record_counts_statements_by_band() -> None:
    cases = [
        _case((0.2, False), (0.8, True), score=0.1),
        _case((1.0, True), (0.0, False), score=0.5),
        _case((0.9, False)),
    ]
    found = calibration(cases)
    assert [(band.low, band.high, band.stated, band.true) for band in found] == [
        (0, 20, 1, 0),
        (20, 40, 1, 0),
        (40, 60, 0, 0),
        (60, 80, 0, 0),
        (80, 100, 3, 2),
    ]
    assert found[4].said == pytest.approx(0.9)
    assert found[4].share == pytest.approx(2 / 3)
    assert found[2].share is None
    assert mean_brier(cases) == pytest.approx(0.3)
    assert mean_brier([]) is None


def test_too_few_is_a_documented_number() -> None:
    assert TOO_FEW == 10
    few, enough = (calibration([_case(*[(0.9, True)] * count)])[4] for count in (9, 10))
    assert not few.is_enough
    assert enough.is_enough


def test_outcomes_without_a_conclusion_or_a_matrix_are_no_trouble() -> None:
    analysis = Analysis(question="Who?")
    analysis.outcomes["o"] = came(0)
    assert list(cases_of(analysis, "a")) == []
