"""Grades as a person chooses them: the entries of drop-down lists, and what the chosen one says."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import cast

from ach_desk.i18n import _
from ach_desk.model.grade_words import Grade, cannot_be_judged, grade_word
from ach_desk.ui.widgets.choice import SEPARATOR

Entries = list[tuple[Hashable, str]]


def grade_entries(words: Mapping[Grade, tuple[str, str]]) -> Entries:
    """Return "not graded" and the grades; the one that says that nothing is known stands apart, after a line."""
    entries: Entries = [(None, _("not graded"))]
    for grade in words:
        if cannot_be_judged(grade):
            entries.append(cast("tuple[Hashable, str]", SEPARATOR))
        entries.append((grade, grade_word(grade)))
    return entries


def explanation(words: Mapping[Grade, tuple[str, str]], grade: Grade | None) -> str:
    """Return what the scheme says of a grade; "" where it says no more than its label."""
    return words[grade][1] if grade is not None else ""
