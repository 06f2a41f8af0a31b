"""The inspector: the panel that fits the selection, brought up to date after the window has painted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from ach_desk.commands import Change
from ach_desk.i18n import _, ngettext
from ach_desk.ui.inspector.analysis import AnalysisPanel
from ach_desk.ui.inspector.cell import CellPanel
from ach_desk.ui.inspector.hypothesis import HypothesisPanel
from ach_desk.ui.inspector.item import ItemPanel, SeveralItemsPanel
from ach_desk.ui.inspector.sections import Section, restore
from ach_desk.ui.selection import Selection
from ach_desk.ui.session import Session
from ach_desk.ui.settings import SettingsStore
from ach_desk.ui.widgets.editors import TextEditor
from ach_desk.ui.widgets.labels import named
from ach_desk.ui.widgets.panel import Panel, bring_into_view, scrolled

_CELL, _ITEM, _HYPOTHESIS, _ANALYSIS = range(4)
_TAB_OF_FOCUS = {"cell": _CELL, "evidence": _ITEM, "hypothesis": _HYPOTHESIS, "": _ANALYSIS}

_PANELS = ("cell", "item", "several", "hypothesis", "analysis")
_P = TypeVar("_P", bound=Panel)

REST_MS = 25
"""A moment after the last key press, so that cells and scores are painted before the inspector follows."""


class Inspector(QWidget):
    """Every field of what is selected, editable. Each panel is built when it is first asked for.

    link_activated(kind, id): a label in a text was followed. cell_requested(item, hypothesis): a cell is to be shown.
    history_requested(): the whole history of the selected cell is wanted.
    """

    link_activated = Signal(str, str)
    cell_requested = Signal(str, str)
    history_requested = Signal()
    left = Signal()

    def __init__(self, session: Session, store: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self._store = session, store
        self.selection = Selection()
        self._scores_shown = True
        self._relevance_on = False
        self._likelihoods_shown = False
        self.tabs = named(QTabBar(), _("What the inspector shows"))
        self.tabs.setDocumentMode(True)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for _tab in range(4):
            self.tabs.addTab("")
        self._stack = QStackedWidget()
        self._pages: dict[Panel, int] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._connect()
        self.show_selection(self.selection)
        self.catch_up()

    def _connect(self) -> None:
        self._rest.timeout.connect(self._catch_up_if_seen)
        self.tabs.currentChanged.connect(lambda _index: self.catch_up())
        self.session.changed.connect(self._follow)
        self.session.replaced.connect(self._start_anew)
        self.session.turning.connect(self.flush)
        self.session.turned.connect(self._rest.start)
        self.session.findings_changed.connect(self._rest.start)

    # The panels

    @cached_property
    def cell(self) -> CellPanel:
        """The rating of one cell."""
        panel = self._taken_in(CellPanel(self.session))
        panel.likelihood.switched_on = self._likelihoods_shown
        panel.history.history_requested.connect(self.history_requested)
        return panel

    @cached_property
    def item(self) -> ItemPanel:
        """One item."""
        panel = self._taken_in(ItemPanel(self.session))
        panel.source_requested.connect(lambda source: self.link_activated.emit("source", source))
        panel.doubt.cell_requested.connect(self.cell_requested)
        return panel

    @cached_property
    def several(self) -> SeveralItemsPanel:
        """What several items have in common."""
        return self._taken_in(SeveralItemsPanel(self.session))

    @cached_property
    def hypothesis(self) -> HypothesisPanel:
        """One hypothesis."""
        return self._taken_in(HypothesisPanel(self.session))

    @cached_property
    def analysis(self) -> AnalysisPanel:
        """The analysis itself."""
        return self._taken_in(AnalysisPanel(self.session))

    def _taken_in(self, panel: _P) -> _P:
        """Put a new panel into the inspector, as the settings and the matrix have it."""
        self._pages[panel] = self._stack.addWidget(scrolled(panel))
        panel.link_activated.connect(self.link_activated)
        if panel.more is not None:
            panel.more.set_open(self._store.settings.inspector_more)
            panel.more.switched.connect(self._remember_more)
        if isinstance(panel, (ItemPanel, SeveralItemsPanel)):
            panel.grading.relevance_on = self._relevance_on
            for section in panel.sections:
                section.switched.connect(self._remember_section)
            restore(panel.sections, self._store.settings.inspector_sections)
        self._tell_scores(panel)
        return panel

    def build_next(self) -> bool:
        """Build one of the panels that nobody has asked for yet; return whether there was one."""
        for name in _PANELS:
            if name not in self.__dict__:
                getattr(self, name)
                return True
        return False

    def show_selection(self, selection: Selection) -> None:
        """Show what is selected. What was typed before is taken over first; the fields follow a moment later.

        A person who chose another tab than the selection's own keeps it while they walk through the matrix.
        """
        self.flush()
        focus_before, self.selection = self.selection.focus, selection
        self._show_tabs()
        wanted = _TAB_OF_FOCUS[selection.focus]
        current = self.tabs.currentIndex()
        if selection.focus != focus_before or not self.tabs.isTabEnabled(current):
            wanted = wanted if self.tabs.isTabEnabled(wanted) else _ANALYSIS
            if wanted != current:
                blocked = self.tabs.blockSignals(True)
                self.tabs.setCurrentIndex(wanted)
                self.tabs.blockSignals(blocked)
        self._rest.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape and Ctrl+Return end typing: what was typed is kept and the keyboard goes back to the matrix."""
        ends = event.key() == Qt.Key.Key_Escape or (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        )
        if ends:
            self.flush()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def flush(self) -> None:
        """Take over everything that is typed and not yet in the analysis; called before saving and closing."""
        for panel in self._pages:
            panel.flush()

    def refresh(self) -> None:
        """Show everything anew, for instance after the analysis became read-only."""
        self.catch_up()

    def focus_rationale(self) -> None:
        """Put the keyboard into the rationale of the selected cell, at its end."""
        if self.selection.evidence is None or self.selection.hypothesis is None:
            return
        self.tabs.setCurrentIndex(_CELL)
        self.catch_up()
        box = self.cell.rationale.box
        box.moveCursor(box.textCursor().MoveOperation.End)
        box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        area = self._stack.currentWidget()
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(box)

    def focus_likelihood(self) -> None:
        """Put the keyboard into P(e|H) of the selected cell."""
        self.tabs.setCurrentIndex(_CELL)
        self.catch_up()
        self.cell.likelihood.text.box.selectAll()
        self.cell.likelihood.text.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        bring_into_view(self.cell.likelihood)

    def set_likelihoods_shown(self, shown: bool) -> None:
        """Offer P(e|H) of cells, or no longer where the matrix holds none."""
        self._likelihoods_shown = shown
        if "cell" in self.__dict__:
            self.cell.likelihood.switched_on = shown
        self._rest.start()

    def focus_field(self, name: str) -> None:
        """Put the keyboard into a further field of the selected items, unfolding its section for the while."""
        self.tabs.setCurrentIndex(_ITEM)
        self.catch_up()
        panel = self._panel()
        if not isinstance(panel, (ItemPanel, SeveralItemsPanel)):
            return
        editor: TextEditor = getattr(panel, name)
        for section in panel.sections:
            if section.isAncestorOf(editor):
                section.show()
                section.set_open(True)
        editor.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        bring_into_view(editor)

    def show_analysis(self) -> None:
        """Show the fields of the analysis itself; the keyboard stays where it is."""
        self.tabs.setCurrentIndex(_ANALYSIS)
        self.catch_up()

    def focus_question(self) -> None:
        """Put the keyboard into the question of the analysis."""
        self.show_analysis()
        self.analysis.question.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_as_of(self) -> None:
        """Put the keyboard into the date of the information."""
        self.show_analysis()
        self.analysis.as_of.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_challenges(self) -> None:
        """Unfold the challenges to what is selected."""
        self.catch_up()
        panel = self._panel()
        if isinstance(panel, (CellPanel, ItemPanel, HypothesisPanel)):
            panel.challenges.set_open(True)
            bring_into_view(panel.challenges)

    def show_rests(self, *, of_cell: bool) -> None:
        """Put the keyboard on what the selected cell, or the selected item, holds only if."""
        self.tabs.setCurrentIndex(_CELL if of_cell else _ITEM)
        self.catch_up()
        (self.cell.rests if of_cell else self.item.doubt.rests).open()

    def show_readings(self) -> None:
        """Show the two readings of the selected item."""
        self.tabs.setCurrentIndex(_ITEM)
        self.catch_up()
        self.item.doubt.show_readings()

    def set_scores_shown(self, shown: bool) -> None:
        """Show or hide the sentence on a hypothesis' standing."""
        self._scores_shown = shown
        for panel in self._pages:
            self._tell_scores(panel)
        self._rest.start()

    def _tell_scores(self, panel: Panel) -> None:
        shown = self._scores_shown
        if isinstance(panel, HypothesisPanel):
            panel.shows_standing = shown
        if isinstance(panel, (CellPanel, ItemPanel, HypothesisPanel)):
            panel.challenges.set_scores_shown(shown)
        if isinstance(panel, (ItemPanel, SeveralItemsPanel)):
            panel.dependence.set_scores_shown(shown)
        if isinstance(panel, ItemPanel):
            panel.doubt.set_scores_shown(shown)

    def set_columns(self, columns: Sequence[str]) -> None:
        """Follow which columns the matrix shows: with that of the relevance, its field is shown too."""
        self._relevance_on = "relevance" in columns
        for panel in self._pages:
            if isinstance(panel, (ItemPanel, SeveralItemsPanel)):
                panel.grading.relevance_on = self._relevance_on
        self._rest.start()

    def catch_up(self) -> None:
        """Bring the panel of the present tab up to date at once."""
        self._rest.stop()
        panel = self._panel()
        chosen = self.selection
        if isinstance(panel, CellPanel):
            panel.show_cell(str(chosen.evidence), str(chosen.hypothesis), chosen.cells)
        elif isinstance(panel, ItemPanel):
            panel.show_records([str(chosen.evidence)])
        elif isinstance(panel, SeveralItemsPanel):
            panel.show_records(self._items())
        elif isinstance(panel, HypothesisPanel):
            panel.show_records([str(chosen.hypothesis)])
        else:
            panel.show_records([self.session.analysis.id])
        self._stack.setCurrentIndex(self._pages[panel])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.catch_up()

    def _catch_up_if_seen(self) -> None:
        if self.isVisible():
            self.catch_up()

    def _remember_more(self, everything: bool) -> None:
        """Keep for all panels and the next time whether everything is shown."""
        if everything != self._store.settings.inspector_more:
            self._store.settings.inspector_more = everything
            self._store.save()
        for panel in self._pages:
            if panel.more is not None:
                panel.more.set_open(everything)

    @property
    def _sections(self) -> list[Section]:
        panels = [panel for panel in self._pages if isinstance(panel, (ItemPanel, SeveralItemsPanel))]
        return [section for panel in panels for section in panel.sections]

    def _remember_section(self, key: str, is_open: bool) -> None:
        """Keep for the next time that a section is open or folded, for one item and for several."""
        self._store.settings.inspector_sections[key] = is_open
        self._store.save()
        restore(self._sections, self._store.settings.inspector_sections)

    def _follow(self, change: Change) -> None:
        if (
            change.removed
            or change.added
            or change.touches("evidence", "label")
            or change.touches("hypothesis", "label")
        ):
            self._show_tabs()
        self._rest.start()

    def _start_anew(self) -> None:
        for panel in self._pages:
            panel.forget()
            panel.ids = ()
        self.show_selection(Selection())
        self.catch_up()

    def _items(self) -> tuple[str, ...]:
        return tuple(entry for entry in self.selection.items if entry in self.session.analysis.evidence)

    def _panel(self) -> Panel:
        tab = self.tabs.currentIndex()
        if not self.tabs.isTabEnabled(tab):
            return self.analysis
        if tab == _ITEM:
            return self.several if len(self._items()) > 1 and self.selection.focus != "cell" else self.item
        if tab == _CELL:
            return self.cell
        return self.hypothesis if tab == _HYPOTHESIS else self.analysis

    def _show_tabs(self) -> None:
        """Name the tabs after what is selected; one without a record cannot be chosen."""
        analysis = self.session.analysis
        item = analysis.evidence.get(self.selection.evidence or "")
        hypothesis = analysis.hypotheses.get(self.selection.hypothesis or "")
        items = self._items() if self.selection.focus != "cell" else ()
        item_text = item.label if item else _("Item")
        if len(items) > 1:
            item_text = ngettext("{count} item", "{count} items", len(items)).format(count=len(items))
        texts = (_("Rating"), item_text, hypothesis.label if hypothesis else _("Hypothesis"), _("Analysis"))
        enabled = (
            item is not None and hypothesis is not None,
            item is not None or len(items) > 1,
            hypothesis is not None,
            True,
        )
        blocked = self.tabs.blockSignals(True)
        for tab, (text, possible) in enumerate(zip(texts, enabled, strict=True)):
            self.tabs.setTabText(tab, text.replace("&", "&&"))
            self.tabs.setTabEnabled(tab, possible)
        self.tabs.blockSignals(blocked)
