"""Below the matrix: what to do next, what the marks mean, and the keys of the scale until they are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPolygon,
)
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ach_desk.i18n import _
from ach_desk.model import RatingValue, Scale, words
from ach_desk.ui.challenges import marks
from ach_desk.ui.doubt.marks import SUSPECT, draw_rings
from ach_desk.ui.matrix import wording
from ach_desk.ui.matrix.look import CENTRE, CHANCE_SIGN, LEFT, PAD, RIGHT, RTL, Look, draw_corner
from ach_desk.ui.text import explain, shown
from ach_desk.ui.together import marks as remark_marks
from ach_desk.ui.widgets.focus import paint_focus
from ach_desk.ui.widgets.painting import fill

RATING_KEYS: Mapping[RatingValue | None, str] = {
    RatingValue.VERY_CONSISTENT: "Shift+C",
    RatingValue.CONSISTENT: "C",
    RatingValue.SLIGHTLY_CONSISTENT: "V",
    RatingValue.NEUTRAL: "N",
    RatingValue.SLIGHTLY_INCONSISTENT: "J",
    RatingValue.INCONSISTENT: "I",
    RatingValue.VERY_INCONSISTENT: "Shift+I",
    RatingValue.NOT_APPLICABLE: "A",
    None: "Del",
}
"""The one table of rating keys."""

_MOST_PROMPT_LINES = 3
_MOST_STEP_LINES = 2
STRIP_UNTIL_RATED = 20
"""The key strip stays until this many cells are rated."""

REASON, UNSURE, UNDECIDED, SUGGESTED, EARLIER = "reason", "unsure", "undecided", "suggested", "earlier"
ASIDE, SEPARATES, CHALLENGED, REMARKED = "aside", "separates", "challenged", "remarked"
DEPENDENT = "dependent"
FALLS, PAIRED = "falls", "paired"


def short_meaning(value: RatingValue | None) -> str:
    """Return the answer to the rating question in a word or two."""
    return {
        RatingValue.VERY_CONSISTENT: _("certainly"),
        RatingValue.CONSISTENT: _("yes, rather"),
        RatingValue.SLIGHTLY_CONSISTENT: _("a little more"),
        RatingValue.NEUTRAL: _("could be either"),
        RatingValue.SLIGHTLY_INCONSISTENT: _("a little less"),
        RatingValue.INCONSISTENT: _("no, surprising"),
        RatingValue.VERY_INCONSISTENT: _("hardly possible"),
        RatingValue.NOT_APPLICABLE: _("makes no sense"),
        None: _("not judged yet"),
    }[value]


class RatingKey(QAbstractButton):
    """One key of the scale: symbol, key and meaning; a click does what the key does."""

    def __init__(self, value: RatingValue | None, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.value = value
        self.look = look
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        name = wording.rating_name(value)
        self.setAccessibleName(_("{rating}: {meaning}").format(rating=name, meaning=words.rating_meaning(value)))
        text = "\n".join(
            (
                words.rating_question(),
                _("{symbol}: {meaning}").format(symbol=words.rating_symbol(value), meaning=words.rating_meaning(value)),
                words.rating_reminder(),
            )
        )
        explain(self, text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the room that symbol, key and meaning need."""
        look = self.look
        head = self._chip_width() + PAD // 2 + look.width_of(RATING_KEYS[self.value], small=True)
        width = max(head, look.width_of(short_meaning(self.value), small=True))
        return QSize(width + PAD, look.line + look.small_line + PAD)

    def minimumSizeHint(self) -> QSize:
        """Return the room for the symbol and the key."""
        return QSize(self._chip_width() + PAD, self.sizeHint().height())

    def _chip_width(self) -> int:
        return self.look.width_of("N/A", small=True) + PAD

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the symbol on its colour, the key beside it and the meaning below."""
        look, tone = self.look, self.look.palette.ratings[self.value]
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        flags = RIGHT if self.layoutDirection() == RTL else LEFT
        if self.underMouse() and self.isEnabled():
            fill(painter, self.rect(), look.colours["selection"])
        area = self.rect().adjusted(PAD // 2, PAD // 2, -PAD // 2, -PAD // 2)
        chip = QRect(area.left(), area.top(), self._chip_width(), look.line)
        key = QRect(chip.right() + PAD // 2, area.top(), area.right() - chip.right() - PAD // 2, look.line)
        if flags == RIGHT:
            chip.moveRight(area.right())
            key.moveLeft(area.left())
        fill(painter, chip, QColor(tone.fill))
        painter.setPen(QPen(QColor(tone.line), 1))
        painter.drawRect(chip.adjusted(0, 0, -1, -1))
        painter.setFont(look.font)
        painter.setPen(QColor(tone.text))
        look.draw(painter, chip, "" if self.value is None else self.value.value, CENTRE)
        painter.setFont(look.small)
        painter.setPen(look.colours["text" if self.isEnabled() else "muted"])
        look.draw(painter, key, RATING_KEYS[self.value], flags)
        painter.setPen(look.colours["muted"])
        below = QRect(area.left(), area.top() + look.line, area.width(), look.small_line)
        text = look.small_text.metrics.elidedText(short_meaning(self.value), Qt.TextElideMode.ElideRight, below.width())
        look.draw(painter, below, text, flags)
        painter.end()


class KeyStrip(QWidget):
    """The whole scale as keys. `rated(value)`: one was clicked."""

    rated = Signal(object)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(PAD // 2, 0, PAD // 2, PAD // 2)
        row.setSpacing(0)
        self.keys = [RatingKey(value, look, self) for value in words.rating_order(Scale.SEVEN)]
        for key in self.keys:
            row.addWidget(key, 1)
            key.clicked.connect(lambda _checked=False, value=key.value: self.rated.emit(value))
        self.setAccessibleName(_("Keys of the rating scale"))

    def set_scale(self, scale: Scale) -> None:
        """Show the keys of this scale."""
        order = words.rating_order(scale)
        for key in self.keys:
            key.setVisible(key.value in order)

    def set_look(self, look: Look) -> None:
        """Take over font and colours."""
        for key in self.keys:
            key.look = look
            key.updateGeometry()
            key.update()


class Legend(QWidget):
    """Says what the marks mean that occur in this matrix; marks without room are left out from the end."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look
        self._marks: list[str] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Legend"))

    @staticmethod
    def text_of(mark: str) -> str:
        """Return what a mark means."""
        kinds = {sign: words.kind_word(kind) for kind, sign in wording.KIND_MARKS.items()}
        own = {
            REASON: _("reason given"),
            UNSURE: _("low confidence"),
            UNDECIDED: _("undecided"),
            SUGGESTED: _("suggested, not rated"),
            EARLIER: _("rated on earlier wording"),
            CHANCE_SIGN: _("P(e|H) entered"),
            ASIDE: _("set aside"),
            SEPARATES: _("tells them apart"),
            CHALLENGED: _("challenged"),
            REMARKED: _("remark"),
            DEPENDENT: _("depend on each other"),
            FALLS: _("rests on what is false"),
            PAIRED: _("one of two readings"),
            SUSPECT: _("suspect"),
        }
        return {**kinds, **own}[mark]

    def show_marks(self, marks: Iterable[str]) -> None:
        """Show these marks: REASON, UNSURE ... SEPARATES or the sign of a kind of item."""
        marks = list(marks)
        if marks != self._marks:
            self._marks = marks
            self.setAccessibleDescription(", ".join(map(self.text_of, marks)))
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Return the room for every mark."""
        return QSize(sum(map(self._width, self._marks)), self.look.line + PAD // 2)

    def _width(self, mark: str) -> int:
        return 2 * PAD + PAD // 2 + self.look.width_of(self.text_of(mark), small=True) + PAD

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint mark and meaning, one after the other, up to the trailing edge."""
        painter = QPainter(self)
        painter.setFont(self.look.small)
        fitting: list[str] = []
        for mark in self._marks:
            if sum(map(self._width, [*fitting, mark])) > self.width():
                break
            fitting.append(mark)
        left = self.width() - sum(map(self._width, fitting))
        rtl = self.layoutDirection() == RTL
        for mark in fitting:
            place = QRect(left, 0, 2 * PAD, self.height())
            text = QRect(left + 2 * PAD + PAD // 2, 0, self._width(mark) - 2 * PAD - PAD // 2, self.height())
            if rtl:
                place.moveLeft(self.width() - place.right() - 1)
                text.moveLeft(self.width() - text.right() - 1)
            self._paint_mark(painter, place, mark)
            painter.setPen(self.look.colours["muted"])
            self.look.draw(painter, text, self.text_of(mark), RIGHT if rtl else LEFT)
            left += self._width(mark)
        painter.end()

    def _paint_mark(self, painter: QPainter, rect: QRect, mark: str) -> None:
        colours, middle = self.look.colours, rect.center()
        box = QRect(middle.x() - PAD + 2, middle.y() - PAD + 3, 2 * PAD - 4, 2 * PAD - 6)
        painter.setPen(QPen(colours["muted"], 1))
        if mark == SEPARATES:
            fill(painter, QRect(middle.x() - 1, middle.y() - PAD + 2, 3, 2 * PAD - 4), colours["strong_line"])
            return
        if mark == DEPENDENT:
            inner = box.adjusted(0, 0, -PAD // 2, 0)
            painter.drawPolyline([inner.topRight(), inner.topLeft(), inner.bottomLeft(), inner.bottomRight()])
            return
        if mark == PAIRED:
            draw_rings(painter, rect, self.look)
            return
        if mark not in (FALLS, REASON, UNSURE, UNDECIDED, SUGGESTED, EARLIER, ASIDE, CHALLENGED, REMARKED):
            self.look.draw(painter, rect, mark, CENTRE)
            return
        if mark == SUGGESTED:
            painter.setPen(QPen(colours["muted"], 1, Qt.PenStyle.DashLine))
        hatches = {UNSURE: Qt.BrushStyle.BDiagPattern, FALLS: Qt.BrushStyle.FDiagPattern}
        painter.setBrush(QBrush(colours["muted"], hatches[mark]) if mark in hatches else QBrush())
        painter.drawRect(box)
        painter.setBrush(colours["accent" if mark == EARLIER else "muted"])
        corner = PAD // 2 + 2
        if mark == REASON:
            draw_corner(painter, box.topRight(), -corner, corner)
        elif mark == EARLIER:
            painter.setPen(QPen(colours["accent"], 1))
            draw_corner(painter, box.bottomLeft(), corner, -corner)
        elif mark == UNDECIDED:
            painter.drawPolygon(QPolygon([box.topRight(), box.bottomRight(), box.bottomLeft()]))
        elif mark == CHALLENGED:
            marks.draw_mark(painter, box.topLeft() - QPoint(1, 1), self.look, is_open=True)
        elif mark == REMARKED:
            remark_marks.draw_mark(painter, box.topLeft() - QPoint(1, 1), self.look, is_open=True)
        elif mark == ASIDE:
            painter.drawLine(box.left() - 2, middle.y(), box.right() + 2, middle.y())


class StepLine(QWidget):
    """One sentence that takes a second line where it does not fit, and is cut where that is too short as well."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look
        self.text = ""
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_text(self, text: str) -> None:
        """Show this sentence."""
        if text != self.text:
            self.text = text
            self.setAccessibleName(text)
            explain(self, text)
            self.updateGeometry()
            self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines, _right_to_left = self.look.text.lines(self.text, max(width, PAD), _MOST_STEP_LINES)
        return max(len(lines), 1) * self.look.line

    def sizeHint(self) -> QSize:
        """Return the room for the whole sentence."""
        return QSize(self.look.width_of(self.text) + 2, self.look.line)

    def minimumSizeHint(self) -> QSize:
        """Return the room for its beginning."""
        return QSize(min(10 * self.look.line, self.sizeHint().width()), self.look.line)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sentence, or its beginning."""
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        painter.setFont(self.look.font)
        painter.setPen(self.look.colours["text"])
        height = self.heightForWidth(self.width())
        area = QRect(0, (self.height() - height) // 2, self.width(), height)
        self.look.draw_lines(painter, area, self.text, self.look.text, _MOST_STEP_LINES)
        painter.end()


class Prompt(QWidget):
    """What to press next, on the ground of a selection, wrapped where it does not fit; hidden while empty."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look
        self.text = ""
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def say(self, text: str) -> None:
        """Show this sentence, and let a screen reader say it; "" hides it."""
        self.text = text
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()
        if text:
            self._announce()

    def _announce(self) -> None:
        from PySide6.QtGui import QAccessible, QAccessibleEvent

        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines, _right_to_left = self.look.bold_text.lines(self.text, max(width - 2 * PAD, PAD), _MOST_PROMPT_LINES)
        return max(len(lines), 1) * self.look.line + PAD

    def sizeHint(self) -> QSize:
        """Return the room for the sentence at the present width."""
        return QSize(0, self.heightForWidth(self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sentence in the weight of a heading."""
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        fill(painter, self.rect(), self.look.colours["selection"])
        painter.setFont(self.look.bold)
        painter.setPen(self.look.colours["text"])
        area = self.rect().adjusted(PAD, PAD // 2, -PAD, -PAD // 2)
        self.look.draw_lines(painter, area, self.text, self.look.bold_text, _MOST_PROMPT_LINES)
        painter.end()


class Link(QAbstractButton):
    """A button that looks like a link."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        """Return the room for the text."""
        return QSize(self.look.width_of(self.text()) + PAD // 2, self.look.line + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text underlined, with a frame while it has the keyboard."""
        painter = QPainter(self)
        font = QFont(self.look.font)
        font.setUnderline(True)
        painter.setFont(font)
        painter.setPen(self.look.colours["accent"])
        self.look.draw(painter, self.rect(), self.text(), CENTRE)
        paint_focus(self, painter)
        painter.end()


class Foot(QWidget):
    """The lines below the table. `show_wanted`: the person wants to see the standing now."""

    show_wanted = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.step = StepLine(look, self)
        self.link = Link(look, self)
        self.link.setText(_("Show now"))
        self.link.clicked.connect(self.show_wanted)
        self.legend = Legend(look, self)
        self.prompt = Prompt(look, self)
        self.strip = KeyStrip(look, self)
        line = QHBoxLayout()
        line.setContentsMargins(PAD, PAD // 2, PAD, PAD // 2)
        line.setSpacing(PAD)
        line.addWidget(self.step)
        line.addWidget(self.link)
        line.addWidget(self.legend, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self.prompt)
        column.addWidget(self.strip)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Take over font and colours."""
        for part in (self.step, self.link, self.legend, self.prompt):
            part.look = look
            part.updateGeometry()
            part.update()
        self.strip.set_look(look)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, look.colours["window"])
        self.setPalette(palette)
        self.setAutoFillBackground(True)

    def show_step(self, text: str, hidden: str) -> None:
        """Show the next step, then why no standing is shown ("": nothing is hidden) with the link that shows it."""
        self.step.show_text(" ".join(filter(None, (shown(text), hidden))))
        self.link.setVisible(bool(hidden))
