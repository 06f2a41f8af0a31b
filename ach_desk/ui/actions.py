"""Every action of a window in one registry: menus, shortcuts and the searchable list are made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from ach_desk.i18n import _
from ach_desk.ui.first_picture import FirstPicture
from ach_desk.ui.text import shown
from ach_desk.ui.widgets.menu import Menu

Shortcut = str | QKeySequence.StandardKey


class ActionSpec(NamedTuple):
    """One action: a stable name, the menu it stands in, its text and what it does.

    menu: "file", "edit", "rate", "insert", "view", "help" or another menu of the window; a text such as
        "view/columns" puts it into a submenu that the window names.
    enabled: asked whenever the window's state may have changed; absent means always.
    checked: for a switch; asked at the same moments.
    about: what it is about at the moment, added to its text, such as the edit that Undo takes back.
    visible: asked at the same moments; an action that has no meaning at the moment is in no menu and no list.
    separator: whether a line stands before it in the menu; of the first in a submenu, before the submenu.
    """

    name: str
    menu: str
    text: str
    run: Callable[[], object]
    shortcuts: Sequence[Shortcut] = ()
    enabled: Callable[[], bool] | None = None
    checked: Callable[[], bool] | None = None
    about: Callable[[], str] | None = None
    visible: Callable[[], bool] | None = None
    separator: bool = False
    role: QAction.MenuRole = QAction.MenuRole.NoRole
    context: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut


class Actions(QObject):
    """The actions of one window.

    Asking all of them takes as long as painting a changed cell. So a change asks for it only (`refresh_soon`), and it
    is done behind the paint, or before somebody looks: a menu, the list of actions, a shortcut (`settle`).
    """

    def __init__(self, window: QWidget, picture: FirstPicture | None = None) -> None:
        """Make the registry; until `picture` has been seen nothing is asked unless somebody looks."""
        super().__init__(window)
        self._picture = picture
        self._is_stale = False
        if picture is not None:
            picture.seen.connect(self.settle)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.refresh)
        self._window = window
        self._specs: dict[str, ActionSpec] = {}
        self._actions: dict[str, QAction] = {}
        self._menus: dict[str, QMenu] = {}
        self._allowed: Callable[[str], bool] | None = None
        self._fill: Callable[[], None] | None = None

    def fill_behind(self, fill: Callable[[], None]) -> None:
        """Have `fill` add the actions and build the menus: behind the first picture, or before when somebody looks."""
        self._fill = fill
        self.refresh_soon()

    def _complete(self) -> None:
        fill, self._fill = self._fill, None
        if fill is not None:
            fill()

    def add(self, specs: Iterable[ActionSpec], owner: QWidget | None = None) -> None:
        """Register actions. Those with a widget context get their shortcut on `owner` (default: the window)."""
        for spec in specs:
            action = QAction(spec.text, self)
            action.setObjectName(spec.name)
            if spec.shortcuts:
                action.setShortcuts([QKeySequence(shortcut) for shortcut in spec.shortcuts])
                action.setShortcutContext(spec.context)
            action.setMenuRole(spec.role)
            action.setCheckable(spec.checked is not None)
            action.triggered.connect(lambda _checked=False, run=spec.run: run())
            (owner or self._window).addAction(action)
            self._specs[spec.name] = spec
            self._actions[spec.name] = action
        self.refresh_soon()

    def __getitem__(self, name: str) -> QAction:
        """Return the action registered as `name`, up to date."""
        self.settle()
        return self._actions[name]

    def all(self) -> list[QAction]:
        """Return every action in the order of registration, up to date."""
        self.settle()
        return list(self._actions.values())

    def allow_only(self, allowed: Callable[[str], bool] | None) -> None:
        """Let only the actions with such names work, while something else covers the rest; None lets all of them."""
        self._allowed = allowed
        self.refresh()

    def refresh(self) -> None:
        """Ask every action anew whether it can work and whether it is on."""
        self._complete()
        self._soon.stop()
        self._is_stale = False
        for spec in self._specs.values():
            self._refresh(spec)

    def refresh_soon(self, *_changed: object) -> None:
        """Ask every action anew when what changed has been painted, once for all changes until then."""
        self._is_stale = True
        if self._picture is None or self._picture.is_seen:
            self._soon.start()

    def settle(self) -> None:
        """Ask every action now if something changed since the last time."""
        if self._is_stale:
            self.refresh()

    def _refresh(self, spec: ActionSpec) -> None:
        action = self._actions[spec.name]
        if spec.visible is not None:
            action.setVisible(spec.visible())
        allowed = self._allowed is None or self._allowed(spec.name)
        action.setEnabled(allowed and (spec.enabled is None or spec.enabled()))
        if spec.checked is not None:
            action.setChecked(spec.checked())
        if spec.about is not None:
            action.setText(_with(spec.text, spec.about()))

    def begin_menus(self, bar: QMenuBar, titles: dict[str, str]) -> dict[str, QMenu]:
        """Put the menus of `titles` into the bar and their submenus nowhere yet; return all by name."""
        menus = self._menus
        for key, title in titles.items():
            if key in menus:
                continue
            parent = menus.get(key.rpartition("/")[0])
            menus[key] = Menu(title, parent or bar)
            if parent is None:
                bar.addMenu(menus[key])
            menus[key].setToolTipsVisible(True)
            menus[key].aboutToShow.connect(self.refresh)
        return menus

    def build_menus(self, bar: QMenuBar, titles: dict[str, str]) -> dict[str, QMenu]:
        """Fill the menu bar: `titles` gives the menus ("view") in order, and the submenus ("view/columns").

        A submenu stands where its first action would.
        """
        menus = self.begin_menus(bar, titles)
        for name, spec in self._specs.items():
            menu = menus[spec.menu]
            _place(menus, spec.menu, line=spec.separator)
            if spec.separator and menu.actions():
                menu.addSeparator()
            menu.addAction(self._actions[name])
        return menus


def _place(menus: dict[str, QMenu], key: str, *, line: bool) -> None:
    """Put a submenu, and those that lead to it, at the end of its menu unless it stands there already.

    With `line` a line stands before it there.
    """
    parent = key.rpartition("/")[0]
    if not parent:
        return
    _place(menus, parent, line=False)
    if menus[key].menuAction() not in menus[parent].actions():
        if line:
            menus[parent].addSeparator()
        menus[parent].addMenu(menus[key])


def _with(text: str, about: str) -> str:
    """Return the action's text and what it is about; an ampersand in the latter is no mnemonic."""
    if not about:
        return text
    return _("{action}: {about}").format(action=text, about=shown(about).replace("&", "&&"))
