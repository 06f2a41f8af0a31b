"""``ach clean``, and ``ach chart`` on tornado and trajectories."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.source import ROOT

from ach_desk import paths
from ach_desk.app.cli import main
from ach_desk.reporting.chart_options import OF_RESULTS
from ach_desk.storage.codec import decode

SAMPLE = ROOT / "tests" / "data" / "format-4-sample.ach.json"
RUSSIA = paths.seeds() / "russia-june-2023.ach.json"


def _run(*args: object) -> int:
    return main([str(arg) for arg in args])


def test_a_clean_copy_says_what_went_and_what_still_names_somebody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "clean.ach.json"
    assert _run("clean", SAMPLE, "-o", out) == 1  # "Ann is wrong" is what a what-if is called
    told = capsys.readouterr()
    assert "Taken out: Rejected hypotheses (1)" in told.out
    assert "“Ann” still stands in a text." in told.err
    copy = decode(out.read_bytes(), "copy").analysis
    assert [analyst.name for analyst in copy.analysts.values()] == ["Analyst 1", "Analyst 2"]
    assert copy.trail == []
    assert _run("validate", out) == 0


def test_what_is_to_be_kept_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "clean.ach.json"
    assert (
        _run("clean", SAMPLE, "-o", out, "--keep", "names", "--keep", "notes", "--keep", "rejected", "--new-ids") == 1
    )
    capsys.readouterr()
    copy = decode(out.read_bytes(), "copy").analysis
    assert [analyst.name for analyst in copy.analysts.values()] == ["Ann", "Bé"]
    assert any(not entry.is_active for entry in copy.hypotheses.values())
    assert "a-ann" not in out.read_text(encoding="utf-8")
    assert _run("clean", SAMPLE, "-o", out) == 2  # it is there already


def test_the_original_is_never_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "own.ach.json"
    file.write_bytes(RUSSIA.read_bytes())
    assert _run("clean", file, "-o", file, "--force") == 2
    assert file.read_bytes() == RUSSIA.read_bytes()
    assert "is the file that is read" in capsys.readouterr().err


@pytest.mark.parametrize("kind", OF_RESULTS)
def test_charts_of_what_was_worked_out_are_drawn(kind: str, tmp_path: Path) -> None:
    for ending in ("svg", "csv"):
        assert _run("chart", RUSSIA, "--kind", kind, "-o", tmp_path / f"chart.{ending}") == 0
    assert b"Teaching example" in (tmp_path / "chart.svg").read_bytes()
    assert len((tmp_path / "chart.csv").read_text(encoding="utf-8").splitlines()) > 5


def test_the_tornado_is_held_against_a_rival(tmp_path: Path) -> None:
    out = tmp_path / "chart.csv"
    assert _run("chart", RUSSIA, "--kind", "tornado", "--against", "H1", "-o", out) == 0
    assert ",H4,H1," in out.read_text(encoding="utf-8")


def test_a_chart_without_anything_to_show_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unrated = paths.seeds() / "russia-june-2023-unrated.ach.json"
    assert _run("chart", unrated, "--kind", "tornado", "-o", tmp_path / "x.svg") == 1
    assert "nothing yet" in capsys.readouterr().err
