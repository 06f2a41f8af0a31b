"""What should be seen and what is watched for, in the window: typed, judged, turned into items, and overdue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from helpers.accessible import nameless_controls
from helpers.analyses import Case, small_case
from helpers.desktop import running_desktop
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits, findings, restoring, watching
from ach_desk.model import EvidenceKind, ExpectationKind, IndicatorState, Rating, RatingValue
from ach_desk.ui.application import Desktop
from ach_desk.ui.dialogs.find import FindTarget, find_all
from ach_desk.ui.steps import steps
from ach_desk.ui.watch.expectations import ExpectationsPanel
from ach_desk.ui.watch.indicators import IndicatorsPanel
from ach_desk.ui.widgets.menu import Menu
from ach_desk.ui.widgets.quietstrip import QuietStrip
from ach_desk.ui.window import AnalysisWindow

TODAY = date(2023, 7, 1)


@pytest.fixture
def desktop(qapp: QApplication) -> Iterator[Desktop]:
    with running_desktop(qapp) as running:
        yield running


@pytest.fixture
def case() -> Case:
    return small_case(rated=True)


@pytest.fixture
def window(qtbot: QtBot, desktop: Desktop, case: Case) -> AnalysisWindow:
    window = desktop.open_untitled(case.analysis, dirty=False)
    qtbot.waitExposed(window)
    window.session.today = lambda: TODAY
    window.activateWindow()
    window.matrix.setFocus()
    qtbot.waitUntil(window.matrix.view.hasFocus)
    return window


def run(window: AnalysisWindow, name: str) -> None:
    """Run an action as its menu does."""
    action = window.actions_registry[name]
    assert action.isEnabled(), name
    action.trigger()


@pytest.fixture
def expected(qtbot: QtBot, window: AnalysisWindow) -> ExpectationsPanel:
    run(window, "steps.expectations")
    panel = window.watching.expectations_dock.panel
    qtbot.waitUntil(panel.isVisible)
    return panel


@pytest.fixture
def watch(qtbot: QtBot, window: AnalysisWindow) -> IndicatorsPanel:
    run(window, "steps.indicator")
    panel = window.watching.watch_dock.panel
    qtbot.waitUntil(panel.isVisible)
    return panel


def typed(qtbot: QtBot, panel: ExpectationsPanel | IndicatorsPanel, *lines: str) -> None:
    for line in lines:
        qtbot.keyClicks(panel.entry, line)
        qtbot.keyClick(panel.entry, Qt.Key.Key_Return)


def listed(panel: ExpectationsPanel | IndicatorsPanel) -> list[str]:
    return [panel.list.item(number).text() for number in range(panel.list.count())]


def test_nothing_of_it_is_seen_before_its_first_use(window: AnalysisWindow) -> None:
    for dock in (window.watching.expectations_dock, window.watching.watch_dock):
        assert dock.isHidden()
        assert not dock.is_built


def test_answers_are_typed_one_per_line_hypothesis_by_hypothesis(
    qtbot: QtBot, window: AnalysisWindow, expected: ExpectationsPanel
) -> None:
    qtbot.waitUntil(expected.entry.hasFocus)
    assert expected.question.text() == "What should we see if H1 were true?"
    typed(qtbot, expected, "Fuel convoys", "Field hospitals", "")
    assert expected.question.text() == "What should we see if H2 were true?"
    assert expected.entry.hasFocus()
    typed(qtbot, expected, "Empty barracks")
    analysis = window.session.analysis
    labels = [analysis.hypotheses[entry.hypothesis].label for entry in analysis.expectations.values()]
    assert labels == ["H1", "H1", "H2"]
    typed(qtbot, expected, "", "")
    assert expected.question.text() == "What should we see if H1 were true?"
    assert [text.split("\n")[0] for text in listed(expected)] == ["Fuel convoys", "Field hospitals"]
    window.session.undo()
    assert len(analysis.expectations) == 2


@pytest.mark.parametrize(
    ("button", "made", "kind"),
    [
        ("item", ExpectationKind.ITEM, EvidenceKind.EVIDENCE),
        ("absent", ExpectationKind.ABSENCE, EvidenceKind.ABSENCE),
    ],
)
def test_an_answer_becomes_an_item_in_one_step(
    qtbot: QtBot,
    window: AnalysisWindow,
    expected: ExpectationsPanel,
    button: str,
    made: ExpectationKind,
    kind: EvidenceKind,
) -> None:
    session = window.session
    typed(qtbot, expected, "Fuel convoys")
    getattr(expected.details, button).click()
    (one,) = session.analysis.expectations.values()
    item = session.analysis.evidence[session.matrix.evidence[-1]]
    assert (one.made, one.record, item.kind) == (made, item.id, kind)
    assert item.label in listed(expected)[0]
    assert not expected.details.item.isVisible()
    expected.details.there.click()
    assert window.matrix.selection().evidence == item.id
    session.undo()
    assert item.id not in session.analysis.evidence
    (one,) = session.analysis.expectations.values()
    assert one.made is None
    qtbot.waitUntil(expected.details.item.isVisible)


def test_an_answer_that_is_watched_for_leads_to_the_indicator(
    qtbot: QtBot, window: AnalysisWindow, expected: ExpectationsPanel
) -> None:
    typed(qtbot, expected, "Fuel convoys")
    expected.details.watch.click()
    (indicator,) = window.session.analysis.indicators.values()
    assert listed(expected) == ["Fuel convoys\nwatched for"]
    expected.details.there.click()
    assert window.watching.watch_dock.panel.chosen == indicator.id


def test_answers_of_a_hypothesis_that_is_rejected_or_deleted_are_not_lost_from_sight(
    qtbot: QtBot, window: AnalysisWindow, expected: ExpectationsPanel
) -> None:
    session = window.session
    typed(qtbot, expected, "Fuel convoys", "", "Empty barracks", "", "Smoke", "")
    first, second, _third = session.matrix.hypotheses
    session.execute(edits.reject(session.analysis, [first], "no motive"))
    session.execute(edits.remove(session.analysis, "hypothesis", [second]))
    expected.refresh()
    choices = [expected.hypothesis.itemText(number) for number in range(expected.hypothesis.count())]
    assert choices == ["H3 Explanation 3", "hypotheses that are not asked about any more"]
    expected.show_expectation(next(iter(session.analysis.expectations)))
    assert [text.split("\n")[0] for text in listed(expected)] == ["Fuel convoys", "Empty barracks"]
    assert not expected.entry.isVisible()
    expected.details.absent.click()
    item = session.analysis.evidence[session.matrix.evidence[-1]]
    assert item.title == "Not seen: Fuel convoys"
    expected.following.click()
    assert expected.question.text() == "What should we see if H3 were true?"
    assert expected.entry.hasFocus()


def test_an_answer_is_reworded_and_deleted(qtbot: QtBot, window: AnalysisWindow, expected: ExpectationsPanel) -> None:
    typed(qtbot, expected, "Fuel convoys")
    qtbot.keyClicks(expected.details.text.box, "Many ")
    expected.flush()
    (one,) = window.session.analysis.expectations.values()
    assert "Many " in one.text
    qtbot.keyClick(expected.list, Qt.Key.Key_Delete)
    assert window.session.analysis.expectations == {}
    assert listed(expected) == []


def test_an_indicator_is_judged_with_the_keys_of_the_matrix(
    qtbot: QtBot, window: AnalysisWindow, watch: IndicatorsPanel
) -> None:
    typed(qtbot, watch, "Fuel convoys")
    cells = watch.details.bearings.cells
    assert [cell.accessibleName() for cell in cells] == [f"H{n}: –, not judged yet" for n in (1, 2, 3)]
    cells[0].setFocus()
    qtbot.keyClick(cells[0], Qt.Key.Key_C, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(cells[1].hasFocus)
    qtbot.keyClick(cells[1], Qt.Key.Key_I)
    qtbot.keyClick(cells[2], Qt.Key.Key_N)
    assert [cell.value for cell in cells] == [
        RatingValue.VERY_CONSISTENT,
        RatingValue.INCONSISTENT,
        RatingValue.NEUTRAL,
    ]
    assert watch.details.telling.text() == "It tells H1 from H2 strongly; says nothing about H3."
    qtbot.keyClick(cells[2], Qt.Key.Key_Left)
    qtbot.keyClick(cells[1], Qt.Key.Key_Delete)
    assert cells[1].value is None
    window.session.undo()
    qtbot.waitUntil(lambda: cells[1].value is RatingValue.INCONSISTENT)


def test_the_keys_rate_a_cell_that_was_clicked_too(
    qtbot: QtBot, watch: IndicatorsPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A menu that is searched by first letters made N/A of N and II of I."""
    typed(qtbot, watch, "Fuel convoys")
    offered: list[Menu] = []
    monkeypatch.setattr(Menu, "popup", lambda menu, _at: offered.append(menu))
    cells = watch.details.bearings.cells
    pressed = [(Qt.Key.Key_N, RatingValue.NEUTRAL), (Qt.Key.Key_I, RatingValue.INCONSISTENT), (Qt.Key.Key_Delete, None)]
    for cell, (key, value) in zip(cells, pressed, strict=True):
        qtbot.mouseClick(cell, Qt.MouseButton.LeftButton)
        QApplication.sendEvent(offered[-1], QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))
        assert cell.value is value
    assert len(offered) == 3


