"""The actions on dependence groups; all but the first are absent until there is a group."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ach_desk.i18n import _
from ach_desk.ui.actions import ActionSpec
from ach_desk.ui.groups.acts import GroupActs

DEPENDENCE_ACTIONS = ("dependence.group", "dependence.join", "dependence.take_out", "dependence.dissolve")
"""Those that stand in the context menu of an item."""
_MENU = "edit/item"


def dependence_actions(acts: GroupActs, may_edit: Callable[[], bool]) -> Iterable[ActionSpec]:
    """Return the actions for the menu "edit/item"."""
    yield ActionSpec(
        "dependence.group",
        _MENU,
        _("Group as dependent ..."),
        acts.ask,
        ("Ctrl+Alt+G",),
        lambda: may_edit() and len(acts.items()) > 1,
        separator=True,
    )
    yield ActionSpec(
        "dependence.join",
        _MENU,
        _("Put into the group"),
        acts.join_selected,
        enabled=lambda: may_edit() and acts.can_join,
        visible=lambda: acts.any,
    )
    yield ActionSpec(
        "dependence.take_out",
        _MENU,
        _("Take out of the group"),
        acts.take_out,
        enabled=lambda: may_edit() and bool(acts.groups()),
        visible=lambda: acts.any,
    )
    yield ActionSpec(
        "dependence.dissolve",
        _MENU,
        _("Dissolve the group"),
        acts.dissolve,
        enabled=lambda: may_edit() and bool(acts.groups()),
        visible=lambda: acts.any,
    )
