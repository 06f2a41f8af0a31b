"""A small analysis whose items cite sources, for tests of grades and of what rests on whom."""

from __future__ import annotations

from typing import Any

from ach_desk.commands import edits
from ach_desk.commands import sources as source_edits
from ach_desk.model import RatingValue, Source
from helpers.analyses import Case, small_case

_AGAINST, _FITS = RatingValue.INCONSISTENT, RatingValue.CONSISTENT


def source_of(case: Case, number: int) -> Source:
    """Return the source labelled S`number`."""
    return next(entry for entry in case.analysis.sources.values() if entry.label == f"S{number}")


def cite(case: Case, name: str, *items: int, **fields: Any) -> str:
    """Add a source with these fields that the items cite; return its id."""
    command, source = edits.add_source(case.analysis, name, [case.e(number) for number in items])
    command.apply(case.analysis)
    if fields:
        edits.set_fields(case.analysis, "source", source, fields, "").apply(case.analysis)
    return source


def cited_as(case: Case, item: int, source: str, **values: Any) -> None:
    """Set fields of how an item cites a source."""
    source_edits.set_citation(case.analysis, case.e(item), source, **values).apply(case.analysis)


def rated_case() -> Case:
    """Return H1 with two items against it and H2 with one, four items in all: H2 leads by E2 alone."""
    case = small_case(hypotheses=2, items=4)
    wanted = [
        ((case.e(1), case.h(1)), _AGAINST),
        ((case.e(2), case.h(1)), _AGAINST),
        ((case.e(3), case.h(2)), _AGAINST),
    ]
    done = {cell for cell, _value in wanted}
    rest = [(case.e(row), case.h(column)) for row in range(1, 5) for column in (1, 2)]
    wanted += [(cell, _FITS) for cell in rest if cell not in done]
    edits.rate_each(case.analysis, case.matrix, case.analyst, wanted, "").apply(case.analysis)
    return case
