"""A guided pass at work on a session: every rating is an ordinary command, and undo goes back to its cell."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal

from ach_desk.commands import CellChange, Change, Command, Composite, SetRatings, edits
from ach_desk.model import Analysis, Level, Matrix, Rating, RatingRange, RatingValue
from ach_desk.model.wording import is_on_earlier_wording
from ach_desk.scoring.combination import suggestion
from ach_desk.ui.guided.plan import Cell, GuidedPass, Which, ground_of, open_cells
from ach_desk.ui.session import Session


class Flow(QObject):
    """One pass and the session it rates in.

    moved(): another cell is asked about, or what is known of this one changed. finished(): the last cell is passed.
    """

    moved = Signal()
    finished = Signal()

    def __init__(self, session: Session, guided: GuidedPass, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.guided = guided
        self._confidence: Level | None = None
        self._catch_up()
        session.changed.connect(self._follow)
        session.history.happened.connect(self._follow_history)

    def stop(self) -> None:
        """Follow the session no longer; the pass is interrupted or over."""
        self.session.changed.disconnect(self._follow)
        self.session.history.happened.disconnect(self._follow_history)
        self.deleteLater()

    @property
    def rating(self) -> Rating | None:
        """Return what is entered in the current cell, as far as it may be seen."""
        cell = self.guided.current
        return None if cell is None else self.seen_rating(cell)

    @property
    def confidence(self) -> Level | None:
        """Return the confidence of the current cell: chosen for the rating to come, else that of the rating seen."""
        return self._confidence or (self.rating.confidence if self.rating else None)

    @property
    def may_reason(self) -> bool:
        """Return whether a reason can be written: not where one from before must stay out of sight."""
        cell = self.guided.current
        if cell is None or self.guided.is_rerating:
            return False
        return not self.has_hidden_reason

    @property
    def has_hidden_reason(self) -> bool:
        """Return whether the current cell has a reason from before that is kept from sight."""
        cell = self.guided.current
        if cell is None or not self.guided.hides_earlier(cell):
            return False
        rating = self._entered(cell)
        return rating is not None and bool(rating.rationale)

    def seen_rating(self, cell: Cell) -> Rating | None:
        """Return what is entered in a cell of the pass; None where that is kept from sight."""
        return None if self.guided.hides_earlier(cell) else self._entered(cell)

    def seen_value(self, cell: Cell) -> RatingValue | None:
        """Return the value that the page may show for a cell: in a re-rating the second one."""
        if self.guided.is_rerating:
            return self.guided.second.get(" ".join(cell))
        rating = self.seen_rating(cell)
        return rating.value if rating else None

    def on_earlier_wording(self, cell: Cell) -> RatingValue | None:
        """Return the rating of a cell that judged other words than the present ones, as far as it may be seen."""
        rating, analysis = self.seen_rating(cell), self.session.analysis
        item, hypothesis = analysis.evidence[cell[0]], analysis.hypotheses[cell[1]]
        return rating.value if rating is not None and is_on_earlier_wording(rating, item, hypothesis) else None

    def suggested(self, cell: Cell) -> RatingRange | None:
        """Return what is suggested for an unrated cell by its parts, or by splitting or merging; None where hidden."""
        rating, session = self.seen_rating(cell), self.session
        if self.guided.hides_earlier(cell) or (rating is not None and rating.value is not None):
            return None
        hypothesis = session.analysis.hypotheses[cell[1]]
        of_parts = suggestion(session.matrix, session.analyst, cell[0], hypothesis)
        return of_parts.around if of_parts is not None else rating.suggested if rating is not None else None

    def confirm(self) -> None:
        """Rate the current cell as it was on earlier wording, or as suggested where that is one value; and go on."""
        cell = self.guided.current
        if cell is None:
            return
        around = self.suggested(cell)
        value = self.on_earlier_wording(cell) or (around[0] if around and around[0] is around[1] else None)
        if value is not None:
            self.rate(value)

    def rate(self, value: RatingValue) -> None:
        """Rate the current cell and go on; in a re-rating the rating itself stays as it is."""
        cell = self.guided.current
        if cell is None or self.session.read_only:
            return
        if not self.guided.is_rerating:
            self.session.history.end_merging()
            session = self.session
            command = answer(session.analysis, session.matrix, session.analyst, cell, value, self._confidence)
            session.execute(command)
        self.guided.rate(value)
        self._move()

    def give_up(self) -> None:
        """Pass the current cell because it cannot be judged; nothing is entered."""
        self.guided.give_up()
        self._move()

    def skip(self) -> None:
        """Let the current cell come again at the end."""
        self.guided.skip()
        self._move()

    def back(self) -> None:
        """Go back one cell."""
        self.guided.back()
        self._move()

    def on(self) -> None:
        """Go on by one cell if the current one is answered."""
        self.guided.on()
        self._move()

    def go_to(self, cell: Cell) -> None:
        """Ask about a cell of the pass."""
        self.guided.go_to(cell)
        self._move()

    def set_confidence(self, level: Level) -> None:
        """Give the current cell this confidence, or none when it has it; an unrated one gets it with its rating."""
        cell, wanted = self.guided.current, None if self.confidence is level else level
        if cell is None or self.guided.is_rerating or self.session.read_only:
            return
        if self.rating is not None and self.rating.value is not None:
            command = edits.annotate(self.session.matrix, self.session.analyst, [cell], confidence=wanted)
            self.session.execute(command)
        else:
            self._confidence = wanted
        self.moved.emit()

    def _entered(self, cell: Cell) -> Rating | None:
        return self.session.matrix.rating(self.session.analyst, *cell)

    def _move(self) -> None:
        self._confidence = None
        if self.guided.current is None:
            self.finished.emit()
        else:
            self.moved.emit()

    def _catch_up(self) -> None:
        """Take over what happened to the cells since the pass was interrupted."""
        guided, assessment = self.guided, self.session.assessment
        open_now = set(open_cells(assessment))
        guided.keep_only(ground_of(assessment))
        guided.follow(ground_of(assessment), open_now)
        if guided.is_rerating:
            return
        for cell in sorted(guided.rated & open_now, key=guided.cells.index, reverse=True):
            guided.reopen(cell)
        if guided.options.which is Which.OPEN:
            guided.note_rated(cell for cell in guided.cells if cell not in open_now and cell not in guided.cannot_judge)

    def _follow(self, change: Change) -> None:
        if not (change.added or change.removed or change.reordered or change.fields):
            return
        assessment = self.session.assessment
        if self.guided.follow(ground_of(assessment), set(open_cells(assessment))):
            self._move()
        else:
            self.moved.emit()

    def _follow_history(self, how: str, command: Command, _change: Change) -> None:
        """Go to the cell whose rating was taken back, or done again."""
        if how == "do" or self.guided.is_rerating:
            return
        found = {*self.guided.cells}
        for cell, re_rated in _cells_of(command, self.session.matrix.id, self.session.analyst):
            if cell not in found:
                continue
            if how == "undo" and re_rated:
                self.guided.reopen(cell)
            elif re_rated:
                self.guided.go_to(cell)
                self.guided.rate()
            else:
                self.guided.go_to(cell)
            self._move()
            return


def answer(
    analysis: Analysis, matrix: Matrix, analyst: str, cell: Cell, value: RatingValue, confidence: Level | None
) -> SetRatings:
    """Return the command that rates a cell, with a confidence where one is given, as one step."""
    command = edits.rate(analysis, matrix, analyst, [cell], value)
    if confidence is None:
        return command
    if not command.cells:
        return edits.annotate(matrix, analyst, [cell], confidence=confidence)
    (change,) = command.cells
    new = dataclasses.replace(change.new or Rating(value), confidence=confidence)
    return command.model_copy(update={"cells": (change._replace(new=new),)})


def _cells_of(command: Command, matrix: str, analyst: str) -> Iterator[tuple[Cell, bool]]:
    """Yield the cells that a command changed in a sheet, each with whether its value changed and not only its words."""
    parts = command.commands if isinstance(command, Composite) else (command,)
    for part in parts:
        if isinstance(part, SetRatings) and (part.matrix, part.analyst) == (matrix, analyst):
            for change in part.cells:
                yield (change.evidence, change.hypothesis), _re_rated(change)


def _re_rated(change: CellChange) -> bool:
    def judged(rating: Rating | None) -> object:
        return rating and (rating.value, rating.range, rating.item_wording, rating.hypothesis_wording)

    return judged(change.old) != judged(change.new)
