"""The ways of pooling in words: what each is called, its formula, where it comes from, and what to beware of."""

from __future__ import annotations

from statistics import median
from typing import NamedTuple

from ach_desk.i18n import _, join_words, ngettext
from ach_desk.model import Analysis
from ach_desk.scoring.compared_words import name_of
from ach_desk.scoring.pooled import NO_CHANCE, Pool, Pooling, Stated
from ach_desk.scoring.pooling import FLOOR
from ach_desk.scoring.robustness import rounded_share

_ADDS_UP = 0.005
MOST_NAMED = 6
"""Of more people it is said how many, and not each one's own numbers."""


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
            "Galton 1907",
            _("One far-off judgement moves it little, and a well-founded one just as little."),
        ),
        Pool.ODDS: About(
            _("Geometric mean of odds, made to add up"),
            "p / (1 − p) = (Π pᵢ / (1 − pᵢ))^(1/n)",
            _("Satopää et al. 2014, for two outcomes"),
            _("Each hypothesis against all others. Near 0 and 1 it follows the most certain."),
        ),
        Pool.EXTREMISED: About(
            _("Mean, pushed outwards"),
            _("p ∝ (mean)^{power}").format(power=f"{found.power:g}"),
            _("after Baron et al. 2014; the power is our choice"),
            _("Helps where people share little; with the same evidence for all it only makes too sure."),
        ),
        Pool.COHERENCE: About(
            _("Mean, weighted by coherence"),
            _("weights ∝ exp(−β × incoherence), β = {beta}").format(beta=f"{found.beta:g}"),
            _("after Karvetski et al. 2013; form and β are our choice"),
            _(
                "Helped in experiments, and its strong forms cost accuracy at times (Collins et al. 2024). Who adds up "
                "is not always right; a large β can leave one person alone with the weight."
            ),
        ),
    }[pool]


def stated_sentence(analysis: Analysis, found: Pooling, one: Stated) -> str:
    """Return whether what somebody stated adds up, by how much it misses, and what making it add up does."""
    name = name_of(analysis, one.analyst)
    if one.incoherence < _ADDS_UP:
        return _("What {name} stated adds up.").format(name=name)
    if found.exclusive:
        text = _("What {name} stated sums to {total} %; its distance from adding up is {distance}.")
    else:
        text = _("What {name} stated of hypotheses and their opposites does not add up; its distance is {distance}.")
    said = [text.format(name=name, total=round(100 * one.total), distance=f"{one.incoherence:.2f}")]
    said.append(
        _("Instead of dividing by the sum, the nearest that adds up would be {figures}.").format(
            figures=_nearest(found, one)
        )
    )
    if one.new_zeros:
        labels = join_words([found.hypotheses[place].label for place in one.new_zeros])
        said.append(_("It puts {labels} at zero, which was not stated.").format(labels=labels))
    return " ".join(said)


def _of_many(found: Pooling) -> list[str]:
    """Return in two sentences what `stated_sentence` says of each, where there are too many to go through."""
    apart = [one.incoherence for one in found.people if one.incoherence >= _ADDS_UP]
    text = _("Of {count} people who stated all, what {apart} stated does not add up")
    said = [text.format(count=len(found.people), apart=len(apart))]
    if apart:
        middle = _("; in the middle it misses by {middle}, at most by {most}")
        said[0] += middle.format(middle=f"{median(apart):.2f}", most=f"{max(apart):.2f}")
    said[0] += "."
    zeros = sum(bool(one.new_zeros) for one in found.people)
    if zeros:
        text = _("For {count} of them the nearest that adds up would put at zero what was not stated as zero.")
        said.append(text.format(count=zeros))
    return said


def _nearest(found: Pooling, one: Stated) -> str:
    """Return the nearest probabilities that add up, "H1 zero, H2 30 %", rounded as all are on screen."""
    return ", ".join(
        f"{entry.label} {rounded_share(float(value)) if value > NO_CHANCE else _('zero')}"
        for entry, value in zip(found.hypotheses, one.projected, strict=True)
    )


def pooling_sentences(analysis: Analysis, found: Pooling) -> list[str]:
    """Return what is said of stated probabilities: who adds up, who is left out, and what to keep in mind."""
    if not found.people and not found.incomplete:
        return [_("Nobody has stated yet how likely the hypotheses are.")]
    few = len(found.people) <= MOST_NAMED
    said = [stated_sentence(analysis, found, one) for one in found.people] if few else _of_many(found)
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
