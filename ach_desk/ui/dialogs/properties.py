"""The fields of the analysis itself in a dialog of their own."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ach_desk.commands import Change
from ach_desk.i18n import _
from ach_desk.ui.inspector.analysis import AnalysisPanel
from ach_desk.ui.session import Session
from ach_desk.ui.widgets.dialog import FieldsDialog
from ach_desk.ui.widgets.panel import scrolled


class AnalysisPropertiesDialog(FieldsDialog):
    """Question, description, notice, marking, authors and date. Edits take effect while they are made."""

    link_activated = Signal(str, str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Analysis properties"), parent)
        self.panel = AnalysisPanel(session)
        self.panel.column.setContentsMargins(0, 0, 8, 0)
        self.panel.link_activated.connect(self.link_activated)
        area = scrolled(self.panel)
        self.column.addWidget(area)
        session.changed.connect(self._follow)
        session.replaced.connect(self.reject)
        self.resize(520, 640)

    def _follow(self, change: Change) -> None:
        if not change.is_empty:
            self.panel.refresh()
