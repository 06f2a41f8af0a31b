"""What the panel says, from an answer."""

from __future__ import annotations

from ach_desk.i18n import _, ngettext
from ach_desk.scoring import compared_words as says
from ach_desk.scoring.pooling_words import about, pooling_sentences
from ach_desk.scoring.table import VALUES
from ach_desk.ui.compare.answers import Answer

_MOST_TALKED = 20


def main_sentences(answer: Answer) -> list[str]:
    """Return what is said of the two, or of all at once."""
    found, analysis = answer.found, answer.question.analysis
    if found is None:
        return [says.private_sentence()]
    if not found.are_several:
        return says.sentences(analysis, found)
    if answer.pair is None:
        said = [] if not answer.question.first else [_("One of the two has rated nothing, so all are compared.")]
        return [*said, *says.sentences(analysis, found)]
    pair = answer.pair
    return [
        says.count_sentence(pair.sheets, pair.spread),
        says.alpha_sentence(pair.alpha),
        *says.level_sentences(analysis, pair.sheets, pair.spread),
    ]


def talk_sentences(answer: Answer) -> tuple[list[str], dict[str, dict[str, str]]]:
    """Return the cells worth talking about, most first, and which cell each sentence is about."""
    if answer.found is None:
        return [], {}
    sheets = answer.pair.sheets if answer.pair else answer.found.sheets
    cells = answer.pair.talk if answer.pair else answer.found.talk
    view = answer.found.view
    said, places = [], dict[str, dict[str, str]]()
    for cell in cells[:_MOST_TALKED]:
        text = says.talk_sentence(answer.question.analysis, view, sheets, cell)
        said.append(text)
        places[text] = {sheets.items[cell.row].id: sheets.hypotheses[cell.column].id}
    rest = len(cells) - _MOST_TALKED
    if rest > 0:
        said.append(ngettext("and {count} more", "and {count} more", rest).format(count=rest))
    return said, places


def cell_sentences(answer: Answer, evidence: str, hypothesis: str) -> list[str]:
    """Return the median and the distribution of a cell, and who rated what; none for a cell that is not compared."""
    found = answer.found
    if found is None or not found.are_several:
        return []
    cell = found.sheets.cell(evidence, hypothesis)
    if cell is None:
        return []
    row, column = cell
    view = found.view
    median = VALUES[view.assessment.table.codes[row, column]]
    place = _("{item} under {hypothesis}").format(
        item=found.sheets.items[row].label, hypothesis=view.assessment.label_of(column)
    )
    counts = [
        _("{value} × {count}").format(value=value or _("not rated"), count=int(count))
        for value, count in zip(VALUES, view.counts[:, row, column], strict=True)
        if count
    ]
    said = _("{place}: median {median}. {counts}.") if median else _("{place}: {counts}.")
    state = says.state_words(found.spread, row, column)
    return [
        said.format(place=place, median=median, counts=", ".join(counts)),
        f"{state[:1].upper()}{state[1:]}.",
        says.ratings_words(answer.question.analysis, found.sheets, row, column, most=None),
    ]


def who_sentences(answer: Answer) -> list[str]:
    """Return who rated, how blind, and how far each one's own ratings repeat."""
    found = answer.found
    return says.blind_sentences(answer.question.analysis, found) if found is not None and found.are_several else []


def left_out_sentences(answer: Answer) -> list[str]:
    """Return who would lead without each analyst."""
    return says.left_out_sentences(answer.question.analysis, answer.found) if answer.found is not None else []


def pool_sentences(answer: Answer) -> list[str]:
    """Return whether the stated probabilities add up, and what pooling them says."""
    return pooling_sentences(answer.question.analysis, answer.pooling) if answer.pooling is not None else []


def formula_sentences(answer: Answer) -> list[str]:
    """Return formula, source and caution of each way of pooling."""
    pooling = answer.pooling
    if pooling is None:
        return []
    text = _("{name}: {formula} ({source}). {caution}")
    return [text.format(**about(way, pooling)._asdict()) for way in pooling.pools]
