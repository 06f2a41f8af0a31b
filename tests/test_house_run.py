"""`make run` once everything is set up: the window where there is a screen, pictures and pages where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[1]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a tree with the script and the seeds."""
    (tmp_path / "scripts").mkdir()
    shutil.copy(_ROOT / "scripts" / "run.sh", tmp_path / "scripts")
    shutil.copytree(_ROOT / "seeds", tmp_path / "seeds")
    return tmp_path


def _run(tree: Path, **display: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return subprocess.run(
        ["sh", tree / "scripts" / "run.sh"], env={**environment, **display}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("display", [{"DISPLAY": ":0"}, {"WAYLAND_DISPLAY": "wayland-0"}], ids=["X11", "Wayland"])
def test_with_a_screen_the_window_opens_on_the_case(tree: Path, display: dict[str, str]) -> None:
    program = tree / ".venv" / "bin" / "ach-desk"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\necho "$@"; pwd\n')
    program.chmod(0o755)
    run = _run(tree, **display)
    assert run.stdout.splitlines() == ["seeds/russia-june-2023.ach.json", str(tree)]


def test_without_a_screen_there_are_scores_charts_and_pages_instead(tree: Path) -> None:
    (tree / ".venv").symlink_to(sys.prefix)
    (tree / "out").mkdir()
    (tree / "out" / "ranking.svg").write_text("of an earlier run")
    run = _run(tree)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "no screen" in run.stdout
    assert "H1" in (tree / "out" / "scores.txt").read_text()
    for kind in ("consistency", "ranking", "heatmap"):
        assert "<svg" in (tree / "out" / f"{kind}.svg").read_text()[:1000]
    assert (tree / "out" / "russia-june-2023.pdf").read_bytes().startswith(b"%PDF")
