"""Whether the ways of adding up agree, in words that promise no more than they can: variants of one method are one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ach_desk.i18n import _, join_words, ngettext
from ach_desk.model import RatingValue
from ach_desk.model.method_settings import Method
from ach_desk.scoring.methods import BAYESIAN, COUNTING, Inputs, MethodResult, result
from ach_desk.scoring.table import CODES

WAYS = (*COUNTING, *BAYESIAN)
"""What is compared; net consistency is no way to rank but a contrast."""
_MOST_ITEMS = 3


def agreement(inputs: Inputs, found: Mapping[Method, MethodResult]) -> str:
    """Return in one or two sentences whether the methods put the same hypotheses first, and if not, why not."""
    by_leaders = _by_leaders(found)
    text = verdict(inputs, found)
    if len(_ranked(found)) < 2:
        return text
    if len(by_leaders) == 1 and not any(method in COUNTING for method in next(iter(by_leaders.values()))):
        return text
    if len(by_leaders) == 1:
        return text + " " + _("They share your ratings, so their agreement adds no evidence.")
    first, second = list(by_leaders.items())[:2]
    return " ".join(filter(None, [text, _difference(inputs, first, second)]))


def verdict(inputs: Inputs, found: Mapping[Method, MethodResult]) -> str:
    """Return in one sentence whether the methods put the same hypotheses first."""
    by_leaders = _by_leaders(found)
    if not by_leaders:
        return _("Nothing is rated yet, so there is nothing to agree on.")
    ranked = _ranked(found)
    if len(ranked) == 1:
        text = _("Only {name} is rated; there is nothing to compare it with.")
        return text.format(name=_names(inputs, tuple(ranked)))
    if len(by_leaders) == 1:
        ((leaders, agreeing),) = by_leaders.items()
        variants = sum(method in COUNTING for method in agreeing)
        if not variants:
            text = _("Only {methods} {names} first; no other way ranks anything.")
            return text.format(methods=_methods(agreeing), names=_names(inputs, leaders))
        text = _("{count} ways of adding up the same ratings agree on {names} ({variants} are variants of one).")
        if variants == len(agreeing):
            text = _("{count} ways of adding up the same ratings agree on {names}; they are variants of one.")
        count = _number(len(agreeing)).capitalize()
        return text.format(count=count, names=_names(inputs, leaders), variants=_number(variants))
    parts = [
        _("{methods} {names} first").format(methods=_methods(ways), names=_names(inputs, leaders))
        for leaders, ways in by_leaders.items()
    ]
    return _("The ways of adding up disagree: {parts}.").format(parts="; ".join(parts))


def verdict_in_short(inputs: Inputs, found: Mapping[Method, MethodResult]) -> str:
    """Return who is first by how many ways, for a line below a heading: "First: H3 (four ways), H4 (two)"."""
    by_leaders = sorted(_by_leaders(found).items(), key=lambda entry: -len(entry[1]))
    if len(_ranked(found)) < 2:
        return ""
    if len(by_leaders) == 1:
        ((leaders, agreeing),) = by_leaders
        names, count = _names(inputs, leaders), _number(len(agreeing))
        variants = sum(method in COUNTING for method in agreeing)
        if not variants:
            return verdict(inputs, found).rstrip(".")
        text = _("First: {names} ({count} ways, {variants} of them variants of one)")
        if variants == len(agreeing):
            text = _("First: {names} ({count} variants of one way)")
        return text.format(names=names, count=count, variants=_number(variants))
    (leaders, most), *others = [(_names(inputs, columns), len(ways)) for columns, ways in by_leaders]
    parts = [
        ngettext("{names} ({count} way)", "{names} ({count} ways)", most).format(names=leaders, count=_number(most)),
        *[_("{names} ({count})").format(names=names, count=_number(count)) for names, count in others],
    ]
    return _("First: {parts}").format(parts=", ".join(parts))


def _ranked(found: Mapping[Method, MethodResult]) -> set[int]:
    """Return the columns of the hypotheses that some way ranks."""
    return {column for method in WAYS for column in np.flatnonzero(found[method].rank).tolist()}


def _by_leaders(found: Mapping[Method, MethodResult]) -> dict[tuple[int, ...], list[Method]]:
    """Return leaders -> the ways that put them first; ways that rank nothing are left out."""
    by_leaders: dict[tuple[int, ...], list[Method]] = {}
    for method in WAYS:
        by_leaders.setdefault(found[method].leaders, []).append(method)
    by_leaders.pop((), None)
    return by_leaders


def _number(count: int) -> str:
    words = (_("no"), _("one"), _("two"), _("three"), _("four"), _("five"), _("six"))
    return words[count] if count < len(words) else str(count)


def _names(inputs: Inputs, columns: tuple[int, ...]) -> str:
    return join_words([inputs.assessment.hypotheses[column].label for column in columns])


def _methods(ways: list[Method]) -> str:
    """Return who puts somebody first, with its verb: "Counting puts", "Bayes and weighted counting put"."""
    if set(ways) == set(COUNTING):
        return _("counting puts")
    if set(ways) == set(BAYESIAN):
        return _("Bayes puts")
    words = _words()
    return ngettext("{methods} puts", "{methods} put", len(ways)).format(
        methods=join_words([words[way] for way in ways])
    )


def _words() -> dict[Method, str]:
    """Return the name of each way as a sentence takes it."""
    return {
        Method.INCONSISTENCY: _("inconsistency"),
        Method.WEIGHTED: _("weighted inconsistency"),
        Method.PER_RATED: _("inconsistency per rated cell"),
        Method.WEIGHTED_PER_RATED: _("weighted inconsistency per rated cell"),
        Method.BAYES: _("Bayes"),
        Method.BAYES_SOURCES: _("Bayes with sources and groups"),
    }


def _difference(
    inputs: Inputs, first: tuple[tuple[int, ...], list[Method]], second: tuple[tuple[int, ...], list[Method]]
) -> str:
    """Return which items make the difference between the first hypothesis of one way and that of another."""
    (ahead, ways), (behind, others) = first, second
    pair = next(((a, b) for a in ahead for b in behind if a != b), None)
    if pair is None:
        return ""
    strong = _strong_outweighs(inputs, pair, ways[0], others[0])
    return strong or _items_that_differ(inputs, pair, ways[0], others[0])


def _strong_outweighs(inputs: Inputs, pair: tuple[int, int], way: Method, other: Method) -> str:
    """Return "One II under H2 outweighs five I under H1." where they differ by that."""
    if (way in BAYESIAN) == (other in BAYESIAN):
        return ""
    counted, reckoned = pair if way in COUNTING else pair[::-1]
    probable = inputs.additive(way if way in BAYESIAN else other)
    codes = np.where(probable.used[:, None], inputs.assessment.table.codes, CODES[None])
    strongly = codes[:, counted] == CODES[RatingValue.VERY_INCONSISTENT]
    weakly = codes[:, reckoned] == CODES[RatingValue.INCONSISTENT]
    strong, weak = int(np.count_nonzero(strongly)), int(np.count_nonzero(weakly))
    none_strong = not np.any(codes[:, reckoned] == CODES[RatingValue.VERY_INCONSISTENT])
    ahead = probable.values[:, reckoned] - probable.values[:, counted]
    if not strong or not none_strong or weak < 2 or ahead[strongly].sum() <= -ahead[weakly].sum():
        return ""
    labels = [inputs.assessment.hypotheses[column].label for column in (counted, reckoned)]
    return ngettext(
        "{strong} II under {first} outweighs {weak} I under {second}.",
        "{strong} II under {first} outweigh {weak} I under {second}.",
        strong,
    ).format(strong=_number(strong).capitalize(), first=labels[0], weak=_number(weak), second=labels[1])


def _items_that_differ(inputs: Inputs, pair: tuple[int, int], way: Method, other: Method) -> str:
    """Return the items whose part in the lead of one over the other differs most between the two ways."""
    shares = [_part_in_lead(inputs, pair, method) for method in (way, other)]
    apart = np.abs(shares[0] - shares[1])
    rows = [int(row) for row in np.argsort(-apart, kind="stable")[:_MOST_ITEMS] if apart[row] > 1e-9]
    if not rows:
        return ""
    names = join_words([inputs.assessment.items[row].label for row in sorted(rows)])
    text = _("The difference is made by {items}.").format(items=names)
    if (way in BAYESIAN) != (other in BAYESIAN):
        text += " " + _("Counting passes over what fits a hypothesis; Bayes does not.")
    return text


def _part_in_lead(inputs: Inputs, pair: tuple[int, int], method: Method) -> np.ndarray:
    """Return each item's share of what moves the one against the other; zeros where nothing does."""
    adding = {Method.PER_RATED: Method.INCONSISTENCY, Method.WEIGHTED_PER_RATED: Method.WEIGHTED}.get(method, method)
    found = inputs.additive(adding)
    moved = np.where(found.used, found.values[:, pair[0]] - found.values[:, pair[1]], 0.0)
    total = np.abs(moved).sum()
    return moved / total if total > 0 else moved