def test_an_indicator_that_tells_nothing_is_pointed_out_and_not_refused(qtbot: QtBot, watch: IndicatorsPanel) -> None:
    typed(qtbot, watch, "Rain")
    cells = watch.details.bearings.cells
    for cell in cells:
        qtbot.keyClick(cell, Qt.Key.Key_N)
    assert watch.details.telling.text() == "It does not tell H1, H2 and H3 apart."


def test_a_seen_indicator_becomes_an_item_with_suggestions_to_confirm(
    qtbot: QtBot, window: AnalysisWindow, watch: IndicatorsPanel
) -> None:
    session = window.session
    typed(qtbot, watch, "Fuel convoys")
    qtbot.keyClick(watch.details.bearings.cells[0], Qt.Key.Key_C)
    watch.details.observed.click()
    item = session.analysis.evidence[session.matrix.evidence[-1]]
    assert (item.title, item.event_date) == ("Fuel convoys", "2023-07-01")
    suggested = (RatingValue.CONSISTENT, RatingValue.CONSISTENT)
    assert session.shown_row(item.id) == {session.matrix.hypotheses[0]: Rating(None, suggested=suggested)}
    assert "stands in the matrix" in window.statusBar().currentMessage()
    assert listed(watch)[0].startswith("Fuel convoys\nobserved, 2023-07-01")
    watch.details.there.click()
    assert window.matrix.selection().evidence == item.id
    session.undo()
    (indicator,) = session.analysis.indicators.values()
    assert (indicator.state, item.id in session.analysis.evidence) == (IndicatorState.OPEN, False)


