"""Words for what changed: ratings, fields and kinds of records, the same in the history and in every comparison."""

from __future__ import annotations

from collections.abc import Callable

from ach_desk.i18n import _, join_words
from ach_desk.model.chance import chance_said
from ach_desk.model.rating import Rating
from ach_desk.model.words import level_word, range_symbol, rating_symbol

_LONGEST = 60


def rating_change(
    before: Rating | None, after: Rating | None, label: Callable[[str], str], *, with_reason: bool = True
) -> str:
    """Return how a rating changed in words, such as "C → I, “seen again”"; `label` gives the label of an item.

    Without `with_reason` the reason stands there only where it is another one.
    """
    parts = []
    if _shown(before) != _shown(after):
        parts.append(_("{before} → {after}").format(before=_shown(before), after=_shown(after)))
    old, new = (rating.confidence if rating else None for rating in (before, after))
    if old != new:
        text = _("confidence {before} → {after}")
        parts.append(text.format(before=level_word(old), after=level_word(new)))
    chances = [rating.likelihood if rating else None for rating in (before, after)]
    if chances[0] != chances[1]:
        said = [chance_said(chance) if chance else _("by the rating") for chance in chances]
        parts.append(_("P(e|H) {before} → {after}").format(before=said[0], after=said[1]))
    reasons = [rating.rationale if rating else "" for rating in (before, after)]
    if reasons[1] and ((parts and with_reason) or reasons[0] != reasons[1]):
        parts.append(_("“{text}”").format(text=shortened(reasons[1])))
    elif reasons[0] and not reasons[1]:
        parts.append(_("reason deleted"))
    rests = [rating.rests_on if rating else () for rating in (before, after)]
    if rests[0] != rests[1] and after is not None:
        names = join_words([label(entry) for entry in rests[1]])
        parts.append(_("rests on {names}").format(names=names) if names else _("rests on nothing any more"))
    return ", ".join(parts) or _("{value} confirmed").format(value=_shown(after))


def field_word(field: str) -> str:
    """Return the name of a field as the panels name it."""
    words = {
        "title": _("title"),
        "detail": _("detail"),
        "attachments": _("files"),
        "statement": _("statement"),
        "note": _("note"),
        "status": _("status"),
        "status_reason": _("reason"),
        "question": _("question"),
        "description": _("description"),
        "notice": _("notice"),
        "marking": _("marking"),
        "authors": _("authors"),
        "as_of": _("date of the information"),
        "handover": _("note to the next analyst"),
        "name": _("name"),
        "initials": _("initials"),
        "role": _("role"),
        "time_zone": _("time zone"),
        "resolved": _("state"),
        "ratings": _("marks"),
        "kind": _("kind"),
        "credibility": _("credibility"),
        "relevance": _("relevance"),
        "citations": _("sources"),
        "tags": _("tags"),
        "flag": _("flag"),
        "label": _("label"),
        "event_date": _("date"),
        "learned_date": _("learned"),
        "combines": _("combines"),
        "colour": _("colour"),
        "answer": _("answer"),
        "state": _("state"),
        "text": _("text"),
        "link": _("link"),
        "scale": _("scale"),
        "overrides": _("other ratings"),
        "left_out": _("items left out"),
        "distrusted": _("distrusted sources"),
        "parent": _("heading"),
        "heading": _("heading"),
        "assumptions_false": _("false assumptions"),
        "rests_on": _("rests on"),
        "event_end": _("date until"),
        "event_words": _("date in words"),
        "retrieved": _("retrieved"),
        "code": _("code"),
        "handling": _("handling"),
        "twin": _("other reading"),
        "reading": _("read"),
        "suspect": _("suspect"),
        "suspect_reason": _("why suspect"),
        "reliability": _("reliability"),
        "evaluation": _("evaluation of the source"),
        "grade_reason": _("reason of the grade"),
        "access": _("access"),
        "motive": _("motive"),
        "grading": _("grading"),
        "retracted": _("retracted"),
        "retracted_reason": _("why retracted"),
        "withheld": _("withheld"),
        "public_description": _("public description"),
        "track_record": _("track record"),
        "credibility_from_grades": _("credibility as the grades propose"),
        "credibility_rule": _("rule for credibility"),
        "report": _("what a report holds"),
        "method_settings": _("way of adding up"),
        "frame": _("several true at once"),
        "priors": _("priors"),
        "priors_per_cause": _("a prior per cause"),
        "joint": _("P(e|H) of the whole"),
        "deception_check": _("checklist on deception"),
        "hypothesis_check": _("checklist on hypotheses"),
        "items": _("items"),
        "cause": _("cause"),
        "strength": _("strength"),
        "bearings": _("speaks for and against"),
        "expected_by": _("expected by"),
        "cost": _("cost of finding out"),
        "made": _("became"),
        "item": _("item"),
        "owner": _("who watches"),
        "likelihoods": _("likelihoods"),
        "confidence": _("confidence"),
        "source_base": _("source base"),
        "gaps": _("gaps"),
        "agreement": _("agreement"),
        "departure": _("why it departs from the matrix"),
        "would_change": _("what would change our mind"),
        "no_judgement": _("no judgement possible yet"),
        "no_judgement_reason": _("why no judgement is possible yet"),
        "exclusive": _("exclude each other"),
        "prompts": _("questions against oneself"),
        "own_terms": _("own words for likelihood"),
        "true": _("proved true"),
        "none_of_them": _("none of them"),
        "known": _("known since"),
        "grounds": _("how it is known"),
        "lessons": _("lessons"),
    }
    return words.get(field) or field.replace("_", " ")


def kind_name(kind: str) -> str:
    """Return the name of a kind of record that has no label."""
    return {
        "analysis": _("Analysis"),
        "matrix": _("Matrix"),
        "analyst": _("Analyst"),
        "scenario": _("What-if"),
        "challenge": _("Challenge"),
        "group": _("Group"),
        "expectation": _("Expectation"),
        "indicator": _("Indicator"),
        "conclusion": _("Conclusion"),
        "outcome": _("Outcome"),
        "finding_set_aside": _("Point set aside"),
        "round": _("Round"),
        "estimate": _("Stated probability"),
        "remark": _("Remark"),
        "case": _("Case"),
    }.get(kind, kind)


def shortened(text: str) -> str:
    """Return a text in one line of bearable length."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def _shown(rating: Rating | None) -> str:
    if rating is not None and rating.range is not None:
        return range_symbol(rating.range)
    return rating_symbol(rating.value if rating else None)
