"""Writing over the headers: titles, new records, reasons; and the hint that stands where nothing is yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtWidgets import QWidget

from ach_desk.i18n import _, join_some
from ach_desk.ui.matrix.axes import EVIDENCE
from ach_desk.ui.matrix.drafts import draft_rect, end_draft
from ach_desk.ui.matrix.editing import MOST_NAMED, MatrixEdits
from ach_desk.ui.matrix.look import Look
from ach_desk.ui.matrix.view import MatrixView

if TYPE_CHECKING:
    from ach_desk.commands import Command
    from ach_desk.ui.matrix.editor import InPlaceEditor
    from ach_desk.ui.matrix.hint import EmptyHint


class RecordEditor(QObject):
    """The one editor of a panel and the hint of an empty matrix, kept in their places over the view."""

    def __init__(self, panel: QWidget, view: MatrixView, edits: MatrixEdits) -> None:
        super().__init__(panel)
        self._panel = panel
        self._view = view
        self._edits = edits
        self._drafted = ""
        self._becomes: Callable[[str], Command | None] | None = None
        self._kept = False
        view.layout_changed.connect(self.place)
        view.placed.connect(self.place)

    def set_look(self, look: Look) -> None:
        """Take over font and colours."""
        if self._has_hint:
            self._hint.set_look(look)
        if self._has_editor:
            self._editor.set_look(look)

    @cached_property
    def _editor(self) -> InPlaceEditor:
        """The editor, made when something is first written: its style sheet takes a good while of a start."""
        from ach_desk.ui.matrix.editor import InPlaceEditor

        editor = InPlaceEditor(self._panel)
        editor.set_look(self._view.look)
        editor.closed.connect(self._end_draft)
        editor.typed.connect(self._keep_draft)
        return editor

    @cached_property
    def _hint(self) -> EmptyHint:
        """The hint, made when the matrix is first empty."""
        from ach_desk.ui.matrix.hint import EmptyHint

        hint = EmptyHint(self._view.look, self._panel)
        hint.wanted.connect(self.begin_new)
        return hint

    @property
    def _has_hint(self) -> bool:
        return "_hint" in self.__dict__

    @property
    def _has_editor(self) -> bool:
        return "_editor" in self.__dict__

    # Writing

    @property
    def _may_edit(self) -> bool:
        return not self._edits.session.read_only

    def edit(self, kind: str, record_id: str) -> None:
        """Edit the title of an item or hypothesis."""
        section = self._view.matrix.axes.section(kind, record_id)
        if section is None or not self._may_edit:
            return
        record = self._view.matrix.record(kind, section)
        name = _("Title of {label}").format(label=record.label)
        self._open(kind, section, record.title, name, lambda text: self._edits.retitle(kind, record_id, text))
        self._becomes = lambda text: self._edits.retitled(kind, record_id, text)

    def begin_new(self, kind: str) -> None:
        """Let a new item or hypothesis be written; nothing is added before there is a text."""
        name = _("New item: Enter adds it") if kind == EVIDENCE else _("New hypothesis: Enter adds it")
        self.begin_draft(
            kind, name, lambda text: self._edits.add_titled(kind, text), lambda text: self._edits.added(kind, text)
        )

    def begin_draft(
        self, kind: str, name: str, commit: Callable[[str], object], becomes: Callable[[str], Command | None]
    ) -> None:
        """Let the text of a new record be written at the end; `becomes` is the edit that a text would be."""
        if not self._may_edit:
            return
        self.finish()
        self._drafted = kind
        rect = self._in_panel(draft_rect(self._view, kind))
        self._editor.open(rect, self._view.geometry(), "", name, commit)
        self._becomes = becomes
        self.place()

    def begin_before(self, kind: str, record_id: str) -> None:
        """Let a new item or hypothesis be written over the border before another one, where it will stand."""
        section = self._view.matrix.axes.section(kind, record_id)
        if section is None or not self._may_edit:
            return
        label = self._view.matrix.record(kind, section).label
        if kind == EVIDENCE:
            name = _("New item before {label}: Enter adds it").format(label=label)
        else:
            name = _("New hypothesis before {label}: Enter adds it").format(label=label)
        self._open(kind, section, "", name, lambda text: self._edits.add_titled(kind, text, record_id), half_back=True)
        self._becomes = lambda text: self._edits.added(kind, text, record_id)

    def ask_reason(
        self, kind: str, ids: Sequence[str], question: str, commit: Callable[[str], object], text: str = ""
    ) -> None:
        """Ask for a reason over the first of the records; `question` names them at {names}. It may be left empty."""
        model = self._view.matrix
        sections = [place for entry in ids if (place := model.axes.section(kind, entry)) is not None]
        if sections and self._may_edit:
            labels = join_some([model.record(kind, place).label for place in sections], MOST_NAMED)
            self._open(kind, sections[0], text, question.format(names=labels), commit, may_be_empty=True)

    def finish(self) -> None:
        """Take over a text that is still being typed."""
        if self._has_editor and self._editor.is_open:
            self._editor.finish()

    def _open(
        self,
        kind: str,
        section: int,
        text: str,
        name: str,
        commit: Callable[[str], object],
        *,
        may_be_empty: bool = False,
        half_back: bool = False,
    ) -> None:
        self.finish()
        self._view.show_section(kind, section)
        rect = self._in_panel(self._view.text_rect(kind, section))
        if half_back and section:
            rect.translate(self._half_back(kind))
        self._editor.open(rect, self._view.geometry(), text, name, commit, may_be_empty=may_be_empty)

    def _half_back(self, kind: str) -> QPoint:
        """Return the way from a record half over to the one before it."""
        half = self._view.header_of(kind).defaultSectionSize() // 2
        if kind == self._view.matrix.axes.down:
            return QPoint(0, -half)
        return QPoint(half if self._view.isRightToLeft() else -half, 0)

    def _keep_draft(self, text: str) -> None:
        """Put what is being typed where a crash cannot take it."""
        if self._becomes is not None:
            self._edits.session.keep_draft(self._becomes(text))
            self._kept = True

    def _end_draft(self) -> None:
        if self._kept:
            self._edits.session.keep_draft(None)
        self._becomes, self._kept = None, False
        if self._drafted:
            self._drafted = ""
            end_draft(self._view)
        self.place()

    # Places

    def _in_panel(self, rect: QRect) -> QRect:
        return QRect(self._view.mapToParent(rect.topLeft()), rect.size())

    def place(self) -> None:
        """Show the hint where it is needed, and put it in its place."""
        assessment = self._view.matrix.session.assessment
        items, hypotheses = len(assessment.items), len(assessment.hypotheses)
        if items and hypotheses:
            if self._has_hint:
                self._hint.hide()
            return
        self._hint.say(items, hypotheses, may_edit=self._may_edit)
        self._hint.setGeometry(self._in_panel(self._hint_area()))
        self._hint.show()
        self._hint.raise_()
        if self._has_editor:
            self._editor.raise_()

    def _hint_area(self) -> QRect:
        """Return where cells would be, and the headers too as far as nothing stands in them."""
        axes = self._view.matrix.axes
        rows, columns = axes.shape
        area = self._view.rect()
        corner = self._view.viewport().mapTo(self._view, QPoint())
        if rows and self._view.isRightToLeft():
            area.setRight(corner.x() + self._view.viewport().width() - 1)
        elif rows:
            area.setLeft(corner.x())
        if columns or self._drafted:
            area.setTop(corner.y())
        if not rows and self._drafted == axes.down:
            area.setTop(area.top() + self._view.look.row_height)
        return area
