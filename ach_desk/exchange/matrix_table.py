"""A matrix as rows of cells for other programs: a row of headings, then one row per item."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ach_desk.exchange.csv_columns import Field, hypothesis_heading, join_sources
from ach_desk.model import Analysis, EvidenceItem, EvidenceKind, Hypothesis, Rating
from ach_desk.model.dates import event_fields, words_of
from ach_desk.model.public import public_source


def matrix_table(
    analysis: Analysis,
    items: Sequence[EvidenceItem],
    hypotheses: Sequence[Hypothesis],
    rating: Callable[[str, str], Rating | None],
    *,
    only_used: bool = False,
) -> list[list[str]]:
    """Return the cells that `matrix_rows.read_matrix_rows` reads back; none is guarded against formulas yet.

    `rating` gives what stands in a cell (item, hypothesis). With `only_used` the columns in which no item says
    anything of its own are left out, the first one apart.
    """
    columns = [[heading.value, *texts] for heading, texts in zip(Field, _columns(analysis, items), strict=True)]
    if only_used:
        columns = [columns[0], *(column for column in columns[1:] if not _says_nothing(column))]
    for hypothesis in hypotheses:
        ratings = [_rating_text(rating(item.id, hypothesis.id)) for item in items]
        columns.append([hypothesis_heading(hypothesis.title), *ratings])
    return [list(row) for row in zip(*columns, strict=True)]


def field_texts(analysis: Analysis, item: EvidenceItem) -> list[str]:
    """Return the texts of the item in the order of `Field`."""
    cited = (analysis.sources.get(citation.source) for citation in item.citations)
    names = (public_source(source).name for source in cited if source is not None)
    return [
        item.title,
        item.kind.value,
        item.credibility.value if item.credibility else "",
        item.relevance.value if item.relevance else "",
        join_sources(name for name in names if name),
        date_text(item),
        item.note,
    ]


def date_text(item: EvidenceItem) -> str:
    """Return when it happened so that it is understood again: the words where they say the same, else the days."""
    stored = {"event_date": item.event_date, "event_end": item.event_end, "event_words": item.event_words}
    said = item.event_words if item.event_date and event_fields(item.event_words) == stored else ""
    return words_of(item.event_date, item.event_end, said)


def _columns(analysis: Analysis, items: Sequence[EvidenceItem]) -> list[list[str]]:
    rows = [field_texts(analysis, item) for item in items]
    return [[row[place] for row in rows] for place in range(len(Field))]


def _says_nothing(column: Sequence[str]) -> bool:
    return {"", EvidenceKind.EVIDENCE.value}.issuperset(column[1:])


def _rating_text(rating: Rating | None) -> str:
    return rating.value.value if rating is not None and rating.value is not None else ""
