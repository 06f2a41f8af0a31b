"""Saving, locking and recovering where the system lacks what Linux has: each is taken away, and the work goes on."""

from __future__ import annotations

import ctypes
import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from ach_desk.app import reports
from ach_desk.model import new_analysis
from ach_desk.storage import process as process_module
from ach_desk.storage import system
from ach_desk.storage.files import read_document, write_document
from ach_desk.storage.journal_file import JournalFile
from ach_desk.storage.lock import LockStatus, acquire, lock_path
from ach_desk.storage.process import ProcessIdentity, ProcessState, runs_on_windows

_MISSING_ON_WINDOWS = (
    *("fchmod", "fchown", "fdatasync", "getuid", "listxattr", "setxattr", "getxattr", "statvfs", "sysconf"),
    *("O_CLOEXEC", "O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK", "ST_RDONLY"),
)
_SOURCE = Path(system.__file__).parents[1]


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Take away what Windows lacks, the kernel's file locks and /proc included."""
    for name in _MISSING_ON_WINDOWS:
        monkeypatch.delattr(os, name)
    monkeypatch.setenv("USERNAME", "person")  # as Windows does
    monkeypatch.setattr(system, "fcntl", None)
    monkeypatch.setattr(process_module, "_PROC", tmp_path / "no proc")
    process_module._surroundings.cache_clear()
    yield
    process_module._surroundings.cache_clear()


