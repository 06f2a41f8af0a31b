"""Credibility with what grades propose for it; relevance beside it once it is switched on or an item has one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ach_desk.i18n import _
from ach_desk.ui.inspector.proposal import ProposalNote
from ach_desk.ui.session import Session
from ach_desk.ui.widgets.editors import ChoiceEditor, beside
from ach_desk.ui.widgets.labels import STEP, plain


class CredibilityFields(QWidget):
    """The two levels that weigh an item."""

    def __init__(
        self, session: Session, credibility: ChoiceEditor, relevance: ChoiceEditor, ids: Callable[[], Sequence[str]]
    ) -> None:
        super().__init__()
        self._session, self._relevance = session, relevance
        self.relevance_on = False
        self.proposal = ProposalNote(session, ids)
        self.warning = plain(_("Relevance: mostly already in the rating."), muted=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP // 2)
        for part in (beside(credibility, relevance), self.warning, self.proposal):
            column.addWidget(part)

    @property
    def is_used(self) -> bool:
        """Return whether there is something to show beyond levels that are not set."""
        return self.relevance_on or not self.proposal.isHidden()

    def refresh(self) -> None:
        """Show what belongs to the present items."""
        shown = self._shows_relevance()
        self._relevance.setVisible(shown)
        self.warning.setVisible(shown)
        self.proposal.refresh()

    def _shows_relevance(self) -> bool:
        return self.relevance_on or any(item.relevance is not None for item in self._session.as_rated.items)
