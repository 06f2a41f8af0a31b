"""What stands in a report: the sections of the plan in its order, nothing withheld, nothing left out."""

from __future__ import annotations

import re
from typing import Any

import pytest
from helpers.analyses import small_case
from helpers.office import tight, words_in
from helpers.printing import case
from helpers.reports import OPTIONS, june, made_of, report_on

from ach_desk.model import Citation, HypothesisStatus, Source, new_analysis, replace
from ach_desk.model.method_settings import Method, MethodSettings
from ach_desk.model.report_plan import ReportPlan
from ach_desk.reporting.report import compose, plain
from ach_desk.reporting.report.compose import BUILDERS, material, pictures, report
from ach_desk.reporting.report.cut import beginning
from ach_desk.reporting.report.formats import FORMATS
from ach_desk.reporting.report.model import BulletList, CancelledError, Paragraph, Picture, Report, Style, Table
from ach_desk.reporting.report.preset_names import ONE_PAGE, PRESETS, REVIEWER, SECTIONS
from ach_desk.reporting.report.presets import kept_plan, plan_of, preset_titles, section_titles
from ach_desk.scoring.answer_check import joined_sentence


def _section(found: Report, name: str) -> list:
    return next(list(section.blocks) for section in found.sections if section.name == name)


def _table(found: Report, name: str) -> Table:
    return next(block for block in _section(found, name) if isinstance(block, Table))


def test_every_section_has_a_builder_and_a_title() -> None:
    assert set(BUILDERS) == set(SECTIONS) == set(section_titles())
    assert list(preset_titles()) == list(PRESETS)
    assert all(set(sections) <= set(SECTIONS) for sections in PRESETS.values())


def test_sections_stand_as_the_plan_has_them_and_unknown_ones_are_passed_over() -> None:
    plan = ReportPlan(sections=("method", "of a later version", "answer", "method", "chart"))
    found = report(made_of(june()), plan)
    assert [section.name for section in found.sections] == ["method", "answer", "chart"]


def test_one_page_holds_what_it_promises() -> None:
    found = report_on(june(), ONE_PAGE)
    assert found.is_brief
    assert [section.name for section in found.sections] == list(PRESETS[ONE_PAGE])
    answer = _section(found, "answer")[0]
    assert answer.style is Style.ANSWER
    assert answer.text.startswith("A personal grievance was probably (55 to 80 %) part of what drove the march")
    assert isinstance(_section(found, "chart")[0], Picture)
    (telling,) = _section(found, "telling")
    assert [entry.lead for entry in telling.entries] == ["E7", "E8", "E10"]
    assert telling.entries[0].note == "C under H1 and H3; II under H2; I under H4"
    assert _section(found, "confidence")[0].text.startswith("Confidence in this judgement is low.")


def test_the_reviewer_gets_all_that_the_case_has() -> None:
    found = report_on(june(), REVIEWER)
    missing = set(PRESETS[REVIEWER]) - {section.name for section in found.sections}
    assert missing == {"cases", "disagreement", "outcome"}
    assert not found.is_brief
    matrix = _table(found, "matrix")
    assert len(matrix.rows) == 20 + 1
    assert [column.title for column in matrix.columns] == ["Item", "Credibility", "Relevance", "H1", "H2", "H3", "H4"]
    assert [cell.text for cell in matrix.rows[6].cells[3:]] == ["C", "II", "C", "I"]
    assert [row.aside for row in matrix.rows].count(True) == 3
    assert [cell.text for cell in matrix.rows[-1].cells[3:]] == ["−7.12", "−6.00", "−4.00", "−3.41"]


def test_robustness_is_told_in_charts_too() -> None:
    found = _section(report_on(june(), REVIEWER), "robustness")
    drawn = [block for block in found if isinstance(block, Picture)]
    assert [block.kind for block in drawn] == ["rank-shares", "margin", "tornado", "scenarios", "methods", "waterfall"]
    for block in drawn:
        assert 0 < len(block.caption) < len(block.alternative), block.kind
    assert "if E7 were II under H4" in drawn[2].alternative


def test_another_way_that_the_matrix_keeps_is_named_where_it_puts_others_in_front() -> None:
    analysis = june()
    plan = ReportPlan(sections=("rests", "robustness", "method"))
    before = [entry.text for entry in _section(report(made_of(analysis), plan), "rests")[0].entries]
    assert not any("keeps another way" in text for text in before)
    analysis.matrices[0].method_settings = MethodSettings(method=Method.BAYES_SOURCES)
    prior = dict.fromkeys(analysis.matrices[0].hypotheses[1:], 0.001)
    analysis.matrices[0].priors = {analysis.matrices[0].hypotheses[0]: 0.997, **prior}
    found = report(made_of(analysis), plan)
    said = [entry.text for entry in _section(found, "rests")[0].entries]
    otherwise = "The matrix keeps another way of adding up, Bayes with sources and groups; by that H1 leads."
    assert said == [*before, otherwise]
    assert otherwise in repr(_section(found, "robustness"))
    assert "Way of adding up kept with the matrix" in repr(_section(found, "method"))


def test_a_chart_with_nothing_to_show_is_left_out() -> None:
    analysis = june()
    analysis.scenarios.clear()
    kinds = [
        block.kind for block in _section(report_on(analysis, REVIEWER), "robustness") if isinstance(block, Picture)
    ]
    assert kinds == ["rank-shares", "margin", "tornado", "methods", "waterfall"]
    analysis.matrices[0].sheets.clear()
    found = _section(report_on(analysis, REVIEWER), "robustness")
    assert not any(isinstance(block, Picture) for block in found)


