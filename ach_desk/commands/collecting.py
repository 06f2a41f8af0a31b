"""Returned files taken in: first as a report in which nothing is changed yet, then as one step.

Ratings, estimates and remarks come in as they are, for they belong to whom they are of. What would change the common
part (new items and hypotheses, other words, rows that are the same by their words alone) is proposed and asked for.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ach_desk.commands import edits
from ach_desk.commands.additions import additions, appending
from ach_desk.commands.collected_links import without_rings
from ach_desk.commands.collected_records import RecordsOfFile
from ach_desk.commands.command import CellChange, Command, SetRatings, collection_of, combined
from ach_desk.commands.returned import KINDS, History, Person, Returned, people, refusal
from ach_desk.commands.trail import cells_of
from ach_desk.i18n import _, ngettext
from ach_desk.model import Analysis, Analyst, Matrix, Rating, RoundState, now
from ach_desk.model.change_words import field_word
from ach_desk.model.labels import relabelled
from ach_desk.scoring.table import headings, shown_records

_LONGEST = 200


class Ask(StrEnum):
    """What a proposal asks for."""

    NEW = "new"
    SAME = "same"
    WORDS = "words"


@dataclass(frozen=True)
class Proposal:
    """Something of a file that is taken in only when it is asked for. `key` is the same at a second look."""

    key: str
    ask: Ask
    text: str


@dataclass(frozen=True)
class FromFile:
    """What one file holds, in sentences; a refused one has nothing but the refusal."""

    name: str
    analysts: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    declined: tuple[Proposal, ...] = ()
    refusal: str = ""

    @property
    def is_complete(self) -> bool:
        """Return whether everything in the file was taken in."""
        return not (self.refusal or self.skipped or self.declined)


@dataclass(frozen=True)
class Collected:
    """The one step, which may change nothing, and what every file held."""

    command: Command
    files: tuple[FromFile, ...]


Accept = Callable[[Proposal], bool]
Emptied = dict[tuple[str, str, str, str], str]
"""(matrix, analyst, item, hypothesis) of a cell that a file says was emptied -> when."""


class Collecting:
    """Takes returned files in, one after the other, upon a copy: `collected` is the step that does all of it.

    accept: which proposals are wanted. A file that comes twice says the same the second time, and changes nothing.
    """

    def __init__(self, analysis: Analysis, accept: Accept) -> None:
        self._copy = analysis.snapshot()
        self._history = History.of(analysis)
        self._accept = accept
        self._commands: list[Command] = []
        self._files: list[FromFile] = []
        self._emptied: Emptied = {}

    def add(self, name: str, theirs: Analysis) -> FromFile:
        """Return what the file `name` holds, after it was taken in."""
        refused = refusal(self._copy, theirs, name)
        if refused:
            return self.refuse(name, refused)
        file = _File(self._copy, theirs, self._history, str(len(self._files)), self._accept, self._emptied)
        file.take_in()
        self._commands += file.commands
        self._files.append(file.report(name))
        return self._files[-1]

    def refuse(self, name: str, sentence: str) -> FromFile:
        """Return the report of a file that could not be read or is not taken in; `sentence` says why."""
        self._files.append(FromFile(name, refusal=sentence))
        return self._files[-1]

    def collected(self) -> Collected:
        """Return the step and the reports of all files so far."""
        count = sum(not entry.refusal for entry in self._files)
        text = ngettext("Collect {count} file", "Collect {count} files", count).format(count=count)
        return Collected(combined(self._commands, text), tuple(self._files))


class _File:
    """One returned file on its way in; every step is done on the copy at once, so that the next one sees it."""

    def __init__(
        self, copy: Analysis, theirs: Analysis, history: History, number: str, accept: Accept, emptied: Emptied
    ) -> None:
        self._copy, self._theirs, self._number, self._accept = copy, theirs, number, accept
        self._emptied = emptied
        self._file = Returned(copy, theirs, history)
        self._people: list[Person] = people(copy, theirs)
        self._ids: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        self._counted: Counter[str] = Counter()
        self._time = now()
        self.commands: list[Command] = []
        self._changed: list[str] = []
        self._skipped: list[str] = []
        self._proposals: list[Proposal] = []
        self._declined: list[Proposal] = []

    def take_in(self) -> None:
        """Do everything in the file that needs no question, and what was asked for."""
        self._match()
        self._skipped += self._file.left()
        self._take_people()
        self._take_new()
        self._take_words()
        for theirs, ours in self._file.matrices():
            self._ids[theirs.id] = ours.id
            for person in self._people:
                self._take_ratings(theirs, ours, person)
        self._ids |= {person.there: person.here.id for person in self._people}
        if self._counted["older"]:
            text = ngettext(
                "{count} rating is older than the one here, which stays.",
                "{count} ratings are older than those here, which stay.",
                self._counted["older"],
            )
            self._skipped.append(text.format(count=self._counted["older"]))
        records = RecordsOfFile(self._copy, self._theirs, self._ids, {entry.here.id for entry in self._people})
        for command in records.commands():
            self._do(command)
        self._counted.update(records.counted)
        if left := records.counted["left"]:
            text = ngettext(
                "{count} remark, estimate or the like is about something that is not here, and was left.",
                "{count} remarks, estimates and the like are about something that is not here, and were left.",
                left,
            )
            self._skipped.append(text.format(count=left))

    def report(self, name: str) -> FromFile:
        """Return what was done and what was not."""
        return FromFile(
            name,
            tuple(_called(person.here) for person in self._people),
            tuple(self._taken()),
            tuple(self._changed),
            tuple(self._skipped),
            tuple(self._proposals),
            tuple(self._declined),
        )

    def _do(self, command: Command) -> None:
        if not command.is_no_op:
            command.apply(self._copy)
            self.commands.append(command)

    def _asked(self, kind: str, key: str, ask: Ask, text: str) -> bool:
        """Return whether a proposal is wanted, and keep it for the report."""
        proposal = Proposal(f"{self._number}/{kind}/{key}", ask, text)
        self._proposals.append(proposal)
        wanted = self._accept(proposal)
        if not wanted:
            self._declined.append(proposal)
        return wanted

    def _match(self) -> None:
        """Say which records of the file are which here; those known by their words alone have to be confirmed."""
        self._ids = {there: here for there, here in self._file.matches.ids.items() if there == here}
        for kind, record, mine in self._file.by_words():
            text = _("{theirs} “{title}” of the file is {mine} here: the same words, not the same id.")
            said = text.format(theirs=record.label, title=_cut(record.title), mine=mine.label)
            if self._asked(kind, record.id, Ask.SAME, said):
                self._ids[record.id] = mine.id
        for kind in KINDS:
            ours = collection_of(self._copy, kind)
            for record in collection_of(self._theirs, kind).values():
                if self._ids.get(record.id) in ours:
                    self._labels[record.label] = ours[self._ids[record.id]].label

    def _take_people(self) -> None:
        new = {person.here.id: person.here for person in self._people if person.is_new}
        if new:
            self._do(appending(self._copy, "analyst", [entry.model_dump(mode="json") for entry in new.values()]))
            self._changed += [_("New analyst: {name}.").format(name=_called(entry)) for entry in new.values()]
        self._changed += [person.said for person in self._people if person.said]

    def _take_new(self) -> None:
        wanted: dict[str, list[Any]] = {"hypothesis": [], "evidence": []}
        for kind, record in self._file.new():
            if self._asked(kind, record.id, Ask.NEW, self._new_said(kind, record)):
                wanted[kind].append(record)
                self._say_what_stays(kind, record)
        cited = {citation.source for item in wanted["evidence"] for citation in item.citations}
        sources = [entry for entry in self._file.matches.new.get("source", ()) if entry.id in cited]
        by_words = {there: here for there, here in self._file.matches.ids.items() if there in self._theirs.sources}
        self._ids |= by_words
        if not any((*wanted.values(), sources)):
            return
        matrix = next((ours for _theirs, ours in self._file.matrices()), None)
        everything = {"source": sources, **wanted}
        for records in everything.values():
            self._ids |= {record.id: record.id for record in records}
        fields = {kind: [self._fields(entry) for entry in new] for kind, new in everything.items()}
        without_rings(self._copy, fields["hypothesis"], fields["evidence"])
        added = additions(self._copy, matrix, fields)
        self._do(combined(added.commands, ""))
        for kind, records in everything.items():
            ours = collection_of(self._copy, kind)
            self._labels |= {record.label: ours[record.id].label for record in records}
            self._counted[kind] += len(records)

    def _say_what_stays(self, kind: str, record: Any) -> None:
        """Say which attached files of a new item do not come along: they are in the other person's folder."""
        files = [entry.path for entry in record.attachments] if kind == "evidence" else []
        if files:
            text = _("“{title}”: attached files do not come along, ask for them: {files}")
            self._skipped.append(text.format(title=_cut(record.title), files=_cut(", ".join(files))))

    def _new_said(self, kind: str, record: Any) -> str:
        if record.id in self._file.history.deleted:
            text = _("Deleted here, and still in the file: “{title}”")
        elif kind == "evidence":
            text = _("New item: “{title}”")
        else:
            text = _("New hypothesis: “{title}”")
        return text.format(title=_cut(record.title))

    def _fields(self, record: Any) -> dict[str, Any]:
        """Return the fields of a new record with the ids that hold here; what is not known here is left out."""
        fields = record.model_dump(mode="json", exclude_defaults=True)
        for name in ("combines", "rests_on"):
            fields[name] = [self._ids[entry] for entry in fields.get(name, ()) if entry in self._ids]
        for name in ("parent", "twin"):
            fields[name] = self._ids.get(fields.get(name, ""))
        citations = fields.get("citations", ())
        fields["citations"] = [
            {**entry, "source": self._ids[entry["source"]]} for entry in citations if entry["source"] in self._ids
        ]
        fields["relations"] = [
            {**entry, "other": self._ids[entry["other"]]}
            for entry in fields.get("relations", ())
            if entry["other"] in self._ids
        ]
        fields.pop("attachments", None)
        known = type(record).model_fields
        return {name: value for name, value in fields.items() if name in known and value not in (None, [])}

    def _take_words(self) -> None:
        for found in self._file.words():
            label = collection_of(self._copy, found.kind)[found.id].label
            text = _("{name}, {field}: “{new}” in place of “{old}”")
            said = text.format(name=label, field=field_word(found.field), new=_cut(found.new), old=_cut(found.old))
            if self._asked(f"{found.kind}.{found.field}", found.id, Ask.WORDS, said):
                new = relabelled(found.new, self._labels.get)
                self._do(edits.set_fields(self._copy, found.kind, found.id, {found.field: new}, ""))
                self._counted["words"] += 1

    def _take_ratings(self, theirs: Matrix, ours: Matrix, person: Person) -> None:
        """Update the sheet of one person: what is newer here stays."""
        over = headings(shown_records(self._copy, ours)[1])
        secret = any(
            entry.matrix == ours.id and entry.state is RoundState.PRIVATE for entry in self._copy.rounds.values()
        )
        changes, moved = [], []
        for item, hypothesis, new in self._returned_cells(theirs, person.there):
            old = ours.rating(person.here.id, item, hypothesis)
            if new.is_empty and new.time:
                self._emptied[ours.id, person.here.id, item, hypothesis] = new.time
            if hypothesis in over or _says_the_same(old, new):
                continue
            if self._is_older(new, old, (ours.id, person.here.id, item, hypothesis)):
                self._counted["older"] += 1
                continue
            changes.append(CellChange(item, hypothesis, old, None if new.is_empty else new))
            if old is not None and old.value is not None:
                moved.append(self._moved(changes[-1], secret))
            else:
                self._counted["entered"] += new.value is not None
        self._changed += moved
        self._do(SetRatings(matrix=ours.id, analyst=person.here.id, cells=tuple(changes), author=person.here.id))

    def _is_older(self, new: Rating, old: Rating | None, cell: tuple[str, str, str, str]) -> bool:
        """Return whether a rating was made before the one here, or before the cell was emptied in another file."""
        since = old.time if old is not None else self._emptied.get(cell)
        return bool(since and new.time and new.time < since)

    def _returned_cells(self, theirs: Matrix, analyst: str) -> Iterator[tuple[str, str, Rating]]:
        """Yield what the file says of cells that are here; of one that was emptied there, an empty rating."""
        sheet = theirs.sheets.get(analyst, {})
        for item, row in sheet.items():
            for hypothesis, rating in row.items():
                if item in self._ids and hypothesis in self._ids:
                    yield self._ids[item], self._ids[hypothesis], self._rating(rating, item, hypothesis)
        emptied = {
            (ref.evidence, ref.hypothesis): entry.time
            for entry in self._theirs.trail
            for ref in cells_of(entry)
            if (ref.matrix, ref.analyst) == (theirs.id, analyst) and ref.hypothesis not in sheet.get(ref.evidence, {})
        }
        for (item, hypothesis), time in emptied.items():
            if item in self._ids and hypothesis in self._ids:
                yield self._ids[item], self._ids[hypothesis], Rating(None, time=time)

    def _rating(self, rating: Rating, item: str, hypothesis: str) -> Rating:
        """Return a rating with the ids and labels that hold here, on no later wording than there is here."""
        mine = self._copy.evidence[self._ids[item]], self._copy.hypotheses[self._ids[hypothesis]]
        return dataclasses.replace(
            rating,
            rationale=relabelled(rating.rationale, self._labels.get),
            rests_on=tuple(self._ids[entry] for entry in rating.rests_on if entry in self._ids),
            item_wording=min(rating.item_wording, mine[0].wording),
            hypothesis_wording=min(rating.hypothesis_wording, mine[1].wording),
        )

    def _moved(self, change: CellChange, secret: bool) -> str:
        """Return in words that a rating became another one; while a round is private, not which."""
        item, hypothesis = self._copy.evidence[change.evidence], self._copy.hypotheses[change.hypothesis]
        old, new = change.old, change.new
        if secret or old is None or (new is not None and old.value is new.value):
            text = _("{item} under {hypothesis}: changed.")
        elif new is None or new.value is None:
            text = _("{item} under {hypothesis}: {old} was taken back.")
        else:
            text = _("{item} under {hypothesis}: {old} became {new}.")
        return text.format(
            item=item.label,
            hypothesis=hypothesis.label,
            old=old.value if old else "",
            new=new.value if new else "",
        )

    def _taken(self) -> Iterator[str]:
        count = self._counted
        for number, text in (
            (count["entered"], ngettext("{count} cell rated", "{count} cells rated", count["entered"])),
            (count["estimate"], ngettext("{count} estimate", "{count} estimates", count["estimate"])),
            (count["remark"], ngettext("{count} remark", "{count} remarks", count["remark"])),
            (count["case"], ngettext("{count} best case", "{count} best cases", count["case"])),
            (count["retest"], ngettext("{count} second look", "{count} second looks", count["retest"])),
            (count["hypothesis"], ngettext("{count} new hypothesis", "{count} new hypotheses", count["hypothesis"])),
            (count["evidence"], ngettext("{count} new item", "{count} new items", count["evidence"])),
            (count["source"], ngettext("{count} new source", "{count} new sources", count["source"])),
            (count["words"], ngettext("{count} text", "{count} texts", count["words"])),
        ):
            if number:
                yield text.format(count=number)


def _called(analyst: Analyst) -> str:
    return analyst.name.strip() or _("somebody without a name")


def _cut(text: str) -> str:
    """Return a text in one line, as a proposal shows it."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST].rstrip() + "…"


def _says_the_same(old: Rating | None, new: Rating) -> bool:
    """Return whether two ratings differ in nothing but when they were entered."""
    return new.is_empty if old is None else dataclasses.replace(new, time=old.time) == old
