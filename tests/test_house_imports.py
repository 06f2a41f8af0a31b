"""The command line stays light: neither Qt nor matplotlib is loaded where it is not needed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ach_desk import paths

_REPORT = "; import json, sys; print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"


def _loaded_by(code: str) -> set[str]:
    """Return the top-level packages that a fresh Python has loaded after `code`."""
    run = subprocess.run([sys.executable, "-c", code + _REPORT], capture_output=True, text=True, check=True)
    return set(json.loads(run.stdout.splitlines()[-1]))


def test_the_command_line_starts_without_qt() -> None:
    assert not _loaded_by("import ach_desk.app.cli") & {"PySide6", "shiboken6", "matplotlib", "typst"}


def test_scoring_a_case_loads_neither_qt_nor_matplotlib() -> None:
    case = str(paths.seeds() / "russia-june-2023.ach.json")
    code = f"""
import contextlib, sys
from ach_desk.app.cli import main
sys.argv = ["ach", "score", {case!r}]
with contextlib.suppress(SystemExit):
    main()
pass"""
    assert not _loaded_by(code) & {"PySide6", "shiboken6", "matplotlib", "typst", "fontTools"}


@pytest.mark.parametrize("room", ["model", "scoring", "commands", "storage", "exchange", "reporting"])
def test_a_room_below_the_window_loads_without_qt(room: str) -> None:
    assert not _loaded_by(f"import ach_desk.{room}") & {"PySide6", "shiboken6", "matplotlib"}


def test_a_case_is_painted_before_matplotlib_is_loaded(tmp_path: Path) -> None:
    case = tmp_path / "case.ach.json"
    shutil.copy(paths.seeds() / "russia-june-2023.ach.json", case)
    program = "import sys; from ach_desk.app.desktop import main; sys.exit(main())"
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", program, str(case)],
        env={**os.environ, "ACH_DESK_BENCH": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "painted " in run.stdout, [line for line in run.stderr.splitlines() if not line.startswith("import time:")]
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in run.stderr.splitlines()}
    assert "numpy" in loaded
    assert not loaded & {"matplotlib", "typst", "scipy", "fontTools"}


_AT_THE_FIRST_PICTURE = """
import json, sys

class Watched:
    def write(self, text):
        if text.startswith("painted "):
            sys.__stdout__.write(json.dumps([name for name in sys.modules]) + "\\n")

    def flush(self):
        sys.__stdout__.flush()

sys.stdout = Watched()
from ach_desk.app.desktop import main
sys.exit(main())
"""

_BEHIND_THE_FIRST_PICTURE = (
    *("attachments.section", "capture.packing", "capture.panel", "challenges.section", "charts", "check"),
    *("check_actions", "conclusion.page", "dialogs", "doubt.check", "exchange", "exchange.dialog", "exchange.incoming"),
    *("groups.acts", "groups.section", "guided.page", "guided.plan", "history_panel", "inspector", "manual"),
    *("marking_band", "matrix.actions", "matrix.blocks", "matrix.hint", "matrix.menus", "matrix.several", "moments"),
    *("pages", "printing", "rail", "sheets", "since.panel", "sources.panel", "start"),
    *("timeline.dates", "timeline.panel", "timeline.picture", "watch.expectations", "watch.indicators"),
    *("whatif.panel", "whatif.table", "widgets.askdialog", "widgets.band", "widgets.choice", "window_actions"),
)
"""What nobody sees in the first picture of a case that does not use it."""

_FOR_LATER = (
    *("ach_desk.commands.change", "ach_desk.commands.command", "ach_desk.commands.edits", "ach_desk.commands.trail"),
    *("ach_desk.exchange", "ach_desk.model.conclusions", "ach_desk.model.dates", "ach_desk.model.marking"),
    *("ach_desk.reporting.chart_options", "ach_desk.scoring.comparison", "ach_desk.scoring.hypothesis_check"),
    *("ach_desk.scoring.near_duplicates", "ach_desk.scoring.rounds", "ach_desk.scoring.sheet_findings"),
    *("ach_desk.scoring.whatif", "ach_desk.storage.attachments", "pydantic.dataclasses"),
    *("PySide6.QtNetwork", "ach_desk.app.log_file", "csv", "email", "importlib.metadata", "logging.handlers"),
)
"""What edits, findings, charts, the log file and later starts need, and what pydantic would load for plug-ins."""


def test_what_the_first_picture_does_not_show_is_loaded_behind_it(tmp_path: Path) -> None:
    case = tmp_path / "case.ach.json"
    case.write_bytes((paths.seeds() / "russia-june-2023.ach.json").read_bytes())
    run = subprocess.run(
        [sys.executable, "-c", _AT_THE_FIRST_PICTURE, str(case)],
        env={**os.environ, "ACH_DESK_BENCH": "1"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    loaded = json.loads(run.stdout)
    assert "ach_desk.ui.matrix.panel" in loaded
    unwanted = tuple(f"ach_desk.ui.{name}" for name in _BEHIND_THE_FIRST_PICTURE)
    assert [
        name for name in loaded if name in unwanted or name.startswith(tuple(f"{entry}." for entry in unwanted))
    ] == []
    assert sorted(set(loaded).intersection(_FOR_LATER)) == []
