"""The hypothesis check: six questions on the set of hypotheses, and what the program itself can see of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ach_desk.i18n import _, join_some, ngettext
from ach_desk.model import Analysis, Hypothesis
from ach_desk.model.records import CheckAnswer
from ach_desk.model.values import RelationKind
from ach_desk.scoring.assessment import Assessment

_MOST_NAMED = 4


@dataclass(frozen=True)
class CheckQuestion:
    """One question: the key under which its answer is stored, the words, and what can be seen of it already."""

    key: str
    text: str
    hint: str = ""


@dataclass(frozen=True)
class Related:
    """Two hypotheses of the matrix that are marked as overlapping or as duplicates, each pair once."""

    first: Hypothesis
    second: Hypothesis
    kind: RelationKind


def check_questions(assessment: Assessment) -> list[CheckQuestion]:
    """Return the questions in order, each with a hint; "" where the program can see nothing."""
    words = question_texts()
    return [CheckQuestion(key, text, _HINTS[key](assessment)) for key, text in words.items()]


def answer_to(analysis: Analysis, key: str) -> CheckAnswer:
    """Return what was answered to a question; an empty answer where none was given."""
    found = (entry for entry in analysis.hypothesis_check if entry.question == key)
    return next(found, CheckAnswer(question=key))


def answered_no(analysis: Analysis) -> list[tuple[str, str, str]]:
    """Return (key, question, note) of what was answered "no"; questions of other versions are passed over."""
    words = question_texts()
    return [
        (entry.question, words[entry.question], entry.note)
        for entry in analysis.hypothesis_check
        if entry.answer == "no" and entry.question in words
    ]


def unanswered(analysis: Analysis) -> list[str]:
    """Return the keys of the questions that have no answer, in order."""
    return [key for key in question_texts() if not answer_to(analysis, key).answer]


def related_pairs(hypotheses: Sequence[Hypothesis]) -> Iterator[Related]:
    """Yield the pairs that overlap or are duplicates; a pair marked at both ends, or as both, once."""
    by_id = {hypothesis.id: hypothesis for hypothesis in hypotheses}
    seen: set[frozenset[str]] = set()
    for kind in (RelationKind.DUPLICATES, RelationKind.OVERLAPS):
        for hypothesis in hypotheses:
            for relation in hypothesis.relations:
                pair = frozenset((hypothesis.id, relation.other))
                if relation.kind is kind and relation.other in by_id and len(pair) == 2 and pair not in seen:
                    seen.add(pair)
                    yield Related(hypothesis, by_id[relation.other], kind)


def question_texts() -> dict[str, str]:
    """Return the questions by the key under which an answer is stored, in order."""
    return {
        "exclusive": _("Does each exclude the others?"),
        "exhaustive": _("Is everything covered that could be the answer?"),
        "null": _("Is there one in which nothing unusual happened?"),
        "deception": _("Is there one in which somebody wants us to see what we see?"),
        "together": _("Was it considered that more than one is true?"),
        "can_fail": _("Can each fail: does its statement name what would refute it?"),
    }


def _overlaps(assessment: Assessment) -> str:
    texts = []
    for pair in related_pairs([entry for entry in assessment.hypotheses if entry.is_active]):
        text = _("{one} and {other} overlap.")
        if pair.kind is RelationKind.DUPLICATES:
            text = _("{one} and {other} are marked as duplicates.")
        texts.append(text.format(one=pair.first.label, other=pair.second.label))
    return " ".join(texts[:_MOST_NAMED])


def _catch_all(assessment: Assessment) -> str:
    if any(entry.catch_all and entry.is_active for entry in assessment.hypotheses):
        return ""
    return _("No hypothesis stands for what is not listed.")


def _combinations(assessment: Assessment) -> str:
    if any(entry.is_combination and entry.is_active for entry in assessment.hypotheses):
        return ""
    return _("No combination of hypotheses is in the matrix.")


def _statements(assessment: Assessment) -> str:
    bare = [
        entry.label
        for entry in assessment.hypotheses
        if entry.is_active and not entry.catch_all and not entry.is_combination and not entry.statement.strip()
    ]
    if not bare:
        return ""
    text = ngettext("{names} has no statement.", "{names} have no statement.", len(bare))
    return text.format(names=join_some(bare[:_MOST_NAMED], _MOST_NAMED, len(bare)))


def _nothing(_assessment: Assessment) -> str:
    return ""


_HINTS: dict[str, Callable[[Assessment], str]] = {
    "exclusive": _overlaps,
    "exhaustive": _catch_all,
    "null": _nothing,
    "deception": _nothing,
    "together": _combinations,
    "can_fail": _statements,
}
