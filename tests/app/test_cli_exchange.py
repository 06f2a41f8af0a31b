"""Files of other programs on the command line: read, written and converted by their endings, with what was lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from helpers.foreign import INTEL_WORKBENCH, ParcItem, json_bytes, parc_file, parc_matrix

from ach_desk import paths
from ach_desk.app.cli import main
from ach_desk.storage.file_model import schema
from ach_desk.storage.files import read_document

SEED = paths.seeds() / "russia-june-2023.ach.json"


@pytest.fixture
def lee(tmp_path: Path) -> Path:
    """Return a file of PARC ACH with something in it that is not known."""
    item = ParcItem("Tapes are missing", ["C", "II"], {"MOOD": "calm", "CREDIBILITY": "HIGH"})
    file = tmp_path / "lee.achz"
    file.write_bytes(parc_file(parc_matrix(["Spy", "Careless"], [item])))
    return file


def test_a_parc_file_becomes_an_analysis_and_what_is_not_known_is_said(
    lee: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "lee.ach.json"
    assert main(["convert", str(lee), str(output)]) == 1, "something was left out"
    said = capsys.readouterr()
    assert "2 hypotheses" in said.out
    assert "Item 1: the element MOOD is not known and was left out: “calm”." in said.err
    analysis = read_document(output).loaded.analysis
    assert [entry.title for entry in analysis.hypotheses.values()] == ["Spy", "Careless"]
    assert main(["validate", str(output)]) == 0


def test_import_names_question_and_analyst(lee: Path, tmp_path: Path) -> None:
    output = tmp_path / "lee.ach.json"
    assert main(["import", str(lee), "-o", str(output), "--question", "Why?", "--analyst", "Ann"]) == 1
    analysis = read_document(output).loaded.analysis
    assert analysis.question == "Why?"
    assert [entry.name for entry in analysis.analysts.values()] == ["Ann"]


def test_from_another_program_to_stix_and_back_the_scores_stay(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bundle, back = tmp_path / "june.stix.json", tmp_path / "june.ach.json"
    assert main(["convert", str(SEED), str(bundle)]) == 0
    assert "Left out: the history." in capsys.readouterr().err
    assert main(["convert", str(bundle), str(back)]) == 0
    capsys.readouterr()
    scores = []
    for file in (SEED, back):
        assert main(["score", str(file), "--json"]) == 0
        scores.append(json.loads(capsys.readouterr().out)["hypotheses"])
    assert scores[0] == scores[1]


def test_json_is_known_by_what_is_in_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project, output = tmp_path / "project.json", tmp_path / "x.ach.json"
    project.write_bytes(json_bytes(INTEL_WORKBENCH))
    assert main(["convert", str(project), str(output)]) == 1
    assert "1 checklist of biases." in capsys.readouterr().err
    assert len(read_document(output).loaded.analysis.evidence) == 2


@pytest.mark.parametrize(
    ("output", "sentence"),
    [("x.ach", "is not publicly known"), ("x.docx", "such a file is not written")],
)
def test_what_is_not_written_is_refused_with_the_endings_that_are(
    lee: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], output: str, sentence: str
) -> None:
    assert main(["convert", str(lee), str(tmp_path / output)]) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert ".stix.json" in said
    assert not (tmp_path / output).exists()


def test_a_hostile_file_is_refused_with_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "evil.achz"
    file.write_bytes(b'<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><A><MATRIX><NAME>&x;</NAME></MATRIX></A>')
    assert main(["convert", str(file), str(tmp_path / "x.ach.json")]) == 2
    assert "evil.achz declares entities" in capsys.readouterr().err


def test_the_schema_is_printed_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == schema()
    output = tmp_path / "schema.json"
    assert main(["schema", "-o", str(output)]) == 0
    assert json.loads(output.read_text(encoding="utf-8")) == schema()
    assert main(["schema", "-o", str(output)]) == 2, "it exists"
