"""The examples of the chapter on Python run, one after the other, and give what the command line gives."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import ach_desk
from ach_desk import paths
from ach_desk.app.cli import main
from ach_desk.model.method_settings import settings_of_new

CHAPTER = paths.manual() / "scripting.md"
SEED = paths.seeds() / "russia-june-2023.ach.json"


def test_the_examples_run_one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(SEED, tmp_path / "june.ach.json")
    monkeypatch.chdir(tmp_path)
    examples = re.findall(r"```python\n(.*?)```", CHAPTER.read_text(encoding="utf-8"), re.DOTALL)
    printed: list[str] = []
    names: dict[str, object] = {"print": lambda *parts: printed.append(" ".join(map(str, parts)))}
    for example in examples:
        exec(compile(example, str(CHAPTER), "exec"), names)
    text = "\n".join(printed)
    assert "20 items x 4 hypotheses" in text
    assert "H4 has the least evidence against it; H3 is close." in text
    assert "H1 4 -7.12" in text
    assert "there-is-no-such.ach.json" in text
    assert {path.name for path in tmp_path.iterdir()} >= {"consistency.svg", "heatmap.png", "copy.ach.json"}
    assert (tmp_path / "heatmap.png").read_bytes().startswith(b"\x89PNG")
    assert ach_desk.open("for-others.stix.json").score()["leaders"] == ["H4"]


def test_it_says_what_the_command_line_says(capsys: pytest.CaptureFixture[str]) -> None:
    case = ach_desk.open(SEED)
    for words, found in (
        (["score", str(SEED), "--json", "--all"], case.score(every_method=True)),
        (["robustness", str(SEED), "--json", "--draws", "50"], case.robustness(draws=50)),
        (
            ["robustness", str(SEED), "--json", "--draws", "50", "--method", "bayes_sources"],
            case.robustness("bayes_sources", draws=50),
        ),
    ):
        assert main(words) == 0
        assert json.loads(capsys.readouterr().out) == found


def test_records_keep_unrated_and_not_applicable_apart(tmp_path: Path) -> None:
    case = ach_desk.open(paths.seeds() / "russia-june-2023-unrated.ach.json")
    assert {row["rating"] for row in case.to_records()} == {None}
    assert len(case.to_records()) == len(case.matrix.evidence) * len(case.matrix.hypotheses)
    assert ach_desk.new("Why?").to_records() == []
    saved = ach_desk.new("Why?").save(tmp_path / "new.ach.json")
    assert ach_desk.open(saved).analysis.question == "Why?"
    assert ach_desk.open(saved).matrix.method_settings == settings_of_new()


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda case, folder: case.save(folder / "x.docx"), "such a file is not written"),
        (lambda case, folder: case.chart("pie"), "There is no chart “pie”"),
        (lambda case, folder: case.chart("ranking", folder / "x.gif"), "written as .svg, .pdf or .png"),
        (lambda case, folder: case.chart("ranking", colour="red"), "A chart has these options"),
        (lambda case, folder: case.view(matrix="Matrix 9"), "There is no “Matrix 9”; there is: Matrix 1"),
        (lambda case, folder: case.robustness("guessing"), "There is no robustness by “guessing”"),
        (lambda case, folder: ach_desk.open(folder / "no.achz"), "there is no such file"),
        (lambda case, folder: case.chart("ranking", folder / "no" / "x.svg"), "its folder"),
    ],
)
def test_a_refusal_is_a_sentence(act: Callable[[Any, Path], object], sentence: str, tmp_path: Path) -> None:
    with pytest.raises(ach_desk.AchError, match=re.escape(sentence)):
        act(ach_desk.open(SEED), tmp_path)


def test_a_file_that_exists_is_kept_unless_said(tmp_path: Path) -> None:
    case = ach_desk.open(SEED)
    for name in ("x.ach.json", "x.stix.json"):
        case.save(tmp_path / name)
        with pytest.raises(ach_desk.AchError, match="exist"):
            case.save(tmp_path / name)
        case.save(tmp_path / name, overwrite=True)


def test_importing_the_package_loads_nothing_of_it() -> None:
    code = "import ach_desk, sys; print('ach_desk.api' in sys.modules, 'pydantic' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "False"]
    with pytest.raises(AttributeError):
        ach_desk.nothing  # noqa: B018
