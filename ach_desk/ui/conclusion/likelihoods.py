"""The hypotheses in the conclusion: a word, numbers and a reason for each, and what the numbers amount to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ach_desk.commands import conclusions
from ach_desk.i18n import _
from ach_desk.model import Conclusion, Hypothesis, Likelihood
from ach_desk.model.conclusions import by_hypothesis
from ach_desk.model.likelihood_words import Term, nearest, shown_word, stated_range, term_of, terms_in
from ach_desk.model.percent import range_from, range_words, typed
from ach_desk.reporting.print_text import breakable
from ach_desk.scoring.likelihoods import concluded, fits, midpoint, sum_sentence
from ach_desk.ui.session import Session
from ach_desk.ui.text import shown
from ach_desk.ui.widgets.choice import Choice
from ach_desk.ui.widgets.editors import Binding, TextEditor
from ach_desk.ui.widgets.flow import take_all
from ach_desk.ui.widgets.focus import chain_focus
from ach_desk.ui.widgets.labels import STEP, caption, plain, rule

_WORD_SHARE = 2
"""How much wider the word is than the numbers."""
_LONGEST_WORD = 24

Present = Callable[[], Conclusion | None]


class Likelihoods(QWidget):
    """A row for each hypothesis, the rejected ones under a line, and below them what the ranges add up to."""

    link_activated = Signal(str, str)

    def __init__(self, session: Session, present: Present, before: QWidget) -> None:
        """`before` is what has the keyboard before the first row."""
        super().__init__()
        self._session, self._present, self._before = session, present, before
        self.rows: list[LikelihoodRow] = []
        self._shown: tuple[tuple[str, bool], ...] = ()
        self._list = QVBoxLayout()
        self._list.setSpacing(2 * STEP)
        self.sums = plain(strong=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP)
        column.addLayout(self._list)
        column.addWidget(self.sums)

    def refresh(self) -> None:
        """Show every hypothesis of the matrix as it is judged now."""
        conclusion = self._present()
        if conclusion is None:
            return
        listed = concluded(self._session.assessment)
        present = tuple((entry.id, entry.is_active) for entry in listed)
        if present != self._shown:
            self._shown = present
            self._build(listed)
        for row in self.rows:
            row.refresh()
        self.sums.setText(sum_sentence(conclusion, listed))
        self.sums.setVisible(bool(self.sums.text()))

    def flush(self) -> None:
        """Take over what is still being typed."""
        for row in self.rows:
            row.flush()

    def forget(self) -> None:
        """Drop typing and drafts: another analysis is shown."""
        for row in self.rows:
            row.forget()

    def row_of(self, hypothesis: str) -> LikelihoodRow | None:
        """Return the row of a hypothesis (an id); None for one that is not listed."""
        return next((row for row in self.rows if row.hypothesis == hypothesis), None)

    def _build(self, listed: Sequence[Hypothesis]) -> None:
        self.flush()
        take_all(self._list)
        self.rows = []
        for entry in listed:
            if not entry.is_active and not any(row.is_rejected for row in self.rows):
                self._put(rule())
                self._put(plain(_("Rejected"), muted=True))
            row = LikelihoodRow(self._session, self._present, entry)
            row.reason.link_activated.connect(self.link_activated)
            self.rows.append(row)
            self._put(row)
        fields = (part for row in self.rows for part in (row.word, row.numbers.box, row.reason.box))
        chain_focus(self._before, *fields)

    def _put(self, widget: QWidget) -> None:
        self._list.addWidget(widget)
        widget.show()


class LikelihoodRow(QWidget):
    """One hypothesis: title, word and numbers side by side, the reason, and what does not fit together."""

    def __init__(self, session: Session, present: Present, hypothesis: Hypothesis) -> None:
        super().__init__()
        self._session, self._present = session, present
        self.hypothesis, self.is_rejected = hypothesis.id, not hypothesis.is_active
        self.title = plain(strong=True)
        self.status = plain(muted=True)
        self.word = Choice([])
        self.word.chosen.connect(self._choose)
        self.numbers = NumberEditor(session, self._number_binding(), self._fit_word)
        self.hint = plain(muted=True)
        self.reason = TextEditor(session, _("Reason"), self._reason_binding(), lines=(1, 6), links=True, hint=_("Why"))
        self._word_part = _captioned(_("In a word"), self.word)
        self._lay_out()

    def _lay_out(self) -> None:
        pair = QHBoxLayout()
        pair.setSpacing(STEP)
        pair.addWidget(self._word_part, _WORD_SHARE, Qt.AlignmentFlag.AlignTop)
        pair.addWidget(self.numbers, 1, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP // 2)
        column.addWidget(self.title)
        column.addWidget(self.status)
        column.addLayout(pair)
        column.addWidget(self.hint)
        column.addWidget(self.reason)
        self.reason.title.hide()

    def refresh(self) -> None:
        """Show what is said of the hypothesis now."""
        conclusion = self._present()
        hypothesis = self._session.analysis.hypotheses.get(self.hypothesis)
        if conclusion is None or hypothesis is None:
            return
        self._show_names(hypothesis)
        terms, said = terms_in(conclusion), self._said(conclusion)
        self._show_word(said.word, terms)
        for editor in (self.numbers, self.reason):
            editor.refresh()
            editor.set_read_only(self._session.read_only)
        self.hint.setText(_hint(said, terms))
        self.hint.setVisible(bool(self.hint.text()))
        # On Linux the name of a drop-down list is what it shows, and the caption says nothing of the hypothesis.
        self.word.setAccessibleDescription(" ".join(filter(None, (self.title.text(), self.hint.text()))))

    def _show_names(self, hypothesis: Hypothesis) -> None:
        label = hypothesis.label
        self.title.setText(_wrapping(f"{label}  {hypothesis.title}"))
        self.status.setText(_wrapping(hypothesis.status_reason) if self.is_rejected else "")
        self.status.setVisible(bool(self.status.text()))
        self.word.setAccessibleName(_("{label}, in a word").format(label=label))
        self.numbers.box.setAccessibleName(_("{label}, in per cent").format(label=label))
        self.reason.box.setAccessibleName(_("{label}, reason").format(label=label))

    def _show_word(self, word: str, terms: Sequence[Term]) -> None:
        self._word_part.setVisible(bool(terms) or bool(word))
        self.word.set_entries(_entries(terms, word))
        self.word.show_value(word)
        self.word.setToolTip(self.word.currentText())
        self.word.view().setMinimumWidth(self.word.view().sizeHintForColumn(0) + 4 * STEP)
        self.word.setEnabled(not self._session.read_only)
        self.word.setFixedHeight(self.numbers.box.height())

    def flush(self) -> None:
        """Take over what is still being typed."""
        self.numbers.flush()
        self.reason.flush()

    def forget(self) -> None:
        """Drop typing and drafts."""
        self.numbers.forget()
        self.reason.forget()

    def _said(self, conclusion: Conclusion) -> Likelihood:
        return by_hypothesis(conclusion).get(self.hypothesis) or Likelihood(hypothesis=self.hypothesis)

    def _choose(self, word: object) -> None:
        conclusion = self._present()
        if conclusion is not None:
            self._session.execute(conclusions.set_word(self._session.analysis, conclusion, self.hypothesis, str(word)))
            self.refresh()

    def _fit_word(self, merge_key: str) -> None:
        conclusion = self._present()
        if conclusion is not None:
            command = conclusions.fit_word(self._session.analysis, conclusion, self.hypothesis)
            self._session.execute(command, merge_key)
            self.refresh()

    def _number_binding(self) -> Binding:
        session = self._session

        def build(text: str):
            return conclusions.set_numbers(session.analysis, self._needed(), self.hypothesis, range_from(text))

        return Binding(
            lambda: self._key("numbers"),
            lambda: self._read(lambda said: typed(stated_range(said))),
            build,
            lambda: _("Not taken over: write numbers from 0 to 100, such as 55-80, about 60 or under 5."),
        )

    def _reason_binding(self) -> Binding:
        session = self._session
        return Binding(
            lambda: self._key("reason"),
            lambda: self._read(lambda said: said.reason),
            lambda text: conclusions.set_reason(session.analysis, self._needed(), self.hypothesis, text),
        )

    def _key(self, field: str) -> str:
        conclusion = self._present()
        return f"conclusion/{conclusion.id if conclusion else ''}/{self.hypothesis}/{field}"

    def _read(self, get: Callable[[Likelihood], str]) -> str | None:
        conclusion = self._present()
        return None if conclusion is None else get(self._said(conclusion))

    def _needed(self) -> Conclusion:
        conclusion = self._present()
        if conclusion is None:
            raise ValueError("the conclusion was deleted")
        return conclusion


class NumberEditor(TextEditor):
    """A range in per cent. Once it is left, the word follows in the same step: half a number means another word."""

    def __init__(self, session: Session, binding: Binding, fit_word: Callable[[str], None]) -> None:
        super().__init__(session, _("In per cent"), binding, one_line=True, hint=_("55-80"))
        self._fit_word = fit_word
        self._typed = False
        self.box.typed.connect(self._note)

    def finish(self) -> None:
        """Take over what was typed, and let the word follow."""
        self.flush()
        if self._typed and not self.has_draft:
            self._typed = False
            self._fit_word(self._binding.key())
        super().finish()

    def _note(self) -> None:
        self._typed = True


def _wrapping(text: str) -> str:
    """Return a text for a label, in which a word longer than the panel can wrap."""
    return breakable(shown(text), _LONGEST_WORD)


def _entries(terms: Sequence[Term], present: str) -> list[tuple[str, str]]:
    """Return the words to choose from, each with its numbers; a word of another scale stands first, as text."""
    found = [("", _("no word"))]
    if present and term_of(present, terms) is None:
        found.append((present, _("{word} (not of this scale)").format(word=shown(shown_word(present)))))
    found += [(term.word, _entry(term.word, term)) for term in terms]
    return found + [(term.synonym, _entry(term.synonym, term)) for term in terms if term.synonym]


def _entry(word: str, term: Term) -> str:
    text = _("{word}  {low:g}–{high:g} %")
    return text.format(word=shown(shown_word(word)), low=term.low, high=term.high)


def _hint(said: Likelihood, terms: Sequence[Term]) -> str:
    """Return what does not fit together, or which word is near; "" where there is nothing to say."""
    term, around = term_of(said.word, terms), stated_range(said)
    if said.word and term is None and terms:
        return _("This word is not of the scale that is chosen; choose anew.")
    if around is None or not terms:
        return ""
    if term is not None:
        word, band = shown(shown_word(said.word)), range_words(term.range)
        return "" if fits(around, term) else _("“{word}” stands for {range}.").format(word=word, range=band)
    near = nearest(midpoint(around), terms)
    if near is None:
        return ""
    text = _("No word of the scale covers this; the nearest is “{word}” ({range}).")
    return text.format(word=shown(shown_word(near.word)), range=range_words(near.range))


def _captioned(text: str, choice: Choice) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(STEP // 2)
    column.addWidget(caption(text, choice))
    column.addWidget(choice)
    return box
