"""What a screen reader is told of a window's controls."""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

_CONTROLS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit, QTabBar)


def nameless_controls(window: QWidget) -> list[str]:
    """Return the controls in `window` without an accessible name; parts that Qt puts into its own are passed over."""
    return [
        f"{type(control).__name__} in {type(control.parentWidget()).__name__}"
        for control in window.findChildren(QWidget)
        if isinstance(control, _CONTROLS) and not _is_inner(control) and not _name(control).strip()
    ]


def _name(control: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(control)
    return interface.text(QAccessible.Text.Name) if interface is not None else control.accessibleName()


def _is_inner(control: QWidget) -> bool:
    """Return whether the control belongs to one of Qt's own: a list that drops down, a cross in a field, a scroller."""
    if control.objectName().startswith("qt_") or type(control).__name__ in (
        "QLineEditIconButton",
        "QTableCornerButton",
    ):
        return True
    parent = control.parentWidget()
    while parent is not None:
        if isinstance(parent, (QComboBox, QLineEdit, QTabBar, QAbstractItemView)):
            return True
        if type(parent).__name__ == "QComboBoxPrivateContainer":
            return True
        parent = parent.parentWidget()
    return False
