"""The inspector's panel for one hypothesis."""

from __future__ import annotations

from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QCheckBox, QColorDialog, QVBoxLayout, QWidget

from ach_desk.commands import Command, edits
from ach_desk.i18n import _
from ach_desk.model import HypothesisStatus
from ach_desk.model.words import status_word
from ach_desk.reporting.palette import HYPOTHESIS_COLOURS, stripe
from ach_desk.scoring import standing_sentence
from ach_desk.ui.inspector.earlier import MinorChange
from ach_desk.ui.session import Session
from ach_desk.ui.text import shown
from ach_desk.ui.widgets.chips import shortened
from ach_desk.ui.widgets.editors import ChoiceEditor
from ach_desk.ui.widgets.flow import FlowLayout, take_all
from ach_desk.ui.widgets.labels import STEP, heading, named, plain
from ach_desk.ui.widgets.panel import Panel

_OTHER = "other"
_SWATCH = 16


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
        self.colour = ColourEditor(session, self)
        self.combines = CombinesEditor(session, self)
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
        self.status_date = self.date_field("status_date", _("Rejected on"))
        self._arrange()

    def _arrange(self) -> None:
        for part in (self.heading, self.standing, self.title, self.statement, self.earlier):
            self.place(part)
        self.place(self.combines, lambda: self.record.is_combination)
        self.place(self.note, lambda: bool(self.record.note))
        self.place(self.colour.editor, lambda: self.record.colour is not None)
        self.place(self.status, lambda: not self.record.is_active)
        self.place(self.reason)
        self.place(self.status_date)
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
        self.reason.setVisible(not hypothesis.is_active)
        self.status_date.setVisible(not hypothesis.is_active)

    def _status_command(self, status: object) -> Command:
        if status == HypothesisStatus.ACTIVE:
            return edits.reinstate(self.session.analysis, self.ids)
        return edits.reject(self.session.analysis, self.ids, "")


class ColourEditor:
    """The stripe that tells a hypothesis apart: one of the palette, any other, or the one its place gives it."""

    def __init__(self, session: Session, panel: HypothesisPanel) -> None:
        self._panel = panel
        words = (
            _("blue"),
            _("orange"),
            _("green"),
            _("purple"),
            _("light blue"),
            _("brown"),
            _("grey"),
            _("yellow"),
        )
        colours = list(zip(HYPOTHESIS_COLOURS, words, strict=True))
        entries = [(None, _("by its place")), *colours, (_OTHER, _("another …"))]
        icons = [QIcon(), *(swatch(colour) for colour in HYPOTHESIS_COLOURS)]
        self.editor = ChoiceEditor(session, _("Colour of the stripe"), entries, self._value, self._command, icons)
        panel.add(self.editor)

    def _value(self) -> list[object]:
        colour = self._panel.record.colour
        return [colour if colour is None or colour in HYPOTHESIS_COLOURS else _OTHER]

    def _command(self, value: object) -> Command:
        if value == _OTHER:
            present = self._panel.record.colour or stripe(0)
            picked = QColorDialog.getColor(QColor(present), self.editor, _("Colour of the stripe"))
            value = picked.name() if picked.isValid() else self._panel.record.colour
        return self._panel.set_all("colour", value)


def swatch(colour: str) -> QIcon:
    """Return a square of `colour`."""
    picture = QPixmap(_SWATCH, _SWATCH)
    picture.fill(QColor(colour))
    return QIcon(picture)


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
            if other.id != own.id and own.id not in other.combines
        ]
        present = tuple((other.id, other.label, other.title) for other in others)
        if present != self._shown:
            self._shown = present
            self._build()
        for entry, box in self._boxes.items():
            box.setChecked(entry in own.combines)
            box.setEnabled(not self._session.read_only)

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
