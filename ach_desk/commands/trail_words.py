"""The trail in words: one row for each change of a cell, a field, or of what there is, ready for a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from ach_desk.commands.change import CellRef
from ach_desk.commands.command import MATRIX_AXIS, collection_of, find
from ach_desk.commands.judgement_words import conclusion_change
from ach_desk.commands.trail import is_readable, rating_steps
from ach_desk.i18n import _, join_some
from ach_desk.model import (
    Analysis,
    ChallengeState,
    Citation,
    EvidenceStatus,
    ExpectationKind,
    GradingScheme,
    HypothesisStatus,
    IndicatorState,
    Level,
    Rating,
    Reading,
    Reliability,
    RoundState,
    SourceEvaluation,
    TrailEntry,
)
from ach_desk.model.change_words import field_word, kind_name, rating_change, shortened
from ach_desk.model.grade_words import citation_words, grade_word, scheme_word
from ach_desk.model.method_settings import Frame, Method, MethodSettings
from ach_desk.model.values import Dependence, GroupCause
from ach_desk.model.words import (
    cause_word,
    challenge_word,
    dependence_word,
    frame_word,
    indicator_word,
    level_word,
    made_word,
    method_word,
    rating_symbol,
    reading_word,
    round_word,
    settings_word,
    status_word,
)
from ach_desk.scoring import deception_check, hypothesis_check

RATINGS, TEXTS, REST = "ratings", "texts", "rest"

_FOLLOWS = frozenset(
    {"status_date", "state_date", "wording", "answered", "answered_by", "record"}
    | {"retracted_date", "credibility_from_grades", "revealed", "revealed_by", "closed", "resolved_by"}
)
"""Fields that change together with another one, which tells it."""
_TEXT_FIELDS = frozenset(
    {
        "title",
        "detail",
        "quotation",
        "statement",
        "note",
        "status_reason",
        "suspect_reason",
        "question",
        "description",
        "notice",
        "marking",
        "page",
        "link",
        "code",
        "event_words",
        "name",
        "text",
        "answer",
        "handover",
        "no_judgement_reason",
        "source_base",
        "gaps",
        "agreement",
        "departure",
        "would_change",
        "grounds",
        "lessons",
        "grade_reason",
        "access",
        "motive",
        "track_record",
        "retracted_reason",
        "public_description",
    }
)
_NAMED_KINDS = ("scenario", "group", "round", "analyst")
_QUOTED_KINDS = ("expectation", "indicator", "remark", "case")
_MEMBERS = ("group", "items")
_BY_HYPOTHESIS = ("priors", "joint")
"""Fields with a number for each hypothesis."""
_MOST_NAMED = 4
_UNKNOWN = "?"


def _level(value: str | None) -> str:
    return level_word(Level(value) if value else None)


def _status(value: str | None) -> str:
    return status_word(HypothesisStatus(value) if value in list(HypothesisStatus) else EvidenceStatus(value))


def _reading(value: str | None) -> str:
    return reading_word(Reading(value)) if value else _("nothing")


def _state(value: str | None) -> str:
    if value in list(ChallengeState):
        return challenge_word(ChallengeState(value))
    if value in list(RoundState):
        return round_word(RoundState(value))
    return indicator_word(IndicatorState(value))


def _resolved(value: str | None) -> str:
    return _("resolved") if value else _("open")


def _made(value: str | None) -> str:
    return made_word(ExpectationKind(value)) if value else _("nothing")


def _frame(value: str | None) -> str:
    return frame_word(Frame(value) if value else None)


def _strength(value: str | None) -> str:
    return dependence_word(Dependence(value))


def _cause(value: str | None) -> str:
    return cause_word(GroupCause(value))


def _reliability(value: str | None) -> str:
    return grade_word(Reliability(value)) if value else _("not graded")


def _evaluation(value: str | None) -> str:
    return grade_word(SourceEvaluation(value)) if value else _("not graded")


def _scheme(value: str | None) -> str:
    return scheme_word(GradingScheme(value or GradingScheme.ADMIRALTY))


_CLOSED_LISTS: dict[str, Callable[[str | None], str]] = {
    "credibility": _level,
    "relevance": _level,
    "status": _status,
    "reading": _reading,
    "state": _state,
    "resolved": _resolved,
    "strength": _strength,
    "cause": _cause,
    "frame": _frame,
    "made": _made,
    "reliability": _reliability,
    "evaluation": _evaluation,
    "grading": _scheme,
}
"""Fields with one of a few values, each with its word."""


_CHECKS: dict[str, Callable[[], dict[str, str]]] = {
    "hypothesis_check": hypothesis_check.question_texts,
    "deception_check": deception_check.question_texts,
}
"""Fields with the answers to a checklist, each with its questions."""


@dataclass(frozen=True, slots=True)
class TrailRow:
    """One thing that an entry says.

    kind: RATINGS, TEXTS or REST. For a rating: its cell and what stood there before and after (None: nothing).
    """

    entry: TrailEntry
    kind: str
    cell: CellRef | None = None
    before: Rating | None = None
    after: Rating | None = None

    def concerns(self, evidence: str | None, hypothesis: str | None) -> bool:
        """Return whether the row is about the cell (both ids), or about the item or hypothesis in any way."""
        if self.cell is not None:
            return evidence in (None, self.cell.evidence) and hypothesis in (None, self.cell.hypothesis)
        ids = _record_ids(self.entry)
        return bool(ids & {evidence, hypothesis} - {None}) and not (evidence and hypothesis)


def rows_of(analysis: Analysis, entries: Sequence[TrailEntry]) -> list[TrailRow]:
    """Return the rows of `entries`, a stretch at the end of the trail of `analysis`, from first to last."""
    steps = iter(rating_steps(entries, analysis))
    rows: list[TrailRow] = []
    for entry in entries:
        if not is_readable(entry):
            rows.append(TrailRow(entry, REST))
        elif entry.what == "rate":
            rows += [TrailRow(entry, RATINGS, *step[1:]) for _cell, step in zip(entry.body[2], steps, strict=False)]
        elif entry.what != "set":
            rows.append(TrailRow(entry, REST))
        elif entry.body[2] not in _FOLLOWS:
            rows.append(TrailRow(entry, TEXTS if entry.body[2] in _TEXT_FIELDS else REST))
    return rows


class TrailWords:
    """Says rows in words; knows the labels of what is gone from the trail itself."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._gone: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._challenges: dict[str, dict[str, Any]] = {}
        self._texts_gone: dict[str, str] = {}
        self.go_on(analysis, analysis.trail)

    def go_on(self, analysis: Analysis, entries: Sequence[TrailEntry]) -> None:
        """Take the entries that came since into account, and the analysis as it is now."""
        self._analysis = analysis
        for kind, record in _records_in(entries):
            self._gone[record["id"]] = record.get("label", "")
            if kind in _NAMED_KINDS:
                self._names[record["id"]] = str(record.get("name", ""))
            if kind == "challenge":
                self._challenges[record["id"]] = record
            elif kind in _QUOTED_KINDS:
                self._texts_gone[record["id"]] = str(record.get("text", ""))

    def sentence(self, row: TrailRow) -> str:
        """Return what a row says, such as "E4 under H2: C → I, “seen again”"."""
        text = self._said(row)
        if row.entry.how == "undo":
            return _("Undo: {text}").format(text=text)
        return _("Redo: {text}").format(text=text) if row.entry.how == "redo" else text

    def who(self, row: TrailRow) -> str:
        """Return the name of who did it; "" when that is not known."""
        analyst = self._analysis.analysts.get(row.entry.by)
        return analyst.name if analyst is not None else ""

    def label(self, record_id: str) -> str:
        """Return the label of a record that is or was there; "?" for one that nothing is known of."""
        analysis = self._analysis
        for records in (analysis.evidence, analysis.hypotheses, analysis.sources):
            if record_id in records:
                return records[record_id].label
        return self._gone.get(record_id) or _UNKNOWN

    def name(self, kind: str, record_id: str) -> str:
        """Return what a record is called: its label, or kind and name."""
        return self._titled(kind, record_id) if kind in _NAMED_KINDS else self._name(kind, record_id)

    def value(self, field: str, value: Any) -> str:
        """Return what a field holds, as the trail would write it, in words."""
        return self._value(field, value)

    def _said(self, row: TrailRow) -> str:
        if row.cell is not None:
            return self._rating(row, row.cell)
        if not is_readable(row.entry):
            return _("An edit that this version cannot read")
        return {
            "set": self._field,
            "add": self._records,
            "remove": self._records,
            "order": self._order,
        }[row.entry.what](row.entry)

    def _rating(self, row: TrailRow, cell: CellRef) -> str:
        change = rating_change(row.before, row.after, self.label)
        return _("{place}: {change}").format(place=self._place(cell.evidence, cell.hypothesis), change=change)

    def _place(self, evidence: str, hypothesis: str) -> str:
        return _("{item} under {hypothesis}").format(item=self.label(evidence), hypothesis=self.label(hypothesis))

    def _field(self, entry: TrailEntry) -> str:
        kind, record_id, field, before, after = entry.body
        name = self.name(kind, record_id)
        if field in _CHECKS:
            said = _answers_said(_CHECKS[field](), before, after)
            return _("{name}, {field}: {change}").format(name=name, field=field_word(field), change=said)
        change = conclusion_change(field, before, after, self.label) if kind == "conclusion" else ""
        change = change or _("{before} → {after}").format(
            before=self._value(field, before), after=self._value(field, after)
        )
        what = field_word(field)
        return _("{name}, {field}: {change}").format(name=name, field=what, change=change)

    def _name(self, kind: str, record_id: str) -> str:
        if kind in ("hypothesis", "evidence", "source"):
            return self.label(record_id)
        if kind == "challenge":
            return self._challenge(record_id)
        if kind in _QUOTED_KINDS:
            return self._quoted(kind, record_id)
        return kind_name(kind)

    def _titled(self, kind: str, record_id: str) -> str:
        record = collection_of(self._analysis, kind).get(record_id)
        name = record.name if record is not None else self._names.get(record_id, "")
        return _("{kind} “{name}”").format(kind=kind_name(kind), name=shortened(name)) if name else kind_name(kind)

    def _quoted(self, kind: str, record_id: str) -> str:
        """Return an expectation or indicator by the words that it has now, or had when it was deleted."""
        record = find(self._analysis, kind, record_id)
        text = record.text if record is not None else self._texts_gone.get(record_id, "")
        if not text:
            return kind_name(kind)
        return _("{kind} “{name}”").format(kind=kind_name(kind), name=shortened(text))

    def _challenge(self, record_id: str) -> str:
        record = self._challenges.get(record_id, {})
        ids = _ids_named(record, "evidence", "hypothesis")
        if not ids:
            return kind_name("challenge")
        return _("Challenge to {place}").format(place=" / ".join(map(self.label, ids)))

    def _value(self, field: str, value: Any) -> str:
        if field in _CLOSED_LISTS and isinstance(value, str | None):
            try:
                return _CLOSED_LISTS[field](value)
            except ValueError:  # written by a newer version: it stands as it is
                return str(value)
        if field == "method_settings":
            return _methods_said(value)
        if field in ("credibility_rule", "report"):
            return _("the program's own") if value is None else _("its own")
        if field in _BY_HYPOTHESIS and isinstance(value, dict):
            return self._by_hypothesis(value)
        if value is None or value in ("", [], ()):
            return _("nothing")
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, float):
            return f"{value:.10g}"
        if isinstance(value, dict):
            value = value.get("text", "")
        if isinstance(value, (list, tuple)):
            return self._list(value)
        label = self.label(str(value))
        return label if label != _UNKNOWN else _("“{text}”").format(text=shortened(str(value)))

    def _by_hypothesis(self, numbers: dict[str, Any]) -> str:
        named = [f"{self.label(str(entry))} {number:.3g}" for entry, number in numbers.items() if _is_number(number)]
        return join_some(named[:_MOST_NAMED], _MOST_NAMED, len(named)) if named else _("nothing")

    def _list(self, values: Sequence[Any]) -> str:
        names = [self._part(value) for value in values[:_MOST_NAMED]]
        return join_some(names, _MOST_NAMED, len(values))

    def _part(self, value: Any) -> str:
        """Return one entry of a list in words: a record by its label, an override by its place and rating."""
        if isinstance(value, dict) and value.keys() >= {"evidence", "hypothesis"}:
            change = value.get("value") or rating_symbol(None)
            return _("{place}: {change}").format(
                place=self._place(value["evidence"], value["hypothesis"]), change=change
            )
        if isinstance(value, dict) and value.keys() >= {"hypothesis", "value"}:
            return f"{self.label(str(value['hypothesis']))} {value['value']}"
        if isinstance(value, dict) and value.keys() >= {"by", "mark"}:
            reader = self._analysis.analysts.get(value["by"])
            return f"{reader.name if reader is not None else value['by']} {value['mark']}"
        if isinstance(value, dict) and "path" in value:
            return shortened(str(value["path"]).rpartition("/")[2])
        label = self.label(_id_in(value))
        if isinstance(value, dict) and "source" in value and (said := self._citation(value)):
            return _("{source} ({said})").format(source=label, said=said)
        return label if label != _UNKNOWN else shortened(str(value))

    def _citation(self, value: dict[str, Any]) -> str:
        """Return what is set of a citation in words; "" for one that a damaged trail holds."""
        scheme = self._analysis.grading
        if bool(value.get("credibility")) is not bool(value.get("known")):  # graded by one: the one of then
            scheme = GradingScheme.ADMIRALTY if value.get("credibility") else GradingScheme.UK_3X5X2
        try:
            return citation_words(None, Citation.model_validate(value), scheme)
        except ValueError:
            return ""

    def _records(self, entry: TrailEntry) -> str:
        kind, placed = entry.body
        records = [part["record"] for part in placed]
        if kind == "finding_set_aside":
            return _set_aside(records[0], taken_up=entry.what == "remove")
        names = join_some([record.get("label", "") for record in records[:_MOST_NAMED]], _MOST_NAMED, len(records))
        if not records[0].get("label"):
            names = self._name(kind, records[0]["id"])
        title = records[0].get("title") or records[0].get("name") or records[0].get("text") or ""
        if kind in (*_QUOTED_KINDS, "round", "analyst"):
            names = kind_name(kind)
        text = _("{names} added") if entry.what == "add" else _("{names} deleted")
        text = text.format(names=names)
        if kind == "group":
            text = _("{text} ({items})").format(text=text, items=self._list(records[0].get("items", ())))
        if len(records) == 1 and title:
            return _("{text}: “{title}”").format(text=text, title=shortened(title))
        return text

    def _order(self, entry: TrailEntry) -> str:
        before, after = map(_texts_in, entry.body[3:5]) if len(entry.body) == 5 else ([], [])
        for ids, others, text in (
            (after, before, _("{names} put into the matrix")),
            (before, after, _("{names} left out of the matrix")),
        ):
            moved = [self.label(one) for one in ids if one not in others]
            if moved and entry.body[1] != MATRIX_AXIS:
                return text.format(names=join_some(moved[:_MOST_NAMED], _MOST_NAMED, len(moved)))
        return _("Hypotheses moved") if entry.body[1] == "hypothesis" else _("Evidence items moved")


