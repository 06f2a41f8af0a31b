"""What dialogs share: a title, a size that fits a small screen, and a row with Close."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from ach_desk.ui.help import give_help_key
from ach_desk.ui.widgets.labels import STEP
from ach_desk.ui.widgets.panel import Panel

MOST_HEIGHT = 700
"""No dialog is higher, so that it fits a screen of 768 pixels with a panel and a title bar."""


class PlainDialog(QDialog):
    """A dialog with a column for its content and a Close button below."""

    def __init__(self, title: str, parent: QWidget | None = None, width: int = 480) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setMaximumHeight(MOST_HEIGHT)
        give_help_key(self)
        self.column = QVBoxLayout()
        self.column.setSpacing(STEP)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(2 * STEP, 2 * STEP, 2 * STEP, 2 * STEP)
        whole.setSpacing(2 * STEP)
        whole.addLayout(self.column, 1)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, Qt.Orientation.Horizontal)
        self.buttons.rejected.connect(self.reject)
        close = self.buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setAccessibleName(close.text().replace("&", ""))
        close.setAutoDefault(False)
        whole.addWidget(self.buttons)
        self.resize(width, self.sizeHint().height())

    def fit(self) -> None:
        """Be as high as the content needs at the present width; to be called when it is shown."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), min(layout.totalHeightForWidth(self.width()), MOST_HEIGHT))


class FieldsDialog(PlainDialog):
    """A dialog around `panel`, which a subclass makes: what is typed in its fields stays, however it is closed."""

    panel: Panel

    def done(self, result: int) -> None:
        self.panel.flush()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.panel.flush()
        super().closeEvent(event)
