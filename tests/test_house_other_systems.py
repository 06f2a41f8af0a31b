"""What was never tried on another system, by name: it runs there, and is skipped with its name everywhere else.

On this system it runs too, so that nobody has to try the test itself first.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from ach_desk import paths
from ach_desk.app.cli import main
from ach_desk.model import new_analysis
from ach_desk.storage.files import read_document, write_document
from ach_desk.storage.lock import LockStatus, acquire
from ach_desk.ui.settings import config_dir, state_dir

SYSTEMS = {"Windows": "win32", "macOS": "darwin"}
SEED = paths.seeds() / "russia-june-2023.ach.json"
PACKAGING = paths.resources().parent / "docs" / "packaging.md"
MADE = (
    *("report.pdf", "report.docx", "report.html", "print.pdf", "chart.svg", "chart.png"),
    *("sheet.xlsx", "sheet.ods", "case.stix.json", "case.achz"),
)
NOT_TRIED = (
    "saving",
    "locking",
    "folders of settings and state",
    "fonts",
    "printing",
    "charts",
    "other programs' files",
)
"""What the test below does."""


@pytest.mark.parametrize("system", ["this system", *SYSTEMS])
def test_the_work_is_done_on_every_system(system: str, tmp_path: Path) -> None:
    if sys.platform != SYSTEMS.get(system, sys.platform):
        pytest.skip(f"not tried on {system}: {', '.join(NOT_TRIED)}")
    case = tmp_path / "case ü.ach.json"
    write_document(case, new_analysis("What happened?"), expected=None)
    write_document(case, read_document(case).loaded.analysis, expected=None, overwrite=True)
    with acquire(case).lock or pytest.fail("no lock was had"):
        assert acquire(case).status is LockStatus.OPEN_HERE
    for folder in (config_dir(), state_dir()):
        assert folder.is_absolute()
    for name in MADE:
        out, (word, _dot, _ending) = tmp_path / name, name.partition(".")
        command = {"report": "report", "print": "print", "chart": "chart"}.get(word, "convert")
        target = [str(out)] if command == "convert" else ["-o", str(out)]
        assert main([command, str(SEED), *target]) in (0, 1)
        assert out.stat().st_size > 1_000


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_chapter_on_handing_out_says_that_it_was_not_tried(system: str) -> None:
    text = PACKAGING.read_text("utf-8")
    (said,) = re.findall(r"\*\*Not tried:\*\* (.*?)\n\n|\*\*Not tried:\*\* (.*)\Z", text + "\n\n", re.DOTALL)
    assert re.search(rf"{system}\b[^;]* at all", " ".join("".join(said).split()))
