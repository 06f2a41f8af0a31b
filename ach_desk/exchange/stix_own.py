"""A bundle of STIX 2.1 that this program wrote, read back: the records with the ids that they had."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from ach_desk.exchange.bounds import clean_line
from ach_desk.exchange.draft import MOST_CELLS, MOST_HYPOTHESES, MOST_RECORDS, taken_words
from ach_desk.exchange.formats import Incoming, RefusedFileError, Report
from ach_desk.exchange.json_files import objects
from ach_desk.exchange.stix_in import own_part
from ach_desk.exchange.stix_terms import NOT_WRITTEN, NOTE_KINDS, RENAMED
from ach_desk.i18n import _, ngettext
from ach_desk.model import COLLECTIONS, RECORD_CLASSES, Analysis, Matrix, Numbers, Rating
from ach_desk.model.analysis import OwnFields
from ach_desk.model.integrity import problems
from ach_desk.model.labels import PREFIXES, highest_number, records_of
from ach_desk.model.method_settings import going_by, method_named

Object = dict[str, Any]

_KINDS = ("source", "analyst", "hypothesis", "evidence", *NOTE_KINDS)
_FIELDS = {name: field for field, name in RENAMED.items()}
_MOST_SENTENCES = 1_000


def read_own(held: Iterable[Object], name: str) -> Incoming:
    """Return the analysis that the objects hold; what was changed so that it fits no more is left out and named."""
    return _Reader(held, name).read()


class _Cell(NamedTuple):
    """A rating as it stands in a bundle: who, what and under which hypothesis, as references there."""

    matrix: str
    analyst: str
    item: str
    hypothesis: str
    rating: Rating
    problem: str


class _Reader:
    def __init__(self, held: Iterable[Object], name: str) -> None:
        self._held: list[Object] = []
        self._cells: list[_Cell] = []
        self._name = name
        self._refs: dict[str, str] = {}
        self._skipped: dict[str, None] = {}
        self._ids: dict[str, str] = {}
        self._analysis = Analysis()
        for entry in held:
            part = own_part(entry)
            if part.get("kind") == "rating":
                self._keep_cell(part, entry)
            else:
                self._held.append(entry)

    def _keep_cell(self, part: Object, entry: Object) -> None:
        """Keep what a rating says and nothing of the object, of which there is one for each cell."""
        if len(self._cells) >= MOST_CELLS:
            self._refuse_size()
        about = entry.get("object_refs")
        said = (part.get("matrix_ref"), entry.get("created_by_ref"), part.get("item_ref"))
        refs = [str(ref) for ref in (*said, about[0] if isinstance(about, list) and about else "")]
        matrix, analyst, item, hypothesis = (self._refs.setdefault(ref, ref) for ref in refs)
        try:
            rating, problem = Rating.parse(_unfilled(part.get("record"))), ""
        except ValueError as error:
            rating, problem = Rating(None), str(error)
        self._cells.append(_Cell(matrix, analyst, item, hypothesis, rating, problem))

    def read(self) -> Incoming:
        """Return the analysis with its report."""
        for part, _entry in self._parts("analysis"):
            self._analysis = self._own_fields(part)
        for kind in _KINDS:
            for part, entry in self._parts(kind):
                self._add_record(kind, part, entry["id"])
        for part, entry in self._parts("matrix"):
            self._add_matrix(part, entry["id"])
        matrices = {matrix.id: matrix for matrix in self._analysis.matrices}
        for cell in self._cells:
            self._rate(cell, matrices)
        self._label_anew()
        self._drop_loose_ends()
        self._report_rest()
        return Incoming(
            self._analysis if self._ids else None,
            Report(tuple(taken_words(self._analysis)), (), tuple(self._skipped)),
        )

    def _parts(self, kind: str) -> Iterator[tuple[Object, Object]]:
        for entry in self._held:
            part = own_part(entry)
            if part.get("kind") == kind:
                yield part, entry

    def _skip(self, sentence: str) -> None:
        if len(self._skipped) < _MOST_SENTENCES:
            self._skipped[sentence] = None

    def _own_fields(self, part: Object) -> Analysis:
        known = OwnFields.model_fields.keys() - NOT_WRITTEN["analysis"]
        fields = self._fields(Analysis, part, known)
        return Analysis(**fields) if fields else Analysis()

    def _fields(self, kind: type[BaseModel], part: Object, known: Any) -> Object:
        """Return the fields of a record that can be used; the others are named."""
        held = _unfilled(part.get("record"))
        fields = {name: value for name, value in held.items() if name in known} if isinstance(held, dict) else {}
        identity = {"id": part["ach_id"]} if isinstance(part.get("ach_id"), str) else {}
        for _attempt in range(2):
            needed = {name: "" for name, info in kind.model_fields.items() if info.is_required()}
            try:
                kind.model_validate({**needed, "label": "-", **fields, **identity})
            except ValidationError as error:
                wrong = {str(problem["loc"][0]) for problem in error.errors()}
                place = clean_line(fields.get("label") or fields.get("name") or part.get("kind"))[:60]
                text = _("{place}: not as this program writes it, and left out: {fields}.")
                self._skip(text.format(place=place, fields=", ".join(sorted(wrong))))
                fields = {name: value for name, value in fields.items() if name not in wrong}
                identity = {} if "id" in wrong else identity
            else:
                return {**fields, **identity}
        return {}

    def _add_record(self, kind: str, part: Object, reference: str) -> None:
        record_class = RECORD_CLASSES[COLLECTIONS[kind]]
        records = getattr(self._analysis, COLLECTIONS[kind])
        fields = self._fields(
            record_class, part, record_class.model_fields.keys() - {"id"} - NOT_WRITTEN.get(kind, set())
        )
        if "id" not in fields or fields["id"] in records:
            self._skip(_("A record without an identifier of its own: {kind}.").format(kind=kind))
            return
        if len(records) >= (MOST_HYPOTHESES if kind == "hypothesis" else MOST_RECORDS):
            self._refuse_size()
        needed: Object = {name: "" for name, info in record_class.model_fields.items() if info.is_required()}
        if kind in PREFIXES and not fields.get("label"):
            needed["label"] = "?"
        try:
            records[fields["id"]] = record_class.model_validate({**needed, **fields})
        except ValidationError:
            self._skip(_("A record that lacks what it needs: {kind}.").format(kind=kind))
            return
        self._ids[reference] = fields["id"]

    def _add_matrix(self, part: Object, reference: str) -> None:
        known = Matrix.model_fields.keys() - {"id", "hypotheses", "evidence", "sheets", "priors", "method_settings"}
        fields = self._fields(Matrix, part, known)
        if "id" not in fields or any(matrix.id == fields["id"] for matrix in self._analysis.matrices):
            self._skip(_("A record without an identifier of its own: {kind}.").format(kind="matrix"))
            return
        matrix = Matrix.model_validate(fields)
        matrix.hypotheses = self._known(part, "hypothesis_refs", self._analysis.hypotheses)
        matrix.evidence = self._known(part, "item_refs", self._analysis.evidence)
        matrix.sheets = {key: {} for key in self._known(part, "analyst_refs", self._analysis.analysts)}
        for entry in objects(part, "priors"):
            hypothesis, prior = self._ids.get(str(entry.get("hypothesis_ref"))), entry.get("prior")
            if hypothesis in matrix.hypotheses and isinstance(prior, (int, float)) and 0 <= prior <= 1:
                matrix.priors[hypothesis] = float(prior)
        matrix.method_settings = going_by(method_named(part.get("method")))
        self._analysis.matrices.append(matrix)
        self._ids[reference] = matrix.id

    def _known(self, part: Object, name: str, records: dict[str, Any]) -> list[str]:
        refs = part.get(name)
        ids = [self._ids.get(ref, "") for ref in refs if isinstance(ref, str)] if isinstance(refs, list) else []
        return list(dict.fromkeys(entry for entry in ids if entry in records))

    def _rate(self, cell: _Cell, matrices: dict[str, Matrix]) -> None:
        key, analyst, item, hypothesis = (self._ids.get(ref, "") for ref in cell[:4])
        matrix = matrices.get(key)
        there = analyst in self._analysis.analysts and item in self._analysis.evidence
        if matrix is None or not there or hypothesis not in self._analysis.hypotheses:
            self._skip(_("A rating of something that is not there."))
        elif cell.problem:
            text = _("{item} under {hypothesis}: {problem}; the cell is unrated.")
            labels = self._analysis.evidence[item].label, self._analysis.hypotheses[hypothesis].label
            self._skip(text.format(item=labels[0], hypothesis=labels[1], problem=cell.problem))
        else:
            matrix.set_rating(analyst, item, hypothesis, cell.rating)

    def _label_anew(self) -> None:
        """Give a label of its own to whatever has none, or one that another record has too."""
        numbers = {}
        for kind in PREFIXES:
            records = records_of(self._analysis, kind)
            seen: Counter[str] = Counter()
            for key, record in list(records.items()):
                seen[record.label] += 1
                if record.label == "?" or seen[record.label] > 1:
                    label = f"{PREFIXES[kind]}{highest_number(self._analysis, kind) + 1}"
                    records[key] = record.model_copy(update={"label": label})
            numbers[kind] = highest_number(self._analysis, kind) + 1
        self._analysis.next_numbers = Numbers(**numbers)

    def _drop_loose_ends(self) -> None:
        """Leave out what cites a source that is not in the bundle; say of everything else that refers to nothing."""
        sources = self._analysis.sources
        for key, item in list(self._analysis.evidence.items()):
            kept = tuple(entry for entry in item.citations if entry.source in sources)
            if kept != item.citations:
                self._skip(_("{label}: a source that is not in the file.").format(label=item.label))
                self._analysis.evidence[key] = item.model_copy(update={"citations": kept})
        for problem in problems(self._analysis):
            self._skip(problem.text)

    def _report_rest(self) -> None:
        definitions = ("extension-definition", "marking-definition")
        rest = Counter(
            clean_line(entry.get("type"))[:60]
            for entry in self._held
            if not own_part(entry) and entry.get("type") not in definitions and entry.get("identity_class") != "system"
        )
        for kind, count in sorted(rest.items()):
            text = ngettext("{count} object of others: {kind}.", "{count} objects of others: {kind}.", count)
            self._skip(text.format(count=count, kind=kind))

    def _refuse_size(self) -> None:
        text = _("{file} holds more than {items} items, {hypotheses} hypotheses or {cells} cells and was not read.")
        raise RefusedFileError(
            text.format(file=self._name, items=MOST_RECORDS, hypotheses=MOST_HYPOTHESES, cells=MOST_CELLS)
        )


def _unfilled(held: Any) -> Any:
    """Return what `stix_out` made of a record as the record itself: pairs of name and value as a mapping again."""
    if isinstance(held, dict):
        return {_FIELDS.get(name, name): _unfilled(value) for name, value in held.items()}
    if not isinstance(held, list):
        return held
    if held and all(isinstance(entry, dict) and entry.keys() == {"name", "value"} for entry in held):
        return {str(entry["name"]): _unfilled(entry["value"]) for entry in held}
    return [_unfilled(entry) for entry in held]
