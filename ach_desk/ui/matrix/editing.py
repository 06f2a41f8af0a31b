"""What the analyst can do to the matrix, as commands: from what is selected to one step on the history."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from ach_desk.commands import duplicates, edits, matrices, scenarios
from ach_desk.i18n import _, join_some, ngettext
from ach_desk.model import RatingValue
from ach_desk.scoring import readings
from ach_desk.ui.matrix import wording
from ach_desk.ui.matrix.axes import EVIDENCE, HYPOTHESIS, drop_position
from ach_desk.ui.matrix.caret import Caret, Place
from ach_desk.ui.matrix.folding import what_deleting_leaves
from ach_desk.ui.matrix.model import MatrixModel

if TYPE_CHECKING:
    from ach_desk.commands import Change, Command

MOST_NAMED = 3
"""So many records are named in a sentence; more are counted."""


class MatrixEdits:
    """The edits of one matrix view. `say(text)` shows a line in the status bar."""

    def __init__(self, model: MatrixModel, caret: Caret, say: Callable[[str], object]) -> None:
        self.model = model
        self.session = model.session
        self.caret = caret
        self.say = say

    # Ratings

    def rate(self, value: RatingValue | None, after: str) -> None:
        """Rate the selected cells (None: make them unrated) and move on as the setting `after` says."""
        places, cells = self.selected_places(), self.selected_cells()
        if refusal := self.refusal():
            self.say(refusal)
        if not cells:
            return
        session = self.session
        session.rate(cells, value)
        if session.read_only:
            return
        if len(cells) > 1:
            text = ngettext("{count} cell: {rating}.", "{count} cells: {rating}.", len(cells))
            text = text.format(count=len(cells), rating=wording.rating_name(value))
            self.say(" ".join(filter(None, (text, self.refusal()))))
        self.move_on(places, after)

    def selected_places(self) -> list[Place]:
        """Return the places of the selected cells; of whole rows or columns, those of all their cells."""
        return list(self.caret.places())

    def selected_cells(self) -> list[edits.Cell]:
        """Return (evidence, hypothesis) of the selected cells that can be rated: none of a heading."""
        return self.model.family.ratable(self._chosen())

    def refusal(self) -> str:
        """Return why some of the selected cells cannot be rated; "" when all can."""
        return self.model.family.refusal_of(self._chosen())

    def _chosen(self) -> list[edits.Cell]:
        return [self.model.axes.cell(*place) for place in self.caret.places()]

    def move_on(self, places: Sequence[Place], after: str) -> None:
        """Put the keyboard on the cell after `places`, which were judged, as the setting `after` says."""
        if after == "stay" or self.caret.header_kind:
            return
        axes, by_item = self.model.axes, after == "next_hypothesis"
        cells = [_swapped(place) if axes.transposed else place for place in places]
        goal = following(cells, *self._walkable(), by_item=by_item)
        if goal is not None:
            self.caret.go_to(_swapped(goal) if axes.transposed else goal)
            return
        still_open = self.session.assessment.open_cells
        if still_open:
            text = ngettext("{count} cell is still open.", "{count} cells are still open.", still_open)
            self.say(_("This was the last cell.") + " " + text.format(count=still_open))

    def _walkable(self) -> tuple[list[int], list[int]]:
        """Return the places, among what is shown, of the items that are rated and of the hypotheses that are active."""
        assessment = self.session.assessment
        table = assessment.table
        asked = self.session.pointing.of_records("asked rows", lambda: readings.asked_rows(assessment))
        items, others = self.model.numbers(EVIDENCE), self.model.numbers(HYPOTHESIS)
        places = self.model.axes.record_places(EVIDENCE)
        return places[asked[items]].tolist(), np.flatnonzero(table.active[others]).tolist()

    def unrated_cell(self, *, after_current: bool) -> tuple[str, str] | None:
        """Return the first shown unrated cell that would be counted, item by item.

        `after_current`: the next one, going round, under folded hypotheses and in folded groups too.
        """
        axes, assessment = self.model.axes, self.session.assessment
        if not assessment.open_cells:
            return None
        table = assessment.table
        known = self.model.arrangement.hypotheses(assessment) if after_current else axes.ids[HYPOTHESIS]
        listed = self.model.listed_items() if after_current else axes.records(EVIDENCE)
        items = np.array([self.session.row_of(entry) for entry in listed], np.intp)
        others = np.array([self.session.column_of(entry) for entry in known], np.intp)
        open_cells = (table.codes[np.ix_(items, others)] == 0) & table.counted[items][:, None] & table.active[others]
        numbers = np.flatnonzero(open_cells)
        if not len(numbers):
            return None
        start = -1
        place = self.caret.place
        if after_current and place is not None:
            item, other = axes.cell(*place)
            start = listed.index(item) * len(others) + known.index(other)
        following = np.searchsorted(numbers, start + 1)
        row, column = divmod(int(numbers[following % len(numbers)]), len(others))
        return listed[row], known[column]

    # Records

    def add(self, kind: str, fields: Sequence[Mapping[str, str]], at: int | None = None) -> list[str]:
        """Add items or hypotheses (each at least a title) before position `at`; return their ids, [] if refused."""
        build = edits.add_items if kind == EVIDENCE else edits.add_hypotheses
        change = self.session.execute(build(self.session.analysis, self.session.matrix, fields, at))
        return [ref.id for ref in change.added]

    def add_titled(self, kind: str, title: str, before: str | None = None) -> None:
        """Add one record, before another one or at the end; a blank title adds nothing.

        The keyboard goes to it: to the first cell of an item.
        """
        command = self.added(kind, title, before)
        added = [ref.id for ref in self.session.execute(command).added] if command is not None else []
        axes = self.model.axes
        if added and kind == EVIDENCE and axes.ids[HYPOTHESIS]:
            place = axes.place(added[0], axes.ids[HYPOTHESIS][0])
            if place is not None:
                self.caret.go_to(place)
        elif added:
            self.caret.select_ids(kind, added)

    def added_text(self, kind: str, added: Sequence[str]) -> str:
        """Return the sentence that says which records are new."""
        labels = join_some([self._record_label(kind, entry) for entry in added], MOST_NAMED)
        if kind == EVIDENCE:
            text = ngettext("{names} added as a new item.", "{names} added as new items.", len(added))
        else:
            text = ngettext("{names} added as a new hypothesis.", "{names} added as new hypotheses.", len(added))
        return text.format(names=labels)

    def _place_of(self, kind: str, record_id: str | None) -> int | None:
        """Return the position of a record in the matrix' own order; None when it is gone, or none is meant."""
        order = self.order(kind)
        return order.index(record_id) if record_id in order else None

    def duplicate(self, kind: str, ids: Sequence[str], *, with_ratings: bool) -> None:
        """Add copies of records after the last of them, and put the keyboard on the copies."""
        session = self.session
        command, copies = duplicates.duplicate(
            session.analysis, session.matrix, session.analyst, kind, ids, with_ratings=with_ratings
        )
        if session.execute(command).added:
            self.caret.select_ids(kind, copies)
            self.say(self.added_text(kind, copies))

    def added(self, kind: str, title: str, before: str | None = None) -> Command | None:
        """Return the edit that a new record with this title would be; None for a blank one.

        A hypothesis before a form is a form of the same heading: where it stands is what it is.
        """
        if not title.strip():
            return None
        build = edits.add_items if kind == EVIDENCE else edits.add_hypotheses
        session = self.session
        fields: dict[str, str] = {"title": title.strip()}
        sibling = session.analysis.hypotheses.get(before or "")
        if sibling is not None and sibling.parent is not None:
            fields["parent"] = sibling.parent
        return build(session.analysis, session.matrix, [fields], self._place_of(kind, before))

    def retitled(self, kind: str, record_id: str, title: str) -> Command | None:
        """Return the edit that another title would be; None for a blank one."""
        if not title.strip():
            return None
        return edits.set_field(self.session.analysis, kind, [record_id], "title", title)

    def retitle(self, kind: str, record_id: str, title: str) -> None:
        """Give a record another title; a blank one is refused, because a record without a title cannot be found."""
        command = self.retitled(kind, record_id, title)
        if command is None:
            self.say(_("A title cannot be empty; the old one was kept."))
            return
        self.session.execute(command)

    def set_aside(self, items: Sequence[str], reason: str) -> None:
        """Set items aside with a reason (or none); under a what-if they are left out of that alone."""
        scenario = self.session.scenario
        if scenario is not None:
            self._run(scenarios.leave_out(self.session.analysis, scenario, items))
        else:
            self._run(edits.set_aside(self.session.analysis, items, reason.strip()))

    def count_again(self, items: Sequence[str]) -> None:
        """Count items again; under a what-if those that it leaves out."""
        scenario = self.session.scenario
        if scenario is None:
            self._run(edits.take_back(self.session.analysis, items))
        elif self._run(scenarios.count(self.session.analysis, scenario, items)).is_empty and not self.session.read_only:
            self.say(
                _(
                    "The what-if does not leave it out by name: it is set aside as rated, its source is distrusted, "
                    "or it rests on an assumption that is false there."
                )
            )

    def reject(self, hypotheses: Sequence[str], reason: str) -> Change:
        """Reject hypotheses with a reason (or none) and return what changed."""
        return self._run(edits.reject(self.session.analysis, hypotheses, reason.strip()))

    def reinstate(self, hypotheses: Sequence[str]) -> None:
        """Make rejected hypotheses active again."""
        self._run(edits.reinstate(self.session.analysis, hypotheses))

    def _run(self, command: Command) -> Change:
        return self.session.execute(command)

    def delete(self, kind: str, ids: Sequence[str]) -> None:
        """Delete items or hypotheses with their ratings, say how to get them back, and go to the neighbour."""
        if not ids:
            return
        labels = join_some([self._record_label(kind, entry) for entry in ids], MOST_NAMED)
        others = len({matrix.id for entry in ids for matrix in matrices.holding(self.session.analysis, kind, entry)})
        text = ngettext(
            "{names} was deleted; Undo brings it back.", "{names} were deleted; Undo brings them back.", len(ids)
        )
        if others > 1:
            text = ngettext(
                "{names} was deleted from the analysis and so from {others} matrices; Undo brings it back.",
                "{names} were deleted from the analysis and so from {others} matrices; Undo brings them back.",
                len(ids),
            )
        left = what_deleting_leaves(self.session.analysis.hypotheses, ids) if kind == HYPOTHESIS else ""
        if self._take_away(kind, ids, edits.remove(self.session.analysis, kind, ids)):
            self.say(" ".join(filter(None, (text.format(names=labels, others=others), left))))

    def leave_out(self, kind: str, ids: Sequence[str]) -> None:
        """Leave items or hypotheses out of this matrix; they stay in the analysis with their ratings."""
        labels = join_some([self._record_label(kind, entry) for entry in ids], MOST_NAMED)
        if self._take_away(kind, ids, matrices.leave_out(self.session.analysis, self.session.matrix, kind, ids)):
            text = ngettext(
                "{names} was left out of this matrix; it stays in the analysis with its ratings.",
                "{names} were left out of this matrix; they stay in the analysis with their ratings.",
                len(ids),
            )
            self.say(text.format(names=labels))

    def _take_away(self, kind: str, ids: Sequence[str], command: Command) -> bool:
        """Run a command after which records are no longer shown, and go to the neighbour; return whether it worked."""
        was_header = self.caret.header_kind == kind
        places = [place for entry in ids if (place := self.model.axes.section(kind, entry)) is not None]
        if self.session.execute(command).is_empty:
            return False
        remaining = self.model.axes.record_places(kind)
        if was_header and len(remaining) and places:
            self.caret.select_section(
                kind, int(remaining[min(np.searchsorted(remaining, places[0]), len(remaining) - 1)])
            )
        return True

    def _record_label(self, kind: str, record_id: str) -> str:
        records = self.session.analysis.evidence if kind == EVIDENCE else self.session.analysis.hypotheses
        return records[record_id].label

    # Order

    def order(self, kind: str) -> list[str]:
        """Return the matrix' own order of the ids of a kind."""
        return self.session.matrix.evidence if kind == EVIDENCE else self.session.matrix.hypotheses

    def move(self, kind: str, ids: Sequence[str], to: int) -> None:
        """Move records before section `to` of their header (the number of sections: to the end).

        Combinations stay behind single explanations, and items in their group; a move across such a line stops at it,
        and for hypotheses says so. While the
        records are shown sorted, a move would not be seen: it is refused with a sentence.
        """
        if self._is_sorted(kind):
            self.say(_("They are shown sorted and cannot be moved. Alt+Home goes back to entry order."))
            return
        peers = self._peers(kind, ids)
        moving = [entry for entry in ids if entry in set(peers)]
        places = [self.model.axes.section(kind, entry) for entry in peers]
        among = sum(1 for place in places if place is not None and place < to)
        position = drop_position(self.order(kind), peers, set(moving), among)
        change = self.session.execute(edits.move(self.session.matrix, kind, moving, position))
        if change.is_empty and kind == HYPOTHESIS and not self.session.read_only and self._beyond(places, to):
            self.say(self._why_not_there(ids[0]))

    def _why_not_there(self, hypothesis: str) -> str:
        over = self.model.family.over(hypothesis)
        if not over:
            return _("Combinations stand after the single explanations.")
        text = _("{label} stands under its heading {heading}; “Lift out” takes it from there.")
        label = self._record_label(HYPOTHESIS, hypothesis)
        return text.format(label=label, heading=over[-1].label)

    def _is_sorted(self, kind: str) -> bool:
        arrangement = self.model.arrangement
        return bool(arrangement.item_order) if kind == EVIDENCE else arrangement.hypothesis_order != "entry"

    def shift(self, kind: str, ids: Sequence[str], step: int) -> None:
        """Move records one place back (-1) or on (1)."""
        peers = self._peers(kind, ids)
        places = [place for place, entry in enumerate(peers) if entry in set(ids)]
        if not places:
            return
        goal = max(min(places) - 1, 0) if step < 0 else max(places) + 2
        section = self.model.axes.section(kind, peers[goal]) if goal < len(peers) else None
        self.move(kind, ids, len(self.model.axes.ids[kind]) if section is None else section)

    def _peers(self, kind: str, ids: Sequence[str]) -> list[str]:
        shown = self.model.axes.records(kind)
        if not ids:
            return list(shown)
        if kind == EVIDENCE:
            band_of = self.model.grouping.band_of
            return [entry for entry in shown if band_of(entry) == band_of(ids[0])]
        place = self._among(ids[0])
        return [entry for entry in shown if self._among(entry) == place]

    def _among(self, hypothesis: str) -> tuple[object, ...]:
        """Return what a hypothesis shares with those it can be moved among: rejected or not, its kind, its heading."""
        record, over = self.session.analysis.hypotheses[hypothesis], self.model.family.over(hypothesis)
        return not record.is_active, record.is_combination, over[-1].id if over else ""

    def _beyond(self, places: Sequence[int | None], to: int) -> bool:
        known = [place for place in places if place is not None]
        return (
            bool(known) and len(known) < len(self.model.axes.ids[HYPOTHESIS]) and not min(known) <= to <= max(known) + 1
        )


