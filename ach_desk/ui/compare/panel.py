"""The panel "Compare analysts": any two beside each other, one against the others, or all at once; and the pools."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ach_desk.commands import Change
from ach_desk.i18n import _
from ach_desk.reporting.palette import Palette
from ach_desk.scoring.compared_words import name_of
from ach_desk.scoring.group_sheet import GROUP
from ach_desk.scoring.round_states import is_private
from ach_desk.ui.background import Background
from ach_desk.ui.compare import texts
from ach_desk.ui.compare.answers import EVERYBODY, Answer, Question, full_answer, quick_answer
from ach_desk.ui.compare.map import MapSection
from ach_desk.ui.compare.pools import PoolTable
from ach_desk.ui.robustness.sentences import Sentences
from ach_desk.ui.selection import Selection
from ach_desk.ui.session import Session
from ach_desk.ui.text import single_line
from ach_desk.ui.widgets.asking import AskingPanel, Job, folded
from ach_desk.ui.widgets.choice import NameChoice
from ach_desk.ui.widgets.labels import STEP, caption, named, plain
from ach_desk.ui.widgets.rowbutton import RowButton


class ComparePanel(AskingPanel):
    """Several analysts beside each other. What takes long is the interval of alpha.

    scores_wanted(): the scores are to be shown.
    cell_chosen(evidence, hypothesis), link_activated(kind, id): what is to be shown. layer_wanted(bool): whether the
    differences are to be shown in the matrix. answered(Answer): another answer is there. message(str),
    briefed(Snapshot): of a saved chart.
    """

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
        super().__init__(background, parent)
        self.setAccessibleName(_("Compare analysts"))
        self._session = session
        self._scores_shown = True
        self._cell = ("", "")
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
        self._lay_out()
        self._connect()
        self.offer()
        self.setFocusProxy(self.first)

    def _lay_out(self) -> None:
        column = self.column
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
            "talk": folded(_("Worth talking about"), self.talk),
            "cell": folded(_("The selected cell"), self.cell),
            "left_out": folded(_("Without one analyst"), self.left_out),
            "pooled": folded(_("Pooled probabilities"), self.pooled, self.pools, self.formulas),
            "who": folded(_("Who rated, and how blind"), self.who),
        }
        for name, fold in self.folds.items():
            body.addWidget(fold)
            if name == "cell":
                body.addWidget(self.map)
        self.folds["talk"].set_open(True)

    def _connect(self) -> None:
        session = self._session
        session.changed.connect(self._follow_edit)
        session.replaced.connect(self._follow)
        session.turned.connect(self._follow)
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
    def may_tell(self) -> bool:
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

    @property
    def is_wanted(self) -> bool:
        """Return whether the answer is looked at: in the panel, or in the matrix also while the panel is covered."""
        return self.layer.isChecked() or super().is_wanted

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
            self.put(Answer(self._question(), None, None, None))
        self.refresh_after_edit()

    def _chosen(self, _value: object) -> None:
        self.offer()
        self.refresh()

    def quick_job(self) -> Job:
        return partial(quick_answer, self._question(), self.answer)

    def full_job(self) -> Job | None:
        answer = self.answer
        if answer is None or answer.found is None or not answer.found.are_several:
            return None
        return partial(full_answer, answer)

    def take(self, *, last: bool) -> None:
        self._show()
        self.answered.emit(self.answer)

    def _question(self) -> Question:
        session = self._session
        return Question(session.front_copy(), session.matrix.id, str(self.first.value), str(self.second.value))

    def _show(self) -> None:
        answer = self.answer
        for part in (self.hidden, self.show_now):
            part.setVisible(not self.may_tell)
        self.body.setVisible(self.may_tell and answer is not None)
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
