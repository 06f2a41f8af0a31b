"""What can be seen of the matrix: enough of it on a small screen, every state of a cell, nothing cut or markup."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from helpers.accessible import nameless_controls
from helpers.matrix import go_to, press, shown_panel
from helpers.sessions import hypothesis, item, rate, small_session
from helpers.tools import needs_font
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QFont, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits
from ach_desk.model import Level, Rating, RatingValue
from ach_desk.reporting.palette import DARK, LIGHT, Palette, contrast
from ach_desk.ui.matrix import MatrixPanel
from ach_desk.ui.matrix.axes import EVIDENCE, HYPOTHESIS
from ach_desk.ui.matrix.look import CellKind, Look, blended, cell_kind
from ach_desk.ui.session import Session

LONG = "Die Kolonne hielt etwa zweihundert Kilometer vor der Hauptstadt an und kehrte noch am selben Abend um"
PALETTES = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])


@pytest.fixture
def session() -> Session:
    session = small_session(14, 4)
    for row in range(1, 15):
        fields = {"title": LONG, "credibility": "high", "relevance": "low"}
        session.execute(edits.set_fields(session.analysis, EVIDENCE, item(session, row).id, fields, "x"))
    for column in range(1, 5):
        session.execute(edits.set_field(session.analysis, HYPOTHESIS, [hypothesis(session, column).id], "title", LONG))
    return session


def image_of(panel: MatrixPanel) -> QImage:
    return panel.grab().toImage()


def cell_rect(panel: MatrixPanel, row: int, column: int) -> QRect:
    rect = panel.view.visualRect(panel.model.index(row - 1, column - 1))
    return QRect(panel.view.viewport().mapTo(panel, rect.topLeft()), rect.size())


def different(first: QImage, second: QImage) -> float:
    """Return the share of pixels that differ visibly in some channel."""
    assert first.size() == second.size()
    return float((np.abs(channels(first) - channels(second)).max(axis=2) > 24).mean())


def channels(image: QImage) -> np.ndarray:
    """Return red, green, blue of each pixel: int16, height x width x 3."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    data = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine() // 4, 4)
    return data[:, : plain.width(), :3].astype(np.int16)


def test_four_hypotheses_and_ten_items_are_seen_at_1366_by_768(qtbot: QtBot, session: Session) -> None:
    # What the default layout leaves: the rail takes some 44 pixels, the side panel 380, bars and frames 96 below.
    panel = shown_panel(qtbot, session, width=1366 - 44 - 380, height=768 - 96)
    view = panel.view
    assert not view.horizontalScrollBar().isVisible()
    header = view.header_of(HYPOTHESIS)
    assert header.length() <= view.viewport().width()
    assert view.viewport().height() // view.look.row_height >= 10
    assert view.look.row_height >= 2 * view.look.line


def test_the_current_cell_is_unmistakable(qtbot: QtBot, session: Session) -> None:
    panel = shown_panel(qtbot, session)
    rate(session, 1, 1, RatingValue.VERY_CONSISTENT)
    rate(session, 1, 2, RatingValue.VERY_INCONSISTENT)
    for palette in (LIGHT, DARK):
        panel.set_palette(palette)
        go_to(panel, 5, 4)
        before = image_of(panel)
        for column in (1, 2, 3):
            go_to(panel, 1, column)
            rect = cell_rect(panel, 1, column)
            assert different(before.copy(rect), image_of(panel).copy(rect)) > 0.12
            edge = QColor(image_of(panel).pixelColor(rect.left() + 1, rect.center().y()))
            assert edge.name() == palette.accent


def test_every_kind_of_cell_looks_different(qapp: QApplication) -> None:
    look = Look(LIGHT, QFont())
    kinds = [CellKind(value, False, False, False, False) for value in (*RatingValue, None)]
    kinds += [
        CellKind(RatingValue.CONSISTENT, True, False, False, False),
        CellKind(RatingValue.CONSISTENT, False, True, False, False),
        CellKind(RatingValue.CONSISTENT, False, False, True, False),
        CellKind(RatingValue.CONSISTENT, False, False, False, True),
        CellKind(None, True, False, False, False),
    ]
    pictures = [look.cell(kind, QSize(120, 40)).toImage() for kind in kinds]
    for first, second in itertools.combinations(pictures, 2):
        assert different(first, second) > 0.005 or first.pixelColor(5, 5) != second.pixelColor(5, 5)
    assert look.cell(kinds[0], QSize(120, 40)).cacheKey() == look.cell(kinds[0], QSize(120, 40)).cacheKey()


