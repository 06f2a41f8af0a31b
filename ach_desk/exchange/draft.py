"""An analysis while a file of another program is read into it: records with labels, and the report on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from ach_desk.exchange.bounds import LONGEST_TEXT, clean, clean_line, is_cut
from ach_desk.exchange.csv_scale import scale_of
from ach_desk.exchange.formats import Incoming, RefusedFileError, Report
from ach_desk.i18n import _, join_some, ngettext
from ach_desk.model import (
    Analysis,
    Analyst,
    Citation,
    EvidenceItem,
    Hypothesis,
    Matrix,
    Numbers,
    Rating,
    Record,
    Source,
    now,
)
from ach_desk.model.ids import derived_id

MOST_RECORDS = 100_000
MOST_HYPOTHESES = 1_000
MOST_MATRICES = 1_000
MOST_CELLS = 2_000_000
MOST_SENTENCES = 1_000
_MOST_NAMED = 8
_LONGEST_LABEL = 60


@dataclass
class Draft:
    """Collects what a file says; `program` and `origin` make the ids, so that the same file gives the same ones.

    changed, skipped: sentences for the report, in the order in which they are said.
    """

    program: str
    origin: str
    name: str
    analysis: Analysis = field(init=False)
    changed: dict[str, None] = field(default_factory=dict)
    skipped: dict[str, None] = field(default_factory=dict)
    _cells: int = 0
    _sources: dict[tuple[str, ...], str] = field(default_factory=dict)
    _later: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.analysis = Analysis(created=now())

    def id_of(self, *names: object) -> str:
        """Return the id of what the file calls `names`: the same every time the same file is read."""
        return derived_id(self.program, self.origin, *map(str, names))

    def change(self, sentence: str) -> None:
        """Report something that is now other than in the file."""
        if len(self.changed) < MOST_SENTENCES:
            self.changed[sentence] = None

    def skip(self, sentence: str) -> None:
        """Report something that was left out."""
        if len(self.skipped) < MOST_SENTENCES:
            self.skipped[sentence] = None

    def change_each(self, sentence: str, place: str) -> None:
        """Report the same change at one more place; `sentence` has the placeholder {places}."""
        self._later.setdefault(sentence, []).append(place)

    def hypothesis(self, key: object, title: object, **fields: Any) -> Hypothesis:
        """Add a hypothesis; `key` is what the file calls it. One that is there already is returned as it is."""
        label = f"H{len(self.analysis.hypotheses) + 1}"
        return self._add(
            self.analysis.hypotheses, Hypothesis, key, {"label": label, "title": clean_line(title)}, fields
        )

    def item(self, key: object, title: object, **fields: Any) -> EvidenceItem:
        """Add an item; `key` is what the file calls it. One that is there already is returned as it is."""
        label = f"E{len(self.analysis.evidence) + 1}"
        own = {"label": label, "title": clean_line(title), "entered": self.analysis.created}
        return self._add(self.analysis.evidence, EvidenceItem, key, own, fields)

    def source(self, name: object, **fields: Any) -> Source | None:
        """Return the source of that name and those fields, added when it is new; None for one without a name."""
        shown = clean_line(name)
        if not shown:
            return None
        key = "\n".join([shown, *(f"{field}={value}" for field, value in sorted(fields.items()))])
        label = f"S{len(self.analysis.sources) + 1}"
        return self._add(self.analysis.sources, Source, key, {"label": label, "name": shown}, fields)

    def cite(self, name: object, **fields: Any) -> tuple[Citation, ...]:
        """Return the citation of a source by its name; nothing where the file names none."""
        source = self.source(name)
        return (Citation.model_validate({"source": source.id, **fields}),) if source is not None else ()

    def analyst(self, key: object, name: object) -> Analyst:
        """Return the analyst that the file calls `key`, added when new; a nameless one is Analyst 1, 2 ..."""
        number = len(self.analysis.analysts) + 1
        shown = clean_line(name) or _("Analyst {number}").format(number=number)
        return self._add(self.analysis.analysts, Analyst, key, {"name": shown}, {})

    def matrix(self, key: object, name: object, **fields: Any) -> Matrix:
        """Add an empty matrix, also where the file has another one of that key."""
        if len(self.analysis.matrices) >= MOST_MATRICES:
            text = _("{file} holds more than {count} matrices and was not read.")
            raise RefusedFileError(text.format(file=self.name, count=MOST_MATRICES))
        number = len(self.analysis.matrices) + 1
        shown = clean_line(name) or _("Matrix {number}").format(number=number)
        matrix_id = self.id_of("matrix", key)
        if any(matrix_id == other.id for other in self.analysis.matrices):
            matrix_id = self.id_of("matrix", key, number)
        matrix = Matrix(id=matrix_id, name=shown, **fields)
        self.analysis.matrices.append(matrix)
        return matrix

    def rate(
        self, matrix: Matrix, analyst: Analyst, item: EvidenceItem, hypothesis: Hypothesis, rating: Rating
    ) -> None:
        """Enter a rating; an empty one leaves the cell unrated."""
        self._cells += 1
        if self._cells > MOST_CELLS:
            self._refuse_size()
        matrix.set_rating(analyst.id, item.id, hypothesis.id, rating)

    def _add(
        self, records: dict[str, Any], kind: type[Record], key: object, own: Mapping[str, Any], more: Mapping[str, Any]
    ) -> Any:
        record_id = self.id_of(kind.__name__, key)
        if record_id in records:
            return records[record_id]
        most = MOST_HYPOTHESES if kind is Hypothesis else MOST_RECORDS
        if len(records) >= most:
            self._refuse_size()
        fields = {name: clean(value) if type(value) is str else value for name, value in more.items() if value}
        cut = [name for name, value in {**own, **fields}.items() if is_cut(value)]
        if cut:
            text = _("{label}: these texts were cut after {most} characters: {fields}.")
            label = clean_line(own.get("label", own.get("name", "")))[:_LONGEST_LABEL]
            self.change(text.format(label=label, most=LONGEST_TEXT, fields=", ".join(cut)))
        try:
            record = kind.model_validate({"id": record_id, **own, **fields})
        except ValidationError as error:
            refused = {str(problem["loc"][0]) for problem in error.errors()} - own.keys()
            record = kind.model_validate(
                {"id": record_id, **own, **{n: v for n, v in fields.items() if n not in refused}}
            )
            text = _("{label}: what the file says of these fields was not understood and left out: {fields}.")
            self.skip(text.format(label=own.get("label", own.get("name", "")), fields=", ".join(sorted(refused))))
        records[record_id] = record
        return record

    def _refuse_size(self) -> None:
        text = _("{file} holds more than {items} items, {hypotheses} hypotheses or {cells} cells and was not read.")
        raise RefusedFileError(
            text.format(file=self.name, items=MOST_RECORDS, hypotheses=MOST_HYPOTHESES, cells=MOST_CELLS)
        )

    def done(self) -> Incoming:
        """Return the analysis with its report; without an analysis where the file held nothing to analyse."""
        analysis = self.analysis
        for sentence, places in self._later.items():
            self.change(sentence.format(places=join_some(places, _MOST_NAMED)))
        analysis.next_numbers = Numbers(
            hypothesis=len(analysis.hypotheses) + 1,
            evidence=len(analysis.evidence) + 1,
            source=len(analysis.sources) + 1,
        )
        for matrix in analysis.matrices:
            cells = (
                rating.value for sheet in matrix.sheets.values() for row in sheet.values() for rating in row.values()
            )
            matrix.scale = scale_of({value for value in cells if value is not None})
        used = analysis.hypotheses or analysis.evidence
        report = Report(tuple(taken_words(analysis)), tuple(self.changed), tuple(self.skipped))
        return Incoming(analysis if used else None, report)


def taken_words(analysis: Analysis) -> Iterable[str]:
    """Yield what an analysis that was read holds: "3 hypotheses", "12 items" ..., as one sentence each."""
    ratings = sum(1 for *_cell, rating in analysis.rating_cells() if rating.value is not None)
    for count, text in (
        (len(analysis.matrices), ngettext("{count} matrix", "{count} matrices", len(analysis.matrices))),
        (len(analysis.hypotheses), ngettext("{count} hypothesis", "{count} hypotheses", len(analysis.hypotheses))),
        (len(analysis.evidence), ngettext("{count} item", "{count} items", len(analysis.evidence))),
        (len(analysis.sources), ngettext("{count} source", "{count} sources", len(analysis.sources))),
        (ratings, ngettext("{count} rating", "{count} ratings", ratings)),
    ):
        if count:
            yield text.format(count=count)
