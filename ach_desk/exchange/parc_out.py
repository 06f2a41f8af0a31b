"""Writes what PARC ACH's files are publicly known to hold (`parc`): for handing over, and read back without loss.

Such files are gzip, UTF-16 and XML. Their form is known from the import page of Open Source ACH alone, which asks for
no certain name of the root. Whether PARC ACH itself opens one could not be tried, and every export says so
(docs/adr/0033).
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from xml.sax.saxutils import escape

from ach_desk.exchange.formats import Outgoing
from ach_desk.exchange.left_out import left_out
from ach_desk.exchange.parc import EPOCH, TYPE_TAG, WORDS_OF_MOMENT
from ach_desk.i18n import _, join_some
from ach_desk.model import Analysis, EvidenceItem, EvidenceKind, Hypothesis, Matrix, Rating, RatingValue
from ach_desk.model.method_settings import DEFAULT_METHOD, going_by
from ach_desk.model.public import public
from ach_desk.scoring import shown_records

_ROOT = "ACH"
_VALUES = {
    RatingValue.VERY_CONSISTENT: "C C",
    RatingValue.CONSISTENT: "C",
    RatingValue.SLIGHTLY_CONSISTENT: "C",
    RatingValue.NEUTRAL: "N",
    RatingValue.SLIGHTLY_INCONSISTENT: "I",
    RatingValue.INCONSISTENT: "I",
    RatingValue.VERY_INCONSISTENT: "I I",
    RatingValue.NOT_APPLICABLE: "NA",
}
_HALF_STEPS = {RatingValue.SLIGHTLY_CONSISTENT, RatingValue.SLIGHTLY_INCONSISTENT}
_TYPES = {
    EvidenceKind.ASSUMPTION: "Assumption",
    EvidenceKind.DEDUCTION: "Logical Deduction",
    EvidenceKind.ABSENCE: "Absence of Evidence",
}
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MILLISECOND = timedelta(milliseconds=1)
_MOST_NAMED = 8
_HELD = ("code", "credibility", "flag", "kind", "link", "note", "relevance")


def write_parc(analysis: Analysis, matrix: Matrix, analyst: str) -> Outgoing:
    """Return the bytes of an ``.achz``: every matrix, `matrix` first, with the ratings of `analyst` (an id).

    What the format has no place for is said: in the notes of the items, left out, or read otherwise.
    """
    shown = public(analysis)
    matrices = sorted(shown.matrices, key=lambda entry: entry.id != matrix.id)
    parts = [
        '<?xml version="1.0" encoding="UTF-16"?>',
        f"<{_ROOT}>",
        _element("PROJECT-TITLE", shown.question),
        _element("CLASSIFICATION", shown.marking) if shown.marking else "",
        *(line for number, entry in enumerate(matrices, 1) for line in _matrix(shown, entry, number, analyst)),
        f"</{_ROOT}>\n",
    ]
    text = "\n".join(filter(None, parts))
    lost = dict.fromkeys(line for entry in matrices for line in _left_out(shown, entry, analyst))
    problems = dict.fromkeys(line for entry in matrices for line in _half_steps(shown, entry, analyst))
    return Outgoing(
        gzip.compress(text.encode("utf-16"), mtime=0), tuple(lost), tuple(problems), tuple(_notes(shown, matrices))
    )


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(_UNWRITABLE.sub(chr(0xFFFD), text))}</{name}>"


def _matrix(analysis: Analysis, matrix: Matrix, number: int, analyst: str) -> Iterator[str]:
    items, hypotheses = shown_records(analysis, matrix)
    yield "<MATRIX>"
    if matrix.name != _("Matrix {number}").format(number=number):
        yield _element("NAME", matrix.name)
    for hypothesis in hypotheses:
        yield f"<HYPOTHESIS>{_element('NAME', hypothesis.title)}</HYPOTHESIS>"
    for item in items:
        yield _item(analysis, matrix, item, hypotheses, analyst)
    yield "</MATRIX>"


def _item(
    analysis: Analysis, matrix: Matrix, item: EvidenceItem, hypotheses: Iterable[Hypothesis], analyst: str
) -> str:
    ratings = (matrix.rating(analyst, item.id, hypothesis.id) for hypothesis in hypotheses)
    fields = {
        "NOTES": "\n\n".join(filter(None, [item.note, *_further(analysis, item)])),
        "LINK": item.link,
        "TYPE": _type(item),
        "DATE": str(_moment(item) or ""),
        "CODE": item.code,
        "FLAG": "1" if item.flag else "",
        "CREDIBILITY": item.credibility.name if item.credibility else "",
        "RELEVANCE": item.relevance.name if item.relevance else "",
    }
    held = "".join(_element(name, text) for name, text in fields.items() if text)
    values = ",".join(map(_value, ratings))
    return f"<EVIDENCE>{_element('NAME', item.title)}{held}<VALUES>{values}</VALUES></EVIDENCE>"


def _value(rating: Rating | None) -> str:
    return _VALUES[rating.value] if rating is not None and rating.value is not None else ""


def _further(analysis: Analysis, item: EvidenceItem) -> Iterator[str]:
    """Yield what has no element of its own and goes into the notes: what a colleague needs to judge the item."""
    yield item.detail
    if item.quotation:
        yield f"“{item.quotation}”"
    names = [analysis.sources[entry.source].name for entry in item.citations if entry.source in analysis.sources]
    if any(names):
        yield _("Source: {names}").format(names="; ".join(filter(None, names)))


def _type(item: EvidenceItem) -> str:
    """Return what the column Type said in PARC ACH, else the word there for a kind that is no plain evidence."""
    said = (tag.removeprefix(TYPE_TAG) for tag in item.tags if tag.startswith(TYPE_TAG))
    return next(said, _TYPES.get(item.kind, ""))


def _moment(item: EvidenceItem) -> int:
    """Return the date in milliseconds since 1970: the moment kept in words, else midnight; 0 for what is no day."""
    if item.event_date is None or len(item.event_date) < len("2023-06-23") or item.event_end:
        return 0
    said = WORDS_OF_MOMENT.fullmatch(item.event_words)
    text = said[1] if said and said[1].startswith(item.event_date) else item.event_date
    return (datetime.fromisoformat(f"{text}+00:00" if said else f"{text}T00:00:00+00:00") - EPOCH) // _MILLISECOND


def _left_out(analysis: Analysis, matrix: Matrix, analyst: str) -> Iterator[str]:
    """Yield what a csv file of this matrix leaves out, less what PARC ACH has a place for, and its dates."""
    copy = analysis.snapshot()
    elsewhere = {
        key for other in copy.matrices if other.id != matrix.id for key in (*other.evidence, *other.hypotheses)
    }
    elsewhere -= {*matrix.evidence, *matrix.hypotheses}
    copy.evidence = {key: entry for key, entry in copy.evidence.items() if key not in elsewhere}
    copy.hypotheses = {key: entry for key, entry in copy.hypotheses.items() if key not in elsewhere}
    copy.matrices = [entry for entry in copy.matrices if entry.id == matrix.id]
    copy.question = ""
    only = copy.matrices[0]
    only.method_settings = going_by(DEFAULT_METHOD, only.method_settings)  # PARC ACH adds up in a way of its own
    items, _hypotheses = shown_records(copy, copy.matrices[0])
    undated = [item.label for item in items if item.event_date and not _moment(item)]
    for item in items:
        kept = {name: EvidenceItem.model_fields[name].default for name in _HELD}
        tags = tuple(tag for tag in item.tags if not tag.startswith(TYPE_TAG))
        words = "" if WORDS_OF_MOMENT.fullmatch(item.event_words) else item.event_words
        notes = {"detail": "", "quotation": ""}
        copy.evidence[item.id] = item.model_copy(update={**kept, **notes, "tags": tags, "event_words": words})
    yield from left_out(copy, copy.matrices[0], analyst)
    if undated:
        text = _("the date of {labels}, which is no single day")
        yield text.format(labels=join_some(undated, _MOST_NAMED))


def _half_steps(analysis: Analysis, matrix: Matrix, analyst: str) -> Iterator[str]:
    items, hypotheses = shown_records(analysis, matrix)
    places = [
        f"{item.label}/{hypothesis.label}"
        for item in items
        for hypothesis in hypotheses
        if (rating := matrix.rating(analyst, item.id, hypothesis.id)) is not None and rating.value in _HALF_STEPS
    ]
    if places:
        text = _("PARC ACH has no C- and I-; they were written as C and I: {places}.")
        yield text.format(places=join_some(places, _MOST_NAMED))


def _notes(analysis: Analysis, matrices: Iterable[Matrix]) -> Iterator[str]:
    items = {item.id: item for matrix in matrices for item in shown_records(analysis, matrix)[0]}
    folded = [item.label for item in items.values() if any(_further(analysis, item))]
    if folded:
        text = _("Details, quotations and sources were written into the notes: {labels}.")
        yield text.format(labels=join_some(folded, _MOST_NAMED))
    yield _("The form of these files is publicly known from one reader alone. Whether PARC ACH opens it was not tried.")
