"""One quiet line where the program's choice of method for new analyses has become another than the one kept here."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ach_desk.commands import Change, SetFields, edits
from ach_desk.i18n import _
from ach_desk.model import method_settings
from ach_desk.model.method_settings import Method, going_by, kept
from ach_desk.model.words import method_word
from ach_desk.ui.robustness.kept import KeptMethods
from ach_desk.ui.session import Session
from ach_desk.ui.widgets.chips import LinkButton
from ach_desk.ui.widgets.labels import STEP, plain


def go_by(session: Session, method: Method) -> SetFields:
    """Return the command that makes the matrix in front keep `method`."""
    wanted = going_by(method, session.matrix.method_settings)
    text = _("Go by {method}").format(method=method_word(method))
    return edits.set_field(session.analysis, "matrix", [session.matrix.id], "method_settings", wanted, text)


class MethodNote(QWidget):
    """Absent while the matrix goes by what new analyses go by; else says so and offers to change over, or to keep it.

    Who keeps it is not told again of the same choice of the program, on this computer.
    """

    def __init__(self, session: Session, looked: KeptMethods, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._looked = session, looked
        self.words = plain(muted=True)
        text = _("Change over")
        self.change_over = LinkButton(text, _("Let this matrix go by what new analyses go by"), self)
        self.keep = LinkButton(_("Keep it"), _("Leave this matrix as it is, and do not say this again"), self)
        row = QHBoxLayout()
        row.setSpacing(STEP)
        row.addWidget(self.change_over)
        row.addWidget(self.keep)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.words)
        column.addLayout(row)
        self.change_over.clicked.connect(self._change_over)
        self.keep.clicked.connect(self._keep)
        session.changed.connect(self._follow)
        session.turned.connect(self.refresh)
        session.replaced.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the line where it applies."""
        here, new = kept(self._session.matrix.method_settings).method, method_settings.DEFAULT_METHOD
        self.setVisible(here is not new and self._looked.told_of() is not new)
        text = _("This matrix goes by {here}. New analyses go by {new}.")
        self.words.setText(text.format(here=method_word(here), new=method_word(new)))
        self.change_over.setVisible(not self._session.read_only)

    def _follow(self, change: Change) -> None:
        if change.touches("matrix"):
            self.refresh()

    def _change_over(self) -> None:
        self._session.execute(go_by(self._session, method_settings.DEFAULT_METHOD))

    def _keep(self) -> None:
        self._looked.tell_of(method_settings.DEFAULT_METHOD)
        self.refresh()
