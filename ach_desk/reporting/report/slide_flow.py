"""Which of a report stands on which slide: nothing is cut, what does not fit goes on to the next one.

Plain arithmetic in points; `slides` makes the file of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from ach_desk.i18n import _
from ach_desk.model import RatingValue
from ach_desk.reporting.palette import Palette
from ach_desk.reporting.report.model import (
    Align,
    Block,
    BulletList,
    Callout,
    Cell,
    FactList,
    Heading,
    Paragraph,
    Picture,
    Row,
    Section,
    Style,
    Table,
)
from ach_desk.reporting.report.slide_text import Run, Words, height_of
from ach_desk.reporting.report.tables import parts

WIDTH, HEIGHT = 960.0, 540.0
LEFT, TOP, BOTTOM = 40.0, 88.0, 490.0
ACROSS = WIDTH - 2 * LEFT
DEEP = BOTTOM - TOP
PADDING = 3.0
_TEXT, _ANSWER, _HEADING, _NOTE, _CELL, _SMALL_CELL = 14.0, 20.0, 16.0, 11.0, 11.0, 9.5
_GAP = 7.0
_BULLET = 16.0
_MOST_COLUMNS, _MANY_COLUMNS = 16, 8
_LEAST_ROOM = 70.0
"""Points that must be left for something to be begun on a slide that has something on it already."""
_LEAST_PICTURE = 0.6
"""A picture goes to a slide of its own rather than become smaller than this share of its size."""
_SCALES = (1.6, 1.45, 1.3, 1.15)
_ROUNDING = 0.01
BOLD = (RatingValue.VERY_CONSISTENT, RatingValue.INCONSISTENT, RatingValue.VERY_INCONSISTENT)
_ALIGN = {Align.START: "", Align.CENTER: "ctr", Align.END: "r"}


@dataclass(frozen=True)
class TextPiece:
    """Paragraphs in a box at `top`."""

    top: float
    height: float
    paragraphs: tuple[Words, ...]


@dataclass(frozen=True)
class TableCell:
    """A cell: its paragraphs and its ground, "" for none."""

    paragraphs: tuple[Words, ...]
    fill: str = ""


@dataclass(frozen=True)
class TableRow:
    """A row with its height in points."""

    cells: tuple[TableCell, ...]
    height: float


@dataclass(frozen=True)
class TablePiece:
    """A table at `top`, whose first row is its head. widths: of its columns. alternative: what it shows."""

    top: float
    widths: tuple[float, ...]
    rows: tuple[TableRow, ...]
    alternative: str

    @property
    def height(self) -> float:
        """Return its height in points."""
        return sum(row.height for row in self.rows)


@dataclass(frozen=True)
class PicturePiece:
    """A picture (PNG) with its place and size."""

    left: float
    top: float
    width: float
    height: float
    data: bytes
    alternative: str


Piece = TextPiece | TablePiece | PicturePiece


@dataclass
class Slide:
    """A slide with its title and what stands on it."""

    title: str
    pieces: list[Piece] = field(default_factory=list)


Drawn = Callable[[Picture], tuple[bytes, float]]
"""Draws a picture as PNG; with it, its height as a share of its width."""


def slides_of(section: Section, palette: Palette, drawn: Drawn) -> list[Slide]:
    """Return the slides of a section, its letters larger where it fills no slide; raises what `drawn` raises."""
    found = _flowed(section, palette, drawn, 1.0)
    if len(found) > 1:
        return found
    larger = (_flowed(section, palette, drawn, scale) for scale in _SCALES)
    return next((slides for slides in larger if len(slides) == 1), found)


def _flowed(section: Section, palette: Palette, drawn: Drawn, scale: float) -> list[Slide]:
    flow = _Flow(section.title, palette, drawn, scale)
    for block in section.blocks:
        flow.add(block)
    return flow.finished()


class _Flow:
    """Puts blocks below each other, on as many slides as they need."""

    def __init__(self, title: str, palette: Palette, drawn: Drawn, scale: float) -> None:
        self._title, self._palette, self._drawn = title, palette, drawn
        self._indent = _BULLET * scale
        self._text, self._answer, self._heading, self._note, self._cell_size, self._small_cell = (
            size * scale for size in (_TEXT, _ANSWER, _HEADING, _NOTE, _CELL, _SMALL_CELL)
        )
        self._slides = [Slide(title)]
        self._at = TOP
        self._waiting: list[Words] = []

    def finished(self) -> list[Slide]:
        """Return the slides; with more than one of them, each says the how-manieth it is."""
        self._put_down()
        many = len(self._slides) > 1
        titled = _("{title} ({number})")
        return [
            Slide(titled.format(title=entry.title, number=number) if many else entry.title, entry.pieces)
            for number, entry in enumerate(self._slides, start=1)
        ]

    def add(self, block: Block) -> None:
        """Put a block below what is there."""
        match block:
            case Table():
                for part in parts(block, _MOST_COLUMNS):
                    self._table(part)
            case Picture():
                self._picture(block)
            case _:
                for words in self._words(block):
                    self._say(words)

    def _words(self, block: Block) -> list[Words]:
        muted = self._palette.muted
        match block:
            case Heading():
                return [Words((Run(block.text, bold=True),), self._heading, 2 * _GAP, keep=True)]
            case Paragraph():
                size = {Style.ANSWER: self._answer, Style.NOTE: self._note}.get(block.style, self._text)
                colour = {Style.ANSWER: self._palette.accent, Style.NOTE: muted}.get(block.style, "")
                indent = 2 * self._indent if block.style is Style.QUOTE else 0.0
                said = _said(block.lead, block.text, colour, bold=block.style is Style.ANSWER)
                return [Words(said, size, _GAP, indent=indent)]
            case BulletList():
                return [words for number, entry in enumerate(block.entries, 1) for words in self._entry(block, number)]
            case FactList():
                return [
                    Words((Run(f"{fact.name}: ", colour=muted), Run(line)), self._text, _GAP / 2)
                    for fact in block.facts
                    for line in fact.value.split("\n")
                ]
            case Callout():
                title = Words((Run(block.title, bold=True),), self._text, 2 * _GAP, keep=True)
                return [title, *(Words((Run(part),), self._text, _GAP / 2) for part in block.paragraphs)]
        return []

    def _entry(self, block: BulletList, number: int) -> list[Words]:
        entry = block.entries[number - 1]
        mark = f"{number}." if block.numbered else "–"
        first = Words(_said(entry.lead, entry.text), self._text, _GAP, self._indent, mark, keep=bool(entry.note))
        notes = [
            Words((Run(line, colour=self._palette.muted),), self._note, 1, self._indent)
            for line in entry.note.split("\n")
            if line
        ]
        return [first, *notes]

    def _say(self, words: Words) -> None:
        """Put a paragraph down; one that is longer than what is left goes on to the next slide."""
        room = self._room()
        needed = words.height(ACROSS) + (_LEAST_ROOM if words.keep else 0)
        if needed <= room + _ROUNDING:
            self._waiting.append(words)
            return
        if room < DEEP and (words.height(ACROSS) <= DEEP or room < _LEAST_ROOM):
            self._turn()
            self._say(words)
            return
        parted = words.cut(ACROSS, room)
        if parted is None:
            self._waiting.append(words)
            return
        self._waiting.append(parted[0])
        self._turn()
        self._say(parted[1])

    def _room(self) -> float:
        return BOTTOM - self._at - height_of(self._waiting, ACROSS)

    def _put_down(self) -> None:
        """Make a box of the paragraphs that wait."""
        if self._waiting:
            height = height_of(self._waiting, ACROSS)
            self._slides[-1].pieces.append(TextPiece(self._at, height, tuple(self._waiting)))
            self._at += height
            self._waiting = []

    def _turn(self) -> None:
        """Begin a new slide; a heading that stands last comes along."""
        carried: list[Words] = []
        while self._waiting and self._waiting[-1].keep and len(self._waiting) > 1:
            carried.insert(0, self._waiting.pop())
        self._put_down()
        self._slides.append(Slide(self._title))
        self._at = TOP
        self._waiting = carried

    def _picture(self, picture: Picture) -> None:
        data, share = self._drawn(picture)
        caption = Words((Run(picture.caption, colour=self._palette.muted),), self._note, _GAP)
        beside = caption.height(ACROSS) + _GAP
        natural = ACROSS * share
        if self._room() - beside < min(natural, DEEP - beside) * _LEAST_PICTURE or self._room() < DEEP / 2:
            self._turn()
        self._put_down()
        height = min(natural, BOTTOM - self._at - beside)
        width = height / share
        self._slides[-1].pieces.append(
            PicturePiece(LEFT + (ACROSS - width) / 2, self._at + _GAP, width, height, data, picture.alternative)
        )
        self._at += height + _GAP
        self._say(caption)

    def _table(self, table: Table) -> None:
        size = self._small_cell if len(table.columns) > _MANY_COLUMNS else self._cell_size
        total = sum(column.width for column in table.columns)
        widths = tuple(ACROSS * column.width / total for column in table.columns)
        head = self._head(table, widths, size)
        rows = [self._row(table, row, widths, size) for row in table.rows]
        if table.caption:
            muted = Run(table.caption, colour=self._palette.muted)
            self._say(Words((muted,), self._note, _GAP, keep=True))
        while rows:
            least = head.height + _GAP + sum(row.height for row in rows[:2])
            if self._room() < min(least, DEEP) and self._room() < DEEP - 2 * self._heading:
                self._turn()
            self._put_down()
            rows = self._part(table, widths, head, rows)
            if rows:
                self._turn()

    def _part(self, table: Table, widths: tuple[float, ...], head: TableRow, rows: list[TableRow]) -> list[TableRow]:
        """Put down as many rows as fit, at least a part of one; return those that are left."""
        top = self._at + _GAP
        room = BOTTOM - top - head.height
        taken: list[TableRow] = []
        while rows and rows[0].height <= room:
            taken.append(rows[0])
            room -= rows[0].height
            rows = rows[1:]
        if rows and not taken:
            first, rest = _cut_row(rows[0], widths, room)
            taken, rows = [first], [rest, *rows[1:]]
        piece = TablePiece(top, widths, (head, *taken), table.caption)
        self._slides[-1].pieces.append(piece)
        self._at = top + piece.height + _GAP
        return rows

    def _head(self, table: Table, widths: tuple[float, ...], size: float) -> TableRow:
        cells = []
        for column in table.columns:
            align = _ALIGN[column.align]
            words = [Words((Run(column.title, bold=True),), size, align=align)]
            if column.hint:
                words.append(Words((Run(column.hint, colour=self._palette.muted),), size - 1.5, align=align))
            cells.append(TableCell(tuple(words)))
        return _measured(tuple(cells), widths)

    def _row(self, table: Table, row: Row, widths: tuple[float, ...], size: float) -> TableRow:
        cells = tuple(
            self._cell(cell, row, size, _ALIGN[column.align], is_heading=number < table.row_headings)
            for number, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True))
        )
        return _measured(cells, widths)

    def _cell(self, cell: Cell, row: Row, size: float, align: str, *, is_heading: bool) -> TableCell:
        muted = self._palette.muted
        if cell.is_rating:
            tone = self._palette.ratings[cell.rating]
            colour = muted if row.aside else tone.text
            said = Words((Run(cell.text, cell.rating in BOLD, colour),), size, align=align)
            return TableCell((said,), "" if row.aside else tone.fill)
        colour = muted if row.aside else ""
        words = [
            Words((Run(line, cell.strong, colour, strike=row.aside and is_heading),), size, align=align)
            for line in cell.text.split("\n")
        ]
        words += [Words((Run(line, colour=muted),), size - 1.5, align=align) for line in cell.note.split("\n") if line]
        return TableCell(tuple(words))


def _said(lead: str, text: str, colour: str = "", *, bold: bool = False) -> tuple[Run, ...]:
    runs = [Run(f"{lead} " if text else lead, bold=True, colour=colour)] if lead else []
    return (*runs, Run(text, bold=bold, colour=colour)) if text or not runs else tuple(runs)


def _measured(cells: tuple[TableCell, ...], widths: Sequence[float]) -> TableRow:
    heights = [height_of(cell.paragraphs, width - 2 * PADDING) for cell, width in zip(cells, widths, strict=True)]
    return TableRow(cells, max(heights) + 2 * PADDING)


def _cut_row(row: TableRow, widths: Sequence[float], room: float) -> tuple[TableRow, TableRow]:
    """Return a row in two: what of it is `room` high, and the rest."""
    halves = [
        _cut_cell(cell, width - 2 * PADDING, room - 2 * PADDING) for cell, width in zip(row.cells, widths, strict=True)
    ]
    first, rest = zip(*halves, strict=True)
    return _measured(first, widths), _measured(rest, widths)


def _cut_cell(cell: TableCell, width: float, room: float) -> tuple[TableCell, TableCell]:
    fitting: list[Words] = []
    left = list(cell.paragraphs)
    while left and left[0].height(width) <= room:
        room -= left[0].height(width)
        fitting.append(left.pop(0))
    if left and (parted := left[0].cut(width, room)) is not None:
        fitting.append(parted[0])
        left[0] = parted[1]
    return replace(cell, paragraphs=tuple(fitting)), TableCell(tuple(left))
