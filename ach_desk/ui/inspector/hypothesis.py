"""The inspector's panel for one hypothesis."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ach_desk.commands import Command, edits
from ach_desk.commands.challenges import on_record
from ach_desk.commands.hypotheses import confirm_derived
from ach_desk.i18n import _, ngettext
from ach_desk.model import Hypothesis, HypothesisStatus, RatingValue
from ach_desk.model.words import status_word
from ach_desk.scoring import standing_sentence
from ach_desk.scoring.combination import cells_of, confirmable
from ach_desk.ui.challenges.section import ChallengeSection
from ach_desk.ui.inspector.earlier import MinorChange
from ach_desk.ui.inspector.kin import FormOfEditor, RelationsEditor, relations_of
from ach_desk.ui.session import Session
from ach_desk.ui.text import shortened, shown
from ach_desk.ui.together.here import RemarksHere
from ach_desk.ui.widgets.colourfield import ColourEditor
from ach_desk.ui.widgets.editors import CheckEditor, ChoiceEditor
from ach_desk.ui.widgets.flow import FlowLayout, take_all
from ach_desk.ui.widgets.labels import STEP, heading, named, plain
from ach_desk.ui.widgets.panel import Panel


class HypothesisPanel(Panel):
    """One hypothesis with its standing in words."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "hypothesis")
        self.shows_standing = True
        self.heading = heading(wrap=False)
        self.standing = plain()
        self.title = self.field("title", _("Title"), one_line=True, links=True, lines=(1, 5))
        self.statement = self.field(
            "statement",
            _("Statement"),
            links=True,
            lines=(3, 10),
            hint=_("In full, so that it can turn out to be wrong"),
        )
        self.earlier = MinorChange(session, "hypothesis")
        self.colour = ColourEditor(session, self, _("Colour of the stripe"), _("by its place"))
        self.combines = CombinesEditor(session, self)
        self.form_of = FormOfEditor(session, lambda: self.record)
        self.relations = RelationsEditor(session, lambda: self.record)
        self.relations.link_activated.connect(self.link_activated)
        self.catch_all = CheckEditor(
            session,
            _("Stands for what is not listed"),
            lambda: self.record.catch_all,
            lambda on: self.set_all("catch_all", on),
        )
        self.add(self.catch_all)
        self.confirm_all = named(QPushButton(), _("Confirm the suggestions of the parts"))
        self.confirm_all.setAutoDefault(False)
        self.confirm_all.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.confirm_all.clicked.connect(self._confirm_all)
        self.note = self.field("note", _("Note"), links=True, lines=(2, 8))
        self.status = ChoiceEditor(
            session,
            _("Status"),
            [(status, status_word(status)) for status in HypothesisStatus],
            lambda: self.values("status"),
            self._status_command,
        )
        self.add(self.status)
        self.reason = self.field("status_reason", _("Rejected because"), links=True, lines=(2, 6))
        self.challenges = ChallengeSection(session, lambda: on_record(session.analysis, "hypothesis", self.ids[0]))
        self.remarks = RemarksHere(session, lambda: (None, self.ids[0]))
        self.status_date = self.date_field("status_date", _("Rejected on"))
        self._arrange()

    def _arrange(self) -> None:
        for part in (self.heading, self.standing, self.title, self.statement, self.earlier):
            self.place(part)
        self.place(self.combines, lambda: self.record.is_combination)
        self.place(self.confirm_all)
        self.place(self.form_of, lambda: self.record.parent is not None)
        self.place(self.relations, lambda: bool(relations_of(self.session.analysis.hypotheses, self.record.id)))
        self.place(self.catch_all, lambda: self.record.catch_all)
        self.place(self.note, lambda: bool(self.record.note))
        self.place(self.colour.editor, lambda: self.record.colour is not None)
        self.place(self.status, lambda: not self.record.is_active)
        self.place(self.reason)
        self.place(self.status_date)
        self.place(self.challenges)
        self.place(self.remarks)
        self.end()

    def refresh_rest(self) -> None:
        """Show label, standing and parts, and the reason where the hypothesis is rejected."""
        hypothesis = self.record
        self.heading.setText(hypothesis.label)
        column = self.session.column_of(hypothesis.id)
        if self.shows_standing and column is not None:
            self.standing.setText(shown(standing_sentence(self.session.assessment, column)))
        self.standing.setVisible(self.shows_standing and column is not None)
        self.earlier.refresh(hypothesis.id)
        self.combines.refresh()
        self.form_of.refresh()
        self.relations.refresh()
        self._refresh_suggestions()
        self.reason.setVisible(not hypothesis.is_active)
        self.challenges.refresh()
        self.remarks.refresh()
        self.status_date.setVisible(not hypothesis.is_active)

    def show_records(self, ids: Sequence[str]) -> None:
        """Show another hypothesis, with rows of relations of its own."""
        if tuple(ids) != self.ids:
            self.relations.forget()
        super().show_records(ids)

    def _suggestions(self) -> list[tuple[tuple[str, str], RatingValue]]:
        session = self.session
        if not self.record.is_combination:
            return []
        cells = cells_of(session.analysis, session.matrix, self.record.id)
        return confirmable(session.analysis, session.matrix, session.analyst, cells)

    def _refresh_suggestions(self) -> None:
        """Offer to confirm every cell of a combination of which the parts agree."""
        count = len(self._suggestions())
        text = ngettext("Confirm {count} suggestion of the parts", "Confirm {count} suggestions of the parts", count)
        self.confirm_all.setText(text.format(count=count))
        self.confirm_all.setAccessibleDescription(self.confirm_all.text())
        self.confirm_all.setVisible(bool(count))
        self.confirm_all.setEnabled(not self.session.read_only)

    def _confirm_all(self) -> None:
        session = self.session
        session.execute(confirm_derived(session.analysis, session.matrix, session.analyst, self._suggestions()))
        self.refresh()

    def _status_command(self, status: object) -> Command:
        if status == HypothesisStatus.ACTIVE:
            return edits.reinstate(self.session.analysis, self.ids)
        return edits.reject(self.session.analysis, self.ids, "")


