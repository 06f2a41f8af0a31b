"""A small dialog that asks for a few fields and does one thing with them; it does not stop the rest of the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from ach_desk.ui.help import give_help_key
from ach_desk.ui.widgets.choice import Choice
from ach_desk.ui.widgets.labels import STEP, caption, named, plain
from ach_desk.ui.widgets.textbox import TextBox

_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
Field = QLineEdit | TextBox | Choice


class AskDialog(QDialog):
    """Fields below each other. `take` is called with their values in order once the person says so.

    Nothing can be taken before the `needed` field (its number; None: there is none) holds a text.
    """

    def __init__(
        self,
        title: str,
        fields: Sequence[tuple[str, Field]],
        accept_text: str,
        take: Callable[[list[str]], object],
        *,
        explanation: str = "",
        needed: int | None = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        give_help_key(self)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.fields, self._take, self._needed = [field for _title, field in fields], take, needed
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * STEP, 2 * STEP, 2 * STEP, 2 * STEP)
        column.setSpacing(STEP // 2)
        if explanation:
            column.addWidget(plain(explanation, muted=True))
            column.addSpacing(STEP)
        for name, field in fields:
            column.addWidget(caption(name, field))
            column.addWidget(field)
            column.addSpacing(STEP)
        column.addStretch(1)
        column.addWidget(self._buttons(accept_text))
        self.fields[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.resize(480, self.sizeHint().height())
        self._allow()

    def values(self) -> list[str]:
        """Return what the fields hold; of a choice the value as text, "" for none."""
        return [_text_of(field) for field in self.fields]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take with Ctrl+Return from every field; Return alone makes a new line in a text."""
        if event.key() in _RETURN and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._accept()
        else:
            super().keyPressEvent(event)

    def _buttons(self, accept_text: str) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        self.accept_button = buttons.addButton(accept_text, QDialogButtonBox.ButtonRole.AcceptRole)
        named(self.accept_button, accept_text.replace("&", ""), "Ctrl+Return")
        cancel = buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        named(cancel, cancel.text().replace("&", ""))
        cancel.setAutoDefault(False)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        needed = self.fields[self._needed] if self._needed is not None else None
        if isinstance(needed, TextBox):
            needed.typed.connect(self._allow)
        elif isinstance(needed, QLineEdit):
            needed.textEdited.connect(self._allow)
        return buttons

    def _allow(self, *_typed: object) -> None:
        needed = self._needed
        self.accept_button.setEnabled(needed is None or bool(_text_of(self.fields[needed]).strip()))

    def _accept(self) -> None:
        if self.accept_button.isEnabled():
            self._take(self.values())
            self.accept()


def line_field(text: str = "") -> QLineEdit:
    """Return a field of one line that holds `text`."""
    field = QLineEdit()
    field.setText(text)
    return field


def text_field(text: str = "", lines: tuple[int, int] = (3, 8)) -> TextBox:
    """Return a field of several lines that holds `text`."""
    field = TextBox(*lines)
    field.show_text(text)
    return field


def _text_of(field: Field) -> str:
    if isinstance(field, TextBox):
        return field.text
    if isinstance(field, QLineEdit):
        return field.text()
    return "" if field.value is None else str(field.value)