def test_the_day_of_the_sighting_can_be_given(qtbot: QtBot, window: AnalysisWindow, watch: IndicatorsPanel) -> None:
    typed(qtbot, watch, "Fuel convoys")
    qtbot.keyClicks(watch.details.date.box, "2023-06-24")
    watch.details.observed.click()
    (indicator,) = window.session.analysis.indicators.values()
    assert window.session.analysis.evidence[indicator.item or ""].event_date == "2023-06-24"


def test_not_seen_offers_an_item_that_says_so(qtbot: QtBot, window: AnalysisWindow, watch: IndicatorsPanel) -> None:
    typed(qtbot, watch, "Fuel convoys")
    details = watch.details
    assert not details.absent.isVisible()
    details.missing.click()
    assert (details.absent.isVisible(), details.observed.isVisible()) == (True, False)
    details.absent.click()
    item = window.session.analysis.evidence[window.session.matrix.evidence[-1]]
    assert (item.title, item.kind) == ("Not seen: Fuel convoys", EvidenceKind.ABSENCE)
    details.again.click()
    (indicator,) = window.session.analysis.indicators.values()
    assert indicator.state is IndicatorState.OPEN


def test_a_date_by_which_it_is_expected_makes_it_overdue(
    qtbot: QtBot, window: AnalysisWindow, watch: IndicatorsPanel
) -> None:
    typed(qtbot, watch, "Later", "Fuel convoys")
    qtbot.keyClicks(watch.details.expected.box, "2023-06")
    watch.flush()
    watch.refresh()
    assert listed(watch)[0].startswith("Fuel convoys\noverdue, expected by 2023-06 · not judged yet")
    assert watch.list.item(0).font().bold() or watch.list.item(0).font().weight() > watch.list.font().weight()
    assert "indicator_overdue" in [point.code for point in window.session.findings]


