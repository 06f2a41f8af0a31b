"""Room in the table for a record that is being written and is not there yet."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt

from ach_desk.ui.matrix.view import MatrixView

_EM_DRAFT = 13


def draft_rect(view: MatrixView, kind: str) -> QRect:
    """Make room for one more record and return where its title will stand, in the coordinates of the view."""
    header = view.header_of(kind)
    size = header.defaultSectionSize()
    down = header.orientation() == Qt.Orientation.Vertical
    bar = view.verticalScrollBar() if down else view.horizontalScrollBar()
    # A bar that came and went with the room made here would lay the table out again, and take the room away.
    keep = view.setVerticalScrollBarPolicy if down else view.setHorizontalScrollBarPolicy
    keep(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    needed = size if down else max(size, _EM_DRAFT * view.look.unit)
    room = (view.viewport().height() if down else view.viewport().width()) - needed
    bar.setMaximum(max(header.length() - room, bar.maximum()))  # until the table is next laid out
    bar.setValue(bar.maximum())
    start = header.length() - header.offset()
    if down:
        section = QRect(0, start, header.viewport().width(), size)
    else:
        section = QRect(start, 0, size, header.viewport().height())
        section = section if not view.isRightToLeft() else section.translated(-size - start, 0)
    rect = view.sections_of(kind).text_rect(section, header.orientation(), view.layoutDirection())
    return QRect(header.viewport().mapTo(view, rect.topLeft()), rect.size())


def end_draft(view: MatrixView) -> None:
    """Take the room for a new record away again."""
    for keep in (view.setVerticalScrollBarPolicy, view.setHorizontalScrollBarPolicy):
        keep(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    view.updateGeometries()