@pytest.fixture
def open_files_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse to replace or delete a file that this process has open, as Windows does."""
    replace, unlink = os.replace, Path.unlink

    def refuse_open(*paths: Path) -> None:
        held = {os.path.realpath(f"/proc/self/fd/{number}") for number in os.listdir("/proc/self/fd")}
        for path in paths:
            if str(path.absolute()) in held:
                raise PermissionError(13, "The process cannot access the file", str(path))

    def careful_replace(source: Path, target: Path) -> None:
        refuse_open(Path(source), Path(target))
        replace(source, target)

    def careful_unlink(path: Path, missing_ok: bool = False) -> None:
        refuse_open(path)
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(os, "replace", careful_replace)
    monkeypatch.setattr(Path, "unlink", careful_unlink)


@pytest.mark.usefixtures("bare", "open_files_stay")
def test_a_document_is_saved_over_itself_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "case.ach.json"
    first = write_document(path, new_analysis("Who did it?"), expected=None)
    write_document(path, new_analysis("Who else?"), expected=first, keep_backup=True)
    assert read_document(path).loaded.analysis.question == "Who else?"
    assert read_document(path.with_name("case.ach.json.bak")).loaded.analysis.question == "Who did it?"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["case.ach.json", "case.ach.json.bak"]


@pytest.mark.usefixtures("bare", "open_files_stay")
def test_a_lock_is_had_seen_and_given_back(tmp_path: Path) -> None:
    document = tmp_path / "case.ach.json"
    first = acquire(document)
    assert first.status is LockStatus.ACQUIRED
    assert acquire(document).status is LockStatus.OPEN_HERE
    assert first.lock is not None
    first.lock.release()
    assert not lock_path(document).exists()


@pytest.mark.usefixtures("bare", "open_files_stay")
def test_the_lock_of_a_dead_process_is_taken_over(tmp_path: Path) -> None:
    document = tmp_path / "case.ach.json"
    _lock_of_another(document, _ended_process())
    taken = acquire(document)
    assert taken.status is LockStatus.ACQUIRED
    assert taken.holder is not None


@pytest.mark.usefixtures("bare")
def test_a_number_that_may_have_been_given_anew_can_be_taken_over_on_request(tmp_path: Path) -> None:
    document = tmp_path / "case.ach.json"
    _lock_of_another(document, os.getppid())
    assert acquire(document).status is LockStatus.HELD_ELSEWHERE
    assert acquire(document, take_over=True).status is LockStatus.ACQUIRED


@pytest.mark.usefixtures("bare")
def test_who_this_process_is_can_be_said_and_read_again() -> None:
    identity = ProcessIdentity.of_this_process()
    assert ProcessIdentity.from_json(identity.to_json()) == identity
    assert identity.state is ProcessState.ALIVE
    assert identity.started == ""


@pytest.mark.usefixtures("bare", "open_files_stay")
def test_a_journal_is_written_rebased_and_removed(tmp_path: Path) -> None:
    journal = JournalFile(tmp_path / "recovery" / "one.journal", lambda: b"header 1\n")
    journal.append([b"a\n", b"b\n"])
    journal.rebase(lambda: b"header 2\n", keep_after=1)
    journal.append([b"c\n"])
    assert journal.path.read_bytes() == b"header 2\nb\nc\n"
    journal.remove()
    assert list(journal.path.parent.iterdir()) == []


def test_a_journal_that_cannot_be_replaced_goes_on_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = JournalFile(tmp_path / "one.journal", lambda: b"header 1\n")
    journal.append([b"a\n", b"b\n"])

    def refused(_source: Path, _target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", refused)
        with pytest.raises(PermissionError):
            journal.rebase(lambda: b"header 2\n", keep_after=1)
    journal.append([b"c\n"])
    assert journal.path.read_bytes() == b"header 1\na\nb\nc\n"
    assert [entry.name for entry in tmp_path.iterdir()] == ["one.journal"]
    journal.remove()


@pytest.mark.usefixtures("bare")
def test_a_crash_report_is_written(tmp_path: Path) -> None:
    path = reports.write_crash_report(tmp_path, ValueError, None)
    assert path is not None
    assert "ValueError" in path.read_text()


def test_on_this_system_the_owner_alone_reads_what_is_private(tmp_path: Path) -> None:
    descriptor = os.open(tmp_path / "private", system.flags("O_WRONLY", "O_CREAT"), 0o666)
    system.set_mode(descriptor, 0o600)
    os.close(descriptor)
    assert stat.S_IMODE((tmp_path / "private").stat().st_mode) == 0o600


def test_flags_that_the_system_lacks_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert system.flags("O_NOFOLLOW") & os.O_NOFOLLOW
    monkeypatch.delattr(os, "O_NOFOLLOW")
    monkeypatch.setattr(os, "O_BINARY", 1 << 29, raising=False)
    assert system.flags("O_NOFOLLOW", "O_RDWR") == os.O_CLOEXEC | os.O_RDWR | 1 << 29


@pytest.mark.parametrize(
    ("handle", "waited", "error", "runs"),
    [(7, 0x102, 0, True), (7, 0, 0, False), (0, 0, 87, False), (0, 0, 5, True)],
    ids=["running", "ended", "no such", "another person's"],
)
def test_windows_is_asked_whether_a_process_runs(
    handle: int, waited: int, error: int, runs: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[int] = []
    kernel = SimpleNamespace(
        OpenProcess=lambda _access, _inherit, _process: handle,
        WaitForSingleObject=lambda _handle, _milliseconds: waited,
        CloseHandle=closed.append,
    )
    monkeypatch.setattr(ctypes, "WinDLL", lambda _name, use_last_error: kernel, raising=False)
    monkeypatch.setattr(ctypes, "get_last_error", lambda: error, raising=False)
    assert runs_on_windows(4711) is runs
    assert closed == ([handle] if handle else [])


def test_windows_never_sends_a_signal_to_ask(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(process_module, "_PROC", tmp_path)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(process_module, "runs_on_windows", lambda process: process == 4711)
    monkeypatch.setattr(os, "kill", lambda *_arguments: pytest.fail("os.kill(..., 0) is Ctrl+C on Windows"))
    assert process_module._hidden_but_there(4711)
    assert not process_module._hidden_but_there(4712)


def test_only_one_module_asks_for_what_some_systems_lack() -> None:
    names = "|".join(_MISSING_ON_WINDOWS)
    asked = re.compile(rf"\bos\.({names})\b|\bimport (fcntl|pwd|grp|resource|termios)\b")
    allowed = {Path(system.__file__), Path(process_module.__file__)}
    found = {
        f"{path.relative_to(_SOURCE)}: {match[0]}"
        for path in _SOURCE.rglob("*.py")
        if path not in allowed
        for match in asked.finditer(path.read_text("utf-8"))
    }
    assert found == set()


def _ended_process() -> int:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


def _lock_of_another(document: Path, number: int) -> None:
    """Leave a lock as a process of that number would have on this machine."""
    taken = acquire(document)
    assert taken.lock is not None
    text = taken.lock.path.read_text().replace(f'"process": {os.getpid()}', f'"process": {number}')
    taken.lock.path.write_text(text)
