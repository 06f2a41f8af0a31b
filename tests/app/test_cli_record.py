"""``ach record``: what was concluded and what came, over a folder that may hold anything."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from helpers.analyses import small_case

from ach_desk.app.cli import main
from ach_desk.commands import conclusions
from ach_desk.model import Analysis, LikelihoodScale
from ach_desk.model.conclusions import conclusion_on
from ach_desk.storage import folder as folder_module
from ach_desk.storage.codec import encode
from ach_desk.storage.folder import analyses_under


def analysis(question: str, *ranges: tuple[float, float], true: int | None = 1) -> Analysis:
    """Return a case concluded in numbers, of which H`true` (0: none of them, None: not known) proved true."""
    case = small_case(len(ranges), 1, rated=True)
    found, matrix = case.analysis, case.matrix
    found.question = question
    conclusions.begin(found, matrix, case.analyst, LikelihoodScale.NONE).apply(found)

    def set_field(kind: str, name: str, value: object) -> None:
        records = found.conclusions if kind == "conclusion" else found.outcomes
        conclusions.set_field(found, kind, next(iter(records)), name, value).apply(found)

    set_field("conclusion", "exclusive", True)
    set_field("conclusion", "date", "2023-06-25")
    for number, around in enumerate(ranges, 1):
        present = conclusion_on(found, matrix.id)
        assert present is not None
        conclusions.set_numbers(found, present, case.h(number), around).apply(found)
    if true is not None:
        conclusions.begin_outcome(found, matrix, case.analyst).apply(found)
        set_field("outcome", "known", "2024-02")
        set_field("outcome", "true", (case.h(true),) if true else ())
        set_field("outcome", "none_of_them", true == 0)
    return found


def put(path: Path, found: Analysis) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encode(found))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "cases"
    put(place / "a.ach.json", analysis("Who?", (60, 80), (20, 40)))
    put(place / "below" / "b.ach.json", analysis("Why?", (80, 100), (0, 20), true=2))
    put(place / "open.ach.json", analysis("When?", (60, 80), (20, 40), true=None))
    (place / "notes.txt").write_text("nothing of ours")
    return place


def record(*args: object) -> int:
    return main(["record", *map(str, args)])


def test_the_record_in_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert record(folder) == 0
    out = capsys.readouterr().out
    for part in (
        "Who? (a.ach.json)\n  concluded 2023-06-25, known since 2024-02\n  H1 60–80 %, H2 20–40 %\n  H1 proved true.\n",
        "Brier score 0.18: 0 is certain and right, 2 is certain and wrong.",
        "Why? (below/b.ach.json)",
        "Brier score 1.62",
        "Mean Brier score 0.90 over 2 cases. That is too few to say anything.",
        "too few to say",
    ):
        assert part in out
    assert "When?" not in out, "nothing is known of it"


def test_the_json_has_exact_numbers(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert record(folder, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["format", "cases", "mean_brier", "calibration", "too_few", "problems"]
    assert [case["brier"] for case in found["cases"]] == pytest.approx([0.18, 1.62])
    assert found["mean_brier"] == pytest.approx(0.9)
    assert found["cases"][0]["hypotheses"][0] == {
        "label": "H1",
        "title": "Explanation 1",
        "word": "",
        "low": 60.0,
        "high": 80.0,
        "true": True,
    }
    bands = [(band["low"], band["statements"], band["true"], band["enough"]) for band in found["calibration"]]
    assert bands == [(0, 1, 1, False), (20, 1, 0, False), (40, 0, 0, False), (60, 1, 1, False), (80, 1, 0, False)]


def test_bad_files_are_told_and_passed_over(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "bad.ach.json").write_bytes(b"\x00not json")
    (folder / "folder.ach.json").mkdir()
    os.mkfifo(folder / "pipe.ach.json")
    assert record(folder) == 1
    captured = capsys.readouterr()
    for name in ("bad.ach.json", "folder.ach.json", "pipe.ach.json"):
        assert name in captured.err
    assert "Brier score 0.18" in captured.out


def test_links_are_not_followed(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outside = tmp_path / "outside"
    put(outside / "secret.ach.json", analysis("Secret?", (60, 80), (20, 40)))
    (folder / "link.ach.json").symlink_to(outside / "secret.ach.json")
    (folder / "links").symlink_to(outside)
    (folder / "ring").symlink_to(folder)
    assert record(folder) == 1
    captured = capsys.readouterr()
    assert "Secret?" not in captured.out
    assert "link.ach.json: a link, which is not followed" in captured.err
    assert captured.out.count("Who?") == 1


def test_a_folder_that_is_none_and_one_without_outcomes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert record(tmp_path / "nowhere") == 2
    assert "is not a folder" in capsys.readouterr().err
    put(tmp_path / "a.ach.json", analysis("When?", (60, 80), (20, 40), true=None))
    assert record(tmp_path) == 0
    assert capsys.readouterr().out == "No outcome is entered in these analyses.\n"


def test_the_number_of_files_and_levels_is_bounded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_module, "MOST_FILES", 1)
    found = list(analyses_under(folder))
    assert [one.analysis is not None for one in found] == [True, False]
    assert "More than 1 analyses" in found[-1].problem
    monkeypatch.setattr(folder_module, "MOST_FILES", 100)
    monkeypatch.setattr(folder_module, "MOST_LEVELS", 0)
    problems = [one.problem for one in analyses_under(folder) if one.analysis is None]
    assert problems == ["too many folders within each other; it was passed over"]
    monkeypatch.setattr(folder_module, "MOST_ENTRIES", 2)
    assert [one.problem for one in analyses_under(folder)] == ["The folder holds too much; the rest was passed over."]


def test_a_case_where_none_proved_true_counts_the_rest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(tmp_path / "a.ach.json", analysis("Who?", (30, 30), (30, 30), true=0))
    assert record(tmp_path) == 0
    out = capsys.readouterr().out
    assert "None of them proved true." in out
    assert "Brier score 0.54" in out


def test_score_shows_the_conclusion(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", str(folder / "a.ach.json")]) == 0
    out = capsys.readouterr().out
    assert "Conclusion:\n- H1 Explanation 1: 60–80 %\n- H2 Explanation 2: 20–40 %\n" in out
    assert main(["score", "--json", str(folder / "a.ach.json")]) == 0
    found = json.loads(capsys.readouterr().out)["conclusion"]
    assert (found["scale"], found["exclusive"], found["date"]) == ("none", True, "2023-06-25")
    assert found["likelihoods"][1] == {"label": "H2", "word": "", "low": 20.0, "high": 40.0, "reason": ""}
