"""A matrix as CSV, both ways: one row per item, one column per hypothesis, one analyst's ratings in the cells."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from ach_desk.exchange.csv_columns import Field
from ach_desk.exchange.csv_scale import scale_of
from ach_desk.exchange.csv_text import (
    MAX_BYTES,
    MAX_CELLS,
    MAX_COLUMNS,
    UnreadableMatrixError,
    comment_of,
    read_rows,
)
from ach_desk.exchange.left_out import left_out
from ach_desk.exchange.matrix_rows import CellProblem, ItemDraft, MatrixRows, column_name, read_matrix_rows
from ach_desk.exchange.matrix_table import field_texts, matrix_table
from ach_desk.i18n import _, join_words
from ach_desk.model import (
    Analysis,
    Citation,
    EvidenceItem,
    Hypothesis,
    Matrix,
    Numbers,
    Rating,
    Source,
    new_analysis,
    new_id,
    now,
)
from ach_desk.model.spreadsheet_cells import COMMENT, guarded
from ach_desk.scoring import shown_records

__all__ = [
    "CellProblem",
    "ExportResult",
    "ImportResult",
    "UnreadableMatrixError",
    "column_name",
    "read_matrix",
    "write_matrix",
]

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class ImportResult:
    """What became of a file: `analysis` is None when it was refused; `problems` are the cells not understood.

    `notes` are sentences about what was taken differently from how it stands in the file.
    """

    analysis: Analysis | None
    problems: tuple[CellProblem, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExportResult:
    """The file's bytes (UTF-8); `left_out`: sentences on what a CSV file does not hold.

    `problems` are sentences on what will not be read back as it is.
    """

    data: bytes
    left_out: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def read_matrix(data: bytes, name: str, *, skip_bad: bool = False, analyst_name: str | None = None) -> ImportResult:
    """Return the analysis that the CSV bytes describe, with the ratings of one analyst called `analyst_name`.

    `name` is the file's name for sentences. A cell that is not understood is a problem, and there is no analysis then
    unless `skip_bad`, which leaves such cells empty. Headings that contradict each other are never skipped. Raises
    UnreadableMatrixError for what is no table of text.
    """
    rows = read_rows(data, name)
    read = read_matrix_rows(rows)
    if read.problems and (read.headings_refused or not skip_bad):
        return ImportResult(None, read.problems, read.notes)
    analysis = _built(read, _("Analyst 1") if analyst_name is None else analyst_name)
    analysis.marking = comment_of(rows)
    return ImportResult(analysis, read.problems, read.notes)


def _built(read: MatrixRows, analyst_name: str) -> Analysis:
    analysis = new_analysis(analyst_name=analyst_name)
    matrix = analysis.matrices[0]
    sheet = matrix.sheets[next(iter(analysis.analysts))]
    for number, (_column, title) in enumerate(read.hypotheses, 1):
        hypothesis = Hypothesis(id=new_id(), label=f"H{number}", title=title)
        analysis.hypotheses[hypothesis.id] = hypothesis
    sources = _sources(read.items)
    analysis.sources.update({source.id: source for source in sources.values()})
    columns = list(analysis.hypotheses)
    entered = now()
    for number, draft in enumerate(read.items, 1):
        item = _item(draft, number, sources, entered)
        analysis.evidence[item.id] = item
        row = {hypothesis: Rating(value) for hypothesis, value in zip(columns, draft.values, strict=True) if value}
        if row:
            sheet[item.id] = row
    matrix.scale = scale_of({value for draft in read.items for value in draft.values if value is not None})
    matrix.hypotheses.extend(columns)
    matrix.evidence.extend(analysis.evidence)
    analysis.next_numbers = Numbers(hypothesis=len(columns) + 1, evidence=len(read.items) + 1, source=len(sources) + 1)
    return analysis


def _sources(drafts: Sequence[ItemDraft]) -> dict[str, Source]:
    """Return one source per name, numbered in the order in which the rows name them."""
    names = dict.fromkeys(name for draft in drafts for name in draft.sources)
    return {name: Source(id=new_id(), label=f"S{number}", name=name) for number, name in enumerate(names, 1)}


def _item(draft: ItemDraft, number: int, sources: Mapping[str, Source], entered: str) -> EvidenceItem:
    return EvidenceItem(
        id=new_id(),
        label=f"E{number}",
        title=draft.title,
        kind=draft.kind,
        event_date=draft.date.get("event_date"),
        event_end=draft.date.get("event_end"),
        event_words=draft.date.get("event_words") or "",
        entered=entered,
        credibility=draft.levels.get(Field.CREDIBILITY),
        relevance=draft.levels.get(Field.RELEVANCE),
        citations=tuple(Citation(source=sources[name].id) for name in draft.sources),
        note=draft.note,
    )


def write_matrix(
    analysis: Analysis, matrix: Matrix, analyst: str, *, byte_order_mark: bool = False, delimiter: str = ","
) -> ExportResult:
    """Return the matrix with the ratings of `analyst` (an id) as CSV, and what that leaves out.

    UTF-8 with `delimiter` between the cells; with `byte_order_mark` for programs that need one to recognise UTF-8.
    `read_matrix` gives equal titles, order, kinds, credibility, relevance, source names, dates, notes and ratings,
    except where `problems` says otherwise.
    """
    items, hypotheses = shown_records(analysis, matrix)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    if analysis.marking.strip():
        writer.writerow([COMMENT + " ".join(analysis.marking.split())])
    rows = matrix_table(analysis, items, hypotheses, partial(matrix.rating, analyst))
    writer.writerows(map(guarded, row) for row in rows)
    text, encoding = out.getvalue(), "utf-8-sig" if byte_order_mark else "utf-8"
    data = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text).encode(encoding)
    problems = list(_export_problems(analysis, items, hypotheses, len(data)))
    return ExportResult(data, tuple(left_out(analysis, matrix, analyst)), tuple(problems))


def _export_problems(
    analysis: Analysis, items: Sequence[EvidenceItem], hypotheses: Sequence[Hypothesis], size: int
) -> Iterator[str]:
    """Yield why the exported file cannot be read back, or not as it is."""
    labels: dict[str, list[str]] = {}
    for hypothesis in hypotheses:
        labels.setdefault(hypothesis.title, []).append(hypothesis.label)
    for same in (names for names in labels.values() if len(names) > 1):
        text = _("{labels} have the same title; change one of them, or the file cannot be imported.")
        yield text.format(labels=join_words(same))
    texts = {hypothesis.label: [hypothesis.title] for hypothesis in hypotheses}
    texts |= {item.label: field_texts(analysis, item) for item in items}
    broken = [label for label, parts in texts.items() if any(map(_SURROGATE.search, parts))]
    if broken:
        text = _("{labels}: half characters, which no CSV file can hold, were written as U+FFFD.")
        yield text.format(labels=join_words(broken))
    columns, cells = len(Field) + len(hypotheses), (len(Field) + len(hypotheses)) * (len(items) + 1)
    if size > MAX_BYTES or columns > MAX_COLUMNS or cells > MAX_CELLS:
        yield _("The file is too large to be imported again.")
