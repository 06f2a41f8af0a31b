"""The ways of pooling in words: what each is called, its formula, where it comes from, and what to beware of."""

from __future__ import annotations

from typing import NamedTuple

from ach_desk.i18n import _, join_words, ngettext
from ach_desk.model import Analysis
from ach_desk.scoring.compared_words import name_of
from ach_desk.scoring.pooled import Pool, Pooling, Stated
from ach_desk.scoring.pooling import FLOOR
from ach_desk.scoring.robustness import rounded_share

_ADDS_UP = 0.005


class About(NamedTuple):
    """A way of pooling: name, formula, source, caution."""

    name: str
    formula: str
    source: str
    caution: str


def about(pool: Pool, found: Pooling) -> About:
    """Return what is to be known about a way of pooling."""
    return {
        Pool.LINEAR: About(
            _("Mean (linear pool)"),
            "p = Σ pᵢ / n",
            "Stone 1961",
            _("The default. Suits people who judged the same evidence; it stays cautious even where all are sure."),
        ),
        Pool.LOGARITHMIC: About(
            _("Logarithmic pool"),
            "p ∝ (Π pᵢ)^(1/n)",
            "Genest & Zidek 1986",
            _("Suits people who each know something the others do not. One who is nearly sure of “no” weighs heavily."),
        ),
        Pool.MEDIAN: About(
            _("Median, made to add up"),
            "p ∝ median pᵢ",
            "Hemming et al. 2018",
            _("One far-off judgement moves it little, and a well-founded one just as little."),
        ),
        Pool.ODDS: About(
            _("Geometric mean of odds, made to add up"),
            "p / (1 − p) = (Π pᵢ / (1 − pᵢ))^(1/n)",
            "Satopää et al. 2014",
            _("Each hypothesis against all others. Near 0 and 1 it follows the most certain."),
        ),
        Pool.EXTREMISED: About(
            _("Mean, pushed outwards"),
            _("p ∝ (mean)^{power}").format(power=f"{found.power:g}"),
            "Baron et al. 2014",
            _("Helps where people share little; with the same evidence for all it only makes too sure."),
        ),
        Pool.COHERENCE: About(
            _("Mean, weighted by coherence"),
            _("weights ∝ exp(−β × incoherence), β = {beta}").format(beta=f"{found.beta:g}"),
            "Karvetski et al. 2013; Collins et al. 2024",
            _("Who adds up is not always right; a large β can leave one person alone with the weight."),
        ),
    }[pool]


def pool_words(found: Pooling, pool: Pool) -> list[tuple[str, str]]:
    """Return label and rounded probability of each hypothesis under a way of pooling."""
    return [
        (entry.label, rounded_share(float(value)))
        for entry, value in zip(found.hypotheses, found.pools[pool], strict=True)
    ]


def stated_sentence(analysis: Analysis, found: Pooling, one: Stated) -> str:
    """Return whether what somebody stated adds up, by how much it misses, and what making it add up does."""
    name = name_of(analysis, one.analyst)
    if one.incoherence < _ADDS_UP:
        return _("What {name} stated adds up.").format(name=name)
    if found.exclusive:
        text = _("What {name} stated sums to {total} %; its distance from adding up is {distance}.")
    else:
        text = _("What {name} stated of hypotheses and their opposites does not add up; its distance is {distance}.")
    said = text.format(name=name, total=round(100 * one.total), distance=f"{one.incoherence:.2f}")
    if one.new_zeros:
        labels = join_words([found.hypotheses[place].label for place in one.new_zeros])
        said += " " + _(
            "The nearest probabilities that add up would put {labels} at zero, which was not stated."
        ).format(labels=labels)
    return said


def pooling_sentences(analysis: Analysis, found: Pooling) -> list[str]:
    """Return what is said of stated probabilities: who adds up, who is left out, and what to keep in mind."""
    if not found.people and not found.incomplete:
        return [_("Nobody has stated yet how likely the hypotheses are.")]
    said = [stated_sentence(analysis, found, one) for one in found.people]
    for analyst, missing in found.incomplete.items():
        labels = join_words([entry.label for entry in found.hypotheses if entry.id in missing])
        text = _("{name} states nothing for {labels} and is not pooled.")
        said.append(text.format(name=name_of(analysis, analyst), labels=labels))
    if not found.pools:
        said.append(_("With fewer than two complete statements there is nothing to pool."))
    elif found.floored:
        text = _("Zeros and certainties count as {floor} where logarithms are taken, else one would decide for all.")
        said.append(text.format(floor=f"{FLOOR:g}"))
    return said + ([spread_sentence(found)] if found.pools else [])


def spread_sentence(found: Pooling) -> str:
    """Return in one sentence which hypotheses each way of pooling puts first."""
    first = {max(range(len(values)), key=values.__getitem__) for values in found.pools.values()}
    labels = join_words([found.hypotheses[place].label for place in sorted(first)])
    if len(first) == 1:
        count = len(found.people)
        text = ngettext(
            "Every way of pooling {count} statement puts {label} first.",
            "Every way of pooling {count} statements puts {label} first.",
            count,
        )
        return text.format(count=count, label=labels)
    return _("The ways of pooling differ in what they put first: {labels}.").format(labels=labels)
