"""The actions that bring in items and hypotheses: new ones at the end or in between, and copies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from ach_desk.i18n import _
from ach_desk.ui.actions import ActionSpec
from ach_desk.ui.matrix.axes import EVIDENCE, HYPOTHESIS

if TYPE_CHECKING:
    from ach_desk.ui.matrix.panel import MatrixPanel

_TABLE = Qt.ShortcutContext.WidgetShortcut


def insert_actions(panel: MatrixPanel) -> Iterable[ActionSpec]:
    """Yield the actions of the menu "insert"."""
    yield ActionSpec(
        "insert.item",
        "insert",
        _("New evidence item"),
        lambda: panel.records.new(EVIDENCE),
        ("Ctrl+E",),
        lambda: panel.may_edit,
    )
    yield ActionSpec(
        "insert.item_before",
        "insert",
        _("New evidence item before this one"),
        lambda: panel.records.new(EVIDENCE, before_current=True),
        ("Ctrl+Alt+E",),
        lambda: panel.may_edit and panel.selection().evidence is not None,
    )
    yield ActionSpec(
        "insert.hypothesis",
        "insert",
        _("New hypothesis"),
        lambda: panel.records.new(HYPOTHESIS),
        ("Ctrl+Shift+H",),
        lambda: panel.may_edit,
        separator=True,
    )
    yield ActionSpec(
        "insert.hypothesis_before",
        "insert",
        _("New hypothesis before this one"),
        lambda: panel.records.new(HYPOTHESIS, before_current=True),
        ("Ctrl+Alt+H",),
        lambda: panel.may_edit and panel.selection().hypothesis is not None,
    )
    for number, (name, text, with_ratings) in enumerate(
        (
            ("insert.duplicate", _("Duplicate"), False),
            ("insert.duplicate_rated", _("Duplicate with ratings"), True),
        )
    ):
        yield ActionSpec(
            name,
            "insert",
            text,
            lambda with_ratings=with_ratings: panel.records.duplicate(with_ratings=with_ratings),
            enabled=lambda: panel.may_edit and bool(panel.focus),
            separator=not number,
            context=_TABLE,
        )
