"""An analysis as a bundle of STIX 2.1: the whole of it, whichever matrix is in front."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from ach_desk.exchange.formats import MAX_BUNDLE, Outgoing
from ach_desk.exchange.stix_terms import (
    EXTENSION,
    EXTENSION_FORM,
    NOT_WRITTEN,
    NOTE_KINDS,
    OPINIONS,
    PROGRAM,
    RENAMED,
    TLP,
    identifier,
)
from ach_desk.i18n import _, ngettext
from ach_desk.model import COLLECTIONS, Analysis, EvidenceItem, Matrix, Rating
from ach_desk.model.analysis import OwnFields
from ach_desk.model.file_paths import is_web_address
from ach_desk.model.method_settings import UNRECORDED, has_own_numbers, kept
from ach_desk.model.public import public
from ach_desk.scoring.group import without_group

Object = dict[str, Any]

_BEGINNING = "2020-01-01T00:00:00Z"
_HALVES = re.compile("[\ud800-\udfff]")
_PROPERTY = re.compile(r"[a-z][a-z0-9_]{2,249}")
_TLP_WORD = re.compile(r"\bTLP:\s*([A-Z]+)", re.IGNORECASE)


def write_stix(analysis: Analysis, matrix: Matrix, analyst: str) -> Outgoing:
    """Return the analysis as a bundle, and what that leaves out. The same analysis gives the same bytes.

    All matrices and all analysts go in, so that `matrix` and `analyst` do not matter; the group's median is nobody's
    and follows from theirs. Withheld sources go by their public description.
    """
    analysis = without_group(analysis)
    data = _Bundle(analysis).to_json()
    problems = [_("The file is too large to be imported again.")] if len(data) > MAX_BUNDLE else []
    return Outgoing(data, tuple(_left_out(analysis)), tuple(problems))


class _Bundle:
    """Makes the objects of one analysis."""

    def __init__(self, analysis: Analysis) -> None:
        self._root = analysis.id
        self._created = analysis.created or _BEGINNING
        last = analysis.trail[-1].time if analysis.trail else self._created
        self._modified = max(self._created, last)
        self._analysis = public(analysis)
        self._markings: dict[str, Object] = {}
        self._refs: dict[tuple[str, str], str] = {}
        self.report = identifier("report", self._root)

    def to_json(self) -> bytes:
        """Return the bundle, one line per object."""
        refs, written = [], []
        for entry in self._objects():
            if entry["type"] != "extension-definition":
                refs.append(entry["id"])
            written.append(_line(entry))
        written.insert(0, _line(self._report(refs)))
        written += map(_line, self._markings.values())
        lines = ",\n".join(written)
        bundle = identifier("bundle", self._root, self._modified)
        text = f'{{"type": "bundle", "id": "{bundle}", "objects": [\n{lines}\n]}}\n'
        return _HALVES.sub("\N{REPLACEMENT CHARACTER}", text).encode()

    def _objects(self) -> Iterator[Object]:
        analysis = self._analysis
        yield {**self._head("identity", PROGRAM), "name": "ACH Desk", "identity_class": "system"}
        yield self._extension_definition()
        for source in analysis.sources.values():
            head = self._head("identity", self.ref("source", source.id))
            yield {
                **head,
                "name": source.name or source.label,
                "identity_class": "unknown",
                **self._own("source", source),
            }
        for analyst in analysis.analysts.values():
            head = self._head("identity", self.ref("analyst", analyst.id))
            yield {**head, "name": analyst.name or "-", "identity_class": "individual", **self._own("analyst", analyst)}
        for hypothesis in analysis.hypotheses.values():
            texts = (
                f"{hypothesis.label}: {hypothesis.title}",
                hypothesis.statement or hypothesis.title or hypothesis.label,
            )
            yield self._note("hypothesis", hypothesis, *texts)
        for item in self.items():
            yield self._item(item)
        for matrix in analysis.matrices:
            yield self._grouping(matrix)
        yield from self._ratings()
        for kind in NOTE_KINDS:
            for record in getattr(analysis, COLLECTIONS[kind]).values():
                yield self._note(kind, record, kind, _said(record) or kind)

    def items(self) -> list[EvidenceItem]:
        """Return the items that go in: what waits unsorted is no part of the analysis yet."""
        return [item for item in self._analysis.evidence.values() if not item.is_unsorted]

    def ref(self, kind: str, record_id: str) -> str:
        """Return the identifier of a record of ours."""
        found = self._refs.get((kind, record_id))
        if found is None:
            types = {"source": "identity", "analyst": "identity", "matrix": "grouping"}
            found = identifier(types.get(kind, "note"), self._root, kind, record_id)
            self._refs[kind, record_id] = found
        return found

    def _head(self, kind: str, reference: str, time: str | None = None, marking: str = "") -> Object:
        modified = max(self._created, time) if time else self._modified
        created = self._created
        if reference == PROGRAM or kind == "extension-definition":
            created = modified = _BEGINNING
        times = {"created": _precise(created), "modified": _precise(modified)}
        head = {"type": kind, "spec_version": "2.1", "id": reference, **times}
        refs = self._marked(self._analysis.marking, marking) if reference != PROGRAM else []
        return {**head, "object_marking_refs": refs} if refs else head

    def _marked(self, *texts: str) -> list[str]:
        """Return the markings of an object: each text as a statement, and the colour of TLP that it names."""
        refs: dict[str, None] = {}
        for text in filter(str.strip, texts):
            reference = identifier("marking-definition", text)
            self._markings[reference] = {
                "type": "marking-definition",
                "spec_version": "2.1",
                "id": reference,
                "created": _precise(_BEGINNING),
                "definition_type": "statement",
                "definition": {"statement": text},
            }
            refs[reference] = None
            colour = _TLP_WORD.search(text)
            if colour and colour[1].upper() in TLP:
                refs[TLP[colour[1].upper()]] = None
        return list(refs)

    def _extension_definition(self) -> Object:
        return {
            **self._head("extension-definition", EXTENSION),
            "created_by_ref": PROGRAM,
            "name": "Analysis of Competing Hypotheses",
            "description": "Hypotheses, items of evidence, ratings and scores of an analysis of competing hypotheses.",
            "schema": EXTENSION_FORM,
            "version": "1.0.0",
            "extension_types": ["property-extension"],
        }

    def _own(self, kind: str, record: BaseModel | Mapping[str, Any], **more: Any) -> Object:
        """Return the extension with what the standard properties do not hold; empty parts are left away."""
        skipped = NOT_WRITTEN.get(kind, frozenset({"id"}))
        if isinstance(record, BaseModel):
            ach_id = {"ach_id": record.id}
            dumped = record.model_dump(mode="json", exclude_defaults=True, exclude=set(skipped))
            record = {name: value for name, value in dumped.items() if name in type(record).model_fields}
        else:
            ach_id = {}
        held = _filled({"kind": kind, **ach_id, "record": record, **more})
        return {"extensions": {EXTENSION: {"extension_type": "property-extension", **held}}}

    def _report(self, refs: Sequence[str]) -> Object:
        analysis = self._analysis
        own = OwnFields.model_validate({name: getattr(analysis, name) for name in OwnFields.model_fields})
        answers = [conclusion.answer for conclusion in analysis.conclusions.values() if conclusion.answer.strip()]
        described = "\n\n".join(filter(None, [analysis.notice, analysis.description, *answers]))
        return {
            **self._head("report", self.report),
            "name": analysis.question or _("Analysis of competing hypotheses"),
            **({"description": described} if described else {}),
            "report_types": ["threat-report"],
            "published": _precise(self._modified),
            "object_refs": list(refs),
            **self._own("analysis", own),
        }

    def _note(self, kind: str, record: Any, abstract: str, content: str) -> Object:
        return {
            **self._head("note", self.ref(kind, record.id)),
            "abstract": abstract,
            "content": content,
            "object_refs": [self.report],
            **self._own(kind, record),
        }

    def _item(self, item: EvidenceItem) -> Object:
        cited = [entry.source for entry in item.citations if entry.source in self._analysis.sources]
        sources = list(dict.fromkeys(self.ref("source", entry) for entry in cited))
        note = {
            **self._head("note", self.ref("evidence", item.id), marking=item.marking),
            "abstract": f"{item.label}: {item.title}",
            "content": item.detail or item.title or item.label,
            "object_refs": [self.report, *sources],
            **self._own("evidence", item),
        }
        if is_web_address(item.link):
            name = self._analysis.sources[cited[0]].name if cited else ""
            note["external_references"] = [{"source_name": name or "link", "url": item.link}]
        return note

    def _grouping(self, matrix: Matrix) -> Object:
        known = {item.id for item in self.items()}
        hypotheses = [self.ref("hypothesis", key) for key in matrix.hypotheses if key in self._analysis.hypotheses]
        items = [self.ref("evidence", key) for key in matrix.evidence if key in known]
        record = matrix.model_dump(
            mode="json", exclude_defaults=True, exclude={"id", "hypotheses", "evidence", "sheets", "method_settings"}
        )
        record = {name: value for name, value in record.items() if name in Matrix.model_fields}
        priors, method = record.pop("priors", {}), kept(matrix.method_settings).method
        own = self._own(
            "matrix",
            record,
            ach_id=matrix.id,
            hypothesis_refs=hypotheses,
            item_refs=items,
            analyst_refs=[self.ref("analyst", key) for key in matrix.sheets if key in self._analysis.analysts],
            priors=[{"hypothesis_ref": self.ref("hypothesis", key), "prior": value} for key, value in priors.items()],
            scores=list(self._scores(matrix)),
            method=None if method is UNRECORDED else method.value,
        )
        return {
            **self._head("grouping", self.ref("matrix", matrix.id)),
            "name": matrix.name or "-",
            "context": "unspecified",
            "object_refs": list(dict.fromkeys([*hypotheses, *items])) or [self.report],
            **own,
        }

    def _scores(self, matrix: Matrix) -> Iterator[Object]:
        from ach_desk.scoring import assess

        for analyst in matrix.sheets:
            if analyst not in self._analysis.analysts:
                continue
            assessment = assess(self._analysis, matrix, analyst)
            standing = assessment.standing
            for column, hypothesis in enumerate(assessment.hypotheses):
                yield {
                    "analyst_ref": self.ref("analyst", analyst),
                    "hypothesis_ref": self.ref("hypothesis", hypothesis.id),
                    "inconsistency": float(standing.inconsistency[column]),
                    "weighted_inconsistency": float(standing.weighted_inconsistency[column]),
                }

    def _ratings(self) -> Iterator[Object]:
        known = {item.id for item in self.items()}
        for matrix, analyst, item, hypothesis, rating in self._analysis.rating_cells():
            if item in known and hypothesis in self._analysis.hypotheses and analyst in self._analysis.analysts:
                yield self._rating(matrix.id, analyst, item, hypothesis, rating)

    def _rating(self, matrix: str, analyst: str, item: str, hypothesis: str, rating: Rating) -> Object:
        by, about = self.ref("analyst", analyst), self.ref("hypothesis", hypothesis)
        opinion = OPINIONS.get(rating.value) if rating.value is not None else None
        kind = "opinion" if opinion else "note"
        reference = identifier(kind, self._root, "rating", matrix, analyst, item, hypothesis)
        marking = self._analysis.evidence[item].marking
        said = f"{self._analysis.evidence[item].label}: {rating.value.value if rating.value else '-'}"
        said = f"{said}. {rating.rationale}" if rating.rationale else said
        refs = {"matrix_ref": self.ref("matrix", matrix), "item_ref": self.ref("evidence", item)}
        words = {"explanation": said, "opinion": opinion} if opinion else {"content": said}
        return {
            **self._head(kind, reference, rating.time, marking),
            "created_by_ref": by,
            **words,
            "object_refs": [about],
            **self._own("rating", rating.to_json(), **refs),
        }


def _line(entry: Object) -> str:
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":"))


def _precise(time: str) -> str:
    """Return a moment to the millisecond, as STIX writes it."""
    return time.replace("Z", ".000Z")


def _filled(held: Any) -> Any:
    """Return what is held as STIX takes it: no empty part, and pairs where a name could be no property's."""
    if isinstance(held, dict):
        parts = {RENAMED.get(name, name): _filled(value) for name, value in held.items()}
        parts = {name: value for name, value in parts.items() if value not in (None, "", [], {})}
        if all(_PROPERTY.fullmatch(name) for name in parts):
            return parts
        return [{"name": name, "value": value} for name, value in parts.items()]
    if isinstance(held, (list, tuple)):
        return [_filled(value) for value in held if value not in (None, "", [], {})]
    return held


