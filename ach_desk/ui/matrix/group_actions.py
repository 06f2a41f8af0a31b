"""The actions on groups of items: by what they are grouped, folding all of them, and the heading of an item."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from ach_desk.i18n import _
from ach_desk.ui.actions import ActionSpec
from ach_desk.ui.matrix.grouping import WAYS, GroupBy, way_caption

if TYPE_CHECKING:
    from ach_desk.ui.matrix.panel import MatrixPanel

_MENU = "view/rows"
BAND_MENU = ("hypothesis.fold", "hypothesis.unfold", "groups.fold_all", "groups.unfold_all", "-")
"""What stands in the context menu of a band, before the ways of grouping."""

WAY_ACTIONS = tuple(f"rows.by_{way or 'none'}" for way in ("", *WAYS))


def group_actions(panel: MatrixPanel) -> Iterable[ActionSpec]:
    """Yield the actions for the menus "view/rows" and "edit/item"."""
    groups = panel.groups
    ways: tuple[GroupBy, ...] = ("", *WAYS)
    for way in ways:
        yield ActionSpec(
            f"rows.by_{way or 'none'}",
            _MENU,
            way_caption(way),
            partial(groups.group_by, way),
            checked=lambda way=way: groups.by == way,
            separator=not way,
        )
    yield ActionSpec(
        "groups.fold_all",
        _MENU,
        _("Fold all groups"),
        groups.fold_all,
        ("Alt+-",),
        lambda: bool(groups.by) and groups.any_open,
        separator=True,
    )
    yield ActionSpec(
        "groups.unfold_all",
        _MENU,
        _("Unfold all groups"),
        groups.unfold_all,
        ("Alt++", "Alt+Shift++"),
        lambda: groups.any_folded,
    )
    yield ActionSpec(
        "edit.heading",
        "edit/item",
        _("Put under a heading ..."),
        groups.ask_heading,
        enabled=lambda: panel.may_edit and bool(panel.selection().items),
    )