def test_an_unrated_cell_is_empty(qapp: QApplication) -> None:
    picture = Look(LIGHT, QFont()).cell(cell_kind(None, False, False), QSize(120, 40)).toImage()
    inside = {picture.pixelColor(x, y).name() for x in range(118) for y in range(38)}
    assert inside == {LIGHT.base}


@PALETTES
def test_symbols_can_be_read_on_their_ground_dimmed_or_not(palette: Palette) -> None:
    for value, tone in palette.ratings.items():
        assert contrast(tone.text, tone.fill) >= 4.5, value
        dimmed = blended(tone.fill, palette.base, 0.45).name()
        assert contrast(palette.muted, dimmed) >= 4.0, value


@PALETTES
def test_header_text_can_be_read_on_every_ground(qapp: QApplication, palette: Palette) -> None:
    look = Look(palette, QFont())
    for ground in (palette.window, look.header_selected.name(), look.header_current.name()):
        assert contrast(palette.text, ground) >= 7.0
        assert contrast(palette.muted, ground) >= 4.5


def test_the_picture_of_the_matrix(qtbot: QtBot) -> None:
    """The colours where they belong, at a pinned size: a cell's ground, the stripe, the bar, the marks."""
    session = small_session(3, 3)
    values = [["CC", "C", "N"], ["I", "II", "N/A"], ["C", "C", "C"]]
    for row, line in enumerate(values, 1):
        for column, symbol in enumerate(line, 1):
            rate(session, row, column, RatingValue(symbol))
    cell = (item(session, 1).id, hypothesis(session, 2).id)
    session.matrix.set_rating(session.analyst, *cell, Rating(RatingValue.CONSISTENT, "because", Level.LOW))
    panel = shown_panel(qtbot, session, width=700, height=360)
    go_to(panel, 3, 3)
    image = image_of(panel)
    for row, line in enumerate(values[:2], 1):
        for column, symbol in enumerate(line, 1):
            rect = cell_rect(panel, row, column)
            found = image.pixelColor(rect.center() - QPoint(0, 7)).name()  # beside the symbol, inside of any hatch
            assert found == LIGHT.ratings[RatingValue(symbol)].fill, (row, column)
    marked = cell_rect(panel, 1, 2)
    assert image.pixelColor(marked.right() - 2, marked.top() + 1).name() == LIGHT.ratings[RatingValue("C")].text
    dimmed = cell_rect(panel, 3, 1)
    assert image.pixelColor(dimmed.left() + 3, dimmed.top() + 3) == blended(
        LIGHT.ratings[RatingValue("C")].fill, LIGHT.base, 0.45
    )
    header = panel.view.header_of(HYPOTHESIS)
    stripe = header.viewport().mapTo(panel, header.section_rect(1).topLeft() + QPoint(10, 1))
    assert image.pixelColor(stripe).name() == "#e69f00"
    bar = header.section_rect(1)
    foot = header.viewport().mapTo(panel, QPoint(bar.left() + 12, bar.bottom() - 10))
    assert image.pixelColor(foot).name() == LIGHT.bar.fill


def test_hidden_scores_are_not_in_the_picture(qtbot: QtBot) -> None:
    def header_of(value: RatingValue) -> QImage:
        session = small_session(2, 2)
        for row, column in itertools.product((1, 2), (1, 2)):
            rate(session, row, column, value)
        rate(session, 1, 1, RatingValue.NEUTRAL)
        panel = shown_panel(qtbot, session)
        panel.set_scores_hidden(True)
        return panel.view.header_of(HYPOTHESIS).grab().toImage()

    assert header_of(RatingValue.CONSISTENT) == header_of(RatingValue.VERY_INCONSISTENT)


TEXTS = [
    "السلام عليكم، هذا اختبار (رقم 3).",
    "שלום עולם: בדיקה של טקסט ארוך שנשבר לשתי שורות ועוד קצת מילים",
    "中文測試：部隊向首都進軍，中途折返，令人費解的事件發生了而且很長很長很長",
    "Emoji \U0001f600 \U0001f1e9\U0001f1ea and e\u0301 combined",
    "bell \x07, tab \t, line\nend, \u202eturned\u202c",
    "<b>bold</b> <img src='x'>",
    "x" * 20_000,
    "word " * 4_000,
    "\ud800 half a pair",
    "=1+1",
]


