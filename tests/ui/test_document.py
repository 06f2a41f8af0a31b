"""A document and its file: what is saved, what a failure leaves, what the journal holds, who has the lock."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from helpers.analyses import small_case, state_of
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits
from ach_desk.model import RatingValue
from ach_desk.storage import files
from ach_desk.storage.codec import decode, encode
from ach_desk.storage.errors import ChangedOnDisk, SaveFailed, StorageError, UnreadableFile
from ach_desk.storage.files import read_document, write_document
from ach_desk.storage.lock import acquire, lock_path
from ach_desk.ui import document as document_module
from ach_desk.ui.background import Background
from ach_desk.ui.document import Document
from ach_desk.ui.opening import replayed
from ach_desk.ui.settings import SettingsStore, state_dir

PATIENCE = 10


class Desk:
    """Documents, what they said, and the folder they lie in."""

    def __init__(self, folder: Path, background: Background, qtbot: QtBot) -> None:
        self.folder = folder
        self.path = folder / "case.ach.json"
        self.background = background
        self.store = SettingsStore()
        self.qtbot = qtbot
        self.documents: list[Document] = []
        self.messages: list[str] = []
        self.failures: list[tuple[StorageError, Callable[[], None]]] = []
        self.finished: list[bool] = []

    def watch(self, document: Document) -> Document:
        document.message.connect(self.messages.append)
        document.save_failed.connect(lambda error, retry: self.failures.append((error, retry)))
        self.documents.append(document)
        return document

    def untitled(self, *, dirty: bool = False) -> Document:
        document = self.watch(Document(small_case().analysis, self.background, self.store))
        document.begin_untitled(dirty=dirty)
        return document

    def open(self, path: Path | None = None, notes: dict[str, str] | None = None) -> Document:
        """Return the document of the file, made first when it is not there."""
        path = path or self.path
        if not path.exists():
            write_document(path, small_case().analysis, expected=None)
        opened = read_document(path)
        document = self.watch(Document(opened.loaded.analysis, self.background, self.store))
        document.adopt(opened, acquire(path).lock, notes or {})
        return document

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: not self.background.is_busy)

    def save(self, document: Document) -> None:
        document.save(self.finished.append)
        self.wait()


@pytest.fixture
def background(qapp: object) -> Iterator[Background]:
    made = Background()
    yield made
    made.shut_down()


@pytest.fixture
def desk(tmp_path: Path, background: Background, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(tmp_path, background, qtbot)
    yield made
    made.wait()
    for document in made.documents:
        document.close()


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Make writing wait until the event is set."""
    go_on = threading.Event()

    def write(*arguments: Any, **options: Any) -> Any:
        assert go_on.wait(PATIENCE)
        return write_document(*arguments, **options)

    monkeypatch.setattr(document_module, "write_document", write)
    yield go_on
    go_on.set()


def _rate(document: Document, row: int = 0, value: RatingValue | None = RatingValue.INCONSISTENT) -> None:
    session = document.session
    cell = (session.matrix.evidence[row], session.matrix.hypotheses[0])
    session.execute(edits.rate(session.analysis, session.matrix, session.analyst, [cell], value))


def _type(document: Document, text: str) -> None:
    session = document.session
    command = edits.set_field(session.analysis, "analysis", [session.analysis.id], "question", text)
    session.execute(command, merge_key="question")


def _entries(document: Document) -> list[dict[str, Any]]:
    """Return what the journal of the document holds on the disk, without its header."""
    journal = document._journal
    assert journal.flush(PATIENCE)
    return [json.loads(line) for line in journal.path.read_bytes().splitlines()[1:]] if journal.path.exists() else []


def _header(document: Document) -> dict[str, Any]:
    assert document._journal.flush(PATIENCE)
    return json.loads(document._journal.path.read_bytes().splitlines()[0])


def _on_disk(path: Path) -> bytes:
    return state_of(decode(path.read_bytes(), path.name).analysis)


def test_saving_writes_the_file_and_makes_the_document_clean(desk: Desk) -> None:
    document = desk.open()
    _rate(document)
    assert document.session.is_dirty
    desk.save(document)
    assert desk.finished == [True]
    assert not document.session.is_dirty
    assert _on_disk(desk.path) == state_of(document.session.analysis)
    assert desk.messages == [f"Saved {desk.path}."]
    assert _entries(document) == []
    assert desk.store.settings.recent_files == [str(desk.path)]
    desk.save(document)
    assert desk.finished == [True, True]


