"""What to find out next: what would tell most on top, with bars, and what cannot be worked out yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ach_desk.i18n import _, ngettext
from ach_desk.reporting.palette import Palette
from ach_desk.scoring.find_out import FindOut, Kind, Prospect, Wanting
from ach_desk.scoring.find_out_words import (
    Worth,
    basis_sentence,
    information,
    lead_sentence,
    measured_by,
    numbers,
    outcome_words,
    per_cost,
    share_of,
    telling_words,
    wanting_words,
)
from ach_desk.ui.text import explain, shortened, single_line
from ach_desk.ui.widgets.choice import Choice
from ach_desk.ui.widgets.flow import take_all
from ach_desk.ui.widgets.labels import STEP, caption, named, plain
from ach_desk.ui.widgets.rowbutton import RowButton

_FEW = 5
_MOST = 50
_LONGEST = 160


class FindOutNext(QWidget):
    """The list, by what is expected to be told; where a cost is given anywhere, also by what is told per cost.

    link_activated(kind, id): an item or an indicator of the list was followed.
    """

    link_activated = Signal(str, str)

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self._found: FindOut | None = None
        self._all = False
        self.lead, self.basis = plain(), plain(muted=True)
        self.order = Choice([(False, _("What would tell most")), (True, _("What would tell most for its cost"))])
        self.order_title = caption(_("On top"), self.order)
        self.order.show_value(False)
        self.order.chosen.connect(lambda _value: self._show())
        self.more = named(QPushButton(), _("Show all"))
        self.more.setAutoDefault(False)
        self.more.clicked.connect(self._show_all)
        self.wanting_title = plain(_("Cannot be worked out yet"), strong=True)
        self.wanting_title.setContentsMargins(0, STEP, 0, 0)
        self.rows: list[TellingRow] = []
        self.missing: list[RowButton] = []
        self._ranked, self._wanting = _column(), _column()
        self.basis.setContentsMargins(0, STEP // 2, 0, 0)
        column = _column(self)
        for part in (self.lead, self.order_title, self.order, self._ranked, self._wanting):
            if isinstance(part, QVBoxLayout):
                column.addLayout(part)
            else:
                column.addWidget(part)
        column.insertWidget(column.indexOf(self._wanting), self.more, 0, Qt.AlignmentFlag.AlignLeading)
        column.insertWidget(column.indexOf(self._wanting), self.wanting_title)
        column.addWidget(self.basis)

    def set_palette(self, palette: Palette) -> None:
        """Draw the bars in the colours of another theme."""
        self._palette = palette
        for row in self.rows:
            row.set_palette(palette)

    def show_found(self, found: FindOut) -> None:
        """Show what can be found out; unchanged rows stay as they are, and with them the keyboard."""
        if found != self._found:
            self._found = found
            self._show()

    @property
    def texts(self) -> list[str]:
        """Return what is written, line by line, for tests and for whoever reads it out."""
        return [self.lead.text(), *(row.accessibleName() for row in (*self.rows, *self.missing))]

    def _show_all(self) -> None:
        self._all = True
        self._show()
        if len(self.rows) > _FEW:
            self.rows[_FEW].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        found = self._found
        if found is None:
            return
        has_cost = any(entry.cost is not None for entry in found.prospects)
        self.order.setVisible(has_cost)
        self.order_title.setVisible(has_cost)
        by_cost = has_cost and self.order.value is True
        ranked = found.by_cost() if by_cost else found.prospects
        self.lead.setText(single_line(lead_sentence(found, ranked)))
        self.basis.setText(basis_sentence(found))
        self.basis.setVisible(bool(ranked))
        self._show_rows(found, ranked[: _MOST if self._all else _FEW], per_cost if by_cost else information)
        self._show_more(len(ranked))
        self._show_wanting(found)
        self.updateGeometry()

    def _show_rows(self, found: FindOut, ranked: Sequence[Prospect], worth: Worth) -> None:
        first = measured_by(ranked, worth)
        self.rows = []
        for entry in ranked:
            words = ". ".join((_upper(telling_words(found, entry, first, worth)), outcome_words(found, entry)))
            row = TellingRow(_name(entry), single_line(words), share_of(entry, first, worth), self._palette)
            explain(row, numbers(entry))
            row.clicked.connect(partial(self._follow, entry))
            self.rows.append(row)
        _fill(self._ranked, self.rows)

    def _show_more(self, count: int) -> None:
        shown = min(count, _MOST)
        self.more.setVisible(not self._all and count > _FEW)
        text = ngettext("Show {count} more", "Show {count} more", shown - _FEW).format(count=shown - _FEW)
        self.more.setText(text)
        self.more.setAccessibleName(text)

    def _show_wanting(self, found: FindOut) -> None:
        self.wanting_title.setVisible(bool(found.wanting))
        self.missing = []
        for entry in found.wanting[:_FEW]:
            row = RowButton(_name(entry), _upper(wanting_words(found, entry)) + ".", link=True)
            row.clicked.connect(partial(self._follow, entry))
            self.missing.append(row)
        rest = len(found.wanting) - len(self.missing)
        words = ngettext("And {count} more.", "And {count} more.", rest).format(count=rest)
        _fill(self._wanting, [*self.missing, *([plain(words, muted=True)] if rest else [])])

    def _follow(self, entry: Prospect | Wanting, _checked: bool = False) -> None:
        self.link_activated.emit("indicator" if entry.kind is Kind.INDICATOR else "evidence", entry.record)


class TellingRow(RowButton):
    """What can be found out as a link, what it would tell below, and under both a bar: `share` of the best, 0 to 1."""

    def __init__(self, words: str, detail: str, share: float, palette: Palette) -> None:
        super().__init__(words, detail, link=True)
        self._share, self._palette = share, palette

    @property
    def share(self) -> float:
        """Return how long the bar is, 0 to 1."""
        return self._share

    def set_palette(self, palette: Palette) -> None:
        """Draw in the colours of another theme."""
        self._palette = palette
        self.update()

    def heightForWidth(self, width: int) -> int:
        return super().heightForWidth(width) + STEP

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        ground = QRect(STEP, self.height() - STEP - 1, self.width() - 2 * STEP, STEP // 2)
        painter.fillRect(ground, QColor(self._palette.line))
        length = round(self._share * ground.width())
        left = ground.right() + 1 - length if self.isRightToLeft() else ground.left()
        painter.fillRect(QRect(left, ground.top(), length, ground.height()), QColor(self._palette.accent))


def _name(entry: Prospect | Wanting) -> str:
    text = shortened(entry.text, _LONGEST)
    return single_line(_("{label} {text}").format(label=entry.label, text=text) if entry.label else text)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _column(owner: QWidget | None = None) -> QVBoxLayout:
    column = QVBoxLayout() if owner is None else QVBoxLayout(owner)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(STEP // 2)
    return column


def _fill(column: QVBoxLayout, widgets: Iterable[QWidget]) -> None:
    take_all(column)
    for widget in widgets:
        column.addWidget(widget)
        widget.show()
