"""The last pass over a report: no text in it holds what a format cannot, or what would make it read as another one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from ach_desk.reporting.chart_options import ChartOptions
from ach_desk.reporting.report.plain_words import clean

T = TypeVar("T")


def tidied(part: T) -> T:
    """Return a part of a report with every text clean, line by line; itself where there is nothing to do."""
    found: Any = part
    if isinstance(part, str):
        found = _text(part)
    elif isinstance(part, tuple):
        entries = tuple(map(tidied, part))
        found = entries if any(new is not old for new, old in zip(entries, part, strict=True)) else part
    elif is_dataclass(part) and not isinstance(part, ChartOptions | type):  # charts clean what they draw
        values = {entry.name: getattr(part, entry.name) for entry in fields(part)}
        changed = {name: new for name, value in values.items() if (new := tidied(value)) is not value}
        found = replace(part, **changed) if changed else part
    return found


def texts(part: object) -> Iterator[str]:
    """Yield every text of a part of a report."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for entry in part:
            yield from texts(entry)
    elif is_dataclass(part) and not isinstance(part, ChartOptions | type):
        for entry in fields(part):
            yield from texts(getattr(part, entry.name))


def _text(text: str) -> str:
    if type(text) is not str or (text.isascii() and text.isprintable()):
        return text
    return "\n".join(map(clean, text.split("\n")))
