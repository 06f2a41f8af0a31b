"""The charts of what the order rests on: findings, limits, what each block stands for, and the numbers behind all."""

from __future__ import annotations

import csv
import io
import itertools
from dataclasses import replace

import numpy as np
import pytest
from helpers.assessments import assessment_of, material_of, mixed_levels, random_ratings

from ach_desk.reporting import charts
from ach_desk.reporting.chart_options import OF_ANALYSTS
from ach_desk.reporting.charts import (
    ALL_KINDS,
    DATA,
    FROM_MATERIAL,
    KINDS,
    OF_MATERIAL,
    ChartOptions,
    Material,
    Picture,
    draw,
)
from ach_desk.reporting.charts.compose import compose
from ach_desk.reporting.charts.words import hidden_sentence
from ach_desk.scoring import Assessment

_FULL = ["CC", "C", "N", "I", "II"]
_TITLES = ["Mutiny", "Staged operation", "Bargaining move", "Chance"]


def _rated(*rows: str, what_ifs: tuple[str, ...] = (), method: str = "") -> Material:
    """Return the material of rows of symbols, one string per item, one symbol per hypothesis ("." is unrated)."""
    cells = [[symbol.strip(".") for symbol in row.split()] for row in rows]
    assessment = assessment_of(
        [f"Title {number}" for number in range(1, len(cells[0]) + 1)],
        [f"Item {number}" for number in range(1, len(cells) + 1)],
        lambda item, hypothesis: cells[item][hypothesis],
    )
    return material_of(assessment, what_ifs=what_ifs, method=method)


def _case(**more: str) -> Material:
    assessment = assessment_of(
        _TITLES, [f"Report {number}" for number in range(12)], random_ratings(3, _FULL), levels=mixed_levels
    )
    return material_of(assessment, what_ifs=("one is false", "two is false"), **more)


def _subject(kind: str, found: Material) -> Assessment | Material:
    return found if kind in FROM_MATERIAL else found.assessment


def _title(kind: str, found: Material) -> str:
    return compose(kind, found, ChartOptions()).title


def _shown(kind: str, found: Material, **options: object) -> str:
    return " ".join(run.text for run in compose(kind, found, ChartOptions(width_px=1000, **options)).scene.texts)


def _hits(picture: Picture, evidence: str | None) -> list[str]:
    return [hit.text for hit in picture.hits if hit.evidence_id == evidence and evidence]


@pytest.mark.parametrize("kind", OF_MATERIAL)
def test_a_picture_has_its_words_and_no_box_outside(kind: str) -> None:
    picture = draw(kind, _case(), ChartOptions(width_px=700))
    assert picture.hits
    assert picture.subject in picture.caption
    assert picture.alt_text.startswith(picture.caption)
    assert len(picture.alt_text) > len(picture.caption)
    for hit in picture.hits:
        assert 0 <= hit.x <= hit.x + hit.width <= picture.width
        assert 0 <= hit.y <= hit.y + hit.height <= picture.height


@pytest.mark.parametrize("kind", OF_MATERIAL)
def test_every_box_names_a_record_that_is_there(kind: str) -> None:
    found = _case()
    for hit in draw(kind, found, ChartOptions(width_px=900)).hits:
        assert hit.text
        assert hit.evidence_id is None or hit.evidence_id in found.analysis.evidence
        assert hit.hypothesis_id is None or hit.hypothesis_id in found.analysis.hypotheses


def test_each_kind_is_drawn_from_its_own_subject_alone() -> None:
    found = _case()
    for kind in OF_MATERIAL:
        with pytest.raises(ValueError, match=kind):
            draw(kind, found.assessment, ChartOptions())
    for kind in KINDS:
        with pytest.raises(ValueError, match=kind):
            charts.table(kind, found)
    with pytest.raises(ValueError, match="pie"):
        charts.table("pie", found)


@pytest.mark.parametrize("kind", OF_MATERIAL)
def test_hidden_totals_give_nothing_away(kind: str) -> None:
    chart = compose(kind, _case(), ChartOptions(hide_totals=True))
    assert chart.caption == chart.alt_text == hidden_sentence()
    assert not chart.scene.hits
    assert "first" not in chart.title.casefold()


# Findings with their limits


def test_methods_that_agree_are_said_to_be_variants_of_one() -> None:
    agreeing = _rated("C I", "C II", "C I")
    assert _title("methods", agreeing) == (
        "Six ways of adding up the same ratings agree on H1 (four are variants of one)."
    )
    assert "their agreement adds no evidence" in _shown("methods", agreeing)


