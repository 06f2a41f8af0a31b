"""What the inspector says of dependence: the group an item is in, and items it may depend on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ach_desk.commands import Command, groups
from ach_desk.i18n import _
from ach_desk.model import DependenceGroup
from ach_desk.model.values import Dependence, GroupCause
from ach_desk.model.words import cause_word, dependence_word
from ach_desk.scoring.dependence import effect
from ach_desk.scoring.dependence_findings import Hint, hints, number_words
from ach_desk.scoring.open_points import sorted_out
from ach_desk.ui.groups.acts import GroupActs
from ach_desk.ui.groups.index import bracket_numbers
from ach_desk.ui.groups.joint import JointEditor
from ach_desk.ui.groups.words import strength_meaning
from ach_desk.ui.selection import Selection
from ach_desk.ui.session import Session
from ach_desk.ui.text import shortened, shown
from ach_desk.ui.widgets.chips import LinkRow
from ach_desk.ui.widgets.editors import ChoiceEditor
from ach_desk.ui.widgets.flow import FlowLayout, take_all
from ach_desk.ui.widgets.foldsection import FoldSection
from ach_desk.ui.widgets.labels import STEP, named, plain
from ach_desk.ui.widgets.panel import Panel

_MOST_HINTS = 2
_LONGEST_TITLE = 48


class GroupPanel(Panel):
    """The fields of one group, with its items as links and what the ranking would be."""

    def __init__(self, session: Session, items: Callable[[], Sequence[str]]) -> None:
        super().__init__(session, "group")
        self._items = items
        self.scores_shown = True
        self.column.setContentsMargins(0, 0, 0, 0)
        self._acts = GroupActs(session, lambda: Selection(items=tuple(items())), session.notice.emit, self)
        self.members = LinkRow()
        self.members.activated.connect(self.link_activated)
        self.name = self.field("name", _("Group"), text=lambda: _("Rename the group"), one_line=True)
        self.strength = self._choice(
            "strength", _("How far they repeat each other"), [(entry, dependence_word(entry)) for entry in Dependence]
        )
        self.counts = plain(muted=True)
        self.standing = plain()
        self.cause = self._choice("cause", _("Why"), [(entry, cause_word(entry)) for entry in GroupCause])
        self.joint = self.add(JointEditor(session, lambda: self.record))
        self.note = self.field("note", _("Note on the group"), links=True, lines=(1, 6))
        self.buttons = QWidget()
        flow = FlowLayout(self.buttons, gap=STEP // 2)
        self.out_button = _button(_("Take out of the group"), self._acts.take_out)
        self.dissolve_button = _button(_("Dissolve the group"), self._acts.dissolve)
        for button in (self.out_button, self.dissolve_button):
            flow.addWidget(button)
        for part in (self.members, self.strength, self.counts, self.standing, self.joint):
            self.place(part)
        for part in (self.cause, self.name, self.note):
            self.place(part)
        self.place(self.buttons)

    def _choice(self, name: str, title: str, entries: list) -> ChoiceEditor:
        editor = ChoiceEditor(self.session, title, entries, lambda: self.values(name), lambda value: self._set(value))
        self.add(editor)
        return editor

    def _set(self, value: object) -> Command:
        analysis, group = self.session.analysis, self.ids[0]
        if isinstance(value, GroupCause):
            return groups.set_cause(analysis, group, value)
        return groups.set_strength(analysis, group, Dependence(str(value)))

    def show_items(self) -> DependenceGroup | None:
        """Show the group that every shown item is in, and return it; None where there is none."""
        found = {group.id if group else "" for group in map(self._group_of, self._items())}
        only = found.pop() if len(found) == 1 else ""
        if only:
            self.show_records([only])
        elif self.ids:
            self.show_records([])
        return self.record

    def _group_of(self, item: str) -> DependenceGroup | None:
        return groups.group_of(self.session.analysis, item)

    def refresh_rest(self) -> None:
        """Show the items, and what they count together."""
        analysis, group = self.session.analysis, self.record
        known = analysis.evidence
        self.members.show_items([known[entry] for entry in group.items if entry in known])
        found = effect(self.session.assessment, [group])
        self.counts.setText(_counted(group, len(found.items), found.counts_as))
        text = _("Counted so, {statement}.").format(statement=found.statement) if found.extent else ""
        if not text and group.strength is not Dependence.INDEPENDENT and len(found.items) > 1:
            text = _("Counted so, the order of the hypotheses stays.")
        self.standing.setText(text)
        self.standing.setVisible(bool(text) and self.scores_shown)
        self.buttons.setVisible(not self.session.read_only)


class HintSection(QWidget):
    """What items may depend on, each with a button that groups them and one that says that they do not depend."""

    def __init__(self, session: Session, items: Callable[[], Sequence[str]]) -> None:
        super().__init__()
        self._session, self._items = session, items
        self._acts = GroupActs(session, Selection, session.notice.emit, self)
        self._shown: tuple[Hint, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(STEP)
        self.setVisible(False)

    def refresh(self) -> None:
        """Show what is pointed out about the items shown: about one of them, or two where several are shown."""
        session, wanted = self._session, set(self._items())
        least = min(len(wanted), 2)
        about = [one for one in session.likeness.alike() if least and len(wanted.intersection(one.items)) >= least]
        found = self._open(hints(session.analysis, session.assessment, about)) if about else []
        if tuple(found) != self._shown:
            self._shown = tuple(found)
            self._fill()
        self.setVisible(bool(found))

    def _open(self, found: Sequence[Hint]) -> list[Hint]:
        """Return those that can be taken up and were not set aside among the steps."""
        session = self._session
        if session.read_only:
            return []
        points = sorted_out(session.analysis, session.matrix.id, [hint.finding for hint in found])
        return [hint for hint in found if hint.finding in points.open][:_MOST_HINTS]

    def _fill(self) -> None:
        take_all(self._column)
        for hint in self._shown:
            entry = QWidget()
            column = QVBoxLayout(entry)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(STEP // 2)
            column.addWidget(plain(hint.text))
            row = QWidget()
            flow = FlowLayout(row, gap=STEP // 2)
            flow.addWidget(_button(_("Group them"), lambda hint=hint: self._acts.take_up(hint, dependent=True), hint))
            apart = _("They are independent")
            flow.addWidget(_button(apart, lambda hint=hint: self._acts.take_up(hint, dependent=False), hint))
            column.addWidget(row)
            self._column.addWidget(entry)
            entry.show()


class DependenceSection(QWidget):
    """Both together, the group folded away under a line that names it unless `unfolded`.

    link_activated(kind, id): an item of the group was followed.
    """

    link_activated = Signal(str, str)

    def __init__(self, session: Session, items: Callable[[], Sequence[str]], *, unfolded: bool = False) -> None:
        super().__init__()
        self.group = GroupPanel(session, items)
        self.hints = HintSection(session, items)
        self.group.link_activated.connect(self.link_activated)
        self.fold = FoldSection()
        self.fold.column.addWidget(self.group)
        self.fold.set_open(unfolded)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP)
        column.addWidget(self.hints)
        column.addWidget(self.fold)
        self.setVisible(False)

    def refresh(self) -> None:
        """Show what there is about the items shown; nothing at all where there is nothing."""
        group = self.group.show_items()
        self.fold.setVisible(group is not None)
        if group is not None:
            self.fold.set_title(shortened(shown(self._title(group)), _LONGEST_TITLE))
        self.hints.refresh()
        self.setVisible(group is not None or not self.hints.isHidden())

    def _title(self, group: DependenceGroup) -> str:
        number = bracket_numbers(self.group.session.analysis).get(group.id)
        text = _("Group {number}, {strength}: {name}") if number else _("Group, {strength}: {name}")
        return text.format(number=number, strength=dependence_word(group.strength), name=group.name)

    def set_scores_shown(self, scores_shown: bool) -> None:
        """Say what the ranking would be only while scores are shown."""
        self.group.scores_shown = scores_shown

    def flush(self) -> None:
        """Take over what is typed."""
        self.group.flush()

    def forget(self) -> None:
        """Drop drafts: another analysis is shown."""
        self.group.forget()
        self.group.ids = ()


def _counted(group: DependenceGroup, number: int, total: float) -> str:
    """Return what the strength means and what it makes of the items that count here."""
    meaning = strength_meaning(group.strength)
    if number < 2:
        return " ".join((meaning, _("Fewer than two of them count here, so it changes nothing.")))
    text = _("{number} items count as {total}.").format(number=number, total=number_words(total))
    return " ".join((meaning, text))


def _button(text: str, run: Callable[[], object], hint: Hint | None = None) -> QPushButton:
    button = named(QPushButton(text), f"{text}: {hint.text}" if hint else text)
    button.setAutoDefault(False)
    button.clicked.connect(lambda _checked=False: run())
    return button
