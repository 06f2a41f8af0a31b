"""What a window does with sources: their dock, and the actions on sources and grades."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ach_desk.commands import sources
from ach_desk.i18n import _, ngettext
from ach_desk.model import GradingScheme
from ach_desk.model.grade_words import scheme_word
from ach_desk.scoring import sources as scored_sources
from ach_desk.ui.actions import ActionSpec
from ach_desk.ui.lazy_dock import LazyDock

if TYPE_CHECKING:
    from ach_desk.ui.sources.panel import SourcesPanel
    from ach_desk.ui.widgets.askdialog import AskDialog
    from ach_desk.ui.window import AnalysisWindow

MENU = "edit/sources"


class SourcesDesk(QObject):
    """The sources of one window."""

    def __init__(self, window: AnalysisWindow) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self.dock: LazyDock[SourcesPanel] = LazyDock(
            window, "sources", _("Sources"), window.side.charts_dock, self._build
        )
        window.matrix.scores_shown_changed.connect(self._follow_scores)

    @property
    def panel(self) -> SourcesPanel:
        """Return the panel, built now when it was not asked for before."""
        return self.dock.panel

    def show(self, source: str = "") -> None:
        """Bring the sources up, with this one (an id) chosen."""
        self._window.flush()
        self.dock.bring_up()
        if source:
            self.panel.choose(source)

    def toggle(self) -> None:
        """Bring the sources up, or hide them when they are in front; the keyboard goes back to the matrix then."""
        if self.dock.is_in_front:
            self.flush()
            self.dock.hide()
            self._window.matrix.setFocus()
        else:
            self.show()

    def flush(self) -> None:
        """Take over what is still being typed."""
        if self.dock.is_built:
            self.panel.flush()

    def add(self) -> None:
        """Add a source and put the keyboard into its name."""
        self.show()
        self.panel.add_source()

    def ask_retraction(self, source: str = "") -> AskDialog | None:
        """Ask why a source (an id; "": the one that is chosen) is retracted; None when there is none."""
        from ach_desk.ui.sources.dialogs import ask_retraction

        self._window.flush()
        record = self._session.analysis.sources.get(source or self._current)
        if record is None:
            return None
        return ask_retraction(
            self._session.analysis, record, lambda reason: self._retract(record.id, reason), self._window
        )

    def ask_merge(self, source: str = "") -> AskDialog | None:
        """Ask into which source another one (an id; "": the chosen one) is merged; None when there is no pair."""
        from ach_desk.ui.sources.dialogs import ask_merge

        self._window.flush()
        analysis = self._session.analysis
        record = analysis.sources.get(source or self._current)
        if record is None or len(analysis.sources) < 2:
            return None
        return ask_merge(analysis, record, lambda into: self._merge(record.id, into), self._window)

    def believe(self, source: str) -> None:
        """Believe a source (an id) again that was retracted."""
        session = self._session
        label, before = session.analysis.sources[source].label, session.as_rated
        self._window.flush()
        session.execute(sources.unretract(session.analysis, source))
        self._say(_("{source} is believed again.").format(source=label), before.counted_items)

    def ask_rule(self) -> None:
        """Show the rule by which grades propose a credibility."""
        from ach_desk.ui.sources.rule import RuleDialog

        dialog = RuleDialog(self._session, self._window)
        dialog.open()

    def action_specs(self) -> list[ActionSpec]:
        """Return the actions for the menu "edit/sources"."""
        session = self._session
        may_edit = lambda: not session.read_only  # noqa: E731
        as_rated = lambda: not session.read_only and session.scenario is None  # noqa: E731
        return [
            ActionSpec(
                "sources",
                MENU,
                _("&All sources"),
                self.toggle,
                ["Ctrl+Alt+S"],
                checked=lambda: self.dock.is_in_front,
                separator=True,
            ),
            ActionSpec("sources.add", MENU, _("A&dd a source"), self.add, enabled=may_edit),
            ActionSpec(
                "sources.retract",
                MENU,
                _("&Retract the source ..."),
                self.ask_retraction,
                enabled=lambda: as_rated() and self._may_retract(),
            ),
            ActionSpec(
                "sources.merge",
                MENU,
                _("&Merge the source into another one ..."),
                self.ask_merge,
                enabled=lambda: may_edit() and bool(self._current) and len(session.analysis.sources) > 1,
            ),
            *self._grading_specs(),
        ]

    def _grading_specs(self) -> list[ActionSpec]:
        session, matrix = self._session, self._window.matrix
        may_edit = lambda: not session.read_only  # noqa: E731
        schemes = [
            ActionSpec(
                f"grading.{scheme.value}",
                MENU,
                _("Grade by: {scheme}").format(scheme=scheme_word(scheme)),
                lambda scheme=scheme: session.execute(sources.set_scheme(session.analysis, scheme)),
                enabled=may_edit,
                checked=lambda scheme=scheme: session.analysis.grading is scheme,
                separator=scheme is GradingScheme.ADMIRALTY,
            )
            for scheme in GradingScheme
        ]
        return [
            *schemes,
            ActionSpec("grading.rule", MENU, _("R&ule for the credibility ..."), self.ask_rule, separator=True),
            ActionSpec(
                "grading.take",
                MENU,
                _("&Take the proposed credibility"),
                lambda: self.take_proposals(matrix.selection().items),
                enabled=lambda: may_edit() and bool(matrix.selection().items) and bool(session.analysis.sources),
            ),
            ActionSpec(
                "grading.take_all",
                MENU,
                _("Take the proposed credibility of a&ll items"),
                lambda: self.take_proposals(session.matrix.evidence),
                enabled=lambda: may_edit() and bool(session.analysis.sources),
            ),
        ]

    def take_proposals(self, items: tuple[str, ...] | list[str]) -> None:
        """Give items (ids) the credibility that their grades propose, as one step, and say how many had one."""
        session = self._session
        known = [entry for entry in items if entry in session.analysis.evidence]
        command = sources.take_proposals(session.analysis, known)
        changed = len({entry.id for entry in command.changes})
        session.execute(command)
        text = ngettext(
            "The credibility of {count} item was taken from its grades.",
            "The credibility of {count} items was taken from their grades.",
            changed,
        )
        none = _("Nothing was changed: where grades propose anything, it is set already.")
        self._window.show_message(text.format(count=changed) if changed else none)

    @property
    def _current(self) -> str:
        return self.panel.current if self.dock.is_built and self.dock.isVisible() else ""

    def _may_retract(self) -> bool:
        source = self._session.analysis.sources.get(self._current)
        return source is not None and not source.retracted

    def _retract(self, source: str, reason: str) -> None:
        session = self._session
        record, before = session.analysis.sources[source], session.as_rated
        session.history.end_merging()
        session.execute(sources.retract(session.analysis, source, reason))
        said = _("{source} is retracted.").format(source=record.label)
        if self._window.matrix.scores_shown:
            effect = scored_sources.without_sentence(record, before, session.as_rated)
            if self.dock.is_built:
                self.panel.editor.retraction.say(source, effect)
                self.panel.refresh()
            said = effect
        self._say(said, before.counted_items)

    def _say(self, said: str, counted_before: int) -> None:
        """Say something in the status bar with how many items count less or more than before."""
        more = self._session.as_rated.counted_items - counted_before
        if more < 0:
            text = ngettext("{count} item was set aside.", "{count} items were set aside.", -more)
            said = f"{said} {text.format(count=-more)}"
        elif more > 0:
            text = ngettext("{count} item counts again.", "{count} items count again.", more)
            said = f"{said} {text.format(count=more)}"
        self._window.show_message(said)

    def _merge(self, source: str, into: str) -> None:
        session = self._session
        if into in session.analysis.sources and source in session.analysis.sources:
            session.execute(sources.merge(session.analysis, into, [source]))
            if self.dock.is_built:
                self.panel.choose(into)

    def _build(self) -> SourcesPanel:
        from ach_desk.ui.sources.panel import SourcesPanel

        window = self._window
        panel = SourcesPanel(self._session, window)
        panel.set_scores_shown(window.matrix.scores_shown)
        panel.link_activated.connect(window.follow_link)
        panel.left.connect(window.matrix.setFocus)
        panel.retract_requested.connect(self.ask_retraction)
        panel.believe_requested.connect(self.believe)
        panel.merge_requested.connect(self.ask_merge)
        panel.list.selectionModel().currentChanged.connect(window.actions_registry.refresh_soon)
        return panel

    def _follow_scores(self, scores_shown: bool) -> None:
        if self.dock.is_built:
            self.panel.set_scores_shown(scores_shown)
