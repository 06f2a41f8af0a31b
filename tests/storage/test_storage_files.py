"""Saving never loses the old file, never passes over a change of somebody else's, and says why it cannot."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ach_desk.model import Analysis, new_analysis
from ach_desk.storage import files
from ach_desk.storage.codec import encode
from ach_desk.storage.errors import AlreadyExists, ChangedOnDisk, SaveFailed, StorageError, UnreadableFile
from ach_desk.storage.files import Fingerprint, read_document, write_bytes_atomically, write_document

ROOT = os.geteuid() == 0


@pytest.fixture
def analysis() -> Analysis:
    return new_analysis("Why?")


@pytest.fixture
def saved(tmp_path: Path, analysis: Analysis) -> tuple[Path, Fingerprint]:
    path = tmp_path / "case.ach.json"
    return path, write_document(path, analysis, expected=None)


@pytest.fixture
def umask() -> Iterator[Callable[[int], int]]:
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


def left_over(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.endswith(".ach-tmp")]


def test_what_is_saved_is_opened_again(saved: tuple[Path, Fingerprint], analysis: Analysis) -> None:
    path, fingerprint = saved
    opened = read_document(path)
    assert opened.loaded.analysis == analysis
    assert opened.fingerprint == fingerprint
    assert fingerprint.mtime_ns == path.stat().st_mtime_ns
    assert (opened.writable, opened.folder_writable) == (True, True)
    assert left_over(path.parent) == []


def test_saving_again_needs_what_was_there_before(saved: tuple[Path, Fingerprint], analysis: Analysis) -> None:
    path, fingerprint = saved
    analysis.question = "Why not?"
    second = write_document(path, analysis, expected=fingerprint)
    assert read_document(path).loaded.analysis.question == "Why not?"
    old = path.read_bytes()
    with pytest.raises(ChangedOnDisk, match="somebody else has changed it") as caught:
        write_document(path, analysis, expected=fingerprint)
    assert not caught.value.missing
    assert path.read_bytes() == old
    assert write_document(path, analysis, expected=second).same_content(second)


def test_a_change_of_the_same_length_and_time_is_noticed(saved: tuple[Path, Fingerprint], analysis: Analysis) -> None:
    path, fingerprint = saved
    changed = path.read_bytes().replace(b"Why?", b"Who?")
    path.write_bytes(changed)
    os.utime(path, ns=(fingerprint.mtime_ns, fingerprint.mtime_ns))
    with pytest.raises(ChangedOnDisk):
        write_document(path, analysis, expected=fingerprint)
    assert path.read_bytes() == changed


def test_a_file_that_was_only_touched_is_not_changed(saved: tuple[Path, Fingerprint], analysis: Analysis) -> None:
    path, fingerprint = saved
    os.utime(path, ns=(1, 1))
    assert write_document(path, analysis, expected=fingerprint).same_content(fingerprint)


def test_a_file_that_is_gone_is_not_brought_back_unasked(saved: tuple[Path, Fingerprint], analysis: Analysis) -> None:
    path, fingerprint = saved
    path.unlink()
    with pytest.raises(ChangedOnDisk, match="no longer there") as caught:
        write_document(path, analysis, expected=fingerprint)
    assert caught.value.missing
    write_document(path, analysis, expected=fingerprint, overwrite=True)
    assert path.exists()


def test_an_existing_file_is_overwritten_only_on_request(saved: tuple[Path, Fingerprint], analysis: Analysis) -> None:
    path, _fingerprint = saved
    other = new_analysis("Other")
    with pytest.raises(AlreadyExists, match=r"case\.ach\.json exists already"):
        write_document(path, other, expected=None)
    assert read_document(path).loaded.analysis == analysis
    write_document(path, other, expected=None, overwrite=True)
    assert read_document(path).loaded.analysis == other


def test_the_previous_version_is_kept_on_request(saved: tuple[Path, Fingerprint], analysis: Analysis) -> None:
    path, fingerprint = saved
    path.chmod(0o640)
    before = path.read_bytes()
    analysis.question = "Why not?"
    write_document(path, analysis, expected=fingerprint, keep_backup=True)
    backup = path.with_name("case.ach.json.bak")
    assert backup.read_bytes() == before
    assert stat.S_IMODE(backup.stat().st_mode) == 0o640


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o606])
def test_permissions_stay(saved: tuple[Path, Fingerprint], analysis: Analysis, mode: int) -> None:
    path, fingerprint = saved
    path.chmod(mode)
    write_document(path, analysis, expected=fingerprint)
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.skipif(not ROOT, reason="only root can give files away")
def test_owner_and_group_stay(saved: tuple[Path, Fingerprint], analysis: Analysis) -> None:
    path, fingerprint = saved
    os.chown(path, 12345, 23456)
    path.chmod(0o660)
    write_document(path, analysis, expected=fingerprint)
    status = path.stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (12345, 23456, 0o660)


def test_another_group_gets_no_more_than_everybody(
    saved: tuple[Path, Fingerprint], analysis: Analysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, fingerprint = saved
    path.chmod(0o664)

    def refused(_descriptor: int, _user: int, _group: int) -> None:
        raise PermissionError(errno.EPERM, "not yours")

    monkeypatch.setattr(os, "fchown", refused)
    write_document(path, analysis, expected=fingerprint)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_extended_attributes_stay(saved: tuple[Path, Fingerprint], analysis: Analysis) -> None:
    path, fingerprint = saved
    try:
        os.setxattr(path, "user.case", b"17")
    except OSError:
        pytest.skip("this file system has no extended attributes")
    write_document(path, analysis, expected=fingerprint)
    assert os.getxattr(path, "user.case") == b"17"


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_new_files_follow_the_umask(
    tmp_path: Path, analysis: Analysis, umask: Callable[[int], int], mask: int, mode: int
) -> None:
    umask(mask)
    write_document(tmp_path / "new.ach.json", analysis, expected=None)
    write_bytes_atomically(tmp_path / "chart.svg", b"<svg/>")
    for name in ("new.ach.json", "chart.svg"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == mode


def test_a_symbolic_link_stays_one_and_its_file_is_replaced(tmp_path: Path, analysis: Analysis) -> None:
    (tmp_path / "real").mkdir()
    real = tmp_path / "real" / "case.ach.json"
    link = tmp_path / "link.ach.json"
    link.symlink_to(Path("real") / "case.ach.json")
    first = write_document(link, analysis, expected=None)
    analysis.question = "Why not?"
    write_document(link, analysis, expected=first, keep_backup=True)
    assert link.is_symlink()
    assert read_document(link).loaded.analysis == read_document(real).loaded.analysis == analysis
    assert (tmp_path / "real" / "case.ach.json.bak").exists()


def test_bytes_replace_a_picture_and_keep_its_mode(tmp_path: Path) -> None:
    picture = tmp_path / "chart.png"
    picture.write_bytes(b"old")
    picture.chmod(0o600)
    write_bytes_atomically(picture, b"new")
    assert picture.read_bytes() == b"new"
    assert stat.S_IMODE(picture.stat().st_mode) == 0o600


class _Failure:
    """Makes one system call fail with one error."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, call: str, number: int) -> None:
        self.calls = 0

        def failing(*_arguments: Any, **_options: Any) -> Any:
            self.calls += 1
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(os, call, failing)


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full. Make room"),
        (errno.EDQUOT, "the disk is full"),
        (errno.EACCES, "may not be written to"),
        (errno.EROFS, "the disk can only be read"),
        (errno.EIO, "Input/output error. Save it on another disk"),
    ],
)
def test_a_failed_save_keeps_the_old_file_and_leaves_nothing(
    saved: tuple[Path, Fingerprint], monkeypatch: pytest.MonkeyPatch, call: str, number: int, words: str
) -> None:
    path, fingerprint = saved
    old = path.read_bytes()
    with monkeypatch.context() as patch:
        failure = _Failure(patch, call, number)
        with pytest.raises(SaveFailed) as caught:
            write_document(path, new_analysis("Other"), expected=fingerprint)
        assert failure.calls == 1
    assert words in caught.value.sentence
    assert "case.ach.json was not saved" in caught.value.sentence
    assert path.read_bytes() == old
    assert os.listdir(path.parent) == [path.name]