def test_every_control_has_a_name(qtbot: QtBot, expected: ExpectationsPanel, watch: IndicatorsPanel) -> None:
    typed(qtbot, expected, "Fuel convoys")
    typed(qtbot, watch, "Fuel convoys")
    assert nameless_controls(expected) == []
    assert nameless_controls(watch) == []


def test_escape_gives_the_keyboard_back(qtbot: QtBot, window: AnalysisWindow, watch: IndicatorsPanel) -> None:
    typed(qtbot, watch, "Fuel convoys")
    parts = (watch.entry, watch.list, watch.details.text.box, watch.details.bearings.cells[0], watch.details.missing)
    for part in parts:
        part.setFocus()
        qtbot.waitUntil(part.hasFocus)
        qtbot.keyClick(part, Qt.Key.Key_Escape)
        qtbot.waitUntil(window.matrix.view.hasFocus)


def test_the_action_asks_for_the_reason_of_the_point_with_the_keyboard(qtbot: QtBot, window: AnalysisWindow) -> None:
    rail = window.side.rail
    rail.set_wide(True)
    action = window.actions_registry["steps.set_aside"]
    window.actions_registry.refresh()
    assert not action.isEnabled()
    (first, *_others) = rail.bodies[rail.opened].rows
    first.button.setFocus()
    window.actions_registry.refresh()
    assert action.isEnabled()
    action.trigger()
    qtbot.waitUntil(first.reason.hasFocus)


def test_a_deleted_indicator_is_restored_from_the_history(qtbot: QtBot, window: AnalysisWindow) -> None:
    session = window.session
    session.execute(watching.watch(session.analysis, "Fuel convoys"))
    (indicator,) = session.analysis.indicators.values()
    session.execute(watching.delete(session.analysis, "indicator", indicator.id))
    kind, placed = session.analysis.trail[-1].body
    command = restoring.restore_records(session.analysis, kind, placed)
    assert command is not None
    session.execute(command)
    assert session.analysis.indicators == {indicator.id: indicator}


def test_a_read_only_analysis_is_only_looked_at(
    qtbot: QtBot, window: AnalysisWindow, watch: IndicatorsPanel, expected: ExpectationsPanel
) -> None:
    typed(qtbot, watch, "Fuel convoys")
    typed(qtbot, expected, "Smoke")
    window.session.read_only = True
    for panel in (watch, expected):
        panel.refresh()
        assert not panel.entry.isEnabled()
        qtbot.keyClick(panel.list, Qt.Key.Key_Delete)
    assert not watch.details.observed.isEnabled()
    assert not watch.details.bearings.cells[0].isEnabled()
    assert not expected.details.item.isEnabled()
    assert (len(window.session.analysis.indicators), len(window.session.analysis.expectations)) == (1, 1)


@pytest.mark.parametrize(
    ("code", "dock"),
    [("no_expectation", "expectations_dock"), ("no_indicator", "watch_dock"), ("indicators", "watch_dock")],
)
def test_points_lead_to_the_panels(qtbot: QtBot, window: AnalysisWindow, code: str, dock: str) -> None:
    point = next((one for one in window.session.findings if one.code == code), None)
    link = point or steps(window.session.analysis, (), scores_shown=True)[8].links[0]
    assert link is not None
    window.go_to(link)
    found = getattr(window.watching, dock)
    qtbot.waitUntil(lambda: found.is_in_front)
    qtbot.waitUntil(found.panel.entry.hasFocus)


