"""What-ifs in the window: the band, the cells, what charts and documents say, the panel and its comparison."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from helpers.analyses import small_case
from helpers.desktop import running_desktop
from helpers.matrix import go_to, press, symbols
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits, matrices, scenarios
from ach_desk.model import RatingValue
from ach_desk.ui.application import Desktop
from ach_desk.ui.guided.plan import Options
from ach_desk.ui.whatif.panel import WhatIfPanel
from ach_desk.ui.widgets.band import WHAT_IF
from ach_desk.ui.window import AnalysisWindow


@pytest.fixture
def desktop(qapp: QApplication) -> Iterator[Desktop]:
    with running_desktop(qapp) as running:
        yield running


@pytest.fixture
def window(qtbot: QtBot, desktop: Desktop) -> AnalysisWindow:
    """Return a window on a rated matrix of four items and three hypotheses, with one source of E3."""
    case = small_case(rated=True)
    add, _source = edits.add_source(case.analysis, "Somebody", [case.e(3)])
    add.apply(case.analysis)
    window = desktop.open_untitled(case.analysis, dirty=False)
    qtbot.waitExposed(window)
    window.activateWindow()
    window.matrix.setFocus()
    qtbot.waitUntil(window.matrix.view.hasFocus)
    return window


def run(window: AnalysisWindow, name: str) -> None:
    """Run an action as its menu does."""
    action = window.actions_registry[name]
    window.actions_registry.refresh()
    assert action.isEnabled(), name
    action.trigger()


@pytest.fixture
def panel(qtbot: QtBot, window: AnalysisWindow) -> WhatIfPanel:
    """Return the panel of what-ifs, shown."""
    run(window, "whatif.new")
    qtbot.waitUntil(window.side.whatif.isVisible)
    return window.side.whatif


def create(qtbot: QtBot, window: AnalysisWindow, panel: WhatIfPanel, name: str) -> None:
    run(window, "whatif.new")
    qtbot.keyClicks(panel.entry, name)
    qtbot.keyClick(panel.entry, Qt.Key.Key_Return)


def test_nothing_of_it_is_seen_before_its_first_use(window: AnalysisWindow) -> None:
    assert not window.side.is_built("whatif")
    assert window.side.whatif_dock.isHidden()
    assert window.matrix.front.band.isHidden()
    assert window.matrix.front.tabs.isHidden()


def test_a_what_if_is_made_by_keyboard_and_everything_says_so(
    qtbot: QtBot, window: AnalysisWindow, panel: WhatIfPanel
) -> None:
    create(qtbot, window, panel, "S1 was lying")
    band = window.matrix.front.band
    assert band.label.text() == "What-if: S1 was lying. Ratings stay untouched."
    assert band.kind == WHAT_IF
    assert band.isVisible()
    assert window.windowTitle().startswith("What-if: S1 was lying – ")
    assert window._standing.text().startswith("What-if: S1 was lying: ")
    assert window.matrix.view.look.palette.window == window.matrix.front.palette.what_if_ground
    assert window.charts._options("light").notice == "What-if: S1 was lying"
    qtbot.mouseClick(band.button, Qt.MouseButton.LeftButton)
    assert band.isHidden()
    assert not window.windowTitle().startswith("What-if")
    assert window.matrix.view.look.palette.window != window.matrix.front.palette.what_if_ground


def test_rating_keys_put_values_in_place_of_ratings_and_del_takes_them_out(
    qtbot: QtBot, window: AnalysisWindow, panel: WhatIfPanel
) -> None:
    session, matrix = window.session, window.matrix
    create(qtbot, window, panel, "S1 was lying")
    before, sheets = symbols(matrix), session.matrix.copy_of()
    go_to(matrix, 1, 1)
    press(qtbot, matrix, "Shift+I")
    assert symbols(matrix)[0].split()[0] == "II"
    index = matrix.model.index(0, 0)
    spoken = matrix.model.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith(f"in the what-if; as rated: {before[0].split()[0]}")
    go_to(matrix, 1, 1)
    press(qtbot, matrix, "Del")
    assert symbols(matrix) == before
    run(window, "edit.set_aside")
    assert [item.is_counted for item in session.assessment.items].count(False) == 1
    run(window, "edit.count_again")
    assert session.assessment.table.counted.all()
    assert session.matrix == sheets
    assert len(session.history.stack.text(0)) > 0


def test_pasting_and_the_inspector_rate_in_the_what_if_too(
    qtbot: QtBot, window: AnalysisWindow, panel: WhatIfPanel
) -> None:
    session = window.session
    create(qtbot, window, panel, "S1 was lying")
    sheets = session.matrix.copy_of()
    go_to(window.matrix, 1, 1)
    QGuiApplication.clipboard().setText("II\tII\nN/A\tN/A")
    window.matrix.clipboard.paste_clipboard()
    go_to(window.matrix, 1, 1)
    window.matrix.view.caret.go_to((3, 0), extend=True)
    run(window, "edit.fill_down")
    assert [line.split()[0] for line in symbols(window.matrix)] == ["II"] * 4
    go_to(window.matrix, 1, 2)
    window.inspector.catch_up()
    window.inspector.cell._rate(RatingValue.SLIGHTLY_CONSISTENT)
    assert session.matrix == sheets
    assert len(session.scenario.overrides) >= 3


def test_the_item_and_its_source_give_a_what_if_at_once(window: AnalysisWindow) -> None:
    session = window.session
    go_to(window.matrix, 3, 1)
    run(window, "whatif.without_source")
    assert session.scenario.name == "S1 could not be trusted"
    assert [item.label for item in session.assessment.items if not item.is_counted] == ["E3"]
    run(window, "whatif.without_item")
    assert len(session.analysis.scenarios) == 1
    run(window, "whatif.leave")
    go_to(window.matrix, 1, 1)
    run(window, "whatif.without_item")
    assert session.scenario.name == "E1 did not count"
    first = session.scenario.id
    run(window, "whatif.leave")
    run(window, "whatif.without_item")
    assert (session.scenario.id, len(session.analysis.scenarios)) == (first, 2), "asked again, it is turned on again"
    run(window, "whatif.duplicate")
    assert session.scenario.name == "E1 did not count (copy)"
    run(window, "whatif.delete")
    assert session.scenario is None


def test_the_source_is_distrusted_from_the_inspector(qtbot: QtBot, window: AnalysisWindow) -> None:
    session = window.session
    go_to(window.matrix, 3, 1)
    window.matrix.select_records("evidence", [session.matrix.evidence[2]])
    window.inspector.catch_up()
    switches = window.inspector.item.distrust
    assert not switches.boxes
    command = scenarios.add(session.analysis, session.matrix, "X")
    session.execute(command)
    session.show_scenario(scenarios.added_id(command))
    window.inspector.catch_up()
    (box,) = switches.boxes.values()
    assert box.text() == "What-if: distrust S1"
    box.click()
    assert session.scenario.distrusted == tuple(session.analysis.sources)
    box.click()
    assert session.scenario.distrusted == ()


def test_the_panel_says_what_a_what_if_changes_and_takes_it_out(
    qtbot: QtBot, window: AnalysisWindow, panel: WhatIfPanel
) -> None:
    session = window.session
    create(qtbot, window, panel, "S1 was lying")
    source = next(iter(session.analysis.sources))
    session.execute(scenarios.leave_out(session.analysis, session.scenario, [session.matrix.evidence[1]]))
    session.execute(scenarios.distrust(session.analysis, session.scenario, source, on=True))
    session.rate([(session.matrix.evidence[0], session.matrix.hypotheses[0])], RatingValue.NOT_APPLICABLE)
    panel.refresh()
    texts = [line[0] for line in panel.content._lines(session.scenario)]
    own = session.matrix.rating(session.analyst, session.matrix.evidence[0], session.matrix.hypotheses[0]).value.value
    assert texts == [
        "E2 does not count",
        "S1 is distrusted; not counted: E3",
        f"E1 under H1: N/A, as rated {own}",
    ]
    for _line in texts:
        next(panel.content._lines(session.scenario))[2]()
    assert session.scenario.model_copy(update={"name": ""}).overrides == ()
    assert session.assessment.table.counted.all()
    session.execute(scenarios.leave_out(session.analysis, session.scenario, [session.matrix.evidence[1]]))
    session.execute(edits.remove(session.analysis, "evidence", [session.matrix.evidence[1]]))
    panel.refresh()
    assert "1 item that it leaves out was deleted." in panel.content._shown


def test_the_comparison_stands_side_by_side_and_a_column_turns_its_what_if_on(
    qtbot: QtBot, window: AnalysisWindow, panel: WhatIfPanel
) -> None:
    session = window.session
    create(qtbot, window, panel, "E1 is wrong")
    create(qtbot, window, panel, "E2 is wrong")
    session.execute(matrices.duplicate(session.analysis, session.matrix, "Branch", ratings=False))
    panel.refresh()
    heads = [panel.table.horizontalHeaderItem(column).text() for column in range(panel.table.columnCount())]
    assert heads == ["As rated", "E1 is wrong", "E2 is wrong", "Branch"]
    assert panel.table.item(0, 3).text() == "not compared"
    assert panel.sentences.text().splitlines()[-1] == "In Branch, nothing can be compared."
    panel.table.side_chosen.emit("scenario", panel.table.comparison.sides[1].id)
    assert session.scenario.name == "E1 is wrong"
    panel.list.item(2).setCheckState(Qt.CheckState.Unchecked)
    qtbot.waitUntil(lambda: panel.table.columnCount() == 3)
    panel.copy()
    rows = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert rows[0] == ["Hypothesis", "As rated", "Rank", "E1 is wrong", "Rank", "Branch", "Rank"]
    assert rows[1][0] == "H1 Explanation 1"
    panel.list.setCurrentRow(0)
    assert session.scenario is None
    panel.list.setCurrentRow(3)
    assert session.matrix.name == "Branch"


def test_no_name_in_the_copied_comparison_is_a_formula(
    qtbot: QtBot, window: AnalysisWindow, panel: WhatIfPanel
) -> None:
    create(qtbot, window, panel, '=HYPERLINK("http://evil.example")')
    session, first = window.session, window.session.matrix.hypotheses[0]
    session.execute(edits.set_field(session.analysis, "hypothesis", [first], "label", "@SUM(1)"))
    session.execute(
        edits.set_field(session.analysis, "analysis", [session.analysis.id], "marking", "\n=cmd|' /C calc'!A0")
    )
    panel.refresh()
    panel.copy()
    marking, head, row, *_others = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert marking == ["'=cmd|' /C calc'!A0"]
    assert head[3] == '\'=HYPERLINK("http://evil.example")'
    assert row[0].startswith("'@SUM(1) ")
    assert float(row[1].replace("−", "-")) <= 0


def test_the_comparison_is_hidden_with_the_scores(qtbot: QtBot, window: AnalysisWindow, panel: WhatIfPanel) -> None:
    create(qtbot, window, panel, "E1 is wrong")
    assert not panel.table.isHidden()
    window.matrix.set_scores_hidden(True)
    assert panel.table.isHidden()
    assert panel.sentences.text() == "The comparison appears together with the scores."


def test_a_guided_pass_and_a_what_if_never_meet(qtbot: QtBot, window: AnalysisWindow, panel: WhatIfPanel) -> None:
    session = window.session
    session.execute(
        edits.rate(
            session.analysis,
            session.matrix,
            session.analyst,
            [(session.matrix.evidence[0], session.matrix.hypotheses[0])],
            None,
        )
    )
    create(qtbot, window, panel, "E1 is wrong")
    window.guide.begin(Options())
    assert session.scenario is None
    assert window.guide.flow is not None
    session.show_scenario(next(iter(session.analysis.scenarios)))
    assert window.guide.flow is None
    assert window.guide.interrupted is not None
