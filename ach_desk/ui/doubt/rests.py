"""The section "Holds only if" of the inspector: the assumptions an item or a rating rests on, with add and remove."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ach_desk.i18n import _
from ach_desk.model import EvidenceItem
from ach_desk.ui.doubt.resting import Resting
from ach_desk.ui.session import Session
from ach_desk.ui.text import shortened, shown
from ach_desk.ui.widgets.chips import RecordRow
from ach_desk.ui.widgets.choice import Choice
from ach_desk.ui.widgets.flow import take_all
from ach_desk.ui.widgets.labels import STEP, caption, named, plain
from ach_desk.ui.widgets.panel import bring_into_view

_MOST = 80
_LONGEST_TITLE = 2000
_NEW = "a new one"
_OPENING = frozenset(
    getattr(Qt.Key, f"Key_{name}") for name in ("Up", "Down", "Home", "End", "PageUp", "PageDown", "Return", "Enter")
)


class RestsEditor(QWidget):
    """Rows for what it rests on, a list to choose another one from, and a line for one that is not there yet.

    link_activated(kind, id): the person wants to see an assumption.
    """

    link_activated = Signal(str, str)

    def __init__(self, session: Session, resting: Resting) -> None:
        super().__init__()
        self._session, self._resting = session, resting
        self._shown: tuple[tuple[str, str], ...] | None = None
        self._rows = QWidget()
        self._list = QVBoxLayout(self._rows)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self.choice = named(_Adding([]), _("Add an assumption it rests on"))
        self.choice.chosen.connect(self._take)
        self.line = _Line()
        self.line.setPlaceholderText(_("The lines were not tapped"))
        self.line.setMaxLength(_LONGEST_TITLE)
        named(self.line, _("New assumption: Enter adds it"))
        self.line.returnPressed.connect(self._add_new)
        self.line.given_up.connect(self._close_line)
        self.line.hide()
        self.falls = plain()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP // 2)
        for part in (caption(_("Holds only if"), self.choice), self._rows, self.falls, self.choice, self.line):
            column.addWidget(part)

    @property
    def is_used(self) -> bool:
        """Return whether it rests on anything that is there."""
        known = self._session.analysis.evidence
        return any(entry in known for entry in self._resting.present())

    def refresh(self) -> None:
        """Show what it rests on, offer the other assumptions, and say what the what-if does to it."""
        known = self._session.analysis.evidence
        found = [known[entry] for entry in self._resting.present() if entry in known]
        present = tuple((item.id, _entry(item)) for item in found)
        if present != self._shown:
            self._shown = present
            self._show_rows(found)
        entries: list[tuple[Hashable, str]] = [(item.id, _entry(item)) for item in self._resting.offered()]
        self.choice.set_entries([*entries, (_NEW, _("a new assumption ..."))])
        self.choice.show_several(_("choose an assumption ..."))
        may_edit = not self._session.read_only
        self.choice.setVisible(may_edit)
        for row in self._rows.findChildren(RecordRow):
            row.remove_button.setVisible(may_edit)
        why = self._resting.falls()
        self.falls.setText(_("Does not count in the what-if: {reason}.").format(reason=why) if why else "")
        self.falls.setVisible(bool(why))

    def open(self) -> None:
        """Put the keyboard on the list of assumptions, or on the line for a new one while there is none."""
        self.setVisible(True)
        bring_into_view(self)
        if self._resting.offered():
            self.choice.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._open_line()

    def forget(self) -> None:
        """Close the line and build the rows anew: something else is shown."""
        self._shown = None
        self._close_line()

    def _show_rows(self, found: list[EvidenceItem]) -> None:
        take_all(self._list)
        for item in found:
            go, away = _("Go to {label}"), _("No longer rest on {label}")
            row = RecordRow(_entry(item), go.format(label=item.label), away.format(label=item.label), self._rows)
            row.opened.connect(lambda target=item.id: self.link_activated.emit("evidence", target))
            row.removed.connect(lambda target=item.id: self._remove(target))
            self._list.addWidget(row)
            row.show()
        self._rows.setVisible(bool(found))
        self._rows.updateGeometry()

    def _take(self, chosen: object) -> None:
        if chosen == _NEW:
            self._open_line()
            return
        self._close_line()
        self._session.execute(self._resting.add(str(chosen)))
        self.refresh()

    def _remove(self, assumption: str) -> None:
        self._session.execute(self._resting.remove(assumption))
        self.refresh()

    def _open_line(self) -> None:
        self.line.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_view(self.line)

    def _close_line(self) -> None:
        had_keyboard = self.line.hasFocus()
        self.line.clear()
        self.line.hide()
        self.choice.show_several(_("choose an assumption ..."))
        if had_keyboard:
            self.choice.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_new(self) -> None:
        title = self.line.text().strip()
        if title:
            self._session.execute(self._resting.new(title))
            self._close_line()
            self.refresh()


class _Adding(Choice):
    """A list in which every key opens it: choosing adds at once, which walking through it must not do."""

    def showPopup(self) -> None:
        super().showPopup()
        # Nothing is chosen, and Qt begins at the first entry without showing it: the first arrow key skipped it.
        self.view().setCurrentIndex(self.model().index(0, self.modelColumn(), self.rootModelIndex()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain_key = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain_key and (event.key() in _OPENING or (event.text() and event.text().isprintable())):
            self.showPopup()
        else:
            super().keyPressEvent(event)


class _Line(QLineEdit):
    """A line that Escape gives up."""

    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


def _entry(item: EvidenceItem) -> str:
    return shortened(f"{item.label}  {shown(item.title)}", _MOST)
