"""What a test may leave behind: nothing. Compares windows, threads, background tasks and timers before and after."""

from __future__ import annotations

import gc
import sys
import threading
from dataclasses import dataclass
from typing import Any

PATIENCE_MS = 5_000
"""How long background work that is already ending may take to end."""


@dataclass(frozen=True)
class Leftovers:
    """What existed at one moment. Holds ids and strong references to threads only, so that it keeps no window alive."""

    threads: frozenset[threading.Thread]
    windows: frozenset[int]
    timers: frozenset[int]

    @classmethod
    def now(cls) -> Leftovers:
        """Return what exists at present."""
        return cls(
            frozenset(threading.enumerate()),
            frozenset(_address(window) for window in _windows()),
            frozenset(_address(timer) for timer in _running_timers()),
        )

    def left_since(self) -> list[str]:
        """Return a description of each thing that has come into being since and is still there.

        Threads and the thread pool are given `PATIENCE_MS` to end. A window counts when it can be seen, or when it is
        a main window or dialog that nothing has deleted even after a garbage collection.
        """
        return [*self._threads(), *self._tasks(), *self._windows(), *self._timers()]

    def _threads(self) -> list[str]:
        left = [thread for thread in threading.enumerate() if thread not in self.threads and not thread.daemon]
        for thread in left:
            thread.join(PATIENCE_MS / 1000)
        return [f"the thread {thread.name}" for thread in left if thread.is_alive()]

    def _tasks(self) -> list[str]:
        core = _qt("QtCore")
        if core is None or core.QCoreApplication.instance() is None:
            return []
        idle = core.QThreadPool.globalInstance().waitForDone(PATIENCE_MS)
        return [] if idle else ["a background task in the global thread pool"]

    def _windows(self) -> list[str]:
        if not self._new_windows():
            return []
        core = _qt("QtCore")
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)
        gc.collect()
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)
        return [f"the window {_described(window)}" for window in self._new_windows()]

    def _new_windows(self) -> list[Any]:
        return [window for window in _windows() if _address(window) not in self.windows and _matters(window)]

    def _timers(self) -> list[str]:
        return [
            f"a running timer of {_described(timer.parent())}"
            for timer in _running_timers()
            if _address(timer) not in self.timers
        ]


def _qt(module: str) -> Any:
    """Return the Qt module when a test has imported it; looking for leaks must not be what loads Qt."""
    return sys.modules.get(f"PySide6.{module}")


def _application() -> Any:
    widgets = _qt("QtWidgets")
    application = None if widgets is None else widgets.QApplication.instance()
    return application if widgets is not None and isinstance(application, widgets.QApplication) else None


def _windows() -> list[Any]:
    application = _application()
    return [] if application is None else application.topLevelWidgets()


def _matters(window: Any) -> bool:
    widgets = _qt("QtWidgets")
    return window.isVisible() or isinstance(window, (widgets.QMainWindow, widgets.QDialog))


def _running_timers() -> list[Any]:
    """Return the running timers below the application object: the ones that outlive every window.

    Timers below a window end with it, and a window that stays is reported itself.
    """
    application = _application()
    core = _qt("QtCore")
    return [] if application is None else [timer for timer in application.findChildren(core.QTimer) if timer.isActive()]


def _address(item: Any) -> int:
    import shiboken6

    return shiboken6.getCppPointer(item)[0]


def _described(item: Any) -> str:
    name = item.objectName() or getattr(item, "windowTitle", lambda: "")()
    return f"{type(item).__name__} {name!r}" if name else type(item).__name__


def empty_clipboard() -> None:
    """Empty the clipboard: a picture that outlives its test on it ends the process with a segmentation fault."""
    gui = _qt("QtGui")
    if gui is not None and _application() is not None:
        gui.QGuiApplication.clipboard().clear()
