"""``ach chart`` on what the order rests on, and the numbers behind every chart."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from ach_desk import paths
from ach_desk.app.cli import main
from ach_desk.reporting.chart_options import ALL_KINDS, OF_ANALYSTS, OF_MATERIAL

RUSSIA = paths.seeds() / "russia-june-2023.ach.json"


def _run(*args: object) -> int:
    return main([str(arg) for arg in args])


def _rows(file: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.read_bytes().decode(), newline="")))


@pytest.mark.parametrize("kind", OF_MATERIAL)
def test_each_kind_is_drawn_and_again_with_the_same_bytes(kind: str, tmp_path: Path) -> None:
    first, second = tmp_path / "1.svg", tmp_path / "2.svg"
    for out in (first, second):
        assert _run("chart", RUSSIA, "--kind", kind, "-o", out) == 0
    assert first.read_bytes() == second.read_bytes()
    text = first.read_text(encoding="utf-8")
    assert "Teaching example." in text
    assert ("This is not the probability that H4 is true." in text) == (kind == "rank-shares")


@pytest.mark.parametrize("kind", [kind for kind in ALL_KINDS if kind not in OF_ANALYSTS])
def test_the_numbers_of_each_kind_are_written(kind: str, tmp_path: Path) -> None:
    out = tmp_path / "numbers.csv"
    assert _run("chart", RUSSIA, "--kind", kind, "-o", out) == 0
    head, *rows = _rows(out)
    assert rows
    assert {len(row) for row in rows} == {len(head)}


def test_way_of_adding_up_and_rival_are_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "numbers.csv"
    for against in ("H2", "h2"):
        run = ("chart", RUSSIA, "--kind", "waterfall", "--method", "bayes_sources", "--against", against)
        assert _run(*run, "--force", "-o", out) == 0
        assert {tuple(row[2:4]) for row in _rows(out)[1:]} == {("H3", "H2")}
    assert _run("chart", RUSSIA, "--kind", "waterfall", "--against", "H99", "-o", tmp_path / "none.svg") != 0
    assert "There is no hypothesis H99 in the matrix." in capsys.readouterr().err
    assert not (tmp_path / "none.svg").exists()


def test_the_order_of_the_margin_follows_the_way_of_adding_up(tmp_path: Path) -> None:
    found = {}
    for method in ("weighted_inconsistency", "inconsistency", "bayes"):
        out = tmp_path / f"{method}.csv"
        assert _run("chart", RUSSIA, "--kind", "margin", "--method", method, "-o", out) == 0
        found[method] = _rows(out)
    assert found["weighted_inconsistency"] != found["inconsistency"] != found["bayes"]
