"""The charts panel: drawn away from the keyboard and only when seen; the newest wins, and blocks can be chosen."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from helpers.analyses import small_case
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QImage, QMouseEvent, QTextDocumentFragment
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QScrollArea, QTabBar, QToolButton, QToolTip
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits
from ach_desk.model import RatingValue
from ach_desk.reporting import charts
from ach_desk.reporting.chart_options import OF_SCORES, HitBox
from ach_desk.reporting.palette import DARK, LIGHT
from ach_desk.ui import messages
from ach_desk.ui.background import Background
from ach_desk.ui.charts import ChartsPanel
from ach_desk.ui.charts import panel as panel_module
from ach_desk.ui.session import Session
from ach_desk.ui.settings import SettingsStore

PATIENCE = 20_000


@pytest.fixture
def session(qapp: QApplication) -> Session:
    session = Session(small_case(hypotheses=3, items=6, rated=True).analysis)
    session.analysis.marking = "FOR TRAINING ONLY"
    return session


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    made = Background()
    yield made
    made.shut_down()


@pytest.fixture
def panel(session: Session, background: Background, qtbot: QtBot) -> Iterator[ChartsPanel]:
    panel = ChartsPanel(session, background, SettingsStore(), LIGHT)
    qtbot.addWidget(panel)
    panel.resize(480, 600)
    yield panel
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


@pytest.fixture
def shown(panel: ChartsPanel, qtbot: QtBot) -> ChartsPanel:
    """Return the panel with its first chart drawn."""
    with qtbot.waitSignal(panel.drawn, timeout=PATIENCE):
        panel.show()
    _settle(panel, qtbot)
    return panel


def _settle(panel: ChartsPanel, qtbot: QtBot) -> None:
    """Wait until nothing is drawn and nothing is about to be."""
    qtbot.waitUntil(lambda: not panel._background.is_busy and not panel._pause.isActive(), timeout=PATIENCE)


def _rate(session: Session, row: int, column: int, value: RatingValue | None) -> None:
    cell = (session.matrix.evidence[row], session.matrix.hypotheses[column])
    session.execute(edits.rate(session.analysis, session.matrix, session.analyst, [cell], value))


def _blocks(panel: ChartsPanel) -> list[HitBox]:
    return [box for box in panel.picture.picture.hits if box.evidence_id and box.hypothesis_id]


def _middle(panel: ChartsPanel, box: HitBox) -> QPoint:
    return panel.picture.rect_of(box).center().toPoint()


def _room(panel: ChartsPanel) -> int:
    """Return the width that a picture may have and be seen whole, with or without a scroll bar."""
    return panel._area.width() - panel._area.verticalScrollBar().sizeHint().width()


def _caption(panel: ChartsPanel) -> str:
    return panel._caption.text()


def test_a_chart_appears_with_its_sentence_and_its_words(shown: ChartsPanel) -> None:
    picture = shown.picture.picture
    assert picture.width == _room(shown)
    assert shown.picture.height() == picture.height
    assert _caption(shown) == picture.subject
    assert picture.subject.rstrip(".") in picture.caption
    assert shown.picture.accessibleDescription() == picture.alt_text
    painted = shown.picture.grab().toImage()
    colours = {painted.pixelColor(x, y).name() for x in range(0, painted.width(), 3) for y in range(0, 200, 3)}
    assert len(colours) > 3


@pytest.mark.parametrize("kind", OF_SCORES)
def test_each_kind_is_drawn(kind: str, shown: ChartsPanel, qtbot: QtBot) -> None:
    if shown.kind != kind:
        with qtbot.waitSignal(shown.drawn, timeout=PATIENCE) as drawn:
            shown.show_kind(kind)
        assert drawn.args == [kind]
    assert shown.kind == kind
    assert shown.findChild(QTabBar).currentIndex() == OF_SCORES.index(kind)
    assert shown.picture.picture.caption


def test_an_edit_is_drawn(shown: ChartsPanel, session: Session, qtbot: QtBot) -> None:
    before = shown.picture.picture
    with qtbot.waitSignal(shown.drawn, timeout=PATIENCE):
        _rate(session, 0, 0, RatingValue.VERY_INCONSISTENT)
    assert shown.picture.picture.rgba != before.rgba


def test_another_analysis_is_drawn(shown: ChartsPanel, session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shown.drawn, timeout=PATIENCE):
        session.replace_analysis(small_case(hypotheses=2, items=2).analysis, dirty=False)
    assert {box.evidence_id for box in shown.picture.picture.hits} <= {None, *session.analysis.evidence}


def test_a_hidden_panel_draws_only_when_it_is_shown(
    panel: ChartsPanel, session: Session, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    drawn: list[str] = []
    panel.drawn.connect(drawn.append)
    _rate(session, 0, 0, RatingValue.NEUTRAL)
    panel.set_palette(DARK)
    QCoreApplication.processEvents()
    assert not panel._pause.isActive()
    assert not panel._background.is_busy
    with qtbot.waitSignal(panel.drawn, timeout=PATIENCE):
        panel.show()
    _settle(panel, qtbot)
    panel.hide()
    count = len(drawn)
    _rate(session, 0, 0, RatingValue.CONSISTENT)
    assert not panel._pause.isActive()
    with qtbot.waitSignal(panel.drawn, timeout=PATIENCE):
        panel.show()
    _settle(panel, qtbot)
    panel.hide()
    panel.show()
    QCoreApplication.processEvents()
    _settle(panel, qtbot)
    assert len(drawn) == count + 1


def test_the_newest_state_wins(
    shown: ChartsPanel, session: Session, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    draw = charts.draw

    def first_waits(kind: str, assessment: Any, options: Any) -> Any:
        picture = draw(kind, assessment, options)
        if not begun.is_set():
            begun.set()
            assert go_on.wait(PATIENCE / 1000)
        return picture

    monkeypatch.setattr(charts, "draw", first_waits)
    _rate(session, 0, 0, RatingValue.VERY_INCONSISTENT)
    qtbot.waitUntil(begun.is_set, timeout=PATIENCE)
    with qtbot.waitSignal(shown.drawn, timeout=PATIENCE):
        shown.show_kind("ranking")
    newest = shown.picture.picture
    go_on.set()
    _settle(shown, qtbot)
    assert shown.picture.picture is newest


def test_a_picture_of_an_older_state_gives_way_to_a_sentence(
    shown: ChartsPanel, session: Session, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    go_on = threading.Event()
    draw = charts.draw

    def waits(*arguments: Any) -> Any:
        assert go_on.wait(PATIENCE / 1000)
        return draw(*arguments)

    monkeypatch.setattr(charts, "draw", waits)
    before, box = shown.picture.grab().toImage(), _blocks(shown)[0]
    activated: list[tuple[str, str]] = []
    shown.activated.connect(lambda *ids: activated.append(ids))
    _rate(session, 0, 0, RatingValue.VERY_INCONSISTENT)
    QCoreApplication.processEvents()
    assert shown.picture.grab().toImage() == before
    qtbot.waitUntil(lambda: shown.picture.accessibleDescription() == "Drawing the chart ...", timeout=PATIENCE)
    assert shown.picture.grab().toImage() != before
    QTest.mouseClick(shown.picture, Qt.MouseButton.LeftButton, pos=_middle(shown, box))
    assert activated == []
    with qtbot.waitSignal(shown.drawn, timeout=PATIENCE):
        go_on.set()
    assert not shown._late.isActive()
    assert shown.picture.accessibleDescription() == shown.picture.picture.alt_text
    assert _caption(shown) == shown.picture.picture.subject


def test_a_picture_of_another_width_only_stays_until_the_new_one(
    shown: ChartsPanel, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(shown.drawn, timeout=PATIENCE):
        shown.resize(600, 600)
        qtbot.waitUntil(lambda: shown._drawing is not None, timeout=PATIENCE)
        assert not shown._late.isActive()


def test_an_answer_after_the_panel_is_gone_is_dropped(
    session: Session, background: Background, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def waits(*_arguments: Any) -> Any:
        begun.set()
        assert go_on.wait(PATIENCE / 1000)

    monkeypatch.setattr(charts, "draw", waits)
    panel = ChartsPanel(session, background, SettingsStore(), LIGHT)
    panel.show()
    qtbot.waitUntil(begun.is_set, timeout=PATIENCE)
    with qtbot.waitSignal(panel.destroyed):
        panel.deleteLater()
    go_on.set()
    qtbot.waitUntil(lambda: not background.is_busy, timeout=PATIENCE)


def test_hidden_scores_hide_the_chart_and_what_was_being_drawn(
    shown: ChartsPanel, session: Session, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    draw = charts.draw

    def waits(*arguments: Any) -> Any:
        begun.set()
        assert go_on.wait(PATIENCE / 1000)
        return draw(*arguments)

    monkeypatch.setattr(charts, "draw", waits)
    _rate(session, 0, 0, RatingValue.VERY_INCONSISTENT)
    qtbot.waitUntil(begun.is_set, timeout=PATIENCE)
    shown.set_scores_shown(False)
    qtbot.waitUntil(lambda: not shown.findChild(QScrollArea).isVisible(), timeout=PATIENCE)
    go_on.set()
    _settle(shown, qtbot)
    assert _caption(shown) == "Charts appear together with the scores."
    assert not shown.findChild(QToolButton, options=Qt.FindChildOption.FindDirectChildrenOnly).isEnabled()
    said: list[str] = []
    shown.message.connect(said.append)
    shown.save_as()
    shown.copy()
    assert said == ["Charts appear together with the scores."] * 2
    with qtbot.waitSignal(shown.drawn, timeout=PATIENCE):
        shown.set_scores_shown(True)
    assert shown.findChild(QScrollArea).isVisible()


def test_another_width_is_drawn_and_nothing_is_cut(shown: ChartsPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shown.drawn, timeout=PATIENCE):
        shown.resize(700, 600)
    _settle(shown, qtbot)
    assert shown.picture.picture.width == _room(shown) > 480


def test_a_picture_higher_than_the_panel_is_not_cut_at_the_side(shown: ChartsPanel, qtbot: QtBot) -> None:
    for height in (260, 900):
        shown.resize(480, height)
        _settle(shown, qtbot)
        assert shown._area.verticalScrollBar().isVisible() == (height == 260)
        assert shown.picture.width() >= shown.picture.picture.width
    shown.resize(100, 600)
    assert shown.width() > 320


def test_a_click_on_a_block_names_item_and_hypothesis(shown: ChartsPanel, qtbot: QtBot) -> None:
    for box in _blocks(shown)[:5]:
        with qtbot.waitSignal(shown.activated) as activated:
            QTest.mouseClick(shown.picture, Qt.MouseButton.LeftButton, pos=_middle(shown, box))
        assert activated.args == [box.evidence_id, box.hypothesis_id]


def test_a_click_beside_every_block_names_nothing(shown: ChartsPanel) -> None:
    activated: list[tuple[str, str]] = []
    shown.activated.connect(lambda *ids: activated.append(ids))
    spot = next(
        QPoint(x, y)
        for y in range(shown.picture.height())
        for x in range(8, shown.picture.width(), 8)
        if not any(shown.picture.rect_of(box).adjusted(-2, -2, 2, 2).contains(QPointF(x, y)) for box in _hits(shown))
    )
    QApplication.sendEvent(shown.picture, QEvent(QEvent.Type.Leave))  # wherever earlier clicks left the pointer
    QTest.keyClick(shown.picture, Qt.Key.Key_Return)
    QTest.mouseClick(shown.picture, Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseClick(shown.picture, Qt.MouseButton.RightButton, pos=_middle(shown, _blocks(shown)[0]))
    assert activated == []


def _hits(panel: ChartsPanel) -> tuple[HitBox, ...]:
    return panel.picture.picture.hits


def test_the_pointer_over_a_block_shows_what_it_is(shown: ChartsPanel, qtbot: QtBot) -> None:
    box = _blocks(shown)[0]
    spot = QPointF(_middle(shown, box))
    move = QMouseEvent(
        QEvent.Type.MouseMove,
        spot,
        shown.picture.mapToGlobal(spot),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(shown.picture, move)
    assert shown.picture.cursor().shape() == Qt.CursorShape.PointingHandCursor
    tip = QHelpEvent(QEvent.Type.ToolTip, spot.toPoint(), shown.picture.mapToGlobal(spot.toPoint()))
    QApplication.sendEvent(shown.picture, tip)
    assert QTextDocumentFragment.fromHtml(QToolTip.text()).toPlainText() == box.text
    QApplication.sendEvent(shown.picture, QEvent(QEvent.Type.Leave))
    assert shown.picture.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_a_text_with_markup_is_shown_as_text(session: Session, shown: ChartsPanel, qtbot: QtBot) -> None:
    item = session.matrix.evidence[0]
    with qtbot.waitSignal(shown.drawn, timeout=PATIENCE):
        session.execute(edits.set_field(session.analysis, "evidence", [item], "title", "<b>bold</b>"))
    box = next(box for box in _blocks(shown) if box.evidence_id == item)
    spot = _middle(shown, box)
    QApplication.sendEvent(shown.picture, QHelpEvent(QEvent.Type.ToolTip, spot, shown.picture.mapToGlobal(spot)))
    assert "<b>bold</b>" in QTextDocumentFragment.fromHtml(QToolTip.text()).toPlainText()


@pytest.mark.parametrize(
    ("key", "first", "second"),
    [
        (Qt.Key.Key_Right, 0, 1),
        (Qt.Key.Key_Down, 0, 1),
        (Qt.Key.Key_Left, -1, -2),
        (Qt.Key.Key_Up, -1, -2),
    ],
)
def test_the_keyboard_steps_through_the_blocks(
    key: Qt.Key, first: int, second: int, shown: ChartsPanel, qtbot: QtBot
) -> None:
    hits = _hits(shown)
    QApplication.sendEvent(shown.picture, QEvent(QEvent.Type.Leave))
    for expected in (first, second):
        QTest.keyClick(shown.picture, key)
        with qtbot.waitSignal(shown.activated) as activated:
            QTest.keyClick(shown.picture, Qt.Key.Key_Return)
        box = hits[expected]
        assert activated.args == [box.evidence_id or "", box.hypothesis_id or ""]
    for _round in range(len(hits)):
        QTest.keyClick(shown.picture, key)
    assert shown.picture._hit == second % len(hits)
    painted, plain = shown.picture.grab().toImage(), shown.picture._image
    assert painted.copy() != plain


def test_the_block_the_keyboard_is_on_is_brought_into_view(shown: ChartsPanel, qtbot: QtBot) -> None:
    shown.resize(480, 260)
    _settle(shown, qtbot)
    area = shown.findChild(QScrollArea)
    bar = area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert bar.value() == 0
    QApplication.sendEvent(shown.picture, QEvent(QEvent.Type.Leave))
    QTest.keyClick(shown.picture, Qt.Key.Key_Up)
    box = shown.picture.rect_of(_hits(shown)[-1])
    assert bar.value() > 0
    assert bar.value() <= box.center().y() <= bar.value() + area.viewport().height()


@pytest.mark.parametrize(("ending", "magic"), [("svg", b"<?xml"), ("pdf", b"%PDF"), ("png", b"\x89PNG")])
def test_a_chart_is_saved_with_its_marking(
    ending: str, magic: bytes, shown: ChartsPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    path = tmp_path / f"chart.{ending}"
    monkeypatch.setattr(messages, "save_file", lambda *_arguments: path)
    with qtbot.waitSignal(shown.message, timeout=PATIENCE) as said:
        shown.save_as()
    assert said.args == [f"Chart saved as {path}."]
    data = path.read_bytes()
    assert data.startswith(magic)
    if ending == "svg":
        assert b"FOR TRAINING ONLY" in data


def test_a_kind_of_file_that_is_not_known_is_said(
    shown: ChartsPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    path = tmp_path / "chart.docx"
    monkeypatch.setattr(messages, "save_file", lambda *_arguments: path)
    with qtbot.waitSignal(shown.message) as said:
        shown.save_as()
    assert "chart.docx was not written" in said.args[0]
    assert not path.exists()


def test_a_place_that_cannot_be_written_is_said(
    shown: ChartsPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    path = tmp_path / "missing" / "chart.svg"
    monkeypatch.setattr(messages, "save_file", lambda *_arguments: path)
    with qtbot.waitSignal(shown.message, timeout=PATIENCE) as said:
        shown.save_as()
    assert "was not saved" in said.args[0]
    monkeypatch.setattr(messages, "save_file", lambda *_arguments: None)
    shown.save_as()
    assert not shown._background.is_busy


def test_a_chart_is_copied_as_picture_and_drawing(shown: ChartsPanel, qtbot: QtBot) -> None:
    QApplication.clipboard().clear()
    with qtbot.waitSignal(shown.message, timeout=PATIENCE) as said:
        shown.copy()
    assert said.args == ["Chart copied."]
    data = QApplication.clipboard().mimeData()
    assert data.hasImage()
    assert QImage(data.imageData()).width() == shown.picture.picture.width
    assert b"FOR TRAINING ONLY" in data.data("image/svg+xml").data()
    QApplication.clipboard().clear()


def test_the_dark_theme_is_drawn_dark(shown: ChartsPanel, qtbot: QtBot) -> None:
    light = shown.picture._image.pixelColor(1, 1).lightness()
    with qtbot.waitSignal(shown.drawn, timeout=PATIENCE):
        shown.set_palette(DARK)
    assert shown.picture._image.pixelColor(1, 1).lightness() < light


def test_the_button_and_the_right_mouse_button_offer_save_and_copy(
    shown: ChartsPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[list[str]] = []

    class Menu(QMenu):
        def exec(self, *_position: object) -> None:
            offered.append([action.text() for action in self.actions()])

    monkeypatch.setattr(panel_module, "Menu", Menu)
    button = shown.findChild(QToolButton, options=Qt.FindChildOption.FindDirectChildrenOnly)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.keyClick(button, Qt.Key.Key_Space)
    spot = shown.rect().center()
    right = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, shown.mapToGlobal(spot))
    QApplication.sendEvent(shown, right)
    assert offered == [["Save chart ...", "Copy chart", "Save data as CSV ..."]] * 3
    shown.set_scores_shown(False)
    QApplication.sendEvent(shown, right)
    assert len(offered) == 3
    assert button.accessibleName() == "Save or copy the chart"


def test_every_part_has_an_accessible_name(shown: ChartsPanel) -> None:
    assert shown.picture.accessibleName() == "Chart picture"
    assert shown.findChild(QTabBar).accessibleName() == "Chart"
    assert shown.findChild(QLabel).textFormat() == Qt.TextFormat.PlainText