class CombinesEditor(QWidget):
    """Which hypotheses this one joins."""

    def __init__(self, session: Session, panel: HypothesisPanel) -> None:
        super().__init__()
        self._session, self._panel = session, panel
        self._shown: tuple[tuple[str, str, str], ...] = ()
        self._boxes: dict[str, QCheckBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP // 2)
        column.addWidget(plain(_("Combines"), muted=True))
        self._row = QWidget()
        self._flow = FlowLayout(self._row, gap=STEP)
        column.addWidget(self._row)

    def refresh(self) -> None:
        """Show a switch for each hypothesis that can be a part of this one."""
        own = self._panel.record
        others = [
            other
            for other in self._session.analysis.hypotheses.values()
            if other.id != own.id and own.id not in other.combines and self._may_be_part(other, own)
        ]
        present = tuple((other.id, other.label, other.title) for other in others)
        if present != self._shown:
            self._shown = present
            self._build()
        for entry, box in self._boxes.items():
            box.setChecked(entry in own.combines)
            box.setEnabled(not self._session.read_only)

    def _may_be_part(self, other: Hypothesis, own: Hypothesis) -> bool:
        """Return whether a hypothesis is a part, or can become one: a heading, which is not rated, cannot."""
        return other.id in own.combines or other.id not in self._session.assessment.headings

    def _build(self) -> None:
        take_all(self._flow)
        self._boxes = {}
        for entry, label, title in self._shown:
            box = QCheckBox(label, self._row)
            name = _("Combines {label}: {title}").format(label=label, title=shortened(shown(title), 120))
            named(box, name, name)
            box.clicked.connect(self._take)
            self._flow.addWidget(box)
            box.show()
            self._boxes[entry] = box

    def _take(self) -> None:
        hypothesis = self._panel.record
        known = [entry for entry, box in self._boxes.items() if box.isChecked()]
        unseen = [entry for entry in hypothesis.combines if entry not in self._boxes]
        command = edits.set_field(
            self._session.analysis, "hypothesis", [hypothesis.id], "combines", tuple(known + unseen)
        )
        self._session.execute(command)
