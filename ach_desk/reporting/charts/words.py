"""What a chart says in words: empty states, footers, captions, the text of each box."""

from __future__ import annotations

import numpy as np

from ach_desk.i18n import _, join_some, ngettext
from ach_desk.model import RatingValue
from ach_desk.model.method_settings import Method
from ach_desk.model.words import method_word
from ach_desk.reporting.chart_names import chart_name
from ach_desk.reporting.chart_options import ChartOptions
from ach_desk.scoring import Assessment, against_words, headline, standing_sentence
from ach_desk.scoring.table import VALUES

MINUS = "\N{MINUS SIGN}"
_MOST_NAMED = 4
_MOST_DESCRIBED = 60


def rating_meaning(value: RatingValue | None) -> str:
    """Return what a rating says about an item under a hypothesis, in a few words."""
    return {
        RatingValue.VERY_CONSISTENT: _("certainly expected"),
        RatingValue.CONSISTENT: _("rather expected"),
        RatingValue.SLIGHTLY_CONSISTENT: _("slightly expected"),
        RatingValue.NEUTRAL: _("neutral"),
        RatingValue.SLIGHTLY_INCONSISTENT: _("slightly surprising"),
        RatingValue.INCONSISTENT: _("surprising"),
        RatingValue.VERY_INCONSISTENT: _("hardly possible"),
        RatingValue.NOT_APPLICABLE: _("not applicable"),
        None: _("not rated"),
    }[value]


def hidden_sentence() -> str:
    """Return what stands in place of a chart while the scores are hidden."""
    return _("The standing is hidden. It appears when all items are rated, or when you choose to show it.")


def empty_sentence(assessment: Assessment) -> str:
    """Return what to do next when there is nothing to draw."""
    if not assessment.hypotheses:
        return _("There is no hypothesis yet. Add two or more that explain the same events.")
    if not assessment.items:
        return _("There is no evidence yet. Add an item, and rate how it fits each hypothesis.")
    return _("Rate an item in the matrix, and it appears here.")


def whose_ratings(options: ChartOptions) -> str:
    """Return whose ratings a chart shows: one analyst's, by name where that is given, or the group's."""
    if options.is_group:
        return _("Ratings: {name}").format(name=options.analyst)
    if options.analyst:
        return _("Ratings of one analyst ({name})").format(name=options.analyst)
    return _("Ratings of one analyst")


def other_way(method: Method) -> list[str]:
    """Return by which way of adding up a chart is, where that is not the way of the ranking; nothing where it is."""
    return [] if method is Method.WEIGHTED else [_("By {method}.").format(method=method_word(method))]


def footer(assessment: Assessment, options: ChartOptions, *, weighted: bool) -> list[str]:
    """Return the sentences at the foot: whose ratings, of how many items, and what the chart does not prove."""
    number = assessment.counted_items
    parts = [
        whose_ratings(options),
        ngettext("{count} item", "{count} items", number).format(count=number),
    ]
    sentences = [", ".join([*parts, options.date] if options.date else parts) + "."]
    if weighted:
        sentences.append(_("A wider block is an item of higher credibility and relevance."))
    sentences += set_aside(assessment)
    sentences.append(_("Fitting evidence does not prove a hypothesis."))
    return sentences


def set_aside(assessment: Assessment) -> list[str]:
    """Return the sentence on the items that are not counted, if there are any."""
    labels = [item.label for item in assessment.items if not item.is_counted]
    if not labels:
        return []
    text = ngettext(
        "{count} item is set aside and not counted ({items}).",
        "{count} items are set aside and not counted ({items}).",
        len(labels),
    )
    return [text.format(count=len(labels), items=join_some(labels, _MOST_NAMED))]


def block_text(assessment: Assessment, row: int, column: int) -> str:
    """Return what a block or cell stands for: the item and what it says about the hypothesis."""
    item = assessment.items[row]
    value = VALUES[assessment.table.codes[row, column]]
    text = (
        _("{item} {title}\nUnder {hypothesis}: {meaning} ({rating})")
        if value
        else _("{item} {title}\nUnder {hypothesis}: {meaning}")
    )
    return text.format(
        item=item.label,
        title=item.title,
        hypothesis=assessment.label_of(column),
        meaning=rating_meaning(value),
        rating=value,
    )


def run_text(count: int, value: RatingValue, label: str) -> str:
    """Return what a run of blocks too narrow to tell apart stands for."""
    text = ngettext(
        "{count} item, {meaning} under {hypothesis} ({rating})",
        "{count} items, {meaning} under {hypothesis} ({rating})",
        count,
    )
    return text.format(count=count, meaning=rating_meaning(value), hypothesis=label, rating=value)


def row_text(assessment: Assessment, column: int) -> str:
    """Return what the row of a hypothesis says: its title and how much speaks against it."""
    return f"{assessment.hypotheses[column].title}\n{standing_sentence(assessment, column)}"


