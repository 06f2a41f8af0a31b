"""The further fields of a record by subject: absent until used or asked for, each folded or open as it was left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ach_desk.ui.widgets.foldsection import FoldSection
from ach_desk.ui.widgets.labels import STEP


class Section(FoldSection):
    """Fields under a heading. Open where the record uses one of them, until the person folds or opens it.

    switched(key, bool): the person opened or folded it.
    """

    switched = Signal(str, bool)

    def __init__(self, key: str, title: str, fields: Iterable[QWidget], is_used: Callable[[], bool]) -> None:
        super().__init__()
        self.key, self.is_used = key, is_used
        self._chosen: bool | None = None
        self.set_title(title)
        self.column.setContentsMargins(STEP, 0, 0, STEP // 2)
        for field in fields:
            self.column.addWidget(field)
        self.switch.clicked.connect(self._note_choice)

    def choose(self, opened: bool) -> None:
        """Open or fold the section for every record from now on."""
        self._chosen = opened
        self.set_open(opened)

    def settle(self) -> None:
        """Open or fold the section as the person left it, else by whether the record shown uses it."""
        self.set_open(self._chosen if self._chosen is not None else self.is_used())

    def open_if_used(self) -> None:
        """Open the section when something in it came to be used and the person has not folded it."""
        if self._chosen is None and self.is_used():
            self.set_open(True)

    def _note_choice(self) -> None:
        self._chosen = self.is_open
        self.switched.emit(self.key, self.is_open)


def restore(sections: Iterable[Section], left: Mapping[str, bool]) -> None:
    """Open and fold the sections as they were left."""
    for section in sections:
        if section.key in left:
            section.choose(left[section.key])