def _methods_said(value: Any) -> str:
    """Return by which method a matrix goes; of one part of its settings, which two versions differ in, that part."""
    if isinstance(value, str):
        return method_word(Method(value)) if value in set(Method) else value
    if value is not None and not isinstance(value, dict):
        return str(value)
    try:
        return settings_word(MethodSettings.model_validate(value or {}))
    except ValidationError:  # written by a newer version, or a table that two versions differ in
        return _("its own")


def _answers_said(questions: dict[str, str], before: Any, after: Any) -> str:
    """Return the answers to a checklist that are other ones than before, each with its question."""
    old, new = _by_question(before), _by_question(after)
    changed = [key for key in (*old, *(key for key in new if key not in old)) if old.get(key) != new.get(key)]
    return " ".join(_answer_said(questions.get(key, key), new.get(key, {})) for key in changed)


def _by_question(answers: Any) -> dict[str, dict[str, str]]:
    """Return answers by question; what a damaged entry holds in their place is passed over."""
    listed = answers if isinstance(answers, (list, tuple)) else ()
    return {
        entry["question"]: entry
        for entry in listed
        if isinstance(entry, dict) and "question" in entry and _all_texts(entry.values())
    }


def _all_texts(values: Iterable[Any]) -> bool:
    return all(isinstance(value, str) for value in values)


