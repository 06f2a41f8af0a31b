"""The last steps in one window: the docks of conclusion and outcome, their actions, and the ways that lead there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ach_desk.commands import conclusions
from ach_desk.i18n import _
from ach_desk.ui.actions import ActionSpec
from ach_desk.ui.lazy_dock import LazyDock

if TYPE_CHECKING:
    from ach_desk.model import Conclusion, Outcome
    from ach_desk.model.values import LikelihoodScale
    from ach_desk.scoring import Finding
    from ach_desk.ui.conclusion.sheet import Sheet
    from ach_desk.ui.window import AnalysisWindow

MENU = "review/conclusion"


class Closing(QObject):
    """Conclusion and outcome of the matrix in front. Their docks are absent until first used, or the file has them."""

    def __init__(self, window: AnalysisWindow) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        beside = window.side.charts_dock
        self.conclusion_dock: LazyDock[Sheet] = LazyDock(
            window, "conclusion", _("Conclusion"), beside, self._build_conclusion
        )
        self.outcome_dock: LazyDock[Sheet] = LazyDock(window, "outcome", _("Outcome"), beside, self._build_outcome)
        for dock, records in (
            (self.conclusion_dock, self._session.analysis.conclusions),
            (self.outcome_dock, self._session.analysis.outcomes),
        ):
            if records:
                dock.show()
        beside.raise_()
        window.matrix.scores_shown_changed.connect(self._follow_scores)

    def action_specs(self) -> list[ActionSpec]:
        """Return the actions for the menu "review/conclusion"."""
        session = self._session
        return [
            ActionSpec(
                "conclusion.show",
                MENU,
                _("&Conclusion"),
                lambda: self._toggle(self.conclusion_dock),
                ["Ctrl+8"],
                checked=lambda: self.conclusion_dock.is_in_front,
            ),
            ActionSpec(
                "outcome.show",
                MENU,
                _("&Outcome and post-mortem"),
                lambda: self._toggle(self.outcome_dock),
                ["Ctrl+9"],
                checked=lambda: self.outcome_dock.is_in_front,
            ),
            ActionSpec("record.folder", MENU, _("&Record of a folder ..."), self.show_record),
            ActionSpec(
                "conclusion.delete",
                MENU,
                _("&Delete the conclusion"),
                lambda: self._delete("conclusion", self._conclusion()),
                enabled=lambda: not session.read_only and self._conclusion() is not None,
                separator=True,
            ),
            ActionSpec(
                "outcome.delete",
                MENU,
                _("De&lete the outcome"),
                lambda: self._delete("outcome", self._outcome()),
                enabled=lambda: not session.read_only and self._outcome() is not None,
            ),
        ]

    def show_conclusion(self) -> None:
        """Bring the conclusion to the front, with the keyboard in it."""
        self.conclusion_dock.bring_up()
        self.conclusion_dock.panel.focus_first()

    def show_outcome(self) -> None:
        """Bring the outcome to the front, with the keyboard in it."""
        self.outcome_dock.bring_up()
        self.outcome_dock.panel.focus_first()

    def go_to(self, finding: Finding) -> None:
        """Show the place on the page that a finding is about."""
        from ach_desk.ui.conclusion.places import focus_place

        if finding.code == "outcome":
            self.show_outcome()
            return
        self.show_conclusion()
        focus_place(self.conclusion_dock.panel, finding)

    def show_record_of(self, kind: str, record_id: str) -> None:
        """Show a conclusion or an outcome (an id), with the matrix that it is about."""
        analysis = self._session.analysis
        record = (analysis.conclusions if kind == "conclusion" else analysis.outcomes)[record_id]
        if any(matrix.id == record.matrix for matrix in analysis.matrices):
            self._session.show_matrix(record.matrix)
            dock = self.conclusion_dock if kind == "conclusion" else self.outcome_dock
            dock.panel.refresh()
            dock.show()
            dock.raise_()

    def show_record(self) -> None:
        """Ask for a folder and show the record of the analyses in it."""
        from ach_desk.ui.conclusion.record import ask_record

        ask_record(self._window)

    def flush(self) -> None:
        """Take over what is still being typed."""
        for dock in (self.conclusion_dock, self.outcome_dock):
            if dock.is_built:
                dock.panel.flush()

    def _conclusion(self) -> Conclusion | None:
        from ach_desk.model.conclusions import conclusion_on

        return conclusion_on(self._session.analysis, self._session.matrix.id)

    def _outcome(self) -> Outcome | None:
        from ach_desk.model.conclusions import outcome_of

        return outcome_of(self._session.analysis, self._session.matrix.id)

    def _toggle(self, dock: LazyDock[Sheet]) -> None:
        if dock.is_in_front:
            dock.panel.flush()
            dock.hide()
            self._window.matrix.setFocus()
        elif dock is self.conclusion_dock:
            self.show_conclusion()
        else:
            self.show_outcome()

    def _delete(self, kind: str, record: Conclusion | Outcome | None) -> None:
        if record is not None:
            self.flush()
            self._session.execute(conclusions.delete(self._session.analysis, kind, record.id))

    def _build_conclusion(self) -> Sheet:
        from ach_desk.ui.conclusion.page import ConclusionFields
        from ach_desk.ui.conclusion.sheet import Sheet
        from ach_desk.ui.conclusion.start import ScaleQuestion

        start, fields = ScaleQuestion(), ConclusionFields(self._session)
        self._fields = fields
        fields.scores_shown = self._window.matrix.scores_shown
        start.chosen.connect(self._begin)
        return self._wired(Sheet(self._session, _("Conclusion"), start, fields, self._conclusion, self._window))

    def _build_outcome(self) -> Sheet:
        from ach_desk.ui.conclusion.outcome import OutcomeFields, OutcomeStart
        from ach_desk.ui.conclusion.sheet import Sheet

        start, fields = OutcomeStart(), OutcomeFields(self._session)
        start.begun.connect(self._begin_outcome)
        fields.item_requested.connect(lambda item: self._window.matrix.select_records("evidence", [item]))
        return self._wired(Sheet(self._session, _("Outcome"), start, fields, self._outcome, self._window))

    def _wired(self, sheet: Sheet) -> Sheet:
        sheet.link_activated.connect(self._window.follow_link)
        sheet.left.connect(self._window.matrix.setFocus)
        return sheet

    def _begin(self, scale: LikelihoodScale) -> None:
        session = self._session
        session.execute(conclusions.begin(session.analysis, session.matrix, session.me, scale))
        self.conclusion_dock.panel.refresh()
        self.conclusion_dock.panel.focus_first()

    def _begin_outcome(self) -> None:
        session = self._session
        session.execute(conclusions.begin_outcome(session.analysis, session.matrix, session.me))
        self.outcome_dock.panel.refresh()
        self.outcome_dock.panel.focus_first()

    def _follow_scores(self, scores_shown: bool) -> None:
        if self.conclusion_dock.is_built:
            self._fields.scores_shown = scores_shown
            self.conclusion_dock.panel.refresh()
