"""What the answers to a checklist become when one question is answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ach_desk.model import CheckAnswer

Answer = Literal["yes", "no", ""]


def answered(
    old: Sequence[CheckAnswer], question: str, answer: Answer | None, note: str | None
) -> tuple[CheckAnswer, ...]:
    """Return the answers with this one in its place (None: keep answer, keep note).

    An answer that says nothing any more is taken out.
    """
    present = next((entry for entry in old if entry.question == question), CheckAnswer(question=question))
    changes = {"answer": answer, "note": note}
    new = present.model_copy(update={name: value for name, value in changes.items() if value is not None})
    rest = [entry for entry in old if entry.question != question]
    place = next((number for number, entry in enumerate(old) if entry.question == question), len(rest))
    if new.answer or new.note:
        rest.insert(place, new)
    return tuple(rest)
