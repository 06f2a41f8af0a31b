"""The actions on what a cell says beyond its rating: undecided, decided, confirmed; and the scale of the matrix."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from ach_desk.i18n import _
from ach_desk.ui.actions import ActionSpec
from ach_desk.ui.matrix import reshaping

if TYPE_CHECKING:
    from ach_desk.ui.matrix.panel import MatrixPanel

_TABLE = Qt.ShortcutContext.WidgetShortcut


def specs(panel: MatrixPanel) -> Iterable[ActionSpec]:
    """Yield the actions in the order of the menu."""
    judging = panel.judging
    yield ActionSpec(
        "rate.confirm",
        "rate",
        _("Confirm the rating"),
        judging.confirm,
        ("K",),
        lambda: panel.may_edit and judging.any_to_confirm(),
        separator=True,
        context=_TABLE,
    )
    yield ActionSpec(
        "rate.confirm_row",
        "rate",
        _("Confirm all suggestions of the item"),
        judging.confirm_suggestions,
        enabled=lambda: panel.may_edit and judging.any_suggestion_of_items(),
    )
    yield ActionSpec(
        "rate.range",
        "rate/range",
        _("Undecided between two ratings ..."),
        judging.begin_range,
        ("R",),
        lambda: panel.may_edit and panel.has_cells,
        context=_TABLE,
    )
    yield ActionSpec(
        "rate.decided",
        "rate/range",
        _("Decided: keep the rating that is scored"),
        judging.decide,
        enabled=lambda: panel.may_edit and judging.any_undecided(),
    )
    yield ActionSpec(
        "rate.scale",
        "rate",
        _("Scale of this matrix ..."),
        lambda: reshaping.show_scale(panel),
    )
