"""One source of an item: a line with what is set, and folded below it how it bears the item out."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from ach_desk.commands import Command, sources
from ach_desk.i18n import _
from ach_desk.model import Citation, Directness, GradingScheme, Source, Stance
from ach_desk.model.grade_words import (
    citation_words,
    directness_word,
    said_grade,
    said_words,
    source_marks,
    stance_word,
)
from ach_desk.ui.session import Session
from ach_desk.ui.sources.grades import explanation, grade_entries
from ach_desk.ui.text import explain, shown
from ach_desk.ui.widgets.editors import Binding, CheckEditor, ChoiceEditor, Editor, TextEditor, beside
from ach_desk.ui.widgets.labels import STEP, named, plain
from ach_desk.ui.widgets.rowbutton import RowButton


class CitationRow(QWidget):
    """Opened and removed as a whole; the switch before it unfolds its fields, which are built then.

    text: the name and, in the line below it, what is set.
    """

    opened = Signal()
    removed = Signal()

    def __init__(self, session: Session, item: str, source: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._item, self._source = session, item, source
        self._button: RowButton | None = None
        self.text = ""
        self.fields: CitationFields | None = None
        self.switch = QToolButton()
        self.switch.setAutoRaise(True)
        self.switch.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.switch.clicked.connect(lambda: self.set_open(not self.is_open))
        self.remove_button = QToolButton()
        self.remove_button.setText("×")
        self.remove_button.setAutoRaise(True)
        self.remove_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.remove_button.clicked.connect(self.removed)
        self._line = QHBoxLayout()
        self._line.setSpacing(0)
        self._line.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignTop)
        self._line.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(STEP // 2)
        self._column.addLayout(self._line)
        self._point()

    @property
    def open_button(self) -> RowButton:
        """Return the button with the source's name, which opens the source."""
        assert self._button is not None
        return self._button

    @property
    def is_open(self) -> bool:
        """Return whether the fields are shown."""
        return self.fields is not None and not self.fields.isHidden()

    def set_open(self, shown_now: bool) -> None:
        """Show the fields, or fold them away."""
        if self.fields is None and shown_now:
            self.fields = CitationFields(self._session, self._item, self._source)
            self._column.addWidget(self.fields)
            self.fields.refresh()
            self.fields.set_read_only(self._session.read_only)
        if self.fields is not None:
            self.fields.setVisible(shown_now)
        self._point()

    def show_citation(self, source: Source, citation: Citation) -> None:
        """Show name and what is set, in words."""
        name = f"{source.label} {shown(source.name)}"
        detail = " · ".join(
            part
            for part in (citation_words(source, citation, self._session.analysis.grading), *source_marks(source))
            if part
        )
        if (text := f"{name}\n{detail}") != self.text:
            self.text = text
            self._put_button(name, detail)
            named(self.remove_button, _("Remove source {name} from this item").format(name=source.label))
            self.switch.setToolTip(_("How {name} bears it out").format(name=source.label))
            self._point()
        if self.fields is not None:
            self.fields.refresh()

    def set_read_only(self, read_only: bool) -> None:
        """Let everything be read only."""
        self.remove_button.setVisible(not read_only)
        if self.fields is not None:
            self.fields.set_read_only(read_only)

    def flush(self) -> None:
        """Take over a date that is being typed."""
        if self.fields is not None:
            self.fields.flush()

    def _put_button(self, name: str, detail: str) -> None:
        if self._button is not None:
            self._line.removeWidget(self._button)
            self._button.deleteLater()
        self._button = RowButton(name, detail)
        named(self._button, _("Open source {name}").format(name=name))
        explain(self._button, name)
        self._button.clicked.connect(self.opened)
        self._line.insertWidget(1, self._button, 1)

    def _point(self) -> None:
        self.switch.setArrowType(Qt.ArrowType.DownArrow if self.is_open else Qt.ArrowType.RightArrow)
        state = _("open") if self.is_open else _("folded")
        label = self._session.analysis.sources[self._source].label
        name = _("How {name} bears it out, {state}").format(name=label, state=state)
        self.switch.setAccessibleName(name)


