"""Hostile files and unlucky moments in the window: nothing is taken for markup, nothing hangs, nothing is lost."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.desktop import Person, person_at, running_desktop
from helpers.sessions import rate, small_analysis, small_session
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from ach_desk.commands import assumptions
from ach_desk.model import EvidenceKind, RatingValue
from ach_desk.storage.files import read_document, write_document
from ach_desk.storage.lock import lock_path
from ach_desk.ui import document as document_module
from ach_desk.ui import messages
from ach_desk.ui.application import Desktop
from ach_desk.ui.doubt.resting import of_item
from ach_desk.ui.matrix.editor import InPlaceEditor
from ach_desk.ui.settings import SettingsStore
from ach_desk.ui.widgets.textbox import TextBox
from ach_desk.ui.window import AnalysisWindow

MARKUP = "<b>bold</b><img src='file:///etc/passwd'><a href='javascript:1'>x</a>"


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Person:
    return person_at(monkeypatch)


@pytest.fixture
def desktop(qapp: QApplication, person: Person) -> Iterator[Desktop]:
    with running_desktop(qapp) as made:
        yield made


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Let every save wait until the event is set."""
    gate = threading.Event()
    write = document_module.write_document

    def waiting(*arguments: object, **options: object) -> object:
        assert gate.wait(10)
        return write(*arguments, **options)

    monkeypatch.setattr(document_module, "write_document", waiting)
    yield gate
    gate.set()


def opened(desktop: Desktop, path: Path) -> AnalysisWindow:
    if not path.exists():
        write_document(path, small_analysis(), expected=None)
    desktop.opener.open(path, at_once=True)
    window = desktop.window_of(path)
    assert window is not None
    return window


def test_the_detail_of_a_box_is_never_markup_and_never_endless(qapp: QApplication, qtbot: QtBot) -> None:
    seen: list[tuple[Qt.TextFormat, int]] = []

    def look() -> None:
        box = qapp.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.extend((label.textFormat(), len(label.text())) for label in box.findChildren(QLabel) if label.text())
        box.reject()

    from PySide6.QtCore import QTimer

    QTimer.singleShot(0, look)
    messages.ask(None, MARKUP * 100_000, f"/home/{MARKUP}.ach.json", [("ok", "OK")], "ok")
    assert len(seen) == 2
    assert {text_format for text_format, _length in seen} == {Qt.TextFormat.PlainText}
    assert max(length for _format, length in seen) < 3_000


def test_a_link_to_itself_is_said_and_not_a_crash(desktop: Desktop, person: Person, tmp_path: Path) -> None:
    loop = tmp_path / "loop.ach.json"
    loop.symlink_to(loop)
    desktop.opener.open(loop, at_once=True)
    assert "leads back to itself" in person.told[0]


