"""The panel "Robustness": what the order rests on, in a few sentences, with the figures folded away below."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ach_desk.commands import Change
from ach_desk.i18n import _
from ach_desk.model import Hypothesis
from ach_desk.model.method_settings import Method, kept
from ach_desk.reporting.palette import Palette
from ach_desk.scoring.agreement import verdict_in_short
from ach_desk.scoring.methods import SUMS
from ach_desk.scoring.robustness import rounded_share
from ach_desk.ui.background import Background, Ticket
from ach_desk.ui.robustness import texts
from ach_desk.ui.robustness.answers import Answer, Question, full_answer, quick_answer
from ach_desk.ui.robustness.bars import ShareBar, ShareBars
from ach_desk.ui.robustness.find_out import FindOutNext
from ach_desk.ui.robustness.framed import FramedSection
from ach_desk.ui.robustness.further import further_sections, pictured
from ach_desk.ui.robustness.kept import KeptMethods
from ach_desk.ui.robustness.method_note import MethodNote
from ach_desk.ui.robustness.sentences import Sentences
from ach_desk.ui.robustness.table import MethodsTable
from ach_desk.ui.session import Session
from ach_desk.ui.settings import SettingsStore
from ach_desk.ui.widgets.choice import Choice
from ach_desk.ui.widgets.foldsection import FoldSection
from ach_desk.ui.widgets.labels import STEP, caption, named, plain
from ach_desk.ui.widgets.panel import scrolled

_REST_MS = 150
_PAUSE_MS = 500
"""After this long without an edit the slow part begins; quick answers do not wait for it."""


class RobustnessPanel(QWidget):
    """What the order rests on.

    left(): the keyboard goes back to the matrix. settings_wanted(): the tables behind the methods are asked for.
    link_activated(kind, id): a record named in a sentence was followed. answered(): all that was asked has been shown.
    cell_chosen(evidence, hypothesis), records_chosen(kind, ids): what is to be selected; "" names no hypothesis.
    message(str): a line for the status bar. briefed(Snapshot): the state that a saved chart shows.
    """

    left = Signal()
    link_activated = Signal(str, str)
    settings_wanted = Signal()
    answered = Signal()
    cell_chosen = Signal(str, str)
    records_chosen = Signal(str, list)
    message = Signal(str)
    briefed = Signal(object)

    def __init__(
        self,
        session: Session,
        background: Background,
        store: SettingsStore,
        palette: Palette,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Robustness"))
        self._session, self._background = session, background
        self._scores_shown, self._stale = True, True
        self._ticket: Ticket | None = None
        self.answer: Answer | None = None
        self.method = Choice([(method, texts.method_name(method)) for method in SUMS])
        self._kept = KeptMethods(store, session)
        self._of_matrix = kept(session.matrix.method_settings).method
        self.method.show_value(self._kept.method())
        self.method_note = MethodNote(session)
        self.further = further_sections(session, background, store, palette)
        self.sentences, self.changes, self.parts = Sentences(), Sentences(), Sentences()
        self.warning, self.state, self.hidden = plain(muted=True), plain(muted=True), plain(muted=True)
        self.progress = named(QProgressBar(), _("Trials and rating steps are being worked out"))
        self.stop_button, self.go_on_button = _button(_("Stop")), _button(_("Work it out"))
        self.settings_button = _button(_("Settings of the methods ..."))
        self.table, self.bars = MethodsTable(), ShareBars(palette)
        self.framed = FramedSection(palette)
        self.agreement, self.trials = Sentences(), Sentences()
        self.find_out = FindOutNext(palette)
        self._rest = _timer(self, self._ask)
        self._pause = _timer(self, self._go_on)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.method)

    def _lay_out(self) -> None:
        self._content = _Content()
        self._content.painted.connect(self._seen)
        column = QVBoxLayout(self._content)
        column.setContentsMargins(STEP, STEP, STEP, STEP)
        column.setSpacing(STEP)
        column.addWidget(caption(_("Way of adding up"), self.method))
        column.addWidget(self.method)
        column.addWidget(self.method_note)
        self.hidden.setText(_("What the order rests on appears together with the scores."))
        column.addWidget(self.hidden)
        self.body = QWidget()
        column.addWidget(self.body)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(self._content))
        body = QVBoxLayout(self.body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(STEP)
        body.addWidget(self.sentences)
        body.addWidget(self.warning)
        body.addLayout(self._progress_row())
        body.addWidget(self.framed)
        self.folds = [
            _fold(_("Ways of adding up beside each other"), self.agreement, self.table),
            _fold(_("What each of the others would need"), self.changes),
            _fold(_("When ratings slip"), self.bars, self.trials),
            _fold(_("Sources, groups and assumptions left out"), self.parts),
            _fold(_("Find out next"), self.find_out),
        ]
        for fold in (*self.folds, *self.further):
            body.addWidget(fold)
        body.addWidget(self.settings_button, 0, Qt.AlignmentFlag.AlignLeading)

    def _progress_row(self) -> QHBoxLayout:
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(STEP)
        row = QHBoxLayout()
        row.setSpacing(STEP)
        row.addWidget(self.state, 2)
        row.addWidget(self.progress, 1)
        row.addWidget(self.stop_button)
        row.addWidget(self.go_on_button)
        return row

    def _connect(self) -> None:
        session = self._session
        session.changed.connect(self._follow)
        session.replaced.connect(self._start_anew)
        session.turned.connect(self._start_anew)
        session.findings_changed.connect(self.refresh)
        self.method.chosen.connect(self._take_method)
        for section in self.further:
            section.cell_chosen.connect(self.cell_chosen)
            section.records_chosen.connect(self.records_chosen)
        for section in pictured(self.further):
            section.message.connect(self.message)
            section.briefed.connect(self.briefed)
        self.stop_button.clicked.connect(self.stop)
        self.go_on_button.clicked.connect(self._go_on)
        self.settings_button.clicked.connect(self.settings_wanted)
        for part in (self.sentences, self.changes, self.parts, self.agreement, self.trials):
            part.link_activated.connect(self.link_activated)
            part.cell_activated.connect(self.cell_chosen)
        for part in (self.find_out, self.framed):
            part.link_activated.connect(self.link_activated)

    def add_fold(self, fold: FoldSection) -> None:
        """Put a further section below the others."""
        layout = self.body.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.indexOf(self.settings_button), fold)

    @property
    def is_settled(self) -> bool:
        """Return whether nothing is asked any more: all that can be answered has been."""
        return not (self._stale or self._ticket or self._rest.isActive() or self._pause.isActive())

    def set_palette(self, palette: Palette) -> None:
        """Draw bars and charts in the colours of another theme."""
        self.bars.set_palette(palette)
        for section in pictured(self.further):
            section.set_palette(palette)
        self.find_out.set_palette(palette)
        self.framed.set_palette(palette)

    def set_scores_shown(self, scores_shown: bool) -> None:
        """Show or hide everything: it gives the standing away."""
        self._scores_shown = scores_shown
        self._show()
        self.refresh()

    def refresh(self) -> None:
        """Ask anew as soon as the panel can be seen; the answer that is still awaited is dropped."""
        self._stale = True
        self._drop()
        self._rest.start(0)

    def stop(self) -> None:
        """Leave the slow part undone."""
        self._drop()
        self._show()

    def _seen(self) -> None:
        if self._stale and self._scores_shown and not self._rest.isActive():
            self._rest.start(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _follow(self, change: Change) -> None:
        if change.touches("matrix"):
            self._keep_to_method()
        self.refresh()
        if self.isVisible():
            self._rest.start(_REST_MS)

    def _take_method(self, method: object) -> None:
        self._kept.keep(Method(str(method)))
        self.refresh()

    def _keep_to_method(self) -> None:
        """Look at what the matrix goes by when that has become another."""
        wanted = kept(self._session.matrix.method_settings).method
        if wanted is not self._of_matrix:
            self._of_matrix = wanted
            self._kept.keep(wanted)
            self.method.show_value(self._kept.method())

    def _start_anew(self) -> None:
        self._of_matrix = kept(self._session.matrix.method_settings).method
        self.method.show_value(self._kept.method())
        self.answer = None
        self._show()
        self.refresh()

    def _drop(self) -> None:
        self._rest.stop()
        self._pause.stop()
        if self._ticket is not None:
            self._ticket.cancel.set()
            self._ticket = None

    def _ask(self) -> None:
        """Ask what is found in an instant; what is slow follows when nothing has changed for a while."""
        if not self._stale or not self._scores_shown or self._content.visibleRegion().isEmpty():
            return
        self._stale = False
        session = self._session
        question = Question(
            session.front_copy(),
            session.matrix.id,
            session.analyst,
            session.assessment,
            Method(str(self.method.value)),
            tuple(session.likeness.alike()),
        )
        self._ticket = self._background.run(partial(quick_answer, question), self._take_quick, self._failed, owner=self)

    def _take_quick(self, answer: Answer) -> None:
        self._ticket = None
        self.answer = answer
        if answer.found.leaders:
            self._pause.start(_PAUSE_MS)
        else:
            self.answered.emit()
        self._show()

    def _go_on(self) -> None:
        if self.answer is None or self._stale:
            return
        self._ticket = self._background.run(
            partial(full_answer, self.answer), self._take_full, self._failed, owner=self
        )
        self._show()

    def _take_full(self, answer: Answer) -> None:
        self._ticket = None
        self.answer = answer
        self._show()
        self.answered.emit()

    def _failed(self, error: Exception) -> None:
        self._ticket = None
        self._show()
        raise error

    def _show(self) -> None:
        answer = self.answer
        self.hidden.setVisible(not self._scores_shown)
        self.body.setVisible(self._scores_shown and answer is not None)
        if answer is None:
            return
        analysis = answer.question.analysis
        cells = texts.cells_of(answer)
        self.sentences.show_texts(texts.main_sentences(answer), analysis, cells)
        _put(self.warning, texts.ungrouped_sentence(answer))
        self._show_progress(answer)
        self.framed.show_answer(answer)
        self.agreement.show_texts([text for text in (answer.agreement, answer.neutral) if text], analysis)
        self.table.show_answer(answer)
        self.changes.show_blocks(texts.change_sentences(answer), analysis, cells)
        self._show_bars(answer)
        self.trials.show_texts(texts.trial_sentences(answer), analysis)
        self.parts.show_texts(texts.part_sentences(answer), analysis)
        if answer.find_out is not None:
            self.find_out.show_found(answer.find_out)
        self._summarise(answer)
        for fold, filled in zip(self.folds, self._filled(answer), strict=True):
            fold.setVisible(filled)
        for section in self.further:
            section.show_answer(answer)

    def _summarise(self, answer: Answer) -> None:
        """Say below two folded headings what cannot be among the few sentences."""
        beside, *_others, find_out = self.folds
        beside.set_summary(verdict_in_short(answer.found.inputs, answer.methods))
        find_out.set_summary(texts.find_out_summary(answer))

    def _show_progress(self, answer: Answer) -> None:
        working = self._pause.isActive() or self._ticket is not None
        stopped = not working and not answer.complete and bool(answer.found.leaders)
        self.progress.setVisible(working)
        self.stop_button.setVisible(working)
        self.go_on_button.setVisible(stopped)
        text = _("The trials are running. Until then the lead counts as unresolved.") if working else ""
        if stopped:
            text = _("The trials have not run, so the lead counts as unresolved.")
        _put(self.state, text)

    def _show_bars(self, answer: Answer) -> None:
        shares, hypotheses = answer.found.shares, answer.found.inputs.assessment.hypotheses
        if shares is None:
            self.bars.show_bars((), 0.0)
            return
        order = sorted(range(len(shares.columns)), key=lambda place: -shares.share[place, 0])
        self.bars.show_bars(
            [_bar(hypotheses[shares.columns[place]], float(shares.share[place, 0])) for place in order], shares.margin
        )

    def _filled(self, answer: Answer) -> tuple[bool, ...]:
        led = bool(answer.found.leaders)
        slow = answer.found.shares is not None, answer.parts is not None
        return (
            led,
            led and bool(answer.found.removals),
            *slow,
            led or bool(answer.find_out and answer.find_out.prospects),
        )


class _Content(QWidget):
    """painted(): it can be seen. A covered tab of a dock counts as visible to Qt; being painted is the proof."""

    painted = Signal()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.painted.emit()


def _bar(hypothesis: Hypothesis, share: float) -> ShareBar:
    return ShareBar(f"{hypothesis.label}  {hypothesis.title}", share, rounded_share(share))


def _put(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))


def _fold(title: str, *parts: QWidget) -> FoldSection:
    fold = FoldSection()
    fold.set_title(title)
    for part in parts:
        fold.column.addWidget(part)
    return fold


def _timer(owner: RobustnessPanel, run: Callable[[], None]) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.timeout.connect(run)
    return timer


def _button(text: str) -> QPushButton:
    button = named(QPushButton(text), text.replace(" ...", ""))
    button.setAutoDefault(False)
    return button
