"""Looking back in the whole window: history, changes since, baselines, earlier states, challenges, notes, prints."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from helpers.accessible import nameless_controls
from helpers.analyses import small_case
from helpers.desktop import Person, person_at, running_desktop
from helpers.sessions import hypothesis, item, rate, stored_rating
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from ach_desk.commands import challenges, edits, matrices, snapshots
from ach_desk.model import ChallengeState, HandoverNote, RatingValue, SnapshotKind
from ach_desk.model.trail import TrailEntry
from ach_desk.scoring import Finding
from ach_desk.storage.codec import decode
from ach_desk.storage.files import write_document
from ach_desk.ui.application import Desktop
from ach_desk.ui.challenges.dialogs import ask_answer
from ach_desk.ui.history_panel import HistoryPanel
from ach_desk.ui.since.panel import SincePanel
from ach_desk.ui.since.starts import BRIEFED, DATE, WORKED
from ach_desk.ui.widgets.askdialog import AskDialog
from ach_desk.ui.widgets.band import EARLIER
from ach_desk.ui.widgets.choice import Choice
from ach_desk.ui.widgets.quietstrip import QuietStrip
from ach_desk.ui.window import AnalysisWindow

CONSISTENT, INCONSISTENT = RatingValue.CONSISTENT, RatingValue.INCONSISTENT
KEY = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Person:
    return person_at(monkeypatch)


@pytest.fixture
def desktop(qapp: QApplication, person: Person) -> Iterator[Desktop]:
    with running_desktop(qapp) as made:
        yield made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a saved analysis of 2 hypotheses and 3 items, each rated as consistent."""
    case = small_case(2, 3)
    cells = [(entry, other) for entry in case.matrix.evidence for other in case.matrix.hypotheses]
    edits.rate(case.analysis, case.matrix, case.analyst, cells, CONSISTENT).apply(case.analysis)
    path = tmp_path / "case.ach.json"
    write_document(path, case.analysis, expected=None)
    return path


@pytest.fixture
def window(desktop: Desktop, path: Path, qtbot: QtBot) -> AnalysisWindow:
    return _opened(desktop, path, qtbot)


def _opened(desktop: Desktop, path: Path, qtbot: QtBot) -> AnalysisWindow:
    desktop.opener.open(path)
    qtbot.waitUntil(lambda: desktop.window_of(path) is not None)
    window = desktop.window_of(path)
    assert window is not None
    window.matrix.set_scores_hidden(False)
    return window


def _history(window: AnalysisWindow, qtbot: QtBot) -> HistoryPanel:
    assert window.review is not None
    window.review.show_history()
    panel = window.review.history_dock.panel
    _read(panel, qtbot)
    return panel


def _read(panel: HistoryPanel, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not panel.is_stale)


def _listed(panel: HistoryPanel) -> list[str]:
    return [panel.model.index(row, 0).data() for row in range(panel.model.rowCount())]


def _since(window: AnalysisWindow, qtbot: QtBot, key: str = "") -> SincePanel:
    assert window.review is not None
    panel = window.review.since_dock.panel
    with qtbot.waitSignal(panel.compared):
        window.review.show_changes(key)
    return panel


def _lines(panel: SincePanel) -> list[str]:
    return [panel.list.item(row).text() for row in range(panel.list.count())]


def _freeze(window: AnalysisWindow, name: str, qtbot: QtBot) -> None:
    assert window.review is not None
    _fill_in(window.review.freeze(), name, qtbot)


def _fill_in(dialog: AskDialog, text: str, qtbot: QtBot) -> None:
    """Write into the first field and take it with the keyboard."""
    field = dialog.fields[0]
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, KEY.Key_Return, CONTROL)


def _strips(window: AnalysisWindow) -> list[str]:
    return [strip.label.text() for strip in window.findChildren(QuietStrip) if strip.isVisible()]


# The history


def test_entries_stand_newest_first_and_undo_is_one(window: AnalysisWindow, qtbot: QtBot) -> None:
    rate(window.session, 1, 1, INCONSISTENT)
    window.session.execute(
        edits.set_field(window.session.analysis, "evidence", [item(window.session, 2).id], "title", "x")
    )
    window.session.undo()
    panel = _history(window, qtbot)
    assert _listed(panel) == [
        "Undo: E2, title: “x” → “Report 2”",
        "E2, title: “Report 2” → “x”",
        "E1 under H1: C → I",
    ]
    assert panel.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole).endswith("Analyst 1: " + _listed(panel)[0])
    assert not nameless_controls(panel)


