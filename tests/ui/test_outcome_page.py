"""What turned out to be so, what it says of the statements and of the items, and the record of a folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.accessible import nameless_controls
from helpers.desktop import running_desktop
from helpers.sessions import hypothesis, item, small_analysis
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ach_desk.commands import conclusions
from ach_desk.model import LikelihoodScale, RatingValue
from ach_desk.model.conclusions import conclusion_on, outcome_of
from ach_desk.storage.codec import encode
from ach_desk.ui import messages
from ach_desk.ui.conclusion.outcome import OutcomeFields, OutcomeStart
from ach_desk.ui.conclusion.record import RecordDialog, read_record
from ach_desk.ui.dialogs.find import FindTarget, find_all
from ach_desk.ui.widgets.rowbutton import RowButton
from ach_desk.ui.window import AnalysisWindow


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot):
    """Return a window with H1 called likely and H2 unlikely; E1 speaks for H1 and against H2."""
    with running_desktop(qapp) as desktop:
        window = desktop.open_untitled(small_analysis(2, 2), dirty=False)
        qtbot.waitExposed(window)
        session = window.session
        for row, symbols in enumerate(("C I", "N N"), 1):
            for column, symbol in enumerate(symbols.split(), 1):
                session.rate([(item(session, row).id, hypothesis(session, column).id)], RatingValue(symbol))
        analysis, matrix = session.analysis, session.matrix
        session.execute(conclusions.begin(analysis, matrix, session.analyst, LikelihoodScale.NONE))
        for number, around in ((1, (60, 80)), (2, (20, 40))):
            present = conclusion_on(analysis, matrix.id)
            assert present is not None
            session.execute(conclusions.set_numbers(analysis, present, hypothesis(session, number).id, around))
        (record,) = analysis.conclusions.values()
        session.execute(conclusions.set_field(analysis, "conclusion", record.id, "exclusive", True))
        yield window


def begin(window: AnalysisWindow) -> OutcomeFields:
    window.actions_registry["outcome.show"].trigger()
    assert window.closing_steps is not None
    sheet = window.closing_steps.outcome_dock.panel
    assert isinstance(sheet.start, OutcomeStart)
    sheet.start.button.click()
    assert isinstance(sheet.fields, OutcomeFields)
    return sheet.fields


def test_what_proved_true_is_held_against_what_was_stated(window: AnalysisWindow) -> None:
    session, fields = window.session, begin(window)
    assert fields.text.box.hasFocus()
    assert fields.verdict.text().startswith("Say which hypotheses proved true")
    assert not fields.misled.isVisible()
    assert not fields.before_misled.isVisible(), "no two lines with nothing between them"
    fields.true.boxes[hypothesis(session, 2).id].click()
    found = outcome_of(session.analysis, session.matrix.id)
    assert found is not None
    assert found.true == (hypothesis(session, 2).id,)
    assert fields.verdict.text().startswith("Brier score 0.98: 0 is certain and right")
    assert "One case proves nothing" in fields.verdict.text()
    assert fields.judged.text().split("\n")[0] == "H1: said about 70 %, did not prove true."


def test_items_that_misled_lead_to_the_matrix(window: AnalysisWindow) -> None:
    session, fields = window.session, begin(window)
    fields.true.boxes[hypothesis(session, 2).id].click()
    (button,) = fields.misled.findChildren(RowButton)
    assert button.words == "E1 spoke against H2 (I), which proved true, and for H1 (C), which did not."
    button.click()
    assert window.matrix.selection().items == (item(session, 1).id,)


def test_none_of_them_takes_the_others_back_and_is_undone(window: AnalysisWindow) -> None:
    session, fields = window.session, begin(window)
    box = fields.true.boxes[hypothesis(session, 1).id]
    box.click()
    fields.none.click()
    fields.refresh()
    assert not box.isChecked()
    assert not box.isEnabled()
    session.undo()
    fields.refresh()
    assert box.isChecked()


def test_without_a_conclusion_nothing_is_scored(window: AnalysisWindow) -> None:
    session, fields = window.session, begin(window)
    window.actions_registry["conclusion.delete"].trigger()
    fields.true.boxes[hypothesis(session, 1).id].click()
    assert fields.verdict.text() == "No likelihoods were stated that it could be held against."


def test_texts_are_found_and_shown(window: AnalysisWindow, qtbot: QtBot) -> None:
    session, fields = window.session, begin(window)
    qtbot.keyClicks(fields.lessons.box, "ask earlier")
    fields.flush()
    (target,) = find_all(session.analysis, session.matrix, session.analyst, "ASK EARLIER")
    assert target == FindTarget("outcome", next(iter(session.analysis.outcomes)))
    assert window.closing_steps is not None
    window.closing_steps.outcome_dock.hide()
    window._show_found(target)
    assert window.closing_steps.outcome_dock.is_in_front


def test_every_control_has_a_name(window: AnalysisWindow) -> None:
    fields = begin(window)
    fields.true.boxes[hypothesis(window.session, 2).id].click()
    assert not nameless_controls(fields)


def test_the_record_of_a_folder(
    window: AnalysisWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = begin(window)
    fields.true.boxes[hypothesis(window.session, 1).id].click()
    (tmp_path / "a.ach.json").write_bytes(encode(window.session.analysis))
    (tmp_path / "bad.ach.json").write_text("no")
    monkeypatch.setattr(messages, "choose_folder", lambda *_args: tmp_path)
    window.actions_registry["record.folder"].trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(RecordDialog)))
    (dialog,) = window.findChildren(RecordDialog)
    qtbot.waitExposed(dialog)
    assert dialog.sentences[0].startswith("Mean Brier score 0.18 over 1 case.")
    assert dialog.table.item(3, 4).text() == "too few to say"
    assert dialog.problems.text().startswith("bad.ach.json")
    assert not nameless_controls(dialog)
    dialog.close()


def test_an_empty_folder_has_no_record(tmp_path: Path, qtbot: QtBot) -> None:
    assert read_record(tmp_path) == ([], [])
    dialog = RecordDialog(tmp_path, ([], []))
    qtbot.addWidget(dialog)
    assert dialog.sentences == ["No outcome is entered in these analyses."]
