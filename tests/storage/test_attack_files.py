"""Files, lock files and journals made to do harm: each ends in one short sentence, none waits or takes the memory."""

from __future__ import annotations

import copy
import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from helpers.sessions import small_analysis

from ach_desk.storage import lock as lock_module
from ach_desk.storage.codec import decode, encode
from ach_desk.storage.errors import SaveFailed, UnreadableFile
from ach_desk.storage.files import fingerprint_of_bytes, read_document, write_bytes_atomically, write_document
from ach_desk.storage.lock import LockStatus, acquire, holder_of, lock_path
from ach_desk.storage.process import ProcessIdentity
from ach_desk.storage.recovery import Journal, find_recoverable

LONG = 300_000
SHORT = 400
"""Characters that a sentence may have."""

BASE: dict[str, Any] = {
    "format": "ach-desk",
    "version": 1,
    "id": "a1",
    "hypotheses": [{"id": "h1", "label": "H1", "title": "One"}],
    "evidence": [{"id": "e1", "label": "E1", "title": "Item", "citations": [{"source": "s1"}]}],
    "sources": [{"id": "s1", "label": "S1", "name": "Source"}],
    "analysts": [{"id": "p1", "name": "Analyst"}],
    "matrices": [
        {
            "id": "m1",
            "hypotheses": ["h1"],
            "evidence": ["e1"],
            "sheets": [{"analyst": "p1", "ratings": {"e1": {"h1": {"value": "C"}}}}],
        }
    ],
}
TEXT = json.dumps(BASE)


def refusal(text: str) -> str:
    with pytest.raises(UnreadableFile) as caught:
        decode(text.encode(), "case.ach.json")
    return caught.value.sentence


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"a1"', f'"a1", "{"k" * LONG}": 1, "{"k" * LONG}": 2', "is given twice"),
        ('"h1": {"value": "C"}', f'"{"h" * LONG}": {{"value": "XX"}}', "a rating is CC"),
        ('"label": "E1"', f'"label": "{"E" * LONG}", "kind": "{"k" * LONG}"', "is not one of"),
        ('"version": 1', '"version": ' + "-9" * 1 + "9" * 4000, "not a version"),
        ('"a1"', '"a1", "n": ' + "9" * LONG, "not a number"),
    ],
)
def test_a_sentence_stays_short_whatever_it_quotes(old: str, new: str, words: str) -> None:
    sentence = refusal(TEXT.replace(old, new))
    assert words in sentence
    assert len(sentence) < SHORT


def test_two_labels_of_one_id_are_cut() -> None:
    document = copy.deepcopy(BASE)
    document["evidence"] = [{"id": "e1", "label": letter * LONG, "title": ""} for letter in "AB"]
    assert len(refusal(json.dumps(document))) < SHORT


_IN_LITTLE_MEMORY = """
import resource, sys
from ach_desk.storage.codec import decode
from ach_desk.storage.errors import UnreadableFile
data = sys.stdin.buffer.read()
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]), resource.RLIM_INFINITY))
try:
    decode(data, "case.ach.json")
except UnreadableFile as error:
    print(error)
"""


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace('"a1"', '"a1", "z": "' + "x" * 6_000_000 + '", "y": NaN'),
        TEXT.replace('"a1"', '"a1", "z": "' + r"\n" * 3_000_000 + '", "y": 1, "y": 2'),
        TEXT.replace('"sources"', '"zzz": 1, "evidence_": 0, "sources"').replace(
            json.dumps(BASE["evidence"]), json.dumps([{"id": 1, "kind": 2, "status": 3}] * 40_000)
        ),
    ],
    ids=["number after a long text", "key twice after a long text", "forty thousand defects"],
)
def test_finding_the_place_of_a_defect_needs_little_memory(text: str) -> None:
    room = 400 * 1024 * 1024
    done = subprocess.run(
        [sys.executable, "-c", _IN_LITTLE_MEMORY, str(room)], input=text.encode(), capture_output=True, timeout=60
    )
    assert done.returncode == 0, done.stderr.decode()[-500:]
    assert b"cannot be opened" in done.stdout
    assert len(done.stdout) < SHORT


def test_keys_named_like_parts_of_the_program_are_only_data() -> None:
    document = copy.deepcopy(BASE)
    names = ("model_config", "__class__", "__dict__", "copy_of", "snapshot", "rating", "is_active", "model_fields")
    strange = dict.fromkeys(names, "x")
    records = [document[key][0] for key in ("hypotheses", "evidence", "sources", "analysts", "matrices")]
    for holder in (document, *records, document["matrices"][0]["sheets"][0]):
        holder.update(strange)
    analysis = decode(json.dumps(document).encode(), "case").analysis
    assert analysis.hypotheses["h1"].is_active
    written = json.loads(encode(analysis.snapshot()))
    for holder in (written, *(written[key][0] for key in ("hypotheses", "evidence", "matrices"))):
        assert {name: holder[name] for name in names} == strange