def test_the_history_is_filtered_by_sort_day_and_selection(window: AnalysisWindow, qtbot: QtBot) -> None:
    session = window.session
    for row in (1, 2):
        rate(session, row, 1, INCONSISTENT)
    session.execute(edits.set_field(session.analysis, "evidence", [item(session, 2).id], "title", "x"))
    old = session.analysis.trail[0]
    session.analysis.trail[0] = TrailEntry(old.id, "2020-01-15T12:00:00Z", *old[2:])
    panel = _history(window, qtbot)
    assert panel.count.text() == "3 entries"
    panel.sort.setCurrentIndex(1)
    panel.sort.activated.emit(1)
    assert _listed(panel) == ["E2 under H1: C → I", "E1 under H1: C → I"]
    panel.day.setCurrentIndex(2)
    panel.day.activated.emit(2)
    assert panel.day.currentText() == "15 January 2020"
    assert _listed(panel) == ["E1 under H1: C → I"]
    panel.day.setCurrentIndex(0)
    panel.sort.setCurrentIndex(0)
    window.matrix.select_records("evidence", [item(session, 2).id])
    panel.only_selected.setChecked(True)
    assert _listed(panel) == ["E2, title: “Report 2” → “x”", "E2 under H1: C → I"]
    window.matrix.select_cell(item(session, 2).id, hypothesis(session, 2).id)
    qtbot.waitUntil(lambda: _listed(panel) == [])
    assert panel.count.text() == "No edit is recorded here yet."


def test_enter_restores_what_stood_before_and_that_is_an_edit_of_its_own(window: AnalysisWindow, qtbot: QtBot) -> None:
    session = window.session
    rate(session, 1, 1, INCONSISTENT)
    panel = _history(window, qtbot)
    QTest.keyClick(panel.entries, KEY.Key_Return)
    assert stored_rating(session, 1, 1) is CONSISTENT
    _read(panel, qtbot)
    assert _listed(panel)[0] == "E1 under H1: I → C"
    assert panel.current is not None
    assert panel.model.sentence(panel.current) == "E1 under H1: C → I"
    assert not panel.put_back.isEnabled()
    QTest.keyClick(panel.entries, KEY.Key_Return, SHIFT)
    assert stored_rating(session, 1, 1) is INCONSISTENT
    session.undo()
    session.undo()
    assert stored_rating(session, 1, 1) is INCONSISTENT


def test_a_deleted_item_and_a_text_come_back(window: AnalysisWindow, qtbot: QtBot) -> None:
    session = window.session
    gone = item(session, 2).id
    session.execute(edits.set_field(session.analysis, "evidence", [gone], "title", "x"))
    session.execute(edits.remove(session.analysis, "evidence", [gone]))
    panel = _history(window, qtbot)
    panel.put_back.click()
    assert item(session, 2).title == "x"
    assert stored_rating(session, 2, 1) is CONSISTENT
    _read(panel, qtbot)
    panel.entries.setCurrentIndex(panel.model.index(2, 0))
    panel.put_back.click()
    assert item(session, 2).title == "Report 2"


def test_space_goes_to_the_place(window: AnalysisWindow, qtbot: QtBot) -> None:
    session = window.session
    rate(session, 3, 2, INCONSISTENT)
    window.matrix.select_cell(item(session, 1).id, hypothesis(session, 1).id)
    panel = _history(window, qtbot)
    QTest.keyClick(panel.entries, KEY.Key_Space)
    chosen = window.matrix.selection()
    assert (chosen.evidence, chosen.hypothesis) == (item(session, 3).id, hypothesis(session, 2).id)


