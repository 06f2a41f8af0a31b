"""Writing: the analysis as text in which every small object has a line of its own.

Composed by hand, line by line, because that is the layout that diffs and merges well and because a matrix may hold
100,000 ratings; the C routine of ``json`` still does the escaping.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from json.encoder import encode_basestring as _quoted
from typing import Any

from pydantic import BaseModel

from ach_desk.model import RECORD_CLASSES, Analysis, Level, Matrix, Rating, RatingSheet, RatingValue, Scale

FORMAT = "ach-desk"
VERSION = 4
RECORD_LISTS = ("hypotheses", "evidence", "sources", "analysts")
LATER_LISTS = tuple(name for name in RECORD_CLASSES if name not in RECORD_LISTS)
"""Record lists that stand after the matrices, to which they refer."""
SHEET_KEYS = "unknown_keys_of_sheets"
"""The unknown key of a live matrix under which unknown keys of its sheets travel: analyst id -> key -> value."""

_ALWAYS = object()
_VALUES = {value: f', "value": "{value.value}"' for value in RatingValue}
_CONFIDENCES = {level: f', "confidence": "{level.value}"' for level in Level}


def encode(analysis: Analysis) -> bytes:
    """Return the file's bytes: UTF-8 without BOM, stable order, a newline at the end.

    A notice is the first line, so that nobody reads on without it. Fields that hold their default are left out,
    unknown keys come last in their object, sorted. Lone surrogates are written as escapes, so that every string a text
    field can hold is read back as it was.
    """
    head = [f" {entry}" for entry in _head(analysis)]
    notice, rest = (head[:1], head[1:]) if analysis.notice else ([], head)
    lines = ["{", *notice, f' "format": "{FORMAT}"', f' "version": {VERSION}', *rest]
    lines.extend(_record_lists(analysis, RECORD_LISTS))
    if analysis.matrices:
        blocks = [_matrix(matrix, list(analysis.analysts)) for matrix in analysis.matrices]
        lines.append(_block(' "matrices": [', blocks, " ]"))
    lines.extend(_record_lists(analysis, LATER_LISTS))
    if analysis.trail:
        lines.append(_block(' "trail": [', [f"  {_dumps(entry.to_json())}" for entry in analysis.trail], " ]"))
    lines.extend(f" {entry}" for entry in _extras(analysis.model_extra))
    return (lines[0] + "\n" + ",\n".join(lines[1:]) + "\n}\n").encode("utf-8", "backslashreplace")


def _record_lists(analysis: Analysis, keys: Iterable[str]) -> Iterator[str]:
    for key in keys:
        records = getattr(analysis, key)
        if records:
            yield _block(f' "{key}": [', [f"  {{{_inside(record)}}}" for record in records.values()], " ]")


_OWN_BLOCKS = frozenset((*RECORD_LISTS, "matrices", *LATER_LISTS, "trail"))


def _head(analysis: Analysis) -> Iterator[str]:
    for name, prefix, default in _fields(Analysis):
        value = getattr(analysis, name)
        if name not in _OWN_BLOCKS and value != default:
            yield prefix + _value(value)


def _matrix(matrix: Matrix, analysts: list[str]) -> str:
    extras = dict(matrix.model_extra or {})
    sheet_extras = _sheet_extras(matrix, extras)
    parts = [f'   "id": {_quoted(matrix.id)}']
    if matrix.name:
        parts.append(f'   "name": {_quoted(matrix.name)}')
    if matrix.scale is not Scale.FIVE:
        parts.append(f'   "scale": {_quoted(matrix.scale.value)}')
    if matrix.note:
        parts.append(f'   "note": {_quoted(matrix.note)}')
    if matrix.frame is not None:
        parts.append(f'   "frame": {_quoted(matrix.frame.value)}')
    if matrix.priors:
        parts.append(f'   "priors": {_dumps(matrix.priors)}')
    if matrix.priors_per_cause:
        parts.append('   "priors_per_cause": true')
    if matrix.method_settings is not None:
        parts.append(f'   "method_settings": {_value(matrix.method_settings)}')
    for key, ids in (("hypotheses", matrix.hypotheses), ("evidence", matrix.evidence)):
        if ids:
            parts.append(_block(f'   "{key}": [', [f"    {_quoted(entry)}" for entry in ids], "   ]"))
    if matrix.sheets:
        sheets = [
            _sheet(matrix, analyst, sheet_extras.get(analyst, {})) for analyst in _ordered(matrix.sheets, analysts)
        ]
        parts.append(_block('   "sheets": [', sheets, "   ]"))
    parts.extend(f"   {entry}" for entry in _extras(extras))
    return _block("  {", parts, "  }")


def _sheet_extras(matrix: Matrix, extras: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Take the unknown keys of the sheets out of the matrix' own `extras`; what belongs to no sheet stays there."""
    held = extras.pop(SHEET_KEYS, None)
    if not isinstance(held, dict):
        if held is not None:
            extras[SHEET_KEYS] = held
        return {}
    housed = {analyst: keys for analyst, keys in held.items() if analyst in matrix.sheets and isinstance(keys, dict)}
    if len(housed) < len(held):
        extras[SHEET_KEYS] = {analyst: keys for analyst, keys in held.items() if analyst not in housed}
    return housed