def test_methods_that_disagree_show_who_is_first_where() -> None:
    # One II against H1, and five I against H2: counting has H1 in front, Bayes too; but what fits tips Bayes.
    found = _rated("C I", "C I", "CC CC", "II CC", "I I", "N C")
    leaders = {result.leaders for method, result in found.results.items() if method.value in ("inconsistency", "bayes")}
    assert len(leaders) > 1
    assert _title("methods", found).startswith("The ways of adding up disagree: ")
    assert "– differs" in _shown("methods", found)
    assert "their agreement adds no evidence" not in _shown("methods", found)


def test_a_tie_is_one_frame_with_the_word() -> None:
    found = _rated("C C I", "I I II")
    assert "tied" in _shown("methods", found)
    table = charts.table("methods", found)
    ranks = {row[1]: row[3] for row in table.rows if row[0] == "Inconsistency"}
    assert ranks == {"H1": 1, "H2": 1, "H3": 3}


def test_the_waterfall_names_the_heaviest_and_rounds_to_five_points() -> None:
    found = _rated("CC II", "C I", "I C", method="bayes")
    assert _title("waterfall", found) == (
        "Taken as likelihoods, the ratings give H1 over 95 % against H2 alone; E1 weighs most."
    )
    texts = _hits(draw("waterfall", found, ChartOptions(width_px=900)), "e0")
    assert any("100 times as likely under H1 as under H2" in text for text in texts)
    assert "speaks for H2" in _shown("waterfall", found)
    assert "speaks for H1" in _shown("waterfall", found)


def test_the_waterfall_takes_another_rival_and_ignores_one_that_cannot_be() -> None:
    found = _rated("C I II", "C N I", method="bayes")
    assert "against H2 alone" in _title("waterfall", found)
    assert "against H3 alone" in _title("waterfall", replace(found, rival="h2"))
    assert "against H2 alone" in _title("waterfall", replace(found, rival="h0"))
    assert "against H2 alone" in _title("waterfall", replace(found, rival="gone"))


def test_the_waterfall_of_many_items_draws_the_heaviest_and_sums_up_the_rest() -> None:
    assessment = assessment_of(["A", "B"], ["x"] * 90, random_ratings(4, ["CC", "II", "C", "I"]))
    found = material_of(assessment, method="bayes")
    assert found.weights is not None
    rest = len(found.weights.rows) - 40
    assert rest > 0
    assert f"{rest} lighter items together" in _shown("waterfall", found)
    steps = [row for row in charts.table("waterfall", found).rows if row[0] not in ("Priors", "All together")]
    assert len(steps) == 90
    assert steps[-1][-1] == pytest.approx(found.weights.total)


def test_rank_shares_say_that_they_are_no_probability_whatever_is_left_out() -> None:
    found = _rated("C I", "C II", "C II", "C II")
    for options in ({}, {"head": False}):
        assert "This is not the probability that H1 is true." in _shown("rank-shares", found, **options)
    assert "H1 stays first in over 95 % of trials" in _title("rank-shares", found)
    close = _rated(*["I I I"] * 8, "N I I")
    assert "its lead is unresolved" in _title("rank-shares", close)


def test_the_shares_of_each_hypothesis_fill_its_bar() -> None:
    found = _case()
    table = charts.table("rank-shares", found)
    assert table.header[2:] == ("Rank 1", "Rank 2", "Rank 3", "Rank 4")
    for row in table.rows:
        assert sum(row[2:]) == pytest.approx(1)
    assert np.sum([row[2] for row in table.rows]) == pytest.approx(1)
    picture = draw("rank-shares", found, ChartOptions(width_px=900))
    bars = [hit for hit in picture.hits if hit.hypothesis_id == "h0" and "of the trials" in hit.text]
    assert all(a.x + a.width <= b.x + 1e-6 for a, b in itertools.pairwise(bars))


def test_the_margin_names_the_items_and_the_way_of_adding_up() -> None:
    found = _rated("C II", "I C", "C N")
    assert _title("margin", found) == (
        "By weighted inconsistency and the present ratings H2 would pass H1 if E1 were left out."
    )
    texts = _hits(draw("margin", found, ChartOptions(width_px=900)), "e0")
    assert "Without E1 Item 1\nH2 is ahead of H1: 1" in texts
    assert "brings nobody level" in _title("margin", _firm())