def test_the_matrix_as_of_a_moment_is_a_window_in_which_nothing_can_be_edited(
    window: AnalysisWindow, desktop: Desktop, qtbot: QtBot
) -> None:
    session = window.session
    rate(session, 1, 1, INCONSISTENT)
    rate(session, 1, 2, INCONSISTENT)
    panel = _history(window, qtbot)
    panel.entries.setCurrentIndex(panel.model.index(1, 0))
    QTest.keyClick(panel.entries, KEY.Key_Return, CONTROL)
    earlier = desktop.windows[-1]
    assert earlier is not window
    assert " as of " in earlier.windowTitle()
    assert stored_rating(earlier.session, 1, 1) is INCONSISTENT
    assert stored_rating(earlier.session, 1, 2) is CONSISTENT
    band = earlier.matrix.front.band
    assert band.isVisible()
    assert band.kind == EARLIER
    assert band.label.text().startswith("State as of ")
    assert earlier.notice.isHidden(), "the band says it, once"
    rate(earlier.session, 2, 1, INCONSISTENT)
    assert stored_rating(earlier.session, 2, 1) is CONSISTENT
    for name in ("review.freeze", "review.challenge", "review.handover", "insert.item"):
        assert not earlier.actions_registry[name].isEnabled()
    assert not earlier.session.is_dirty
    band.button.click()
    assert desktop.windows == [window]


def test_an_earlier_state_stands_as_the_present_one_does(window: AnalysisWindow, desktop: Desktop) -> None:
    session = window.session
    rate(session, 1, 1, INCONSISTENT)
    session.execute(matrices.duplicate(session.analysis, session.matrix, "Branch", ratings=True))
    rate(session, 1, 1, RatingValue.NEUTRAL)
    branch = session.analysis.matrices[1].id
    session.show_matrix(branch)
    window.matrix.set_scores_hidden(True)
    assert window.review is not None
    window.review.open_entry(session.analysis.trail[-1].id)
    after = desktop.windows[-1]
    assert after.session.matrix.id == branch
    assert not after.matrix.scores_shown
    window.review.open_entry(session.analysis.trail[0].id)
    before = desktop.windows[-1]
    assert len(before.session.analysis.matrices) == 1


def test_pictures_and_pages_of_an_earlier_state_say_so_once(
    window: AnalysisWindow, desktop: Desktop, qtbot: QtBot, tmp_path: Path
) -> None:
    rate(window.session, 1, 1, INCONSISTENT)
    assert window.review is not None
    window.review.open_entry(window.session.analysis.trail[0].id)
    earlier = desktop.windows[-1]
    as_of = earlier.session.as_of
    charts = earlier.charts
    qtbot.waitUntil(lambda: charts._caption.text().startswith(as_of.rstrip(".")))
    assert charts._caption.text().count("State as of") == 1
    assert charts._options("light").notice == as_of
    copy = tmp_path / "copy.ach.json"
    earlier.document.save_copy(copy)
    qtbot.waitUntil(copy.exists)
    assert decode(copy.read_bytes(), copy.name).analysis.notice == as_of


def test_what_cannot_be_led_back_is_listed(
    window: AnalysisWindow, desktop: Desktop, person: Person, qtbot: QtBot
) -> None:
    rate(window.session, 1, 1, INCONSISTENT)
    trail = window.session.analysis.trail
    trail.append(TrailEntry("odd", "2030-01-01T00:00:00Z", trail[0].by, "do", "rate", ["no such matrix", "", [[]]]))
    assert window.review is not None
    window.review.open_entry(trail[0].id)
    earlier = desktop.windows[-1]
    (strip,) = earlier.findChildren(QuietStrip)
    assert strip.label.text() == "1 change could not be led back."
    strip.buttons[0].click()
    assert person.told == ["1 change could not be led back."]


def test_the_inspector_folds_the_history_of_a_cell(window: AnalysisWindow, qtbot: QtBot) -> None:
    session = window.session
    rate(session, 1, 1, INCONSISTENT)
    window.matrix.select_cell(item(session, 1).id, hypothesis(session, 1).id)
    window.inspector.catch_up()
    section = window.inspector.cell.history
    assert section.isHidden()
    rate(session, 1, 1, RatingValue.NEUTRAL)
    window.inspector.catch_up()
    assert not section.isHidden()
    assert section.switch.text() == "History of this cell: 2 changes"
    assert not section.is_open
    section.switch.click()
    texts = [button.accessibleName() for button in section.findChildren(QPushButton)]
    assert texts[0].startswith("E1 under H1: I → N")
    assert texts[1].startswith("E1 under H1: C → I")
    section.findChildren(QPushButton)[1].click()
    assert stored_rating(session, 1, 1) is CONSISTENT