def test_an_untitled_document_cannot_be_saved_without_a_name(desk: Desk) -> None:
    document = desk.untitled()
    for save in (document.save, document.save_over):
        with pytest.raises(ValueError, match="file name"):
            save()
    document.revert()
    assert not document.is_saving


def test_typing_during_a_save_stays_unsaved_and_only_it_stays_in_the_journal(desk: Desk, slow: threading.Event) -> None:
    document = desk.open()
    _type(document, "W")
    _type(document, "Wh")
    document.save(desk.finished.append)
    assert document.is_saving
    _type(document, "Why")
    slow.set()
    desk.wait()
    assert desk.finished == [True]
    assert document.session.is_dirty
    saved = decode(desk.path.read_bytes(), desk.path.name).analysis
    assert saved.question == "Wh"
    (entry,) = _entries(document)
    assert replayed(saved.snapshot(), [entry]).question == "Why"
    assert _header(document)["base"]["sha256"] == read_document(desk.path).fingerprint.sha256
    document.session.undo()
    assert document.session.analysis.question == "What happened?"
    assert replayed(saved, _entries(document)).question == "What happened?"


def test_undoing_during_a_save_stays_unsaved(desk: Desk, slow: threading.Event) -> None:
    document = desk.open()
    _rate(document)
    document.save()
    document.session.undo()
    slow.set()
    desk.wait()
    assert document.session.is_dirty
    document.session.redo()
    assert document.session.is_dirty


def test_a_second_save_during_a_save_is_refused_with_a_word(desk: Desk, slow: threading.Event) -> None:
    document = desk.open()
    _rate(document)
    document.save(desk.finished.append)
    document.save(desk.finished.append)
    document.save_as(desk.folder / "other.ach.json", desk.finished.append)
    assert desk.finished == [False, False]
    assert desk.messages == ["A save is still under way."] * 2
    assert not lock_path(desk.folder / "other.ach.json").exists()
    slow.set()
    desk.wait()
    assert desk.finished == [False, False, True]


def test_a_save_that_fails_leaves_the_old_file_and_can_be_tried_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = desk.open()
    before = desk.path.read_bytes()
    _rate(document)

    def full(*_arguments: Any, **_options: Any) -> Any:
        raise SaveFailed("the disk is full")

    monkeypatch.setattr(document_module, "write_document", full)
    desk.save(document)
    assert desk.finished == [False]
    assert desk.path.read_bytes() == before
    assert document.session.is_dirty
    assert not document.is_saving
    assert len(_entries(document)) == 1
    ((error, retry),) = desk.failures
    assert str(error) == "the disk is full"
    retry()
    desk.wait()
    assert len(desk.failures) == 2
    monkeypatch.undo()
    desk.failures[-1][1]()
    desk.wait()
    assert desk.finished == [False, False, True]
    assert not document.session.is_dirty
    assert _on_disk(desk.path) == state_of(document.session.analysis)


