"""Boards of Open Synthesis, as the ``dumpdata`` of its Django installation writes them.

The program has no export of its own; whoever runs an installation gets this file with ``manage.py dumpdata openach``.
The records are described by openach/models.py (github.com/twschiller/open-synthesis): board (board_title,
board_desc), hypothesis (board, hypothesis_text), evidence (board, evidence_desc, event_date), evidencesource
(evidence, source_url, source_title, source_date, corroborating) and evaluation (board, hypothesis, evidence, user,
value: 0 N/A, 1 very inconsistent ... 5 very consistent). What was removed carries ``removed``. One sheet per person,
whose names are not in those records.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ach_desk.exchange.bounds import clean, clean_line
from ach_desk.exchange.draft import Draft
from ach_desk.exchange.formats import Incoming
from ach_desk.exchange.json_files import by_key, day_of, key_of
from ach_desk.i18n import _, ngettext
from ach_desk.model import Citation, EvidenceItem, Hypothesis, Matrix, Rating, RatingValue, Stance

_RATINGS = (
    RatingValue.NOT_APPLICABLE,
    RatingValue.VERY_INCONSISTENT,
    RatingValue.INCONSISTENT,
    RatingValue.NEUTRAL,
    RatingValue.CONSISTENT,
    RatingValue.VERY_CONSISTENT,
)
_APP = "openach."
_USED = ("board", "hypothesis", "evidence", "evidencesource", "evaluation")


def recognised(value: Any) -> bool:
    """Return whether the value is such a list of records with a board among them."""
    return isinstance(value, list) and any(_model(entry) == "board" for entry in value)


def read(value: list[Any], name: str) -> Incoming:
    """Return every board as a matrix of one analysis, with a sheet per person."""
    draft = Draft("open-synthesis", "", name)
    boards = list(_once(draft, value, "board"))
    if len(boards) == 1:
        draft.analysis.question = clean_line(boards[0][1].get("board_title"))
        draft.analysis.description = clean(boards[0][1].get("board_desc"))
    matrices = {
        pk: draft.matrix(pk, fields.get("board_title"), note=clean(fields.get("board_desc"))) for pk, fields in boards
    }
    hypotheses = dict(_hypotheses(draft, value, matrices))
    items = dict(_items(draft, value, matrices))
    _rate(draft, value, matrices, hypotheses, items)
    if not draft.analysis.analysts:
        analyst = draft.analyst(1, "")
        for matrix in matrices.values():
            matrix.sheets[analyst.id] = {}
    _report_rest(draft, value)
    return draft.done()


def _model(entry: Any) -> str:
    """Return which kind of record of the program it is, in small letters; "" for another one."""
    model = entry.get("model") if isinstance(entry, dict) else None
    return model[len(_APP) :].casefold() if isinstance(model, str) and model.startswith(_APP) else ""


def _records(draft: Draft, value: list[Any], model: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for entry in value:
        fields = entry.get("fields") if _model(entry) == model else None
        if not isinstance(fields, dict):
            continue
        if fields.get("removed") is True:
            draft.skip(_("What was removed there: {kind} {number}.").format(kind=model, number=key_of(entry.get("pk"))))
        else:
            yield key_of(entry.get("pk")), fields


def _once(draft: Draft, value: list[Any], model: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the records of a kind that others refer to: one for each number."""
    records = ({"pk": pk, "fields": fields} for pk, fields in _records(draft, value, model))
    for pk, entry in by_key(records, "pk", draft.skip):
        yield pk, entry["fields"]


def _hypotheses(draft: Draft, value: list[Any], matrices: dict[str, Matrix]) -> Iterator[tuple[str, Hypothesis]]:
    for pk, fields in _once(draft, value, "hypothesis"):
        matrix = matrices.get(key_of(fields.get("board")))
        if matrix is not None:
            hypothesis = draft.hypothesis(pk, fields.get("hypothesis_text"))
            matrix.hypotheses.append(hypothesis.id)
            yield pk, hypothesis


def _items(draft: Draft, value: list[Any], matrices: dict[str, Matrix]) -> Iterator[tuple[str, EvidenceItem]]:
    citations: dict[str, list[Citation]] = {}
    for _pk, fields in _records(draft, value, "evidencesource"):
        citations.setdefault(key_of(fields.get("evidence")), []).extend(_citation(draft, fields))
    for pk, fields in _once(draft, value, "evidence"):
        matrix = matrices.get(key_of(fields.get("board")))
        if matrix is not None:
            item = draft.item(
                pk,
                fields.get("evidence_desc"),
                event_date=day_of(fields.get("event_date")),
                citations=tuple(citations.get(pk, ())),
            )
            matrix.evidence.append(item.id)
            yield pk, item


def _citation(draft: Draft, fields: dict[str, Any]) -> tuple[Citation, ...]:
    link = clean_line(fields.get("source_url"))
    more = {"link": link, "note": clean(fields.get("source_description"))}
    source = draft.source(clean_line(fields.get("source_title")) or link, **{k: v for k, v in more.items() if v})
    if source is None:
        return ()
    stance = Stance.CONFLICTING if fields.get("corroborating") is False else Stance.SUPPORTING
    return (Citation(source=source.id, stance=stance, date=day_of(fields.get("source_date"))),)


def _rate(
    draft: Draft,
    value: list[Any],
    matrices: dict[str, Matrix],
    hypotheses: dict[str, Hypothesis],
    items: dict[str, EvidenceItem],
) -> None:
    for _pk, fields in _records(draft, value, "evaluation"):
        matrix = matrices.get(key_of(fields.get("board")))
        hypothesis, item = hypotheses.get(key_of(fields.get("hypothesis"))), items.get(key_of(fields.get("evidence")))
        vote = fields.get("value")
        if matrix is None or hypothesis is None or item is None:
            continue
        if isinstance(vote, bool) or not isinstance(vote, int) or not 0 <= vote < len(_RATINGS):
            text = _("{item} under {hypothesis}: “{text}” is no rating; the cell is unrated.")
            draft.skip(text.format(item=item.label, hypothesis=hypothesis.label, text=key_of(vote)[:40]))
            continue
        user = key_of(fields.get("user"))
        analyst = draft.analyst(user, _("User {number}").format(number=user))
        draft.rate(matrix, analyst, item, hypothesis, Rating(_RATINGS[vote]))


def _report_rest(draft: Draft, value: list[Any]) -> None:
    rest: dict[str, int] = {}
    for entry in value:
        model = clean_line(entry.get("model"))[:60] if isinstance(entry, dict) else ""
        if _model(entry) not in _USED:
            rest[model] = rest.get(model, 0) + 1
    for model, count in sorted(rest.items()):
        text = ngettext("{count} record of the kind {kind}.", "{count} records of the kind {kind}.", count)
        draft.skip(text.format(count=count, kind=model or "?"))
