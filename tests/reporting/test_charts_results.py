"""The charts of robustness: tornado and trajectories, on screen and in files, narrow and wide, hidden and empty."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from PIL import Image

from ach_desk import paths
from ach_desk.model import Analysis, Matrix
from ach_desk.model.method_settings import Method
from ach_desk.reporting import charts
from ach_desk.reporting.chart_options import EVERY_KIND, OF_ANALYSTS
from ach_desk.reporting.chart_subjects import subject_of
from ach_desk.reporting.charts import ChartOptions, alternative_text, caption, draw, save
from ach_desk.reporting.charts.compose import compose
from ach_desk.reporting.charts.tornado import MOST_BARS, TornadoSubject
from ach_desk.reporting.charts.trajectories import Measure, TrajectoriesSubject, measures
from ach_desk.scoring import assess
from ach_desk.scoring.methods import Inputs, inputs
from ach_desk.scoring.replay import Clock, replay, with_rank_shares
from ach_desk.scoring.tornado import tornado
from ach_desk.storage.files import read_document


@pytest.fixture(scope="module")
def case() -> tuple[Analysis, Matrix, str, Inputs]:
    analysis = read_document(paths.seeds() / "russia-june-2023.ach.json").loaded.analysis
    matrix = analysis.matrices[0]
    analyst = next(iter(matrix.sheets))
    return analysis, matrix, analyst, inputs(analysis, matrix, analyst, assess(analysis, matrix, analyst))


def tornado_subject(case: tuple[Analysis, Matrix, str, Inputs], method: Method = Method.WEIGHTED) -> TornadoSubject:
    analysis, matrix, analyst, given = case
    found = tornado(analysis, matrix.sheets[analyst], given, method)
    assert found is not None
    return TornadoSubject(given, found)


def trajectories_subject(
    case: tuple[Analysis, Matrix, str, Inputs], method: Method, *, shares: bool = False
) -> TrajectoriesSubject:
    _analysis, matrix, analyst, given = case
    found = replay(given, method, Clock.LEARNED)
    if shares:
        found = with_rank_shares(found, given, matrix, analyst, seed=1)
    return TrajectoriesSubject(given, found, measures(found)[-1])


@pytest.mark.parametrize("width", [320, 1200])
@pytest.mark.parametrize("method", [Method.WEIGHTED, Method.BAYES_SOURCES])
def test_every_bar_of_the_tornado_says_both_ends(
    case: tuple[Analysis, Matrix, str, Inputs], method: Method, width: int
) -> None:
    subject = tornado_subject(case, method)
    chart = compose("tornado", subject, ChartOptions(width_px=width))
    assert len(subject.shown) == min(len(subject.found.swings), MOST_BARS)
    assert len(chart.scene.hits) == 2 * len(subject.shown)
    written = " ".join(run.text for run in chart.scene.texts)
    for swing in subject.shown:
        for end in (swing.low, swing.high):
            assert end.words in written
        assert f"{swing.label}" in written
    assert "level" in written
    assert chart.alt_text.count("\n") == len(subject.shown)
    for run in chart.scene.texts:
        left = {"left": 0.0, "center": 0.5, "right": 1.0}[run.anchor] * run.font.width(run.text)
        assert run.x - left >= -0.5
        assert run.x - left + run.font.width(run.text) <= chart.scene.width + 0.5


def test_what_overturns_is_in_the_strongest_tone(case: tuple[Analysis, Matrix, str, Inputs]) -> None:
    subject = tornado_subject(case)
    options = ChartOptions(width_px=900)
    chart = compose("tornado", subject, options)
    dark = [boxes for style, boxes in chart.scene.boxes.items() if style.layer == 1]
    assert sum(map(len, dark)) == sum(1 for swing in subject.shown if swing.low.margin < 0)
    assert chart.title.startswith("The lead of H4 over H3 hangs most on E7;")
    assert chart.subject.startswith("How far the lead of H4 over H3 swings")


def test_the_rows_of_the_trajectories_are_the_hypotheses_the_leader_first(
    case: tuple[Analysis, Matrix, str, Inputs],
) -> None:
    subject = trajectories_subject(case, Method.WEIGHTED)
    assert subject.measure is Measure.SCORE
    chart = compose("trajectories", subject, ChartOptions(width_px=900))
    steps = len(subject.found.days)
    assert len(chart.scene.hits) == 4 * steps
    hypotheses = [subject.inputs.assessment.hypotheses[column] for column in subject.columns]
    assert [entry.label for entry in hypotheses] == ["H4", "H3", "H2", "H1"]
    assert [hit.hypothesis_id for hit in chart.scene.hits[::steps]] == [entry.id for entry in hypotheses]
    dark = sum(len(boxes) for style, boxes in chart.scene.boxes.items() if style.layer == 1)
    assert dark == int((subject.found.rank == 1).sum())
    assert chart.title == "H4 leads since 24 June 2023, with E5, E6, E8, E9 and E10."
    assert "2023-06-30" in [run.text for run in chart.scene.texts]


@pytest.mark.parametrize(("method", "shares", "measure"), [
    (Method.BAYES, False, Measure.POSTERIOR),
    (Method.WEIGHTED, True, Measure.SHARE),
])  # fmt: skip
def test_what_is_followed_is_what_there_is(
    case: tuple[Analysis, Matrix, str, Inputs], method: Method, shares: bool, measure: Measure
) -> None:
    subject = trajectories_subject(case, method, shares=shares)
    assert subject.measure is measure
    chart = compose("trajectories", subject, ChartOptions(width_px=400))
    assert any("%" in run.text for run in chart.scene.texts)


def test_files_carry_marking_and_the_finding(case: tuple[Analysis, Matrix, str, Inputs]) -> None:
    options = ChartOptions(width_px=600, marking="TLP:AMBER", black_and_white=True)
    for kind, subject in (
        ("tornado", tornado_subject(case)),
        ("trajectories", trajectories_subject(case, Method.WEIGHTED)),
    ):
        svg = charts.save(kind, subject, options, "svg").decode()  # pyright: ignore[reportArgumentType]
        assert svg.count("TLP:AMBER") == 2
        assert "H4" in svg
        picture = charts.draw(kind, subject, replace(options, scale=2.0))  # pyright: ignore[reportArgumentType]
        assert len(picture.rgba) == 4 * picture.width * picture.height


def test_hidden_scores_hide_both(case: tuple[Analysis, Matrix, str, Inputs]) -> None:
    for kind, subject in (
        ("tornado", tornado_subject(case)),
        ("trajectories", trajectories_subject(case, Method.WEIGHTED)),
    ):
        chart = compose(kind, subject, ChartOptions(hide_totals=True))
        assert not chart.scene.hits
        assert "H4" not in chart.title + chart.caption + " ".join(run.text for run in chart.scene.texts)


def test_the_numbers_behind_are_whole_and_exact(case: tuple[Analysis, Matrix, str, Inputs]) -> None:
    of_tornado = tornado_subject(case)
    found = charts.table("tornado", of_tornado)
    assert len(found.rows) == len(of_tornado.found.swings) > 0
    assert {len(row) for row in found.rows} == {len(found.header)}
    assert [row[3] for row in found.rows] == [swing.low.margin for swing in of_tornado.found.swings]
    of_replay = trajectories_subject(case, Method.WEIGHTED)
    rows = charts.table("trajectories", of_replay).rows
    assert len(rows) == len(of_replay.found.days) * len(of_replay.columns)
    at_the_end = {row[1]: row[4] for row in rows[-len(of_replay.columns) :]}
    labels = [entry.label for entry in of_replay.inputs.assessment.hypotheses]
    assert at_the_end == {labels[at]: of_replay.found.scores[-1, at] for at in of_replay.columns}
    assert charts.save("tornado", of_tornado, ChartOptions(marking="M"), "csv").startswith(b"# M\r\n")


def test_they_take_no_assessment(case: tuple[Analysis, Matrix, str, Inputs]) -> None:
    for kind in charts.OF_RESULTS:
        with pytest.raises(ValueError, match=kind):
            charts.table(kind, case[3].assessment)


@pytest.mark.parametrize("kind", [kind for kind in EVERY_KIND if kind not in OF_ANALYSTS])
def test_every_chart_has_the_size_that_was_chosen_in_every_format(
    kind: str, case: tuple[Analysis, Matrix, str, Inputs]
) -> None:
    analysis, matrix, analyst, read = case
    subject = subject_of(kind, analysis, matrix, analyst, read.assessment)
    options = ChartOptions(width_px=625, height_px=1500, scale=1.25)
    drawn = draw(kind, subject, options)
    assert (drawn.width, drawn.height) == (625, 1500)
    with Image.open(io.BytesIO(save(kind, subject, options, "png"))) as picture:
        assert picture.size == (625, 1500)
        assert picture.info["dpi"] == pytest.approx((120, 120), abs=0.1)
    in_svg = re.search(rb'<svg [^>]*width="([\d.]+)pt" height="([\d.]+)pt"', save(kind, subject, options, "svg"))
    in_pdf = re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+)", save(kind, subject, options, "pdf"))
    for found in (in_svg, in_pdf):
        assert found is not None
        assert [float(side) for side in found.groups()] == pytest.approx([500 * 0.75, 1200 * 0.75], abs=0.5)
    assert len(save(kind, subject, options, "csv").splitlines()) > 1
    assert 0 < len(caption(kind, subject)) < 400
    assert alternative_text(kind, subject)


@pytest.mark.parametrize("make", [tornado_subject, trajectories_subject])
def test_another_way_than_that_of_the_ranking_is_named_in_the_picture(
    case: tuple[Analysis, Matrix, str, Inputs],
    make: Callable[[tuple[Analysis, Matrix, str, Inputs], Method], TornadoSubject | TrajectoriesSubject],
) -> None:
    kind = "tornado" if make is tornado_subject else "trajectories"
    written = {
        method: " ".join(run.text for run in compose(kind, make(case, method), ChartOptions()).scene.texts)
        for method in (Method.WEIGHTED, Method.BAYES_SOURCES)
    }
    assert "By Bayes with sources and groups." in written[Method.BAYES_SOURCES]
    assert "By weighted inconsistency." not in written[Method.WEIGHTED]
