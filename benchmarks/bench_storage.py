"""Reading, writing and journalling 10,000 items x 10 hypotheses, beside what the standard JSON module needs."""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ach_desk.model import Analysis, EvidenceItem, Hypothesis, Level, Rating, RatingValue, new_analysis
from ach_desk.storage.codec import decode, encode
from ach_desk.storage.files import read_document, write_document
from ach_desk.storage.recovery import Journal
from benchmarks.measure import Row, absolute, against_floor, medians_in_turn

ITEMS, HYPOTHESES = 10_000, 10


def large_analysis(items: int = ITEMS, hypotheses: int = HYPOTHESES) -> Analysis:
    """Return a fully rated analysis of that size, each rating with a time of its own; the same on every call."""
    chance = random.Random(1993)
    analysis = new_analysis("Which of them?", "Ann")
    analyst = next(iter(analysis.analysts))
    for number in range(1, hypotheses + 1):
        identity = f"hypothesis-{number:05}"
        analysis.hypotheses[identity] = Hypothesis(id=identity, label=f"H{number}", title=f"Explanation {number}")
    matrix = analysis.matrices[0]
    matrix.hypotheses = list(analysis.hypotheses)
    moment = 0
    for number in range(1, items + 1):
        identity = f"evidence-{number:07}"
        analysis.evidence[identity] = EvidenceItem(
            id=identity,
            label=f"E{number}",
            title=f"Report {number} on what was seen that day at the place in question",
            credibility=chance.choice([None, *Level]),
            entered="2023-06-24T17:30:00Z",
        )
        for hypothesis in matrix.hypotheses:
            moment += 1
            rating = Rating(chance.choice(list(RatingValue)), time=_time(moment))
            matrix.set_rating(analyst, identity, hypothesis, rating)
    matrix.evidence = list(analysis.evidence)
    return analysis


def run(quick: bool = False) -> list[Row]:
    """Return the rows; `quick` takes fewer rounds."""
    analysis = large_analysis()
    data = encode(analysis)
    plain = json.loads(data)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "large.ach.json"

        def save() -> None:
            write_document(file, analysis, expected=None, overwrite=True)

        save()
        loads, read, opened, dumps, written, saved = medians_in_turn(
            5 if quick else 11,
            _timed(lambda: json.loads(data)),
            _timed(lambda: decode(data, file.name)),
            _timed(lambda: read_document(file)),
            _timed(lambda: json.dumps(plain)),
            _timed(lambda: encode(analysis)),
            _timed(save),
        )
        (edit,) = medians_in_turn(50 if quick else 200, _journal(Path(folder)))
    size = f"{ITEMS:,} x {HYPOTHESES}"
    return [
        against_floor(f"decode {size} (floor json.loads)", read, loads, 4.5),
        against_floor(f"open the file {size} (floor json.loads)", opened, loads, 5.0),
        against_floor(f"encode {size} (floor json.dumps)", written, dumps, 3.0),
        against_floor(f"save with fsync {size} (floor json.dumps)", saved, dumps, 4.0),
        absolute("edit to synced recovery journal", edit, 1000.0),
    ]


def _time(moment: int) -> str:
    minutes, seconds = divmod(moment, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    return f"2023-06-{days + 1:02}T{hours:02}:{minutes:02}:{seconds:02}Z"


def _timed(action: Callable[[], Any]) -> Callable[[], float]:
    def measure() -> float:
        start = time.perf_counter()
        result = action()
        taken = 1000 * (time.perf_counter() - start)
        del result  # letting go of it is no part of the action
        return taken

    return measure


def _journal(folder: Path) -> Callable[[], float]:
    journal = Journal.untitled(folder, b"{}")
    entry = {"do": {"command": "rate", "cells": [{"evidence": "e", "hypothesis": "h", "new": {"value": "C"}}]}}

    def measure() -> float:
        start = time.perf_counter()
        journal.append(entry)
        journal.flush()
        return 1000 * (time.perf_counter() - start)

    return measure
