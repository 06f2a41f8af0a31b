"""No chart is cut and nothing in it overlaps, whatever the analysis, the language of its titles and the width."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from helpers.assessments import assessment_of, material_of, mixed_levels, random_ratings
from helpers.tools import needs_font

from ach_desk.reporting.charts import ALL_KINDS, FROM_MATERIAL, ChartOptions, Material
from ach_desk.reporting.charts.compose import compose
from ach_desk.reporting.charts.scene import Scene, TextRun
from ach_desk.scoring import Assessment

_TITLES = (
    "A genuine mutiny to remove the military leadership",
    "A staged operation to flush out disloyal officers",
    "A bargaining move to keep the company independent of the ministry of defence",
    "Chance",
)
_GERMAN = (
    "Der Aufstand war eine von langer Hand vorbereitete Maßnahme zur Verteidigungsministeriumssprecherablösung und "
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenbeschaffung mit Unterstützung ungenannter Führungskräfte",
    "Die Bundesvermögensverwaltungsbeamtenschaft handelte ohne Absprache mit den vorgesetzten Dienststellen",
    "Zufall",
)
_ODD = (
    "Costs $x^2_1$ & <b>\\frac{1}{2}</b> 50 % #1 {name} %s",
    "שלום עולם, זו השערה ארוכה מאוד E7 (abc).\nשורה שנייה",
    "漢字かな交じり文の長い仮説の題名がここに入りますので折り返しが必要です",
    "emoji 😀👍🏽🦉 \x00\x1b tab\tand \u202eoverride\nnew line \ud800",
    "مرحبا بالعالم: فرضية طويلة جدا لاختبار الالتفاف في المخطط",
    "",
)


def _flat(item: int, hypothesis: int) -> str:
    return ("CC", "I", "C", "II", "N", "N/A")[item % 6] if hypothesis != 2 else ("I", "I", "II", "")[item % 4]


CASES: dict[str, Callable[[], Assessment]] = {
    "nothing": lambda: assessment_of([], [], _flat),
    "no items": lambda: assessment_of(_TITLES, [], _flat),
    "no hypotheses": lambda: assessment_of([], _TITLES, _flat),
    "unrated": lambda: assessment_of(_TITLES, _TITLES, lambda item, hypothesis: ""),
    "one hypothesis": lambda: assessment_of(_TITLES[:1], _TITLES, random_ratings(1)),
    "three and a combination": lambda: assessment_of(
        _TITLES, _TITLES * 4, random_ratings(2), combinations=(3,), levels=mixed_levels
    ),
    "all against": lambda: assessment_of(_TITLES, _TITLES * 4, lambda item, hypothesis: "II"),
    "all expected": lambda: assessment_of(_TITLES, _TITLES * 4, lambda item, hypothesis: "CC"),
    "ties": lambda: assessment_of([*_TITLES, "Two of them"], _TITLES * 2, _flat, combinations=(4,)),
    "left out": lambda: assessment_of(
        [*_TITLES, "Hardly rated"],
        _TITLES * 4,
        lambda item, hypothesis: "" if hypothesis == 4 and item else random_ratings(3)(item, hypothesis),
        rejected=(3,),
        set_aside=(2, 5),
    ),
    "long German titles": lambda: assessment_of(_GERMAN, _GERMAN * 5, random_ratings(4), levels=mixed_levels),
    "odd characters": lambda: assessment_of(_ODD, _ODD * 3, random_ratings(5)),
    "one letter for ever": lambda: assessment_of(["x" * 5_000, "yz " * 3_000], ["w" * 500] * 3, random_ratings(6)),
    "forty hypotheses": lambda: assessment_of(
        [f"Explanation number {number} of the many that were thought of" for number in range(40)],
        [f"Item {number}" for number in range(20)],
        random_ratings(7),
        levels=mixed_levels,
        combinations=(38, 39),
    ),
    "two hundred items": lambda: assessment_of(
        _TITLES, [f"Item {number}" for number in range(200)], random_ratings(8), levels=mixed_levels
    ),
    "a thousand items": lambda: assessment_of(
        _TITLES, [f"Item {number}" for number in range(1_000)], random_ratings(9), levels=mixed_levels
    ),
}
_WHAT_IFS = ("Chance", _GERMAN[0], _ODD[1])
_WIDTHS = (320, 430, 560, 643, 900, 1300)


def _subject(kind: str, assessment: Assessment) -> Assessment | Material:
    return material_of(assessment, what_ifs=_WHAT_IFS) if kind in FROM_MATERIAL else assessment


def _extent(run: TextRun) -> tuple[float, float, float, float]:
    """Return left, top, right, bottom of the capitals of a text."""
    width, height = run.font.width(run.text), run.font.pixels * 0.73
    if run.upright:
        return run.x - height, run.baseline - width, run.x, run.baseline
    left = run.x - {"left": 0.0, "center": 0.5, "right": 1.0}[run.anchor] * width
    return left, run.baseline - height, left + width, run.baseline


def _overlaps(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return for each pair whether the rectangles share more than a sliver."""
    sliver = 0.8
    lower = np.maximum(first[:, None, :2], second[None, :, :2])
    upper = np.minimum(first[:, None, 2:], second[None, :, 2:])
    return np.all(upper - lower > sliver, axis=2)


