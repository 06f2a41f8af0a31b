"""The simulation behind "does it help?": reproducible, true to its parameters, and nothing in it favours a method."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ach_desk import paths
from ach_desk.model.method_settings import Method
from benchmarks.decision_quality import run, tables
from benchmarks.decision_quality.cases import Case, case
from benchmarks.decision_quality.judging import METHODS, brier, first_share, probabilities, scores
from benchmarks.decision_quality.parameters import ANALYSTS, DEVELOPMENT, HELD_OUT, WORLDS, World
from benchmarks.decision_quality.run import figures, read, spot, table

CLEAR = replace(
    WORLDS[0],
    deceptive=0.0,
    slip=0.0,
    lean=0.0,
    unrated=0.0,
    graded_right=1.0,
    hits=(0.99, 0.99, 0.99),
    false_alarms=(0.01, 0.01, 0.01),
)


def cases(world: World, count: int, analysts: int = 1) -> list[Case]:
    return [case(world, seed, analysts) for seed in DEVELOPMENT[:count]]


def right(found: list[Case], method: Method) -> float:
    return float(np.mean([first_share(scores(one, method, 1), one.truth) for one in found]))


def codes(one: Case) -> NDArray[np.int8]:
    return one.analysts[0].table.codes


def test_no_seed_is_fitted_to_and_reported_from() -> None:
    assert set(DEVELOPMENT).isdisjoint(HELD_OUT)


def test_the_same_seed_gives_the_same_case_and_another_one_another() -> None:
    first, again, other = case(WORLDS[3], 5, 3), case(WORLDS[3], 5, 3), case(WORLDS[3], 6, 3)
    assert (first.truth, codes(first).tolist()) == (again.truth, codes(again).tolist())
    assert codes(first).tolist() != codes(other).tolist()


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
def test_a_case_keeps_to_its_parameters(world: World) -> None:
    found = cases(world, 40, 3)
    for one in found:
        items, columns = codes(one).shape
        assert world.hypotheses[0] <= columns <= world.hypotheses[1]
        assert world.items[0] <= items <= world.items[1]
        assert len(one.analysts) == 3
        assert one.grouped is world.grouped
        assert len(one.groups) == items
    empty = np.mean([np.mean(codes(one) == 0) for one in found])
    assert empty == pytest.approx(world.unrated, abs=0.02)
    copies = np.mean([len(one.groups) / len(set(one.groups.tolist())) for one in found])
    assert copies == pytest.approx(1 + world.copies, abs=0.35)


def test_without_noise_what_the_worlds_follow_finds_the_truth_nearly_always() -> None:
    found = cases(replace(CLEAR, items=(20, 20)), 60)
    assert right(found, Method.BAYES) > 0.95


def test_with_nothing_but_noise_no_method_does_better_than_chance() -> None:
    blind = replace(CLEAR, hits=(0.5, 0.5, 0.5), false_alarms=(0.5, 0.5, 0.5), hypotheses=(4, 4))
    found = cases(blind, 300)
    for method in METHODS:
        assert right(found, method) == pytest.approx(0.25, abs=0.08)


def test_a_copy_that_is_grouped_counts_once_and_one_that_is_not_counts_each_time() -> None:
    grouped, loose = case(WORLDS[4], 12, 1), case(WORLDS[3], 12, 1)
    assert codes(grouped).tolist() == codes(loose).tolist()
    assert scores(grouped, Method.BAYES, 1).tolist() == scores(loose, Method.BAYES, 1).tolist()
    assert scores(grouped, Method.BAYES_SOURCES, 1).tolist() != scores(loose, Method.BAYES_SOURCES, 1).tolist()


def test_scores_and_brier() -> None:
    assert brier(np.array([1.0, 0, 0]), 0) == 0
    assert brier(np.array([1.0, 0, 0]), 1) == 2
    assert brier(np.full(4, 0.25), 0) == pytest.approx(0.75)
    assert first_share(np.array([0.0, -1, 0]), 0) == 0.5
    assert first_share(np.array([0.0, -1, 0]), 1) == 0
    assert probabilities(np.array([0.0, -1.0]), 1.0) == pytest.approx([10 / 11, 1 / 11])


def test_the_table_has_a_line_for_every_world_and_method() -> None:
    found = figures(WORLDS[0], DEVELOPMENT[:8], DEVELOPMENT[8:16])
    lines = table(found)
    assert len(lines) == 2 + len(METHODS)
    assert all(line.count("|") == lines[0].count("|") for line in lines)


def test_the_figures_that_are_kept_come_from_the_seeds_that_nothing_was_fitted_to() -> None:
    content = json.loads(run.RESULTS.read_text("utf-8"))
    assert content["fitted_on_seeds"] == [DEVELOPMENT[0], DEVELOPMENT[-1]]
    assert content["reported_from_seeds"] == [HELD_OUT[0], HELD_OUT[-1]]
    found = read()
    assert {entry.cases for entry in found} == {len(HELD_OUT)}
    assert {entry.world for entry in found} == {world.name for world in WORLDS}
    assert len(found) == len(WORLDS) * len(METHODS) * len(ANALYSTS)


def test_the_figures_that_are_kept_are_still_those_of_the_program() -> None:
    """A few cases are reckoned anew: who changes a method or the generator runs `make quality` with --write again."""
    for now, kept in zip(spot(), read("spot"), strict=True):
        assert (now.world, now.method, now.analysts) == (kept.world, kept.method, kept.analysts)
        for name in ("first", "brier", "wrong", "firm", "wrong_firm"):
            assert getattr(now, name) == pytest.approx(getattr(kept, name), abs=2e-3), (now.method, now.analysts, name)


@pytest.mark.parametrize("lines", tables.tables(read()), ids=lambda lines: lines[0].split("|")[1].strip())
def test_the_tables_of_the_manual_are_those_of_the_figures(lines: list[str]) -> None:
    shown = (paths.manual() / "methods.md").read_text("utf-8")
    assert "\n".join(lines) in shown


def test_figures_are_kept_as_they_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "RESULTS", tmp_path / "results.json")
    found = figures(WORLDS[0], DEVELOPMENT[:4], DEVELOPMENT[4:8])
    run.write(found, DEVELOPMENT[:4], DEVELOPMENT[4:8])
    assert read() == found
    assert read("spot") == spot()
