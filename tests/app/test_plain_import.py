"""PySide6 has no part in our imports, and reads no source of ours while the program starts."""

from __future__ import annotations

import subprocess
import sys

_SCRIPT = """
import builtins
import linecache
from ach_desk.app.plain_import import plain_import
own = builtins.__import__
with plain_import():
    from PySide6.QtCore import Qt
    assert builtins.__import__ is not own, "there is no hook any more, and no need for plain_import"
assert builtins.__import__ is own
import ach_desk.ui.matrix.panel
assert builtins.__import__ is own
print(sorted(name for name in linecache.cache if "ach_desk/ui" in name))
"""


def test_the_window_is_imported_without_the_hook_and_no_source_is_read() -> None:
    run = subprocess.run([sys.executable, "-c", _SCRIPT], capture_output=True, text=True, check=True, timeout=60)
    assert run.stdout.strip() == "[]"
