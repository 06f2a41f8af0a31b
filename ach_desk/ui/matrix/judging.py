"""Judging beyond a single rating key: undecided between two ratings, decided, confirmed; and what the scale allows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ach_desk.commands import edits, hypotheses
from ach_desk.i18n import _, ngettext
from ach_desk.model import Rating, RatingRange, RatingValue, words
from ach_desk.model.values import SCALE_STEPS, range_of
from ach_desk.model.wording import is_on_earlier_wording
from ach_desk.scoring.combination import confirmable, suggesting
from ach_desk.ui.matrix.editing import MatrixEdits
from ach_desk.ui.matrix.judgement import undecided
from ach_desk.ui.session import Session

if TYPE_CHECKING:
    from ach_desk.commands import SetRatings

_MOST_LOOKED_AT = 2000
"""A larger selection is not looked through at every move to see whether an action can work."""


class Judging(QObject):
    """What can be said of the selected cells. `prompt_changed(str)`: what to press next; "" when nothing is asked.

    An undecided judgement is entered with two rating keys; anything else that moves the keyboard leaves it.
    """

    prompt_changed = Signal(str)

    def __init__(self, matrix_edits: MatrixEdits, after: Callable[[], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._edits = matrix_edits
        self._session = matrix_edits.session
        self._after = after
        self._first: RatingValue | None = None
        self.is_asking = False
        matrix_edits.caret.changed.connect(self.leave)

    # Rating keys

    def takes(self, value: RatingValue | None) -> bool:
        """Return whether the rating key was for something else than a rating: an end of a range, or off the scale."""
        scale = self._session.matrix.scale
        if value is not None and value.is_on_scale and value not in SCALE_STEPS[scale]:
            text = _("{symbol} is not a step of this matrix’ scale, which has {scale}.")
            self._edits.say(text.format(symbol=value.value, scale=words.scale_word(scale)))
            return True
        if not self.is_asking:
            return False
        self._take_end(value)
        return True

    def begin_range(self) -> None:
        """Ask for the two ends between which the selected cells are undecided."""
        if self._edits.selected_cells():
            self.is_asking, self._first = True, None
            self.prompt_changed.emit(self._prompt())

    def leave(self) -> None:
        """Ask no more."""
        if self.is_asking:
            self.is_asking, self._first = False, None
            self.prompt_changed.emit("")

    def _prompt(self) -> str:
        if self._first is None:
            return _("Undecided between …: press the rating key of one end, then of the other. Escape leaves.")
        text = _("Undecided between {rating} and …: press the rating key of the other end. Escape leaves.")
        return text.format(rating=self._first.value)

    def _take_end(self, value: RatingValue | None) -> None:
        if value is None:
            self.leave()
        elif not value.is_on_scale:
            self._edits.say(_("N/A has no place on the scale and cannot be an end."))
        elif self._first is None:
            self._first = value
            self.prompt_changed.emit(self._prompt())
        else:
            around = range_of((self._first, value))
            self.leave()
            self._rate_range(around)

    def _rate_range(self, around: RatingRange) -> None:
        places, cells = self._edits.selected_places(), self._edits.selected_cells()
        if not cells:
            self._edits.say(self._edits.refusal())
            return
        self._session.execute(judged_between(self._session, cells, around))
        if self._session.read_only:
            return
        if around[0] is not around[1]:
            said = next((undecided(rating) for rating in self._ratings(cells) if rating.range), "")
            self._edits.say(said[:1].upper() + said[1:] + ".")
        self._edits.move_on(places, self._after())

    # Decided, confirmed

    def decide(self) -> None:
        """Make undecided cells decided: they keep the rating that is scored."""
        session = self._session
        cells = self._edits.selected_cells()
        session.execute(edits.rate_range(session.analysis, session.matrix, session.analyst, cells, None))

    def confirm(self) -> None:
        """Confirm the selected cells on the present wording, and suggestions of one value; move on."""
        self._confirm(self._edits.selected_places(), self._edits.selected_cells())

    def confirm_suggestions(self) -> None:
        """Confirm every suggestion of one value of the selected items, under all hypotheses."""
        self._confirm((), self._suggested_of_items())

    def _confirm(self, places: Sequence[tuple[int, int]], cells: Sequence[edits.Cell]) -> None:
        session = self._session
        command = confirmed(session, cells)
        if command.is_no_op:
            self._edits.say(self._nothing_to_confirm(cells))
            return
        session.execute(command)
        if session.read_only:
            return
        count = len(command.cells)
        self._edits.say(ngettext("{count} rating confirmed.", "{count} ratings confirmed.", count).format(count=count))
        if places:
            self._edits.move_on(places, self._after())

    def _nothing_to_confirm(self, cells: Iterable[edits.Cell]) -> str:
        proposed = self._edits.model.family.proposed
        if any(rating.suggested for rating in self._ratings(cells) if rating.value is None) or any(
            proposed(*cell) for cell in cells
        ):
            return _("What is suggested here is a range: decide with a rating key.")
        return _("There is nothing to confirm: no suggestion, no rating on earlier wording.")

    # What can work

    def any_undecided(self) -> bool:
        """Return whether a selected cell is undecided."""
        return self._any(lambda _cell, rating: rating.range)

    def any_to_confirm(self) -> bool:
        """Return whether a selected cell holds a suggestion or a rating on earlier wording."""
        analysis = self._session.analysis

        def holds(cell: edits.Cell, rating: Rating) -> bool:
            if rating.value is None:
                return rating.suggested is not None
            return is_on_earlier_wording(rating, analysis.evidence[cell[0]], analysis.hypotheses[cell[1]])

        return self._any(holds) or any(map(self._is_proposed, self._edits.selected_cells()))

    def _is_proposed(self, cell: edits.Cell) -> bool:
        return self._edits.model.family.proposed(*cell) is not None

    def any_suggestion_of_items(self) -> bool:
        """Return whether a selected item has a suggestion of one value under any hypothesis."""
        return self._is_large() or bool(self._suggested_of_items())

    def _is_large(self) -> bool:
        blocks = self._edits.caret.blocks()
        return sum(block.width() * block.height() for block in blocks) > _MOST_LOOKED_AT

    def _any(self, holds: Callable[[edits.Cell, Rating], object]) -> bool:
        """Return whether a selected cell holds that; of a large selection, which is not looked through, that it may."""
        session = self._session
        return self._is_large() or any(
            rating is not None and holds(cell, rating)
            for cell in self._edits.selected_cells()
            for rating in [session.matrix.rating(session.analyst, *cell)]
        )

    def _suggested_of_items(self) -> list[edits.Cell]:
        session = self._session
        sheet = session.matrix.sheets.get(session.analyst, {})
        shown = set(session.matrix.hypotheses)
        items = list(dict.fromkeys(item for item, _other in self._edits.selected_cells()))
        stored = [
            (item, other)
            for item in items
            for other, rating in sheet.get(item, {}).items()
            if other in shown and _is_proposed_value(rating)
        ]
        joint = [(item, entry) for item in items for entry in suggesting(session.assessment.hypotheses)]
        derived = confirmable(session.analysis, session.matrix, session.analyst, joint)
        return [*stored, *(cell for cell, _value in derived)]

    def _ratings(self, cells: Iterable[edits.Cell]) -> Iterable[Rating]:
        session = self._session
        found = (session.matrix.rating(session.analyst, *cell) for cell in cells)
        return (rating for rating in found if rating is not None)


def confirmed(session: Session, cells: Sequence[edits.Cell]) -> SetRatings:
    """Return the command that confirms cells: ratings, suggestions, and what the parts of a combination agree on."""
    command = edits.confirm(session.analysis, session.matrix, session.analyst, cells)
    wanted = confirmable(session.analysis, session.matrix, session.analyst, cells)
    if not wanted:
        return command
    more = hypotheses.confirm_derived(session.analysis, session.matrix, session.analyst, wanted)
    if command.is_no_op:
        return more
    both = command.cells + more.cells
    text = ngettext("Confirm {count} rating", "Confirm {count} ratings", len(both)).format(count=len(both))
    return command.model_copy(update={"cells": both, "text": text})


def judged_between(session: Session, cells: Sequence[edits.Cell], around: RatingRange) -> SetRatings:
    """Return the command that marks cells as undecided within `around`, or rates them where its ends are one value."""
    if around[0] is around[1]:
        return edits.rate(session.analysis, session.matrix, session.analyst, cells, around[0])
    return edits.rate_range(session.analysis, session.matrix, session.analyst, cells, around)


def _is_proposed_value(rating: Rating) -> bool:
    return rating.value is None and rating.suggested is not None and rating.suggested[0] is rating.suggested[1]
