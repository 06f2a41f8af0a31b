"""Editors of single fields. An edit takes effect while it is made; what cannot be taken over says so below itself."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ach_desk.commands import Command
from ach_desk.i18n import _
from ach_desk.ui.session import Session
from ach_desk.ui.widgets.chips import LinkButton, LinkRow
from ach_desk.ui.widgets.choice import Choice
from ach_desk.ui.widgets.labels import STEP, caption, plain
from ach_desk.ui.widgets.textbox import TextBox

COMMIT_MS = 400
"""How long typed text waits at most. It does not wait for a pause, so that recovery never lags behind steady typing."""


@dataclass(frozen=True)
class Binding:
    """Where an editor's value comes from and which command puts it back.

    key: names the field of the record shown; commands with one key in a row are one undo step.
    read: the stored value as text; None when there is no record.
    build: the command for a typed text; raises ValueError when the field cannot hold it.
    problem: the sentence for that case.
    remark: what the field makes of a typed text, in a quiet sentence below it; "" for nothing to say.
    """

    key: Callable[[], str]
    read: Callable[[], str | None]
    build: Callable[[str], Command]
    problem: Callable[[], str] = lambda: ""
    remark: Callable[[str], str] = lambda _text: ""


class TextEditor(QWidget):
    """A captioned text field with the links in it and, when it cannot be taken over, the reason."""

    link_activated = Signal(str, str)

    def __init__(
        self,
        session: Session,
        title: str,
        binding: Binding,
        *,
        lines: tuple[int, int] = (1, 6),
        one_line: bool = False,
        links: bool = False,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._binding, self._has_links = session, binding, links
        self._drafts: dict[str, str] = {}
        self._pending = False
        self._key_shown = ""
        self.box = TextBox(*lines)
        self.box.one_line = one_line
        self.box.setPlaceholderText(hint)
        self.title = caption(title, self.box)
        self.links = LinkRow()
        self.problem = plain()
        self.problem.setVisible(False)
        self.remark = plain(muted=True)
        self.remark.setVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP // 2)
        self._head = QHBoxLayout()
        self._head.setSpacing(STEP)
        self._head.addWidget(self.title, 1)
        column.addLayout(self._head)
        for part in (self.box, self.problem, self.remark, self.links):
            column.addWidget(part)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(COMMIT_MS)
        self._timer.timeout.connect(self.flush)
        self._connect()

    def _connect(self) -> None:
        self.box.typed.connect(self._note_typing)
        self.box.left.connect(self.finish)
        self.box.undo_wanted.connect(lambda: self._travel(self._session.undo))
        self.box.redo_wanted.connect(lambda: self._travel(self._session.redo))
        self.links.activated.connect(self.link_activated)

    @property
    def has_draft(self) -> bool:
        """Return whether the field holds a text that could not be taken over."""
        return self._binding.key() in self._drafts

    def add_button(self, text: str, name: str, run: Callable[[], object] | None = None) -> LinkButton:
        """Put a button that looks like a link beside the caption and return it."""
        button = LinkButton(text, name, self)
        if run is not None:
            button.clicked.connect(lambda _checked=False: run())
        self._head.addWidget(button)
        return button

    def refresh(self) -> None:
        """Show the stored value, unless the person is typing or it is what their text means already."""
        stored = self._binding.read()
        if self._pending or stored is None:
            return
        key = self._binding.key()
        if key != self._key_shown or not (self.box.hasFocus() and self._means_the_same()):
            self.box.show_text(self._drafts.get(key, stored))
        self._key_shown = key
        self._show_problem(self.has_draft)
        self._show_remark()
        self._show_links()

    def flush(self) -> None:
        """Take over what was typed; a text that the field cannot hold stays as a draft with a sentence below."""
        self._timer.stop()
        if not self._pending or self._binding.read() is None:
            return  # the record may have been deleted; undo brings it back, and the typing with it
        self._pending = False
        key = self._binding.key()
        try:
            command = self._binding.build(self.box.text)
        except ValueError:
            self._drafts[key] = self.box.text
            self._show_problem(True)
            return
        self._drafts.pop(key, None)
        self._show_problem(False)
        self._session.execute(command, merge_key=key)
        self._show_links()

    def finish(self) -> None:
        """Take over what was typed and let the next edit be an undo step of its own."""
        self.flush()
        self._session.history.end_merging()
        self.refresh()

    def abandon(self) -> None:
        """Drop typing that could not be taken over because its record is gone."""
        self._timer.stop()
        self._pending = False

    def forget(self) -> None:
        """Drop drafts and typing: another analysis is shown."""
        self.abandon()
        self._drafts.clear()

    def set_read_only(self, read_only: bool) -> None:
        """Let the text be read and copied only."""
        self.box.setReadOnly(read_only)

    def _note_typing(self) -> None:
        self._pending = True
        self._show_remark()
        if not self._timer.isActive():
            self._timer.start()

    def _travel(self, step: Callable[[], None]) -> None:
        self.flush()
        self._session.history.end_merging()
        step()
        self.refresh()

    def _means_the_same(self) -> bool:
        try:
            return self._binding.build(self.box.text).is_no_op
        except ValueError:
            return self.has_draft

    def _show_problem(self, wrong: bool) -> None:
        self.problem.setText(self._binding.problem() if wrong else "")
        self.problem.setVisible(wrong)
        self._describe()

    def _show_remark(self) -> None:
        self.remark.setText(self._binding.remark(self.box.text))
        self.remark.setVisible(bool(self.remark.text()))
        self._describe()

    def _describe(self) -> None:
        self.box.setAccessibleDescription(" ".join(filter(None, (self.problem.text(), self.remark.text()))))

    def _show_links(self) -> None:
        if self._has_links:
            own = self._binding.key().split("/")[1]
            self.links.show_links_of(self.box.text, self._session.analysis, besides=own)


class ChoiceEditor(QWidget):
    """A captioned drop-down list; a choice is a command at once."""

    def __init__(
        self,
        session: Session,
        title: str,
        entries: Sequence[tuple[Hashable, str]],
        read: Callable[[], Sequence[object]],
        build: Callable[[object], Command],
        icons: Sequence[QIcon] = (),
    ) -> None:
        """`read` returns the value of every record shown: one value, several that differ, or nothing."""
        super().__init__()
        self._session, self._read, self._build = session, read, build
        self.choice = Choice(entries, icons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP // 2)
        column.addWidget(caption(title, self.choice))
        column.addWidget(self.choice)
        self.choice.chosen.connect(self._take)

    def refresh(self) -> None:
        """Show the stored value, or that the records differ."""
        values = self._read()
        if len(set(values)) == 1:
            self.choice.show_value(values[0])
        else:
            self.choice.show_several(_("differs") if values else "")

    def set_read_only(self, read_only: bool) -> None:
        """Let the value be read only."""
        self.choice.setEnabled(not read_only)

    def flush(self) -> None:
        """Do nothing: a choice never waits."""

    def forget(self) -> None:
        """Do nothing: a choice has no draft."""

    def _take(self, value: object) -> None:
        self._session.execute(self._build(value))
        self.refresh()


class CheckEditor(QCheckBox):
    """A switch; a change is a command at once."""

    def __init__(
        self, session: Session, title: str, read: Callable[[], bool | None], build: Callable[[bool], Command]
    ) -> None:
        super().__init__(title)
        self._session, self._read, self._build = session, read, build
        self.setAccessibleName(title)
        self.clicked.connect(self._take)

    def refresh(self) -> None:
        """Show the stored value."""
        self.setChecked(bool(self._read()))

    def set_read_only(self, read_only: bool) -> None:
        """Let the value be read only."""
        self.setEnabled(not read_only)

    def flush(self) -> None:
        """Do nothing: a switch never waits."""

    def forget(self) -> None:
        """Do nothing: a switch has no draft."""

    def _take(self, on: bool) -> None:
        self._session.execute(self._build(on))
        self.refresh()


class Editor(Protocol):
    """What a panel asks of everything that edits a part of its record."""

    def refresh(self) -> None:
        """Show the stored value."""

    def set_read_only(self, read_only: bool) -> None:
        """Let the value be read only."""

    def flush(self) -> None:
        """Take over what was typed."""

    def forget(self) -> None:
        """Drop drafts: another analysis is shown."""


def beside(*widgets: QWidget) -> QWidget:
    """Return the widgets side by side in equal widths, as one."""
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(STEP)
    for widget in widgets:
        line.addWidget(widget, 1, Qt.AlignmentFlag.AlignTop)
    return row


def status_line() -> QLabel:
    """Return the muted line that says something about the record and cannot be edited."""
    return plain(muted=True)
