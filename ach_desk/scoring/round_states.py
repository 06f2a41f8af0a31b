"""Which rounds there are on a matrix, which of them runs, and whether it is private."""

from __future__ import annotations

from ach_desk.model import Analysis, Round, RoundState


def rounds_on(analysis: Analysis, matrix: str) -> list[Round]:
    """Return the rounds on a matrix (an id), the first one first."""
    return [entry for entry in analysis.rounds.values() if entry.matrix == matrix]


def running_round(analysis: Analysis, matrix: str) -> Round | None:
    """Return the round on a matrix that is not closed yet; None without one."""
    found = [entry for entry in rounds_on(analysis, matrix) if entry.state is not RoundState.CLOSED]
    return found[-1] if found else None


def is_private(analysis: Analysis, matrix: str) -> bool:
    """Return whether the analysts rate a matrix in private: nobody is to see what the others think."""
    return any(entry.state is RoundState.PRIVATE for entry in rounds_on(analysis, matrix))


def was_revealed(analysis: Analysis, matrix: str) -> bool:
    """Return whether a round on a matrix was revealed, so that everybody has seen what the others think."""
    return any(entry.revealed for entry in rounds_on(analysis, matrix))
