"""The editor of every text: grows with it, gives back exactly what it was given, and reports only a person's typing."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QKeySequence, QPalette, QResizeEvent, QTextOption
from PySide6.QtWidgets import QAbstractScrollArea, QPlainTextEdit, QSizePolicy, QWidget

from ach_desk.ui.widgets.rawtext import beginning_of, edited_text, shown_text, with_note

_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOST_COUNTED = 4_000


class TextBox(QPlainTextEdit):
    """A plain-text editor of one or several lines.

    typed(): the person changed the text; showing a text never says so.
    left(): the keyboard went elsewhere.
    undo_wanted(), redo_wanted(): Ctrl+Z and its reverse; the analysis keeps the only history there is.

    A box of one line takes no line end: Return moves on, and pasted ones become blanks.
    """

    typed = Signal()
    left = Signal()
    undo_wanted = Signal()
    redo_wanted = Signal()

    def __init__(self, least_lines: int = 1, most_lines: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._raw = ""
        self._showing = False
        self._read_only_asked = False
        self._is_whole = True
        self._least, self._most = least_lines, most_lines
        self.one_line = False
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QAbstractScrollArea.SizeAdjustPolicy.AdjustIgnored)
        self.textChanged.connect(self._follow)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self._fit()

    @property
    def text(self) -> str:
        """Return the text with the person's edits in it; without any, exactly what was shown."""
        return self._raw

    def show_text(self, raw: str) -> None:
        """Show `raw`; the caret stays where it is when that is already the text.

        Of a text too long to be edited here the beginning is shown, and the text itself stays as it is.
        """
        if raw == self._raw:
            return
        self._raw = raw
        place = self.textCursor().position()
        self._showing = True
        beginning = beginning_of(raw)
        self._is_whole = len(beginning) == len(raw)
        self.setPlainText(raw if self._is_whole else with_note(beginning))
        self._showing = False
        self.setReadOnly(self._read_only_asked)
        cursor = self.textCursor()
        cursor.setPosition(min(place, self.document().characterCount() - 1))
        self.setTextCursor(cursor)

    def put(self, text: str) -> None:
        """Replace the whole text as if the person had typed it."""
        self.setPlainText(text)

    def setReadOnly(self, read_only: bool) -> None:
        self._read_only_asked = read_only
        read_only = read_only or not self._is_whole
        if read_only == self.isReadOnly():
            return
        super().setReadOnly(read_only)
        flags = Qt.TextInteractionFlag
        if read_only:  # still reachable and copyable with the keyboard
            self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        role = QPalette.ColorRole.Window if read_only else QPalette.ColorRole.Base
        self.viewport().setBackgroundRole(role)

    def sizeHint(self) -> QSize:
        return QSize(160, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(48, self.height())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._wants(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo_wanted.emit()
        elif event.key() in _RETURN and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # Ctrl+Return belongs to the page or dialog around
        elif event.key() in _RETURN and self.one_line:
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if not source.hasText() or self.isReadOnly():
            return
        text = shown_text(source.text())
        self.textCursor().insertText(" ".join(text.split("\n")) if self.one_line else text)
        self.ensureCursorVisible()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _wants(self, event: QKeyEvent) -> bool:
        return not self.isReadOnly() and (
            event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
        )

    def _follow(self) -> None:
        if self._showing:
            return
        after = shown_text(self.document().toRawText())
        if after == shown_text(self._raw):
            return
        self._raw = edited_text(self._raw, after)
        self.typed.emit()

    def _fit(self) -> None:
        """Be as high as the text, between the least and the most lines; a scroll bar only beyond those."""
        line = QFontMetricsF(self.font()).lineSpacing()
        text = self._text_height(self._most * line)
        overflows = text > self._most * line + 1
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if overflows else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if policy != self.verticalScrollBarPolicy():
            self.setVerticalScrollBarPolicy(policy)
        height = min(max(text, self._least * line), self._most * line)
        wanted = math.ceil(height + 2 * self.document().documentMargin() + 2 * self.frameWidth())
        if self.minimumHeight() != wanted or self.maximumHeight() != wanted:
            self.setFixedHeight(wanted)

    def _text_height(self, enough: float) -> float:
        """Return the height of the laid-out text in pixels, or something above `enough` where it is higher."""
        if self.document().characterCount() > _MOST_COUNTED:
            return enough * 2
        layout, block, height = self.document().documentLayout(), self.document().begin(), 0.0
        while block.isValid() and height <= enough + 1:
            height += layout.blockBoundingRect(block).height()
            block = block.next()
        # The rectangle of the last block holds the margin below it as well.
        return height if block.isValid() else height - self.document().documentMargin()
