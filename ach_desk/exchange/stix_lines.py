"""A large bundle of this program, read one object at a time: as it was written, each object stands in a line.

A matrix of 10,000 x 10 makes a bundle of some 80 MB. Read as a whole, it would take several times as much memory.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from ach_desk.exchange.bounds import MAX_MARKS, json_marks, parsed_json
from ach_desk.exchange.draft import MOST_RECORDS
from ach_desk.exchange.formats import MAX_BUNDLE, MAX_BYTES, Incoming, RefusedFileError
from ach_desk.exchange.stix_in import own_part
from ach_desk.exchange.stix_own import read_own
from ach_desk.exchange.stix_terms import EXTENSION
from ach_desk.i18n import _

_FIRST_LINE = re.compile(rb'\{"type": ?"bundle", ?"id": ?"[\w-]+", ?"objects": ?\[\r?\n')
_LAST_LINE = b"]}"
_MOST_OBJECTS = 3 * MOST_RECORDS


def is_written_here(data: bytes) -> bool:
    """Return whether a file begins as this program writes a bundle, and names our extension."""
    return _FIRST_LINE.match(data) is not None and EXTENSION.encode() in data


def read_lines(data: bytes, name: str) -> Incoming:
    """Return the analysis in a bundle that this program wrote, however the lines end.

    Raises RefusedFileError for any other file of this size, and for more objects than an analysis has.
    """
    if len(data) > MAX_BUNDLE:
        text = _("{file} is larger than {limit} MB and was not read.")
        raise RefusedFileError(text.format(file=name, limit=MAX_BUNDLE // 2**20))
    first = _FIRST_LINE.match(data)
    if first is None:
        text = _("{file} is larger than {limit} MB, and no bundle as this program writes it, and was not read.")
        raise RefusedFileError(text.format(file=name, limit=MAX_BYTES // 2**20))
    lines = io.BytesIO(data)
    lines.seek(first.end())
    return read_own(_objects(lines, name), name)


def _objects(lines: io.BytesIO, name: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of the lines; those that are no ratings are bounded in number and in what they hold."""
    kept = objects = 0
    for number, line in enumerate(lines, 2):
        text = line.strip().removesuffix(b",")
        if text == _LAST_LINE:
            return
        entry = parsed_json(text, name, number)
        is_object = isinstance(entry, dict) and isinstance(entry.get("id"), str)
        if not (is_object and own_part(entry).get("kind") == "rating"):
            kept += json_marks(text.decode("utf-8", "replace"))
            objects += 1
        if kept > MAX_MARKS or objects > _MOST_OBJECTS:
            sentence = _("{file} holds more, or is nested deeper, than any analysis would be, and was not read.")
            raise RefusedFileError(sentence.format(file=name))
        if is_object:
            yield entry
    text = _("{file} ends early: its last line is not there. Ask for the file once more.")
    raise RefusedFileError(text.format(file=name))
