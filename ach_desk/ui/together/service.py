"""What several analysts do in one window; nothing of it is there, or even imported, while one works alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

from ach_desk.i18n import _
from ach_desk.scoring.group_sheet import GROUP
from ach_desk.scoring.round_states import is_private, rounds_on, running_round
from ach_desk.ui.actions import ActionSpec
from ach_desk.ui.lazy_dock import LazyDock

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from ach_desk.commands import Change
    from ach_desk.model import Round
    from ach_desk.scoring import Finding
    from ach_desk.ui.together.bar import PeopleBar
    from ach_desk.ui.together.cases import CasesPanel
    from ach_desk.ui.together.remarks import RemarksPanel
    from ach_desk.ui.widgets.askdialog import AskDialog
    from ach_desk.ui.window import AnalysisWindow

MENU = "review/together"
_KINDS = ("analyst", "round")


class Together(QObject):
    """Analysts, sheets, rounds, remarks and best cases of one window.

    Who works here is kept in the settings by analysis; the operating system is never asked.
    """

    def __init__(self, window: AnalysisWindow) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self.bar: PeopleBar | None = None
        self._dialog: QDialog | None = None
        self._revealed: set[str] = set()
        beside = window.side.charts_dock
        self.remarks_dock: LazyDock[RemarksPanel] = LazyDock(
            window, "remarks", _("Remarks"), beside, self._build_remarks
        )
        self.cases_dock: LazyDock[CasesPanel] = LazyDock(window, "cases", _("Best cases"), beside, self._build_cases)
        self._session.changed.connect(self._follow)
        self._session.turned.connect(self._refresh)
        self._session.replaced.connect(self.look)

    # What the window asks

    def look(self) -> None:
        """Find out who works here, and show the line above the matrix where there are several."""
        if self._are_several:
            self._session.be(self._kept())
        self._revealed = {entry.id for entry in self._session.analysis.rounds.values() if entry.revealed}
        self._refresh()

    def action_specs(self) -> list[ActionSpec]:
        """Return the actions for the menu "review/together"."""
        return [*self._of_people(), *self._of_rounds(), *self._of_words()]

    def selection_specs(self) -> list[ActionSpec]:
        """Return those of the actions that are about what is selected in the matrix."""
        return [self._of_remark()]

    def flush(self) -> None:
        """Take over what is being typed into the fields of an analyst."""
        panel = getattr(self._dialog, "panel", None) if self._dialog is not None and isValid(self._dialog) else None
        if panel is not None:
            panel.flush()

    def go_to(self, finding: Finding) -> None:
        """Show the remark that a point of the rail is about, in the list."""
        if finding.evidence and finding.hypotheses:
            self._window.matrix.select_cell(finding.evidence[0], finding.hypotheses[0])
        elif finding.evidence:
            self._window.matrix.select_records("evidence", list(finding.evidence))
        elif finding.hypotheses:
            self._window.matrix.select_records("hypothesis", list(finding.hypotheses))
        self.remarks_dock.bring_up()
        self.remarks_dock.panel.show_remark(finding.others[0])

    # Analysts and sheets

    def show_analysts(self) -> None:
        """Show who rates, and who works here."""
        from ach_desk.ui.together.analysts import AnalystsDialog

        dialog = AnalystsDialog(self._session, self._window)
        dialog.chosen.connect(self.i_am)
        self._open(dialog)

    def i_am(self, analyst: str) -> None:
        """Take an analyst (an id) for who works here from now on, on this machine."""
        self._window.flush()
        settings = self._window.store.settings
        settings.who_am_i = {**settings.who_am_i, self._session.analysis.id: analyst}
        self._window.store.save()
        self._session.be(analyst)
        self._refresh()
        self._window.show_message(_("You are {name}.").format(name=self._session.my_name))

    def next_sheet(self) -> None:
        """Bring the sheet of the next analyst to the front; after the last one comes the group's, then the first."""
        sheets = [*self._session.analysis.analysts, GROUP]
        at = sheets.index(self._session.analyst) if self._session.analyst in sheets else -1
        self._session.show_sheet(sheets[(at + 1) % len(sheets)])

    # Rounds

    def begin_round(self) -> None:
        """Begin a round in private."""
        from ach_desk.commands import rounds

        session = self._session
        self._window.flush()
        session.execute(rounds.start(session.analysis, session.matrix))

    def reveal(self) -> None:
        """Ask whether the ratings are to be revealed, and do it."""
        from ach_desk.ui.together.rounds import ask_to_reveal

        self._window.flush()
        ask_to_reveal(self._session, self._window)

    def close_round(self) -> None:
        """Close the round; what everybody has rated is kept with it."""
        from ach_desk.commands import rounds

        session, running = self._session, self.running
        if running is not None:
            self._window.flush()
            session.execute(rounds.close(session.analysis, running.id))

    def show_movement(self) -> None:
        """Show what moved since the last round, and whether that looks like a herd."""
        from ach_desk.ui.together.rounds import MovementDialog

        self._open(MovementDialog(self._session, self._window.matrix.select_cell, self._window))

    def state(self) -> None:
        """Ask how probable the hypotheses are, one by one."""
        from ach_desk.ui.together.estimates import EstimatesDialog

        self._open(EstimatesDialog(self._session, self._window))

    def remark(self) -> AskDialog:
        """Ask for a remark on what is selected."""
        from ach_desk.ui.together.dialogs import ask_remark

        self._window.flush()
        return ask_remark(self._session, self._window.matrix.selection(), self._window)

    @property
    def running(self) -> Round | None:
        """Return the round on the matrix in front that is not closed; None without one."""
        return running_round(self._session.analysis, self._session.matrix.id)

    @property
    def may_look(self) -> bool:
        """Return whether other sheets than my own can be looked at."""
        session, earlier = self._session, self._window.document.is_earlier
        return self._are_several and not earlier and not is_private(session.analysis, session.matrix.id)

    @property
    def can_tell_movement(self) -> bool:
        """Return whether there is an earlier round to compare with."""
        session = self._session
        return self.may_look and any(entry.sheets for entry in rounds_on(session.analysis, session.matrix.id))

    # Specs

    def _of_people(self) -> list[ActionSpec]:
        session = self._session
        return [
            ActionSpec("together.analysts", MENU, _("&Analysts ..."), self.show_analysts),
            ActionSpec(
                "together.mine",
                MENU,
                _("M&y own sheet"),
                lambda: session.show_sheet(session.me),
                ["Ctrl+Alt+M"],
                enabled=lambda: session.analyst != session.me,
                visible=lambda: self._are_several,
            ),
            ActionSpec(
                "together.next_sheet",
                MENU,
                _("&Next sheet"),
                self.next_sheet,
                ["Ctrl+Alt+N"],
                enabled=lambda: self.may_look,
                visible=lambda: self._are_several,
            ),
            ActionSpec(
                "together.group",
                MENU,
                _("&Group: median of all sheets"),
                lambda: session.show_sheet(GROUP),
                enabled=lambda: self.may_look,
                checked=lambda: session.analyst == GROUP,
                visible=lambda: self._are_several,
            ),
        ]

    def _of_rounds(self) -> list[ActionSpec]:
        session = self._session
        return [
            ActionSpec(
                "together.begin",
                MENU,
                _("&Begin a round in private"),
                self.begin_round,
                enabled=lambda: not session.read_only and bool(session.me) and self.running is None,
                visible=lambda: self._are_several,
                separator=True,
            ),
            ActionSpec(
                "together.reveal",
                MENU,
                _("&Reveal the round ..."),
                self.reveal,
                enabled=lambda: self._may_decide and is_private(session.analysis, session.matrix.id),
                visible=lambda: self._are_several,
            ),
            ActionSpec(
                "together.close",
                MENU,
                _("&Close the round"),
                self.close_round,
                enabled=lambda: (
                    self._may_decide
                    and self.running is not None
                    and not is_private(session.analysis, session.matrix.id)
                ),
                visible=lambda: self._are_several,
            ),
            ActionSpec(
                "together.moved",
                MENU,
                _("What &moved between rounds ..."),
                self.show_movement,
                enabled=lambda: self.can_tell_movement,
                visible=lambda: self._are_several,
            ),
        ]

    def _of_words(self) -> list[ActionSpec]:
        session = self._session
        return [
            ActionSpec(
                "together.state",
                MENU,
                _("How &probable, asked one by one ..."),
                self.state,
                enabled=lambda: not session.read_only and bool(session.me and session.matrix.hypotheses),
                separator=True,
            ),
            self._of_remark(),
            ActionSpec(
                "together.remarks",
                MENU,
                _("A&ll remarks"),
                lambda: self._toggle(self.remarks_dock),
                checked=lambda: self.remarks_dock.is_in_front,
            ),
            ActionSpec(
                "together.cases",
                MENU,
                _("Best ca&se for each hypothesis"),
                lambda: self._toggle(self.cases_dock),
                checked=lambda: self.cases_dock.is_in_front,
            ),
        ]

    def _of_remark(self) -> ActionSpec:
        session = self._session
        return ActionSpec(
            "together.remark", MENU, _("Remar&k ..."), self.remark, ["Ctrl+Alt+R"], lambda: not session.read_only
        )

    # Parts

    @property
    def _are_several(self) -> bool:
        return len(self._session.analysis.analysts) > 1

    @property
    def _may_decide(self) -> bool:
        return not self._session.read_only and bool(self._session.me)

    def _kept(self) -> str:
        """Return who works here by the settings: as said before, else the one who has the name in the settings."""
        settings, analysts = self._window.store.settings, self._session.analysis.analysts
        said = settings.who_am_i.get(self._session.analysis.id, "")
        if said in analysts:
            return said
        name = settings.analyst_name.strip().casefold()
        alike = [entry.id for entry in analysts.values() if name and entry.name.strip().casefold() == name]
        return alike[0] if len(alike) == 1 else ""

    def _follow(self, change: Change) -> None:
        people = any(ref.kind in _KINDS for ref in (*change.added, *change.removed))
        if people or change.touches("analyst") or change.touches("round"):
            self._keep_me()
            self._refresh()
            self._say_what_undo_hides()

    def _say_what_undo_hides(self) -> None:
        """Say it where a round that was revealed is private again, which only undo makes it."""
        seen, rounds = self._revealed, self._session.analysis.rounds.values()
        self._revealed = {entry.id for entry in rounds if entry.revealed}
        hidden = next((entry for entry in rounds if entry.id in seen - self._revealed), None)
        if hidden is not None:
            text = _("“{name}” is private again. What was seen cannot be unseen, and the history says who revealed it.")
            said = text.format(name=hidden.name)
            QTimer.singleShot(0, self, lambda: self._window.show_message(said))  # every edit first clears the bar

    def _keep_me(self) -> None:
        """Once a second analyst is there, who worked alone until now is known on this machine."""
        settings, session = self._window.store.settings, self._session
        if self._are_several and session.me and session.analysis.id not in settings.who_am_i:
            settings.who_am_i = {**settings.who_am_i, session.analysis.id: session.me}
            self._window.store.save()

    def _refresh(self) -> None:
        if self.bar is None and self._are_several:
            from ach_desk.ui.together.bar import PeopleBar

            self.bar = PeopleBar(self._session, self)
            self._window.put_line(self.bar)
        if self.bar is not None:
            self.bar.setVisible(self._are_several)
            self.bar.refresh()

    def _toggle(self, dock: LazyDock[RemarksPanel] | LazyDock[CasesPanel]) -> None:
        if dock.is_in_front:
            dock.hide()
            self._window.matrix.setFocus()
        else:
            dock.bring_up()

    def _open(self, dialog: QDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        self._dialog = dialog
        dialog.open()

    def _build_remarks(self) -> RemarksPanel:
        from ach_desk.ui.together.remarks import RemarksPanel

        panel = RemarksPanel(self._session, self._window)
        panel.place_requested.connect(self._show_place)
        panel.left.connect(self._window.matrix.setFocus)
        return panel

    def _build_cases(self) -> CasesPanel:
        from ach_desk.ui.together.cases import CasesPanel

        panel = CasesPanel(self._session, self._window)
        panel.left.connect(self._window.matrix.setFocus)
        return panel

    def _show_place(self, evidence: str, hypothesis: str) -> None:
        if evidence and hypothesis:
            self._window.matrix.select_cell(evidence, hypothesis)
        elif evidence or hypothesis:
            kind = "evidence" if evidence else "hypothesis"
            self._window.matrix.select_records(kind, [evidence or hypothesis])
