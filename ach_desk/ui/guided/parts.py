"""The parts of the page on which an item is rated: the item, the hypotheses it is held against, how far it has come."""

from __future__ import annotations

from textwrap import shorten

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ach_desk.i18n import _
from ach_desk.model import Analysis, EvidenceItem, EvidenceKind, Hypothesis, RatingValue
from ach_desk.model.spans import words_of
from ach_desk.model.words import kind_word, quotation_words, reading_question
from ach_desk.reporting.palette import Palette, stripe
from ach_desk.ui.guided.plan import Cell
from ach_desk.ui.matrix.wording import number_of, rating_name
from ach_desk.ui.text import shown
from ach_desk.ui.widgets.labels import STEP, heading, plain, strong_font
from ach_desk.ui.widgets.panel import scrolled

_STRIPE = STEP // 2
_MOST_QUOTED = 4_000
_MOST_IN_PASSING = 160
"""Characters of a statement beside the one that is asked about, so that item and answers stay on the screen."""


class Progress(QWidget):
    """A thin line that says how far the pass has come."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.setFixedHeight(STEP // 2)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float) -> None:
        """Show this share, 0 to 1, of the cells as passed."""
        self._share = share
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Mid))
        width = round(self.width() * self._share)
        left = self.width() - width if self.isRightToLeft() else 0
        done = QRect(left, 0, width, self.height())
        painter.fillRect(done, self.palette().color(QPalette.ColorRole.Highlight))


class ItemView(QWidget):
    """The item as reported: its words, kind, date and sources. Trust in it is left out on purpose."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = plain(muted=True)
        self.title = heading()
        self.reading = plain(strong=True)
        self.quotation = plain()
        self.detail = plain()
        self.note = plain(muted=True)
        self.sources = plain(muted=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP)
        for part in self._parts:
            column.addWidget(part)
        column.addStretch(1)

    def show_item(self, analysis: Analysis, item: EvidenceItem) -> None:
        """Show this item."""
        kind = "" if item.kind is EvidenceKind.EVIDENCE else kind_word(item.kind)
        date = words_of(item.event_date, item.event_end, item.event_words)
        self.label.setText(" · ".join(filter(None, (item.label, kind, date))))
        self.title.setText(shown(item.title))
        names = [analysis.sources[entry.source].name for entry in item.citations if entry.source in analysis.sources]
        for label, text in (
            (self.reading, reading_question(item.reading if item.twin else None)),
            (self.quotation, quotation_words(item)),
            (self.detail, item.detail),
            (self.note, _("Note: {text}").format(text=item.note) if item.note else ""),
            (self.sources, _("Source: {names}").format(names="; ".join(names)) if names else ""),
        ):
            label.setText(shown(text[:_MOST_QUOTED], "\n"))
            label.setVisible(bool(text))

    @property
    def spoken(self) -> str:
        """Return the whole item in words."""
        return ". ".join(part.text().rstrip(".") for part in self._parts if part.text())

    @property
    def _parts(self) -> tuple[QLabel, ...]:
        return self.label, self.title, self.reading, self.quotation, self.detail, self.note, self.sources


class Chip(QWidget):
    """The symbol of a rating on its colour, as in the matrix."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette, self._value = palette, None
        policy = QSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(True)  # the words beside it stay where they are
        self.setSizePolicy(policy)

    def show_value(self, value: RatingValue | None) -> None:
        """Show this rating."""
        self._value = value
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance("N/A") + 2 * STEP, metrics.height() + STEP // 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        tone = self._palette.ratings[self._value]
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tone.fill))
        painter.setPen(QPen(QColor(tone.line), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.setPen(QColor(tone.text))
        painter.setFont(strong_font(self.font()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "" if self._value is None else self._value.value)


class HypothesisRow(QFrame):
    """A hypothesis with its stripe, its statement and what was answered. `chosen(cell)`: it was clicked."""

    chosen = Signal(object)

    def __init__(self, cell: Cell, palette: Palette, *, large: bool) -> None:
        super().__init__()
        self.cell = cell
        self._colours = palette
        self._stripe = self._statement = ""
        self.is_current = False
        self.title = heading() if large else plain(strong=True)
        self.statement = plain()
        self.aside = plain(muted=True)
        self.chip = Chip(palette)
        words = QVBoxLayout()
        words.setSpacing(STEP // 2)
        for part in (self.title, self.statement, self.aside):
            words.addWidget(part)
        line = QHBoxLayout(self)
        line.setContentsMargins(_STRIPE + STEP + STEP // 2, STEP, STEP, STEP)
        line.setSpacing(STEP)
        line.addLayout(words, 1)
        line.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_hypothesis(self, hypothesis: Hypothesis, column: int, aside: str) -> None:
        """Show this hypothesis, and `aside` in muted words below it."""
        self._stripe = hypothesis.colour or stripe(number_of(hypothesis, column))
        self.title.setText(f"{hypothesis.label}  {shown(hypothesis.title)}")
        self._statement = hypothesis.statement[:_MOST_QUOTED]
        self.statement.setVisible(bool(self._statement))
        self.aside.setText(aside)
        self.aside.setVisible(bool(aside))

    def show_answer(self, value: RatingValue | None, *, is_current: bool, passed: bool) -> None:
        """Show what was answered (`passed` without a value: it cannot be judged) and whether it is asked about now."""
        self.is_current = is_current
        statement = self._statement if is_current else shorten(self._statement, _MOST_IN_PASSING, placeholder=" …")
        self.statement.setText(shown(statement, "\n"))
        self.chip.show_value(value)
        self.chip.setVisible(value is not None or not is_current)
        state = rating_name(value) if value is not None else _("cannot judge") if passed else _("open")
        self.setAccessibleName(_("{hypothesis}: {state}").format(hypothesis=self.title.text(), state=state))
        self.update()

    @property
    def spoken(self) -> str:
        """Return the hypothesis in words."""
        parts = (self.title, self.statement, self.aside)
        return ". ".join(part.text().rstrip(".") for part in parts if part.text())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit(self.cell)
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.is_current:
            painter.fillRect(self.rect(), QColor(self._colours.base))
            painter.setPen(QPen(QColor(self._colours.line), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        left = self.width() - _STRIPE if self.isRightToLeft() else 0
        painter.fillRect(QRect(left, 0, _STRIPE, self.height()), QColor(self._stripe))


def put_in_middle(inner: QWidget, page: QWidget) -> None:
    """Fill a page with `inner`, in the middle when there is more room than it takes, scrolled when there is less."""
    room = QWidget()
    line = QHBoxLayout(room)
    line.setContentsMargins(0, 0, 0, 0)
    line.addStretch(1)
    line.addWidget(inner, 1_000)
    line.addStretch(1)
    whole = QVBoxLayout(page)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(scrolled(room))
