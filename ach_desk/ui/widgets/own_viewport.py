"""A viewport that Python made, for areas that are in the first picture."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QWidget


def give_viewport(area: QAbstractScrollArea, ground: QPalette.ColorRole) -> None:
    """Put a widget of our own into the place of the one that Qt made for `area`, filled with `ground` as that was.

    When PySide is first asked for a widget that it did not make, it readies every class of widget there is, to find
    the one that fits: some ten milliseconds, for which nobody waits any more.
    """
    viewport = QWidget()
    viewport.setBackgroundRole(ground)
    viewport.setAutoFillBackground(True)
    area.setViewport(viewport)
