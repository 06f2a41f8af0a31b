"""Projects of Intel Workbench, as its page Export writes them.

The structure is described by the types of the program (github.com/solomonneas/intel-workbench, src/types/index.ts and
src/store/useProjectStore.ts, 2026): a project with name, description, achMatrices and biasChecklists; a matrix with
name, hypotheses (id, name, description, confidence, confidenceJustification, attackTechniques), evidence (id,
description, source, credibility, relevance, attackTechniques) and ratings (evidence id -> hypothesis id -> C, I, N,
NA). A cell without a rating is missing there, so that it stays unrated here.
"""

from __future__ import annotations

from typing import Any

from ach_desk.exchange.bounds import clean, clean_line
from ach_desk.exchange.draft import Draft
from ach_desk.exchange.formats import Incoming
from ach_desk.exchange.json_files import by_key, key_of, level_of_word, objects, report_other_keys
from ach_desk.i18n import _, ngettext
from ach_desk.model import Analyst, EvidenceItem, Hypothesis, Matrix, Rating, RatingValue

_RATINGS = {
    "C": RatingValue.CONSISTENT,
    "I": RatingValue.INCONSISTENT,
    "N": RatingValue.NEUTRAL,
    "NA": RatingValue.NOT_APPLICABLE,
}
_OF_PROJECT = frozenset({"id", "name", "description", "achMatrices", "biasChecklists", "createdAt", "updatedAt"})
_OF_HYPOTHESIS = frozenset({"id", "name", "description", "confidence", "confidenceJustification", "attackTechniques"})
_OF_ITEM = frozenset({"id", "description", "source", "credibility", "relevance", "attackTechniques"})


def recognised(value: Any) -> bool:
    """Return whether the value is a project of Intel Workbench."""
    return isinstance(value, dict) and isinstance(value.get("achMatrices"), list)


def read(value: dict[str, Any], name: str) -> Incoming:
    """Return the matrices of a project as one analysis."""
    draft = Draft("intel-workbench", key_of(value.get("id")), name)
    draft.analysis.question = clean_line(value.get("name"))
    draft.analysis.description = clean(value.get("description"))
    analyst = draft.analyst(1, "")
    report_other_keys(value, _OF_PROJECT, _("The project"), draft.skip)
    checklists = sum(1 for _checklist in objects(value, "biasChecklists"))
    if checklists:
        text = ngettext("{count} checklist of biases.", "{count} checklists of biases.", checklists)
        draft.skip(text.format(count=checklists))
    for data in objects(value, "achMatrices"):
        _read_matrix(draft, analyst, data)
    return draft.done()


def _read_matrix(draft: Draft, analyst: Analyst, data: dict[str, Any]) -> None:
    key = key_of(data.get("id"))
    matrix = draft.matrix(key, data.get("name"))
    matrix.sheets[analyst.id] = {}
    columns, rows = (by_key(objects(data, name), "id", draft.skip) for name in ("hypotheses", "evidence"))
    hypotheses = {name: _hypothesis(draft, f"{key}\n{name}", entry) for name, entry in columns}
    items = {name: _item(draft, f"{key}\n{name}", entry) for name, entry in rows}
    matrix.hypotheses = [entry.id for entry in hypotheses.values()]
    matrix.evidence = [entry.id for entry in items.values()]
    ratings = data.get("ratings")
    for row, cells in ratings.items() if isinstance(ratings, dict) else ():
        for column, word in cells.items() if isinstance(cells, dict) else ():
            if row in items and column in hypotheses:
                _rate(draft, matrix, analyst, items[row], hypotheses[column], word)
            else:
                draft.skip(_("{matrix}: a rating of something that is not there.").format(matrix=matrix.name))


def _hypothesis(draft: Draft, key: str, data: dict[str, Any]) -> Hypothesis:
    said = [clean(data.get("confidence")), clean(data.get("confidenceJustification"))]
    note = ": ".join(filter(None, said))
    techniques = _techniques(data)
    hypothesis = draft.hypothesis(
        key,
        data.get("name"),
        statement=clean(data.get("description")),
        note="\n".join(filter(None, [note, " ".join(techniques)])),
    )
    report_other_keys(data, _OF_HYPOTHESIS, hypothesis.label, draft.skip)
    if note:
        draft.change_each(_("A confidence in a hypothesis is a note on it here: {places}."), hypothesis.label)
    return hypothesis


def _item(draft: Draft, key: str, data: dict[str, Any]) -> EvidenceItem:
    item = draft.item(
        key,
        data.get("description"),
        credibility=level_of_word(data.get("credibility")),
        relevance=level_of_word(data.get("relevance")),
        citations=draft.cite(data.get("source")),
        tags=_techniques(data),
    )
    report_other_keys(data, _OF_ITEM, item.label, draft.skip)
    return item


def _techniques(data: dict[str, Any]) -> tuple[str, ...]:
    entries = data.get("attackTechniques")
    texts = map(clean_line, entries) if isinstance(entries, list) else ()
    return tuple(dict.fromkeys(f"attack:{text[:40]}" for text in texts if text))


def _rate(
    draft: Draft, matrix: Matrix, analyst: Analyst, item: EvidenceItem, hypothesis: Hypothesis, word: object
) -> None:
    value = _RATINGS.get(clean(word))
    if value is None:
        text = _("{item} under {hypothesis}: “{text}” is no rating; the cell is unrated.")
        draft.skip(text.format(item=item.label, hypothesis=hypothesis.label, text=clean_line(word)[:40]))
        return
    draft.rate(matrix, analyst, item, hypothesis, Rating(value))
