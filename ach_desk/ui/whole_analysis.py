"""What the window asks of an analysis as a whole: something to work in, and every text that it shows."""

from __future__ import annotations

from collections.abc import Iterator

from ach_desk.commands import conclusions, edits, matrices
from ach_desk.i18n import _
from ach_desk.model import Analysis, Analyst, Matrix
from ach_desk.model.ids import derived_id


def make_workable(analysis: Analysis) -> None:
    """Give an analysis that has none of them a matrix with all its records, and somebody whose ratings it holds.

    What waits unsorted stays out of it. The format allows a file without. The ids follow from the analysis, so that
    edits in a journal find them again.
    """
    if not analysis.matrices:
        matrix = Matrix(id=derived_id(analysis.id, "matrix"), name=_("Matrix 1"))
        matrix.hypotheses, matrix.evidence = list(analysis.hypotheses), matrices.not_in(analysis, matrix, "evidence")
        analysis.matrices.append(matrix)
    if not analysis.analysts and not analysis.matrices[0].sheets:
        analyst = Analyst(id=derived_id(analysis.id, "analyst"), name=_("Analyst 1"))
        analysis.analysts[analyst.id] = analyst
        analysis.matrices[0].sheets[analyst.id] = {}


def every_text(analysis: Analysis, matrix: Matrix, analyst: str) -> Iterator[str]:
    """Yield every text that the window, the charts and the printed page show."""
    yield from (analysis.question, analysis.description, analysis.notice, analysis.marking, *analysis.authors)
    for item in analysis.evidence.values():
        yield from (item.title, item.detail, item.heading, item.note, item.status_reason)
        yield from (item.quotation, item.page, item.code, item.marking, item.event_words, *item.tags)
    for hypothesis in analysis.hypotheses.values():
        yield from (hypothesis.title, hypothesis.statement, hypothesis.status_reason, hypothesis.note)
    for source in analysis.sources.values():
        yield from (source.kind, source.link, *(getattr(source, name) for name in edits.TEXT_FIELDS["source"]))
    for noted in (*analysis.expectations.values(), *analysis.indicators.values()):
        yield from (noted.text, noted.note)
    for kind, records in (("conclusion", analysis.conclusions), ("outcome", analysis.outcomes)):
        for record in records.values():
            yield from (getattr(record, name) for name in edits.TEXT_FIELDS[kind])
    for conclusion in analysis.conclusions.values():
        yield from (text for _place, text in conclusions.nested_texts(conclusion))
    for named in (*analysis.matrices, *analysis.scenarios.values()):
        yield from (named.name, named.note)
    for row in matrix.sheets.get(analyst, {}).values():
        for rating in row.values():
            if rating.rationale:
                yield rating.rationale
