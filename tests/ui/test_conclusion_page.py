"""The page of the conclusion: empty at first, words asked once, numbers typed, what cannot be said in words."""

from __future__ import annotations

from functools import partial

import pytest
from helpers.accessible import nameless_controls
from helpers.desktop import running_desktop
from helpers.sessions import hypothesis, item, small_analysis
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ach_desk.commands import conclusions, edits, matrices
from ach_desk.model import Conclusion, LikelihoodScale, RatingValue
from ach_desk.model.conclusions import by_hypothesis, conclusion_on
from ach_desk.scoring import Finding
from ach_desk.ui.conclusion.page import ConclusionFields
from ach_desk.ui.conclusion.sheet import Sheet
from ach_desk.ui.conclusion.start import ScaleQuestion
from ach_desk.ui.session import Session
from ach_desk.ui.steps import CONCLUDE, WATCH, steps
from ach_desk.ui.window import AnalysisWindow


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot):
    """Return the window of a rated analysis with three hypotheses and no conclusion."""
    with running_desktop(qapp) as desktop:
        window = desktop.open_untitled(small_analysis(2, 3), dirty=False)
        qtbot.waitExposed(window)
        session = window.session
        for row, symbols in enumerate(("C I II", "C N I"), 1):
            for column, symbol in enumerate(symbols.split(), 1):
                cell = item(session, row).id, hypothesis(session, column).id
                session.rate([cell], RatingValue(symbol))
        yield window


def record(session: Session) -> Conclusion:
    found = conclusion_on(session.analysis, session.matrix.id)
    assert found is not None
    return found


def begin(window: AnalysisWindow, scale: LikelihoodScale = LikelihoodScale.ICD_203) -> ConclusionFields:
    """Open the page with its action and choose the words."""
    window.actions_registry["conclusion.show"].trigger()
    sheet = page(window)
    assert isinstance(sheet.start, ScaleQuestion)
    sheet.start.buttons[scale].click()
    assert isinstance(sheet.fields, ConclusionFields)
    return sheet.fields


def page(window: AnalysisWindow) -> Sheet:
    assert window.closing_steps is not None
    return window.closing_steps.conclusion_dock.panel


def type_numbers(qtbot: QtBot, fields: ConclusionFields, place: int, text: str) -> None:
    numbers = fields.likelihoods.rows[place].numbers
    numbers.box.selectAll()
    qtbot.keyClicks(numbers.box, text)
    numbers.finish()


def choose(fields: ConclusionFields, place: int, word: str) -> None:
    choice = fields.likelihoods.rows[place].word
    index = next(at for at in range(choice.count()) if choice.itemText(at).startswith(word))
    choice.setCurrentIndex(index)
    choice.activated.emit(index)


def test_the_page_is_absent_until_it_is_asked_for(window: AnalysisWindow, qtbot: QtBot) -> None:
    assert window.closing_steps is not None
    dock = window.closing_steps.conclusion_dock
    assert not dock.isVisible()
    assert not dock.is_built
    window.go_to(Finding("conclusion", ""))
    qtbot.waitUntil(lambda: dock.is_in_front)
    assert dock.panel.start.isVisible()
    assert not dock.panel.fields.isVisible()
    assert window.session.analysis.conclusions == {}, "looking begins nothing"
    window.actions_registry["conclusion.show"].trigger()
    assert not dock.isVisible()


def test_it_begins_empty_and_no_rating_ever_fills_it_in(window: AnalysisWindow) -> None:
    session, fields = window.session, begin(window)
    empty = record(session)
    assert (empty.answer, empty.likelihoods, empty.exclusive, empty.confidence) == ("", (), None, None)
    assert [row.word.value for row in fields.likelihoods.rows] == ["", "", ""]
    assert [row.numbers.box.text for row in fields.likelihoods.rows] == ["", "", ""]
    session.rate([(item(session, 1).id, hypothesis(session, 1).id)], RatingValue.VERY_INCONSISTENT)
    window.matrix.set_scores_hidden(False)
    fields.refresh()
    assert record(session) == empty


