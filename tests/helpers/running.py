"""The installed program as a process of its own on a screen, for journeys."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from helpers.screen import PATIENCE, Control, Screen, wait_until

PROGRAM = Path(sys.executable).with_name("ach-desk")
_BESIDE_TABLES = ("menu bar", "panel", "page tab list", "status bar")
_LARGE = ("menu bar", "table", "tree table", "tree", "list")


@dataclass
class Person:
    """Somebody at a screen: their own settings, state and files."""

    screen: Screen
    folder: Path
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment of the programs that this person starts."""
        return {
            **self.screen.environment,
            "ACH_DESK_STATE_DIR": str(self.folder / "state"),
            "ACH_DESK_CONFIG_DIR": str(self.folder / "config"),
            "PYTHONFAULTHANDLER": "1",
        }

    def start(self, *files: Path) -> Running:
        """Start the installed program on the files, and return at once."""
        output = self.folder / f"output-{len(self.started)}.txt"
        with output.open("w") as stream:
            process = subprocess.Popen(
                [str(PROGRAM), *map(str, files)],
                env=self.environment,
                cwd=self.folder,
                stdout=stream,
                stderr=subprocess.STDOUT,
                text=True,
            )
        self.started.append(process)
        return Running(self.screen, process, output)

    def journals(self) -> list[Path]:
        """Return the recovery journals on the disk."""
        return list((self.folder / "state" / "recovery").glob("*.journal"))

    def end(self) -> None:
        """Kill every program that still runs."""
        for process in self.started:
            process.kill()
            process.wait()


@dataclass(frozen=True)
class Running:
    """One process of the program."""

    screen: Screen
    process: subprocess.Popen[str]
    output: Path

    def kill(self) -> None:
        """End it as a power cut would."""
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def ended(self) -> int:
        """Wait until it ends by itself and return the exit code."""
        return self.process.wait(PATIENCE)

    def controls(self, window: str = "", *, tables: bool = False, whole: bool = False) -> list[Control]:
        """Return the controls on the screen in windows whose title holds `window`; without what menus hold.

        With `tables` it is the inside of tables and lists instead of what the docks beside them hold. `whole` answers
        have descriptions, typed texts and places.
        """
        if self.process.poll() is not None:
            raise RuntimeError(f"the program has ended with {self.process.returncode}:\n{self.output.read_text()}")
        closed = _BESIDE_TABLES if tables else _LARGE
        return self.screen.controls(self.process.pid, window=window, closed=closed, whole=whole)

    def wait_to_hear(self, pattern: str, window: str = "", *, role: str = "", tables: bool = False) -> Control:
        """Wait until the name of a control on the screen holds the pattern, and return the control."""
        heard: list[Control] = []

        def listen() -> Control | None:
            heard[:] = self.controls(window, tables=tables)
            return next((one for one in heard if re.search(pattern, one.name) and role in ("", one.role)), None)

        try:
            return wait_until(listen, "")
        except TimeoutError:
            said = "\n".join(f"{control.role}: {control.name}" for control in heard if control.name)
            raise TimeoutError(f"nothing on the screen says {pattern!r}; there is\n{said}") from None

    def wait_for_silence(self, pattern: str, window: str = "", *, tables: bool = False) -> None:
        """Wait until no control on the screen says it any more."""
        wait_until(
            lambda: not any(re.search(pattern, one.name) for one in self.controls(window, tables=tables)),
            f"{pattern!r} should no longer be said",
        )

    def click(self, name: str, role: str) -> None:
        """Wait for the control that is named so and click it."""
        control = wait_until(
            lambda: next((one for one in self.controls(whole=True) if (one.name, one.role) == (name, role)), None),
            f"{role} {name!r}",
        )
        self.screen.click(*control.centre)

    def wait_for_keyboard(self, name: str, role: str) -> None:
        """Wait until the control that is named so has the keyboard."""
        wait_until(
            lambda: any((one.name, one.role) == (name, role) and "focused" in one.states for one in self.controls()),
            f"the keyboard in {role} {name!r}",
        )


@contextmanager
def person_at(screen: Screen, folder: Path) -> Iterator[Person]:
    """Yield a person with an empty folder; kill what they started."""
    person = Person(screen, folder)
    try:
        yield person
    finally:
        person.end()


@dataclass(frozen=True)
class SavedAnalysis:
    """An analysis file as it lies on the disk."""

    path: Path

    @property
    def content(self) -> dict[str, Any]:
        """Return the JSON."""
        return json.loads(self.path.read_text("utf-8"))

    def ratings(self) -> list[list[str | None]]:
        """Return the ratings of the first matrix and analyst, row by row; None where there is none."""
        matrix = self.content["matrices"][0]
        rows = matrix["sheets"][0].get("ratings", {}) if matrix["sheets"] else {}
        return [
            [rows.get(item, {}).get(hypothesis, {}).get("value") for hypothesis in matrix["hypotheses"]]
            for item in matrix["evidence"]
        ]

    def titles(self, kind: str) -> list[str]:
        """Return the titles of the hypotheses or of the evidence, in the order of the matrix."""
        content = self.content
        records = {record["id"]: record["title"] for record in content[kind]}
        return [records[entry] for entry in content["matrices"][0][kind]]
