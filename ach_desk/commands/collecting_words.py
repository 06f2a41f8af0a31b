"""What returned files held, in the sentences and lines of a report."""

from __future__ import annotations

from ach_desk.commands.collecting import FromFile
from ach_desk.i18n import _, join_words


def summary(found: FromFile) -> str:
    """Return one sentence on a file: whose it is and what was taken, or why nothing was."""
    if found.refusal:
        return found.refusal
    who = join_words(list(found.analysts)) or _("nobody rated")
    what = join_words(list(found.taken)) or _("nothing new")
    return _("{file} ({who}): {what}.").format(file=found.name, who=who, what=what)


def lines_of(found: FromFile, *, declined: bool) -> list[str]:
    """Return what was changed and what was left out; with `declined` also the proposals that were not taken."""
    left = [*found.skipped, *(entry.text for entry in found.declined if declined)]
    lines: list[str] = []
    for title, part in ((_("Changed:"), found.changed), (_("Left out:"), left)):
        if part:
            lines += [title, *(f"– {line}" for line in part)]
    return lines
