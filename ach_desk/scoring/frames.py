"""A matrix under another frame than that its hypotheses exclude each other: causes that act together, and belief."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ach_desk.i18n import _, join_some, join_words, ngettext
from ach_desk.model import Hypothesis, Matrix
from ach_desk.model.method_settings import Frame, Method
from ach_desk.scoring import bayes
from ach_desk.scoring.assessment import Assessment
from ach_desk.scoring.belief import MOST_HYPOTHESES, Belief, of_rows
from ach_desk.scoring.causes import MOST_CAUSES, Causes, causes
from ach_desk.scoring.methods import Inputs
from ach_desk.scoring.priors import cause_columns, cause_priors, combination_columns, raised_sentence
from ach_desk.scoring.robustness import rounded_share, share_in_words
from ach_desk.scoring.table import active_columns

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEADING = 5
"""So many combinations of causes are named."""
_MOST_NAMED = 6


@dataclass(frozen=True, eq=False)
class CausesAtWork:
    """What Bayes makes of causes that may act together.

    inputs: with nothing but the causes active. columns: the causes. prior: of each, that it is at work. found: None
    with no cause, or with more than can be enumerated. used: how many items count; not_comparable: rows left out, being
    N/A or unrated under a cause.
    """

    inputs: Inputs
    method: Method
    columns: tuple[int, ...]
    prior: NDArray[np.float64]
    found: Causes | None
    used: int
    not_comparable: tuple[int, ...]

    @property
    def hypotheses(self) -> tuple[Hypothesis, ...]:
        """Return the causes."""
        return tuple(self.inputs.assessment.hypotheses[column] for column in self.columns)


@dataclass(frozen=True, eq=False)
class SetBelief:
    """What set-valued belief says. found: None with no hypothesis, or more than can be enumerated; else as above."""

    inputs: Inputs
    columns: tuple[int, ...]
    found: Belief | None
    used: int
    not_comparable: tuple[int, ...]

    @property
    def hypotheses(self) -> tuple[Hypothesis, ...]:
        """Return the hypotheses."""
        return tuple(self.inputs.assessment.hypotheses[column] for column in self.columns)


@dataclass(frozen=True, eq=False)
class Framed:
    """What the frame of a matrix makes of it. causes, belief: None where they were not asked for.

    raised: the sentence on parts that equal priors raise; "" where they do not.
    """

    frame: Frame | None
    causes: CausesAtWork | None
    belief: SetBelief | None
    raised: str


def framed(inputs: Inputs, matrix: Matrix, method: Method) -> Framed:
    """Return what the frame of the matrix makes of it; by `Method.BAYES` where the method knows no probabilities."""
    frame = matrix.frame
    own = method if method is Method.BAYES_SOURCES else Method.BAYES
    return Framed(
        frame,
        causes_at_work(inputs, matrix, own) if frame is not None and frame.shows_causes else None,
        set_belief(inputs) if frame is Frame.SETS else None,
        raised_sentence(matrix, inputs.assessment),
    )


def causes_at_work(inputs: Inputs, matrix: Matrix, method: Method) -> CausesAtWork:
    """Return the causes of a matrix under `Method.BAYES`, or `BAYES_SOURCES` with what sources and groups change."""
    columns = cause_columns(inputs.assessment)
    own = _with_active(inputs, columns)
    prior = cause_priors(matrix, inputs.assessment)
    plain = own.likelihoods(Method.BAYES)
    chances = own.with_joints(plain) if method is Method.BAYES_SOURCES else plain
    rows = chances.used
    found = None
    if 0 < len(columns) <= MOST_CAUSES:
        likelihoods = 10 ** chances.log10[np.ix_(rows, np.array(columns))]
        found = causes(likelihoods, prior, **(_with_sources(own, rows) if method is Method.BAYES_SOURCES else {}))
    left_out = tuple(int(row) for row in np.flatnonzero(chances.not_comparable))
    return CausesAtWork(own, method, columns, prior, found, int(rows.sum()), left_out)


def set_belief(inputs: Inputs) -> SetBelief:
    """Return belief and plausibility of the active hypotheses; an item is trusted to the degree h - f of its source."""
    columns = tuple(int(column) for column in np.flatnonzero(inputs.assessment.table.active))
    chances = inputs.likelihoods(Method.BAYES)
    rows = chances.used
    found = None
    if 0 < len(columns) <= MOST_HYPOTHESES:
        hit, false_alarm = bayes.reports_of(inputs.assessment.items, inputs.settings)
        trust = np.clip(hit - false_alarm, 0.0, 1.0)
        found = of_rows(10 ** chances.log10[np.ix_(rows, np.array(columns))], trust[rows])
    left_out = tuple(int(row) for row in np.flatnonzero(chances.not_comparable))
    return SetBelief(inputs, columns, found, int(rows.sum()), left_out)


def _with_active(inputs: Inputs, columns: Sequence[int]) -> Inputs:
    """Return the inputs with nothing but these columns active, so that no other decides what can be compared."""
    assessment = inputs.assessment
    active = np.zeros(len(assessment.hypotheses), np.bool_)
    active[list(columns)] = True
    return replace(inputs, assessment=replace(assessment, table=replace(assessment.table, active=active)))


def _with_sources(inputs: Inputs, rows: NDArray[np.bool_]) -> dict[str, Any]:
    """Return what sources and groups change in `causes`; the likelihood of a whole group, which is judged as it is
    reported, is taken as it is."""
    whole = inputs.joint_rows
    hit, false_alarm = bayes.reports_of(inputs.assessment.items, inputs.settings)
    return {
        "exponents": np.where(whole, 1.0, inputs.tempering)[rows],
        "reports": (np.where(whole, 1.0, hit)[rows], np.where(whole, 0.0, false_alarm)[rows]),
    }


def causes_sentences(found: CausesAtWork) -> list[str]:
    """Return what the causes say in words, in a few sentences."""
    refusal = _refusal(len(found.columns), MOST_CAUSES)
    if found.found is None:
        return [refusal]
    said = [_("Each explanation is looked at as a cause that is at work or not; several may act together.")]
    if not found.used:
        return [*said, _("No item is rated under all of them, so that nothing is known but the priors.")]
    marginals = found.found.marginals
    order = sorted(range(len(marginals)), key=lambda place: -marginals[place])
    named = [
        _("{name} with {share}").format(name=found.hypotheses[place].label, share=share_in_words(marginals[place]))
        for place in order
    ]
    said.append(_("At work is {causes}.").format(causes=join_words(named)))
    members, probability = found.found.leading(1)[0]
    text = _("The most probable combination is {causes}, with {share}.")
    said.append(text.format(causes=combination_name(found, members), share=share_in_words(probability)))
    said.append(
        _(
            "A further cause can only make an item more probable here: what contradicts an explanation does not count "
            "against its being at work as well, only its prior does."
        )
    )
    joint = [found.inputs.assessment.hypotheses[column].label for column in combination_columns(_whole(found))]
    if joint:
        text = ngettext(
            "{names} is a combination and no cause of its own: its column is not read here.",
            "{names} are combinations and no causes of their own: their columns are not read here.",
            len(joint),
        )
        said.append(text.format(names=join_words(joint)))
    if found.not_comparable:
        said.append(left_out_sentence(found.inputs, found.not_comparable))
    return said


def _whole(found: CausesAtWork) -> Assessment:
    """Return the assessment with every hypothesis that is shown active, to find the combinations among them."""
    assessment = found.inputs.assessment
    return replace(assessment, table=replace(assessment.table, active=active_columns(assessment.hypotheses)))


def combination_name(found: CausesAtWork, members: Sequence[int]) -> str:
    """Return the causes of a combination in words: "H2 with H3", "H1 alone", "none of them"."""
    labels = [found.hypotheses[place].label for place in members]
    if not labels:
        return _("none of them")
    if len(labels) == 1:
        return _("{name} alone").format(name=labels[0])
    return _(" with ").join(labels)


def left_out_sentence(inputs: Inputs, rows: Sequence[int]) -> str:
    """Return that items are left out as not comparable."""
    names = join_some([inputs.assessment.items[row].label for row in rows], _MOST_NAMED)
    text = ngettext(
        "{names} is left out, being N/A or unrated under one of them.",
        "{names} are left out, being N/A or unrated under one of them.",
        len(rows),
    )
    return text.format(names=names)


def belief_sentences(found: SetBelief) -> list[str]:
    """Return what set-valued belief says in words: first what it cannot tell, always the conflict."""
    said = [
        _(
            "Belief is what the items commit to a hypothesis by itself, plausibility what they do not speak against. "
            "Neither is a probability, and items that repeat each other are counted as often as they stand there."
        )
    ]
    if found.found is None:
        return [*said, _refusal(len(found.columns), MOST_HYPOTHESES)]
    conflict = found.found.conflict
    text = _("The items contradict each other to {share} (conflict K = {conflict}).")
    said.append(text.format(share=rounded_share(conflict), conflict=f"{conflict:.2f}"))
    if not found.found.can_rank:
        said.append(
            _(
                "That is more than half, so that the hypotheses are not ranked by it: what is left after so much "
                "contradiction is thrown away says little."
            )
        )
    elif found.columns:
        best = float(found.found.plausibility.max())
        names = [
            entry.label
            for entry, value in zip(found.hypotheses, found.found.plausibility, strict=True)
            if value >= best - 1e-9
        ]
        text = ngettext("{names} is the most plausible.", "{names} are the most plausible.", len(names))
        said.append(text.format(names=join_words(names)))
    if found.not_comparable:
        said.append(left_out_sentence(found.inputs, found.not_comparable))
    return said


def _refusal(count: int, most: int) -> str:
    if not count:
        return _("There is no hypothesis to look at.")
    return _("{count} hypotheses are too many: {most} can be worked out.").format(count=count, most=most)