def test_likelihoods_stand_in_words_and_numbers_and_never_with_confidence() -> None:
    found = report_on(june(), REVIEWER)
    rows = _table(found, "likelihoods").rows
    assert [row.cells[1].text.replace("\xa0", " ") for row in rows] == [
        "very unlikely (5–20 %)",
        "very unlikely (5–20 %)",
        "roughly even chance (45–55 %)",
        "unlikely (20–45 %)",
    ]
    paragraphs = [block.text for section in found.sections for block in section.blocks if isinstance(block, Paragraph)]
    assert [text for text in paragraphs if joined_sentence(text)] == []


def test_a_rejected_hypothesis_is_there_with_its_reason() -> None:
    case = small_case(3, 3, rated=True)
    rejected: dict[str, Any] = {"status": HypothesisStatus.REJECTED, "status_reason": "Shown to be false in May."}
    case.analysis.hypotheses[case.h(2)] = replace(case.hypothesis(2), **rejected)
    row = next(row for row in _table(report_on(case.analysis, REVIEWER), "hypotheses").rows if row.aside)
    assert [cell.text for cell in row.cells] == ["H2 Explanation 2", "–", "Rejected: Shown to be false in May.", "–"]


@pytest.mark.parametrize("preset", PRESETS)
def test_a_withheld_source_stands_by_its_public_description_alone(preset: str) -> None:
    case = small_case(2, 2, rated=True)
    secret: dict[str, Any] = {"name": "Agent Marlow", "link": "https://marlow.example", "motive": "Marlow wants money"}
    case.analysis.sources["s1"] = Source(
        id="s1", label="S1", withheld=True, public_description="a person with access", **secret
    )
    case.analysis.evidence[case.e(1)] = replace(case.item(1), citations=(Citation(source="s1"),))
    found = report_on(case.analysis, preset)
    assert "arlow" not in repr(found)
    if preset == REVIEWER:
        assert "a person with access" in repr(found)


def test_a_reference_names_grade_items_and_what_they_are_marked() -> None:
    found = report_on(june(), REVIEWER)
    summary, _base, references = _section(found, "sources")[:3]
    assert summary.text.startswith("16 sources are cited; 16 of them graded. 10 of 17 counted items")
    assert isinstance(references, BulletList)
    second = references.entries[1]
    assert second.lead == "S2"
    assert "Grade: B – Usually reliable. Cited by E1 (B2 · second-hand)." in second.text


def test_the_appendix_has_every_rating_and_reason() -> None:
    analysis = june()
    found = report_on(analysis, REVIEWER)
    said = {
        cell.text
        for block in _section(found, "appendix")
        if isinstance(block, Table)
        for row in block.rows
        for cell in row.cells
    }
    sheet = analysis.matrices[0].sheets[next(iter(analysis.analysts))]
    reasons = [rating.rationale for row in sheet.values() for rating in row.values() if rating.rationale]
    assert len(reasons) > 20
    assert {" ".join(reason.split()) for reason in reasons} <= said


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("entry", FORMATS, ids=lambda entry: entry.name)
def test_an_empty_analysis_gives_a_report_in_every_format(preset: str, entry) -> None:
    analysis = new_analysis()
    made = made_of(analysis)
    text = words_in(entry.render(report(made, plan_of(preset)), compose.pictures(made)), entry.ending)
    assert tight("Analysis without a question") in text
    assert tight("No conclusion has been written yet.") in text


def test_the_plan_that_is_kept_is_used_else_one_page_where_an_answer_is_written() -> None:
    analysis = june()
    matrix = analysis.matrices[0].id
    assert kept_plan(analysis, matrix) == plan_of(ONE_PAGE)
    analysis.conclusions.clear()
    assert kept_plan(analysis, matrix) == plan_of(REVIEWER)
    analysis.report = ReportPlan(sections=("method",))
    assert kept_plan(analysis, matrix) is analysis.report


def test_a_report_that_nobody_waits_for_is_given_up() -> None:
    analysis = june()
    arguments = (analysis, analysis.matrices[0].id, next(iter(analysis.analysts)), OPTIONS)
    with pytest.raises(CancelledError):
        report(material(*arguments, cancelled=lambda: True), plan_of(REVIEWER))


def test_the_beginning_of_a_long_report_says_how_much_is_left() -> None:
    found = report_on(june(), REVIEWER)
    short = beginning(found, 5)
    matrix = _table(short, "matrix")
    assert len(matrix.rows) == 5
    assert "… And 16 more, which the saved report has in full." in plain.text(short)
    assert beginning(found, 1000) == found


def test_a_chart_of_many_hypotheses_comes_in_parts_except_on_one_page() -> None:
    printed = case(2, 50)
    whole = [block for block in _section(report_on(printed.analysis, REVIEWER), "chart") if isinstance(block, Picture)]
    assert [block.options.rows for block in whole] == [(0, 17), (17, 34), (34, 50)]
    assert [block.caption.rpartition(". ")[2] for block in whole] == [
        "Rows 1 to 17 of 50.",
        "Rows 18 to 34 of 50.",
        "Rows 35 to 50 of 50.",
    ]
    drawn = [
        set(re.findall(r">(H\d+)<", pictures(made_of(printed.analysis))(block, "svg").decode())) for block in whole
    ]
    assert [len(labels) for labels in drawn] == [17, 17, 16]
    assert len(set.union(*drawn)) == 50
    (one,) = (block for block in _section(report_on(printed.analysis, ONE_PAGE), "chart") if isinstance(block, Picture))
    assert one.options.rows is None


def test_a_long_title_over_a_narrow_column_is_shortened() -> None:
    printed = case(2, 2)
    printed.change_hypothesis(0, title="word " * 60)
    heads = [column.hint for column in _table(report_on(printed.analysis, REVIEWER), "matrix").columns]
    assert max(map(len, heads)) <= 70
    assert any(hint.endswith("…") for hint in heads)
