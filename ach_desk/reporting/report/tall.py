"""Charts of many hypotheses in parts, so that on a page or a slide the letters stay large enough to be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ach_desk.i18n import _
from ach_desk.reporting.report.model import Block, Picture

MOST_ROWS = 24
_KINDS = ("consistency", "ranking")


def in_parts(blocks: Iterable[Block], rows: int) -> list[Block]:
    """Return the blocks with every chart of hypotheses in parts of about equal size; `rows` are those it has."""
    found: list[Block] = []
    for block in blocks:
        found += _parts(block, rows) if isinstance(block, Picture) and block.kind in _KINDS else [block]
    return found


def _parts(picture: Picture, rows: int) -> list[Picture]:
    count = -(-rows // MOST_ROWS)
    if count < 2:
        return [picture]
    size = -(-rows // count)
    return [_part(picture, number * size, min((number + 1) * size, rows), rows) for number in range(count)]


def _part(picture: Picture, first: int, end: int, rows: int) -> Picture:
    where = _("Rows {first} to {last} of {rows}.").format(first=first + 1, last=end, rows=rows)
    return replace(
        picture,
        options=replace(picture.options, rows=(first, end)),
        caption=f"{picture.caption} {where}",
        alternative=f"{where} {picture.alternative if first == 0 else picture.caption}",
    )
