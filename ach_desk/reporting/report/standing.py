"""The sections of a report on how firmly the order stands: robustness, what it rests on, where analysts differ."""

from __future__ import annotations

from dataclasses import dataclass

from ach_desk.i18n import _, ngettext
from ach_desk.model import Rating, RatingValue
from ach_desk.model.values import SCALE_STEPS, Scale
from ach_desk.reporting import charts
from ach_desk.reporting.print_matrix import cell_symbol
from ach_desk.reporting.report.hypotheses import picture
from ach_desk.reporting.report.material import Material
from ach_desk.reporting.report.model import (
    Align,
    Block,
    BulletList,
    Callout,
    Cell,
    Column,
    Entry,
    Heading,
    Paragraph,
    Row,
    Style,
    Table,
    Tone,
)
from ach_desk.reporting.report.plain_words import clean
from ach_desk.scoring import robustness as robust
from ach_desk.scoring.agreement import agreement
from ach_desk.scoring.methods import results
from ach_desk.scoring.robustness_words import change_sentences, part_sentences, trial_sentences

_MOST_DISAGREEMENTS = 20
_CHARTS = ("rank-shares", "margin")
"""What shows robustness at a glance: how often each is first, and how the lead shrinks when items are left out."""
_PLACE = {value: place for place, value in enumerate(SCALE_STEPS[Scale.SEVEN])}


def rests(made: Material) -> list[Block]:
    """Return in a few sentences what the order rests on, and the analyst's own words on the sources."""
    found = made.robustness
    said = robust.sentences(found)
    blocks: list[Block] = [BulletList(tuple(Entry(sentence) for sentence in said))]
    return blocks


def robustness(made: Material) -> list[Block]:
    """Return what decides the order, what would overturn it, how often each hypothesis stays first, in words."""
    found = made.robustness
    if not found.leaders:
        return [Paragraph(sentence) for sentence in robust.sentences(found)]
    said = [*robust.sentences(found), agreement(made.inputs, results(made.inputs))]
    blocks: list[Block] = []
    if found.is_unresolved:
        text = _("It does not survive small changes of the ratings, so it should not be reported as a result.")
        blocks.append(Callout(_("The lead is unresolved"), (text,), Tone.CAUTION))
    blocks.append(BulletList(tuple(Entry(sentence) for sentence in said if sentence)))
    if changes := change_sentences(found):
        blocks.append(Heading(_("What each of the others would need")))
        blocks.append(BulletList(tuple(Entry(" ".join(texts), lead=clean(name)) for name, texts in changes)))
    blocks += _trials(made)
    blocks += [picture(kind, made) for kind in _CHARTS if not charts.is_empty(kind, made.charted)]
    if made.parts is not None:
        blocks.append(Heading(_("Sources, groups, assumptions and analysts left out")))
        sentences = part_sentences(made.analysis, made.inputs, made.parts, made.analysts_left_out)
        blocks.append(BulletList(tuple(Entry(sentence) for sentence in sentences)))
    return blocks


def _trials(made: Material) -> list[Block]:
    found = made.robustness
    shares = found.shares
    if shares is None or not shares.columns:
        return []
    hypotheses = found.inputs.assessment.hypotheses
    order = sorted(range(len(shares.columns)), key=lambda place: -float(shares.share[place, 0]))
    rows = tuple(
        Row(
            (
                Cell(clean(f"{entry.label} {entry.title}")),
                Cell(robust.rounded_share(float(shares.share[place, 0]))),
            )
        )
        for place in order
        for entry in (hypotheses[shares.columns[place]],)
    )
    columns = (Column(_("Hypothesis"), width=5), Column(_("First in"), Align.END, width=1.5))
    caption = _("How often each hypothesis is first when every rating may slip to a neighbour.")
    notes = trial_sentences(found, f"{shares.draws:,}".replace(",", "\N{NO-BREAK SPACE}"))
    return [
        Heading(_("When ratings slip")),
        Table(columns, rows, caption),
        *(Paragraph(note, style=Style.NOTE) for note in notes),
    ]


@dataclass(frozen=True)
class _Difference:
    """A cell that two or more analysts rated: steps between the farthest of them (-1: one of them says N/A)."""

    item: str
    hypothesis: str
    ratings: tuple[Rating | None, ...]
    steps: int


def disagreement(made: Material) -> list[Block]:
    """Return the cells on which the analysts differ most; nothing where only one sheet has ratings.

    While they rate in private, nobody is to see what the others think: nothing then either.
    """
    raters = [key for key in made.analysis.analysts if made.matrix.sheets.get(key)]
    if len(raters) < 2 or made.is_private:
        return []
    found, shared = _differences(made, raters)
    names = [clean(made.analysis.analysts[key].name) for key in raters]
    count = ngettext(
        "{differ} of the {count} cell that more than one analyst rated are rated differently.",
        "{differ} of the {count} cells that more than one analyst rated are rated differently.",
        shared,
    ).format(differ=len(found), count=shared)
    blocks: list[Block] = [Paragraph(count)]
    if not found:
        return blocks
    columns = (
        Column(_("Item"), width=4),
        Column(_("Hypothesis"), width=1.5),
        *(Column(name, Align.CENTER, width=1.2) for name in names),
    )
    rows = tuple(_difference_row(made, entry) for entry in found[:_MOST_DISAGREEMENTS])
    caption = _("Where the ratings lie farthest apart. The scores in this report are those of {analyst} alone.")
    return [*blocks, Table(columns, rows, caption.format(analyst=clean(made.analyst_name)), row_headings=2)]


def _differences(made: Material, raters: list[str]) -> tuple[list[_Difference], int]:
    """Return the cells rated differently, the farthest apart first, and how many were rated by several."""
    found, shared = [], 0
    for item in made.assessment.items:
        for column in made.columns:
            hypothesis = made.assessment.hypotheses[column].id
            ratings = tuple(made.matrix.rating(key, item.id, hypothesis) for key in raters)
            values = [rating.value for rating in ratings if rating is not None and rating.value is not None]
            if len(values) < 2:
                continue
            shared += 1
            if len(set(values)) > 1:
                found.append(_Difference(item.id, hypothesis, ratings, _apart(values)))
    return sorted(found, key=lambda entry: -entry.steps), shared


def _apart(values: list[RatingValue]) -> int:
    places = [_PLACE[value] for value in values if value in _PLACE]
    return max(places) - min(places) if len(places) == len(values) else -1


def _difference_row(made: Material, found: _Difference) -> Row:
    item, hypothesis = made.analysis.evidence[found.item], made.analysis.hypotheses[found.hypothesis]
    cells = (
        Cell(cell_symbol(rating), rating=rating.value if rating else None, is_rating=True) for rating in found.ratings
    )
    return Row((Cell(clean(f"{item.label} {item.title}")), Cell(hypothesis.label), *cells))
