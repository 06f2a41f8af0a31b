"""What a group of items says: its name and number, and in a folded one what stands under each hypothesis."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from PySide6.QtCore import Qt

from ach_desk.i18n import _, ngettext
from ach_desk.model import RatingValue
from ach_desk.scoring import Assessment
from ach_desk.scoring.table import CODES
from ach_desk.ui.matrix.family import Family
from ach_desk.ui.matrix.grouping import Band, Grouping
from ach_desk.ui.session import Session
from ach_desk.ui.text import shown, tooltip

_ROLE = Qt.ItemDataRole
_AGAINST = [
    CODES[value]
    for value in (RatingValue.SLIGHTLY_INCONSISTENT, RatingValue.INCONSISTENT, RatingValue.VERY_INCONSISTENT)
]


class GroupWords:
    """Answers by id of a band; `scores_shown` says whether the standing may be told."""

    def __init__(self, session: Session, grouping: Grouping, family: Family, scores_shown: Callable[[], bool]) -> None:
        self._session = session
        self._grouping = grouping
        self._family = family
        self._scores_shown = scores_shown
        self._rows: dict[str, tuple[Band, np.ndarray]] = {}
        self._counted: Assessment | None = None
        self._counts: dict[str, tuple[np.ndarray, np.ndarray, int]] = {}

    def title(self, band: str) -> str:
        """Return "Settlement · 4 items"."""
        name, items = self._grouping.bands[band]
        text = ngettext("{name} · {count} item", "{name} · {count} items", len(items))
        return text.format(name=name, count=len(items))

    def of_band(self, band: str, role: int) -> Any:
        """Return what the header of a band says for a role of Qt."""
        if role == _ROLE.DisplayRole:
            return shown(self.title(band))
        folded = self._grouping.is_folded(band)
        if role == _ROLE.AccessibleTextRole:
            state = _("group, folded") if folded else _("group, unfolded")
            return shown(f"{self.title(band)}, {state}", "\n\t")
        if role == _ROLE.ToolTipRole:
            key = _("Press + to unfold it.") if folded else _("Press - to fold it.")
            return tooltip(f"{self.title(band)}\n{key}")
        return None

    def of_cell(self, band: str, hypothesis: str, role: int) -> Any:
        """Return what a cell of a band says for a role of Qt: nothing while the group is open."""
        if role == _ROLE.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role == _ROLE.DisplayRole:
            return self.summary(band, hypothesis)
        if role not in (_ROLE.ToolTipRole, _ROLE.AccessibleTextRole):
            return None
        sentence = self._sentence(band, hypothesis) if self._grouping.is_folded(band) else ""
        return tooltip(sentence) if role == _ROLE.ToolTipRole else shown(sentence, "\n\t")

    def summary(self, band: str, hypothesis: str) -> str:
        """Return what a folded group says under a hypothesis: "3 against"; while scores are hidden, "5 of 6 rated"."""
        found = self._found(band, hypothesis)
        if found is None:
            return ""
        rated, against, total = found
        if not self._scores_shown():
            return _("{rated} of {total} rated").format(rated=rated, total=total)
        return ngettext("{count} against", "{count} against", against).format(count=against) if rated else ""

    def _sentence(self, band: str, hypothesis: str) -> str:
        found = self._found(band, hypothesis)
        if found is None:
            return ""
        rated, against, total = found
        label = self._session.analysis.hypotheses[hypothesis].label
        text = ngettext(
            "{label}: {rated} of {total} counted item of the group is rated.",
            "{label}: {rated} of {total} counted items of the group are rated.",
            total,
        )
        said = [text.format(label=label, rated=rated, total=total)]
        if self._scores_shown():
            text = ngettext("{count} speaks against it.", "{count} speak against it.", against)
            said.append(text.format(count=against))
        return " ".join(said)

    def _found(self, band: str, hypothesis: str) -> tuple[int, int, int] | None:
        """Return (rated, against, counted items) of a folded group; None for an open one, and under a heading."""
        shown_of = self._family.rated_as(hypothesis)
        column = self._session.column_of(shown_of) if shown_of is not None else None
        if column is None or not self._grouping.is_folded(band):
            return None
        rated, against, total = self._counts_of(band)
        return int(rated[column]), int(against[column]), total

    def _counts_of(self, band: str) -> tuple[np.ndarray, np.ndarray, int]:
        """Return, per hypothesis, how many counted items are rated and speak against it; and how many there are."""
        if self._counted is not self._session.assessment:
            self._counted, self._counts = self._session.assessment, {}
        rows, table = self._rows_of(band), self._session.assessment.table
        if band not in self._counts:
            codes = table.codes[rows[table.counted[rows]]]
            rated, against = (codes != CODES[None]).sum(axis=0), np.isin(codes, _AGAINST).sum(axis=0)
            self._counts[band] = rated, against, len(codes)
        return self._counts[band]

    def _rows_of(self, band: str) -> np.ndarray:
        """Return where the items of a group stand in the assessment; looked up anew only for another group."""
        group = self._grouping.bands[band]
        known = self._rows.get(band)
        if known is None or known[0] is not group:
            places = (self._session.row_of(entry) for entry in group.items)
            known = self._rows[band] = group, np.array([row for row in places if row is not None], np.intp)
            self._counts.pop(band, None)
        return known[1]
