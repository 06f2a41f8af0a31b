"""Print the part of requirements.lock that running the program needs, hashes included; what tests need is left out."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]


def runtime_names() -> set[str]:
    """Return the canonical names of all distributions that running the program needs on this system.

    Follows what the installed distributions require; raises PackageNotFoundError when one of them is not installed.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    waiting = [Requirement(entry) for entry in project["dependencies"]]
    found: set[str] = set()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name not in found and _applies(requirement):
            found.add(name)
            needed = map(Requirement, distribution(name).requires or [])
            waiting += [entry for entry in needed if _applies(entry)]
    return found


def _applies(requirement: Requirement) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": ""})


def runtime_lock() -> str:
    """Return the entries of the lock for those distributions and this Python, as a requirements file."""
    names = runtime_names()
    entries = re.split(r"\n(?=\w)", (ROOT / "requirements.lock").read_text("utf-8").strip())
    kept = []
    for entry in entries:
        requirement = Requirement(entry.splitlines()[0].rstrip(" \\"))
        if canonicalize_name(requirement.name) in names and _applies(requirement):
            kept.append(entry)
    return "\n".join(kept) + "\n"


if __name__ == "__main__":
    sys.stdout.write(runtime_lock())
