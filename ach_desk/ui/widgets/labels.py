"""Labels and names: plain text everywhere, two sizes, one weight change, an accessible name for every control."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from ach_desk.ui.text import MOST_SHOWN

STEP = 8
"""The grid, in pixels: margins and gaps are multiples or halves of it."""

_LARGE = 1.25

W = TypeVar("W", bound=QWidget)


class _PlainLabel(QLabel):
    """A label that lays out no more of a text than a screen holds: Qt would need minutes for millions of characters."""

    def setText(self, text: str) -> None:
        super().setText(text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN] + " …")


def plain(text: str = "", *, muted: bool = False, strong: bool = False, wrap: bool = True) -> QLabel:
    """Return a label that shows `text` as it is, never as markup."""
    label = _PlainLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    if wrap:
        # A long word must never make a panel wider than its window.
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    label.setText(text)
    if muted:
        label.setProperty("role", "muted")  # its colour comes from the theme
    if strong:
        label.setFont(strong_font(label.font()))
    return label


def heading(text: str = "", *, wrap: bool = True) -> QLabel:
    """Return a label in the larger of the two sizes."""
    label = plain(text, wrap=wrap)
    font = strong_font(label.font())
    font.setPointSizeF(font.pointSizeF() * _LARGE)
    label.setFont(font)
    return label


def strong_font(font: QFont) -> QFont:
    """Return `font` in the one heavier weight."""
    heavier = QFont(font)
    heavier.setWeight(QFont.Weight.DemiBold)
    return heavier


def caption(text: str, control: QWidget) -> QLabel:
    """Return the muted label over a control, which takes its accessible name from it."""
    label = plain(text, muted=True)
    label.setBuddy(control)
    if not control.accessibleName():
        control.setAccessibleName(text.replace("&", ""))
    return label


def named(widget: W, name: str, description: str = "") -> W:
    """Give a control its accessible name, and a description that is also its tooltip; return it."""
    widget.setAccessibleName(name)
    if description:
        widget.setAccessibleDescription(description)
        widget.setToolTip(description)
    return widget


def rule() -> QFrame:
    """Return a thin horizontal line."""
    line = QFrame()
    line.setFrameShape(QFrame.Shape.HLine)
    line.setFrameShadow(QFrame.Shadow.Plain)
    line.setForegroundRole(line.palette().ColorRole.Mid)
    return line
