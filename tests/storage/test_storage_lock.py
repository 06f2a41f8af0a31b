"""One editor at a time, everybody can see who, and a crash locks nobody out."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

import pytest

from ach_desk.storage import lock as lock_module
from ach_desk.storage import system
from ach_desk.storage.lock import LockStatus, acquire, holder_of, lock_path
from ach_desk.storage.process import ProcessIdentity, ProcessState, user_name

HOLDING = """
import sys
from pathlib import Path
from ach_desk.storage.lock import acquire
result = acquire(Path(sys.argv[1]))
print(result.status.value, flush=True)
sys.stdin.readline()
if result.lock is not None:
    result.lock.release()
"""


def started(document: Path, code: str = HOLDING) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, str(document)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def said(process: subprocess.Popen[str]) -> str:
    return cast("IO[str]", process.stdout).readline().strip()


def ended(process: subprocess.Popen[str]) -> None:
    process.communicate("\n", timeout=20)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    return tmp_path / "case.ach.json"


@pytest.fixture
def other(document: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the document's lock."""
    process = started(document)
    assert said(process) == "acquired"
    yield process
    if process.poll() is None:
        process.kill()
    process.communicate()


def rewritten(document: Path, **identity: Any) -> dict[str, Any]:
    """Change the identity in the lock file and return its content."""
    path = lock_path(document)
    content = json.loads(path.read_bytes())
    content["identity"] |= identity
    path.write_text(json.dumps(content))
    return content


def test_a_free_document_is_locked_and_released(document: Path) -> None:
    result = acquire(document)
    assert (result.status, result.holder, result.sentence) == (LockStatus.ACQUIRED, None, "")
    assert result.lock is not None
    with result.lock as held:
        path = document.with_name(".case.ach.json.lock")
        assert held.path == path
        content = json.loads(path.read_bytes())
        assert content["user"] == user_name()
        assert content["process"] == os.getpid()
        assert content["program"] == "ACH Desk"
        assert content["host"]
        assert content["started"].endswith("Z")
        assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert os.listdir(document.parent) == []
    held.release()


def test_colleagues_can_read_it_whatever_the_umask(document: Path) -> None:
    before = os.umask(0o077)
    try:
        result = acquire(document)
    finally:
        os.umask(before)
    assert result.lock is not None
    assert stat.S_IMODE(result.lock.path.stat().st_mode) == 0o644
    result.lock.release()


def test_a_second_window_is_told_that_it_is_open_here(document: Path) -> None:
    first = acquire(document)
    second = acquire(document, take_over=True)
    assert (second.status, second.lock) == (LockStatus.OPEN_HERE, None)
    assert second.holder is not None
    assert second.holder.identity == ProcessIdentity.of_this_process()
    assert "case.ach.json is open already" in second.sentence
    assert first.lock is not None
    first.lock.release()


def test_another_process_of_the_same_person(document: Path, other: subprocess.Popen[str]) -> None:
    result = acquire(document, take_over=True)
    assert (result.status, result.lock) == (LockStatus.OPEN_HERE, None)
    assert result.holder is not None
    assert result.holder.process == other.pid
    assert result.holder.identity != ProcessIdentity.of_this_process()
    assert holder_of(document) == result.holder
    ended(other)
    assert holder_of(document) is None
    free = acquire(document)
    assert free.lock is not None
    free.lock.release()


@pytest.mark.parametrize("changed", [{"user": "somebody"}, {"program": "Another editor"}])
def test_another_person_or_program_on_this_machine(
    document: Path, other: subprocess.Popen[str], changed: dict[str, str]
) -> None:
    path = lock_path(document)
    path.write_text(json.dumps(json.loads(path.read_bytes()) | changed))
    result = acquire(document, take_over=True)
    assert (result.status, result.lock) == (LockStatus.HELD, None)
    assert next(iter(changed.values())) in result.sentence
    assert str(other.pid) in result.sentence
    assert "Open it read-only" in result.sentence


def test_a_dead_process_is_succeeded_silently(document: Path, other: subprocess.Popen[str]) -> None:
    other.kill()  # and not buried yet: a zombie is dead as well
    os.waitid(os.P_PID, other.pid, os.WEXITED | os.WNOWAIT)
    result = acquire(document)
    assert result.status is LockStatus.ACQUIRED
    assert result.holder is not None
    assert result.holder.process == other.pid
    assert result.lock is not None
    assert json.loads(result.lock.path.read_bytes())["process"] == os.getpid()
    result.lock.release()


def test_a_number_that_was_given_to_another_process(document: Path, other: subprocess.Popen[str]) -> None:
    rewritten(document, start=1)
    assert other.poll() is None
    result = acquire(document)
    assert result.status is LockStatus.ACQUIRED
    assert result.lock is not None
    result.lock.release()


def test_a_process_from_before_the_restart_of_the_machine(document: Path, other: subprocess.Popen[str]) -> None:
    rewritten(document, boot="another run")
    result = acquire(document)
    assert result.status is LockStatus.ACQUIRED
    assert result.lock is not None
    result.lock.release()


