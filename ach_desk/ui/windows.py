"""What holds for every window."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def raise_window(window: QWidget) -> None:
    """Bring a window to the front, also out of the task bar."""
    window.show()
    window.setWindowState(window.windowState() & ~window.windowState().WindowMinimized)
    window.raise_()
    window.activateWindow()
