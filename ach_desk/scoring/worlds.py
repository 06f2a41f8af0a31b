"""What may be the case, and how probable it is by the present ratings: one hypothesis alone, or any causes together.

Where hypotheses exclude each other a world is a hypothesis. Where they are causes that may act together it is a set of
causes at work, the empty one too, and what is expected in it follows by leaky noisy-OR (`scoring.causes`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ach_desk.model import Matrix
from ach_desk.model.method_settings import Frame, Method
from ach_desk.scoring.causes import chance, leak_of, powers
from ach_desk.scoring.frames import causes_at_work
from ach_desk.scoring.information import entropy_of_chance, most_separated
from ach_desk.scoring.methods import Inputs, result

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Worlds:
    """All that may be the case.

    columns: the hypotheses that make up the worlds. start: float64, probability of each world, summing to 1.
    members: bool, worlds x hypotheses of the matrix: which are true in it. together: several may be true at once.
    """

    columns: NDArray[np.intp]
    start: NDArray[np.float64]
    members: NDArray[np.bool_]
    together: bool

    def expected(self, likelihoods: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return P(e | world), items x worlds, from P(e|H), items x `columns`, every one known."""
        if not self.together:
            return likelihoods
        leak = leak_of(likelihoods)
        return chance(powers(likelihoods, leak), leak, self.members[:, self.columns])

    def of_hypotheses(self, probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how probable each hypothesis of the matrix is, from probabilities of the worlds along the last axis.

        They sum to 1 where hypotheses exclude each other, and need not where several may be true at once.
        """
        return probabilities @ self.members

    def told(self, present: NDArray[np.float64], after: NDArray[np.float64]) -> list[tuple[int, ...]]:
        """Return for each thing what seeing it tells: the two hypotheses it tells apart most, the likelier made first.

        Where several may be true at once, the one of which it tells best whether it is true; () where it tells nothing.
        present: P(seen | world), things x worlds. after: things x (seen, not seen) x hypotheses of the matrix.
        """
        if not self.together:
            pairs = self.columns[most_separated(self.start, present)]
            return [() if one == other else (one, other) for one, other in pairs.tolist()]
        before = entropy_of_chance(self.of_hypotheses(self.start))
        seen = (present @ self.start)[:, None]
        gain = before - seen * entropy_of_chance(after[:, 0]) - (1 - seen) * entropy_of_chance(after[:, 1])
        best = self.columns[gain[:, self.columns].argmax(axis=1)]
        return [(column,) if gain[row, column] > 1e-12 else () for row, column in enumerate(best.tolist())]


def worlds_of(inputs: Inputs, matrix: Matrix) -> Worlds | None:
    """Return the worlds as Bayes with sources and groups sees them, in the frame of the matrix.

    None where nothing is open: with no hypothesis, and where they exclude each other with a single one. More causes
    than can be enumerated are taken as excluding each other.
    """
    together = _together(inputs, matrix) if matrix.frame is Frame.CAUSES else None
    return together or _exclusive(inputs)


def _exclusive(inputs: Inputs) -> Worlds | None:
    active = inputs.assessment.table.active
    columns = np.flatnonzero(active)
    if len(columns) < 2:
        return None
    start = result(inputs, Method.BAYES_SOURCES).scores[columns]
    return Worlds(columns, start, np.eye(len(active), dtype=np.bool_)[columns], together=False)


def _together(inputs: Inputs, matrix: Matrix) -> Worlds | None:
    causes = causes_at_work(inputs, matrix, Method.BAYES_SOURCES)
    if causes.found is None:
        return None
    columns = np.array(causes.columns, np.intp)
    members = np.zeros((len(causes.found.subsets), len(inputs.assessment.hypotheses)), np.bool_)
    members[:, columns] = causes.found.subsets
    return Worlds(columns, causes.found.probabilities, members, together=True)