def test_points_lead_to_the_open_expectation_and_the_overdue_indicator(qtbot: QtBot, window: AnalysisWindow) -> None:
    session = window.session
    session.execute(watching.expect(session.analysis, session.matrix.hypotheses[1], "Smoke"))
    session.execute(watching.watch(session.analysis, "Convoys", expected_by="2022"))
    session.execute(watching.watch(session.analysis, "Rain"))
    by_code = {point.code: point for point in session.findings}
    window.go_to(by_code["expectation_open"])
    assert window.watching.expectations_dock.panel.chosen == next(iter(session.analysis.expectations))
    window.go_to(by_code["indicator_overdue"])
    assert window.watching.watch_dock.panel.chosen == by_code["indicator_overdue"].others[0]


@pytest.mark.parametrize("code", ["no_what_if", "no_as_of", "no_catch_all"])
def test_other_points_lead_to_their_places(qtbot: QtBot, window: AnalysisWindow, code: str) -> None:
    session = window.session
    command = edits.set_field(session.analysis, "evidence", session.matrix.evidence[:1], "event_date", "2023-06")
    session.execute(command)
    window.go_to(next(point for point in session.findings if point.code == code))
    side = window.side
    dock = {"no_what_if": side.whatif_dock, "no_as_of": side.inspector_dock, "no_catch_all": side.check_dock}[code]
    qtbot.waitUntil(dock.isVisible)


def strips(window: AnalysisWindow) -> list[str]:
    return [strip.findChildren(QLabel)[0].text() for strip in window.findChildren(QuietStrip)]


def test_what_is_overdue_is_said_on_opening_until_it_is_set_aside(qtbot: QtBot, desktop: Desktop, case: Case) -> None:
    for text, by in (("Convoys", "2022"), ("Field hospitals", "2021")):
        watching.watch(case.analysis, text, expected_by=by).apply(case.analysis)
    window = desktop.open_untitled(case.analysis, dirty=False)
    assert strips(window) == ["2 indicators are overdue. Expected by 2021 and still open: Field hospitals"]
    (strip,) = window.findChildren(QuietStrip)
    strip.buttons[0].click()
    qtbot.waitUntil(lambda: window.watching.watch_dock.is_in_front)
    assert window.watching.watch_dock.panel.chosen == list(case.analysis.indicators)[1]
    for point in [point for point in window.session.findings if point.code == "indicator_overdue"]:
        command = findings.set_aside(case.analysis, window.session.matrix.id, point, "no matter any more")
        window.session.execute(command)
    assert strips(desktop.open_untitled(case.analysis.snapshot(), dirty=False)) == []


def test_texts_are_found_and_lead_to_the_panels(qtbot: QtBot, window: AnalysisWindow) -> None:
    session = window.session
    session.execute(watching.expect(session.analysis, session.matrix.hypotheses[1], "A needle"))
    session.execute(watching.watch(session.analysis, "Convoys", note="with a Needle"))
    found = find_all(session.analysis, session.matrix, session.analyst, "needle")
    (expectation,), (indicator,) = session.analysis.expectations, session.analysis.indicators
    assert found == [FindTarget("expectation", expectation), FindTarget("indicator", indicator)]
    window.open_find()
    for target in found:
        window._show_found(target)
    assert window.watching.expectations_dock.panel.chosen == expectation
    assert window.watching.watch_dock.panel.chosen == indicator
    assert window.watching.watch_dock.isVisible()


def test_thousands_of_indicators_open_in_a_moment(qtbot: QtBot, window: AnalysisWindow) -> None:
    analysis = window.session.analysis
    for number in range(2_000):
        watching.watch(analysis, f"Sign {number}", expected_by="2022").apply(analysis)
    run(window, "steps.watch")
    assert window.watching.watch_dock.panel.list.count() == 2_000