def test_a_link_to_itself_is_said_plainly(tmp_path: Path) -> None:
    loop = tmp_path / "loop.ach.json"
    loop.symlink_to(loop)
    with pytest.raises(UnreadableFile, match="leads back to itself"):
        read_document(loop)
    with pytest.raises(SaveFailed, match="leads back to itself"):
        write_bytes_atomically(loop, b"x")
    assert loop.is_symlink()


def test_a_pipe_or_device_is_never_replaced_by_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.ach.json"
    os.mkfifo(pipe)
    with pytest.raises(SaveFailed, match="folder or device"):
        write_bytes_atomically(pipe, b"x")
    with pytest.raises(SaveFailed, match="folder or device"):
        write_document(pipe, small_analysis(), expected=None, overwrite=True)
    assert pipe.is_fifo()
    with pytest.raises(UnreadableFile, match="not a file but a folder or a device"):
        read_document(pipe)


@pytest.mark.parametrize("kind", ["zero", "pipe", "folder", "link to a pipe", "link to itself", "binary", "huge"])
def test_whatever_stands_in_the_place_of_the_lock_nothing_waits(kind: str, tmp_path: Path) -> None:
    document = tmp_path / "case.ach.json"
    document.write_bytes(b"{}")
    place = lock_path(document)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    if kind == "zero":
        place.symlink_to("/dev/zero")
    elif kind == "pipe":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    elif kind == "link to a pipe":
        place.symlink_to(pipe)
    elif kind == "link to itself":
        place.symlink_to(place)
    else:
        place.write_bytes(os.urandom(5000) if kind == "binary" else b"9" * 5_000_000)
    result = acquire(document)
    assert result.lock is None
    assert result.status in (LockStatus.UNAVAILABLE, LockStatus.HELD_ELSEWHERE)
    assert 0 < len(result.sentence) < SHORT
    holder_of(document)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted({"case.ach.json", "pipe", place.name})


def test_a_lock_file_full_of_words_gives_a_short_sentence(tmp_path: Path) -> None:
    document = tmp_path / "case.ach.json"
    identity = ProcessIdentity.of_this_process().to_json()
    strange = dict.fromkeys(("user", "host", "started", "program"), "<b>" + "x" * 10000)
    for process in (-1, 0, 10**4000, 2**64):
        data = {**strange, "process": process, "identity": identity | {"process": process}}
        lock_path(document).write_text(json.dumps(data))
        result = acquire(document)
        assert result.status is LockStatus.HELD_ELSEWHERE
        assert len(result.sentence) < 2 * SHORT


def test_who_keeps_the_kernels_lock_does_not_stop_us_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock_module, "_GUARD_TRIES", 2)
    document = tmp_path / "case.ach.json"
    place = lock_path(document)
    place.write_text("{}")
    with place.open("rb") as kept:
        fcntl.flock(kept, fcntl.LOCK_EX)
        assert acquire(document).status is LockStatus.HELD_ELSEWHERE


@pytest.mark.parametrize("kind", ["pipe", "folder", "zero", "binary", "empty object"])
def test_strange_things_among_the_journals_stop_nothing(kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "recovery"
    folder.mkdir()
    place = folder / "0.journal"
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    elif kind == "zero":
        place.symlink_to("/dev/zero")
    else:
        place.write_bytes(b"\0\xff\n" * 100 if kind == "binary" else b"{}\n")
    assert find_recoverable(tmp_path) == []


def test_a_journal_upon_a_pipe_or_an_impossible_name_does_not_wait(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for number, name in enumerate((str(pipe), "/dev/zero", "a\0b", "\ud800", "x" * 5000)):
        dead = ProcessIdentity.of_this_process().to_json() | {"boot": "another"}
        header = {"format": "ach-desk-journal", "version": 1, "owner": dead, "base": {"path": name, "sha256": "0"}}
        folder = tmp_path / "recovery"
        folder.mkdir(exist_ok=True)
        (folder / f"{number}.journal").write_text(json.dumps(header) + '\n{"do": {}}\n')
    assert not any(found.base_matches for found in find_recoverable(tmp_path))


def test_a_power_cut_at_any_byte_of_the_last_entries_loses_only_what_was_torn(tmp_path: Path) -> None:
    base = tmp_path / "case.ach.json"
    base.write_bytes(b"base")
    journal = Journal.for_file(tmp_path, base, fingerprint_of_bytes(b"base", 0))
    for number in range(4):
        journal.append({"do": {"number": number, "text": "é"}})
    journal.close()
    whole = journal.path.read_bytes().replace(json.dumps(ProcessIdentity.of_this_process().boot).encode(), b'"another"')
    ends = [index + 1 for index, byte in enumerate(whole) if byte == ord("\n")]
    for length in range(ends[1], len(whole) + 1):
        journal.path.write_bytes(whole[:length])
        (found,) = find_recoverable(tmp_path)
        complete = sum(end <= length for end in ends) - 1
        recovered = found.read()
        assert [entry["do"]["number"] for entry in recovered.entries] == list(range(complete))
        assert recovered.truncated == (length not in ends)
        assert found.base_matches
