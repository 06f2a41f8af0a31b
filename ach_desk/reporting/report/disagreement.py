"""The section of a report on several analysts: who rated and how blind, how far they agree, where they differ and why.

Then what the group and each of them make of the hypotheses, side by side. Nothing of it while they rate in private.
"""

from __future__ import annotations

from ach_desk.i18n import _, ngettext
from ach_desk.model import Rating
from ach_desk.model.words import method_word
from ach_desk.reporting.print_matrix import cell_symbol
from ach_desk.reporting.report.hypotheses import picture
from ach_desk.reporting.report.material import Material
from ach_desk.reporting.report.model import (
    Align,
    Block,
    BulletList,
    Cell,
    Column,
    Entry,
    Heading,
    Paragraph,
    Row,
    Style,
    Table,
)
from ach_desk.reporting.report.plain_words import clean
from ach_desk.scoring import compared_words as says
from ach_desk.scoring.compared import Compared
from ach_desk.scoring.pooled import Pool, Pooling
from ach_desk.scoring.pooling_words import about, pooling_sentences
from ach_desk.scoring.robustness import rounded_share
from ach_desk.scoring.talk import TalkCell

_MOST_DISAGREEMENTS = 20
_MOST_REASONS = 8


def disagreement(made: Material) -> list[Block]:
    """Return what is to be said of several analysts; nothing where one alone has rated, or they rate in private."""
    if made.is_private or not made.compared.are_several:
        return []
    found = made.compared
    return [
        *_who(made, found),
        *_agreement(made, found),
        *_where(made, found),
        *_why(made, found),
        *_results(made, found),
        *_pools(made),
    ]


def _who(made: Material, found: Compared) -> list[Block]:
    said = [*says.blind_sentences(made.analysis, found), *says.repeat_sentences(made.analysis, found.repeats)]
    return [Heading(_("Who rated")), _bullets(said)]


def _agreement(made: Material, found: Compared) -> list[Block]:
    said = [
        says.count_sentence(found.sheets, found.spread),
        says.alpha_sentence(found.alpha),
        says.order_sentence(found),
        *says.level_sentences(made.analysis, found.sheets, found.spread),
    ]
    note = _("Agreement does not prove that a rating is right.")
    return [
        Heading(_("How far they agree")),
        _bullets(said),
        Paragraph(note, style=Style.NOTE),
        picture("disagreement", made),
    ]


def _where(made: Material, found: Compared) -> list[Block]:
    """Return the cells on which they differ, those first about which talking would pay most."""
    shown = found.talk[:_MOST_DISAGREEMENTS]
    if not shown:
        return []
    names = [clean(says.short_name(made.analysis, analyst)) for analyst in found.sheets.analysts]
    columns = (
        Column(_("Item"), width=4),
        Column(_("Hypothesis"), width=1.5),
        *(Column(name, Align.CENTER, width=1.2) for name in names),
        Column(_("Changes who is in front"), Align.CENTER, width=1.8),
    )
    rows = tuple(_difference(made, found, cell) for cell in shown)
    caption = ngettext(
        "The cell on which they differ, most worth talking about first.",
        "The cells on which they differ, most worth talking about first.",
        len(rows),
    )
    if len(found.talk) > len(shown):
        text = _("{caption} {count} more are left out.")
        caption = text.format(caption=caption, count=len(found.talk) - len(shown))
    return [Heading(_("Where they differ")), Table(columns, rows, caption, row_headings=2)]


def _difference(made: Material, found: Compared, cell: TalkCell) -> Row:
    item, hypothesis = found.sheets.items[cell.row], found.sheets.hypotheses[cell.column]
    ratings = (made.matrix.rating(analyst, item.id, hypothesis.id) for analyst in found.sheets.analysts)
    return Row(
        (
            Cell(clean(f"{item.label} {item.title}")),
            Cell(hypothesis.label),
            *(_rating(rating) for rating in ratings),
            Cell(_("yes") if cell.changes else _("no")),
        )
    )


