"""The Qt binding keeps its count of references to None; PySide6 6.12.0 on Python 3.11 does not (docs/adr/0002)."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand, QUndoStack
from PySide6.QtWidgets import QLabel

CALLS = 1_000
TOLERANCE = CALLS // 10
"""Other things in the process come and go between two counts; the defect costs at least one reference per call."""


def _named() -> Callable[[], object]:
    item = QObject()
    return lambda: item.setObjectName("x")


def _undone() -> Callable[[], object]:
    stack = QUndoStack()
    stack.push(QUndoCommand("edit"))

    def there_and_back() -> None:
        stack.undo()
        stack.redo()

    return there_and_back


def _shown() -> Callable[[], object]:
    label = QLabel()
    return lambda: label.setText("x")


@pytest.mark.parametrize("prepare", [_named, _undone, _shown], ids=["object", "undo and redo", "widget"])
def test_void_calls_keep_the_references_to_none(prepare: Callable[[], Callable[[], object]], qapp: object) -> None:
    call = prepare()
    call()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        call()
    assert sys.getrefcount(None) > before - TOLERANCE


def test_pyside_is_pinned_below_the_broken_release() -> None:
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text())["project"]
    requirements = [Requirement(text) for text in project["dependencies"]]
    (pin,) = [requirement for requirement in requirements if requirement.name == "PySide6-Essentials"]
    assert not pin.specifier.contains("6.12.0")
    assert not pin.specifier.contains("6.9.3")
    assert pin.specifier.contains(version("PySide6-Essentials"))
