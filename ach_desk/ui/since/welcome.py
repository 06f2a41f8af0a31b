"""What a person is told on opening: where they stopped, what is open, and what the one before them left to say."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ach_desk.i18n import _, ngettext
from ach_desk.model import Analysis, ChallengeState, HandoverNote, now
from ach_desk.ui.settings import ViewState
from ach_desk.ui.since.worked import Worked, remember_worked, worked_of

if TYPE_CHECKING:
    from ach_desk.ui.widgets.quietstrip import QuietStrip
    from ach_desk.ui.window import AnalysisWindow

_AWAY_HOURS = 24


class Welcome(QObject):
    """Keeps `worked`, where this person last worked on the analysis, and shows the quiet lines that follow from it."""

    def __init__(self, window: AnalysisWindow, show_changes: Callable[[str], object]) -> None:
        super().__init__(window)
        self._window = window
        self._show_changes = show_changes
        self.worked = Worked.model_construct()
        self._at_opening = ""
        window.remembering.connect(self._remember)

    def greet(self, state: ViewState) -> None:
        """Show what there is to say, given how the analysis was last looked at."""
        analysis = self._window.session.analysis
        self.worked = worked_of(state)
        self._at_opening = _last_entry(analysis)
        note = analysis.handover
        if note is not None and note.text.strip() and note.id not in self.worked.notes:
            self._window.show_strip(self._note_strip(note))
        if self.worked.time:
            self._welcome_back()

    def _welcome_back(self) -> None:
        from ach_desk.ui.moments import hours_since
        from ach_desk.ui.widgets.quietstrip import QuietStrip

        if hours_since(self.worked.time) > _AWAY_HOURS:
            session = self._window.session
            text = returning_sentence(session.analysis, session.assessment.open_cells, self.worked)
            self._window.show_strip(QuietStrip(text, [(_("Changes since"), self._show_since_then)]))

    def _show_since_then(self) -> None:
        from ach_desk.ui.since.starts import WORKED

        self._show_changes(WORKED)

    def wrote(self, note_id: str) -> None:
        """Keep in mind that this person wrote a note, which is then no news to them."""
        self.worked.notes.append(note_id)

    def _note_strip(self, note: HandoverNote) -> QuietStrip:
        from ach_desk.ui.moments import moment_words
        from ach_desk.ui.widgets.quietstrip import QuietStrip

        head = _("Note of {time}") if not note.by else _("Note by {name}, {time}")
        head = head.format(name=note.by, time=moment_words(note.time))

        def understood() -> None:
            self.worked.notes.append(note.id)
            strip.close()
            self._window.matrix.setFocus()

        text = _("{head}: {text}").format(head=head, text=note.text)
        strip = QuietStrip(text, [(_("Understood"), understood)], closable=False)
        return strip

    def _remember(self, state: ViewState) -> None:
        """Write where work ended; a sitting without an edit leaves what was there."""
        analysis, selection = self._window.session.analysis, self._window.matrix.selection()
        last = _last_entry(analysis)
        if last != self._at_opening:
            self.worked = Worked(
                time=now(),
                entry=last,
                evidence=selection.evidence or "",
                hypothesis=selection.hypothesis or "",
                notes=self.worked.notes,
            )
        remember_worked(state, self.worked)


def returning_sentence(analysis: Analysis, open_cells: int, worked: Worked) -> str:
    """Return where work stopped and what is open: "Last worked on 3 days ago, at E7 under H2. 5 cells unrated." """
    from ach_desk.ui.moments import ago

    item, hypothesis = analysis.evidence.get(worked.evidence), analysis.hypotheses.get(worked.hypothesis)
    if item is not None and hypothesis is not None:
        place = _("{item} under {hypothesis}").format(item=item.label, hypothesis=hypothesis.label)
    else:
        place = next((record.label for record in (item, hypothesis) if record is not None), "")
    start = _("Last worked on {ago}, at {place}.") if place else _("Last worked on {ago}.")
    challenges = sum(one.state is ChallengeState.OPEN for one in analysis.challenges.values())
    cells = ngettext("{count} cell unrated", "{count} cells unrated", open_cells).format(count=open_cells)
    disputed = ngettext("{count} challenge open", "{count} challenges open", challenges).format(count=challenges)
    still = [text for text, count in ((cells, open_cells), (disputed, challenges)) if count]
    ending = f" {', '.join(still)}." if still else ""
    return start.format(ago=ago(worked.time), place=place) + ending


def _last_entry(analysis: Analysis) -> str:
    return analysis.trail[-1].id if analysis.trail else ""