def _sheet(matrix: Matrix, analyst: str, extras: Mapping[str, Any]) -> str:
    parts = [f'     "analyst": {_quoted(analyst)}']
    rows = list(_rows(matrix, matrix.sheets[analyst]))
    if rows:
        parts.append(_block('     "ratings": {', rows, "     }"))
    parts.extend(f"     {entry}" for entry in _extras(extras))
    return _block("    {", parts, "    }")


def _rows(matrix: Matrix, sheet: RatingSheet) -> Iterator[str]:
    order = list(dict.fromkeys(matrix.hypotheses))
    prefixes = {hypothesis: f"       {_quoted(hypothesis)}: {{" for hypothesis in order}
    for evidence in _ordered(sheet, dict.fromkeys(matrix.evidence)):
        row = sheet[evidence]
        lines = [
            prefixes[hypothesis] + _rating(row[hypothesis]) + "}"
            for hypothesis in order
            if hypothesis in row and not row[hypothesis].is_empty
        ]
        if len(lines) < len(row):
            lines += [
                f"       {_quoted(hypothesis)}: {{{_rating(row[hypothesis])}}}"
                for hypothesis in sorted(row.keys() - prefixes.keys())
                if not row[hypothesis].is_empty
            ]
        if lines:
            yield _block(f"      {_quoted(evidence)}: {{", lines, "      }")


def _rating(rating: Rating) -> str:
    text = _VALUES[rating.value] if rating.value is not None else ""
    if rating.range is not None or rating.suggested is not None:
        text += _ranges(rating)
    if rating.rationale:
        text += f', "rationale": {_quoted(rating.rationale)}'
    if rating.confidence is not None:
        text += _CONFIDENCES[rating.confidence]
    if rating.time is not None:
        text += f', "time": {_quoted(rating.time)}'
    if rating.item_wording != 1:
        text += f', "item_wording": {rating.item_wording}'
    if rating.hypothesis_wording != 1:
        text += f', "hypothesis_wording": {rating.hypothesis_wording}'
    if rating.rests_on:
        text += f', "rests_on": {_value(rating.rests_on)}'
    if rating.likelihood is not None:
        text += f', "likelihood": {_dumps(list(rating.likelihood))}'
    if rating.extra:
        text += "".join(f", {entry}" for entry in _extras(rating.extra))
    return text[2:]


def _ranges(rating: Rating) -> str:
    parts = (("range", rating.range), ("suggested", rating.suggested))
    return "".join(f', "{key}": ["{ends[0].value}", "{ends[1].value}"]' for key, ends in parts if ends is not None)


def _ordered(present: Collection[str], order: Iterable[str]) -> list[str]:
    """Return the ids that are present: those of `order` in its order, then the others sorted."""
    known = [entry for entry in order if entry in present]
    if len(known) == len(present):
        return known
    return known + sorted(set(present).difference(known))


def _block(opening: str, lines: Iterable[str], closing: str) -> str:
    return opening + "\n" + ",\n".join(lines) + "\n" + closing


_field_tables: dict[type[BaseModel], list[tuple[str, str, Any]]] = {}


def _fields(model: type[BaseModel]) -> list[tuple[str, str, Any]]:
    """Return (name, key as it begins its entry, default) of every field, in order."""
    table = _field_tables.get(model)
    if table is None:
        table = [
            (name, f'"{name}": ', _ALWAYS if info.is_required() or info.default_factory else info.default)
            for name, info in model.model_fields.items()
        ]
        _field_tables[model] = table
    return table


def _inside(record: BaseModel) -> str:
    """Return what stands between the braces of the record's one line."""
    held = record.__dict__
    entries = [prefix + _value(held[name]) for name, prefix, default in _fields(type(record)) if held[name] != default]
    if record.model_extra:
        entries.extend(_extras(record.model_extra))
    return ", ".join(entries)


def _value(value: Any) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, tuple):
        return "[" + ", ".join([_value(entry) for entry in value]) + "]"
    if isinstance(value, BaseModel):
        return "{" + _inside(value) + "}"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_quoted(key)}: {_value(entry)}" for key, entry in value.items()) + "}"
    return _dumps(value)


def _extras(extras: Mapping[str, Any] | None) -> list[str]:
    """Return the unknown keys as entries, sorted; what they hold keeps its own order."""
    return [f"{_quoted(key)}: {_dumps(extras[key])}" for key in sorted(extras)] if extras else []


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
