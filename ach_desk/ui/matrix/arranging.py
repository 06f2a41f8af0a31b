"""Filter and order as a person handles them: asked for by actions, captions and the bar, applied to the model."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ach_desk.i18n import _
from ach_desk.ui.matrix import columns
from ach_desk.ui.matrix.arrangement import SCORE, Arrangement, HypothesisOrder
from ach_desk.ui.matrix.axes import EVIDENCE
from ach_desk.ui.matrix.item_filter import ItemFilter
from ach_desk.ui.matrix.item_order import STANDING, SortKey, first_key, hypothesis_of, reversed_key
from ach_desk.ui.matrix.view import MatrixView

if TYPE_CHECKING:
    from ach_desk.commands import Change
    from ach_desk.ui.matrix.filter_bar import FilterBar

_ARROWS = {False: "↑", True: "↓"}


class Arranging(QObject):
    """What is shown of one matrix and in which order.

    about_to_change(): whoever has something open over a row puts it away. changed(): filter or order are others.
    message(str): a line for the status bar.
    """

    about_to_change = Signal()
    changed = Signal()
    message = Signal(str)

    def __init__(self, view: MatrixView, place: QVBoxLayout, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self._parent = parent
        self._model = view.matrix
        self._session = view.matrix.session
        self._place = place
        self._open = False
        for signal in (self._model.rowsInserted, self._model.rowsRemoved, self._model.modelReset):
            signal.connect(self._show_count)
        for signal in (self._model.columnsInserted, self._model.columnsRemoved):
            signal.connect(self._show_count)
        self._session.changed.connect(self._follow)
        view.sort_requested.connect(self._sort_by_caption)

    @cached_property
    def bar(self) -> FilterBar:
        """The lines above the matrix, made when first needed."""
        from ach_desk.ui.matrix.filter_bar import FilterBar

        bar = FilterBar(self._session, lambda: self._model.scores_shown, self._parent)
        bar.wanted.connect(self.set_filter)
        bar.cleared.connect(self._clear_and_leave)
        bar.again.connect(self.again)
        bar.entry_order.connect(self.to_entry_order)
        bar.left.connect(self._view.setFocus)
        bar.message.connect(self.message)
        self._place.insertWidget(0, bar)
        return bar

    @property
    def arrangement(self) -> Arrangement:
        """Return what is asked for."""
        return self._model.arrangement

    @property
    def is_sorted(self) -> bool:
        """Return whether items or hypotheses stand in another than entry order."""
        return bool(self.arrangement.item_order) or self.arrangement.hypothesis_order != "entry"

    @property
    def is_filtering(self) -> bool:
        """Return whether a filter is in force."""
        return not self.arrangement.item_filter.is_empty

    # The filter

    def open_bar(self) -> None:
        """Show the filter with the keyboard in it."""
        self._open = True
        self._show()
        self.bar.focus_text()

    def set_filter(self, wanted: ItemFilter) -> None:
        """Show only the items that `wanted` lets through."""
        self.arrangement.item_filter = wanted
        self.again()

    def clear_filter(self) -> None:
        """Show every item again and put the filter away."""
        self._open = False
        self.set_filter(ItemFilter())

    def _clear_and_leave(self) -> None:
        self.clear_filter()
        self._view.setFocus()

    # The order

    def sort_by(self, column: str) -> None:
        """Sort by a column; by the one sorted by already, the other way round."""
        present = self.arrangement.item_order[:1]
        same = bool(present) and present[0].column == column
        self._sort([reversed_key(present[0]) if same else first_key(column)])

    def then_by(self, column: str) -> None:
        """Sort by a second column where the first does not decide; chosen again, the other way round."""
        first, *second = self.arrangement.item_order or (first_key(column),)
        if first.column == column:
            self._sort([reversed_key(first) if self.arrangement.item_order else first, *second])
            return
        same = bool(second) and second[0].column == column
        self._sort([first, reversed_key(second[0]) if same else first_key(column)])

    def _sort_by_caption(self, column: str, second: bool) -> None:
        """Follow a click on a caption; the third click on the only one goes back to entry order."""
        keys = self.arrangement.item_order
        if column in (*STANDING, SCORE) and not self._model.scores_shown:
            self.message.emit(_("Scores are hidden, and so is an order that gives them away."))
        elif column == SCORE:
            self.order_hypotheses("entry" if self.arrangement.hypothesis_order == "score" else "score")
        elif second:
            self.then_by(column)
        elif len(keys) == 1 and keys[0] == reversed_key(first_key(column)):
            self._sort([])
        else:
            self.sort_by(column)

    def _sort(self, keys: list[SortKey]) -> None:
        self.arrangement.item_order = tuple(keys)
        self.again()

    def reverse(self) -> None:
        """Sort by the same columns, the first the other way round."""
        first, *second = self.arrangement.item_order
        self._sort([reversed_key(first), *second])

    def order_hypotheses(self, how: HypothesisOrder) -> None:
        """Put the hypotheses into this order."""
        self.arrangement.hypothesis_order = how
        self.again()

    def to_entry_order(self) -> None:
        """Show items and hypotheses in the order of the analysis."""
        self.arrangement.item_order = ()
        self.order_hypotheses("entry")

    def again(self) -> None:
        """Filter and sort anew; the keyboard stays on its cell or record while that is shown."""
        self.about_to_change.emit()
        caret = self._view.caret
        selection = caret.selection()
        self._model.arrange()
        if caret.selection() != selection:
            caret.restore(selection)
        if not caret.focus and selection.focus and all(self._model.axes.shape):
            caret.go_to_start()
        self._view.show_caret()
        self._view.show_order()
        self._show()
        self.changed.emit()

    def restore(
        self, item_filter: ItemFilter, item_order: tuple[SortKey, ...], hypothesis_order: HypothesisOrder
    ) -> None:
        """Show what was shown the last time."""
        arrangement = self.arrangement
        arrangement.item_filter, arrangement.item_order = item_filter, item_order
        arrangement.hypothesis_order = hypothesis_order
        if not arrangement.is_plain:
            self.again()

    def follow_scores(self) -> bool:
        """Undo what gives the standing away when scores were hidden; return whether there was anything."""
        if self._model.scores_shown or not self.arrangement.tells_standing:
            return False
        self.arrangement.without_standing()
        self.again()
        return True

    def _follow(self, change: Change) -> None:
        """Offer new kinds, tags and sources."""
        offered = change.touches(EVIDENCE, "kind", "tags") or change.touches("source") or change.touches("group")
        if offered and "bar" in self.__dict__:
            self.bar.refresh_chips()

    # What the bar says

    def _show(self) -> None:
        if not self._open and self.arrangement.is_plain and "bar" not in self.__dict__:
            return
        self.bar.show_filter(self.arrangement.item_filter, open_=self._open)
        self.bar.show_order(self.order_text())
        self._show_count()

    def _show_count(self) -> None:
        if "bar" in self.__dict__:
            self.bar.show_count(len(self._model.listed_items()), len(self._session.assessment.items))

    def order_text(self) -> str:
        """Return in words what is sorted; "" when everything stands in entry order."""
        keys = [
            _("{column} {arrow}").format(column=self.caption_of(key.column), arrow=_ARROWS[key.descending])
            for key in self.arrangement.item_order
        ]
        parts = []
        if len(keys) == 2:
            parts.append(_("Items sorted by {first}, then {second}.").format(first=keys[0], second=keys[1]))
        elif keys:
            parts.append(_("Items sorted by {first}.").format(first=keys[0]))
        if self.arrangement.hypothesis_order == "score":
            parts.append(_("Hypotheses sorted by score."))
        elif self.arrangement.hypothesis_order == "title":
            parts.append(_("Hypotheses sorted by alphabet."))
        return " ".join(parts)

    def caption_of(self, column: str) -> str:
        """Return what a column that can be sorted by is called."""
        hypothesis = hypothesis_of(column)
        if hypothesis is None:
            return columns.sort_captions().get(column, column)
        record = self._session.analysis.hypotheses.get(hypothesis)
        return _("Rating under {label}").format(label=record.label if record is not None else "–")
