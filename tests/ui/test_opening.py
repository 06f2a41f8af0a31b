"""Opening files, whoever holds them, and bringing back what a crash left: the whole program, every box answered."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from helpers.analyses import small_case, state_of
from helpers.desktop import Person, person_at, running_desktop
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ach_desk.commands import Composite, edits
from ach_desk.model import RatingValue
from ach_desk.storage.codec import decode, encode
from ach_desk.storage.encoder import VERSION
from ach_desk.storage.files import read_document, write_document
from ach_desk.storage.lock import acquire, lock_path
from ach_desk.storage.recovery import Journal, find_recoverable
from ach_desk.ui.application import Desktop
from ach_desk.ui.opening import replayed
from ach_desk.ui.settings import state_dir
from ach_desk.ui.window import AnalysisWindow

I = RatingValue.INCONSISTENT  # noqa: E741


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Person:
    return person_at(monkeypatch)


@pytest.fixture
def desktop(qapp: QApplication, person: Person) -> Iterator[Desktop]:
    with running_desktop(qapp) as made:
        yield made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a saved analysis."""
    path = tmp_path / "case.ach.json"
    write_document(path, small_case(rated=True).analysis, expected=None)
    return path


def _opened(desktop: Desktop, path: Path, qtbot: QtBot) -> AnalysisWindow:
    desktop.opener.open(path)
    qtbot.waitUntil(lambda: desktop.window_of(path) is not None)
    return desktop.window_of(path)


def _settled(desktop: Desktop, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not desktop.background.is_busy)


def _rate(window: AnalysisWindow, row: int = 0) -> None:
    session = window.session
    cell = (session.matrix.evidence[row], session.matrix.hypotheses[0])
    session.execute(edits.rate(session.analysis, session.matrix, session.analyst, [cell], None))


def _foreign_lock(path: Path, **identity: Any) -> None:
    """Put the lock file of somebody at another machine beside the document."""
    lock = acquire(path).lock
    data = json.loads(lock.path.read_bytes())
    data |= {"user": "M. Keller", "host": "elsewhere", "token": "theirs"}
    data["identity"] |= {"host": "elsewhere", "machine": "another", **identity}
    lock.path.write_text(json.dumps(data))


def test_a_file_is_opened_locked_and_remembered(desktop: Desktop, path: Path, qtbot: QtBot) -> None:
    window = _opened(desktop, path, qtbot)
    assert state_of(window.session.analysis) == state_of(read_document(path).loaded.analysis)
    assert lock_path(path).exists()
    assert desktop.store.settings.recent_files == [str(path)]
    assert not window.session.read_only
    assert not window.session.is_dirty
    assert "case.ach.json" in window.windowTitle()
    window.close()
    assert not lock_path(path).exists()
    assert desktop.windows == []


def test_a_file_that_is_open_is_not_opened_twice(desktop: Desktop, path: Path, qtbot: QtBot) -> None:
    window = _opened(desktop, path, qtbot)
    link = path.with_name("link.ach.json")
    link.symlink_to(path)
    for name in (path, link):
        desktop.opener.open(name)
    assert desktop.windows == [window]