class CitationFields(QWidget):
    """The fields of one citation."""

    def __init__(self, session: Session, item: str, source: str) -> None:
        super().__init__()
        self._session, self._item, self._source = session, item, source
        self.stance = self._choice("stance", _("This source"), [(stance, stance_word(stance)) for stance in Stance])
        hands: list[tuple[Hashable, str]] = [(None, directness_word(None))]
        hands += [(directness, directness_word(directness)) for directness in Directness]
        self.directness = self._choice("directness", _("First- or second-hand"), hands)
        self.credibility = self._choice(
            "credibility", _("Credibility of what it says"), grade_entries(said_words(GradingScheme.ADMIRALTY))
        )
        self.known = self._choice("known", _("How it knows"), grade_entries(said_words(GradingScheme.UK_3X5X2)))
        self.meaning = plain(muted=True)
        self.retracted = self._switch("retracted", _("Retracted"))
        self.preliminary = self._switch("preliminary", _("Preliminary"))
        self.date = self._date()
        self._editors: tuple[Editor, ...] = (
            *(self.stance, self.directness, self.credibility, self.known, self.retracted, self.preliminary, self.date),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * STEP, 0, 0, STEP)
        column.setSpacing(STEP // 2)
        switches = QWidget()
        below = QVBoxLayout(switches)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(STEP // 2)
        below.addWidget(self.retracted)
        below.addWidget(self.preliminary)
        for part in (
            beside(self.stance, self.directness),
            self.credibility,
            self.known,
            self.meaning,
            beside(self.date, switches),
        ):
            column.addWidget(part)

    @property
    def citation(self) -> Citation | None:
        """Return the citation shown; None when it is gone."""
        item = self._session.analysis.evidence.get(self._item)
        cited = item.citations if item is not None else ()
        return next((citation for citation in cited if citation.source == self._source), None)

    def refresh(self) -> None:
        """Show the fields as they are stored, and the grade of the scheme that is graded by."""
        citation = self.citation
        if citation is None:
            return
        scheme = self._session.analysis.grading
        for editor in self._editors:
            editor.refresh()
        self.credibility.setVisible(scheme is GradingScheme.ADMIRALTY)
        self.known.setVisible(scheme is GradingScheme.UK_3X5X2)
        said = explanation(said_words(scheme), said_grade(citation, scheme))
        self.meaning.setText(said)
        self.meaning.setVisible(bool(said))

    def set_read_only(self, read_only: bool) -> None:
        """Let the fields be read only."""
        for editor in self._editors:
            editor.set_read_only(read_only)

    def flush(self) -> None:
        """Take over what is being typed."""
        self.date.flush()

    def _set(self, **values: Any) -> Command:
        return sources.set_citation(self._session.analysis, self._item, self._source, **values)

    def _choice(self, field: str, title: str, entries: list) -> ChoiceEditor:
        return ChoiceEditor(
            self._session,
            title,
            entries,
            lambda: [getattr(citation, field) for citation in [self.citation] if citation is not None],
            lambda value: self._set(**{field: value}),
        )

    def _switch(self, field: str, title: str) -> CheckEditor:
        return CheckEditor(
            self._session,
            title,
            lambda: getattr(self.citation, field, False),
            lambda on: self._set(**{field: on}),
        )

    def _date(self) -> TextEditor:
        binding = Binding(
            lambda: f"citation/{self._item}/{self._source}/date",
            lambda: (citation.date or "") if (citation := self.citation) is not None else None,
            lambda typed: self._set(date=typed.strip() or None),
            lambda: _("Not taken over: write a day that exists as 2023-06-23, 2023-06 or 2023."),
        )
        return TextEditor(self._session, _("It said this on"), binding, one_line=True, hint=_("2023-06-23"))
