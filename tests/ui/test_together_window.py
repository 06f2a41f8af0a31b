"""Several analysts in one window: whose sheet is in front, what a private round hides, remarks, estimates, cases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from helpers.accessible import nameless_controls
from helpers.analyses import Case, small_case
from helpers.desktop import running_desktop
from helpers.matrix import press, symbols
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from ach_desk.commands import cases, edits, people, remarks
from ach_desk.model import Rating, RatingValue, RoundState
from ach_desk.reporting.chart_options import OF_SCORES
from ach_desk.reporting.charts.words import whose_ratings
from ach_desk.scoring.group_sheet import GROUP
from ach_desk.scoring.round_states import running_round
from ach_desk.ui import messages
from ach_desk.ui.application import Desktop
from ach_desk.ui.together.analysts import AnalystsDialog
from ach_desk.ui.together.bar import PeopleBar
from ach_desk.ui.together.clock import zone_words
from ach_desk.ui.together.estimates import EstimatesDialog
from ach_desk.ui.together.rounds import MovementDialog
from ach_desk.ui.widgets.textbox import TextBox
from ach_desk.ui.window import AnalysisWindow


@pytest.fixture
def desktop(qapp: QApplication) -> Iterator[Desktop]:
    with running_desktop(qapp) as running:
        yield running


@pytest.fixture
def case() -> Case:
    """Return a rated matrix of four items and three hypotheses, in which B rated every cell N."""
    case = small_case(rated=True)
    add = people.add(case.analysis, "Berta")
    add.apply(case.analysis)
    for item in case.matrix.evidence:
        for hypothesis in case.matrix.hypotheses:
            case.matrix.set_rating(people.added_id(add), item, hypothesis, Rating(RatingValue.NEUTRAL))
    return case


@pytest.fixture
def window(qtbot: QtBot, desktop: Desktop, case: Case) -> AnalysisWindow:
    """Return a window on it in which the first analyst works."""
    desktop.store.settings.who_am_i = {case.analysis.id: case.analyst}
    return shown(qtbot, desktop, case)


def shown(qtbot: QtBot, desktop: Desktop, case: Case) -> AnalysisWindow:
    """Return a window on the case with the keyboard in the matrix."""
    window = desktop.open_untitled(case.analysis, dirty=False)
    qtbot.waitExposed(window)
    window.activateWindow()
    window.matrix.setFocus()
    qtbot.waitUntil(window.matrix.view.hasFocus)
    return window


def berta(window: AnalysisWindow) -> str:
    """Return the id of the second analyst."""
    return list(window.session.analysis.analysts)[1]


def bar_of(window: AnalysisWindow) -> PeopleBar:
    """Return the line above the matrix."""
    assert window.together.bar is not None
    return window.together.bar


def state_of(window: AnalysisWindow) -> tuple[RoundState, str]:
    """Return how far the round is, and who revealed it."""
    found = running_round(window.session.analysis, window.session.matrix.id)
    assert found is not None
    return found.state, found.revealed_by


def run(window: AnalysisWindow, name: str) -> None:
    """Run an action as its menu does."""
    window.actions_registry.refresh()
    action = window.actions_registry[name]
    assert action.isEnabled(), name
    action.trigger()


def test_alone_there_is_nothing_of_it(qtbot: QtBot, desktop: Desktop) -> None:
    window = shown(qtbot, desktop, small_case(rated=True))
    assert window.together.bar is None
    actions = window.actions_registry
    assert [name for name in ("mine", "next_sheet", "group", "begin") if actions[f"together.{name}"].isVisible()] == []


def test_another_sheet_is_shown_and_never_rated(window: AnalysisWindow, qtbot: QtBot) -> None:
    session, bar = window.session, bar_of(window)
    mine = symbols(window.matrix)
    run(window, "together.next_sheet")
    assert session.analyst == berta(window)
    assert set("".join(symbols(window.matrix)).replace(" ", "")) == {"N"}
    assert "The ratings of Berta, read-only." in bar.label.text()
    before = {who: dict(sheet) for who, sheet in session.matrix.sheets.items()}
    with qtbot.waitSignal(session.notice) as said:
        press(qtbot, window.matrix, "i")
    assert "Bring your own sheet to the front" in str(said.args)
    assert session.matrix.sheets == before
    assert session.front_note == ""
    run(window, "together.mine")
    assert symbols(window.matrix) == mine


def test_the_group_is_a_median_that_never_reaches_the_file(window: AnalysisWindow) -> None:
    session = window.session
    run(window, "together.group")
    assert session.analyst == GROUP
    assert session.analyst_name == "the group, median of 2 sheets"
    assert GROUP not in session.snapshot().matrices[0].sheets
    assert GROUP not in session.snapshot().analysts
    copy = session.shown_analysis()
    assert copy.analysts[GROUP].name == session.analyst_name
    assert copy.matrices[0].sheets[GROUP] == session.matrix.sheets[GROUP]
    edits.set_aside(session.analysis, session.matrix.evidence[:1], "old").apply(session.analysis)
    session.execute(edits.set_field(session.analysis, "evidence", session.matrix.evidence[1:2], "title", "New"))
    assert session.assessment.items[1].title == "New"
    session.undo()
    run(window, "together.mine")
    assert GROUP not in session.matrix.sheets


def test_a_private_round_hides_the_others_everywhere(window: AnalysisWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    session, together = window.session, window.together
    run(window, "together.next_sheet")
    together.begin_round()
    assert session.analyst == session.me
    assert not bar_of(window).sheet.isEnabled()
    assert "private" in bar_of(window).label.text()
    assert list(session.front_copy().matrices[0].sheets) == [session.me]
    assert list(session.shown_analysis().matrices[0].sheets) == [session.me]
    assert len(session.snapshot().matrices[0].sheets) == 2
    session.show_sheet(berta(window))
    assert session.analyst == session.me
    for name in ("next_sheet", "group", "moved", "close"):
        assert not window.actions_registry[f"together.{name}"].isEnabled(), name

    monkeypatch.setattr(messages, "ask", lambda *_args: "cancel")
    together.reveal()
    assert state_of(window) == (RoundState.PRIVATE, "")
    monkeypatch.setattr(messages, "ask", lambda *_args: "ok")
    together.reveal()
    assert state_of(window) == (RoundState.REVEALED, session.me)
    assert bar_of(window).sheet.isEnabled()
    assert any(entry.body[2:3] == ["state"] for entry in session.analysis.trail if entry.what == "set")


def test_the_history_keeps_quiet_about_others_while_it_is_private(window: AnalysisWindow, qtbot: QtBot) -> None:
    session, other = window.session, berta(window)
    cell = (session.matrix.evidence[0], session.matrix.hypotheses[0])
    session.execute(
        edits.rate(session.analysis, session.matrix, other, [cell], RatingValue.INCONSISTENT), every_sheet=True
    )
    session.rate([cell], RatingValue.INCONSISTENT)
    assert window.review is not None
    window.review.show_history()
    panel = window.review.history_dock.panel
    qtbot.waitUntil(lambda: panel.model.rowCount() == 2)
    window.together.begin_round()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 2)  # mine, and that the round began
    rows = [panel.model.row(number) for number in range(2)]
    assert all(row is not None and (row.cell is None or row.cell.analyst == session.me) for row in rows)


def test_who_i_am_is_kept_and_undo_does_not_reach_another_person(window: AnalysisWindow) -> None:
    session, me = window.session, window.session.me
    cell = (session.matrix.evidence[0], session.matrix.hypotheses[0])
    session.rate([cell], RatingValue.VERY_INCONSISTENT)
    window.together.i_am(berta(window))
    assert window.store.settings.who_am_i[session.analysis.id] == session.me == session.analyst == berta(window)
    assert session.is_dirty
    assert not session.history.stack.canUndo()
    session.rate([cell], RatingValue.CONSISTENT)
    assert session.analysis.trail[-1].by == berta(window)
    assert session.matrix.sheets[me][cell[0]][cell[1]].value is RatingValue.VERY_INCONSISTENT


def test_with_the_group_in_front_texts_and_collected_ratings_are_followed(window: AnalysisWindow) -> None:
    session = window.session
    item, hypothesis = session.matrix.evidence[0], session.matrix.hypotheses[0]
    session.show_sheet(GROUP)
    before = session.matrix.sheets[GROUP]
    session.execute(edits.set_field(session.analysis, "evidence", [item], "title", "Reworded"))
    assert session.matrix.sheets[GROUP] is before
    assert session.assessment.items[0].title == "Reworded"
    assert session.front_copy().matrices[0].sheets[GROUP] == before
    wanted: list[tuple[tuple[str, str], RatingValue | None]] = [((item, hypothesis), RatingValue.VERY_INCONSISTENT)]
    for analyst in list(session.analysis.analysts):
        command = edits.rate_each(session.analysis, session.matrix, analyst, wanted, "")
        session.execute(command, every_sheet=True)
    assert session.matrix.sheets[GROUP][item][hypothesis].value is RatingValue.VERY_INCONSISTENT
    assert session.front_copy().matrices[0].sheets[GROUP][item][hypothesis].value is RatingValue.VERY_INCONSISTENT


def test_whoever_comes_next_begins_with_scores_hidden(window: AnalysisWindow) -> None:
    session = window.session
    session.execute(people.add(session.analysis, "Cem"))
    assert window.matrix.scores_shown
    window.together.i_am(list(session.analysis.analysts)[2])
    assert not window.matrix.scores_shown
    window.together.i_am(berta(window))  # who has rated all
    assert window.matrix.scores_shown


def test_nobody_rates_before_it_is_said_who(qtbot: QtBot, desktop: Desktop, case: Case) -> None:
    window = shown(qtbot, desktop, case)
    assert window.session.me == ""
    assert bar_of(window).who.isVisible()
    with qtbot.waitSignal(window.session.notice) as said:
        press(qtbot, window.matrix, "i")
    assert "Say first who you are" in str(said.args)
    dialog = AnalystsDialog(window.session, window)
    qtbot.addWidget(dialog)
    dialog.chosen.connect(window.together.i_am)
    dialog.list.setCurrentRow(1)
    dialog.me.click()
    assert window.session.me == berta(window)
    dialog.close()


def test_the_name_in_the_settings_tells_who_it_is(qtbot: QtBot, desktop: Desktop, case: Case) -> None:
    desktop.store.settings.analyst_name = "berta"
    assert shown(qtbot, desktop, case).session.me == list(case.analysis.analysts)[1]


def test_analysts_come_and_go_in_the_dialog(
    window: AnalysisWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = window.session
    dialog = AnalystsDialog(session, window)
    qtbot.addWidget(dialog)
    dialog.show()
    assert nameless_controls(dialog) == []
    dialog.entry.setText("Chen Li")
    dialog._add()
    assert [entry.initials for entry in session.analysis.analysts.values()][2] == "CL"
    dialog.remove.click()  # nothing rated: nothing to ask
    assert len(session.analysis.analysts) == 2
    dialog.list.setCurrentRow(1)
    asked = []
    monkeypatch.setattr(messages, "ask", lambda *args: asked.append(args[1]) or "name")
    dialog.remove.click()
    assert asked == ["Berta has rated 12 cells."]
    assert session.analysis.analysts[berta(window)].name == "Former analyst 1"
    monkeypatch.setattr(messages, "ask", lambda *_args: "with")
    dialog.list.setCurrentRow(1)
    dialog.remove.click()
    assert len(session.analysis.analysts) == len(session.matrix.sheets) == 1
    assert not bar_of(window).isVisible()
    session.undo()
    assert len(session.matrix.sheets[berta(window)]) == 4
    dialog.close()


def test_a_remark_is_made_marked_answered_and_resolved(window: AnalysisWindow, qtbot: QtBot) -> None:
    session, matrix = window.session, window.matrix
    cell = (session.matrix.evidence[1], session.matrix.hypotheses[0])
    matrix.select_cell(*cell)
    dialog = window.together.remark()
    field = dialog.fields[0]
    assert isinstance(field, TextBox)
    field.put("Seen twice?")
    dialog._accept()
    (one,) = session.analysis.remarks.values()
    assert (one.evidence, one.hypothesis, one.by) == (*cell, session.me)
    assert matrix.model.remarks.cell_words(*cell) == ["Remark, open: Seen twice?"]
    (finding,) = [entry for entry in session.findings if entry.code == "open_remark"]
    matrix.select_cell(session.matrix.evidence[0], session.matrix.hypotheses[1])
    window.go_to(finding)
    selection = matrix.selection()
    assert (selection.evidence, selection.hypothesis) == cell
    panel = window.together.remarks_dock.panel
    names = [button.accessibleName() for button in panel.findChildren(QPushButton)]
    assert "Resolved: Seen twice?" in names
    assert nameless_controls(panel) == []
    button = next(entry for entry in panel.findChildren(QPushButton) if entry.accessibleName().startswith("Resolved"))
    button.click()
    assert session.analysis.remarks[one.id].resolved_by == session.me
    assert not [entry for entry in session.findings if entry.code == "open_remark"]
    qtbot.waitUntil(lambda: panel.count.text().startswith("0 open of 1"))


def test_movement_is_shown_and_leads_to_its_cell(
    window: AnalysisWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    session, together = window.session, window.together
    monkeypatch.setattr(messages, "ask", lambda *_args: "ok")
    together.begin_round()
    together.reveal()
    together.close_round()
    assert running_round(session.analysis, session.matrix.id) is None
    cells = [(item, session.matrix.hypotheses[0]) for item in session.matrix.evidence]
    session.rate(cells, RatingValue.NEUTRAL)
    gone = []
    dialog = MovementDialog(session, lambda *cell: gone.append(cell), window)
    qtbot.addWidget(dialog)
    moved = dialog.list.count()
    assert moved == len(
        [
            row
            for row in session.analysis.rounds.popitem()[1].sheets[session.me].values()
            if row[session.matrix.hypotheses[0]] is not RatingValue.NEUTRAL
        ]
    )
    dialog.list.itemActivated.emit(dialog.list.item(0))
    assert gone[0] in cells
    assert nameless_controls(dialog) == []


def test_probabilities_are_asked_one_by_one_and_the_sum_comes_last(window: AnalysisWindow, qtbot: QtBot) -> None:
    session = window.session
    dialog = EstimatesDialog(session, window, seed="1")
    qtbot.addWidget(dialog)
    dialog.show()
    seen = []
    while dialog.pages.currentIndex() == 0:
        seen.append(dialog.question.text())
        assert "%" not in dialog.question.text()
        dialog.entry.setText("60" if "false" not in seen[-1] else "150")
        dialog._allow()
        assert dialog.answer.isEnabled() is ("false" not in seen[-1])
        (dialog.answer if dialog.answer.isEnabled() else dialog.skip).click()
    assert len(set(seen)) == 6
    assert not session.analysis.estimates
    dialog.keep.click()
    assert [entry.probability for entry in session.analysis.estimates.values()] == [0.6, 0.6, 0.6]
    assert {entry.analyst for entry in session.analysis.estimates.values()} == {session.me}
    assert "Yours add up to 180 %." in dialog.sentences.text()
    assert nameless_controls(dialog) == []


def test_a_case_is_written_and_marked_by_another(window: AnalysisWindow, qtbot: QtBot) -> None:
    session = window.session
    session.execute(cases.write(session.analysis, session.matrix.hypotheses[0], "It had to come.", berta(window)))
    run(window, "together.cases")
    panel = window.together.cases_dock.panel
    assert nameless_controls(panel) == []
    names = {button.accessibleName() for button in panel.findChildren(QPushButton)}
    assert "Rate the case for H1 by Berta" in names
    (case,) = session.analysis.cases.values()
    session.execute(cases.mark(session.analysis, case.id, berta(window) + "x", 4, "good"))
    (case,) = session.analysis.cases.values()
    assert panel._marks(case) == [f"{berta(window)}x: 4, strong · good"]
    window.together.begin_round()
    assert panel._marks(case) == ["The marks of others are hidden while the round is private."]


def test_what_time_it_is_somewhere() -> None:
    noon = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
    assert zone_words("Europe/Berlin", noon) == "14:00 there now"
    assert zone_words("") == ""
    assert "known" in zone_words("../etc", noon)
    assert "known" in zone_words("Mars/Base", noon)


def test_a_remark_survives_its_item(window: AnalysisWindow) -> None:
    session = window.session
    item = session.matrix.evidence[0]
    session.execute(remarks.remark(session.analysis, "Gone?", session.me, evidence=item))
    session.execute(edits.remove(session.analysis, "evidence", [item]))
    window.together.remarks_dock.bring_up()
    (finding,) = [entry for entry in session.findings if entry.code == "open_remark"]
    assert "the analysis" in finding.text
    window.go_to(finding)


@pytest.mark.parametrize("kind", OF_SCORES)
def test_the_group_in_front_is_what_the_charts_show(window: AnalysisWindow, qtbot: QtBot, kind: str) -> None:
    run(window, "together.group")
    window.side.bring_up(window.side.charts_dock)
    window.charts.show_kind(kind)

    def answer() -> str:
        picture = window.charts.picture.picture
        return picture.alt_text if picture is not None and window.charts.kind == kind else ""

    qtbot.waitUntil(lambda: bool(answer()) and not window.background.is_busy)
    options = window.charts._options("light")
    assert whose_ratings(options) == "Ratings: the group, median of 2 sheets"


def test_the_group_in_front_is_what_robustness_and_printing_are_of(window: AnalysisWindow, qtbot: QtBot) -> None:
    run(window, "together.group")
    run(window, "robustness.show")
    panel = window.robust.dock.panel
    qtbot.waitUntil(lambda: panel.answer is not None)
    assert panel.answer is not None
    question = panel.answer.question
    assert question.analyst == GROUP
    assert GROUP in question.analysis.matrix(question.matrix).sheets
    printed = window.session.shown_analysis()
    assert printed.analysts[GROUP].name == "the group, median of 2 sheets"
    assert printed.matrices[0].sheets[GROUP]
