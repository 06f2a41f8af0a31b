"""What every journey needs: a desktop shared by the journeys of a file, and a person with nothing on it yet."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.running import Person, person_at
from helpers.screen import Screen, virtual_desktop
from helpers.source import ROOT

from ach_desk.commands import trail
from ach_desk.model import Analysis, replace
from ach_desk.storage.codec import decode, encode

_FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Note whether the test failed, for the fixture that ends it."""
    report = yield
    if report.when == "call":
        item.stash[_FAILED] = report.failed
    return report


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    """Return a desktop of 1366 x 768."""
    with virtual_desktop() as desktop:
        yield desktop


@pytest.fixture
def person(screen: Screen, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Person]:
    """Return a person with a folder; when the test fails, what was on the screen is kept in it as screen.png."""
    with person_at(screen, tmp_path) as somebody:
        yield somebody
        if request.node.stash.get(_FAILED, False):
            screen.save_picture(tmp_path / "screen.png")


@pytest.fixture
def june(tmp_path: Path) -> Path:
    """Return a copy of the June 2023 case with everything that is in it."""
    return Path(shutil.copy(ROOT / "seeds" / "russia-june-2023.ach.json", tmp_path / "june.ach.json"))


@pytest.fixture
def rated(tmp_path: Path) -> Path:
    """Return the June 2023 case as it was after its review: every cell rated, and nothing but matrix and history."""
    return _written(_after_review(), tmp_path / "rated.ach.json")


@pytest.fixture
def unrated(tmp_path: Path) -> Path:
    """Return the same case without ratings."""
    analysis = _after_review()
    for matrix in analysis.matrices:
        matrix.sheets = {analyst: {} for analyst in matrix.sheets}
    for later in (analysis.scenarios, analysis.snapshots, analysis.challenges, analysis.trail):
        later.clear()
    analysis.evidence = {entry: replace(item, wording=1) for entry, item in analysis.evidence.items()}
    return _written(analysis, tmp_path / "unrated.ach.json")


def _after_review() -> Analysis:
    """Return the case as its history leads back to it, before sources were graded and a conclusion was drawn."""
    whole = decode((ROOT / "seeds" / "russia-june-2023.ach.json").read_bytes(), "june").analysis
    earlier = trail.as_of_time(whole, "2026-11-25")
    assert earlier.problems == ()
    count = len(earlier.analysis.evidence)
    numbers = earlier.analysis.next_numbers.model_copy(update={"evidence": count + 1})
    return earlier.analysis.model_copy(update={"next_numbers": numbers})


def _written(analysis: Analysis, path: Path) -> Path:
    path.write_bytes(encode(analysis))
    return path