def test_the_key_brings_the_history_up_and_hides_it(window: AnalysisWindow, qtbot: QtBot) -> None:
    assert window.review is not None
    dock, action = window.review.history_dock, window.actions_registry["review.history"]
    assert dock.isHidden()
    assert not dock.is_built
    action.trigger()
    qtbot.waitUntil(lambda: dock.is_in_front)
    action.trigger()
    assert dock.isHidden()


def test_a_dock_that_was_open_is_open_again_with_its_starts(
    window: AnalysisWindow, desktop: Desktop, path: Path, qtbot: QtBot
) -> None:
    rate(window.session, 1, 1, INCONSISTENT)
    _since(window, qtbot)
    again = _reopened(desktop, window, path, qtbot)
    assert again.review is not None
    dock = again.review.since_dock
    qtbot.waitUntil(lambda: dock.is_built)  # behind the first picture
    assert dock.isVisible()
    dock.panel.start.show_value(WORKED)
    assert dock.panel.start.value == WORKED


# Changes since


def test_changes_since_a_baseline(window: AnalysisWindow, qtbot: QtBot) -> None:
    session = window.session
    rate(session, 1, 2, INCONSISTENT)
    _freeze(window, "Before", qtbot)
    (kept,) = session.analysis.snapshots.values()
    assert (kept.name, kept.kind) == ("Before", SnapshotKind.BASELINE)
    for row in (1, 2):
        rate(session, row, 1, INCONSISTENT)
    panel = _since(window, qtbot, kept.id)
    assert panel.title.startswith("Changes since the baseline “Before” (")
    assert _lines(panel) == [
        "Re-rated",
        "E1 under H1: C → I",
        "E2 under H1: C → I",
        "What it did to the standing",
        "H1 was first; now H2 is.",
        "Order before: H1, H2. Now: H2, H1.",
        "No change did it alone. These took most of the lead:",
        "E1 under H1, C → I, took 1.0 points from H1.",
        "E2 under H1, C → I, took 1.0 points from H1.",
    ]
    panel.list.itemActivated.emit(panel.list.item(2))
    assert window.matrix.selection().evidence == item(session, 2).id
    panel.copy()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Changes since the baseline “Before”")
    assert "- H1 was first; now H2 is." in copied
    window.matrix.set_scores_hidden(True)
    assert _lines(panel) == ["Re-rated", "E1 under H1: C → I", "E2 under H1: C → I"]
    panel.copy()
    assert "first" not in QGuiApplication.clipboard().text()
    assert not nameless_controls(panel)
    with qtbot.waitSignal(panel.compared):
        session.undo()
    assert _lines(panel) == ["Re-rated", "E1 under H1: C → I"]


def test_a_baseline_is_an_edit_that_undo_takes_back(window: AnalysisWindow, qtbot: QtBot) -> None:
    _freeze(window, "Before", qtbot)
    assert window.session.history.stack.undoText() == "Freeze “Before”"
    window.session.undo()
    assert not window.session.analysis.snapshots


def test_a_baseline_needs_a_name(window: AnalysisWindow, qtbot: QtBot) -> None:
    assert window.review is not None
    dialog = window.review.freeze()
    assert not dialog.accept_button.isEnabled()
    assert not nameless_controls(dialog)
    qtbot.waitUntil(dialog.fields[0].hasFocus)
    QTest.keyClick(dialog.fields[0], KEY.Key_Return, CONTROL)
    assert dialog.isVisible()
    dialog.reject()
    assert not window.session.analysis.snapshots


def test_the_state_of_a_baseline_opens_read_only(window: AnalysisWindow, desktop: Desktop, qtbot: QtBot) -> None:
    _freeze(window, "Before", qtbot)
    rate(window.session, 1, 1, INCONSISTENT)
    panel = _since(window, qtbot)
    panel.open_button.click()
    earlier = desktop.windows[-1]
    assert "(baseline “Before”)" in earlier.windowTitle()
    assert stored_rating(earlier.session, 1, 1) is CONSISTENT


def test_changes_since_a_day_and_since_the_file_was_made(window: AnalysisWindow, qtbot: QtBot) -> None:
    rate(window.session, 1, 1, INCONSISTENT)
    panel = _since(window, qtbot, DATE)
    assert panel.day.isVisible()
    assert panel.title == f"Changes since {panel.day.date().toString('d MMMM yyyy')}"
    assert "E1 under H1: C → I" in _lines(panel)
    tomorrow = QDate.currentDate().addDays(1)
    panel.day.setMaximumDate(tomorrow)
    with qtbot.waitSignal(panel.compared):
        panel.day.setDate(tomorrow)
    assert _lines(panel) == ["Nothing has changed."]


