"""Event filters made of a function, which may be held back until a person sees the first window.

When PySide first hands over an event, or an object, of a kind that is only known while the program runs, it readies
every class that it might be: some fifteen milliseconds for events alone. Overriding `event`, `eventFilter`,
`changeEvent` or `viewportEvent` in the first window would have everybody wait for that; `paintEvent` and its like,
which say what they get, do not.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from shiboken6 import isValid

Handle = Callable[[QEvent], bool]

_held: list[tuple[QObject, Handle]] | None = None


class _Listener(QObject):
    """Belongs to what it listens to."""

    def __init__(self, watched: QObject, handle: Handle) -> None:
        super().__init__(watched)
        self._handle = handle
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return self._handle(event)


def listen(watched: QObject, handle: Handle) -> None:
    """Have `handle` see each event of `watched` before that does; it returns whether the event ends there."""
    if _held is None:
        _Listener(watched, handle)
    else:
        _held.append((watched, handle))


def hold_back() -> None:
    """Let who listens from now on wait for `let_through`: no event is handed over until then."""
    global _held
    _held = []


def let_through() -> None:
    """Begin to hand over events."""
    global _held
    waiting, _held = _held or [], None
    for watched, handle in waiting:
        if isValid(watched):
            _Listener(watched, handle)
