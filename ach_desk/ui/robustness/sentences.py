"""Sentences below each other, in which the items that they name are links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from ach_desk.model import Analysis
from ach_desk.model.labels import label_index, links_in
from ach_desk.ui.text import shown, single_line
from ach_desk.ui.widgets.flow import take_all
from ach_desk.ui.widgets.labels import STEP, plain

Cells = Mapping[str, Mapping[str, str]]
"""Sentence -> id of an item that it names -> id of the hypothesis under which it speaks of it."""

Labels = Mapping[str, tuple[str, str]]


class Sentences(QWidget):
    """Absent while there is nothing to say. link_activated(kind, id): an item that a sentence names was followed.

    cell_activated(evidence, hypothesis): the same where the sentence is about one cell of it.
    """

    link_activated = Signal(str, str)
    cell_activated = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[tuple[str, bool], ...] = ()
        self._cells: Cells = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(STEP // 2)
        self.hide()

    @property
    def texts(self) -> list[str]:
        """Return the sentences that are shown, headings among them."""
        return [text for text, _strong in self._shown]

    def show_texts(
        self, texts: Sequence[str], analysis: Analysis, cells: Cells | None = None, labels: Labels | None = None
    ) -> None:
        """Show these sentences; `cells` says of which cell of an item one speaks.

        labels: `label_index` of the analysis, where that is known already.
        """
        self._cells = cells or {}
        self._show(tuple((text, False) for text in texts), analysis, labels)

    def show_blocks(
        self, blocks: Sequence[tuple[str, Sequence[str]]], analysis: Analysis, cells: Cells | None = None
    ) -> None:
        """Show sentences under headings."""
        self._cells = cells or {}
        entries = [entry for title, texts in blocks for entry in ((title, True), *((text, False) for text in texts))]
        self._show(tuple(entries), analysis)

    def _show(self, entries: tuple[tuple[str, bool], ...], analysis: Analysis, labels: Labels | None = None) -> None:
        if entries == self._shown:
            return
        self._shown = entries
        if labels is None and entries:
            labels = label_index(analysis)
        take_all(self._column)
        for number, (text, strong) in enumerate(entries):
            if strong and number:
                self._column.addSpacing(STEP // 2)
            label = plain(single_line(text), strong=True) if strong else self._sentence(text, labels or {})
            self._column.addWidget(label)
            label.show()
        self.setVisible(bool(entries))
        self.updateGeometry()

    def _sentence(self, text: str, labels: Labels) -> QLabel:
        links = [link for link in links_in(text, labels) if link.kind == "evidence"]
        if not links:
            return plain(single_line(text))
        parts, last = [], 0
        for link in links:
            parts.append(escape(shown(text[last : link.start])))
            parts.append(f'<a href="{escape(link.id)}">{escape(text[link.start : link.end])}</a>')
            last = link.end
        parts.append(escape(shown(text[last:])))
        label = QLabel("".join(parts))
        label.setTextFormat(Qt.TextFormat.RichText)  # everything but the links themselves is escaped
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        label.setWordWrap(True)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        label.setAccessibleName(single_line(text))
        label.linkActivated.connect(lambda item: self._follow(text, item))
        return label

    def _follow(self, text: str, item: str) -> None:
        hypothesis = self._cells.get(text, {}).get(item)
        if hypothesis:
            self.cell_activated.emit(item, hypothesis)
        else:
            self.link_activated.emit("evidence", item)
