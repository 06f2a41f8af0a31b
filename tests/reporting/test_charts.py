"""What the charts show: rows in their order, blocks where their hit boxes are, words, states without ratings."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
from helpers.assessments import assessment_of, mixed_dates, mixed_levels, random_ratings

from ach_desk.model import RatingValue, Scale
from ach_desk.reporting import charts
from ach_desk.reporting.chart_options import OF_SCORES
from ach_desk.reporting.charts import KINDS, ChartOptions, HitBox, Picture, draw
from ach_desk.reporting.charts.compose import compose
from ach_desk.reporting.charts.scene import Scene
from ach_desk.reporting.charts.typography import drawable, font
from ach_desk.reporting.palette import PALETTES
from ach_desk.scoring import Assessment, against_words, headline
from ach_desk.scoring.table import VALUES

_TITLES = ("Mutiny", "Staged operation", "Bargaining move", "Mutiny that was let run")
_ITEMS = tuple(f"Observation {number}" for number in range(1, 13))


def _case(**more: object) -> Assessment:
    return assessment_of(
        _TITLES, _ITEMS, random_ratings(11), combinations=(3,), levels=mixed_levels, dates=mixed_dates, **more
    )


def _rated(*rows: str) -> Assessment:
    """Return the assessment of rows of symbols, one string per item, one symbol per hypothesis ("." is unrated)."""
    cells = [[symbol.strip(".") for symbol in row.split()] for row in rows]
    return assessment_of(
        [f"Title {number}" for number in range(1, len(cells[0]) + 1)],
        [f"Item {number}" for number in range(1, len(cells) + 1)],
        lambda item, hypothesis: cells[item][hypothesis],
    )


def _texts(scene: Scene) -> list[str]:
    return [run.text for run in scene.texts]


def _labels_downwards(scene: Scene) -> list[str]:
    """Return the labels of the rows from top to bottom."""
    runs = [run for run in scene.texts if run.text.startswith("H") and run.text[1:].isdigit()]
    return [run.text for run in sorted(runs, key=lambda run: run.baseline)]


def _pixel(picture: Picture, x: float, y: float) -> str:
    start = (int(y) * picture.width + int(x)) * 4
    return "#" + picture.rgba[start : start + 3].hex()


def _cells(picture: Picture) -> list[HitBox]:
    return [hit for hit in picture.hits if hit.evidence_id and hit.hypothesis_id]


@pytest.mark.parametrize("scale", [1.0, 1.25, 2.0])
@pytest.mark.parametrize("palette", ["light", "dark", "print"])
def test_each_hit_box_of_the_consistency_chart_covers_its_block(palette: str, scale: float) -> None:
    assessment = _case()
    picture = draw("consistency", assessment, ChartOptions(width_px=round(1100 * scale), scale=scale, palette=palette))
    codes = assessment.table.codes
    found = set()
    for hit in _cells(picture):
        row, column = int(hit.evidence_id[1:]), int(hit.hypothesis_id[1:])
        value = VALUES[codes[row, column]]
        inside = 3 * scale
        assert _pixel(picture, hit.x + inside, hit.y + inside) == PALETTES[palette].blocks[value].fill
        assert hit.text.startswith(f"E{row + 1} Observation {row + 1}\nUnder H{column + 1}:")
        found.add((row, column))
    in_blocks = [VALUES.index(RatingValue(value)) for value in ("CC", "C", "I", "II")]
    assert found == {(int(row), int(column)) for row, column in np.argwhere(np.isin(codes, in_blocks))}


def test_each_hit_box_of_the_heat_map_covers_its_cell() -> None:
    assessment = _case()
    picture = draw("heatmap", assessment, ChartOptions(width_px=1000))
    cells = _cells(picture)
    assert len(cells) == assessment.table.codes.size
    for hit in cells:
        value = VALUES[assessment.table.codes[int(hit.evidence_id[1:]), int(hit.hypothesis_id[1:])]]
        if value is not RatingValue.NOT_APPLICABLE:
            assert _pixel(picture, hit.x + 4, hit.y + 4) == PALETTES["light"].ratings[value].fill


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_has_the_bytes_it_says_and_no_box_outside(kind: str) -> None:
    picture = draw(kind, _case(), ChartOptions(width_px=700))
    assert picture.width == 700
    assert len(picture.rgba) == picture.width * picture.height * 4
    assert set(picture.rgba[3::4]) == {255}
    assert picture.hits
    for hit in picture.hits:
        assert 0 <= hit.x <= hit.x + hit.width <= picture.width
        assert 0 <= hit.y <= hit.y + hit.height <= picture.height


def test_strong_contradiction_stands_next_to_the_line_and_consistency_on_the_other_side() -> None:
    assessment = _rated("I II", "II I", "CC C", "C CC", "I CC", "II C")
    picture = draw("consistency", assessment, ChartOptions(width_px=900))
    for column in range(2):
        boxes = {int(hit.evidence_id[1:]): hit.x for hit in _cells(picture) if hit.hypothesis_id == f"h{column}"}
        from_left = [VALUES[assessment.table.codes[row, column]] for row in sorted(boxes, key=boxes.__getitem__)]
        order = ["I", "II", "CC", "C"]
        assert from_left == sorted(from_left, key=order.index)


def test_blocks_are_as_wide_as_their_weight_or_all_alike() -> None:
    weighted = draw("consistency", _case(), ChartOptions(width_px=900))
    per_weight = {round(hit.width / _case().table.weights[int(hit.evidence_id[1:])], 6) for hit in _cells(weighted)}
    assert len(per_weight) == 1
    alike = draw("consistency", _case(), ChartOptions(width_px=900, show_weights=False))
    assert len({round(hit.width, 6) for hit in _cells(alike)}) == 1


def test_rows_go_from_the_least_contradicted_down_and_combinations_come_last() -> None:
    assessment = assessment_of(
        ["Both", "Much against", "Nothing against", "Little against"],
        ["A", "B", "C"],
        lambda item, hypothesis: ("C", "II", "C", "I" if item else "C")[hypothesis],
        combinations=(0,),
    )
    for kind in ("consistency", "ranking"):
        assert _labels_downwards(compose(kind, assessment, ChartOptions()).scene) == ["H3", "H4", "H2", "H1"]
        assert "Combinations of explanations" in _texts(compose(kind, assessment, ChartOptions()).scene)


def test_the_title_is_the_headline_and_the_words_are_those_of_the_scoring() -> None:
    assessment = _case()
    chart = compose("consistency", assessment, ChartOptions(width_px=1200))
    assert chart.title == headline(assessment)
    assert headline(assessment) in _texts(chart.scene)
    shown = " ".join(_texts(chart.scene))
    for column in range(len(_TITLES)):
        assert all(part in shown for part in against_words(assessment, column).split(", "))
    assert "Speaks against it" in shown
    assert "Would be expected" in shown


def test_neutral_not_applicable_and_unrated_are_counted_in_columns_of_their_own() -> None:
    assessment = _rated("N I", "N C", "N C", "N/A C", "N/A C", ". C", "C C", "C C", "I C")
    scene = compose("consistency", assessment, ChartOptions(width_px=900)).scene
    row = next(run.baseline for run in scene.texts if run.text == "Title 1")
    counts = [run for run in scene.texts if abs(run.baseline - row) < 3 and run.text.isdigit()]
    assert [run.text for run in sorted(counts, key=lambda run: run.x)] == ["3", "2", "1"]


def test_ties_are_bracketed_or_said() -> None:
    assessment = _rated("I I II", "C C C")
    for kind in ("consistency", "ranking"):
        assert "tied" in _texts(compose(kind, assessment, ChartOptions(width_px=900)).scene)
        narrow = _texts(compose(kind, assessment, ChartOptions(width_px=400)).scene)
        assert {"tied with H1", "tied with H2"} <= set(narrow)
    assert "tied" not in _texts(compose("ranking", _rated("I II", "C C"), ChartOptions()).scene)


def test_a_tie_between_a_combination_and_a_single_explanation_is_said() -> None:
    assessment = assessment_of(["A", "B", "A and B"], ["X"], lambda item, hypothesis: "I", combinations=(2,))
    shown = _texts(compose("consistency", assessment, ChartOptions()).scene)
    assert "tied with H3" in shown
    assert "tied with H1 and H2" in shown


@pytest.mark.parametrize("kind", ["consistency", "ranking"])
def test_what_cannot_be_compared_is_listed_in_words_and_never_drawn_or_leading(kind: str) -> None:
    assessment = assessment_of(
        ["Rated", "Hardly rated", "Rejected"],
        ["A", "B", "C", "D"],
        lambda item, hypothesis: "" if hypothesis == 1 and item else ("I", "C", "C")[hypothesis],
        rejected=(2,),
    )
    picture = draw(kind, assessment, ChartOptions())
    scene = compose(kind, assessment, ChartOptions()).scene
    assert _labels_downwards(scene) == ["H1"]
    assert "H2 is rated on 1 of 4 items and cannot be compared yet." in _texts(scene)
    assert "H3 is rejected and not ranked." in _texts(scene)
    assert not [hit for hit in _cells(picture) if hit.hypothesis_id != "h0"]
    assert {hit.hypothesis_id for hit in picture.hits} == {"h0", "h1", "h2"}


@pytest.mark.parametrize(("positive", "expected"), [(False, "−7"), (True, "7")])
def test_the_ranking_writes_scores_with_the_sign_that_was_chosen(positive: bool, expected: str) -> None:
    assessment = _rated("II C", "II C", "II C", "I C")
    shown = _texts(compose("ranking", assessment, ChartOptions(positive_scores=positive)).scene)
    assert expected in shown
    assert "0" in shown
    weighted = assessment_of(["A", "B"], ["X"], lambda item, hypothesis: "I", levels=mixed_levels)
    assert ("1.41" if positive else "−1.41") in _texts(
        compose("ranking", weighted, ChartOptions(positive_scores=positive)).scene
    )


def test_the_longest_bar_of_the_ranking_has_the_worst_score() -> None:
    assessment = _rated("II I C", "II I C")
    scene = compose("ranking", assessment, ChartOptions()).scene
    widths = [width for some in scene.boxes.values() for _x, _y, width, _height in some]
    assert widths == sorted(widths)
    assert widths[1] == pytest.approx(2 * widths[0])


def test_items_set_aside_are_not_counted_and_struck_through() -> None:
    assessment = _case(set_aside=(0, 5))
    chart = compose("consistency", assessment, ChartOptions(width_px=1400))
    assert not {"E1", "E6"} & set(_texts(chart.scene))
    assert any("2 items are set aside and not counted (E1 and E6)." in text for text in _texts(chart.scene))
    picture = draw("heatmap", assessment, ChartOptions())
    struck = compose("heatmap", assessment, ChartOptions()).scene.rules
    level = [ends for some in struck.values() for ends in some if ends[1] == ends[3] and ends[0] < 20 < ends[2] < 500]
    assert len(level) == 2
    for hit in _cells(picture):
        if hit.evidence_id == "e0":
            assert _pixel(picture, hit.x + 4, hit.y + 4) == PALETTES["light"].ratings[None].fill


def test_the_heat_map_has_bars_where_diagnosticity_is_defined() -> None:
    assessment = _rated("II CC", "C C", "N .", "I C")
    scene = compose("heatmap", assessment, ChartOptions()).scene
    bar = PALETTES["light"].bar.fill
    bars = [box for style, some in scene.boxes.items() if style.fill == bar for box in some]
    assert [width for _x, _y, width, _height in bars] == pytest.approx([2 * bars[1][2], bars[1][2]])
    assert _texts(scene).count("–") == 1


def test_large_heat_maps_have_no_symbols() -> None:
    def symbols(items: int) -> int:
        assessment = assessment_of(_TITLES, [f"Item {n}" for n in range(items)], lambda item, hypothesis: "CC")
        return _texts(compose("heatmap", assessment, ChartOptions()).scene).count("CC")

    assert symbols(125) == 501
    assert symbols(126) == 1


def test_a_heat_map_of_very_many_items_shows_those_that_tell_most_and_says_so() -> None:
    assessment = assessment_of(
        ["A", "B"],
        [f"Item {number}" for number in range(400)],
        lambda item, hypothesis: "CC" if item % 40 == 7 and hypothesis else "I" if item % 2 else "N",
    )
    picture = draw("heatmap", assessment, ChartOptions())
    shown = {hit.evidence_id for hit in _cells(picture)}
    assert len(shown) == 250
    assert {f"e{number}" for number in range(7, 400, 40)} <= shown
    texts = _texts(compose("heatmap", assessment, ChartOptions()).scene)
    assert "Of 400 items, the 250 that tell the hypotheses apart best are shown." in texts


def test_blocks_too_narrow_to_see_are_still_named() -> None:
    assessment = assessment_of(["A", "B"], [f"Item {n}" for n in range(300)], lambda item, hypothesis: "I")
    single = draw("consistency", assessment, ChartOptions(width_px=1300))
    assert len(_cells(single)) == 600
    merged = draw("consistency", assessment, ChartOptions(width_px=600))
    assert not _cells(merged)
    assert "300 items, surprising under H1 (I)" in {hit.text for hit in merged.hits}


@pytest.mark.parametrize("kind", OF_SCORES)
def test_an_empty_analysis_gets_a_kind_sentence(kind: str) -> None:
    for assessment, expected in (
        (assessment_of([], [], lambda item, hypothesis: ""), "There is no hypothesis yet."),
        (assessment_of(_TITLES, [], lambda item, hypothesis: ""), "There is no evidence yet."),
    ):
        picture = draw(kind, assessment, ChartOptions())
        assert expected in " ".join(_texts(compose(kind, assessment, ChartOptions()).scene))
        assert picture.hits == ()
        assert picture.caption


def test_an_unrated_analysis_says_what_to_do_next() -> None:
    assessment = assessment_of(_TITLES, _ITEMS, lambda item, hypothesis: "")
    for kind in ("consistency", "ranking"):
        shown = _texts(compose(kind, assessment, ChartOptions()).scene)
        assert "Nothing is rated yet." in shown
        assert "Rate an item in the matrix, and it appears here." in shown


def test_hidden_totals_give_nothing_away() -> None:
    assessment = _case()
    options = ChartOptions(hide_totals=True)
    for kind in ("consistency", "ranking"):
        picture = draw(kind, assessment, options)
        shown = " ".join(_texts(compose(kind, assessment, options).scene)) + picture.caption + picture.alt_text
        assert picture.hits == ()
        assert headline(assessment) not in shown
        assert "against," not in shown
        assert "The standing is hidden." in shown


@pytest.mark.parametrize("kind", OF_SCORES)
def test_marking_notice_and_footer_are_on_every_picture(kind: str) -> None:
    options = ChartOptions(
        width_px=1200, marking="RESTRICTED", notice="Worked example.", analyst="A. Weber", date="30 June 2023"
    )
    for assessment in (_case(), assessment_of([], [], lambda item, hypothesis: "")):
        scene = compose(kind, assessment, options).scene
        marks = [run.baseline for run in scene.texts if run.text == "RESTRICTED"]
        others = [run.baseline for run in scene.texts if run.text != "RESTRICTED"]
        assert len(marks) == 2
        assert min(marks) < min(others) < max(others) < max(marks)
        assert "Worked example." in _texts(scene)
    footer = " ".join(_texts(compose(kind, _case(), options).scene))
    assert "Ratings of one analyst (A. Weber), 12 items, 30 June 2023." in footer
    assert "Fitting evidence does not prove a hypothesis." in footer
    plain = " ".join(_texts(compose(kind, _case(), ChartOptions(width_px=1200)).scene))
    assert "Ratings of one analyst, 12 items." in plain


def _blocks_at(picture: Picture, hypothesis: str) -> dict[str, HitBox]:
    return {hit.evidence_id: hit for hit in _cells(picture) if hit.hypothesis_id == hypothesis}


def test_a_narrow_chart_lays_blocks_in_two_courses_and_not_labels_on_their_side() -> None:
    rows = ["I C", "II C", "I C", "I CC", "C C", "C C", "C C", "CC C", "C C", "C C", "C C", "C C"]
    assessment = _rated(*rows)
    options = ChartOptions(width_px=340)
    scene, picture = compose("consistency", assessment, options).scene, draw("consistency", assessment, options)
    assert not any(run.upright for run in scene.texts)
    assert sum(run.text.startswith("E") and run.text[1:].isdigit() for run in scene.texts) == 2 * len(rows)
    blocks = _blocks_at(picture, "h0")
    assert len(blocks) == len(rows)
    zero = blocks["e7"].x
    assert len({hit.y for hit in blocks.values()}) == 2
    assert abs(blocks["e1"].x + blocks["e1"].width - zero) < 4, "II stands next to the zero line"
    for course in {hit.y for hit in blocks.values()}:
        ends = [blocks[item] for item in blocks if blocks[item].y == course]
        right = sorted((hit for hit in ends if hit.x >= zero - 1), key=lambda hit: hit.x)
        left = sorted((hit for hit in ends if hit.x < zero - 1), key=lambda hit: -hit.x)
        assert len(right) == 4
        assert len(left) == 2
    assert (
        len({hit.y for hit in _blocks_at(draw("consistency", assessment, ChartOptions(width_px=1300)), "h0").values()})
        == 1
    )


def test_the_head_says_that_single_explanations_come_first() -> None:
    for width in (340, 900):
        shown = " ".join(_texts(compose("consistency", _case(), ChartOptions(width_px=width)).scene))
        assert "Single explanations," in shown
    assert "Least contradicted first" in _texts(compose("consistency", _rated("I C"), ChartOptions()).scene)


@pytest.mark.parametrize("width", [330, 340, 360, 380])
def test_the_head_over_the_left_side_has_no_word_left_over(width: int) -> None:
    scene = compose("consistency", _case(), ChartOptions(width_px=width)).scene
    heads = {run.text for run in scene.texts if "peaks" in run.text or run.text.endswith("against it")}
    assert heads & {"Speaks against it", "against it"}


def test_titles_in_the_heat_map_are_cut_at_about_the_same_place() -> None:
    titles = [
        "23 June: disproportionately long words follow",
        "A number of quite short words that go on and on",
        "S o" * 40,
    ]
    assessment = assessment_of(["A", "B"], titles, random_ratings(1))
    scene = compose("heatmap", assessment, ChartOptions(width_px=380)).scene
    cut = [run.x + run.font.width(run.text) for run in scene.texts if run.text.endswith("…")]
    assert len(cut) == 3
    assert max(cut) - min(cut) < 14


def test_a_picture_character_without_a_font_is_one_sign_and_a_drawable_one_is_itself() -> None:
    assert drawable("a \U0001f469\U0001f3fd\u200d\U0001f4bb b") == "a \ufffd b"
    assert drawable("\U0001f1e9\U0001f1ea\U0001f1eb\U0001f1f7") == "\ufffd\ufffd"
    assert drawable("\u26a1 rising") == "\u26a1 rising"


@pytest.mark.parametrize("kind", OF_SCORES)
def test_the_subject_says_what_is_shown_without_the_finding(kind: str) -> None:
    assessment = _case()
    picture = draw(kind, assessment, ChartOptions())
    assert picture.subject.count(".") == 1
    assert compose(kind, assessment, ChartOptions()).title not in picture.subject
    if kind != "heatmap":
        assert draw(kind, assessment, ChartOptions(hide_totals=True)).subject.startswith("The standing is hidden.")


def test_captions_are_one_sentence_with_the_finding() -> None:
    assessment = _rated("I II", "C C")
    assert charts.caption("consistency", assessment) == (
        "What speaks against each of 2 hypotheses, and what would be expected anyway: "
        "H1 has the least evidence against it; H2 is close."
    )
    assert charts.caption("ranking", assessment) == (
        "The weighted inconsistency of 2 hypotheses, the least contradicted first: "
        "H1 has the least evidence against it; H2 is close."
    )
    assert charts.caption("heatmap", assessment) == (
        "How each of 2 items fits each hypothesis, and how well it tells them apart: "
        "E1 tells the hypotheses apart best."
    )
    picture = draw("consistency", assessment, ChartOptions())
    assert picture.caption == charts.caption("consistency", assessment)
    assert "H2: 1 against, strongly." in picture.alt_text
    assert "E2: H1 C, H2 C." in draw("heatmap", assessment, ChartOptions()).alt_text


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (["C C", "N N"], "No item separates the hypotheses: each is rated the same throughout."),
        (["C .", ". N"], "No item is rated under two hypotheses yet."),
        (["C I", "I C", "N N"], "E1 and E2 tell the hypotheses apart best."),
    ],
)
def test_the_heat_map_is_titled_with_what_it_shows(rows: list[str], title: str) -> None:
    assert compose("heatmap", _rated(*rows), ChartOptions()).title == title


def test_black_and_white_has_no_colour_and_four_patterns() -> None:
    options = ChartOptions(black_and_white=True, width_px=900)
    assessment = _rated("CC C", "C CC", "I II", "II I")
    for kind in KINDS:
        rows = np.frombuffer(draw(kind, assessment, options).rgba, np.uint8).reshape(-1, 4)
        assert (rows[:, 0] == rows[:, 1]).all()
        assert (rows[:, 1] == rows[:, 2]).all()
    looks = {
        (style.fill, style.pattern)
        for style in compose("consistency", assessment, options).scene.boxes
        if not style.layer
    }
    assert looks == {("#000000", ""), ("#ffffff", "lines"), ("#ffffff", "dots"), ("#ffffff", "")}


def test_slight_ratings_look_their_own_in_black_and_white_on_both_sides() -> None:
    options = ChartOptions(black_and_white=True, width_px=900)
    assessment = _rated("CC C", "C- C", "I II", "I- I-")
    looks = {style for style in compose("consistency", assessment, options).scene.boxes if not style.layer}
    assert len({(style.fill, style.pattern) for style in looks}) == 5
    assert all(style.line or style.fill == "#000000" for style in looks), "nothing pale without an outline"


@pytest.mark.parametrize(
    ("rows", "scale", "legend"),
    [
        (["C I"], Scale.FIVE, "CC C N I II N/A"),
        (["C I-"], Scale.FIVE, "CC C N I- I II N/A"),
        (["C I"], Scale.SEVEN, "CC C C- N I- I II N/A"),
        (["C I"], Scale.THREE, "C N I N/A"),
        (["CC I"], Scale.THREE, "CC C N I N/A"),
    ],
)
def test_a_legend_explains_the_steps_of_the_scale_and_what_else_occurs(
    rows: list[str], scale: Scale, legend: str
) -> None:
    assessment = replace(_rated(*rows), scale=scale)
    assert list(assessment.legend) == legend.split()
    shown = _texts(compose("heatmap", assessment, ChartOptions(width_px=900)).scene)
    for value in ("C-", "I-", "CC", "II"):
        assert (value in shown) == (value in legend.split()), value


def test_a_wished_height_is_taken_by_the_rows() -> None:
    natural = draw("consistency", _case(), ChartOptions(width_px=900))
    taller = draw("consistency", _case(), ChartOptions(width_px=900, height_px=natural.height + 60))
    assert taller.height == natural.height + 60
    row = {hit.hypothesis_id: hit.height for hit in natural.hits if not hit.evidence_id}
    assert all(hit.height > row[hit.hypothesis_id] for hit in taller.hits if not hit.evidence_id)
    assert draw("consistency", _case(), ChartOptions(width_px=900, height_px=10)).height == natural.height


def test_unknown_kinds_and_palettes_are_refused() -> None:
    with pytest.raises(ValueError, match="pie"):
        draw("pie", _case(), ChartOptions())
    with pytest.raises(ValueError, match="neon"):
        draw("ranking", _case(), ChartOptions(palette="neon"))
    with pytest.raises(ValueError, match="pie"):
        charts.caption("pie", _case())
    with pytest.raises(ValueError, match="bmp"):
        charts.save("ranking", _case(), ChartOptions(), "bmp")


def test_a_family_that_is_not_installed_falls_back_without_a_word(caplog: pytest.LogCaptureFixture) -> None:
    usual = draw("ranking", _case(), ChartOptions())
    other = draw("ranking", _case(), ChartOptions(font_family="No Such Family"))
    assert other.rgba == usual.rgba
    assert caplog.records == []


def test_charts_drawn_and_saved_side_by_side_are_the_same_as_one_after_the_other() -> None:
    assessment, options = _case(), ChartOptions(width_px=800)
    alone = {kind: draw(kind, assessment, options).rgba for kind in KINDS}
    files = {kind: charts.save(kind, assessment, options, "svg") for kind in KINDS}
    with ThreadPoolExecutor(4) as pool:
        drawn = {kind: [pool.submit(draw, kind, assessment, options) for _ in range(3)] for kind in KINDS}
        saved = {kind: pool.submit(charts.save, kind, assessment, options, "svg") for kind in KINDS}
        assert all(job.result().rgba == alone[kind] for kind in KINDS for job in drawn[kind])
        assert all(saved[kind].result() == files[kind] for kind in KINDS)


_FRESH = """
import sys
from ach_desk.reporting.charts import ChartOptions, draw, save
assert "matplotlib" not in sys.modules
import matplotlib
def settings():
    return {name: matplotlib.rcParams[name] for name in matplotlib.rcParams if name != "backend"}
