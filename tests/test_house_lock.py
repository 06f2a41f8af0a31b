"""The lock serves what pyproject.toml asks for (docs/adr/0005)."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

_ROOT = Path(__file__).parents[1]
_PROJECT = tomllib.loads((_ROOT / "pyproject.toml").read_text())
_LOCK = (_ROOT / "requirements.lock").read_text()


def _pinned(python: str) -> dict[str, str]:
    """Return name -> version of what the lock installs on Linux with that Python."""
    environment = {"python_full_version": f"{python}.0", "os_name": "posix", "sys_platform": "linux"}
    lines = [Requirement(line.rstrip(" \\")) for line in _LOCK.splitlines() if re.match(r"\w", line)]
    chosen = [line for line in lines if line.marker is None or line.marker.evaluate(environment)]
    assert len({line.name for line in chosen}) == len(chosen), "one version each"
    return {canonicalize_name(line.name): str(line.specifier).removeprefix("==") for line in chosen}


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
def test_the_lock_pins_every_requirement_within_its_range(python: str) -> None:
    project = _PROJECT["project"]
    asked = [
        *project["dependencies"],
        *project["optional-dependencies"]["dev"],
        *_PROJECT["build-system"]["requires"],
    ]
    pinned = _pinned(python)
    for requirement in map(Requirement, asked):
        version = pinned.get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement.name} is missing: make lock"
        assert requirement.specifier.contains(version), f"{requirement} has {version} in the lock: make lock"


def test_every_pin_has_a_hash() -> None:
    entries = re.split(r"\n(?=\w)", _LOCK.strip())
    assert not [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry]
