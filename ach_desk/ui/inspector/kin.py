"""How a hypothesis stands to the others, editable: what it is a form of, and its relations."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ach_desk.commands import hypotheses as kin
from ach_desk.i18n import _
from ach_desk.model import Hypothesis
from ach_desk.model.tree import may_be_parent
from ach_desk.model.values import RelationKind
from ach_desk.ui.session import Session
from ach_desk.ui.text import shortened, shown
from ach_desk.ui.widgets.chips import RecordRow
from ach_desk.ui.widgets.choice import Choice
from ach_desk.ui.widgets.flow import take_all
from ach_desk.ui.widgets.labels import STEP, caption

_SUBSUMED = "subsumed by"
_MOST = 80

Kinds = RelationKind | str
"""A kind of relation, or `_SUBSUMED`: the other end of one that has a direction."""


def relations_of(hypotheses: dict[str, Hypothesis], own: str) -> list[tuple[Kinds, Hypothesis]]:
    """Return how a hypothesis stands to others, whichever end the relation is kept at; each other one once."""
    found: dict[str, Kinds] = {}
    for relation in hypotheses[own].relations:
        found.setdefault(relation.other, relation.kind)
    for other in hypotheses.values():
        for relation in other.relations:
            if relation.other == own and other.id != own:
                other_end = _SUBSUMED if relation.kind is RelationKind.SUBSUMES else relation.kind
                found.setdefault(other.id, other_end)
    return [(kind, hypotheses[other]) for other, kind in found.items() if other in hypotheses]


def relation_word(kind: Kinds) -> str:
    """Return how a relation is read before the label of the other hypothesis."""
    return {
        RelationKind.OVERLAPS: _("overlaps"),
        RelationKind.DUPLICATES: _("is a duplicate of"),
        RelationKind.SUBSUMES: _("subsumes"),
        _SUBSUMED: _("is subsumed by"),
    }[kind]


def entry_of(hypothesis: Hypothesis) -> str:
    """Return a hypothesis as an entry of a list."""
    return shortened(f"{hypothesis.label}  {shown(hypothesis.title)}", _MOST)


class FormOfEditor(QWidget):
    """The choice of the heading that a hypothesis is a form of."""

    def __init__(self, session: Session, record: Callable[[], Hypothesis | None]) -> None:
        super().__init__()
        self._session, self._record = session, record
        self.choice = Choice([])
        self.choice.chosen.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP // 2)
        column.addWidget(caption(_("Form of"), self.choice))
        column.addWidget(self.choice)

    def refresh(self) -> None:
        """Offer the hypotheses that the present one can be a form of, and show the one it is."""
        own = self._record()
        if own is None:
            return
        known = self._session.analysis.hypotheses
        able = [
            other
            for other in known.values()
            if other.id == own.parent or (other.is_active and may_be_parent(known, own.id, other.id))
        ]
        entries: list[tuple[Hashable, str]] = [(None, _("nothing: stands on its own"))]
        self.choice.set_entries(entries + [(other.id, entry_of(other)) for other in able])
        self.choice.show_value(own.parent)
        self.choice.setEnabled(not self._session.read_only)

    def _take(self, parent: object) -> None:
        own = self._record()
        if own is not None:
            heading = str(parent) if parent is not None else None
            self._session.execute(kin.set_parent(self._session.analysis, [own.id], heading))
            self.refresh()


class RelationsEditor(QWidget):
    """The relations of a hypothesis, each a row that can be opened or taken away, and two choices for a new one.

    link_activated(kind, id): the person wants to see the other hypothesis.
    """

    link_activated = Signal(str, str)

    def __init__(self, session: Session, record: Callable[[], Hypothesis | None]) -> None:
        super().__init__()
        self._session, self._record = session, record
        self._shown: tuple[tuple[Kinds, str], ...] | None = None
        self._rows = QWidget()
        self._list = QVBoxLayout(self._rows)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        kinds: list[Kinds] = [*RelationKind, _SUBSUMED]
        self.kind = Choice([(kind, relation_word(kind)) for kind in kinds])
        self.kind.setAccessibleName(_("Kind of the relation"))
        self.other = Choice([])
        self.other.setAccessibleName(_("The other hypothesis"))
        self.other.chosen.connect(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP // 2)
        for part in (caption(_("Relations"), self.kind), self._rows, self.kind, self.other):
            column.addWidget(part)

    def refresh(self) -> None:
        """Show the relations of the present hypothesis, and offer the others."""
        own = self._record()
        if own is None:
            return
        known = self._session.analysis.hypotheses
        found = relations_of(known, own.id)
        present = tuple((kind, entry_of(other)) for kind, other in found)
        if present != self._shown:
            self._shown = present
            self._show_rows(own, found)
        related = {other.id for _kind, other in found}
        rest = [other for other in known.values() if other.id != own.id and other.id not in related]
        self.other.set_entries([(other.id, entry_of(other)) for other in rest])
        self.other.show_several(_("choose a hypothesis ..."))
        may_edit = not self._session.read_only
        for choice in (self.kind, self.other):
            choice.setVisible(may_edit and bool(rest))
        for row in self._rows.findChildren(RecordRow):
            row.remove_button.setVisible(may_edit)

    def forget(self) -> None:
        """Build the rows anew: another hypothesis is shown."""
        self._shown = None

    def _show_rows(self, own: Hypothesis, found: list[tuple[Kinds, Hypothesis]]) -> None:
        take_all(self._list)
        for kind, other in found:
            text = f"{relation_word(kind)} {entry_of(other)}"
            go, away = _("Go to {label}"), _("Take the relation to {label} away")
            row = RecordRow(text, go.format(label=other.label), away.format(label=other.label), self._rows)
            row.opened.connect(lambda target=other.id: self.link_activated.emit("hypothesis", target))
            row.removed.connect(lambda target=other.id: self._remove(own.id, target))
            self._list.addWidget(row)
            row.show()
        self._rows.setVisible(bool(found))
        self._rows.updateGeometry()

    def _add(self, other: object) -> None:
        own, kind, target = self._record(), self.kind.value, str(other)
        if own is None:
            return
        analysis = self._session.analysis
        if kind == _SUBSUMED:
            self._session.execute(kin.relate(analysis, target, RelationKind.SUBSUMES, own.id))
        else:
            self._session.execute(kin.relate(analysis, own.id, RelationKind(str(kind)), target))
        self.refresh()

    def _remove(self, own: str, other: str) -> None:
        self._session.execute(kin.unrelate(self._session.analysis, own, other))
        self.refresh()
