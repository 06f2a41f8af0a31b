"""A "?" beside figures: one click leads to the place of the manual with their formula, source and limits."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from ach_desk.i18n import _
from ach_desk.ui.help import door, page_for, set_page
from ach_desk.ui.widgets.labels import named


class HowButton(QToolButton):
    """Opens the manual where the figures of a part of the window are explained."""

    def __init__(self, what: str, page: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText("?")
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.explain(what, page)
        self.clicked.connect(lambda: door.asked.emit(page_for(self)))

    def explain(self, what: str, page: str) -> None:
        """Say what is explained, and in which place of the manual (``methods.md#bayes``)."""
        named(self, _("{what}: formula, source and limits").format(what=what), _("Formula, source and limits"))
        set_page(self, page)


def beside(part: QWidget, how: HowButton) -> QHBoxLayout:
    """Return a part of the window with the button that explains it at its end, on top."""
    row = QHBoxLayout()
    row.addWidget(part, 1)
    row.addWidget(how, 0, Qt.AlignmentFlag.AlignTop)
    return row
