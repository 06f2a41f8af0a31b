"""Which items of the matrix are alike: looked for at once where they are few, else away from the window."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ach_desk.model import EvidenceItem
from ach_desk.scoring import near_duplicates
from ach_desk.ui.background import Background

if TYPE_CHECKING:
    from ach_desk.scoring.near_duplicates import Alike

log = logging.getLogger(__name__)

FEW = 300
"""So many items are compared within a few milliseconds."""

_LANE = "likeness"
Items = tuple[EvidenceItem, ...]


class Likenesses:
    """What is known of the likeness of the items shown; `changed` is called when more is known than was."""

    def __init__(self, items: Callable[[], Items], changed: Callable[[], object]) -> None:
        self._items, self._changed = items, changed
        self._known: Items = ()
        self._asked: Items = ()
        self._found: list[Alike] = []
        self._looking = False
        self._background: Background | None = None
        self._owner: QObject | None = None

    def compare_in(self, background: Background, owner: QObject) -> None:
        """Compare many items in `background` from now on, for as long as `owner` is there."""
        self._background, self._owner = background, owner

    @property
    def door(self) -> tuple[Background, QObject | None] | None:
        """Return where work on many items goes, and who has to be there for the answer; None: nowhere."""
        return None if self._background is None else (self._background, self._owner)

    def alike(self) -> Sequence[Alike]:
        """Return what is alike; of many items what was before, until they have been compared anew."""
        items = self._items()
        if near_duplicates.say_the_same(items, self._known):
            self._known = items
        elif len(items) <= FEW or self._background is None:
            self._known, self._found = items, near_duplicates.find_alike(items)
        elif not near_duplicates.say_the_same(items, self._asked):
            self._asked, self._looking = items, True
            lane = f"{_LANE}/{id(self)}"
            self._background.run(
                lambda _cancel: near_duplicates.find_alike(items),
                lambda found: self._take(items, found),
                self._give_up,
                lane=lane,
                owner=self._owner,
            )
        return self._found

    @property
    def is_looking(self) -> bool:
        """Return whether more will be known soon: `changed` is going to be called."""
        return self._looking

    def _take(self, items: Items, found: list[Alike]) -> None:
        self._known, self._found = items, found
        self._looking = False
        self._changed()

    def _give_up(self, error: Exception) -> None:
        log.error("likeness was not looked for", exc_info=error)
        self._looking = False
        self._changed()
