"""What new analyses go by is what a stated rule picks from the measured figures, and nobody's taste."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ach_desk.model.method_settings import DEFAULT_METHOD, Method
from ach_desk.scoring.methods import SUMS
from benchmarks.decision_quality import choosing
from benchmarks.decision_quality.choosing import BY_SIMPLICITY, brier, chosen, error, first
from benchmarks.decision_quality.parameters import ANALYSTS, WORLDS
from benchmarks.decision_quality.run import Figures, read


def figures(**values: tuple[float, float]) -> list[Figures]:
    """Return figures of one kind of cases: for each way how often the truth was first, and its Brier score."""
    return [
        Figures("a kind", Method(name), 1, 2000, first=share, brier=score, brier_raw=None, calibration=(), wrong=0.5)
        for name, (share, score) in values.items()
    ]


def test_the_default_is_what_the_rule_picks_from_the_kept_figures() -> None:
    assert chosen(read()) is DEFAULT_METHOD


@pytest.mark.parametrize("analysts", ANALYSTS)
def test_the_rule_picks_the_same_for_analysts_who_are_pooled(analysts: int) -> None:
    assert chosen(read(), analysts) is DEFAULT_METHOD


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
def test_no_kind_of_cases_alone_is_what_decides(world: object) -> None:
    kinds = [entry for entry in read() if entry.world != getattr(world, "name", "")]
    assert chosen(kinds) is DEFAULT_METHOD


def test_a_contrast_would_not_be_chosen_if_it_were_in_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "BY_SIMPLICITY", (Method.INCONSISTENCY, Method.NET, *BY_SIMPLICITY[1:]))
    assert chosen(read()) is DEFAULT_METHOD


def test_in_question_are_the_ways_that_rank_and_are_judged() -> None:
    assert set(BY_SIMPLICITY) == set(SUMS)


def test_the_lead_is_larger_than_chance_explains() -> None:
    found = read()
    for other in (method for method in BY_SIMPLICITY if method is not DEFAULT_METHOD):
        lead = first(found, DEFAULT_METHOD) - first(found, other)
        assert lead > error(found, DEFAULT_METHOD, other)
        assert brier(found, DEFAULT_METHOD) < brier(found, other)


def test_what_differs_by_chance_alone_is_a_tie_and_the_simpler_is_taken() -> None:
    made = figures(
        inconsistency=(0.40, 0.7), weighted_inconsistency=(0.50, 0.6), bayes=(0.52, 0.6), bayes_sources=(0.53, 0.6)
    )
    assert error(made, Method.WEIGHTED, Method.BAYES_SOURCES) == pytest.approx(0.031, abs=1e-3)
    assert chosen(made) is Method.WEIGHTED
    clear = [replace(made[3], first=0.54) if entry is made[3] else entry for entry in made]
    assert chosen(clear) is Method.BAYES


def test_a_worse_brier_score_than_that_of_a_simpler_way_rules_out() -> None:
    made = figures(
        inconsistency=(0.40, 0.7), weighted_inconsistency=(0.41, 0.6), bayes=(0.52, 0.59), bayes_sources=(0.70, 0.595)
    )
    assert chosen(made) is Method.BAYES
    for method in (Method.BAYES, Method.BAYES_SOURCES):
        made = [replace(entry, brier=0.65) if entry.method == method else entry for entry in made]
    assert chosen(made) is Method.INCONSISTENCY


def test_an_average_over_kinds_counts_each_kind_alike() -> None:
    one = figures(
        inconsistency=(0.2, 0.8), weighted_inconsistency=(0.2, 0.8), bayes=(0.2, 0.8), bayes_sources=(0.2, 0.8)
    )
    other = [replace(entry, world="another", first=0.6, brier=0.4, cases=10) for entry in one]
    assert first([*one, *other], Method.BAYES) == pytest.approx(0.4)
    assert brier([*one, *other], Method.BAYES) == pytest.approx(0.6)