before = settings()
sys.path.insert(0, "tests")
from helpers.assessments import assessment_of
one = assessment_of(["A", "B"], ["X"], lambda item, hypothesis: "I")
draw("consistency", one, ChartOptions())
for ending in ("svg", "pdf", "png"):
    save("ranking", one, ChartOptions(), ending)
assert settings() == before
assert "matplotlib.pyplot" not in sys.modules
assert "PySide6" not in sys.modules
"""


def test_matplotlib_is_imported_on_use_without_pyplot_and_its_settings_stay() -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-W", "error", "-c", _FRESH], check=True, env=environment)


def test_a_changed_rating_shows_in_the_next_picture() -> None:
    assessment = _case()
    before = draw("consistency", assessment, ChartOptions())
    codes = assessment.table.codes.copy()
    codes[0, 0] = VALUES.index(RatingValue.VERY_INCONSISTENT) if codes[0, 0] != 6 else 2
    changed = replace(assessment, table=replace(assessment.table, codes=codes))
    assert draw("consistency", changed, ChartOptions()).rgba != before.rgba
    assert draw("consistency", assessment, ChartOptions()).rgba == before.rgba


@pytest.mark.parametrize("width", [880, 960, 1040, 1120])
def test_the_sentences_below_a_vector_picture_keep_within_its_margins(width: int) -> None:
    # At these sizes letters are up to 3 % wider in a vector format than on a screen.
    options = ChartOptions(width_px=width, analyst="Analyst 1", date="2023-06-30", font_size=8.5)
    picture = ElementTree.fromstring(charts.save("consistency", _case(set_aside=(2, 5)), options, "svg"))
    texts = list(picture.iter("{http://www.w3.org/2000/svg}text"))
    sentences = [text for text in texts if len(text.text or "") > 60]
    assert sentences
    for sentence in sentences:
        points, margin = float(_number("font-size: ([0-9.]+)px", sentence)), float(sentence.attrib["x"])
        drawn = font("", points, False, 16.0).width(sentence.text or "") * 72 / 96
        assert drawn <= width * 72 / 96 - 2 * margin + 1


def _number(pattern: str, text: ElementTree.Element) -> str:
    found = re.search(pattern, text.attrib["style"])
    assert found, text.attrib
    return found[1]
