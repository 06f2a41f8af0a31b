"""Looking back: history, changes since, baselines, challenges and the note to the next analyst, for one window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ach_desk.commands import edits, snapshots, trail
from ach_desk.i18n import _
from ach_desk.model import HandoverNote, SnapshotKind, new_id, now
from ach_desk.ui.actions import ActionSpec
from ach_desk.ui.challenges.index import can_be_challenged
from ach_desk.ui.lazy_dock import LazyDock
from ach_desk.ui.since.welcome import Welcome

if TYPE_CHECKING:
    from ach_desk.commands.trail import Earlier
    from ach_desk.reporting.comparison import Comparison
    from ach_desk.reporting.print_options import PrintOptions
    from ach_desk.reporting.typesetting import PrintJob
    from ach_desk.ui.application import Desktop
    from ach_desk.ui.background import Cancel
    from ach_desk.ui.history_panel import HistoryPanel
    from ach_desk.ui.settings import ViewState
    from ach_desk.ui.since.panel import SincePanel
    from ach_desk.ui.widgets.askdialog import AskDialog, Field
    from ach_desk.ui.window import AnalysisWindow


class Review(QObject):
    """What the menu "Review" offers on the past of an analysis."""

    def __init__(self, window: AnalysisWindow, desktop: Desktop) -> None:
        super().__init__(window)
        self._window, self._desktop = window, desktop
        self._session = window.session
        self.welcome = Welcome(window, self.show_changes)
        beside = window.side.charts_dock
        self.history_dock: LazyDock[HistoryPanel] = LazyDock(
            window, "history", _("History"), beside, self._build_history
        )
        self.since_dock: LazyDock[SincePanel] = LazyDock(window, "since", _("Changes since"), beside, self._build_since)
        window.matrix.scores_shown_changed.connect(self._follow_scores)
        window.side.inspector_built.connect(self._connect_inspector)

    def action_specs(self) -> list[ActionSpec]:
        """Return the actions for the menus "review" and "review/history"."""
        session = self._session
        challenge, history = self.selection_specs()
        return [
            challenge,
            ActionSpec(
                "review.handover",
                "review",
                _("&Note to the next analyst ..."),
                self.write_note,
                enabled=lambda: not session.read_only,
            ),
            ActionSpec(
                "review.changes",
                "review/history",
                _("Changes &since ..."),
                self.show_changes,
                ["Ctrl+Shift+G"],
            ),
            ActionSpec(
                "review.freeze",
                "review/history",
                _("Freeze a &baseline ..."),
                self.freeze,
                ["Ctrl+Shift+B"],
                lambda: not session.read_only,
            ),
            ActionSpec(
                "review.history",
                "review/history",
                _("&History"),
                self.toggle_history,
                ["Ctrl+5"],
                checked=lambda: self.history_dock.is_in_front,
            ),
            history,
        ]

    def selection_specs(self) -> list[ActionSpec]:
        """Return those of the actions that are about what is selected in the matrix."""
        session, matrix = self._session, self._window.matrix
        return [
            ActionSpec(
                "review.challenge",
                "review",
                _("&Challenge ..."),
                self.challenge,
                ["Ctrl+Shift+K"],
                lambda: not session.read_only and can_be_challenged(matrix.selection()),
            ),
            ActionSpec(
                "review.cell_history",
                "review/history",
                _("History of what is s&elected"),
                partial(self.show_history, only_selected=True),
                enabled=lambda: bool(matrix.focus),
            ),
        ]

    def greet(self, state: ViewState) -> None:
        """Say what there is to say on opening, given how the analysis was last looked at."""
        self.welcome.greet(state)
        self._window.watching.greet()
        if self.since_dock.is_built:  # it was open when the window was last closed
            self._since.offer()

    def toggle_history(self) -> None:
        """Bring the history up, or hide it when it is in front; the keyboard goes back to the matrix then."""
        if self.history_dock.is_in_front:
            self.history_dock.hide()
            self._window.matrix.setFocus()
        else:
            self.show_history()

    def show_history(self, *, only_selected: bool = False) -> None:
        """Bring the history up, with the keyboard in its list."""
        self._history.only_selected.setChecked(only_selected)
        self.history_dock.bring_up()
        self._history.entries.setFocus()

    def show_changes(self, key: str = "") -> None:
        """Bring the changes up, since the start of that key; "" leaves the one that is chosen."""
        self._window.flush()
        self.since_dock.bring_up()
        self._since.offer(key)
        self._since.start.setFocus()

    def freeze(self) -> AskDialog:
        """Ask for the name of a baseline and freeze the present state under it."""
        from ach_desk.ui.widgets.askdialog import line_field, text_field

        fields: list[tuple[str, Field]] = [(_("Name"), line_field()), (_("Note"), text_field(lines=(2, 6)))]
        text = _("A baseline keeps the present state under a name. You can look at it and compare with it at any time.")
        return self._ask(_("Freeze a baseline"), fields, _("Freeze"), self._freeze, text)

    def challenge(self) -> AskDialog:
        """Ask for a challenge to what is selected."""
        from ach_desk.ui.challenges.dialogs import ask_challenge

        self._window.flush()
        return ask_challenge(self._session, self._window.matrix.selection(), self._name(), self._window)

    def write_note(self) -> AskDialog:
        """Ask for the note to the next analyst; an empty one takes it away."""
        from ach_desk.ui.widgets.askdialog import line_field, text_field

        present = self._session.analysis.handover
        fields: list[tuple[str, Field]] = [
            (_("Note"), text_field(present.text if present else "", lines=(5, 12))),
            (_("By"), line_field(present.by if present else self._name())),
        ]
        text = _("Shown to the next person who opens this analysis. Leave it empty to have none.")
        return self._ask(_("Note to the next analyst"), fields, _("Keep"), self._keep_note, text, needed=None)

    def open_entry(self, entry_id: str) -> None:
        """Open the analysis as it was after an entry of the trail."""
        from ach_desk.ui.moments import moment_words

        analysis = self._session.analysis
        time = next((entry.time for entry in analysis.trail if entry.id == entry_id), "")
        self.open_state(trail.as_of_entry(analysis, entry_id), moment_words(time))

    def open_state(self, earlier: Earlier, when: str) -> None:
        """Open an earlier state in a window of its own."""
        from ach_desk.ui.history_panel.earlier import open_earlier

        open_earlier(self._desktop, self._window, earlier, when)

    @property
    def _history(self) -> HistoryPanel:
        return self.history_dock.panel

    @property
    def _since(self) -> SincePanel:
        return self.since_dock.panel

    def _build_history(self) -> HistoryPanel:
        from ach_desk.ui.history_panel import HistoryPanel

        panel = HistoryPanel(self._session, self._window.background, self._window)
        panel.place_requested.connect(self._window.show_block)
        panel.earlier_requested.connect(self.open_entry)
        panel.show_selection(self._window.matrix.selection())
        self._window.matrix.selection_changed.connect(panel.show_selection)
        return panel

    def _build_since(self) -> SincePanel:
        from ach_desk.ui.since.panel import SincePanel

        panel = SincePanel(self._session, self._window.background, lambda: self.welcome.worked, self._window)
        panel.set_scores_shown(self._window.matrix.scores_shown)
        panel.place_requested.connect(self._show_place)
        panel.earlier_requested.connect(self.open_state)
        panel.print_requested.connect(self._print_changes)
        return panel

    def _connect_inspector(self) -> None:
        self._window.inspector.history_requested.connect(partial(self.show_history, only_selected=True))

    def _follow_scores(self, scores_shown: bool) -> None:
        if self.since_dock.is_built:
            self._since.set_scores_shown(scores_shown)

    def _show_place(self, evidence: str, hypothesis: str, source: str) -> None:
        if source:
            self._window.follow_link("source", source)
        else:
            self._window.show_block(evidence, hypothesis)

    def _print_changes(self, title: str, comparison: Comparison) -> None:
        present = self._session.shown_analysis()
        matrix, analyst = present.matrix(self._session.matrix.id), self._session.analyst

        def contents(options: PrintOptions, _cancel: Cancel) -> PrintJob:
            from ach_desk.reporting import document

            return document.changes_document(present, matrix, analyst, title, comparison, options)

        self._desktop.files(self._window).print_preview(contents)

    def _freeze(self, values: list[str]) -> None:
        session = self._session
        name, note = (value.strip() for value in values)
        self._window.flush()
        session.history.end_merging()
        kept = snapshots.snapshot_of(
            session.analysis, session.matrix, session.analyst, SnapshotKind.BASELINE, name=name, note=note
        )
        session.execute(snapshots.keep(session.analysis, kept))
        self._window.show_message(_("The baseline “{name}” is frozen.").format(name=name))

    def _keep_note(self, values: list[str]) -> None:
        text, by = (value.strip() for value in values)
        note = HandoverNote(id=new_id(), text=text, by=by, time=now()) if text else None
        if note is not None:
            self.welcome.wrote(note.id)
        analysis = self._session.analysis
        words = _("Note to the next analyst")
        self._session.execute(edits.set_field(analysis, "analysis", [analysis.id], "handover", note, words))

    def _name(self) -> str:
        return self._window.store.settings.analyst_name or self._session.my_name

    def _ask(
        self,
        title: str,
        fields: Sequence[tuple[str, Field]],
        accept: str,
        take: Callable[[list[str]], object],
        explanation: str,
        needed: int | None = 0,
    ) -> AskDialog:
        from ach_desk.ui.widgets.askdialog import AskDialog

        dialog = AskDialog(title, fields, accept, take, explanation=explanation, needed=needed, parent=self._window)
        dialog.open()
        return dialog
