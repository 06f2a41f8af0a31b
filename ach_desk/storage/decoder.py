"""Reading: bytes in, a checked analysis out, or one sentence that says what is wrong where."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from typing import Annotated, Any, NamedTuple, TypeVar

from pydantic import BaseModel, FailFast, TypeAdapter, ValidationError

from ach_desk.i18n import _
from ach_desk.model import (
    RECORD_CLASSES,
    Analysis,
    Id,
    Matrix,
    Rating,
    RatingSheet,
    TrailEntry,
)
from ach_desk.model.analysis import OwnFields
from ach_desk.model.integrity import Problem, problems
from ach_desk.model.rating import check_time
from ach_desk.model.trail import entry_from_json
from ach_desk.storage.complaints import complaint
from ach_desk.storage.early_ratings import put_back, rating_maker, ratings_in_sheets
from ach_desk.storage.encoder import FORMAT, LATER_LISTS, RECORD_LISTS, SHEET_KEYS, VERSION
from ach_desk.storage.errors import NotAnAnalysis, UnreadableFile
from ach_desk.storage.json_text import DefectError, parse, shown, too_deep
from ach_desk.storage.migrations import STEPS, migrate

MAX_BYTES = 256 * 1024 * 1024

_FIELDS_WITH_PARTS = (
    *("citations", "attachments", "relations", "overrides", "standing", "cells"),
    *("bearings", "likelihoods", "own_terms", "prompts"),
)
"""Lists of small objects in a record, which may hold unknown keys of their own."""

_AT_A_TIME = 500
_FIELDS_SET: set[str] = set()
_put = object.__setattr__

_check_id = TypeAdapter(Id).validate_python
_T = TypeVar("_T", bound=BaseModel)


class Loaded(NamedTuple):
    """What a file held. A `newer` one was written by a later version and is to be opened read-only."""

    analysis: Analysis
    version: int
    newer: bool
    problems: tuple[Problem, ...]


def decode(data: bytes, name: str) -> Loaded:
    """Return the analysis in `data`; `name` is the file's name for messages.

    Raises UnreadableFile with a sentence for whatever is not a sound file. Dangling references and labels given twice
    leave a file readable and come back as `problems`.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableFile(too_large(name))
    with _no_collection():
        maker = rating_maker()
        document = parse(data, name, maker.made_of)
        version = _version(document, name)
        if version < VERSION:
            put_back(document, but_sheets=False)  # Steps of migration are written for plain dictionaries.
        elif maker.given() > ratings_in_sheets(document):
            put_back(document, but_sheets=True)
        newer = version > VERSION
        try:
            analysis = _analysis(migrate(document, version, VERSION, STEPS))
        except DefectError as error:
            raise UnreadableFile(_newer(name) if newer else _defect(name, error)) from error
        return Loaded(analysis, version, newer, tuple(problems(analysis)))


