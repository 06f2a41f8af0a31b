"""Starts the one-dir build where nothing else is: another folder, no Python, no network, no rights, no source tree.

``make bundle-check``. Ends with a table of sizes and times, or with the first thing that is not as it should be.
"""

from __future__ import annotations

import gzip
import json
import os
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
NOBODY = 65534
"""The account without rights that the build runs under where the check itself is run by root."""

COMMANDS: tuple[tuple[tuple[str, ...], bytes], ...] = (
    (("score", "case.ach.json"), b""),
    (("print", "case.ach.json", "-o", "print.pdf"), b"%PDF-"),
    (("chart", "case.ach.json", "--kind", "consistency", "-o", "chart.svg"), b"<?xml"),
    *(
        (("report", "case.ach.json", "-o", f"report.{ending}"), beginning)
        for ending, beginning in (
            ("pdf", b"%PDF-"),
            ("html", b"<!DOCTYPE html>"),
            ("docx", b"PK"),
            ("pptx", b"PK"),
            ("md", b""),
            ("txt", b""),
        )
    ),
    *((("convert", "case.ach.json", f"case.{ending}"), b"") for ending in ("xlsx", "ods", "csv", "tsv", "stix.json")),
    *((("convert", f"case.{ending}", f"{ending}.ach.json"), b"{") for ending in ("xlsx", "ods", "csv", "stix.json")),
    (("convert", "hand-over.achz", "hand-over.ach.json"), b"{"),
)
"""What the command line of the build must do: the words, and what the file that it writes begins with."""

PARC = (
    "<A><MATRIX><HYPOTHESIS><NAME>Coup</NAME></HYPOTHESIS>"
    "<EVIDENCE><NAME>Tanks</NAME><VALUES>C</VALUES></EVIDENCE></MATRIX></A>"
)


class Place:
    """A folder with the moved build and with everything that its programs may write to."""

    def __init__(self, folder: Path, display: str) -> None:
        self.program = folder / "stick \u00fc" / "ACH Desk"
        shutil.copytree(BUILT, self.program, symlinks=True)
        self.folder = folder
        self.case = folder / "case.ach.json"
        self.by_nobody = _by_nobody()
        data = self.program / "_internal" / "ach_desk" / "_data"
        shutil.copy(data / "seeds" / "russia-june-2023.ach.json", self.case)
        (folder / "hand-over.achz").write_bytes(gzip.compress(PARC.encode("utf-16")))
        self.environment = {
            "PATH": "",
            "HOME": str(folder / "home"),
            "LANG": "C.UTF-8",
            "DISPLAY": display,
            "ACH_DESK_STATE_DIR": str(folder / "state"),
            "ACH_DESK_CONFIG_DIR": str(folder / "config"),
        }
        self.without_network = _without_network()
        self._take_rights()

    def _take_rights(self) -> None:
        """Let nobody write into the program's folder; what the programs may write to belongs to who runs them."""
        for path in (self.program, *self.program.rglob("*")):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode & 0o555)
        if self.by_nobody:
            self.folder.chmod(0o755)
            for path in (self.folder, self.case):
                os.chown(path, NOBODY, NOBODY)

    def give_rights_back(self) -> None:
        """Make the folder one that can be deleted."""
        for path in (self.program, *self.program.rglob("*")):
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o755)

    def run(
        self, program: str, *arguments: str, given: bytes = b"", accepted: tuple[int, ...] = (0,), **more: str
    ) -> subprocess.CompletedProcess[bytes]:
        """Run a program of the build without network; raises SystemExit with what it said when it fails."""
        run = subprocess.run(
            [*self.without_network, *self.by_nobody, str(self.program / program), *arguments],
            input=given,
            env={**self.environment, **more},
            cwd=self.folder,
            capture_output=True,
            check=False,
            timeout=PATIENCE,
        )
        if run.returncode not in accepted:
            raise SystemExit(f"{program} {' '.join(arguments)} ended with {run.returncode}:\n{run.stderr.decode()}")
        return run


def _by_nobody() -> list[str]:
    """Return what to put before a command so that it has no rights: nothing where the check has none itself."""
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        print("This is run by root, and there is no setpriv: rights were not taken away.")
        return []
    return [setpriv, f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--no-new-privs"]


def _without_network() -> list[str]:
    """Return what to put before a command so that it has no network, nothing where that cannot be had."""
    mapped = [] if os.geteuid() == 0 else ["--map-root-user"]
    command = [shutil.which("unshare") or "unshare", *mapped, "--net"]
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
        try:
            place.run("ach", TRY_IMPORTS, *parts.IMPORTED)
            figures = {**_sizes(), **_command_line(place), **_child(place), **_window(place)}
            _nothing_in_the_log(place)
        finally:
            place.give_rights_back()
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
    for words, beginning in COMMANDS:
        output = "" if words[0] == "score" else words[-1]
        begun = time.monotonic()
        place.run("ach", *words, accepted=(0, 1) if words[0] == "convert" else (0,))
        figures[f"ach {words[0]} {output}".rstrip()] = f"{time.monotonic() - begun:.2f} s"
        written = (place.folder / output).read_bytes() if output else b"-"
        if not written.removeprefix(b"\xef\xbb\xbf").startswith(beginning):
            raise SystemExit(f"{output} is not what it should be")
    if b"<text" not in (place.folder / "chart.svg").read_bytes():
        raise SystemExit("the chart has no text in it")
    back = read_document(place.folder / "stix.json.ach.json").loaded.analysis
    if len(list(back.rating_cells())) != len(list(read_document(place.case).loaded.analysis.rating_cells())):
        raise SystemExit("the STIX bundle did not come back whole")
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
