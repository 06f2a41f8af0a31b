"""Assessments made up for tests from a few words each."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Sequence

from ach_desk.model import EvidenceItem, Hypothesis, Level, Rating, RatingValue, Scenario, new_analysis, new_id
from ach_desk.model.method_settings import MethodSettings
from ach_desk.reporting.chart_material import Material, material
from ach_desk.scoring import Assessment, assess
from ach_desk.scoring.table import VALUES

SYMBOLS: dict[str, RatingValue | None] = {value.value: value for value in RatingValue} | {"": None}


def assessment_of(
    hypotheses: Sequence[str],
    items: Sequence[str],
    rate: Callable[[int, int], str],
    *,
    combinations: Collection[int] = (),
    rejected: Collection[int] = (),
    set_aside: Collection[int] = (),
    levels: Callable[[int], Level | None] = lambda item: None,
    dates: Callable[[int], str | None] = lambda item: None,
) -> Assessment:
    """Return the assessment of hypotheses h0, h1 ... (labels H1 ...) and items e0, e1 ... (labels E1 ...).

    `rate(item, hypothesis)` returns the symbol of a cell, "" for an unrated one; `levels` the credibility of an item,
    and `dates` when it happened.
    """
    analysis = new_analysis("What happened?")
    matrix, analyst = analysis.matrices[0], next(iter(analysis.analysts))
    for number, title in enumerate(hypotheses):
        status = "rejected" if number in rejected else "active"
        parts = ("h0", "h1") if number in combinations else ()
        record = Hypothesis(id=f"h{number}", label=f"H{number + 1}", title=title, combines=parts, status=status)
        analysis.hypotheses[record.id] = record
        matrix.hypotheses.append(record.id)
    for number, title in enumerate(items):
        item = EvidenceItem(
            id=f"e{number}",
            label=f"E{number + 1}",
            title=title,
            credibility=levels(number),
            event_date=dates(number),
            status="set aside" if number in set_aside else "counted",
        )
        analysis.evidence[item.id] = item
        matrix.evidence.append(item.id)
        for column in range(len(hypotheses)):
            value = SYMBOLS[rate(number, column)]
            if value is not None:
                matrix.set_rating(analyst, item.id, f"h{column}", Rating(value))
    return assess(analysis, matrix, analyst)


def random_ratings(seed: int, symbols: Sequence[str] = ("CC", "C", "C", "N", "I", "II", "N/A", "")) -> Callable:
    """Return a `rate` that draws from `symbols`, the same for the same seed."""
    drawn: dict[tuple[int, int], str] = {}
    source = random.Random(seed)
    return lambda item, hypothesis: drawn.setdefault((item, hypothesis), source.choice(symbols))


def mixed_dates(item: int) -> str | None:
    """Return days of June 2023, the month, the year and no date in turn."""
    return (f"2023-06-{item + 1:02}", "2023-06", "2023", None)[item % 4]


def mixed_levels(item: int) -> Level | None:
    """Return high, medium, low and not set in turn."""
    return (Level.HIGH, Level.MEDIUM, Level.LOW, None)[item % 4]


def material_of(assessment: Assessment, *, what_ifs: Sequence[str] = (), draws: int = 200, **more: str) -> Material:
    """Return the material of an analysis that has this assessment, with a what-if per name that leaves an item out.

    `more` goes to `chart_material.material`; `draws` is the number of trials.
    """
    analysis = new_analysis("What happened?")
    matrix, analyst = analysis.matrices[0], next(iter(analysis.analysts))
    analysis.hypotheses = {entry.id: entry for entry in assessment.hypotheses}
    analysis.evidence = {entry.id: entry for entry in assessment.items}
    matrix.hypotheses, matrix.evidence = list(analysis.hypotheses), list(analysis.evidence)
    for row, item in enumerate(assessment.items):
        for column, hypothesis in enumerate(assessment.hypotheses):
            value = VALUES[assessment.table.codes[row, column]]
            if value is not None:
                matrix.set_rating(analyst, item.id, hypothesis.id, Rating(value))
    matrix.method_settings = MethodSettings(draws=draws)
    for number, name in enumerate(what_ifs[: len(assessment.items)]):
        scenario = Scenario(id=new_id(), matrix=matrix.id, name=name, left_out=(assessment.items[number].id,))
        analysis.scenarios[scenario.id] = scenario
    return material(analysis, matrix, analyst, **more)
