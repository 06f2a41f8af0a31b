"""Lists as text and back: tags in a line, authors below each other."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from ach_desk.exchange.csv_text import allow_long_cells

_NEEDS_QUOTES = re.compile(r"[\",\r\n]")


def tags_to_text(tags: Sequence[str]) -> str:
    """Return the tags with commas between them; one that holds a comma, quote or line end stands in quotes."""
    return ", ".join(_quoted(tag) if _NEEDS_QUOTES.search(tag) else tag for tag in tags)


def text_to_tags(text: str) -> tuple[str, ...]:
    """Return the tags that `tags_to_text` wrote or a person typed; empty and repeated ones are left out."""
    allow_long_cells(len(text) + 1)
    rows = csv.reader(io.StringIO(text, newline=""), skipinitialspace=True)
    tags = (tag.strip() for row in rows for tag in row)
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def _quoted(tag: str) -> str:
    return '"' + tag.replace('"', '""') + '"'


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of a text without blanks around them and without empty ones."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
