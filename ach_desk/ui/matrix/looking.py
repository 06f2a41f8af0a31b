"""The actions on how the matrix is looked at: filter, order, rows, zoom. None of them changes the analysis."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from ach_desk.i18n import _
from ach_desk.ui.actions import ActionSpec
from ach_desk.ui.matrix.arrangement import HypothesisOrder
from ach_desk.ui.matrix.columns import sort_captions
from ach_desk.ui.matrix.item_order import STANDING, rating_column
from ach_desk.ui.matrix.look import AUTOMATIC

if TYPE_CHECKING:
    from ach_desk.ui.matrix.panel import MatrixPanel

ROW_ACTIONS = tuple(f"rows.{name}" for name in ("compact", "normal", "tall", AUTOMATIC))


def looking_actions(panel: MatrixPanel) -> list[ActionSpec]:
    """Return the actions for the menu "view" and its submenus "sort", "hypotheses_order", "rows" and "zoom"."""
    return [*_filter(panel), *_sort(panel), *_hypotheses(panel), *_rows(panel), *_zoom(panel)]


def _filter(panel: MatrixPanel) -> Iterable[ActionSpec]:
    arranging = panel.arranging
    yield ActionSpec(
        "filter.open", "view", _("Filter items ..."), arranging.open_bar, ("Ctrl+Shift+F",), separator=True
    )
    yield ActionSpec(
        "filter.clear",
        "view",
        _("Show all items"),
        arranging.clear_filter,
        ("Shift+Esc",),
        lambda: arranging.is_filtering,
    )
    yield ActionSpec(
        "filter.again",
        "view",
        _("Filter and sort anew"),
        arranging.again,
        ("F5",),
        lambda: arranging.is_filtering or arranging.is_sorted,
    )


def _sort(panel: MatrixPanel) -> Iterable[ActionSpec]:
    arranging, arrangement = panel.arranging, panel.model.arrangement
    yield ActionSpec(
        "sort.entry",
        "view/sort",
        _("Entry order"),
        arranging.to_entry_order,
        ("Alt+Home",),
        lambda: arranging.is_sorted,
    )
    yield ActionSpec(
        "sort.reverse",
        "view/sort",
        _("The other way round"),
        arranging.reverse,
        enabled=lambda: bool(arrangement.item_order),
    )
    for second in (False, True):
        menu, name = ("view/sort/then", "sort_then") if second else ("view/sort", "sort")
        run = arranging.then_by if second else arranging.sort_by
        number = 2 if second else 1
        for column, caption in sort_captions().items():
            yield ActionSpec(
                f"{name}.{column}",
                menu,
                caption,
                lambda run=run, column=column: run(column),
                enabled=lambda column=column, second=second: _may_sort(panel, column, second=second),
                checked=lambda column=column, number=number: _is_key(panel, column, number),
                separator=column == "label" and not second,
            )
        yield ActionSpec(
            f"{name}.rating",
            menu,
            _("Rating under this hypothesis"),
            lambda run=run: run(_present_column(panel)),
            enabled=lambda second=second: _may_sort(panel, _present_column(panel), second=second),
            checked=lambda number=number: _is_key(panel, _present_column(panel), number),
            separator=True,
        )


def _present_column(panel: MatrixPanel) -> str:
    """Return the column of the hypothesis the keyboard is on; "" when it is on none."""
    hypothesis = panel.selection().hypothesis
    return rating_column(hypothesis) if hypothesis else ""


def _may_sort(panel: MatrixPanel, column: str, *, second: bool) -> bool:
    sorted_already = bool(panel.model.arrangement.item_order)
    return bool(column) and (column not in STANDING or panel.scores_shown) and (sorted_already or not second)


def _is_key(panel: MatrixPanel, column: str, number: int) -> bool:
    mark = panel.model.arrangement.mark_of(column)
    return mark is not None and mark[0] == number


def _hypotheses(panel: MatrixPanel) -> Iterable[ActionSpec]:
    orders: tuple[tuple[HypothesisOrder, str], ...] = (
        ("entry", _("By entry")),
        ("score", _("By score")),
        ("title", _("By alphabet")),
    )
    for how, text in orders:
        yield ActionSpec(
            f"hypotheses_order.{how}",
            "view/hypotheses_order",
            text,
            partial(panel.arranging.order_hypotheses, how),
            enabled=lambda how=how: how != "score" or panel.scores_shown,
            checked=lambda how=how: panel.model.arrangement.hypothesis_order == how,
        )


def _rows(panel: MatrixPanel) -> Iterable[ActionSpec]:
    heights = (
        ("compact", _("Compact: one line")),
        ("normal", _("Normal: two lines")),
        ("tall", _("Tall: three lines")),
        (AUTOMATIC, _("As high as most texts need")),
    )
    for rows, text in heights:
        yield ActionSpec(
            f"rows.{rows}",
            "view/rows",
            text,
            lambda rows=rows: panel.looks.set_scale(panel.view.scale._replace(rows=rows)),
            checked=lambda rows=rows: panel.view.scale.rows == rows,
        )


def _zoom(panel: MatrixPanel) -> Iterable[ActionSpec]:
    yield ActionSpec("zoom.in", "view/zoom", _("Zoom in"), lambda: panel.looks.zoom(1), ("Ctrl++", "Ctrl+="))
    yield ActionSpec("zoom.out", "view/zoom", _("Zoom out"), lambda: panel.looks.zoom(-1), ("Ctrl+-",))
    yield ActionSpec(
        "zoom.reset",
        "view/zoom",
        _("Zoom 100 %"),
        panel.looks.reset_zoom,
        ("Ctrl+0",),
        lambda: panel.view.scale.zoom != 100,
    )
    sizes = ((85, _("Small text")), (100, _("Normal text")), (125, _("Large text")))
    for size, text in sizes:
        yield ActionSpec(
            f"text.{size}",
            "view/zoom",
            text,
            lambda size=size: panel.looks.set_scale(panel.view.scale._replace(text=size)),
            checked=lambda size=size: panel.view.scale.text == size,
            separator=size == sizes[0][0],
        )
