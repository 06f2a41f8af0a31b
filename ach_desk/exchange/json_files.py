"""Files in JSON of other programs: which program wrote one is told by what is in it, never by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ach_desk.exchange.bounds import clean, parsed_json, unpacked
from ach_desk.exchange.formats import MAX_BYTES, Incoming, RefusedFileError
from ach_desk.i18n import _, join_words
from ach_desk.model import Level

if TYPE_CHECKING:
    from pydantic import TypeAdapter

BY_LINE_FROM = 2 * 1024 * 1024
"""A larger bundle of ours is read line by line: 60 MB read at once would stop the window for a second."""

READERS: tuple[tuple[str, str], ...] = (
    ("STIX 2.1", "stix_in"),
    ("MISP", "misp"),
    ("Intel Workbench", "intel_workbench"),
    ("ArkhamMirror", "arkham_mirror"),
    ("Open Synthesis", "open_synthesis"),
    ("researchtoolspy", "research_tools"),
    ("Clarity Matrix", "clarity_matrix"),
    ("ACH Workbench (Adam Goss)", "ach_workbench"),
)
"""Program -> module of this package with `recognised(value) -> bool` and `read(value, name) -> Incoming`."""


def read_json(data: bytes, name: str) -> Incoming:
    """Return what a JSON file of any of the programs in `READERS` holds, with a report.

    Raises RefusedFileError for what is no JSON or of no program that is known.
    """
    if len(data) > BY_LINE_FROM:
        from ach_desk.exchange.stix_lines import is_written_here, read_lines

        if len(data) > MAX_BYTES:
            return read_lines(data, name)
        if is_written_here(data):
            with suppress(RefusedFileError):  # by somebody who laid out a part of it anew: it is read as a whole
                return read_lines(data, name)
    value = parsed_json(unpacked(data, name), name)
    if isinstance(value, dict) and value.get("format") == "ach-desk":
        text = _("{file} is an analysis of this program. Open it instead of importing it.")
        raise RefusedFileError(text.format(file=name))
    for program, module in READERS:
        reader = import_module(f"ach_desk.exchange.{module}")
        if reader.recognised(value):
            try:
                incoming = reader.read(value, name)
            except RecursionError:
                text = _("{file} is nested deeper than any file of {program} and was not read.")
                raise RefusedFileError(text.format(file=name, program=program)) from None
            return incoming
    text = _("{file} is JSON, but of none of these: {programs}. It was not read.")
    raise RefusedFileError(text.format(file=name, programs=join_words([program for program, _module in READERS])))


def objects(value: object, key: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of the list that stands under `key`, passing over what is none."""
    entries = value.get(key) if isinstance(value, dict) else None
    if isinstance(entries, list):
        yield from (entry for entry in entries if isinstance(entry, dict))


def key_of(value: object) -> str:
    """Return an identifier from a file as text: a word or a whole number; "" for anything else."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    return str(value)[:200]


def by_key(
    entries: Iterable[dict[str, Any]], key: str, skip: Callable[[str], None]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (identifier, record) once for each identifier, which stands under `key`; a second one is named.

    A record without one has its number in its place, which nothing can refer to.
    """
    seen = set()
    for number, entry in enumerate(entries, 1):
        name = key_of(entry.get(key)) or f"\n{number}"
        if name in seen:
            skip(_("The identifier {key} stands twice; what comes second was left out.").format(key=clean(name)[:60]))
            continue
        seen.add(name)
        yield name, entry


def number_of(value: object) -> float | None:
    """Return a number, also one written as text; None for anything else."""
    if isinstance(value, bool):
        return None
    try:
        return float(value) if isinstance(value, (int, float, str)) else None
    except ValueError:
        return None


def day_of(value: object) -> str | None:
    """Return the day that a date or a moment such as 2023-06-24T08:00:00Z begins with; None for anything else."""
    from pydantic import ValidationError

    text = clean(value)[:10]
    try:
        return _days().validate_python(text) if text else None
    except ValidationError:
        return None


@cache
def _days() -> TypeAdapter[str]:
    from pydantic import TypeAdapter

    from ach_desk.model.values import PartialDate

    return TypeAdapter(PartialDate)


def level_of_share(value: object) -> Level | None:
    """Return the level that a number from 0 to 1 stands for: thirds, which is a convention of ours."""
    share = number_of(value)
    if share is None or not 0 <= share <= 1:
        return None
    return Level.HIGH if share > 2 / 3 else Level.LOW if share < 1 / 3 else Level.MEDIUM


def level_of_word(value: object) -> Level | None:
    """Return the level of a word such as High, Moderate or low; None for another one."""
    word = clean(value).casefold()
    return Level.MEDIUM if word == "moderate" else next((level for level in Level if level.value == word), None)


def report_other_keys(value: dict[str, Any], known: frozenset[str], place: str, skip: Callable[[str], None]) -> None:
    """Say of each key that is not known, and holds something, that it was left out."""
    other = sorted(
        clean(key)[:60] for key, held in value.items() if key not in known and held not in (None, "", [], {})
    )
    if other:
        text = _("{place}: not taken over: {keys}.")
        skip(text.format(place=place, keys=join_words(other[:20])))
