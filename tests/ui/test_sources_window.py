"""Sources in the window: the dock and its actions, retracting, merging, how items cite, and what grades propose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from helpers.analyses import Case
from helpers.desktop import running_desktop
from helpers.sourced import cite, cited_as, rated_case, source_of
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits
from ach_desk.model import (
    Directness,
    GradingScheme,
    InformationCredibility,
    InformationKnown,
    Level,
    Reliability,
    Stance,
)
from ach_desk.ui.application import Desktop
from ach_desk.ui.inspector.citation import CitationFields
from ach_desk.ui.inspector.inspector import Inspector
from ach_desk.ui.sources.rule import RuleDialog
from ach_desk.ui.widgets.askdialog import AskDialog
from ach_desk.ui.widgets.textbox import TextBox
from ach_desk.ui.window import AnalysisWindow


@pytest.fixture
def desktop(qapp: QApplication) -> Iterator[Desktop]:
    with running_desktop(qapp) as running:
        yield running


@pytest.fixture
def case() -> Case:
    """Return a case that H2 leads by E1 and E2; S1 alone says E2, S1 and S2 say E1."""
    case = rated_case()
    cite(case, "Bad", 1, 2)
    cite(case, "Good", 1)
    return case


@pytest.fixture
def window(qtbot: QtBot, desktop: Desktop, case: Case) -> AnalysisWindow:
    window = desktop.open_untitled(case.analysis, dirty=False)
    qtbot.waitExposed(window)
    window.activateWindow()
    window.matrix.setFocus()
    qtbot.waitUntil(window.matrix.view.hasFocus)
    return window


def run(window: AnalysisWindow, name: str) -> None:
    """Run an action as its menu does."""
    action = window.actions_registry[name]
    window.actions_registry.refresh()
    assert action.isEnabled(), name
    action.trigger()


def asked(window: AnalysisWindow) -> AskDialog:
    """Return the dialog that asks."""
    (dialog,) = [found for found in window.findChildren(AskDialog) if found.isVisible()]
    return dialog


def said(window: AnalysisWindow) -> str:
    """Return what the status bar says."""
    return window.statusBar().currentMessage()


def pick(editor: Any, value: object) -> None:
    """Choose a value in a captioned list as a person does."""
    choice = editor.choice
    index = choice._values.index(value)
    choice.setCurrentIndex(index)
    choice.activated.emit(index)


def retract(window: AnalysisWindow, source: str, reason: str) -> None:
    """Retract a source as a person does."""
    window.sources.show(source)
    window.sources.panel.editor.retract.click()
    dialog = asked(window)
    box = dialog.fields[0]
    assert isinstance(box, TextBox)
    box.put(reason)
    dialog.accept_button.click()


def open_item(window: AnalysisWindow, case: Case, *numbers: int) -> Inspector:
    """Show items in the inspector."""
    window.matrix.select_records("evidence", [case.e(number) for number in numbers])
    window.side.bring_up(window.side.inspector_dock)
    window.inspector.catch_up()
    return window.inspector


def test_the_dock_is_absent_until_it_is_asked_for(window: AnalysisWindow, qtbot: QtBot) -> None:
    assert not window.sources.dock.isVisible()
    assert not window.sources.dock.is_built
    run(window, "sources")
    qtbot.waitUntil(lambda: window.sources.dock.is_in_front)
    run(window, "sources")
    assert not window.sources.dock.isVisible()
    qtbot.waitUntil(window.matrix.view.hasFocus)


def test_a_source_is_opened_from_the_item_and_leads_back_to_it(
    window: AnalysisWindow, case: Case, qtbot: QtBot
) -> None:
    inspector = open_item(window, case, 1)
    inspector.item.citations.rows[1].open_button.click()
    assert window.sources.panel.editor.heading.text() == "S2"
    window.sources.panel.link_activated.emit("evidence", case.e(2))
    assert window.matrix.selection().evidence == case.e(2)


def test_a_name_that_is_being_typed_is_taken_over_before_the_window_is_left(window: AnalysisWindow, case: Case) -> None:
    window.sources.show(source_of(case, 1).id)
    window.sources.panel.editor.name.box.put("Renamed")
    window.flush()
    assert source_of(case, 1).name == "Renamed"


def test_retracting_says_what_it_did_and_is_one_step(window: AnalysisWindow, case: Case, qtbot: QtBot) -> None:
    steps = window.session.history.stack.count()
    bad = source_of(case, 1).id
    window.sources.show(bad)
    window.sources.panel.editor.retract.click()
    explanation = " ".join(label.text() for label in asked(window).findChildren(type(window.sources.panel.empty)))
    assert "What rests on S1 alone is set aside: E2. Only marked: E1." in explanation
    asked(window).reject()
    retract(window, bad, "forged")
    effect = "Without S1, H1 draws level with H2."
    assert said(window) == f"{effect} 1 item was set aside."
    retraction = window.sources.panel.editor.retraction
    assert retraction.words.text().endswith(": forged")
    assert retraction.effect.text() == effect
    assert window.session.history.stack.count() == steps + 1
    assert (case.item(1).is_counted, case.item(2).is_counted) == (True, False)

    retraction.button.click()
    assert said(window) == "S1 is believed again. 1 item counts again."
    assert case.item(2).is_counted
    window.session.undo()
    assert not case.item(2).is_counted
    window.session.undo()
    assert case.item(2).is_counted
    qtbot.waitUntil(lambda: not retraction.isVisible())


def test_retracting_does_not_give_a_hidden_standing_away(window: AnalysisWindow, case: Case) -> None:
    run(window, "view.scores")
    assert not window.matrix.scores_shown
    retract(window, source_of(case, 1).id, "")
    assert said(window) == "S1 is retracted. 1 item was set aside."
    assert not window.sources.panel.editor.retraction.effect.isVisible()


def test_while_a_what_if_is_on_a_source_is_distrusted_and_not_retracted(window: AnalysisWindow, case: Case) -> None:
    open_item(window, case, 2)
    window.sources.show(source_of(case, 1).id)
    run(window, "whatif.without_source")
    assert window.session.scenario is not None
    window.sources.panel.refresh()
    assert not window.sources.panel.editor.retract.isEnabled()
    window.actions_registry.refresh()
    assert not window.actions_registry["sources.retract"].isEnabled()


def test_two_sources_are_merged_with_the_duplicate_offered_first(window: AnalysisWindow, case: Case) -> None:
    third = cite(case, "bad", 3)
    window.session.replace_analysis(case.analysis, dirty=False)
    window.sources.show(third)
    run(window, "sources.merge")
    asked(window).accept_button.click()
    assert [source.label for source in case.analysis.sources.values()] == ["S1", "S2"]
    assert window.sources.panel.editor.heading.text() == "S1"
    assert case.item(3).citations[0].source == source_of(case, 1).id


def test_how_a_source_bears_an_item_out_is_folded_until_it_is_asked_for(window: AnalysisWindow, case: Case) -> None:
    inspector = open_item(window, case, 1)
    row = inspector.item.citations.rows[0]
    assert row.fields is None
    assert inspector.item.citations.findChildren(CitationFields) == []
    row.switch.click()
    fields = row.fields
    assert isinstance(fields, CitationFields)
    pick(fields.stance, Stance.CONFLICTING)
    pick(fields.directness, Directness.SECOND_HAND)
    pick(fields.credibility, InformationCredibility.DOUBTFUL)
    fields.preliminary.click()
    fields.date.box.put("2023-06-24")
    inspector.flush()
    citation = case.item(1).citations[0]
    assert (citation.stance, citation.directness) == (Stance.CONFLICTING, Directness.SECOND_HAND)
    assert (citation.credibility, citation.preliminary) == (InformationCredibility.DOUBTFUL, True)
    assert citation.date == "2023-06-24"
    inspector.catch_up()
    assert row.open_button.words == "S1 Bad"
    assert row.is_open
    assert row.text.endswith("4 · says otherwise · second-hand · preliminary · 2023-06-24")
    fields.date.box.put("yesterday")
    inspector.flush()
    assert fields.date.problem.isVisible()
    assert case.item(1).citations[0].date == "2023-06-24"


def test_the_other_scheme_asks_how_it_knows(window: AnalysisWindow, case: Case) -> None:
    inspector = open_item(window, case, 1)
    row = inspector.item.citations.rows[0]
    row.switch.click()
    assert row.fields is not None
    assert row.fields.credibility.isVisible()
    run(window, "grading.3x5x2")
    assert case.analysis.grading is GradingScheme.UK_3X5X2
    inspector.catch_up()
    assert not row.fields.credibility.isVisible()
    pick(row.fields.known, InformationKnown.DIRECTLY)
    assert case.item(1).citations[0].known is InformationKnown.DIRECTLY
    assert window.actions_registry["grading.3x5x2"].isChecked()


def graded(case: Case) -> str:
    """Grade S1 B, and E2 and E1 as it says them 2."""
    source = source_of(case, 1).id
    edits.set_field(case.analysis, "source", [source], "reliability", Reliability.B).apply(case.analysis)
    for number in (1, 2):
        cited_as(case, number, source, credibility=InformationCredibility.PROBABLE)
    return source


def test_the_proposal_stands_beside_the_credibility_and_is_taken_with_a_click(
    window: AnalysisWindow, case: Case
) -> None:
    inspector = open_item(window, case, 2)
    note = inspector.item.grading.proposal
    assert not note.isVisible()
    source = graded(case)
    inspector.catch_up()
    assert note.words.text() == "The grades propose high: S1 is graded B2."
    assert note.button.text() == "Set it to high"
    note.button.click()
    assert (case.item(2).credibility, case.item(2).credibility_from_grades) == (Level.HIGH, True)
    assert not note.button.isVisible()
    window.session.execute(
        edits.set_field(case.analysis, "evidence", [case.item(2).id], "credibility_from_grades", False)
    )
    inspector.catch_up()
    assert note.button.text() == "Take it from the grades"
    window.session.undo()
    inspector.catch_up()
    pick(inspector.item.credibility, Level.LOW)
    assert not case.item(2).credibility_from_grades
    window.session.undo()
    assert case.item(2).credibility_from_grades
    session = window.session
    session.execute(edits.set_field(case.analysis, "source", [source], "reliability", Reliability.F))
    inspector.catch_up()
    assert note.words.text() == "No proposal: S1: F – Reliability cannot be judged."
    assert note.button.text() == "Take the credibility away"
    note.button.click()
    assert case.item(2).credibility is None


def test_a_point_in_the_rail_leads_to_the_items_whose_proposals_changed(window: AnalysisWindow, case: Case) -> None:
    source = graded(case)
    run(window, "grading.take_all")
    assert said(window) == "The credibility of 2 items was taken from their grades."
    window.session.execute(edits.set_field(case.analysis, "source", [source], "reliability", Reliability.D))
    (finding,) = [found for found in window.session.findings if found.code == "credibility_stale"]
    window.go_to(finding)
    window.inspector.catch_up()
    note = window.inspector.several.grading.proposal
    assert note.button.text() == "Take the 2 proposals"
    note.button.click()
    assert {case.item(number).credibility for number in (1, 2)} == {Level.LOW}
    assert not [found for found in window.session.findings if found.code == "credibility_stale"]


def test_the_proposals_of_the_selected_items_are_taken_as_one_step(window: AnalysisWindow, case: Case) -> None:
    graded(case)
    window.matrix.select_records("evidence", [case.e(1), case.e(3)])
    run(window, "grading.take")
    assert [case.item(number).credibility for number in (1, 2, 3)] == [Level.HIGH, None, None]
    run(window, "grading.take")
    assert said(window).startswith("Nothing was changed")


def test_the_rule_is_changed_and_given_up_in_its_dialog(window: AnalysisWindow, case: Case, qtbot: QtBot) -> None:
    run(window, "grading.rule")
    (dialog,) = window.findChildren(RuleDialog)
    assert not dialog.reset.isEnabled()
    choice = dialog.levels[Reliability.B]
    choice.activated.emit(choice._values.index(Level.MEDIUM))
    rule = case.analysis.credibility_rule
    assert rule is not None
    assert rule.reliability[Reliability.B] is Level.MEDIUM
    assert rule.reliability[Reliability.A] is Level.HIGH
    dialog.combine.activated.emit(1)
    assert case.analysis.credibility_rule is not None
    assert case.analysis.credibility_rule.combine == "information"
    dialog.reset.click()
    assert case.analysis.credibility_rule is None
    window.session.undo()
    assert dialog.combine.value == "information"
    choice.activated.emit(choice._values.index(Level.HIGH))
    dialog.combine.activated.emit(0)
    assert case.analysis.credibility_rule is None  # what says what the program's own says is the program's own
    dialog.reject()


def test_relevance_is_off_until_its_column_is_shown_or_an_item_has_one(window: AnalysisWindow, case: Case) -> None:
    inspector = open_item(window, case, 1)
    fields = inspector.item.grading
    inspector.item.more.click()
    assert inspector.item.credibility.isVisible()
    assert not inspector.item.relevance.isVisible()
    assert "relevance" not in window.matrix.looks.columns
    run(window, "view.column.relevance")
    inspector.catch_up()
    assert inspector.item.relevance.isVisible()
    assert fields.warning.isVisible()
    assert fields.warning.text() == "Relevance: mostly already in the rating."
    run(window, "view.column.relevance")
    window.session.execute(edits.set_field(case.analysis, "evidence", [case.e(2)], "relevance", Level.LOW))
    inspector.catch_up()
    assert inspector.item.relevance.isVisible()
