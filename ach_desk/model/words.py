"""The words for the closed lists of the method, the same in every panel, menu and tooltip and on paper."""

from __future__ import annotations

from ach_desk.i18n import _
from ach_desk.model.evidence import EvidenceItem
from ach_desk.model.method_settings import Frame, Method, MethodSettings, has_own_numbers, kept
from ach_desk.model.values import (
    SCALE_STEPS,
    ChallengeState,
    Dependence,
    EvidenceKind,
    EvidenceStatus,
    ExpectationKind,
    GroupCause,
    HypothesisStatus,
    IndicatorState,
    Level,
    RatingRange,
    RatingValue,
    Reading,
    RoundState,
    Scale,
)


def rating_order(scale: Scale) -> tuple[RatingValue | None, ...]:
    """Return the steps of the scale from "certainly" to "hardly possible", then "not applicable" and None, unrated."""
    return (*SCALE_STEPS[scale], RatingValue.NOT_APPLICABLE, None)


def rating_question() -> str:
    """Return the one question that every rating answers."""
    return _("Suppose this hypothesis were true, and this item is as reported. Would you expect to see it?")


def rating_reminder() -> str:
    """Return the sentence that stands below the scale."""
    return _("Trust in the source is set separately. “Does not contradict” alone is N, not C.")


def rating_symbol(value: RatingValue | None) -> str:
    """Return what a cell shows; an unrated one shows a dash where a name is needed."""
    return "–" if value is None else value.value


def range_symbol(around: RatingRange) -> str:
    """Return what stands for an undecided judgement, such as "N to I"; one value stands for itself."""
    if around[0] is around[1]:
        return around[0].value
    return _("{low} to {high}").format(low=around[0].value, high=around[1].value)


def range_mark(around: RatingRange) -> str:
    """Return the same as short as a cell has room for: "N–I"."""
    return "–".join(end.value for end in dict.fromkeys(around))


def rating_meaning(value: RatingValue | None) -> str:
    """Return the answer to the rating question that `value` stands for."""
    return {
        RatingValue.VERY_CONSISTENT: _("certainly, its absence would be odd"),
        RatingValue.CONSISTENT: _("yes, rather"),
        RatingValue.SLIGHTLY_CONSISTENT: _("a little more than its opposite"),
        RatingValue.SLIGHTLY_INCONSISTENT: _("a little less than its opposite"),
        RatingValue.NEUTRAL: _("no more than its opposite, could be either"),
        RatingValue.INCONSISTENT: _("no, it would surprise me"),
        RatingValue.VERY_INCONSISTENT: _("hardly possible, it would need a special explanation"),
        RatingValue.NOT_APPLICABLE: _("the question makes no sense here"),
        None: _("not judged yet"),
    }[value]


def scale_word(scale: Scale) -> str:
    """Return the name of a scale with its steps."""
    return {
        Scale.THREE: _("three steps (C N I)"),
        Scale.FIVE: _("five steps (CC C N I II)"),
        Scale.SEVEN: _("seven steps (CC C C- N I- I II)"),
    }[scale]


def level_word(level: Level | None) -> str:
    """Return the word for a grade of credibility, relevance or confidence."""
    return {Level.HIGH: _("high"), Level.MEDIUM: _("medium"), Level.LOW: _("low"), None: _("not set")}[level]


def kind_word(kind: EvidenceKind) -> str:
    """Return the word for what stands in a row of the matrix."""
    return {
        EvidenceKind.EVIDENCE: _("evidence"),
        EvidenceKind.ASSUMPTION: _("assumption"),
        EvidenceKind.DEDUCTION: _("deduction"),
        EvidenceKind.ABSENCE: _("absence of evidence"),
    }[kind]


def reading_word(reading: Reading) -> str:
    """Return how an item is read."""
    return {Reading.TRUE: _("as true"), Reading.DECEPTIVE: _("as deceptive")}[reading]


def reading_question(reading: Reading | None) -> str:
    """Return how the rating question is meant for an item that is read as deceptive; "" for every other one."""
    if reading is not Reading.DECEPTIVE:
        return ""
    return _(
        "Read as deceptive: suppose that somebody wanted us to see this. If the hypothesis were true, would you expect "
        "them to?"
    )


_OPENING_MARKS = ('"', "“", "„", "«", "»", "‘", "「")


