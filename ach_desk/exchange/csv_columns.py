"""The columns of a matrix as CSV: which heading means what, and how several sources stand in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from ach_desk.exchange.csv_text import heading_key
from ach_desk.exchange.sheet_mapping import role_of_heading, split_label
from ach_desk.model.spreadsheet_cells import unguarded


class Field(StrEnum):
    """The columns that describe an item; every other column is a hypothesis."""

    EVIDENCE = "Evidence"
    KIND = "Kind"
    CREDIBILITY = "Credibility"
    RELEVANCE = "Relevance"
    SOURCE = "Source"
    DATE = "Date"
    NOTE = "Note"


SOURCE_SEPARATOR = " | "
HYPOTHESIS_PREFIX = "Hypothesis: "
_FIELDS = {field.value.casefold(): field for field in Field}
_PREFIX = re.compile(r"\s*hypothesis: ?", re.IGNORECASE)
_AMBIGUOUS_BAR = re.compile(r"(?<=[ \\])\||\|(?= )")
_ESCAPED_BAR = re.compile(r"\\\|")


def field_of(heading: str) -> Field | None:
    """Return the field that a heading cell names, in any letter case and surrounding space; None: a hypothesis."""
    return _FIELDS.get(heading_key(heading))


def hypothesis_title(heading: str) -> str:
    """Return the title that a hypothesis' heading cell gives; ``Hypothesis: Note`` gives ``Note``."""
    title = unguarded(heading)
    return title if (rest := after_prefix(title)) is None else rest


def after_prefix(heading: str) -> str | None:
    """Return what stands behind ``Hypothesis: ``; None for a heading without it."""
    prefix = _PREFIX.match(heading)
    return heading[prefix.end() :] if prefix else None


def hypothesis_heading(title: str) -> str:
    """Return the heading cell from which `hypothesis_title` reads the title again.

    The prefix goes before a title that is blank, a field's name (in any words that `sheet_mapping` knows), begins
    with a label or itself begins with the prefix. The cell is not `guarded` yet.
    """
    is_named = title.strip().casefold() in _FIELDS or role_of_heading(title) is not None
    ambiguous = not title.strip() or is_named or _PREFIX.match(title) or split_label(title)[0]
    return HYPOTHESIS_PREFIX + title if ambiguous else title


def join_sources(names: Iterable[str]) -> str:
    """Return the names as one text, joined by a spaced bar; a bar in a name that could be taken for one is ``\\|``."""
    return SOURCE_SEPARATOR.join(_AMBIGUOUS_BAR.sub(r"\\|", name) for name in names)


def split_sources(text: str) -> list[str]:
    """Return the names that `join_sources` joined; empty ones are passed over."""
    return [_ESCAPED_BAR.sub("|", name) for name in text.split(SOURCE_SEPARATOR) if name]
