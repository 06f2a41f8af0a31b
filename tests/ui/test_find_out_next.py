"""What to find out next, in the panel: the list with bars, links, numbers on hover, costs, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from helpers.accessible import nameless_controls
from helpers.analyses import Case, small_case
from helpers.desktop import running_desktop
from helpers.sessions import item, small_session
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits, watching
from ach_desk.commands.trail_words import TrailWords, rows_of
from ach_desk.model import Rating, RatingValue
from ach_desk.reporting.palette import DARK
from ach_desk.ui.application import Desktop
from ach_desk.ui.inspector.item import ItemPanel
from ach_desk.ui.robustness.find_out import FindOutNext
from ach_desk.ui.robustness.panel import RobustnessPanel
from ach_desk.ui.widgets.costfield import cost_of, cost_text
from ach_desk.ui.window import AnalysisWindow

PATIENCE = 20_000
CC, C, N, INC, II = (
    RatingValue.VERY_CONSISTENT,
    RatingValue.CONSISTENT,
    RatingValue.NEUTRAL,
    RatingValue.INCONSISTENT,
    RatingValue.VERY_INCONSISTENT,
)


@pytest.fixture
def desktop(qapp: QApplication) -> Iterator[Desktop]:
    with running_desktop(qapp) as running:
        yield running


@pytest.fixture
def case() -> Case:
    """Return seven items rated under three hypotheses, one that is not, and an indicator that tells most."""
    case = small_case(3, 8)
    rows = ((C, INC, N), (N, C, C), (C, N, INC), (C, C, C), (N, N, INC), (C, C, N), (CC, C, C))
    for row, values in zip(case.matrix.evidence, rows, strict=False):
        for hypothesis, value in zip(case.matrix.hypotheses, values, strict=True):
            case.matrix.set_rating(case.analyst, row, hypothesis, Rating(value))
    adding = watching.watch(case.analysis, "Convoys near the border.")
    adding.apply(case.analysis)
    for number, value in enumerate((CC, II, II), 1):
        watching.set_bearing(case.analysis, watching.added_id(adding), case.h(number), value).apply(case.analysis)
    return case


@pytest.fixture
def window(qtbot: QtBot, desktop: Desktop, case: Case) -> AnalysisWindow:
    window = desktop.open_untitled(case.analysis, dirty=False)
    qtbot.waitExposed(window)
    return window


@pytest.fixture
def panel(qtbot: QtBot, window: AnalysisWindow) -> RobustnessPanel:
    window.robust.show()
    panel = window.robust.dock.panel
    panel.set_scores_shown(True)
    settle(qtbot, panel)
    panel.folds[-1].set_open(True)
    return panel


@pytest.fixture
def listed(panel: RobustnessPanel) -> FindOutNext:
    return panel.find_out


def settle(qtbot: QtBot, panel: RobustnessPanel) -> None:
    """Wait until what is quick has been answered for the present state."""
    qtbot.waitUntil(lambda: panel.answer is not None and panel.is_settled, timeout=PATIENCE)


def test_what_tells_most_stands_on_top_with_the_longest_bar(panel: RobustnessPanel, listed: FindOutNext) -> None:
    assert listed.lead.text().startswith(
        "Finding out whether “Convoys near the border” comes about would tell H1 from H"
    )
    assert listed.rows[0].words == "Convoys near the border."
    assert "the most of all. If it is seen: H1\u00a0" in listed.rows[0].accessibleName()
    shares = [row.share for row in listed.rows]
    assert shares[0] == 1
    assert shares == sorted(shares, reverse=True)
    assert "Information gain: " in listed.rows[0].accessibleDescription()
    assert listed.basis.text().startswith(
        "Starts from what Bayes with sources and groups makes of the present ratings: H1"
    )
    assert not nameless_controls(panel)


def test_a_few_are_shown_and_the_rest_on_request(listed: FindOutNext) -> None:
    assert len(listed.rows) == 5
    assert listed.more.text() == "Show 3 more"
    listed.more.click()
    assert len(listed.rows) == 8
    assert listed.more.isHidden()


def test_what_is_missing_is_said_and_leads_there(listed: FindOutNext, window: AnalysisWindow, case: Case) -> None:
    (row,) = listed.missing
    assert row.accessibleName() == "E8 Report 8. Needs a rating under H1, H2 and H3."
    row.click()
    assert window.matrix.selection().evidence == case.e(8)


def test_a_click_leads_to_the_item_and_to_the_indicator(
    listed: FindOutNext, window: AnalysisWindow, case: Case, qtbot: QtBot
) -> None:
    found = next(row for row in listed.rows if row.words.startswith("E"))
    found.click()
    label = found.words.split()[0]
    assert case.analysis.evidence[window.matrix.selection().evidence or ""].label == label
    listed.rows[0].click()
    watch = window.watching.watch_dock.panel
    qtbot.waitUntil(watch.isVisible)
    assert watch.chosen == next(iter(case.analysis.indicators))


def test_costs_can_be_given_and_the_order_then_goes_by_what_is_told_per_cost(
    qtbot: QtBot, panel: RobustnessPanel, listed: FindOutNext, window: AnalysisWindow, case: Case
) -> None:
    assert listed.order.isHidden()
    session, indicator = window.session, next(iter(case.analysis.indicators))
    session.execute(edits.set_field(session.analysis, "indicator", [indicator], "cost", 100.0, ""))
    session.execute(edits.set_field(session.analysis, "evidence", [case.e(1)], "cost", 1.0, ""))
    qtbot.waitUntil(lambda: not listed.order.isHidden(), timeout=PATIENCE)
    assert listed.rows[0].words == "Convoys near the border."
    listed.order.setCurrentIndex(1)
    listed.order.activated.emit(1)
    assert [row.words for row in listed.rows[:2]] == ["E1 Report 1", "Convoys near the border."]
    assert "no cost given" in listed.rows[2].accessibleName()
    assert listed.lead.text().startswith("Finding out whether E1 holds would tell H1 from H2 best")
    assert "Cost: 1\n" in listed.rows[0].accessibleDescription()


def test_an_edit_brings_the_list_up_to_date(
    qtbot: QtBot, panel: RobustnessPanel, listed: FindOutNext, window: AnalysisWindow, case: Case
) -> None:
    for hypothesis in case.matrix.hypotheses:
        window.session.rate([(case.e(8), hypothesis)], C)
    qtbot.waitUntil(lambda: not listed.missing, timeout=PATIENCE)
    assert listed.wanting_title.isHidden()


def test_the_bars_take_the_colours_of_another_theme(panel: RobustnessPanel, listed: FindOutNext) -> None:
    panel.set_palette(DARK)
    image = listed.rows[0].grab().toImage()
    colours = {image.pixelColor(x, image.height() - 7).name() for x in range(10, image.width() - 10)}
    assert DARK.accent in colours


@pytest.mark.parametrize(("typed", "cost"), [("", None), (" 3 ", 3.0), ("2,5", 2.5), ("0", 0.0)])
def test_a_cost_is_a_plain_number(typed: str, cost: float | None) -> None:
    assert cost_of(typed) == cost
    assert cost_of(cost_text(cost)) == cost


@pytest.mark.parametrize("typed", ["-1", "inf", "nan", "two days"])
def test_what_is_no_cost_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - its message is Python's own where it is no number
        cost_of(typed)


def test_a_cost_is_typed_in_the_inspector_and_at_the_indicator(
    qtbot: QtBot, window: AnalysisWindow, case: Case
) -> None:
    record = next(iter(case.analysis.indicators))
    window.watching.show_indicator(record)
    details = window.watching.watch_dock.panel.details
    assert details.cost.isHidden()
    assert details.more is not None
    details.more.click()
    qtbot.keyClicks(details.cost.box, "2,5")
    details.cost.flush()
    assert window.session.analysis.indicators[record].cost == 2.5
    assert details.cost.box.accessibleName() == "Cost of finding out"
    window.session.undo()
    assert window.session.analysis.indicators[record].cost is None


def test_a_cost_is_typed_in_the_inspector_of_an_item_and_reads_well_in_the_history(
    qtbot: QtBot, qapp: QApplication
) -> None:
    session = small_session(2, 2)
    record = item(session, 1).id
    panel = ItemPanel(session)
    qtbot.addWidget(panel)
    panel.show_records([record])
    assert panel.cost.isHidden()
    assert panel.more is not None
    panel.more.click()
    panel.cost.box.setFocus()
    qtbot.keyClicks(panel.cost.box, "two days")
    panel.cost.flush()
    assert session.analysis.evidence[record].cost is None
    assert panel.cost.has_draft
    panel.cost.box.selectAll()
    qtbot.keyClicks(panel.cost.box, "2.5")
    panel.cost.flush()
    assert session.analysis.evidence[record].cost == 2.5
    words = TrailWords(session.analysis)
    said = [words.sentence(row) for row in rows_of(session.analysis, session.analysis.trail)]
    assert said[-1] == "E1, cost of finding out: nothing → 2.5"