def test_changes_since_another_file(
    window: AnalysisWindow, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    rate(window.session, 2, 2, INCONSISTENT)
    panel = _since(window, qtbot)
    monkeypatch.setattr("ach_desk.ui.messages.open_analysis", lambda *_arguments: [path])
    with qtbot.waitSignal(panel.compared):
        panel._chosen("file")
    assert panel.title == "Changes since the file case.ach.json"
    assert _lines(panel)[:2] == ["Re-rated", "E2 under H2: C → I"]


def test_a_file_that_cannot_be_read_says_so(
    window: AnalysisWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = _since(window, qtbot)
    missing = tmp_path / "missing.ach.json"
    monkeypatch.setattr("ach_desk.ui.messages.open_analysis", lambda *_arguments: [missing])
    panel._chosen("file")
    qtbot.waitUntil(lambda: "missing.ach.json" in panel.problem.text())
    assert panel.start.value == DATE


# What left the program


def test_a_print_is_noted_outside_undo_and_asks_to_be_saved(
    window: AnalysisWindow, path: Path, desktop: Desktop, qtbot: QtBot
) -> None:
    session = window.session
    rate(session, 1, 1, INCONSISTENT)
    window.document.save()
    qtbot.waitUntil(lambda: not session.is_dirty)
    printed = snapshots.snapshot_of(session.analysis, session.matrix, session.analyst, SnapshotKind.PRINTED)
    window.document.keep_snapshot(printed)
    assert list(session.analysis.snapshots) == [printed.id]
    assert session.is_dirty
    assert session.history.stack.count() == 1
    session.undo()
    assert stored_rating(session, 1, 1) is CONSISTENT
    assert list(session.analysis.snapshots) == [printed.id]
    window.document.save()
    qtbot.waitUntil(lambda: not session.is_dirty)
    assert list(decode(path.read_bytes(), "x").analysis.snapshots) == [printed.id]
    panel = _since(window, qtbot, BRIEFED)
    assert "it was last printed (" in panel.title
    assert "E1 under H1: I → C" in _lines(panel)


def test_a_print_is_in_the_recovery_journal(window: AnalysisWindow) -> None:
    session, recorded = window.session, []
    session.recorded.connect(lambda how, command: recorded.append((how, command)))
    printed = snapshots.snapshot_of(session.analysis, session.matrix, session.analyst, SnapshotKind.PRINTED)
    window.document.keep_snapshot(printed)
    ((how, command),) = recorded
    fresh = session.analysis.snapshot()
    fresh.snapshots.clear()
    assert how == "do"
    command.apply(fresh)
    assert fresh.snapshots == session.analysis.snapshots


def test_a_read_only_analysis_notes_nothing(window: AnalysisWindow) -> None:
    window.session.read_only = True
    session = window.session
    window.document.keep_snapshot(
        snapshots.snapshot_of(session.analysis, session.matrix, session.analyst, SnapshotKind.PRINTED)
    )
    assert not session.analysis.snapshots
    assert not session.is_dirty


def test_an_example_that_was_only_printed_is_let_go_without_a_question(desktop: Desktop) -> None:
    desktop.open_practice()
    window = desktop.windows[0]
    session = window.session
    window.document.keep_snapshot(
        snapshots.snapshot_of(session.analysis, session.matrix, session.analyst, SnapshotKind.PRINTED)
    )
    assert len(session.analysis.snapshots) == 1
    assert not session.is_dirty


def test_a_saved_chart_is_noted(window: AnalysisWindow, person: Person, tmp_path: Path, qtbot: QtBot) -> None:
    person.names = [tmp_path / "chart.svg"]
    with qtbot.waitSignal(window.charts.briefed, timeout=30_000):
        window.charts.save_as()
    (kept,) = window.session.analysis.snapshots.values()
    assert kept.kind is SnapshotKind.EXPORTED


# Challenges


def test_a_challenge_is_made_answered_and_counted(window: AnalysisWindow, qtbot: QtBot) -> None:
    session = window.session
    cell = (item(session, 2).id, hypothesis(session, 1).id)
    window.matrix.select_cell(*cell)
    assert window.review is not None
    dialog = window.review.challenge()
    assert dialog.windowTitle() == "Challenge E2 / H1"
    assert not nameless_controls(dialog)
    choice = dialog.fields[2]
    assert isinstance(choice, Choice)
    choice.show_value(RatingValue.VERY_INCONSISTENT)
    _fill_in(dialog, "Could be staged", qtbot)
    (found,) = session.analysis.challenges.values()
    assert (found.text, found.by, found.value) == ("Could be staged", "Analyst 1", RatingValue.VERY_INCONSISTENT)
    assert stored_rating(session, 2, 1) is CONSISTENT
    index = window.matrix.model.index(*window.matrix.model.axes.place(*cell))
    for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
        assert "Challenge, open: Could be staged" in index.data(role)
    (finding,) = [entry for entry in session.findings if entry.code == "challenge"]

    window.matrix.select_cell(item(session, 1).id, hypothesis(session, 2).id)
    window.go_to(finding)
    chosen = window.matrix.selection()
    assert (chosen.evidence, chosen.hypothesis) == cell
    section = window.inspector.cell.challenges
    assert section.is_open
    assert section.switch.text() == "Challenges: 1 open"
    _press(section, "What if it holds?")
    assert any("If it holds: H2 has the least evidence against it" in text for text in _texts(section))
    assert not nameless_controls(section)

    _fill_in(ask_answer(session, found, window), "Two saw it", qtbot)
    found = session.analysis.challenges[found.id]
    assert (found.state, found.answer) == (ChallengeState.ANSWERED, "Two saw it")
    assert not [entry for entry in session.findings if entry.code == "challenge"]
    window.inspector.catch_up()
    _press(section, "Reopen")
    _press_after(section, window, "Accept")
    assert session.analysis.challenges[found.id].state is ChallengeState.ACCEPTED
    _press_after(section, window, "Delete")
    assert not session.analysis.challenges
    window.inspector.catch_up()
    assert section.isHidden()
    session.undo()
    assert session.analysis.challenges


def test_challenges_to_item_and_hypothesis_stand_with_them(window: AnalysisWindow) -> None:
    session = window.session
    one, other = item(session, 1).id, hypothesis(session, 2).id
    session.execute(challenges.challenge(session.analysis, "Who says so?", "Bob", evidence=one))
    session.execute(challenges.challenge(session.analysis, "Too broad", "Bob", hypothesis=other))
    model = window.matrix.model
    rows = model.orientation_of("evidence"), model.orientation_of("hypothesis")
    assert "Who says so?" in model.headerData(0, rows[0], Qt.ItemDataRole.ToolTipRole)
    assert "Too broad" in model.headerData(1, rows[1], Qt.ItemDataRole.AccessibleTextRole)
    window.matrix.select_records("hypothesis", [other])
    window.inspector.show_challenges()
    section = window.inspector.hypothesis.challenges
    assert section.is_open
    assert "Too broad" in _texts(section)
    assert not [button for button in section.findChildren(QPushButton) if button.text() == "What if it holds?"]
    window.matrix.select_records("evidence", [one])
    window.inspector.catch_up()
    assert not window.inspector.item.challenges.isHidden()


def test_what_if_it_holds_is_not_offered_while_scores_are_hidden(window: AnalysisWindow, qtbot: QtBot) -> None:
    session = window.session
    one = item(session, 1).id
    session.execute(challenges.challenge(session.analysis, "Who says so?", "Bob", evidence=one))
    window.matrix.select_records("evidence", [one])
    window.inspector.show_challenges()
    section = window.inspector.item.challenges
    assert _button(section, "What if it holds?") is not None
    window.matrix.set_scores_hidden(True)
    qtbot.waitUntil(lambda: _button(section, "What if it holds?") is None)


@pytest.mark.parametrize("code", ["earlier_wording", "suggested", "off_scale"])
def test_a_finding_on_ratings_leads_to_its_first_cell(window: AnalysisWindow, code: str) -> None:
    session = window.session
    cell = (item(session, 3).id, hypothesis(session, 2).id)
    window.go_to(Finding(code, "", hypotheses=cell[1:], evidence=cell[:1]))
    chosen = window.matrix.selection()
    assert (chosen.focus, chosen.evidence, chosen.hypothesis) == ("cell", *cell)


def _button(parent, text: str) -> QPushButton | None:
    return next((button for button in parent.findChildren(QPushButton) if button.text() == text), None)


def _press(parent, text: str) -> None:
    button = _button(parent, text)
    assert button is not None
    button.click()


def _press_after(section, window: AnalysisWindow, text: str) -> None:
    window.inspector.catch_up()
    _press(section, text)


def _texts(parent) -> list[str]:
    return [label.text() for label in parent.findChildren(QLabel)]


# Opening


def _reopened(desktop: Desktop, window: AnalysisWindow, path: Path, qtbot: QtBot) -> AnalysisWindow:
    window.document.save()
    qtbot.waitUntil(lambda: not window.session.is_dirty)
    window.close_for_good()
    qtbot.waitUntil(lambda: desktop.window_of(path) is None)
    return _opened(desktop, path, qtbot)


def _let_days_pass(desktop: Desktop, window: AnalysisWindow, days: int) -> None:
    state = desktop.store.view_state(window.session.analysis.id)
    assert state.model_extra is not None
    worked = state.model_extra["worked"]
    worked["time"] = (datetime.now(UTC) - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
    desktop.store.save_view_state(window.session.analysis.id, state)


def test_after_days_a_line_says_where_work_stopped(
    window: AnalysisWindow, desktop: Desktop, path: Path, qtbot: QtBot
) -> None:
    session = window.session
    rate(session, 1, 1, None)
    session.execute(challenges.challenge(session.analysis, "Why?", "", evidence=item(session, 3).id))
    window.matrix.select_cell(item(session, 2).id, hypothesis(session, 2).id)
    assert _strips(window) == []
    again = _reopened(desktop, window, path, qtbot)
    assert _strips(again) == []
    again.close_for_good()
    _let_days_pass(desktop, again, 3)
    again = _opened(desktop, path, qtbot)
    text = "Last worked on 3 days ago, at E2 under H2. 1 cell unrated, 1 challenge open."
    assert _strips(again) == [text]
    (strip,) = [strip for strip in again.findChildren(QuietStrip) if strip.isVisible()]
    assert not nameless_controls(strip)
    strip.buttons[0].click()
    assert again.review is not None
    assert again.review.since_dock.panel.start.value == WORKED
    strip.close_button.click()
    assert _strips(again) == []


def test_a_new_file_is_no_return(desktop: Desktop) -> None:
    desktop.open_practice()
    assert _strips(desktop.windows[0]) == []


def test_a_note_is_news_to_the_next_person_until_they_understood(
    window: AnalysisWindow, desktop: Desktop, path: Path, qtbot: QtBot
) -> None:
    analysis = window.session.analysis
    note = HandoverNote(id="n1", text="Ask Riga", by="Bob", time="2026-06-24T10:00:00Z")
    window.session.execute(edits.set_field(analysis, "analysis", [analysis.id], "handover", note, "note"))
    again = _reopened(desktop, window, path, qtbot)
    (text,) = _strips(again)
    assert text.startswith("Note by Bob, 24 June 2026")
    assert text.endswith(": Ask Riga")
    (strip,) = [strip for strip in again.findChildren(QuietStrip) if strip.isVisible()]
    strip.buttons[0].click()
    again = _reopened(desktop, again, path, qtbot)
    assert _strips(again) == []


def test_the_author_of_a_note_is_not_shown_it(
    window: AnalysisWindow, desktop: Desktop, path: Path, qtbot: QtBot
) -> None:
    assert window.review is not None
    _fill_in(window.review.write_note(), "Ask Riga", qtbot)
    note = window.session.analysis.handover
    assert note is not None
    assert (note.text, note.by) == ("Ask Riga", "Analyst 1")
    again = _reopened(desktop, window, path, qtbot)
    assert _strips(again) == []
    assert again.review is not None
    dialog = again.review.write_note()
    qtbot.waitUntil(dialog.fields[0].hasFocus)
    QTest.keyClick(dialog.fields[0], KEY.Key_A, CONTROL)
    QTest.keyClick(dialog.fields[0], KEY.Key_Delete)
    QTest.keyClick(dialog.fields[0], KEY.Key_Return, CONTROL)
    assert again.session.analysis.handover is None
