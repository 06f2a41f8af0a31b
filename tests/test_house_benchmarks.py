"""The table of `make bench` tells a kept limit from a missed one, and its screen is a real one."""

from __future__ import annotations

import os
import subprocess
from itertools import count

import pytest
from helpers import needs_tool

from ach_desk.scoring.inconsistency import standing
from ach_desk.scoring.table import VALUES
from benchmarks.bench_methods import case
from benchmarks.measure import absolute, against_floor, medians_in_turn
from benchmarks.rivals import parc_loop, spreads_by_statistics
from benchmarks.run import passed, table
from scripts.virtual_display import virtual_display


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        (against_floor("start", value=160, floor=100, limit=1.6), True),
        (against_floor("start", value=161, floor=100, limit=1.6), False),
        (absolute("key press", value=16, limit=16), True),
        (absolute("key press", value=16.1, limit=16), False),
        (against_floor("scores", value=2, floor=900, limit=1 / 300), True),
        (absolute("memory", value=90, floor=60, limit=100, unit="MB"), True),
    ],
)
def test_a_limit_is_of_the_ratio_or_of_the_value(row, kept: bool) -> None:
    assert passed(row) is kept


def test_the_table_is_aligned() -> None:
    rows = [against_floor("start to painted matrix", 812.5, 500, 1.6), absolute("key press", 9, 16)]
    assert table(rows).splitlines() == [
        "figure                   measured     floor   ratio   limit",
        "start to painted matrix  812.5 ms  500.0 ms  1.62 x  1.60 x  MISS",
        "key press                  9.0 ms                     16 ms  pass",
    ]


def test_what_takes_a_small_part_of_its_rival_is_said_as_a_fraction() -> None:
    assert table([against_floor("scores", 2, 900, 1 / 300)]).splitlines()[1].split()[-3:] == ["1/450", "1/300", "pass"]


@pytest.mark.parametrize(("items", "hypotheses"), [(40, 3), (7, 5)])
def test_the_rivals_reckon_the_same_as_the_program(items: int, hypotheses: int) -> None:
    ratings = case(items, hypotheses).assessment.table
    rows = [[VALUES[code] for code in row] for row in ratings.codes.tolist()]
    found = standing(ratings)
    assert parc_loop(rows, ratings.weights.tolist()) == pytest.approx(found.weighted_inconsistency.tolist())
    inconsistency, spread = spreads_by_statistics(rows, ratings.weights.tolist())
    assert spread == pytest.approx(found.diagnosticity.tolist())
    squares = [sum({5: 1, 6: 4}.get(code, 0) for code in column) for column in ratings.codes.T.tolist()]
    assert inconsistency == squares


def test_medians_leave_out_the_first_round() -> None:
    first, second = count(start=100, step=-1), count()
    assert medians_in_turn(3, lambda: float(next(first)), lambda: float(next(second))) == [98, 2]


def _asked(display: str, *question: str) -> str:
    environment = {**os.environ, "DISPLAY": display}
    return subprocess.run(["xdotool", *question], env=environment, capture_output=True, text=True, check=True).stdout


def test_virtual_displays_start_side_by_side() -> None:
    needs_tool("Xvfb", "xdotool")
    with virtual_display(800, 600) as small, virtual_display(1024, 768) as large:
        assert small != large
        assert _asked(small, "getdisplaygeometry").split() == ["800", "600"]
        assert _asked(large, "getdisplaygeometry").split() == ["1024", "768"]


def test_a_window_manager_is_there_from_the_start() -> None:
    needs_tool("Xvfb", "xdotool", "openbox")
    with virtual_display(800, 600, window_manager=True) as display:
        assert _asked(display, "get_desktop").strip() == "0"