def _firm() -> Material:
    """Return a lead that rests on the priors alone, so that no removal helps."""
    found = _rated("C C", "I I", method="bayes")
    found.matrix.priors = {"h0": 0.8, "h1": 0.2}
    return found


def test_the_margin_of_a_long_course_shows_its_beginning_and_its_end() -> None:
    found = _rated(*["C I"] * 30, *["II C"])
    shown = _shown("margin", found)
    assert "… " in shown
    assert "29 items must fall before H2 passes H1" in _title("margin", found)


def test_what_ifs_that_change_the_lead_are_named() -> None:
    found = _rated("C II", "I C", "C N", what_ifs=("the cable is forged", "the visit did not happen"))
    assert _title("scenarios", found) == (
        "H1 stays first in 1 of the 2 what-ifs that were tried; “the cable is forged” would change that."
    )
    assert "What if the cable is forged" in _shown("scenarios", found)
    steady = _rated("C II", "C II", "C N", what_ifs=("the cable is forged",))
    assert _title("scenarios", steady) == "H1 stays first in the one what-if that was tried."


@pytest.mark.parametrize("kind", ["rank-shares", "margin", "waterfall"])
def test_where_bayes_can_compare_nothing_no_chart_says_that_nothing_is_rated(kind: str) -> None:
    found = _rated("II N/A", "N/A C", method="bayes")
    composed = compose(kind, found, ChartOptions())
    assert "is rated under every hypothesis" in composed.title
    texts = [composed.title, charts.alternative_text(kind, found)]
    assert not any("Nothing is rated" in text for text in texts)
    bare = compose(kind, _rated(". .", method="bayes"), ChartOptions())
    assert "Nothing is rated yet" in bare.title or kind == "waterfall"


@pytest.mark.parametrize("kind", OF_MATERIAL)
def test_with_nothing_to_show_there_is_a_sentence(kind: str) -> None:
    nothing = lambda _item, _hypothesis: ""  # noqa: E731
    for found in (
        material_of(assessment_of([], [], nothing)),
        material_of(assessment_of(["A"], [], nothing)),
        material_of(assessment_of(["A", "B"], ["x"], nothing)),
    ):
        assert charts.is_empty(kind, found)
        chart = compose(kind, found, ChartOptions())
        assert not chart.scene.hits
        assert chart.title
        assert charts.table(kind, found).header


def test_trials_that_were_cancelled_are_no_answer_and_others_are_kept() -> None:
    found = _case()
    assert replace(found, cancelled=lambda: True).trials is None
    first = replace(found, cancelled=lambda: False).trials
    assert first is not None
    assert replace(found, rival="h2").trials is first


# Numbers


@pytest.mark.parametrize("kind", [kind for kind in ALL_KINDS if kind not in OF_ANALYSTS])
def test_the_rows_are_as_long_as_the_header_and_come_back_from_csv(kind: str) -> None:
    found = _case()
    subject = _subject(kind, found)
    table = charts.table(kind, subject)
    assert table.rows
    assert {len(row) for row in table.rows} == {len(table.header)}
    data = charts.save(kind, subject, ChartOptions(marking="TLP:AMBER\nonly"), DATA)
    marking, header, *rows = list(csv.reader(io.StringIO(data.decode(), newline="")))
    assert marking == ["# TLP:AMBER only"]
    assert tuple(header) == table.header
    assert len(rows) == len(table.rows)


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_no_text_becomes_a_formula(kind: str) -> None:
    odd = "=1+1"
    assessment = assessment_of([odd, f"-{odd}"], [f"+{odd}", f"@{odd}"], random_ratings(2, _FULL))
    found = material_of(assessment, what_ifs=(odd,))
    data = charts.save(kind, _subject(kind, found), ChartOptions(marking=odd), DATA).decode()
    for row in csv.reader(io.StringIO(data, newline="")):
        for cell in row:
            assert not cell.startswith(("=", "+", "@"))
            assert not cell.startswith("-") or float(cell) < 0


def test_scores_in_the_numbers_are_exact() -> None:
    found = _case(method="bayes")
    probabilities = [row[4] for row in charts.table("methods", found).rows if row[0] == "Bayes"]
    assert sum(probabilities) == pytest.approx(1, abs=1e-12)
    assert any(share not in (0, 1) and round(share, 2) != share for share in probabilities)
