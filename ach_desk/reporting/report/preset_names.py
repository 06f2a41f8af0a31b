"""The sections that a report can have, by name and in their usual order, and the choices that it may start from."""

from __future__ import annotations

SECTIONS = (
    *("front", "answer", "likelihoods", "confidence", "hypotheses", "chart", "matrix", "telling", "diagnostic"),
    *("rests", "robustness", "assumptions", "sources", "challenges", "cases", "findings", "disagreement", "indicators"),
    *("change", "questions", "outcome", "method", "appendix"),
)
"""The names of all sections in their usual order; `compose.BUILDERS` has what makes each."""

ONE_PAGE, SHORT, REVIEWER = "one-page", "short", "reviewer"

PRESETS: dict[str, tuple[str, ...]] = {
    ONE_PAGE: ("answer", "chart", "telling", "rests", "change", "confidence"),
    SHORT: (
        *("front", "answer", "likelihoods", "confidence", "hypotheses", "chart", "diagnostic", "rests", "assumptions"),
        *("sources", "change", "indicators", "method"),
    ),
    REVIEWER: tuple(name for name in SECTIONS if name not in ("telling", "rests")),
}
"""Preset -> the sections of it in their order."""
