"""The quiet line that proposes a higher marking when an item is marked higher than the analysis. It forces nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ach_desk.commands import edits, findings
from ach_desk.i18n import _
from ach_desk.scoring import marking_findings

if TYPE_CHECKING:
    from ach_desk.commands import Change
    from ach_desk.scoring import Finding
    from ach_desk.scoring.marking_findings import MarkingGap
    from ach_desk.ui.widgets.askdialog import AskDialog
    from ach_desk.ui.widgets.quietstrip import QuietStrip
    from ach_desk.ui.window import AnalysisWindow


class MarkingProposal(QObject):
    """Follows the markings of one window's analysis; a line that was closed comes back for another proposal only."""

    def __init__(self, window: AnalysisWindow) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self.strip: QuietStrip | None = None
        self._said = ""
        self._closed: set[str] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.look)
        self._session.changed.connect(self._follow)
        self._session.replaced.connect(self._soon.start)
        self._soon.start()

    def look(self) -> None:
        """Show the line where there is something to propose, and take it away where there is nothing any more."""
        if not self._said and not any(item.marking for item in self._session.analysis.evidence.values()):
            return
        gap = marking_findings.marking_gap(self._session.analysis)
        text = self._sentence(gap) if gap.above and not self._session.read_only and not self._is_set_aside() else ""
        if text == self._said:
            return
        self._take_away()
        self._said = text
        if text and text not in self._closed:
            self._show(text, gap.proposal)

    def _follow(self, change: Change) -> None:
        kinds = (("evidence", "marking"), ("analysis", "marking"), ("finding_set_aside",))
        if any(change.touches(*of) for of in kinds):
            self._soon.start()

    def _finding(self) -> Finding | None:
        every = marking_findings.marking_findings(self._session.analysis)
        return next((found for found in every if found.code == marking_findings.LOWER), None)

    def _is_set_aside(self) -> bool:
        found = self._finding()
        kept = self._session.analysis.findings_set_aside.values()
        lower = [entry.facts for entry in kept if entry.code == marking_findings.LOWER]
        return found is not None and found.facts in lower

    def _sentence(self, gap: MarkingGap) -> str:
        own = self._session.analysis.marking.strip()
        if len(gap.above) == 1:
            text = _("{label} is marked {marking}, the analysis {own}.")
            if not own:
                text = _("{label} is marked {marking}, the analysis has no marking.")
            return text.format(label=gap.above[0].label, marking=gap.top, own=own)
        text = _("{count} items are marked up to {marking}, the analysis {own}.")
        if not own:
            text = _("{count} items are marked up to {marking}, the analysis has no marking.")
        return text.format(count=len(gap.above), marking=gap.top, own=own)

    def _show(self, text: str, proposal: str) -> None:
        from ach_desk.ui.widgets.quietstrip import QuietStrip

        take = (_("Mark the analysis {marking}").format(marking=proposal), lambda: self._take(proposal))
        leave = (_("Leave it ..."), self.ask_reason)
        self.strip = QuietStrip(text, [take, leave])
        self.strip.close_button.clicked.connect(lambda: self._note_closed(text))
        self._window.show_strip(self.strip)

    def _take(self, proposal: str) -> None:
        session = self._session
        text = _("Mark the analysis {marking}").format(marking=proposal)
        session.execute(edits.set_field(session.analysis, "analysis", [session.analysis.id], "marking", proposal, text))

    def ask_reason(self) -> AskDialog:
        """Ask why the marking stays lower, and set the point aside with that; return the dialog."""
        from ach_desk.ui.widgets.askdialog import AskDialog, text_field

        dialog = AskDialog(
            _("Leave the marking lower"),
            [(_("Because"), text_field())],
            _("Leave it"),
            lambda values: self._leave(values[0]),
            explanation=self._said,
            parent=self._window,
        )
        dialog.open()
        return dialog

    def _leave(self, reason: str) -> None:
        session, found = self._session, self._finding()
        if found is not None:
            session.execute(findings.set_aside(session.analysis, session.matrix.id, found, reason, session.my_name))

    def _note_closed(self, text: str) -> None:
        self._closed.add(text)
        self.strip = None

    def _take_away(self) -> None:
        if self.strip is not None:
            self.strip.close()
        self.strip = None