def test_a_file_asked_for_by_two_names_at_once_is_opened_once(desktop: Desktop, path: Path, qtbot: QtBot) -> None:
    link = path.with_name("link.ach.json")
    link.symlink_to(path)
    for name in (path, link, path):
        desktop.opener.open(name)
    _settled(desktop, qtbot)
    assert len(desktop.windows) == 1


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("content", [None, b"{", b"\x00\xff"])
def test_a_file_that_cannot_be_opened_is_said_and_forgotten(
    at_once: bool, content: bytes | None, desktop: Desktop, person: Person, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "bad.ach.json"
    if content is not None:
        path.write_bytes(content)
    desktop.store.remember_file(path)
    desktop.opener.open(path, at_once=at_once)
    _settled(desktop, qtbot)
    assert len(person.told) == 1
    assert "bad.ach.json" in person.told[0]
    assert desktop.store.settings.recent_files == []
    assert desktop.windows == []
    assert desktop._start is not None


def test_a_file_that_cannot_be_opened_leaves_the_open_ones_alone(
    desktop: Desktop, person: Person, path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = _opened(desktop, path, qtbot)
    _rate(window)
    before = state_of(window.session.analysis)
    desktop.opener.open(tmp_path / "missing.ach.json")
    _settled(desktop, qtbot)
    assert person.told
    assert desktop.windows == [window]
    assert state_of(window.session.analysis) == before
    assert desktop._start is None


def test_a_file_of_a_newer_version_is_read_only(desktop: Desktop, path: Path, qtbot: QtBot) -> None:
    path.write_bytes(path.read_bytes().replace(f'"version": {VERSION}'.encode(), b'"version": 9', 1))
    window = _opened(desktop, path, qtbot)
    assert window.session.read_only
    assert "newer version" in window.document.state_note
    before = state_of(window.session.analysis)
    _rate(window)
    assert state_of(window.session.analysis) == before


def test_a_write_protected_file_is_read_only(desktop: Desktop, path: Path, qtbot: QtBot) -> None:
    path.chmod(0o444)
    window = _opened(desktop, path, qtbot)
    assert window.session.read_only
    assert "write-protected" in window.document.state_note


def test_a_folder_that_cannot_be_written_to_is_noted(
    desktop: Desktop, path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    from ach_desk.storage import files

    monkeypatch.setattr(files.os, "access", lambda *_arguments: False)
    path.chmod(0o644)
    window = _opened(desktop, path, qtbot)
    assert "folder is not writable" in window.document.state_note
    assert not lock_path(path).exists()


@pytest.mark.parametrize(
    ("answer", "open_windows", "read_only"),
    [("read", 1, True), ("copy", 1, False), ("take", 1, False), ("cancel", 0, False)],
)
def test_a_file_that_somebody_elsewhere_holds_is_asked_about(
    answer: str, open_windows: int, read_only: bool, desktop: Desktop, person: Person, path: Path, qtbot: QtBot
) -> None:
    _foreign_lock(path)
    person.answers = [answer]
    desktop.opener.open(path)
    _settled(desktop, qtbot)
    assert "M. Keller on elsewhere" in person.asked[0]
    assert person.choices[0] == ["read", "copy", "take", "cancel"]
    assert len(desktop.windows) == open_windows
    for window in desktop.windows:
        assert window.session.read_only == read_only
        assert (window.document.path is None) == (answer == "copy")
        assert ("M. Keller" in window.document.state_note) == read_only
    mine = json.loads(lock_path(path).read_bytes())["token"] != "theirs"
    assert mine == (answer == "take")


def test_a_lock_that_a_running_process_here_holds_cannot_be_taken_over(
    desktop: Desktop, person: Person, path: Path, qtbot: QtBot
) -> None:
    code = (
        "import sys; from pathlib import Path; from ach_desk.storage.lock import acquire\n"
        "assert acquire(Path(sys.argv[1])).lock; print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout.readline() == "held\n"
        person.answers = ["read"]
        window = _opened(desktop, path, qtbot)
        holder.kill()
    assert "take" not in person.choices[0]
    assert window.session.read_only
    # The process is dead now: the next start takes the lock over without a question.
    window.close()
    assert not _opened(desktop, path, qtbot).session.read_only


def test_problems_in_a_file_are_said_in_the_status_bar(desktop: Desktop, path: Path, qtbot: QtBot) -> None:
    case = small_case()
    case.matrix.evidence.append("nobody")
    path.write_bytes(encode(case.analysis))
    window = _opened(desktop, path, qtbot)
    assert "The file has 1 problem: " in window.statusBar().currentMessage()


def test_a_seed_is_opened_as_a_copy_without_a_file(desktop: Desktop, path: Path) -> None:
    before = path.read_bytes()
    desktop.opener.open_as_copy(path)
    (window,) = desktop.windows
    assert window.document.path is None
    assert window.document.title == "case"
    assert not window.session.is_dirty
    _rate(window)
    assert window.session.is_dirty
    assert path.read_bytes() == before


def test_a_seed_that_cannot_be_read_is_said(desktop: Desktop, person: Person, tmp_path: Path) -> None:
    desktop.opener.open_as_copy(tmp_path / "missing.ach.json")
    assert len(person.told) == 1
    assert desktop.windows == []


# What a crash left


def _crash(path: Path | None, steps: list[tuple[str, Any]], base: bytes = b"", pid_start: int = 1) -> Path:
    """Leave the journal of a process that died, with those entries; return its place."""
    if path is not None:
        journal = Journal.for_file(state_dir(), path, read_document(path).fingerprint)
    else:
        journal = Journal.untitled(state_dir(), base)
    for how, command in steps:
        journal.append({how: command if isinstance(command, dict) else command.to_json()})
    journal.close()
    lines = journal.path.read_bytes().splitlines(keepends=True)
    header = json.loads(lines[0])
    header["owner"]["start"] = pid_start
    journal.path.write_bytes(json.dumps(header).encode() + b"\n" + b"".join(lines[1:]))
    return journal.path


def _steps(path: Path) -> tuple[list[tuple[str, Any]], bytes]:
    """Return some edits of the file with an undo and a redo among them, and what they lead to."""
    analysis = read_document(path).loaded.analysis
    matrix = analysis.matrices[0]
    analyst = next(iter(matrix.sheets))
    title = edits.set_field(analysis, "evidence", [matrix.evidence[0]], "title", "after the crash")
    title.apply(analysis)
    added = edits.add_items(analysis, matrix, [{"title": "new"}])
    added.apply(analysis)
    cell = (matrix.evidence[-1], matrix.hypotheses[0])
    rating = edits.rate(analysis, matrix, analyst, [cell], I)
    rating.apply(analysis)
    steps = [("do", title), ("do", added), ("do", rating), ("undo", rating), ("undo", added), ("redo", added)]
    rating.revert(analysis)
    return steps, state_of(analysis)


def test_edits_that_a_crash_left_are_brought_back_and_stay_protected(
    desktop: Desktop, person: Person, path: Path, qtbot: QtBot
) -> None:
    steps, wanted = _steps(path)
    left = _crash(path, steps)
    saved = path.read_bytes()
    person.answers = ["ok"]
    desktop.opener.offer_recovery()
    assert person.asked == ["ACH Desk ended without saving 6 edits of case.ach.json."]
    (window,) = desktop.windows
    assert state_of(window.session.analysis) == wanted
    assert window.session.is_dirty
    assert path.read_bytes() == saved
    assert not left.exists()
    # A second crash right now must not lose them either.
    journal = window.document._journal
    entries = [json.loads(line) for line in journal.path.read_bytes().splitlines()[1:]]
    assert state_of(replayed(read_document(path).loaded.analysis, entries)) == wanted
    window.document.save()
    _settled(desktop, qtbot)
    assert state_of(read_document(path).loaded.analysis) == wanted
    desktop.opener.offer_recovery()
    assert len(person.asked) == 1


def test_edits_of_a_killed_process_are_brought_back(desktop: Desktop, person: Person, path: Path) -> None:
    steps, wanted = _steps(path)
    code = (
        "import json, sys; from pathlib import Path\n"
        "from ach_desk.storage.files import read_document; from ach_desk.storage.recovery import Journal\n"
        "path = Path(sys.argv[1])\n"
        "journal = Journal.for_file(Path(sys.argv[2]), path, read_document(path).fingerprint)\n"
        "[journal.append(entry) for entry in json.load(sys.stdin)]\n"
        "assert journal.flush(10)\n"
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    )
    entries = json.dumps([{how: command.to_json()} for how, command in steps])
    killed = subprocess.run(
        [sys.executable, "-c", code, str(path), str(state_dir())], input=entries, text=True, check=False
    )
    assert killed.returncode == -9
    person.answers = ["ok"]
    desktop.opener.offer_recovery()
    (window,) = desktop.windows
    assert state_of(window.session.analysis) == wanted


def test_an_analysis_without_a_file_is_brought_back_and_stays_protected(desktop: Desktop, person: Person) -> None:
    case = small_case()
    base = encode(case.analysis)
    rating = edits.rate(case.analysis, case.matrix, case.analyst, [(case.e(1), case.h(1))], I)
    left = _crash(None, [("do", Composite(commands=())), ("do", rating)], base)
    rating.apply(case.analysis)
    person.answers = ["ok"]
    desktop.opener.offer_recovery()
    assert person.asked == ["ACH Desk ended without saving 2 edits of an analysis that was not saved yet."]
    (window,) = desktop.windows
    assert state_of(window.session.analysis) == state_of(case.analysis)
    assert window.session.is_dirty
    assert window.document.path is None
    assert not left.exists()
    lines = window.document._journal.path.read_bytes().splitlines()
    kept = decode(json.loads(lines[0])["base"]["document"].encode(), "base").analysis
    assert state_of(replayed(kept, [json.loads(line) for line in lines[1:]])) == state_of(case.analysis)


def test_deciding_later_keeps_the_edits_and_discarding_drops_them(desktop: Desktop, person: Person, path: Path) -> None:
    left = _crash(path, _steps(path)[0])
    person.answers = ["cancel", "discard"]
    desktop.opener.offer_recovery()
    assert left.exists()
    assert desktop.windows == []
    desktop.opener.offer_recovery()
    assert not left.exists()
    desktop.opener.offer_recovery()
    assert len(person.asked) == 2


def test_edits_upon_a_file_that_was_changed_since_are_moved_aside_and_said_once(
    desktop: Desktop, person: Person, path: Path
) -> None:
    left = _crash(path, _steps(path)[0])
    content = left.read_bytes()
    path.write_bytes(encode(small_case(items=1).analysis))
    desktop.opener.offer_recovery()
    assert person.asked == []
    assert len(person.told) == 1
    assert "the file was changed since" in person.told[0]
    aside = left.with_suffix(".aside")
    assert str(aside) in person.told[0]
    assert aside.read_bytes() == content
    desktop.opener.offer_recovery()
    assert len(person.told) == 1
    assert desktop.windows == []


@pytest.mark.parametrize(
    "entry",
    [
        ("do", {"type": "explode"}),
        ("explode", Composite(commands=())),
        ("do", {"type": "reorder", "matrix": "missing", "axis": "evidence", "start": 0, "old": ["a"], "new": ["b"]}),
    ],
)
def test_edits_that_cannot_be_understood_are_moved_aside_and_said(
    entry: tuple[str, Any], desktop: Desktop, person: Person, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    left = _crash(path, [*_steps(path)[0], entry])
    saved = state_of(read_document(path).loaded.analysis)
    person.answers = ["ok"]
    desktop.opener.offer_recovery()
    assert "could not be brought back" in person.told[0]
    assert left.with_suffix(".aside").exists()
    assert all(state_of(window.session.analysis) == saved for window in desktop.windows)
    assert "after the crash" not in caplog.text


def test_an_entry_that_is_no_entry_is_moved_aside(desktop: Desktop, person: Person, path: Path) -> None:
    left = _crash(path, _steps(path)[0])
    with left.open("ab") as file:
        file.write(b"{}\n")
    person.answers = ["ok"]
    desktop.opener.offer_recovery()
    assert "could not be brought back" in person.told[0]


def test_edits_of_a_file_that_is_held_elsewhere_wait(desktop: Desktop, person: Person, path: Path) -> None:
    left = _crash(path, _steps(path)[0])
    _foreign_lock(path)
    person.answers = ["ok", "read"]
    desktop.opener.offer_recovery()
    assert left.exists()
    assert desktop.windows[0].session.read_only


def test_a_journal_that_cannot_be_deleted_is_said(
    desktop: Desktop, person: Person, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = _crash(path, _steps(path)[0])
    person.answers = ["discard"]

    def refuse(_path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refuse)
        desktop.opener.offer_recovery()
    assert "cannot be moved or deleted" in person.told[0]
    assert left.exists()


def test_a_journal_in_use_is_not_offered(desktop: Desktop, path: Path, qtbot: QtBot) -> None:
    window = _opened(desktop, path, qtbot)
    _rate(window)
    assert window.document._journal.flush(10)
    desktop.opener.offer_recovery()
    assert find_recoverable(state_dir()) == []
    assert window.document._journal.path.exists()


# What the window does with its file


def test_closing_asks_about_unsaved_edits_and_cancel_keeps_the_window(
    desktop: Desktop, person: Person, path: Path, qtbot: QtBot
) -> None:
    window = _opened(desktop, path, qtbot)
    _rate(window)
    person.answers = ["cancel"]
    window.close()
    assert desktop.windows == [window]
    assert window.isVisible()
    person.answers = ["discard"]
    before = path.read_bytes()
    window.close()
    assert desktop.windows == []
    assert path.read_bytes() == before
    assert not list((state_dir() / "recovery").glob("*.journal"))


def test_closing_with_save_saves_and_closes(desktop: Desktop, person: Person, path: Path, qtbot: QtBot) -> None:
    window = _opened(desktop, path, qtbot)
    _rate(window)
    wanted = state_of(window.session.analysis)
    person.answers = ["save"]
    window.close()
    qtbot.waitUntil(lambda: not desktop.windows)
    assert state_of(read_document(path).loaded.analysis) == wanted


def test_closing_with_a_save_that_fails_keeps_the_window_until_it_worked(
    desktop: Desktop, person: Person, path: Path, qtbot: QtBot
) -> None:
    window = _opened(desktop, path, qtbot)
    _rate(window)
    wanted = state_of(window.session.analysis)
    path.chmod(0o444)
    person.answers = ["save", "cancel"]
    window.close()
    _settled(desktop, qtbot)
    assert "was not saved" in person.asked[1]
    assert person.choices[1] == ["retry", "copy", "cancel"]
    assert desktop.windows == [window]
    assert window.session.is_dirty
    path.chmod(0o644)
    person.answers = ["save"]
    window.close()
    qtbot.waitUntil(lambda: not desktop.windows)
    assert state_of(read_document(path).loaded.analysis) == wanted


def test_a_file_that_somebody_else_changed_is_asked_about(
    desktop: Desktop, person: Person, path: Path, qtbot: QtBot
) -> None:
    window = _opened(desktop, path, qtbot)
    _rate(window)
    wanted = state_of(window.session.analysis)
    theirs = encode(small_case(items=1).analysis)
    path.write_bytes(theirs)
    person.answers = ["cancel"]
    desktop.files(window).save()
    _settled(desktop, qtbot)
    assert person.choices == [["copy", "overwrite", "cancel"]]
    assert path.read_bytes() == theirs
    other = path.with_name("mine.ach.json")
    person.answers, person.names = ["copy"], [other]
    desktop.files(window).save()
    _settled(desktop, qtbot)
    assert state_of(read_document(other).loaded.analysis) == wanted
    assert path.read_bytes() == theirs
    assert window.document.path == other


def test_overwriting_what_somebody_else_saved_only_when_chosen(
    desktop: Desktop, person: Person, path: Path, qtbot: QtBot
) -> None:
    window = _opened(desktop, path, qtbot)
    _rate(window)
    path.write_bytes(encode(small_case(items=1).analysis))
    person.answers = ["overwrite"]
    desktop.files(window).save()
    _settled(desktop, qtbot)
    assert state_of(read_document(path).loaded.analysis) == state_of(window.session.analysis)
    assert not window.session.is_dirty


def test_reverting_asks_first(desktop: Desktop, person: Person, path: Path, qtbot: QtBot) -> None:
    window = _opened(desktop, path, qtbot)
    files = desktop.files(window)
    assert not files.can_revert()
    before = state_of(window.session.analysis)
    _rate(window)
    assert files.can_revert()
    person.answers = ["cancel", "revert"]
    files.revert()
    assert state_of(window.session.analysis) != before
    files.revert()
    assert state_of(window.session.analysis) == before
    assert not window.session.is_dirty
    assert "[*]" in window.windowTitle()
    assert not window.isWindowModified()


def test_an_untitled_analysis_asks_for_a_name(desktop: Desktop, person: Person, tmp_path: Path, qtbot: QtBot) -> None:
    window = desktop.open_untitled(small_case().analysis, dirty=True)
    person.names = [None, tmp_path / "new.ach.json"]
    desktop.files(window).save()
    assert window.session.is_dirty
    desktop.files(window).save()
    _settled(desktop, qtbot)
    assert not window.session.is_dirty
    assert (tmp_path / "new.ach.json").exists()


def test_a_copy_may_not_have_the_name_of_the_open_file(
    desktop: Desktop, person: Person, path: Path, qtbot: QtBot
) -> None:
    window = _opened(desktop, path, qtbot)
    before = path.read_bytes()
    person.names = [path]
    desktop.files(window).save_copy()
    assert "needs another name" in window.statusBar().currentMessage()
    assert path.read_bytes() == before


def test_quitting_asks_each_window_and_ends(desktop: Desktop, person: Person, path: Path, qtbot: QtBot) -> None:
    first = _opened(desktop, path, qtbot)
    desktop.open_untitled(small_case().analysis, dirty=True)
    _rate(first)
    person.answers = ["save", "discard"]
    desktop.quit()
    qtbot.waitUntil(lambda: not desktop.windows)
    assert len(person.asked) == 2
    assert not lock_path(path).exists()


def test_cancel_stops_quitting(desktop: Desktop, person: Person, path: Path, qtbot: QtBot) -> None:
    _rate(_opened(desktop, path, qtbot))
    desktop.open_untitled(small_case().analysis, dirty=True)
    person.answers = ["cancel"]
    desktop.quit()
    assert len(desktop.windows) == 2
    person.answers = ["discard"]
    desktop.windows[0].close()
    assert len(desktop.windows) == 1


def test_a_save_that_fails_stops_quitting(desktop: Desktop, person: Person, path: Path, qtbot: QtBot) -> None:
    _rate(_opened(desktop, path, qtbot))
    desktop.open_untitled(small_case().analysis, dirty=True)
    path.chmod(0o444)
    person.answers = ["save", "cancel"]
    desktop.quit()
    _settled(desktop, qtbot)
    assert len(desktop.windows) == 2
    person.answers = ["discard"]
    desktop.windows[0].close()
    assert len(desktop.windows) == 1