def _rating(rating: Rating | None) -> Cell:
    return Cell(cell_symbol(rating), rating=rating.value if rating else None, is_rating=True)


def _why(made: Material, found: Compared) -> list[Block]:
    """Return the reasons that were given in the cells most worth talking about."""
    entries = []
    for cell in found.talk:
        item, hypothesis = found.sheets.items[cell.row], found.sheets.hypotheses[cell.column]
        reasons = [
            _("{name} ({rating}): {reason}").format(
                name=clean(says.name_of(made.analysis, analyst)), rating=rating.value, reason=clean(rating.rationale)
            )
            for analyst in found.sheets.analysts
            for rating in [made.matrix.rating(analyst, item.id, hypothesis.id)]
            if rating is not None and rating.value is not None and rating.rationale
        ]
        if reasons:
            place = _("{item} under {hypothesis}").format(item=item.label, hypothesis=hypothesis.label)
            entries.append(Entry("\n".join(reasons), lead=place))
        if len(entries) == _MOST_REASONS:
            break
    return [Heading(_("Why they differ")), BulletList(tuple(entries))] if entries else []


def _results(made: Material, found: Compared) -> list[Block]:
    """Return the rank of each hypothesis under the group's median and under each analyst."""
    view, analysts = found.view, found.sheets.analysts
    columns = (
        Column(_("Hypothesis"), width=4),
        Column(_("Group (median)"), Align.CENTER, width=1.5),
        *(Column(clean(says.short_name(made.analysis, entry)), Align.CENTER, width=1.2) for entry in analysts),
    )
    rows = tuple(
        Row(
            (
                Cell(clean(f"{view.assessment.label_of(column)} {hypothesis.title}")),
                Cell(_rank(int(view.additive.rank[column]))),
                *(Cell(_rank(int(ranks[column]))) for ranks in view.ranks),
            )
        )
        for column, hypothesis in enumerate(found.sheets.hypotheses)
        if view.additive.active[column]
    )
    caption = _("Rank of each hypothesis by {method}; – where too little is rated.").format(
        method=method_word(view.method)
    )
    said = [*says.leaders_sentences(made.analysis, found), *says.left_out_sentences(made.analysis, found)]
    return [Heading(_("The group and each analyst")), _bullets(said), Table(columns, rows, caption)]


def _rank(rank: int) -> str:
    return str(rank) if rank else "–"


def _pools(made: Material) -> list[Block]:
    """Return what was stated of probabilities, made to add up, and pooled in every way, equal weights first."""
    found = made.pooling
    if not found.people and not found.incomplete:
        return []
    blocks: list[Block] = [Heading(_("Pooled probabilities")), _bullets(pooling_sentences(made.analysis, found))]
    if not found.people:
        return blocks
    columns = (
        Column(_("Whose, or which way"), width=4),
        *(Column(entry.label, Align.CENTER, width=1.3) for entry in found.hypotheses),
    )
    caption = _("Probabilities made to add up by dividing by their sum, rounded to 5 points.")
    blocks.append(Table(columns, _pool_rows(made, found), caption))
    if found.pools:
        text = _("{name}: {formula} ({source}). {caution}")
        blocks.append(_bullets([text.format(**about(way, found)._asdict()) for way in found.pools]))
    return blocks


def _pool_rows(made: Material, found: Pooling) -> tuple[Row, ...]:
    people = [(clean(says.name_of(made.analysis, one.analyst)), one.coherent, False) for one in found.people]
    ways = [(about(way, found).name, values, way is Pool.LINEAR) for way, values in found.pools.items()]
    return tuple(
        Row((Cell(name, strong=strong), *(Cell(rounded_share(float(value)), strong=strong) for value in values)))
        for name, values, strong in (*people, *ways)
    )


def _bullets(texts: list[str]) -> BulletList:
    return BulletList(tuple(Entry(clean(text)) for text in texts))
