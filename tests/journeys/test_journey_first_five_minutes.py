"""Somebody who has never seen the program: a question, three explanations, six scraps of evidence, a printed page."""

from __future__ import annotations

import subprocess
from pathlib import Path

from helpers.running import Person, Running
from helpers.screen import Screen, wait_until
from helpers.tools import needs_tool

QUESTION = "Why did the pump of the north station fail on 3 May?"
HYPOTHESES = ["The bearing wore out", "Sand came in with the water", "Somebody switched it off"]
EVIDENCE = [
    "The bearing was changed in April",
    "The log shows a slow fall of pressure over two hours",
    "The filter upstream was torn",
    "Nobody was on site that night",
    "The switch was found in position ON",
    "The pump ran again after flushing",
]
RATINGS = [["II", "C", "N"], ["C", "C", "II"], ["N", "CC", "N"], ["N", "N", "I"], ["C", "C", "I"], ["I", "CC", "N/A"]]
KEYS = {"CC": "shift+c", "C": "c", "N": "n", "I": "i", "II": "shift+i", "N/A": "a"}
TITLE = r"Why did the pump .*\* – ACH Desk"
MOST_KEYS_BESIDES_TEXT = 40
"""Keys from the start page to the PDF that are not letters of the case itself."""


def test_from_the_start_page_to_a_printed_page(screen: Screen, person: Person, tmp_path: Path) -> None:
    needs_tool("pdftotext")
    program = person.start()
    screen.wait_for_window("ACH Desk")
    before = screen.keystrokes
    program.wait_to_hear("New …", role="push button")
    _fill_the_page_in(screen)
    _rate_every_cell(screen, program)
    text = _print_to_pdf(screen, program, tmp_path / "pump.pdf")

    flat = " ".join(text.replace("\u200b", "").replace("\u00ad", "").split())
    assert QUESTION in flat
    assert "H2 has the least evidence against it" in flat
    for title in EVIDENCE:
        assert title in flat
    assert all(f"{label} {title}" in flat for label, title in zip(("H1", "H2", "H3"), HYPOTHESES, strict=True))
    assert "Page 1 of" in flat
    typed = sum(map(len, [QUESTION, *HYPOTHESES, *EVIDENCE, str(tmp_path / "pump.pdf")]))
    assert screen.keystrokes - before - typed <= MOST_KEYS_BESIDES_TEXT


def _fill_the_page_in(screen: Screen) -> None:
    screen.press("ctrl+n")
    screen.wait_for_window("New analysis")
    screen.write(QUESTION)
    screen.press("Tab")
    screen.write("\n".join(HYPOTHESES))
    screen.press("Tab")
    screen.write("\n".join(EVIDENCE))
    screen.press("ctrl+Return")
    screen.wait_for_window(TITLE)


def _rate_every_cell(screen: Screen, program: Running) -> None:
    program.wait_to_hear("Standing appears when all items are rated")
    keys = [KEYS[rating] for row in RATINGS for rating in row]
    screen.press(*keys[:-1])
    program.wait_to_hear("1 cell unrated", role="label")
    program.wait_to_hear("Charts appear together with the scores", role="label")
    assert not _scores(program), "scores stay hidden until every cell was rated"
    screen.press(keys[-1])
    program.wait_to_hear("All cells judged", role="label")
    assert _scores(program) == ["inconsistency −3, rank 2", "inconsistency 0, rank 1", "inconsistency −4, rank 3"]
    program.wait_to_hear("H2 has the least evidence against it", role="label")
    program.wait_to_hear("What speaks against each of 3 hypotheses", role="label")  # said below the drawn chart


def _scores(program: Running) -> list[str]:
    headers = [one.name for one in program.controls("Why did", tables=True) if one.role == "column header"]
    assert len(headers) == len(HYPOTHESES)
    assert all(title in header for title, header in zip(HYPOTHESES, headers, strict=True))
    return [header.partition("weighted ")[2] for header in headers if "weighted " in header]


def _print_to_pdf(screen: Screen, program: Running, path: Path) -> str:
    screen.press("ctrl+p")
    screen.wait_for_window("Print")
    program.wait_to_hear(r"Page 1 of \d", "Print", role="label")
    screen.press("alt+d")
    screen.wait_for_window("Export PDF")
    screen.press("ctrl+a")
    screen.write(str(path))
    screen.press("Return")
    screen.wait_for_window("Print")
    wait_until(path.exists, "the PDF")
    program.wait_to_hear("PDF saved as", "Print", role="label")
    screen.press("Escape")
    screen.wait_for_window(TITLE)
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
