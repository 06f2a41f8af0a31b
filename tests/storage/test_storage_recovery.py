"""Edits are on the disk within a second, found again after a kill, and never given back for the wrong file."""

from __future__ import annotations

import errno
import json
import os
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, cast

import pytest

from ach_desk.model import Analysis, new_analysis
from ach_desk.storage.codec import encode
from ach_desk.storage.errors import UnreadableFile
from ach_desk.storage.files import Fingerprint, write_document
from ach_desk.storage.recovery import Journal, Recoverable, find_recoverable, state_folder


def waited_for(condition: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        threading.Event().wait(0.005)


def entries_in(journal: Journal) -> list[Any]:
    return [json.loads(line) for line in journal.path.read_bytes().splitlines()[1:]]


def of_a_dead_process(journal: Journal) -> None:
    """Make the journal look as if its process had died: it started before this one."""
    lines = journal.path.read_bytes().splitlines(keepends=True)
    header = json.loads(lines[0])
    header["owner"]["start"] = 1
    journal.path.write_bytes(json.dumps(header).encode() + b"\n" + b"".join(lines[1:]))


@pytest.fixture
def analysis() -> Analysis:
    return new_analysis("Why? \ud800 👩‍👧")


@pytest.fixture
def saved(tmp_path: Path, analysis: Analysis) -> tuple[Path, Fingerprint]:
    path = tmp_path / "case.ach.json"
    return path, write_document(path, analysis, expected=None)


@pytest.fixture
def journal(tmp_path: Path, saved: tuple[Path, Fingerprint]) -> Any:
    journal = Journal.for_file(tmp_path / "state", *saved)
    yield journal
    journal.discard()


def test_an_untouched_document_leaves_nothing(journal: Journal) -> None:
    assert journal.mark() == 0
    assert journal.flush(10)
    assert not journal.path.exists()


def test_entries_are_on_the_disk_in_order_for_their_owner_only(journal: Journal) -> None:
    for number in range(100):
        journal.append({"number": number, "text": "a\nb\ud800"})
    assert journal.flush(10)
    assert [entry["number"] for entry in entries_in(journal)] == list(range(100))
    assert stat.S_IMODE(journal.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(journal.path.parent.stat().st_mode) == 0o700


def test_an_edit_reaches_the_disk_without_being_asked(journal: Journal) -> None:
    journal.append({"edit": 1})
    waited_for(lambda: journal.path.exists() and entries_in(journal) == [{"edit": 1}], seconds=5)


def test_each_batch_is_synced(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    fdatasync = os.fdatasync

    def watched(descriptor: int) -> None:
        fdatasync(descriptor)
        synced.append(os.fstat(descriptor).st_size)

    monkeypatch.setattr(os, "fdatasync", watched)
    journal.append({"edit": 1})
    assert journal.flush(10)
    assert synced == [journal.path.stat().st_size]


def test_a_slow_disk_does_not_hold_the_caller(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    stuck = threading.Event()
    fdatasync = os.fdatasync

    def slow(descriptor: int) -> None:
        assert stuck.wait(20)
        fdatasync(descriptor)

    monkeypatch.setattr(os, "fdatasync", slow)
    for number in range(1000):
        journal.append({"number": number})
    assert not journal.flush(0.01)
    stuck.set()
    assert journal.flush(10)
    assert len(entries_in(journal)) == 1000


def test_after_a_save_only_later_edits_stay(journal: Journal, saved: tuple[Path, Fingerprint]) -> None:
    path, fingerprint = saved
    other = Fingerprint(fingerprint.size, 0, "f" * 64)
    for number in range(5):
        journal.append({"number": number})
    mark = journal.mark()
    journal.append({"number": 5})
    journal.rebase(other, path, mark)
    journal.append({"number": 6})
    assert journal.flush(10)
    assert [entry["number"] for entry in entries_in(journal)] == [5, 6]
    header = json.loads(journal.path.read_bytes().splitlines()[0])
    assert header["base"] == {"path": str(path), "size": other.size, "sha256": other.sha256}
    second = journal.mark()
    journal.rebase(fingerprint, path, second - 1)
    assert journal.flush(10)
    assert [entry["number"] for entry in entries_in(journal)] == [6]
    journal.rebase(fingerprint, path, second)
    assert journal.flush(10)
    assert not journal.path.exists()
    journal.append({"number": 7})
    assert journal.flush(10)
    assert [entry["number"] for entry in entries_in(journal)] == [7]
    assert stat.S_IMODE(journal.path.stat().st_mode) == 0o600


def test_closing_keeps_and_discarding_deletes(tmp_path: Path, saved: tuple[Path, Fingerprint]) -> None:
    journal = Journal.for_file(tmp_path / "state", *saved)
    journal.append({"edit": 1})
    journal.close()
    journal.close()
    assert entries_in(journal) == [{"edit": 1}]
    with pytest.raises(ValueError, match="closed"):
        journal.append({"edit": 2})
    journal = Journal.for_file(tmp_path / "state", *saved)
    journal.append({"edit": 1})
    assert journal.flush(10)
    journal.discard()
    assert not journal.path.exists()


def test_the_state_folder_can_be_set(own_folders: Path, saved: tuple[Path, Fingerprint]) -> None:
    journal = Journal(*saved)
    assert journal.path.parent == own_folders / "state" / "recovery" == state_folder() / "recovery"


def test_the_state_folder_is_the_systems_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ACH_DESK_STATE_DIR")
    monkeypatch.setenv("XDG_STATE_HOME", "/somewhere/state")
    assert state_folder() == Path("/somewhere/state/ach-desk")


def test_a_full_disk_is_said_once_and_nothing_is_lost(
    tmp_path: Path, saved: tuple[Path, Fingerprint], monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    journal = Journal.for_file(tmp_path / "state", *saved, on_error=said.append)
    journal.append({"number": 0})
    assert journal.flush(10)
    write = os.write
    attempts: list[int] = []

    def half_written(descriptor: int, data: Any) -> int:
        attempts.append(descriptor)
        if len(attempts) % 2:
            return write(descriptor, data[:3])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", half_written)
        journal.append({"number": 1})
        waited_for(lambda: len(attempts) >= 4)
        journal.append({"number": 2})
    assert journal.flush(10)
    assert [entry["number"] for entry in entries_in(journal)] == [0, 1, 2]
    assert len(said) == 1
    assert "Edits are not protected against a crash" in said[0]
    assert "No space left on device" in said[0]
    journal.discard()


def test_a_journal_that_cannot_be_written_does_not_keep_the_window_open(
    tmp_path: Path, saved: tuple[Path, Fingerprint]
) -> None:
    (tmp_path / "state").write_bytes(b"a file where the folder should be")
    said: list[str] = []
    for end in (Journal.discard, Journal.close):
        journal = Journal.for_file(tmp_path / "state", *saved, on_error=said.append)
        journal.append({"edit": 1})
        end(journal)
    assert len(said) == 2


def test_a_large_entry_is_written_whole(journal: Journal) -> None:
    cells = [
        {"evidence": f"e{number}", "old": None, "new": {"value": "C", "more": [1, {}, []]}} for number in range(5000)
    ]
    entry = {
        "do": {"command": "rate", "cells": cells, "by_id": {str(number): [number] for number in range(200)}, "x": ()}
    }
    journal.append(entry)
    assert journal.flush(20)
    assert entries_in(journal) == [json.loads(json.dumps(entry))]


CRASHING = """
import sys
from pathlib import Path
from ach_desk.storage.files import read_document
from ach_desk.storage.recovery import Journal
state, document = Path(sys.argv[1]), Path(sys.argv[2])
opened = read_document(document)
journal = Journal.for_file(state, document, opened.fingerprint)
untitled = Journal.untitled(state, document.read_bytes())
number = 0
while True:
    journal.append({"number": number})
    untitled.append({"number": number})
    number += 1
    journal.flush()
    untitled.flush()
    print(number, flush=True)
"""


def test_after_a_kill_every_flushed_edit_is_found(
    tmp_path: Path, saved: tuple[Path, Fingerprint], analysis: Analysis
) -> None:
    state, (path, _fingerprint) = tmp_path / "state", saved
    process = subprocess.Popen(
        [sys.executable, "-c", CRASHING, str(state), str(path)], stdout=subprocess.PIPE, text=True
    )
    stream = cast("IO[str]", process.stdout)
    for expected in range(1, 31):
        assert int(stream.readline()) == expected
    assert find_recoverable(state) == []  # it runs
    process.kill()
    process.communicate()
    found = find_recoverable(state)
    assert len(found) == 2
    for recoverable in found:
        recovered = recoverable.read()
        assert recoverable.base_matches
        assert recoverable.entries >= 30
        assert recovered.entries == [{"number": number} for number in range(recoverable.entries)]
        assert abs(recoverable.last_entry.timestamp() - time.time()) < 60
    titled, untitled = sorted(found, key=lambda entry: entry.embedded)
    assert (titled.base_path, titled.read().base) == (path, None)
    assert (untitled.base_path, untitled.read().base) == (None, analysis)
    titled.remove()
    titled.remove()
    assert [entry.path for entry in find_recoverable(state)] == [untitled.path]


def left_behind(state: Path, saved: tuple[Path, Fingerprint], entries: int = 2) -> Recoverable:
    journal = Journal.for_file(state, *saved)
    for number in range(entries):
        journal.append({"number": number})
    journal.close()
    of_a_dead_process(journal)
    (found,) = find_recoverable(state)
    return found


def test_a_base_that_has_changed_is_not_matched_and_the_edits_are_put_aside(
    tmp_path: Path, saved: tuple[Path, Fingerprint]
) -> None:
    saved[0].write_bytes(b"{}")
    found = left_behind(tmp_path / "state", saved)
    assert not found.base_matches
    content = found.path.read_bytes()
    aside = found.move_aside()
    assert aside.read_bytes() == content
    assert find_recoverable(tmp_path / "state") == []


def test_a_base_that_is_gone_is_not_matched(tmp_path: Path, saved: tuple[Path, Fingerprint]) -> None:
    saved[0].unlink()
    found = left_behind(tmp_path / "state", saved)
    assert (found.base_path, found.base_matches) == (saved[0], False)


@pytest.mark.parametrize(
    "torn", [b'{"number": 2', b'{"number": 2}', b"\x00\x00\x00", b'"text"\n{"number": 3}\n', b"\xff\n"]
)
def test_a_torn_end_is_passed_over_and_said(tmp_path: Path, saved: tuple[Path, Fingerprint], torn: bytes) -> None:
    found = left_behind(tmp_path / "state", saved)
    assert not found.read().truncated
    with found.path.open("ab") as file:
        file.write(torn)
    recovered = found.read()
    assert recovered.truncated
    assert recovered.entries == [{"number": 0}, {"number": 1}]


def test_journals_without_entries_are_cleared_away(tmp_path: Path, saved: tuple[Path, Fingerprint]) -> None:
    found = left_behind(tmp_path / "state", saved)
    found.path.write_bytes(found.path.read_bytes().splitlines(keepends=True)[0])
    assert find_recoverable(tmp_path / "state") == []
    assert not found.path.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"not json\n{}\n",
        b"{}\n{}\n",
        b"[]\n",
        b"[" * 100_000 + b"\n",
        b'{"format": "ach-desk-journal", "version": 9}\n',
    ],
)
def test_a_damaged_journal_is_put_aside_and_not_deleted(
    tmp_path: Path, saved: tuple[Path, Fingerprint], content: bytes
) -> None:
    found = left_behind(tmp_path / "state", saved)
    found.path.write_bytes(content)
    assert find_recoverable(tmp_path / "state") == []
    assert found.path.with_suffix(".damaged").read_bytes() == content
    with pytest.raises(UnreadableFile, match="cannot be recovered"):
        found.read()


def test_the_latest_comes_first_and_running_processes_are_left_alone(
    tmp_path: Path, saved: tuple[Path, Fingerprint]
) -> None:
    state = tmp_path / "state"
    journals = [Journal.for_file(state, *saved) for _number in range(3)]
    for age, journal in enumerate(journals):
        journal.append({"age": age})
        journal.close()
        if age < 2:
            of_a_dead_process(journal)
            os.utime(journal.path, (1_000_000 - age, 1_000_000 - age))
    assert [found.path for found in find_recoverable(state)] == [journals[0].path, journals[1].path]
    assert journals[2].path.exists()


def test_nothing_to_recover(tmp_path: Path) -> None:
    assert find_recoverable(tmp_path / "none") == []


def test_an_untitled_base_comes_back_with_its_name(tmp_path: Path, analysis: Analysis) -> None:
    journal = Journal.untitled(tmp_path / "state", encode(analysis), path=tmp_path / "case.ach.json")
    journal.append({"edit": 1})
    journal.close()
    of_a_dead_process(journal)
    (found,) = find_recoverable(tmp_path / "state")
    assert (found.base_path, found.base_matches, found.embedded) == (tmp_path / "case.ach.json", True, True)
    assert found.read().base == analysis
