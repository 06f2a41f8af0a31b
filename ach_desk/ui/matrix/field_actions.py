"""The actions that lead to a further field of the selected items, and the one that opens the link of an item."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ach_desk.i18n import _
from ach_desk.ui.actions import ActionSpec
from ach_desk.ui.weblink import open_link, web_address

if TYPE_CHECKING:
    from ach_desk.ui.matrix.panel import MatrixPanel

MENU = "edit/item"


def action_specs(panel: MatrixPanel) -> Iterable[ActionSpec]:
    """Yield the actions on fields that the inspector shows when they are used or asked for."""
    any_item = lambda: panel.may_edit and bool(panel.selection().items)  # noqa: E731
    one_item = lambda: panel.may_edit and len(panel.selection().items) == 1  # noqa: E731
    fields = (
        ("event_date", _("Date of the item"), one_item),
        ("quotation", _("Quotation of the item"), one_item),
        ("tags", _("Tags of the items"), any_item),
        ("code", _("Code of the items"), any_item),
        ("marking", _("Marking of the items"), any_item),
    )
    for name, text, enabled in fields:
        yield ActionSpec(
            f"item.{name}",
            MENU,
            text,
            lambda name=name: panel.field_requested.emit(name),
            enabled=enabled,
            separator=name == "event_date",
        )
    yield ActionSpec(
        "item.open_link", MENU, _("Open the link"), lambda: _open_link(panel), enabled=lambda: _can_open(panel)
    )


def _link(panel: MatrixPanel) -> str:
    item = panel.session.analysis.evidence.get(panel.selection().evidence or "")
    return item.link if item is not None else ""


def _can_open(panel: MatrixPanel) -> bool:
    link = _link(panel)
    return bool(link) and web_address(link) is not None


def _open_link(panel: MatrixPanel) -> None:
    if not open_link(_link(panel)):
        panel.message.emit(_("The link could not be opened."))
