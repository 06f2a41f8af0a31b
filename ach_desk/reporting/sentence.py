"""One change in words, with the place that it is about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sentence:
    """One change in words, with the ids of the place it is about ("" where there is none)."""

    text: str
    evidence: str = ""
    hypothesis: str = ""
    source: str = ""
