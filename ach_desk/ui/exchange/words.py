"""What became of a file, as the sentence and the lines that a report shows."""

from __future__ import annotations

from collections.abc import Sequence

from ach_desk.exchange.formats import Report
from ach_desk.i18n import _, join_words, ngettext


def taken_sentence(taken: Sequence[str]) -> str:
    """Return "Taken: 3 hypotheses and 12 items."; that nothing was, where the list is empty."""
    return _("Taken: {parts}.").format(parts=join_words(list(taken))) if taken else _("Nothing new was in the file.")


def held_sentence(taken: Sequence[str]) -> str:
    """Return "In the file: 3 hypotheses and 12 items."."""
    return _("In the file: {parts}.").format(parts=join_words(list(taken)))


def lines_of(report: Report) -> list[str]:
    """Return what was changed and what was left out, each under a line of its own that says which it is."""
    lines: list[str] = []
    for title, part in ((_("Changed on the way:"), report.changed), (_("Left out:"), report.skipped)):
        if part:
            lines += [title, *(f"– {line}" for line in part)]
    return lines


def summary(report: Report) -> str:
    """Return the sentence over the lines: what was taken, and how many places need a look."""
    count = len(report.changed) + len(report.skipped)
    said = taken_sentence(report.taken)
    if count:
        more = ngettext("{count} place needs a look.", "{count} places need a look.", count)
        said = f"{said} {more.format(count=count)}"
    return said
