"""The disagreement map: its numbers and words, nothing while they rate in private, no consensus of one."""

from __future__ import annotations

import pytest
from helpers.analyses import Case
from helpers.together import open_round, rated_by

from ach_desk.model import replace
from ach_desk.model.values import RoundState
from ach_desk.reporting import charts
from ach_desk.reporting.chart_material import Material, material
from ach_desk.reporting.charts import ChartOptions
from ach_desk.reporting.palette import APART, LIGHT, PALETTES, apart_key, contrast

KIND = "disagreement"


def of(case: Case) -> Material:
    return material(case.analysis, case.matrix, case.analyst)


@pytest.fixture
def case() -> Case:
    return rated_by(
        {
            "Ada": ["C I II", "C N -", "N/A C N"],
            "Ben": ["C I II", "II N -", "C C N"],
            "Cem": ["C I C", "C N C", "- C N"],
        }
    )


def texts_by_colour(case: Case) -> dict[str, list[str]]:
    from ach_desk.reporting.charts.compose import compose

    found: dict[str, list[str]] = {}
    for run in compose(KIND, of(case), ChartOptions()).scene.texts:
        found.setdefault(run.colour, []).append(run.text)
    return found


def test_cells_hold_the_distance_and_the_title_names_the_item(case: Case) -> None:
    assert charts.caption(KIND, of(case)).endswith("The analysts differ most on E2.")
    texts = texts_by_colour(case)
    assert texts[LIGHT.apart["clearly"].text].count("2.0") >= 2
    assert "0" in texts[LIGHT.apart["alike"].text]
    assert texts[LIGHT.muted].count("1") == 2  # the cell rated by one alone, and the legend
    assert "N/A" in texts[LIGHT.muted]


def test_each_cell_says_who_rated_what(case: Case) -> None:
    hits = charts.draw(KIND, of(case), ChartOptions()).hits
    (cell,) = [hit for hit in hits if (hit.evidence_id, hit.hypothesis_id) == (case.e(2), case.h(1))]
    assert "2.0 steps apart" in cell.text
    assert "A C, B II, C C" in cell.text
    (single,) = [hit for hit in hits if (hit.evidence_id, hit.hypothesis_id) == (case.e(2), case.h(3))]
    assert "no consensus" in single.text


def test_the_numbers_behind_it(case: Case) -> None:
    found = charts.table(KIND, of(case))
    assert found.header == ("Item", "Hypothesis", "Ratings", "State", "Steps apart", "Ada", "Ben", "Cem")
    rows = {(row[0], row[1]): row[2:] for row in found.rows}
    assert rows["E2", "H1"] == (3, "rated differently", 2.0, "C", "II", "C")
    assert rows["E2", "H3"] == (1, "rated by one alone", None, "", "", "C")
    assert rows["E3", "H1"] == (1, "one says N/A", None, "N/A", "C", "")


@pytest.mark.parametrize("state", list(RoundState))
def test_while_they_rate_in_private_nothing_is_drawn_nor_exported(case: Case, state: RoundState) -> None:
    entry = open_round(case)
    case.analysis.rounds[entry.id] = replace(entry, state=state)
    is_private = state is RoundState.PRIVATE
    assert charts.is_empty(KIND, of(case)) is is_private
    assert ("differ most" in charts.caption(KIND, of(case))) is not is_private
    assert bool(charts.table(KIND, of(case)).rows) is not is_private
    if is_private:
        assert "in private" in charts.alternative_text(KIND, of(case))
        assert len(charts.draw(KIND, of(case), ChartOptions()).hits) == 0


def test_one_analyst_has_nothing_to_compare() -> None:
    one = rated_by({"Ada": ["C I"]})
    assert charts.is_empty(KIND, of(one))
    assert "Fewer than two" in charts.alternative_text(KIND, of(one))


@pytest.mark.parametrize("name", list(PALETTES))
def test_the_ramp_is_legible_and_told_apart(name: str) -> None:
    tones = PALETTES[name].apart
    assert tuple(tones) == APART
    assert all(contrast(tone.fill, tone.text) >= 4.5 for tone in tones.values())
    assert len({tone.fill for tone in tones.values()}) == len(APART)


def test_how_far_is_how_far() -> None:
    assert [apart_key(steps) for steps in (0.0, 0.5, 1.0, 1.5, 2.0, 4.0)] == [
        "alike",
        "little",
        "little",
        "clearly",
        "clearly",
        "far",
    ]
