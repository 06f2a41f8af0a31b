"""What the analyst can do to the matrix, as commands: from what is selected to one step on the history."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from ach_desk.commands import Change, Command, edits
from ach_desk.i18n import _, join_some, ngettext
from ach_desk.model import RatingValue
from ach_desk.ui.matrix import clipboard, wording
from ach_desk.ui.matrix.axes import EVIDENCE, HYPOTHESIS, drop_position
from ach_desk.ui.matrix.caret import Caret, Place
from ach_desk.ui.matrix.model import MatrixModel

MOST_NAMED = 3
"""So many records are named in a sentence; more are counted."""

_DETAIL_FIELDS = {EVIDENCE: "detail", HYPOTHESIS: "statement"}


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
        places = self.caret.places()
        cells = [self.model.axes.cell(*place) for place in places]
        if not cells:
            return
        session = self.session
        session.execute(edits.rate(session.analysis, session.matrix, session.analyst, cells, value))
        if session.read_only:
            return
        if len(cells) > 1:
            text = ngettext("{count} cell: {rating}.", "{count} cells: {rating}.", len(cells))
            self.say(text.format(count=len(cells), rating=wording.rating_name(value)))
        if after != "stay" and not self.caret.header_kind:
            self._move_on(places, by_item=after == "next_hypothesis")

    def _move_on(self, places: Sequence[Place], *, by_item: bool) -> None:
        axes = self.model.axes
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
        """Return the places, among what is shown, of the items that count and of the hypotheses that are active."""
        table = self.session.assessment.table
        items, others = self.model.numbers(EVIDENCE), self.model.numbers(HYPOTHESIS)
        return np.flatnonzero(table.counted[items]).tolist(), np.flatnonzero(table.active[others]).tolist()

    def unrated_cell(self, *, after_current: bool) -> tuple[str, str] | None:
        """Return the first shown unrated cell that would be counted, item by item.

        `after_current`: the next one, going round.
        """
        axes, table = self.model.axes, self.session.assessment.table
        items, others = self.model.numbers(EVIDENCE), self.model.numbers(HYPOTHESIS)
        open_cells = (table.codes[np.ix_(items, others)] == 0) & table.counted[items][:, None] & table.active[others]
        numbers = np.flatnonzero(open_cells)
        if not len(numbers):
            return None
        start = -1
        place = self.caret.place
        if after_current and place is not None:
            item, other = _swapped(place) if axes.transposed else place
            start = item * len(others) + other
        following = np.searchsorted(numbers, start + 1)
        row, column = divmod(int(numbers[following % len(numbers)]), len(others))
        return axes.ids[EVIDENCE][row], axes.ids[HYPOTHESIS][column]

    # The clipboard

    def copied(self) -> list[list[str]]:
        """Return what is selected as rows of cells: ratings, or title and detail of items or hypotheses."""
        kind = self.caret.header_kind
        if kind:
            records = [self.model.record(kind, place) for place in self._header_places()]
            rows = [[record.title, getattr(record, _DETAIL_FIELDS[kind])] for record in records]
            return rows if any(row[1] for row in rows) else [row[:1] for row in rows]
        places, bounds = set(self.caret.places()), self.caret.bounds()
        if bounds is None:
            return []
        (top, left), (bottom, right) = bounds
        return [
            [self._symbol((row, column)) if (row, column) in places else "" for column in range(left, right + 1)]
            for row in range(top, bottom + 1)
        ]

    def _header_places(self) -> list[int]:
        places = (self.model.axes.section(self.caret.header_kind, entry) for entry in self.caret.header_ids)
        return [place for place in places if place is not None]

    def _symbol(self, place: Place) -> str:
        rating = self.model.rating(*place)
        return "" if rating is None or rating.value is None else rating.value.value

    def paste(self, text: str, *, from_table: bool) -> None:
        """Put pasted text in: ratings into cells; lines, or anything on a header, as new records."""
        rows = clipboard.read_table(text, from_table=from_table)
        block = None if self.caret.header_kind or self.caret.place is None else clipboard.as_ratings(rows)
        if block is not None:
            self._paste_ratings(block)
        elif rows:
            self._paste_records(self.caret.header_kind or EVIDENCE, rows)
        else:
            self.say(_("There is no text on the clipboard."))

    def _paste_ratings(self, block: clipboard.PastedRatings) -> None:
        if block.misread:
            row, column, text = block.misread[0]
            shown = text if len(text) <= 40 else text[:39] + "…"
            message = ngettext(
                "Nothing was pasted: {count} cell is no rating (row {row}, column {column}: “{text}”).",
                "Nothing was pasted: {count} cells are no ratings (the first: row {row}, column {column}, “{text}”).",
                len(block.misread),
            )
            self.say(message.format(count=len(block.misread), row=row, column=column, text=shown))
            return
        bounds = self.caret.bounds()
        if bounds is None:
            return
        (top, left), (bottom, right) = bounds
        values = block.values
        if len(values) == 1 and len(values[0]) == 1:
            values = [values[0] * (right - left + 1)] * (bottom - top + 1)
        self._put_ratings((top, left), values)

    def _put_ratings(self, first: Place, values: Sequence[Sequence[RatingValue | None]]) -> None:
        axes, session = self.model.axes, self.session
        rows, columns = axes.shape
        height, width = min(len(values), rows - first[0]), min(len(values[0]), columns - first[1])
        wanted = [
            (axes.cell(first[0] + row, first[1] + column), values[row][column])
            for row in range(height)
            for column in range(width)
        ]
        text = ngettext("Paste {count} rating", "Paste {count} ratings", len(wanted)).format(count=len(wanted))
        session.execute(edits.rate_each(session.analysis, session.matrix, session.analyst, wanted, text))
        if session.read_only:
            return
        self.caret.select_block(first, (first[0] + height - 1, first[1] + width - 1))
        left_out = len(values) * len(values[0]) - len(wanted)
        said = ngettext("{count} cell pasted.", "{count} cells pasted.", len(wanted)).format(count=len(wanted))
        if left_out:
            more = ngettext(
                "{count} cell lay beyond the matrix and was left out.",
                "{count} cells lay beyond the matrix and were left out.",
                left_out,
            )
            said += " " + more.format(count=left_out)
        self.say(said)

    def _paste_records(self, kind: str, rows: clipboard.Rows) -> None:
        records = clipboard.as_records(rows)
        fields = [
            {"title": title, _DETAIL_FIELDS[kind]: detail} if detail else {"title": title} for title, detail in records
        ]
        if not fields:
            self.say(_("There is no text on the clipboard."))
            return
        added = self.add(kind, fields, at=self._after_header(kind))
        if added:
            self.caret.select_ids(kind, added)
            self.say(self._added_text(kind, added))

    def _after_header(self, kind: str) -> int | None:
        if self.caret.header_kind != kind or not self.caret.header_ids:
            return None
        order = self._order(kind)
        return 1 + max(order.index(entry) for entry in self.caret.header_ids)

    # Records

    def add(self, kind: str, fields: Sequence[Mapping[str, str]], at: int | None = None) -> list[str]:
        """Add items or hypotheses (each at least a title) before position `at`; return their ids, [] if refused."""
        build = edits.add_items if kind == EVIDENCE else edits.add_hypotheses
        change = self.session.execute(build(self.session.analysis, self.session.matrix, fields, at))
        return [ref.id for ref in change.added]

    def add_titled(self, kind: str, title: str) -> None:
        """Add one record and put the keyboard on it: on the first cell of an item; a blank title adds nothing."""
        added = self.add(kind, [{"title": title.strip()}]) if title.strip() else []
        axes = self.model.axes
        if added and kind == EVIDENCE and axes.ids[HYPOTHESIS]:
            place = axes.place(added[0], axes.ids[HYPOTHESIS][0])
            if place is not None:
                self.caret.go_to(place)
        elif added:
            self.caret.select_ids(kind, added)

    def _added_text(self, kind: str, added: Sequence[str]) -> str:
        labels = join_some([self._record_label(kind, entry) for entry in added], MOST_NAMED)
        if kind == EVIDENCE:
            text = ngettext("{names} added as a new item.", "{names} added as new items.", len(added))
        else:
            text = ngettext("{names} added as a new hypothesis.", "{names} added as new hypotheses.", len(added))
        return text.format(names=labels)

    def added(self, kind: str, title: str) -> Command | None:
        """Return the edit that a new record with this title would be; None for a blank one."""
        build = edits.add_items if kind == EVIDENCE else edits.add_hypotheses
        return build(self.session.analysis, self.session.matrix, [{"title": title.strip()}]) if title.strip() else None

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
        """Set items aside with a reason (or none)."""
        self._run(edits.set_aside(self.session.analysis, items, reason.strip()))

    def count_again(self, items: Sequence[str]) -> None:
        """Count items again."""
        self._run(edits.take_back(self.session.analysis, items))

    def reject(self, hypotheses: Sequence[str], reason: str) -> None:
        """Reject hypotheses with a reason (or none)."""
        self._run(edits.reject(self.session.analysis, hypotheses, reason.strip()))

    def reinstate(self, hypotheses: Sequence[str]) -> None:
        """Make rejected hypotheses active again."""
        self._run(edits.reinstate(self.session.analysis, hypotheses))

    def _run(self, command: edits.SetFields) -> Change:
        return self.session.execute(command)

    def delete(self, kind: str, ids: Sequence[str]) -> None:
        """Delete items or hypotheses with their ratings, say how to get them back, and go to the neighbour."""
        if not ids:
            return
        labels = join_some([self._record_label(kind, entry) for entry in ids], MOST_NAMED)
        was_header = self.caret.header_kind == kind
        places = [place for entry in ids if (place := self.model.axes.section(kind, entry)) is not None]
        change = self.session.execute(edits.remove(self.session.analysis, kind, ids))
        if not change.removed:
            return
        remaining = len(self.model.axes.ids[kind])
        if was_header and remaining and places:
            self.caret.select_section(kind, min(places[0], remaining - 1))
        text = ngettext(
            "{names} was deleted; Undo brings it back.", "{names} were deleted; Undo brings them back.", len(ids)
        )
        self.say(text.format(names=labels))

    def _record_label(self, kind: str, record_id: str) -> str:
        records = self.session.analysis.evidence if kind == EVIDENCE else self.session.analysis.hypotheses
        return records[record_id].label

    # Order

    def _order(self, kind: str) -> list[str]:
        return self.session.matrix.evidence if kind == EVIDENCE else self.session.matrix.hypotheses

    def move(self, kind: str, ids: Sequence[str], to: int) -> None:
        """Move records before section `to` of their header (the number of sections: to the end).

        Combinations stay behind single explanations; a move across that line stops at it and says so. While the
        records are shown sorted, a move would not be seen: it is refused with a sentence.
        """
        if self._is_sorted(kind):
            self.say(_("They are shown sorted and cannot be moved. Alt+Home goes back to entry order."))
            return
        peers = self._peers(kind, ids)
        moving = [entry for entry in ids if entry in set(peers)]
        places = [self.model.axes.section(kind, entry) for entry in peers]
        among = sum(1 for place in places if place is not None and place < to)
        position = drop_position(self._order(kind), peers, set(moving), among)
        change = self.session.execute(edits.move(self.session.matrix, kind, moving, position))
        if change.is_empty and kind == HYPOTHESIS and not self.session.read_only and self._beyond(places, to):
            self.say(_("Combinations stand after the single explanations."))

    def _is_sorted(self, kind: str) -> bool:
        arrangement = self.model.arrangement
        return bool(arrangement.item_order) if kind == EVIDENCE else arrangement.hypothesis_order != "entry"

    def shift(self, kind: str, ids: Sequence[str], step: int) -> None:
        """Move records one place back (-1) or on (1)."""
        places = [place for entry in ids if (place := self.model.axes.section(kind, entry)) is not None]
        if places:
            self.move(kind, ids, max(min(places) - 1, 0) if step < 0 else max(places) + 2)

    def _peers(self, kind: str, ids: Sequence[str]) -> list[str]:
        shown = self.model.axes.ids[kind]
        if kind == EVIDENCE or not ids:
            return list(shown)
        hypotheses = self.session.analysis.hypotheses
        combined = hypotheses[ids[0]].is_combination
        return [entry for entry in shown if hypotheses[entry].is_combination == combined]

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
