"""Where remarks are, for marks, tooltips and screen readers; looked up once for each change of a remark."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ach_desk.i18n import _
from ach_desk.model import Analysis, Remark


class Remarked(NamedTuple):
    """The remarks that begin something in one matrix, by what they are about. analysis: for the names of authors."""

    analysis: Analysis
    cells: dict[tuple[str, str], list[Remark]]
    records: dict[str, list[Remark]]

    def __bool__(self) -> bool:
        """Return whether there is any on a place of the matrix."""
        return bool(self.cells or self.records)

    def cell_words(self, evidence: str, hypothesis: str) -> list[str]:
        """Return a line for each remark on a cell."""
        return [self._line(one) for one in self.cells.get((evidence, hypothesis), ())]

    def record_words(self, record_id: str) -> list[str]:
        """Return a line for each remark on an item or hypothesis."""
        return [self._line(one) for one in self.records.get(record_id, ())]

    def _line(self, one: Remark) -> str:
        text = _("Remark, resolved: {text}") if one.resolved else _("Remark, open: {text}")
        return text.format(text=one.text)


def remarked(analysis: Analysis, matrix: str) -> Remarked:
    """Return where the remarks on a matrix (an id), and on items and hypotheses in all of them, are."""
    found = Remarked(analysis, {}, {})
    if not analysis.remarks:
        return found
    from ach_desk.commands.remarks import threads

    for one in threads(analysis, matrix):
        if one.evidence and one.hypothesis:
            found.cells.setdefault((one.evidence, one.hypothesis), []).append(one)
        elif record := one.evidence or one.hypothesis:
            found.records.setdefault(record, []).append(one)
    return found


def any_open(found: Iterable[Remark]) -> bool:
    """Return whether one of the remarks is open."""
    return any(one.resolved is None for one in found)
