"""What the program points out in an analysis: at once for who needs it now, of a large matrix behind for who can wait.

The findings on 10,000 items take a tenth of a second and more, which the keyboard would feel. They are made of facts
that no edit touches, in a worker; an answer to facts that are no longer the present ones is dropped.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from ach_desk.model import Analysis
from ach_desk.scoring import open_points, sheet_findings, source_findings, step_findings
from ach_desk.ui.text import glyph_findings
from ach_desk.ui.whole_analysis import every_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from ach_desk.commands import Change
    from ach_desk.scoring import Assessment, Finding, Points, RatingTable
    from ach_desk.scoring.near_duplicates import Alike
    from ach_desk.ui.session import Session

FEW_CELLS = 10_000
"""What so many cells give rise to is found within a frame or two."""

_LANE = "points"
_T = TypeVar("_T")


class _Facts(NamedTuple):
    """All that findings are made of. `on_grades`: what is known already; `texts`: whether they have to be read.

    `rated`: the ratings as the sheet has them, where `assessment` may be of a what-if.
    """

    analysis: Analysis
    matrix: str
    analyst: str
    assessment: Assessment
    rated: RatingTable
    alike: tuple[Alike, ...]
    today: date
    on_grades: list[Finding] | None
    texts: bool


class _Found(NamedTuple):
    """What was found, in the order in which it is shown, but for what only Qt can say: which glyphs are missing.

    `characters` are those that a font may lack; None where the texts were not read.
    """

    before: Points
    after: Points
    on_grades: list[Finding]
    characters: frozenset[str] | None


class Pointing:
    """The points of what is in front. `points` are those of the present state, `soon` may be those of just before."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._points: Points | None = None
        self._last: Points | None = None
        self._on_grades: list[Finding] | None = None
        self._on_glyphs: list[Finding] | None = None
        self._of_records: dict[str, Any] = {}
        self._state = 0
        self._asked: int | None = None

    @property
    def points(self) -> Points:
        """Return the points of the present state; made when first asked for."""
        if self._points is not None:
            return self._points
        return self._take(_found(self._facts(self._session.analysis)))

    def soon(self) -> Points | None:
        """Return the points; of a large matrix those of before, until `session.points_known` says that there are new.

        None where none were made yet. Without a door to the background they are made at once.
        """
        session = self._session
        door = session.likeness.door
        if self._points is not None or door is None or session.assessment.table.codes.size <= FEW_CELLS:
            return self.points
        session.likeness.alike()
        # While what is alike is looked for they would be made in vain: then they are asked for again.
        if self._asked != self._state and not session.likeness.is_looking:
            self._asked = self._state
            background, owner = door
            facts = self._facts(session.front_copy())
            take = partial(self._take_if_present, self._state)
            background.run(lambda _cancel: _found(facts), take, _fail, lane=f"{_LANE}/{id(self)}", owner=owner)
        return self._last

    def forget(self, change: Change | None = None) -> None:
        """Let the findings be made again; those on grades and texts only where `change` may alter their outcome."""
        self._state += 1
        self._points = None
        if change is None or change.touches_records:
            self._of_records.clear()
        if change is None or any(source_findings.depends_on(ref.kind, ref.field) for ref in change.fields):
            self._on_grades = None
        if change is not None and not change.fields and self._on_glyphs == []:
            # Nothing was missing before: ratings can only add what is missing in their own reasons.
            matrix = self._session.analysis.matrix
            ratings = (matrix(cell.matrix).rating(*cell[1:]) for cell in change.cells)
            if not glyph_findings(rating.rationale for rating in ratings if rating is not None):
                return
        self._on_glyphs = None

    def of_records(self, name: str, find: Callable[[], _T]) -> _T:
        """Return what `find` finds in the records that are shown; it is asked again once one of them has changed.

        For what is asked behind every key press: a rating changes none, and ten thousand items take a while to look at.
        """
        if name not in self._of_records:
            self._of_records[name] = find()
        return self._of_records[name]

    def begin_anew(self) -> None:
        """Forget everything: another analysis is in front."""
        self._last = None
        self.forget()

    def _facts(self, analysis: Analysis) -> _Facts:
        session = self._session
        return _Facts(
            analysis=analysis,
            matrix=session.matrix.id,
            analyst=session.analyst,
            assessment=session.assessment,
            rated=session.as_rated.table,
            alike=tuple(session.likeness.alike()),
            today=session.today(),
            on_grades=self._on_grades,
            texts=self._on_glyphs is None,
        )

    def _take_if_present(self, state: int, found: _Found) -> None:
        if state == self._state and self._points is None:
            self._take(found)
            self._session.points_known.emit()

    def _take(self, found: _Found) -> Points:
        session = self._session
        self._on_grades = found.on_grades
        if self._on_glyphs is None:
            self._on_glyphs = glyph_findings(found.characters or ())
        parts = (
            found.before,
            open_points.sorted_out(session.analysis, session.matrix.id, self._on_glyphs),
            found.after,
        )
        self._points = self._last = open_points.Points(
            tuple(point for part in parts for point in part.open),
            tuple(point for part in parts for point in part.aside),
        )
        return self._points


def _fail(error: Exception) -> None:
    raise error  # as it would be raised where they are made at once


def _found(facts: _Facts) -> _Found:
    """Return what there is to find; without Qt and without anything that changes meanwhile."""
    analysis, assessment = facts.analysis, facts.assessment
    matrix = analysis.matrix(facts.matrix)
    on_grades = (
        source_findings.grade_findings(analysis, assessment.items) if facts.on_grades is None else facts.on_grades
    )
    before = sheet_findings.all_findings(
        analysis, matrix, facts.analyst, assessment, facts.alike, on_grades, facts.rated
    )
    after = step_findings.step_findings(analysis, matrix, assessment, facts.today)
    characters = None
    if facts.texts:
        texts = every_text(analysis, matrix, facts.analyst)
        characters = frozenset(character for text in texts if not text.isascii() for character in text)
    return _Found(
        open_points.sorted_out(analysis, matrix.id, before),
        open_points.sorted_out(analysis, matrix.id, after),
        on_grades,
        characters,
    )
