"""The editor that opens over a header: a title, a new record, or the reason for setting one aside."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPalette, QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ach_desk.i18n import _
from ach_desk.ui.matrix.look import Look
from ach_desk.ui.widgets.rawtext import beginning_of, edited_text, shown_text, with_note

_TYPED_MS = 400
_MOST_LINES = 6
_EM_LEAST = 12
_FRAME, _MARGIN = 2, 2
_STYLE = "QPlainTextEdit {{ border: {frame}px solid {accent}; background: {base}; color: {text}; padding: 0; }}"


class InPlaceEditor(QPlainTextEdit):
    """One paragraph of text; Enter and leaving it by Tab or mouse commit, Escape gives it up."""

    closed = Signal()
    typed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._raw = ""
        self._commit: Callable[[str], object] | None = None
        self._may_be_empty = False
        self._room = QRect()
        self._bounds = QRect()
        self.setAccessibleName(_("Text"))
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(_MARGIN)
        self._since_typed = QTimer(self)
        self._since_typed.setSingleShot(True)
        self._since_typed.setInterval(_TYPED_MS)
        self._since_typed.timeout.connect(self._tell_typed)
        self.textChanged.connect(self._grow)
        self.textChanged.connect(self._note_typing)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Return whether something is being edited."""
        return self._commit is not None

    def set_look(self, look: Look) -> None:
        """Take over font and colours."""
        self.setFont(look.font)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.PlaceholderText, look.colours["muted"])
        self.setPalette(palette)
        colours = {name: look.colours[name].name() for name in ("accent", "base", "text")}
        self.setStyleSheet(_STYLE.format(frame=_FRAME, **colours))

    def open(
        self,
        rect: QRect,
        bounds: QRect,
        text: str,
        name: str,
        commit: Callable[[str], object],
        *,
        may_be_empty: bool = False,
    ) -> None:
        """Edit `text` at `rect` of the parent; `name` says what it is, `commit` gets the text if it was changed.

        The editor grows with the text and stays within `bounds`. `name` is also what stands there while the text is
        empty. With `may_be_empty`, Enter commits an unchanged text too. Of a text too long to be edited here the
        beginning is shown.
        """
        if self.is_open:
            self.finish()
        self._raw, self._commit, self._may_be_empty = text, commit, may_be_empty
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        em = self.fontMetrics().height()
        self._room, self._bounds = QRect(rect), bounds
        self._room.setWidth(max(rect.width(), _EM_LEAST * em))
        beginning = beginning_of(text)
        self.setReadOnly(len(beginning) < len(text))
        self.setPlainText(with_note(beginning) if self.isReadOnly() else shown_text(text))
        self.selectAll()
        self.moveCursor(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        self._grow()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self, *, by_enter: bool = False) -> None:
        """Hand over what was typed, if it differs (or Enter may commit as it is), and close."""
        commit, text = self._close()
        if commit is not None and (text != self._raw or (by_enter and self._may_be_empty)):
            commit(text)
        self.closed.emit()

    def abandon(self) -> None:
        """Close and leave everything as it was."""
        self._close()
        self.closed.emit()

    def _close(self) -> tuple[Callable[[str], object] | None, str]:
        commit, self._commit = self._commit, None
        self._since_typed.stop()
        if commit is None:
            return None, ""
        text = self._text()
        had_focus = self.hasFocus()
        self.hide()
        proxy = self.parentWidget()
        if had_focus and proxy is not None:
            proxy.setFocus(Qt.FocusReason.OtherFocusReason)
        return commit, text

    def _text(self) -> str:
        if self.isReadOnly():
            return self._raw
        return edited_text(self._raw, self.document().toRawText().replace("\u2029", "\n"))

    def _note_typing(self) -> None:
        # From the first key on and not after a pause, so that steady typing is told as well.
        if self._commit is not None and not self._since_typed.isActive():
            self._since_typed.start()

    def _tell_typed(self) -> None:
        if self._commit is not None:
            self.typed.emit(self._text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Commit on Enter, give up on Escape."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish(by_enter=True)
        elif event.key() == Qt.Key.Key_Escape:
            self.abandon()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Commit when the person goes on elsewhere in the window."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.finish()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste plain text as one paragraph."""
        self.insertPlainText(" ".join(source.text().split("\n")))

    def _grow(self) -> None:
        """Be as high as the text needs, within the parent."""
        if self._commit is None:
            return
        self.resize(self._room.width(), self.height())
        lines = max(int(self.document().size().height()), 1)
        policies = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policies.ScrollBarAsNeeded if lines > _MOST_LINES else policies.ScrollBarAlwaysOff
        )
        text = min(lines, _MOST_LINES) * self.fontMetrics().lineSpacing() + 2 * (_MARGIN + _FRAME)
        rect = QRect(self._room.left(), self._room.top(), self._room.width(), max(text, self._room.height()))
        rect.moveRight(min(rect.right(), self._bounds.right()))
        rect.moveLeft(max(rect.left(), self._bounds.left()))
        rect.moveBottom(min(rect.bottom(), self._bounds.bottom()))
        rect.moveTop(max(rect.top(), self._bounds.top()))
        self.setGeometry(rect)
