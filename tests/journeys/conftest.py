"""What every journey needs: a desktop shared by the journeys of a file, and a person with nothing on it yet."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.running import Person, person_at
from helpers.screen import Screen, virtual_desktop
from helpers.source import ROOT

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
def rated(tmp_path: Path) -> Path:
    """Return a copy of the June 2023 case, with every cell rated."""
    return Path(shutil.copy(ROOT / "seeds" / "russia-june-2023.ach.json", tmp_path / "rated.ach.json"))


@pytest.fixture
def unrated(tmp_path: Path) -> Path:
    """Return a copy of the June 2023 case without ratings."""
    return Path(shutil.copy(ROOT / "seeds" / "russia-june-2023-unrated.ach.json", tmp_path / "unrated.ach.json"))
