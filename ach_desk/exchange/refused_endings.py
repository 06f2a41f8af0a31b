"""Why a file of some ending is not read, or not written, and what to do instead: one sentence for each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ach_desk.exchange.formats import endings, format_of
from ach_desk.i18n import _

OWN_ENDING = ".ach.json"

_REPORTS = (".pdf", ".docx", ".html", ".htm", ".pptx", ".md")
_PICTURES = (".svg", ".png")
_OLD_SHEETS = (".xls", ".xlsb", ".numbers", ".fods")

_Sentence = Callable[[], str]


def _not_written(ending: str) -> _Sentence | None:
    if ending == ".ach.zip":
        return lambda: _("An archive with the attached files is written by: ach pack.")
    if ending == ".ach":
        return lambda: _("What PARC ACH writes into such a file is not publicly known; it opens .achz as well.")
    if ending == ".json":
        return lambda: _(
            "JSON has no one form: .stix.json is a STIX bundle. The other programs' files, and MISP, have no place for "
            "all that an analysis holds."
        )
    if ending in _REPORTS:
        return lambda: _("That is a report, which is written by: ach report.")
    if ending in _PICTURES:
        return lambda: _("That is a chart, which is written by: ach chart.")
    if ending == ".xlsm" or ending in _OLD_SHEETS:
        return lambda: _("Spreadsheets are written as .xlsx, which has no macros and opens everywhere, or as .ods.")
    return None


def _not_read(ending: str) -> _Sentence | None:
    if ending == ".ach.zip":
        return lambda: _("An archive is unpacked by: ach unpack. Then the analysis in it can be read.")
    if ending in _REPORTS or ending in _PICTURES:
        return lambda: _("A report or a chart shows an analysis and does not hold it: nothing could be read back.")
    if ending in _OLD_SHEETS:
        return lambda: _("Open it in the program that made it and save it as .xlsx or .ods.")
    return None


def refusal(file: Path | str, *, written: bool) -> str:
    """Return why the file is not written, else not read, which endings are known, and what serves instead.

    Returns "" for a file that is: of an ending that can be written, or read.
    """
    name = str(file).casefold()
    found = format_of(name)
    if name.endswith(OWN_ENDING) or (found is not None and (found.write if written else found.read)):
        return ""
    ending = ".ach.zip" if name.endswith(".ach.zip") else found.ending if found else Path(name).suffix
    why = _not_written(ending) if written else _not_read(ending)
    if written:
        text = _("{file}: such a file is not written; give the output one of these endings: {endings}.")
    else:
        text = _("{file}: such a file is not read; these endings are known: {endings}.")
    known = " ".join([OWN_ENDING, *endings(written=written)])
    return " ".join(filter(None, [text.format(file=file, endings=known), why() if why else ""]))