@pytest.mark.parametrize("name", ["a[*]b", "<b>x", "new\nline", "-dash", "\udcff\udcfe", "\u202e\u2028\x1b[31m"])
def test_a_file_of_any_name_is_opened_saved_and_listed(
    name: str, desktop: Desktop, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / f"{name}.ach.json"
    window = opened(desktop, path)
    rate(window.session, 1, 1, RatingValue.INCONSISTENT)
    window.document.save()
    qtbot.waitUntil(lambda: not window.session.is_dirty)
    assert read_document(path).fingerprint.same_content(window.document._fingerprint)
    assert desktop.store.settings.recent_files == [str(path)]
    assert SettingsStore().settings.recent_files == [str(path)]
    if name == "a[*]b":
        assert window.windowTitle() == "a[*][*]b.ach.json[*] – ACH Desk"
    desktop.show_start()


def test_a_copy_is_not_written_over_a_file_that_another_window_shows(
    desktop: Desktop, person: Person, tmp_path: Path
) -> None:
    first, second = (opened(desktop, tmp_path / f"{name}.ach.json") for name in "ab")
    assert second.document.path is not None
    before = second.document.path.read_bytes()
    person.answers = ["cancel"]
    first.document.save_copy(second.document.path)
    assert "it is open by" in person.asked[0]
    assert second.document.path.read_bytes() == before


def test_what_is_edited_while_the_window_saves_to_close_is_asked_about(
    desktop: Desktop, person: Person, tmp_path: Path, qtbot: QtBot, slow: threading.Event
) -> None:
    path = tmp_path / "case.ach.json"
    window = opened(desktop, path)
    rate(window.session, 1, 1, RatingValue.INCONSISTENT)
    person.answers = ["save", "save"]
    window.close()
    rate(window.session, 2, 1, RatingValue.CONSISTENT)
    slow.set()
    qtbot.waitUntil(lambda: not desktop.windows)
    assert len(person.asked) == 2
    matrix = read_document(path).loaded.analysis.matrices[0]
    (sheet,) = matrix.sheets.values()
    assert [rating.value for row in sheet.values() for rating in row.values()] == ["I", "C"]


def test_closing_during_a_save_waits_for_it_and_frees_the_lock(
    desktop: Desktop, tmp_path: Path, qtbot: QtBot, slow: threading.Event
) -> None:
    path = tmp_path / "case.ach.json"
    window = desktop.open_untitled(small_analysis(), dirty=False)
    window.document.save_as(path)
    window.close()
    assert desktop.windows
    slow.set()
    qtbot.waitUntil(lambda: not desktop.windows)
    assert path.exists()
    assert not lock_path(path).exists()


def test_quitting_during_a_save_and_then_staying_closes_nothing_else_later(
    desktop: Desktop, person: Person, tmp_path: Path, qtbot: QtBot, slow: threading.Event
) -> None:
    first, second = (opened(desktop, tmp_path / f"{name}.ach.json") for name in "ab")
    rate(first.session, 1, 1, RatingValue.INCONSISTENT)
    first.document.save()
    rate(first.session, 1, 2, RatingValue.INCONSISTENT)
    person.answers = ["cancel", "discard"]
    desktop.quit()
    slow.set()
    qtbot.waitUntil(lambda: bool(person.asked))
    assert desktop.windows == [first, second]
    first.close()
    assert desktop.windows == [second]


def test_a_text_of_millions_of_characters_neither_stops_the_window_nor_is_changed(
    desktop: Desktop, tmp_path: Path, qtbot: QtBot
) -> None:
    analysis = small_analysis()
    analysis.question = "Q\n" * 1_500_000
    analysis.notice, analysis.marking = "n " * 1_500_000, "m" * 3_000_000
    path = tmp_path / "long.ach.json"
    write_document(path, analysis, expected=None)
    begun = time.monotonic()
    window = opened(desktop, path)
    window._show_analysis()
    QApplication.processEvents()
    assert time.monotonic() - begun < 10  # minutes, when all of it is laid out
    assert window.width() < 2_000
    question = next(box for box in window.inspector.findChildren(TextBox) if box.text == analysis.question)
    assert question.isReadOnly()
    assert len(question.toPlainText()) < 110_000
    rate(window.session, 1, 1, RatingValue.INCONSISTENT)
    window.flush()
    window.document.save()
    qtbot.waitUntil(lambda: not window.session.is_dirty)
    saved = read_document(path).loaded.analysis
    assert (saved.question, saved.notice, saved.marking) == (analysis.question, analysis.notice, analysis.marking)


def test_a_title_of_a_million_characters_opens_at_once_and_is_left_as_it_is(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(800, 600)
    parent.show()
    editor, committed = InPlaceEditor(parent), []
    long = "W" * 1_000_000
    begun = time.monotonic()
    editor.open(QRect(0, 0, 300, 24), parent.rect(), long, "Title", committed.append, may_be_empty=True)
    qtbot.keyClicks(editor, "typed")
    editor.finish(by_enter=True)
    assert time.monotonic() - begun < 10  # minutes, when all of it is laid out
    assert committed == [long]
    editor.open(QRect(0, 0, 300, 24), parent.rect(), "short", "Title", committed.append)
    qtbot.keyClicks(editor, "typed")
    editor.finish()
    assert committed == [long, "typed"]


def test_a_box_that_showed_a_long_text_can_be_edited_again(qtbot: QtBot) -> None:
    box = TextBox()
    qtbot.addWidget(box)
    box.show_text("x" * 200_000)
    assert box.isReadOnly()
    assert box.text == "x" * 200_000
    box.setReadOnly(False)
    assert box.isReadOnly()
    box.show_text("short")
    assert not box.isReadOnly()
    box.setReadOnly(True)
    assert box.isReadOnly()


def test_thousands_of_assumptions_in_a_chain_do_not_hold_the_inspector_up(qapp: QApplication) -> None:
    session = small_session(items=4_000)
    evidence = session.analysis.evidence
    ids = list(evidence)
    for below, above in itertools.pairwise(ids):
        fields = {"kind": EvidenceKind.ASSUMPTION, "rests_on": (above,)}
        evidence[below] = evidence[below].model_copy(update=fields)
    started = time.monotonic()
    assert of_item(session, lambda: ids[0]).offered() == [evidence[entry] for entry in ids[2:-1]]
    assert of_item(session, lambda: ids[-1]).offered() == []
    assert time.monotonic() - started < 1


def test_closing_a_chain_of_thousands_into_a_ring_is_refused_at_once(qapp: QApplication) -> None:
    session = small_session(items=4_000)
    evidence = session.analysis.evidence
    ids = list(evidence)
    for below, above in itertools.pairwise(ids):
        evidence[below] = evidence[below].model_copy(update={"rests_on": (above,)})
    started = time.monotonic()
    assert assumptions.rest_items(session.analysis, ids, ids[0]).is_no_op
    assert time.monotonic() - started < 1
