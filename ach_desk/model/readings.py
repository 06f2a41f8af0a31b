"""Two readings of one item: as true and as deceptive. They stand in the matrix both, and one counts at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ach_desk.model.evidence import EvidenceItem
from ach_desk.model.ids import Id
from ach_desk.model.values import Reading

OTHER: Mapping[Reading, Reading] = {Reading.TRUE: Reading.DECEPTIVE, Reading.DECEPTIVE: Reading.TRUE}
"""Each reading with the other one."""


def twin_of(evidence: Mapping[Id, EvidenceItem], item: EvidenceItem) -> EvidenceItem | None:
    """Return the other reading of an item; None where it has none, and where the other does not name it back."""
    if item.twin is None:
        return None
    other = evidence.get(item.twin)
    return other if other is not None and other.twin == item.id and other.id != item.id else None


def pairs(items: Iterable[EvidenceItem]) -> Iterator[tuple[EvidenceItem, EvidenceItem]]:
    """Yield the pairs that are among `items`, the reading as true first, each once."""
    paired = {item.id: item for item in items if item.twin is not None}
    seen: set[Id] = set()
    for item in paired.values():
        other = twin_of(paired, item)
        if other is not None and item.id not in seen:
            seen.add(other.id)
            turned = item.reading is Reading.DECEPTIVE and other.reading is not Reading.DECEPTIVE
            yield (other, item) if turned else (item, other)
