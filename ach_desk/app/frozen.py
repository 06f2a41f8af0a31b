"""The one entry of a frozen build: its programs ``ach`` and ``ach-desk`` share everything, this file included."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

from ach_desk.reporting.typesetting import CHILD_OPTION

TRY_IMPORTS = "--try-imports"


def main() -> int:
    """Run the program that the executable is named after, or what `sys.argv` asks of it; return the exit code."""
    # PyInstaller gives matplotlib a new folder at each start, so that it would look through all fonts each time.
    os.environ.pop("MPLCONFIGDIR", None)
    arguments = sys.argv[1:]
    if arguments == [CHILD_OPTION]:
        from ach_desk.reporting.typesetting_child import main as typeset

        return typeset()
    if arguments[:1] == [TRY_IMPORTS]:
        return try_imports(arguments[1:])
    if Path(sys.executable).stem == "ach":
        from ach_desk.app.cli import main as command_line

        return command_line()
    from ach_desk.app.desktop import main as window

    return window()


def try_imports(names: list[str]) -> int:
    """Import each module and write why those failed that did; return 1 if any did. The check of a new build asks it."""
    failed = 0
    for name in names:
        try:
            import_module(name)
        except ImportError as error:
            sys.stderr.write(f"{name}: {error}\n")
            failed = 1
    return failed
