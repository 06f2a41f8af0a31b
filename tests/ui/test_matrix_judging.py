"""What a cell can say beyond one rating: undecided, suggested, on earlier wording; and the steps of a scale."""

from __future__ import annotations

import pytest
from helpers.desktop import running_desktop
from helpers.matrix import block, go_to, place, press, shown_panel, symbols
from helpers.sessions import hypothesis, item, rate, small_session
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits
from ach_desk.model import Rating, RatingValue, Scale, words
from ach_desk.reporting.palette import DARK, LIGHT, Palette, contrast
from ach_desk.ui.matrix import MatrixPanel
from ach_desk.ui.matrix.foot import EARLIER, SUGGESTED, UNDECIDED
from ach_desk.ui.matrix.look import CellKind, Look, cell_kind
from ach_desk.ui.session import Session
from ach_desk.ui.steps import RATE, steps

C, N, I, II = (  # noqa: E741 - the letters of the method
    RatingValue.CONSISTENT,
    RatingValue.NEUTRAL,
    RatingValue.INCONSISTENT,
    RatingValue.VERY_INCONSISTENT,
)
BARE = CellKind(None, False, False, False, False)


@pytest.fixture
def session() -> Session:
    return small_session()


@pytest.fixture
def panel(qtbot: QtBot, session: Session) -> MatrixPanel:
    return shown_panel(qtbot, session)


def stored(session: Session, row: int, column: int) -> Rating | None:
    return session.matrix.rating(session.analyst, item(session, row).id, hypothesis(session, column).id)


def said(panel: MatrixPanel, row: int, column: int, role: Qt.ItemDataRole) -> str:
    return panel.model.data(panel.model.index(row - 1, column - 1), role)


def reword(session: Session, number: int, title: str) -> None:
    session.execute(edits.set_field(session.analysis, "evidence", [item(session, number).id], "title", title))


def suggest(session: Session, row: int, column: int, low: RatingValue, high: RatingValue) -> None:
    cell = (item(session, row).id, hypothesis(session, column).id)
    session.execute(edits.suggest(session.matrix, session.analyst, [(cell, (low, high))], "Suggest"))


def test_r_and_two_rating_keys_leave_a_judgement_undecided(qtbot: QtBot, panel: MatrixPanel, session: Session) -> None:
    go_to(panel, 1, 1)
    press(qtbot, panel, "R")
    prompt = panel._foot.prompt
    assert prompt.isVisible()
    assert panel._foot.strip.isVisible()
    press(qtbot, panel, "I")
    assert prompt.text.startswith("Undecided between I and …")
    press(qtbot, panel, "N")
    assert not prompt.isVisible()
    rating = stored(session, 1, 1)
    assert rating is not None
    assert (rating.value, rating.range) == (N, (N, I))
    assert symbols(panel)[0] == "N–I ."
    assert place(panel) == (1, 2), "the keyboard moves on as after a rating"
    text = "undecided between neutral and inconsistent; scored as neutral until you decide"
    assert text in said(panel, 1, 1, Qt.ItemDataRole.AccessibleTextRole)
    assert text in said(panel, 1, 1, Qt.ItemDataRole.ToolTipRole)
    assert UNDECIDED in panel._marks.in_order()
    session.undo()
    assert stored(session, 1, 1) is None


def test_a_range_is_left_by_escape_by_moving_and_not_ended_by_not_applicable(
    qtbot: QtBot, panel: MatrixPanel, session: Session
) -> None:
    go_to(panel, 1, 1)
    press(qtbot, panel, "R", "A")
    assert panel.judging.is_asking
    press(qtbot, panel, "Escape")
    assert not panel.judging.is_asking
    press(qtbot, panel, "R", "N", "Right")
    assert not panel.judging.is_asking
    press(qtbot, panel, "I")
    assert symbols(panel)[0] == ". I"
    assert session.history.stack.count() == 1


