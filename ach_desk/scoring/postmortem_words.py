"""The post-mortem in plain words, the same in the window and on the command line. Humble: one case proves nothing."""

from __future__ import annotations

from collections.abc import Sequence

from ach_desk.i18n import _, join_some
from ach_desk.model import RatingValue
from ach_desk.model.percent import range_words
from ach_desk.scoring.postmortem import Judged, Misleading, Verdict

_MOST_NAMED = 4


def verdict_sentences(verdict: Verdict) -> list[str]:
    """Return what the stated likelihoods were worth, in sentences; none where nothing is known to hold them against."""
    found = []
    if verdict.brier is not None:
        text = _("Brier score {score}: 0 is certain and right, 2 is certain and wrong.")
        found.append(text.format(score=score_words(verdict.brier)))
    elif verdict.mean is not None:
        text = _("Quadratic score {score} on average: 0 is certain and right, 1 is certain and wrong.")
        found.append(text.format(score=score_words(verdict.mean)))
    if verdict.judged:
        found.append(_("Of a range its middle is scored."))
    if verdict.unscored:
        names = join_some([entry.label for entry in verdict.unscored[:_MOST_NAMED]], _MOST_NAMED, len(verdict.unscored))
        found.append(_("Not scored, because no number was stated: {names}.").format(names=names))
    if found:
        found.append(one_case())
    return found


def judged_sentences(verdict: Verdict) -> list[str]:
    """Return for each hypothesis with a number what was said and whether it proved true."""
    return [_judged(one) for one in verdict.judged]


def _judged(one: Judged) -> str:
    percent = one.probability * 100
    text = _("{label}: said {numbers}, proved true.") if one.true else _("{label}: said {numbers}, did not prove true.")
    return text.format(label=one.hypothesis.label, numbers=range_words((percent, percent)))


def misleading_sentence(found: Misleading) -> str:
    """Return in words what an item said that did not turn out so."""
    text = _("{item} spoke for {false}, which did not prove true.")
    if found.true and found.false:
        text = _("{item} spoke against {true}, which proved true, and for {false}, which did not.")
    elif found.true:
        text = _("{item} spoke against {true}, which proved true.")
    return text.format(item=found.item.label, true=_cells(found.true), false=_cells(found.false))


def one_case() -> str:
    """Return the reminder that belongs to every post-mortem."""
    return _("One case proves nothing: what was called unlikely does happen. Only a record of many cases tells.")


def score_words(score: float) -> str:
    """Return a score as it is shown, with two decimals."""
    return f"{score:.2f}"


def _cells(cells: Sequence[tuple[str, RatingValue]]) -> str:
    names = [f"{label} ({value.value})" for label, value in cells[:_MOST_NAMED]]
    return join_some(names, _MOST_NAMED, len(cells))
