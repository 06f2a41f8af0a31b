"""The dialog of an import: what is in the file, what becomes of it on the way, and where it goes."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QDialogButtonBox, QPlainTextEdit, QProgressBar, QRadioButton, QWidget

from ach_desk.exchange.formats import Incoming
from ach_desk.i18n import _
from ach_desk.ui.exchange.words import held_sentence, lines_of
from ach_desk.ui.text import shown, single_line
from ach_desk.ui.widgets.dialog import PlainDialog
from ach_desk.ui.widgets.labels import STEP, named, plain

_WIDTH = 70 * STEP
_LEAST_LINES, _MOST_LINES = 5, 12
_MOST_REPORTED = 1000


class Target(Enum):
    """Where an import goes."""

    MATRIX = "matrix"
    BESIDE = "beside"
    NEW = "new"


class FileImportDialog(PlainDialog):
    """Shows that a file is being read, then what it holds. `chosen(Target)`: the person wants it there."""

    chosen = Signal(Target)

    def __init__(self, path: Path, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Import"), parent, _WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = _("{file} – {kind}").format(file=path.name, kind=kind)
        self.column.addWidget(plain(single_line(name), muted=True))
        self.sentence = plain(_("Reading ..."), strong=True)
        self.column.addWidget(self.sentence)
        self.progress = named(QProgressBar(), _("The file is being read"))
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.column.addWidget(self.progress)
        self._targets = QButtonGroup(self)
        self.radios: dict[Target, QRadioButton] = {}
        self.lines = named(QPlainTextEdit(), _("What is changed on the way, and what is left out"))
        self.lines.setReadOnly(True)
        self.lines.setTabChangesFocus(True)
        self.lines.hide()
        self.take = self.buttons.addButton(_("Import"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.take.setAccessibleName(_("Import"))
        self.take.setDefault(True)
        self.take.setEnabled(False)
        self.buttons.accepted.connect(self._choose)
        close = self.buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(_("Cancel"))
        close.setAccessibleName(_("Cancel"))

    def show_read(self, incoming: Incoming, matrix: str, refusals: dict[Target, str], likely: Target) -> None:
        """Show what the file holds; `matrix` is the name of the one in front.

        `refusals`: targets that cannot be chosen, and why. `likely`: what is proposed unless it is refused.
        """
        self.progress.hide()
        self.sentence.setText(held_sentence(incoming.report.taken))
        for target, text in (
            (Target.MATRIX, _("Into the matrix in front: {name}").format(name=single_line(matrix))),
            (Target.BESIDE, _("Into this analysis, as a further matrix")),
            (Target.NEW, _("As a new analysis in a window of its own")),
        ):
            self._offer(target, text, refusals.get(target, ""))
        first = next(target for target in (likely, *self.radios) if self.radios[target].isEnabled())
        self.radios[first].setChecked(True)
        self.radios[first].setFocus()
        self._show_lines(lines_of(incoming.report))
        self.take.setEnabled(True)
        self.fit()

    def _offer(self, target: Target, text: str, refusal: str) -> None:
        radio = named(QRadioButton(text.replace("&", "&&")), text, refusal)
        radio.setEnabled(not refusal)
        self._targets.addButton(radio)
        self.radios[target] = radio
        self.column.addWidget(radio)
        if refusal:
            self.column.addWidget(plain(refusal, muted=True))

    def _show_lines(self, lines: list[str]) -> None:
        if not lines:
            return
        more = len(lines) - _MOST_REPORTED
        told = [shown(line) for line in lines[:_MOST_REPORTED]]
        told += [_("{count} more").format(count=more)] if more > 0 else []
        self.lines.setPlainText("\n".join(told))
        height = self.fontMetrics().lineSpacing() * min(max(len(told) + 1, _LEAST_LINES), _MOST_LINES)
        self.lines.setMinimumHeight(height + 2 * STEP)
        self.column.addWidget(self.lines, 1)
        self.lines.show()

    @property
    def target(self) -> Target:
        """Return where the import is to go."""
        return next((target for target, radio in self.radios.items() if radio.isChecked()), Target.NEW)

    def show_busy(self) -> None:
        """Show that the file is being taken in; nothing can be chosen any more."""
        self.take.setEnabled(False)
        for radio in self.radios.values():
            radio.setEnabled(False)
        self.progress.show()

    def _choose(self) -> None:
        self.chosen.emit(self.target)