def test_the_words_are_asked_once_and_beginning_is_undone(window: AnalysisWindow, qtbot: QtBot) -> None:
    fields = begin(window)
    assert fields.isVisible()
    assert fields.answer.box.hasFocus()
    window.session.undo()
    qtbot.waitUntil(page(window).start.isVisible)
    window.session.redo()
    qtbot.waitUntil(fields.isVisible)
    assert record(window.session).scale is LikelihoodScale.ICD_203


def test_numbers_and_words_go_together(window: AnalysisWindow, qtbot: QtBot) -> None:
    session, fields = window.session, begin(window)
    choose(fields, 0, "likely")
    row = fields.likelihoods.rows[0]
    assert row.numbers.box.text == "55-80"
    assert row.word.currentText() == "likely  55–80 %"
    type_numbers(qtbot, fields, 1, "about 30 %")
    assert by_hypothesis(record(session))[hypothesis(session, 2).id].word == "unlikely"
    type_numbers(qtbot, fields, 0, "60-90")
    assert row.hint.text() == "“likely” stands for 55–80 %."
    type_numbers(qtbot, fields, 2, "50-70")
    assert fields.likelihoods.rows[2].hint.text().startswith("No word of the scale covers this")
    session.undo()
    fields.refresh()
    assert fields.likelihoods.rows[2].numbers.box.text == "", "typing and the word are one step"


def test_what_is_no_number_is_kept_as_a_draft_and_said(window: AnalysisWindow, qtbot: QtBot) -> None:
    fields = begin(window)
    type_numbers(qtbot, fields, 0, "sixty")
    numbers = fields.likelihoods.rows[0].numbers
    assert numbers.problem.isVisible()
    assert numbers.box.text == "sixty"
    assert record(window.session).likelihoods == ()
    type_numbers(qtbot, fields, 0, "60")
    assert not numbers.problem.isVisible()


def test_ranges_that_cannot_add_up_are_said_in_words(window: AnalysisWindow, qtbot: QtBot) -> None:
    fields = begin(window)
    for place, text in enumerate(("10-20", "10-20", "20-40")):
        type_numbers(qtbot, fields, place, text)
    assert not fields.likelihoods.sums.isVisible(), "it is not said yet whether they exclude each other"
    set_choice(fields.exclusive.choice, "no, only one of them")
    fields.refresh()
    assert fields.likelihoods.sums.text() == "Even at their highest these reach only 80 %: what is the rest?"
    for place in range(3):
        type_numbers(qtbot, fields, place, "40-50")
    fields.refresh()
    assert fields.likelihoods.sums.text().startswith("Even at their lowest these add up to 120 %")


def set_choice(choice, text: str) -> None:
    index = choice.findText(text)
    choice.setCurrentIndex(index)
    choice.activated.emit(index)


def test_a_departure_is_asked_for_only_while_the_standing_is_shown(window: AnalysisWindow, qtbot: QtBot) -> None:
    fields = begin(window)
    window.matrix.set_scores_hidden(False)
    type_numbers(qtbot, fields, 0, "10")
    type_numbers(qtbot, fields, 1, "70")
    fields.refresh()
    assert fields.departs.text() == "H2 is called more likely than H1, which has less against it in the matrix."
    assert fields.departure.isVisible()
    window.matrix.set_scores_hidden(True)
    assert not fields.departs.isVisible()
    assert not fields.departure.isVisible()
    hidden = steps(window.session.analysis, window.session.findings, scores_shown=False)[CONCLUDE]
    assert "conclusion_departs" not in {point.code for point in hidden.points}
    shown = steps(window.session.analysis, window.session.findings, scores_shown=True)[CONCLUDE]
    assert "conclusion_departs" in {point.code for point in shown.points}


def test_another_scale_keeps_the_words_as_text(window: AnalysisWindow) -> None:
    fields = begin(window)
    choose(fields, 0, "very unlikely")
    set_choice(fields.scale.choice, "PHIA yardstick (United Kingdom)")
    fields.refresh()
    row = fields.likelihoods.rows[0]
    assert row.word.currentText() == "very unlikely (not of this scale)"
    assert row.hint.text() == "This word is not of the scale that is chosen; choose anew."
    choose(fields, 0, "highly unlikely")
    assert row.word.findText("very unlikely (not of this scale)") < 0