def item_text(assessment: Assessment, row: int) -> str:
    """Return what the row of an item says: its title and how well it tells the hypotheses apart."""
    item = assessment.items[row]
    return f"{item.label} {item.title}\n{diagnosticity_words(assessment, row)}"


def diagnosticity_words(assessment: Assessment, row: int) -> str:
    """Return how well an item tells the hypotheses apart."""
    if not assessment.items[row].is_counted:
        return _("Set aside and not counted.")
    spread = assessment.standing.diagnosticity[row]
    if np.isnan(spread):
        return _("Rated under fewer than two hypotheses: it cannot tell them apart yet.")
    if spread == 0:
        return _("Does not separate the hypotheses: rated the same under each.")
    return _("Spread of its ratings: {spread} of at most 2.").format(spread=f"{spread:.1f}")


def score(value: float, *, positive: bool, whole: bool) -> str:
    """Return a score as it is written: two decimals unless all are whole, with a real minus sign."""
    digits = f"{abs(value):.0f}" if whole else f"{abs(value):.2f}"
    return digits if positive or not float(digits) else MINUS + digits


def heat_map_title(assessment: Assessment) -> str:
    """Return which items tell the hypotheses apart best, in a sentence."""
    spread = np.where(assessment.table.counted, assessment.standing.diagnosticity, np.nan)
    known = np.flatnonzero(~np.isnan(spread))
    if not len(known):
        return _("No item is rated under two hypotheses yet.")
    best = spread[known].max()
    if best == 0:
        return _("No item separates the hypotheses: each is rated the same throughout.")
    labels = [assessment.items[row].label for row in known if best - spread[row] <= 1e-9]
    text = ngettext("{items} tells the hypotheses apart best.", "{items} tell the hypotheses apart best.", len(labels))
    return text.format(items=join_some(labels, _MOST_NAMED))


def caption(kind: str, assessment: Assessment) -> str:
    """Return what a chart shows, and its finding, in one sentence."""
    number = len(assessment.hypotheses) - len(assessment.headings)
    if kind == "heatmap":
        count = len(assessment.items)
        text = ngettext(
            "How {count} item fits each hypothesis, and how well it tells them apart: {finding}",
            "How each of {count} items fits each hypothesis, and how well it tells them apart: {finding}",
            count,
        )
        return text.format(count=count, finding=heat_map_title(assessment))
    if kind == "ranking":
        text = ngettext(
            "The weighted inconsistency of {count} hypothesis: {finding}",
            "The weighted inconsistency of {count} hypotheses, the least contradicted first: {finding}",
            number,
        )
    else:
        text = ngettext(
            "What speaks against {count} hypothesis, and what would be expected anyway: {finding}",
            "What speaks against each of {count} hypotheses, and what would be expected anyway: {finding}",
            number,
        )
    return text.format(count=number, finding=headline(assessment))


def subject(kind: str, assessment: Assessment) -> str:
    """Return what a chart shows, without its finding, in one sentence: for a place where the finding stands above."""
    if kind == "heatmap":
        count = len(assessment.items)
        text = ngettext(
            "How {count} item fits each hypothesis, and how well it tells them apart.",
            "How each of {count} items fits each hypothesis, and how well it tells them apart.",
            count,
        )
        return text.format(count=count)
    number = len(assessment.hypotheses) - len(assessment.headings)
    if kind == "ranking":
        text = ngettext(
            "The weighted inconsistency of {count} hypothesis.",
            "The weighted inconsistency of {count} hypotheses.",
            number,
        )
    else:
        text = ngettext(
            "What speaks against {count} hypothesis, and what would be expected anyway.",
            "What speaks against each of {count} hypotheses, and what would be expected anyway.",
            number,
        )
    return text.format(count=number)


def alternative_text(kind: str, assessment: Assessment) -> str:
    """Return the chart for those who cannot see it: its caption, then a sentence per row."""
    sentences = [caption(kind, assessment)]
    if kind == "heatmap":
        columns = sorted(assessment.rated_columns())
        for row in range(min(len(assessment.items), _MOST_DESCRIBED)):
            ratings = ", ".join(
                f"{assessment.label_of(column)} {VALUES[assessment.table.codes[row, column]] or rating_meaning(None)}"
                for column in columns
            )
            sentences.append(f"{assessment.items[row].label}: {ratings}.")
    else:
        sentences += [standing_sentence(assessment, column) for column in assessment.ranked_order()]
    return " ".join(sentences)


def bar_words(assessment: Assessment, column: int) -> list[str]:
    """Return the words at the end of a bar, in the lines they may take: "5 against," "2 of them strongly"."""
    head, comma, tail = against_words(assessment, column).partition(", ")
    return [head + comma.rstrip(), tail] if tail else [head]


def hidden_title(kind: str) -> str:
    """Return the title of a chart while the scores are hidden: what it would show, not what it would say."""
    return _("What speaks against each hypothesis") if kind == "consistency" else chart_name(kind)
