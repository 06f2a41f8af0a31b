"""Older files become present ones: one function on plain dictionaries per version step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Step = Callable[[dict[str, Any]], dict[str, Any]]

STEPS: dict[int, Step] = {}
"""Version -> function that returns the document one version later. Empty while there is only version 1."""


def migrate(document: dict[str, Any], version: int, target: int, steps: Mapping[int, Step]) -> dict[str, Any]:
    """Return the document of `version` in the form of version `target`, with its version named.

    Raises KeyError when a step is missing. A document that is not older comes back as it is.
    """
    for step in range(version, target):
        document = {**steps[step](document), "version": step + 1}
    return document
