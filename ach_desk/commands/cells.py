"""Builders for many cells at once: their confidence, and a reason carried along a row."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from ach_desk.commands.command import CellChange, SetRatings
from ach_desk.commands.edits import Cell, annotate
from ach_desk.i18n import _
from ach_desk.model import Level, Matrix, Rating, now
from ach_desk.model.rating import Likelihood


def set_confidence(matrix: Matrix, analyst: str, cells: Iterable[Cell], level: Level | None) -> SetRatings:
    """Return the command that sets the confidence (None: not set) of those cells that are rated."""
    rated = [cell for cell in cells if (rating := matrix.rating(analyst, *cell)) and rating.value is not None]
    return annotate(matrix, analyst, rated, confidence=level)


def copy_reason(matrix: Matrix, analyst: str, cell: Cell, hypotheses: Iterable[str]) -> SetRatings:
    """Return the command that gives the cell's reason to the cells of its item that have none yet."""
    rating = matrix.rating(analyst, *cell)
    reason = rating.rationale if rating else ""
    others = [(cell[0], hypothesis) for hypothesis in hypotheses if hypothesis != cell[1]]
    bare = [other for other in others if not ((there := matrix.rating(analyst, *other)) and there.rationale)]
    command = annotate(matrix, analyst, bare if reason else [], rationale=reason)
    return command.model_copy(update={"text": _("Copy the reason across the row")})


def set_likelihood(matrix: Matrix, analyst: str, cells: Iterable[Cell], likelihood: Likelihood | None) -> SetRatings:
    """Return the command that enters P(e|H) of cells, lowest and highest (None: the rating stands for it again)."""
    changes = []
    for evidence, hypothesis in cells:
        old = matrix.rating(analyst, evidence, hypothesis)
        new = dataclasses.replace(old or Rating(None), likelihood=likelihood)
        new_or_none = None if new.is_empty else new
        if new_or_none != old:
            changes.append(CellChange(evidence, hypothesis, old, new_or_none))
    text = _("Enter P(e|H)") if likelihood is not None else _("Take P(e|H) from the rating")
    return SetRatings(matrix=matrix.id, analyst=analyst, cells=tuple(changes), text=text, author=analyst, time=now())
