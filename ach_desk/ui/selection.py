"""What is selected in the matrix: the one value that matrix, inspector, charts and actions exchange."""

from __future__ import annotations

from typing import NamedTuple


class Selection(NamedTuple):
    """Ids of what is selected. `focus` says what the keyboard is on: "cell", "evidence", "hypothesis" or ""."""

    focus: str = ""
    evidence: str | None = None
    hypothesis: str | None = None
    cells: tuple[tuple[str, str], ...] = ()
    items: tuple[str, ...] = ()
    hypotheses: tuple[str, ...] = ()
