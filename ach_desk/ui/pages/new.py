"""A new analysis on one page: the question, the hypotheses, and the evidence, one per line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from ach_desk.commands import edits
from ach_desk.i18n import _, ngettext
from ach_desk.model import Analysis, new_analysis
from ach_desk.ui.help import give_help_key
from ach_desk.ui.settings import SettingsStore
from ach_desk.ui.widgets.labels import STEP, caption, named, plain
from ach_desk.ui.widgets.textbox import TextBox

_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_FIRST_NAME = "Analyst 1"


def analysis_from_lines(
    question: str, hypotheses: Sequence[str], evidence: Sequence[str], analyst_name: str = ""
) -> Analysis:
    """Return a new analysis with a hypothesis and an item per line, labelled in order; empty lines are left out."""
    analysis = new_analysis(question.strip(), analyst_name.strip() or _FIRST_NAME)
    matrix = analysis.matrices[0]
    for lines, build in ((hypotheses, edits.add_hypotheses), (evidence, edits.add_items)):
        titles = [line.strip() for line in lines if line.strip()]
        if titles:
            build(analysis, matrix, [{"title": title} for title in titles]).apply(analysis)
    return analysis


class NewPage(QDialog):
    """One page, one step. `created(Analysis)`: the person chose Create (or Ctrl+Return).

    With a `question` that is known already, the keyboard is on the hypotheses.
    """

    created = Signal(object)

    def __init__(self, store: SettingsStore, parent: QWidget | None = None, question: str = "") -> None:
        super().__init__(parent)
        self._store = store
        give_help_key(self)
        self.setWindowTitle(_("New analysis"))
        self.setAccessibleName(_("New analysis"))
        self.question = TextBox(2, 3)
        self.question.setPlaceholderText(_("What do you want to know? One question that the hypotheses answer"))
        self.hypotheses = TextBox(5, 5)
        self.hypotheses.setPlaceholderText(_("Each a possible answer, and each able to be wrong"))
        self.evidence = TextBox(9, 9)
        self.evidence.setPlaceholderText(
            _("Reports, observations, assumptions, and what you would expect but do not see. Or later")
        )
        self.hint = plain()
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * STEP, 2 * STEP, 2 * STEP, 2 * STEP)
        column.setSpacing(STEP // 2)
        for title, box in (
            (_("Question"), self.question),
            (_("Hypotheses, one per line"), self.hypotheses),
            (_("Evidence, one item per line, or later"), self.evidence),
        ):
            column.addWidget(caption(title, box))
            column.addWidget(box)
            column.addSpacing(STEP)
            box.typed.connect(self._advise)
        column.addWidget(self.hint)
        column.addStretch(1)
        column.addWidget(self._buttons())
        self.resize(620, self.sizeHint().height())
        self.setMaximumHeight(700)
        if question.strip():
            self.question.put(question)
            self.hypotheses.setFocus()
        self._advise()

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        self.create_button = buttons.addButton(_("Create"), QDialogButtonBox.ButtonRole.AcceptRole)
        named(self.create_button, _("Create"), _("Ctrl+Return"))
        cancel = buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        named(cancel, cancel.text().replace("&", ""))
        cancel.setAutoDefault(False)
        buttons.accepted.connect(self.create_analysis)
        buttons.rejected.connect(self.reject)
        return buttons

    def create_analysis(self) -> None:
        """Make the analysis and close the page."""
        analysis = analysis_from_lines(
            self.question.text,
            self.hypotheses.text.splitlines(),
            self.evidence.text.splitlines(),
            self._store.settings.analyst_name,
        )
        self.accept()
        self.created.emit(analysis)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _RETURN and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.create_analysis()
        else:
            super().keyPressEvent(event)

    def _advise(self) -> None:
        self.hint.setText(advice(self.question.text, self.hypotheses.text, self.evidence.text))


def advice(question: str, hypotheses: str, evidence: str) -> str:
    """Return what stands out in the texts of the page, in a sentence; nothing of it is forbidden."""
    lines = [line.strip() for line in hypotheses.splitlines() if line.strip()]
    items = sum(1 for line in evidence.splitlines() if line.strip())
    doubled = next((line for line in lines if lines.count(line) > 1), None)
    if not question.strip() and not lines and not items:
        return _("Everything can be changed and added to later.")
    if len(lines) < 2:
        return ngettext(
            "{count} hypothesis so far. Comparing needs at least two that exclude each other.",
            "{count} hypotheses so far. Comparing needs at least two that exclude each other.",
            len(lines),
        ).format(count=len(lines))
    if doubled is not None:
        return _("“{title}” stands there twice.").format(title=doubled[:60])
    first = ngettext("{count} hypothesis", "{count} hypotheses", len(lines)).format(count=len(lines))
    second = ngettext("{count} item", "{count} items", items).format(count=items)
    return _("{hypotheses}, {items}. Ctrl+Return creates the analysis.").format(hypotheses=first, items=second)
