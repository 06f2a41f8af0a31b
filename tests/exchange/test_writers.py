"""Writing a file changes nothing in the analysis that is written."""

from __future__ import annotations

import pytest

from ach_desk import paths
from ach_desk.exchange.formats import FORMATS, Format
from ach_desk.storage.codec import decode, encode

_CASES = ("russia-june-2023.ach.json", "june-2023-exercise/collected.ach.json")


@pytest.mark.parametrize("case", _CASES)
@pytest.mark.parametrize("kind", [entry for entry in FORMATS if entry.write], ids=lambda entry: entry.ending)
def test_what_is_written_stays_as_it_is(kind: Format, case: str) -> None:
    analysis = decode((paths.seeds() / case).read_bytes(), case).analysis
    before = encode(analysis)
    for matrix in analysis.matrices:
        for analyst in matrix.sheets:
            kind.writer()(analysis, matrix, analyst)
    assert encode(analysis) == before
