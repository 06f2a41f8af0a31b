"""An analysis with its files as one archive: what goes in comes out, and an archive that means harm writes nothing."""

from __future__ import annotations

import json
import os
import stat
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest
from helpers.sessions import small_analysis

from ach_desk.commands import capture
from ach_desk.commands.capture import Captured
from ach_desk.model import Analysis, Attachment
from ach_desk.storage import archive as archive_module
from ach_desk.storage.archive import MOST_ENTRIES, free_folder, name_in, pack, unpack
from ach_desk.storage.attachments import FileState, Home, home_of, keep_bytes, state_of
from ach_desk.storage.codec import encode
from ach_desk.storage.errors import AlreadyExists, SaveFailed, StorageError, UnreadableFile
from ach_desk.storage.files import read_document, write_document


def analysis_with(*attachments: Attachment) -> Analysis:
    analysis = small_analysis()
    captured = [Captured({"title": entry.path or "x", "attachments": [entry]}) for entry in attachments]
    capture.capture(analysis, captured)[0].apply(analysis)
    return analysis


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Return a saved analysis with two files, one of them of a folder below."""
    path = tmp_path / "case" / "case.ach.json"
    path.parent.mkdir()
    home = home_of(path)
    picture = keep_bytes(home, "picture.png", b"\x89PNG" * 100)
    (path.parent / "scans" / "old").mkdir(parents=True)
    (path.parent / "scans" / "old" / "x.pdf").write_bytes(b"%PDF")
    write_document(path, analysis_with(picture, Attachment(path="scans/old/x.pdf", size=4)), expected=None)
    return path


def packed(case: Path, target: Path) -> Path:
    pack(target, "case", read_document(case).loaded.analysis, home_of(case))
    return target


def everything_below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_what_is_packed_comes_out_in_another_folder(case: Path, tmp_path: Path) -> None:
    archive = packed(case, tmp_path / "case.ach.zip")
    unpacked = unpack(archive, tmp_path / "out")
    assert everything_below(tmp_path / "out") == {"case.ach.json", "case.files/picture.png", "scans/old/x.pdf"}
    assert (unpacked.files, unpacked.left_out) == (2, ())
    before, after = (read_document(path).loaded for path in (case, unpacked.document))
    assert after.analysis == before.analysis
    assert not after.problems
    entries = [item.attachments[0] for item in capture.waiting(after.analysis)]
    assert [state_of(home_of(unpacked.document), entry) for entry in entries] == [FileState.PRESENT] * 2


def test_files_that_are_missing_or_lead_elsewhere_are_named_and_not_packed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the words of the secret")
    folder = tmp_path / "case"
    (folder / "case.files").mkdir(parents=True)
    (folder / "case.files" / "link").symlink_to(secret)
    paths = ("../secret", str(secret), "case.files/link", "case.files/gone", "C:\\x", "\\\\server\\x")
    analysis = analysis_with(*(Attachment(path=path) for path in paths))
    packed = pack(tmp_path / "x.ach.zip", "x", analysis, home_of(folder / "case.ach.json"))
    assert (packed.files, set(packed.missing)) == (0, set(paths))
    with zipfile.ZipFile(tmp_path / "x.ach.zip") as archive:
        assert archive.namelist() == ["x.ach.json"]
        assert b"the words of the secret" not in archive.read("x.ach.json")


def test_packing_overwrites_nothing_unasked_and_leaves_nothing_half_done(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "case.ach.zip"
    target.write_text("mine")
    analysis, home = read_document(case).loaded.analysis, home_of(case)
    with pytest.raises(AlreadyExists):
        pack(target, "case", analysis, home)
    assert target.read_text() == "mine"

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(archive_module.os, "fsync", full)
        with pytest.raises(SaveFailed, match="the disk is full"):
            pack(target, "case", analysis, home, overwrite=True)
    assert target.read_text() == "mine"
    assert set(os.listdir(tmp_path)) == {"case", "case.ach.zip"}
    pack(target, "case", analysis, home, overwrite=True)
    assert zipfile.is_zipfile(target)


def test_an_analysis_that_repeats_itself_is_opened_again(tmp_path: Path) -> None:
    analysis = small_analysis()
    analysis.description = "x" * 5_000_000
    pack(tmp_path / "x.ach.zip", "x", analysis, Home(tmp_path, "x.files"))
    assert unpack(tmp_path / "x.ach.zip", tmp_path / "out").document.stat().st_size > 5_000_000


def test_a_picture_that_could_be_packed_very_small_is_opened_again(tmp_path: Path) -> None:
    home = home_of(tmp_path / "x.ach.json")
    entry = keep_bytes(home, "blank.bmp", bytes(5_000_000))
    pack(tmp_path / "x.ach.zip", "x", analysis_with(entry), home)
    assert unpack(tmp_path / "x.ach.zip", tmp_path / "out").files == 1


def test_what_would_not_be_opened_is_not_packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = home_of(tmp_path / "x.ach.json")
    names = ("a.png", "A.PNG")
    (tmp_path / "x.files").mkdir()
    for name in names:
        (tmp_path / "x.files" / name).write_bytes(b"1")
    analysis = analysis_with(*(Attachment(path=f"x.files/{name}") for name in names))
    with pytest.raises(SaveFailed, match="some systems take for one"):
        pack(tmp_path / "x.ach.zip", "x", analysis, home)
    monkeypatch.setattr(archive_module, "MOST_BYTES", 0)
    with pytest.raises(SaveFailed, match="larger than"):
        pack(tmp_path / "x.ach.zip", "x", analysis, home)
    assert not (tmp_path / "x.ach.zip").exists()


def test_a_folder_that_is_there_is_not_touched(case: Path, tmp_path: Path) -> None:
    archive = packed(case, tmp_path / "case.ach.zip")
    (tmp_path / "out").mkdir()
    with pytest.raises(AlreadyExists):
        unpack(archive, tmp_path / "out")
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    with pytest.raises(AlreadyExists):
        unpack(archive, tmp_path / "link")
    assert os.listdir(tmp_path / "out") == []


def test_names_of_folders_to_unpack_into(tmp_path: Path) -> None:
    assert name_in(Path("/x/My case.ACH.zip")) == "My case"
    assert name_in(Path("/x/...ach.zip")) == "_"
    assert free_folder(tmp_path, "case") == tmp_path / "case"
    (tmp_path / "case").mkdir()
    (tmp_path / "case 2").symlink_to("gone")
    assert free_folder(tmp_path, "case") == tmp_path / "case 3"


# What somebody who means harm could send


def archive_of(path: Path, *entries: tuple[Any, bytes], document: bool = True, named: tuple[str, ...] = ()) -> Path:
    """Write an archive with a sound analysis, which names the files `named`, and these entries."""
    attachments = [Attachment(path=name) for name in (*named, *(str(getattr(e, "filename", e)) for e, _d in entries))]
    with zipfile.ZipFile(path, "w") as archive:
        if document:
            archive.writestr("case.ach.json", encode(analysis_with(*attachments)))
        for name, data in entries:
            archive.writestr(name, data)
    return path


def special(name: str, kind: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (kind | 0o777) << 16
    return entry


def refused(archive: Path, tmp_path: Path, because: str = "was not unpacked") -> None:
    """Expect a refusal that leaves the folder as it was."""
    before = everything_below(tmp_path)
    with pytest.raises(StorageError, match=because):
        unpack(archive, tmp_path / "out")
    assert everything_below(tmp_path) == before
    assert not (tmp_path / "out").exists()
    assert not [name for name in os.listdir(tmp_path) if name.endswith(".ach-tmp")]


@pytest.mark.parametrize(
    "name",
    [
        "../evil.txt",
        "case.files/../../evil.txt",
        "/tmp/evil.txt",
        "C:\\evil.txt",
        "C:evil.txt",
        "..\\evil.txt",
        "\\\\server\\share\\evil.txt",
        "./evil.txt",
        "a//evil.txt",
        "evil.txt ",
        "NUL",
        "a\nb.txt",
        "case.files/x.png:hidden",
        ".git/config",
        ".case.ach.json.lock",
        "x" * 300,
    ],
)
def test_an_entry_that_would_land_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    refused(archive_of(tmp_path / "x.ach.zip", (name, b"evil")), tmp_path, "it would write outside its folder")


def test_an_entry_without_a_name_is_refused(tmp_path: Path) -> None:
    archive = archive_of(tmp_path / "x.ach.zip", ("Xgood.txt", b"evil"))
    archive.write_bytes(archive.read_bytes().replace(b"Xgood.txt", b"\0good.txt"))
    refused(archive, tmp_path, "it would write outside")


def test_a_zero_byte_in_a_name_is_refused(tmp_path: Path) -> None:
    archive = archive_of(tmp_path / "x.ach.zip", ("good.txtX../evil", b"evil"))
    archive.write_bytes(archive.read_bytes().replace(b"good.txtX", b"good.txt\0"))
    refused(archive, tmp_path, "it would write outside")


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK, stat.S_IFDIR])
def test_a_link_or_device_is_refused(tmp_path: Path, kind: int) -> None:
    entry = special("case.files/x", kind)
    refused(archive_of(tmp_path / "x.ach.zip", (entry, b"/etc/passwd")), tmp_path, "no file, such as a link")


def test_a_link_that_calls_itself_a_folder_is_refused(tmp_path: Path) -> None:
    entry = special("case.files/", stat.S_IFLNK)
    refused(archive_of(tmp_path / "x.ach.zip", (entry, b"")), tmp_path, "no file, such as a link")


def test_folders_of_another_program_are_passed_over(tmp_path: Path) -> None:
    path = archive_of(tmp_path / "x.ach.zip", ("case.files/", b""), ("case.files/x.png", b"x"))
    assert unpack(path, tmp_path / "out").files == 1
    assert everything_below(tmp_path / "out") == {"case.ach.json", "case.files/x.png"}


@pytest.mark.parametrize(
    "names", [("a.txt", "a.txt"), ("a.txt", "A.TXT"), ("é.txt", "e\u0301.txt"), ("a", "a/b"), ("x.ach.json", "y")]
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_entries_for_one_place_are_refused(tmp_path: Path, names: tuple[str, str]) -> None:
    refused(archive_of(tmp_path / "x.ach.zip", *((name, b"x") for name in names)), tmp_path)


def test_a_bomb_is_refused_by_its_ratio(tmp_path: Path) -> None:
    archive = tmp_path / "x.ach.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("case.ach.json", encode(analysis_with(Attachment(path="bomb"))))
        made.writestr("bomb", bytes(20_000_000))
    refused(archive, tmp_path, "too large")


def test_an_entry_that_is_more_than_it_says_is_refused(tmp_path: Path) -> None:
    archive, size = tmp_path / "x.ach.zip", 3_000_000
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("case.ach.json", encode(analysis_with(Attachment(path="bomb"))))
        made.writestr("bomb", bytes(size))
    raw = archive.read_bytes()
    assert raw.count(struct.pack("<L", size)) == 2
    archive.write_bytes(raw.replace(struct.pack("<L", size), struct.pack("<L", 1_000)))
    refused(archive, tmp_path)


def test_too_much_in_all_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_module, "MOST_TOTAL", 5_000)
    refused(archive_of(tmp_path / "x.ach.zip", ("a", os.urandom(3000)), ("b", os.urandom(3000))), tmp_path, "larger")


def test_one_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_module, "MOST_BYTES", 5_000)
    refused(archive_of(tmp_path / "x.ach.zip", ("a", os.urandom(6000))), tmp_path, "too large")


def test_too_many_entries_are_refused_before_they_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "x.ach.zip"
    with zipfile.ZipFile(archive, "w") as made:
        for number in range(MOST_ENTRIES + 1):
            made.writestr(str(number), b"")
    monkeypatch.setattr(archive_module.zipfile, "ZipFile", lambda *_given: pytest.fail("its directory was read"))
    refused(archive, tmp_path, "entries")


def test_entries_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    """The better bomb: many entries of one directory that lie over each other, each of them large."""
    kernel = os.urandom(4000)
    archive = archive_of(tmp_path / "x.ach.zip", *((f"f{number}", kernel) for number in range(3)))
    raw = bytearray(archive.read_bytes())
    directory = raw.index(b"PK\x01\x02")
    starts = []
    at = directory
    while raw[at : at + 4] == b"PK\x01\x02":
        name, extra, comment = struct.unpack_from("<3H", raw, at + 28)
        starts.append(at)
        at += 46 + name + extra + comment
    first = struct.unpack_from("<L", raw, starts[1] + 42)[0]
    for start in starts[2:]:
        struct.pack_into("<L", raw, start + 42, first)
    archive.write_bytes(raw)
    refused(archive, tmp_path)


@pytest.mark.parametrize("cut", [1, 10, 22, 60, 300])
def test_a_cut_off_archive_is_refused(case: Path, tmp_path: Path, cut: int) -> None:
    archive = packed(case, tmp_path / "x.ach.zip")
    archive.write_bytes(archive.read_bytes()[:-cut])
    refused(archive, tmp_path, "was not unpacked")


@pytest.mark.parametrize("where", ["before", "behind", "comment"])
def test_an_archive_with_something_around_it_is_refused(case: Path, tmp_path: Path, where: str) -> None:
    archive = packed(case, tmp_path / "x.ach.zip")
    raw = archive.read_bytes()
    if where == "comment":
        with zipfile.ZipFile(archive, "a") as made:
            made.comment = b"PK\x05\x06 two archives in one"
    else:
        archive.write_bytes(b"#!/bin/sh\n" + raw if where == "before" else raw + b"more")
    refused(archive, tmp_path, "was not unpacked")


def test_damaged_bytes_are_found(case: Path, tmp_path: Path) -> None:
    archive = packed(case, tmp_path / "x.ach.zip")
    raw = bytearray(archive.read_bytes())
    place = raw.index(b"\x89PNG")
    raw[place : place + 4] = b"EVIL"
    archive.write_bytes(raw)
    refused(archive, tmp_path, "damaged")


def test_an_encrypted_or_oddly_packed_archive_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "x.ach.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_LZMA) as made:
        made.writestr("case.ach.json", b"{}" * 100)
    refused(archive, tmp_path, "encrypted, or packed")
    archive = archive_of(tmp_path / "y.ach.zip")
    raw = bytearray(archive.read_bytes())
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    archive.write_bytes(raw)
    refused(archive, tmp_path, "encrypted, or packed")


@pytest.mark.parametrize("documents", [[], ["a.ach.json", "b.ach.json"], ["sub/a.ach.json"]])
def test_without_one_analysis_nothing_is_unpacked(tmp_path: Path, documents: list[str]) -> None:
    archive = archive_of(tmp_path / "x.ach.zip", *((name, b"{}") for name in documents), document=False)
    refused(archive, tmp_path, "does not hold one analysis")


def test_an_analysis_that_is_none_is_refused(tmp_path: Path) -> None:
    archive = archive_of(tmp_path / "x.ach.zip", ("case.ach.json", json.dumps({"a": 1}).encode()), document=False)
    refused(archive, tmp_path, "case.ach.json")


def test_what_the_analysis_does_not_name_stays_packed(tmp_path: Path) -> None:
    archive = archive_of(tmp_path / "x.ach.zip", ("named.txt", b"x"))
    with zipfile.ZipFile(archive, "a") as made:
        made.writestr("autorun.inf", b"evil")
    unpacked = unpack(archive, tmp_path / "out")
    assert unpacked.left_out == ("autorun.inf",)
    assert everything_below(tmp_path / "out") == {"case.ach.json", "named.txt"}


def test_an_analysis_whose_paths_are_hostile_unpacks_none_of_them(tmp_path: Path) -> None:
    archive = archive_of(tmp_path / "x.ach.zip", named=("../evil", "/etc/passwd", "case.ach.json"))
    assert unpack(archive, tmp_path / "out").files == 0
    assert everything_below(tmp_path / "out") == {"case.ach.json"}


@pytest.mark.parametrize("content", [b"", b"x", b"PK\x05\x06", b"PK\x05\x06" + bytes(18), bytes(100)])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.ach.zip").write_bytes(content)
    refused(tmp_path / "x.ach.zip", tmp_path, "was not unpacked")


def test_a_folder_a_pipe_and_nothing_are_said_to_be_no_archive(tmp_path: Path) -> None:
    (tmp_path / "a.ach.zip").mkdir()
    os.mkfifo(tmp_path / "b.ach.zip")
    for name in ("a", "b", "c"):
        with pytest.raises(UnreadableFile, match="cannot be opened"):
            unpack(tmp_path / f"{name}.ach.zip", tmp_path / "out")
