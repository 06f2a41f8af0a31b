"""Starts the one-dir build where nothing else is: another folder, no Python, no network, no file of this source tree.

``make bundle-check``. Ends with a table of sizes and times, or with the first thing that is not as it should be.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zlib
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

from ach_desk.app.frozen import TRY_IMPORTS
from ach_desk.reporting.document import print_document
from ach_desk.reporting.print_options import PrintOptions
from ach_desk.reporting.typesetting import CHILD_OPTION, unframed
from ach_desk.storage.files import read_document
from scripts.bundle import parts
from scripts.virtual_display import virtual_display

BUILT = parts.ROOT / "dist" / "ach-desk"
WARNINGS = parts.ROOT / "build" / "bundle" / "ach-desk" / "warn-ach-desk.txt"
PATIENCE = 120
STARTS = 3


class Place:
    """A folder with the moved build and with everything that its programs may write to."""

    def __init__(self, folder: Path, display: str) -> None:
        self.program = folder / "stick \u00fc" / "ACH Desk"
        shutil.copytree(BUILT, self.program, symlinks=True)
        self.folder = folder
        self.case = folder / "case.ach.json"
        data = self.program / "_internal" / "ach_desk" / "_data"
        shutil.copy(data / "seeds" / "russia-june-2023.ach.json", self.case)
        self.environment = {
            "PATH": "",
            "HOME": str(folder / "home"),
            "LANG": "C.UTF-8",
            "DISPLAY": display,
            "ACH_DESK_STATE_DIR": str(folder / "state"),
            "ACH_DESK_CONFIG_DIR": str(folder / "config"),
        }
        self.without_network = _without_network()

    def run(self, program: str, *arguments: str, given: bytes = b"", **more: str) -> subprocess.CompletedProcess[bytes]:
        """Run a program of the build without network; raises SystemExit with what it said when it fails."""
        run = subprocess.run(
            [*self.without_network, str(self.program / program), *arguments],
            input=given,
            env={**self.environment, **more},
            cwd=self.folder,
            capture_output=True,
            check=False,
            timeout=PATIENCE,
        )
        if run.returncode != 0:
            raise SystemExit(f"{program} {' '.join(arguments)} ended with {run.returncode}:\n{run.stderr.decode()}")
        return run


def _without_network() -> list[str]:
    """Return what to put before a command so that it has no network, nothing where that cannot be had."""
    command = [shutil.which("unshare") or "unshare", "--map-root-user", "--net"]
    try:
        works = subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0
    except OSError:
        works = False
    if not works:
        print("The network could not be switched off here; the rest is checked all the same.")
    return command if works else []


def main() -> int:
    """Check the build and return the exit code."""
    if not BUILT.is_dir():
        print("There is no build: make bundle", file=sys.stderr)
        return 2
    _no_module_is_missed()
    with tempfile.TemporaryDirectory() as folder, virtual_display() as display:
        place = Place(Path(folder), display)
        place.run("ach", TRY_IMPORTS, *parts.IMPORTED)
        figures = {**_sizes(), **_command_line(place), **_child(place), **_window(place)}
        _nothing_in_the_log(place)
    for name, value in figures.items():
        print(f"{name:<44} {value:>10}")
    return 0


def _no_module_is_missed() -> None:
    """Raise SystemExit when our code imports a module that is here and not in the build.

    PyInstaller also lists names that are no modules at all (``pydantic.BaseModel``), so each is looked for.
    """
    missed = re.findall(
        r"(?:missing|excluded) module named '?([\w.]+)'? - imported by (.*)", WARNINGS.read_text("utf-8")
    )
    left_out = [name for name, by in missed if re.search(r"\bach_desk\.", by) and _is_here(name)]
    if left_out:
        raise SystemExit(f"imported, but not in the build: {', '.join(left_out)}")


def _is_here(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ImportError:
        return False


def _command_line(place: Place) -> dict[str, str]:
    figures = {}
    for words, output, beginning in (
        (("score", "case.ach.json"), None, b""),
        (("print", "case.ach.json", "-o", "report.pdf"), "report.pdf", b"%PDF-"),
        (("chart", "case.ach.json", "--kind", "consistency", "-o", "chart.svg"), "chart.svg", b"<?xml"),
    ):
        begun = time.monotonic()
        place.run("ach", *words)
        figures[f"ach {words[0]}"] = f"{time.monotonic() - begun:.2f} s"
        if output is not None and not (place.folder / output).read_bytes().startswith(beginning):
            raise SystemExit(f"{output} is not what it should be")
    if b"<text" not in (place.folder / "chart.svg").read_bytes():
        raise SystemExit("the chart has no text in it")
    return figures


def _child(place: Place) -> dict[str, str]:
    """Let the build set the printed document as the window does: in a process that can be stopped."""
    analysis = read_document(place.case).loaded.analysis
    job = print_document(analysis, analysis.matrices[0], next(iter(analysis.analysts)), PrintOptions())
    request = json.dumps({"job": asdict(job), "kind": "pdf", "resolution": 72.0}).encode()
    begun = time.monotonic()
    (packed,) = unframed(place.run("ach", CHILD_OPTION, given=request).stdout)
    if not zlib.decompress(packed).startswith(b"%PDF-"):
        raise SystemExit("the typesetting process gave no PDF")
    return {"PDF by the process behind the window": f"{time.monotonic() - begun:.2f} s"}


def _window(place: Place) -> dict[str, str]:
    """Open the June case and return from start to painted matrix, the first time and the best."""
    times = []
    for _round in range(STARTS):
        begun = time.monotonic_ns()
        said = place.run("ach-desk", "case.ach.json", ACH_DESK_BENCH="1").stdout.decode()
        painted = re.search(r"painted (\d+)", said)
        if painted is None:
            raise SystemExit(f"the window was not painted:\n{said}")
        times.append((int(painted[1]) - begun) / 1e9)
    return {"start to painted, first": f"{times[0]:.2f} s", "start to painted, best": f"{min(times):.2f} s"}


def _nothing_in_the_log(place: Place) -> None:
    for path in (place.folder / "state").rglob("*.log"):
        text = path.read_text("utf-8")
        if re.search(r"ERROR|ModuleNotFound|ImportError", text):
            raise SystemExit(f"the program's log holds errors:\n{text}")


def _sizes() -> dict[str, str]:
    files = [path for path in BUILT.rglob("*") if path.is_file() and not path.is_symlink()]
    return {
        "size of the folder": f"{sum(path.stat().st_size for path in files) / 1e6:.0f} MB",
        "files in it": str(len(files)),
    }


if __name__ == "__main__":
    sys.exit(main())
