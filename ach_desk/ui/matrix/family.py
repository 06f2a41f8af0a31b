"""How the hypotheses of a matrix stand to each other as it is shown: headings, their forms, and combinations."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

from ach_desk.i18n import _
from ach_desk.model import Hypothesis, RatingRange
from ach_desk.scoring import Assessment
from ach_desk.scoring.combination import derived, suggesting
from ach_desk.ui.matrix.folding import Folding, heading_sentence, rejected
from ach_desk.ui.session import Session


class Family:
    """Answers by id of a hypothesis; `scores_shown` says whether the standing may be told."""

    def __init__(self, session: Session, folding: Folding, scores_shown: Callable[[], bool]) -> None:
        self._session = session
        self.folding = folding
        self._scores_shown = scores_shown
        self._known: _Known | None = None

    def _of_now(self) -> _Known:
        if self._known is None or self._known.assessment is not self._session.assessment:
            self._known = _Known(self._session.assessment)
        return self._known

    def is_heading(self, hypothesis: str) -> bool:
        """Return whether a hypothesis is a heading over others, and so neither rated nor ranked."""
        return hypothesis in self._of_now().assessment.headings

    def is_folded(self, hypothesis: str) -> bool:
        """Return whether a hypothesis is a heading whose forms are hidden."""
        return self.is_heading(hypothesis) and hypothesis in self.folding.folded

    def best(self, hypothesis: str) -> Hypothesis | None:
        """Return the form that a folded heading shows in its place; None for others and while scores are hidden."""
        if not self._scores_shown() or not self.is_folded(hypothesis):
            return None
        return self._of_now().best_of(hypothesis)

    def over(self, hypothesis: str) -> list[Hypothesis]:
        """Return the headings that a hypothesis is shown under, the outermost first."""
        return self._of_now().over.get(hypothesis, [])

    @property
    def depth(self) -> int:
        """Return how deep the tree is: 0 without forms."""
        return self._of_now().depth

    def rated_as(self, hypothesis: str) -> str | None:
        """Return whose ratings stand in the cells of a hypothesis: its own, a folded heading's best; None for none."""
        if not self.is_heading(hypothesis):
            return hypothesis
        best = self.best(hypothesis)
        return best.id if best is not None else None

    def refusal(self, hypothesis: str) -> str:
        """Return why a hypothesis cannot be rated and what to do instead; "" when it can."""
        if not self.is_heading(hypothesis):
            return ""
        return heading_sentence(self._session.analysis.hypotheses[hypothesis], self.best(hypothesis))

    def refusal_of(self, cells: Iterable[tuple[str, str]]) -> str:
        """Return why some of the cells are not rated; "" when all can be."""
        refusals = map(self.refusal, dict.fromkeys(hypothesis for _evidence, hypothesis in cells))
        return next(filter(None, refusals), "")

    def ratable(self, cells: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return those of the cells (evidence, hypothesis) that can be rated: none of a heading."""
        over = self._of_now().assessment.headings
        return [cell for cell in cells if cell[1] not in over]

    def proposed(self, evidence: str, hypothesis: str) -> RatingRange | None:
        """Return what the parts of a combination say for an open cell of it; None for every other cell."""
        joint = self._of_now().suggesting.get(hypothesis)
        if joint is None:
            return None
        found = derived(self._session.matrix, self._session.analyst, evidence, joint)
        return found.around if found is not None else None

    @property
    def has_suggestions(self) -> bool:
        """Return whether cells of a combination are open, so that what its parts say may stand in them."""
        unrated = self._of_now().assessment.standing.unrated
        columns = (self._session.column_of(entry) for entry in self._of_now().suggesting)
        return any(column is not None and unrated[column] for column in columns)

    def combinations_of(self, hypothesis: str) -> list[str]:
        """Return the ids of the combinations that a hypothesis is a part of."""
        return self._of_now().combinations.get(hypothesis, [])

    def rejected_line(self) -> str:
        """Return how many hypotheses are rejected and which, as "2 rejected: H4, H6"; "" for none."""
        found = rejected(self._session.assessment)
        if not found:
            return ""
        return _("{count} rejected: {names}").format(count=len(found), names=", ".join(one.label for one in found))


class _Known:
    """What follows from one assessment, found out once."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self._best: dict[str, Hypothesis | None] = {}

    def best_of(self, heading: str) -> Hypothesis | None:
        if heading not in self._best:
            column = self.assessment.table.hypothesis_ids.index(heading)
            best = self.assessment.best_child(column)
            self._best[heading] = self.assessment.hypotheses[best] if best is not None else None
        return self._best[heading]

    @cached_property
    def over(self) -> dict[str, list[Hypothesis]]:
        every = self.assessment.hypotheses
        forms = (column for column, entry in enumerate(every) if entry.parent and entry.is_active)
        return {every[column].id: self.assessment.lineage(column)[:-1] for column in forms}

    @cached_property
    def depth(self) -> int:
        return max(map(len, self.over.values()), default=0)

    @cached_property
    def suggesting(self) -> dict[str, Hypothesis]:
        return suggesting(self.assessment.hypotheses)

    @cached_property
    def combinations(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for entry in self.assessment.hypotheses:
            for part in entry.combines:
                found.setdefault(part, []).append(entry.id)
        return found
