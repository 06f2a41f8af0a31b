"""What the program points out about a conclusion, and that it never writes one."""

from __future__ import annotations

import pytest
from helpers.analyses import Case, small_case

from ach_desk.commands import conclusions, edits
from ach_desk.model import LikelihoodScale, RatingValue
from ach_desk.model.conclusions import conclusion_on
from ach_desk.scoring import all_findings, assess
from ach_desk.scoring.conclusion_findings import CONCLUSION_CODES, conclusion_findings


@pytest.fixture
def case() -> Case:
    """Return three hypotheses, H1 with nothing and H3 with most against it, and no conclusion."""
    found = small_case(3, 1)
    values = (RatingValue.CONSISTENT, RatingValue.INCONSISTENT, RatingValue.VERY_INCONSISTENT)
    wanted = [((found.e(1), found.h(number)), value) for number, value in enumerate(values, 1)]
    edits.rate_each(found.analysis, found.matrix, found.analyst, wanted, "").apply(found.analysis)
    return found


def begun(case: Case, **fields: object) -> Case:
    conclusions.begin(case.analysis, case.matrix, case.analyst, LikelihoodScale.ICD_203).apply(case.analysis)
    for name, value in fields.items():
        set_field(case, name, value)
    return case


def set_field(case: Case, name: str, value: object) -> None:
    conclusions.set_field(case.analysis, "conclusion", present(case).id, name, value).apply(case.analysis)


def present(case: Case):
    found = conclusion_on(case.analysis, case.matrix.id)
    assert found is not None
    return found


def word(case: Case, number: int, text: str) -> None:
    conclusions.set_word(case.analysis, present(case), case.h(number), text).apply(case.analysis)


def numbers(case: Case, number: int, low: float, high: float) -> None:
    conclusions.set_numbers(case.analysis, present(case), case.h(number), (low, high)).apply(case.analysis)
    conclusions.fit_word(case.analysis, present(case), case.h(number)).apply(case.analysis)


def found(case: Case) -> dict[str, str]:
    assessment = assess(case.analysis, case.matrix, case.analyst)
    return {one.code: one.text for one in conclusion_findings(case.analysis, case.matrix, assessment)}


def complete(case: Case) -> Case:
    """Return a case with a conclusion in which nothing is open."""
    begun(case, answer="It was H1.", exclusive=True, confidence="low", gaps="The memo.", would_change="A second memo.")
    for number, text in ((1, "likely"), (2, "very unlikely"), (3, "very unlikely")):
        word(case, number, text)
    return case


def test_a_missing_conclusion_is_pointed_out_only_once_everything_is_rated(case: Case) -> None:
    assert found(case) == {"conclusion_missing": "Everything is rated, and no conclusion is written."}
    assert found(small_case(3, 1)) == {}
    assert found(small_case(0, 0)) == {}


def test_it_begins_empty_whatever_the_scores_say(case: Case) -> None:
    begun(case)
    record = present(case)
    assert (record.answer, record.likelihoods, record.confidence, record.exclusive) == ("", (), None, None)
    assert set(found(case)) == {"conclusion_no_answer", "conclusion_not_mentioned"}
    edits.rate(case.analysis, case.matrix, case.analyst, [(case.e(1), case.h(1))], RatingValue.VERY_CONSISTENT).apply(
        case.analysis
    )
    assert present(case) == record, "no rating ever fills it in"


def test_a_complete_one_leaves_nothing_open(case: Case) -> None:
    assert found(complete(case)) == {}


def test_every_hypothesis_has_to_be_mentioned_and_a_rejected_one_is_by_its_reason(case: Case) -> None:
    complete(case)
    word(case, 3, "")
    conclusions.set_numbers(case.analysis, present(case), case.h(3), None).apply(case.analysis)
    assert found(case)["conclusion_not_mentioned"] == "The conclusion says nothing of H3."
    edits.reject(case.analysis, [case.h(3)], "It was elsewhere.").apply(case.analysis)
    assert "conclusion_not_mentioned" not in found(case)


def test_sums_departures_and_rows_are_pointed_out(case: Case) -> None:
    complete(case)
    numbers(case, 1, 10, 15)
    numbers(case, 2, 40, 44)
    texts = found(case)
    assert texts["conclusion_sum"] == "Even at their highest these reach only 79 %: what is the rest?"
    assert texts["conclusion_departs"].startswith("H2 is called more likely than H1")
    set_field(case, "departure", "H1 rests on one source.")
    assert "conclusion_departs" not in found(case)
    word(case, 2, "improbable")
    assert "conclusion_rows_mixed" in found(case)


def test_a_number_beside_a_word_that_means_something_else_is_pointed_out(case: Case) -> None:
    complete(case)
    numbers(case, 1, 60, 90)
    text = "H1: “likely” stands for 55–80 %, and the number is another one."
    assert found(case)["conclusion_word_and_number"] == text


def test_words_of_another_scale_stay_as_text_and_are_pointed_out(case: Case) -> None:
    complete(case)
    conclusions.set_scale(case.analysis, present(case), LikelihoodScale.PHIA).apply(case.analysis)
    assert present(case).likelihoods[1].word == "very unlikely"
    assert found(case)["conclusion_other_scale"].startswith("The words for H1, H2 and H3 are not of the scale")
    word(case, 1, "likely or probable")
    word(case, 2, "highly unlikely")
    assert "H3" in found(case)["conclusion_other_scale"]


def test_the_answer_is_looked_at_as_the_directive_asks(case: Case) -> None:
    complete(case)
    set_field(case, "answer", "With high confidence we call H1 likely.")
    assert {"conclusion_one_sentence", "conclusion_word_alone"} <= set(found(case))
    set_field(case, "answer", "H1 is likely (55-80 %). Confidence is low.")
    assert found(case) == {}


def test_confidence_needs_reasons_and_exclusiveness_has_to_be_said(case: Case) -> None:
    complete(case)
    set_field(case, "gaps", " ")
    set_field(case, "exclusive", None)
    set_field(case, "would_change", "")
    assert set(found(case)) == {"conclusion_confidence", "conclusion_exclusive", "conclusion_would_change"}


def test_no_judgement_possible_yet_is_a_full_answer_with_its_reason(case: Case) -> None:
    begun(case, no_judgement=True)
    assert set(found(case)) == {"conclusion_no_reason"}
    set_field(case, "no_judgement_reason", "Nobody was there.")
    assert found(case) == {}


def test_the_findings_are_among_all_and_every_code_is_known(case: Case) -> None:
    begun(case)
    assessment = assess(case.analysis, case.matrix, case.analyst)
    codes = {one.code for one in all_findings(case.analysis, case.matrix, case.analyst, assessment)}
    assert "conclusion_no_answer" in codes
    assert set(found(case)) <= CONCLUSION_CODES
