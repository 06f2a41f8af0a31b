"""What is done with a spreadsheet away from the window: reading, interpreting, building, merging. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ach_desk.commands.take_in import IncomingHypothesis, IncomingItem, TakenIn, take_in
from ach_desk.exchange.book import Book, Sheet, StoppedError
from ach_desk.exchange.formats import Report, read_bytes
from ach_desk.exchange.sheet_analysis import built, rating_of, report_of, usable_fields
from ach_desk.exchange.sheet_draft import SheetDraft
from ach_desk.exchange.sheet_files import guesses, read_book, read_sheet
from ach_desk.exchange.sheet_guess import Guess
from ach_desk.exchange.sheet_mapping import SheetMapping
from ach_desk.i18n import _
from ach_desk.model import Analysis, EvidenceItem, Hypothesis
from ach_desk.ui.background import Cancel


@dataclass(frozen=True)
class ReadFile:
    """A file that was read, with how each of its sheets seems to be laid out."""

    path: Path
    book: Book
    guesses: list[Guess]


@dataclass(frozen=True)
class Interpreted:
    """What a sheet says under a mapping, and the report that importing it would give."""

    draft: SheetDraft
    report: Report


def read_file(path: Path, tell: Callable[[float], None], cancel: Cancel) -> ReadFile:
    """Return what is in the file; raises RefusedFileError with a sentence, StoppedError when nobody waits for it."""

    def watch(part: float) -> None:
        if cancel:
            raise StoppedError
        tell(part)

    book = read_book(read_bytes(path), path.name, watch)
    return ReadFile(path, book, guesses(book))


def interpret(book: Book, sheet: Sheet, mapping: SheetMapping, _cancel: Cancel) -> Interpreted:
    """Return what the sheet says."""
    draft = read_sheet(book, sheet, mapping)
    return Interpreted(draft, report_of(draft, book.notes, ()))


def build(interpreted: Interpreted, analyst_name: str, _cancel: Cancel) -> tuple[Analysis, Report]:
    """Return a new analysis, and the report on it."""
    analysis, changed = built(interpreted.draft, analyst_name)
    report = interpreted.report
    return analysis, Report(report.taken, (*report.changed, *changed), report.skipped)


def merge(
    analysis: Analysis, matrix: str, analyst: str, interpreted: Interpreted, update: bool, _cancel: Cancel
) -> tuple[TakenIn, Report]:
    """Return the one step that takes the sheet into the analysis, and the report on it."""
    draft, report = interpreted.draft, interpreted.report
    changed: list[str] = []
    hypotheses = [
        IncomingHypothesis(
            one.title, one.place, usable_fields(Hypothesis, one.fields, one.place, changed), one.id, one.label
        )
        for one in draft.hypotheses
    ]
    items = [
        IncomingItem(
            one.title,
            one.place,
            usable_fields(EvidenceItem, one.fields, one.place, changed),
            one.sources,
            tuple(one.ratings),
            one.id,
            one.label,
            {
                column: rating_of(one.ratings[column], further, one.place, changed)
                for column, further in one.further.items()
            },
        )
        for one in draft.items
    ]
    text = _("Import a spreadsheet")
    taken = take_in(analysis, analysis.matrix(matrix), analyst, hypotheses, items, update=update, text=text)
    return taken, Report(report.taken, (*report.changed, *changed, *taken.updated), (*report.skipped, *taken.skipped))


def lines_of(report: Report) -> Sequence[str]:
    """Return the report line by line, under three headings."""
    parts = [
        (_("Taken"), report.taken),
        (_("Changed on the way"), report.changed),
        (_("Left out"), report.skipped),
    ]
    lines = []
    for heading, sentences in parts:
        lines += [heading, *(f"  {sentence}" for sentence in sentences or (_("nothing"),)), ""]
    return lines[:-1]
