"""The charts of what the order rests on in the window: absent at first, in the panel and in the dock, saved, stale."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from helpers.accessible import nameless_controls
from helpers.desktop import running_desktop
from PySide6.QtWidgets import QApplication, QTabBar
from pytestqt.qtbot import QtBot

from ach_desk import paths
from ach_desk.commands import edits
from ach_desk.model import RatingValue, new_analysis
from ach_desk.model.method_settings import Method
from ach_desk.reporting.chart_names import OF_RESULTS, RESTING, chart_name
from ach_desk.reporting.chart_options import OF_SCORES, HitBox
from ach_desk.storage.files import read_document
from ach_desk.ui import messages
from ach_desk.ui.application import Desktop
from ach_desk.ui.charts import ChartsPanel, panel
from ach_desk.ui.robustness.chart_fold import ChartFold
from ach_desk.ui.window import AnalysisWindow

PATIENCE = 20_000


@pytest.fixture
def desktop(qapp: QApplication) -> Iterator[Desktop]:
    with running_desktop(qapp) as running:
        yield running


@pytest.fixture
def window(qtbot: QtBot, desktop: Desktop) -> AnalysisWindow:
    """Return a window on the worked example of June 2023."""
    analysis = read_document(paths.seeds() / "russia-june-2023.ach.json").loaded.analysis
    window = desktop.open_untitled(analysis, dirty=False)
    qtbot.waitExposed(window)
    return window


@pytest.fixture
def fold(qtbot: QtBot, window: AnalysisWindow) -> ChartFold:
    """Return the charts in the dock, opened."""
    window.resize(window.width(), 1000)  # they are the last section, and only what can be seen is drawn
    window.actions_registry["robustness.show"].trigger()
    panel = window.robust.dock.panel
    qtbot.waitUntil(lambda: panel.answer is not None and panel.answer.complete and panel.is_settled, timeout=PATIENCE)
    fold = window.robust.charts
    assert fold is not None
    assert fold.charts is None
    fold.switch.click()
    _drawn(qtbot, _charts(fold), "methods")
    return fold


def _charts(fold: ChartFold) -> ChartsPanel:
    assert fold.charts is not None
    return fold.charts


def _drawn(qtbot: QtBot, charts: ChartsPanel, kind: str) -> None:
    """Wait until a chart of that kind stands there and nothing is to be drawn any more."""

    def is_there() -> bool:
        picture = charts.picture.picture
        busy = charts._background.is_busy or charts._pause.isActive() or charts._stale
        return picture is not None and charts.kind == kind and not busy and not charts.picture.is_saying

    qtbot.waitUntil(is_there, timeout=PATIENCE)


def _tabs(charts: ChartsPanel) -> QTabBar:
    assert charts.chooser.tabs is not None
    return charts.chooser.tabs


def _caption(charts: ChartsPanel) -> str:
    picture = charts.picture.picture
    assert picture is not None
    return picture.caption


def _hits(charts: ChartsPanel) -> tuple[HitBox, ...]:
    picture = charts.picture.picture
    assert picture is not None
    return picture.hits


def test_a_newcomer_sees_three_tabs_and_no_list(qtbot: QtBot, window: AnalysisWindow) -> None:
    charts = window.charts
    window.side.charts_dock.show()
    window.side.charts_dock.raise_()
    _drawn(qtbot, charts, "consistency")
    assert _tabs(charts).count() == len(OF_SCORES)
    assert charts.chooser.more.isHidden()
    assert charts.chooser.rival.isHidden()


@pytest.mark.parametrize("kind", RESTING)
def test_each_chart_is_one_action_away_and_has_a_tab_from_then_on(
    kind: str, qtbot: QtBot, window: AnalysisWindow
) -> None:
    charts = window.charts
    window.actions_registry[f"chart_{kind}"].trigger()
    _drawn(qtbot, charts, kind)
    assert _tabs(charts).count() == len(OF_SCORES) + 1
    assert charts.chooser.more.value == kind
    assert charts.chooser.rival.isHidden() == (kind not in ("waterfall", "tornado"))
    assert not nameless_controls(charts)
    window.actions_registry["chart_ranking"].trigger()
    _drawn(qtbot, charts, "ranking")
    assert charts.chooser.more.isHidden()
    _tabs(charts).setCurrentIndex(len(OF_SCORES))
    _drawn(qtbot, charts, kind)


def test_charts_of_results_are_in_the_list_too(qtbot: QtBot, window: AnalysisWindow) -> None:
    charts = window.charts
    window.side.charts_dock.show()
    window.side.charts_dock.raise_()
    for kind, begins in (("tornado", "How far the lead of H4"), ("trajectories", "How the scores came about")):
        charts.show_kind(kind)
        _drawn(qtbot, charts, kind)
        assert _caption(charts).startswith(begins)
        assert charts.chooser.more.value == kind
    session = window.session
    session.execute(edits.reject(session.analysis, session.matrix.hypotheses[1:], "only one is left"))
    charts.show_kind("tornado")
    qtbot.waitUntil(
        lambda: charts.picture.is_saying and "nothing yet" in charts.picture.accessibleDescription(), timeout=PATIENCE
    )


def test_the_dock_draws_by_its_own_way_of_adding_up(qtbot: QtBot, window: AnalysisWindow, fold: ChartFold) -> None:
    charts = _charts(fold)
    charts.show_kind("margin")
    _drawn(qtbot, charts, "margin")
    assert "By weighted inconsistency and the present ratings H3 would pass H4 if E8" in _caption(charts)
    method = window.robust.dock.panel.method
    method.show_value(Method.BAYES)
    method.chosen.emit(Method.BAYES)
    qtbot.waitUntil(lambda: "by Bayes" in _caption(charts), timeout=PATIENCE)
    assert not nameless_controls(fold)


def test_the_lead_over_another_rival_hangs_on_other_things(qtbot: QtBot, window: AnalysisWindow) -> None:
    charts = window.charts
    window.actions_registry["chart_tornado"].trigger()
    _drawn(qtbot, charts, "tornado")
    assert "over H3" in _caption(charts)
    h1 = next(entry.id for entry in window.session.assessment.hypotheses if entry.label == "H1")
    charts.chooser.rival.show_value(h1)
    charts.chooser.rival.chosen.emit(h1)
    qtbot.waitUntil(lambda: "over H1" in _caption(charts), timeout=PATIENCE)


def test_in_robustness_the_results_have_sections_of_their_own(fold: ChartFold) -> None:
    offered = _charts(fold).chooser.more
    for kind in OF_RESULTS:
        assert offered.findText(chart_name(kind)) == -1


def test_a_chart_of_nothing_says_so_and_is_not_saved(
    qtbot: QtBot, desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = desktop.open_untitled(new_analysis(), dirty=False)
    qtbot.waitExposed(empty)
    said: list[str] = []
    empty.charts.message.connect(said.append)
    monkeypatch.setattr(messages, "save_file", lambda *_args: pytest.fail("asked for a file"))
    empty.charts.set_scores_shown(True)
    empty.actions_registry["chart_tornado"].trigger()
    nothing = "There is nothing yet that this chart could show."
    qtbot.waitUntil(lambda: empty.charts.picture.accessibleDescription() == nothing, timeout=PATIENCE)
    empty.charts.save_as()
    assert said == [nothing]


def test_a_chart_that_takes_long_can_be_stopped_and_drawn_after_all(
    qtbot: QtBot, window: AnalysisWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = Event()

    def endless(*given: object) -> None:
        cancel = given[-1]
        while not cancel:
            Event().wait(0.01)
        stopped.set()

    charts = window.charts
    with monkeypatch.context() as patch:
        patch.setattr(panel, "draw_job", endless)
        window.actions_registry["chart_rank-shares"].trigger()
        qtbot.waitUntil(charts.waiting.isVisible, timeout=PATIENCE)
        assert not nameless_controls(charts)
        charts.waiting.stop_button.click()
        qtbot.waitUntil(stopped.is_set, timeout=PATIENCE)
    assert charts.picture.accessibleDescription() == "The chart was not drawn."
    assert charts.waiting.stop_button.isHidden()
    charts.waiting.draw_button.click()
    _drawn(qtbot, charts, "rank-shares")
    assert charts.waiting.isHidden()


def test_another_rival_is_drawn(qtbot: QtBot, window: AnalysisWindow, fold: ChartFold) -> None:
    charts = _charts(fold)
    charts.show_kind("waterfall")
    _drawn(qtbot, charts, "waterfall")
    h1 = next(entry.id for entry in window.session.assessment.hypotheses if entry.label == "H1")
    charts.chooser.rival.show_value(h1)
    charts.chooser.rival.chosen.emit(h1)
    qtbot.waitUntil(lambda: "against H1" in _caption(charts), timeout=PATIENCE)


def test_a_block_selects_its_cell_in_the_matrix(qtbot: QtBot, window: AnalysisWindow, fold: ChartFold) -> None:
    charts = _charts(fold)
    charts.show_kind("margin")
    _drawn(qtbot, charts, "margin")
    number, hit = next((number, hit) for number, hit in enumerate(_hits(charts)) if hit.evidence_id)
    charts.picture.choose(number)
    selected = window.matrix.selection()
    assert list(selected.items) == [hit.evidence_id]


def test_an_edit_is_drawn_and_the_older_picture_dropped(qtbot: QtBot, window: AnalysisWindow, fold: ChartFold) -> None:
    charts = _charts(fold)
    charts.show_kind("rank-shares")
    _drawn(qtbot, charts, "rank-shares")
    before = _caption(charts)
    session = window.session
    cells = [(item, session.matrix.hypotheses[3]) for item in session.matrix.evidence]
    for value in (RatingValue.CONSISTENT, RatingValue.VERY_INCONSISTENT):
        session.execute(edits.rate(session.analysis, session.matrix, session.analyst, cells, value))
    _drawn(qtbot, charts, "rank-shares")
    assert _caption(charts) != before
    assert "H4 stays first" not in _caption(charts)


def test_with_scores_hidden_nothing_is_drawn(qtbot: QtBot, window: AnalysisWindow, fold: ChartFold) -> None:
    charts = _charts(fold)
    window.actions_registry["view.scores"].trigger()
    assert not window.matrix.scores_shown
    assert not charts.isVisible()
    saved: list[str] = []
    charts.message.connect(saved.append)
    charts.save_data()
    assert saved == ["Charts appear together with the scores."]


def test_picture_and_data_are_saved(
    qtbot: QtBot, window: AnalysisWindow, fold: ChartFold, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    charts = _charts(fold)
    said: list[str] = []
    charts.message.connect(said.append)
    for act, name, text in (
        (charts.save_as, "a.svg", "Chart saved as"),
        (charts.save_data, "a.csv", "Data saved as"),
        (charts.save_data, "a.txt", "Data are saved as .csv"),
    ):
        monkeypatch.setattr(messages, "save_file", lambda *_asked, name=name: tmp_path / name)
        act()
        qtbot.waitUntil(lambda text=text: any(line.startswith(text) for line in said), timeout=PATIENCE)
    assert b"<svg" in (tmp_path / "a.svg").read_bytes()
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").startswith("Way of adding up,Hypothesis,Title,Rank,Score")
    assert not (tmp_path / "a.txt").exists()
