"""A "?" beside figures: one click leads to the place of the manual with their formula, source and limits."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from ach_desk.i18n import _
from ach_desk.ui.help import door, page_for, set_page
from ach_desk.ui.widgets.labels import named


class HowButton(QToolButton):
    """Opens the manual where the figures in `part` are explained.

    It takes no keyboard: F1 does the same wherever the keyboard is in that part.
    """

    def __init__(self, part: QWidget, what: str, page: str) -> None:
        super().__init__()
        self._part = part
        self.setText("?")
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.explain(what, page)
        self.clicked.connect(lambda: door.asked.emit(page_for(self._part)))

    def explain(self, what: str, page: str) -> None:
        """Say what is explained, and in which place of the manual (``methods.md#bayes``)."""
        named(self, _("{what}: formula, source and limits").format(what=what), _("Formula, source and limits (F1)"))
        set_page(self._part, page)

    def beside_it(self) -> QHBoxLayout:
        """Return the part with this button at its end, on top."""
        row = QHBoxLayout()
        row.addWidget(self._part, 1)
        row.addWidget(self, 0, Qt.AlignmentFlag.AlignTop)
        return row
