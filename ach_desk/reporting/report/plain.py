"""A report as plain text, for the clipboard and for mail: no line is broken, and every table row reads by itself."""

from __future__ import annotations

from collections.abc import Iterator

from ach_desk.i18n import _
from ach_desk.reporting.report.file_options import FileOptions
from ach_desk.reporting.report.model import (
    Block,
    BulletList,
    Callout,
    FactList,
    Heading,
    Paragraph,
    Picture,
    Pictures,
    Report,
    Row,
    Table,
)

_UNDER = {1: "=", 2: "-"}


def render(report: Report, _pictures: Pictures, _options: FileOptions | None = None) -> bytes:
    """Return the report as UTF-8; nothing is drawn for it."""
    return text(report).encode()


def text(report: Report) -> str:
    """Return the report as a string."""
    parts = [part for part in (report.marking, report.notice) if part]
    parts += [_heading(report.title, 1), report.byline]
    for section in report.sections:
        parts.append(_heading(section.title, 2))
        for block in section.blocks:
            parts += _block(block)
    parts.append(f"{report.program}, {report.created}")
    if report.marking:
        parts.append(report.marking)
    return "\n\n".join(parts) + "\n"


def _heading(words: str, level: int) -> str:
    return f"{words}\n{_UNDER[level] * min(len(words), 72)}"


def _said(lead: str, words: str) -> str:
    return " ".join(filter(None, (lead, words)))


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield block.text
        case Paragraph():
            yield _said(block.lead, block.text)
        case BulletList():
            yield "\n".join(_entries(block))
        case FactList():
            yield "\n".join(_("{name}: {value}").format(name=fact.name, value=fact.value) for fact in block.facts)
        case Table():
            yield "\n".join([*filter(None, [block.caption]), *(_row(block, row) for row in block.rows)])
        case Picture():
            yield _said(_("Chart:"), block.alternative)
        case Callout():
            yield "\n".join([block.title, *block.paragraphs])


def _entries(block: BulletList) -> Iterator[str]:
    for number, entry in enumerate(block.entries, start=1):
        mark = f"{number}." if block.numbered else "-"
        yield f"{mark} {_said(entry.lead, entry.text)}"
        for line in filter(None, entry.note.split("\n")):
            yield f"  {line}"


def _row(block: Table, row: Row) -> str:
    """Return a row in one line: what names it, then each column with its value; ratings close together."""
    cells = list(zip(block.columns, row.cells, strict=True))
    head = " ".join(_cell(cell.text, cell.note) for _column, cell in cells[: block.row_headings])
    rest = [
        (f"{column.title} " if cell.is_rating or column.hint else f"{column.title}: ")
        + _cell(cell.text or (_("not rated") if cell.is_rating else ""), cell.note)
        for column, cell in cells[block.row_headings :]
        if cell.text or cell.note or cell.is_rating
    ]
    return _("- {row} | {values}").format(row=head, values="; ".join(rest)) if rest else f"- {head}"


def _cell(words: str, note: str) -> str:
    words = words.replace("\n", " / ")
    below = note.replace("\n", " / ")
    return f"{words} ({below})" if below and words else words or below
