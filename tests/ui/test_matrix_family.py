"""Headings fold and are not rated, keys pass over them; rejected ones fold away; combinations are confirmed."""

from __future__ import annotations

import pytest
from helpers.matrix import block, go_to, labels, place, press, shown_panel, symbols, typed
from helpers.sessions import hypothesis, item, rate, small_session
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits
from ach_desk.commands import hypotheses as kin
from ach_desk.model import RatingValue
from ach_desk.ui.matrix import MatrixPanel
from ach_desk.ui.matrix import kin as kin_module
from ach_desk.ui.matrix.sections import HORIZONTAL, VERTICAL
from ach_desk.ui.session import Session

C, I = RatingValue.CONSISTENT, RatingValue.INCONSISTENT  # noqa: E741 - the letters of the method
TOOLTIP = Qt.ItemDataRole.ToolTipRole


def make_form(session: Session, form: int, of: int) -> None:
    session.execute(kin.set_parent(session.analysis, [hypothesis(session, form).id], hypothesis(session, of).id))


def names(panel: MatrixPanel) -> list[str]:
    return labels(panel, "hypothesis")


@pytest.fixture
def panel(qtbot: QtBot) -> MatrixPanel:
    """H1 with the forms H3 (little against it) and H4; H2 on its own. Everything but H1 is rated."""
    session = small_session(3, 4)
    for row in (1, 2, 3):
        rate(session, row, 2, C)
        rate(session, row, 3, I if row == 1 else C)
        rate(session, row, 4, I)
    for form in (3, 4):
        make_form(session, form, 1)
    return shown_panel(qtbot, session)


def test_forms_stand_after_their_heading_which_is_empty_ground(panel: MatrixPanel) -> None:
    assert names(panel) == ["H1", "H3", "H4", "H2"]
    assert symbols(panel)[0] == ". I I C"
    assert panel.model.data(panel.model.index(0, 0), TOOLTIP) == "<p>H1 is a heading: rate its forms.</p>"
    assert (panel.model.figures(0).score, panel.model.figures(0).rank) == ("–", "heading")


def test_a_heading_refuses_ratings_and_says_what_to_do(qtbot: QtBot, panel: MatrixPanel) -> None:
    go_to(panel, 1, 1)
    with qtbot.waitSignal(panel.message) as said:
        press(qtbot, panel, "C")
    assert said.args == ["H1 is a heading: rate its forms."]
    press(qtbot, panel, "-")
    with qtbot.waitSignal(panel.message) as said:
        press(qtbot, panel, "C")
    assert said.args == ["H1 is folded and shows the ratings of H3. Press + to unfold it and rate its forms."]
    assert (
        panel.session.matrix.rating(panel.session.analyst, item(panel.session, 1).id, hypothesis(panel.session, 1).id)
        is None
    )


def test_a_block_across_a_heading_rates_its_forms_alone(qtbot: QtBot, panel: MatrixPanel) -> None:
    block(panel, (1, 1), (1, 4))
    with qtbot.waitSignal(panel.message, check_params_cb=lambda text: "3 cells" in text) as said:
        press(qtbot, panel, "N")
    assert said.args == ["3 cells: neutral. H1 is a heading: rate its forms."]
    assert symbols(panel)[0] == ". N N N"


def test_keys_pass_over_an_unfolded_heading(qtbot: QtBot, panel: MatrixPanel) -> None:
    go_to(panel, 1, 4)
    press(qtbot, panel, "Tab")
    assert place(panel) == (2, 2)
    press(qtbot, panel, "Home")
    assert place(panel) == (2, 2)
    press(qtbot, panel, "Shift+Tab")
    assert place(panel) == (1, 4)
    go_to(panel, 1, 2)
    press(qtbot, panel, "Left")
    assert panel.focus == "evidence", "beyond the heading lies the header of the item"


def test_keys_to_the_corners_end_beside_a_heading_in_either_direction(qtbot: QtBot, panel: MatrixPanel) -> None:
    go_to(panel, 3, 4)
    press(qtbot, panel, "Ctrl+Home")
    assert place(panel) == (1, 2)
    panel.looks.set_transposed(True)
    go_to(panel, 4, 3)
    press(qtbot, panel, "Ctrl+Home")
    assert place(panel) == (2, 1), "H1 is the first row"
    press(qtbot, panel, "Up")
    assert panel.focus == "evidence"


