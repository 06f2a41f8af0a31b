"""The actions on blocks of cells: fill, confidence, a reason across the row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from ach_desk.i18n import _
from ach_desk.model import Level, words
from ach_desk.ui.actions import ActionSpec

if TYPE_CHECKING:
    from ach_desk.ui.matrix.panel import MatrixPanel

_TABLE = Qt.ShortcutContext.WidgetShortcut
_CONFIDENCE_KEYS = {Level.HIGH: "Ctrl+Alt+1", Level.MEDIUM: "Ctrl+Alt+2", Level.LOW: "Ctrl+Alt+3", None: "Ctrl+Alt+0"}


def fill_actions(panel: MatrixPanel) -> Iterable[ActionSpec]:
    """Yield the actions that carry values over within a block, for the menu "edit"."""
    enabled = lambda: panel.may_edit and panel.has_cells and bool(panel.focus)  # noqa: E731
    blocks = panel.blocks
    down, right = _("Fill down"), _("Fill to the right")
    yield ActionSpec("edit.fill_down", "edit", down, lambda: blocks.fill("down"), ("Ctrl+J",), enabled, context=_TABLE)
    yield ActionSpec(
        "edit.fill_right", "edit", right, lambda: blocks.fill("right"), ("Ctrl+L",), enabled, context=_TABLE
    )


def reason_actions(panel: MatrixPanel) -> Iterable[ActionSpec]:
    """Yield the actions on reason and confidence of cells, for the menus "rate" and "rate/confidence"."""
    yield ActionSpec(
        "rate.reason_across",
        "rate",
        _("Copy the reason across the row"),
        panel.blocks.copy_reason_across,
        ("Shift+F2",),
        lambda: panel.may_edit and panel.blocks.has_reason,
        context=_TABLE,
    )
    for level, key in _CONFIDENCE_KEYS.items():
        yield ActionSpec(
            f"rate.confidence.{level.value if level else 'none'}",
            "rate/confidence",
            _("Confidence {level}").format(level=words.level_word(level)),
            lambda level=level: panel.blocks.set_confidence(level),
            (key,),
            lambda: panel.may_edit and panel.has_cells and bool(panel.focus),
            context=_TABLE,
        )