def too_large(name: str) -> str:
    """Return the sentence for a file over `MAX_BYTES`."""
    return _(
        "{file} cannot be opened: it is larger than {limit} MB, the most an analysis may have. Is it another file?"
    ).format(file=name, limit=MAX_BYTES // (1024 * 1024))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the garbage collector out: hundreds of thousands of new objects and nothing to collect among them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if gc.get_freeze_count() == 0:
            # Straight to the oldest generation, without the pause in which the collector would walk all of them.
            gc.freeze()
            gc.unfreeze()
        if was_on:
            gc.enable()


def _version(document: Any, name: str) -> int:
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        text = _(
            '{file} cannot be opened: it is not an ACH Desk analysis (no "format": "ach-desk" in it). '
            "Choose another file, or import it."
        )
        raise NotAnAnalysis(text.format(file=name))
    version = document.get("version")
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        text = _(
            "{file} cannot be opened, version: {value} is not a version of the file format. "
            "The present one is {present}; correct it in a text editor, or open a backup."
        )
        raise UnreadableFile(text.format(file=name, value=shown(version), present=VERSION))
    return version


def _newer(name: str) -> str:
    return _(
        "{file} cannot be opened: it was written by a newer version of ACH Desk in a form that this one does not know. "
        "Install the newer version to open it."
    ).format(file=name)


def _defect(name: str, error: DefectError) -> str:
    return _("{file} cannot be opened, {place}: {what}. Correct it in a text editor, or open a backup.").format(
        file=name, place=error.place, what=error.what
    )


def _analysis(document: dict[str, Any]) -> Analysis:
    lists = {key: _records(key, document.get(key, [])) for key in (*RECORD_LISTS, *LATER_LISTS)}
    known = {record_id: record_id for key in RECORD_LISTS for record_id in lists[key]}
    matrices = [
        _matrix(entry, _("matrix {number}").format(number=number), known)
        for number, entry in enumerate(_list(document.get("matrices", []), "matrices"), 1)
    ]
    left_out = {"format", "version", "matrices", "trail", *RECORD_LISTS, *LATER_LISTS}
    own = _checked(OwnFields, {key: value for key, value in document.items() if key not in left_out}, _("the analysis"))
    analysis = Analysis.model_construct(own.model_fields_set, **own.__dict__, **lists)
    analysis.__pydantic_extra__ = own.__pydantic_extra__
    analysis.matrices = matrices
    analysis.trail = _trail(document.get("trail", []))
    return analysis


def _trail(entries: Any) -> list[TrailEntry]:
    found = []
    for number, entry in enumerate(_list(entries, "trail"), 1):
        place = _("trail, entry {number}").format(number=number)
        try:
            read = entry_from_json(entry)
            check_time(read.time)
        except ValueError as error:
            raise DefectError(place, str(error)) from None
        found.append(read)
    _not_deep(entries, "trail")
    return found


def _list(value: Any, place: str) -> list[Any]:
    if not isinstance(value, list):
        raise DefectError(place, _("this must be a list"))
    return value


@cache
def _list_of(record_type: type[BaseModel]) -> TypeAdapter[Any]:
    """Return what checks a list of such records; it is built when a file first holds one."""
    # One defect is reported: a list of millions would take more memory than the file.
    many: Any = Annotated[list[record_type], FailFast()]  # pyright: ignore[reportInvalidTypeForm] - known at run time
    return TypeAdapter(many)


def _records(key: str, entries: Any) -> dict[str, Any]:
    """Return the records of one list by id; what they are made of is let go of on the way."""
    if not _list(entries, key):
        return {}
    records: list[Any] = []
    for start in range(0, len(entries), _AT_A_TIME):
        some = entries[start : start + _AT_A_TIME]
        name_of = partial(_record_name, key, some, start)
        try:
            made = _list_of(RECORD_CLASSES[key]).validate_python(some)
        except ValidationError as error:
            raise complaint(error, name_of) from None
        _finish(key, made, name_of)
        # Memory that comes free now is used for the next ones. Free only at the end, it would stay with the program.
        entries[start : start + len(some)] = [None] * len(some)
        records += made
    found = {record.id: record for record in records}
    if len(found) != len(records):
        raise DefectError(*_same_id(key, records))
    return found


def _finish(key: str, records: list[Any], name_of: Callable[[int], str]) -> None:
    """Let new records and their parts be without what nobody asks for, and refuse what is nested too deeply.

    Raises DefectError. Which fields the file named is kept in a set for each of them, as large as what it says.
    """
    fields = [field for field in _FIELDS_WITH_PARTS if field in RECORD_CLASSES[key].model_fields]
    for number, record in enumerate(records):
        for part in (record, *(part for field in fields for part in record.__dict__[field])):
            _put(part, "__pydantic_fields_set__", _FIELDS_SET)
            if part.__pydantic_extra__:
                _not_deep(part.__pydantic_extra__, name_of(number))


def _same_id(key: str, records: list[Any]) -> tuple[str, str]:
    seen: dict[str, Any] = {}
    for record in records:
        if record.id in seen:
            first = getattr(seen[record.id], "label", seen[record.id].id)
            second = getattr(record, "label", record.id)
            return key, _("{first} and {second} have the same id ({id})").format(
                first=shown(first), second=shown(second), id=record.id
            )
        seen[record.id] = record
    raise AssertionError("no id is repeated")


def _record_name(key: str, entries: list[Any], before: int, number: int) -> str:
    """Return how the record at index `number` of `entries` is named to people: by its label, else its place.

    So many came `before` them in the list.
    """
    entry = entries[number]
    label = entry.get("label") or entry.get("name") if isinstance(entry, dict) else None
    name = shown(label) if isinstance(label, str) else str(before + number + 1)
    words = {
        "hypotheses": _("hypothesis {label}"),
        "evidence": _("evidence item {label}"),
        "sources": _("source {label}"),
        "analysts": _("analyst {label}"),
        "scenarios": _("scenario {label}"),
        "snapshots": _("snapshot {label}"),
        "challenges": _("challenge {label}"),
        "retests": _("retest {label}"),
        "groups": _("group {label}"),
        "expectations": _("expectation {label}"),
        "indicators": _("indicator {label}"),
        "conclusions": _("conclusion {label}"),
        "outcomes": _("outcome {label}"),
        "findings_set_aside": _("finding set aside {label}"),
        "rounds": _("round {label}"),
        "estimates": _("estimate {label}"),
        "remarks": _("remark {label}"),
        "cases": _("case {label}"),
    }
    return words[key].format(label=name)


def _checked(model: type[_T], entry: Any, place: str) -> _T:
    if not isinstance(entry, dict):
        raise DefectError(place, _("this must be an object in braces"))
    if "id" not in entry:
        raise DefectError(place, _("the field {field} is missing").format(field="id"))
    try:
        checked = model.model_validate(entry)
    except ValidationError as error:
        raise complaint(error, place) from None
    _not_deep(entry, place)
    return checked


def _not_deep(extra: Any, place: str) -> None:
    if extra and too_deep(extra):
        raise DefectError(place, _("its lists and objects are nested too deeply"))


def _matrix(entry: Any, place: str, known: dict[str, str]) -> Matrix:
    if not isinstance(entry, dict):
        raise DefectError(place, _("this must be an object in braces"))
    matrix = _checked(Matrix, {key: value for key, value in entry.items() if key != "sheets"}, place)
    unknown_keys: dict[str, Any] = {}
    for number, sheet in enumerate(_list(entry.get("sheets", []), f"{place}, sheets"), 1):
        where = _("{matrix}, sheet {number}").format(matrix=place, number=number)
        if not isinstance(sheet, dict):
            raise DefectError(where, _("this must be an object in braces"))
        analyst = _id(sheet.get("analyst"), where, known)
        if analyst in matrix.sheets:
            raise DefectError(where, _("the analyst {id} has a sheet already").format(id=analyst))
        matrix.sheets[analyst] = _sheet(sheet.get("ratings", {}), where, known)
        others = {key: value for key, value in sheet.items() if key not in ("analyst", "ratings")}
        if others:
            _not_deep(others, where)
            unknown_keys[analyst] = others
    extra = matrix.__pydantic_extra__
    if unknown_keys and extra is not None:
        held = extra.get(SHEET_KEYS)
        extra[SHEET_KEYS] = {**held, **unknown_keys} if isinstance(held, dict) else unknown_keys
    return matrix


def _id(value: Any, place: str, known: dict[str, str]) -> str:
    if isinstance(value, str) and value in known:
        return value
    try:
        return _check_id(value)
    except ValidationError:
        text = _("“{value}” is not an id (letters, digits and _ . : - only)")
        raise DefectError(place, text.format(value=shown(value))) from None


def _sheet(ratings: Any, place: str, known: dict[str, str]) -> RatingSheet:
    if not isinstance(ratings, dict):
        raise DefectError(place, _("the ratings must be an object in braces"))
    sheet: RatingSheet = {}
    rows: dict[str, Any] = ratings
    for evidence, row in rows.items():
        if evidence not in known:
            _id(evidence, place, known)
        try:
            for hypothesis, entry in row.items():
                if type(entry) is not Rating:
                    row[hypothesis] = Rating.parse(entry)
        except (ValueError, AttributeError):
            raise _bad_row(evidence, row, place) from None
        if not row.keys() <= known.keys():
            for hypothesis in row:
                _id(hypothesis, place, known)
        for hypothesis in [entry for entry, rating in row.items() if rating.value is None or rating.extra]:
            if row[hypothesis].is_empty:
                del row[hypothesis]
            else:
                put_back(row[hypothesis].extra, but_sheets=False)
                _not_deep(row[hypothesis].extra, _cell(place, evidence, hypothesis))
        if row:
            sheet[known.get(evidence, evidence)] = row  # The record's own string: a copy would pin a page of memory.
    return sheet


def _cell(place: str, evidence: str, hypothesis: str) -> str:
    return _("{sheet}, rating of {evidence} under {hypothesis}").format(
        sheet=place, evidence=evidence, hypothesis=shown(hypothesis)
    )


def _bad_row(evidence: str, row: Any, place: str) -> DefectError:
    """Return what is wrong with the first bad rating of a row that could not be read."""
    if not isinstance(row, dict):
        where = _("{sheet}, ratings of {evidence}").format(sheet=place, evidence=evidence)
        return DefectError(where, _("this must be an object in braces"))
    for hypothesis, entry in row.items():
        try:
            Rating.parse(entry)
        except ValueError as error:
            return DefectError(_cell(place, evidence, hypothesis), str(error))
    raise AssertionError("the row can be read")
