"""What is done to a block of cells besides rating it: fill, set the confidence, carry a reason along."""

from __future__ import annotations

from typing import Literal

from ach_desk.commands import cells as builders
from ach_desk.i18n import _, ngettext
from ach_desk.model import Level, words
from ach_desk.ui.matrix.axes import HYPOTHESIS
from ach_desk.ui.matrix.caret import Place
from ach_desk.ui.matrix.editing import MatrixEdits

Direction = Literal["down", "right"]


class BlockEdits:
    """The edits of blocks in one matrix; the keyboard and the selection stay where they are."""

    def __init__(self, edits: MatrixEdits) -> None:
        self._model = edits.model
        self._session = edits.session
        self._caret = edits.caret
        self._say = edits.say

    def fill(self, direction: Direction) -> None:
        """Give the first row (column) of the block to the rest of it; to a single row (column) the one before it."""
        axis = 0 if direction == "down" else 1
        places = self._caret.places()
        if not places:
            return
        first, last = min(place[axis] for place in places), max(place[axis] for place in places)
        source = first if last > first else self._before(axis, first)
        if source < 0:
            self._say(
                _("There is no row above to fill from.") if not axis else _("There is no column before this one.")
            )
            return
        cell = self._model.axes.cell
        family = self._model.family
        pairs = [(_moved(place, axis, source), place) for place in places if place[axis] != source]
        refusal = family.refusal_of(cell(*target) for _from, target in pairs)
        wanted = []
        for origin, target in pairs:
            if not family.is_heading(cell(*origin)[1]) and not family.is_heading(cell(*target)[1]):
                rating = self._model.rating(*origin)
                wanted.append((cell(*target), rating.value if rating else None))
        text = ngettext("Fill {count} cell", "Fill {count} cells", len(wanted)).format(count=len(wanted))
        session = self._session
        session.rate_each(wanted, text)
        if not session.read_only:
            said = ngettext("{count} cell filled.", "{count} cells filled.", len(wanted)).format(count=len(wanted))
            self._say(" ".join(filter(None, (said, refusal))))

    def _before(self, axis: int, line: int) -> int:
        """Return the row (column) before one, past the bands of groups; -1 when there is none."""
        axes = self._model.axes
        bands = set(axes.band_places()) if axis == int(axes.transposed) else set[int]()
        return next((place for place in range(line - 1, -1, -1) if place not in bands), -1)

    def set_confidence(self, level: Level | None) -> None:
        """Set the confidence of the selected cells that are rated, and say how many are not."""
        session, places = self._session, self._caret.places()
        cells = [self._model.axes.cell(*place) for place in places if self._model.is_rated(place)]
        rated = self._model.family.ratable(cells)
        session.execute(builders.set_confidence(session.matrix, session.analyst, rated, level))
        if session.read_only:
            return
        text = ngettext("{count} cell: confidence {level}.", "{count} cells: confidence {level}.", len(rated))
        said = [text.format(count=len(rated), level=words.level_word(level))] if rated else []
        if left := len(places) - len(rated):
            text = ngettext(
                "{count} cell is not rated and has none.", "{count} cells are not rated and have none.", left
            )
            said.append(text.format(count=left))
        self._say(" ".join(said))

    @property
    def has_reason(self) -> bool:
        """Return whether the cell with the keyboard has a reason."""
        place = self._caret.place
        rating = None if place is None or self._caret.header_kind else self._model.rating(*place)
        return rating is not None and bool(rating.rationale)

    def copy_reason_across(self) -> None:
        """Give the reason of the current cell to the cells of its item that have none, and say which have one."""
        place, session = self._caret.place, self._session
        if place is None:
            return
        family = self._model.family
        hypotheses = [entry for entry in self._model.axes.ids[HYPOTHESIS] if not family.is_heading(entry)]
        cell = self._model.axes.cell(*place)
        if refusal := family.refusal(cell[1]):
            self._say(refusal)
            return
        command = builders.copy_reason(session.matrix, session.analyst, cell, hypotheses)
        session.execute(command)
        if session.read_only:
            return
        copied = len(command.cells)
        text = ngettext("The reason was copied to {count} cell.", "The reason was copied to {count} cells.", copied)
        said = text.format(count=copied)
        if left := len(hypotheses) - 1 - copied:
            more = ngettext(
                "{count} cell has a reason of its own and was left.",
                "{count} cells have a reason of their own and were left.",
                left,
            )
            said += " " + more.format(count=left)
        self._say(said)


def _moved(place: Place, axis: int, to: int) -> Place:
    return (to, place[1]) if axis == 0 else (place[0], to)
