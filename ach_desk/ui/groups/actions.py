"""The actions on dependence groups; all but the first are absent until there is a group."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ach_desk.i18n import _
from ach_desk.ui.actions import ActionSpec
from ach_desk.ui.groups.acts import GroupActs

NAMES = ("group.make", "group.join", "group.take_out", "group.dissolve")
_MENU = "edit/item"


def group_actions(acts: GroupActs, may_edit: Callable[[], bool]) -> Iterable[ActionSpec]:
    """Return the actions for the menu "edit/item"."""
    yield ActionSpec(
        "group.make",
        _MENU,
        _("Group as dependent ..."),
        acts.ask,
        ("Ctrl+Alt+G",),
        lambda: may_edit() and len(acts.items()) > 1,
        separator=True,
    )
    yield ActionSpec(
        "group.join",
        _MENU,
        _("Put into the group"),
        acts.join_selected,
        enabled=lambda: may_edit() and acts.can_join,
        visible=lambda: acts.any,
    )
    yield ActionSpec(
        "group.take_out",
        _MENU,
        _("Take out of the group"),
        acts.take_out,
        enabled=lambda: may_edit() and bool(acts.groups()),
        visible=lambda: acts.any,
    )
    yield ActionSpec(
        "group.dissolve",
        _MENU,
        _("Dissolve the group"),
        acts.dissolve,
        enabled=lambda: may_edit() and bool(acts.groups()),
        visible=lambda: acts.any,
    )
