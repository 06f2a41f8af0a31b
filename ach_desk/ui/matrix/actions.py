"""The actions of the matrix for menus, shortcuts, context menus and the searchable list: one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from ach_desk.i18n import _
from ach_desk.model import RatingValue, Scale, words
from ach_desk.ui.actions import ActionSpec
from ach_desk.ui.groups.actions import DEPENDENCE_ACTIONS, dependence_actions
from ach_desk.ui.matrix import field_actions, judging_actions, reshaping, several
from ach_desk.ui.matrix.axes import EVIDENCE, HYPOTHESIS
from ach_desk.ui.matrix.block_actions import fill_actions, reason_actions
from ach_desk.ui.matrix.columns import item_columns
from ach_desk.ui.matrix.foot import RATING_KEYS
from ach_desk.ui.matrix.group_actions import BAND_MENU, WAY_ACTIONS, group_actions
from ach_desk.ui.matrix.kin_actions import HEADER_ACTIONS, kin_actions
from ach_desk.ui.matrix.looking import ROW_ACTIONS, looking_actions
from ach_desk.ui.matrix.record_actions import insert_actions

if TYPE_CHECKING:
    from ach_desk.ui.matrix.panel import MatrixPanel

_TABLE = Qt.ShortcutContext.WidgetShortcut
LINE = "-"

_CELL_MENU = (
    LINE,
    "rate.range",
    "rate.decided",
    "rate.confirm",
    LINE,
    "rate.reason",
    "rate.reason_across",
    "rate.next_unrated",
    LINE,
    "edit.cut",
    "edit.copy",
    "edit.paste",
    "edit.fill_down",
    "edit.fill_right",
)
_HEADER_MENUS = {
    EVIDENCE: (
        "edit.title",
        "edit.set_aside",
        "edit.count_again",
        "edit.heading",
        "edit.split_item",
        "edit.merge_item",
        *DEPENDENCE_ACTIONS,
        LINE,
        "move",
        LINE,
        "insert.item",
        "insert.item_before",
        "insert.duplicate",
        "insert.duplicate_rated",
        "edit.copy",
        "edit.paste",
        LINE,
        "matrix.leave_item_out",
        "edit.delete",
    ),
    HYPOTHESIS: (
        "edit.hypothesis_title",
        "edit.reject",
        "edit.reinstate",
        "edit.split_hypothesis",
        "edit.merge_hypothesis",
        LINE,
        *HEADER_ACTIONS,
        LINE,
        "move",
        LINE,
        "insert.hypothesis",
        "insert.hypothesis_before",
        "insert.duplicate",
        "insert.duplicate_rated",
        "edit.copy",
        "edit.paste",
        LINE,
        "sort.rating",
        LINE,
        "matrix.leave_hypothesis_out",
        "edit.delete_hypothesis",
    ),
}


def cell_menu(scale: Scale) -> list[str]:
    """Return the names of the actions on cells: the steps of the scale, then the others."""
    return [*map(_rating_name, words.rating_order(scale)), *_CELL_MENU]


def _rating_name(value: RatingValue | None) -> str:
    return f"rate.{'clear' if value is None else value.value}"


def header_menu(kind: str, *, down: bool) -> list[str]:
    """Return the names of the actions on items or hypotheses; `down` says that they are rows."""
    moves = ["edit.move_up", "edit.move_down"] if down else ["edit.move_left", "edit.move_right"]
    names = _HEADER_MENUS[kind]
    place = names.index("move")
    return [*names[:place], *moves, *names[place + 1 :]]


def band_menu() -> list[str]:
    """Return the names of the actions on groups of items."""
    return [*BAND_MENU, *WAY_ACTIONS]


def column_menu() -> list[str]:
    """Return the names of the actions that show and hide columns, and of those on the rows."""
    return [*(f"view.column.{key}" for key in item_columns()), LINE, *ROW_ACTIONS, LINE, "filter.open", "sort.entry"]


def action_specs(panel: MatrixPanel) -> list[ActionSpec]:
    """Return every action of the panel. Those with a widget context belong on `panel.view`."""
    return [
        *_rating(panel),
        *reason_actions(panel),
        *judging_actions.specs(panel),
        *_next(panel),
        *_clipboard(panel),
        *fill_actions(panel),
        *_texts(panel),
        *insert_actions(panel),
        *_status(panel),
        *field_actions.action_specs(panel),
        *reshaping.specs(panel),
        *dependence_actions(panel.dependence, lambda: panel.may_edit),
        *_order(panel),
        *_view(panel),
        *looking_actions(panel),
        *group_actions(panel),
        *kin_actions(panel),
        *several.action_specs(panel),
    ]


def _rating(panel: MatrixPanel) -> Iterable[ActionSpec]:
    for value in words.rating_order(Scale.SEVEN):
        symbol = words.rating_symbol(value)
        yield ActionSpec(
            name=_rating_name(value),
            menu="rate",
            text=_("{symbol}: {meaning}").format(symbol=symbol, meaning=words.rating_meaning(value)),
            run=panel.clear if value is None else lambda value=value: panel.rate(value),
            shortcuts=(RATING_KEYS[value],) if value is not None else (RATING_KEYS[value], "Backspace"),
            enabled=lambda value=value: panel.may_edit and (panel.has_cells or (value is None and bool(panel.focus))),
            visible=lambda value=value: value in words.rating_order(panel.scale),
            context=_TABLE,
        )
    yield ActionSpec(
        "rate.reason",
        "rate",
        _("Reason for the rating"),
        panel.edit_rationale_requested.emit,
        ("F2",),
        lambda: panel.focus == "cell",
        separator=True,
        context=_TABLE,
    )


def _next(panel: MatrixPanel) -> Iterable[ActionSpec]:
    yield ActionSpec(
        "rate.next_unrated",
        "rate",
        _("Go to the next unrated cell"),
        panel.next_unrated,
        ("Ctrl+U",),
        lambda: panel.has_open_cells,
    )


def _clipboard(panel: MatrixPanel) -> Iterable[ActionSpec]:
    keys = QKeySequence.StandardKey
    selected = lambda: bool(panel.focus)  # noqa: E731
    yield ActionSpec(
        "edit.cut",
        "edit",
        _("Cut"),
        lambda: panel.clipboard.cut(),
        (keys.Cut,),
        lambda: panel.may_edit and panel.focus == "cell",
        separator=True,
        context=_TABLE,
    )
    yield ActionSpec(
        "edit.copy", "edit", _("Copy"), lambda: panel.clipboard.copy(), (keys.Copy,), selected, context=_TABLE
    )
    yield ActionSpec(
        "edit.copy_matrix",
        "edit",
        _("Copy the whole matrix with headings"),
        lambda: panel.clipboard.copy_whole(),
        enabled=lambda: panel.has_cells,
    )
    yield ActionSpec(
        "edit.paste",
        "edit",
        _("Paste"),
        lambda: panel.clipboard.paste_clipboard(),
        (keys.Paste,),
        lambda: panel.may_edit,
        context=_TABLE,
    )
    yield ActionSpec(
        "edit.select_all",
        "edit",
        _("Select all cells"),
        panel.view.caret.select_all,
        (keys.SelectAll,),
        lambda: panel.has_cells,
        context=_TABLE,
    )


def _texts(panel: MatrixPanel) -> Iterable[ActionSpec]:
    yield ActionSpec(
        "edit.title",
        "edit/item",
        _("Edit the text of the item"),
        panel.records.edit_title,
        ("Return",),
        lambda: panel.may_edit and bool(panel.focus),
        separator=True,
        context=_TABLE,
    )
    yield ActionSpec(
        "edit.hypothesis_title",
        "edit/hypothesis",
        _("Edit the title of the hypothesis"),
        lambda: panel.records.edit_title(HYPOTHESIS),
        ("Ctrl+Return", "Alt+Return"),
        lambda: panel.may_edit and bool(panel.selection().hypotheses),
        context=_TABLE,
    )


def _status(panel: MatrixPanel) -> Iterable[ActionSpec]:
    yield ActionSpec(
        "edit.set_aside",
        "edit/item",
        _("Set the item aside"),
        panel.records.ask_set_aside,
        ("Ctrl+D",),
        lambda: panel.may_edit and panel.any_item(counted=True),
    )
    yield ActionSpec(
        "edit.count_again",
        "edit/item",
        _("Count the item again"),
        panel.records.count_again,
        ("Ctrl+Shift+D",),
        lambda: panel.may_edit and panel.any_item(counted=False),
    )
    yield ActionSpec(
        "edit.reject",
        "edit/hypothesis",
        _("Reject the hypothesis"),
        panel.records.ask_reject,
        ("Ctrl+R",),
        lambda: panel.may_edit and panel.any_hypothesis(active=True),
    )
    yield ActionSpec(
        "edit.reinstate",
        "edit/hypothesis",
        _("Make the hypothesis active again"),
        panel.records.reinstate,
        ("Ctrl+Shift+R",),
        lambda: panel.may_edit and panel.any_hypothesis(active=False),
    )


def _order(panel: MatrixPanel) -> Iterable[ActionSpec]:
    moves: Sequence[tuple[str, str, str, Callable[[], object]]] = (
        ("edit.move_up", _("Move the row up"), "Alt+Up", lambda: panel.records.shift("down", -1)),
        ("edit.move_down", _("Move the row down"), "Alt+Down", lambda: panel.records.shift("down", 1)),
        ("edit.move_left", _("Move the column left"), "Alt+Left", lambda: panel.records.shift("across", -1)),
        ("edit.move_right", _("Move the column right"), "Alt+Right", lambda: panel.records.shift("across", 1)),
    )
    for name, text, key, run in moves:
        yield ActionSpec(
            name,
            "edit/move",
            text,
            run,
            (key,),
            lambda: panel.may_edit and bool(panel.focus),
            context=_TABLE,
        )
    yield ActionSpec(
        "edit.delete",
        "edit/item",
        _("Delete the item"),
        panel.records.delete,
        ("Ctrl+Del",),
        lambda: panel.may_edit and bool(panel.focus),
        separator=True,
        context=_TABLE,
    )
    yield ActionSpec(
        "edit.delete_hypothesis",
        "edit/hypothesis",
        _("Delete the hypothesis"),
        lambda: panel.records.delete(HYPOTHESIS),
        ("Ctrl+Shift+Del",),
        lambda: panel.may_edit and bool(panel.selection().hypotheses),
        context=_TABLE,
    )


def _view(panel: MatrixPanel) -> Iterable[ActionSpec]:
    yield ActionSpec(
        "view.transpose",
        "view",
        _("Hypotheses as rows"),
        lambda: panel.looks.set_transposed(not panel.looks.transposed),
        ("Ctrl+T",),
        checked=lambda: panel.looks.transposed,
        separator=True,
    )
    yield ActionSpec(
        "view.scores",
        "view",
        _("Show scores and standing"),
        lambda: panel.set_scores_hidden(panel.scores_shown),
        ("F9",),
        checked=lambda: panel.scores_shown,
    )
    yield ActionSpec(
        "view.key_strip",
        "view",
        _("Show the keys of the scale"),
        panel.toggle_key_strip,
        checked=lambda: panel.key_strip_shown,
    )
    for column in item_columns().values():
        yield ActionSpec(
            f"view.column.{column.key}",
            "view/columns",
            column.in_menu or column.caption,
            lambda key=column.key: panel.looks.toggle_column(key),
            checked=lambda key=column.key: key in panel.looks.columns,
        )