@pytest.mark.skipif(not ROOT, reason="only root can mount a small disk")
def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "none", disk], check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        path = disk / "case.ach.json"
        small = new_analysis("Why?")
        fingerprint = write_document(path, small, expected=None)
        large = small.snapshot()
        large.description = "x" * 500_000
        with pytest.raises(SaveFailed, match="the disk is full"):
            write_document(path, large, expected=fingerprint)
        assert read_document(path).loaded.analysis == small
        assert os.listdir(disk) == ["case.ach.json"]
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        with pytest.raises(SaveFailed, match="the disk can only be read"):
            write_document(path, small, expected=fingerprint)
        opened = read_document(path)
        assert (opened.writable, opened.folder_writable) == (False, False)
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_folder_that_has_vanished(saved: tuple[Path, Fingerprint], analysis: Analysis) -> None:
    path, fingerprint = saved
    path.unlink()
    path.parent.rename(path.parent.with_name("elsewhere"))
    for expected in (fingerprint, None):
        with pytest.raises(SaveFailed, match=r"its folder .* is gone. Save it in another folder"):
            write_document(path, analysis, expected=expected)
    path.parent.with_name("elsewhere").rename(path.parent)


def test_a_file_marked_read_only(saved: tuple[Path, Fingerprint], analysis: Analysis) -> None:
    path, fingerprint = saved
    old = path.read_bytes()
    path.chmod(0o444)
    assert not read_document(path).writable
    with pytest.raises(SaveFailed, match="may not be written to"):
        write_document(path, analysis, expected=fingerprint)
    assert path.read_bytes() == old


