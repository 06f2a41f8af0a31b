"""What the charts of what the order rests on say in the same way: figures, names, footers, captions."""

from __future__ import annotations

from collections.abc import Sequence

from ach_desk.i18n import _, ngettext
from ach_desk.model.method_settings import Method
from ach_desk.reporting.chart_material import Material
from ach_desk.reporting.chart_options import ChartOptions
from ach_desk.reporting.charts.words import MINUS, set_aside, whose_ratings
from ach_desk.scoring import standing_sentence
from ach_desk.scoring.robustness import method_word

_LARGEST_FACTOR = 10_000
_MOST_APART = 4


def name_of(found: Material, column: int) -> str:
    """Return the label of a hypothesis, with the headings it stands under."""
    return found.assessment.label_of(column)


def titled(found: Material, column: int) -> str:
    """Return label and title of a hypothesis."""
    return f"{name_of(found, column)} {found.assessment.hypotheses[column].title}"


def points(value: float) -> str:
    """Return a score or a difference of scores: whole where it is, else to two decimals, with a real minus sign."""
    digits = f"{abs(value):.2f}".rstrip("0").rstrip(".")
    return digits if value > -0.005 else MINUS + digits


def times(bans: float) -> str:
    """Return a ratio from its log10, always at least 1: "3.2 times", "over 10,000 times"."""
    factor = 10 ** min(abs(bans), 9.0)
    if factor > _LARGEST_FACTOR:
        return _("over {count} times").format(count=f"{_LARGEST_FACTOR:,}")
    digits = f"{factor:.1f}".removesuffix(".0") if factor < 9.95 else f"{factor:,.0f}"
    return _("{count} times").format(count=digits)


def method_title(method: Method) -> str:
    """Return the name of a way of adding up as a heading."""
    word = method_word(method)
    return word[:1].upper() + word[1:]


def is_bare(found: Material) -> bool:
    """Return whether no counted item is rated at all; else nothing may be ranked because Bayes can compare nothing."""
    return not found.assessment.standing.item_rated[found.assessment.table.counted].any()


def empty_sentence(found: Material) -> str:
    """Return what to do next when there is nothing to draw."""
    if not found.assessment.hypotheses:
        return _("There is no hypothesis yet. Add two or more that explain the same events.")
    if not found.assessment.items:
        return _("There is no evidence yet. Add an item, and rate how it fits each hypothesis.")
    if not is_bare(found):
        return _("No item is rated under every hypothesis, as this way of adding up needs it.")
    return _("Nothing is rated yet. Rate items in the matrix; what the order rests on then appears here.")


def footer(found: Material, options: ChartOptions, *limits: str) -> list[str]:
    """Return the sentences at the foot: whose ratings, of how many items, who is not compared, and the limits."""
    assessment = found.assessment
    number = assessment.counted_items
    parts = [whose_ratings(options), ngettext("{count} item", "{count} items", number).format(count=number)]
    sentences = [", ".join([*parts, options.date] if options.date else parts) + "."]
    sentences += set_aside(assessment)
    apart = [
        standing_sentence(assessment, column)
        for column in assessment.rated_columns()
        if assessment.hypotheses[column].is_active and not assessment.comparable[column]
    ]
    if not assessment.comparable.any() or len(apart) > _MOST_APART:
        apart = []
    return [*sentences, *apart, *limits]


def told(*parts: str | Sequence[str]) -> str:
    """Return sentences, and lists of sentences, one after the other."""
    texts = [text for part in parts for text in ([part] if isinstance(part, str) else part)]
    return " ".join(text for text in texts if text)