def _answer_said(question: str, answer: dict[str, Any]) -> str:
    word = {"yes": _("yes"), "no": _("no")}.get(answer.get("answer", ""), _("not answered"))
    note = _(", “{text}”").format(text=shortened(answer["note"])) if answer.get("note") else ""
    return _("{question} {answer}.").format(question=question, answer=word + note)


def _texts_in(ids: Any) -> list[str]:
    """Return the ids of an order; a damaged trail has anything there."""
    return [one for one in ids if isinstance(one, str)] if isinstance(ids, (list, tuple)) else []


def _set_aside(record: dict[str, Any], *, taken_up: bool) -> str:
    text, reason = (shortened(str(record.get(field, ""))) for field in ("text", "reason"))
    if taken_up:
        return _("Point taken up again: “{text}”").format(text=text)
    return _("Point set aside: “{text}” ({reason})").format(text=text, reason=reason)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _id_in(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("source") or value.get("other") or "")
    return str(value)


def _records_in(entries: Sequence[TrailEntry]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (kind, record) of everything that was added or removed."""
    for entry in entries:
        if entry.what in ("add", "remove") and is_readable(entry):
            yield from ((entry.body[0], part["record"]) for part in entry.body[1])


def _record_ids(entry: TrailEntry) -> set[str]:
    if not is_readable(entry):
        return set()
    if entry.what == "set":
        kind, record_id, field, before, after = entry.body
        return {record_id, *(_texts(before, after) if (kind, field) == _MEMBERS else ())}
    if entry.what in ("add", "remove"):
        found: set[str] = set()
        for part in entry.body[1]:
            found.update(_ids_named(part["record"], "id", "evidence", "hypothesis"))
            if entry.body[0] == "group":
                found.update(_texts(part["record"].get("items")))
        return found
    return set()


def _texts(*lists: Any) -> list[str]:
    """Return the texts in lists; what is no list or no text, as a damaged file may have it, is passed over."""
    known = [value for value in lists if isinstance(value, (list, tuple))]
    return [entry for value in known for entry in value if isinstance(entry, str)]


def _ids_named(record: dict[str, Any], *fields: str) -> list[str]:
    """Return the ids in those fields of a record; a matrix has lists there, and a damaged one anything."""
    return [record[field] for field in fields if isinstance(record.get(field), str)]
