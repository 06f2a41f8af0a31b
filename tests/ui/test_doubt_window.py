"""Assumptions and deception in the window: inspector, menus, marks, what-ifs, findings and the checklist."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from helpers.accessible import nameless_controls
from helpers.analyses import small_case
from helpers.desktop import running_desktop
from helpers.matrix import go_to, press, symbols
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from ach_desk.commands import assumptions, edits, readings, scenarios
from ach_desk.model import EvidenceItem, EvidenceKind, RatingValue, Reading
from ach_desk.scoring import Finding
from ach_desk.ui.application import Desktop
from ach_desk.ui.doubt.rests import RestsEditor
from ach_desk.ui.matrix import filter_choices, menus
from ach_desk.ui.matrix.axes import EVIDENCE
from ach_desk.ui.matrix.foot import FALLS, PAIRED
from ach_desk.ui.matrix.item_filter import ItemFilter
from ach_desk.ui.matrix.sections import SectionState
from ach_desk.ui.widgets.chips import RecordRow
from ach_desk.ui.widgets.rowbutton import RowButton
from ach_desk.ui.window import AnalysisWindow

ITEM_ROLE = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def desktop(qapp: QApplication) -> Iterator[Desktop]:
    with running_desktop(qapp) as running:
        yield running


@pytest.fixture
def window(qtbot: QtBot, desktop: Desktop) -> AnalysisWindow:
    """Return a window on a rated matrix of four items, E4 an assumption, and three hypotheses."""
    case = small_case(rated=True)
    edits.set_field(case.analysis, "evidence", [case.e(4)], "kind", EvidenceKind.ASSUMPTION).apply(case.analysis)
    window = desktop.open_untitled(case.analysis, dirty=False)
    qtbot.waitExposed(window)
    window.activateWindow()
    window.matrix.setFocus()
    qtbot.waitUntil(window.matrix.view.hasFocus)
    return window


def run(window: AnalysisWindow, name: str) -> None:
    """Run an action as its menu does."""
    window.actions_registry.refresh()
    action = window.actions_registry[name]
    assert action.isEnabled(), name
    action.trigger()


def is_enabled(window: AnalysisWindow, name: str) -> bool:
    window.actions_registry.refresh()
    return window.actions_registry[name].isEnabled()


def item(window: AnalysisWindow, label: str) -> EvidenceItem:
    return next(entry for entry in window.session.analysis.evidence.values() if entry.label == label)


def select(window: AnalysisWindow, *labels: str) -> None:
    """Select whole rows, and let the inspector follow."""
    window.matrix.select_records(EVIDENCE, [item(window, label).id for label in labels])
    window.side.bring_up(window.side.inspector_dock)
    window.inspector.catch_up()


def rows_of(editor: QWidget) -> list[str]:
    return [row.open_button.accessibleName() for row in editor.findChildren(RecordRow) if row.isVisibleTo(editor)]


def choose(editor: RestsEditor, text: str) -> None:
    index = next(place for place in range(editor.choice.count()) if editor.choice.itemText(place).startswith(text))
    editor.choice.setCurrentIndex(index)
    editor.choice.activated.emit(index)


def findings(window: AnalysisWindow, code: str) -> list[Finding]:
    return [finding for finding in window.session.findings if finding.code == code]


def header(window: AnalysisWindow, label: str) -> str:
    section = window.matrix.model.axes.section(EVIDENCE, item(window, label).id)
    assert section is not None
    return window.matrix.model.headerData(section, Qt.Orientation.Vertical, ITEM_ROLE)


def test_nothing_of_it_is_seen_before_its_first_use(window: AnalysisWindow) -> None:
    select(window, "E1")
    panel = window.inspector.item
    for part in (panel.doubt.readings, panel.doubt.carries, panel.doubt.rests, panel.doubt.suspect):
        assert part.isHidden()
    assert panel.doubt.why_suspect.isHidden()
    go_to(window.matrix, 1, 1)
    window.inspector.catch_up()
    assert window.inspector.cell.rests.isHidden()
    assert window.inspector.cell.reading.isHidden()
    assert not window.doubt.dock.is_built
    states = filter_choices.states(ItemFilter(), window.session.analysis, scores_shown=True)
    assert "suspected of being deceptive" not in [choice.text for choice in states]
    for name in ("doubt.count", "doubt.swap", "doubt.unlink", "whatif.without_suspects"):
        assert not is_enabled(window, name)


def test_an_item_is_let_rest_on_an_assumption_and_on_a_new_one(qtbot: QtBot, window: AnalysisWindow) -> None:
    session = window.session
    select(window, "E1")
    run(window, "doubt.item_rests")
    editor = window.inspector.item.doubt.rests
    qtbot.waitUntil(editor.choice.hasFocus)
    choose(editor, "E4")
    assert item(window, "E1").rests_on == (item(window, "E4").id,)
    assert rows_of(editor) == ["Go to E4"]
    choose(editor, "a new assumption")
    qtbot.waitUntil(editor.line.hasFocus)
    qtbot.keyClicks(editor.line, "The lines were not tapped")
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert item(window, "E5").title == "The lines were not tapped"
    assert item(window, "E5").kind is EvidenceKind.ASSUMPTION
    assert rows_of(editor) == ["Go to E4", "Go to E5"]
    session.undo()
    assert "E5" not in [entry.label for entry in session.analysis.evidence.values()]
    editor.findChildren(RecordRow)[0].removed.emit()
    assert item(window, "E1").rests_on == ()


def test_a_key_opens_the_list_and_adds_nothing(
    qtbot: QtBot, window: AnalysisWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    select(window, "E1")
    run(window, "doubt.item_rests")
    choice = window.inspector.item.doubt.rests.choice
    qtbot.waitUntil(choice.hasFocus)
    opened: list[int] = []
    monkeypatch.setattr(choice, "showPopup", lambda: opened.append(choice.currentIndex()))  # no screen, no popup
    for key in (Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_E):
        qtbot.keyClick(choice, key)
    assert opened == [-1, -1, -1]
    assert item(window, "E1").rests_on == ()


def test_the_opened_list_shows_where_the_keyboard_is(window: AnalysisWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    select(window, "E1")
    run(window, "doubt.item_rests")
    choice = window.inspector.item.doubt.rests.choice
    monkeypatch.setattr(QComboBox, "showPopup", lambda _choice: None)  # no screen, no popup
    choice.showPopup()
    assert choice.view().currentIndex().row() == 0
    assert choice.currentIndex() == -1, "nothing is chosen by looking"


def test_the_line_for_a_new_assumption_closes_when_another_one_is_chosen(window: AnalysisWindow) -> None:
    select(window, "E1")
    run(window, "doubt.item_rests")
    editor = window.inspector.item.doubt.rests
    choose(editor, "a new assumption")
    assert not editor.line.isHidden()
    choose(editor, "E4")
    assert editor.line.isHidden()


def test_escape_gives_a_new_assumption_up(qtbot: QtBot, window: AnalysisWindow) -> None:
    select(window, "E1")
    run(window, "doubt.item_rests")
    editor = window.inspector.item.doubt.rests
    choose(editor, "a new assumption")
    qtbot.waitUntil(editor.line.hasFocus)
    qtbot.keyClicks(editor.line, "never mind")
    qtbot.keyClick(editor.line, Qt.Key.Key_Escape)
    assert editor.line.isHidden()
    qtbot.waitUntil(editor.choice.hasFocus)
    assert len(window.session.analysis.evidence) == 4


def test_a_ring_is_not_offered(window: AnalysisWindow) -> None:
    session = window.session
    session.execute(edits.set_field(session.analysis, "evidence", [item(window, "E1").id], "kind", "assumption"))
    session.execute(assumptions.rest_items(session.analysis, [item(window, "E1").id], item(window, "E4").id))
    select(window, "E4")
    editor = window.inspector.item.doubt.rests
    offered = [editor.choice.itemText(place) for place in range(editor.choice.count())]
    assert offered == ["a new assumption ..."]


def test_the_ratings_of_a_block_rest_on_an_assumption(qtbot: QtBot, window: AnalysisWindow) -> None:
    go_to(window.matrix, 1, 1)
    window.matrix.view.caret.go_to((1, 0), extend=True)
    run(window, "doubt.cell_rests")
    editor = window.inspector.cell.rests
    qtbot.waitUntil(editor.choice.hasFocus)
    choose(editor, "E4")
    rests = [
        window.session.matrix.rating(window.session.analyst, *cell).rests_on for cell in window.inspector.cell.cells
    ]
    assert rests == [(item(window, "E4").id,)] * 2
    spoken = window.matrix.model.data(window.matrix.model.index(0, 0), ITEM_ROLE)
    assert spoken.endswith("holds only if E4")


def test_the_inspector_of_an_assumption_goes_to_what_rests_on_it(qtbot: QtBot, window: AnalysisWindow) -> None:
    session = window.session
    four, cell = item(window, "E4").id, (item(window, "E2").id, session.matrix.hypotheses[1])
    session.execute(assumptions.rest_items(session.analysis, [item(window, "E1").id], four))
    session.execute(assumptions.rest_cells(session.analysis, session.matrix, session.analyst, [cell], four))
    select(window, "E4")
    section = window.inspector.item.doubt.carries
    buttons = [button for button in section.rows.findChildren(RowButton) if button.isVisibleTo(section)]
    assert [button.accessibleName() for button in buttons] == ["Go to E1  Report 1", "Go to E2 under H2"]
    assert section.sentence.text().startswith("If E4 is false, 1 item and 1 cell fall: ")
    buttons[1].click()
    assert window.matrix.selection().cells == (cell,)
    select(window, "E4")
    next(button for button in section.rows.findChildren(RowButton) if button.isVisibleTo(section)).click()
    assert window.matrix.selection().evidence == item(window, "E1").id
    window.matrix.set_scores_hidden(True)
    select(window, "E4")
    assert section.sentence.isHidden()


def test_a_false_assumption_greys_what_rests_on_it(qtbot: QtBot, window: AnalysisWindow) -> None:
    session, view = window.session, window.matrix.view
    four, cell = item(window, "E4").id, (item(window, "E2").id, session.matrix.hypotheses[1])
    session.execute(assumptions.rest_items(session.analysis, [item(window, "E1").id], four))
    session.execute(assumptions.rest_cells(session.analysis, session.matrix, session.analyst, [cell], four))
    before = symbols(window.matrix)
    plain = _pictures(window)
    select(window, "E4")
    window.inspector.item.doubt.carries.button.click()
    assert session.scenario is not None
    assert session.scenario.name == "E4 is false"
    counted = {entry.label: entry.is_counted for entry in session.assessment.items}
    assert counted == {"E1": False, "E2": True, "E3": True, "E4": False}
    own = before[1].split()[1]
    spoken = window.matrix.model.data(window.matrix.model.index(1, 1), ITEM_ROLE)
    assert spoken.endswith(f"counts as unrated in the what-if: rests on E4, which is false here; as rated: {own}")
    assert "What-if: E4 is false: rests on E4, which is false here" in header(window, "E1")
    assert FALLS in window.matrix._marks.in_order()
    changed = {place for place, picture in _pictures(window).items() if picture != plain[place]}
    assert {(0, 0), (0, 1), (0, 2), (1, 1), (3, 0), (3, 1), (3, 2)} <= changed
    select(window, "E1")
    assert "Does not count in the what-if: rests on E4" in window.inspector.item.doubt.rests.falls.text()
    # A rating key says what the cell is although the assumption is false, and Del lets it fall again.
    go_to(window.matrix, 2, 2)
    press(qtbot, window.matrix, "Shift+I")
    assert not session.falls(*cell)
    go_to(window.matrix, 2, 2)
    press(qtbot, window.matrix, "Del")
    assert session.falls(*cell)
    run(window, "whatif.leave")
    assert symbols(window.matrix) == before
    window.matrix.looks.set_transposed(True)
    session.show_scenario(next(iter(session.analysis.scenarios)))
    view.grab()


def _pictures(window: AnalysisWindow) -> dict[tuple[int, int], bytes]:
    """Return what each cell looks like, on a plain ground so that the tint of a what-if is no difference."""
    view = window.matrix.view
    window.matrix.front.set_palette(window.matrix.front._palette)
    whole = view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    found = {}
    for row in range(4):
        for column in range(3):
            rect = view.rect_between((row, column), (row, column)).adjusted(4, 4, -10, -4)
            scaled = QRect(rect.topLeft() * whole.devicePixelRatio(), rect.size() * whole.devicePixelRatio())
            found[row, column] = bytes(whole.copy(scaled).bits())
    return found


def test_a_second_assumption_joins_the_what_if_that_is_on_and_the_panel_takes_it_out(window: AnalysisWindow) -> None:
    session = window.session
    session.execute(edits.set_field(session.analysis, "evidence", [item(window, "E3").id], "kind", "assumption"))
    select(window, "E4")
    run(window, "whatif.assumption_false")
    select(window, "E3")
    run(window, "whatif.assumption_false")
    assert len(session.analysis.scenarios) == 1
    assert len(session.scenario.assumptions_false) == 2
    assert not is_enabled(window, "whatif.assumption_false")
    window.side.bring_up(window.side.whatif_dock)
    panel = window.side.whatif
    panel.refresh()
    lines = list(panel.content._lines(session.scenario))
    assert [line[0] for line in lines] == ["E4 is false: nothing else falls", "E3 is false: nothing else falls"]
    lines[0][2]()
    assert session.scenario.assumptions_false == (item(window, "E3").id,)
    menu = panel.content.false.menu()
    menu.aboutToShow.emit()
    assert [action.isChecked() for action in menu.actions()] == [True, False]
    menu.actions()[1].trigger()
    assert len(session.scenario.assumptions_false) == 2
    run(window, "edit.count_again")
    assert session.scenario.assumptions_false == (item(window, "E4").id,), "E3 is selected"


def test_the_row_menu_offers_what_can_be_done(window: AnalysisWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list = []
    monkeypatch.setattr(menus.QMenu, "popup", lambda menu, _at: shown.append(menu))
    select(window, "E4")
    window.matrix.view.header_menu_requested.emit(EVIDENCE, QPoint())
    select(window, "E1", "E2")
    window.matrix.view.header_menu_requested.emit(EVIDENCE, QPoint())
    run(window, "doubt.link")
    select(window, "E2")
    window.matrix.view.header_menu_requested.emit(EVIDENCE, QPoint())
    texts = [[action.text() for action in menu.actions()] for menu in shown]
    assert "Count this &reading" in texts[2]
    letters = [re.search("&([^&])", text.replace("&&", "")) for text in texts[2]]
    assert len({found[1].casefold() for found in letters if found}) == sum(map(bool, letters))
    assert "What if this &assumption is false?" in texts[0]
    assert "What if this &assumption is false?" not in texts[1]
    assert "&Two readings of one item" in texts[1]
    for menu in shown:
        menu.deleteLater()


def test_a_deceptive_reading_is_made_rated_counted_and_taken_apart(qtbot: QtBot, window: AnalysisWindow) -> None:
    session = window.session
    select(window, "E2")
    run(window, "doubt.duplicate")
    twin = item(window, "E5")
    assert session.matrix.evidence[2] == twin.id
    assert window.matrix.selection().evidence == twin.id
    assert not is_enabled(window, "doubt.duplicate")
    assert PAIRED in window.matrix._marks.in_order()
    assert "read as deceptive; E2 is the other reading, and one of the two counts" in header(window, "E5")
    window.inspector.catch_up()
    section = window.inspector.item.doubt.readings
    assert section.head.text() == "Read as deceptive"
    assert section.state.text() == "E2 counts, this reading does not."
    section.count.click()
    assert (item(window, "E5").is_counted, item(window, "E2").is_counted) == (True, False)
    assert section.state.text() == "This reading counts, E2 does not."
    section.count_other.click()
    assert item(window, "E2").is_counted
    assert session.history.stack.undoText() == "Count E2 and not E5"
    section.swap.click()
    assert item(window, "E2").reading is Reading.DECEPTIVE
    section.other.click()
    assert window.matrix.selection().evidence == item(window, "E2").id
    window.inspector.catch_up()
    section.unlink.click()
    assert section.isHidden()
    assert (item(window, "E2").twin, item(window, "E5").twin) == (None, None)


def test_the_ranking_both_ways_is_a_sentence_and_a_table(window: AnalysisWindow) -> None:
    session = window.session
    session.execute(readings.duplicate_as_deceptive(session.analysis, item(window, "E2").id).command)
    select(window, "E5")
    section = window.inspector.item.doubt.readings
    assert section.sentence.text() == "E5 is not rated yet; what it would change is known when it is."
    assert section.table.isHidden()
    cells = [(item(window, "E5").id, hypothesis) for hypothesis in session.matrix.hypotheses]
    wanted = zip(cells, (RatingValue.VERY_INCONSISTENT, RatingValue.NEUTRAL, RatingValue.CONSISTENT), strict=True)
    session.rate_each(list(wanted), "")
    select(window, "E5")
    section = window.inspector.item.doubt.readings
    assert section.sentence.text().startswith("Read as true (E2), ")
    assert "Read as deceptive (E5), " in section.sentence.text()
    heads = [section._grid.itemAtPosition(0, place).widget().text() for place in range(3)]
    assert heads == ["Hypothesis", "as true (E2)", "as deceptive (E5)"]
    assert section._grid.itemAtPosition(3, 0).widget().text() == "H3"
    window.matrix.set_scores_hidden(True)
    select(window, "E2")
    assert section.table.isHidden()
    assert section.sentence.isHidden()


def test_two_items_are_linked_and_both_counting_has_a_remedy_at_hand(window: AnalysisWindow) -> None:
    session = window.session
    select(window, "E1", "E3")
    run(window, "doubt.link")
    assert (item(window, "E1").is_counted, item(window, "E3").is_counted) == (True, False)
    select(window, "E3")
    run(window, "edit.count_again")
    (finding,) = findings(window, "both_readings")
    window.matrix.select_cell(session.matrix.evidence[1], session.matrix.hypotheses[0])
    window.go_to(finding)
    section = window.inspector.item.doubt.readings
    assert section.isVisible()
    assert section.state.text() == "Both readings count. Choose which one counts."
    section.count.click()
    assert findings(window, "both_readings") == []
    select(window, "E3")
    run(window, "doubt.count")
    assert item(window, "E3").is_counted
    select(window, "E1")
    run(window, "doubt.unlink")
    assert item(window, "E1").twin is None


def test_readings_are_not_switched_in_a_what_if(window: AnalysisWindow) -> None:
    session = window.session
    session.execute(readings.link(session.analysis, item(window, "E1").id, item(window, "E2").id))
    command = scenarios.add(session.analysis, session.matrix, "X")
    session.execute(command)
    session.show_scenario(scenarios.added_id(command))
    select(window, "E1")
    assert not window.inspector.item.doubt.readings.count_other.isEnabled()
    assert not is_enabled(window, "doubt.unlink")


def test_suspicion_is_marked_given_a_reason_filtered_and_left_out(qtbot: QtBot, window: AnalysisWindow) -> None:
    session = window.session
    select(window, "E1", "E2")
    run(window, "doubt.suspect")
    assert item(window, "E1").suspect
    assert "suspected of being deceptive" in header(window, "E1")
    select(window, "E1")
    panel = window.inspector.item
    assert panel.doubt.suspect.isVisible()
    qtbot.keyClicks(panel.doubt.why_suspect.box, "from the press office")
    panel.flush()
    assert item(window, "E1").suspect_reason == "from the press office"
    assert header(window, "E1").count("suspected of being deceptive: from the press office") == 1
    states = filter_choices.states(ItemFilter(), session.analysis, scores_shown=True)
    choice = next(choice for choice in states if choice.text == "suspected of being deceptive")
    window.matrix.arranging.restore(choice.leads_to, (), "entry")
    assert [session.analysis.evidence[entry].label for entry in window.matrix.model.axes.ids[EVIDENCE]] == ["E1", "E2"]
    run(window, "whatif.without_suspects")
    assert session.scenario.name == "all that is suspect were left out"
    assert [entry.label for entry in session.assessment.items if not entry.is_counted] == ["E1", "E2"]
    run(window, "whatif.leave")
    select(window, "E2")
    assert window.actions_registry["doubt.suspect"].isChecked()
    run(window, "doubt.suspect")
    assert not item(window, "E2").suspect


def test_the_checklist_opens_from_the_menu_and_from_the_hypothesis_check(qtbot: QtBot, window: AnalysisWindow) -> None:
    session = window.session
    run(window, "hypothesis_check")
    window.side.check.deception.click()
    assert window.doubt.dock.isVisible()
    check = window.doubt.dock.panel
    assert nameless_controls(check) == []
    assert 6 <= len(check.questions) <= 8
    for number in (0, 1, 3, 4):
        choice = check.questions[number].choice
        choice.setCurrentIndex(1)
        choice.activated.emit(1)
    qtbot.waitUntil(lambda: check.summary.text().endswith("deception deserves a hypothesis of its own."))
    (finding,) = findings(window, "deception_hypothesis")
    session.undo()
    assert findings(window, "deception_hypothesis") == []
    qtbot.keyClicks(check.questions[5].note.box, "only S1")
    window.flush()
    assert session.analysis.deception_check[-1].note == "only S1"
    window.doubt.dock.hide()
    window.go_to(finding)
    assert window.doubt.dock.isVisible()
    check.left.emit()
    qtbot.waitUntil(window.matrix.view.hasFocus)


def test_both_readings_are_asked_in_a_guided_pass(window: AnalysisWindow) -> None:
    from ach_desk.ui.guided.plan import open_cells

    session = window.session
    assert open_cells(session.assessment) == []
    session.execute(readings.duplicate_as_deceptive(session.analysis, item(window, "E2").id).command)
    assert [cell[0] for cell in open_cells(session.assessment)] == [item(window, "E5").id] * 3
    session.execute(edits.set_aside(session.analysis, [item(window, "E2").id], ""))
    assert open_cells(session.assessment) == []


def test_the_cell_of_a_deceptive_reading_says_how_the_question_is_meant(window: AnalysisWindow) -> None:
    session = window.session
    session.execute(readings.duplicate_as_deceptive(session.analysis, item(window, "E2").id).command)
    window.matrix.select_cell(item(window, "E5").id, session.matrix.hypotheses[0])
    window.side.bring_up(window.side.inspector_dock)
    window.inspector.catch_up()
    assert window.inspector.cell.reading.text().startswith("Read as deceptive: suppose that somebody wanted us")


def test_marks_take_the_room_they_need_and_no_more(window: AnalysisWindow) -> None:
    session = window.session
    sections = window.matrix.view.sections_of(EVIDENCE)
    plain = sections.text_left
    first = item(window, "E1").id
    session.execute(edits.set_field(session.analysis, "evidence", [first], "flag", True))
    window.matrix.view.fit()
    assert sections.text_left == plain
    session.execute(edits.set_field(session.analysis, "evidence", [first], "kind", EvidenceKind.ABSENCE))
    session.execute(assumptions.suspect(session.analysis, "evidence", [first], on=True))
    session.execute(readings.link(session.analysis, first, item(window, "E2").id))
    window.matrix.view.fit()
    assert sections.text_left > plain
    image = QImage(400, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    sections.paint(painter, QRect(0, 0, 400, 60), 0, Qt.Orientation.Vertical, SectionState())
    painter.end()
