"""The projector: one item at a time on the whole screen, large; how it was rated stays hidden until it is revealed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ach_desk.i18n import _
from ach_desk.model import Rating
from ach_desk.model.marking import parse
from ach_desk.model.words import range_mark, rating_meaning, rating_question
from ach_desk.reporting.marking_tones import marking_tone
from ach_desk.reporting.palette import DARK, LIGHT, Palette, Tone
from ach_desk.reporting.print_matrix import kind_word, set_aside_words
from ach_desk.ui.session import Session
from ach_desk.ui.text import shown, single_line

_LARGEST, _SMALLEST = 1 / 22, 1 / 90
"""Height of the letters of a hypothesis as a share of the screen's height."""

_TITLE, _SMALL = 1.35, 0.68
_MARGIN = 0.05
_HIDDEN = "•"
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_FORWARD = (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown)
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp)


@dataclass(frozen=True)
class Line:
    """One hypothesis of a slide: its words, the symbol it was rated with, what that means, and its colours."""

    label: str
    title: str
    symbol: str
    meaning: str
    tone: Tone


@dataclass(frozen=True)
class Slide:
    """One item."""

    head: str
    title: str
    note: str
    lines: tuple[Line, ...]


def slide_of(session: Session, row: int, palette: Palette) -> Slide:
    """Return the slide of an item of what the session shows."""
    assessment = session.assessment
    item = assessment.items[row]
    rated = session.matrix.sheets.get(session.analyst, {}).get(item.id, {})
    columns = [column for column in assessment.rated_columns() if assessment.hypotheses[column].is_active]
    lines = [
        _line(assessment.label_of(column), assessment.hypotheses[column].title, rated.get(key), palette)
        for column in columns
        for key in [assessment.hypotheses[column].id]
    ]
    note = [kind_word(item.kind), item.event_words or item.event_date or "", item.marking.strip()]
    if not item.is_counted:
        note.append(set_aside_words(item))
    head = _("Item {number} of {count}").format(number=row + 1, count=len(assessment.items))
    title = f"{item.label}  {single_line(item.title)}"
    return Slide(head, shown(title), shown(" · ".join(filter(None, note))), tuple(lines))


def _line(label: str, title: str, rating: Rating | None, palette: Palette) -> Line:
    value = rating.value if rating is not None else None
    symbol = range_mark(rating.range) if rating is not None and rating.range else value.value if value else "–"
    return Line(label, shown(single_line(title)), symbol, rating_meaning(value), palette.ratings[value])


class _Stage(QLabel):
    """What is seen and heard of the slide; the window around it has the keys."""

    def __init__(self, projector: Projector) -> None:
        super().__init__(projector)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._projector = projector

    def say(self, text: str) -> None:
        """Tell a screen reader what stands there now."""
        self.setAccessibleName(text)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._projector.paint(painter)
        painter.end()


