"""Charts: from the call after one changed rating to the pixels, with matplotlib already imported."""

from __future__ import annotations

import random
import statistics
import time
from dataclasses import replace

from ach_desk.model import EvidenceItem, Hypothesis, Level, Rating, RatingValue, new_analysis
from ach_desk.reporting.charts import ChartOptions, draw
from ach_desk.scoring import Assessment, assess, standing
from benchmarks.measure import Row, absolute

# (kind, hypotheses, items, limit in ms). The limits leave the rest of the time promised to the reader of the window
# for the way of the edit to the worker thread and of the picture to the screen.
FIGURES = (
    ("consistency", 8, 20, 110.0),
    ("consistency", 40, 20, 450.0),
    ("ranking", 8, 20, 110.0),
    ("ranking", 40, 20, 450.0),
    ("heatmap", 8, 20, 230.0),
)
_VALUES = (*RatingValue, None)


def run(quick: bool = False) -> list[Row]:
    """Return a row per chart and size; `quick` takes fewer rounds."""
    rounds = 5 if quick else 21
    return [_figure(kind, number, items, limit, rounds) for kind, number, items, limit in FIGURES]


def _figure(kind: str, hypotheses: int, items: int, limit: float, rounds: int) -> Row:
    source = random.Random(1)
    assessment = _case(hypotheses, items, source)
    options = ChartOptions(width_px=900, marking="EXERCISE", date="2023-06-30", analyst="A. Analyst")
    draw(kind, assessment, options)
    times = []
    for _round in range(rounds):
        assessment = _changed(assessment, source)
        begin = time.perf_counter()
        draw(kind, assessment, options)
        times.append(1000 * (time.perf_counter() - begin))
    return absolute(f"{kind} after a rating, {items} x {hypotheses}", statistics.median(times), limit)


def _case(hypotheses: int, items: int, source: random.Random) -> Assessment:
    analysis = new_analysis("What happened?")
    matrix, analyst = analysis.matrices[0], next(iter(analysis.analysts))
    for number in range(hypotheses):
        title = f"Explanation {number + 1} with a title of the usual length that takes two lines"
        analysis.hypotheses[f"h{number}"] = Hypothesis(id=f"h{number}", label=f"H{number + 1}", title=title)
        matrix.hypotheses.append(f"h{number}")
    for number in range(items):
        item = EvidenceItem(
            id=f"e{number}",
            label=f"E{number + 1}",
            title=f"Observation {number + 1}, as it was reported by two sources",
            credibility=source.choice(list(Level)),
            relevance=source.choice(list(Level)),
        )
        analysis.evidence[item.id] = item
        matrix.evidence.append(item.id)
        for column in range(hypotheses):
            value = source.choice(_VALUES)
            matrix.set_rating(analyst, item.id, f"h{column}", Rating(value))
    return assess(analysis, matrix, analyst)


def _changed(assessment: Assessment, source: random.Random) -> Assessment:
    """Return the assessment with one cell rated anew."""
    codes = assessment.table.codes.copy()
    row, column = source.randrange(codes.shape[0]), source.randrange(codes.shape[1])
    codes[row, column] = (codes[row, column] + 1 + source.randrange(len(_VALUES) - 1)) % len(_VALUES)
    table = replace(assessment.table, codes=codes)
    return replace(assessment, table=table, standing=standing(table))
