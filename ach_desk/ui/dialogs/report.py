"""What an act left out, line by line, in a window that can stay open beside the matrix."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ach_desk.i18n import _
from ach_desk.ui.text import shown
from ach_desk.ui.widgets.dialog import PlainDialog
from ach_desk.ui.widgets.labels import STEP, named, plain

_WIDTH = 70 * STEP
_LEAST_LINES, _MOST_LINES = 4, 14
_MOST_REPORTED = 1000


class ReportDialog(PlainDialog):
    """A sentence and a list of places, which can be selected and copied. Escape closes it."""

    def __init__(self, title: str, sentence: str, lines: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(title, parent, _WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.sentence = plain(sentence, strong=True)
        self.lines = named(QPlainTextEdit(), _("Places that need a look"))
        self.lines.setReadOnly(True)
        self.lines.setTabChangesFocus(True)
        self.lines.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        more = len(lines) - _MOST_REPORTED
        told = [shown(line) for line in lines[:_MOST_REPORTED]]
        told += [_("{count} more").format(count=more)] if more > 0 else []
        self.lines.setPlainText("\n".join(told))
        height = self.fontMetrics().lineSpacing() * min(max(len(told) + 2, _LEAST_LINES), _MOST_LINES)
        self.lines.setMinimumHeight(height + 2 * STEP)
        self.column.addWidget(self.sentence)
        self.column.addWidget(self.lines, 1)
        self.resize(_WIDTH, self.minimumSizeHint().height())
        self.lines.setFocus()


def show_report(title: str, sentence: str, lines: Sequence[str], parent: QWidget) -> ReportDialog:
    """Show a report beside `parent`, in the place of one that is open already, and return it."""
    for earlier in parent.findChildren(ReportDialog):
        earlier.close()
    dialog = ReportDialog(title, sentence, lines, parent)
    dialog.show()
    return dialog