def test_two_equal_ends_are_a_decided_rating_and_a_block_takes_one_range(
    qtbot: QtBot, panel: MatrixPanel, session: Session
) -> None:
    block(panel, (1, 1), (2, 2))
    press(qtbot, panel, "R", "C", "N")
    assert symbols(panel)[:2] == ["C–N C–N", "C–N C–N"]
    assert session.history.stack.count() == 1
    go_to(panel, 1, 1)
    press(qtbot, panel, "R", "I", "I")
    assert symbols(panel)[0] == "I C–N"
    rating = stored(session, 1, 1)
    assert rating is not None
    assert rating.range is None


def test_an_undecided_judgement_is_decided_by_a_rating_key_or_by_the_action(
    qtbot: QtBot, panel: MatrixPanel, session: Session
) -> None:
    block(panel, (1, 1), (1, 2))
    press(qtbot, panel, "R", "N", "I")
    go_to(panel, 1, 1)
    assert panel.judging.any_undecided()
    press(qtbot, panel, "I")
    go_to(panel, 1, 2)
    panel.judging.decide()
    assert symbols(panel)[0] == "I N"
    assert not panel.judging.any_undecided()


def test_a_rating_on_earlier_wording_is_marked_until_k_confirms_it(
    qtbot: QtBot, panel: MatrixPanel, session: Session
) -> None:
    rate(session, 1, 1, C)
    rate(session, 2, 1, C)
    before = panel.view.look.cell(cell_kind(stored(session, 1, 1), False, False), QSize(80, 40)).toImage()
    go_to(panel, 1, 1)
    press(qtbot, panel, "K")
    assert session.history.stack.count() == 2, "there was nothing to confirm"
    reword(session, 1, "Other words")
    assert EARLIER in panel._marks.in_order()
    assert "rated on earlier wording of E1" in said(panel, 1, 1, Qt.ItemDataRole.AccessibleTextRole)
    assert "earlier" not in said(panel, 2, 1, Qt.ItemDataRole.AccessibleTextRole)
    kind = cell_kind(stored(session, 1, 1), False, False, earlier=True)
    assert panel.view.look.cell(kind, QSize(80, 40)).toImage() != before
    assert panel.judging.any_to_confirm()
    press(qtbot, panel, "K")
    rating = stored(session, 1, 1)
    assert rating is not None
    assert (rating.value, rating.item_wording) == (C, 2)
    assert place(panel) == (1, 2)
    assert "earlier" not in said(panel, 1, 1, Qt.ItemDataRole.AccessibleTextRole)


def test_suggestions_are_unrated_confirmed_by_k_or_a_key_and_refused_by_del(
    qtbot: QtBot, panel: MatrixPanel, session: Session
) -> None:
    suggest(session, 1, 1, C, C)
    suggest(session, 1, 2, N, II)
    suggest(session, 2, 1, I, I)
    suggest(session, 3, 1, I, I)
    assert symbols(panel) == ["C? N–II?", "I? .", "I? ."]
    assert session.assessment.open_cells == 6
    assert SUGGESTED in panel._marks.in_order()
    go_to(panel, 1, 1)
    press(qtbot, panel, "K")
    assert place(panel) == (1, 2)
    press(qtbot, panel, "K")
    assert symbols(panel)[0] == "C N–II?", "nobody has decided what a range comes to"
    press(qtbot, panel, "I")
    go_to(panel, 2, 1)
    press(qtbot, panel, "Del")
    go_to(panel, 3, 1)
    press(qtbot, panel, "C")
    assert symbols(panel) == ["C I", ". .", "C ."]


def test_all_suggestions_of_an_item_are_confirmed_at_once(panel: MatrixPanel, session: Session) -> None:
    suggest(session, 1, 1, C, C)
    suggest(session, 1, 2, I, I)
    suggest(session, 2, 1, C, C)
    go_to(panel, 1, 2)
    assert panel.judging.any_suggestion_of_items()
    panel.judging.confirm_suggestions()
    assert symbols(panel) == ["C I", "C? .", ". ."]
    assert not panel.judging.any_suggestion_of_items()
    session.undo()
    assert symbols(panel)[0] == "C? I?"


