"""What turned out to be so, and what follows from it: what the stated likelihoods were worth, which items misled."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ach_desk.commands import Command, conclusions
from ach_desk.i18n import _, ngettext
from ach_desk.model import Hypothesis, Outcome
from ach_desk.model.conclusions import conclusion_on
from ach_desk.scoring.likelihoods import concluded
from ach_desk.scoring.postmortem import Misleading, misleading, misled_rows, verdict
from ach_desk.scoring.postmortem_words import judged_sentences, misleading_sentence, verdict_sentences
from ach_desk.ui.session import Session
from ach_desk.ui.text import shortened, shown
from ach_desk.ui.widgets.editors import CheckEditor
from ach_desk.ui.widgets.flow import take_all
from ach_desk.ui.widgets.focus import chain_focus
from ach_desk.ui.widgets.labels import STEP, named, plain, rule
from ach_desk.ui.widgets.panel import Panel
from ach_desk.ui.widgets.rowbutton import RowButton

_MOST_ITEMS = 20


class OutcomeStart(QWidget):
    """The page before anything is known. `begun()`: the person knows what turned out to be so."""

    begun = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.button = named(QPushButton(_("Enter what turned out")), _("Enter what turned out"))
        self.button.setAutoDefault(False)
        self.button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(lambda _checked=False: self.begun.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(STEP, STEP, STEP, STEP)
        column.setSpacing(STEP)
        column.addWidget(plain(_("Is it known by now what was true?"), strong=True))
        text = _(
            "Then the likelihoods that were stated can be held against it, and the items found that pointed elsewhere. "
            "That is for learning, never for blame."
        )
        column.addWidget(plain(text, muted=True))
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        column.addStretch(1)
        self.setFocusProxy(self.button)


class OutcomeFields(Panel):
    """The outcome of the matrix in front. `item_requested(id)`: an item that misled is to be shown."""

    item_requested = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(session, "outcome")
        edit = lambda: _("Edit the outcome")  # noqa: E731
        self.text = self.field("text", _("What turned out to be so"), text=edit, links=True, lines=(2, 6))
        self.true = ProvedTrue(session, self)
        self.none = CheckEditor(
            session, _("None of them"), lambda: self.record.none_of_them, lambda on: self._set("none_of_them", on)
        )
        self.add(self.none)
        self.known = self.date_field("known", _("Known since"))
        self.grounds = self.field("grounds", _("How it is known"), text=edit, links=True, lines=(1, 6))
        self.lessons = self.field("lessons", _("What to do otherwise next time"), text=edit, links=True, lines=(2, 8))
        self.verdict = plain()
        self.judged = plain(muted=True)
        self.before_misled, self.misled = rule(), MisledList(self)
        self._arrange()
        self.setFocusProxy(self.text.box)

    def refresh_rest(self) -> None:
        """Show what follows from what proved true."""
        outcome: Outcome = self.record
        self.true.refresh(outcome)
        conclusion = conclusion_on(self.session.analysis, outcome.matrix)
        known = bool(outcome.true) or outcome.none_of_them
        if not known:
            self.verdict.setText(_("Say which hypotheses proved true, and it is held against what was stated."))
            self.judged.setText("")
        elif conclusion is None or conclusion.no_judgement:
            self.verdict.setText(_("No likelihoods were stated that it could be held against."))
            self.judged.setText("")
        else:
            found = verdict(conclusion, outcome, self.session.as_rated)
            sentences = verdict_sentences(found) or [_("No likelihoods were stated in numbers.")]
            self.verdict.setText("\n".join(sentences))
            self.judged.setText("\n".join(judged_sentences(found)))
        self.judged.setVisible(bool(self.judged.text()))
        found = misleading(self.session.as_rated, outcome, _MOST_ITEMS)
        self.before_misled.setVisible(known)
        self.misled.show_items(found, len(misled_rows(self.session.as_rated, outcome)), known=known)

    def set_true(self, ids: tuple[str, ...]) -> None:
        """Say which hypotheses proved true."""
        self.session.execute(self._set("true", ids))
        self.refresh()

    def _arrange(self) -> None:
        for part in (self.text, self.true, self.none, self.known, self.grounds, rule()):
            self.place(part)
        self.place(plain(_("What the stated likelihoods were worth"), strong=True))
        for part in (self.verdict, self.judged, self.before_misled, self.misled, rule(), self.lessons):
            self.place(part)
        self.end()

    def _set(self, name: str, value: object) -> Command:
        return conclusions.set_field(self.session.analysis, "outcome", self.record.id, name, value)


class ProvedTrue(QWidget):
    """A switch for each hypothesis."""

    def __init__(self, session: Session, panel: OutcomeFields) -> None:
        super().__init__()
        self._session, self._panel = session, panel
        self._shown: tuple[tuple[str, str], ...] = ()
        self.boxes: dict[str, QCheckBox] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(STEP // 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP // 2)
        column.addWidget(plain(_("Which hypotheses proved true?"), muted=True))
        column.addLayout(self._list)

    def refresh(self, outcome: Outcome) -> None:
        """Show the hypotheses of the matrix, and which of them proved true."""
        listed = concluded(self._session.as_rated)
        present = tuple((entry.id, _name(entry)) for entry in listed)
        if present != self._shown:
            self._shown = present
            self._build()
        for entry, box in self.boxes.items():
            box.setChecked(entry in outcome.true and not outcome.none_of_them)
            box.setEnabled(not self._session.read_only and not outcome.none_of_them)

    def _build(self) -> None:
        take_all(self._list)
        self.boxes = {}
        for entry, name in self._shown:
            box = named(QCheckBox(shortened(name, 44).replace("&", "&&")), _("Proved true: {name}").format(name=name))
            box.setToolTip(name)
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            box.clicked.connect(lambda _checked=False: self._take())
            self._list.addWidget(box)
            box.show()
            self.boxes[entry] = box
        chain_focus(self._panel.text.box, *self.boxes.values())

    def _take(self) -> None:
        listed = tuple(entry for entry, box in self.boxes.items() if box.isChecked())
        outcome: Outcome = self._panel.record
        unseen = tuple(entry for entry in outcome.true if entry not in self.boxes)
        self._panel.set_true((*listed, *unseen))


class MisledList(QWidget):
    """The items that pointed elsewhere, each a way to the matrix."""

    def __init__(self, panel: OutcomeFields) -> None:
        super().__init__()
        self._panel = panel
        self._shown: tuple[str, ...] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(STEP // 2)

    def show_items(self, found: list[Misleading], count: int, *, known: bool) -> None:
        """Show the first ones of `count`, the most misleading on top; none while it is not known what proved true."""
        sentences = tuple(misleading_sentence(one) for one in found)
        key = (str(known), str(count), *sentences)
        if key == self._shown:
            return
        self._shown = key
        take_all(self._column)
        self.setVisible(known)
        if not known:
            return
        self._put(plain(_("Items that pointed elsewhere"), strong=True))
        if not found:
            self._put(plain(_("No rating spoke against what proved true, or for what did not.")))
            return
        for one, sentence in zip(found, sentences, strict=True):
            button = RowButton(shown(sentence), shown(one.item.title), elide_detail=True)
            button.clicked.connect(lambda _checked=False, item=one.item.id: self._panel.item_requested.emit(item))
            self._put(button)
        rest = count - len(found)
        if rest > 0:
            self._put(plain(ngettext("and {count} more", "and {count} more", rest).format(count=rest), muted=True))
        self._put(plain(_("That does not make them wrong: they may have been as good as could be had."), muted=True))

    def _put(self, widget: QWidget) -> None:
        self._column.addWidget(widget)
        widget.show()


def _name(hypothesis: Hypothesis) -> str:
    return shown(f"{hypothesis.label}  {hypothesis.title}")
