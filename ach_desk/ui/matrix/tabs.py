"""The matrices of the file as tabs below the matrix; there are none as long as there is only one matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QMoveEvent
from PySide6.QtWidgets import QLineEdit, QTabBar, QToolTip, QWidget

from ach_desk.i18n import _
from ach_desk.ui.session import Session
from ach_desk.ui.text import single_line, tooltip
from ach_desk.ui.widgets.labels import named
from ach_desk.ui.widgets.listening import listen

if TYPE_CHECKING:
    from ach_desk.commands import Change

_LONGEST_NAME = 28
_NARROWEST_EDITOR = 160


class MatrixTabs(QTabBar):
    """One tab per matrix, in the order of the file.

    chosen(id): another matrix is wanted. renamed(id, name) after a name was typed over a tab. moved(id, to): a tab was
    dragged. menu_wanted(at): the menu of the matrix in front.
    """

    chosen = Signal(str)
    renamed = Signal(str, str)
    moved = Signal(str, int)
    menu_wanted = Signal(QPoint)
    editing_ended = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._place = parent
        self._ids: list[str] = []
        self._notes: dict[str, str] = {}
        self.setShape(QTabBar.Shape.RoundedSouth)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setMovable(True)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)  # many tabs scroll; cut to two letters they say nothing
        named(self, _("Matrices"))
        # Beside the tabs and not in them: a screen reader sees nothing but tabs in there.
        self.editor = named(QLineEdit(parent), _("Name of the matrix"))
        self.editor.hide()
        listen(self.editor, self._follow_editor)
        listen(self, self._explain)
        self.editor.returnPressed.connect(lambda: self._end_editing(keep=True))
        self.currentChanged.connect(self._choose)
        session.changed.connect(self._follow)
        session.replaced.connect(self.refresh)
        session.turned.connect(self.refresh)
        self.refresh()

    @property
    def is_editing(self) -> bool:
        """Return whether a name is being typed."""
        return not self.editor.isHidden()

    def refresh(self) -> None:
        """Show the matrices as they are now, the one in front chosen; hidden while there is only one."""
        matrices = self._session.analysis.matrices
        blocked = self.blockSignals(True)
        while self.count() > len(matrices):
            self.removeTab(self.count() - 1)
        while self.count() < len(matrices):
            self.addTab("")
        self._ids, self._notes = [matrix.id for matrix in matrices], {}
        for place, matrix in enumerate(matrices):
            self.setTabData(place, matrix.id)
            name = matrix.name.strip() or _("Matrix {number}").format(number=place + 1)
            short = name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
            self.setTabText(place, single_line(short).replace("&", "&&"))
            self._notes[matrix.id] = "\n".join(part for part in (name, matrix.note) if part)
        if self._session.matrix.id in self._ids:
            self.setCurrentIndex(self._ids.index(self._session.matrix.id))
        self.blockSignals(blocked)
        self.setVisible(len(matrices) > 1)

    def begin_rename(self) -> None:
        """Open a field for the name over the tab of the matrix in front."""
        if self._session.read_only or self.count() < 2:
            return
        self._place_editor()
        self.editor.setText(self._session.matrix.name)
        self.editor.selectAll()
        self.editor.show()
        self.editor.raise_()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_editor(self) -> None:
        rect = self.tabRect(self.currentIndex())
        rect.setWidth(max(rect.width(), _NARROWEST_EDITOR))
        rect.moveRight(min(rect.right(), max(self.width(), rect.width()) - 1))
        self.editor.setGeometry(QRect(self.mapTo(self._place, rect.topLeft()), rect.size()))

    def moveEvent(self, event: QMoveEvent) -> None:
        """Take the field for a name along when the page above gets another height."""
        super().moveEvent(event)
        if self.is_editing:
            self._place_editor()

    def _follow_editor(self, event: QEvent) -> bool:
        """End the typing of a name: Escape leaves it, going elsewhere takes it over."""
        pressed = event.key() if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        if pressed == Qt.Key.Key_Escape:
            self._end_editing(keep=False)
            return True
        goes = isinstance(event, QFocusEvent) and event.lostFocus()
        if goes and event.reason() != Qt.FocusReason.PopupFocusReason:
            self._end_editing(keep=True, elsewhere=True)
        return False

    def _explain(self, event: QEvent) -> bool:
        """Show the whole name and the note; a tooltip of Qt's own would be read out with its markup."""
        if not isinstance(event, QHelpEvent) or event.type() != QEvent.Type.ToolTip:
            return False
        place = self.tabAt(event.pos())
        text = self._notes.get(self.tabData(place), "") if place >= 0 else ""
        QToolTip.showText(event.globalPos(), tooltip(text) if text else "", self)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.begin_rename()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.tabAt(event.position().toPoint()) == self.currentIndex():
            self.begin_rename()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        matrix, to = self._session.matrix.id, self.currentIndex()
        if matrix in self._ids and self._ids.index(matrix) != to:
            self.moved.emit(matrix, to)
            self.refresh()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = self.tabAt(event.pos())
        if place >= 0 and event.reason() == QContextMenuEvent.Reason.Mouse:
            self.setCurrentIndex(place)
        self.menu_wanted.emit(event.globalPos())

    def _choose(self, place: int) -> None:
        # What a tab stands for moves with it: while it is dragged, places change under the same matrix.
        matrix = self.tabData(place)
        if matrix and matrix != self._session.matrix.id:
            self.chosen.emit(matrix)

    def _end_editing(self, *, keep: bool, elsewhere: bool = False) -> None:
        if not self.is_editing:
            return
        self.editor.hide()
        name = self.editor.text().strip()
        if keep and name:
            self.renamed.emit(self._session.matrix.id, name)
        if not elsewhere:
            self.editing_ended.emit()

    def _follow(self, change: Change) -> None:
        if change.touches("matrix") or any(ref.axis == "matrix" for ref in change.reordered):
            self.refresh()
