"""PARC ACH's own files, .ach and .achz: read as far as their form is publicly known.

The form is known from one reader of it, the import page of Open Source ACH (github.com/Burton/
Analysis-of-Competing-Hypotheses, import_action.php, 2010): gzip, UTF-16, XML with PROJECT-TITLE, CLASSIFICATION,
LAST-INDEX, COLOR-SCHEME and MATRIX; in that HYPOTHESIS with NAME, and EVIDENCE with NAME, NOTES, LINK, TYPE, DATE
(milliseconds since 1970, 0 is none), CODE, FLAG (1), CREDIBILITY (HIGH, MEDIUM, LOW) and VALUES (a list with commas in
the order of the hypotheses: I I, I, NA, N, C, C C, or nothing). RELEVANCE is not read there; the program has it, so it
is read here the way of CREDIBILITY. The name of the root is not known and does not matter to reading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree.ElementTree import Element

from ach_desk.exchange.bounds import clean, clean_line, decoded, parsed_xml, unpacked
from ach_desk.exchange.draft import Draft
from ach_desk.exchange.formats import Incoming, RefusedFileError
from ach_desk.i18n import _, join_words
from ach_desk.model import Analyst, EvidenceItem, EvidenceKind, Hypothesis, Level, Rating, RatingValue

TYPE_TAG = "type:"
"""Begins the tag that keeps what the column Type says."""

_JAVA_OBJECTS = b"\xac\xed"
_RATINGS = {
    "CC": RatingValue.VERY_CONSISTENT,
    "C": RatingValue.CONSISTENT,
    "N": RatingValue.NEUTRAL,
    "I": RatingValue.INCONSISTENT,
    "II": RatingValue.VERY_INCONSISTENT,
    "NA": RatingValue.NOT_APPLICABLE,
    "N/A": RatingValue.NOT_APPLICABLE,
}
KINDS = {
    "assumption": EvidenceKind.ASSUMPTION,
    "assu": EvidenceKind.ASSUMPTION,
    "logical deduction": EvidenceKind.DEDUCTION,
    "deduction": EvidenceKind.DEDUCTION,
    "absence of evidence": EvidenceKind.ABSENCE,
}
_LEVELS = {level.value.upper(): level for level in Level}
_OF_FILE = {"PROJECT-TITLE", "CLASSIFICATION", "LAST-INDEX", "COLOR-SCHEME", "MATRIX"}
_OF_THE_WINDOW = {"LAST-INDEX", "COLOR-SCHEME"}
_OF_MATRIX = {"HYPOTHESIS", "EVIDENCE", "NAME"}
_OF_HYPOTHESIS = {"NAME"}
_OF_EVIDENCE = {"NAME", "NOTES", "LINK", "TYPE", "DATE", "CODE", "FLAG", "CREDIBILITY", "RELEVANCE", "VALUES"}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WORDS_OF_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?) UTC", re.ASCII)
"""How a moment that is no midnight is kept in the words of a date."""


def read_parc(data: bytes, name: str) -> Incoming:
    """Return the analysis in a file of PARC ACH, every matrix of it, with a report.

    An empty cell stays unrated. What the file holds beyond what is known is named with its place. Raises
    RefusedFileError for what is no such file.
    """
    text = unpacked(data, name)
    if text.startswith(_JAVA_OBJECTS):
        sentence = _("{file} holds Java objects, which only PARC ACH itself can read. Save it there as .achz.")
        raise RefusedFileError(sentence.format(file=name))
    root = parsed_xml(decoded(text, name), name)
    matrices = [child for child in root if child.tag == "MATRIX"]
    if not matrices:
        sentence = _("{file} has no MATRIX in it, so it is no file of PARC ACH, and was not read.")
        raise RefusedFileError(sentence.format(file=name))
    title = clean_line(root.findtext("PROJECT-TITLE"))
    draft = Draft("parc-ach", title, name)
    draft.analysis.question = title
    draft.analysis.marking = clean_line(root.findtext("CLASSIFICATION"))
    analyst = draft.analyst(1, "")
    _report_of_file(draft, root)
    for number, element in enumerate(matrices, 1):
        _read_matrix(draft, analyst, element, number, several=len(matrices) > 1)
    return draft.done()


def _report_of_file(draft: Draft, root: Element) -> None:
    window = sorted({child.tag for child in root if child.tag in _OF_THE_WINDOW})
    if window:
        text = _("Of the program's own window and counting: {names}.")
        draft.skip(text.format(names=join_words(window)))
    _report_unknown(draft, root, _OF_FILE, _("The file"))


def _report_unknown(draft: Draft, element: Element, known: set[str], place: str) -> None:
    """Say of every child that is not known what it holds, and of every attribute: nothing is lost in silence."""
    for child in element:
        if child.tag not in known or len(child):
            if child.tag in ("MATRIX", "HYPOTHESIS", "EVIDENCE") and child.tag in known:
                continue
            held = clean_line(" ".join(child.itertext()))[:80]
            text = _("{place}: the element {name} is not known and was left out: “{held}”.")
            draft.skip(text.format(place=place, name=clean_line(str(child.tag))[:60], held=held))
    for key, value in element.attrib.items():
        text = _("{place}: the attribute {name} is not known and was left out: “{held}”.")
        draft.skip(text.format(place=place, name=clean_line(key)[:60], held=clean_line(value)[:80]))


def _read_matrix(draft: Draft, analyst: Analyst, element: Element, number: int, *, several: bool) -> None:
    matrix = draft.matrix(number, element.findtext("NAME"))
    place = _("Matrix {number}").format(number=number)
    _report_unknown(draft, element, _OF_MATRIX, place)
    matrix.hypotheses = [entry.id for entry in _hypotheses(draft, element, place)]
    matrix.sheets[analyst.id] = {}
    hypotheses = [draft.analysis.hypotheses[entry] for entry in matrix.hypotheses]
    seen: Counter[str] = Counter()
    for row, child in enumerate(element.findall("EVIDENCE"), 1):
        where = _("{matrix}, item {number}") if several else _("Item {number}")
        item = _item(draft, child, seen, where.format(matrix=place, number=row))
        matrix.evidence.append(item.id)
        for hypothesis, value in zip(hypotheses, _values(draft, child, len(hypotheses), item.label), strict=True):
            if value is not None:
                draft.rate(matrix, analyst, item, hypothesis, Rating(value))


def _hypotheses(draft: Draft, element: Element, place: str) -> Iterator[Hypothesis]:
    """Yield one per column; the same name in another matrix is the same hypothesis, twice in one are two."""
    seen: Counter[str] = Counter()
    for child in element.findall("HYPOTHESIS"):
        title = clean_line(child.findtext("NAME"))
        seen[title] += 1
        hypothesis = draft.hypothesis(f"{title}\n{seen[title]}", title)
        _report_unknown(draft, child, _OF_HYPOTHESIS, f"{place}, {hypothesis.label}")
        yield hypothesis


def _item(draft: Draft, element: Element, seen: Counter[str], place: str) -> EvidenceItem:
    """Return the item of a row; the very same row in another matrix is the same item."""
    _report_unknown(draft, element, _OF_EVIDENCE, place)
    texts = {name: clean(element.findtext(name)) for name in _OF_EVIDENCE - {"VALUES"}}
    key = "\n".join(f"{name}={text}" for name, text in sorted(texts.items()))
    seen[key] += 1
    fields: dict[str, Any] = {
        "note": texts["NOTES"],
        "link": texts["LINK"],
        "code": texts["CODE"],
        "flag": _flag(draft, texts["FLAG"], place),
        **_kind(texts["TYPE"]),
        **_date(draft, texts["DATE"], place),
    }
    for field in ("CREDIBILITY", "RELEVANCE"):
        fields[field.lower()] = _level(draft, texts[field], field, place)
    return draft.item(f"{key}\n{seen[key]}", texts["NAME"], **fields)


def _kind(text: str) -> dict[str, Any]:
    """Return the kind that the column Type stands for, and the tag that keeps its words where they say more."""
    kind = KINDS.get(text.casefold(), EvidenceKind.EVIDENCE)
    tags = (TYPE_TAG + " ".join(text.split()),) if text else ()
    return {"kind": kind, "tags": tags}


def _flag(draft: Draft, text: str, place: str) -> bool:
    if text.casefold() not in ("", "0", "1", "true", "false"):
        draft.skip(_("{place}: the flag “{text}” was not understood.").format(place=place, text=text[:40]))
    return text.casefold() in ("1", "true")


def _level(draft: Draft, text: str, field: str, place: str) -> Level | None:
    level = _LEVELS.get(text.upper())
    if text and level is None:
        sentence = _("{place}: {field} “{text}” was not understood and is not set.")
        draft.skip(sentence.format(place=place, field=field, text=text[:40]))
    return level


def _date(draft: Draft, text: str, place: str) -> dict[str, Any]:
    """Return the day of a moment in milliseconds, in UTC, and the moment in words where it is no midnight.

    The program kept moments without the zone of the clock that they were read from: no day is guessed.
    """
    if text in ("", "0"):
        return {}
    try:
        moment = EPOCH + timedelta(milliseconds=int(text[:20]))
    except (ValueError, OverflowError):
        sentence = _("{place}: the date “{text}” was not understood and was left out.")
        draft.skip(sentence.format(place=place, text=text[:40]))
        return {}
    day = moment.date().isoformat()
    if moment == moment.replace(hour=0, minute=0, second=0, microsecond=0):
        return {"event_date": day}
    sentence = _("The day in UTC was taken, as the file does not say which clock was meant: {places}.")
    draft.change_each(sentence, place)
    return {"event_date": day, "event_words": f"{moment.replace(tzinfo=None).isoformat(' ')} UTC"}


def _values(draft: Draft, element: Element, width: int, label: str) -> Sequence[RatingValue | None]:
    """Return one rating per hypothesis; None where the file has nothing, or something that is no rating."""
    entries = [entry.strip() for entry in clean(element.findtext("VALUES")).split(",")]
    if len(entries) > width and any(entries[width:]):
        text = _("{label} has {count} ratings for {width} hypotheses; those beyond were left out.")
        draft.skip(text.format(label=label, count=len(entries), width=width))
    values: list[RatingValue | None] = []
    for column, entry in enumerate((entries + [""] * width)[:width], 1):
        value = _RATINGS.get("".join(entry.split()).upper())
        if entry and value is None:
            text = _("{label} under hypothesis {column}: “{text}” is no rating; the cell is unrated.")
            draft.skip(text.format(label=label, column=column, text=entry[:40]))
        values.append(value)
    return values
