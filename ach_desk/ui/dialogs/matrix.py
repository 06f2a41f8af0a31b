"""Name and note of the matrix in front, and whether several of its hypotheses can be true at once.

Edits take effect while they are made.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ach_desk.commands import Change
from ach_desk.i18n import _
from ach_desk.ui.frames.question import FrameChoice
from ach_desk.ui.session import Session
from ach_desk.ui.widgets.dialog import FieldsDialog
from ach_desk.ui.widgets.panel import Panel


class _MatrixPanel(Panel):
    def __init__(self, session: Session) -> None:
        super().__init__(session, "matrix")
        self.column.setContentsMargins(0, 0, 0, 0)
        self.name = self.field("name", _("Name"), one_line=True)
        self.note = self.field("note", _("Note: what this matrix is for"), lines=(3, 8))
        self.place(self.name)
        self.place(self.note)
        self.end()
        self.show_records([session.matrix.id])


class MatrixDialog(FieldsDialog):
    """Name, note and frame of one matrix."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Matrix"), parent)
        self.panel = _MatrixPanel(session)
        self.column.addWidget(self.panel)
        self.frame = FrameChoice(session)
        self.column.addWidget(self.frame)
        session.changed.connect(self._follow)
        session.replaced.connect(self.reject)
        session.turned.connect(self.reject)

    def _follow(self, change: Change) -> None:
        if not change.is_empty:
            self.panel.refresh()
            self.frame.refresh()
