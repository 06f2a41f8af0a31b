"""The tornado: each end is what scoring anew gives, sorted, with its condition in words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from helpers.analyses import Case, inputs_of, small_case
from helpers.sourced import cite, rated_case
from hypothesis import given
from hypothesis import strategies as st

from ach_desk.commands import edits
from ach_desk.model import Level, RatingValue
from ach_desk.model.method_settings import Method
from ach_desk.scoring.tornado import End, SwingKind, Tornado, lead_words, odds_words, tornado, tornado_sentence

METHODS = (Method.WEIGHTED, Method.INCONSISTENCY, Method.NET, Method.BAYES, Method.BAYES_SOURCES)
STEPS = [value for value in RatingValue if value.is_on_scale and not value.value.endswith("-")]


def tornado_of(case: Case, method: Method = Method.WEIGHTED, rival: int | None = None) -> Tornado:
    found = tornado(case.analysis, case.matrix.sheets[case.analyst], inputs_of(case), method, rival=rival)
    assert found is not None
    return found


def rate(case: Case, item: int, hypothesis: int, value: RatingValue) -> None:
    wanted = [((case.e(item), case.h(hypothesis)), value)]
    edits.rate_each(case.analysis, case.matrix, case.analyst, wanted, "").apply(case.analysis)


def margin_of(case: Case, method: Method, first: int, second: int) -> float:
    scores = inputs_of(case).additive(method).scores
    return float(scores[first] - scores[second])


def moved(case: Case, end: End, value: RatingValue) -> Case:
    """Return the case with the cell of an end rated otherwise."""
    other = Case(case.analysis.snapshot(), case.matrix, case.analyst)
    other = Case(other.analysis, other.analysis.matrix(case.matrix.id), case.analyst)
    wanted = [((end.evidence, end.hypothesis), value)]
    edits.rate_each(other.analysis, other.matrix, other.analyst, wanted, "").apply(other.analysis)
    return other


@given(st.lists(st.sampled_from(STEPS), min_size=12, max_size=12), st.sampled_from(METHODS))
def test_each_end_is_what_scoring_anew_gives(values: list[RatingValue], method: Method) -> None:
    case = small_case(hypotheses=3, items=4)
    cells = [(item, hypothesis) for item in case.matrix.evidence for hypothesis in case.matrix.hypotheses]
    wanted = list(zip(cells, values, strict=True))
    edits.rate_each(case.analysis, case.matrix, case.analyst, wanted, "").apply(case.analysis)
    found = tornado_of(case, method)
    assert found.margin == pytest.approx(margin_of(case, method, found.first, found.second))
    widths = [swing.width for swing in found.swings]
    assert widths == sorted(widths, reverse=True)
    for swing in found.swings:
        assert swing.low.margin <= found.margin + 1e-9 <= swing.high.margin + 2e-9
        for end in (swing.low, swing.high):
            if swing.kind is SwingKind.ITEM and end.evidence:
                value = RatingValue(end.words.split(" were ")[1].split(" under ")[0])
                then = margin_of(moved(case, end, value), method, found.first, found.second)
                assert end.margin == pytest.approx(then)


def test_a_range_replaces_the_step() -> None:
    case = rated_case()
    rate(case, 2, 1, RatingValue.INCONSISTENT)
    cell = (case.e(2), case.h(1))
    sheet = case.matrix.sheets[case.analyst]
    own = sheet[cell[0]][cell[1]]
    sheet[cell[0]][cell[1]] = replace(own, range=(RatingValue.INCONSISTENT, RatingValue.VERY_INCONSISTENT))
    swing = next(swing for swing in tornado_of(case).swings if swing.label == "E2")
    words = {swing.low.words, swing.high.words}
    assert "if E2 were II under H1" in words
    assert not any("N under H1" in text for text in words)


def test_ends_are_labelled_in_words_and_the_first_names_what_overturns() -> None:
    case = rated_case()
    found = tornado_of(case)
    assert (found.first, found.second) == (1, 0)
    swing = found.swings[0]
    assert swing.overturns
    assert {end.words for end in (swing.low, swing.high)} <= {
        f"if {swing.label} were {value} under {hypothesis}"
        for value in ("CC", "C", "N", "I", "II")
        for hypothesis in ("H1", "H2")
    } | {"as rated"}
    said = tornado_sentence(inputs_of(case), found)
    assert said == "The lead of H2 over H1 hangs most on E1; if E1 were N under H1, they would be level."


def test_a_source_swings_with_the_credibility_of_what_it_alone_says() -> None:
    case = rated_case()
    cite(case, "A witness", 1, 2)
    found = tornado_of(case)
    swing = next(swing for swing in found.swings if swing.kind is SwingKind.SOURCE)
    assert swing.low.words == "if what S1 alone says had low credibility"
    assert swing.high.words == "if what S1 alone says had high credibility"
    # Two I under H1 against one under H2 of weight 1: at low 2/sqrt 2 - 1, at high 2 sqrt 2 - 1.
    assert (swing.low.margin, swing.high.margin) == (pytest.approx(2**0.5 - 1), pytest.approx(2 * 2**0.5 - 1))
    assert swing.items == (case.e(1), case.e(2))
    assert not [swing for swing in tornado_of(case, Method.INCONSISTENCY).swings if swing.kind is SwingKind.SOURCE]


def test_the_credibility_of_a_source_is_its_hit_rate_for_bayes() -> None:
    case = rated_case()
    cite(case, "A witness", 1, 2)
    swing = next(swing for swing in tornado_of(case, Method.BAYES_SOURCES).swings if swing.kind is SwingKind.SOURCE)
    for level, end in ((Level.LOW, swing.low), (Level.HIGH, swing.high)):
        other = Case(case.analysis.snapshot(), case.matrix, case.analyst)
        other = Case(other.analysis, other.analysis.matrix(case.matrix.id), case.analyst)
        items = [case.e(1), case.e(2)]
        edits.set_field(other.analysis, "evidence", items, "credibility", level, "").apply(other.analysis)
        assert end.margin == pytest.approx(margin_of(other, Method.BAYES_SOURCES, 1, 0))


def test_a_prior_swings_by_a_factor_of_two_in_odds() -> None:
    case = rated_case()
    found = tornado_of(case, Method.BAYES)
    swings = [swing for swing in found.swings if swing.kind is SwingKind.PRIOR]
    assert [swing.label for swing in swings] == ["H2", "H1"]
    for swing in swings:
        assert swing.width == pytest.approx(2 * np.log10(2))
    assert swings[0].low.words == "if the prior of H2 were 33 %"
    alone = replace(found, swings=tuple(swings))
    assert "hangs most on the prior of H2" in tornado_sentence(inputs_of(case), alone)
    assert not [swing for swing in tornado_of(case).swings if swing.kind is SwingKind.PRIOR]


def test_a_rival_can_be_chosen_and_must_be_ranked() -> None:
    case = small_case(hypotheses=3, items=3)
    for item in (1, 2, 3):
        rate(case, item, 1, RatingValue.CONSISTENT)
        rate(case, item, 2, RatingValue.INCONSISTENT)
    assert (tornado_of(case).first, tornado_of(case).second) == (0, 1)
    sheet = case.matrix.sheets[case.analyst]
    assert tornado(case.analysis, sheet, inputs_of(case), Method.WEIGHTED, rival=2) is None
    assert tornado(case.analysis, sheet, inputs_of(case), Method.WEIGHTED, rival=0) is None
    assert tornado_of(case, rival=1).margin == 3


def test_nobody_is_compared_with_nobody() -> None:
    case = small_case(hypotheses=1, items=2, rated=True)
    assert tornado(case.analysis, case.matrix.sheets[case.analyst], inputs_of(case), Method.WEIGHTED) is None


def test_a_margin_in_words() -> None:
    case = rated_case()
    given_inputs, found = inputs_of(case), tornado_of(case)
    assert lead_words(given_inputs, found, 0.0) == "level"
    assert lead_words(given_inputs, found, -0.5) == "H1 0.50 ahead"
    bayes = tornado_of(case, Method.BAYES)
    assert lead_words(given_inputs, bayes, 1.0) == "H2 10 : 1 ahead"
    assert odds_words(3.5) == "over 1000"
    assert odds_words(0.5) == "3.2"
