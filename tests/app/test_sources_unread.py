"""PySide6 reads no source of ours while the program starts."""

from __future__ import annotations

import subprocess
import sys

_SCRIPT = """
import linecache
from PySide6.QtCore import Qt
from ach_desk.app.sources_unread import leave_sources_unread
leave_sources_unread()
import ach_desk.ui.matrix.panel
print(sorted(name for name in linecache.cache if "ach_desk/ui" in name))
"""


def test_no_source_of_the_window_is_read_while_it_is_imported() -> None:
    run = subprocess.run([sys.executable, "-c", _SCRIPT], capture_output=True, text=True, check=True, timeout=60)
    assert run.stdout.strip() == "[]"
