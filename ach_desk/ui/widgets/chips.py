"""Labels typed in a text (E7, H2, S3) as links below it, and records as rows that can be opened or taken away."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from ach_desk.commands.command import find
from ach_desk.i18n import _
from ach_desk.model import Analysis, EvidenceItem
from ach_desk.model.labels import label_index, links_in
from ach_desk.ui.text import explain, shortened, shown
from ach_desk.ui.widgets.flow import FlowLayout, take_all
from ach_desk.ui.widgets.focus import paint_focus
from ach_desk.ui.widgets.labels import STEP, named
from ach_desk.ui.widgets.rowbutton import RowButton

_MIGHT_BE_LABEL = re.compile(r"[HES][1-9]")
_MOST_CHIPS = 12
_MOST_ITEMS = 60


def record_name(analysis: Analysis, kind: str, record_id: str) -> str:
    """Return title or name of a hypothesis, item or source as one visible line; "" when it does not exist."""
    record = find(analysis, kind, record_id)
    if record is None:
        return ""
    return shown(record.name if kind == "source" else record.title)


class LinkRow(QWidget):
    """The links of one text. `activated(kind, id)`: the person wants to go there."""

    activated = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)
        self._shown: tuple[tuple[str, str, str, str], ...] = ()
        self.setVisible(False)

    def show_links_of(self, text: str, analysis: Analysis, besides: str = "") -> None:
        """Show a button for each record that `text` names, once and in order; the record `besides` is left out."""
        self._show(_links(text, analysis, besides))

    def show_items(self, items: Sequence[EvidenceItem]) -> None:
        """Show a button for each item, as far as a few lines hold them."""
        self._show(tuple(("evidence", item.id, item.label, shown(item.title)) for item in items[:_MOST_ITEMS]))

    def _show(self, found: tuple[tuple[str, str, str, str], ...]) -> None:
        if found == self._shown:
            return
        self._shown = found
        take_all(self._flow)
        for kind, record_id, label, name in found:
            button = LinkButton(label, _("Go to {label}: {name}").format(label=label, name=shortened(name)), self)
            button.clicked.connect(lambda _checked=False, target=(kind, record_id): self.activated.emit(*target))
            self._flow.addWidget(button)
            button.show()
        self.setVisible(bool(found))
        self.updateGeometry()


def _links(text: str, analysis: Analysis, besides: str) -> tuple[tuple[str, str, str, str], ...]:
    if _MIGHT_BE_LABEL.search(text) is None:
        return ()
    found: dict[str, tuple[str, str, str, str]] = {}
    for link in links_in(text, label_index(analysis)):
        if link.id != besides and len(found) < _MOST_CHIPS:
            name = record_name(analysis, link.kind, link.id)
            found.setdefault(link.id, (link.kind, link.id, text[link.start : link.end], name))
    return tuple(found.values())


class LinkButton(QToolButton):
    """A label as a link: in the colour of links, underlined, reached with Tab."""

    def __init__(self, text: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        named(self, name)
        explain(self, name)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + STEP, self.fontMetrics().height() + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = QFont(self.font())
        font.setUnderline(True)
        painter.setFont(font)
        painter.setPen(self.palette().color(QPalette.ColorRole.Link))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        paint_focus(self, painter)


class RecordRow(QWidget):
    """A record in one line that can be opened or taken away."""

    opened = Signal()
    removed = Signal()

    def __init__(self, text: str, open_name: str, remove_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.open_button = RowButton("", text, elide_detail=True)
        named(self.open_button, open_name)
        explain(self.open_button, text)
        self.open_button.clicked.connect(self.opened)
        self.remove_button = QToolButton()
        self.remove_button.setText("×")
        self.remove_button.setAutoRaise(True)
        self.remove_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        named(self.remove_button, remove_name, remove_name)
        self.remove_button.clicked.connect(self.removed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.open_button, 1)
        row.addWidget(self.remove_button)
