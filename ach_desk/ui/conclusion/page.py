"""The fields of a conclusion in their order: answer, hypotheses, confidence, what would change our mind, questions."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ach_desk.commands import Command, conclusions
from ach_desk.i18n import _
from ach_desk.model import Conclusion, Level
from ach_desk.model.conclusions import confidence_hint, confidence_word
from ach_desk.model.likelihood_words import scale_name, scale_note
from ach_desk.model.prompts import prompts
from ach_desk.model.values import LikelihoodScale
from ach_desk.scoring.answer_check import joined_sentence, word_without_number
from ach_desk.scoring.likelihoods import departure_sentence, departures
from ach_desk.ui.conclusion.likelihoods import Likelihoods
from ach_desk.ui.conclusion.own_terms import terms_to_text, text_to_terms
from ach_desk.ui.session import Session
from ach_desk.ui.text import shown
from ach_desk.ui.widgets.editors import Binding, CheckEditor, ChoiceEditor, TextEditor
from ach_desk.ui.widgets.foldsection import FoldSection
from ach_desk.ui.widgets.labels import plain, rule
from ach_desk.ui.widgets.panel import Panel


class ConclusionFields(Panel):
    """The conclusion upon the matrix in front. Nothing in it is ever filled in by the program."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "conclusion")
        self.scores_shown = True
        edit = lambda: _("Edit the conclusion")  # noqa: E731
        self.answer = self.field("answer", _("The answer in one sentence"), text=edit, links=True, lines=(2, 6))
        self.answer_hint = plain()
        self.no_judgement = self._switch("no_judgement", _("No judgement is possible yet"))
        self.no_reason = self.field("no_judgement_reason", _("Why not"), text=edit, links=True, lines=(2, 6))
        self.scale = self._scale_editor()
        self.scale_note = plain(muted=True)
        self.own_terms = self._own_terms_editor()
        self.likelihoods = Likelihoods(session, lambda: self.record, self.own_terms.box)
        self.likelihoods.link_activated.connect(self.link_activated)
        self.exclusive = self._exclusive_editor()
        self.departs = plain(strong=True)
        self.departure = self.field(
            "departure", _("Why your order is another one than that of the matrix"), text=edit, links=True, lines=(2, 6)
        )
        self.confidence = self._confidence_editor()
        self.confidence_hint = plain(muted=True)
        self.source_base = self.field("source_base", _("How good the sources are"), text=edit, links=True, lines=(1, 6))
        self.gaps = self.field("gaps", _("What is missing"), text=edit, links=True, lines=(1, 6))
        self.agreement = self.field(
            "agreement", _("Whether sources and analysts agree"), text=edit, links=True, lines=(1, 6)
        )
        self.would_change = self.field(
            "would_change", _("What would change our mind"), text=edit, links=True, lines=(2, 8)
        )
        self.date = self.date_field("date", _("Date of the conclusion"))
        self.questions = Questions(session, lambda: self.record)
        self._judging = self._arrange()
        self.setFocusProxy(self.answer.box)

    def refresh_rest(self) -> None:
        """Show what follows from the fields: hints, sums, departures; hide what a missing judgement leaves open."""
        conclusion: Conclusion = self.record
        judged = not conclusion.no_judgement
        for part in self._judging:
            part.setVisible(judged)
        self.no_reason.setVisible(conclusion.no_judgement)
        self.own_terms.setVisible(judged and conclusion.scale is LikelihoodScale.OWN)
        self.scale_note.setText(scale_note(conclusion.scale) if conclusion.scale else "")
        self.answer_hint.setText(shown(_answer_hint(conclusion)))
        self.answer_hint.setVisible(bool(self.answer_hint.text()))
        self.answer.box.setAccessibleDescription(self.answer_hint.text())
        self.likelihoods.refresh()
        self._show_departure(conclusion, judged=judged)
        self._show_confidence(conclusion)
        self.questions.refresh()

    def flush(self) -> None:
        """Take over everything typed."""
        super().flush()
        self.likelihoods.flush()
        self.questions.flush()

    def forget(self) -> None:
        """Drop drafts: another analysis is shown."""
        super().forget()
        self.likelihoods.forget()
        self.questions.forget()

    def _arrange(self) -> list[QWidget]:
        """Put everything in its place; return what belongs to a judgement, and not to one that is not possible yet."""
        for part in (self.answer, self.answer_hint, self.no_judgement, self.no_reason):
            self.place(part)
        heads = [
            plain(text, strong=True) for text in (_("How likely each hypothesis is"), _("How sure of that you are"))
        ]
        about = plain(_("Of the judgement as a whole, apart from how likely anything is."), muted=True)
        rules = [rule(), rule()]
        first = [rules[0], heads[0], self.scale, self.scale_note, self.own_terms, self.likelihoods, self.exclusive]
        second = [rules[1], heads[1], about, self.confidence, self.confidence_hint]
        second += [self.source_base, self.gaps, self.agreement]
        for part in (*first, self.departs, self.departure, *second, rule(), self.would_change, self.date):
            self.place(part)
        self.place(self.questions)
        self.end()
        return [*first, *second]

    def _show_departure(self, conclusion: Conclusion, *, judged: bool) -> None:
        sentence = departure_sentence(departures(conclusion, self.session.assessment)) if self.scores_shown else ""
        self.departs.setText(shown(sentence))
        self.departs.setVisible(judged and bool(sentence))
        self.departure.setVisible(judged and bool(sentence or conclusion.departure))

    def _show_confidence(self, conclusion: Conclusion) -> None:
        level = conclusion.confidence
        self.confidence_hint.setText(confidence_hint(level) if level else "")
        self.confidence_hint.setVisible(level is not None and not conclusion.no_judgement)

    def _switch(self, name: str, title: str) -> CheckEditor:
        editor = CheckEditor(self.session, title, lambda: getattr(self.record, name), lambda on: self._set(name, on))
        self.add(editor)
        return editor

    def _scale_editor(self) -> ChoiceEditor:
        editor = ChoiceEditor(
            self.session,
            _("Words for likelihood"),
            [(scale, scale_name(scale)) for scale in LikelihoodScale],
            lambda: self.values("scale"),
            self._take_scale,
        )
        self.add(editor)
        return editor

    def _take_scale(self, value: object) -> Command:
        scale = value if isinstance(value, LikelihoodScale) else LikelihoodScale.NONE
        return conclusions.set_scale(self.session.analysis, self.record, scale)

    def _own_terms_editor(self) -> TextEditor:
        binding = Binding(
            lambda: f"conclusion/{self.ids[0] if self.ids else ''}/own_terms",
            lambda: terms_to_text(self.record.own_terms) if self.record else None,
            lambda text: conclusions.set_own_terms(self.session.analysis, self.record, text_to_terms(text)),
            lambda: _("Not taken over: write a word and its range in each line, such as “rather likely: 55-80”."),
        )
        hint = _("rather likely: 55-80")
        editor = TextEditor(self.session, _("My words, one per line"), binding, lines=(3, 8), hint=hint)
        self.add(editor)
        return editor

    def _exclusive_editor(self) -> ChoiceEditor:
        entries = [(None, _("not said")), (True, _("no, only one of them")), (False, _("yes, several may be"))]
        title = _("Can more than one of them be true?")
        build = lambda value: self._set("exclusive", value)  # noqa: E731
        editor = ChoiceEditor(self.session, title, entries, lambda: self.values("exclusive"), build)
        self.add(editor)
        return editor

    def _confidence_editor(self) -> ChoiceEditor:
        entries = [(None, _("not said")), *((level, confidence_word(level)) for level in Level)]
        build = lambda value: self._set("confidence", value)  # noqa: E731
        editor = ChoiceEditor(self.session, _("Confidence"), entries, lambda: self.values("confidence"), build)
        self.add(editor)
        return editor

    def _set(self, name: str, value: object) -> Command:
        return conclusions.set_field(self.session.analysis, "conclusion", self.record.id, name, value)


