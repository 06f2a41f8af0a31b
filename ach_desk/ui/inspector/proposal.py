"""Beside the credibility: what the grades propose, why, and a button that takes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ach_desk.commands import sources
from ach_desk.i18n import _, ngettext
from ach_desk.model import EvidenceItem
from ach_desk.model.grade_words import said_grade, source_grade
from ach_desk.model.words import level_word
from ach_desk.scoring.credibility import Grading, grading_of, proposal, proposed_level
from ach_desk.ui.session import Session
from ach_desk.ui.widgets.labels import STEP, named, plain


class ProposalNote(QWidget):
    """Absent until something is graded that the items cite. `ids` says which items are shown."""

    def __init__(self, session: Session, ids: Callable[[], Sequence[str]]) -> None:
        super().__init__()
        self._session, self._ids = session, ids
        self.words = plain(muted=True)
        self.button = named(QPushButton(), _("Take the proposal"))
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP // 2)
        column.addWidget(self.words)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)

    def refresh(self) -> None:
        """Show the proposal as it is now."""
        grading = grading_of(self._session.analysis)
        items = [
            item
            for entry in self._ids()
            if (item := self._session.analysis.evidence.get(entry)) is not None and _is_graded(item, grading)
        ]
        self.setVisible(bool(items))
        if not items:
            return
        changing = [item for item in items if _would_change(item, grading)]
        self.words.setText(proposal(items[0], grading).reason if len(items) == 1 else _several(items, grading))
        self._word(changing, grading)
        self.button.setVisible(bool(changing))
        self.button.setEnabled(not self._session.read_only)

    def _word(self, changing: list[EvidenceItem], grading: Grading) -> None:
        count = len(changing)
        if count == 1:
            level = proposed_level(changing[0], grading)
            text = _("Set it to {level}").format(level=level_word(level)) if level else _("Take the credibility away")
            if level is changing[0].credibility and level is not None:
                text = _("Take it from the grades")
        else:
            text = ngettext("Take the {count} proposal", "Take the {count} proposals", count).format(count=count)
        self.button.setText(text)
        named(self.button, text)

    def _take(self) -> None:
        session = self._session
        session.execute(sources.take_proposals(session.analysis, self._ids()))
        self.refresh()


def _is_graded(item: EvidenceItem, grading: Grading) -> bool:
    """Return whether grades have anything to say of an item."""
    if item.credibility_from_grades:
        return True
    known = grading.sources
    return any(
        said_grade(citation, grading.scheme) or source_grade(known[citation.source], grading.scheme)
        for citation in item.citations
        if citation.source in known
    )


def _would_change(item: EvidenceItem, grading: Grading) -> bool:
    level = proposed_level(item, grading)
    if level is None:
        return item.credibility_from_grades
    return (item.credibility, item.credibility_from_grades) != (level, True)


def _several(items: list[EvidenceItem], grading: Grading) -> str:
    count = sum(proposed_level(item, grading) is not None for item in items)
    text = ngettext(
        "The grades propose a credibility for {count} item.",
        "The grades propose a credibility for {count} items.",
        count,
    )
    return text.format(count=count)