def following(cells: Sequence[Place], items: Sequence[int], others: Sequence[int], *, by_item: bool) -> Place | None:
    """Return the cell (item, hypothesis) to go to after `cells` were rated; None at the end.

    items, others: rising places of the items and hypotheses to walk over. By item: across the hypotheses of one
    item, then to the next item's first hypothesis; else down the items of one hypothesis. A block of several items
    (hypotheses) is followed by the item (hypothesis) after it.
    """
    lines = (items, others) if by_item else (others, items)
    blocks = [(item, other) if by_item else (other, item) for item, other in cells]
    outer = sorted({line for line, _place in blocks})
    inner = sorted({place for _line, place in blocks})
    further = _above(lines[1], inner[-1])
    if len(outer) == 1 and further is not None:
        goal = outer[0], further
    else:
        line = _above(lines[0], outer[-1])
        first = inner[0] if len(outer) > 1 else next(iter(lines[1]), None)
        if line is None or first is None:
            return None
        goal = line, first
    return goal if by_item else _swapped(goal)


def _swapped(place: Place) -> Place:
    return place[1], place[0]


def _above(places: Sequence[int], place: int) -> int | None:
    """Return the first of the rising `places` after `place`; None when there is none."""
    number = bisect_right(places, place)
    return places[number] if number < len(places) else None
