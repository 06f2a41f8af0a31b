"""The sections of a report on the evidence: the matrix, what tells the hypotheses apart, assumptions, the appendix."""

from __future__ import annotations

import numpy as np

from ach_desk.i18n import _, join_some, join_words
from ach_desk.model import EvidenceItem, EvidenceKind, Rating
from ach_desk.model.resting import falling
from ach_desk.model.words import level_word, quotation_words
from ach_desk.reporting.charts.words import diagnosticity_words
from ach_desk.reporting.print_groups import dependence_note
from ach_desk.reporting.print_matrix import (
    cell_symbol,
    kind_words,
    rank_text,
    score_text,
    set_aside_words,
    symbol_rows,
)
from ach_desk.reporting.print_sources import cited_line
from ach_desk.reporting.print_text import shortened, single_line
from ach_desk.reporting.report.hypotheses import picture
from ach_desk.reporting.report.material import Material
from ach_desk.reporting.report.model import (
    Align,
    Block,
    BulletList,
    Cell,
    Column,
    Entry,
    Fact,
    FactList,
    Heading,
    Paragraph,
    Row,
    Style,
    Table,
)
from ach_desk.reporting.report.plain_words import clean, paragraphs
from ach_desk.scoring.table import VALUES

MOST_TELLING = 3
_MOST_DIAGNOSTIC = 8
_MOST_NAMED = 24
_LONGEST_HEAD = 70
_WIDE = 7
"""From so many hypotheses on the matrix wants paper turned sideways."""


def matrix(made: Material) -> list[Block]:
    """Return the matrix, what its symbols mean, and which of its items depend on each other."""
    assessment = made.assessment
    if not assessment.items or not assessment.hypotheses:
        return [Paragraph(_("The matrix has no evidence items yet."))]
    heads = [
        Column(_("Item"), width=5),
        Column(_("Credibility"), Align.CENTER, width=1.2),
        *([Column(_("Relevance"), Align.CENTER, width=1.2)] if made.has_relevance else []),
        *(
            Column(assessment.label_of(column), Align.CENTER, hint=_shortened(assessment.hypotheses[column].title))
            for column in made.columns
        ),
    ]
    known = {item.id: item for item in assessment.items}
    rows = [_matrix_row(made, row, known) for row in range(len(assessment.items))]
    rows += [_foot(made, len(heads))]
    table = Table(
        tuple(heads),
        tuple(rows),
        _("The matrix: how each item fits each hypothesis."),
        is_wide=len(assessment.hypotheses) > _WIDE,
    )
    notes = [Paragraph(line, style=Style.NOTE) for line in dependence_note(made.analysis, assessment)]
    legend = "; ".join(f"{symbol or _('(empty)')} – {meaning}" for symbol, meaning in symbol_rows(assessment))
    return [table, Paragraph(legend, lead=_("Symbols:"), style=Style.NOTE), *_marks(made), *notes]


def _shortened(title: str) -> str:
    """Return a title as it can stand over a narrow column; in full it stands among the hypotheses."""
    return shortened(single_line(clean(title)), _LONGEST_HEAD)


def _matrix_row(made: Material, row: int, known: dict[str, EvidenceItem]) -> Row:
    item = made.assessment.items[row]
    below = [kind_words(item, known), "" if item.is_counted else set_aside_words(item)]
    levels = [item.credibility, *([item.relevance] if made.has_relevance else [])]
    return Row(
        (
            Cell(clean(f"{item.label} {item.title}"), note="\n".join(clean(part) for part in below if part)),
            *(Cell(level_word(level) if level else "–") for level in levels),
            *(_rating(made, row, column) for column in made.columns),
        ),
        aside=not item.is_counted,
    )


def _rating(made: Material, row: int, column: int) -> Cell:
    item, hypothesis = made.assessment.items[row], made.assessment.hypotheses[column]
    rating = made.ratings.get(item.id, {}).get(hypothesis.id)
    return Cell(cell_symbol(rating), rating=rating.value if rating else None, is_rating=True)


def _foot(made: Material, width: int) -> Row:
    """Return the row below the matrix with score and rank of each hypothesis."""
    assessment = made.assessment
    columns = made.columns
    scores = [
        Cell(score_text(assessment, column, made.options), note=rank_text(assessment, column))
        if assessment.comparable[column]
        else Cell("–", note=rank_text(assessment, column))
        for column in columns
    ]
    blank = [Cell("")] * (width - 1 - len(columns))
    return Row((Cell(_("Weighted inconsistency"), strong=True), *blank, *scores))


def _marks(made: Material) -> list[Block]:
    """Return what a question mark and a dash between two symbols say, where there is one."""
    cells = [rating for row in made.ratings.values() for rating in row.values() if rating.value is not None]
    notes = []
    if any(cell_symbol(rating).endswith("?") for rating in cells):
        notes.append(_("A question mark after a symbol: rated with low confidence."))
    if any(rating.range for rating in cells):
        notes.append(_("Two symbols with a dash between them: undecided; as a rule the more neutral one is scored."))
    return [Paragraph(note, style=Style.NOTE) for note in notes]


def telling(made: Material) -> list[Block]:
    """Return the few items that separate the hypotheses most, in sentences."""
    rows = _by_spread(made)[:MOST_TELLING]
    if not rows:
        return [Paragraph(_("No item separates the hypotheses."))]
    return [BulletList(tuple(_told(made, row) for row in rows))]


def _told(made: Material, row: int) -> Entry:
    item = made.assessment.items[row]
    return Entry(clean(item.title), lead=item.label, note=_ratings_in_words(made, row))