class Questions(FoldSection):
    """The questions against oneself, folded until somebody wants them; the answers are kept."""

    def __init__(self, session: Session, present: Callable[[], Conclusion | None]) -> None:
        super().__init__()
        self._session, self._present = session, present
        self.editors = {key: self._editor(key) for key in prompts()}
        self.column.setContentsMargins(0, 0, 0, 0)
        for key, editor in self.editors.items():
            self.column.addWidget(plain(prompts()[key]))
            self.column.addWidget(editor)

    def refresh(self) -> None:
        """Show the answers, and how many there are."""
        conclusion = self._present()
        answered = sum(bool(entry.note) for entry in conclusion.prompts) if conclusion else 0
        text = _("Questions against oneself: {answered} of {count} answered")
        title = _("Questions against oneself")
        self.set_title(text.format(answered=answered, count=len(self.editors)) if answered else title)
        for editor in self.editors.values():
            editor.refresh()
            editor.set_read_only(self._session.read_only)

    def flush(self) -> None:
        """Take over what is still being typed."""
        for editor in self.editors.values():
            editor.flush()

    def forget(self) -> None:
        """Drop typing and drafts."""
        for editor in self.editors.values():
            editor.forget()

    def _editor(self, key: str) -> TextEditor:
        def read() -> str | None:
            conclusion = self._present()
            if conclusion is None:
                return None
            return next((entry.note for entry in conclusion.prompts if entry.question == key), "")

        def build(text: str) -> Command:
            conclusion = self._present()
            if conclusion is None:
                raise ValueError("the conclusion was deleted")
            return conclusions.answer_prompt(self._session.analysis, conclusion, key, text)

        binding = Binding(lambda: f"conclusion/prompts/{key}", read, build)
        editor = TextEditor(self._session, prompts()[key], binding, lines=(1, 6), links=True)
        editor.title.hide()
        return editor


def _answer_hint(conclusion: Conclusion) -> str:
    """Return what the answer should not do, while it is written; "" where nothing is to be said."""
    if joined_sentence(conclusion.answer):
        return _("Likelihood and confidence stand in one sentence and are easily taken for each other. Make it two.")
    if word := word_without_number(conclusion.answer):
        return _("Write the number beside “{word}”; readers take such words very differently.").format(word=word)
    return ""