def test_a_disk_that_fails_half_way_leaves_the_old_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    document = desk.open()
    before = desk.path.read_bytes()
    _rate(document)

    def broken(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", broken)
    desk.save(document)
    monkeypatch.undo()
    assert desk.path.read_bytes() == before
    assert "the disk is full" in str(desk.failures[0][0])
    assert document.session.is_dirty


def test_a_file_that_somebody_else_changed_is_not_overwritten_unless_asked_for(desk: Desk) -> None:
    document = desk.open()
    _rate(document)
    theirs = small_case(items=1).analysis
    data = encode(theirs)
    desk.path.write_bytes(data)
    desk.save(document)
    assert desk.path.read_bytes() == data
    assert isinstance(desk.failures[0][0], ChangedOnDisk)
    assert document.session.is_dirty
    document.save_over(desk.finished.append)
    desk.wait()
    assert desk.finished == [False, True]
    assert _on_disk(desk.path) == state_of(document.session.analysis)
    assert not document.session.is_dirty


def test_a_file_that_was_only_touched_is_saved(desk: Desk) -> None:
    document = desk.open()
    _rate(document)
    os.utime(desk.path, ns=(1, 1))
    desk.save(document)
    assert desk.finished == [True]


def test_reverting_goes_back_to_the_file_and_empties_history_and_journal(desk: Desk) -> None:
    document = desk.open()
    before = state_of(document.session.analysis)
    _rate(document)
    assert len(_entries(document)) == 1
    document.revert()
    assert state_of(document.session.analysis) == before
    assert not document.session.is_dirty
    assert not document.session.history.stack.canUndo()
    assert _entries(document) == []
    _rate(document, 1)
    assert _entries(document)[0]["do"]["cells"][0][0] == document.session.matrix.evidence[1]


def test_reverting_takes_what_somebody_else_saved_and_saving_after_that_asks_nothing(desk: Desk) -> None:
    document = desk.open()
    theirs = small_case(items=1).analysis
    desk.path.write_bytes(encode(theirs))
    document.revert()
    assert len(document.session.analysis.evidence) == 1
    _rate(document)
    desk.save(document)
    assert desk.finished == [True]


def test_reverting_to_a_file_that_cannot_be_read_changes_nothing(desk: Desk) -> None:
    document = desk.open()
    _rate(document)
    before = state_of(document.session.analysis)
    desk.path.write_bytes(b"{")
    with pytest.raises(UnreadableFile):
        document.revert()
    assert state_of(document.session.analysis) == before
    assert document.session.is_dirty
    assert document.session.history.stack.canUndo()
    assert len(_entries(document)) == 1


def test_a_copy_has_nothing_to_do_with_the_document(desk: Desk) -> None:
    document = desk.open()
    _rate(document)
    copy = desk.folder / "copy.ach.json"
    document.save_copy(copy)
    desk.wait()
    assert _on_disk(copy) == state_of(document.session.analysis)
    assert document.session.is_dirty
    assert document.path == desk.path
    assert len(_entries(document)) == 1
    assert desk.messages == [f"Copy saved as {copy}."]
    assert not lock_path(copy).exists()


def test_a_copy_that_fails_can_be_tried_again(desk: Desk) -> None:
    document = desk.open()
    document.save_copy(desk.folder / "missing" / "copy.ach.json")
    desk.wait()
    (desk.folder / "missing").mkdir()
    desk.failures[0][1]()
    desk.wait()
    assert (desk.folder / "missing" / "copy.ach.json").exists()


def test_a_copy_is_written_although_the_program_ends(desk: Desk, background: Background) -> None:
    document = desk.open()
    gates = [threading.Event(), threading.Event()]
    for gate in gates:
        background.run(lambda cancel, gate=gate: gate.set() or _until(cancel), pytest.fail)
        assert gate.wait(PATIENCE)
    document.save_copy(desk.folder / "copy.ach.json")
    document.close()
    background.shut_down()
    assert (desk.folder / "copy.ach.json").exists()


def _until(cancel: object) -> None:
    pause = threading.Event()
    while not cancel:
        pause.wait(0.001)


def test_saving_under_another_name_takes_lock_journal_and_title_there(desk: Desk) -> None:
    document = desk.open()
    assert lock_path(desk.path).exists()
    _rate(document)
    other = desk.folder / "other.ach.json"
    document.save_as(other, desk.finished.append)
    desk.wait()
    assert desk.finished == [True]
    assert (document.path, document.title) == (other, "other.ach.json")
    assert not lock_path(desk.path).exists()
    assert lock_path(other).exists()
    assert not document.session.is_dirty
    _rate(document, 1)
    assert _header(document)["base"]["path"] == str(other)
    desk.save(document)
    assert _on_disk(other) == state_of(document.session.analysis)


def test_an_untitled_document_gets_a_file(desk: Desk) -> None:
    document = desk.untitled(dirty=True)
    assert document.session.is_dirty
    document.save_as(desk.path, desk.finished.append)
    desk.wait()
    assert desk.finished == [True]
    assert not document.session.is_dirty
    assert _entries(document) == []
    _rate(document)
    assert "document" not in _header(document)["base"]


def test_a_name_that_somebody_else_has_open_is_refused(desk: Desk) -> None:
    theirs, mine = desk.open(), desk.untitled()
    before = desk.path.read_bytes()
    mine.save_as(desk.path, desk.finished.append)
    desk.wait()
    assert desk.finished == [False]
    assert "is open already" in str(desk.failures[0][0])
    assert desk.path.read_bytes() == before
    assert mine.path is None
    theirs.close()
    desk.failures[0][1]()
    desk.wait()
    assert desk.finished == [False, True]
    assert mine.path == desk.path


def test_a_new_name_that_fails_frees_its_lock_and_trying_again_takes_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = desk.open()
    other = desk.folder / "other.ach.json"

    def full(*_arguments: Any, **_options: Any) -> Any:
        raise SaveFailed("the disk is full")

    monkeypatch.setattr(document_module, "write_document", full)
    document.save_as(other, desk.finished.append)
    desk.wait()
    assert not lock_path(other).exists()
    assert lock_path(desk.path).exists()
    assert document.path == desk.path
    monkeypatch.undo()
    desk.failures[0][1]()
    desk.wait()
    assert desk.finished == [False, True]
    assert lock_path(other).exists()
    assert not lock_path(desk.path).exists()


def test_a_read_only_document_becomes_an_ordinary_one_under_another_name(desk: Desk) -> None:
    document = desk.open(notes={"read_only": "Open read-only."})
    assert (document.session.read_only, document.state_note) == (True, "Open read-only.")
    with pytest.raises(ValueError, match="file name"):
        document.save()
    other = desk.folder / "other.ach.json"
    document.save_as(other)
    desk.wait()
    assert (document.session.read_only, document.state_note) == (False, "")
    _rate(document)
    assert len(_entries(document)) == 1
    assert _header(document)["base"]["path"] == str(other)


def test_a_backup_is_kept_only_on_request(desk: Desk) -> None:
    document = desk.open()
    first = desk.path.read_bytes()
    _rate(document)
    desk.save(document)
    backup = desk.path.with_name(desk.path.name + ".bak")
    assert not backup.exists()
    second = desk.path.read_bytes()
    assert second != first
    desk.store.settings.keep_backup = True
    _rate(document, 1)
    desk.save(document)
    assert backup.read_bytes() == second


def test_every_edit_is_in_the_journal_undo_and_redo_included(desk: Desk) -> None:
    document = desk.open()
    base = document.session.analysis.snapshot()
    _rate(document)
    _type(document, "W")
    document.session.undo()
    document.session.undo()
    document.session.redo()
    entries = _entries(document)
    assert [next(iter(entry)) for entry in entries] == ["do", "do", "undo", "undo", "redo"]
    assert state_of(replayed(base, entries)) == state_of(document.session.analysis)


def test_a_new_analysis_is_protected_before_its_first_edit(desk: Desk) -> None:
    document = desk.untitled(dirty=True)
    (entry,) = _entries(document)
    base = decode(_header(document)["base"]["document"].encode(), "base").analysis
    assert state_of(replayed(base, [entry])) == state_of(document.session.analysis)


def test_an_example_that_nobody_touched_leaves_no_journal(desk: Desk) -> None:
    document = desk.untitled()
    assert _entries(document) == []
    assert not document._journal.path.exists()


def test_recovered_edits_are_in_a_new_journal_at_once(desk: Desk) -> None:
    document = desk.open()
    base = document.session.analysis.snapshot()
    _rate(document)
    entries = _entries(document)
    wanted = document.session.analysis.snapshot()
    document.revert()
    assert document.recover(wanted, None, entries)
    assert document.session.is_dirty
    assert _entries(document) == entries
    assert _header(document)["base"]["sha256"] == read_document(desk.path).fingerprint.sha256
    _rate(document, 1)
    assert state_of(replayed(base, _entries(document))) == state_of(document.session.analysis)


def test_closing_leaves_neither_lock_nor_journal(desk: Desk) -> None:
    document = desk.open()
    _rate(document)
    assert _entries(document)
    assert lock_path(desk.path).exists()
    document.close()
    assert not lock_path(desk.path).exists()
    assert list((state_dir() / "recovery").iterdir()) == []
    document.close()


def test_an_answer_that_comes_after_closing_is_dropped(desk: Desk, slow: threading.Event) -> None:
    document = desk.open()
    _rate(document)
    document.save(desk.finished.append)
    document.close()
    slow.set()
    desk.wait()
    assert desk.finished == []
    assert desk.messages == []


def test_a_journal_that_cannot_be_written_is_said(desk: Desk, tmp_path: Path) -> None:
    state_dir().mkdir(parents=True)
    (state_dir() / "recovery").write_text("in the way")
    document = desk.open()
    _rate(document)
    desk.qtbot.waitUntil(lambda: bool(desk.messages))
    assert "not protected against a crash" in desk.messages[0]
    (state_dir() / "recovery").unlink()
    assert len(_entries(document)) == 1


def test_a_title_says_what_the_document_is(desk: Desk) -> None:
    document = desk.untitled()
    assert document.title == "What happened?"
    document.suggested_name = "russia-june-2023"
    assert document.title == "russia-june-2023"
    empty = desk.untitled()
    _type(empty, "")
    assert empty.title == "Untitled"
    assert desk.open().title == "case.ach.json"
