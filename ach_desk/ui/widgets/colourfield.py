"""The colour by which a record is told apart: one of the palette, any other, or none of its own."""

from __future__ import annotations

from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QColorDialog

from ach_desk.commands import Command
from ach_desk.i18n import _
from ach_desk.reporting.palette import HYPOTHESIS_COLOURS, stripe
from ach_desk.ui.session import Session
from ach_desk.ui.widgets.editors import ChoiceEditor
from ach_desk.ui.widgets.panel import Panel
from ach_desk.ui.widgets.swatch import swatch

_OTHER = "other"


class ColourEditor:
    """The field `colour` of the record that a panel shows, under `title`; `none` says what it is without one."""

    def __init__(self, session: Session, panel: Panel, title: str, none: str) -> None:
        self._panel, self._title = panel, title
        words = (
            _("blue"),
            _("orange"),
            _("green"),
            _("purple"),
            _("light blue"),
            _("brown"),
            _("grey"),
            _("yellow"),
        )
        colours = list(zip(HYPOTHESIS_COLOURS, words, strict=True))
        entries = [(None, none), *colours, (_OTHER, _("another …"))]
        icons = [QIcon(), *(swatch(colour) for colour in HYPOTHESIS_COLOURS)]
        self.editor = ChoiceEditor(session, title, entries, self._value, self._command, icons)
        panel.add(self.editor)

    def _value(self) -> list[object]:
        colour = self._panel.record.colour
        return [colour if colour is None or colour in HYPOTHESIS_COLOURS else _OTHER]

    def _command(self, value: object) -> Command:
        if value == _OTHER:
            present = self._panel.record.colour or stripe(0)
            picked = QColorDialog.getColor(QColor(present), self.editor, self._title)
            value = picked.name() if picked.isValid() else self._panel.record.colour
        return self._panel.set_all("colour", value)
