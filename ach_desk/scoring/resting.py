"""What falls with an assumption that does not hold: items that do not count, cells that count as unrated; in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ach_desk.i18n import _, join_words, ngettext
from ach_desk.model import Analysis, RatingSheet
from ach_desk.model.resting import falling

Cell = tuple[str, str]
"""(evidence id, hypothesis id)."""


@dataclass(frozen=True)
class Fall:
    """What falls. items, cells: each with the id of what it rests on that does not hold; false: what does not hold.

    Cells are those of items that do not fall as a whole.
    """

    false: frozenset[str] = frozenset()
    items: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[Cell, str] = field(default_factory=dict)

    @property
    def rows(self) -> frozenset[str]:
        """Return the ids of the items that do not count: the false ones and those that rest on them."""
        return self.false.union(self.items)


NOTHING_FALLS = Fall()


def fall(analysis: Analysis, false: Iterable[str], sheet: RatingSheet) -> Fall:
    """Return what falls in a sheet when those in `false` (ids, of which some may be gone) do not hold."""
    held = frozenset(entry for entry in false if entry in analysis.evidence)
    if not held:
        return NOTHING_FALLS
    items = falling(analysis.evidence, held)
    rows = held.union(items)
    cells = {
        (item, hypothesis): next(entry for entry in rating.rests_on if entry in rows)
        for item, row in sheet.items()
        if item not in rows
        for hypothesis, rating in row.items()
        if rating.rests_on and not rows.isdisjoint(rating.rests_on)
    }
    return Fall(held, items, cells)


def resting_on(analysis: Analysis, sheet: RatingSheet, assumption: str) -> tuple[list[str], list[Cell]]:
    """Return the items and the cells of a sheet that name an assumption as what they rest on, in their order."""
    items = [item.id for item in analysis.evidence.values() if assumption in item.rests_on]
    cells = [
        (item, hypothesis)
        for item, row in sheet.items()
        if item in analysis.evidence
        for hypothesis, rating in row.items()
        if assumption in rating.rests_on and hypothesis in analysis.hypotheses
    ]
    return items, cells


def fall_words(items: int, cells: int) -> str:
    """Return for example "3 items and 2 cells fall"; "" when nothing does."""
    parts = []
    if items:
        parts.append(ngettext("{count} item", "{count} items", items).format(count=items))
    if cells:
        parts.append(ngettext("{count} cell", "{count} cells", cells).format(count=cells))
    return ngettext("{what} falls", "{what} fall", items + cells).format(what=join_words(parts)) if parts else ""


def reason(analysis: Analysis, fallen: Fall, item: str) -> str:
    """Return why an item does not count: "E14 is false" for the assumption itself, "rests on E14 ..." for others."""
    if item in fallen.false:
        return _("taken as false")
    return _rests_on(analysis, fallen, fallen.items[item])


def cell_reason(analysis: Analysis, fallen: Fall, cell: Cell) -> str:
    """Return why a cell counts as unrated."""
    return _rests_on(analysis, fallen, fallen.cells[cell])


def _rests_on(analysis: Analysis, fallen: Fall, assumption: str) -> str:
    label = analysis.evidence[assumption].label
    text = _("rests on {label}, which is false here")
    if assumption not in fallen.false:
        text = _("rests on {label}, which falls here")
    return text.format(label=label)
