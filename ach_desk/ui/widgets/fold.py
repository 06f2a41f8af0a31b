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
        self.setCheckable(True)
        self.setAutoRaise(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.toggled.connect(self._word)
        self.toggled.connect(self.switched)
        self._word(False)

    def _word(self, shown: bool) -> None:
        self.setArrowType(Qt.ArrowType.UpArrow if shown else Qt.ArrowType.DownArrow)
        self.setText(_("Less") if shown else _("More"))
        self.setAccessibleName(_("Show fewer fields") if shown else _("Show more fields"))
