"""Labels typed in a text (E7, H2, S3) as small buttons below it: each goes to the place."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton, QWidget

from ach_desk.commands.command import find
from ach_desk.i18n import _
from ach_desk.model import Analysis
from ach_desk.model.labels import label_index, links_in
from ach_desk.ui.text import shown
from ach_desk.ui.widgets.flow import FlowLayout
from ach_desk.ui.widgets.labels import named

_MIGHT_BE_LABEL = re.compile(r"[HES][1-9]")
_MOST_CHIPS = 12
_LONGEST = 36


def record_name(analysis: Analysis, kind: str, record_id: str) -> str:
    """Return title or name of a hypothesis, item or source as one visible line; "" when it does not exist."""
    record = find(analysis, kind, record_id)
    if record is None:
        return ""
    return shown(record.name if kind == "source" else record.title)


def shortened(text: str, most: int = _LONGEST) -> str:
    """Return `text` in at most `most` characters, with an ellipsis where it goes on."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


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
        found = _links(text, analysis, besides)
        if found == self._shown:
            return
        self._shown = found
        while (item := self._flow.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        for kind, record_id, label, name in found:
            button = QToolButton(self)
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setForegroundRole(button.palette().ColorRole.Link)
            button.setText(f"{label} {shortened(name)}".replace("&", "&&"))
            named(button, _("Go to {label}: {name}").format(label=label, name=shortened(name, 120)))
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


class Chip(QWidget):
    """A record that can be opened or taken away."""

    opened = Signal()
    removed = Signal()

    def __init__(self, text: str, open_name: str, remove_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        flow = FlowLayout(self, gap=0)
        self.open_button = QPushButton(shortened(text).replace("&", "&&"))
        self.open_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        named(self.open_button, open_name)
        self.open_button.clicked.connect(self.opened)
        self.remove_button = QToolButton()
        self.remove_button.setText("×")
        self.remove_button.setAutoRaise(True)
        self.remove_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        named(self.remove_button, remove_name, remove_name)
        self.remove_button.clicked.connect(self.removed)
        flow.addWidget(self.open_button)
        flow.addWidget(self.remove_button)
