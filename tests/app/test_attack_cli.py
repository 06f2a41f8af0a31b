"""The command line given hostile names and files: one sentence, nothing done to the terminal."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from helpers.sessions import small_analysis

from ach_desk.app.cli import main
from ach_desk.storage.files import write_document

MARKUP = '<b>x</b> \x1b[31m \x1b]0;t\x07 \u202e \u2028 \x80 #set text(red) #read("/etc/passwd") $x$ \\ */'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "case.ach.json"
    write_document(path, small_analysis(), expected=None)
    return path


def said(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    output, errors = capsys.readouterr()
    assert "defect of the program" not in errors
    assert not any(character in output + errors for character in "\x1b\x07\x80\u202e\u2028")
    return output, errors


@pytest.mark.parametrize("kind", ["pipe", "loop", "folder", "long name", "long path", "/dev/null"])
def test_no_output_is_written_where_there_is_no_file(
    kind: str, path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = {"long name": tmp_path / ("n" * 300), "long path": tmp_path / ("p/" * 3000), "/dev/null": Path("/dev/null")}
    output = names.get(kind, tmp_path / "there")
    if kind == "pipe":
        os.mkfifo(output)
    elif kind == "loop":
        output.symlink_to(output)
    elif kind == "folder":
        output.mkdir()
    for command in (["new"], ["export", str(path)]):
        assert main([*command, "-o", str(output), "--force"]) == 2
        assert "was not" in said(capsys)[1]
    assert not output.is_file() if kind in ("pipe", "folder", "/dev/null") else True


@pytest.mark.parametrize("kind", ["pipe", "loop", "zero", "."])
def test_what_is_no_file_is_named_and_refused_at_once(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = {"zero": Path("/dev/zero"), ".": Path(".")}.get(kind, tmp_path / "there")
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "loop":
        place.symlink_to(place)
    for command in ("validate", "score"):
        assert main([command, str(place)]) == 2
        errors = said(capsys)[1]
        assert "cannot be opened" in errors
        assert not errors.startswith(" ")


@pytest.mark.parametrize("name", [b"\xff\xfe", b"new\nline\x1b[31m", b"'\"`$(x)", b"-dash", "\u202e\u2028".encode()])
def test_a_file_of_any_name_can_be_used(name: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = os.path.join(str(tmp_path), os.fsdecode(name) + ".ach.json")
    assert main(["new", "-o", path]) == 0
    assert main(["validate", path]) == 0
    assert main(["export", path, "-o", path + ".csv"]) == 0
    said(capsys)


@pytest.mark.parametrize("lists", ["no matrix", "no analyst", "sheets without analysts", "listed twice", "cycle"])
def test_a_strange_shape_is_scored_or_refused_in_words(
    lists: str, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads(path.read_text())
    matrix, hypotheses = document["matrices"][0], document["hypotheses"]
    if lists == "no matrix":
        document["matrices"] = []
    elif lists == "no analyst":
        document["analysts"], matrix["sheets"] = [], []
    elif lists == "sheets without analysts":
        document["analysts"] = []
    elif lists == "listed twice":
        matrix["evidence"] *= 2
        matrix["hypotheses"] *= 2
    else:
        for one, other in ((0, 1), (1, 0)):
            hypotheses[one]["combines"] = [hypotheses[other]["id"]]
    path.write_text(json.dumps(document))
    for command in ("validate", "score"):
        assert main([command, str(path)]) in (0, 1)
        output, errors = said(capsys)
        assert output or errors
    code = main(["score", "--json", str(path)])
    output, _errors = said(capsys)
    assert code == 1 if lists == "no matrix" else json.loads(output)["format"] == 1


def test_markup_and_escapes_in_every_field_do_nothing_to_terminal_or_json(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads(path.read_text())
    document["question"] = document["notice"] = document["matrices"][0]["name"] = MARKUP
    document["analysts"][0]["name"] = MARKUP
    for record in (*document["hypotheses"], *document["evidence"]):
        record.update(title=MARKUP, note=MARKUP, label=MARKUP + record["label"])
    path.write_text(json.dumps(document))
    for command in (["validate", "--findings"], ["score"], ["score", "--json"]):
        assert main([*command, str(path)]) == 0
        output = said(capsys)[0]
    assert json.loads(output)["hypotheses"][0]["title"] == MARKUP
