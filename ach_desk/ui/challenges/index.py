"""Where challenges are, for marks, tooltips and screen readers; looked up once for each change of a challenge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ach_desk.i18n import _
from ach_desk.model import Analysis, Challenge, ChallengeState
from ach_desk.model.words import challenge_word
from ach_desk.ui.selection import Selection


class Challenged(NamedTuple):
    """The challenges of one matrix by what they are about."""

    cells: dict[tuple[str, str], list[Challenge]]
    records: dict[str, list[Challenge]]

    def __bool__(self) -> bool:
        """Return whether there is any."""
        return bool(self.cells or self.records)

    def cell_words(self, evidence: str, hypothesis: str) -> list[str]:
        """Return a line for each challenge to a cell."""
        return [challenge_line(one) for one in self.cells.get((evidence, hypothesis), ())]

    def record_words(self, record_id: str) -> list[str]:
        """Return a line for each challenge to an item or hypothesis."""
        return [challenge_line(one) for one in self.records.get(record_id, ())]


def challenged(analysis: Analysis, matrix_id: str) -> Challenged:
    """Return where the challenges to a matrix, and to items and hypotheses in all of them, are."""
    found = Challenged({}, {})
    for one in analysis.challenges.values():
        if one.evidence and one.hypothesis:
            if one.matrix in (None, matrix_id):
                found.cells.setdefault((one.evidence, one.hypothesis), []).append(one)
        elif record := one.evidence or one.hypothesis:
            found.records.setdefault(record, []).append(one)
    return found


def can_be_challenged(selection: Selection) -> bool:
    """Return whether the selection names a cell, an item or a hypothesis."""
    return selection.focus in ("cell", "evidence", "hypothesis")


def any_open(challenges: Sequence[Challenge]) -> bool:
    """Return whether one of them is open."""
    return any(one.state is ChallengeState.OPEN for one in challenges)


def challenge_line(one: Challenge) -> str:
    """Return a challenge in a line: "Challenge, open: could be staged"."""
    return _("Challenge, {state}: {text}").format(state=challenge_word(one.state), text=one.text)
