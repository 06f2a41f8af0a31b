"""The panel "Sources": the list with a search and an order, and below it the chosen source in full."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ach_desk.commands import Change, edits
from ach_desk.i18n import _, ngettext
from ach_desk.model import Source
from ach_desk.ui.session import Session
from ach_desk.ui.sources.editor import SourcePanel
from ach_desk.ui.sources.rows import (
    BY_LABEL,
    ID,
    SourceList,
    in_order,
    orders,
    source_rows,
    wanted,
)
from ach_desk.ui.widgets.choice import Choice
from ach_desk.ui.widgets.labels import STEP, named, plain, rule
from ach_desk.ui.widgets.panel import scrolled
from ach_desk.ui.widgets.titled import TitleAndDetail

_REST_MS = 60
_SIZES = (304, 400)
"""Pixels for the list and for the source in full, before a person draws the line elsewhere."""
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SourcesPanel(QWidget):
    """All sources, and one of them.

    link_activated(kind, id): an item, or a label in a text, was followed. left(): the keyboard goes back to the matrix.
    retract_requested(id), believe_requested(id), merge_requested(id): something is to be done with a source.
    """

    link_activated = Signal(str, str)
    left = Signal()
    retract_requested = Signal(str)
    believe_requested = Signal(str)
    merge_requested = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Sources"))
        self.session = session
        self._stale = False
        self.search = named(QLineEdit(), _("Find a source"))
        self.search.setPlaceholderText(_("Find a source"))
        self.search.setClearButtonEnabled(True)
        self.order = named(Choice(list(orders())), _("Order of the sources"))
        self.order.show_value(BY_LABEL)
        self.model = SourceList()
        self.list = named(QListView(), _("Sources"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(TitleAndDetail(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.empty = plain(muted=True)
        self.add_button = _button(_("Add"), _("Add source"))
        self.merge_button = _button(_("Merge ..."), _("Merge the source into another one"))
        self.delete_button = _button(_("Delete"), _("Delete source"))
        self.editor = SourcePanel(session)
        self.area = scrolled(self.editor)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._lay_out()
        self._connect()
        self.refresh()

    def _lay_out(self) -> None:
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(STEP, STEP, STEP, STEP // 2)
        column.setSpacing(STEP // 2)
        line = QHBoxLayout()
        line.setSpacing(STEP)
        line.addWidget(self.search, 3)
        line.addWidget(self.order, 2)
        column.addLayout(line)
        column.addWidget(self.empty)
        column.addWidget(self.list, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(STEP)
        for button in (self.add_button, self.merge_button, self.delete_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addWidget(rule())
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.addWidget(top)
        self.splitter.addWidget(self.area)
        self.splitter.setSizes(list(_SIZES))
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self._fill(self.current))
        self.order.chosen.connect(lambda _order: self._fill(self.current))
        self.list.selectionModel().currentChanged.connect(lambda _new, _old: self._show_current())
        for widget in (self.search, self.list):
            widget.installEventFilter(self)
        self.add_button.clicked.connect(self.add_source)
        self.merge_button.clicked.connect(lambda: self.merge_requested.emit(self.current))
        self.delete_button.clicked.connect(self.delete_source)
        self.editor.link_activated.connect(self._follow_link)
        self.editor.retract_requested.connect(lambda: self.retract_requested.emit(self.current))
        self.editor.believe_requested.connect(lambda: self.believe_requested.emit(self.current))
        self._rest.timeout.connect(self.refresh)
        self.session.changed.connect(self._follow)
        self.session.turned.connect(self._make_stale)
        self.session.turning.connect(self.flush)
        self.session.replaced.connect(self._start_anew)

    @property
    def current(self) -> str:
        """Return the id of the source shown; "" for none."""
        found = self.list.currentIndex().data(ID)
        return str(found) if found else ""

    @property
    def record(self) -> Source | None:
        """Return the source shown."""
        return self.session.analysis.sources.get(self.current)

    def choose(self, source: str) -> None:
        """Show a source (an id); a search that hides it is dropped."""
        self.flush()
        if self._stale or self.model.place_of(source) < 0:
            blocked = self.search.blockSignals(True)
            self.search.clear()
            self.search.blockSignals(blocked)
            self._fill(source)
        self._choose_row(self.model.place_of(source))

    def add_source(self) -> None:
        """Add a source and put the keyboard into its name."""
        self.flush()
        command, source = edits.add_source(self.session.analysis, _("New source"))
        if self.session.execute(command).is_empty:
            return
        self.choose(source)
        self.editor.name.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editor.name.box.selectAll()

    def delete_source(self) -> None:
        """Delete the source shown; items that cite it lose the citation, and undo brings all of it back."""
        if self.current and not self.session.read_only:
            self.flush()
            self.session.execute(edits.remove(self.session.analysis, "source", [self.current]))
            self.refresh()

    def flush(self) -> None:
        """Take over what is still being typed."""
        self.editor.flush()

    def set_scores_shown(self, shown: bool) -> None:
        """Show or hide what the ranking is without the source."""
        self.editor.without.scores_shown = shown
        self._make_stale()

    def refresh(self) -> None:
        """Show everything as it is now."""
        self._rest.stop()
        self._fill(self.current)

    def paintEvent(self, event: QPaintEvent) -> None:
        # A covered tab of a dock counts as visible to Qt; being painted is the proof that it can be seen.
        super().paintEvent(event)
        if self._stale and not self._rest.isActive():
            self._rest.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes over what was typed and goes back to the matrix."""
        if event.key() == Qt.Key.Key_Escape:
            self.flush()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down leads from the search into the list; there Return goes to the name and Del deletes the source."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if watched is self.search and event.key() in (Qt.Key.Key_Down, *_RETURN):
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if watched is self.list and event.key() in _RETURN and self.current:
            self.editor.name.box.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if watched is self.list and event.key() == Qt.Key.Key_Delete:
            self.delete_source()
            return True
        return False

    def _follow_link(self, kind: str, record: str) -> None:
        if kind == "source":
            self.choose(record)
        else:
            self.link_activated.emit(kind, record)

    def _follow(self, _change: Change) -> None:
        self._make_stale()

    def _make_stale(self) -> None:
        self._stale = True
        if not self.visibleRegion().isEmpty():
            self._rest.start()

    def _start_anew(self) -> None:
        self.editor.forget()
        self.editor.ids = ()
        self.refresh()

    def _fill(self, chosen: str) -> None:
        """List the sources; the row of one that is gone gives the choice to the one that follows."""
        self._stale = False
        row = max(self.list.currentIndex().row(), 0)
        rows = source_rows(self.session.analysis)
        text = self.search.text()
        shown = [entry for entry in in_order(rows, str(self.order.value)) if wanted(entry, text)]
        blocked = self.list.selectionModel().blockSignals(True)
        self.model.show_rows(shown)
        place = self.model.place_of(chosen)
        self._choose_row(place if place >= 0 else min(row, len(shown) - 1))
        self.list.selectionModel().blockSignals(blocked)
        self._say_nothing_found(len(rows), len(shown))
        self.list.viewport().update()
        self._show_current()

    def _say_nothing_found(self, number: int, shown: int) -> None:
        text = _("No source yet. Add one here, or type its name into an item's field “Sources”.")
        if number:
            text = ngettext("{shown} of {count} source", "{shown} of {count} sources", number)
        self.empty.setText(text.format(shown=shown, count=number))
        self.empty.setVisible(shown < number or not number)

    def _choose_row(self, row: int) -> None:
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.list.selectionModel().setCurrentIndex(self.model.index(row), flags)
        self.list.scrollTo(self.model.index(row))

    def _show_current(self) -> None:
        source, may_edit = self.current, not self.session.read_only
        self.area.setVisible(bool(source))
        self.add_button.setEnabled(may_edit)
        self.delete_button.setEnabled(bool(source) and may_edit)
        self.merge_button.setEnabled(bool(source) and may_edit and len(self.session.analysis.sources) > 1)
        if source:
            self.editor.show_records([source])


def _button(text: str, name: str) -> QPushButton:
    button = named(QPushButton(text), name)
    button.setAutoDefault(False)
    return button