def _faults(scene: Scene) -> list[str]:
    texts = np.array([_extent(run) for run in scene.texts])
    names = [run.text for run in scene.texts]
    inside = (texts >= -0.5).all(axis=1) & (texts[:, 2] <= scene.width + 1) & (texts[:, 3] <= scene.height)
    faults = [f"cut: {names[index]!r}" for index in np.flatnonzero(~inside)]
    for first, second in np.argwhere(np.triu(_overlaps(texts, texts), 1)):
        faults.append(f"overlap: {names[first]!r} and {names[second]!r}")
    upright = [ends for some in scene.rules.values() for ends in some if ends[0] == ends[2]]
    lines = np.array([(x - 0.5, y, x + 0.5, y_end) for x, y, _, y_end in upright] or [(0, 0, 0, 0)])
    faults += [f"{names[text]!r} runs over a line" for text, _line in np.argwhere(_overlaps(texts, lines))]
    areas = [(x, y, x + width, y + height) for some in scene.boxes.values() for x, y, width, height in some]
    if not areas:
        return faults
    boxes = np.array(areas)
    if boxes[:, 0].min() < 0 or boxes[:, 2].max() > scene.width or boxes[:, 3].max() > scene.height:
        faults.append("a box is cut")
    for text, box in np.argwhere(_overlaps(texts, boxes)):
        within = (texts[text, :2] >= boxes[box, :2] - 2.5).all() and (texts[text, 2:] <= boxes[box, 2:] + 2.5).all()
        if not within:
            faults.append(f"{names[text]!r} runs over a box")
    return faults


@pytest.mark.parametrize("kind", ALL_KINDS)
@pytest.mark.parametrize("case", CASES)
def test_nothing_is_cut_and_nothing_overlaps(kind: str, case: str) -> None:
    if case == "odd characters":
        needs_font("Noto Sans CJK JP")
    subject = _subject(kind, CASES[case]())
    for width in _WIDTHS:
        options = ChartOptions(
            width_px=width, marking="Open source – for training", notice=_TITLES[2], date="2023-06-30", analyst="A. B."
        )
        assert _faults(compose(kind, subject, options).scene)[:5] == [], f"{width} pixels wide"


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_a_large_font_and_black_and_white_fit_too(kind: str) -> None:
    subject = _subject(kind, CASES["left out"]())
    for options in (
        ChartOptions(width_px=1000, font_size=16.0),
        ChartOptions(width_px=700, black_and_white=True),
        ChartOptions(width_px=1200, scale=2.0, palette="dark"),
        ChartOptions(width_px=700, height_px=1400, show_weights=False, positive_scores=True),
        ChartOptions(width_px=700, hide_totals=True),
        ChartOptions(width_px=300, marking="SECRET " * 500, notice="Notice " * 500, analyst="Anna " * 500),
    ):
        assert _faults(compose(kind, subject, options).scene)[:5] == [], options
