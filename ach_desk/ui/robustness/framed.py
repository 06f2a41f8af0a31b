"""The part of the panel on how the hypotheses stand to each other: a note on priors, causes, belief."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ach_desk.i18n import _
from ach_desk.model.method_settings import Frame
from ach_desk.reporting.palette import Palette
from ach_desk.scoring.methods import BAYESIAN
from ach_desk.ui.robustness.answers import Answer
from ach_desk.ui.robustness.belief import BeliefSection
from ach_desk.ui.robustness.causes import CausesSection
from ach_desk.ui.widgets.labels import STEP, named, plain


class FramedSection(QWidget):
    """Absent where the hypotheses exclude each other and no prior is raised.

    link_activated(kind, id): an item that a sentence names was followed. priors_wanted(): priors are to be set.
    """

    link_activated = Signal(str, str)
    priors_wanted = Signal()

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self.note = plain(muted=True)
        self.priors_button = named(QPushButton(_("Priors ...")), _("Priors"))
        self.priors_button.setAutoDefault(False)
        self.priors_button.clicked.connect(self.priors_wanted)
        self.causes = CausesSection(palette)
        self.belief = BeliefSection()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP)
        column.addWidget(self.note)
        column.addWidget(self.causes)
        column.addWidget(self.belief)
        column.addWidget(self.priors_button, 0, Qt.AlignmentFlag.AlignLeading)
        for part in (self.causes, self.belief):
            part.link_activated.connect(self.link_activated)

    def set_palette(self, palette: Palette) -> None:
        """Draw the bars in the colours of another theme."""
        self.causes.set_palette(palette)

    def show_answer(self, answer: Answer) -> None:
        """Show what is known of causes and belief."""
        found, analysis = answer.framed, answer.question.analysis
        text = note_of(answer)
        self.note.setText(text)
        self.note.setVisible(bool(text))
        self.causes.show_causes(found.causes, found.frame, analysis)
        self.belief.show_belief(found.belief, analysis)
        self.priors_button.setVisible(bool(text) or found.causes is not None)
        self.setVisible(not self.priors_button.isHidden() or found.belief is not None)


def note_of(answer: Answer) -> str:
    """Return what has to be said of probabilities by Bayes under the frame; "" for nothing."""
    found = answer.framed
    if answer.question.method not in BAYESIAN:
        return ""
    if found.frame is Frame.CAUSES:
        return _(
            "The probabilities above take the columns as excluding each other. Several of these may be true at once: "
            "what that makes of them stands below."
        )
    return found.raised
