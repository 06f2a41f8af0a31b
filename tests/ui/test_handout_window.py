"""Hand out and Collect in the window: the files, the report before anything changes, and one step back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.accessible import nameless_controls
from helpers.analyses import state_of
from helpers.desktop import Person, person_at, running_desktop
from helpers.sessions import small_analysis
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits
from ach_desk.model import Analysis, Attachment, RatingValue
from ach_desk.storage.archive import unpack
from ach_desk.storage.codec import encode
from ach_desk.storage.files import read_document
from ach_desk.ui import messages
from ach_desk.ui.application import Desktop
from ach_desk.ui.handout.giving import HandOutDialog
from ach_desk.ui.handout.report import CollectDialog
from ach_desk.ui.window import AnalysisWindow

PATIENCE_MS = 20_000


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Person:
    return person_at(monkeypatch)


@pytest.fixture
def desktop(qapp: QApplication, person: Person) -> Iterator[Desktop]:
    with running_desktop(qapp) as made:
        yield made


@pytest.fixture
def window(desktop: Desktop) -> AnalysisWindow:
    return desktop.open_untitled(small_analysis(), dirty=False)


def handed_out(window: AnalysisWindow, folder: Path, names: str, qtbot: QtBot, *, shuffle: bool = False) -> None:
    """Hand out through the dialog."""
    window.actions_registry["hand_out"].trigger()
    (dialog,) = window.findChildren(HandOutDialog)
    dialog.names.setPlainText(names)
    dialog.folder.setText(str(folder))
    dialog.shuffle.setChecked(shuffle)
    with qtbot.waitSignal(dialog.accepted, timeout=PATIENCE_MS):
        dialog.give.click()
    qtbot.waitUntil(lambda: not window.findChildren(HandOutDialog), timeout=PATIENCE_MS)


def collecting(window: AnalysisWindow, folder: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> CollectDialog:
    """Choose the folder in the menu and return the dialog once the files are read."""
    monkeypatch.setattr(messages, "choose_folder", lambda *_given: folder)
    window.actions_registry["collect_folder"].trigger()
    (dialog,) = window.findChildren(CollectDialog)
    qtbot.waitUntil(lambda: dialog.tree.topLevelItemCount() > 0, timeout=PATIENCE_MS)
    return dialog


def change(path: Path, *, rated: bool = True, item: str = "", title: str = "") -> None:
    """Do in a file what an analyst does with it."""
    analysis = read_document(path).loaded.analysis
    matrix, by = analysis.matrices[0], next(iter(analysis.analysts))
    cells = [(entry, hypothesis) for entry in matrix.evidence for hypothesis in matrix.hypotheses]
    if rated:
        edits.rate(analysis, matrix, by, cells, RatingValue.INCONSISTENT).apply(analysis)
    if item:
        edits.add_items(analysis, matrix, [{"title": item}]).apply(analysis)
    if title:
        edits.set_field(analysis, "evidence", matrix.evidence[:1], "title", title, "").apply(analysis)
    path.write_bytes(encode(analysis))


def lines(dialog: CollectDialog) -> list[str]:
    found = dialog.tree.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)
    return [row.text(0) for row in found]


def cells_of(analysis: Analysis) -> set[str]:
    return {analysis.analysts[analyst].name for _matrix, analyst, *_rest in analysis.rating_cells()}


def test_files_go_out_come_back_and_are_taken_back_by_one_undo(
    window: AnalysisWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    session = window.session
    before = state_of(session.analysis)
    handed_out(window, tmp_path / "out", "Ann\nBen\n\nann", qtbot, shuffle=True)
    files = sorted((tmp_path / "out").iterdir())
    assert len(files) == 2
    assert state_of(session.analysis) == before
    for path in files:
        change(path)
    dialog = collecting(window, tmp_path / "out", monkeypatch, qtbot)
    assert sum("cells rated" in line for line in lines(dialog)) == 2
    assert state_of(session.analysis) == before
    with qtbot.waitSignal(dialog.accepted, timeout=PATIENCE_MS):
        dialog.take.click()
    assert "2 files were collected." in window.statusBar().currentMessage()
    assert {"Ann", "Ben"} <= cells_of(session.analysis)
    session.undo()
    assert state_of(session.analysis) == before
    session.redo()
    assert {"Ann", "Ben"} <= cells_of(session.analysis)


def test_proposals_come_in_where_they_are_ticked(
    window: AnalysisWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    session = window.session
    titles = [entry.title for entry in session.analysis.evidence.values()]
    handed_out(window, tmp_path / "out", "Ann", qtbot)
    (file,) = (tmp_path / "out").iterdir()
    change(file, item="A letter", title="Other words")
    dialog = collecting(window, tmp_path / "out", monkeypatch, qtbot)
    assert dialog.accepted_keys == []
    wanted = dialog.tree.findItems("A letter", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)
    wanted[0].setCheckState(0, Qt.CheckState.Checked)
    with qtbot.waitSignal(dialog.accepted, timeout=PATIENCE_MS):
        dialog.take.click()
    assert [entry.title for entry in session.analysis.evidence.values()] == [*titles, "A letter"]


def test_a_refused_file_is_said_and_alone_cannot_be_taken(
    window: AnalysisWindow, desktop: Desktop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    other = small_analysis()
    other.id = "another"
    other.hypotheses, other.evidence = {}, {}
    (tmp_path / "other.ach.json").write_bytes(encode(other))
    (tmp_path / "broken.ach.json").write_text("{")
    dialog = collecting(window, tmp_path, monkeypatch, qtbot)
    assert any("is of another analysis" in line for line in lines(dialog))
    assert "2 are not taken in." in dialog.sentence.text()
    assert not dialog.take.isEnabled()
    dialog.reject()


def test_cancelling_while_files_are_read_changes_nothing(
    window: AnalysisWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    handed_out(window, tmp_path / "out", "\n".join(f"Analyst {number}x" for number in range(30)), qtbot)
    before = state_of(window.session.analysis)
    monkeypatch.setattr(messages, "choose_folder", lambda *_given: tmp_path / "out")
    window.actions_registry["collect_folder"].trigger()
    (dialog,) = window.findChildren(CollectDialog)
    dialog.reject()
    qtbot.waitUntil(lambda: not window.background.is_busy, timeout=PATIENCE_MS)
    assert state_of(window.session.analysis) == before


def test_a_file_that_exists_is_told_and_the_dialog_stays(
    window: AnalysisWindow, person: Person, tmp_path: Path, qtbot: QtBot
) -> None:
    handed_out(window, tmp_path / "out", "Ann", qtbot)
    window.actions_registry["hand_out"].trigger()
    (dialog,) = window.findChildren(HandOutDialog)
    assert not dialog.give.isEnabled()
    dialog.names.setPlainText("Ann")
    dialog.folder.setText(str(tmp_path / "out"))
    dialog.give.click()
    qtbot.waitUntil(lambda: bool(person.told), timeout=PATIENCE_MS)
    assert "exists already" in person.told[0]
    assert dialog.isVisible()
    dialog.reject()


def test_what_is_read_only_can_be_handed_out_and_collects_nothing(desktop: Desktop) -> None:
    window = desktop.open_untitled(small_analysis(), dirty=False)
    window.session.read_only = True
    window.actions_registry.refresh()
    assert window.actions_registry["hand_out"].isEnabled()
    assert not window.actions_registry["collect_files"].isEnabled()


def test_every_control_has_a_name(
    window: AnalysisWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    window.actions_registry["hand_out"].trigger()
    (giving,) = window.findChildren(HandOutDialog)
    assert nameless_controls(giving) == []
    giving.reject()
    (tmp_path / "broken.ach.json").write_text("{")
    taking = collecting(window, tmp_path, monkeypatch, qtbot)
    assert nameless_controls(taking) == []
    taking.reject()


def test_attached_files_are_offered_where_there_are_any(
    desktop: Desktop, window: AnalysisWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window.actions_registry["hand_out"].trigger()
    (dialog,) = window.findChildren(HandOutDialog)
    assert not dialog.with_files.isVisible()
    dialog.reject()
    qtbot.waitUntil(lambda: not window.findChildren(HandOutDialog), timeout=PATIENCE_MS)

    analysis = window.session.analysis.snapshot()
    item = analysis.matrices[0].evidence[0]
    given = (Attachment(path="case.files/cable.pdf"), Attachment(path="case.files/gone.pdf"))
    edits.set_field(analysis, "evidence", [item], "attachments", given).apply(analysis)
    (tmp_path / "case.files").mkdir()
    (tmp_path / "case.files" / "cable.pdf").write_bytes(b"cable")
    path = tmp_path / "case.ach.json"
    path.write_bytes(encode(analysis))
    desktop.opener.open(path, at_once=True)
    other = desktop.window_of(path)
    assert other is not None
    other.actions_registry["hand_out"].trigger()
    (dialog,) = other.findChildren(HandOutDialog)
    assert dialog.with_files.isVisible()
    assert "2 attached files" in dialog.with_files.text().replace("&", "")
    assert nameless_controls(dialog) == []
    dialog.with_files.setChecked(True)
    dialog.names.setPlainText("Ann")
    dialog.folder.setText(str(tmp_path / "out"))
    with qtbot.waitSignal(dialog.accepted, timeout=PATIENCE_MS):
        dialog.give.click()
    (archive,) = (tmp_path / "out").iterdir()
    unpacked = unpack(archive, tmp_path / "ann")
    assert (tmp_path / "ann" / "case.files" / "cable.pdf").read_bytes() == b"cable"
    assert unpacked.files == 1
    assert "Attached, but not there: case.files/gone.pdf" in other.statusBar().currentMessage()
