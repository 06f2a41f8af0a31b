"""Small dialogs that ask for the parts of an item or hypothesis, and for the title of several merged ones."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialogButtonBox, QRadioButton, QWidget

from ach_desk.i18n import _
from ach_desk.model import EvidenceItem, Hypothesis
from ach_desk.ui.text import shortened, shown
from ach_desk.ui.widgets.dialog import PlainDialog
from ach_desk.ui.widgets.labels import STEP, caption, named, plain
from ach_desk.ui.widgets.textbox import TextBox

_LONGEST_QUOTE = 600
_MOST_SHOWN = 8
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _ReshapingDialog(PlainDialog):
    """A text to write and a button that takes it; Ctrl+Return does the same."""

    def __init__(self, title: str, button: str, parent: QWidget | None) -> None:
        super().__init__(title, parent, width=560)
        cancel = self.buttons.button(QDialogButtonBox.StandardButton.Close)
        cancel.setText(_("Cancel"))
        named(cancel, _("Cancel"))
        self.take_button = named(
            self.buttons.addButton(button, QDialogButtonBox.ButtonRole.AcceptRole), button, _("Ctrl+Return")
        )
        self.take_button.setAutoDefault(False)
        self.buttons.accepted.connect(self._take_if_ready)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take what is written with Ctrl+Return."""
        if event.key() in _RETURN and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._take_if_ready()
        else:
            super().keyPressEvent(event)

    def _add_box(self, title: str, box: TextBox) -> None:
        self.column.addSpacing(STEP)
        self.column.addWidget(caption(title, box))
        self.column.addWidget(box)
        box.typed.connect(self._advise)

    @abstractmethod
    def _is_ready(self) -> bool:
        """Return whether enough is written."""

    @abstractmethod
    def _take(self) -> None:
        """Say what was written."""

    def _advise(self) -> None:
        self.take_button.setEnabled(self._is_ready())

    def _take_if_ready(self) -> None:
        if self._is_ready():
            self._take()
            self.accept()


class SplitDialog(_ReshapingDialog):
    """Asks for the parts, one per line. `chosen(titles, as_heading)`: what was written."""

    chosen = Signal(list, bool)

    def __init__(self, record: EvidenceItem | Hypothesis, parent: QWidget | None = None) -> None:
        is_item = isinstance(record, EvidenceItem)
        title = _("Split {label}").format(label=record.label)
        super().__init__(title, _("Split"), parent)
        body = record.detail if isinstance(record, EvidenceItem) else record.statement
        self.column.addWidget(plain(f"{record.label}  {shown(shortened(record.title, _LONGEST_QUOTE))}", strong=True))
        if body:
            self.column.addWidget(plain(shown(shortened(body, _LONGEST_QUOTE), "\n"), muted=True))
        self.lines = TextBox(4, 8)
        self._add_box(_("New items, one per line") if is_item else _("New hypotheses, one per line"), self.lines)
        self.as_heading = QRadioButton(_("{label} stays as the heading over its parts").format(label=record.label))
        self.as_rejected = QRadioButton(
            _("{label} is rejected with the reason “split into …”").format(label=record.label)
        )
        self.as_rejected.setChecked(True)
        for choice in () if is_item else (self.as_rejected, self.as_heading):
            choice.setAccessibleName(choice.text())
            self.column.addWidget(choice)
        self.column.addWidget(plain(_what_becomes(record), muted=True))
        self.column.addStretch(1)
        self.lines.setFocus()
        self._advise()

    @property
    def titles(self) -> list[str]:
        """Return what is written, without empty lines."""
        return [line.strip() for line in self.lines.text.split("\n") if line.strip()]

    def _is_ready(self) -> bool:
        return len(self.titles) > 1

    def _take(self) -> None:
        self.chosen.emit(self.titles, self.as_heading.isChecked())


def _what_becomes(record: EvidenceItem | Hypothesis) -> str:
    if isinstance(record, EvidenceItem):
        own = _(
            "{label} stays, set aside with the reason. Kind, dates, grades, sources and tags go on to the new items."
        )
    else:
        own = _("The new hypotheses stand right after {label}.")
    carried = _("Its ratings become suggestions for you to confirm; until then the cells count as unrated.")
    return f"{own.format(label=record.label)} {carried}"


class MergeDialog(_ReshapingDialog):
    """Asks for the title of what several become. `chosen(title)`: what was written."""

    chosen = Signal(str)

    def __init__(self, records: Sequence[EvidenceItem | Hypothesis], parent: QWidget | None = None) -> None:
        are_items = isinstance(records[0], EvidenceItem)
        super().__init__(_("Merge items") if are_items else _("Merge hypotheses"), _("Merge"), parent)
        for record in records[:_MOST_SHOWN]:
            text = f"{record.label}  {shown(shortened(record.title, _LONGEST_QUOTE // 4))}"
            self.column.addWidget(plain(text))
        if len(records) > _MOST_SHOWN:
            self.column.addWidget(plain(_("and {count} more").format(count=len(records) - _MOST_SHOWN)))
        self.title_box = TextBox(2, 4)
        self.title_box.show_text("; ".join(record.title for record in records))
        self._add_box(
            _("Title of the merged item") if are_items else _("Title of the merged hypothesis"), self.title_box
        )
        if are_items:
            own = _("Details are joined, sources and tags united. The old items stay, set aside with the reason.")
        else:
            own = _("Statements are joined. The old hypotheses stay, rejected with the reason.")
        carried = _(
            "Where all of them are rated, a suggestion is carried over: one rating where they agree, else a range. "
            "Until you confirm it the cell counts as unrated."
        )
        self.column.addWidget(plain(f"{own} {carried}", muted=True))
        self.title_box.selectAll()
        self.column.addStretch(1)
        self.title_box.setFocus()
        self._advise()

    def _is_ready(self) -> bool:
        return bool(self.title_box.text.strip())

    def _take(self) -> None:
        self.chosen.emit(" ".join(self.title_box.text.split()))
