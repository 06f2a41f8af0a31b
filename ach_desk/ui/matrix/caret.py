"""Where the keyboard is: on a cell or block of cells, or on items or hypotheses as such.

Cells are kept by Qt's selection model, whose persistent indexes follow every move. Items and hypotheses are kept by id,
because a matrix without hypotheses has items and no cell at all. The band of a group of items is such a place for the
keyboard too; nothing is selected then, and a cell of a band is never the current one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Signal,
)

from ach_desk.ui.matrix.axes import EVIDENCE, HYPOTHESIS, runs
from ach_desk.ui.matrix.model import MatrixModel
from ach_desk.ui.selection import Selection

_Flag = QItemSelectionModel.SelectionFlag
Place = tuple[int, int]


class Caret(QObject):
    """The keyboard and the selection of one matrix view; `changed` after each move."""

    changed = Signal()

    def __init__(self, model: MatrixModel, marks: QItemSelectionModel, parent: QObject) -> None:
        super().__init__(parent)
        self.model = model
        self.marks = marks
        self.header_kind = ""
        self.header_ids: list[str] = []
        self.header_current = ""
        self._header_anchor = ""
        self._anchor = QPersistentModelIndex()
        self._busy = False
        marks.currentChanged.connect(self._moved_by_qt)
        marks.selectionChanged.connect(self._moved_by_qt)
        for signal in (model.rowsInserted, model.columnsInserted, model.rowsRemoved, model.columnsRemoved):
            signal.connect(self._follow_structure)
        model.layoutChanged.connect(self._follow_structure)
        model.modelAboutToBeReset.connect(self._forget)

    @property
    def focus(self) -> str:
        """Return what the keyboard is on: "cell", "evidence", "hypothesis" or "" (nothing, or a band)."""
        if self.header_kind:
            return "" if self.band else self.header_kind
        return "cell" if self.marks.currentIndex().isValid() else ""

    @property
    def place(self) -> Place | None:
        """Return (row, column) of the current cell; None when there is none."""
        index = self.marks.currentIndex()
        return (index.row(), index.column()) if index.isValid() else None

    @property
    def band(self) -> str:
        """Return the id of the band that the keyboard is on; "" when it is on none."""
        return self.header_current if self.header_current in self.model.axes.bands else ""

    @property
    def header_section(self) -> int | None:
        """Return the place of the current item or hypothesis; None while the keyboard is on cells."""
        return self.model.axes.section(self.header_kind, self.header_current) if self.header_kind else None

    # Moving

    def go_to(self, place: Place, *, extend: bool = False) -> None:
        """Put the keyboard on a cell, none of a band; with `extend` select the block from the anchor to it."""
        index = self.model.index(*place)
        if not index.isValid() or self.model.axes.lies_on_band(*place):
            return
        with self._moving():
            self._leave_headers()
            if not extend or not self._anchor.isValid():
                self._anchor = QPersistentModelIndex(index)
                self.marks.setCurrentIndex(index, _Flag.ClearAndSelect)
                return
            anchor = self.model.index(self._anchor.row(), self._anchor.column())
            self.marks.select(_block(self.model, anchor, index), _Flag.ClearAndSelect)
            self.marks.setCurrentIndex(index, _Flag.NoUpdate)

    def go_to_start(self) -> None:
        """Put the keyboard on the first cell; where every item is folded away, on the first band."""
        axes = self.model.axes
        items = axes.record_places(EVIDENCE)
        if len(items) and axes.ids[HYPOTHESIS]:
            self.go_to((0, int(items[0])) if axes.transposed else (int(items[0]), 0))
        elif axes.bands:
            self.select_section(EVIDENCE, 0)

    def toggle(self, place: Place) -> None:
        """Add a cell to the selection or take it out."""
        index = self.model.index(*place)
        if index.isValid():
            with self._moving():
                self._leave_headers()
                self._anchor = QPersistentModelIndex(index)
                self.marks.setCurrentIndex(index, _Flag.Toggle)

    def select_block(self, first: Place, last: Place) -> None:
        """Select the cells between two corners; the keyboard stays on the first."""
        with self._moving():
            self._leave_headers()
            start, end = self.model.index(*first), self.model.index(*last)
            self._anchor = QPersistentModelIndex(start)
            self.marks.select(_block(self.model, start, end), _Flag.ClearAndSelect)
            self.marks.setCurrentIndex(start, _Flag.NoUpdate)

    def select_section(self, kind: str, section: int, *, extend: bool = False, toggle: bool = False) -> None:
        """Put the keyboard on an item or hypothesis itself, or on a band; a band is never one of what is selected."""
        ids = self.model.axes.ids[kind]
        if not 0 <= section < len(ids):
            return
        anchor = self.model.axes.section(kind, self._header_anchor) if kind == self.header_kind else None
        if extend and anchor is not None:
            chosen = ids[min(anchor, section) : max(anchor, section) + 1]
        elif toggle and kind == self.header_kind:
            chosen = [entry for entry in ids if (entry in self.header_ids) != (entry == ids[section])] or [ids[section]]
        else:
            chosen = [ids[section]]
        if not extend or anchor is None:
            self._header_anchor = ids[section]
        bands = self.model.axes.bands
        self._mark_records(kind, [entry for entry in chosen if entry not in bands], ids[section])

    def select_ids(self, kind: str, ids: Iterable[str]) -> bool:
        """Put the keyboard on records by id; return whether any of them is shown."""
        wanted = set(ids)
        chosen = [entry for entry in self.model.axes.ids[kind] if entry in wanted]
        if chosen:
            self._header_anchor = chosen[0]
            self._mark_records(kind, chosen, chosen[0])
        return bool(chosen)

    def _mark_records(self, kind: str, chosen: list[str], current: str) -> None:
        with self._moving():
            self.header_kind, self.header_ids, self.header_current = kind, chosen, current
            self._anchor = QPersistentModelIndex()
            self._apply_header()

    def _apply_header(self) -> None:
        """Let Qt's selection follow the selected records: their whole rows or columns."""
        axes = self.model.axes
        rows, columns = axes.shape
        found = (axes.section(self.header_kind, entry) for entry in self.header_ids)
        places = sorted(place for place in found if place is not None)
        block = QItemSelection()
        down = self.header_kind == axes.down
        for start, end in runs(places) if rows and columns else ():
            first = self.model.index(start, 0) if down else self.model.index(0, start)
            last = self.model.index(end, columns - 1) if down else self.model.index(rows - 1, end)
            block.select(first, last)
        self.marks.select(block, _Flag.ClearAndSelect)
        section = axes.section(self.header_kind, self.header_current)
        if section is not None and rows and columns and not self.band:
            row, column = self.place or (0, 0)
            index = self.model.index(section, column) if down else self.model.index(row, section)
            self.marks.setCurrentIndex(index, _Flag.NoUpdate)

    def leave_header(self) -> None:
        """Go from an item or hypothesis to the current cell in its row or column; from a band to its first item's."""
        place = self._after_band() if self.band else self.place
        if place is not None:
            self.go_to(place)

    def _after_band(self) -> Place | None:
        """Return the cell of the first item after the current band, else of the last one; None where all are folded."""
        axes, section = self.model.axes, self.header_section
        items = axes.record_places(EVIDENCE)
        if section is None or not len(items) or not axes.ids[HYPOTHESIS]:
            return None
        item = int(items[min(int(np.searchsorted(items, section)), len(items) - 1)])
        row, column = self.place or (0, 0)
        return (row, item) if axes.transposed else (item, column)

    def select_all(self) -> None:
        """Select every cell; the keyboard stays where it is."""
        rows, columns = self.model.axes.shape
        if not rows or not columns:
            return
        with self._moving():
            self._leave_headers()
            current = self.model.index(*(self.place or (0, 0)))
            whole = _block(self.model, self.model.index(0, 0), self.model.index(rows - 1, columns - 1))
            self.marks.select(whole, _Flag.ClearAndSelect)
            self.marks.setCurrentIndex(current, _Flag.NoUpdate)

    # What is selected

    def blocks(self) -> list[QItemSelectionRange]:
        """Return the selected blocks of cells."""
        return list(self.marks.selection())  # pyright: ignore[reportArgumentType] - a list; the stubs do not say so

    def places(self) -> list[Place]:
        """Return the selected cells in reading order; the current one when none is selected."""
        found: set[Place] = set()
        for block in self.blocks():
            columns = range(block.left(), block.right() + 1)
            found.update((row, column) for row in range(block.top(), block.bottom() + 1) for column in columns)
        if not found and self.place is not None and not self.header_kind:
            found.add(self.place)
        axis, bands = int(self.model.axes.transposed), set(self.model.axes.band_places())
        return sorted(place for place in found if place[axis] not in bands) if bands else sorted(found)

    def bounds(self) -> tuple[Place, Place] | None:
        """Return the first and last corner of what is selected; None when nothing is."""
        blocks = self.blocks()
        if not blocks:
            return (self.place, self.place) if self.place is not None else None
        first = min(block.top() for block in blocks), min(block.left() for block in blocks)
        return first, (max(block.bottom() for block in blocks), max(block.right() for block in blocks))

    def selection(self) -> Selection:
        """Return what is selected, by ids."""
        axes = self.model.axes
        if self.band or (self.place is not None and axes.lies_on_band(*self.place)):
            return Selection()
        if self.header_kind == EVIDENCE:
            return Selection(EVIDENCE, self.header_current, None, (), tuple(self.header_ids), ())
        if self.header_kind == HYPOTHESIS:
            return Selection(HYPOTHESIS, None, self.header_current, (), (), tuple(self.header_ids))
        if self.place is None:
            return Selection()
        cells = tuple(axes.cell(*place) for place in self.places())
        items = tuple(dict.fromkeys(evidence for evidence, _hypothesis in cells))
        hypotheses = tuple(dict.fromkeys(hypothesis for _evidence, hypothesis in cells))
        return Selection("cell", *axes.cell(*self.place), cells, items, hypotheses)

    def restore(self, selection: Selection) -> None:
        """Select again what `selection` names, as far as it is still shown."""
        if selection.focus in (EVIDENCE, HYPOTHESIS):
            ids = selection.items if selection.focus == EVIDENCE else selection.hypotheses
            self.select_ids(selection.focus, ids)
            return
        places = [place for cell in selection.cells if (place := self.model.axes.place(*cell)) is not None]
        current = None
        if selection.evidence and selection.hypothesis:
            current = self.model.axes.place(selection.evidence, selection.hypothesis)
        if current is None:
            return
        self.go_to(current)
        if len(places) > 1:
            with self._moving():
                block = QItemSelection()
                for first, last in _row_blocks(places):
                    block.select(self.model.index(*first), self.model.index(*last))
                self.marks.select(block, _Flag.ClearAndSelect)

    # Following

    @contextmanager
    def _moving(self) -> Iterator[None]:
        self._busy = True
        try:
            yield
        finally:
            self._busy = False
        self.changed.emit()

    def _leave_headers(self) -> None:
        self.header_kind, self.header_ids, self.header_current, self._header_anchor = "", [], "", ""

    def _forget(self) -> None:
        self._leave_headers()
        self._anchor = QPersistentModelIndex()

    def _moved_by_qt(self) -> None:
        if not self._busy:
            self.changed.emit()

    def _follow_structure(self) -> None:
        if not self.header_kind:
            return
        known = set(self.model.axes.ids[self.header_kind])
        self.header_ids = [entry for entry in self.header_ids if entry in known]
        if self.header_current not in known:
            self.header_current = self.header_ids[0] if self.header_ids else ""
        with self._moving():
            if self.header_ids:
                self._apply_header()
            else:
                self._leave_headers()


def _block(model: MatrixModel, one: QModelIndex, other: QModelIndex) -> QItemSelection:
    top, bottom = sorted((one.row(), other.row()))
    left, right = sorted((one.column(), other.column()))
    return QItemSelection(model.index(top, left), model.index(bottom, right))


def _row_blocks(places: Sequence[Place]) -> list[tuple[Place, Place]]:
    """Return the places as stretches of rows, so that a block needs one range per row and not one per cell."""
    blocks: list[tuple[Place, Place]] = []
    for row, column in sorted(places):
        if blocks and blocks[-1][1] == (row, column - 1):
            blocks[-1] = (blocks[-1][0], (row, column))
        else:
            blocks.append(((row, column), (row, column)))
    return blocks
