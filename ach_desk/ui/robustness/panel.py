"""The panel "Robustness": what the order rests on, in a few sentences, with the figures folded away below."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ach_desk.commands import Change
from ach_desk.i18n import _
from ach_desk.model import Hypothesis
from ach_desk.model.method_settings import Method, kept
from ach_desk.reporting.palette import Palette
from ach_desk.scoring.agreement import verdict_in_short
from ach_desk.scoring.methods import SUMS
from ach_desk.scoring.robustness import rounded_share
from ach_desk.ui.background import Background
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
from ach_desk.ui.widgets.asking import AskingPanel, Job, folded
from ach_desk.ui.widgets.choice import Choice
from ach_desk.ui.widgets.foldsection import FoldSection
from ach_desk.ui.widgets.how import HowButton
from ach_desk.ui.widgets.labels import STEP, caption, named, plain

_PAGE = "robustness.md"


class RobustnessPanel(AskingPanel):
    """What the order rests on.

    settings_wanted(): the tables behind the methods are asked for.
    link_activated(kind, id): a record named in a sentence was followed. answered(): all that was asked has been shown.
    cell_chosen(evidence, hypothesis), records_chosen(kind, ids): what is to be selected; "" names no hypothesis.
    message(str): a line for the status bar. briefed(Snapshot): the state that a saved chart shows.
    """

    PAUSE_MS = 500

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
        super().__init__(background, parent)
        self.setAccessibleName(_("Robustness"))
        self._session = session
        self._scores_shown = True
        self.answer: Answer | None = None
        self.method = Choice([(method, texts.method_name(method)) for method in SUMS])
        self._kept = KeptMethods(store, session)
        self._of_matrix = kept(session.matrix.method_settings).method
        self.method_how = HowButton(self.method, *_method_explained(self._kept.method()))
        self.method_note = MethodNote(session, self._kept)
        self.further = further_sections(session, background, store, palette)
        self.sentences, self.missing = Sentences(), Sentences()
        self.changes, self.parts = Sentences(), Sentences()
        self.warning, self.state, self.hidden = plain(muted=True), plain(muted=True), plain(muted=True)
        self.gloss = plain(muted=True)
        self.progress = named(QProgressBar(), _("Trials and rating steps are being worked out"))
        self.stop_button, self.go_on_button = _button(_("Stop")), _button(_("Work it out"))
        self.settings_button = _button(_("Settings of the methods ..."))
        self.table, self.bars = MethodsTable(), ShareBars(palette)
        self.framed = FramedSection(palette)
        self.agreement, self.trials = Sentences(), Sentences()
        self.find_out = FindOutNext(palette)
        self._lay_out()
        self._show_method()
        self._connect()
        self.setFocusProxy(self.method)

    def _lay_out(self) -> None:
        column = self.column
        column.addWidget(caption(_("Way of adding up"), self.method))
        column.addLayout(self.method_how.beside_it())
        column.addWidget(self.gloss)
        column.addWidget(self.method_note)
        self.hidden.setText(_("What the order rests on appears together with the scores."))
        column.addWidget(self.hidden)
        self.body = QWidget()
        column.addWidget(self.body)
        column.addStretch(1)
        body = QVBoxLayout(self.body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(STEP)
        self.how = HowButton(self.sentences, _("What the order rests on"), f"{_PAGE}#what-the-sentences-mean")
        body.addLayout(self.how.beside_it())
        body.addWidget(self.missing)
        body.addWidget(self.warning)
        body.addLayout(self._progress_row())
        body.addWidget(self.framed)
        self.folds = [
            _fold(_("Ways of adding up beside each other"), "methods.md", self.agreement, self.table),
            _fold(_("What each of the others would need"), f"{_PAGE}#the-fewest-changes", self.changes),
            _fold(_("When ratings slip"), f"{_PAGE}#the-trials", self.bars, self.trials),
            _fold(_("Sources, groups and assumptions left out"), f"{_PAGE}#what-falls-as-a-whole", self.parts),
            _fold(_("Find out next"), f"{_PAGE}#find-out-next", self.find_out),
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
        self.go_on_button.clicked.connect(self.go_on)
        self.settings_button.clicked.connect(self.settings_wanted)
        for part in (self.sentences, self.missing, self.changes, self.parts, self.agreement, self.trials):
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
    def may_tell(self) -> bool:
        """Return whether anything is said: together with the scores."""
        return self._scores_shown

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

    def _follow(self, change: Change) -> None:
        if change.touches("matrix"):
            self._keep_to_method()
        self.refresh_after_edit()

    def _take_method(self, method: object) -> None:
        self._kept.keep(Method(str(method)))
        self._show_method()
        self.refresh()

    def _keep_to_method(self) -> None:
        """Look at what the matrix goes by when that has become another."""
        wanted = kept(self._session.matrix.method_settings).method
        if wanted is not self._of_matrix:
            self._of_matrix = wanted
            self._kept.keep(wanted)
            self._show_method()

    def _show_method(self) -> None:
        method = self._kept.method()
        self.method.show_value(method)
        self.method_how.explain(*_method_explained(method))
        self.gloss.setText(texts.method_gloss(method))

    def _start_anew(self) -> None:
        self._of_matrix = kept(self._session.matrix.method_settings).method
        self._show_method()
        self.answer = None
        self._show()
        self.refresh()

    def quick_job(self) -> Job:
        session = self._session
        question = Question(
            session.front_copy(),
            session.matrix.id,
            session.analyst,
            session.assessment,
            Method(str(self.method.value)),
            tuple(session.likeness.alike()),
        )
        return partial(quick_answer, question)

    def full_job(self) -> Job | None:
        return partial(full_answer, self.answer) if self.answer is not None and self.answer.found.leaders else None

    def take(self, *, last: bool) -> None:
        self._show()
        if last:
            self.answered.emit()

    def _show(self) -> None:
        answer = self.answer
        self.hidden.setVisible(not self._scores_shown)
        self.body.setVisible(self._scores_shown and answer is not None)
        if answer is None:
            return
        analysis = answer.question.analysis
        cells = texts.cells_of(answer)
        self.sentences.show_texts(texts.main_sentences(answer), analysis, cells)
        self.missing.show_texts([answer.missing] if answer.missing else [], analysis)
        _put(self.warning, texts.ungrouped_sentence(answer))
        self.show_progress()
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

    def show_progress(self) -> None:
        answer, working = self.answer, self.is_working
        if answer is None:
            return
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
            any(result.leaders for result in answer.methods.values()),
            led and bool(answer.found.removals),
            *slow,
            led or bool(answer.find_out and answer.find_out.prospects),
        )


def _method_explained(method: Method) -> tuple[str, str]:
    """Return the name of a way of adding up and the place of the manual with its formula, source and limits."""
    anchors = {Method.BAYES: "bayes", Method.BAYES_SOURCES: "bayes-with-sources-and-groups"}
    return texts.method_name(method), f"methods.md#{anchors.get(method, 'inconsistency')}"


def _bar(hypothesis: Hypothesis, share: float) -> ShareBar:
    return ShareBar(f"{hypothesis.label}  {hypothesis.title}", share, rounded_share(share))


def _put(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))


def _fold(title: str, page: str, *parts: QWidget) -> FoldSection:
    fold = folded(title, *parts)
    fold.explained_in(page)
    return fold


def _button(text: str) -> QPushButton:
    button = named(QPushButton(text), text.replace(" ...", ""))
    button.setAutoDefault(False)
    return button
