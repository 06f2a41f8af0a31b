"""The window of one analysis: steps rail, matrix, inspector and charts, and the wiring between them. Nothing more."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QChildEvent, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QLabel, QMainWindow, QSizePolicy, QStatusBar, QTabBar, QVBoxLayout, QWidget

from ach_desk.i18n import _, ngettext
from ach_desk.reporting.palette import Palette
from ach_desk.scoring import dependence_findings, headline, remark_findings, sheet_findings, whatif
from ach_desk.ui.actions import Actions
from ach_desk.ui.background import Background
from ach_desk.ui.capture.capture import Capture
from ach_desk.ui.compare.actions import Comparing
from ach_desk.ui.document import Document
from ach_desk.ui.first_picture import FirstPicture
from ach_desk.ui.frames.actions import Frames
from ach_desk.ui.guided.guide import Guide
from ach_desk.ui.marking_proposal import MarkingProposal
from ach_desk.ui.matrix import MatrixPanel
from ach_desk.ui.places import go_to_step
from ach_desk.ui.robustness.actions import Robust
from ach_desk.ui.settings import SettingsStore, ViewState
from ach_desk.ui.side import SidePanels
from ach_desk.ui.sources.desk import SourcesDesk
from ach_desk.ui.text import explain, shown, single_line
from ach_desk.ui.timeline.actions import Timeline
from ach_desk.ui.together.service import Together
from ach_desk.ui.watch.service import Watching
from ach_desk.ui.widgets.listening import listen
from ach_desk.ui.windows import dropped_files

if TYPE_CHECKING:
    from ach_desk.scoring import Finding
    from ach_desk.ui.capture.packing import Packing
    from ach_desk.ui.charts import ChartsPanel
    from ach_desk.ui.conclusion.closing import Closing
    from ach_desk.ui.dialogs.find import FindBar, FindTarget
    from ach_desk.ui.dialogs.replace import ReplaceBar
    from ach_desk.ui.doubt.actions import Doubt
    from ach_desk.ui.exchange.actions import Exchange
    from ach_desk.ui.inspector import Inspector
    from ach_desk.ui.marking_band import MarkingBand
    from ach_desk.ui.outgoing.actions import Outgoing
    from ach_desk.ui.review import Review

MESSAGE_MS = 12_000
_LEAST_STANDING = 480
"""Pixels in the status bar for the sentence on the standing, which may name forty hypotheses."""

_ADDS = {"no_evidence": "evidence", "few_hypotheses": "hypothesis"}
"""Findings whose remedy is a new record."""


class AnalysisWindow(QMainWindow):
    """One analysis. `closing(window)` when it has been closed for good; `files_dropped(paths)`.

    remembering(ViewState): how the analysis is looked at is about to be kept; others add their part.
    """

    closing = Signal(object)
    remembering = Signal(object)
    files_dropped = Signal(list)

    def __init__(self, document: Document, background: Background, store: SettingsStore, palette: Palette) -> None:
        super().__init__()
        self.document = document
        self.session = document.session
        self.store = store
        self.background = background
        self._palette = palette
        self.first_picture = FirstPicture(self)
        self.session.likeness.compare_in(background, self)
        self.review: Review | None = None
        self.doubt: Doubt | None = None
        self.closing_steps: Closing | None = None
        self.outgoing: Outgoing | None = None
        self.exchange: Exchange | None = None
        self._may_close = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.actions_registry = Actions(self, self.first_picture)
        self.matrix = MatrixPanel(self.session, store, palette, self)
        self._find_bar: FindBar | None = None
        self._replace_bar: ReplaceBar | None = None
        self.guide = Guide(self, palette)
        self.notice = _notice_strip(self)
        self._build_centre()
        self.side = SidePanels(self, palette)
        self.timeline = Timeline(self, palette)
        self.watching = Watching(self, palette)
        self.robust = Robust(self, palette)
        self.frames = Frames(self)
        self.capture = Capture(self)
        self.sources = SourcesDesk(self)
        self.together = Together(self)
        self.comparing = Comparing(self, palette)
        self._standing = QLabel(self)
        self._standing.setTextFormat(Qt.TextFormat.PlainText)
        self._coverage = QLabel(self)
        self._coverage.setTextFormat(Qt.TextFormat.PlainText)
        self._build_status_bar()
        self._connect()
        self._follow_document()
        self.marking_proposal = MarkingProposal(self)
        self.refresh()
        listen(self, self._listen)
        self.first_picture.seen.connect(self._let_tabs_scroll)

    @property
    def inspector(self) -> Inspector:
        """Return the inspector."""
        return self.side.inspector

    @property
    def charts(self) -> ChartsPanel:
        """Return the charts."""
        return self.side.charts

    @cached_property
    def marking(self) -> MarkingBand:
        """The band with the marking; there is none until there is a marking."""
        from ach_desk.ui.marking_band import MarkingBand

        return MarkingBand(self, self._palette)

    @cached_property
    def packing(self) -> Packing:
        """Packing with attachments."""
        from ach_desk.ui.capture.packing import Packing

        return Packing(self)

    def flush(self) -> None:
        """Take over everything that is still being typed, in the matrix and in the inspector."""
        self.matrix.finish_editing()
        self.guide.flush()
        self._flush_panels()

    def _flush_panels(self) -> None:
        self.side.flush()
        for part in (self.doubt, self.watching, self.closing_steps, self.capture, self.sources, self.together):
            if part is not None:
                part.flush()

    def open_find(self) -> None:
        """Show the find line at the foot, in the place of the one to replace."""
        if self._replace_bar is not None:
            self._replace_bar.hide()
        if self._find_bar is None:
            self._find_bar = self._build_find_bar()
        self._find_bar.open()

    def open_replace(self) -> None:
        """Show the replace line at the foot, in the place of the find line; what is being typed is taken over."""
        self.flush()
        if self._find_bar is not None:
            self._find_bar.hide()
        if self._replace_bar is None:
            self._replace_bar = self._build_replace_bar()
        self._replace_bar.open()

    def close_lines(self) -> None:
        """Close the lines at the foot in which texts are found and replaced."""
        for bar in (self._find_bar, self._replace_bar):
            if bar is not None:
                bar.hide()

    def _build_find_bar(self) -> FindBar:
        from ach_desk.ui.dialogs.find import FindBar

        bar = FindBar(self.session, self)
        bar.found.connect(self._show_found)
        bar.closed.connect(self.matrix.setFocus)
        self._centre.addWidget(bar)
        return bar

    def _build_replace_bar(self) -> ReplaceBar:
        from ach_desk.ui.dialogs.replace import ReplaceBar

        bar = ReplaceBar(self.session, self)
        bar.found.connect(self._show_found)
        bar.message.connect(self.show_message)
        bar.closed.connect(self.matrix.setFocus)
        self._centre.addWidget(bar)
        return bar

    def show_message(self, text: str) -> None:
        """Say something in the status bar for a while."""
        self.statusBar().showMessage(single_line(text), MESSAGE_MS)

    def set_palette(self, palette: Palette) -> None:
        """Take another theme over into matrix and charts."""
        self._palette = palette
        self.matrix.set_palette(palette)
        self.guide.set_palette(palette)
        if self._has_marking:
            self.marking.set_palette(palette)
        self.side.set_palette(palette)
        self.timeline.set_palette(palette)
        self.watching.set_palette(palette)
        self.robust.set_palette(palette)
        self.comparing.set_palette(palette)

    def settings_changed(self) -> None:
        """Show anew what depends on the settings, such as the sign of the scores."""
        self.matrix.settings_changed()
        self.side.settings_changed()
        self.refresh()

    def close_for_good(self) -> None:
        """Close without asking; the caller has settled what happens to unsaved edits."""
        self._may_close = True
        self.close()

    def follow_link(self, kind: str, record_id: str) -> None:
        """Show the record that a label in a text names."""
        if kind == "source":
            self.sources.show(record_id)
        elif kind == "expectation":
            self.watching.show_expectation(record_id, with_keyboard=False)
        elif kind == "indicator":
            self.watching.show_indicator(record_id, with_keyboard=False)
        elif self.capture.waits(record_id):
            self.capture.show(record_id)
        else:
            self.matrix.select_records(kind, [record_id])

    def go_to(self, finding: Finding) -> None:
        """Show the place that a finding is about: its first cell, else its items, else its hypotheses."""
        if go_to_step(self, finding):
            return
        if finding.code == remark_findings.OPEN_REMARK:
            self.together.go_to(finding)
        elif finding.code == "unrated":
            self.matrix.first_unrated()
        elif finding.code in sheet_findings.CELL_CODES or (
            finding.code == "challenge" and finding.evidence and finding.hypotheses
        ):
            self.matrix.select_cell(finding.evidence[0], finding.hypotheses[0])
        elif finding.evidence:
            self.matrix.select_records("evidence", list(finding.evidence))
        elif finding.hypotheses:
            self.matrix.select_records("hypothesis", list(finding.hypotheses))
        elif finding.code in _ADDS:
            self.matrix.records.new(_ADDS[finding.code])
        elif finding.code == "no_question":
            self._show_analysis()
            self.inspector.focus_question()

        if finding.code == "credibility_stale":
            self.side.bring_up(self.side.inspector_dock)
        elif finding.code == "challenge":
            self.side.bring_up(self.side.inspector_dock)
            self.inspector.show_challenges()
        elif finding.code in (dependence_findings.GROUPS_CHANGE, dependence_findings.MAY_DEPEND):
            self.side.bring_up(self.side.inspector_dock)
        if self.doubt is not None:
            self.doubt.go_to(finding)

    def restore(self, state: ViewState) -> None:
        """Show the analysis as it was last looked at, else in the default layout with the keyboard in the matrix."""
        if state.window_geometry:
            self.restoreGeometry(QByteArray.fromBase64(state.window_geometry.encode()))
        if state.window_state:
            self.restoreState(QByteArray.fromBase64(state.window_state.encode()))
            self._show_marking()
        self.together.look()
        self.matrix.restore(state)
        self.frames.restore(state)
        self.matrix.first_unrated()
        self.matrix.setFocus()
        self.guide.look_for_interrupted()

    def remember(self) -> None:
        """Keep how the analysis is looked at for the next time; an earlier state leaves that to the present one."""
        if self.document.is_earlier:
            return
        state = self.matrix.view_state()
        state.window_geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        state.window_state = bytes(self.saveState().toBase64().data()).decode("ascii")
        self.remembering.emit(state)
        self.store.save_view_state(self.session.analysis.id, state)

    def put_line(self, line: QWidget) -> None:
        """Put a line that stays above the matrix, below the quiet ones."""
        self._centre.insertWidget(self._centre.indexOf(self.matrix), line)

    def show_strip(self, strip: QWidget) -> None:
        """Show a quiet line above the matrix, below the ones that are there; it is gone for good when it is closed."""
        strip.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._strips.addWidget(strip)
        strip.show()

    def refresh(self, *_changed: object) -> None:
        """Bring title, strips, status bar and actions up to date."""
        analysis = self.session.analysis
        self._show_marking()
        _put(self.notice, " · ".join(part for part in (analysis.notice, self.document.state_note) if part))
        name = shown(self.document.title).replace("[*]", "[*][*]")
        title_text = _("{name}[*] – ACH Desk").format(name=name)
        scenario = self.session.scenario
        if scenario is not None:
            what_if = single_line(whatif.title(scenario)).replace("[*]", "[*][*]")
            title_text = _("{what_if} – {title}").format(what_if=what_if, title=title_text)
        self.setWindowTitle(title_text)
        self.setWindowModified(self.session.is_dirty)
        self._show_standing()
        self.actions_registry.refresh_soon()

    @property
    def _has_marking(self) -> bool:
        return "marking" in self.__dict__

    def _show_marking(self) -> None:
        text = self.session.analysis.marking
        if text or self._has_marking:
            self.marking.show_marking(text)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_close:
            # Who answers at once with `close_for_good` is inside this very event, where Qt takes no second one.
            self.document.close_requested.emit()
        if not self._may_close:
            event.ignore()
            return
        self.guide.pause()
        self.remember()
        self.closing.emit(self)
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self.toggle_full_screen()
        else:
            super().keyPressEvent(event)

    def toggle_full_screen(self) -> None:
        """Fill the whole screen, or no longer; the menu bar stays."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.first_picture.note()

    def _listen(self, event: QEvent) -> bool:
        """Bring the actions up to date before a key is looked up among their shortcuts; keep what is being typed."""
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride:
            self.actions_registry.settle()
        elif kind == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._flush_panels()
        elif kind == QEvent.Type.ChildPolished and isinstance(event, QChildEvent):
            _let_scroll(event.child())
        return False

    def _let_tabs_scroll(self) -> None:
        for bar in self.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            _let_scroll(bar)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()) or self.capture.may_take(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)  # what is dragged in stays where it was
        event.accept()
        opened = self.capture.drop(event.mimeData())
        if opened:
            self.files_dropped.emit(opened)

    def _build_centre(self) -> None:
        centre = QWidget(self)
        self._centre = layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.notice)
        self.strips = QWidget(centre)
        self._strips = QVBoxLayout(self.strips)
        self._strips.setContentsMargins(0, 0, 0, 0)
        self._strips.setSpacing(0)
        layout.addWidget(self.strips)
        layout.addWidget(self.matrix, 1)
        layout.addWidget(self.guide.room, 1)
        self.setCentralWidget(centre)

    def _build_status_bar(self) -> None:
        bar = QStatusBar(self)
        bar.setSizeGripEnabled(False)
        self._standing.setMinimumWidth(1)  # a long sentence is cut and never makes the window wider
        for label in (self._standing, self._coverage):
            label.setContentsMargins(8, 0, 8, 0)
            bar.addPermanentWidget(label)
        self.setStatusBar(bar)

    def _connect(self) -> None:
        session, matrix = self.session, self.matrix
        session.changed.connect(self.statusBar().clearMessage)
        session.changed.connect(self.refresh)
        session.replaced.connect(self.refresh)
        session.turned.connect(self.refresh)
        session.notice.connect(self.show_message)
        session.history.stack.cleanChanged.connect(self.refresh)
        matrix.front.close_requested.connect(self.close)
        matrix.selection_changed.connect(self.actions_registry.refresh_soon)
        matrix.looked_at_otherwise.connect(self.actions_registry.refresh_soon)
        matrix.message.connect(self.show_message)
        matrix.edit_rationale_requested.connect(self._edit_rationale)
        matrix.field_requested.connect(self._edit_field)
        matrix.reported.connect(self._report_paste)
        matrix.scores_shown_changed.connect(self._show_standing)

    def _follow_document(self) -> None:
        self.document.changed.connect(self.refresh)
        self.document.message.connect(self.show_message)

    def _edit_rationale(self) -> None:
        self.side.bring_up(self.side.inspector_dock)
        self.inspector.focus_rationale()

    def _edit_field(self, name: str) -> None:
        self.side.bring_up(self.side.inspector_dock)
        self.inspector.focus_field(name)

    def _report_paste(self, sentence: str, lines: list[str]) -> None:
        from ach_desk.ui.dialogs.report import show_report

        show_report(_("What was pasted"), sentence, lines, self)

    def _show_analysis(self) -> None:
        self.side.bring_up(self.side.inspector_dock)
        self.inspector.show_analysis()

    def show_block(self, evidence: str, hypothesis: str) -> None:
        """Select in the matrix what a block of a chart stands for; "" where it names none."""
        if self.capture.waits(evidence):
            self.capture.show(evidence)
        elif evidence and hypothesis:
            self.matrix.select_cell(evidence, hypothesis)
        elif evidence or hypothesis:
            self.matrix.select_records("evidence" if evidence else "hypothesis", [evidence or hypothesis])

    def _show_found(self, target: FindTarget) -> None:
        if target.kind == "evidence" and self.capture.waits(target.id):
            self.capture.show_in_passing(target.id)
        elif target.evidence and target.hypothesis:
            self.matrix.select_cell(target.evidence, target.hypothesis)
        elif target.kind in ("evidence", "hypothesis"):
            self.matrix.select_records(target.kind, [target.id])
        elif target.kind == "analysis":
            self._show_analysis()
        elif target.kind in ("conclusion", "outcome") and self.closing_steps is not None:
            self.closing_steps.show_record_of(target.kind, target.id)
        else:
            self.follow_link(target.kind, target.id)

    def _show_standing(self, *_shown: object) -> None:
        assessment = self.session.assessment
        open_cells = assessment.open_cells
        coverage = ngettext("{count} cell unrated", "{count} cells unrated", open_cells).format(count=open_cells)
        if not assessment.counted_items or not assessment.table.active.any():
            coverage = ""
        elif not open_cells:
            coverage = _("All cells judged")
        self._coverage.setText(coverage)
        text = single_line(headline(assessment)) if self.matrix.scores_shown else _("Scores hidden")
        scenario = self.session.scenario
        if scenario is not None:
            text = _("{what_if}: {statement}").format(what_if=single_line(whatif.title(scenario)), statement=text)
        room = max(self.width() // 2, _LEAST_STANDING)
        self._standing.setText(self._standing.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room))
        explain(self._standing, text)


def _let_scroll(child: QObject) -> None:
    """Let the tabs of many docks scroll: cut to two letters they say nothing."""
    if isinstance(child, QTabBar):
        child.setElideMode(Qt.TextElideMode.ElideNone)


def _notice_strip(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", "notice")
    label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # for a word as long as the text
    return label


def _put(label: QLabel, text: str) -> None:
    label.setText(single_line(text))
    label.setVisible(bool(text))
