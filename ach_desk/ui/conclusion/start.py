"""The page before a conclusion is begun: in which words likelihoods shall be said, asked once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ach_desk.i18n import _
from ach_desk.model.likelihood_words import scale_name, scale_note
from ach_desk.model.values import LikelihoodScale
from ach_desk.ui.widgets.labels import STEP, plain
from ach_desk.ui.widgets.rowbutton import RowButton


class ScaleQuestion(QWidget):
    """One button for each scale, with what it is. `chosen(LikelihoodScale)`."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.buttons = {
            scale: RowButton(scale_name(scale), scale_note(scale), strong=True) for scale in LikelihoodScale
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(STEP, STEP, STEP, STEP)
        column.setSpacing(STEP)
        column.addWidget(plain(_("In which words do you want to say how likely something is?"), strong=True))
        text = _(
            "The number always stands beside the word. You can choose otherwise later; nothing that you said is "
            "changed by it. The page begins empty: no score writes a conclusion."
        )
        column.addWidget(plain(text, muted=True))
        for scale, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, chosen=scale: self.chosen.emit(chosen))
            column.addWidget(button)
        column.addStretch(1)
        self.setFocusProxy(self.buttons[LikelihoodScale.ICD_203])

    def set_read_only(self, read_only: bool) -> None:
        """Let nothing be begun in an analysis that takes no edits."""
        for button in self.buttons.values():
            button.setEnabled(not read_only)

    def focus_first(self) -> None:
        """Put the keyboard on the first scale."""
        self.buttons[LikelihoodScale.ICD_203].setFocus(Qt.FocusReason.OtherFocusReason)
