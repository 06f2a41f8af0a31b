"""The checklist on deception: could somebody want us to see this, and how would we know?

After the four checklists that Heuer and Pherson ("Structured Analytic Techniques for Intelligence Analysis") gather
for detecting deception, in our own words: MOM (motive, opportunity, means), POP (past practice), MOSES
(manipulability of sources) and EVE (evaluation of evidence).
"""

from __future__ import annotations

from collections.abc import Callable

from ach_desk.i18n import _, join_some, ngettext
from ach_desk.model import Analysis, CheckAnswer, EvidenceItem
from ach_desk.scoring.hypothesis_check import CheckQuestion
from ach_desk.scoring.suspicion import suspects

_MOST_NAMED = 4
_ENABLES = ("motive", "opportunity", "means")
_POINTS_TO = ("past", "sources", "contact", "contradicted", "surprise")
_ENOUGH = 2
"""So many signs, beside a motive with means or opportunity, and deception deserves a hypothesis."""


def deception_questions(analysis: Analysis) -> list[CheckQuestion]:
    """Return the questions in order, each with what the program can see of it; "" where that is nothing."""
    seen = {key: hint(analysis) for key, hint in _hints().items()}
    return [CheckQuestion(key, text, seen.get(key, "")) for key, text in question_texts().items()]


def answer_to(analysis: Analysis, key: str) -> CheckAnswer:
    """Return what was answered to a question; an empty answer where none was given."""
    found = (entry for entry in analysis.deception_check if entry.question == key)
    return next(found, CheckAnswer(question=key))


def deserves_hypothesis(analysis: Analysis) -> bool:
    """Return whether the answers suggest that deception should stand among the hypotheses, and none is there yet.

    That is the case when somebody has a motive and an opportunity or means, and two of the signs were found.
    """
    if any(entry.question == "deception" and entry.answer == "yes" for entry in analysis.hypothesis_check):
        return False
    answered = {entry.question for entry in analysis.deception_check if entry.answer == "yes"}
    able = "motive" in answered and not answered.isdisjoint(_ENABLES[1:])
    return able and len(answered.intersection(_POINTS_TO)) >= _ENOUGH


def summary(analysis: Analysis) -> str:
    """Return what the answers amount to, in a sentence; "" while nothing is answered."""
    answers = [entry for entry in analysis.deception_check if entry.answer and entry.question in question_texts()]
    if not answers:
        return ""
    if deserves_hypothesis(analysis):
        return _(
            "Somebody had reason and the means to deceive, and there are signs of it: "
            "deception deserves a hypothesis of its own."
        )
    signs = sum(1 for entry in answers if entry.answer == "yes")
    text = ngettext(
        "{yes} of {number} answered questions points to deception; that alone asks for no hypothesis of its own.",
        "{yes} of {number} answered questions point to deception; that alone asks for no hypothesis of its own.",
        signs,
    )
    if any(entry.question == "deception" and entry.answer == "yes" for entry in analysis.hypothesis_check):
        text = ngettext(
            "{yes} of {number} answered questions points to deception; a hypothesis stands for it.",
            "{yes} of {number} answered questions point to deception; a hypothesis stands for it.",
            signs,
        )
    return text.format(yes=signs, number=len(answers))


def question_texts() -> dict[str, str]:
    """Return the questions by the key under which an answer is stored, in order."""
    return {
        "motive": _("Motive: does somebody gain if we come to a wrong conclusion?"),
        "opportunity": _("Opportunity: can they put something where we are sure to find it?"),
        "means": _("Means: could they make it convincing and keep it up for long enough?"),
        "past": _("Past practice: have they, or others in their place, deceived in this way before?"),
        "sources": _("Control of the source: could they steer what our sources see or say?"),
        "contact": _("Access: does decisive information come from one source whose access we cannot check?"),
        "contradicted": _("Evidence: does something that we know independently speak against it, or stay silent?"),
        "surprise": _("Timing: did it come just when it was needed, or fit too well what we expected?"),
    }


def _hints() -> dict[str, Callable[[Analysis], str]]:
    return {"past": _track_records, "sources": _suspected_sources, "contact": _single_sources, "contradicted": _doubted}


def _track_records(analysis: Analysis) -> str:
    known = [source.label for source in analysis.sources.values() if source.track_record.strip()]
    if not known:
        return ""
    text = _("How it proved before is noted for {sources}.")
    return text.format(sources=join_some(known[:_MOST_NAMED], _MOST_NAMED, len(known)))


def _suspected_sources(analysis: Analysis) -> str:
    found = [source.label for source in analysis.sources.values() if source.suspect]
    if not found:
        return ""
    text = ngettext("{sources} is marked as suspect.", "{sources} are marked as suspect.", len(found))
    return text.format(sources=join_some(found[:_MOST_NAMED], _MOST_NAMED, len(found)))


def _single_sources(analysis: Analysis) -> str:
    found = [item for item in analysis.evidence.values() if item.is_counted and len(item.citations) == 1]
    if not found:
        return ""
    text = ngettext("{items} rests on one source alone.", "{items} rest on one source alone.", len(found))
    return text.format(items=_labels(found))


def _doubted(analysis: Analysis) -> str:
    found = suspects(analysis, analysis.evidence.values())
    if not found:
        return ""
    text = ngettext("{items} is suspected of being deceptive.", "{items} are suspected of being deceptive.", len(found))
    return text.format(items=_labels(found))


def _labels(items: list[EvidenceItem]) -> str:
    return join_some([item.label for item in items[:_MOST_NAMED]], _MOST_NAMED, len(items))
