"""What the menus of a window offer on frames, priors and P(e|H), and the question when a combination is first made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from ach_desk.i18n import _
from ach_desk.ui.actions import ActionSpec

if TYPE_CHECKING:
    from ach_desk.commands import Change
    from ach_desk.ui.frames.question import FrameQuestion
    from ach_desk.ui.settings import ViewState
    from ach_desk.ui.window import AnalysisWindow

MENU = "review/robustness"
_SHOWN = "likelihoods_shown"
"""The part of the view state that says whether P(e|H) can be entered."""


class Frames(QObject):
    """Frames, priors and P(e|H) in one window; what needs more than a menu is imported when it is first used."""

    def __init__(self, window: AnalysisWindow) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self.likelihoods_shown = False
        self._question: FrameQuestion | None = None
        self._session.changed.connect(self._follow)
        window.remembering.connect(self._remember)
        window.side.inspector_built.connect(self._tell_inspector)

    def action_specs(self) -> list[ActionSpec]:
        """Return the actions for the menus "review/robustness", "rate" and "view/columns"."""
        matrix = self._window.matrix
        return [
            ActionSpec("frames.matrix", MENU, _("Can se&veral be true at once? ..."), self.show_frame, separator=True),
            ActionSpec("frames.priors", MENU, _("&Priors ..."), self.show_priors),
            ActionSpec(
                "frames.likelihood",
                "rate",
                _("Enter the &probability of the item"),
                self.enter_likelihood,
                ["Ctrl+Shift+E"],
                enabled=lambda: not self._session.read_only and matrix.focus == "cell",
            ),
            ActionSpec(
                "frames.likelihoods",
                "view/columns",
                _("Probability of the item in a &cell"),
                self.toggle_likelihoods,
                checked=lambda: self.likelihoods_shown,
            ),
        ]

    def show_frame(self) -> None:
        """Show whether several hypotheses of the matrix can be true at once, to be changed."""
        from ach_desk.ui.dialogs.matrix import MatrixDialog

        dialog = MatrixDialog(self._session, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()
        dialog.frame.focus_answer()

    def show_priors(self) -> None:
        """Show the priors of the matrix in front; rating goes on beside them."""
        from ach_desk.ui.frames.priors import PriorsDialog

        dialog = PriorsDialog(self._session, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def enter_likelihood(self) -> None:
        """Put the keyboard into the field for P(e|H) of the selected cell; it stays from then on."""
        self._switch(True)
        window = self._window
        window.side.bring_up(window.side.inspector_dock)
        window.inspector.focus_likelihood()

    def toggle_likelihoods(self) -> None:
        """Offer P(e|H) in the inspector, or no longer where nothing is entered."""
        self._switch(not self.likelihoods_shown)

    def restore(self, state: ViewState) -> None:
        """Offer P(e|H) where it was offered when the analysis was last looked at."""
        self._switch((state.model_extra or {}).get(_SHOWN) is True)

    def _switch(self, on: bool) -> None:
        self.likelihoods_shown = on
        if self._window.side.is_built("inspector"):
            self._tell_inspector()

    def _tell_inspector(self) -> None:
        self._window.inspector.set_likelihoods_shown(self.likelihoods_shown)

    def _remember(self, state: ViewState) -> None:
        if self.likelihoods_shown and state.model_extra is not None:
            state.model_extra[_SHOWN] = True

    def _follow(self, change: Change) -> None:
        """Ask the question when a combination came into a matrix of which it was not asked yet."""
        session = self._session
        known, matrix = session.analysis.hypotheses, session.matrix
        added = [known[ref.id] for ref in change.added if ref.kind == "hypothesis" and ref.id in known]
        made = any(entry.is_combination and entry.id in matrix.hypotheses for entry in added)
        if made and matrix.frame is None and not session.read_only:
            self.question.ask()

    @property
    def question(self) -> FrameQuestion:
        """Return the line that asks."""
        if self._question is None:
            from ach_desk.ui.frames.question import FrameQuestion

            self._question = FrameQuestion(self._window)
            self._question.priors_wanted.connect(self.show_priors)
        return self._question