def test_own_words_are_typed_one_per_line(window: AnalysisWindow) -> None:
    fields = begin(window, LikelihoodScale.OWN)
    assert fields.own_terms.isVisible()
    fields.own_terms.box.put("rather likely: 50-80\nhardly: under 10")
    fields.own_terms.finish()
    fields.refresh()
    choose(fields, 0, "rather likely")
    assert fields.likelihoods.rows[0].numbers.box.text == "50-80"
    fields.own_terms.box.put("nonsense")
    fields.own_terms.finish()
    assert fields.own_terms.problem.isVisible()
    assert len(record(window.session).own_terms) == 2


def test_without_words_there_are_only_numbers(window: AnalysisWindow, qtbot: QtBot) -> None:
    fields = begin(window, LikelihoodScale.NONE)
    assert not fields.likelihoods.rows[0].word.isVisible()
    type_numbers(qtbot, fields, 0, "60")
    assert by_hypothesis(record(window.session))[hypothesis(window.session, 1).id].word == ""


def test_no_judgement_yet_folds_the_rest_and_keeps_it(window: AnalysisWindow) -> None:
    fields = begin(window)
    choose(fields, 0, "likely")
    fields.no_judgement.click()
    fields.refresh()
    assert fields.no_reason.isVisible()
    assert not fields.likelihoods.isVisible()
    assert not fields.confidence.isVisible()
    assert fields.would_change.isVisible()
    fields.no_judgement.click()
    fields.refresh()
    assert fields.likelihoods.isVisible()
    assert fields.likelihoods.rows[0].numbers.box.text == "55-80"


def test_the_answer_is_looked_at_while_it_is_written(window: AnalysisWindow, qtbot: QtBot) -> None:
    fields = begin(window)
    qtbot.keyClicks(fields.answer.box, "With high confidence H1 is likely (60 %).")
    fields.flush()
    fields.refresh()
    assert fields.answer_hint.text().startswith("Likelihood and confidence stand in one sentence")


def test_rejected_hypotheses_stand_under_a_line_with_their_reason(window: AnalysisWindow) -> None:
    session, fields = window.session, begin(window)
    session.execute(edits.reject(session.analysis, [hypothesis(session, 1).id], "It was elsewhere."))
    fields.refresh()
    rows = fields.likelihoods.rows
    assert [row.hypothesis for row in rows] == [hypothesis(session, number).id for number in (2, 3, 1)]
    assert rows[2].status.text() == "It was elsewhere."


def test_the_questions_are_folded_and_the_answers_kept(window: AnalysisWindow, qtbot: QtBot) -> None:
    fields = begin(window)
    questions = fields.questions
    assert not questions.is_open
    questions.switch.click()
    editor = questions.editors["premortem"]
    qtbot.keyClicks(editor.box, "We were fooled.")
    fields.flush()
    fields.refresh()
    assert record(window.session).prompts[0].note == "We were fooled."
    assert questions.switch.text() == "Questions against oneself: 1 of 8 answered"


@pytest.mark.parametrize(
    ("code", "where"),
    [
        ("conclusion_no_answer", lambda fields: fields.answer.box),
        ("conclusion_exclusive", lambda fields: fields.exclusive.choice),
        ("conclusion_confidence", lambda fields: fields.confidence.choice),
        ("conclusion_would_change", lambda fields: fields.would_change.box),
        ("conclusion_not_mentioned", lambda fields: fields.likelihoods.rows[1].word),
    ],
)
def test_a_point_leads_to_its_field(window: AnalysisWindow, qtbot: QtBot, code: str, where) -> None:
    fields = begin(window)
    window.matrix.setFocus()
    ids = (hypothesis(window.session, 2).id,) if code == "conclusion_not_mentioned" else ()
    window.go_to(Finding(code, "", hypotheses=ids))
    qtbot.waitUntil(lambda: where(fields).hasFocus())


