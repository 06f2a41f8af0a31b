"""Indicators: which are overdue, and how far the sighting of one would tell the hypotheses apart."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date

from ach_desk.i18n import _, join_words
from ach_desk.model import Analysis, Hypothesis, Indicator, IndicatorState, RatingValue
from ach_desk.model.words import indicator_word
from ach_desk.scoring.assessment import Assessment

LOG_WEIGHT = {
    RatingValue.VERY_CONSISTENT: 1.0,
    RatingValue.CONSISTENT: 0.5,
    RatingValue.SLIGHTLY_CONSISTENT: 0.25,
    RatingValue.NEUTRAL: 0.0,
    RatingValue.SLIGHTLY_INCONSISTENT: -0.25,
    RatingValue.INCONSISTENT: -0.5,
    RatingValue.VERY_INCONSISTENT: -1.0,
}
"""What a rating weighs as the decimal logarithm of a likelihood: C against I is 10 to 1. N/A has no likelihood."""

_CLEARLY, _STRONGLY = 1.0, 1.5
_STATE_ORDER = {IndicatorState.OPEN: 0, IndicatorState.OBSERVED: 1, IndicatorState.NOT_OBSERVED: 2}
_NEVER = "9999"


def last_day(period: str) -> date:
    """Return the last day of a date that may be a month or a year: "2023-07" ends on 31 July 2023."""
    parts = [int(part) for part in period.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])


def is_overdue(indicator: Indicator, today: date) -> bool:
    """Return whether the indicator is open although the time by which it was expected is over."""
    by = indicator.expected_by
    return indicator.state is IndicatorState.OPEN and by is not None and last_day(by) < today


def overdue(analysis: Analysis, today: date) -> list[Indicator]:
    """Return the overdue indicators, the longest overdue first."""
    return [entry for entry in watch_order(analysis, today) if is_overdue(entry, today)]


def overdue_sentence(indicator: Indicator) -> str:
    """Return what is said of an overdue indicator: "Expected by 2023-07 and still open: ..."."""
    return _("Expected by {date} and still open: {text}").format(date=indicator.expected_by, text=indicator.text)


def watch_order(analysis: Analysis, today: date) -> list[Indicator]:
    """Return the indicators: the overdue first, then the other open ones by date, then what was and was not seen."""
    return sorted(
        analysis.indicators.values(),
        key=lambda entry: (not is_overdue(entry, today), _STATE_ORDER[entry.state], entry.expected_by or _NEVER),
    )


def state_words(indicator: Indicator, today: date) -> str:
    """Return the state with its date: "overdue, expected by 2023-07", "observed, 2023-06-24"."""
    by, on = indicator.expected_by, indicator.state_date
    if is_overdue(indicator, today):
        return _("overdue, expected by {date}").format(date=by)
    if indicator.state is IndicatorState.OPEN:
        return _("open, expected by {date}").format(date=by) if by else indicator_word(indicator.state)
    word = indicator_word(indicator.state)
    return _("{state}, {date}").format(state=word, date=on) if on else word


def rated_under(assessment: Assessment) -> list[Hypothesis]:
    """Return the hypotheses under which the sighting of an indicator can be rated, in the order of the matrix."""
    found = (assessment.hypotheses[column] for column in assessment.rated_columns())
    return [entry for entry in found if entry.is_active]


def separation_words(indicator: Indicator, hypotheses: Sequence[Hypothesis]) -> str:
    """Return what the sighting would tell about `hypotheses`: "tells H1 from H2 strongly; says nothing about H3"."""
    rated = {entry.hypothesis: entry.value for entry in indicator.bearings}
    weights = {entry.label: LOG_WEIGHT[rated[entry.id]] for entry in hypotheses if rated.get(entry.id) in LOG_WEIGHT}
    silent = [entry.label for entry in hypotheses if rated.get(entry.id) is RatingValue.NOT_APPLICABLE]
    unjudged = [entry.label for entry in hypotheses if entry.id not in rated]
    if len(weights) < 2:
        return _("not judged yet")
    highest, lowest = max(weights.values()), min(weights.values())
    if highest == lowest:
        parts = [_("does not tell {names} apart").format(names=join_words(list(weights)))]
    else:
        between = [label for label, weight in weights.items() if weight == 0 and lowest < weight < highest]
        parts = [_told_apart({label: weight for label, weight in weights.items() if label not in between})]
        silent = between + silent
    if silent:
        parts.append(_("says nothing about {names}").format(names=join_words(silent)))
    if unjudged:
        parts.append(_("not judged under {names}").format(names=join_words(unjudged)))
    return "; ".join(parts)


def _told_apart(weights: dict[str, float]) -> str:
    """Return from which others the hypotheses that it speaks for most are told, and how far."""
    highest = max(weights.values())
    first = [label for label, weight in weights.items() if weight == highest]
    others: dict[str, list[str]] = {}
    for label, weight in sorted(weights.items(), key=lambda entry: entry[1]):
        if weight < highest:
            others.setdefault(_strength(highest - weight), []).append(label)
    groups = [_("from {names} {how}").format(names=join_words(labels), how=how) for how, labels in others.items()]
    return _("tells {names} {groups}").format(names=join_words(first), groups=", ".join(groups))


def _strength(difference: float) -> str:
    if difference >= _STRONGLY:
        return _("strongly")
    return _("clearly") if difference >= _CLEARLY else _("weakly")