@pytest.mark.parametrize("change", [{"host": "elsewhere"}, {"machine": "0123"}, {"namespace": "pid:[1]"}])
def test_one_on_another_machine_is_taken_over_only_on_request(
    document: Path, other: subprocess.Popen[str], change: dict[str, str]
) -> None:
    content = rewritten(document, **change)
    result = acquire(document)
    assert (result.status, result.lock) == (LockStatus.HELD_ELSEWHERE, None)
    assert content["user"] in result.sentence
    assert "take the file over" in result.sentence
    taken = acquire(document, take_over=True)
    assert taken.status is LockStatus.ACQUIRED
    assert taken.lock is not None
    ended(other)  # which releases only what is still its own
    assert json.loads(taken.lock.path.read_bytes())["process"] == os.getpid()
    taken.lock.release()


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\xff", b"[]", b"{", b'{"identity": 5}', b"[" * 50_000, b'{"user": "Ann"}', b'{"process": "x"}'],
)
def test_a_lock_file_that_is_not_understood_counts(document: Path, content: bytes) -> None:
    lock_path(document).write_bytes(content)
    result = acquire(document)
    assert (result.status, result.lock) == (LockStatus.HELD_ELSEWHERE, None)
    assert "case.ach.json is being edited by" in result.sentence
    taken = acquire(document, take_over=True)
    assert taken.lock is not None
    taken.lock.release()


def test_a_link_and_its_file_share_one_lock(tmp_path: Path) -> None:
    (tmp_path / "real.ach.json").write_bytes(b"")
    (tmp_path / "link.ach.json").symlink_to("real.ach.json")
    first = acquire(tmp_path / "link.ach.json")
    assert acquire(tmp_path / "real.ach.json").status is LockStatus.OPEN_HERE
    assert first.lock is not None
    first.lock.release()


def test_a_long_name(tmp_path: Path) -> None:
    result = acquire(tmp_path / ("é" * 120 + ".ach.json"))
    assert result.lock is not None
    result.lock.release()


def test_a_folder_that_cannot_be_written_to_gives_a_note(document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = acquire(document.parent / "gone" / "case.ach.json")
    assert (result.status, result.lock, result.holder) == (LockStatus.UNAVAILABLE, None, None)
    assert "Others cannot see that you have case.ach.json open" in result.sentence

    def refused(*_arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    held = acquire(document)
    with monkeypatch.context() as patch:
        patch.setattr(lock_module, "_write", refused)
        assert acquire(document).status is LockStatus.OPEN_HERE
        assert held.lock is not None
        held.lock.release()
        result = acquire(document)
    assert result.status is LockStatus.UNAVAILABLE
    assert "(Permission denied)" in result.sentence


def test_a_folder_that_vanishes_does_not_stop_the_release(document: Path) -> None:
    result = acquire(document)
    assert result.lock is not None
    document.parent.rename(document.parent.with_name("elsewhere"))
    result.lock.release()
    document.parent.with_name("elsewhere").rename(document.parent)
    lock_path(document).unlink()


def test_a_file_system_without_hard_links(document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_arguments: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    first = acquire(document)
    assert first.status is LockStatus.ACQUIRED
    assert acquire(document).status is LockStatus.OPEN_HERE
    assert first.lock is not None
    first.lock.release()
    assert os.listdir(document.parent) == []


RACING = """
import sys
from pathlib import Path
from ach_desk.storage.lock import acquire
print("ready", flush=True)
sys.stdin.readline()
result = acquire(Path(sys.argv[1]))
print(result.status.value, flush=True)
sys.stdin.readline()
"""


@pytest.mark.parametrize("stale", [False, True])
def test_of_many_processes_at_once_exactly_one_gets_it(
    document: Path, other: subprocess.Popen[str], stale: bool
) -> None:
    if stale:
        other.kill()
        other.wait()
    else:
        ended(other)
    racers = [started(document, RACING) for _number in range(6)]
    try:
        for racer in racers:
            assert said(racer) == "ready"
        for racer in racers:
            cast("IO[str]", racer.stdin).write("\n")
            cast("IO[str]", racer.stdin).flush()
        outcomes = sorted(said(racer) for racer in racers)
        assert outcomes == ["acquired"] + ["open here"] * 5
        winner = json.loads(lock_path(document).read_bytes())["process"]
        assert winner in [racer.pid for racer in racers]
    finally:
        for racer in racers:
            racer.kill()
            racer.communicate()


def test_who_judged_a_stale_lock_before_another_took_it_does_not_take_it_too(
    document: Path, other: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The moment that matters, made certain: a rival replaces the stale lock between opening and guarding it."""
    other.kill()
    other.wait()
    flock = system.fcntl.flock
    rivals: list[subprocess.Popen[str]] = []

    def late(descriptor: int, operation: int) -> None:
        if not rivals:
            rivals.append(started(document))
            assert said(rivals[0]) == "acquired"
        flock(descriptor, operation)

    monkeypatch.setattr(system.fcntl, "flock", late)
    result = acquire(document)
    assert (result.status, result.lock) == (LockStatus.OPEN_HERE, None)
    assert result.holder is not None
    assert result.holder.process == rivals[0].pid
    ended(rivals[0])


def test_a_process_is_told_from_others() -> None:
    this = ProcessIdentity.of_this_process()
    assert this.state is ProcessState.ALIVE
    assert ProcessIdentity.from_json(json.loads(json.dumps(this.to_json()))) == this
    for broken in (None, [], {}, this.to_json() | {"process": "1"}, this.to_json() | {"host": 5}):
        with pytest.raises(ValueError, match="not the identity"):
            ProcessIdentity.from_json(broken)
