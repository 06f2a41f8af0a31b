"""What the analyst does to hypotheses among each other: forms, combinations, folding, rejecting."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt

from ach_desk.commands import hypotheses as kin
from ach_desk.i18n import _, join_some, ngettext
from ach_desk.model import Hypothesis, RatingValue
from ach_desk.model.tree import may_be_parent
from ach_desk.scoring.combination import cells_of, confirmable
from ach_desk.ui.matrix.axes import HYPOTHESIS
from ach_desk.ui.matrix.editing import MOST_NAMED
from ach_desk.ui.text import shown
from ach_desk.ui.widgets.menu import Menu

if TYPE_CHECKING:
    from ach_desk.commands import Command
    from ach_desk.ui.matrix.panel import MatrixPanel
    from ach_desk.ui.matrix.records import RecordEditor

_LONGEST_ENTRY = 60
_Wanted = list[tuple[tuple[str, str], RatingValue]]


class Kin(QObject):
    """The acts on the selected hypotheses of one panel."""

    def __init__(self, panel: MatrixPanel, records: RecordEditor) -> None:
        super().__init__(panel)
        self._panel = panel
        self._records = records
        self._session = panel.session
        self._model = panel.model
        panel.view.fold_requested.connect(self.switch)

    # What is selected

    @property
    def current(self) -> Hypothesis | None:
        """Return the hypothesis that the keyboard is on; None when there is none."""
        return self._session.analysis.hypotheses.get(self._panel.selection().hypothesis or "")

    def chosen(self) -> list[Hypothesis]:
        """Return the selected hypotheses in the order shown."""
        known = self._session.analysis.hypotheses
        return [known[entry] for entry in self._panel.selection().hypotheses if entry in known]

    def possible_parts(self) -> list[Hypothesis]:
        """Return those of the selected hypotheses that a combination can join: active single explanations."""
        chosen = set(self._panel.selection().hypotheses)
        return [entry for entry in self._every() if entry.id in chosen and self._is_part(entry)]

    def _is_part(self, entry: Hypothesis) -> bool:
        return entry.is_active and not entry.is_combination and not self._model.family.is_heading(entry.id)

    def _every(self) -> list[Hypothesis]:
        """Return the hypotheses of the matrix in its order."""
        return list(self._session.assessment.hypotheses)

    # Forms

    def possible_headings(self) -> list[Hypothesis]:
        """Return the hypotheses that all selected ones can become forms of."""
        known, chosen = self._session.analysis.hypotheses, self.chosen()
        return [
            other
            for other in self._every()
            if chosen
            and other.is_active
            and all(may_be_parent(known, entry.id, other.id) and entry.parent != other.id for entry in chosen)
        ]

    def has_form(self) -> bool:
        """Return whether a selected hypothesis is a form of another."""
        return any(entry.parent for entry in self.chosen())

    def new_form(self) -> None:
        """Let a new form of the current hypothesis be written."""
        heading = self.current
        if heading is None:
            return
        session = self._session
        name = _("New form of {label}: Enter adds it").format(label=heading.label)

        def built(text: str) -> Command | None:
            if not text.strip():
                return None
            return kin.add_form(session.analysis, session.matrix, heading.id, text.strip())

        self._records.begin_draft(HYPOTHESIS, name, lambda text: self._add_form(heading, built(text)), built)

    def _add_form(self, heading: Hypothesis, command: Command | None) -> None:
        if command is not None:
            added = self._session.execute(command).added
            self._panel.select_records(HYPOTHESIS, [ref.id for ref in added])
            if added:
                self._say_heading(heading.id)

    def ask_heading(self) -> None:
        """Let one of the possible headings be chosen for the selected hypotheses."""
        self._choose(self.possible_headings(), self.put_under)

    def put_under(self, heading: str) -> None:
        """Make the selected hypotheses forms of another."""
        ids = [entry.id for entry in self.chosen()]
        if not self._session.execute(kin.set_parent(self._session.analysis, ids, heading)).is_empty:
            self._panel.select_records(HYPOTHESIS, ids)
            self._say_heading(heading)

    def lift_out(self) -> None:
        """Make the selected forms hypotheses of their own."""
        ids = [entry.id for entry in self.chosen() if entry.parent]
        if not self._session.execute(kin.set_parent(self._session.analysis, ids, None)).is_empty:
            self._panel.select_records(HYPOTHESIS, ids)

    def _say_heading(self, heading: str) -> None:
        """Say that ratings of what became a heading are kept and do not count."""
        label = self._session.analysis.hypotheses[heading].label
        text = _("{label} is now a heading: its forms are rated and ranked.").format(label=label)
        rows = self._session.matrix.sheets.get(self._session.analyst, {}).values()
        count = sum(1 for row in rows if heading in row and row[heading].value is not None)
        if count:
            more = ngettext(
                "Its own {count} rating is kept and does not count.",
                "Its own {count} ratings are kept and do not count.",
                count,
            )
            text += " " + more.format(count=count)
        self._panel.message.emit(text)

    # Folding

    def foldable(self) -> str:
        """Return the open heading that folding works on, the current one or the one above it; "" for none."""
        current = self.current
        if current is None:
            return ""
        family = self._model.family
        if family.is_heading(current.id) and not family.is_folded(current.id):
            return current.id
        over = family.over(current.id)
        return over[-1].id if over else ""

    def unfoldable(self) -> str:
        """Return the current hypothesis when it is a folded heading, else ""."""
        current = self.current
        return current.id if current is not None and self._model.family.is_folded(current.id) else ""

    def fold(self) -> None:
        """Fold the heading of the current hypothesis; the keyboard goes to it."""
        heading = self.foldable()
        if heading:
            self._fold(heading, True)

    def unfold(self) -> None:
        """Show the forms of the current heading."""
        heading = self.unfoldable()
        if heading:
            self._fold(heading, False)

    def switch(self, heading: str) -> None:
        """Fold a heading or unfold it."""
        self._fold(heading, not self._model.family.is_folded(heading))

    def _fold(self, heading: str, folded: bool) -> None:
        selection = self._panel.selection()
        self._panel.finish_editing()
        self._model.fold(heading, folded)
        axes, evidence = self._model.axes, selection.evidence
        gone = axes.section(HYPOTHESIS, selection.hypothesis or "") is None
        if folded and gone and evidence:
            self._panel.select_cell(evidence, heading)
        elif folded and gone:
            self._panel.select_records(HYPOTHESIS, [heading])
        self._say_folded(heading, folded)

    def _say_folded(self, heading: str, folded: bool) -> None:
        label = self._session.analysis.hypotheses[heading].label
        best = self._model.family.best(heading)
        if not folded:
            text = _("{label} is unfolded.").format(label=label)
        elif best is None:
            text = _("{label} is folded. Press + to unfold it.").format(label=label)
        else:
            text = _("{label} is folded and shows {best}, its form with the least against it. Press + to unfold it.")
            text = text.format(label=label, best=best.label)
        self._panel.message.emit(text)

    # Rejected ones

    @property
    def has_rejected(self) -> bool:
        """Return whether a hypothesis of the matrix is rejected."""
        return any(not entry.is_active for entry in self._every())

    @property
    def rejected_shown(self) -> bool:
        """Return whether rejected hypotheses are shown at the end."""
        return self._model.folding.rejected_shown

    def switch_rejected(self) -> None:
        """Show the rejected hypotheses at the end, or fold them away."""
        self._panel.finish_editing()
        self._model.show_rejected(not self.rejected_shown)
        self._panel.rejected_line.refresh()

    def reject(self, ids: Sequence[str], reason: str) -> None:
        """Reject hypotheses; unless rejected ones are shown they fold away, and the status line says where to."""
        shown_before = self.rejected_shown
        labels = join_some([self._session.analysis.hypotheses[entry].label for entry in ids], MOST_NAMED)
        if self._panel.edits.reject(ids, reason).is_empty:
            return
        text = ngettext(
            "{names} is rejected and stands at the end.", "{names} are rejected and stand at the end.", len(ids)
        )
        if not shown_before:
            self._model.show_rejected(False)
            text = ngettext(
                "{names} is rejected and folded away at the end; Ctrl+Shift+J shows it.",
                "{names} are rejected and folded away at the end; Ctrl+Shift+J shows them.",
                len(ids),
            )
        self._panel.rejected_line.refresh()
        self._panel.message.emit(text.format(names=labels))

    # Combinations

    def combine(self) -> None:
        """Join the selected hypotheses into a combination; with one alone, ask for the other first."""
        parts = [entry.id for entry in self.possible_parts()]
        if len(parts) > 1:
            self.join(parts)
        elif parts:
            others = [entry for entry in self._every() if entry.id != parts[0] and self._is_part(entry)]
            self._choose(others, lambda other: self.join([parts[0], other]))

    def join(self, parts: Sequence[str]) -> None:
        """Add a combination of the hypotheses and put the keyboard on it, so that its title can be written."""
        change = self._session.execute(kin.combine(self._session.analysis, self._session.matrix, parts))
        added = [ref.id for ref in change.added]
        if added and self._panel.select_records(HYPOTHESIS, added):
            text = _("{label} joins {parts}. Its open cells show what the parts say.")
            known = self._session.analysis.hypotheses
            names = " + ".join(known[part].label for part in parts)
            self._panel.message.emit(text.format(label=known[added[0]].label, parts=names))

    def add_catch_all(self) -> None:
        """Add “None of the above” and put the keyboard on it."""
        command = kin.add_catch_all(self._session.analysis, self._session.matrix)
        if command is not None:
            self._panel.select_records(HYPOTHESIS, [ref.id for ref in self._session.execute(command).added])

    @property
    def has_catch_all(self) -> bool:
        """Return whether an active hypothesis stands for what is not listed."""
        return any(entry.catch_all and entry.is_active for entry in self._session.analysis.hypotheses.values())

    # Suggestions of the parts

    def suggested_in_combinations(self) -> _Wanted:
        """Return the counted cells of the selected combinations for which the parts suggest one value, with it."""
        session = self._session
        joint = [entry for entry in self.chosen() if entry.is_combination]
        return self._confirmable(
            cell for entry in joint for cell in cells_of(session.analysis, session.matrix, entry.id)
        )

    def has_open_combination(self) -> bool:
        """Return whether a selected combination has unrated cells that count; whether they agree is asked later."""
        assessment = self._session.as_rated
        joint = (entry for entry in self.chosen() if entry.is_combination)
        columns = (self._session.column_of(entry.id) for entry in joint)
        rated, total = assessment.standing.rated, assessment.counted_items
        return any(column is not None and int(rated[column]) < total for column in columns)

    def _confirmable(self, cells: Iterable[tuple[str, str]]) -> _Wanted:
        session = self._session
        return confirmable(session.analysis, session.matrix, session.analyst, cells)

    def confirm_all(self) -> None:
        """Rate every cell of the selected combinations that has one suggestion with it, as one step."""
        self._confirm(self.suggested_in_combinations())

    def _confirm(self, wanted: _Wanted) -> None:
        session = self._session
        if not wanted:
            self._panel.message.emit(_("There is no suggestion of one value to confirm."))
            return
        change = session.execute(kin.confirm_derived(session.analysis, session.matrix, session.analyst, wanted))
        if change.cells:
            text = ngettext("{count} suggestion confirmed.", "{count} suggestions confirmed.", len(change.cells))
            self._panel.message.emit(text.format(count=len(change.cells)))

    # Choosing

    def _choose(self, entries: Sequence[Hypothesis], take: Callable[[str], object]) -> None:
        """Show a menu of hypotheses beside the current one; it closes with Escape and takes nothing then."""
        menu = Menu(self._panel)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for entry in entries:
            title = shown(entry.title)
            title = title if len(title) <= _LONGEST_ENTRY else title[: _LONGEST_ENTRY - 1].rstrip() + "…"
            action = menu.addAction(f"{entry.label}  {title}".replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, chosen=entry.id: take(chosen))
        if entries:
            menu.setActiveAction(menu.actions()[0])
        menu.popup(self._beside_current())

    def _beside_current(self) -> QPoint:
        view, current = self._panel.view, self.current
        section = self._model.axes.section(HYPOTHESIS, current.id) if current is not None else None
        if section is None:
            return view.mapToGlobal(view.rect().center())
        return view.mapToGlobal(view.text_rect(HYPOTHESIS, section).bottomLeft())
