"""The button for the house template of a report in Word: which one it is, another one, or none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from ach_desk.i18n import _
from ach_desk.ui import messages
from ach_desk.ui.widgets.labels import named
from ach_desk.ui.widgets.menu import Menu

_LONGEST_NAME = 24


class TemplateButton(QPushButton):
    """Shows the template and lets the person change it. changed(): another one, or none."""

    changed = Signal()

    def __init__(self, template: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = template
        self.setAutoDefault(False)
        menu = Menu(self)
        menu.addAction(_("&Choose a Word file ..."), self.choose)
        self._none = menu.addAction(_("&No template"), self.drop)
        self.setMenu(menu)
        self._show()

    def choose(self) -> None:
        """Ask for a Word file and take it; the file is looked through when a report is made with it."""
        folder = str(self.path.parent) if self.path is not None else ""
        path = messages.open_file(self, _("House template"), folder, _("Word files (*.docx *.dotx)"))
        if path is not None:
            self._take(path)

    def drop(self) -> None:
        """Go back to the program's own look."""
        self._take(None)

    def _take(self, path: Path | None) -> None:
        self.path = path
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        name = self.path.name if self.path is not None else ""
        if len(name) > _LONGEST_NAME:
            name = name[: _LONGEST_NAME - 1] + "…"
        text = _("&Template: {name}") if name else _("&Template: none")
        self.setText(text.format(name=name.replace("&", "&&")))  # an ampersand in the name of a file is no mnemonic
        tip = _("A Word file whose styles, paper, head and foot the report takes over.")
        named(self, text.replace("&", "").format(name=name), tip)
        self.setToolTip(str(self.path) if self.path is not None else tip)
        self._none.setEnabled(self.path is not None)
