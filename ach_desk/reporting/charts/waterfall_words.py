"""What the waterfall of log odds says in words, and the numbers behind it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ach_desk.i18n import _, join_some, join_words, ngettext
from ach_desk.model.method_settings import Method
from ach_desk.model.words import method_word
from ach_desk.reporting.chart_material import Material
from ach_desk.reporting.chart_options import ChartOptions
from ach_desk.reporting.charts import telling
from ach_desk.reporting.charts.table import Table
from ach_desk.reporting.charts.words import rating_meaning
from ach_desk.scoring.robustness import share_in_words
from ach_desk.scoring.table import VALUES
from ach_desk.scoring.weights_of_evidence import Weights

MOST_ROWS = 40
_MOST_NAMED = 6
_MOST_HEAVIEST = 4
_EVEN = 0.01


@dataclass(frozen=True)
class Step:
    """A bar: from and to which log10 odds it leads, and what it stands for. is_total: all items together."""

    first: float
    last: float
    label: str
    title: str
    text: str
    evidence: str | None = None
    is_total: bool = False

    @property
    def weight(self) -> float:
        """Return by how much the log10 odds change; positive for the leader."""
        return self.last - self.first


def is_empty(found: Material) -> bool:
    """Return whether there is nothing to draw."""
    return found.weights is None


def pair(found: Material) -> tuple[str, str]:
    """Return the labels of the leader and of the rival; the waterfall must have both."""
    weights = _weights(found)
    return telling.name_of(found, weights.ahead), telling.name_of(found, weights.behind)


def ends(found: Material) -> tuple[str, str]:
    """Return the words for both ends of the axis: the rival's, and the leader's."""
    ahead, behind = pair(found)
    text = _("speaks for {name}")
    return text.format(name=behind), text.format(name=ahead)


def steps(found: Material) -> list[Step]:
    """Return the bars: the priors where they differ, the items from the heaviest on, what is left, and the total."""
    weights = _weights(found)
    made: list[Step] = []
    at = 0.0
    if abs(weights.start) > 1e-9:
        text = _("Before the evidence: the priors that were set")
        made.append(Step(0.0, weights.start, "", text, telling.told(text + ":", _weight_words(found, weights.start))))
        at = weights.start
    for row in weights.rows[:MOST_ROWS]:
        made.append(_item_step(found, row, at))
        at = made[-1].last
    rest = weights.rows[MOST_ROWS:]
    if rest:
        text = ngettext("{count} lighter item", "{count} lighter items together", len(rest)).format(count=len(rest))
        last = at + float(weights.weight[list(rest)].sum())
        made.append(Step(at, last, "", text, f"{text}\n{_weight_words(found, last - at)}"))
    text = _("All together")
    made.append(Step(0.0, weights.total, "", text, f"{text}\n{_weight_words(found, weights.total)}", is_total=True))
    return made


def _item_step(found: Material, row: int, at: float) -> Step:
    item, weights = found.assessment.items[row], _weights(found)
    weight = float(weights.weight[row])
    said = [f"{item.label} {item.title}", _weight_words(found, weight)]
    codes = found.assessment.table.codes[row]
    for column in (weights.ahead, weights.behind):
        text = _("Under {hypothesis}: {meaning}")
        meaning = rating_meaning(VALUES[codes[column]])
        said.append(text.format(hypothesis=telling.name_of(found, column), meaning=meaning))
    return Step(at, at + weight, item.label, item.title, "\n".join(said), item.id)


def _weight_words(found: Material, weight: float) -> str:
    """Return for which of the two something speaks, and by what ratio: "3.2 times as likely under H4 as under H3"."""
    ahead, behind = pair(found)
    if abs(weight) < _EVEN:
        return _("as likely under {first} as under {second}").format(first=ahead, second=behind)
    first, second = (ahead, behind) if weight > 0 else (behind, ahead)
    text = _("{ratio} as likely under {first} as under {second}")
    return text.format(ratio=telling.times(weight), first=first, second=second)


def title(found: Material) -> str:
    """Return what the ratings make of the pair, and the item that weighs most, in a sentence."""
    weights = found.weights
    if weights is None:
        return _no_pair(found)
    ahead, behind = pair(found)
    share = share_in_words(weights.share)
    if not weights.rows:
        text = _("Taken as likelihoods, the ratings do not tell {ahead} and {behind} apart.")
        return text.format(ahead=ahead, behind=behind)
    top = abs(weights.weight[weights.rows[0]])
    heaviest = [found.assessment.items[row].label for row in weights.rows if top - abs(weights.weight[row]) <= 1e-9]
    text = ngettext(
        "Taken as likelihoods, the ratings give {ahead} {share} against {behind} alone; {items} weighs most.",
        "Taken as likelihoods, the ratings give {ahead} {share} against {behind} alone; {items} weigh most.",
        len(heaviest),
    )
    return text.format(ahead=ahead, behind=behind, share=share, items=join_some(heaviest, _MOST_HEAVIEST))


def _no_pair(found: Material) -> str:
    if not found.bayes.leaders:
        return _("No item is rated under every hypothesis, so there are no odds to show.")
    return _("Odds need two hypotheses that can be compared.")


def empty_sentence(found: Material) -> str:
    """Return what to do when there is nothing to draw."""
    if not found.assessment.hypotheses or not found.assessment.items:
        return telling.empty_sentence(found)
    return _("Odds are drawn between two hypotheses, from items that are rated under every hypothesis.")


def subject(_kind: str, found: Material) -> str:
    """Return what the chart shows in one sentence."""
    if found.weights is None:
        return _("The weight of each item between two hypotheses.")
    ahead, behind = pair(found)
    text = _("How much each item weighs for {ahead} against {behind} by {method}, the heaviest first.")
    return text.format(ahead=ahead, behind=behind, method=method_word(found.bayes_method))


def caption(kind: str, found: Material) -> str:
    """Return what the chart shows, and its finding."""
    return telling.told(subject(kind, found), title(found))


def alternative_text(kind: str, found: Material) -> str:
    """Return the chart for those who cannot see it: its caption, then a sentence per bar."""
    if found.weights is None:
        return caption(kind, found)
    said = [f"{step.label or step.title}: {_weight_words(found, step.weight)}." for step in steps(found)]
    return telling.told(caption(kind, found), said)


def beside(found: Material) -> list[str]:
    """Return the sentences on the items that have no bar: those that weigh nothing, and those left out."""
    weights = _weights(found)
    likelihoods = found.inputs.likelihoods(found.bayes_method)
    sentences = []
    for rows, text in (
        (weights.idle, _("Weighs nothing between the two: {items}.")),
        (tuple(np.flatnonzero(likelihoods.not_comparable)), _("Left out, as a cell is unrated or N/A: {items}.")),
    ):
        labels = [found.assessment.items[row].label for row in rows]
        if labels:
            sentences.append(text.format(items=join_some(labels, _MOST_NAMED)))
    return sentences


def footer(found: Material, options: ChartOptions) -> list[str]:
    """Return the sentences at the foot: whose ratings, and how far to trust the odds."""
    limits = [_("Odds follow from the table that turns ratings into probabilities, and from the priors.")]
    if found.bayes_method is Method.BAYES:
        limits.append(_("Credibility and dependence groups are left aside here."))
    leaders = found.bayes.leaders
    if len(leaders) > 1:
        names = join_words([telling.name_of(found, column) for column in leaders])
        limits.append(_("{names} are tied in front; the first of them is held against the other.").format(names=names))
    return telling.footer(found, options, *limits)


def table(found: Material) -> Table:
    """Return the numbers behind the chart: weights in bans (log10 of the likelihood ratio), and the log10 odds."""
    head = (_("Item"), _("Title"), _("For"), _("Against"), _("Weight (log10)"), _("Odds before (log10)"))
    head = (*head, _("Odds after (log10)"))
    weights = found.weights
    if weights is None:
        return Table(head, ())
    names = pair(found)
    at, rows = weights.start, []
    rows.append((_("Priors"), "", *names, weights.start, 0.0, at))
    for row in (*weights.rows, *weights.idle):
        item, weight = found.assessment.items[row], float(weights.weight[row])
        rows.append((item.label, item.title, *names, weight, at, at + weight))
        at += weight
    rows.append((_("All together"), "", *names, weights.total, 0.0, weights.total))
    return Table(head, tuple(rows))


def _weights(found: Material) -> Weights:
    if found.weights is None:
        raise ValueError("no pair")
    return found.weights
