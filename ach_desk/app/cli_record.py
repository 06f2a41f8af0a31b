"""The record over a folder of analyses, as text for people and as JSON for scripts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ach_desk.app.cli_score import table
from ach_desk.app.cli_terminal import CommandError
from ach_desk.i18n import _
from ach_desk.model.conclusions import by_hypothesis
from ach_desk.model.likelihood_words import range_of, terms_in
from ach_desk.scoring import record_words
from ach_desk.scoring.postmortem import proved_true
from ach_desk.scoring.record import TOO_FEW, Band, Case, calibration, cases_of, mean_brier
from ach_desk.storage.errors import StorageError
from ach_desk.storage.folder import analyses_under

FORMAT = 1


def read_record(folder: Path) -> tuple[list[Case], list[str]]:
    """Return the cases of all analyses under a folder, and a sentence for each file that was passed over.

    Raises CommandError when it is no folder.
    """
    cases: list[Case] = []
    problems = []
    try:
        for found in analyses_under(folder):
            if found.analysis is None:
                problems.append(_("{file}: {problem}").format(file=found.name, problem=found.problem))
            else:
                cases += cases_of(found.analysis, found.name)
    except StorageError as error:
        raise CommandError(error.sentence) from None
    return cases, problems


def record_text(cases: Sequence[Case]) -> list[str]:
    """Return the record as lines for a terminal."""
    if not cases:
        return [_("No outcome is entered in these analyses.")]
    lines = [line for case in cases for line in _case_lines(case)]
    rows = [record_words.band_row(band) for band in calibration(cases)]
    return [
        *lines,
        record_words.mean_sentence(cases),
        "",
        *table(record_words.band_headings(), rows),
        record_words.band_note(),
    ]


def _case_lines(case: Case) -> Iterator[str]:
    yield _("{question} ({file})").format(question=case.question or _("Analysis without a question"), file=case.file)
    when = record_words.dates(case)
    if when:
        yield f"  {when}"
    for text in (record_words.stated(case), record_words.what_came(case), record_words.score(case)):
        yield f"  {text}"
    yield ""


def record_json(cases: Sequence[Case], problems: Sequence[str]) -> str:
    """Return the record as JSON in the published shape (docs/manual): format 1, ASCII, numbers unrounded."""
    shape = {
        "format": FORMAT,
        "cases": [_case(case) for case in cases],
        "mean_brier": mean_brier(cases),
        "calibration": [_band(band) for band in calibration(cases)],
        "too_few": TOO_FEW,
        "problems": list(problems),
    }
    return json.dumps(shape, indent=2, allow_nan=False)


def _case(case: Case) -> dict[str, Any]:
    conclusion, true = case.conclusion, proved_true(case.outcome)
    said = by_hypothesis(conclusion) if conclusion else {}
    terms = terms_in(conclusion) if conclusion else ()
    stated = []
    for entry in case.hypotheses:
        likelihood = said.get(entry.id)
        around = range_of(likelihood, terms) if likelihood else None
        stated.append(
            {
                "label": entry.label,
                "title": entry.title,
                "word": likelihood.word if likelihood else "",
                "low": around[0] if around else None,
                "high": around[1] if around else None,
                "true": entry.id in true,
            }
        )
    return {
        "file": case.file,
        "question": case.question,
        "concluded": conclusion.date if conclusion else None,
        "known": case.outcome.known,
        "none_of_them": case.outcome.none_of_them,
        "hypotheses": stated,
        "brier": case.verdict.brier,
        "mean_quadratic": case.verdict.mean,
    }


def _band(band: Band) -> dict[str, Any]:
    return {
        "low": band.low,
        "high": band.high,
        "statements": band.stated,
        "said": band.said if band.stated else None,
        "true": band.true,
        "enough": band.is_enough,
    }
