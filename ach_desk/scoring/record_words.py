"""The record over several analyses in plain words, the same on the command line and in the window."""

from __future__ import annotations

from collections.abc import Sequence

from ach_desk.i18n import _, join_words, ngettext
from ach_desk.model.conclusions import by_hypothesis, likelihood_words
from ach_desk.model.likelihood_words import terms_in
from ach_desk.model.percent import range_words
from ach_desk.scoring.postmortem import proved_true
from ach_desk.scoring.postmortem_words import score_words, verdict_sentences
from ach_desk.scoring.record import TOO_FEW, Band, Case, mean_brier


def dates(case: Case) -> str:
    """Return when it was concluded and since when the outcome is known, as far as that is noted."""
    parts = []
    if case.conclusion is not None and case.conclusion.date:
        parts.append(_("concluded {date}").format(date=case.conclusion.date))
    if case.outcome.known:
        parts.append(_("known since {date}").format(date=case.outcome.known))
    return ", ".join(parts)


def what_came(case: Case) -> str:
    """Return which hypotheses proved true."""
    if case.outcome.none_of_them:
        return _("None of them proved true.")
    names = [entry.label for entry in case.hypotheses if entry.id in proved_true(case.outcome)]
    if not names:
        return _("What proved true is not said.")
    return _("{names} proved true.").format(names=join_words(names))


def stated(case: Case) -> str:
    """Return what was said of each hypothesis, "H1 likely (55–80 %), H2 under 5 %"."""
    if case.conclusion is None:
        return _("No conclusion was written.")
    if case.conclusion.no_judgement:
        return _("No judgement was possible.")
    said, terms = by_hypothesis(case.conclusion), terms_in(case.conclusion)
    listed = [(entry, likelihood_words(said[entry.id], terms)) for entry in case.hypotheses if entry.id in said]
    texts = [f"{entry.label} {words}" for entry, words in listed if words]
    return ", ".join(texts) or _("No likelihoods were stated.")


def score(case: Case) -> str:
    """Return what the statements were worth in one sentence."""
    if case.verdict.brier is not None or case.verdict.mean is not None:
        return verdict_sentences(case.verdict)[0]
    return _("Not scored.")


def mean_sentence(cases: Sequence[Case]) -> str:
    """Return the mean Brier score with how many cases it rests on; a sentence too where there is none."""
    mean = mean_brier(cases)
    count = sum(case.verdict.brier is not None for case in cases)
    if mean is None:
        return _("No case has a Brier score.")
    text = ngettext(
        "Mean Brier score {score} over {count} case.", "Mean Brier score {score} over {count} cases.", count
    ).format(score=score_words(mean), count=count)
    if count < TOO_FEW:
        text += " " + _("That is too few to say anything.")
    return text


def band_row(band: Band) -> list[str]:
    """Return one line of the calibration table: stated, statements, proved true, said on average, came true."""
    share = band.share
    if share is None:
        ends = ["–", "–"]
    elif not band.is_enough:
        ends = [range_words((100 * band.said, 100 * band.said)), _("too few to say")]
    else:
        ends = [range_words((100 * value, 100 * value)) for value in (band.said, share)]
    return [_("{low}–{high} %").format(low=band.low, high=band.high), str(band.stated), str(band.true), *ends]


def band_headings() -> list[str]:
    """Return the headings of the calibration table."""
    return [_("Stated"), _("Statements"), _("Proved true"), _("Said on average"), _("Came true")]


def band_note() -> str:
    """Return how to read the calibration table."""
    return _(
        "Of what was called 70 % likely, seven in ten should prove true. Below {count} statements a band says nothing."
    ).format(count=TOO_FEW)
