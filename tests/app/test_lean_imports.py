"""PySide6 has no part in our imports and reads no source of ours; it explains itself when asked, but then as ever."""

from __future__ import annotations

import subprocess
import sys

_LEAN = """
import builtins
import linecache
import sys
own = builtins.__import__
from ach_desk.app.lean_imports import load_pyside
load_pyside()
from PySide6.QtCore import Qt
import ach_desk.ui.matrix.panel
assert builtins.__import__ is own
print(sorted(name for name in linecache.cache if "ach_desk/ui" in name))
"""

_ASLEEP = """
late = ("layout", "parser", "lib.enum_sig", "lib.pyi_generator")
asleep = [n for n in late if type(sys.modules["shibokensupport.signature." + n]).__name__ == "_LazyModule"]
print(len(asleep), "of", len(late))
"""

_EXPLAIN = """
from PySide6.QtCore import QObject, QSize, Qt
from shibokensupport.signature import get_signature
for wrong in (lambda: QSize("a"), lambda: QObject().setObjectName(1, 2), lambda: QSize(1, 2, 3), lambda: QSize(x=1)):
    try:
        wrong()
    except (TypeError, AttributeError) as error:
        print(error)
print(QSize.scaled.__doc__)
print(get_signature(QSize.scaled), get_signature(QObject.objectName))
print(Qt.Key.__doc__, Qt.Key.Key_A, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
"""


def _run(script: str) -> str:
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


def test_the_window_is_imported_without_a_hook_and_no_source_is_read() -> None:
    assert _run(_LEAN) == "[]"


def test_what_explains_pyside_is_not_loaded_for_the_window() -> None:
    assert _run(_LEAN + _ASLEEP).splitlines()[-1] == "4 of 4"


def test_a_wrong_call_a_signature_and_a_docstring_read_as_without_us() -> None:
    lean = _run("from ach_desk.app.lean_imports import load_pyside\nload_pyside()\n" + _EXPLAIN)
    assert lean == _run(_EXPLAIN)
    assert "Supported signatures" in lean
    assert "scaled(self, " in lean


def test_numpy_without_its_docstrings_computes_and_carries_scipy_and_matplotlib() -> None:
    script = "\n".join(
        [
            "from ach_desk.app.lean_imports import load_numpy",
            "load_numpy()",
            "import numpy, numpy.ma, numpy.random, numpy.typing, matplotlib.figure, scipy.optimize",
            "assert numpy.array.__doc__ is None, 'numpy has another place for its docstrings now'",
            "print(int(numpy.ma.masked_less(numpy.arange(4), 2).sum()))",
        ]
    )
    assert _run(script) == "5"
