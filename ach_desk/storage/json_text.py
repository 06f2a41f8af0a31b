"""Strict JSON: the standard parser, without what it lets pass, and with the place of every defect."""

from __future__ import annotations

import codecs
import json
import math
import re
from collections.abc import Callable
from typing import Any, NoReturn

from ach_desk.i18n import _
from ach_desk.storage.errors import UnreadableFile

MAX_DEPTH = 100
_MOST_SHOWN = 40
_BOMS_OF_OTHERS = (b"\xff\xfe", b"\xfe\xff")
# Possessive: what was passed is not kept to be tried again, which would take a hundred bytes for each character.
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[{}\[\],:]|[^\s"{}\[\],:]+', re.DOTALL)
Pairs = list[tuple[str, Any]]
"""The keys and values of one object, as they stand in the text."""


def shown(value: object, most: int = _MOST_SHOWN) -> str:
    """Return `value` short enough for a sentence: at most `most` characters of it."""
    text = str(value)
    return text if len(text) <= most else text[:most] + "…"


class DefectError(ValueError):
    """A defect of the text or of its content: `place` in the file, and what is wrong there."""

    def __init__(self, place: str, what: str) -> None:
        super().__init__(what)
        self.place = place
        self.what = what


class _RepeatedKeyError(ValueError):
    pass


class _NotFiniteError(ValueError):
    pass


def plain_object(pairs: Pairs) -> dict[str, Any]:
    """Return the object with these keys and values; raises for `parse` to report when a key is given twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _RepeatedKeyError
    return found


def parse(data: bytes, name: str, made_of: Callable[[Pairs], Any] = plain_object) -> Any:
    """Return the value that the UTF-8 `data` (with or without BOM) holds, each object as `made_of` makes it.

    Refuses what ``json`` accepts: a key given twice in one object, NaN, Infinity and numbers too large to hold.
    Raises UnreadableFile with the file's `name` and line and column.
    """
    text = _decoded(data, name)
    try:
        return json.loads(
            text, object_pairs_hook=made_of, parse_constant=_refuse_constant, parse_float=_finite, parse_int=_whole
        )
    except _RepeatedKeyError:
        _refuse(name, *_repeated_key(text))
    except _NotFiniteError:
        _refuse(name, *_not_finite(text))
    except RecursionError:
        _refuse(name, _("the whole file"), _("its lists and objects are nested too deeply"))
    except json.JSONDecodeError as error:
        _refuse(name, *_syntax(text, error))


def too_deep(value: Any) -> bool:
    """Return whether lists and objects in `value` are nested more than `MAX_DEPTH` levels deep."""
    layer = [value]
    for _level in range(MAX_DEPTH + 1):
        layer = [
            entry
            for container in layer
            for entry in (container.values() if isinstance(container, dict) else container)
            if isinstance(entry, (dict, list))
        ]
        if not layer:
            return False
    return True


def _decoded(data: bytes, name: str) -> str:
    whole = _("the whole file")
    if not data or data == codecs.BOM_UTF8 or data.isspace():
        raise UnreadableFile(
            _("{file} cannot be opened: it is empty. Open a backup of it, or delete it and start anew.").format(
                file=name
            )
        )
    if data.startswith(_BOMS_OF_OTHERS):
        _refuse(name, whole, _("it is written in UTF-16, an analysis in UTF-8"))
    if b"\0" in data[:4096]:
        _refuse(name, whole, _("it is a binary file, an analysis is text"))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        _refuse(name, _("line {line}").format(line=line), _("the text there is not UTF-8"))


def _refuse_constant(_word: str) -> NoReturn:
    raise _NotFiniteError


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise _NotFiniteError
    return number


def _whole(digits: str) -> int:
    try:
        return int(digits)
    except ValueError:  # Python refuses to convert thousands of digits.
        raise _NotFiniteError from None


def _refuse(name: str, place: str, what: str) -> NoReturn:
    raise UnreadableFile(
        _("{file} cannot be opened, {place}: {what}. Correct it in a text editor, or open a backup.").format(
            file=name, place=place, what=what
        )
    )


def _place(text: str, position: int) -> str:
    line = text.count("\n", 0, position) + 1
    column = position - text.rfind("\n", 0, position)
    return _("line {line}, column {column}").format(line=line, column=column)


def _syntax(text: str, error: json.JSONDecodeError) -> tuple[str, str]:
    place = _place(text, error.pos)
    if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string"):
        return place, _("the file ends in the middle, as if it had been cut off")
    if error.msg == "Extra data":
        return place, _("something follows after the end of the analysis")
    return place, _("this is not valid JSON ({reason})").format(reason=error.msg)


def _repeated_key(text: str) -> tuple[str, str]:
    """Return place and wording of the first key that stands twice in one object of the well-formed `text`."""
    open_objects: list[set[str] | None] = []
    at_key = False
    for token in _TOKEN.finditer(text):
        mark = token[0]
        if mark in ("{", "["):
            open_objects.append(set() if mark == "{" else None)
            at_key = mark == "{"
        elif mark in ("}", "]"):
            open_objects.pop()
            at_key = False
        elif mark == ",":
            at_key = bool(open_objects) and open_objects[-1] is not None
        elif at_key and mark != ":":
            at_key = False
            keys = open_objects[-1] if open_objects else None
            key = json.loads(mark)
            if keys is None or key not in keys:
                if keys is not None:
                    keys.add(key)
                continue
            return _place(text, token.start()), _("the key “{key}” is given twice in one object").format(key=shown(key))
    return _("the whole file"), _("a key is given twice in one object")


def _not_finite(text: str) -> tuple[str, str]:
    """Return place and wording of the first number in `text` that is not one or cannot be held."""
    what = _("{word} is not a number that a file can hold")
    for token in _TOKEN.finditer(text):
        word = token[0]
        if word[0] not in "-0123456789NI":
            continue
        digits = word.lstrip("-")
        if digits[:1] in ("N", "I") or len(digits) > 4000 or not math.isfinite(float(digits)):
            return _place(text, token.start()), what.format(word=shown(word, 20))
    return _("the whole file"), _("a number is not one that a file can hold")
