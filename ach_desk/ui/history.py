"""Undo and redo: the one adapter between our commands and Qt's undo stack.

A command is applied first and pushed after it succeeded: a `redo()` that raised inside `push` would leave the broken
command on the stack. Commands that change nothing never reach the stack, because a push destroys the redo branch.
Composite commands are ours; child commands of QUndoCommand crash under the garbage collector (docs/adr/0006). So does
a whole stack that is garbage: taking it apart, the collector gives the entries back to Python and frees them, and the
stack frees them once more. `History.__del__`, which runs before anything is taken apart, empties the stack first.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from ach_desk.commands import trail
from ach_desk.model import Analysis
from ach_desk.model.trail import How

if TYPE_CHECKING:
    from ach_desk.commands import Change, Command

_NO_MERGE = -1


class _Entry(QUndoCommand):
    def __init__(self, history: History, command: Command, merge_id: int) -> None:
        super().__init__(command.text)
        self.history = history
        self.command = command
        self.merge_id = merge_id
        self._pushed = False

    def id(self) -> int:
        return self.merge_id

    def mergeWith(self, other: QUndoCommand) -> bool:
        from ach_desk.commands import merged

        if not isinstance(other, _Entry):
            return False
        both = merged(self.command, other.command)
        if both is None:
            return False
        self.command = both
        self.setObsolete(both.is_no_op)
        return True

    def redo(self) -> None:
        if self._pushed:
            self.history.run("redo", self.command)
        self._pushed = True

    def undo(self) -> None:
        self.history.run("undo", self.command)


class History(QObject):
    """The undo stack of one analysis. `happened(how, command, change)`: how is "do", "undo" or "redo"."""

    happened = Signal(str, object, object)

    def __init__(
        self, analysis: Callable[[], Analysis], analyst: Callable[[], str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._analysis = analysis
        self._analyst = analyst
        self.stack = QUndoStack(self)
        self._merge_ids: dict[str, int] = {}
        self._numbers = count()
        self._ran: list[tuple[str, Command, Change]] = []

    def __del__(self) -> None:
        if shiboken6.isValid(self.stack):
            self.stack.blockSignals(True)
            self.stack.clear()

    def execute(self, command: Command, merge_key: str | None = None) -> Change:
        """Apply `command`, put it on the stack and return what changed; one that changes nothing is dropped.

        Commands in a row with the same `merge_key` that edit the same fields or cells are one undo step.
        """
        if command.is_no_op:
            from ach_desk.commands import Change

            return Change()
        analysis = self._analysis()
        change = command.apply(analysis)
        if not change.is_empty:
            before = self.stack.index()
            self.stack.push(_Entry(self, command, self._merge_id(merge_key)))
            was_merged = self.stack.index() <= before
            trail.record(analysis, change, "do", self._analyst(), command.time, continues=was_merged)
        self.happened.emit("do", command, change)
        return change

    def keep(self, command: Command) -> None:
        """Apply a command that no undo takes back: a note of what happened, such as that the analysis was printed."""
        self.end_merging()
        change = command.apply(self._analysis())
        self.happened.emit("do", command, change)

    def undo(self) -> None:
        """Take the last step back."""
        self.stack.undo()
        self._tell()

    def redo(self) -> None:
        """Do the step that was last taken back again."""
        self.stack.redo()
        self._tell()

    def run(self, how: How, command: Command) -> None:
        """Revert ("undo") or apply again ("redo") a command of the stack; only the stack's entries call this."""
        change = trail.run(self._analysis(), command, how, self._analyst())
        self._ran.append((how, command, change))

    def end_merging(self) -> None:
        """Let the next command begin an undo step of its own, whatever its merge key."""
        self._merge_ids.clear()

    def _merge_id(self, key: str | None) -> int:
        if key is None:
            return _NO_MERGE
        if key not in self._merge_ids:
            self._merge_ids[key] = next(self._numbers)
        return self._merge_ids[key]

    def _tell(self) -> None:
        """Say what ran, now that the stack has moved: a view that asks it, or edits in answer, finds it in order."""
        ran, self._ran = self._ran, []
        for how, command, change in ran:
            self.happened.emit(how, command, change)
