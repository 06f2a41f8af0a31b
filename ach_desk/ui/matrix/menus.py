"""The context menus of the matrix, and the keys of its table, made from the same specifications."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from ach_desk.ui.actions import ActionSpec, Shortcut
from ach_desk.ui.matrix import actions, several
from ach_desk.ui.widgets.menu import Menu

if TYPE_CHECKING:
    from ach_desk.ui.matrix.panel import MatrixPanel


class ContextMenus:
    """The menus of one panel, of its own actions and of those of the window that are about what is selected."""

    def __init__(self, panel: MatrixPanel, specs: Iterable[ActionSpec]) -> None:
        self._panel = panel
        self.specs = list(specs)
        self._others: list[ActionSpec] = []

    def offer_too(self, specs: Iterable[ActionSpec]) -> None:
        """Let the menus of cells and headers end with these actions of the window too."""
        self._others += specs

    def keys(self) -> dict[str, Callable[[], object]]:
        """Return what each key does; nothing while its action cannot work."""
        return {key: partial(_run, spec) for spec in self.specs for key in keys_of(spec)}

    def of_cell(self, at: QPoint) -> None:
        """Show what can be done with the selected cells."""
        self._show([*actions.cell_menu(self._panel.scale), *self._more()], at)

    def of_header(self, kind: str, at: QPoint) -> None:
        """Show what can be done with the selected items or hypotheses."""
        if self._panel.view.caret.band:
            self._show(actions.band_menu(), at)
            return
        down = kind == self._panel.model.axes.down
        self._show([*actions.header_menu(kind, down=down), *self._more()], at)

    def of_corner(self, at: QPoint) -> None:
        """Show the columns and what concerns all rows."""
        self._show(actions.column_menu(), at)

    def of_tab(self, at: QPoint) -> None:
        """Show what can be done with the matrix in front."""
        self._show(several.TAB_MENU, at)

    def _more(self) -> list[str]:
        return [actions.LINE, *(spec.name for spec in self._others)] if self._others else []

    def _show(self, names: Iterable[str], at: QPoint) -> None:
        popup(self._panel, [*self.specs, *self._others], names, at)


def _run(spec: ActionSpec) -> None:
    if spec.enabled is None or spec.enabled():
        spec.run()


def keys_of(spec: ActionSpec) -> list[str]:
    """Return the shortcuts of an action as Qt writes them ("Shift+C")."""
    return [key.toString(QKeySequence.SequenceFormat.PortableText) for key in _sequences(spec.shortcuts)]


def _sequences(shortcuts: Iterable[Shortcut]) -> Iterable[QKeySequence]:
    for shortcut in shortcuts:
        if isinstance(shortcut, str):
            yield QKeySequence(shortcut)
        else:
            yield from QKeySequence.keyBindings(shortcut)


def popup(parent: QWidget, specs: Iterable[ActionSpec], names: Iterable[str], at: QPoint) -> QMenu:
    """Show a context menu of the named actions and return it; it deletes itself when it closes."""
    by_name = {spec.name: spec for spec in specs}
    menu = Menu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for name in names:
        if name == actions.LINE:
            menu.addSeparator()
            continue
        spec = by_name[name]
        if spec.visible is not None and not spec.visible():
            continue
        action = menu.addAction(spec.text)
        action.setShortcuts(list(_sequences(spec.shortcuts)))
        action.setShortcutVisibleInContextMenu(True)
        action.setEnabled(spec.enabled is None or spec.enabled())
        if spec.checked is not None:
            action.setCheckable(True)
            action.setChecked(spec.checked())
        action.triggered.connect(lambda _checked=False, run=spec.run: run())
    menu.popup(at)
    return menu
