"""What a package offers is loaded when it is first used."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys
from types import ModuleType

import pytest

import ach_desk.commands
import ach_desk.scoring

_SCRIPT = """
import sys
from ach_desk.commands import Change, edits
from ach_desk.scoring import Assessment, sheet_findings
late = ["ach_desk.commands.edits", "ach_desk.scoring.sheet_findings"]
assert not set(late).intersection(sys.modules), "nothing was asked for yet"
assert edits.rate.__module__ == "ach_desk.commands.edits"
assert sheet_findings.CELL_CODES
assert set(late) <= sys.modules.keys()
from ach_desk.commands import edits as real
assert real is sys.modules["ach_desk.commands.edits"]
"""


def test_a_room_is_loaded_when_something_in_it_is_asked_for() -> None:
    subprocess.run([sys.executable, "-c", _SCRIPT], check=True, timeout=60)


@pytest.mark.parametrize("package", [ach_desk.commands, ach_desk.scoring])
def test_a_package_gives_every_name_that_it_lists(package: ModuleType) -> None:
    assert [name for name in package.__all__ if not hasattr(package, name)] == []


@pytest.mark.parametrize("package", [ach_desk.commands, ach_desk.scoring])
def test_no_name_is_that_of_a_room_too(package: ModuleType) -> None:
    """It would be the room as soon as that is loaded."""
    rooms = {found.name for found in pkgutil.iter_modules(package.__path__)}
    given = {name: getattr(package, name) for name in package.__all__}
    assert [name for name, value in given.items() if name in rooms and not isinstance(value, ModuleType)] == []


def test_what_is_in_no_room_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        importlib.import_module("ach_desk.commands").nothing  # noqa: B018 - asking is what is tested
