"""Analyses of researchtoolspy, as its web service hands them out.

The structure is described by the program (github.com/gitayam/researchtoolspy, frontend-react/functions/api/ach/
index.ts and src/types/ach.ts, 2026): the answer to ``GET /api/ach?id=``, with title, question, description, analyst,
organization, scale_type, hypotheses (id, text, order_num, rationale, source), evidence (evidence_id, evidence_title,
evidence_content, source, date, credibility_score) and scores (hypothesis_id, evidence_id, score, credibility,
relevance, notes). Scores go from -5 to 5 (linear) or over 1, 3, 5, 8 and 13 either way (logarithmic).
"""

from __future__ import annotations

from typing import Any

from ach_desk.exchange.bounds import clean, clean_line
from ach_desk.exchange.draft import Draft
from ach_desk.exchange.formats import Incoming
from ach_desk.exchange.json_files import by_key, day_of, key_of, number_of, objects, report_other_keys
from ach_desk.i18n import _
from ach_desk.model import Analyst, EvidenceItem, Hypothesis, Matrix, Rating, RatingValue

_STEPS = {"logarithmic": (0, 1, 3, 5, 8, 13), "linear": (0, 1, 2, 3, 4, 5)}
_FOR = (
    *(RatingValue.NEUTRAL, RatingValue.SLIGHTLY_CONSISTENT, RatingValue.CONSISTENT, RatingValue.CONSISTENT),
    *(RatingValue.VERY_CONSISTENT, RatingValue.VERY_CONSISTENT),
)
_AGAINST = (
    *(RatingValue.NEUTRAL, RatingValue.SLIGHTLY_INCONSISTENT, RatingValue.INCONSISTENT, RatingValue.INCONSISTENT),
    *(RatingValue.VERY_INCONSISTENT, RatingValue.VERY_INCONSISTENT),
)
_OF_FILE = frozenset(
    {"id", "user_id", "title", "question", "description", "analyst", "organization", "scale_type", "status"}
    | {"created_at", "updated_at", "hypotheses", "evidence", "scores", "workspace_id", "original_workspace_id"}
)
_OF_HYPOTHESIS = frozenset({"id", "ach_analysis_id", "text", "order_num", "rationale", "source", "created_at"})
_OF_ITEM = frozenset(
    {"link_id", "evidence_id", "evidence_title", "evidence_content", "source", "date", "credibility_score"}
)


def recognised(value: Any) -> bool:
    """Return whether the value is such an analysis."""
    return (
        isinstance(value, dict)
        and clean(value.get("scale_type")) in _STEPS
        and all(isinstance(value.get(key), list) for key in ("hypotheses", "evidence", "scores"))
    )


def read(value: dict[str, Any], name: str) -> Incoming:
    """Return the analysis; a score that has no place on our scale becomes the nearest one, and the number is kept."""
    draft = Draft("researchtoolspy", key_of(value.get("id")), name)
    draft.analysis.question = clean_line(value.get("question"))
    parts = [clean_line(value.get("title")), clean(value.get("description")), clean_line(value.get("organization"))]
    draft.analysis.description = "\n".join(filter(None, parts))
    report_other_keys(value, _OF_FILE, _("The file"), draft.skip)
    analyst = draft.analyst(1, value.get("analyst"))
    matrix = draft.matrix(1, value.get("title"))
    matrix.sheets[analyst.id] = {}
    ordered = sorted(objects(value, "hypotheses"), key=lambda entry: number_of(entry.get("order_num")) or 0)
    hypotheses = {name: _hypothesis(draft, name, entry) for name, entry in by_key(ordered, "id", draft.skip)}
    rows = by_key(objects(value, "evidence"), "evidence_id", draft.skip)
    items = {name: _item(draft, name, entry) for name, entry in rows}
    matrix.hypotheses = [entry.id for entry in hypotheses.values()]
    matrix.evidence = [entry.id for entry in items.values()]
    for entry in objects(value, "scores"):
        item, hypothesis = (
            items.get(key_of(entry.get("evidence_id"))),
            hypotheses.get(key_of(entry.get("hypothesis_id"))),
        )
        if item is not None and hypothesis is not None:
            _rate(draft, matrix, analyst, item, hypothesis, entry, _STEPS[clean(value["scale_type"])])
        else:
            draft.skip(_("{matrix}: a rating of something that is not there.").format(matrix=matrix.name))
    return draft.done()


def _hypothesis(draft: Draft, key: str, data: dict[str, Any]) -> Hypothesis:
    note = "\n".join(filter(None, [clean(data.get("rationale")), clean(data.get("source"))]))
    hypothesis = draft.hypothesis(key, data.get("text"), note=note)
    report_other_keys(data, _OF_HYPOTHESIS, hypothesis.label, draft.skip)
    return hypothesis


def _item(draft: Draft, key: str, data: dict[str, Any]) -> EvidenceItem:
    score = number_of(data.get("credibility_score"))
    note = _("Credibility there: {number}").format(number=f"{score:g}") if score is not None else ""
    item = draft.item(
        key,
        data.get("evidence_title"),
        detail=clean(data.get("evidence_content")),
        event_date=day_of(data.get("date")),
        citations=draft.cite(data.get("source")),
        note=note,
    )
    if note:
        draft.change_each(_("The credibility is no level and stands in the note: {places}."), item.label)
    report_other_keys(data, _OF_ITEM, item.label, draft.skip)
    return item


def _rate(
    draft: Draft,
    matrix: Matrix,
    analyst: Analyst,
    item: EvidenceItem,
    hypothesis: Hypothesis,
    data: dict[str, Any],
    steps: tuple[int, ...],
) -> None:
    score = number_of(data.get("score"))
    if score is None or abs(score) not in steps:
        text = _("{item} under {hypothesis}: “{text}” is no rating; the cell is unrated.")
        shown = clean_line(str(data.get("score")))[:40]
        draft.skip(text.format(item=item.label, hypothesis=hypothesis.label, text=shown))
        draft.rate(matrix, analyst, item, hypothesis, Rating(None, rationale=clean(data.get("notes"))))
        return
    value = (_FOR if score > 0 else _AGAINST)[steps.index(int(abs(score)))]
    said = _("Score there: {score} of {most}").format(score=f"{score:+g}", most=steps[-1])
    draft.change(
        _(
            "Eleven steps became seven: 1 is C- or I-, the next two C or I, the last two CC or II; "
            "the score itself stands in the rationale."
        )
    )
    rationale = "\n".join(filter(None, [clean(data.get("notes")), said]))
    draft.rate(matrix, analyst, item, hypothesis, Rating(value, rationale=rationale))
