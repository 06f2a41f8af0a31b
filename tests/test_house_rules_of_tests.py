"""The rules of `conftest.py` fail the tests that break them: each is broken on purpose in a run of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from xml.etree import ElementTree

import pytest

_TESTS = Path(__file__).parent

_BROKEN = {
    "warning": ("import warnings; warnings.warn('old')", "UserWarning"),
    "qt_message": ("from PySide6.QtCore import qWarning; qWarning('odd')", "Qt messages with level WARNING"),
    "logged_error": ("logging.getLogger('x').error('broken')", "errors were logged: x: broken"),
    "window": (
        "w = QMainWindow(); w.setObjectName('lost'); kept.append(w)",
        "left behind: the window QMainWindow 'lost'",
    ),
    "shown_widget": ("w = QLabel('x'); w.show(); kept.append(w)", "left behind: the window QLabel"),
    "thread": (
        "threading.Thread(target=threading.Event().wait, args=(3,), name='lost').start()",
        "left behind: the thread lost",
    ),
    "timer": ("t = QTimer(qapp); t.start(60_000)", "left behind: a running timer of QApplication"),
    "slot": ("QTimer.singleShot(0, lambda: 1 / 0); qapp.processEvents()", "ZeroDivisionError"),
    "missing_error": ("pass", "announced errors were not logged: never"),
    "nothing": ("logging.error('meant')", ""),
}

_HEAD = """
import logging, threading
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QMainWindow

kept = []
"""


@pytest.fixture(scope="module")
def failures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return what pytest said of each test of `_BROKEN`: its failure, "" when it passed."""
    folder = tmp_path_factory.mktemp("broken")
    for name in ("conftest.py", "helpers"):
        copy = shutil.copytree if (_TESTS / name).is_dir() else shutil.copy
        copy(_TESTS / name, folder / name)
    shutil.copy(_TESTS.parent / "pyproject.toml", folder)
    leaks = folder / "helpers" / "leaks.py"
    leaks.write_text(leaks.read_text().replace("PATIENCE_MS = 5_000", "PATIENCE_MS = 100"))
    markers = {"missing_error": "@pytest.mark.logs_error('never')\n", "nothing": "@pytest.mark.logs_error('meant')\n"}
    tests = [
        f"{markers.get(name, '')}def test_{name}(qapp):\n{textwrap.indent(body, '    ')}\n"
        for name, (body, _expected) in _BROKEN.items()
    ]
    (folder / "test_broken.py").write_text("\n".join([_HEAD, *tests]))
    command = [sys.executable, "-m", "pytest", "-o", "pythonpath=.", "--junitxml=report.xml", "test_broken.py"]
    subprocess.run(command, cwd=folder, capture_output=True, check=False)
    said: dict[str, str] = {}
    for case in ElementTree.parse(folder / "report.xml").iter("testcase"):
        name = case.attrib["name"].removeprefix("test_")
        said[name] = said.get(name, "") + "".join(ElementTree.tostring(child, "unicode") for child in case)
    return said


@pytest.mark.parametrize("name", _BROKEN)
def test_a_broken_rule_fails_the_test_that_broke_it(name: str, failures: dict[str, str]) -> None:
    expected = _BROKEN[name][1]
    if expected:
        assert expected in failures[name].replace("&#39;", "'")
    else:
        assert "<failure" not in failures[name]
        assert "<error" not in failures[name]
