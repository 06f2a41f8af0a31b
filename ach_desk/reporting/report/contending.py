"""The section of a report on contending cases: the best case for each hypothesis, and what the readers made of it."""

from __future__ import annotations

from ach_desk.i18n import _
from ach_desk.model import Case, CaseRating
from ach_desk.reporting.report.material import Material
from ach_desk.reporting.report.model import Block, BulletList, Entry, Heading, Paragraph, Style
from ach_desk.reporting.report.plain_words import clean, paragraphs


def cases(made: Material) -> list[Block]:
    """Return each case with its author and marks, hypothesis by hypothesis; nothing without any.

    Marks of a round that is still private are left out, as nobody is to see them.
    """
    blocks: list[Block] = []
    for hypothesis in made.assessment.hypotheses:
        found = [case for case in made.analysis.cases.values() if case.hypothesis == hypothesis.id]
        if found:
            blocks.append(Heading(clean(f"{hypothesis.label} {hypothesis.title}")))
        for case in found:
            blocks += _case(made, case)
    if not blocks:
        return []
    text = _("Each case was written to convince, by one person. None of it counts in the matrix.")
    return [Paragraph(text, style=Style.NOTE), *blocks]


def _case(made: Material, case: Case) -> list[Block]:
    blocks: list[Block] = [Paragraph(part) for part in paragraphs(case.text)]
    if name := _name(made, case.by):
        blocks.append(Paragraph(_("Written by {name}.").format(name=name), style=Style.NOTE))
    if made.is_private:
        blocks.append(Paragraph(_("The marks are hidden while the round is private."), style=Style.NOTE))
    elif case.ratings:
        blocks.append(BulletList(tuple(_mark(made, case, entry) for entry in case.ratings)))
    return blocks


def _mark(made: Material, case: Case, entry: CaseRating) -> Entry:
    said = _("{mark} of 5").format(mark=entry.mark)
    if case.is_outdated(entry):
        said = _("{mark}, given before the words were changed").format(mark=said)
    return Entry(said, lead=_("{name}:").format(name=_name(made, entry.by)), note=clean(entry.note))


def _name(made: Material, by: str) -> str:
    known = made.analysis.analysts.get(by)
    return clean(known.name if known is not None else by)
