"""What stands in a cell, in words: a judgement, an undecided one, a suggestion; on which words; by whom and when."""

from __future__ import annotations

from ach_desk.i18n import _
from ach_desk.model import Analysis, EvidenceItem, Hypothesis, Rating, RatingRange, words
from ach_desk.model.chance import chance_said
from ach_desk.model.rating import Likelihood
from ach_desk.model.wording import is_on_earlier_wording
from ach_desk.ui.matrix import wording


def judgement(rating: Rating | None, derived: RatingRange | None = None) -> str:
    """Return the judgement in words, such as "inconsistent" or "undecided between neutral and inconsistent; ..."."""
    suggested = derived if rating is None else rating.suggested or derived
    if rating is not None and rating.value is not None:
        return undecided(rating) if rating.range else wording.rating_name(rating.value)
    if suggested is None:
        return wording.rating_name(None)
    low, high = map(wording.rating_name, suggested)
    if low == high:
        return _("suggested: {rating}; not rated until you confirm it").format(rating=low)
    return _("suggested: between {low} and {high}; not rated until you decide").format(low=low, high=high)


def undecided(rating: Rating) -> str:
    """Return what an undecided judgement says and how it counts; raises ValueError for one without a range."""
    if rating.range is None:
        raise ValueError("the judgement is decided")
    low, high = map(wording.rating_name, rating.range)
    text = _("undecided between {low} and {high}; scored as {value} until you decide")
    return text.format(low=low, high=high, value=wording.rating_name(rating.value))


def earlier_wording(rating: Rating | None, item: EvidenceItem, hypothesis: Hypothesis) -> str:
    """Return that the judgement was made on earlier wording, and of what; "" when it was not."""
    if rating is None or not is_on_earlier_wording(rating, item, hypothesis):
        return ""
    of_item = rating.item_wording < item.wording
    of_hypothesis = rating.hypothesis_wording < hypothesis.wording
    if of_item and of_hypothesis:
        text = _("rated on earlier wording of {item} and {hypothesis}")
    else:
        text = _("rated on earlier wording of {item}") if of_item else _("rated on earlier wording of {hypothesis}")
    return text.format(item=item.label, hypothesis=hypothesis.label)


def who_and_when(rating: Rating | None, analysis: Analysis, analyst: str) -> str:
    """Return "Rated by Analyst A on 23 November 2026, 14:02"; the name only where several rate, "" where not known."""
    if rating is None or rating.value is None or not rating.time:
        return ""
    from ach_desk.ui.moments import moment_words

    moment = moment_words(rating.time)
    person = analysis.analysts.get(analyst)
    if person is None or len(analysis.analysts) < 2:
        return _("Rated on {moment}").format(moment=moment)
    return _("Rated by {name} on {moment}").format(name=person.name, moment=moment)


def cell_accessible(
    item: EvidenceItem, hypothesis: Hypothesis, rating: Rating | None, derived: RatingRange | None = None
) -> str:
    """Return what a screen reader says of a cell: "E4, H2: inconsistent, confidence low, reason: ..."."""
    parts = [judgement(rating, derived), earlier_wording(rating, item, hypothesis)]
    if rating is not None and rating.confidence is not None:
        parts.append(_("confidence {level}").format(level=words.level_word(rating.confidence)))
    if rating is not None and rating.likelihood is not None:
        parts.append(likelihood_words(rating.likelihood))
    if rating is not None and rating.rationale:
        parts.append(_("reason: {text}").format(text=rating.rationale))
    if not item.is_counted:
        parts.append(_("item set aside"))
    if not hypothesis.is_active:
        parts.append(_("hypothesis rejected"))
    text = _("{item}, {hypothesis}: {rating}")
    said = ", ".join(part for part in parts if part)
    return text.format(item=item.label, hypothesis=hypothesis.label, rating=said)


def cell_tooltip(
    item: EvidenceItem,
    hypothesis: Hypothesis,
    rating: Rating | None,
    rated: str = "",
    derived: RatingRange | None = None,
) -> str:
    """Return the tooltip of a cell: the rating question while it is open, else judgement, confidence and reason.

    `rated` says who rated when.
    """
    is_empty = rating is None and derived is None
    said = words.rating_question() if is_empty else judgement(rating, derived)
    head = _("{item} under {hypothesis}: {rating}")
    lines = [head.format(item=item.label, hypothesis=hypothesis.label, rating=said)]
    if rating is not None:
        if rating.value is not None and rating.range is None:
            lines.append(words.rating_meaning(rating.value))
        if rating.confidence is not None:
            lines.append(_("Confidence: {level}").format(level=words.level_word(rating.confidence)))
        if rating.likelihood is not None:
            lines.append(likelihood_words(rating.likelihood))
        lines += [rating.rationale, _sentence(earlier_wording(rating, item, hypothesis)), rated]
    return "\n".join(line for line in lines if line)


def likelihood_words(likelihood: Likelihood) -> str:
    """Return the P(e|H) that was entered in a cell, in words."""
    return _("P(e|H) entered: {number}").format(number=chance_said(likelihood))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
