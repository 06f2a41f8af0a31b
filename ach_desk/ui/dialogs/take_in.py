"""A small chooser of the items or hypotheses of the analysis that the matrix in front does not hold."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox, QLineEdit, QListWidget, QListWidgetItem, QWidget

from ach_desk.commands import matrices
from ach_desk.commands.command import collection_of
from ach_desk.i18n import _
from ach_desk.ui.session import Session
from ach_desk.ui.text import single_line, tooltip
from ach_desk.ui.widgets.dialog import PlainDialog
from ach_desk.ui.widgets.labels import STEP, named, plain

_ID = Qt.ItemDataRole.UserRole


class TakeInDialog(PlainDialog):
    """Tick what is to be taken in; the line above narrows the list. `taken(ids)` after it was done."""

    taken = Signal(list)

    def __init__(self, session: Session, kind: str, parent: QWidget | None = None) -> None:
        of_items = kind == "evidence"
        super().__init__(_("Take in evidence items") if of_items else _("Take in hypotheses"), parent)
        self._session, self._kind = session, kind
        self.filter = named(QLineEdit(), _("Narrow the list"))
        self.filter.setPlaceholderText(_("Narrow the list"))
        self.filter.setClearButtonEnabled(True)
        self.list = named(QListWidget(), _("Not in this matrix"))
        self.list.setWordWrap(True)
        self.list.setSpacing(STEP // 4)
        self.list.setMinimumHeight(240)
        text = _("The ratings that they had in this matrix come back with them.")
        self.column.addWidget(self.filter)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(plain(text, muted=True))
        self.take = self.buttons.addButton(_("Take in"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.take.setDefault(True)
        self.buttons.accepted.connect(self._take)
        self.filter.textChanged.connect(self._narrow)
        self.list.itemChanged.connect(self._count)
        for signal in (session.replaced, session.turned):
            signal.connect(self.reject)
        self._fill()
        self._count()

    @property
    def chosen(self) -> list[str]:
        """Return the ids of what is ticked."""
        entries = (self.list.item(row) for row in range(self.list.count()))
        return [entry.data(_ID) for entry in entries if entry.checkState() == Qt.CheckState.Checked]

    def _fill(self) -> None:
        records = collection_of(self._session.analysis, self._kind)
        for entry in matrices.not_in(self._session.analysis, self._session.matrix, self._kind):
            row = QListWidgetItem(single_line(f"{records[entry].label}  {records[entry].title}"))
            row.setData(_ID, entry)
            row.setToolTip(tooltip(records[entry].title))
            row.setFlags(row.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            row.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(row)
        self.list.setCurrentRow(0)

    def _narrow(self, text: str) -> None:
        for row in range(self.list.count()):
            entry = self.list.item(row)
            entry.setHidden(text.casefold() not in entry.text().casefold())

    def _count(self) -> None:
        count = len(self.chosen)
        text = _("Take {count} in").format(count=count) if count else _("Take in")
        self.take.setText(text)
        self.take.setAccessibleName(text)
        self.take.setEnabled(bool(count))

    def _take(self) -> None:
        ids = self.chosen
        session = self._session
        session.execute(matrices.take_in(session.analysis, session.matrix, self._kind, ids))
        self.accept()
        self.taken.emit(ids)
