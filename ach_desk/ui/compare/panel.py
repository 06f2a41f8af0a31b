"""The panel "Compare analysts": any two beside each other, one against the others, or all at once; and the pools."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ach_desk.commands import Change
from ach_desk.i18n import _
from ach_desk.reporting.palette import Palette
from ach_desk.scoring.compared_words import name_of
from ach_desk.scoring.group_sheet import GROUP
from ach_desk.scoring.round_states import is_private
from ach_desk.ui.background import Background, Ticket
from ach_desk.ui.compare import texts
from ach_desk.ui.compare.answers import EVERYBODY, Answer, Question, full_answer, quick_answer
from ach_desk.ui.compare.map import MapSection
from ach_desk.ui.compare.pools import PoolTable
from ach_desk.ui.robustness.sentences import Sentences
from ach_desk.ui.selection import Selection
from ach_desk.ui.session import Session
from ach_desk.ui.text import single_line
from ach_desk.ui.widgets.choice import NameChoice
from ach_desk.ui.widgets.foldsection import FoldSection
from ach_desk.ui.widgets.labels import STEP, caption, named, plain
from ach_desk.ui.widgets.panel import scrolled
from ach_desk.ui.widgets.rowbutton import RowButton

_REST_MS = 150
_LONGEST_REST_MS = 2000
"""After an edit the panel rests twice as long as its last answer took, so that whoever types is not held up."""

_PAUSE_MS = 400
"""After this long without an edit the interval is drawn."""


class ComparePanel(QWidget):
    """Several analysts beside each other.

    left(): the keyboard goes back to the matrix. scores_wanted(): the scores are to be shown.
    cell_chosen(evidence, hypothesis), link_activated(kind, id): what is to be shown. layer_wanted(bool): whether the
    differences are to be shown in the matrix. answered(Answer): another answer is there. message(str),
    briefed(Snapshot): of a saved chart.
    """

    left = Signal()
    scores_wanted = Signal()
    cell_chosen = Signal(str, str)
    link_activated = Signal(str, str)
    layer_wanted = Signal(bool)
    answered = Signal(object)
    message = Signal(str)
    briefed = Signal(object)

    def __init__(
        self, session: Session, background: Background, palette: Palette, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Compare analysts"))
        self._session, self._background = session, background
        self._scores_shown, self._stale = True, True
        self._ticket: Ticket | None = None
        self._cell = ("", "")
        self._asked = self._took = 0.0
        self.answer: Answer | None = None
        self.first, self.second = NameChoice([]), NameChoice([])
        self.layer = named(QCheckBox(_("Show the differences in the matrix")), _("Show the differences in the matrix"))
        self.hidden = plain(_("The comparison appears together with the scores."), muted=True)
        self.show_now = RowButton(_("Show now"), link=True)
        self.layer_note = plain(
            _(
                "The stronger the strip at the foot of a cell, the further apart. No strip: rated by one alone or by "
                "nobody."
            ),
            muted=True,
        )
        self.sentences, self.talk, self.cell = Sentences(), Sentences(), Sentences()
        self.who, self.left_out, self.pooled, self.formulas = Sentences(), Sentences(), Sentences(), Sentences()
        self.map = MapSection(session, background, palette)
        self.pools = PoolTable()
        self._rest, self._pause = self._timer(self._ask), self._timer(self._go_on)
        self._lay_out()
        self._connect()
        self.offer()
        self.setFocusProxy(self.first)

    def _lay_out(self) -> None:
        self._content = _Content()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(STEP, STEP, STEP, STEP)
        column.setSpacing(STEP)
        self._with = caption(_("with"), self.second)
        choices = caption(_("Compare"), self.first), self.first, self._with, self.second
        for part in (*choices, self.hidden, self.show_now):
            column.addWidget(part)
        self.body = QWidget()
        column.addWidget(self.body)
        column.addStretch(1)
        body = QVBoxLayout(self.body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(STEP)
        body.addWidget(self.sentences)
        body.addWidget(self.layer)
        body.addWidget(self.layer_note)
        self.folds = {
            "talk": _fold(_("Worth talking about"), self.talk),
            "cell": _fold(_("The selected cell"), self.cell),
            "left_out": _fold(_("Without one analyst"), self.left_out),
            "pooled": _fold(_("Pooled probabilities"), self.pooled, self.pools, self.formulas),
            "who": _fold(_("Who rated, and how blind"), self.who),
        }
        for name, fold in self.folds.items():
            body.addWidget(fold)
            if name == "cell":
                body.addWidget(self.map)
        self.folds["talk"].set_open(True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(self._content))

    def _connect(self) -> None:
        session = self._session
        session.changed.connect(self._follow_edit)
        session.replaced.connect(self._follow)
        session.turned.connect(self._follow)
        self._content.painted.connect(self._seen)
        self.first.chosen.connect(self._chosen)
        self.second.chosen.connect(self._chosen)
        self.layer.toggled.connect(self.layer_wanted)
        self.show_now.clicked.connect(lambda _checked=False: self.scores_wanted.emit())
        self.map.activated.connect(self.cell_chosen)
        self.map.message.connect(self.message)
        self.map.briefed.connect(self.briefed)
        for part in (self.sentences, self.talk, self.cell, self.left_out, self.pooled):
            part.link_activated.connect(self.link_activated)
            part.cell_activated.connect(self.cell_chosen)

    @property
    def is_settled(self) -> bool:
        """Return whether nothing is asked any more."""
        return not (self._stale or self._ticket or self._rest.isActive() or self._pause.isActive())

    @property
    def _may_tell(self) -> bool:
        """Return whether anything is said: together with the scores, or that the others rate in private."""
        return self._scores_shown or is_private(self._session.analysis, self._session.matrix.id)

    def offer(self) -> None:
        """Offer the analysts there are; who is chosen and still there stays chosen."""
        analysis = self._session.analysis
        people = [(key, single_line(name_of(analysis, key))) for key in analysis.analysts]
        first, second = self.first.value, self.second.value
        self.first.set_entries([(EVERYBODY, _("all analysts at once")), *people])
        self.first.show_value(first if first in analysis.analysts else EVERYBODY)
        others = [entry for entry in people if entry[0] != self.first.value]
        self.second.set_entries([(GROUP, _("the others (median)")), *others])
        self.second.show_value(second if second in [key for key, _name in others] else GROUP)
        for part in (self._with, self.second):
            part.setVisible(self.first.value != EVERYBODY)

    def set_palette(self, palette: Palette) -> None:
        """Draw in the colours of another theme."""
        self.map.set_palette(palette)

    def set_scores_shown(self, scores_shown: bool) -> None:
        """Show or hide everything: it gives the standing away."""
        self._scores_shown = scores_shown
        self._show()
        self.refresh()

    def show_selection(self, selection: Selection) -> None:
        """Say what was rated in the cell that the keyboard is on."""
        self._cell = (selection.evidence or "", selection.hypothesis or "") if selection.focus == "cell" else ("", "")
        self._show_cell()

    def refresh_now(self) -> None:
        """Ask anew although the panel may be covered: the layer in the matrix is wanted."""
        self.refresh()
        self._rest.start(0)

    def refresh(self) -> None:
        """Ask anew as soon as the panel can be seen."""
        self._stale = True
        self._drop()
        self._content.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _timer(self, run: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(run)
        return timer

    def _seen(self) -> None:
        if self._stale and self._may_tell and not self._rest.isActive():
            self._rest.start(0)

    def _follow_edit(self, change: Change) -> None:
        if change.touches("analyst"):
            self.offer()
        self._ask_anew()

    def _follow(self) -> None:
        self.offer()
        self._ask_anew()

    def _ask_anew(self) -> None:
        session = self._session
        if is_private(session.analysis, session.matrix.id):
            # Nothing of before may be seen for a moment, in the panel or in the matrix.
            self._take(Answer(self._question(), None, None, None))
        self.refresh()
        if self.isVisible() or self.layer.isChecked():
            self._rest.start(self._rest_after_edit)

    def _chosen(self, _value: object) -> None:
        self.offer()
        self.refresh_now()

    def _drop(self) -> None:
        self._rest.stop()
        self._pause.stop()
        if self._ticket is not None:
            self._ticket.cancel.set()
            self._ticket = None

    def _ask(self) -> None:
        # The layer in the matrix is to be up to date also while the panel is covered.
        seen = self.layer.isChecked() or not self._content.visibleRegion().isEmpty()
        if not self._stale or not self._may_tell or not seen:
            return
        self._stale = False
        self._asked = time.monotonic()
        job = partial(quick_answer, self._question())
        self._ticket = self._background.run(job, self._take_quick, self._failed, owner=self)

    def _question(self) -> Question:
        session = self._session
        return Question(session.front_copy(), session.matrix.id, str(self.first.value), str(self.second.value))

    @property
    def _rest_after_edit(self) -> int:
        return round(min(max(2000 * self._took, _REST_MS), _LONGEST_REST_MS))

    def _take_quick(self, answer: Answer) -> None:
        self._took = time.monotonic() - self._asked
        self._take(answer)
        if answer.found is not None and answer.found.are_several:
            self._pause.start(_PAUSE_MS)

    def _go_on(self) -> None:
        if self.answer is not None and not self._stale:
            job = partial(full_answer, self.answer)
            self._ticket = self._background.run(job, self._take, self._failed, owner=self)

    def _take(self, answer: Answer) -> None:
        self._ticket = None
        self.answer = answer
        self._show()
        self.answered.emit(answer)

    def _failed(self, error: Exception) -> None:
        self._ticket = None
        raise error

    def _show(self) -> None:
        answer = self.answer
        for part in (self.hidden, self.show_now):
            part.setVisible(not self._may_tell)
        self.body.setVisible(self._may_tell and answer is not None)
        if answer is None:
            return
        analysis = answer.question.analysis
        several = answer.found is not None and answer.found.are_several
        said, cells = texts.talk_sentences(answer)
        self.talk.show_texts(said, analysis, cells, answer.labels)
        for part, texts_of in (
            (self.sentences, texts.main_sentences),
            (self.left_out, texts.left_out_sentences),
            (self.who, texts.who_sentences),
            (self.pooled, texts.pool_sentences),
            (self.formulas, texts.formula_sentences),
        ):
            part.show_texts(texts_of(answer), analysis, labels=answer.labels)
        if answer.pooling is not None:
            self.pools.show_pooling(analysis, answer.pooling)
        self.map.show_answer(answer)
        for part in (self.layer, self.layer_note):
            part.setVisible(several)
        filled = {
            "talk": bool(said),
            "left_out": bool(answer.found and answer.found.left_out),
            "pooled": answer.pooling is not None,
            "who": several,
        }
        self._show_folds(several, filled)
        self._show_cell()

    def _show_folds(self, several: bool, filled: dict[str, bool]) -> None:
        self.map.setVisible(several)
        for name, shown in filled.items():
            self.folds[name].setVisible(shown)

    def _show_cell(self) -> None:
        answer = self.answer
        said: Sequence[str] = texts.cell_sentences(answer, *self._cell) if answer is not None else ()
        if answer is not None:
            self.cell.show_texts(said, answer.question.analysis, labels=answer.labels)
        self.folds["cell"].setVisible(bool(said))


class _Content(QWidget):
    """painted(): it can be seen. A covered tab of a dock counts as visible to Qt; being painted is the proof."""

    painted = Signal()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.painted.emit()


def _fold(title: str, *parts: QWidget) -> FoldSection:
    fold = FoldSection()
    fold.set_title(title)
    for part in parts:
        fold.column.addWidget(part)
    return fold
