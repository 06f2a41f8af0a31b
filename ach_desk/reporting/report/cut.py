"""The beginning of a long report: as much of every section as a preview can show in an instant."""

from __future__ import annotations

from dataclasses import replace

from ach_desk.i18n import _, ngettext
from ach_desk.reporting.report.model import Block, BulletList, Paragraph, Report, Section, Style, Table


def beginning(report: Report, most: int) -> Report:
    """Return the report with at most `most` blocks in a section and lines in a block; it says how much is left."""
    return replace(report, sections=tuple(_section(section, most) for section in report.sections))


def _section(section: Section, most: int) -> Section:
    blocks: list[Block] = []
    for block in section.blocks[:most]:
        blocks += _block(block, most)
    if left := len(section.blocks) - most:
        blocks += _rest(left) if left > 0 else []
    return replace(section, blocks=tuple(blocks))


def _block(block: Block, most: int) -> list[Block]:
    match block:
        case Table() if len(block.rows) > most:
            return [replace(block, rows=block.rows[:most]), *_rest(len(block.rows) - most)]
        case BulletList() if len(block.entries) > most:
            return [replace(block, entries=block.entries[:most]), *_rest(len(block.entries) - most)]
    return [block]


def _rest(left: int) -> list[Block]:
    text = ngettext(
        "And {count} more, which the saved report has in full.",
        "And {count} more, which the saved report has in full.",
        left,
    )
    return [Paragraph(_("… {rest}").format(rest=text.format(count=left)), style=Style.NOTE)]