def _said(record: Any) -> str:
    """Return what a further record says in one text, for those who read the notes alone."""
    return next((text for name in ("answer", "text", "name") if (text := getattr(record, name, ""))), "")


def _left_out(analysis: Analysis) -> Iterator[str]:
    unsorted = sum(item.is_unsorted for item in analysis.evidence.values())
    files = sum(len(item.attachments) for item in analysis.evidence.values())
    withheld = sum(source.withheld for source in analysis.sources.values())
    counted = len(analysis.snapshots) + len(analysis.retests) + len(analysis.findings_set_aside)
    together = sum(map(len, (analysis.rounds, analysis.estimates, analysis.remarks, analysis.cases)))
    if analysis.trail:
        yield _("the history")
    if analysis.handover is not None:
        yield _("the note to the next analyst")
    if analysis.credibility_rule is not None:
        yield _("the rule by which grades propose a credibility")
    if any(has_own_numbers(matrix.method_settings) for matrix in analysis.matrices):
        yield _("the settings of the methods")
    for count, text in (
        (
            together,
            ngettext(
                "{count} record of rounds, estimates, remarks and best cases",
                "{count} records of rounds, estimates, remarks and best cases",
                together,
            ),
        ),
        (unsorted, ngettext("{count} captured item, unsorted", "{count} captured items, unsorted", unsorted)),
        (files, ngettext("{count} attached file", "{count} attached files", files)),
        (withheld, ngettext("the name of {count} withheld source", "the names of {count} withheld sources", withheld)),
        (
            counted,
            ngettext(
                "{count} snapshot, retest or point set aside",
                "{count} snapshots, retests and points set aside",
                counted,
            ),
        ),
    ):
        if count:
            yield text.format(count=count)