def quotation_words(item: EvidenceItem) -> str:
    """Return the quotation of an item in quotation marks with its page; "" where there is none.

    One that begins with a quotation mark, as it was copied from somewhere, gets no second one.
    """
    text = item.quotation.strip()
    if not text:
        return ""
    if not text.startswith(_OPENING_MARKS):
        text = _("“{text}”").format(text=text)
    return _("{quotation} ({page})").format(quotation=text, page=item.page.strip()) if item.page.strip() else text


def status_word(status: EvidenceStatus | HypothesisStatus) -> str:
    """Return the word for the status of an item or hypothesis."""
    return {
        EvidenceStatus.COUNTED: _("counted"),
        EvidenceStatus.SET_ASIDE: _("set aside"),
        EvidenceStatus.UNSORTED: _("unsorted"),
        HypothesisStatus.ACTIVE: _("active"),
        HypothesisStatus.REJECTED: _("rejected"),
    }[status]


def challenge_word(state: ChallengeState) -> str:
    """Return the word for what became of a challenge."""
    return {
        ChallengeState.OPEN: _("open"),
        ChallengeState.ANSWERED: _("answered"),
        ChallengeState.ACCEPTED: _("accepted"),
    }[state]


def round_word(state: RoundState) -> str:
    """Return the word for whether the analysts of a round see each other's ratings."""
    return {
        RoundState.PRIVATE: _("private"),
        RoundState.REVEALED: _("revealed"),
        RoundState.CLOSED: _("closed"),
    }[state]


def dependence_word(strength: Dependence) -> str:
    """Return the word for how far the items of a group repeat each other."""
    return {
        Dependence.REDUNDANT: _("fully redundant"),
        Dependence.STRONG: _("strongly dependent"),
        Dependence.WEAK: _("weakly dependent"),
        Dependence.INDEPENDENT: _("independent"),
    }[strength]


def cause_word(cause: GroupCause) -> str:
    """Return the word for why the items of a group depend on each other."""
    return {GroupCause.ORIGIN: _("shared origin"), GroupCause.CAUSE: _("shared cause")}[cause]


def frame_word(frame: Frame | None) -> str:
    """Return the answer to whether more than one of the hypotheses can be true at the same time."""
    if frame is None:
        return _("not asked yet")
    return {
        Frame.EXCLUSIVE: _("no, they exclude each other"),
        Frame.CAUSES: _("yes, several may act together"),
        Frame.UNSURE: _("not sure"),
        Frame.SETS: _("the items narrow it down to a set of them"),
    }[frame]


def method_word(method: Method) -> str:
    """Return the name of a method as a sentence takes it."""
    return {
        Method.INCONSISTENCY: _("inconsistency"),
        Method.WEIGHTED: _("weighted inconsistency"),
        Method.PER_RATED: _("inconsistency per rated cell"),
        Method.WEIGHTED_PER_RATED: _("weighted inconsistency per rated cell"),
        Method.NET: _("net consistency"),
        Method.BAYES: _("Bayes"),
        Method.BAYES_SOURCES: _("Bayes with sources and groups"),
    }[method]


def settings_word(settings: MethodSettings | None) -> str:
    """Return by which method a matrix goes that holds these settings, and whether with numbers of its own."""
    text = _("{method}, with numbers of its own") if has_own_numbers(settings) else "{method}"
    return text.format(method=method_word(kept(settings).method))


def indicator_word(state: IndicatorState) -> str:
    """Return the word for what became of an indicator."""
    return {
        IndicatorState.OPEN: _("open"),
        IndicatorState.OBSERVED: _("observed"),
        IndicatorState.NOT_OBSERVED: _("not observed"),
    }[state]


def made_word(made: ExpectationKind) -> str:
    """Return the word for what an expectation was made."""
    return {
        ExpectationKind.ITEM: _("item"),
        ExpectationKind.INDICATOR: _("indicator"),
        ExpectationKind.ABSENCE: _("absence of evidence"),
    }[made]


def honest_note() -> str:
    """Return what the method can and cannot do, in the words that every place uses."""
    return _(
        "ACH makes reasoning explicit; it is not a proven way of being right. Scores summarise your own ratings: "
        "they depend on the hypotheses you thought of, and they are no measurement of the world."
    )