def _ratings_in_words(made: Material, row: int) -> str:
    """Return the ratings of an item by what they are: "CC under H1 and H4; I under H2"."""
    assessment = made.assessment
    under: dict[str, list[str]] = {}
    for column in made.columns:
        if assessment.hypotheses[column].is_active:
            value = VALUES[assessment.table.codes[row, column]]
            under.setdefault(value.value if value else _("not rated"), []).append(assessment.hypotheses[column].label)
    parts = [
        _("{rating} under {names}").format(rating=rating, names=join_words(names)) for rating, names in under.items()
    ]
    return "; ".join(parts)


def _by_spread(made: Material) -> list[int]:
    """Return the rows of the counted items that separate, the most diagnostic first, of equals the weightier."""
    standing, table = made.assessment.standing, made.assessment.table
    spread = np.where(table.counted, standing.diagnosticity, np.nan)
    rows = [int(row) for row in np.flatnonzero(np.nan_to_num(spread) > 0)]
    return sorted(rows, key=lambda row: (-round(float(spread[row]), 9), -float(table.weights[row]), row))


def diagnostic(made: Material) -> list[Block]:
    """Return the most diagnostic items with their ratings, those that separate nothing, and the heat map."""
    rows = _by_spread(made)
    if not rows:
        return [Paragraph(_("No item separates the hypotheses."))]
    columns = (Column(_("Item"), width=5), Column(_("Rated"), width=3), Column(_("Says of it"), width=3))
    table = Table(
        columns,
        tuple(_diagnostic_row(made, row) for row in rows[:_MOST_DIAGNOSTIC]),
        _("The items that tell the hypotheses apart best."),
    )
    standing, counted = made.assessment.standing, made.assessment.table.counted
    flat = [made.assessment.items[row].label for row in np.flatnonzero((standing.diagnosticity == 0) & counted)]
    blocks: list[Block] = [table]
    if flat:
        text = _("{items}: rated the same under each hypothesis, however striking they are.")
        names = join_some(flat[:_MOST_NAMED], _MOST_NAMED, len(flat))
        blocks.append(Paragraph(text.format(items=names), lead=_("Tell nothing apart:")))
    if len(made.assessment.items) <= _MOST_NAMED * 2:
        blocks.append(picture("heatmap", made))
    return blocks


def _diagnostic_row(made: Material, row: int) -> Row:
    item = made.assessment.items[row]
    return Row(
        (
            Cell(clean(f"{item.label} {item.title}")),
            Cell(_ratings_in_words(made, row)),
            Cell(diagnosticity_words(made.assessment, row)),
        )
    )


def assumptions(made: Material) -> list[Block]:
    """Return the assumptions with what rests on each, and what falls when it does not hold; nothing without any."""
    found = [item for item in made.assessment.items if item.kind is EvidenceKind.ASSUMPTION]
    if not found:
        return []
    return [BulletList(tuple(_assumption(made, item) for item in found))]


def _assumption(made: Material, item: EvidenceItem) -> Entry:
    resting = [made.analysis.evidence[entry].label for entry in falling(made.analysis.evidence, {item.id})]
    note = [*paragraphs(item.detail), "" if item.is_counted else set_aside_words(item)]
    if resting:
        note.append(_("If it does not hold, these fall with it: {items}.").format(items=join_words(resting)))
    return Entry(clean(item.title), lead=item.label, note="\n".join(filter(None, note)))


def appendix(made: Material) -> list[Block]:
    """Return every item with its details, its sources, and every rating with its reason."""
    blocks: list[Block] = []
    for row, item in enumerate(made.assessment.items):
        if not row % 50:
            made.go_on()
        blocks.append(Heading(clean(f"{item.label} {item.title}")))
        blocks += _details(made, item)
        blocks += _reasons(made, item)
    return blocks


def _details(made: Material, item: EvidenceItem) -> list[Block]:
    known = made.analysis.sources
    cited = [
        cited_line(known[entry.source], entry, made.analysis, listed=True)
        for entry in item.citations
        if entry.source in known
    ]
    facts = [
        (_("Marking"), item.marking),
        (_("Status"), "" if item.is_counted else set_aside_words(item)),
        (_("Sources"), "; ".join(cited)),
        (_("Note"), item.note),
    ]
    filled = tuple(Fact(name, clean(value)) for name, value in facts if value.strip())
    quoted = [Paragraph(part, style=Style.QUOTE) for part in paragraphs(quotation_words(item))]
    return [*quoted, *(Paragraph(part) for part in paragraphs(item.detail)), *([FactList(filled)] if filled else [])]


def _reasons(made: Material, item: EvidenceItem) -> list[Block]:
    """Return the ratings of an item: in a line where none has a reason, else in a table."""
    rated = made.ratings.get(item.id, {})
    assessment = made.assessment
    entries = [(assessment.label_of(column), rated.get(assessment.hypotheses[column].id)) for column in made.columns]
    if not any(rating is not None and rating.rationale.strip() for _label, rating in entries):
        words = ", ".join(f"{label} {_symbol_or_word(rating)}" for label, rating in entries)
        return [Paragraph(words, lead=_("Ratings:"))] if words else []
    columns = (
        Column(_("Hypothesis"), width=1.2),
        Column(_("Rating"), Align.CENTER, width=1),
        Column(_("Reason"), width=8),
    )
    rows = tuple(
        Row((Cell(label), _appendix_cell(rating), Cell("\n".join(paragraphs(rating.rationale)) if rating else "")))
        for label, rating in entries
    )
    return [Table(columns, rows)]


def _appendix_cell(rating: Rating | None) -> Cell:
    return Cell(cell_symbol(rating), rating=rating.value if rating else None, is_rating=True)


def _symbol_or_word(rating: Rating | None) -> str:
    return cell_symbol(rating) or _("not rated")