@pytest.mark.parametrize("transposed", [False, True])
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_any_text_in_any_direction_is_painted_without_complaint(
    qtbot: QtBot, transposed: bool, direction: Qt.LayoutDirection
) -> None:
    session = small_session(len(TEXTS), 4)
    for row, text in enumerate(TEXTS, 1):
        record = item(session, row)
        session.analysis.evidence[record.id] = record.model_copy(update={"title": text, "flag": True})
    for column, text in enumerate(TEXTS[:4], 1):
        other = hypothesis(session, column)
        session.analysis.hypotheses[other.id] = other.model_copy(update={"title": text})
    panel = shown_panel(qtbot, Session(session.analysis))
    panel.setLayoutDirection(direction)
    panel.looks.set_transposed(transposed)
    for column in ("kind", "event_date", "sources", "diagnosticity", "influence", "tags"):
        panel.looks.toggle_column(column)
    assert not panel.grab().isNull()
    press(qtbot, panel, "Left", "Right", "Down")
    assert panel.grab().toImage() is not None


def test_keys_follow_the_direction_of_the_window(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, small_session(3, 3))
    panel.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    go_to(panel, 1, 1)
    press(qtbot, panel, "Left")
    assert panel.view.caret.place == (0, 1)
    press(qtbot, panel, "Right", "Right")
    assert panel.focus == EVIDENCE


def test_lines_are_cut_where_they_must_be(qapp: QApplication) -> None:
    needs_font("DejaVu Sans")
    text = Look(LIGHT, QFont("DejaVu Sans", 10)).text
    lines, right_to_left = text.lines("one two three four five six seven eight nine ten eleven", 120, 2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert not right_to_left
    assert all(text.metrics.horizontalAdvance(line) <= 120 for line in lines)
    assert text.lines("short", 120, 2) == (("short",), False)
    assert text.lines(TEXTS[0], 120, 2)[1]
    broken, _direction = text.lines("\U0001f600" * 60, 120, 3)
    assert "".join(broken).rstrip("…") == "\U0001f600" * len("".join(broken).rstrip("…"))
    assert text.lines("", 120, 2) == ((), False)


# Accessibility


def test_table_headers_and_cells_have_names_and_roles(qtbot: QtBot) -> None:
    session = small_session(2, 2)
    rate(session, 1, 2, RatingValue.INCONSISTENT)
    panel = shown_panel(qtbot, session)
    table = QAccessible.queryAccessibleInterface(panel.view)
    assert table.role() == QAccessible.Role.Table
    assert table.text(QAccessible.Text.Name) == "Evidence matrix"
    found = {}
    for number in range(table.childCount()):
        child = table.child(number)
        if child is not None and child.isValid():
            found.setdefault(child.role(), []).append(child.text(QAccessible.Text.Name))
    assert found[QAccessible.Role.ColumnHeader] == ["H1, Hypothesis 1", "H2, Hypothesis 2"]
    assert found[QAccessible.Role.RowHeader] == ["E1, Item 1", "E2, Item 2"]
    assert found[QAccessible.Role.Cell] == [
        "E1, H1: not rated",
        "E1, H2: inconsistent",
        "E2, H1: not rated",
        "E2, H2: not rated",
    ]


@pytest.mark.parametrize("transposed", [False, True])
def test_a_header_with_the_keyboard_is_the_one_a_screen_reader_is_led_to(qtbot: QtBot, transposed: bool) -> None:
    panel = shown_panel(qtbot, small_session(3, 2))
    panel.looks.set_transposed(transposed)
    table = QAccessible.queryAccessibleInterface(panel.view)
    for kind, label in ((EVIDENCE, "E2, Item 2"), (HYPOTHESIS, "H2, Hypothesis 2")):
        child = table.child(panel.view.accessible_child(kind, 1))
        assert child.text(QAccessible.Text.Name) == label


def test_every_control_has_a_name(qtbot: QtBot) -> None:
    assert nameless_controls(shown_panel(qtbot, small_session(2, 2))) == []
    panel = shown_panel(qtbot, small_session(0, 0))
    press(qtbot, panel, "Ctrl+E")
    assert nameless_controls(panel) == []
    press(qtbot, panel, "Escape")
