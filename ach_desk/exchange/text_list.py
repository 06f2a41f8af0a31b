"""A list in plain text, one item per line: bullets and numbers before the lines are no part of them."""

from __future__ import annotations

from ach_desk.exchange.bounds import clean_line, decoded
from ach_desk.exchange.bullets import without_bullets
from ach_desk.exchange.draft import Draft
from ach_desk.exchange.formats import Incoming, Outgoing
from ach_desk.i18n import _
from ach_desk.model import Analysis, Matrix
from ach_desk.model.method_settings import settings_of_new
from ach_desk.scoring import shown_records


def read_list(data: bytes, name: str) -> Incoming:
    """Return the lines of a text as unrated items; a text with columns is read as a spreadsheet is.

    Raises RefusedFileError for what is no text.
    """
    text = decoded(data, name)
    if "\t" in text:
        from ach_desk.exchange.sheet_files import read_sheet_file

        return read_sheet_file(data, name)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    bare = without_bullets(lines)
    draft = Draft("text-list", "", name)
    matrix = draft.matrix(1, "", method_settings=settings_of_new())
    matrix.sheets[draft.analyst(1, "").id] = {}
    for number, line in enumerate(bare, 1):
        title = clean_line(line)
        if title:
            matrix.evidence.append(draft.item(f"{number}\n{title}", title).id)
    if bare != lines:
        draft.change(_("Bullets and numbers before the lines were taken off."))
    return draft.done()


def write_list(analysis: Analysis, matrix: Matrix, analyst: str) -> Outgoing:
    """Return the titles of the items of the matrix, each in a line after a dash; `analyst` does not matter."""
    items, _hypotheses = shown_records(analysis, matrix)
    titles = [clean_line(item.title) for item in items]
    lines = [f"- {title}\n" for title in titles if title]
    if len(lines) == 1:
        lines = [f"{title}\n" for title in titles if title]  # of a single line nobody can tell whether the dash is part
    left = [_("the hypotheses and all ratings"), _("of the items everything but their titles")]
    return Outgoing("".join(lines).encode(), tuple(left))
