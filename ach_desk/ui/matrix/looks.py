"""How the matrix is laid out: which way round, how large, and with which columns of the items."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ach_desk.i18n import _
from ach_desk.ui.matrix.axes import EVIDENCE
from ach_desk.ui.matrix.columns import item_columns, used_columns
from ach_desk.ui.matrix.look import ViewScale
from ach_desk.ui.matrix.records import RecordEditor
from ach_desk.ui.matrix.view import MatrixView

if TYPE_CHECKING:
    from ach_desk.commands import Change


class Looks(QObject):
    """The layout of one view. `changed()`: the size is another one; `message(str)`: a line for the status bar.

    columns_changed(list): these columns stand beside the text of the items from now on.

    columns_chosen: the analyst chose the columns; else the program shows those that hold anything.
    """

    changed = Signal()
    columns_changed = Signal(list)
    message = Signal(str)

    def __init__(self, view: MatrixView, editor: RecordEditor, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._editor = editor
        self._columns: list[str] = []
        self.columns_chosen = False
        self.show_used_columns()

    @property
    def transposed(self) -> bool:
        """Return whether hypotheses are the rows."""
        return self._view.matrix.axes.transposed

    def set_transposed(self, transposed: bool) -> None:
        """Make hypotheses the rows and items the columns, or the other way round; the selection stays."""
        if transposed == self.transposed:
            return
        self._editor.finish()
        caret = self._view.caret
        selection = caret.selection()
        self._view.matrix.set_transposed(transposed)
        caret.restore(selection)
        self._view.show_caret()

    @property
    def scale(self) -> ViewScale:
        """Return in which size texts, widths and rows are shown."""
        return self._view.scale

    def set_scale(self, scale: ViewScale) -> None:
        """Show texts, widths and rows in this size."""
        self._editor.finish()
        self._view.set_scale(scale)
        self._editor.set_look(self._view.look)
        self.changed.emit()

    def zoom(self, steps: int) -> None:
        """Show everything that many steps larger (smaller when negative) and say how large it is."""
        self._zoom_to(self.scale.zoomed(steps).zoom)

    def reset_zoom(self) -> None:
        """Show everything in its usual size and say so."""
        self._zoom_to(100)

    def _zoom_to(self, percent: int) -> None:
        self.set_scale(self.scale._replace(zoom=percent))
        self.message.emit(_("Zoom {percent} %").format(percent=self.scale.zoom))

    @property
    def columns(self) -> list[str]:
        """Return the keys of the columns beside the text of the items."""
        return list(self._columns)

    def choose_columns(self, keys: Iterable[str]) -> None:
        """Show these columns from now on."""
        self.columns_chosen = True
        self._show_columns(list(keys))

    def toggle_column(self, key: str) -> None:
        """Show a column of the items, or hide it."""
        chosen = {*self._columns} ^ {key}
        self.choose_columns(entry for entry in item_columns() if entry in chosen)

    def show_used_columns(self) -> None:
        """Show the columns that hold anything, unless the analyst chose others."""
        if not self.columns_chosen:
            self._columns = used_columns(self._view.matrix.session.assessment.items)
        self._show_columns(self._columns)

    def follow(self, change: Change) -> None:
        """Show a column when the first item says something there; one that is empty again stays until later."""
        if self.columns_chosen or not change.touches(EVIDENCE, "credibility", "relevance"):
            return
        used = used_columns(self._view.matrix.session.assessment.items)
        if not set(used).issubset(self._columns):
            self._show_columns(used)

    def _show_columns(self, keys: list[str]) -> None:
        self._columns = keys
        self._view.set_columns(keys)
        self.columns_changed.emit(list(keys))