class Projector(QWidget):
    """Shows a session on the whole screen. `ended(row)`: Escape was pressed at that item."""

    ended = Signal(int)

    def __init__(self, session: Session, palette: Palette, row: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Projector"))
        self.stage = _Stage(self)
        self.setFocusProxy(self.stage)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stage)
        self._session, self._palette = session, palette
        self._marking = session.analysis.marking.strip()
        self._question = single_line(session.analysis.question)
        self._note = session.front_note
        self._notice = session.analysis.notice.strip()
        self._row = min(max(row, 0), max(self._count - 1, 0))
        self._revealed = False
        self._told: list[str] = []
        self._renew()

    @property
    def row(self) -> int:
        """Return the number of the item that is shown, from 0."""
        return self._row

    @property
    def is_revealed(self) -> bool:
        """Return whether the ratings can be seen."""
        return self._revealed

    def go_to(self, row: int) -> None:
        """Show another item with its ratings hidden; beyond either end nothing happens."""
        if 0 <= row < self._count and row != self._row:
            self._row, self._revealed = row, False
            self._renew()

    def reveal(self, revealed: bool) -> None:
        """Show the ratings, or hide them."""
        if revealed != self._revealed:
            self._revealed = revealed
            self._renew()

    def spoken(self) -> str:
        """Return the slide in words, for those who cannot see it: no rating before it is revealed."""
        slide = self._slide
        parts = [self._marking, self._note, self._notice, slide.head, slide.title, slide.note]
        for line in slide.lines:
            said = f"{line.symbol}, {line.meaning}" if self._revealed else _("hidden")
            parts.append(f"{line.label} {line.title}: {said}")
        return ". ".join(filter(None, parts))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        steps: dict[int, Callable[[], object]] = {
            **dict.fromkeys(_FORWARD, lambda: self.go_to(self._row + 1)),
            **dict.fromkeys(_BACK, lambda: self.go_to(self._row - 1)),
            Qt.Key.Key_Home: lambda: self.go_to(0),
            Qt.Key.Key_End: lambda: self.go_to(self._count - 1),
            **dict.fromkeys(
                (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter), lambda: self.reveal(not self._revealed)
            ),
            Qt.Key.Key_D: self._turn_colours,
            Qt.Key.Key_Escape: self._end,
        }
        step = steps.get(key)
        if step is None:
            super().keyPressEvent(event)
        else:
            step()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Reveal, then go on, so that a presenter's remote or a mouse does for the whole list."""
        if event.button() == Qt.MouseButton.LeftButton:
            if self._revealed:
                self.go_to(self._row + 1)
            else:
                self.reveal(True)

    def paint(self, painter: QPainter) -> None:
        """Paint the whole screen."""
        painter.fillRect(self.rect(), QColor(self._palette.base))
        top = self._paint_marking(painter)
        bottom = self._paint_foot(painter)
        left = self.width() * _MARGIN
        area = QRectF(left, top + left / 2, self.width() - 2 * left, bottom - top - left / 2)
        size = self._fitting(area)
        self._put(area, size, painter)

    @property
    def _count(self) -> int:
        return len(self._session.assessment.items)

    def _end(self) -> None:
        self.ended.emit(self._row)
        self.close()

    def _turn_colours(self) -> None:
        self._palette = LIGHT if self._palette.name == DARK.name else DARK
        self._renew()

    def _renew(self) -> None:
        self._slide = slide_of(self._session, self._row, self._palette)
        self.stage.say(self.spoken())
        self.stage.update()

    def _font(self, size: float, *, strong: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(max(8, round(size)))
        if strong:
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def _small(self) -> float:
        return max(13.0, self.height() / 48)

    def _paint_marking(self, painter: QPainter) -> float:
        """Paint marking, what is shown in place of the ratings, and notice across the top; return where they end."""
        y = 0.0
        for text, tone in (
            (self._marking, marking_tone(self._palette, parse(self._marking))),
            (self._note, self._palette.what_if),
            (self._notice, Tone(self._palette.selection, self._palette.text, self._palette.line)),
        ):
            if text:
                painter.setFont(self._font(self._small(), strong=True))
                room = QRectF(0, y, self.width(), self.height() / 4)
                needed = painter.boundingRect(room, _WRAP | _CENTRE, shown(single_line(text)))
                band = QRectF(0, y, self.width(), needed.height() + self._small() * 0.6)
                painter.fillRect(band, QColor(tone.fill))
                painter.setPen(QColor(tone.text))
                painter.drawText(band, _CENTRE | int(Qt.TextFlag.TextWordWrap), shown(single_line(text)))
                y = band.bottom()
        return y

    def _paint_foot(self, painter: QPainter) -> float:
        """Paint the keys at the foot; return where the foot begins."""
        turn = _("hides the ratings") if self._revealed else _("shows the ratings")
        text = _("Space {turn} · arrows go from item to item · D light or dark · Escape ends").format(turn=turn)
        font = self._font(self._small() * 0.85)
        metrics = QFontMetricsF(font)
        margin = self.width() * _MARGIN
        top = self.height() - metrics.height() * 2
        painter.setFont(font)
        painter.setPen(QColor(self._palette.muted))
        room = QRectF(margin, top, self.width() - 2 * margin, metrics.height())
        painter.drawText(room, _CENTRE, metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width()))
        return top - metrics.height() / 2

    def _fitting(self, area: QRectF) -> float:
        """Return the largest letters with which the slide fits; the smallest where none do."""
        size = self.height() * _LARGEST
        while size > self.height() * _SMALLEST and self._put(area, size, None) > area.height():
            size *= 0.94
        return size

    def _put(self, area: QRectF, size: float, painter: QPainter | None) -> float:
        """Put the slide into the area, or only measure it; return its height."""
        slide, palette, y = self._slide, self._palette, area.top()
        small, title = self._font(size * _SMALL), self._font(size * _TITLE, strong=True)
        head = f"{slide.head}  ·  {self._question}" if self._question else slide.head
        y = self._words(painter, QRectF(area.left(), y, area.width(), 0), head, small, palette.muted)
        y = self._words(painter, QRectF(area.left(), y + size * 0.3, area.width(), 0), slide.title, title, palette.text)
        if slide.note:
            y = self._words(painter, QRectF(area.left(), y, area.width(), 0), slide.note, small, palette.muted)
        y += size * 0.5
        y = self._words(painter, QRectF(area.left(), y, area.width(), 0), rating_question(), small, palette.muted)
        y += size * 0.3
        for line in slide.lines:
            y = self._put_line(painter, area, y, size, line)
        return y - area.top()

    def _put_line(self, painter: QPainter | None, area: QRectF, y: float, size: float, line: Line) -> float:
        box, gap = size * 3.4, size * 0.6
        plain, strong = self._font(size), self._font(size, strong=True)
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        start = area.left() if rtl else area.left() + box + gap
        room = QRectF(start, y + size * 0.35, area.width() - box - gap, 0)
        end = self._words(painter, room, f"{line.label}  {line.title}", plain, self._palette.text)
        # The room for the meaning is there before it is revealed, so that nothing moves then.
        below = QRectF(room.left(), end, room.width(), 0)
        seen = painter if self._revealed else None
        end = self._words(seen, below, line.meaning, self._font(size * _SMALL), self._palette.muted)
        end = max(end, y + size * 1.9) + size * 0.35
        if painter is not None:
            tone = line.tone if self._revealed else self._palette.ratings[None]
            place = QRectF(area.right() - box if rtl else area.left(), y + size * 0.2, box, end - y - size * 0.4)
            painter.fillRect(place, QColor(tone.fill))
            painter.setPen(QColor(self._palette.strong_line))
            painter.drawRect(place)
            painter.setPen(QColor(tone.text))
            painter.setFont(strong)
            painter.drawText(place, _CENTRE, line.symbol if self._revealed else _HIDDEN)
        return end

    def _words(self, painter: QPainter | None, room: QRectF, text: str, font: QFont, colour: str) -> float:
        """Put words into a room as high as they need; return where they end."""
        endless = QRectF(room.left(), room.top(), room.width(), 1e5)
        needed = QFontMetricsF(font).boundingRect(endless, _WRAP, text)
        if painter is not None:
            painter.setFont(font)
            painter.setPen(QColor(colour))
            painter.drawText(endless, _WRAP, text)
        return needed.bottom()
