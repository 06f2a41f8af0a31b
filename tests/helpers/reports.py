"""Analyses with reports on them: the worked case, and one in which every text tries to become markup."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from ach_desk import paths
from ach_desk.model import (
    Analysis,
    Analyst,
    Challenge,
    Citation,
    Conclusion,
    HypothesisStatus,
    Indicator,
    Likelihood,
    Rating,
    RatingValue,
    Source,
    replace,
)
from ach_desk.reporting.print_options import PrintOptions
from ach_desk.reporting.report.compose import material, report
from ach_desk.reporting.report.material import Material
from ach_desk.reporting.report.model import Report
from ach_desk.reporting.report.presets import plan_of
from ach_desk.storage.files import read_document
from helpers.analyses import Case, small_case

PRINTED = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
OPTIONS = PrintOptions(printed=PRINTED)

HOSTILE = (
    '<script>alert("1")</script><img src=x onerror=alert(2)> </style></title>--> ![a](http://evil.example/x.png) '
    "[b](javascript:alert(3)) **bold** _it_ `code` | cell | # head &lt;b&gt; https://evil.example www.evil.example "
    "@name $x$ ~~gone~~ {{ 7*7 }} {% raw %} ]]> :warning:"
)
"""A text that would be a script, picture, link, table or formula if it were not escaped."""


def june() -> Analysis:
    """Return the worked case of June 2023."""
    return read_document(paths.seeds() / "russia-june-2023.ach.json").loaded.analysis


def made_of(analysis: Analysis) -> Material:
    """Return what reports on the first matrix, rated by the first analyst, are made from."""
    return material(analysis, analysis.matrices[0].id, next(iter(analysis.analysts)), OPTIONS)


def report_on(analysis: Analysis, preset: str) -> Report:
    """Return a report of a preset on the first matrix."""
    return report(made_of(analysis), plan_of(preset))


def hostile_case(text: str = HOSTILE, label: str = "") -> Case:
    """Return an analysis with everything that a report can show, all of whose texts are `text`.

    A label stands before those of its items and hypotheses.
    """
    case = small_case(3, 3, rated=True)
    analysis, matrix = case.analysis, case.matrix
    for name in ("question", "description", "notice", "marking"):
        setattr(analysis, name, text)
    analysis.authors = (text,)
    analysis.sources["s1"] = Source(id="s1", label="S1", name=text, kind=text, link=text, motive=text)
    for key, entry in analysis.hypotheses.items():
        analysis.hypotheses[key] = replace(entry, title=text, statement=text, label=label + entry.label)
    rejected = analysis.hypotheses[matrix.hypotheses[2]]
    analysis.hypotheses[rejected.id] = replace(
        rejected, status=HypothesisStatus.REJECTED, status_reason=text, title=text
    )
    for key, entry in analysis.evidence.items():
        texts: dict[str, Any] = dict.fromkeys(("title", "detail", "quotation", "page", "note", "marking"), text)
        analysis.evidence[key] = replace(entry, **texts, label=label + entry.label, citations=(Citation(source="s1"),))
    for item in matrix.evidence:
        for hypothesis in matrix.hypotheses:
            rating = matrix.rating(case.analyst, item, hypothesis)
            value = rating.value if rating else RatingValue.CONSISTENT
            matrix.set_rating(case.analyst, item, hypothesis, Rating(value, rationale=text))
    analysis.analysts[case.analyst] = Analyst(id=case.analyst, name=text)
    analysis.indicators["i1"] = Indicator(id="i1", text=text, note=text)
    analysis.challenges["c1"] = Challenge(
        id="c1", hypothesis=matrix.hypotheses[0], text=text, by=text, time="2026-01-01T00:00:00Z", answer=text
    )
    texts: dict[str, Any] = dict.fromkeys(
        ("answer", "source_base", "gaps", "agreement", "departure", "would_change"), text
    )
    likelihoods = tuple(Likelihood(hypothesis=key, word=text, reason=text) for key in matrix.hypotheses)
    conclusion = Conclusion(id="k1", matrix=matrix.id, likelihoods=likelihoods, **texts)
    analysis.conclusions["k1"] = conclusion
    return case
