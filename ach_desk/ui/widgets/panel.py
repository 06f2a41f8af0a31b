"""What panels of fields share: a record, its editors in order, and the fields that are folded away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, TypeVar

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ach_desk.commands import Change, Command, edits
from ach_desk.commands.command import collection_of, find
from ach_desk.i18n import _
from ach_desk.model.dates import one_date
from ach_desk.ui.session import Session
from ach_desk.ui.widgets.editors import Binding, Editor, TextEditor
from ach_desk.ui.widgets.fold import MoreButton
from ach_desk.ui.widgets.labels import STEP

GAP = STEP + STEP // 2

E = TypeVar("E", bound=Editor)


class Panel(QWidget):
    """Editors below each other. Subclasses add them and say what the heading shows.

    link_activated(kind, id): a label in a text was followed.
    """

    link_activated = Signal(str, str)

    def __init__(self, session: Session, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.kind = kind
        self.ids: tuple[str, ...] = ()
        self.editors: list[Editor] = []
        self._optional: list[tuple[QWidget, Callable[[], bool]]] = []
        self.more: MoreButton | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(STEP, STEP, STEP, STEP)
        self.column.setSpacing(GAP)

    @property
    def record(self) -> Any:
        """Return the (first) record shown; None when there is none."""
        return find(self.session.analysis, self.kind, self.ids[0]) if self.ids else None

    def show_records(self, ids: Sequence[str]) -> None:
        """Show other records, after taking over what was typed for the ones before."""
        if tuple(ids) != self.ids:
            self.flush()
            self.abandon()
            self.session.history.end_merging()
            self.ids = tuple(ids)
            self._fold()
        self.refresh()

    def refresh(self) -> None:
        """Show the present state of the records."""
        if not self._exists():
            return
        for editor in self.editors:
            editor.refresh()
            editor.set_read_only(self.session.read_only)
        self.refresh_rest()
        self._unfold_used()

    def refresh_rest(self) -> None:
        """Show what is not an editor; for subclasses."""

    def concerns(self, change: Change) -> bool:
        """Return whether `change` may alter what is shown."""
        return not change.is_empty

    def flush(self) -> None:
        """Take over everything typed."""
        for editor in self.editors:
            editor.flush()

    def abandon(self) -> None:
        """Drop typing whose record is gone."""
        for editor in self.editors:
            if isinstance(editor, TextEditor):
                editor.abandon()

    def forget(self) -> None:
        """Drop drafts: another analysis is shown."""
        for editor in self.editors:
            editor.forget()

    def add(self, editor: E) -> E:
        """Put an editor into the care of the panel, without a place yet; return it."""
        self.editors.append(editor)
        if isinstance(editor, TextEditor):
            editor.link_activated.connect(self.link_activated)
        return editor

    def place(self, widget: QWidget, is_used: Callable[[], bool] | None = None) -> None:
        """Put a widget below the others. With `is_used` it is folded away until that is true or "More" is chosen."""
        self.column.addWidget(widget)
        if is_used is not None:
            self._optional.append((widget, is_used))

    def end(self) -> None:
        """Close the column: "More" where something is folded away."""
        if self._optional:
            self.more = MoreButton()
            self.more.switched.connect(lambda _on: self._fold_and_unfold())
            self.column.addWidget(self.more)
        self.column.addStretch(1)

    def field(
        self,
        name: str,
        title: str,
        *,
        shown: Callable[[Any], str] = str,
        taken: Callable[[str], object] = str,
        problem: Callable[[], str] = lambda: "",
        remark: Callable[[str], str] = lambda _text: "",
        text: Callable[[], str] | None = None,
        lines: tuple[int, int] = (1, 6),
        one_line: bool = False,
        links: bool = False,
        hint: str = "",
    ) -> TextEditor:
        """Return the editor of the record's field `name`; `shown` and `taken` turn its value into text and back.

        `problem` and `remark` are as in `Binding`.
        """

        def read() -> str | None:
            record = self.record
            return None if record is None else shown(getattr(record, name))

        def build(typed: str) -> Command:
            return edits.set_field(
                self.session.analysis, self.kind, self.ids[:1], name, taken(typed), text() if text else None
            )

        def key() -> str:
            return f"{self.kind}/{self.ids[0] if self.ids else ''}/{name}"

        editor = TextEditor(
            self.session,
            title,
            Binding(key, read, build, problem, remark),
            lines=lines,
            one_line=one_line,
            links=links,
            hint=hint,
        )
        self.add(editor)
        return editor

    def date_field(self, name: str, title: str, *, hint: str | None = None) -> TextEditor:
        """Return the editor of a day, month or year, which may be typed in words; `hint`: else than a date."""
        return self.field(
            name,
            title,
            shown=lambda value: value or "",
            taken=lambda typed: one_date(typed) or typed.strip() or None,
            problem=lambda: _("Not taken over: write a day that exists as 2023-06-23, 2023-06 or 2023."),
            one_line=True,
            hint=_("2023-06-23") if hint is None else hint,
        )

    def values(self, name: str) -> list[object]:
        """Return the field `name` of every record shown."""
        records = collection_of(self.session.analysis, self.kind)
        return list(map(attrgetter(name), [records[entry] for entry in self.ids if entry in records]))

    def set_all(self, name: str, value: object) -> Command:
        """Return the command that sets the field of every record shown."""
        return edits.set_field(self.session.analysis, self.kind, self.ids, name, value)

    def _exists(self) -> bool:
        return self.record is not None

    def _fold(self) -> None:
        everything = self.more is not None and self.more.is_open
        for widget, _is_used in self._optional:
            widget.setVisible(everything)

    def _unfold_used(self) -> None:
        """Show what is used; what came into view stays until another record is shown, so that nothing jumps."""
        for widget, is_used in self._optional:
            if is_used():
                widget.setVisible(True)

    def _fold_and_unfold(self) -> None:
        self._fold()
        if self._exists():
            self._unfold_used()


def scrolled(panel: QWidget) -> QScrollArea:
    """Return a frameless area in which the panel scrolls up and down, never sideways."""
    area = QScrollArea()
    area.setWidget(panel)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def bring_into_view(widget: QWidget) -> None:
    """Scroll the area around the widget so that it is seen, once the area knows how large it has become.

    Of one that is higher than the area, the top.
    """
    QTimer.singleShot(0, widget, lambda: _scroll_to(widget))


def _scroll_to(widget: QWidget) -> None:
    around: QWidget | None = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    content = around.widget() if around is not None else None
    if around is not None and content is not None:
        content.resize(content.width(), max(content.sizeHint().height(), around.viewport().height()))
        if widget.height() > around.viewport().height():
            around.verticalScrollBar().setValue(widget.mapTo(content, QPoint()).y())
        else:
            around.ensureWidgetVisible(widget)
