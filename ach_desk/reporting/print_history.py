"""What the printed document says of challenges, and of changes since an earlier state."""

from __future__ import annotations

from typing import Any

from ach_desk.i18n import _
from ach_desk.model import Analysis, Challenge, Matrix
from ach_desk.model.words import challenge_word
from ach_desk.reporting.comparison import Comparison, effect_title
from ach_desk.reporting.print_text import Composer


def challenges_data(analysis: Analysis, matrix: Matrix, text: Composer) -> list[dict[str, Any]]:
    """Return every challenge to the matrix, its items and hypotheses, with state and answer; none is left out."""
    return [
        {
            "place": text.line(_place(analysis, challenge)),
            "about": text.line(_about(challenge), longest=40),
            "text": text.paragraphs(challenge.text),
            "holds": _other_rating(challenge),
            "answer": text.paragraphs(challenge.answer),
        }
        for challenge in challenges_to(analysis, matrix)
    ]


def challenges_to(analysis: Analysis, matrix: Matrix) -> list[Challenge]:
    """Return the challenges that a document on the matrix holds: to it, and to items and hypotheses anywhere."""
    return [challenge for challenge in analysis.challenges.values() if challenge.matrix in (None, matrix.id)]


def changes_data(comparison: Comparison, question: str, text: Composer) -> list[dict[str, Any]]:
    """Return the groups of changes with the effect on the standing as the last one."""
    groups = [(_("Question"), [question])]
    groups += [(group.title, [sentence.text for sentence in group.sentences]) for group in comparison.groups]
    if comparison.is_empty:
        groups.append((_("Changes"), [_("Nothing has changed.")]))
    if comparison.effect:
        groups.append((effect_title(), [sentence.text for sentence in comparison.effect]))
    return [
        {"title": text.line(title), "sentences": [text.line(sentence, longest=40) for sentence in sentences]}
        for title, sentences in groups
    ]


def _place(analysis: Analysis, challenge: Challenge) -> str:
    records = (analysis.evidence.get(challenge.evidence or ""), analysis.hypotheses.get(challenge.hypothesis or ""))
    return " / ".join(record.label for record in records if record is not None) or _("Something deleted since")


def _about(challenge: Challenge) -> str:
    parts = (challenge_word(challenge.state), challenge.by, challenge.time[:10])
    return ", ".join(part for part in parts if part)


def _other_rating(challenge: Challenge) -> str:
    if challenge.value is None:
        return ""
    return _("It should rather be rated {value}.").format(value=challenge.value.value)
