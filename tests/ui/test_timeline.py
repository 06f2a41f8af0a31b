"""The timeline panel: what is drawn, brushing by mouse and keys, zooming, the list aside, and the matrix beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from helpers.accessible import nameless_controls
from helpers.desktop import running_desktop
from helpers.sessions import item, on_item, small_session
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits
from ach_desk.model.spans import Span, day_text, span_of
from ach_desk.reporting.palette import DARK, LIGHT
from ach_desk.ui import messages
from ach_desk.ui.background import Background
from ach_desk.ui.matrix.axes import EVIDENCE
from ach_desk.ui.matrix.item_filter import ItemFilter
from ach_desk.ui.session import Session
from ach_desk.ui.timeline.dates import chosen_words, filter_to, touching, used_tracks
from ach_desk.ui.timeline.panel import TimelinePanel
from ach_desk.ui.timeline.picture import Brush
from ach_desk.ui.window import AnalysisWindow

PATIENCE = 20_000
LEFT, NONE, CTRL, SHIFT = (
    Qt.MouseButton.LeftButton,
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
DATES: list[dict[str, Any]] = [
    {"event_date": "2023-06-10", "learned_date": "2023-06-12"},
    {"event_date": "2023-06-20", "learned_date": "2023-06-20"},
    {"event_date": "2023-06-24", "learned_date": "2023-06-30"},
    {"learned_date": "2023-06-30"},
    {"event_date": "2023-06-26"},
]


def dated_session() -> Session:
    """Return five items: of 10, 20 and 24 June, without a date, and of 26 June; when E5 was learned is not known."""
    session = small_session(5, 2)
    for number, fields in enumerate(DATES, 1):
        session.execute(edits.set_fields(session.analysis, EVIDENCE, item(session, number).id, fields, "x"))
    return session


@pytest.fixture
def session(qapp: QApplication) -> Session:
    return dated_session()


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    made = Background()
    yield made
    made.shut_down()


@pytest.fixture
def panel(session: Session, background: Background, qtbot: QtBot) -> Iterator[TimelinePanel]:
    panel = TimelinePanel(session, background, LIGHT)
    qtbot.addWidget(panel)
    panel.resize(1000, 320)
    with qtbot.waitSignal(panel.drawn, timeout=PATIENCE):
        panel.show()
    settle(panel, qtbot)
    panel.activateWindow()
    panel.picture.setFocus()
    qtbot.waitUntil(panel.picture.hasFocus)
    yield panel
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def settle(panel: TimelinePanel, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not panel._background.is_busy and not panel._pause.isActive(), timeout=PATIENCE)


def place(panel: TimelinePanel, day: str, track: str = "event") -> QPoint:
    """Return the middle of a day, at the foot of a track."""
    picture = panel.picture.picture
    assert picture is not None
    assert picture.axis is not None
    bottom = next(bottom for name, _top, bottom in picture.axis.tracks if name == track)
    x = panel.picture.place_of(span_of(day).first + 0.5)
    return QPoint(round(x), round(bottom / panel.picture.ratio) - 3)


def drag(qtbot: QtBot, panel: TimelinePanel, first: str, last: str, track: str = "event") -> None:
    start, end = place(panel, first, track), place(panel, last, track)
    qtbot.mousePress(panel.picture, LEFT, NONE, start)
    qtbot.mouseMove(panel.picture, end)
    qtbot.mouseRelease(panel.picture, LEFT, NONE, end)


def test_until_the_first_picture_it_says_that_it_is_drawn(
    session: Session, background: Background, qtbot: QtBot
) -> None:
    panel = TimelinePanel(session, background, LIGHT)
    qtbot.addWidget(panel)
    assert panel.picture.accessibleDescription() == "Drawing the timeline ..."


def picked(panel: TimelinePanel) -> list[list[str]]:
    found: list[list[str]] = []
    labels = {entry.id: entry.label for entry in panel._session.analysis.evidence.values()}
    panel.picked.connect(lambda ids: found.append([labels[entry] for entry in ids]))
    return found


def days(brush: Brush | None) -> tuple[str, str, str] | None:
    return None if brush is None else (brush.track, day_text(brush.span.first), day_text(brush.span.last))


def test_it_says_what_it_shows_and_every_control_has_a_name(panel: TimelinePanel) -> None:
    picture = panel.picture.picture
    assert picture is not None
    assert panel.said.text() == picture.caption
    assert panel.picture.accessibleDescription() == picture.alt_text
    assert nameless_controls(panel) == []
    assert not panel.keep.isEnabled()
    assert not panel.known.isVisible()


def test_a_drag_chooses_the_items_whose_date_lies_in_it(qtbot: QtBot, panel: TimelinePanel) -> None:
    found = picked(panel)
    drag(qtbot, panel, "2023-06-18", "2023-06-24")
    assert days(panel.picture.brush) == ("event", "2023-06-18", "2023-06-24")
    assert found == [["E2", "E3"]]
    assert panel.said.text() == "2 items happened 2023-06-18 to 2023-06-24."
    drag(qtbot, panel, "2023-06-21", "2023-06-11", "learned")
    assert found[-1] == ["E1", "E2"]
    assert panel.known.isVisible()
    drag(qtbot, panel, "2023-06-15", "2023-06-16")
    assert len(found) == 2  # none lies there, and what is selected stays
    assert panel.said.text() == "0 items happened 2023-06-15 to 2023-06-16."


def test_a_click_on_an_item_names_it_and_beside_all_nothing(
    qtbot: QtBot, panel: TimelinePanel, session: Session
) -> None:
    box = next(hit for hit in panel.picture.hits if hit.evidence_id == item(session, 2).id)
    with qtbot.waitSignal(panel.activated) as activated:
        qtbot.mouseClick(panel.picture, LEFT, NONE, panel.picture.rect_of(box).center().toPoint())
    assert activated.args == [item(session, 2).id]
    assert panel.picture.brush is None


def test_shift_and_arrows_brush_from_item_to_item(qtbot: QtBot, panel: TimelinePanel) -> None:
    found = picked(panel)
    keys = [(Qt.Key.Key_Right, NONE), (Qt.Key.Key_Right, NONE), (Qt.Key.Key_Right, SHIFT), (Qt.Key.Key_Right, SHIFT)]
    for key, modifiers in keys:
        qtbot.keyClick(panel.picture, key, modifiers)
    assert days(panel.picture.brush) == ("event", "2023-06-20", "2023-06-26")
    assert found == [["E2", "E3"], ["E2", "E3", "E5"]]
    qtbot.keyClick(panel.picture, Qt.Key.Key_Left, SHIFT)
    assert found[-1] == ["E2", "E3"]
    for _press in range(3):
        qtbot.keyClick(panel.picture, Qt.Key.Key_Left, SHIFT)
    assert days(panel.picture.brush) == ("event", "2023-06-10", "2023-06-20")


def test_escape_gives_up_the_stretch_and_then_leaves(qtbot: QtBot, panel: TimelinePanel) -> None:
    drag(qtbot, panel, "2023-06-18", "2023-06-24")
    qtbot.keyClick(panel.picture, Qt.Key.Key_Escape)
    assert panel.picture.brush is None
    assert not panel.keep.isEnabled()
    assert panel.said.text().startswith("When the items happened")
    with qtbot.waitSignal(panel.left):
        qtbot.keyClick(panel.picture, Qt.Key.Key_Escape)


def test_zooming_keeps_the_day_under_the_pointer_and_zero_shows_all(qtbot: QtBot, panel: TimelinePanel) -> None:
    at = place(panel, "2023-06-20")
    before = panel.picture.day_at(at.x())
    turn = QWheelEvent(
        QPointF(at),
        panel.picture.mapToGlobal(QPointF(at)),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        CTRL,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    with qtbot.waitSignal(panel.drawn, timeout=PATIENCE):
        QApplication.sendEvent(panel.picture, turn)
    axis = panel.picture.picture.axis  # pyright: ignore[reportOptionalMemberAccess]
    assert axis is not None
    assert not axis.is_whole
    assert panel.picture.day_at(at.x()) == pytest.approx(before)
    assert axis.end - axis.start == pytest.approx((22.6 * 0.08 + 21 - 0.08) / 2.25, abs=2)
    assert panel.all.isEnabled()
    with qtbot.waitSignal(panel.drawn, timeout=PATIENCE):
        qtbot.keyClick(panel.picture, Qt.Key.Key_0)
    assert panel.picture.picture.axis.is_whole  # pyright: ignore[reportOptionalMemberAccess]
    assert not panel.all.isEnabled()


def test_keys_zoom_and_move_along(qtbot: QtBot, panel: TimelinePanel) -> None:
    def shown() -> tuple[float, float]:
        axis = panel.picture.picture.axis  # pyright: ignore[reportOptionalMemberAccess]
        assert axis is not None
        return axis.start, axis.end

    start, end = shown()
    with qtbot.waitSignal(panel.drawn, timeout=PATIENCE):
        qtbot.keyClick(panel.picture, Qt.Key.Key_Plus)
    assert shown()[1] - shown()[0] == pytest.approx((end - start) / 1.5)
    length = shown()[1] - shown()[0]
    first = shown()[0]
    with qtbot.waitSignal(panel.drawn, timeout=PATIENCE):
        qtbot.keyClick(panel.picture, Qt.Key.Key_Right, CTRL)
    assert shown()[0] == pytest.approx(first + length / 4)
    with qtbot.waitSignal(panel.drawn, timeout=PATIENCE):
        qtbot.keyClick(panel.picture, Qt.Key.Key_Minus)
    assert shown()[1] - shown()[0] == pytest.approx(end - start)


def test_one_date_alone_can_be_shown_and_items_without_it_stand_aside(qtbot: QtBot, panel: TimelinePanel) -> None:
    listed = lambda: [panel.undated.list.item(row).text() for row in range(panel.undated.list.count())]  # noqa: E731
    assert panel.undated.title.text() == "2 items without a date"
    assert listed() == ["E4  Item 4", "E5 (date learned)  Item 5"]
    panel.tracks.show_value(("learned",))
    with qtbot.waitSignal(panel.drawn, timeout=PATIENCE):
        panel.tracks.chosen.emit(("learned",))
    assert [name for name, _top, _bottom in panel.picture.picture.axis.tracks] == ["learned"]  # pyright: ignore
    assert listed() == ["E5  Item 5"]
    with qtbot.waitSignal(panel.activated) as activated:
        panel.undated.list.itemActivated.emit(panel.undated.list.item(0))
    assert activated.args == [item(panel._session, 5).id]
    with qtbot.waitSignal(panel.left):
        qtbot.keyClick(panel.undated.list, Qt.Key.Key_Escape)


def test_an_edit_is_drawn_anew_with_the_list(qtbot: QtBot, panel: TimelinePanel, session: Session) -> None:
    with qtbot.waitSignal(panel.drawn, timeout=PATIENCE):
        session.execute(edits.set_field(session.analysis, EVIDENCE, [item(session, 4).id], "event_date", "2023-06-15"))
    assert panel.undated.title.text() == "1 item without a date"
    drag(qtbot, panel, "2023-06-14", "2023-06-16")
    assert panel.said.text() == "1 item happened 2023-06-14 to 2023-06-16."


def test_the_selection_of_the_matrix_is_painted_over_the_picture(panel: TimelinePanel, session: Session) -> None:
    plain = panel.picture.grab().toImage()
    panel.show_selection(on_item(session, 2))
    marked = panel.picture.grab().toImage()
    box = next(hit for hit in panel.picture.hits if hit.evidence_id == item(session, 2).id)
    edge = panel.picture.rect_of(box).toRect()
    assert plain.pixelColor(edge.left(), edge.center().y()) != marked.pixelColor(edge.left(), edge.center().y())


def test_another_theme_and_hidden_scores_are_drawn(qtbot: QtBot, panel: TimelinePanel) -> None:
    with qtbot.waitSignal(panel.drawn, timeout=PATIENCE):
        panel.set_palette(DARK)
    with qtbot.waitSignal(panel.drawn, timeout=PATIENCE):
        panel.set_scores_shown(False)


def test_it_is_saved_and_copied_with_its_head(
    qtbot: QtBot, panel: TimelinePanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "time.svg"
    monkeypatch.setattr(messages, "save_file", lambda *_arguments: path)
    with qtbot.waitSignal(panel.message, timeout=PATIENCE) as said:
        panel.save_as()
    assert said.args == [f"Chart saved as {path}."]
    assert "4 of 5 items happened between" in path.read_text(encoding="utf-8")
    with qtbot.waitSignal(panel.message, timeout=PATIENCE):
        panel.copy()
    assert QGuiApplication.clipboard().mimeData().hasImage()


# Plain answers


def test_which_items_a_stretch_of_days_holds() -> None:
    session = dated_session()
    session.execute(edits.set_field(session.analysis, EVIDENCE, [item(session, 4).id], "event_date", "2023-06"))
    items = session.assessment.items
    stretch = Span(span_of("2023-06-19").first, span_of("2023-06-24").first)
    labels = {entry.id: entry.label for entry in items}
    assert [labels[entry] for entry in touching(items, "event", stretch)] == ["E2", "E3", "E4"]
    assert chosen_words(items, "event", stretch) == "3 items happened 2023-06-19 to 2023-06-24. 1 of them perhaps."
    assert chosen_words(items, "learned", span_of("2023-06-30")) == "2 items learned 2023-06-30."


def test_a_date_that_no_item_has_is_not_missed() -> None:
    items = dated_session().assessment.items
    assert used_tracks(items, ("event", "learned")) == ["event", "learned"]
    none_learned = [entry.model_copy(update={"learned_date": None}) for entry in items]
    assert used_tracks(none_learned, ("event", "learned")) == ["event"]
    assert used_tracks([], ("event", "learned")) == ["event"]


def test_a_stretch_becomes_a_condition_of_the_filter() -> None:
    wanted = filter_to(ItemFilter(text="x"), "learned", "", "2023-06-24")
    assert wanted == ItemFilter(text="x", learned=("", "2023-06-24"))
    assert filter_to(wanted, "event", "2023-06-01", "2023-06-02").happened == ("2023-06-01", "2023-06-02")


# In the window


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[AnalysisWindow]:
    with running_desktop(qapp) as desktop:
        window = desktop.open_untitled(dated_session().analysis, dirty=False)
        window.resize(1200, 800)
        qtbot.waitExposed(window)
        window.activateWindow()
        window.matrix.setFocus()
        qtbot.waitUntil(window.matrix.view.hasFocus)
        yield window


def test_the_timeline_of_a_window_selects_rows_and_filters_them(qtbot: QtBot, window: AnalysisWindow) -> None:
    timeline = window.timeline
    assert not timeline.dock.is_built
    timeline.toggle()
    panel = timeline.dock.panel
    qtbot.waitUntil(lambda: panel.picture.picture is not None, timeout=PATIENCE)
    settle(panel, qtbot)
    drag(qtbot, panel, "2023-06-18", "2023-06-24")
    assert [window.session.item(entry).label for entry in window.matrix.selection().items] == ["E2", "E3"]
    drag(qtbot, panel, "2023-06-11", "2023-06-24", "learned")
    panel.known.click()
    assert window.matrix.model.arrangement.item_filter.learned == ("", "2023-06-24")
    assert [window.session.item(entry).label for entry in window.matrix.model.axes.ids[EVIDENCE]] == ["E1", "E2"]
    assert window.matrix.arranging.bar.chips[-1].text().startswith("Days: learned by 2023-06-24")
    drag(qtbot, panel, "2023-06-18", "2023-06-24")
    assert [window.session.item(entry).label for entry in window.matrix.selection().items] == ["E2"]
    timeline.toggle()
    assert not timeline.dock.isVisible()
    assert window.matrix.view.hasFocus()
