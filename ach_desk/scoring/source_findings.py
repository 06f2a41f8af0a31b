"""What the program points out about sources and their grades, each in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from ach_desk.i18n import _, join_some, ngettext
from ach_desk.model import (
    Analysis,
    Citation,
    Directness,
    EvidenceItem,
    GradingScheme,
    Level,
    Matrix,
    Scenario,
    Source,
    Stance,
)
from ach_desk.model.citing import rests_alone_on, supports
from ach_desk.model.grade_words import grade_symbol, said_grade, source_grade
from ach_desk.scoring.assessment import Assessment
from ach_desk.scoring.comparison import effect_words
from ach_desk.scoring.credibility import Grading, grading_of, stale_items
from ach_desk.scoring.findings import Finding
from ach_desk.scoring.inconsistency import INCONSISTENCY_POINTS, TIE_TOLERANCE
from ach_desk.scoring.resting import NOTHING_FALLS
from ach_desk.scoring.whatif import under

_MOST_NAMED = 4
_MOST_DECIDING = 3
_FEW_GRADES = 5
"""So many graded reports at least before their lying on the diagonal says anything."""
_CLASH = 3
"""So many steps between reliability and credibility are a clash: A4, A5, B5, D1, E1, E2."""

_STEPS = {grade: step for grades in ("ABCDE", "12345") for step, grade in enumerate(grades)}
"""The place of each Admiralty grade on its scale; F and 6 have none."""

_GRADING_KINDS = frozenset({"source", "analysis", "scenario"})
_GRADING_FIELDS = frozenset({"label", "citations", "credibility", "credibility_from_grades", "status"})

Cited = tuple[EvidenceItem, Citation]
Graded = tuple[EvidenceItem, Source, Citation, int]
"""A citation with both grades, and the steps from reliability to credibility."""


def grade_findings(analysis: Analysis, items: Sequence[EvidenceItem]) -> list[Finding]:
    """Return the findings on the sources of items that no rating touches; none where nothing is cited."""
    if not analysis.sources:
        return []
    told = list(_told(analysis, items))
    graded = list(_graded(analysis, told))
    return [
        *_retracted(analysis, told),
        *_stale(items, grading_of(analysis)),
        *_clashes(analysis, graded),
        *_diagonal(graded),
    ]


def depends_on(kind: str, field: str) -> bool:
    """Return whether `grade_findings` may be others when that field of a record changes."""
    return kind in _GRADING_KINDS or (kind == "evidence" and field in _GRADING_FIELDS)


def _told(analysis: Analysis, items: Iterable[EvidenceItem]) -> Iterator[Cited]:
    """Yield the citations of counted items that a finding may be about: graded, or taken back."""
    back = {source.id for source in analysis.sources.values() if source.retracted}
    for item in items:
        for citation in item.citations:
            said = citation.credibility is not None or citation.retracted or citation.source in back
            if said and item.is_counted:
                yield item, citation


def _retracted(analysis: Analysis, told: list[Cited]) -> Iterator[Finding]:
    """Yield what still counts although nothing bears it out but what was taken back."""
    sources = analysis.sources
    found: dict[str, list[EvidenceItem]] = {}
    for item, citation in told:
        back = citation.retracted or (citation.source in sources and sources[citation.source].retracted)
        if back and citation.stance is Stance.SUPPORTING and rests_alone_on(item, (citation.source,), sources):
            found.setdefault(citation.source, []).append(item)
    for source, items in found.items():
        text = ngettext(
            "{source} was retracted, and {items}, which rests on it alone, still counts.",
            "{source} was retracted, and {items}, which rest on it alone, still count.",
            len(items),
        )
        label = sources[source].label if source in sources else "?"
        text = text.format(source=label, items=_named(items))
        yield Finding("retracted_counts", text, evidence=_ids(items), others=(source,))


def _stale(items: Iterable[EvidenceItem], grading: Grading) -> Iterator[Finding]:
    stale = stale_items(items, grading)
    if stale:
        text = ngettext(
            "The credibility of {items} is no longer what the grades propose.",
            "The credibility of {items} is no longer what the grades propose.",
            len(stale),
        )
        yield Finding("credibility_stale", text.format(items=_named(stale)), evidence=_ids(stale))


def _graded(analysis: Analysis, told: list[Cited]) -> Iterator[Graded]:
    """Yield what has both grades of the Admiralty code, with the steps from reliability to credibility."""
    if analysis.grading is not GradingScheme.ADMIRALTY:
        return
    letters = {source.id: _STEPS.get(source.reliability or "") for source in analysis.sources.values()}
    for item, citation in told:
        letter, number = letters.get(citation.source), _STEPS.get(citation.credibility or "")
        if letter is not None and number is not None:
            yield item, analysis.sources[citation.source], citation, number - letter


def _clashes(analysis: Analysis, graded: list[Graded]) -> Iterator[Finding]:
    clashing = [entry for entry in graded if abs(entry[3]) >= _CLASH]
    if clashing:
        names = [
            _("{item} ({source}: {grade})").format(
                item=item.label, source=source.label, grade=grade_symbol(source, citation, analysis.grading)
            )
            for item, source, citation, _steps in clashing[:_MOST_NAMED]
        ]
        text = _(
            "Reliability and credibility pull apart: {places}. Such pairs are graded least steadily; look again, "
            "and say why in the reason of the grade."
        )
        items = [entry[0] for entry in clashing]
        yield Finding(
            "grades_clash",
            text.format(places=join_some(names, _MOST_NAMED, len(clashing))),
            evidence=_ids(items),
            others=(clashing[0][1].id,),
        )


def _diagonal(graded: list[Graded]) -> Iterator[Finding]:
    kinds = {entry[2].credibility for entry in graded}
    if len(graded) < _FEW_GRADES or len(kinds) < 2 or any(entry[3] for entry in graded):
        return
    text = _(
        "All {count} grades lie on the diagonal (A1, B2, C3 ...). Judge what is said apart from who says it: "
        "a good source can be wrong, and a bad one right."
    )
    yield Finding("grades_diagonal", text.format(count=len(graded)), evidence=_ids(entry[0] for entry in graded))


def deciding_findings(analysis: Analysis, matrix: Matrix, assessment: Assessment) -> Iterator[Finding]:
    """Yield the items that alone make the leader and that one weak source bears out."""
    grading, found = grading_of(analysis), 0
    for row in deciding_rows(assessment):
        item = assessment.items[row]
        weakness = _weakness(item, grading)
        if not weakness:
            continue
        doubt = Scenario(id=item.id, matrix=matrix.id, name=item.label, left_out=(item.id,))
        statement = effect_words(assessment, under(analysis, assessment, doubt, NOTHING_FALLS))
        text = _("{item} decides the result, and {weakness}. Without {item}, {statement}.")
        text = text.format(item=item.label, weakness=weakness, statement=statement)
        cited = tuple(citation.source for citation in item.citations[:1])
        yield Finding("weak_source_decides", text, evidence=(item.id,), others=cited)
        found += 1
        if found == _MOST_DECIDING:
            return


def deciding_rows(assessment: Assessment) -> list[int]:
    """Return the rows without which another hypothesis would be first, or draw level, or one of several fall behind."""
    table, columns = assessment.table, np.flatnonzero(assessment.comparable)
    if len(columns) < 2:
        return []
    scores = assessment.standing.weighted_inconsistency[columns]
    rows = np.flatnonzero(table.counted & (INCONSISTENCY_POINTS[table.codes[:, columns]] < 0).any(axis=1))
    points = INCONSISTENCY_POINTS[table.codes[np.ix_(rows, columns)]] * table.weights[rows, None]
    rest = scores - points
    first = rest.max(axis=1, keepdims=True) - rest <= TIE_TOLERANCE
    return rows[(first != (scores.max() - scores <= TIE_TOLERANCE)).any(axis=1)].tolist()


def _weakness(item: EvidenceItem, grading: Grading) -> str:
    """Return as part of a sentence why what bears an item out is weak; "" where it is not, or where more than one does.

    An item without any source is not called weak: nothing is known of it.
    """
    if not any(citation.stance is Stance.SUPPORTING for citation in item.citations):
        return ""
    supporting = supports(item, grading.sources)
    if not supporting:
        return _("what bears it out was retracted")
    source = grading.sources.get(supporting[0].source)
    if source is None or len({citation.source for citation in supporting}) > 1:
        return ""
    return _weakness_of(item, source, supporting[0], grading)


def _weakness_of(item: EvidenceItem, source: Source, citation: Citation, grading: Grading) -> str:
    grades = (source_grade(source, grading.scheme), said_grade(citation, grading.scheme))
    if source.suspect:
        text = _("{source}, its only source, is suspect")
    elif any(grading.level(grade) is Level.LOW for grade in grades):
        text = _("{source}, its only source, is graded {grade}")
    elif citation.directness is Directness.SECOND_HAND:
        text = _("{source}, its only source, has it second-hand")
    elif item.credibility is Level.LOW:
        text = _("{source} is its only source, and its credibility is low")
    else:
        return ""
    return text.format(source=source.label, grade=grade_symbol(source, citation, grading.scheme))


def _ids(items: Iterable[EvidenceItem]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.id for item in items))


def _named(items: list[EvidenceItem]) -> str:
    return join_some([item.label for item in items[:_MOST_NAMED]], _MOST_NAMED, len(items))
