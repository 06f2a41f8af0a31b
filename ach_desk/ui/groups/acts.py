"""What the analyst does to dependence groups of the selected items, and the dialog that asks how they depend."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ach_desk.commands import groups
from ach_desk.i18n import _, join_some, ngettext
from ach_desk.model import DependenceGroup
from ach_desk.model.values import Dependence, GroupCause
from ach_desk.model.words import cause_word
from ach_desk.ui.groups.words import strength_entry
from ach_desk.ui.selection import Selection
from ach_desk.ui.session import Session

if TYPE_CHECKING:
    from ach_desk.scoring.dependence_findings import Hint
    from ach_desk.ui.widgets.askdialog import AskDialog

_MOST_NAMED = 3


class GroupActs:
    """The acts on the selected items of one matrix; `say(text)` shows a line in the status bar."""

    def __init__(
        self, session: Session, selection: Callable[[], Selection], say: Callable[[str], object], parent: QWidget
    ) -> None:
        self._session, self._selection, self._say, self._parent = session, selection, say, parent

    # What is selected

    def items(self) -> list[str]:
        """Return the ids of the selected items."""
        known = self._session.analysis.evidence
        return [entry for entry in self._selection().items if entry in known]

    def groups(self) -> list[DependenceGroup]:
        """Return the groups that selected items are in."""
        return groups.losing(self._session.analysis, self.items())

    @property
    def any(self) -> bool:
        """Return whether the analysis has a group."""
        return bool(self._session.analysis.groups)

    @property
    def can_join(self) -> bool:
        """Return whether some of the selected items are in one group and others are not."""
        found = self.groups()
        return len(found) == 1 and not set(self.items()).issubset(found[0].items)

    # What is done

    def ask(self) -> AskDialog:
        """Ask for name, strength and cause of a group of the selected items."""
        from ach_desk.ui.widgets.askdialog import AskDialog, line_field
        from ach_desk.ui.widgets.choice import Choice

        items, analysis = self.items(), self._session.analysis
        strength = Choice([(entry, strength_entry(entry, len(items))) for entry in Dependence])
        strength.show_value(Dependence.REDUNDANT)
        cause = Choice([(entry, cause_word(entry)) for entry in GroupCause])
        cause.show_value(GroupCause.ORIGIN)
        dialog = AskDialog(
            _("Group {names} as dependent").format(names=self._labels(items)),
            [
                (_("Name"), line_field(groups.proposed_name(analysis, items))),
                (_("How far they repeat each other"), strength),
                (_("Why"), cause),
            ],
            _("Group"),
            lambda values: self.make(items, values[0], Dependence(values[1]), GroupCause(values[2])),
            explanation=self._explanation(items),
            parent=self._parent,
        )
        dialog.fields[0].selectAll()  # pyright: ignore[reportAttributeAccessIssue] - a line
        dialog.open()
        return dialog

    def make(
        self,
        items: Sequence[str],
        name: str,
        strength: Dependence,
        cause: GroupCause = GroupCause.ORIGIN,
    ) -> None:
        """Make a group of items and say what they count from now on."""
        analysis = self._session.analysis
        present = [entry for entry in items if entry in analysis.evidence]
        if len(present) > 1:
            moved = self._moved(present)
            command = groups.make(analysis, present, name.strip(), strength=strength, cause=cause)
            if not self._session.execute(command).is_empty:
                entry = strength_entry(strength, len(present))
                text = _("{names} are grouped, {strength}.").format(names=self._labels(present), strength=entry)
                self._say(" ".join(filter(None, (text, moved))))

    def take_up(self, hint: Hint, *, dependent: bool) -> None:
        """Group what was pointed out in one step, as dependent or, so that it is not pointed out again, as not."""
        analysis = self._session.analysis
        present = groups.losing(analysis, hint.items)
        if dependent and len(present) == 1:
            self.join(present[0], hint.items)
            return
        strength = hint.strength if dependent else Dependence.INDEPENDENT
        self.make(hint.items, groups.proposed_name(analysis, hint.items), strength)

    def join_selected(self) -> None:
        """Put the selected items into the group that some of them are in."""
        if self.can_join:
            self.join(self.groups()[0], self.items())

    def join(self, group: DependenceGroup, items: Sequence[str]) -> None:
        """Put items into a group."""
        coming = [entry for entry in items if entry not in group.items]
        if not self._session.execute(groups.put_in(self._session.analysis, group.id, items)).is_empty:
            text = ngettext(
                "{names} is in the group “{group}” now.", "{names} are in the group “{group}” now.", len(coming)
            )
            self._say(text.format(names=self._labels(coming), group=group.name))

    def take_out(self) -> None:
        """Take the selected items out of their groups; the status line says which groups end with that."""
        analysis, before = self._session.analysis, self.groups()
        if self._session.execute(groups.take_out(analysis, self.items())).is_empty:
            return
        ended = [group.name for group in before if group.id not in analysis.groups]
        if ended:
            text = ngettext(
                "The group {names} had no second item left and is dissolved.",
                "The groups {names} had no second item left and are dissolved.",
                len(ended),
            )
            self._say(text.format(names=join_some([f"“{name}”" for name in ended], _MOST_NAMED)))

    def dissolve(self) -> None:
        """Dissolve the groups of the selected items."""
        found = self.groups()
        if found:
            self._session.execute(groups.dissolve(self._session.analysis, [group.id for group in found]))

    def _explanation(self, items: Sequence[str]) -> str:
        text = _(
            "Items that come from one source or one event say less than their number. The scores stay as they are; "
            "beside them you see what the standing is when these items count for less."
        )
        return " ".join(filter(None, (text, self._moved(items))))

    def _moved(self, items: Sequence[str]) -> str:
        """Return which items leave which group for a new one; "" where none does."""
        parts = []
        for group in groups.losing(self._session.analysis, items):
            leaving = [entry for entry in items if entry in group.items]
            text = ngettext("{names} leaves the group “{group}”.", "{names} leave the group “{group}”.", len(leaving))
            parts.append(text.format(names=self._labels(leaving), group=group.name))
        return " ".join(parts)

    def _labels(self, items: Sequence[str]) -> str:
        known = self._session.analysis.evidence
        return join_some([known[entry].label for entry in items if entry in known], _MOST_NAMED)
