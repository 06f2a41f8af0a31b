"""What the mouse does on one header of the table, and which of its sections are selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt

from ach_desk.i18n import _
from ach_desk.ui.groups.index import Bracket, group_words
from ach_desk.ui.matrix.axes import EVIDENCE
from ach_desk.ui.matrix.header import MatrixHeader
from ach_desk.ui.matrix.sections import SectionState
from ach_desk.ui.text import tooltip

if TYPE_CHECKING:
    from ach_desk.ui.matrix.view import MatrixView


class HeaderMouse(QObject):
    """Turns what happens on a header, section by section, into a selection or a request of the view, by ids."""

    def __init__(self, view: MatrixView, header: MatrixHeader) -> None:
        super().__init__(header)
        self._view = view
        self._header = header
        header.state_of = self._state
        header.pressed.connect(self._press)
        header.released_on.connect(self._release)
        header.dropped.connect(lambda to: view.dropped.emit(self._kind, to))
        header.fold_requested.connect(self._fold)
        header.edit_requested.connect(self._edit)
        header.group_requested.connect(self._select_group)
        header.tip_of = self._tip
        header.menu_requested.connect(self._ask_menu)

    @property
    def _kind(self) -> str:
        return self._view.matrix.kind_of(self._header.orientation())

    def _id(self, section: int) -> str:
        return self._view.matrix.axes.ids[self._kind][section]

    def _state(self, section: int) -> SectionState:
        caret = self._view.caret
        if caret.header_kind == self._kind:
            entry = self._id(section)
            return SectionState(entry in caret.header_ids, entry == caret.header_current and self._view.hasFocus())
        place = caret.place
        if caret.header_kind or place is None:
            return SectionState()
        return SectionState(current=section == place[0 if self._header is self._view.verticalHeader() else 1])

    def _press(self, section: int, modifiers: Qt.KeyboardModifier) -> None:
        self._view.setFocus(Qt.FocusReason.MouseFocusReason)
        self._view.caret.select_section(
            self._kind,
            section,
            extend=bool(modifiers & Qt.KeyboardModifier.ShiftModifier),
            toggle=bool(modifiers & Qt.KeyboardModifier.ControlModifier),
        )

    def _select_group(self, group: str) -> None:
        """Select the items of a dependence group that are shown."""
        found = self._view.matrix.session.analysis.groups.get(group)
        if found is not None:
            self._view.setFocus(Qt.FocusReason.MouseFocusReason)
            self._view.caret.select_ids(EVIDENCE, [entry for entry in found.items if self._is_shown(entry)])

    def _is_shown(self, item: str) -> bool:
        return self._view.matrix.axes.section(EVIDENCE, item) is not None

    def _tip(self, bracket: Bracket) -> str:
        analysis = self._view.matrix.session.analysis
        return tooltip(group_words(analysis, bracket.group, bracket.number) + "\n" + _("Click to select its items"))

    def _fold(self, section: int) -> None:
        is_band = self._view.matrix.axes.is_band(self._kind, section)
        (self._view.band_requested if is_band else self._view.fold_requested).emit(self._id(section))

    def _edit(self, section: int) -> None:
        if self._view.matrix.axes.is_band(self._kind, section):
            self._view.band_requested.emit(self._id(section))
        else:
            self._view.edit_requested.emit(self._kind, self._id(section))

    def _release(self, section: int) -> None:
        if len(self._view.caret.header_ids) > 1:
            self._view.caret.select_section(self._kind, section)

    def _ask_menu(self, section: int, at: QPoint) -> None:
        if not self._header.is_selected(section):
            self._press(section, Qt.KeyboardModifier.NoModifier)
        self._view.header_menu_requested.emit(self._kind, at)
