"""Starting again while it runs, on files that somebody else holds, changed or broke."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers.running import Person, SavedAnalysis
from helpers.screen import Screen
from helpers.source import ROOT

RATED, UNRATED = r"rated\.ach\.json – ACH Desk", r"unrated\.ach\.json – ACH Desk"
_HOLD = """
import sys
from pathlib import Path
from ach_desk.storage.lock import acquire
result = acquire(Path(sys.argv[1]))
print(result.status.name, flush=True)
sys.stdin.read()
result.lock.release()
"""


def test_a_second_start_hands_its_file_to_the_first(screen: Screen, person: Person, rated: Path, unrated: Path) -> None:
    first = person.start(rated)
    screen.wait_for_window(RATED)
    second = person.start(unrated)
    assert second.ended() == 0
    screen.wait_for_window(UNRATED)
    assert first.process.poll() is None
    assert sum(title.endswith("– ACH Desk") for title in screen.titles) == 2

    third = person.start(rated)
    assert third.ended() == 0
    screen.wait_for_window(RATED)
    assert sum(title.endswith("– ACH Desk") for title in screen.titles) == 2
    assert {one.name for one in first.controls() if one.role == "frame"} == {
        "rated.ach.json – ACH Desk",
        "unrated.ach.json – ACH Desk",
    }
    screen.press("ctrl+q")
    assert first.ended() == 0


def test_a_file_that_somebody_holds_opens_read_only_after_asking(screen: Screen, person: Person, rated: Path) -> None:
    with _held(rated):
        program = person.start(rated)
        program.wait_to_hear("rated", "ACH Desk", role="label")
        before = rated.read_bytes()
        screen.press("Return")
        screen.wait_for_window(RATED)
        program.wait_to_hear("Open read-only", "rated", role="label")
        screen.press("i", "ctrl+s")
        screen.wait_for_window("Save as")
        screen.press("Escape")
        screen.wait_for_window(RATED)
        assert rated.read_bytes() == before


def test_a_file_changed_on_the_disk_is_not_overwritten(screen: Screen, person: Person, rated: Path) -> None:
    program = person.start(rated)
    screen.wait_for_window(RATED)
    screen.press("i")
    changed = rated.read_text("utf-8").replace("Personal grievance", "Private grievance")
    rated.write_text(changed, "utf-8")
    screen.press("ctrl+s")
    program.wait_to_hear("somebody else has changed it", "ACH Desk", role="label")
    screen.press("Escape")
    screen.wait_for_window(r"rated\.ach\.json\* – ACH Desk")
    assert rated.read_text("utf-8") == changed

    screen.press("ctrl+s")
    program.wait_to_hear("somebody else has changed it", "ACH Desk", role="label")
    screen.press("Return")  # the first answer: under another name
    screen.wait_for_window("Save as")
    screen.press("ctrl+a")
    screen.write(str(rated.with_name("mine.ach.json")))
    screen.press("Return")
    screen.wait_for_window(r"mine\.ach\.json – ACH Desk")
    mine = SavedAnalysis(rated.with_name("mine.ach.json"))
    assert mine.ratings()[0][0] == "I"
    assert "Personal grievance" in mine.titles("hypotheses")
    assert rated.read_text("utf-8") == changed


def test_bad_files_are_told_of_and_the_newer_one_opens(screen: Screen, person: Person, tmp_path: Path) -> None:
    case = (ROOT / "seeds" / "russia-june-2023.ach.json").read_bytes()
    truncated, binary, newer = (tmp_path / f"{name}.ach.json" for name in ("truncated", "binary", "newer"))
    truncated.write_bytes(case[: len(case) // 2])
    binary.write_bytes(bytes(range(256)) * 20)
    newer.write_text(json.dumps({**json.loads(case), "version": 99, "mood": "hopeful"}), "utf-8")
    program = person.start(truncated, binary, tmp_path / "absent.ach.json", newer)
    for name in ("truncated", "binary", "absent"):
        program.wait_to_hear(rf"{name}\.ach\.json", "ACH Desk", role="label")
        screen.press("Return")
        program.wait_for_silence(rf"{name}\.ach\.json")
    screen.wait_for_window(r"newer\.ach\.json – ACH Desk")
    program.wait_to_hear("written by a newer version of ACH Desk and is open read-only", role="label")
    before = newer.read_bytes()
    screen.press("i", "ctrl+s")
    program.wait_to_hear("is not saved by this one", role="status bar")
    screen.press("alt+F4")
    assert program.ended() == 0
    assert newer.read_bytes() == before


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """Hold the lock of a file in a process that runs."""
    command = [sys.executable, "-c", _HOLD, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == "ACQUIRED"
        yield
        holder.communicate("")