UNPRIVILEGED = """
import os, pwd, sys
from pathlib import Path
from ach_desk.model import new_analysis
from ach_desk.storage.errors import StorageError
from ach_desk.storage.files import read_document, write_document
from ach_desk.storage.lock import acquire

folder = Path(sys.argv[1])
path = folder / "case.ach.json"
fingerprint = read_document(path).fingerprint
if os.geteuid() == 0:
    os.setgid(65534)
    os.setgroups([])
    os.setuid(65534)


def attempt(action):
    try:
        print(action())
    except StorageError as error:
        print(type(error).__name__, error)


opened = read_document(path)
print(opened.writable, opened.folder_writable)
attempt(lambda: write_document(path, new_analysis("Other"), expected=fingerprint))
attempt(lambda: write_document(folder / "new.ach.json", new_analysis("New"), expected=None))
print(acquire(path).sentence)
attempt(lambda: read_document(folder / "secret.ach.json"))
"""


def test_no_permission(analysis: Analysis) -> None:
    """Somebody without rights to file and folder: a process of its own, which gives up root's where it has them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_document(folder / "case.ach.json", analysis, expected=None)
        (folder / "case.ach.json").chmod(0o444)
        (folder / "secret.ach.json").write_bytes(b"{}")
        (folder / "secret.ach.json").chmod(0)
        folder.chmod(0o555)
        before = (folder / "case.ach.json").read_bytes()
        command = [sys.executable, "-c", UNPRIVILEGED, name]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
        folder.chmod(0o755)
        assert (folder / "case.ach.json").read_bytes() == before
        assert len(os.listdir(folder)) == 2
    assert said[0] == "False False"
    assert said[1].startswith("SaveFailed")
    assert "case.ach.json was not saved: file or folder may not be written to" in said[1]
    assert "new.ach.json was not saved: file or folder may not be written to" in said[2]
    assert "Others cannot see that you have case.ach.json open" in said[3]
    assert "secret.ach.json cannot be opened: you have no permission to read it" in said[4]


def test_no_permission_is_said(saved: tuple[Path, Fingerprint], monkeypatch: pytest.MonkeyPatch) -> None:
    path, _fingerprint = saved
    with monkeypatch.context() as patch:
        _Failure(patch, "open", errno.EACCES)
        with pytest.raises(UnreadableFile, match=r"case\.ach\.json cannot be opened: you have no permission"):
            read_document(path)


def test_what_cannot_be_opened_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="there is no such file"):
        read_document(tmp_path / "none.ach.json")
    with pytest.raises(UnreadableFile, match="folder"):
        read_document(tmp_path)
    pipe = tmp_path / "pipe.ach.json"
    os.mkfifo(pipe)
    with pytest.raises(UnreadableFile, match="not a file"):
        read_document(pipe)
    loop = tmp_path / "loop.ach.json"
    loop.symlink_to(loop)
    with pytest.raises(UnreadableFile, match=r"loop\.ach\.json cannot be opened"):
        read_document(loop)


def test_names_that_cannot_be_saved_to_are_said(tmp_path: Path, analysis: Analysis) -> None:
    (tmp_path / "folder.ach.json").mkdir()
    with pytest.raises(StorageError, match=r"of that name. Choose another name"):
        write_document(tmp_path / "folder.ach.json", analysis, expected=None, overwrite=True)
    with pytest.raises(SaveFailed, match=r"of that name. Choose another name"):
        write_bytes_atomically(tmp_path / "folder.ach.json", b"x")
    with pytest.raises(SaveFailed, match="the name is too long"):
        write_document(tmp_path / ("x" * 300), analysis, expected=None)
    assert left_over(tmp_path) == []


def test_file_and_folder_are_written_out(tmp_path: Path, analysis: Analysis, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    fsync, replace = os.fsync, os.replace

    def watched_fsync(descriptor: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        fsync(descriptor)

    def watched_replace(source: Path, target: Path) -> None:
        done.append("replace")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", watched_fsync)
    monkeypatch.setattr(os, "replace", watched_replace)
    write_document(tmp_path / "case.ach.json", analysis, expected=None)
    assert done == ["file", "replace", "folder"]


def test_the_fingerprint_is_of_the_bytes(tmp_path: Path, analysis: Analysis) -> None:
    fingerprint = write_document(tmp_path / "case.ach.json", analysis, expected=None)
    data = encode(analysis)
    assert fingerprint == files.fingerprint_of_bytes(data, fingerprint.mtime_ns)
    assert fingerprint.size == len(data)
    assert not fingerprint.same_content(None)
