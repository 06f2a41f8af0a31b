"""A finished report as plain data: what stands in it and in which order, not how it looks.

Every text is as the analyst wrote it: it is no markup in any format, and whoever renders it has to escape it. A text
may hold line ends only in cells and entries, where each is a new line; everywhere else paragraphs are split already.
A text may run in either direction, also against that of the report.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from ach_desk.model.values import RatingValue
from ach_desk.reporting.chart_options import ChartOptions


class Align(StrEnum):
    """Where the text of a column stands; `START` is left where the language runs from left to right."""

    START = "start"
    CENTER = "center"
    END = "end"


class Style(StrEnum):
    """What a paragraph is: an ordinary one, the sentence that matters most, a note in small print, another's words."""

    NORMAL = "normal"
    ANSWER = "answer"
    NOTE = "note"
    QUOTE = "quote"


class Tone(StrEnum):
    """What a callout is for: to explain, or to keep in mind before anything is believed."""

    NOTE = "note"
    CAUTION = "caution"


@dataclass(frozen=True)
class Heading:
    """A heading inside a section; level 3 is the highest there, as the section's title is a heading of level 2."""

    text: str
    level: int = 3


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. lead: the words it begins with, which are set off (in bold), such as "Confidence."; "" for none."""

    text: str
    lead: str = ""
    style: Style = Style.NORMAL


@dataclass(frozen=True)
class Entry:
    """An entry of a list: what it begins with, set off, its text, and a note below it in small print."""

    text: str
    lead: str = ""
    note: str = ""


@dataclass(frozen=True)
class BulletList:
    """A list; with numbers where the order counts."""

    entries: tuple[Entry, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Fact:
    """A name with a value."""

    name: str
    value: str


@dataclass(frozen=True)
class FactList:
    """Names with values, such as author, date, method: a list of descriptions or a table of two columns."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table. width: its share beside the others'. hint: its title in full, "" where that is the title."""

    title: str
    align: Align = Align.START
    width: float = 1.0
    hint: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell. note: below the text in small print. rating: a rating that it shows, coloured by; None is no rating.

    is_rating: whether it is a cell of the matrix, so that an empty one is an unrated one and looks like it.
    """

    text: str
    note: str = ""
    strong: bool = False
    rating: RatingValue | None = None
    is_rating: bool = False


@dataclass(frozen=True)
class Row:
    """A row of a table. aside: struck through or pale, as it does not count. tall: may be cut by the end of a page."""

    cells: tuple[Cell, ...]
    aside: bool = False
    tall: bool = False


@dataclass(frozen=True)
class Table:
    """A table whose heading is repeated on every page and whose first `row_headings` columns name the row.

    is_wide: wants paper turned sideways, or smaller print.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    row_headings: int = 1
    is_wide: bool = False


@dataclass(frozen=True)
class Picture:
    """A chart, by what it is drawn from; a renderer has it drawn in its own format and palette (see `Pictures`).

    caption: what it shows, in one sentence. alternative: the same with its rows, for those who cannot see it.
    """

    kind: str
    options: ChartOptions
    caption: str
    alternative: str


@dataclass(frozen=True)
class Callout:
    """Paragraphs in a box."""

    title: str
    paragraphs: tuple[str, ...]
    tone: Tone = Tone.NOTE


Block = Heading | Paragraph | BulletList | FactList | Table | Picture | Callout


@dataclass(frozen=True)
class Section:
    """A section. name: the one in the registry, and a place to link to."""

    name: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Report:
    """A report, ready to be rendered.

    title: the question. subject: what kind of report it is, in words. language: code of the program's language.
    marking: on every page, top and bottom; "" for none. notice: stands before all else; "" for none.
    byline: whose ratings and of which day, in a line. program: name and version. created: the day, as yyyy-mm-dd.
    is_brief: everything belongs on one page: no contents, small distances.
    """

    title: str
    subject: str
    language: str
    marking: str
    notice: str
    byline: str
    program: str
    created: str
    sections: tuple[Section, ...]
    authors: tuple[str, ...] = ()
    is_brief: bool = False


Pictures = Callable[[Picture, str], bytes]
"""Draws a picture of a report as a file of a format of `chart_options.FORMATS`: "svg", "pdf" or "png".

A renderer that wants another width, palette, scale or font replaces them in the options of the picture first. Raises
`CancelledError` when nobody waits for the report any more.
"""


class CancelledError(Exception):
    """Nobody waits for the report any more."""
