"""`ach handout` and `ach collect`: the files, the report on the terminal, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from helpers.analyses import Case, small_case

from ach_desk.app.cli import main
from ach_desk.commands import edits
from ach_desk.model import Analysis, Attachment, RatingValue
from ach_desk.storage.archive import pack, unpack
from ach_desk.storage.attachments import home_of
from ach_desk.storage.codec import encode
from ach_desk.storage.files import read_document


def run(*args: str | Path) -> int:
    return main([str(arg) for arg in args])


@pytest.fixture
def case(tmp_path: Path) -> Case:
    made = small_case(3, 4, rated=True)
    (tmp_path / "case.ach.json").write_bytes(encode(made.analysis))
    return made


def opened(path: Path) -> Analysis:
    return read_document(path).loaded.analysis


def rate(path: Path, case: Case, item: int, value: RatingValue) -> None:
    """Rate an item under H1 in a file that was handed out."""
    analysis = opened(path)
    by = next(iter(analysis.analysts))
    edits.rate(analysis, analysis.matrices[0], by, [(case.e(item), case.h(1))], value).apply(analysis)
    path.write_bytes(encode(analysis))


def hand_out(tmp_path: Path, *further: str) -> list[Path]:
    out = tmp_path / "out"
    assert run("handout", tmp_path / "case.ach.json", "--to", "Ann B", "--to", "Ben", "-d", out, *further) == 0
    return sorted(out.iterdir())


def test_a_file_for_each_and_back_again(case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = hand_out(tmp_path)
    assert [path.name for path in files] == ["case - Ann B.ach.json", "case - Ben.ach.json"]
    before = (tmp_path / "case.ach.json").read_bytes()
    rate(files[0], case, 1, RatingValue.CONSISTENT)
    rate(files[1], case, 2, RatingValue.INCONSISTENT)
    capsys.readouterr()
    merged = tmp_path / "merged.ach.json"
    assert run("collect", tmp_path / "case.ach.json", tmp_path / "out", "-o", merged) == 0
    said = capsys.readouterr().out
    assert "case - Ann B.ach.json (Ann B): 1 cell rated." in said
    assert "case - Ben.ach.json (Ben): 1 cell rated." in said
    found = opened(merged)
    assert [entry.name for entry in found.analysts.values()] == ["Analyst 1", "Ann B", "Ben"]
    assert len(list(found.rating_cells())) == 12 + 2
    assert found.trail
    assert (tmp_path / "case.ach.json").read_bytes() == before


def test_the_seed_is_said_and_gives_the_same_orders_again(
    case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = [opened(path).matrices[0].evidence for path in hand_out(tmp_path, "--shuffle")]
    seed = opened(tmp_path / "out" / "case - Ben.ach.json").handed_out
    assert seed is not None
    assert f"with the seed {seed.seed}." in capsys.readouterr().out
    again = [opened(path).matrices[0].evidence for path in hand_out(tmp_path, "--seed", str(seed.seed), "--force")]
    assert first == again


def test_nothing_is_written_over_unless_it_is_said(
    case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = hand_out(tmp_path)
    kept = files[1].read_bytes()
    files[0].unlink()
    assert run("handout", tmp_path / "case.ach.json", "--to", "Ann B", "--to", "Ben", "-d", tmp_path / "out") == 2
    assert "exists already" in capsys.readouterr().err
    assert not files[0].exists()
    assert files[1].read_bytes() == kept


def test_two_names_that_would_be_one_file_get_two(case: Case, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("handout", tmp_path / "case.ach.json", "--to", "A/B", "--to", "A:B", "--to", "a/b", "-d", out) == 0
    assert sorted(path.name for path in out.iterdir()) == ["case - A B 2.ach.json", "case - A B.ach.json"]


def test_what_was_left_out_gives_code_1_and_is_said(
    case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = hand_out(tmp_path)
    theirs = opened(files[0])
    edits.add_items(theirs, theirs.matrices[0], [{"title": "A letter"}]).apply(theirs)
    edits.set_field(theirs, "hypothesis", [case.h(1)], "title", "Other words", "").apply(theirs)
    files[0].write_bytes(encode(theirs))
    lead, out = tmp_path / "case.ach.json", tmp_path / "m.ach.json"
    assert run("collect", lead, files[0], "-o", out) == 1
    assert "– New item: “A letter”" in capsys.readouterr().err
    assert next(entry.title for entry in opened(out).hypotheses.values()) == "Explanation 1"
    assert run("collect", lead, files[0], "-o", out, "--force", "--take-new", "--take-words") == 0
    found = opened(out)
    assert [entry.title for entry in found.evidence.values()][-1] == "A letter"
    assert next(entry.title for entry in found.hypotheses.values()) == "Other words"


def test_files_of_another_analysis_and_broken_ones_are_refused_and_the_rest_is_taken(
    case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = hand_out(tmp_path)
    rate(files[0], case, 1, RatingValue.CONSISTENT)
    (tmp_path / "broken.ach.json").write_text("{")
    (tmp_path / "other.ach.json").write_bytes(encode(small_case(1, 0).analysis))
    given = [files[0], tmp_path / "broken.ach.json", tmp_path / "other.ach.json", tmp_path / "none.ach.json"]
    assert run("collect", tmp_path / "case.ach.json", *given, "-o", tmp_path / "m.ach.json") == 1
    said = capsys.readouterr()
    assert "other.ach.json is of another analysis" in said.out
    assert "Of 3 files something was left out." in said.err
    assert len(list(opened(tmp_path / "m.ach.json").rating_cells())) == 13
    assert run("collect", tmp_path / "case.ach.json", *given[1:], "-o", tmp_path / "n.ach.json") == 1
    assert not (tmp_path / "n.ach.json").exists()


@pytest.mark.parametrize("arguments", [["--to", " "], ["--to", "Ann", "--matrix", "Nowhere"]])
def test_wrong_usage_is_said(case: Case, tmp_path: Path, arguments: list[str]) -> None:
    assert run("handout", tmp_path / "case.ach.json", "-d", tmp_path / "out", *arguments) == 2
    assert not (tmp_path / "out").exists()


def test_an_empty_folder_is_said(case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    assert run("collect", tmp_path / "case.ach.json", tmp_path / "empty", "-o", tmp_path / "m.ach.json") == 2
    assert "holds no analysis" in capsys.readouterr().err


def test_attached_files_travel_in_an_archive_for_each(
    case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of the items that are handed out and no others; and an archive is collected as it came back."""
    for number, name in ((1, "cable.pdf"), (2, "gone.pdf"), (3, "aside.pdf")):
        new = (Attachment(path=f"case.files/{name}"),)
        edits.set_field(case.analysis, "evidence", [case.e(number)], "attachments", new).apply(case.analysis)
    edits.set_aside(case.analysis, [case.e(3)], "not now").apply(case.analysis)
    (tmp_path / "case.ach.json").write_bytes(encode(case.analysis))
    (tmp_path / "case.files").mkdir()
    for name in ("cable.pdf", "aside.pdf"):
        (tmp_path / "case.files" / name).write_bytes(name.encode())
    out = tmp_path / "packed"
    given = ("handout", tmp_path / "case.ach.json", "--to", "Ann B", "-d")
    assert run(*given, tmp_path / "plain") == 0
    assert "2 attached files stay here" in capsys.readouterr().out
    assert run(*given, out, "--with-files") == 1
    assert "gone.pdf" in capsys.readouterr().err
    (archive,) = out.iterdir()
    assert archive.name == "case - Ann B.ach.zip"
    unpacked = unpack(archive, tmp_path / "ann")
    assert (tmp_path / "ann" / "case.files" / "cable.pdf").read_bytes() == b"cable.pdf"
    assert not (tmp_path / "ann" / "case.files" / "aside.pdf").exists()
    rate(unpacked.document, case, 1, RatingValue.CONSISTENT)
    home = home_of(unpacked.document)
    back = tmp_path / "back"
    back.mkdir()
    pack(back / "case - Ann B.ach.zip", "case", opened(unpacked.document), home)
    merged = tmp_path / "merged.ach.json"
    assert run("collect", tmp_path / "case.ach.json", back, "-o", merged) == 0
    assert "case - Ann B.ach.zip (Ann B): 1 cell rated." in capsys.readouterr().out


