"""The actions on how hypotheses stand to each other: forms, combinations, folding, rejected ones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from ach_desk.i18n import _
from ach_desk.ui.actions import ActionSpec

if TYPE_CHECKING:
    from ach_desk.ui.matrix.kin import Kin
    from ach_desk.ui.matrix.panel import MatrixPanel

_TABLE = Qt.ShortcutContext.WidgetShortcut
_MENU = "edit/hypothesis"
HEADER_ACTIONS = ("hypothesis.fold", "hypothesis.unfold", "hypothesis.new_form", "hypothesis.combine")
"""Those that stand in the context menu of a hypothesis."""


def kin_actions(panel: MatrixPanel) -> Iterable[ActionSpec]:
    """Return the actions for the menus "edit/hypothesis" and "view"."""
    kin = panel.kin
    yield from _forms(panel, kin)
    yield from _combinations(panel, kin)
    yield from _folding(panel, kin)


def _forms(panel: MatrixPanel, kin: Kin) -> Iterable[ActionSpec]:
    yield ActionSpec(
        "hypothesis.new_form",
        _MENU,
        _("New sub-hypothesis"),
        kin.new_form,
        ("Ctrl+Alt+F",),
        lambda: panel.may_edit and kin.current is not None and not kin.current.is_combination and kin.current.is_active,
    )
    yield ActionSpec(
        "hypothesis.put_under",
        _MENU,
        _("Make it a form of ..."),
        kin.ask_heading,
        enabled=lambda: panel.may_edit and bool(kin.possible_headings()),
    )
    yield ActionSpec(
        "hypothesis.lift_out",
        _MENU,
        _("Lift out"),
        kin.lift_out,
        enabled=lambda: panel.may_edit and kin.has_form(),
    )


def _combinations(panel: MatrixPanel, kin: Kin) -> Iterable[ActionSpec]:
    yield ActionSpec(
        "hypothesis.combine",
        _MENU,
        _("Combine hypotheses ..."),
        kin.combine,
        ("Ctrl+Alt+J",),
        lambda: panel.may_edit and bool(kin.possible_parts()),
        separator=True,
    )
    yield ActionSpec(
        "hypothesis.confirm_all",
        _MENU,
        _("Confirm all suggestions of the combination"),
        kin.confirm_all,
        enabled=lambda: panel.may_edit and kin.has_open_combination(),
    )
    yield ActionSpec(
        "hypothesis.catch_all",
        _MENU,
        _("Add “None of the above”"),
        kin.add_catch_all,
        enabled=lambda: panel.may_edit and not kin.has_catch_all,
        separator=True,
    )


def _folding(panel: MatrixPanel, kin: Kin) -> Iterable[ActionSpec]:
    """Yield folding and unfolding: on a band of its group, else of the heading, or of the group where there is none."""
    groups = panel.groups
    on_band = lambda: bool(panel.view.caret.band)  # noqa: E731
    yield ActionSpec(
        "hypothesis.fold",
        "view",
        _("Fold the heading or group"),
        lambda: groups.fold() if on_band() or not kin.foldable() else kin.fold(),
        ("-",),
        lambda: bool(kin.foldable() or groups.foldable()),
        separator=True,
        context=_TABLE,
    )
    yield ActionSpec(
        "hypothesis.unfold",
        "view",
        _("Unfold the heading or group"),
        lambda: groups.unfold() if on_band() else kin.unfold(),
        ("+", "Shift++"),
        lambda: bool(kin.unfoldable() or groups.unfoldable()),
        context=_TABLE,
    )
    yield ActionSpec(
        "hypothesis.rejected",
        "view",
        _("Show rejected hypotheses"),
        kin.switch_rejected,
        ("Ctrl+Shift+J",),
        lambda: kin.has_rejected,
        checked=lambda: kin.rejected_shown,
    )
