"""A square of a colour, as an icon in lists."""

from __future__ import annotations

from PySide6.QtGui import QColor, QIcon, QPixmap

_SIZE = 16


def swatch(colour: str) -> QIcon:
    """Return a square of `colour`."""
    picture = QPixmap(_SIZE, _SIZE)
    picture.fill(QColor(colour))
    return QIcon(picture)
