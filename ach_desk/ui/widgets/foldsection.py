"""A section of a panel that is folded away under its heading until it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ach_desk.i18n import _
from ach_desk.ui.widgets.labels import STEP, plain

if TYPE_CHECKING:
    from ach_desk.ui.widgets.how import HowButton

_PAST_ARROW = 21
"""Where the heading begins beside its arrow."""


class FoldSection(QWidget):
    """A heading that opens and folds what is in `column`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open = False
        self.switch = QToolButton(self)
        self.switch.setAutoRaise(True)
        self.switch.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as in `MoreButton`
        self.switch.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.switch.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.switch.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.switch.clicked.connect(self._turn)
        self.how: HowButton | None = None
        self.body = QWidget(self)
        self.column = QVBoxLayout(self.body)
        self.column.setContentsMargins(STEP, 0, 0, 0)
        self.column.setSpacing(STEP)
        self.summary = plain(muted=True)
        self.summary.setContentsMargins(_PAST_ARROW, 0, 0, 0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(STEP // 2)
        self._head = QHBoxLayout()
        self._head.addWidget(self.switch)
        self._head.addStretch(1)
        whole.addLayout(self._head)
        whole.addWidget(self.summary)
        whole.addWidget(self.body)
        self._show()

    @property
    def is_open(self) -> bool:
        """Return whether the content is shown."""
        return self._open

    def set_open(self, shown: bool) -> None:
        """Show the content, or fold it away."""
        if shown != self._open:
            self._open = shown
            self._show()

    def _turn(self) -> None:
        from ach_desk.ui.widgets.panel import bring_into_view

        self.set_open(not self._open)
        if self._open:
            bring_into_view(self)

    def set_title(self, title: str) -> None:
        """Name the section."""
        self.switch.setText(title)
        self._name()

    def explained_in(self, page: str) -> None:
        """Offer the place of the manual that explains the figures (``robustness.md#the-trials``), while it is open."""
        from ach_desk.ui.widgets.how import HowButton

        self.how = HowButton(self, self.switch.text(), page)
        self._head.addWidget(self.how)
        self.how.setVisible(self._open)

    def set_summary(self, text: str) -> None:
        """Say in few words below the heading what is folded away; "" for nothing."""
        self.summary.setText(text)
        self._show_summary()

    def fill(self) -> None:
        """Make the content; called when the section is opened. For subclasses."""

    def _show(self) -> None:
        self.switch.setArrowType(Qt.ArrowType.DownArrow if self._open else Qt.ArrowType.RightArrow)
        self.body.setVisible(self._open)
        if self.how is not None:
            self.how.setVisible(self._open)
        self._show_summary()
        self._name()
        if self._open:
            self.fill()

    def _show_summary(self) -> None:
        self.summary.setVisible(not self._open and bool(self.summary.text()))

    def _name(self) -> None:
        state = _("open") if self.is_open else _("folded")
        name = _("{title}, {state}").format(title=self.switch.text(), state=state)
        self.switch.setAccessibleName(name)
