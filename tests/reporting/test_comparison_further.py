"""What changed beside the matrix: groups, what to watch for, remarks, conclusions, what-ifs, people."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from helpers.analyses import Case, small_case

from ach_desk.commands import Command, challenges, conclusions, edits, groups, scenarios, watching
from ach_desk.commands.command import AddRecords, PlacedRecord
from ach_desk.model import Analysis, LikelihoodScale
from ach_desk.model.method_settings import Method, MethodSettings
from ach_desk.reporting.comparison import Comparison, compare

Build = Callable[[Case, Analysis], Command]


def _added(kind: str, **record: object) -> Build:
    return lambda _case, _analysis: AddRecords(
        kind=kind, records=(PlacedRecord(record={"id": "x", **record}, index=0),)
    )


def compared(*builds: Build) -> Comparison:
    """Return what the last of the edits changed; the ones before it are in both states."""
    case = small_case(2, 4)
    for build in builds[:-1]:
        build(case, case.analysis).apply(case.analysis)
    before = case.analysis.snapshot()
    builds[-1](case, case.analysis).apply(case.analysis)
    return compare(before, case.analysis, case.matrix, case.analyst)


def _group(case: Case, analysis: Analysis) -> Command:
    return groups.make(analysis, [case.e(1), case.e(2)], "Same desk")


def _by(analysis: Analysis, matrix: str, settings: MethodSettings) -> Command:
    return edits.set_field(analysis, "matrix", [matrix], "method_settings", settings, "")


def _first(records: dict) -> str:
    return next(iter(records))


MOMENT = "2026-11-26T10:00:00Z"


@pytest.mark.parametrize(
    ("builds", "key", "sentence"),
    [
        ([_group], "groups", "New: Group “Same desk” (E1 and E2)"),
        (
            [_group, lambda case, a: groups.put_in(a, _first(a.groups), [case.e(3)])],
            "groups",
            "Group “Same desk” (E1, E2 and E3): E3 joined",
        ),
        (
            [_group, lambda _case, a: groups.dissolve(a, [_first(a.groups)])],
            "groups",
            "Deleted: Group “Same desk” (E1 and E2)",
        ),
        ([lambda _case, a: watching.watch(a, "Flights stop")], "watched", "New: Indicator “Flights stop”"),
        (
            [
                lambda _case, a: watching.watch(a, "Flights stop"),
                lambda _case, a: watching.not_observed(a, _first(a.indicators), "2026-11-26"),
            ],
            "watched",
            "Indicator “Flights stop”: open → not observed",
        ),
        ([lambda case, a: watching.expect(a, case.h(1), "Orders")], "watched", "New: Expectation “Orders” (H1)"),
        (
            [lambda case, a: challenges.challenge(a, "May be old", "Bo", evidence=case.e(2))],
            "said",
            "New: Challenge “May be old” (E2)",
        ),
        ([_added("remark", text="Ask the desk", time=MOMENT)], "said", "New: Remark “Ask the desk”"),
        (
            [
                _added("remark", text="Ask the desk", time=MOMENT),
                lambda _case, a: edits.set_field(a, "remark", ["x"], "resolved", MOMENT),
            ],
            "said",
            "Remark “Ask the desk”: resolved",
        ),
        ([lambda case, a: scenarios.add(a, case.matrix, "No video")], "whatifs", "New: What-if “No video”"),
        ([_added("analyst", name="Bo")], "people", "New: Analyst “Bo”"),
        (
            [lambda case, a: conclusions.begin(a, case.matrix, case.analyst, LikelihoodScale.PHIA)],
            "concluded",
            "New: Conclusion",
        ),
        (
            [lambda case, a: edits.set_field(a, "evidence", [case.e(1)], "tags", ("north",))],
            "details",
            "E1: tags changed",
        ),
        (
            [lambda case, a: _by(a, case.matrix.id, MethodSettings(method=Method.WEIGHTED))],
            "added_up",
            "Matrix 1: Bayes with sources and groups → weighted inconsistency",
        ),
        (
            [
                lambda case, a: _by(a, case.matrix.id, MethodSettings(method=Method.BAYES, seed=3)),
                lambda case, a: _by(a, case.matrix.id, MethodSettings(method=Method.BAYES, seed=4)),
            ],
            "added_up",
            "Matrix 1: Bayes, with numbers of its own, other ones than before",
        ),
        (
            [lambda case, a: edits.set_field(a, "matrix", [case.matrix.id], "priors", {case.h(1): 0.4})],
            "added_up",
            "Matrix 1: priors changed",
        ),
    ],
)
def test_it_is_told(builds: list[Build], key: str, sentence: str) -> None:
    assert [one.text for one in compared(*builds).group(key)] == [sentence]


def test_a_source_that_was_described_otherwise_leads_to_its_place() -> None:
    found = compared(
        _added("source", label="S1", name="Agency"),
        lambda _case, a: edits.set_field(a, "source", ["x"], "motive", "sells"),
    )
    (sentence,) = found.group("details")
    assert (sentence.text, sentence.source) == ("S1: motive changed", "x")
