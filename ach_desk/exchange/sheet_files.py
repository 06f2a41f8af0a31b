"""Reads spreadsheet files of every kind: the book, how its sheets seem to be laid out, and the analysis in it."""

from __future__ import annotations

from collections.abc import Sequence

from ach_desk.exchange.book import Book, Sheet, Watch
from ach_desk.exchange.formats import MAX_BYTES, Incoming, RefusedFileError, Report
from ach_desk.exchange.own_book import own_mapping, read_own
from ach_desk.exchange.sheet_analysis import built, report_of
from ach_desk.exchange.sheet_draft import SheetDraft
from ach_desk.exchange.sheet_guess import Guess, guess
from ach_desk.exchange.sheet_mapping import Role, SheetMapping
from ach_desk.i18n import _, join_words

_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_OWN_SCORE = 1_000.0


def read_book(data: bytes, name: str, watch: Watch = lambda _part: None) -> Book:
    """Return the sheets of a file; raises RefusedFileError with a sentence, and what `watch` raises."""
    if len(data) > MAX_BYTES:
        text = _("{file} is larger than {limit} MB and was not read. Split the matrix into smaller files.")
        raise RefusedFileError(text.format(file=name, limit=MAX_BYTES // 2**20))
    if data.startswith(_OLD_WORKBOOK):
        text = _("{file} is an old or password-protected workbook. Save it as .xlsx without a password and try again.")
        raise RefusedFileError(text.format(file=name))
    if not data.startswith(b"PK"):
        return _text_book(data, name, watch)
    if b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" in data[:120]:
        from ach_desk.exchange.ods_in import read_ods

        return read_ods(data, name, watch)
    if name.casefold().endswith(".ods"):
        from ach_desk.exchange.ods_in import read_ods

        return read_ods(data, name, watch)
    from ach_desk.exchange.xlsx_in import read_xlsx

    return read_xlsx(data, name, watch)


def _text_book(data: bytes, name: str, watch: Watch) -> Book:
    """Return the sheet of a text, also of one that is called a workbook; a workbook cut at its head is no text."""
    from ach_desk.exchange.text_in import read_text

    try:
        return read_text(data, name, watch)
    except RefusedFileError:
        if not name.casefold().endswith((".xlsx", ".xlsm", ".ods")):
            raise
        text = _("{file} is damaged or no spreadsheet, and was not read. Open it where it was made and save it.")
        raise RefusedFileError(text.format(file=name)) from None


def guesses(book: Book) -> list[Guess]:
    """Return how each sheet of the book seems to be laid out."""
    return [_guess(sheet) for sheet in book.sheets]


def best_sheet(found: Sequence[Guess]) -> int:
    """Return which sheet looks most like a matrix; the first one where none does."""
    return max(range(len(found)), key=lambda place: found[place].score, default=0)


def read_sheet(book: Book, sheet: Sheet, mapping: SheetMapping) -> SheetDraft:
    """Return what a sheet says under a mapping, with ids where this program wrote it."""
    draft = read_own(book, sheet, mapping)
    if book.marking:
        draft.document["marking"] = book.marking
    return draft


def read_sheet_file(data: bytes, name: str, analyst_name: str = "") -> Incoming:
    """Return the analysis in the sheet that looks most like a matrix; raises RefusedFileError with a sentence."""
    book = read_book(data, name)
    found = guesses(book)
    if not book.sheets or not _is_matrix(found[best_sheet(found)]):
        return Incoming(None, Report(skipped=(_("No sheet of {file} looks like a matrix.").format(file=name),)))
    chosen = best_sheet(found)
    draft = read_sheet(book, book.sheets[chosen], found[chosen].mapping)
    if not (draft.is_own or draft.hypotheses or draft.items):
        return Incoming(None, Report(skipped=(_("No sheet of {file} looks like a matrix.").format(file=name),)))
    analysis, changed = built(draft, analyst_name or _("Analyst 1"))
    return Incoming(analysis, report_of(draft, [*book.notes, *_others(book, chosen, draft.is_own)], changed))


def _is_matrix(found: Guess) -> bool:
    return found.score > 0 and bool(found.mapping.columns(Role.TEXT))


def _guess(sheet: Sheet) -> Guess:
    own = own_mapping(sheet)
    if own is not None:
        return Guess(own, _OWN_SCORE)
    found = guess(sheet.rows)
    return Guess(found.mapping, found.score / 2) if sheet.is_hidden else found


def _others(book: Book, chosen: int, is_own: bool) -> list[str]:
    """Return a sentence that names the sheets that were not looked at."""
    names = [sheet.name for place, sheet in enumerate(book.sheets) if place != chosen and not sheet.is_blank]
    if is_own or not names:
        return []
    text = _("Read was the sheet “{sheet}”; not read: {others}.")
    return [text.format(sheet=book.sheets[chosen].name, others=join_words(names[:12]))]
