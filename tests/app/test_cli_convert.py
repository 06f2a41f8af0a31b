"""`ach convert`: by the endings of the names, with the report on the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.sheets import full_case, inline_rows, xlsx

from ach_desk.app.cli import main
from ach_desk.exchange.formats import FORMATS, MAX_BYTES, RefusedFileError, endings, format_of, read_bytes
from ach_desk.storage.codec import encode
from ach_desk.storage.files import read_document


def run(*args: str | Path) -> int:
    return main([str(arg) for arg in args])


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "case.ach.json"
    path.write_bytes(encode(full_case().analysis))
    return path


@pytest.mark.parametrize("ending", endings(written=True))
def test_there_and_back(case: Path, tmp_path: Path, ending: str, capsys: pytest.CaptureFixture[str]) -> None:
    out, back = tmp_path / f"out{ending}", tmp_path / "back.ach.json"
    half_steps = ending == ".achz"  # C- and I-, which such a file does not know
    assert run("convert", case, out) == (1 if half_steps else 0)
    left_out = capsys.readouterr().err
    has_room = ending in (".stix.json", ".txt")  # a list has not even the place where a name would be missed
    assert ("Left out: the name of the analyst." in left_out) is not has_room
    assert run("convert", out, back) == 0
    said = capsys.readouterr().out
    assert "4 items" in said
    assert f"{back} was written." in said
    found = read_document(back).loaded
    assert found.problems == ()
    assert [item.title for item in found.analysis.evidence.values()] == full_case().titles


def test_what_was_left_out_is_complained_about(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = tmp_path / "sheet.xlsx"
    sheet.write_bytes(xlsx(("A", inline_rows(["Evidence", "Coup"], ["Tanks", "C"], ["Fire", "C"], ["Calls", "maybe"]))))
    assert run("convert", sheet, tmp_path / "out.ach.json") == 1
    assert "B4: “maybe” is not understood" in capsys.readouterr().err
    assert (tmp_path / "out.ach.json").exists()


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [
        ("case.ach.json", "out.doc", "is not written"),
        ("case.ach.json", "out.pdf", "written by: ach report"),
        ("case.ach.json", "out.ach", "not publicly known"),
        ("case.ach.json", "out", ".xlsx .ods .csv .tsv"),
        ("picture.png", "out.ach.json", "is not read"),
        ("none.xlsx", "out.ach.json", "no such file"),
    ],
)
def test_what_cannot_be_is_said(
    case: Path, tmp_path: Path, source: str, target: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("convert", tmp_path / source, tmp_path / target) == 2
    assert words in capsys.readouterr().err
    assert not (tmp_path / target).exists()


def test_nothing_is_written_when_nothing_can_be_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = tmp_path / "words.xlsx"
    sheet.write_bytes(xlsx(("A", inline_rows(["only words"]))))
    assert run("convert", sheet, tmp_path / "out.ach.json") == 1
    assert "looks like a matrix" in capsys.readouterr().err
    assert not (tmp_path / "out.ach.json").exists()


def test_an_existing_file_is_overwritten_on_request_only(case: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("mine")
    assert run("convert", case, out) == 2
    assert out.read_text() == "mine"
    assert run("convert", case, out, "--force") == 0
    assert run("convert", case, case, "--force") == 2, "the file that is read is never overwritten"


def test_every_format_finds_its_functions_and_the_longest_ending_counts(tmp_path: Path) -> None:
    for entry in FORMATS:
        assert format_of(f"x{entry.ending.upper()}") is entry
        assert callable(entry.reader()) if entry.read else entry.write
        assert not entry.write or callable(entry.writer())
        assert entry.title()
    assert format_of("x.ach.json") is None or format_of("x.ach.json") in FORMATS
    with (tmp_path / "large.csv").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(RefusedFileError, match="larger than 64 MB"):
        read_bytes(tmp_path / "large.csv")
