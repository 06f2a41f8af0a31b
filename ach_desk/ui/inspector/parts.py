"""What the inspector says of a cell of a combination that is not judged yet: its parts, and the question they raise."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ach_desk.i18n import _
from ach_desk.model import Analysis, RatingValue
from ach_desk.model.words import range_symbol, rating_symbol
from ach_desk.scoring.combination import Suggestion, derived, suggesting
from ach_desk.ui.session import Session
from ach_desk.ui.widgets.labels import STEP, named, plain


class PartsNote(QWidget):
    """The ratings of the parts; where they agree a button that takes their value, else what to ask oneself.

    chosen(RatingValue): the person confirms what the parts agree on.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._value: RatingValue | None = None
        self.parts = plain()
        self.question = plain(strong=True)
        self.button = named(QPushButton(), _("Confirm what the parts agree on"))
        self.button.setAutoDefault(False)
        self.button.clicked.connect(lambda: self.chosen.emit(self._value))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP // 2)
        column.addWidget(self.parts)
        column.addWidget(self.question)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)

    def show_cell(self, session: Session, evidence: str, hypothesis: str) -> None:
        """Show what the parts say of a cell; nothing where they say nothing."""
        joint = suggesting(session.assessment.hypotheses).get(hypothesis)
        found = derived(session.matrix, session.analyst, evidence, joint) if joint is not None else None
        self.setVisible(found is not None)
        if found is None:
            return
        self._value = found.around[0] if found.agrees else None
        self.parts.setText(_parts_sentence(session.analysis, found))
        self.question.setText(_question() if not found.agrees else "")
        self.question.setVisible(not found.agrees)
        text = _("Confirm {value} (K)").format(value=rating_symbol(self._value))
        self.button.setText(text)
        self.button.setAccessibleDescription(text)
        self.button.setVisible(found.agrees)
        self.button.setEnabled(not session.read_only)


def _question() -> str:
    return _("Does the other part explain this, or does it speak against the combination all the same?")


def _parts_sentence(analysis: Analysis, found: Suggestion) -> str:
    rated = " · ".join(f"{analysis.hypotheses[part].label} {rating_symbol(value)}" for part, value in found.parts)
    if found.agrees:
        return _("Its parts: {rated}. They agree; this is a suggestion and counts as unrated.").format(rated=rated)
    text = _("Its parts: {rated}. They do not agree ({range}).")
    return text.format(rated=rated, range=range_symbol(found.around))
