"""What keys and menus do to the selected items and hypotheses: write, add, copy, set aside, delete, move."""

from __future__ import annotations

from collections.abc import Callable

from ach_desk.i18n import _
from ach_desk.ui.matrix.axes import EVIDENCE, HYPOTHESIS
from ach_desk.ui.matrix.editing import MatrixEdits
from ach_desk.ui.matrix.kin import Kin
from ach_desk.ui.matrix.records import RecordEditor
from ach_desk.ui.matrix.view import MatrixView
from ach_desk.ui.selection import Selection


class RecordActs:
    """The acts on whole records of one panel; `selection` says what they are about."""

    def __init__(
        self,
        view: MatrixView,
        edits: MatrixEdits,
        editor: RecordEditor,
        kin: Kin,
        selection: Callable[[], Selection],
    ) -> None:
        self._view = view
        self._edits = edits
        self._editor = editor
        self._kin = kin
        self._selection = selection

    def edit_title(self, kind: str = "") -> None:
        """Edit the text of the current item, of the current hypothesis when that is selected or `kind` says so."""
        kind = kind or self._kind
        record_id = self._current(kind)
        if record_id is not None:
            self._editor.edit(kind, record_id)

    def new(self, kind: str, *, before_current: bool = False) -> None:
        """Open the editor for the text of a new item or hypothesis; nothing is added before there is a text.

        It comes to the end, or before the one that the keyboard is on.
        """
        current = self._current(kind)
        if before_current and current is not None:
            self._editor.begin_before(kind, current)
        else:
            self._editor.begin_new(kind)

    def duplicate(self, *, with_ratings: bool) -> None:
        """Add copies of the selected items, or of the hypotheses when those are selected."""
        self._edits.duplicate(self._kind, self._ids(self._kind), with_ratings=with_ratings)

    def ask_set_aside(self) -> None:
        """Ask why the selected items are set aside, then do it; under a what-if they are left out at once."""
        items = self._ids(EVIDENCE)
        if self._edits.session.scenario is not None:
            self._edits.set_aside(items, "")
            return
        text = _("Why is {names} set aside? Enter sets it aside, Escape leaves")
        self._editor.ask_reason(EVIDENCE, items, text, lambda reason: self._edits.set_aside(items, reason))

    def count_again(self) -> None:
        """Count the selected items again."""
        self._edits.count_again(self._ids(EVIDENCE))

    def ask_reject(self) -> None:
        """Ask why the selected hypotheses are rejected, then do it."""
        hypotheses = self._ids(HYPOTHESIS)
        text = _("Why is {names} rejected? Enter rejects it, Escape leaves")
        self._editor.ask_reason(HYPOTHESIS, hypotheses, text, lambda reason: self._kin.reject(hypotheses, reason))

    def reinstate(self) -> None:
        """Make the selected hypotheses active again."""
        self._edits.reinstate(self._ids(HYPOTHESIS))

    def delete(self, kind: str = "") -> None:
        """Delete the selected items, or the hypotheses when those are selected or `kind` says so."""
        kind = kind or self._kind
        self._edits.delete(kind, self._ids(kind))

    def shift(self, direction: str, step: int) -> None:
        """Move the selected rows ("down") or columns ("across") one place back (-1) or on (1)."""
        axes = self._view.matrix.axes
        kind = axes.down if direction == "down" else axes.across
        self._edits.shift(kind, self._ids(kind), step)
        self._view.show_caret()

    def drop(self, kind: str, to: int) -> None:
        """Move the items or hypotheses whose headers are selected to a place; nothing when none of the kind are."""
        caret = self._view.caret
        if caret.header_kind == kind:
            self._edits.move(kind, list(caret.header_ids), to)

    @property
    def _kind(self) -> str:
        return HYPOTHESIS if self._view.caret.focus == HYPOTHESIS else EVIDENCE

    def _current(self, kind: str) -> str | None:
        chosen = self._selection()
        return chosen.evidence if kind == EVIDENCE else chosen.hypothesis

    def _ids(self, kind: str) -> tuple[str, ...]:
        chosen = self._selection()
        return chosen.items if kind == EVIDENCE else chosen.hypotheses
