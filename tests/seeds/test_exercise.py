"""The three-person exercise: the files are what the program makes, and they teach what they are said to teach."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.analyses import state_of

from ach_desk import paths
from ach_desk.app.cli import main
from ach_desk.model import Analysis, RoundState
from ach_desk.scoring.inconsistency import standing
from ach_desk.scoring.table import build_table
from ach_desk.storage.files import read_document
from scripts.exercise import FOLDER, files
from scripts.exercise_people import PEOPLE

MOST_BYTES = 80_000


def folder() -> Path:
    return paths.seeds() / FOLDER


def opened(name: str) -> Analysis:
    loaded = read_document(folder() / name).loaded
    assert loaded.problems == ()
    return loaded.analysis


def rater(analysis: Analysis, name: str) -> str:
    return next(entry.id for entry in analysis.analysts.values() if entry.name == name)


def test_the_files_are_what_the_program_makes() -> None:
    made = files()
    there = {path.relative_to(folder()).as_posix() for path in folder().rglob("*") if path.is_file()}
    assert there == {*made, "README.md"}
    for name, data in made.items():
        assert (folder() / name).read_bytes() == data, f"{name}: python -m scripts.exercise"
        assert len(data) < MOST_BYTES


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.name)
def test_what_is_handed_out_holds_nobody_s_judgement_and_what_returns_holds_one(person) -> None:
    given, back = (opened(f"{where}/{person.name}.ach.json") for where in ("handed-out", "returned"))
    assert list(given.rating_cells()) == []
    assert [entry.name for entry in given.analysts.values()] == [person.name]
    assert {cell[1] for cell in back.rating_cells()} == {rater(back, person.name)}
    assert len(list(back.rating_cells())) >= 17 * 4
    assert given.matrices[0].evidence != opened("lead.ach.json").matrices[0].evidence


def test_three_people_have_three_leaders() -> None:
    analysis = opened("collected.ach.json")
    matrix = analysis.matrices[0]
    leaders = []
    for person in PEOPLE:
        table = build_table(analysis, matrix, rater(analysis, person.name))
        counts = standing(table).weighted_inconsistency
        leaders.append(analysis.hypotheses[matrix.hypotheses[int(counts.argmax())]].label)
    assert leaders == ["H3", "H4", "H1"]


def test_the_item_that_one_of_them_added_is_rated_by_that_one_alone() -> None:
    analysis = opened("collected.ach.json")
    (item,) = (entry for entry in analysis.evidence.values() if entry.label == "E21")
    assert {cell[1] for cell in analysis.rating_cells() if cell[2] == item.id} == {rater(analysis, "Piotr Lang")}
    assert "apparently" in next(entry.title for entry in analysis.evidence.values() if entry.label == "E6")
    assert len(analysis.remarks) == 3


def test_stated_probabilities_are_not_coherent_which_is_what_pooling_is_for() -> None:
    analysis = opened("collected.ach.json")
    for person in PEOPLE:
        by = rater(analysis, person.name)
        said = [entry.probability or 0 for entry in analysis.estimates.values() if entry.analyst == by]
        assert len(said) == 4
        assert abs(sum(said) - 1) > 0.02


def test_the_report_says_that_they_do_not_agree_and_what_they_hold_likely_together() -> None:
    report = (folder() / "report.md").read_text("utf-8")
    assert "1 analyst leads with H1, 1 analyst leads with H3 and 1 analyst leads with H4." in report
    assert "Worth talking about, most first:" in report
    assert "Mean (linear pool)" in report
    assert "invented" in report


def test_the_command_line_makes_the_same_of_the_returned_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, again = tmp_path / "out.ach.json", tmp_path / "again.ach.json"
    arguments = [str(folder() / "lead.ach.json"), str(folder() / "returned"), "--take-new"]
    assert main(["collect", *arguments, "-o", str(out)]) == 1  # E6 in other words was left out
    assert "E6, title" in capsys.readouterr().err
    made = read_document(out).loaded.analysis
    shipped = opened("collected.ach.json")
    assert {entry.state for entry in shipped.rounds.values()} == {RoundState.REVEALED}
    shipped.rounds = made.rounds  # which the lead revealed after it
    assert state_of(made) == state_of(shipped)
    assert main(["collect", str(out), str(folder() / "returned"), "--take-new", "-o", str(again)]) == 1
    assert again.read_bytes() == out.read_bytes()
    assert "nothing new" in capsys.readouterr().out
