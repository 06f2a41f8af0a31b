"""Tests that need more than Python: skipped on a person's machine that lacks it, failed in continuous integration."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache

import pytest


def needs(present: object, what: str) -> None:
    """Go on when `present` is true; otherwise skip the test, or fail it where CI is set. `what` follows "needs"."""
    if present:
        return
    message = f"needs {what}, which `make test` installs on Debian and Ubuntu when it is run as root"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


def needs_tool(*names: str) -> None:
    """Go on when every program of `names` is on the PATH; otherwise as `needs` does."""
    missing = [name for name in names if shutil.which(name) is None]
    needs(not missing, "the program " + " and ".join(missing))


def needs_font(*families: str) -> None:
    """Go on when fontconfig knows every font family of `families`; otherwise as `needs` does."""
    needs_tool("fc-list")
    missing = [family for family in families if family not in _installed_families()]
    needs(not missing, "the font " + " and ".join(missing))


@cache
def _installed_families() -> frozenset[str]:
    listing = subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True, check=True).stdout
    return frozenset(name.strip() for line in listing.splitlines() for name in line.split(","))
