"""The inspector's panel for a cell: the rating question with both texts, the answer, the reason and the confidence."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QVBoxLayout, QWidget

from ach_desk.commands import Command, cells, edits
from ach_desk.commands.challenges import on_cell
from ach_desk.commands.hypotheses import confirm_derived
from ach_desk.i18n import _, ngettext
from ach_desk.model import Challenge, EvidenceItem, Hypothesis, Level, Rating, RatingRange, RatingValue, Scale
from ach_desk.model.wording import is_on_earlier_wording
from ach_desk.model.words import (
    level_word,
    rating_meaning,
    rating_order,
    rating_question,
    rating_reminder,
    rating_symbol,
    reading_question,
)
from ach_desk.ui.challenges.section import ChallengeSection
from ach_desk.ui.doubt.resting import of_cells
from ach_desk.ui.doubt.rests import RestsEditor
from ach_desk.ui.frames.likelihood import LikelihoodEditor
from ach_desk.ui.history_panel.cell_history import CellHistory
from ach_desk.ui.inspector.earlier import EarlierWording, words_then
from ach_desk.ui.inspector.parts import PartsNote
from ach_desk.ui.inspector.ranges import RangeEditor
from ach_desk.ui.matrix.folding import heading_sentence
from ach_desk.ui.matrix.judgement import judgement, who_and_when
from ach_desk.ui.matrix.whatif import override_words
from ach_desk.ui.session import Session
from ach_desk.ui.text import explain, shortened, shown
from ach_desk.ui.together.here import RemarksHere
from ach_desk.ui.widgets.answers import Answer
from ach_desk.ui.widgets.editors import Binding, ChoiceEditor, TextEditor, status_line
from ach_desk.ui.widgets.labels import STEP, heading, named, plain, rule
from ach_desk.ui.widgets.panel import GAP, Panel

_LONGEST_QUOTE = 280


class CellPanel(Panel):
    """One cell, or a block: answer and confidence are set for all of it, the reason for the cell with the keyboard."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "evidence")
        self.hypothesis = ""
        self.cells: tuple[tuple[str, str], ...] = ()
        self.heading = heading()
        self.question = plain(rating_question(), strong=True)
        self.reading = plain()
        self.texts = _Texts()
        self.answers = QWidget()
        self._group = QButtonGroup(self)
        self._buttons = self._build_answers()
        self.reminder = plain(rating_reminder(), muted=True)
        self.rationale = TextEditor(
            session,
            _("Rationale"),
            Binding(self._key, self._read_rationale, self._write_rationale),
            lines=(4, 12),
            links=True,
        )
        self.add(self.rationale)
        levels: tuple[Level | None, ...] = (None, Level.HIGH, Level.MEDIUM, Level.LOW)
        self.confidence = ChoiceEditor(
            session,
            _("Confidence in this rating"),
            [(level, level_word(level)) for level in levels],
            lambda: [rating.confidence for rating in self._rated()],
            self._confidence_command,
        )
        self.add(self.confidence)
        self.likelihood = self.add(LikelihoodEditor(session, self._key, lambda: self.rating, self._ratable))
        self.range = RangeEditor(session, lambda: self.rating, self._ratable)
        self.rests = RestsEditor(session, of_cells(session, lambda: self.cell, self._ratable))
        self.rests.link_activated.connect(self.link_activated)
        self.suggestion = EarlierWording(_("Confirm the suggestion"))
        self.suggestion.chosen.connect(self._confirm)
        self.earlier = EarlierWording(_("Confirm the rating"))
        self.earlier.chosen.connect(self._confirm)
        self.when = status_line()
        self.parts = PartsNote()
        self.parts.chosen.connect(self._confirm_parts)
        self.refusal = plain(strong=True)
        self.challenges = ChallengeSection(session, self._challenges)
        self.remarks = RemarksHere(session, lambda: self.cell)
        self.history = CellHistory(session, lambda: self.cell)
        self._arrange()

    def _arrange(self) -> None:
        notes = (self.refusal, self.parts, self.earlier, self.suggestion)
        asked = (self.question, self.reading, self.answers, self.reminder, self.rationale)
        parts = (self.heading, self.texts, *notes, rule(), *asked)
        for part in parts:
            self.place(part)
        self.place(self.confidence)
        self.place(self.likelihood)
        self.place(self.range, lambda: self.range.is_used)
        self.place(self.rests, lambda: self.rests.is_used)
        for part in (self.when, self.challenges, self.remarks, self.history):
            self.place(part)
        self.end()

    def _build_answers(self) -> dict[RatingValue | None, Answer]:
        column = QVBoxLayout(self.answers)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        buttons = {}
        for value in rating_order(Scale.SEVEN):
            answer = Answer(rating_symbol(value), rating_meaning(value))
            answer.clicked.connect(lambda _on=False, chosen=value: self._rate(chosen))
            answer.aimed_at.connect(self.session.history.end_merging)
            self._group.addButton(answer)
            column.addWidget(answer)
            buttons[value] = answer
        return buttons

    @property
    def cell(self) -> tuple[str, str]:
        """Return the (evidence, hypothesis) that the keyboard is on."""
        return self.ids[0], self.hypothesis

    @property
    def rating(self) -> Rating | None:
        """Return what is entered in the cell that the keyboard is on."""
        return self.session.matrix.rating(self.session.analyst, *self.cell)

    def show_cell(self, evidence: str, hypothesis: str, cells: Sequence[tuple[str, str]]) -> None:
        """Show a cell, and the block it belongs to, after taking over what was typed for the one before."""
        if (evidence, hypothesis) != (self.ids[0] if self.ids else "", self.hypothesis):
            self.flush()
            self.abandon()
            self.session.history.end_merging()
            self.ids, self.hypothesis = (evidence,), hypothesis
            self.rests.forget()
            self._fold()
        self.cells = tuple(cells) or ((evidence, hypothesis),)
        self.refresh()

    def refresh_rest(self) -> None:
        """Show both texts, the answer, what is to confirm, and who rated when."""
        item = self.session.analysis.evidence[self.ids[0]]
        hypothesis = self.session.analysis.hypotheses[self.hypothesis]
        title = _("{item} under {hypothesis}").format(item=item.label, hypothesis=hypothesis.label)
        if len(self.cells) > 1:
            count = len(self.cells)
            title += ngettext(" · {count} cell selected", " · {count} cells selected", count).format(count=count)
        self.heading.setText(title)
        self.texts.show_texts(
            (hypothesis.label, hypothesis.title, hypothesis.statement), (item.label, item.title, item.detail)
        )
        self._show_answer()
        self.reading.setText(reading_question(item.reading if item.twin else None))
        self.reading.setVisible(bool(self.reading.text()))
        self._show_kin(hypothesis)
        self.range.refresh()
        self.rests.refresh()
        self.confidence.set_read_only(self.session.read_only or not self._rated())
        self._show_what_to_confirm(item, hypothesis)
        instead = override_words(self.session, *self.cell)
        said = instead[:1].upper() + instead[1:]
        self.when.setText(said or shown(who_and_when(self.rating, self.session.analysis, self.session.analyst)))
        self.when.setVisible(bool(self.when.text()))
        self.challenges.refresh()
        self.remarks.refresh()
        self.history.refresh()

    def _challenges(self) -> list[Challenge]:
        return on_cell(self.session.analysis, self.session.matrix.id, *self.cell)

    def _show_answer(self) -> None:
        """Check the answer of all selected cells (a range is none yet); steps show that are of the scale, or in use."""
        values = {self._answer_of(cell) for cell in self.cells}
        steps = rating_order(self.session.matrix.scale)
        self._group.setExclusive(False)
        for value, button in self._buttons.items():
            button.setChecked(values == {value})
            button.setEnabled(not self.session.read_only)
            button.setVisible(value in steps or value in values)
        self._group.setExclusive(True)

    def _show_what_to_confirm(self, item: EvidenceItem, hypothesis: Hypothesis) -> None:
        rating, may_edit = self.rating, not self.session.read_only
        earlier = rating is not None and is_on_earlier_wording(rating, item, hypothesis)
        words = words_then(self.session, rating, item, hypothesis) if earlier and rating is not None else ""
        self.earlier.say(_("Rated on earlier wording.") if earlier else "", words, may_edit=may_edit)
        proposed = rating.suggested if rating is not None and rating.value is None else None
        said = judgement(rating) if proposed else ""
        self.suggestion.say(said[:1].upper() + said[1:], may_edit=may_edit)
        self.suggestion.button.setVisible(proposed is not None and proposed[0] is proposed[1])

    def _show_kin(self, hypothesis: Hypothesis) -> None:
        """Show what the parts of a combination say, and that a heading is not rated."""
        self.parts.show_cell(self.session, *self.cell)
        is_heading = hypothesis.id in self.session.assessment.headings
        self.refusal.setText(heading_sentence(hypothesis, None) if is_heading else "")
        self.refusal.setVisible(is_heading)
        for part in (self.answers, self.question, self.reminder, self.rationale, self.confidence):
            part.setVisible(not is_heading)

    def _confirm_parts(self, value: object) -> None:
        if isinstance(value, RatingValue):
            session = self.session
            wanted = [(self.cell, value)]
            session.execute(confirm_derived(session.analysis, session.matrix, session.analyst, wanted))
            self.refresh()

    def _ratable(self) -> list[tuple[str, str]]:
        """Return the cells that can be rated: none of a heading."""
        over = self.session.assessment.headings
        return [cell for cell in self.cells if cell[1] not in over]

    def _answer_of(self, cell: tuple[str, str]) -> RatingValue | RatingRange | None:
        rating = self.session.rating(*cell)
        return (rating.range or rating.value) if rating else None

    def _confirm(self) -> None:
        session = self.session
        session.execute(edits.confirm(session.analysis, session.matrix, session.analyst, [self.cell]))
        self.refresh()

    def _rated(self) -> list[Rating]:
        ratings = (self.session.matrix.rating(self.session.analyst, *cell) for cell in self._ratable())
        return [rating for rating in ratings if rating and rating.value is not None]

    def _rate(self, value: RatingValue | None) -> None:
        # Going through the answers with the arrow keys chooses each in passing; that is one step.
        self.session.rate(self._ratable(), value, merge_key=f"answer/{self.cell}")
        self.refresh()

    def _confidence_command(self, level: object) -> Command:
        confidence = level if isinstance(level, Level) else None
        return cells.set_confidence(self.session.matrix, self.session.analyst, self._ratable(), confidence)

    def _exists(self) -> bool:
        return self.record is not None and self.hypothesis in self.session.analysis.hypotheses

    def _key(self) -> str:
        return f"cell/{self.ids[0] if self.ids else ''}/{self.hypothesis}"

    def _read_rationale(self) -> str | None:
        if not self._exists():
            return None
        return self.rating.rationale if self.rating else ""

    def _write_rationale(self, text: str) -> Command:
        return edits.annotate(self.session.matrix, self.session.analyst, [self.cell], rationale=text)


class _Texts(QFrame):
    """Hypothesis and item, as far as they are needed to answer the question."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP // 2)
        self.titles = [plain(), plain()]
        self.bodies = [plain(muted=True), plain(muted=True)]
        for number, (title, body) in enumerate(zip(self.titles, self.bodies, strict=True)):
            if number:
                column.addSpacing(GAP - STEP // 2)
            column.addWidget(title)
            column.addWidget(body)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def show_texts(self, *texts: tuple[str, str, str]) -> None:
        """Show (label, title, body) of the hypothesis and of the item."""
        for (label, name, body), title_label, body_label in zip(texts, self.titles, self.bodies, strict=True):
            title_label.setText(f"{label}  {shown(shortened(name, _LONGEST_QUOTE))}")
            body_label.setText(shown(shortened(body, _LONGEST_QUOTE), "\n"))
            body_label.setVisible(bool(body))
            explain(body_label, body if len(body) > _LONGEST_QUOTE else "")
            named(title_label, title_label.text())
