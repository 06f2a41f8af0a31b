"""What to find out next, in words; numbers are for those who ask for them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from ach_desk.i18n import _, join_some, join_words
from ach_desk.scoring.find_out import FindOut, Kind, Prospect, Wanting
from ach_desk.scoring.robustness import rounded_share

Worth = Callable[[Prospect], float | None]
"""What a prospect is measured by; None: it cannot be."""

LITTLE = 0.01
"""Bits below which nothing is promised: less than a hundredth of what settling an even pair would tell."""
_NEARLY, _HALF, _LESS = 0.8, 0.35, 0.1
_MOST_NAMED = 6


def lead_sentence(found: FindOut, ranked: Sequence[Prospect]) -> str:
    """Return what to find out first, or why nothing can be said; `ranked` are the prospects in the order shown."""
    if not found.prospects and not found.wanting:
        if sum(share > 0 for share in found.prior) < 2:
            return _("Fewer than two hypotheses take part, so there is nothing to tell apart.")
        return _("There is nothing to find out: no open indicator and no counted item.")
    if not ranked:
        return _("Nothing can be worked out yet.")
    first = ranked[0]
    if not first.tells or first.information < LITTLE:
        return _nothing_told(found)
    return _first_question(first).format(
        text=first.text.rstrip("."), label=first.label, tells=_best_told([found.labels[entry] for entry in first.tells])
    )


def _nothing_told(found: FindOut) -> str:
    if found.together:
        return _("Nothing that is listed here would tell more about which causes are at work.")
    return _("Nothing that is listed here would tell the hypotheses further apart.")


def _first_question(first: Prospect) -> str:
    if first.kind is Kind.INDICATOR:
        return _("Finding out whether “{text}” comes about would {tells}.")
    return _("Finding out whether {label} holds would {tells}.")


def _best_told(names: Sequence[str]) -> str:
    if len(names) == 1:
        return _("tell best whether {name} is at work").format(name=names[0])
    return _("tell {one} from {other} best").format(one=names[0], other=names[1])


def information(prospect: Prospect) -> float | None:
    """Return what a prospect is worth where cost does not matter: bits."""
    return prospect.information


def per_cost(prospect: Prospect) -> float | None:
    """Return what a prospect is worth where cost matters: bits per unit of cost."""
    return prospect.per_cost


def measured_by(ranked: Sequence[Prospect], worth: Worth) -> Prospect | None:
    """Return the one that the others are measured by: the first that is worth a finite amount; None: there is none."""
    return next((entry for entry in ranked if math.isfinite(worth(entry) or 0.0)), None)


def share_of(prospect: Prospect, first: Prospect | None, worth: Worth) -> float:
    """Return what a prospect is worth as a share of `first`, 0 to 1; 1 for what costs nothing, 0 without a cost."""
    own, most = worth(prospect), (worth(first) if first else None)
    if own is None or not most:
        return float(own == math.inf)
    return min(own / most, 1.0)


def telling_words(found: FindOut, prospect: Prospect, first: Prospect | None, worth: Worth) -> str:
    """Return which two it tells apart, and how much beside `first`: "tells H4 from H3, hardly anything"."""
    names = [found.labels[column] for column in prospect.tells]
    if not names:
        return _("tells none of them apart") if not found.together else _("tells nothing about the causes")
    if len(names) == 1:
        told = _("tells whether {name} is at work").format(name=names[0])
    else:
        told = _("tells {one} from {other}").format(one=names[0], other=names[1])
    return _("{told}, {amount}").format(told=told, amount=_amount(prospect, first, worth))


def _amount(prospect: Prospect, first: Prospect | None, worth: Worth) -> str:
    if worth(prospect) is None:
        return _("no cost given")
    if worth(prospect) == math.inf:
        return _("at no cost")
    if prospect is first:
        return _("the most of all")
    part = share_of(prospect, first, worth)
    if part == 1.0:
        return _("as much as the first")
    if part >= _NEARLY:
        return _("nearly as much as the first")
    if part >= _HALF:
        return _("about half as much as the first")
    return _("much less than the first") if part >= _LESS else _("hardly anything")


def outcome_words(found: FindOut, prospect: Prospect) -> str:
    """Return what would be likely in either case: "If it holds: H3 80 %. If it does not: H4 70 %."."""
    shown = _told_cause if found.together else _leader
    yes, no = (shown(found, prospect, after) for after in (prospect.if_so, prospect.if_not))
    text = {
        Kind.INDICATOR: _("If it is seen: {yes}. If it is not: {no}."),
        Kind.UNRATED: _("If it holds: {yes}. If it does not: {no}."),
        Kind.REPORTED: _("If it holds: {yes}. If it does not: {no}."),
    }[prospect.kind]
    return text.format(yes=yes, no=no)


def _leader(found: FindOut, _prospect: Prospect, probabilities: Sequence[float]) -> str:
    most = max(range(len(probabilities)), key=lambda column: probabilities[column])
    return _share(found.labels[most], probabilities[most])


def _told_cause(found: FindOut, prospect: Prospect, probabilities: Sequence[float]) -> str:
    """Return the cause that it tells of and how probable it is then; the most probable one where it tells of none."""
    if not prospect.tells:
        return _leader(found, prospect, probabilities)
    column = prospect.tells[0]
    return _share(found.labels[column], probabilities[column])


def _share(label: str, probability: float) -> str:
    """Return a label with its probability in one piece, which no line end tears apart."""
    return _("{label} {share}").format(label=label, share=rounded_share(probability)).replace(" ", "\u00a0")


def numbers(prospect: Prospect) -> str:
    """Return the figures of one prospect, for whoever hovers over it."""
    lines = [
        _("Expected value of finding it out"),
        _("Information gain: {bits:.3f} bit").format(bits=prospect.information),
        _("Probability gain: {points:.1f} points").format(points=100 * prospect.probability),
        _("Chance that it is so: {share}").format(share=rounded_share(prospect.chance)),
    ]
    if prospect.cost is not None:
        lines.append(_("Cost: {cost:g}").format(cost=prospect.cost))
        per_cost = prospect.per_cost
        if per_cost is not None and math.isfinite(per_cost):
            lines.append(_("Per unit of cost: {bits:.4f} bit").format(bits=per_cost))
    return "\n".join(lines)


def wanting_words(found: FindOut, entry: Wanting) -> str:
    """Return what is missing: "needs a rating under H1 and H3", "is N/A under H2 and cannot be compared"."""
    if entry.unrated:
        names = [found.labels[column] for column in entry.unrated]
        listed = join_some(names[:_MOST_NAMED], _MOST_NAMED, len(names))
        return _("needs a rating under {names}").format(names=listed)
    names = join_words([found.labels[column] for column in entry.not_applicable])
    return _("is N/A under {names}, so that nothing can be compared").format(names=names)


def basis_sentence(found: FindOut) -> str:
    """Return the probabilities that everything starts from, and what they are."""
    said = [_share(label, share) for label, share in zip(found.labels, found.prior, strict=True) if share > 0]
    text = _("Starts from what Bayes with sources and groups makes of the present ratings: {said}.")
    if found.together:
        text += " " + _("Several causes may be at work at once, so that these need not make 100 %.")
    return text.format(said=join_words(said))