@pytest.mark.parametrize(
    ("scale", "key", "taken"),
    [
        (Scale.FIVE, "V", False),
        (Scale.FIVE, "J", False),
        (Scale.SEVEN, "V", True),
        (Scale.SEVEN, "J", True),
        (Scale.THREE, "Shift+C", False),
        (Scale.THREE, "Shift+I", False),
        (Scale.THREE, "C", True),
        (Scale.THREE, "A", True),
    ],
)
def test_a_key_off_the_scale_rates_nothing_and_says_so(
    qtbot: QtBot, panel: MatrixPanel, session: Session, scale: Scale, key: str, taken: bool
) -> None:
    session.execute(edits.set_field(session.analysis, "matrix", [session.matrix.id], "scale", scale))
    told: list[str] = []
    panel.message.connect(told.append)
    go_to(panel, 1, 1)
    press(qtbot, panel, key)
    assert (stored(session, 1, 1) is not None) == taken
    assert taken or words.scale_word(scale) in told[0]


def test_keys_and_menus_show_the_steps_of_the_scale(panel: MatrixPanel, session: Session) -> None:
    rate(session, 1, 1, II)

    def keys() -> list[RatingValue | None]:
        return [key.value for key in panel._foot.strip.keys if not key.isHidden()]

    assert keys() == list(words.rating_order(Scale.FIVE))
    for scale in (Scale.THREE, Scale.SEVEN):
        session.execute(edits.set_field(session.analysis, "matrix", [session.matrix.id], "scale", scale))
        assert keys() == list(words.rating_order(scale))
        visible = {spec.name for spec in panel.action_specs() if spec.visible is None or spec.visible()}
        assert ("rate.C-" in visible, "rate.CC" in visible) == (scale is Scale.SEVEN, scale is Scale.SEVEN)
        assert symbols(panel)[0] == "II .", "a scale never changes a rating"


def test_a_cell_shows_what_follows_from_others_only_while_it_says_nothing_itself() -> None:
    assert cell_kind(None, False, False, derived=(N, I)).symbol == "N–I?"
    assert cell_kind(Rating(None, suggested=(C, C)), False, False, derived=(N, I)).symbol == "C?"
    assert cell_kind(Rating(II), False, False, derived=(N, I)).symbol == "II"


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_undecided_and_suggested_cells_are_legible_and_look_their_own(qapp: QApplication, palette: Palette) -> None:
    look = Look(palette, QFont())
    size = QSize(120, 40)
    kinds = [
        BARE._replace(value=N),
        BARE._replace(value=N, around=(N, I)),
        BARE._replace(suggested=(N, I)),
        BARE._replace(suggested=(N, N)),
        BARE._replace(value=N, earlier=True),
        BARE._replace(value=N, reason=True),
    ]
    pictures = [look.cell(kind, size).toImage() for kind in kinds]
    assert all(one != other for place, one in enumerate(pictures) for other in pictures[place + 1 :])
    for low in RatingValue:
        for high in RatingValue:
            if not (low.is_on_scale and high.is_on_scale):
                continue
            for kind in (BARE._replace(value=low, around=(low, high)), BARE._replace(suggested=(low, high))):
                picture = look.cell(kind, size).toImage()
                grounds = {picture.pixelColor(6, 8).name(), picture.pixelColor(112, 32).name()}
                assert min(contrast(look._ink(kind).name(), ground) for ground in grounds) >= 4.5, kind


def test_a_finding_about_cells_leads_to_the_first_of_them(qapp: QApplication) -> None:
    with running_desktop(qapp) as desktop:
        desktop.open_practice()
        window = desktop.windows[0]
        session = window.session
        rate(session, 2, 2, C)
        rate(session, 3, 1, C)
        for number in (2, 3):
            reword(session, number, "Other words")
        (finding,) = (one for one in session.findings if one.code == "earlier_wording")
        window.go_to(finding)
        selection = window.matrix.selection()
        assert (selection.evidence, selection.hypothesis) == (item(session, 2).id, hypothesis(session, 2).id)
        listed = steps(session.analysis, session.findings, scores_shown=False)
        assert finding in listed[RATE].points
