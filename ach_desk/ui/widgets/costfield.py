"""The field for what it costs to find something out: a plain number in whatever unit the analyst has in mind."""

from __future__ import annotations

import math

from ach_desk.i18n import _
from ach_desk.ui.widgets.editors import TextEditor
from ach_desk.ui.widgets.panel import Panel


def cost_field(panel: Panel) -> TextEditor:
    """Return the editor of the field `cost` of the record that a panel shows; empty is no cost given."""
    return panel.field(
        "cost",
        _("Cost of finding out"),
        shown=cost_text,
        taken=cost_of,
        problem=lambda: _("Not taken over: write a number, 0 or more, such as 3 or 2.5."),
        text=lambda: _("Edit the cost"),
        one_line=True,
        hint=_("a number: days, money; the same unit throughout"),
    )


def cost_text(cost: float | None) -> str:
    """Return a cost as it is typed."""
    return "" if cost is None else f"{cost:.10g}"


def cost_of(typed: str) -> float | None:
    """Return the cost that a text means, None for an empty one; raises ValueError for anything but a number from 0."""
    if not typed.strip():
        return None
    cost = float(typed.strip().replace(",", "."))
    if not (math.isfinite(cost) and cost >= 0):
        raise ValueError("a cost is a finite number, 0 or more")
    return cost