def test_each_matrix_has_a_conclusion_of_its_own(window: AnalysisWindow, qtbot: QtBot) -> None:
    session, fields = window.session, begin(window)
    qtbot.keyClicks(fields.answer.box, "H1.")
    first = session.matrix.id
    command = matrices.duplicate(session.analysis, session.matrix, "Branch", ratings=True)
    session.execute(command)
    session.show_matrix(command.content["id"])
    assert session.analysis.conclusions[record_of(session, first).id].answer == "H1.", "turning takes typing over"
    assert page(window).start.isVisible()
    session.show_matrix(first)
    assert fields.isVisible()
    assert fields.answer.box.text == "H1."
    session.show_matrix(command.content["id"])
    session.undo()  # the duplicate
    session.redo()
    session.show_matrix(command.content["id"])
    session.history.end_merging()
    record = record_of(session, first)
    session.execute(conclusions.set_field(session.analysis, "conclusion", record.id, "answer", "H2."))
    assert session.matrix.id == command.content["id"], "an edit leaves the front where it is"
    session.undo()
    assert session.matrix.id == first, "undo goes to what it takes back"


def record_of(session: Session, matrix: str) -> Conclusion:
    found = conclusion_on(session.analysis, matrix)
    assert found is not None
    return found


def test_a_file_with_a_conclusion_shows_it_behind_the_charts(qapp: QApplication, qtbot: QtBot) -> None:
    analysis = small_analysis(1, 2)
    matrix = analysis.matrices[0]
    analysis.conclusions["q"] = Conclusion(id="q", matrix=matrix.id, scale=LikelihoodScale.NONE, answer="H1.")
    with running_desktop(qapp) as desktop:
        window = desktop.open_untitled(analysis, dirty=False)
        qtbot.waitExposed(window)
        assert window.closing_steps is not None
        assert window.closing_steps.conclusion_dock.toggleViewAction().isChecked()
        assert not window.closing_steps.conclusion_dock.is_in_front
        assert not window.closing_steps.outcome_dock.toggleViewAction().isChecked()
        qtbot.waitUntil(window.matrix.view.hasFocus)


def test_a_read_only_analysis_can_be_read_and_not_edited(window: AnalysisWindow) -> None:
    fields = begin(window)
    window.session.read_only = True
    page(window).refresh()
    assert fields.answer.box.isReadOnly()
    assert not fields.likelihoods.rows[0].word.isEnabled()
    assert not fields.confidence.choice.isEnabled()
    assert not window.actions_registry["conclusion.delete"].isEnabled()


def test_every_control_has_a_name(window: AnalysisWindow) -> None:
    assert not nameless_controls(page(window)) if begin(window) else False
    fields = page(window).fields
    assert isinstance(fields, ConclusionFields)
    fields.questions.switch.click()
    assert not nameless_controls(page(window))


def test_escape_takes_typing_over_and_goes_back_to_the_matrix(window: AnalysisWindow, qtbot: QtBot) -> None:
    fields = begin(window)
    qtbot.keyClicks(fields.answer.box, "H1.")
    qtbot.keyClick(fields.answer.box, Qt.Key.Key_Escape)
    assert record(window.session).answer == "H1."
    qtbot.waitUntil(lambda: not fields.answer.box.hasFocus())


def test_deleting_it_is_one_step(window: AnalysisWindow, qtbot: QtBot) -> None:
    fields = begin(window)
    qtbot.keyClicks(fields.answer.box, "H1.")
    fields.flush()
    window.actions_registry["conclusion.delete"].trigger()
    assert window.session.analysis.conclusions == {}
    qtbot.waitUntil(page(window).start.isVisible)
    window.session.undo()
    qtbot.waitUntil(fields.isVisible)
    assert record(window.session).answer == "H1."


def test_the_step_of_the_rail_leads_to_the_page(window: AnalysisWindow) -> None:
    step = steps(window.session.analysis, window.session.findings, scores_shown=True)[CONCLUDE]
    assert [link.code for link in step.links] == ["conclusion"]
    assert [point.code for point in step.points] == ["conclusion_missing"]


def test_the_last_step_leads_to_what_came_once_something_was_concluded(window: AnalysisWindow, qtbot: QtBot) -> None:
    def links() -> list[str]:
        listed = steps(window.session.analysis, (), scores_shown=True)
        return [link.code for link in listed[WATCH].links]

    assert links() == ["indicators"]
    begin(window)
    assert links() == ["indicators", "outcome"]
    window.go_to(Finding("outcome", ""))
    assert window.closing_steps is not None
    qtbot.waitUntil(partial(getattr, window.closing_steps.outcome_dock, "is_in_front"))
