"""Guided rating in a window: its pages in the place of the matrix, the standing hidden, the pass kept for a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ach_desk.commands import retests
from ach_desk.i18n import _
from ach_desk.model import Retest, new_id, now
from ach_desk.reporting.palette import Palette
from ach_desk.ui.actions import ActionSpec
from ach_desk.ui.guided import words
from ach_desk.ui.guided.actions import HISTORY, STILL_ALLOWED, action_specs
from ach_desk.ui.guided.stage import Stage
from ach_desk.ui.guided.state import keep_pass, kept_pass

if TYPE_CHECKING:
    from ach_desk.commands import Change
    from ach_desk.ui.guided.end_page import EndPage
    from ach_desk.ui.guided.flow import Flow
    from ach_desk.ui.guided.page import RatingPage
    from ach_desk.ui.guided.plan import Cell, GuidedPass, Options
    from ach_desk.ui.window import AnalysisWindow

_KEEP_MS = 250


class Guide(QObject):
    """The guided rating of one window. `changed()`: there is a pass to go on with, or no longer."""

    changed = Signal()

    def __init__(self, window: AnalysisWindow, palette: Palette) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self._palette = palette
        self._stage = Stage(window)
        self._kept: GuidedPass | None = None
        self._flow: Flow | None = None
        self._rating_page: RatingPage | None = None
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(_KEEP_MS)
        self._keeping.timeout.connect(self._keep)
        self._session.replaced.connect(self._start_anew)
        self._session.changed.connect(self._follow)
        self._session.turning.connect(self.flush)
        self._session.turned.connect(self._turn)

    # What the window asks

    @property
    def room(self) -> QWidget:
        """Return what holds the pages; it stands beside the matrix and is hidden until there is one."""
        return self._stage.room

    @property
    def is_open(self) -> bool:
        """Return whether a page of the guide stands in the place of the matrix."""
        return self._stage.is_open

    @property
    def flow(self) -> Flow | None:
        """Return the pass at work; None while none is on the page."""
        return self._flow

    @property
    def interrupted(self) -> GuidedPass | None:
        """Return the pass that can be gone on with in the matrix that is shown."""
        kept, session = self._kept, self._session
        here = kept is not None and (kept.matrix, kept.analyst) == (session.matrix.id, session.analyst)
        return kept if here else None

    @property
    def may_begin(self) -> bool:
        """Return whether there is anything that could be rated."""
        assessment = self._session.assessment
        return not self._session.read_only and assessment.counted_items > 0 and bool(assessment.table.active.any())

    @property
    def offer(self) -> str:
        """Return what the step Rate offers: going on, or being led through the rating; "" when neither can be."""
        if not self.may_begin:
            return ""
        return words.go_on_words(self.interrupted) if self.interrupted else _("Rate item by item, led by the program")

    def action_specs(self) -> list[ActionSpec]:
        """Return the actions for the menu "rate"."""
        return action_specs(self, self._window)

    def set_palette(self, palette: Palette) -> None:
        """Show everything in the colours of `palette`."""
        self._palette = palette
        if self._rating_page is not None:
            self._rating_page.set_palette(palette)

    def flush(self) -> None:
        """Take over a reason that is still being typed."""
        if self._rating_page is not None:
            self._rating_page.flush()

    def look_for_interrupted(self) -> None:
        """Look whether a pass was interrupted before; the standing stays hidden until it is complete."""
        self._kept = kept_pass(self._window.store, self._session.analysis.id)
        interrupted = self.interrupted
        if interrupted is not None:
            self._window.matrix.set_scores_hidden(True)
            place = words.place_words(interrupted)
            text = _("The guided rating was interrupted at {place}. Ctrl+G goes on.").format(place=place)
            self._window.show_message(text)
        self._tell()

    # Beginning, going on, ending

    def open_or_go_on(self) -> None:
        """Go on with an interrupted pass, else ask what is to be rated."""
        if self.interrupted is not None:
            self.go_on()
        else:
            self.open_start()

    def open_start(self) -> None:
        """Ask what is to be rated and how."""
        from ach_desk.ui.guided.start_page import StartPage

        if not self.may_begin:
            return
        self._window.flush()
        self._session.show_sheet(self._session.me)
        self._session.show_scenario("")  # a pass asks for ratings, which a what-if leaves alone
        page = StartPage(self._session, self.interrupted)
        page.begin_requested.connect(self.begin)
        page.go_on_requested.connect(self.go_on)
        page.give_up_requested.connect(self.give_up)
        page.cancelled.connect(self.leave)
        page.result_requested.connect(self.show_retest)
        self._show(page)

    def begin(self, options: Options) -> None:
        """Begin a pass; an interrupted one is given up."""
        from ach_desk.ui.guided.plan import new_pass

        self._session.show_sheet(self._session.me)
        self._session.show_scenario("")
        session, before = self._session, self.interrupted
        guided = new_pass(session.analysis, session.matrix, session.analyst, session.assessment, options)
        guided.scores_hidden = before.scores_hidden if before else self._window.matrix.scores_hidden
        if guided.cells:
            self._run(guided)

    def go_on(self) -> None:
        """Go on with the interrupted pass."""
        if self.interrupted is not None and self.may_begin:
            self._session.show_scenario("")
            self._run(self.interrupted)

    def pause(self) -> None:
        """Go back to the matrix for now; the pass is kept, and the standing stays hidden."""
        flow = self._flow
        if flow is None:
            self.leave()
            return
        self.flush()
        cell = flow.guided.current
        self._keep()
        self.leave()
        if cell is not None:
            self._window.matrix.select_cell(*cell)
        place = words.place_words(flow.guided)
        text = _("The guided rating is interrupted at {place}. Ctrl+G goes on.").format(place=place)
        self._window.show_message(text)

    def give_up(self) -> None:
        """Forget the interrupted pass; what was rated stays, and the standing is shown as before it."""
        interrupted = self.interrupted
        if interrupted is not None:
            self._forget()
            self._window.matrix.set_scores_hidden(interrupted.scores_hidden)
        self.leave()

    def leave(self) -> None:
        """Put the matrix back into its place."""
        self._end_flow()
        self._rating_page = None
        self._stage.close()

    def show_retest(self, retest: Retest) -> None:
        """Show both ratings of every cell of a re-rating."""
        page = self._end_page()
        page.show_retest(retest)
        self._show(page)

    def _run(self, guided: GuidedPass) -> None:
        from ach_desk.ui.guided.flow import Flow
        from ach_desk.ui.guided.page import RatingPage

        self._window.matrix.set_scores_hidden(True)
        self._window.statusBar().clearMessage()
        self._end_flow()
        self._kept = guided
        self._flow = flow = Flow(self._session, guided, self)
        flow.moved.connect(self._keeping.start)
        flow.finished.connect(self._finish)
        if guided.current is None:
            self._finish()
            return
        page = RatingPage(flow, self._palette)
        page.pause_requested.connect(self.pause)
        self._show(page)
        self._rating_page = page
        self._keep()

    def _finish(self) -> None:
        flow = self._flow
        if flow is None:
            return
        self.flush()
        guided = flow.guided
        self._end_flow()
        self._forget()
        matrix = self._window.matrix
        matrix.pass_by((*guided.not_judged(), *guided.left_skipped()))
        matrix.set_scores_hidden(guided.scores_hidden)
        if guided.is_rerating and guided.rated_twice():
            self._keep_retest(guided)
            return
        page = self._end_page()
        page.show_pass(
            guided,
            _("The standing is shown again.") if matrix.scores_shown else _("The standing is hidden, as before."),
        )
        self._show(page)

    def _keep_retest(self, guided: GuidedPass) -> None:
        retest = Retest(
            id=new_id(),
            matrix=guided.matrix,
            analyst=guided.analyst,
            time=now(),
            seed=guided.options.seed,
            cells=tuple(guided.rated_twice()),
        )
        self._session.execute(retests.add_retest(self._session.analysis, retest))
        self.show_retest(retest)

    def _end_page(self) -> EndPage:
        from ach_desk.ui.guided.end_page import EndPage

        page = EndPage(self._session)
        page.closed.connect(self.leave)
        page.cell_requested.connect(self._go_to)
        return page

    def _go_to(self, cell: Cell) -> None:
        self.leave()
        self._window.matrix.select_cell(*cell)

    def _show(self, page: QWidget) -> None:
        self._rating_page = None
        self._stage.show(page, self._allows)

    def _allows(self, name: str) -> bool:
        """Return whether an action works now; in a re-rating undo would reach back to edits from before it."""
        is_rerating = self._flow is not None and self._flow.guided.is_rerating
        return name in STILL_ALLOWED and not (is_rerating and name in HISTORY)

    # What is kept

    def _keep(self) -> None:
        self._keeping.stop()
        if self._flow is not None:
            keep_pass(self._window.store, self._session.analysis.id, self._flow.guided)
            self._tell()

    def _forget(self) -> None:
        self._keeping.stop()
        self._kept = None
        keep_pass(self._window.store, self._session.analysis.id, None)
        self._tell()

    def _end_flow(self) -> None:
        self._keeping.stop()
        if self._flow is not None:
            self._flow.stop()
            self._flow = None

    def _follow(self, change: Change) -> None:
        if change.added or change.removed or change.fields:
            self.changed.emit()  # there may be something to rate now, or nothing any more

    def _turn(self) -> None:
        """Interrupt the pass when another matrix or a what-if has come to the front."""
        flow, session = self._flow, self._session
        if flow is not None and (flow.guided.matrix != session.matrix.id or session.scenario is not None):
            self.pause()
        self._tell()

    def _start_anew(self) -> None:
        self._end_flow()
        self.leave()
        self.look_for_interrupted()

    def _tell(self) -> None:
        self._window.actions_registry.refresh_soon()
        self.changed.emit()
