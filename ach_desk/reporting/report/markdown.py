"""A report as Markdown (CommonMark with the tables of GitHub), in which no text of an analyst becomes markup.

A chart cannot stand in a text file: its caption and its alternative text stand in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ach_desk.i18n import _
from ach_desk.reporting.report.file_options import FileOptions
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
    Pictures,
    Report,
    Row,
    Style,
    Table,
)

_MARKS = re.compile(r"[\\`*_{}\[\]<>#|~&$@!^]|:(?=[\w+-]+:|//)|(?<=[wW]{3})\.")
_AT_START = re.compile(r"^([-+=:])|^(\d{1,9})([.)])")
_RULES = {Align.START: ":--", Align.CENTER: ":-:", Align.END: "--:"}


def render(report: Report, _pictures: Pictures, _options: FileOptions | None = None) -> bytes:
    """Return the report as UTF-8; nothing is drawn for it."""
    parts = [part for part in (_bold(report.marking), _quoted(report.notice)) if part]
    parts += [f"# {escaped(report.title)}", escaped(report.byline)]
    for section in report.sections:
        parts.append(f"## {escaped(section.title)}")
        for block in section.blocks:
            parts += _block(block)
    parts.append(escaped(f"{report.program}, {report.created}"))
    if report.marking:
        parts.append(_bold(report.marking))
    return ("\n\n".join(parts) + "\n").encode()


def escaped(text: str) -> str:
    """Return a text of one line so that every reader of Markdown shows it as it is."""
    text = _MARKS.sub(lambda mark: f"\\{mark[0]}", text.replace("\n", " ").strip())
    return _AT_START.sub(lambda mark: f"\\{mark[1]}" if mark[1] else f"{mark[2]}\\{mark[3]}", text)


def _bold(text: str) -> str:
    return f"**{escaped(text)}**" if text.strip() else ""


def _quoted(text: str) -> str:
    return f"> {escaped(text)}" if text else ""


def _said(lead: str, text: str) -> str:
    return " ".join(filter(None, (_bold(lead), escaped(text))))


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * block.level} {escaped(block.text)}"
        case Paragraph():
            text = _said(block.lead, block.text)
            yield f"> {text}" if block.style is Style.QUOTE else text
        case BulletList():
            yield "\n".join(_entries(block))
        case FactList():
            yield "\n".join(f"- {_bold(fact.name + ':')} {escaped(fact.value)}" for fact in block.facts)
        case Table():
            if block.caption:
                yield escaped(block.caption)
            yield "\n".join(_table(block))
        case Picture():
            yield f"> {_said(_('Chart:'), block.alternative)}"
        case Callout():
            lines = [_bold(block.title), *map(escaped, block.paragraphs)]
            yield "\n>\n".join(f"> {line}" for line in lines)


def _entries(block: BulletList) -> Iterator[str]:
    for number, entry in enumerate(block.entries, start=1):
        mark = f"{number}." if block.numbered else "-"
        yield f"{mark} {_said(entry.lead, entry.text)}"
        for line in filter(None, entry.note.split("\n")):
            yield f"\n{' ' * (len(mark) + 1)}{escaped(line)}\n"


def _table(block: Table) -> Iterator[str]:
    heads = [f"{column.title} {column.hint}".strip() for column in block.columns]
    yield _line([escaped(head) for head in heads])
    yield _line([_RULES[column.align] for column in block.columns])
    for row in block.rows:
        yield _line([_cell(cell, row) for cell in row.cells])


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell, row: Row) -> str:
    parts = [part for text in (cell.text, cell.note) for part in text.split("\n") if part.strip()]
    text = escaped(" / ".join(parts))
    return f"~~{text}~~" if row.aside and text and not cell.is_rating else text
