"""What a returned file says, held against the analysis it was handed out from: whose it is, and what differs in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ach_desk.commands.command import collection_of
from ach_desk.commands.handing_out import folded
from ach_desk.commands.matching import Matches, matches_of
from ach_desk.commands.trail import is_readable
from ach_desk.i18n import _, join_words, ngettext
from ach_desk.model import Analysis, Analyst, Matrix
from ach_desk.model.change_words import field_word

KINDS = ("hypothesis", "evidence", "source")
WORDS = {
    "hypothesis": ("title", "statement"),
    "evidence": ("title", "detail", "quotation", "page", "link"),
    "source": ("name", "link"),
}
"""Texts that an analyst may propose to change; those of another kind of field are reported and stay."""
_OTHERWISE = {
    "hypothesis": ("catch_all",),
    "evidence": (
        *("kind", "event_date", "event_end", "event_words", "learned_date", "credibility", "relevance", "citations"),
        *("tags", "heading", "code", "marking", "handling"),
    ),
    "source": ("kind", "date", "reliability", "evaluation"),
}
_ADDED = {
    "hypothesis": ("status", "parent", "combines", "relations"),
    "evidence": ("status", "suspect", "attachments", "cost", "flag", "rests_on", "twin"),
    "source": (),
}
"""Fields that are not handed out, or only in part: what is new in them was entered there."""
_NOT_TAKEN = (
    *("scenario", "challenge", "group", "expectation", "indicator", "conclusion", "outcome", "finding_set_aside"),
)


@dataclass(frozen=True)
class History:
    """What the trail of our analysis tells of earlier: field values by (kind, id, field), and ids that were deleted."""

    values: Mapping[tuple[str, str, str], list[Any]] = field(default_factory=dict)
    deleted: frozenset[str] = frozenset()

    @classmethod
    def of(cls, analysis: Analysis) -> History:
        """Return what the trail tells; entries that are not understood are passed over."""
        values: dict[tuple[str, str, str], list[Any]] = {}
        deleted: set[str] = set()
        for entry in analysis.trail:
            if not is_readable(entry):
                continue
            if entry.what == "set":
                values.setdefault((entry.body[0], entry.body[1], entry.body[2]), []).append(entry.body[3])
            elif entry.what == "remove":
                deleted |= {placed["record"]["id"] for placed in entry.body[1]}
        return cls(values, frozenset(deleted))


def refusal(analysis: Analysis, theirs: Analysis, name: str) -> str:
    """Return why nothing of the file `name` may be taken in: it is of another analysis; "" where it may."""
    given = theirs.handed_out
    if given is not None and given.analysis != analysis.id:
        return _("{file} was handed out from another analysis. Nothing of it was taken in.").format(file=name)
    if given is not None or theirs.id == analysis.id:
        return ""
    ids = analysis.hypotheses.keys() | analysis.evidence.keys()
    if not ids.isdisjoint(theirs.hypotheses.keys() | theirs.evidence.keys()):
        return ""
    found = matches_of(analysis, theirs, None, "").ids
    if any(entry in found for entry in theirs.hypotheses) and any(entry in found for entry in theirs.evidence):
        return ""
    text = _(
        "{file} is of another analysis: it was not handed out from this one, and has neither its hypotheses nor its "
        "items. Nothing of it was taken in."
    )
    return text.format(file=name)


@dataclass(frozen=True)
class Person:
    """Whose sheet in the file becomes whose here. is_new: is not known here. said: what has to be said of it."""

    there: str
    here: Analyst
    is_new: bool = False
    said: str = ""


def people(analysis: Analysis, theirs: Analysis) -> list[Person]:
    """Return who rated in the file, with whom they are here: by id, else by name, else as somebody new.

    Ratings that the only rater of a file that was handed out entered under another name are those of whom it was
    handed to.
    """
    given = theirs.handed_out.analyst if theirs.handed_out is not None else ""
    rating = [key for key in theirs.analysts if any(matrix.sheets.get(key) for matrix in theirs.matrices)]
    rating += [entry.analyst for entry in theirs.estimates.values() if entry.analyst in theirs.analysts]
    rating = list(dict.fromkeys(rating))
    if given and len(rating) == 1 and rating[0] != given and _unknown(analysis, theirs.analysts[rating[0]]):
        return [_under_another_name(analysis, theirs, rating[0], given)]
    return [_person(analysis, theirs.analysts[key]) for key in rating]


def _unknown(analysis: Analysis, analyst: Analyst) -> bool:
    return _known(analysis, analyst) is None


def _known(analysis: Analysis, analyst: Analyst) -> Analyst | None:
    if analyst.id in analysis.analysts:
        return analysis.analysts[analyst.id]
    wanted = folded(analyst.name)
    return next((entry for entry in analysis.analysts.values() if folded(entry.name) == wanted), None)


def _person(analysis: Analysis, analyst: Analyst) -> Person:
    known = _known(analysis, analyst)
    if known is None:
        return Person(analyst.id, analyst, is_new=True)
    said = ""
    if folded(known.name) != folded(analyst.name):
        said = _("{mine} is called {theirs} in the file.").format(mine=known.name, theirs=analyst.name)
    return Person(analyst.id, known, said=said)


def _under_another_name(analysis: Analysis, theirs: Analysis, rater: str, given: str) -> Person:
    rated = theirs.analysts[rater]
    to = analysis.analysts.get(given) or theirs.analysts.get(given)
    if to is None:
        return _person(analysis, rated)
    text = _("The ratings of {theirs} are entered as those of {mine}, to whom the file was handed out.")
    said = text.format(theirs=rated.name, mine=to.name)
    return Person(rater, to, is_new=given not in analysis.analysts, said=said)


@dataclass(frozen=True)
class WordsProposal:
    """Another text for a field of a record here: what stands here and what the file says."""

    kind: str
    id: str
    field: str
    old: str
    new: str


def _was_entered(mine: Any, other: Any, name: str) -> bool:
    value = getattr(other, name)
    if isinstance(value, tuple):
        return any(entry not in getattr(mine, name) for entry in value)
    return value not in (type(other).model_fields[name].get_default(call_default_factory=True), getattr(mine, name))


@dataclass(frozen=True)
class Returned:
    """A returned file beside our analysis as it stands now."""

    analysis: Analysis
    theirs: Analysis
    history: History

    @cached_property
    def matches(self) -> Matches:
        """Return which records of the file are which here."""
        own = self.analysis.matrices[0] if len(self.analysis.matrices) == 1 else None
        return matches_of(self.analysis, self.theirs, own, "")

    def by_words(self) -> Iterator[tuple[str, Any, Any]]:
        """Yield (kind, theirs, ours) of hypotheses and items that have the same words and not the same id."""
        for kind in ("hypothesis", "evidence"):
            for record in collection_of(self.theirs, kind).values():
                known = self.matches.ids.get(record.id)
                if known is not None and known != record.id:
                    yield kind, record, collection_of(self.analysis, kind)[known]

    def new(self) -> Iterator[tuple[str, Any]]:
        """Yield (kind, record) of hypotheses and items that are not here."""
        for kind in ("hypothesis", "evidence"):
            for record in self.matches.new.get(kind, ()):
                yield kind, record

    def matrices(self) -> Iterator[tuple[Matrix, Matrix]]:
        """Yield (theirs, ours): by id, else where both have one only."""
        ours = {matrix.id: matrix for matrix in self.analysis.matrices}
        for matrix in self.theirs.matrices:
            if matrix.id in ours:
                yield matrix, ours[matrix.id]
            elif len(ours) == 1 and len(self.theirs.matrices) == 1:
                yield matrix, self.analysis.matrices[0]

    def words(self) -> Iterator[WordsProposal]:
        """Yield the texts that somebody changed in the file; what we ourselves changed since is none of them."""
        for kind, mine, other in self._pairs():
            for name in WORDS[kind]:
                old, new = getattr(mine, name), getattr(other, name)
                if old != new and not self._was(kind, mine.id, name, new) and (new or self.theirs.handed_out):
                    yield WordsProposal(kind, mine.id, name, old, new)
            note = other.note.strip()
            if note and note not in mine.note:
                yield WordsProposal(kind, mine.id, "note", mine.note, "\n\n".join(filter(None, [mine.note, note])))

    def left(self) -> Iterator[str]:
        """Yield in sentences what the file says otherwise and is not taken in."""
        for kind, mine, other in self._pairs():
            names = [name for name in _OTHERWISE[kind] if self._says_otherwise(kind, mine, other, name)]
            names += [name for name in _ADDED[kind] if _was_entered(mine, other, name)]
            if names and self.theirs.handed_out is not None:
                text = _("{name}: different in the file, and left: {fields}.")
                yield text.format(name=mine.label, fields=join_words([field_word(name) for name in names]))
        nameless = sum(len(row) for row in self._rows_of_nobody())
        if nameless:
            text = ngettext(
                "{count} rating of somebody whom the file does not name was left.",
                "{count} ratings of somebody whom the file does not name were left.",
                nameless,
            )
            yield text.format(count=nameless)
        for label in self._deleted_there():
            yield _("{name} was deleted in the file and stays here.").format(name=label)
        ours = {there.id for there, _here in self.matrices()}
        for matrix in self.theirs.matrices:
            if matrix.id not in ours:
                yield _("The matrix “{name}” is not here; it was left.").format(name=matrix.name)
        if self.theirs.handed_out is not None:
            count = sum(len(collection_of(self.theirs, kind)) for kind in _NOT_TAKEN)
            if count:
                text = _("Groups, what-ifs, indicators, conclusions and the like in the file were left: {count}.")
                yield text.format(count=count)

    def _rows_of_nobody(self) -> Iterator[Mapping[str, Any]]:
        for matrix in self.theirs.matrices:
            for analyst, sheet in matrix.sheets.items():
                if analyst not in self.theirs.analysts:
                    yield from sheet.values()

    def _pairs(self) -> Iterator[tuple[str, Any, Any]]:
        """Yield (kind, ours, theirs) of what has the same id; a withheld source says less there on purpose."""
        for kind in KINDS:
            ours = collection_of(self.analysis, kind)
            for record in collection_of(self.theirs, kind).values():
                mine = ours.get(record.id)
                if mine is not None and not (kind == "source" and mine.withheld):
                    yield kind, mine, record

    def _was(self, kind: str, record_id: str, name: str, value: Any) -> bool:
        return value in self.history.values.get((kind, record_id, name), ())

    def _says_otherwise(self, kind: str, mine: Any, other: Any, name: str) -> bool:
        if getattr(mine, name) == getattr(other, name):
            return False
        value = other.model_dump(mode="json", include={name}, exclude_defaults=True).get(name)
        return not self._was(kind, mine.id, name, value)

    def _deleted_there(self) -> Iterator[str]:
        present = self.theirs.hypotheses.keys() | self.theirs.evidence.keys()
        for entry in dict.fromkeys(History.of(self.theirs).deleted - present):
            record = self.analysis.hypotheses.get(entry) or self.analysis.evidence.get(entry)
            if record is not None:
                yield record.label