def neutral_sentence(inputs: Inputs, methods: Sequence[Method] = BAYESIAN) -> str:
    """Return what Bayes leaves out, and by which way others lead with those cells as neutral; "" for nothing."""
    found = {method: result(inputs, method) for method in methods}
    rows = dict.fromkeys(row for entry in found.values() for row in entry.not_comparable)
    if not rows:
        return ""
    items = [inputs.assessment.items[row].label for row in sorted(rows)]
    text = ngettext(
        "{items} is not comparable, as a cell is unrated or N/A, and Bayes leaves it out for all.",
        "{items} are not comparable, as a cell of each is unrated or N/A, and Bayes leaves them out for all.",
        len(items),
    )
    said = [text.format(items=join_words(items))]
    for method, entry in found.items():
        beside = result(inputs, method, neutral=True)
        if entry.not_comparable and beside.leaders and beside.leaders != entry.leaders:
            other = _("With these cells taken as neutral, {names} would lead by {method}.")
            said.append(other.format(names=_names(inputs, beside.leaders), method=_words()[method]))
    return " ".join(said)


def neutral_leaders(inputs: Inputs, method: Method) -> str:
    """Return who would lead by a Bayesian way with cells that have no rating taken as neutral; "" if nobody else."""
    beside = result(inputs, method, neutral=True).leaders
    if not beside or beside == result(inputs, method).leaders:
        return ""
    return _("With these cells taken as neutral, {names} would lead.").format(names=_names(inputs, beside))
