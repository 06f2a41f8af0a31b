"""The small dialogs of the matrix: its scale; splitting and merging items and hypotheses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

if TYPE_CHECKING:
    from ach_desk.ui.matrix.panel import MatrixPanel


def show_scale(panel: MatrixPanel) -> None:
    """Show the scale of the matrix with what each step scores; it can be changed there."""
    from ach_desk.ui.dialogs.scale import ScaleDialog

    _show(ScaleDialog(panel.session, panel.view.look.palette, panel.window()))


def _show(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()