def test_a_folded_heading_shows_its_best_form(qtbot: QtBot, panel: MatrixPanel) -> None:
    go_to(panel, 1, 3)
    press(qtbot, panel, "-")
    assert names(panel) == ["H1", "H2"]
    assert panel.selection().hypothesis == hypothesis(panel.session, 1).id, "the keyboard goes to the heading"
    assert symbols(panel) == ["I C", "C C", "C C"]
    assert panel.model.figures(0).rank == "rank 2"
    best = panel.model.family.best(hypothesis(panel.session, 1).id)
    assert best is not None
    assert best.label == "H3"
    press(qtbot, panel, "+")
    assert names(panel) == ["H1", "H3", "H4", "H2"]


def test_the_best_form_changes_with_the_ratings(qtbot: QtBot, panel: MatrixPanel) -> None:
    panel.model.fold(hypothesis(panel.session, 1).id, True)
    for row in (1, 2, 3):
        rate(panel.session, row, 4, C)
    assert symbols(panel) == ["C C", "C C", "C C"]


def test_while_scores_are_hidden_a_folded_heading_tells_nothing(panel: MatrixPanel) -> None:
    panel.model.fold(hypothesis(panel.session, 1).id, True)
    panel.set_scores_hidden(True)
    assert symbols(panel) == [". C", ". C", ". C"]


@pytest.mark.parametrize("transposed", [False, True])
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_a_click_on_the_triangle_folds(
    qtbot: QtBot, panel: MatrixPanel, transposed: bool, direction: Qt.LayoutDirection
) -> None:
    panel.setLayoutDirection(direction)
    panel.looks.set_transposed(transposed)
    header = panel.view.header_of("hypothesis")
    qtbot.waitUntil(lambda: header.section_rect(0).width() > 0)
    where = panel.view.sections_of("hypothesis").fold_rect(
        header.section_rect(0), 0, VERTICAL if transposed else HORIZONTAL, direction
    )
    assert header.viewport().rect().contains(where)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where.center())
    assert names(panel) == ["H1", "H2"]
    beside = QPoint(header.section_rect(1).center())
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=beside)
    assert names(panel) == ["H1", "H2"]


def test_going_to_a_folded_form_unfolds_it(panel: MatrixPanel) -> None:
    panel.model.fold(hypothesis(panel.session, 1).id, True)
    assert panel.select_cell(item(panel.session, 1).id, hypothesis(panel.session, 4).id)
    assert names(panel) == ["H1", "H3", "H4", "H2"]


def test_the_next_unrated_cell_is_found_in_a_folded_form(qtbot: QtBot, panel: MatrixPanel) -> None:
    rate(panel.session, 2, 4, None)
    panel.model.fold(hypothesis(panel.session, 1).id, True)
    press(qtbot, panel, "Ctrl+U")
    assert panel.selection().hypothesis == hypothesis(panel.session, 4).id
    assert place(panel) == (2, 3)


def test_folding_is_remembered(qtbot: QtBot, panel: MatrixPanel) -> None:
    panel.model.fold(hypothesis(panel.session, 1).id, True)
    state = panel.view_state()
    again = shown_panel(qtbot, panel.session)
    again.restore(state)
    assert names(again) == ["H1", "H2"]


def test_a_new_form_is_written_over_the_end_and_stands_under_its_heading(qtbot: QtBot, panel: MatrixPanel) -> None:
    panel.select_records("hypothesis", [hypothesis(panel.session, 2).id])
    panel.kin.new_form()
    typed(qtbot, panel, "A variant")
    press(qtbot, panel, "Return")
    assert names(panel) == ["H1", "H3", "H4", "H2", "H5"]
    assert hypothesis(panel.session, 5).parent == hypothesis(panel.session, 2).id
    assert panel.model.family.is_heading(hypothesis(panel.session, 2).id)


def test_ratings_of_what_becomes_a_heading_are_kept_and_that_is_said(qtbot: QtBot, panel: MatrixPanel) -> None:
    panel.select_records("hypothesis", [hypothesis(panel.session, 4).id])
    with qtbot.waitSignal(panel.message) as said:
        panel.kin.put_under(hypothesis(panel.session, 2).id)
    assert said.args == [
        "H2 is now a heading: its forms are rated and ranked. Its own 3 ratings are kept and do not count."
    ]
    assert names(panel) == ["H1", "H3", "H2", "H4"]
    panel.kin.lift_out()
    assert hypothesis(panel.session, 4).parent is None
    assert symbols(panel)[0] == ". I C I"


