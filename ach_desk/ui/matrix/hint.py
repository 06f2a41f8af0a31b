"""What an empty matrix says: which step comes first, with the buttons and keys for it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ach_desk.i18n import _
from ach_desk.ui.matrix.axes import EVIDENCE, HYPOTHESIS
from ach_desk.ui.matrix.look import PAD, Look


class EmptyHint(QWidget):
    """Stands where cells would be. `wanted(kind)`: the person wants to add a record of that kind."""

    wanted = Signal(str)
    paste_wanted = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self._title = self._label(wraps=True)
        self._text = self._label(wraps=True)
        self.buttons = {
            HYPOTHESIS: QPushButton(_("Add hypothesis (Ctrl+Shift+H)"), self),
            EVIDENCE: QPushButton(_("Add evidence item (Ctrl+E)"), self),
        }
        self._paste = self._label(wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * PAD, 3 * PAD, 3 * PAD, 3 * PAD)
        column.setSpacing(PAD)
        column.addStretch(1)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addSpacing(PAD)
        for kind, button in self.buttons.items():
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
            button.clicked.connect(lambda _checked=False, kind=kind: self.wanted.emit(kind))
        column.addSpacing(PAD)
        column.addWidget(self._paste)
        column.addStretch(2)
        self.set_look(look)

    def _label(self, *, wraps: bool) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(wraps)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return label

    def set_look(self, look: Look) -> None:
        """Take over font and colours."""
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, look.colours["base"])
        palette.setColor(QPalette.ColorRole.WindowText, look.colours["text"])
        self.setPalette(palette)
        self._title.setFont(look.bold)
        for label in (self._text, self._paste):
            quiet = label.palette()
            quiet.setColor(QPalette.ColorRole.WindowText, look.colours["muted"])
            label.setPalette(quiet)

    def say(self, items: int, hypotheses: int, *, may_edit: bool) -> None:
        """Say what is missing in a matrix of that many items and hypotheses."""
        if not items and not hypotheses:
            self._title.setText(_("This matrix is empty."))
            self._text.setText(
                _("Begin with the rival explanations, at least two; then add the evidence, one item per row.")
            )
        elif not hypotheses:
            self._title.setText(_("No hypotheses yet."))
            self._text.setText(_("Add the rival explanations that the evidence will be held against, at least two."))
        else:
            self._title.setText(_("No evidence yet."))
            self._text.setText(_("Add evidence, assumptions, and what should be there but is not: one item per row."))
        self.buttons[HYPOTHESIS].setVisible(may_edit and (not hypotheses or not items))
        self.buttons[EVIDENCE].setVisible(may_edit)
        widest = max(button.sizeHint().width() for button in self.buttons.values())
        for button in self.buttons.values():
            button.setMinimumWidth(widest)
        self._paste.setText(_("Ctrl+V pastes lines from the clipboard as evidence items, one per line."))
        self._paste.setVisible(may_edit and not items)
