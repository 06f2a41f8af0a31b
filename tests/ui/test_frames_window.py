"""Frames, priors and P(e|H) in the window: the question, its answers, the dialogs, the field, the marks, the panel."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from helpers.accessible import nameless_controls
from helpers.analyses import small_case
from helpers.desktop import running_desktop
from helpers.matrix import go_to, press
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from ach_desk import paths
from ach_desk.commands import cells, edits, groups, hypotheses
from ach_desk.commands.trail_words import TrailWords, rows_of
from ach_desk.model import Rating, RatingValue
from ach_desk.model.method_settings import Frame, MethodSettings, settings_of_new
from ach_desk.storage.files import read_document
from ach_desk.ui.application import Desktop
from ach_desk.ui.dialogs.matrix import MatrixDialog
from ach_desk.ui.frames.priors import CAUSE, EACH, EQUAL, PriorsDialog
from ach_desk.ui.matrix.foot import Legend
from ach_desk.ui.robustness.panel import RobustnessPanel
from ach_desk.ui.robustness.settings import MethodSettingsDialog
from ach_desk.ui.widgets.quietstrip import QuietStrip
from ach_desk.ui.window import AnalysisWindow

PATIENCE = 20_000
QUESTION = "Can more than one of these be true at the same time?"


@pytest.fixture
def desktop(qapp: QApplication) -> Iterator[Desktop]:
    with running_desktop(qapp) as running:
        yield running


def shown(qtbot: QtBot, window: AnalysisWindow) -> AnalysisWindow:
    qtbot.waitExposed(window)
    window.activateWindow()
    window.matrix.setFocus()
    qtbot.waitUntil(window.matrix.view.hasFocus)
    return window


@pytest.fixture
def window(qtbot: QtBot, desktop: Desktop) -> AnalysisWindow:
    """Return a window on a rated matrix of four items and three hypotheses."""
    return shown(qtbot, desktop.open_untitled(small_case(rated=True).analysis, dirty=False))


@pytest.fixture
def june(qtbot: QtBot, desktop: Desktop) -> AnalysisWindow:
    analysis = read_document(paths.seeds() / "russia-june-2023.ach.json").loaded.analysis
    return shown(qtbot, desktop.open_untitled(analysis, dirty=False))


def run(window: AnalysisWindow, name: str) -> None:
    window.actions_registry.refresh()
    action = window.actions_registry[name]
    assert action.isEnabled(), name
    action.trigger()


def combine(window: AnalysisWindow) -> None:
    session = window.session
    session.execute(hypotheses.combine(session.analysis, session.matrix, session.matrix.hypotheses[:2]))


def strips(window: AnalysisWindow) -> list[QuietStrip]:
    QApplication.sendPostedEvents()
    return [strip for strip in window.strips.findChildren(QuietStrip) if not strip.isHidden()]


def answers(window: AnalysisWindow) -> dict[str, QToolButton]:
    (strip,) = strips(window)
    return {button.text(): button for button in strip.buttons}


def dialog(window: AnalysisWindow, kind: type) -> QWidget:
    return window.findChildren(kind)[-1]


def legend_of(window: AnalysisWindow) -> str:
    (legend,) = window.matrix.findChildren(Legend)
    return legend.accessibleDescription()


def words_of(window: AnalysisWindow) -> list[str]:
    analysis = window.session.analysis
    said = TrailWords(analysis)
    return [said.sentence(row) for row in rows_of(analysis, analysis.trail)]


def test_the_first_combination_raises_the_question_and_the_keyboard_stays(window: AnalysisWindow) -> None:
    assert strips(window) == []
    combine(window)
    assert list(answers(window)) == ["No", "Yes, several may act together", "Not sure", "×"]
    assert strips(window)[0].accessibleName() == QUESTION
    assert window.matrix.view.hasFocus()


def test_an_answer_is_one_undo_step_and_is_not_asked_for_again(window: AnalysisWindow) -> None:
    combine(window)
    answers(window)["Yes, several may act together"].click()
    assert window.session.matrix.frame is Frame.CAUSES
    assert strips(window) == []
    assert words_of(window)[-1].endswith("several true at once: not asked yet → yes, several may act together")
    combine(window)
    assert strips(window) == []
    window.session.undo()
    window.session.undo()
    assert window.session.matrix.frame is None


def test_no_says_that_equal_priors_raise_the_parts_and_leads_to_priors_per_cause(window: AnalysisWindow) -> None:
    combine(window)
    answers(window)["No"].click()
    (strip,) = strips(window)
    assert "Counting H4 in, H1 with 50 % and H2 with 50 % then begin true" in strip.accessibleName()
    answers(window)["Priors ..."].click()
    assert strips(window) == []
    priors = dialog(window, PriorsDialog)
    assert isinstance(priors, PriorsDialog)
    assert priors.mode == EQUAL
    priors.modes[CAUSE].click()
    assert window.session.matrix.priors_per_cause
    assert [round(value, 2) for value in window.session.matrix.priors.values()] == [0.33, 0.33, 0.33]
    assert len(priors.fields) == 3
    assert priors.sum.text().startswith("They need not add up to 100 %.")
    window.session.undo()
    assert (window.session.matrix.priors, window.session.matrix.priors_per_cause) == ({}, False)
    assert priors.mode == EQUAL


def test_closing_the_question_asks_no_more_and_undo_takes_it_away(window: AnalysisWindow) -> None:
    combine(window)
    answers(window)["×"].click()
    assert strips(window) == []
    combine(window)
    assert len(strips(window)) == 1
    window.session.undo()
    assert len(strips(window)) == 1  # the first combination is still there
    window.session.undo()
    assert strips(window) == []


def test_the_answer_is_changed_in_the_dialog_of_the_matrix_with_belief_under_advanced(
    qtbot: QtBot, window: AnalysisWindow
) -> None:
    run(window, "frames.matrix")
    shown_dialog = dialog(window, MatrixDialog)
    assert isinstance(shown_dialog, MatrixDialog)
    qtbot.waitExposed(shown_dialog)
    frame = shown_dialog.frame
    assert "not be" not in frame.note.text()
    assert frame.note.text().startswith("Until it is answered")
    assert not frame.buttons[Frame.SETS].isVisible()
    frame.advanced.switch.click()
    frame.buttons[Frame.SETS].click()
    assert window.session.matrix.frame is Frame.SETS
    assert "how far they contradict each other" in frame.note.text()
    frame.buttons[Frame.UNSURE].click()
    assert window.session.matrix.frame is Frame.UNSURE
    assert nameless_controls(shown_dialog) == []
    window.session.undo()
    window.session.undo()
    assert not any(button.isChecked() for button in frame.buttons.values())


def test_priors_are_set_in_words_and_numbers_and_their_sum_is_said(qtbot: QtBot, window: AnalysisWindow) -> None:
    run(window, "frames.priors")
    priors = dialog(window, PriorsDialog)
    assert isinstance(priors, PriorsDialog)
    qtbot.waitExposed(priors)
    priors.modes[EACH].click()
    assert priors.sum.text() == "Together they make 100 %."
    first, second, _third = window.session.matrix.hypotheses
    priors.fields[first].setValue(70)
    priors.words[second].chosen.emit(0.5)
    assert window.session.matrix.priors[first] == pytest.approx(0.7)
    assert window.session.matrix.priors[second] == pytest.approx(0.5)
    assert priors.sum.text() == "Together they make 153 %. They are scaled to 100 %."
    assert priors.words[first].currentText() == "likely"
    assert nameless_controls(priors) == []
    priors.modes[EQUAL].click()
    assert window.session.matrix.priors == {}
    assert priors.fields == {}


def test_p_of_e_given_h_is_absent_until_it_is_switched_on(qtbot: QtBot, window: AnalysisWindow) -> None:
    field = window.inspector.cell.likelihood
    go_to(window.matrix, 1, 1)
    window.side.bring_up(window.side.inspector_dock)
    window.inspector.catch_up()
    assert field.isHidden()
    run(window, "frames.likelihoods")
    window.inspector.catch_up()
    assert not field.isHidden()
    run(window, "frames.likelihoods")
    window.inspector.catch_up()
    assert field.isHidden()
    run(window, "frames.likelihood")
    qtbot.waitUntil(field.text.box.hasFocus)


def test_a_word_a_number_or_a_range_is_entered_marked_and_said(qtbot: QtBot, window: AnalysisWindow) -> None:
    session = window.session
    go_to(window.matrix, 1, 1)
    run(window, "frames.likelihood")
    field = window.inspector.cell.likelihood
    qtbot.waitUntil(field.text.box.hasFocus)
    qtbot.keyClicks(field.text.box, "20-60 %")
    window.flush()
    cell = (session.matrix.evidence[0], session.matrix.hypotheses[0])
    held = session.matrix.rating(session.analyst, *cell)
    assert held is not None
    assert held.likelihood == (0.2, 0.6)
    assert field.text.remark.text() == "0.2 to 0.6: Bayes takes the middle, 0.4; the trials draw from all of it."
    assert "P(e|H) entered" in legend_of(window)
    index = window.matrix.view.matrix.index(0, 0)
    assert "P(e|H) entered: 0.2 to 0.6" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert words_of(window)[-1] == "E1 under H1: P(e|H) by the rating → 0.2 to 0.6"
    field.word.chosen.emit("very likely")
    held = session.matrix.rating(session.analyst, *cell)
    assert held is not None
    assert held.likelihood == (0.9, 0.9)
    assert field.word.currentText() == "very likely  (0.9)"
    session.undo()
    session.undo()
    assert session.matrix.rating(session.analyst, *cell) == Rating(RatingValue.VERY_CONSISTENT, time=held.time)


def test_what_is_no_probability_is_refused_with_a_sentence(qtbot: QtBot, window: AnalysisWindow) -> None:
    go_to(window.matrix, 1, 1)
    run(window, "frames.likelihood")
    field = window.inspector.cell.likelihood
    qtbot.waitUntil(field.text.box.hasFocus)
    qtbot.keyClicks(field.text.box, "140 %")
    window.flush()
    assert field.text.problem.text().startswith("Not taken over: write a number such as 0.3")
    assert window.session.history.stack.count() == 0


def test_rating_anew_keeps_what_was_entered_and_taking_the_rating_away_takes_it_too(window: AnalysisWindow) -> None:
    session = window.session
    cell = (session.matrix.evidence[0], session.matrix.hypotheses[0])
    session.execute(cells.set_likelihood(session.matrix, session.analyst, [cell], (0.3, 0.3)))
    session.rate([cell], RatingValue.INCONSISTENT)
    held = session.matrix.rating(session.analyst, *cell)
    assert held is not None
    assert (held.value, held.likelihood) == (RatingValue.INCONSISTENT, (0.3, 0.3))
    session.rate([cell], None)
    assert session.matrix.rating(session.analyst, *cell) is None


def test_the_field_stays_where_a_file_holds_a_likelihood(qtbot: QtBot, desktop: Desktop) -> None:
    case = small_case(rated=True)
    cells.set_likelihood(case.matrix, case.analyst, [(case.e(2), case.h(1))], (0.3, 0.3)).apply(case.analysis)
    window = shown(qtbot, desktop.open_untitled(case.analysis, dirty=False))
    go_to(window.matrix, 1, 1)
    window.side.bring_up(window.side.inspector_dock)
    window.inspector.catch_up()
    assert not window.inspector.cell.likelihood.isHidden()
    assert "P(e|H) entered" in legend_of(window)


def test_words_for_p_of_e_given_h_are_a_table_that_can_be_changed(window: AnalysisWindow) -> None:
    run(window, "robustness.settings")
    settings = dialog(window, MethodSettingsDialog)
    assert isinstance(settings, MethodSettingsDialog)
    settings.fields["likelihood_words", "likely"].setValue(0.8)
    held = window.session.matrix.method_settings
    assert held is not None
    assert held.likelihood_words["likely"] == 0.8
    settings.reset.click()
    assert window.session.matrix.method_settings == settings_of_new()
    assert settings.fields["likelihood_words", "likely"].value() == MethodSettings().likelihood_words["likely"]


def test_a_number_that_contradicts_its_table_is_refused_with_a_sentence(qtbot: QtBot, window: AnalysisWindow) -> None:
    run(window, "robustness.settings")
    settings = dialog(window, MethodSettingsDialog)
    assert isinstance(settings, MethodSettingsDialog)
    qtbot.waitExposed(settings)
    for key, value, said in (
        (("likelihoods", "I"), 0.5, "a rating that fits better cannot have the smaller number"),
        (("likelihood_words", "even"), 0.95, "a word that says more cannot have the smaller number"),
        (("false_alarm", "high"), 0.99, "more probable if it is not so"),
    ):
        settings.fields[key].setValue(value)
        assert said in settings.refusal.text()
        assert not settings.refusal.isHidden()
        assert settings.fields[key].value() != value
    assert window.session.matrix.method_settings == settings_of_new()
    settings.fields["keeps", "low"].setValue(0.5)
    assert settings.refusal.isHidden()


def test_what_is_typed_beyond_one_is_refused_and_the_number_stays(qtbot: QtBot, window: AnalysisWindow) -> None:
    run(window, "robustness.settings")
    settings = dialog(window, MethodSettingsDialog)
    assert isinstance(settings, MethodSettingsDialog)
    qtbot.waitExposed(settings)
    field = settings.fields["keeps", "low"]
    settings.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.selectAll()
    qtbot.keyClicks(field, "15")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert settings.refusal.text() == "Not taken over: 15 is no probability. It lies between 0 and 1."
    assert field.value() == 0.6
    assert window.session.matrix.method_settings == settings_of_new()


def test_a_group_is_counted_by_one_likelihood_for_the_whole_of_it(qtbot: QtBot, window: AnalysisWindow) -> None:
    session = window.session
    first, second = session.matrix.evidence[:2]
    session.execute(groups.make(session.analysis, [first, second], "One report"))
    window.matrix.select_records("evidence", [first])
    window.side.bring_up(window.side.inspector_dock)
    window.inspector.catch_up()
    joint = window.inspector.item.dependence.group.joint
    assert joint.fields == {}
    joint.way.choice.chosen.emit("whole")
    (group,) = session.analysis.groups.values()
    assert set(group.joint) == set(session.matrix.hypotheses)
    window.inspector.catch_up()
    field = joint.fields[session.matrix.hypotheses[0]]
    field.word.chosen.emit("likely")
    assert session.analysis.groups[group.id].joint[session.matrix.hypotheses[0]] == 0.7
    assert nameless_controls(window.inspector.item.dependence) == []
    joint.way.choice.chosen.emit("tempered")
    assert session.analysis.groups[group.id].joint == {}
    qtbot.waitUntil(lambda: joint.fields == {})


def panel_of(qtbot: QtBot, window: AnalysisWindow) -> RobustnessPanel:
    if not window.robust.dock.is_in_front:
        window.actions_registry["robustness.show"].trigger()
    panel = window.robust.dock.panel
    qtbot.waitUntil(lambda: panel.answer is not None and panel.answer.complete and panel.is_settled, timeout=PATIENCE)
    return panel


def test_the_panel_says_what_causes_make_of_the_second_matrix_and_nothing_of_it_in_the_first(
    qtbot: QtBot, june: AnalysisWindow
) -> None:
    panel = panel_of(qtbot, june)
    assert panel.framed.causes.isHidden()
    assert panel.framed.isHidden()
    june.session.show_matrix(june.session.analysis.matrices[1].id)
    panel = panel_of(qtbot, june)
    causes = panel.framed.causes
    assert not causes.isHidden()
    assert causes.is_open
    assert causes.sentences.texts[2] == "The most probable combination is H2 with H3, with about 80 %."
    assert [name for name, _words in causes.at_work.texts] == [
        "H3  Personal grievance",
        "H2  Putin-backed",
        "H1  US/NATO-backed",
    ]
    assert causes.combinations.texts[0] == ("H2 with H3", "80 %")
    assert nameless_controls(panel) == []


def test_the_panel_shows_belief_with_its_conflict_and_no_ranking(qtbot: QtBot, june: AnalysisWindow) -> None:
    session = june.session
    session.execute(edits.set_field(session.analysis, "matrix", [session.matrix.id], "frame", Frame.SETS))
    panel = panel_of(qtbot, june)
    belief = panel.framed.belief
    assert not belief.isHidden()
    assert panel.framed.causes.isHidden()
    assert "conflict K = 0.94" in belief.sentences.texts[1]
    assert "not ranked" in belief.sentences.texts[2]
    assert [row[0] for row in belief.rows] == [
        "H1  US/NATO-backed",
        "H2  Putin-backed",
        "H3  Personal grievance",
        "H4  Grievance, and Putin let it run",
    ]


def test_with_bayes_the_panel_says_that_parts_are_raised_and_leads_to_the_priors(
    qtbot: QtBot, june: AnalysisWindow
) -> None:
    panel = panel_of(qtbot, june)
    panel.method.setCurrentIndex(2)
    panel.method.activated.emit(2)
    panel = panel_of(qtbot, june)
    assert "H2 with 50 % and H3 with 50 %" in panel.framed.note.text()
    panel.framed.priors_button.click()
    assert isinstance(dialog(june, PriorsDialog), PriorsDialog)


def test_what_was_switched_on_is_remembered(qtbot: QtBot, window: AnalysisWindow, desktop: Desktop) -> None:
    run(window, "frames.likelihoods")
    window.remember()
    assert window.frames.likelihoods_shown
    state = window.store.view_state(window.session.analysis.id)
    window.frames.toggle_likelihoods()
    window.restore(state)
    assert window.frames.likelihoods_shown


def test_the_key_leads_into_the_field_and_escape_back(qtbot: QtBot, window: AnalysisWindow) -> None:
    go_to(window.matrix, 1, 1)
    press(qtbot, window.matrix, "Ctrl+Shift+E")
    box = window.inspector.cell.likelihood.text.box
    qtbot.waitUntil(box.hasFocus)
    qtbot.keyClicks(box, "likely")
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    qtbot.waitUntil(window.matrix.view.hasFocus)
    session = window.session
    held = session.matrix.rating(session.analyst, session.matrix.evidence[0], session.matrix.hypotheses[0])
    assert held is not None
    assert held.likelihood == (0.7, 0.7)