def test_the_chooser_offers_only_what_can_be_a_heading(panel: MatrixPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    class Menu(QMenu):
        def popup(self, p: QPoint, at: object = None) -> None:
            """Stay off the screen: the platform of the tests knows no keyboard grab."""

    monkeypatch.setattr(kin_module, "Menu", Menu)
    panel.select_records("hypothesis", [hypothesis(panel.session, 1).id])
    panel.kin.ask_heading()
    menu = panel.findChild(QMenu)
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["H2  Hypothesis 2"]
    menu.actions()[0].trigger()
    menu.deleteLater()
    assert hypothesis(panel.session, 1).parent == hypothesis(panel.session, 2).id
    assert names(panel) == ["H2", "H1", "H3", "H4"]


def test_a_form_moves_among_its_siblings_and_no_further(qtbot: QtBot, panel: MatrixPanel) -> None:
    panel.select_records("hypothesis", [hypothesis(panel.session, 3).id])
    panel.records.shift("across", 1)
    assert names(panel) == ["H1", "H4", "H3", "H2"]
    with qtbot.waitSignal(panel.message) as said:
        panel.edits.move("hypothesis", [panel.selection().hypothesis or ""], 0 + len(names(panel)))
    assert said.args == ["H3 stands under its heading H1; “Lift out” takes it from there."]
    panel.select_records("hypothesis", [panel.session.matrix.hypotheses[0]])
    panel.records.shift("across", 1)
    assert names(panel) == ["H2", "H1", "H4", "H3"]


def test_rejected_ones_fold_away_under_a_line_that_shows_them(qtbot: QtBot, panel: MatrixPanel) -> None:
    assert not panel.rejected_line.isVisible()
    panel.select_records("hypothesis", [hypothesis(panel.session, 2).id])
    panel.records.ask_reject()
    typed(qtbot, panel, "refuted")
    with qtbot.waitSignal(panel.message) as said:
        press(qtbot, panel, "Return")
    assert said.args == ["H2 is rejected and folded away at the end; Ctrl+Shift+J shows it."]
    assert names(panel) == ["H1", "H3", "H4"]
    assert panel.rejected_line.isVisible()
    assert panel.rejected_line.text() == "1 rejected: H2"
    qtbot.mouseClick(panel.rejected_line, Qt.MouseButton.LeftButton)
    assert names(panel) == ["H1", "H3", "H4", "H2"]
    assert panel.model.section_lines() == [3]
    panel.select_records("hypothesis", [hypothesis(panel.session, 2).id])
    panel.records.reinstate()
    assert not panel.rejected_line.isVisible()


def test_one_rejected_elsewhere_is_shown_at_the_end(panel: MatrixPanel) -> None:
    session = panel.session
    session.execute(edits.reject(session.analysis, [hypothesis(session, 2).id], ""))
    assert names(panel) == ["H1", "H3", "H4", "H2"]


def test_a_heading_whose_forms_are_all_rejected_is_rated_again(panel: MatrixPanel) -> None:
    session = panel.session
    session.execute(edits.reject(session.analysis, [hypothesis(session, 3).id, hypothesis(session, 4).id], ""))
    assert names(panel) == ["H1", "H2", "H3", "H4"]
    assert not panel.model.family.is_heading(hypothesis(session, 1).id)


def test_combining_selected_hypotheses_and_confirming_what_their_parts_suggest(
    qtbot: QtBot, panel: MatrixPanel
) -> None:
    session = panel.session
    chosen = [hypothesis(session, number).id for number in (1, 2, 3)]
    panel.select_records("hypothesis", chosen)
    panel.kin.combine()
    joint = hypothesis(session, 5)
    assert joint.combines == (chosen[1], chosen[2]), "the heading is no part"
    assert joint.title == "H2 + H3"
    go_to(panel, 1, 5)
    assert panel.model.data(panel.model.index(0, 4), TOOLTIP).endswith("not rated until you decide</p>")
    assert panel.model.data(panel.model.index(1, 4), TOOLTIP).endswith(
        "suggested: consistent; not rated until you confirm it</p>"
    )
    block(panel, (1, 5), (2, 5))
    with qtbot.waitSignal(panel.message) as said:
        press(qtbot, panel, "K")
    assert said.args == ["1 rating confirmed."]
    panel.select_records("hypothesis", [joint.id])
    panel.kin.confirm_all()
    assert [row.split()[4] for row in symbols(panel)] == ["C–I?", "C", "C"]
    assert panel.kin.has_open_combination()
    rate(session, 1, 5, I)
    assert not panel.kin.has_open_combination()
    session.undo()
    session.undo()
    assert [row.split()[4] for row in symbols(panel)] == ["C–I?", "C", "C?"]


def test_a_changed_part_changes_the_suggestion(panel: MatrixPanel) -> None:
    session = panel.session
    panel.kin.join([hypothesis(session, 3).id, hypothesis(session, 4).id])
    changed = []
    panel.model.dataChanged.connect(lambda first, last, _roles: changed.append((first.row(), first.column())))
    assert panel.model.family.proposed(item(session, 2).id, hypothesis(session, 5).id) == (C, I)
    rate(session, 2, 4, C)
    assert panel.model.family.proposed(item(session, 2).id, hypothesis(session, 5).id) == (C, C)
    assert (1, 4) in changed


def test_none_of_the_above_can_be_added_once(panel: MatrixPanel) -> None:
    assert not panel.kin.has_catch_all
    panel.kin.add_catch_all()
    added = hypothesis(panel.session, 5)
    assert (added.title, added.catch_all) == ("None of the above", True)
    assert panel.selection().hypothesis == added.id
    panel.kin.add_catch_all()
    assert len(panel.session.matrix.hypotheses) == 5


def test_deleting_says_what_becomes_of_forms_and_combinations(qtbot: QtBot, panel: MatrixPanel) -> None:
    session = panel.session
    panel.kin.join([hypothesis(session, 2).id, hypothesis(session, 3).id])
    panel.select_records("hypothesis", [hypothesis(session, 1).id])
    with qtbot.waitSignal(panel.message) as said:
        panel.records.delete()
    assert said.args == ["H1 was deleted; Undo brings it back. H3 and H4 now stand on their own."]
    assert names(panel) == ["H2", "H3", "H4", "H5"]
    panel.select_records("hypothesis", [session.matrix.hypotheses[0]])
    with qtbot.waitSignal(panel.message) as said:
        panel.records.delete()
    assert said.args == ["H2 was deleted; Undo brings it back. H5 now joins only H3."]
    session.undo()
    session.undo()
    assert names(panel) == ["H1", "H3", "H4", "H2", "H5"]


def test_keys_that_judge_do_nothing_on_a_heading(qtbot: QtBot, panel: MatrixPanel) -> None:
    session = panel.session
    before = dict(session.matrix.sheets[session.analyst][item(session, 1).id])
    go_to(panel, 1, 1)
    press(qtbot, panel, "R", "C", "I")
    press(qtbot, panel, "K", "Del")
    assert session.matrix.sheets[session.analyst][item(session, 1).id] == before
    block(panel, (1, 1), (1, 2))
    press(qtbot, panel, "Ctrl+L")
    assert session.matrix.sheets[session.analyst][item(session, 1).id] == before


def test_pasted_ratings_leave_a_heading_out_and_say_so(qtbot: QtBot, panel: MatrixPanel) -> None:
    go_to(panel, 1, 1)
    with qtbot.waitSignal(panel.message) as said:
        panel.clipboard.paste("N\tN\tN\tN", "")
    assert said.args == ["3 cells pasted. H1 is a heading: rate its forms."]
    assert symbols(panel)[0] == ". N N N"


def test_the_legend_explains_what_parts_suggest(panel: MatrixPanel) -> None:
    assert "suggested" not in panel._marks.in_order()
    panel.kin.join([hypothesis(panel.session, 2).id, hypothesis(panel.session, 3).id])
    assert "suggested" in panel._marks.in_order()


def test_a_hypothesis_before_a_form_is_its_sibling(qtbot: QtBot, panel: MatrixPanel) -> None:
    form = hypothesis(panel.session, 3)
    panel.select_records("hypothesis", [form.id])
    panel.records.new("hypothesis", before_current=True)
    typed(qtbot, panel, "Another form")
    press(qtbot, panel, "Return")
    assert names(panel) == ["H1", "H5", "H3", "H4", "H2"]
    new = next(entry for entry in panel.session.analysis.hypotheses.values() if entry.label == "H5")
    assert new.parent == form.parent is not None
    panel.session.undo()
    assert names(panel) == ["H1", "H3", "H4", "H2"]


def test_parts_and_the_form_shown_have_a_short_form_for_narrow_columns(panel: MatrixPanel) -> None:
    session, sections = panel.session, panel.view.sections_of("hypothesis")
    session.execute(
        kin.combine(session.analysis, session.matrix, [hypothesis(session, 2).id, hypothesis(session, 3).id])
    )
    joined = next(entry for entry in session.assessment.hypotheses if entry.is_combination)
    assert sections._beside_label(joined) == ("H2 + H3", "H2+H3")
    panel.select_records("hypothesis", [hypothesis(session, 1).id])
    run = {spec.name: spec.run for spec in panel.action_specs()}
    run["hypothesis.fold"]()
    assert sections._beside_label(hypothesis(session, 1)) == ("best: H3", "H3")
