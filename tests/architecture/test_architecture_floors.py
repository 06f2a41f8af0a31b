"""The floors of the house, as sentences that fail (docs/adr/0001)."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.source import ROOT, modules

_BELOW = ("i18n", "later", "paths")
_FLOORS = (
    "model",
    "scoring",
    "commands",
    "storage",
    "exchange",
    "reporting",
    "ui",
    "app",
    "api",
    "i18n",
    "later",
    "paths",
)
_WITHOUT_FILES = ("model", "scoring", "commands")

_TRESPASSES = {
    "floors": ("scoring/trespass.py", "import ach_desk.storage"),
    "qt": ("app/cli.py", "import ach_desk.app.desktop"),
    "drawing": ("ui/trespass.py", "import matplotlib.figure"),
    "files": ("model/trespass.py", "import pathlib"),
}


def _broken_contracts(folder: Path) -> tuple[str, str]:
    """Return the "Broken contracts" part of what import-linter says of the program below `folder`, and all it says."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-logo"]
    run = subprocess.run([*command, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)
    assert "Contracts" in run.stdout, run.stdout + run.stderr
    return run.stdout.partition("Broken contracts")[2], run.stdout


def test_import_contracts_hold() -> None:
    broken, said = _broken_contracts(ROOT)
    assert not broken, said


def test_import_contracts_notice_a_trespass(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "ach_desk", tmp_path / "ach_desk", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for file, line in _TRESPASSES.values():
        with (tmp_path / "ach_desk" / file).open("a") as source:
            source.write(f"\n{line}\n")
    broken, said = _broken_contracts(tmp_path)
    assert said.count("BROKEN") == len(_TRESPASSES), said
    for file, _line in _TRESPASSES.values():
        assert f"ach_desk.{file.removesuffix('.py').replace('/', '.')}" in broken


def test_every_module_stands_on_a_floor() -> None:
    astray = [module.name for module in modules() if "." in module.name and not module.is_in(*_FLOORS)]
    assert not astray


@pytest.mark.parametrize(
    ("library", "rooms"),
    [
        ("PySide6", ("ui", "app.desktop")),
        ("shiboken6", ("ui", "app.desktop", "app.lean_imports")),
        ("matplotlib", ("reporting",)),
        ("typst", ("reporting",)),
        ("matplotlib.pyplot", ()),
        ("pylab", ()),
    ],
)
def test_a_library_is_imported_only_in_its_rooms(library: str, rooms: tuple[str, ...]) -> None:
    astray = [
        module.at(node)
        for module in modules()
        if not module.is_in(*rooms)
        for node, name in module.imports()
        if f"{name}.".startswith(f"{library}.")
    ]
    assert not astray


def test_model_scoring_and_commands_open_no_file() -> None:
    astray = [
        module.at(node)
        for module in modules()
        if module.is_in(*_WITHOUT_FILES)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open"
    ]
    assert not astray


def test_nobody_swallows_every_exception_in_silence() -> None:
    astray = [
        module.at(node)
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")))
        and all(isinstance(line, (ast.Pass, ast.Continue)) for line in node.body)
    ]
    assert not astray
