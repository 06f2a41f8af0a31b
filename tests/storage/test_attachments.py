"""Attached files lie beside the analysis, keep what they were, come along, and never lead anywhere else."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from ach_desk.model import Attachment
from ach_desk.storage import attachments
from ach_desk.storage.attachments import (
    AttachmentRefused,
    FileState,
    Home,
    carry,
    document_name,
    files_in,
    home_of,
    keep_bytes,
    keep_file,
    locate,
    plain_name,
    refusal_to_open,
    state_of,
)
from ach_desk.storage.errors import SaveFailed

HOSTILE = [
    "/etc/passwd",
    "../../etc/passwd",
    "..",
    "C:\\x",
    "C:/x",
    "\\\\server\\x",
    "//server/x",
    "a\\..\\b",
    "",
    "a\x00b",
]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    (tmp_path / "case").mkdir()
    return home_of(tmp_path / "case" / "case.ach.json")


def test_files_lie_in_a_folder_named_after_the_analysis(home: Home) -> None:
    kept = keep_bytes(home, "report.pdf", b"abc")
    assert kept.path == "case.files/report.pdf"
    assert (home.folder / "case.files" / "report.pdf").read_bytes() == b"abc"
    assert (kept.size, kept.sha256) == (3, hashlib.sha256(b"abc").hexdigest())
    assert os.listdir(home.folder / "case.files") == ["report.pdf"], "nothing half-written is left"


def test_the_same_file_is_kept_once_and_another_of_that_name_beside_it(home: Home) -> None:
    paths = [keep_bytes(home, "r.pdf", data).path for data in (b"abc", b"abd", b"abc", b"abd", b"abe")]
    assert len(set(paths)) == 3
    assert paths[:2] == paths[2:4]
    assert [(home.folder / path).read_bytes() for path in paths[1:3]] == [b"abd", b"abc"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../evil.png", "evil.png"),
        ("C:\\temp\\evil.png", "evil.png"),
        ("a/b.png", "b.png"),
        ("con.txt", "_con.txt"),
        ("", "_"),
        ("...", "_"),
        (".profile", "profile"),
        ("a\x00\nb.png", "a b.png"),
        ("x.tar.gz", "x.tar.gz"),
        ("no ending", "no ending"),
        ("weird.e n d", "weird.e n d"),
    ],
)
def test_a_name_from_elsewhere_is_made_safe(home: Home, name: str, kept: str) -> None:
    assert keep_bytes(home, name, b"x").path == f"case.files/{kept}"


def test_a_name_without_end_is_cut(home: Home) -> None:
    name = Path(keep_bytes(home, "漢" * 400 + ".png", b"x").path).name
    assert name.endswith(".png")
    assert len(name.encode()) < 255


def test_a_file_that_is_too_large_is_refused_before_it_is_copied(home: Home, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(attachments, "MOST_BYTES", 10)
    (tmp_path / "large.bin").write_bytes(b"x" * 11)
    with pytest.raises(AttachmentRefused, match=r"large\.bin was not attached: it is larger than"):
        keep_file(home, tmp_path / "large.bin")
    assert not (home.folder / home.own).exists()


@pytest.mark.parametrize("kind", ["folder", "pipe", "gone"])
def test_what_is_no_file_is_not_copied(home: Home, tmp_path: Path, kind: str) -> None:
    source = tmp_path / kind
    if kind == "folder":
        source.mkdir()
    elif kind == "pipe":
        os.mkfifo(source)
    with pytest.raises(AttachmentRefused, match="was not attached"):
        keep_file(home, source)


def test_a_full_disk_is_said_and_leaves_nothing(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(attachments.os, "fsync", full)
    with pytest.raises(SaveFailed, match="the disk is full"):
        keep_bytes(home, "r.pdf", b"abc")
    assert os.listdir(home.folder / home.own) == []


@pytest.mark.parametrize("path", HOSTILE)
def test_a_hostile_path_is_neither_followed_nor_read(home: Home, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("open_followed", "_followed"):
        monkeypatch.setattr(attachments, name, lambda *_given: pytest.fail("it was looked at"))
    with pytest.raises(AttachmentRefused, match="is not opened"):
        locate(home, path)
    assert state_of(home, Attachment(path=path, sha256="0" * 64)) is FileState.REFUSED
    assert carry([path], home, home_of(home.folder / "other.ach.json")) == [path]


@pytest.mark.parametrize("where", ["file", "folder", "dangling", "inside"])
def test_a_link_is_not_followed(home: Home, tmp_path: Path, where: str) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key.txt").write_text("secret")
    own = home.folder / home.own
    if where == "folder":
        own.symlink_to(tmp_path / "secret")
    else:
        own.mkdir()
        (own / "plain.txt").write_text("x")
        target = {"file": tmp_path / "secret/key.txt", "dangling": tmp_path / "gone", "inside": own / "plain.txt"}
        (own / "key.txt").symlink_to(target[where])
    path = f"{home.own}/key.txt"
    with pytest.raises(AttachmentRefused, match="a link"):
        locate(home, path)
    assert state_of(home, Attachment(path=path)) is FileState.REFUSED
    assert carry([path], home, home_of(tmp_path / "other.ach.json")) == [path]
    with pytest.raises((AttachmentRefused, SaveFailed)):
        keep_bytes(home, "key.txt", b"overwritten")
    assert (tmp_path / "secret" / "key.txt").read_text() == "secret"
    assert not (tmp_path / "gone").exists()


def test_a_folder_or_a_pipe_is_not_opened(home: Home) -> None:
    (home.folder / home.own / "sub").mkdir(parents=True)
    os.mkfifo(home.folder / home.own / "pipe")
    for name in ("sub", "pipe"):
        with pytest.raises(AttachmentRefused, match="a folder or a device"):
            locate(home, f"{home.own}/{name}")


def test_present_missing_and_changed_are_told_apart(home: Home) -> None:
    kept = keep_bytes(home, "r.pdf", b"abc")
    place = home.folder / kept.path
    assert state_of(home, kept) is FileState.PRESENT
    place.write_bytes(b"abd")
    assert state_of(home, kept) is FileState.CHANGED
    place.write_bytes(b"abcd")
    assert state_of(home, kept) is FileState.CHANGED
    place.unlink()
    assert state_of(home, kept) is FileState.MISSING
    place.parent.rmdir()
    assert state_of(home, kept) is FileState.MISSING


def test_a_folder_that_was_renamed_with_its_analysis_is_found(home: Home) -> None:
    kept = keep_bytes(home, "r.pdf", b"abc")
    (home.folder / "case.files").rename(home.folder / "case 2.files")
    renamed = home_of(home.folder / "case 2.ach.json")
    assert state_of(home, kept) is FileState.MISSING
    assert state_of(renamed, kept) is FileState.PRESENT


def test_files_come_along_to_another_folder_and_what_is_there_stays(home: Home, tmp_path: Path) -> None:
    own, other = keep_bytes(home, "own.pdf", b"own"), Attachment(path="scans/old.pdf")
    (home.folder / "scans").mkdir()
    (home.folder / "scans" / "old.pdf").write_bytes(b"old")
    new = home_of(tmp_path / "elsewhere" / "copy.ach.json")
    (tmp_path / "elsewhere" / "scans").mkdir(parents=True)
    paths = [own.path, other.path, "case.files/gone.pdf", "../outside", own.path]
    assert carry(paths, home, new) == ["case.files/gone.pdf", "../outside"]
    assert (new.folder / "copy.files" / "own.pdf").read_bytes() == b"own"
    assert (new.folder / "scans" / "old.pdf").read_bytes() == b"old"
    assert state_of(new, own) is FileState.PRESENT
    (new.folder / "scans" / "old.pdf").write_bytes(b"theirs")
    assert carry(paths, home, new) == ["case.files/gone.pdf", "../outside"]
    assert (new.folder / "scans" / "old.pdf").read_bytes() == b"theirs"


def test_the_home_is_beside_the_file_itself_and_not_beside_a_link_to_it(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "case.ach.json").write_text("{}")
    (tmp_path / "link.ach.json").symlink_to(tmp_path / "real" / "case.ach.json")
    assert home_of(tmp_path / "link.ach.json") == Home(Path(os.path.realpath(tmp_path / "real")), "case.files")


def test_what_lies_in_a_folder_of_files_is_listed_without_links_to_elsewhere(tmp_path: Path) -> None:
    assert files_in(tmp_path / "gone") == []
    (tmp_path / "a.files").mkdir()
    (tmp_path / "a.files" / "x.png").write_bytes(b"x")
    (tmp_path / "a.files" / ".tmp").write_bytes(b"x")
    (tmp_path / "b.files").symlink_to("/etc")
    assert files_in(tmp_path) == ["a.files/x.png"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        *[(f"x.{ending}", b"x") for ending in ("exe", "SH", "desktop", "js", "lnk", "docm", "url", "jar")],
        ("holiday.png", b"MZ\x90\x00"),
        ("report", b"#!/bin/sh\n"),
        ("tool", b"\x7fELF\x02"),
    ],
)
def test_what_could_run_is_not_handed_to_the_system(home: Home, name: str, data: bytes) -> None:
    kept = keep_bytes(home, name, data)
    assert "it is a program, or may run one" in refusal_to_open(home.folder / kept.path)


def test_a_document_or_picture_is_handed_over(home: Home) -> None:
    for name, data in (("a.pdf", b"%PDF-1.7"), ("b.png", b"\x89PNG"), ("c.html", b"<p>"), ("d", b"text")):
        assert refusal_to_open(home.folder / keep_bytes(home, name, data).path) == ""


def test_names_for_files() -> None:
    assert document_name("Why: does/the lamp?") == "Why does the lamp"
    assert document_name("The mill's or the mine’s?") == "The mills or the mines"
    assert document_name("???") == "analysis"
    assert plain_name("NUL") == "_NUL"
    assert plain_name("x" * 200) == "x" * 80
