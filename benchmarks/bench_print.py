"""How long the printed document takes: a small case for the preview, a large one, and the largest in the background."""

from __future__ import annotations

import time
from collections.abc import Callable

from ach_desk.model import Analysis, EvidenceItem, Hypothesis, Level, Matrix, Rating, RatingValue, new_analysis
from ach_desk.reporting.document import estimate_pages, print_document
from ach_desk.reporting.print_options import PrintOptions
from ach_desk.reporting.typesetting import pages, pdf
from benchmarks.measure import Row, absolute, medians_in_turn

PREVIEW_LIMIT = 700.0
LARGE_LIMIT = 4_000.0
LARGEST_LIMIT = 60_000.0
ESTIMATE_LIMIT = 300.0


def run(quick: bool = False) -> list[Row]:
    """Return the rows of the print, in ms from the analysis to pages or PDF; `quick` leaves the longest out."""
    small, large, largest = large_case(16, 4), large_case(500, 12), large_case(10_000, 10)
    options = PrintOptions()
    preview, estimate = medians_in_turn(
        5,
        lambda: _ms(lambda: pages(print_document(*small, options))),
        lambda: _ms(lambda: estimate_pages(*largest, options)),
    )
    (middle,) = medians_in_turn(3, lambda: _ms(lambda: pdf(print_document(*large, options))))
    rows = [
        absolute("print preview, 16 x 4", preview, PREVIEW_LIMIT),
        absolute("PDF, 500 x 12", middle, LARGE_LIMIT),
        absolute("page estimate, 10,000 x 10", estimate, ESTIMATE_LIMIT),
    ]
    if not quick:
        # It takes some 3 GB, so in a process of its own, and once is enough.
        longest = _ms(lambda: pdf(print_document(*largest, options), cancelled=lambda: False))
        rows.append(absolute("PDF in the background, 10,000 x 10", longest, LARGEST_LIMIT))
    return rows


def _ms(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def large_case(items: int, hypotheses: int) -> tuple[Analysis, Matrix, str]:
    """Return a rated analysis of that size, its matrix and its analyst."""
    analysis = new_analysis("What explains the march?")
    matrix = analysis.matrices[0]
    analyst = next(iter(analysis.analysts))
    for number in range(1, hypotheses + 1):
        entry = Hypothesis(id=f"h{number}", label=f"H{number}", title=f"Explanation number {number}")
        analysis.hypotheses[entry.id] = entry
        matrix.hypotheses.append(entry.id)
    values = [Rating(value) for value in RatingValue]
    levels = list(Level)
    for number in range(1, items + 1):
        item = EvidenceItem(
            id=f"e{number}",
            label=f"E{number}",
            title=f"Report {number} says that a column of vehicles was seen on the road to the capital",
            credibility=levels[number % 3],
            relevance=levels[number % 2],
        )
        analysis.evidence[item.id] = item
        matrix.evidence.append(item.id)
        row = {entry: values[(number * 5 + place) % len(values)] for place, entry in enumerate(matrix.hypotheses)}
        matrix.sheets[analyst][item.id] = row
    return analysis, matrix, analyst
