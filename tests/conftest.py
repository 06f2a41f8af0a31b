"""What holds for every test: its own folders, no screen, nothing left behind, and nothing that goes wrong unsaid."""

from __future__ import annotations

import itertools
import logging
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from helpers.leaks import Leftovers, empty_clipboard

# The environment is set before anything imports Qt or matplotlib; the programs that tests start inherit it.
_HOME = Path(tempfile.mkdtemp(prefix="ach-desk-tests-"))
_COUNT = itertools.count()


def _private(name: str) -> str:
    folder = _HOME / name
    folder.mkdir(mode=0o700)
    return str(folder)


os.environ.update(
    QT_QPA_PLATFORM="offscreen",
    MPLCONFIGDIR=_private("matplotlib"),
    XDG_CONFIG_HOME=_private("xdg-config"),
    XDG_DATA_HOME=_private("xdg-data"),
    XDG_CACHE_HOME=_private("xdg-cache"),
    XDG_STATE_HOME=_private("xdg-state"),
    XDG_RUNTIME_DIR=_private("xdg-runtime"),
    ACH_DESK_STATE_DIR=str(_HOME / "state"),
    ACH_DESK_CONFIG_DIR=str(_HOME / "config"),
    LC_ALL="C.UTF-8",
    LANGUAGE="en",
)

hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "house")


def pytest_unconfigure() -> None:
    """Remove the folders of this run."""
    shutil.rmtree(_HOME, ignore_errors=True)


@pytest.fixture(autouse=True)
def own_folders(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test empty state and settings folders, so that no recent file or journal travels between tests."""
    folder = _HOME / f"test-{next(_COUNT)}"
    monkeypatch.setenv("ACH_DESK_STATE_DIR", str(folder / "state"))
    monkeypatch.setenv("ACH_DESK_CONFIG_DIR", str(folder / "config"))
    return folder


class _Errors(logging.Handler):
    """Keeps what is logged at ERROR or above."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_unexpected_errors_logged(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that logs an error it does not announce with ``@pytest.mark.logs_error("pattern")``."""
    patterns = [pattern for mark in request.node.iter_markers("logs_error") for pattern in mark.args]
    errors = _Errors()
    root = logging.getLogger()
    root.addHandler(errors)
    try:
        yield
    finally:
        root.removeHandler(errors)
    unexpected = [text for text in errors.messages if not any(re.search(pattern, text) for pattern in patterns)]
    missing = [pattern for pattern in patterns if not any(re.search(pattern, text) for text in errors.messages)]
    if unexpected:
        pytest.fail("errors were logged: " + "; ".join(unexpected))
    if missing:
        pytest.fail("these announced errors were not logged: " + "; ".join(missing))


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """Fail a test that leaves windows, threads, background tasks or running timers behind."""
    before = Leftovers.now()
    yield
    empty_clipboard()
    left = before.left_since()
    if left:
        pytest.fail("left behind: " + "; ".join(left))
