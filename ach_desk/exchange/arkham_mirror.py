"""Matrices of ArkhamMirror, as its export to JSON writes them.

The structure is described by the program's exporter (github.com/mantisfury/ArkhamMirror, packages/arkham-shard-ach/
arkham_shard_ach/export.py and models.py, 2026): metadata (id, title, description, status, tags ...), hypotheses (id,
title, description, column_index, is_lead), evidence (id, description, source, type, credibility and relevance from 0
to 1, row_index), ratings (evidence_id, hypothesis_id, rating of ++ + N - -- N/A, reasoning, confidence from 0 to 1)
and scores. Cells without a rating are missing there.
"""

from __future__ import annotations

from typing import Any

from ach_desk.exchange.bounds import clean, clean_line
from ach_desk.exchange.draft import Draft
from ach_desk.exchange.formats import Incoming
from ach_desk.exchange.json_files import by_key, key_of, level_of_share, number_of, objects, report_other_keys
from ach_desk.i18n import _
from ach_desk.model import Analyst, EvidenceItem, EvidenceKind, Hypothesis, Matrix, Rating, RatingValue

_RATINGS = {
    "++": RatingValue.VERY_CONSISTENT,
    "+": RatingValue.CONSISTENT,
    "N": RatingValue.NEUTRAL,
    "-": RatingValue.INCONSISTENT,
    "--": RatingValue.VERY_INCONSISTENT,
    "N/A": RatingValue.NOT_APPLICABLE,
}
_OF_FILE = frozenset({"metadata", "hypotheses", "evidence", "ratings", "scores"})
_OF_METADATA = frozenset({"id", "title", "description", "created_at", "updated_at", "created_by", "project_id"})
_OF_HYPOTHESIS = frozenset({"id", "title", "description", "column_index", "is_lead"})
_OF_ITEM = frozenset({"id", "description", "source", "type", "credibility", "relevance", "row_index"})


def recognised(value: Any) -> bool:
    """Return whether the value is a matrix of ArkhamMirror."""
    lists = ("hypotheses", "evidence", "ratings")
    return (
        isinstance(value, dict)
        and isinstance(value.get("metadata"), dict)
        and "title" in value["metadata"]
        and all(isinstance(value.get(key), list) for key in lists)
    )


def read(value: dict[str, Any], name: str) -> Incoming:
    """Return the matrix as an analysis of its own."""
    about = value["metadata"]
    draft = Draft("arkham-mirror", key_of(about.get("id")), name)
    draft.analysis.question = clean_line(about.get("title"))
    draft.analysis.description = clean(about.get("description"))
    report_other_keys(value, _OF_FILE, _("The file"), draft.skip)
    report_other_keys(about, _OF_METADATA, _("The matrix"), draft.skip)
    if value.get("scores"):
        draft.skip(_("The scores of the other program; the ratings are scored anew here."))
    analyst = draft.analyst(1, about.get("created_by"))
    matrix = draft.matrix(1, about.get("title"))
    matrix.sheets[analyst.id] = {}
    columns = sorted(objects(value, "hypotheses"), key=lambda entry: number_of(entry.get("column_index")) or 0)
    rows = sorted(objects(value, "evidence"), key=lambda entry: number_of(entry.get("row_index")) or 0)
    hypotheses = {name: _hypothesis(draft, name, entry) for name, entry in by_key(columns, "id", draft.skip)}
    items = {name: _item(draft, name, entry) for name, entry in by_key(rows, "id", draft.skip)}
    matrix.hypotheses = [entry.id for entry in hypotheses.values()]
    matrix.evidence = [entry.id for entry in items.values()]
    for entry in objects(value, "ratings"):
        item, hypothesis = (
            items.get(key_of(entry.get("evidence_id"))),
            hypotheses.get(key_of(entry.get("hypothesis_id"))),
        )
        if item is None or hypothesis is None:
            draft.skip(_("{matrix}: a rating of something that is not there.").format(matrix=matrix.name))
        else:
            _rate(draft, matrix, analyst, item, hypothesis, entry)
    return draft.done()


def _hypothesis(draft: Draft, key: str, data: dict[str, Any]) -> Hypothesis:
    statement = clean(data.get("description"))
    hypothesis = draft.hypothesis(key, data.get("title"), statement=statement)
    report_other_keys(data, _OF_HYPOTHESIS, hypothesis.label, draft.skip)
    return hypothesis


def _item(draft: Draft, key: str, data: dict[str, Any]) -> EvidenceItem:
    kind = clean_line(data.get("type"))
    item = draft.item(
        key,
        data.get("description"),
        kind=EvidenceKind.DEDUCTION if kind == "inference" else EvidenceKind.EVIDENCE,
        tags=(f"type:{kind[:60]}",) if kind else (),
        credibility=level_of_share(data.get("credibility")),
        relevance=level_of_share(data.get("relevance")),
        citations=draft.cite(data.get("source")),
    )
    if item.credibility or item.relevance:
        draft.change_each(_thirds(), item.label)
    report_other_keys(data, _OF_ITEM, item.label, draft.skip)
    return item


def _thirds() -> str:
    return _("Credibility and relevance from 0 to 1 became high (over 0.67), medium or low (under 0.33): {places}.")


def _rate(
    draft: Draft, matrix: Matrix, analyst: Analyst, item: EvidenceItem, hypothesis: Hypothesis, data: dict[str, Any]
) -> None:
    value = _RATINGS.get(clean(data.get("rating")))
    if value is None:
        text = _("{item} under {hypothesis}: “{text}” is no rating; the cell is unrated.")
        shown = clean_line(data.get("rating"))[:40]
        draft.skip(text.format(item=item.label, hypothesis=hypothesis.label, text=shown))
    sure = number_of(data.get("confidence")) == 1
    if sure:
        draft.change(_("A confidence of 1 in a rating, which is that program's default, is not set here."))
    confidence = None if sure else level_of_share(data.get("confidence"))
    rating = Rating(value, rationale=clean(data.get("reasoning")), confidence=confidence if value else None)
    draft.rate(matrix, analyst, item, hypothesis, rating)
