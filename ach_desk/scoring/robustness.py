"""How little would overturn the present order: items left out, ratings changed, and ratings that slip."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ach_desk.i18n import _, join_some, join_words
from ach_desk.model import Matrix
from ach_desk.model.method_settings import Method, MethodSettings
from ach_desk.model.words import method_word
from ach_desk.scoring.additive import Additive
from ach_desk.scoring.assessment import COMPARABLE_SHARE, standing_sentence
from ach_desk.scoring.leave_out import LeftOut, leave_one_out
from ach_desk.scoring.levels import WEIGHTED, levels_of
from ach_desk.scoring.methods import BAYESIAN, Inputs
from ach_desk.scoring.overturning_words import MOST_NAMED, labels_of, overturning_sentences
from ach_desk.scoring.programme import StoppedError, never
from ach_desk.scoring.ranking_words import matrix_sentence, missing_sentence
from ach_desk.scoring.rating_steps import RatingSteps, rating_steps
from ach_desk.scoring.removals import Removals, removals
from ach_desk.scoring.slip_cells import cells_of, steps_of
from ach_desk.scoring.slips import Shares, shares
from ach_desk.scoring.table import FIRST_RATED

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MOST_DECIDING = 6
"""So many items are named that each decide who leads."""
FIRM = 0.7
"""A lead that is kept in fewer of the trials is called unresolved."""
PRIOR_FACTOR = 2.0
"""Where priors are uncertain, each is taken to be up to so many times as large or small."""
MOST_DRAWN, FEWEST_TRIALS = 500_000_000, 1000
"""Trials that nobody asked for a number of draw so many cells at most, but are never fewer: some seconds."""


@dataclass(frozen=True, eq=False)
class Robustness:
    """What the present order rests on under one method. Columns and rows are those of the assessment.

    removals, steps: one per challenger, in matrix order; steps are None while they were not searched.
    shares: None while the trials have not run.
    """

    inputs: Inputs
    method: Method
    additive: Additive
    left_out: tuple[LeftOut, ...]
    removals: tuple[Removals, ...]
    steps: tuple[RatingSteps, ...] | None = None
    shares: Shares | None = None

    @property
    def leaders(self) -> tuple[int, ...]:
        """Return the columns of the hypotheses that lead."""
        return self.additive.leaders

    @property
    def too_little_rated(self) -> tuple[int, ...]:
        """Return the columns of what comes first and is rated on too few items to be compared.

        For Bayes a cell counts as rated, too, when its P(e|H), or that of its whole group, was entered.
        """
        inputs = self.inputs
        comparable = inputs.assessment.comparable
        if self.method in BAYESIAN and (inputs.direct is not None or inputs.joints):
            known = np.count_nonzero(self._known_to_bayes[inputs.assessment.table.counted], axis=0)
            ranked = self.additive.ranked
            comparable = ranked & (known >= COMPARABLE_SHARE * known[ranked].max(initial=0))
        return tuple(column for column in self.leaders if not comparable[column])

    @property
    def _known_to_bayes(self) -> NDArray[np.bool_]:
        """Return a bool per cell: rated, or its P(e|H) was entered, or that of its whole group."""
        cells = self.inputs.assessment.table.codes >= FIRST_RATED
        if self.inputs.direct is not None:
            cells = cells | ~np.isnan(self.inputs.direct)
        return cells | self.inputs.joint_rows[:, None] if self.method is Method.BAYES_SOURCES else cells

    @property
    def weights_slip(self) -> bool:
        """Return whether credibility and relevance slip too: switched on, and the method weighs items."""
        return self.inputs.settings.uncertain_weights and self.method in WEIGHTED

    @property
    def priors_slip(self) -> bool:
        """Return whether priors are uncertain too: switched on, and the method has priors."""
        return self.inputs.settings.uncertain_priors and self.method in BAYESIAN

    @property
    def is_unresolved(self) -> bool | None:
        """Return whether the lead is within noise: shared, or kept in too few trials; None while these have not run.

        So is that of a hypothesis that is rated on too few items to be compared.
        """
        if len(self.leaders) != 1 or self.too_little_rated:
            return True
        kept = self.first_share(self.leaders[0])
        return None if kept is None else kept < FIRM

    def first_share(self, column: int) -> float | None:
        """Return in what share of the trials a hypothesis was first; None while these have not run."""
        if self.shares is None:
            return None
        return float(self.shares.share[self.shares.columns.index(column), 0]) if column in self.shares.columns else 0.0


def quick(inputs: Inputs, method: Method, *, cancelled: Callable[[], bool] = never) -> Robustness:
    """Return what is found at once: single items left out, and the fewest items whose removal changes the order.

    Raises StoppedError soon after `cancelled` holds.
    """
    found = inputs.additive(method)
    return Robustness(
        inputs,
        method,
        found,
        tuple(leave_one_out(found)),
        tuple(removals(found, challenger, cancelled=cancelled) for challenger in found.challengers),
    )


def with_steps(found: Robustness, *, cancelled: Callable[[], bool] = never) -> Robustness:
    """Return the same with the smallest changes of ratings, which may take a second; as it is when cancelled."""
    steps, method = steps_of(found.inputs, found.method, found.additive.used), found.additive
    try:
        made = tuple(
            rating_steps(steps, challenger, method.deficits(challenger), cancelled=cancelled)
            for challenger in method.challengers
        )
    except StoppedError:
        return found
    return replace(found, steps=made)


def with_shares(
    found: Robustness,
    matrix: Matrix,
    analyst: str,
    *,
    draws: int,
    seed: int,
    cancelled: Callable[[], bool] = never,
) -> Robustness:
    """Return the same with the trials in which ratings slip; as it is when cancelled."""
    ranked = tuple(int(column) for column in np.flatnonzero(found.additive.ranked))
    cells = cells_of(found.inputs, found.method, matrix, analyst)
    made = shares(
        cells,
        found.additive.start,
        ranked,
        draws,
        seed,
        cancelled=cancelled,
        levels=levels_of(found.inputs, found.method, matrix, analyst) if found.weights_slip else None,
        reach=math.log10(PRIOR_FACTOR) if found.priors_slip else 0.0,
    )
    return replace(found, shares=made)


def with_kept_shares(
    found: Robustness, matrix: Matrix, analyst: str, *, cancelled: Callable[[], bool] = never
) -> Robustness:
    """Return the same with as many trials as `kept_draws` says; as it is when cancelled."""
    settings = found.inputs.settings
    draws = kept_draws(settings, found.additive)
    return with_shares(found, matrix, analyst, draws=draws, seed=settings.seed, cancelled=cancelled)


def kept_draws(settings: MethodSettings, additive: Additive) -> int:
    """Return how many trials there are that nobody asked for a number: as many as the settings of the matrix ask for.

    With very many cells there are fewer, down to `FEWEST_TRIALS`.
    """
    cells = int((additive.evidence[additive.used][:, additive.ranked]).sum())
    return min(settings.draws, max(MOST_DRAWN // max(cells, 1), FEWEST_TRIALS))


# In words


def sentences(found: Robustness) -> list[str]:
    """Return at most five sentences: who leads, what decides it, what would overturn it, and what slips would do."""
    if not found.leaders:
        missing = missing_sentence(found.inputs, found.method)
        return [missing or _("Nothing is rated yet, so there is no order that could be overturned.")]
    if np.count_nonzero(found.additive.ranked) == 1:
        text = _("Only {name} is rated; there is nothing to compare it with.")
        return [text.format(name=labels_of(found, found.leaders))]
    lead = " ".join(filter(None, [_lead(found), matrix_sentence(found.inputs.assessment, found.method, found.leaders)]))
    parts = [lead, _deciding(found), *overturning_sentences(found), _slipping(found)]
    return [part for part in parts if part][:5]


def by_ratings(method: Method) -> str:
    """Return the beginning of a sentence on what a method makes of the ratings, which goes on after a space."""
    if method is Method.BAYES_SOURCES:
        return _("By Bayes with sources and groups, on the present ratings,")
    return _("By {method} and the present ratings").format(method=method_word(method))


def _lead(found: Robustness) -> str:
    names, begun = labels_of(found, found.leaders), by_ratings(found.method)
    if found.too_little_rated:
        text = _("{begun} {names} would be first.").format(begun=begun, names=names)
        return " ".join([text, standing_sentence(found.inputs.assessment, found.too_little_rated[0])])
    if len(found.leaders) == 1:
        return _("{begun} {name} leads.").format(begun=begun, name=names)
    return _("{begun} {names} are tied in front.").format(begun=begun, names=names)


def _deciding(found: Robustness) -> str:
    rows = tuple(entry.row for entry in found.left_out)
    if not rows:
        return _("No single item decides who leads.")
    labels = [found.inputs.assessment.items[row].label for row in rows]
    return _("Decides the result today: {items}.").format(items=join_some(labels, _MOST_DECIDING))


def _slipping(found: Robustness) -> str:
    if found.shares is None:
        return ""
    if len(found.leaders) > 1:
        return _shared_slipping(found)
    leader = next(iter(found.leaders))
    share = found.first_share(leader) or 0.0
    text = _("{name} stays first in {share} of trials in which ratings slip by a step.")
    if found.is_unresolved:
        text += " " + _("Its lead is unresolved.")
    text += " " + _("This is not the probability that {name} is true.")
    return text.format(name=labels_of(found, (leader,)), share=share_in_words(share))


def _shared_slipping(found: Robustness) -> str:
    """Return that a shared lead is unresolved, and how often those that share it are first in the trials."""
    shares = {leader: found.first_share(leader) or 0.0 for leader in found.leaders}
    often = sorted(shares, key=lambda leader: -shares[leader])[:MOST_NAMED]
    named = [
        _("{name} in {share}").format(name=labels_of(found, (leader,)), share=share_in_words(shares[leader]))
        for leader in often
    ]
    text = _("In trials in which ratings slip by a step, first is {names}.")
    if len(shares) > MOST_NAMED:
        text = _("In trials in which ratings slip by a step, first is {names}, and the others no more often.")
    return " ".join(
        [
            _("The lead is shared, and so it is unresolved."),
            text.format(names=join_words(named)),
            _("No share is the probability that a hypothesis is true."),
        ]
    )


def share_in_words(share: float) -> str:
    """Return a share as a sentence takes it: "about 70 %", "over 95 %"."""
    rounded = rounded_share(share)
    return _("about {share}").format(share=rounded) if 0.05 <= share <= 0.95 else rounded


def rounded_share(share: float) -> str:
    """Return a share for people: to 5 points, "under 5 %", "over 95 %"."""
    if share < 0.05:
        return _("under 5 %")
    if share > 0.95:
        return _("over 95 %")
    return _("{percent} %").format(percent=5 * round(share * 20))
