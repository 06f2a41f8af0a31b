"""What is said before a report leaves the program."""

from __future__ import annotations

from helpers.analyses import small_case
from helpers.reports import june, made_of

from ach_desk.model import Analysis, replace
from ach_desk.model.conclusions import conclusion_on
from ach_desk.model.report_plan import ReportPlan
from ach_desk.reporting.report.check import check
from ach_desk.reporting.report.preset_names import ONE_PAGE, REVIEWER
from ach_desk.reporting.report.presets import plan_of


def _codes(analysis: Analysis, plan: ReportPlan | None = None) -> list[str]:
    return [point.code for point in check(made_of(analysis), plan or plan_of(REVIEWER))]


def _conclude(analysis: Analysis, **fields: object) -> None:
    conclusion = conclusion_on(analysis, analysis.matrices[0].id)
    assert conclusion is not None
    analysis.conclusions[conclusion.id] = replace(conclusion, **fields)


def test_the_worked_case_has_an_unresolved_lead_and_nothing_else() -> None:
    (point,) = check(made_of(june()), plan_of(ONE_PAGE))
    assert point.text == "The lead of H4 is unresolved: it does not survive small changes of the ratings."


def test_likelihood_and_confidence_in_one_sentence_of_any_text() -> None:
    analysis = june()
    _conclude(analysis, answer="It is likely (60 %), with low confidence.")
    assert "conclusion_one_sentence" in _codes(analysis)
    analysis = june()
    _conclude(analysis, departure="We have low confidence that it is likely (60 %).")
    assert "report_one_sentence" in _codes(analysis)


def test_words_without_numbers() -> None:
    analysis = june()
    _conclude(analysis, answer="It was probably a grievance.")
    assert "conclusion_word_alone" in _codes(analysis)
    analysis = june()
    analysis.description = "It is unlikely that more will come to light."
    found = [point.text for point in check(made_of(analysis), plan_of(REVIEWER)) if point.code == "report_word_alone"]
    assert found == ["“unlikely” stands in a text without a number; readers take such words very differently."]


def test_a_hypothesis_that_is_not_mentioned() -> None:
    analysis = june()
    conclusion = conclusion_on(analysis, analysis.matrices[0].id)
    assert conclusion is not None
    _conclude(analysis, likelihoods=conclusion.likelihoods[1:])
    assert "conclusion_not_mentioned" in _codes(analysis)


def test_a_judgement_that_rests_on_one_weak_source() -> None:
    analysis = june()
    decisive = next(item for item in analysis.evidence.values() if item.label == "E8")
    alone = decisive.model_copy(update={"citations": decisive.citations[:1]})
    analysis.evidence[decisive.id] = alone
    first = analysis.evidence[decisive.id].citations[0].source
    analysis.sources[first] = replace(analysis.sources[first], suspect=True)
    assert {"weak_source_decides", "report_unresolved"} <= set(_codes(analysis))


def test_unrated_cells_and_a_marking_that_is_too_low() -> None:
    case = small_case(3, 3, rated=True)
    case.matrix.set_rating(case.analyst, case.e(1), case.h(1), None)
    case.analysis.marking = "TLP:GREEN"
    case.analysis.evidence[case.e(2)] = replace(case.item(2), marking="TLP:RED")
    assert {"unrated", "marking_lower"} <= set(_codes(case.analysis))


def test_what_the_chosen_sections_leave_out() -> None:
    assert _codes(june(), ReportPlan())[:1] == ["report_empty"]
    assert "report_confidence" in _codes(june(), ReportPlan(sections=("likelihoods",)))
    assert "report_hypotheses" in _codes(june(), ReportPlan(sections=("answer", "confidence")))
