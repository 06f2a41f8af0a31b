"""A quiet line above the matrix: one sentence, one or two things to do about it, never in the way of the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from ach_desk.i18n import _
from ach_desk.ui.text import shown
from ach_desk.ui.widgets.labels import STEP, named, plain


class QuietStrip(QFrame):
    """The sentence with its buttons, and a cross that closes it."""

    def __init__(
        self,
        text: str,
        actions: Sequence[tuple[str, Callable[[], object]]],
        parent: QWidget | None = None,
        *,
        closable: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "strip")  # its ground comes from the theme
        self.label = plain(shown(text, "\n"))
        self.setAccessibleName(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(STEP, STEP // 2, STEP, STEP // 2)
        row.setSpacing(STEP)
        row.addWidget(self.label, 1)
        self.buttons = [self._button(words, run) for words, run in actions]
        if closable:
            self.close_button = self._button("×", self.close)
            named(self.close_button, _("Close this line"), _("Close this line"))
            self.buttons.append(self.close_button)
        for button in self.buttons:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def _button(self, words: str, run: Callable[[], object]) -> QToolButton:
        button = named(QToolButton(self), words)
        button.setText(words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _checked=False: run())
        return button
