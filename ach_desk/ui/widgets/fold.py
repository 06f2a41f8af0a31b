"""The switch that shows what is folded away until it is used."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from ach_desk.i18n import _


class MoreButton(QToolButton):
    """ "More" and "Less". `switched(bool)` says whether everything is to be shown."""

    switched = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open = False
        self.setAutoRaise(True)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # Qt draws text over the arrow from right to left
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(lambda: self.set_open(not self._open))
        self._word(False)

    @property
    def is_open(self) -> bool:
        """Return whether everything is to be shown."""
        return self._open

    def set_open(self, shown: bool) -> None:
        """Show everything, or only what is used."""
        if shown != self._open:
            self._open = shown
            self._word(shown)
            self.switched.emit(shown)

    def _word(self, shown: bool) -> None:
        self.setArrowType(Qt.ArrowType.UpArrow if shown else Qt.ArrowType.DownArrow)
        self.setText(_("Less") if shown else _("More"))
        self.setAccessibleName(_("Show fewer fields") if shown else _("Show more fields"))
