"""One P(e|H) for the items of a group together, in the place of tempering: asked of each hypothesis in turn."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ach_desk.commands import Command, groups
from ach_desk.i18n import _, join_words
from ach_desk.model import DependenceGroup, Hypothesis
from ach_desk.model.rating import Likelihood
from ach_desk.scoring import bayes
from ach_desk.ui.frames.likelihood import ChanceField, settings_of
from ach_desk.ui.session import Session
from ach_desk.ui.text import shortened, shown
from ach_desk.ui.widgets.editors import ChoiceEditor
from ach_desk.ui.widgets.flow import take_all
from ach_desk.ui.widgets.labels import STEP, plain

WHOLE, TEMPERED = "whole", "tempered"
_LONGEST = 40


class JointEditor(QWidget):
    """How Bayes with sources and groups counts a group: tempered by its strength, or by one P(e|H) for the whole."""

    def __init__(self, session: Session, group: Callable[[], DependenceGroup | None]) -> None:
        super().__init__()
        self._session, self._group = session, group
        self.fields: dict[str, ChanceField] = {}
        self._listed: tuple[tuple[str, str, str], ...] = ()
        self.way = ChoiceEditor(
            session,
            _("Bayes counts them"),
            [(TEMPERED, _("by how far they repeat each other")), (WHOLE, _("by one P(e|H) for the whole"))],
            lambda: [WHOLE if self._joint else TEMPERED],
            self._choose,
        )
        self.note = plain(muted=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(STEP)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP // 2)
        column.addWidget(self.way)
        column.addWidget(self.note)
        column.addLayout(self._rows)

    @property
    def _joint(self) -> Mapping[str, float]:
        group = self._group()
        return group.joint if group is not None else {}

    def refresh(self) -> None:
        """Show which way holds, and the numbers of the whole."""
        self.way.refresh()
        entries = self._hypotheses() if self._joint else []
        group = self._group()
        key = group.id if group is not None else ""
        listed = tuple((key, entry.id, f"{entry.label} {entry.title}") for entry in entries)
        if listed != self._listed:
            self._listed = listed
            self._lay_out(entries)
        for field in self.fields.values():
            field.refresh()
        self._say(entries)

    def _say(self, entries: list[Hypothesis]) -> None:
        missing = [entry.label for entry in entries if entry.id not in self._joint]
        text = _("How probable is it to see all of them together, as they are reported, if the hypothesis is true?")
        if missing:
            text = _("Nothing is entered for {names}: until then the items count as tempered.")
            text = text.format(names=join_words(missing))
        self.note.setText(text)
        self.note.setVisible(bool(entries))

    def set_read_only(self, read_only: bool) -> None:
        """Let the numbers be read only."""
        self.way.set_read_only(read_only)
        for field in self.fields.values():
            field.set_read_only(read_only)

    def flush(self) -> None:
        """Take over what is typed."""
        for field in self.fields.values():
            field.flush()

    def forget(self) -> None:
        """Drop drafts: another analysis is shown."""
        for field in self.fields.values():
            field.forget()

    def _hypotheses(self) -> list[Hypothesis]:
        assessment = self._session.as_rated
        return [entry for entry, on in zip(assessment.hypotheses, assessment.table.active, strict=True) if on]

    def _lay_out(self, entries: list[Hypothesis]) -> None:
        self.flush()
        take_all(self._rows)
        self.fields = {}
        for entry in entries:
            field = ChanceField(
                self._session,
                _("P(all|{label})  {title}").format(label=entry.label, title=shown(shortened(entry.title, _LONGEST))),
                lambda entry=entry: f"joint/{self._key()}/{entry.id}",
                lambda entry=entry: self._read(entry.id),
                lambda chance, entry=entry: self._write(entry.id, chance),
                hint=_("0.3, 30 %, likely"),
                problem=_("Not taken over: write one number such as 0.3 or 30 %, or a word of the list."),
            )
            field.set_read_only(self._session.read_only)
            self.fields[entry.id] = field
            self._rows.addWidget(field)
            field.show()

    def _key(self) -> str:
        group = self._group()
        return group.id if group is not None else ""

    def _read(self, hypothesis: str) -> Likelihood | None:
        held = self._joint.get(hypothesis)
        return None if held is None else (held, held)

    def _write(self, hypothesis: str, chance: Likelihood | None) -> Command:
        """Return the command that enters one number; raises ValueError for a range, which a group cannot hold."""
        joint = {entry: value for entry, value in self._joint.items() if entry != hypothesis}
        if chance is not None:
            if chance[0] != chance[1]:
                raise ValueError("one number")
            joint[hypothesis] = chance[0]
        return groups.set_joint(self._session.analysis, self._key(), joint)

    def _choose(self, way: object) -> Command:
        joint = self._as_redundant() if way == WHOLE else {}
        return groups.set_joint(self._session.analysis, self._key(), joint)

    def _as_redundant(self) -> dict[str, float]:
        """Return numbers to begin with: what the items say if they repeat each other fully, their geometric mean."""
        group, session = self._group(), self._session
        table = session.as_rated.table
        rows = [session.row_of(item) for item in (group.items if group is not None else ())]
        counted = [row for row in rows if row is not None and table.counted[row]]
        middle = settings_of(session)
        chances = bayes.likelihood_of_codes(middle)[table.codes[counted]] if counted else np.empty((0, table.shape[1]))
        found: dict[str, float] = {}
        for entry in self._hypotheses():
            column = session.column_of(entry.id)
            known = chances[:, column][~np.isnan(chances[:, column])] if column is not None else np.empty(0)
            found[entry.id] = float(f"{np.exp(np.log(known).mean()):.3g}") if len(known) else 0.5
        return found
