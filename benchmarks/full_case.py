"""A large analysis that uses all there is: sources and grades, groups, twins, assumptions, tags, dates, markings."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from ach_desk.model import (
    Analysis,
    Citation,
    DependenceGroup,
    EvidenceKind,
    InformationCredibility,
    Reading,
    Reliability,
    Scale,
    Source,
    replace,
)
from ach_desk.storage.codec import encode
from benchmarks.bench_storage import large_analysis

SOURCES, GROUPS, GROUP_SIZE, ASSUMPTIONS, RESTING, TWINS = 500, 200, 3, 50, 20, 50
_FIRST_DAY = date(2020, 1, 1)
_PLACES = ("north", "south", "east", "west")


def full_analysis() -> Analysis:
    """Return the analysis: 10,000 items under 10 hypotheses with all that may stand behind a row; always the same."""
    analysis = large_analysis()
    analysis.matrices[0].scale = Scale.SEVEN
    _add_sources(analysis)
    for number, item in enumerate(list(analysis.evidence.values())):
        day = _FIRST_DAY + timedelta(days=number % 1_500)
        analysis.evidence[item.id] = item.model_copy(
            update={
                "title": f"{item.title}, message {number}",
                "citations": _citations(number, day),
                "event_date": day.isoformat(),
                "learned_date": (day + timedelta(days=number % 40)).isoformat(),
                "tags": (f"attack:T{1000 + number % 90}", _PLACES[number % 4]),
                "marking": "TLP:AMBER" if number % 20 == 0 else "",
                "heading": f"Part {number % 12}",
            }
        )
    _add_bonds(analysis, list(analysis.evidence))
    return analysis


def write_full(path: Path) -> None:
    """Write the analysis to `path`."""
    path.write_bytes(encode(full_analysis()))


def _add_sources(analysis: Analysis) -> None:
    grades = list(Reliability)
    for number in range(SOURCES):
        identity = f"source-{number:04}"
        analysis.sources[identity] = Source(
            id=identity,
            label=f"S{number + 1}",
            name=f"Observer {number + 1} of the events",
            kind="newspaper",
            reliability=grades[number % len(grades)],
        )


def _citations(number: int, day: date) -> tuple[Citation, ...]:
    grades = list(InformationCredibility)
    return tuple(
        Citation(
            source=f"source-{(number * step + 3) % SOURCES:04}",
            credibility=grades[number % len(grades)],
            date=day.isoformat(),
        )
        for step in (1, 7)
    )


def _add_bonds(analysis: Analysis, items: list[str]) -> None:
    """Put items into groups, on assumptions, and beside their other reading."""
    for number in range(GROUPS):
        identity, start = f"group-{number:04}", 5_000 + GROUP_SIZE * number
        members = tuple(items[start : start + GROUP_SIZE])
        analysis.groups[identity] = DependenceGroup(id=identity, name=f"Origin {number}", items=members)
    for number in range(ASSUMPTIONS):
        _set(analysis, items[number], kind=EvidenceKind.ASSUMPTION)
        for place in range(RESTING):
            _set(analysis, items[100 + RESTING * number + place], rests_on=(items[number],))
    for number in range(TWINS):
        one, other = items[8_000 + 2 * number : 8_002 + 2 * number]
        _set(analysis, one, twin=other, reading=Reading.TRUE, suspect=True)
        _set(analysis, other, twin=one, reading=Reading.DECEPTIVE, suspect=True, status="set aside")


def _set(analysis: Analysis, item: str, **fields: object) -> None:
    analysis.evidence[item] = replace(analysis.evidence[item], **fields)
