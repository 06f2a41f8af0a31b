"""Reports: web page and PDF of the June 2023 case beside the imports they need, and every format on 500 x 12."""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from ach_desk import paths
from ach_desk.model import Analysis, EvidenceItem, Hypothesis, Level, Rating, RatingValue, new_analysis
from ach_desk.reporting.print_options import PrintOptions
from ach_desk.reporting.report.compose import material, pictures, report
from ach_desk.reporting.report.formats import FORMATS
from ach_desk.reporting.report.preset_names import REVIEWER
from ach_desk.reporting.report.presets import plan_of
from benchmarks.measure import PROGRAMS, Row, absolute, against_floor, medians_in_turn, plain_environment, process_ms

FLOOR = "import numpy, pydantic, matplotlib.figure, matplotlib.backends.backend_svg, jinja2, scipy.optimize"
ITEMS, HYPOTHESES = 500, 12
_LIMIT_MS = 10_000


def run(quick: bool = False) -> list[Row]:
    """Return the rows; `quick` takes fewer rounds."""
    case = paths.seeds() / "russia-june-2023.ach.json"
    with tempfile.TemporaryDirectory() as folder:
        environment = plain_environment(Path(folder))
        commands = [
            [PROGRAMS / "ach", "report", case, "-o", Path(folder) / f"report.{name}", "--force", "--preset", REVIEWER]
            for name in ("html", "pdf")
        ]
        floor, page, pdf = medians_in_turn(
            3 if quick else 11,
            lambda: process_ms([sys.executable, "-c", FLOOR], environment),
            *(partial(process_ms, command, environment) for command in commands),
        )
    rows = [
        against_floor("ach report as HTML, June 2023", page, floor, 2.5),
        against_floor("ach report as PDF, June 2023", pdf, floor, 3),
    ]
    rounds = 1 if quick else 3
    analysis = large_case()
    return [*rows, *(_large(analysis, entry.name, rounds) for entry in FORMATS)]


def _large(analysis: Analysis, name: str, rounds: int) -> Row:
    wanted = next(entry for entry in FORMATS if entry.name == name)
    times = []
    for _round in range(rounds):
        begin = time.perf_counter()
        made = material(analysis, analysis.matrices[0].id, next(iter(analysis.analysts)), PrintOptions())
        wanted.render(report(made, plan_of(REVIEWER)), pictures(made))
        times.append(1000 * (time.perf_counter() - begin))
    return absolute(f"full report as {name}, {ITEMS} x {HYPOTHESES}", statistics.median(times), _LIMIT_MS)


def large_case() -> Analysis:
    """Return an analysis of ordinary texts with a reason in one cell of three; the same each time."""
    source = random.Random(1)
    analysis = new_analysis("What happened, and who was behind it?")
    matrix, analyst = analysis.matrices[0], next(iter(analysis.analysts))
    for number in range(HYPOTHESES):
        record = Hypothesis(id=f"h{number}", label=f"H{number + 1}", title=f"Explanation {number + 1} of the events")
        analysis.hypotheses[record.id] = record
        matrix.hypotheses.append(record.id)
    for number in range(ITEMS):
        title = f"Observation {number + 1}, as it was reported by two sources"
        item = EvidenceItem(
            id=f"e{number}", label=f"E{number + 1}", title=title, credibility=source.choice(list(Level))
        )
        analysis.evidence[item.id] = item
        matrix.evidence.append(item.id)
        for column in range(HYPOTHESES):
            reason = "It would be odd if nobody had seen it." if source.random() < 1 / 3 else ""
            rating = Rating(source.choice(list(RatingValue)), rationale=reason)
            matrix.set_rating(analyst, item.id, f"h{column}", rating)
    return analysis