def test_a_damaged_archive_is_refused_and_the_rest_taken(
    case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = hand_out(tmp_path)
    rate(files[0], case, 1, RatingValue.CONSISTENT)
    bad = tmp_path / "out" / "bad.ach.zip"
    bad.write_bytes(b"PK\x03\x04 nothing of the kind")
    merged = tmp_path / "merged.ach.json"
    assert run("collect", tmp_path / "case.ach.json", tmp_path / "out", "-o", merged) == 1
    said = capsys.readouterr()
    assert "bad.ach.zip was not unpacked: it is damaged or cut off" in said.out + said.err
    assert len(list(opened(merged).rating_cells())) == 12 + 1


def test_a_returned_file_of_a_newer_version_is_not_guessed_at(
    case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = hand_out(tmp_path)
    rate(files[0], case, 1, RatingValue.CONSISTENT)
    data = json.loads(files[1].read_bytes())
    files[1].write_text(json.dumps({**data, "version": data["version"] + 1}))
    merged = tmp_path / "merged.ach.json"
    assert run("collect", tmp_path / "case.ach.json", tmp_path / "out", "-o", merged) == 1
    said = capsys.readouterr()
    assert f"{files[1].name} was written by a newer version" in said.out + said.err
    assert len(list(opened(merged).rating_cells())) == 12 + 1
