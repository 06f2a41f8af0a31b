"""Merging another version in the window: shown, decided, one step, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.accessible import nameless_controls
from helpers.desktop import Person, person_at, running_desktop
from helpers.sessions import small_analysis
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits, trail
from ach_desk.commands.versions import Side
from ach_desk.model import Analysis, RatingValue, new_analysis
from ach_desk.storage.codec import encode
from ach_desk.ui import messages
from ach_desk.ui.application import Desktop
from ach_desk.ui.versions.dialog import MergeDialog
from ach_desk.ui.window import AnalysisWindow

PATIENCE_MS = 20_000
C, II = RatingValue.CONSISTENT, RatingValue.VERY_INCONSISTENT


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Person:
    return person_at(monkeypatch)


@pytest.fixture
def desktop(qapp: QApplication, person: Person) -> Iterator[Desktop]:
    with running_desktop(qapp) as made:
        yield made


@pytest.fixture
def began() -> Analysis:
    """Return an analysis with one act in its history, which both versions share."""
    analysis = small_analysis()
    _do(analysis, edits.set_field(analysis, "analysis", [analysis.id], "question", "What happened in June?"))
    return analysis


@pytest.fixture
def window(desktop: Desktop, began: Analysis) -> AnalysisWindow:
    return desktop.open_untitled(began.snapshot(), dirty=False)


def _do(analysis: Analysis, command) -> None:
    trail.run(analysis, command, "do", next(iter(analysis.analysts)))


def _rate(analysis: Analysis, row: int, column: int, value: RatingValue) -> None:
    matrix = analysis.matrices[0]
    cell = (matrix.evidence[row - 1], matrix.hypotheses[column - 1])
    _do(analysis, edits.rate(analysis, matrix, next(iter(analysis.analysts)), [cell], value))


def _value(analysis: Analysis, row: int, column: int) -> RatingValue | None:
    matrix = analysis.matrices[0]
    cell = (matrix.evidence[row - 1], matrix.hypotheses[column - 1])
    found = matrix.rating(next(iter(analysis.analysts)), *cell)
    return found.value if found else None


@pytest.fixture
def theirs(began: Analysis, tmp_path: Path) -> Path:
    """Return a version in which E1 under H1 and H2 was rated, and an item was added."""
    version = began.snapshot()
    _rate(version, 1, 1, II)
    _rate(version, 1, 2, II)
    _do(version, edits.add_items(version, version.matrices[0], [{"title": "What Bob heard"}]))
    return _written(version, tmp_path)


def _written(version: Analysis, folder: Path) -> Path:
    path = folder / "bob.ach.json"
    path.write_bytes(encode(version))
    return path


def opened(window: AnalysisWindow, path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> MergeDialog:
    monkeypatch.setattr(messages, "open_file", lambda *_given: path)
    window.actions_registry["merge_version"].trigger()
    (dialog,) = window.findChildren(MergeDialog)
    qtbot.waitUntil(lambda: not dialog.progress.isVisible(), timeout=PATIENCE_MS)
    return dialog


def merged(window: AnalysisWindow, dialog: MergeDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.session.changed, timeout=PATIENCE_MS):
        qtbot.mouseClick(dialog.merge, Qt.MouseButton.LeftButton)


def test_what_does_not_collide_is_one_click_and_one_undo(
    window: AnalysisWindow, theirs: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    session = window.session
    _in_window(window, 2, 1, C)
    before = encode(session.analysis)
    dialog = opened(window, theirs, monkeypatch, qtbot)
    assert dialog.sentence.text() == "Nothing collides. Both versions become one."
    assert not dialog.table.isVisible()
    assert not dialog.base_row.isVisible()
    assert "What Bob heard" in dialog.incoming.toPlainText()
    assert nameless_controls(dialog) == []
    merged(window, dialog, qtbot)
    assert (_value(session.analysis, 1, 1), _value(session.analysis, 2, 1)) == (II, C)
    assert [item.title for item in session.analysis.evidence.values()][-1] == "What Bob heard"
    assert len(session.analysis.trail) == 5
    session.undo()
    assert encode(session.analysis) == before


def _in_window(window: AnalysisWindow, row: int, column: int, value: RatingValue) -> None:
    session = window.session
    cell = (session.matrix.evidence[row - 1], session.matrix.hypotheses[column - 1])
    session.rate([cell], value)


def test_a_conflict_is_shown_side_by_side_and_decided(
    window: AnalysisWindow, theirs: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    session = window.session
    _in_window(window, 1, 1, C)
    _in_window(window, 1, 2, C)
    dialog = opened(window, theirs, monkeypatch, qtbot)
    assert dialog.sentence.text() == "2 points were changed in both versions. 2 are not decided."
    assert not dialog.merge.isEnabled()
    shown = [dialog.table.item(0, column).text().split("\n")[0] for column in range(4)]
    assert shown == ["E1 under H1", "C", "II", "not decided"]
    assert nameless_controls(dialog) == []
    qtbot.mouseClick(dialog.take_theirs, Qt.MouseButton.LeftButton)
    assert dialog.table.currentRow() == 1
    assert not dialog.merge.isEnabled()
    qtbot.mouseClick(dialog.take_ours, Qt.MouseButton.LeftButton)
    assert list(dialog.choices.values()) == [Side.THEIRS, Side.OURS]
    merged(window, dialog, qtbot)
    assert (_value(session.analysis, 1, 1), _value(session.analysis, 1, 2)) == (II, C)
    decided = session.analysis.trail[-2:]
    assert [entry.by for entry in decided] == [session.analyst] * 2
    assert [entry.what for entry in decided] == ["rate"] * 2


@pytest.mark.parametrize(("rule", "value"), [("all_ours", C), ("all_theirs", II)])
def test_one_rule_for_all(
    window: AnalysisWindow, theirs: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, rule: str, value: RatingValue
) -> None:
    _in_window(window, 1, 1, C)
    dialog = opened(window, theirs, monkeypatch, qtbot)
    qtbot.mouseClick(getattr(dialog, rule), Qt.MouseButton.LeftButton)
    merged(window, dialog, qtbot)
    assert _value(window.session.analysis, 1, 1) is value


def test_a_file_with_nothing_new_says_so(
    window: AnalysisWindow, began: Analysis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(messages, "open_file", lambda *_given: _written(began, tmp_path))
    window.actions_registry["merge_version"].trigger()
    qtbot.waitUntil(lambda: not window.findChildren(MergeDialog), timeout=PATIENCE_MS)
    assert not window.session.is_dirty


def test_another_analysis_is_refused(
    window: AnalysisWindow, person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    path = _written(new_analysis("Something else"), tmp_path)
    monkeypatch.setattr(messages, "open_file", lambda *_given: path)
    window.actions_registry["merge_version"].trigger()
    qtbot.waitUntil(lambda: bool(person.told), timeout=PATIENCE_MS)
    assert "not versions of one analysis" in person.told[0]
    qtbot.waitUntil(lambda: not window.findChildren(MergeDialog), timeout=PATIENCE_MS)


def test_without_common_history_the_base_can_be_named(
    window: AnalysisWindow, began: Analysis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    version = began.snapshot()
    gone = version.matrices[0].evidence[0]
    _do(version, edits.remove(version, "evidence", [gone]))
    version.trail[:] = [entry._replace(id=f"other-{number}") for number, entry in enumerate(version.trail)]
    dialog = opened(window, _written(version, tmp_path), monkeypatch, qtbot)
    assert dialog.base_row.isVisible()
    base = tmp_path / "base.ach.json"
    base.write_bytes(encode(began))
    monkeypatch.setattr(messages, "open_file", lambda *_given: base)
    qtbot.mouseClick(dialog.choose_base, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dialog.base_row.isVisible(), timeout=PATIENCE_MS)
    merged(window, dialog, qtbot)
    assert gone not in window.session.analysis.evidence
