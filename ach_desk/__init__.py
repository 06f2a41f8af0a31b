"""ACH Desk: Analysis of Competing Hypotheses on the desktop.

In Python: ``ach_desk.open(path)`` and ``ach_desk.new(question)`` return a case; see `ach_desk.api`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_OF_API = ("AchError", "Case", "Chart", "new", "open")


def __getattr__(name: str) -> Any:
    """Return what `ach_desk.api` offers, which is loaded when it is first asked for: the window never asks."""
    if name in _OF_API:
        return getattr(import_module("ach_desk.api"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_OF_API])
