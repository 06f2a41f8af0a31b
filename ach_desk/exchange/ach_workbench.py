"""Projects that the page ACH Digital Workbench keeps in the browser.

The program has no export; the value can be copied from the browser's local storage (``ach-projects-v1``). Its
structure is described by the page (github.com/Adam-Goss/ach, src/js/app.js, 2025): projects, each with name,
hypotheses (id, title, description), evidenceList (id, statement, source, sourceReliability A to F, infoCredibility 1
to 6), matrixRatings (per item a list of 0 CC, 1 C, 2 N/A, 3 I, 4 II) and evidenceActive. 2 is where a cell begins, so
that N/A and not rated are one there: such a cell stays unrated here.
"""

from __future__ import annotations

from typing import Any

from ach_desk.exchange.bounds import clean, clean_line
from ach_desk.exchange.draft import Draft
from ach_desk.exchange.formats import Incoming
from ach_desk.exchange.json_files import key_of, objects
from ach_desk.i18n import _
from ach_desk.model import Analyst, Citation, EvidenceItem, EvidenceStatus, Rating, RatingValue

_RATINGS = (
    RatingValue.VERY_CONSISTENT,
    RatingValue.CONSISTENT,
    None,
    RatingValue.INCONSISTENT,
    RatingValue.VERY_INCONSISTENT,
)


def recognised(value: Any) -> bool:
    """Return whether the value is one such project or the list of them."""
    return _is_project(value) or any(map(_is_project, objects(value, "projects")))


def _is_project(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("evidenceList"), list) and "matrixRatings" in value


def read(value: dict[str, Any], name: str) -> Incoming:
    """Return every project as a matrix of one analysis."""
    projects = [value] if _is_project(value) else list(filter(_is_project, objects(value, "projects")))
    draft = Draft("ach-workbench", "", name)
    if len(projects) == 1:
        draft.analysis.question = clean_line(projects[0].get("name"))
    analyst = draft.analyst(1, "")
    for number, project in enumerate(projects, 1):
        _read_project(draft, analyst, project, number)
    return draft.done()


def _read_project(draft: Draft, analyst: Analyst, project: dict[str, Any], number: int) -> None:
    matrix = draft.matrix(number, project.get("name"))
    matrix.sheets[analyst.id] = {}
    hypotheses = [
        draft.hypothesis(f"{number}\n{place}", entry.get("title"), statement=clean(entry.get("description")))
        for place, entry in enumerate(objects(project, "hypotheses"))
    ]
    matrix.hypotheses = [hypothesis.id for hypothesis in hypotheses]
    active = project.get("evidenceActive")
    rows = project.get("matrixRatings")
    for place, entry in enumerate(objects(project, "evidenceList")):
        item = _item(draft, f"{number}\n{place}", entry, is_active=_at(active, place) is not False)
        matrix.evidence.append(item.id)
        for column, hypothesis in enumerate(hypotheses):
            state = _at(_at(rows, place), column)
            if isinstance(state, bool) or not isinstance(state, int) or not 0 <= state < len(_RATINGS):
                continue
            draft.rate(matrix, analyst, item, hypothesis, Rating(_RATINGS[state]))
            if _RATINGS[state] is None:
                draft.change(_("N/A, where every cell begins in that program, is unrated here."))


def _item(draft: Draft, key: str, entry: dict[str, Any], *, is_active: bool) -> EvidenceItem:
    status = EvidenceStatus.COUNTED if is_active else EvidenceStatus.SET_ASIDE
    citations = _graded(draft, entry)
    item = draft.item(key, entry.get("statement"), citations=citations, status=status)
    if not citations:
        draft.change_each(_("Without a source named there, its grades were left out: {places}."), item.label)
    if not is_active:
        draft.change_each(_("Switched off there and set aside here: {places}."), item.label)
    return item


def _graded(draft: Draft, entry: dict[str, Any]) -> tuple[Citation, ...]:
    reliability, credibility = clean_line(entry.get("sourceReliability")), key_of(entry.get("infoCredibility"))
    source = draft.source(entry.get("source"), **({"reliability": reliability} if reliability else {}))
    if source is None:
        return ()
    known = credibility in {"1", "2", "3", "4", "5", "6"}
    return (Citation.model_validate({"source": source.id, "credibility": credibility if known else None}),)


def _at(entries: Any, place: int) -> Any:
    return entries[place] if isinstance(entries, list) and place < len(entries) else None
