"""Somebody gets a colleague's workbook: imports it with the guess corrected, reads the report, undoes, exports."""

from __future__ import annotations

from pathlib import Path

from helpers.running import Person, SavedAnalysis
from helpers.screen import Screen, wait_until
from helpers.sheets import inline_rows, xlsx

from ach_desk.exchange.sheet_files import read_sheet_file
from ach_desk.model import new_analysis
from ach_desk.storage.codec import encode

CLEAN, DIRTY = r"harbour\.ach\.json – ACH Desk", r"harbour\.ach\.json\* – ACH Desk"
ROWS = (
    ["What was seen", "By night?", "H1: Coup", "Bluff"],
    ["Tanks in the square", "yes", "+", "++"],
    ["Silence on the radio", "no", "--", "perhaps"],
)


def run_action(screen: Screen, words: str) -> None:
    """Run an action by its name in the list of all actions."""
    screen.press("ctrl+shift+p")
    screen.wait_for_window("All actions")
    screen.write(words)
    screen.press("Return")


def type_path(screen: Screen, path: Path) -> None:
    """Name a file in the file dialog that is open."""
    screen.press("ctrl+a")
    screen.write(str(path))
    screen.press("Return")


def test_a_workbook_is_imported_corrected_undone_and_exported(screen: Screen, person: Person, tmp_path: Path) -> None:
    (tmp_path / "colleague.xlsx").write_bytes(xlsx(("Matrix", inline_rows(*ROWS))))
    file = tmp_path / "harbour.ach.json"
    file.write_bytes(encode(new_analysis("What happened in the harbour?")))
    program = person.start(file)
    saved = SavedAnalysis(file)
    screen.wait_for_window(CLEAN)

    run_action(screen, "Spreadsheet")
    screen.wait_for_window("Import spreadsheet")
    type_path(screen, tmp_path / "colleague.xlsx")
    screen.wait_for_window("Import colleague.xlsx")
    program.wait_to_hear("Column A is", window="Import colleague.xlsx")

    # Column B was not recognised: it is a note. The keyboard stands in the sheet.
    screen.press("Right")
    program.wait_to_hear("Column B is", window="Import colleague.xlsx")
    screen.press("alt+l")
    screen.write("Note")
    # Nor was the last column, which is a hypothesis.
    screen.press("shift+Tab", "Right", "Right")
    program.wait_to_hear("Column D is", window="Import colleague.xlsx")
    screen.press("alt+l", "Home", "Down")
    # "perhaps" is no rating that the program knows; the analyst says N.
    program.wait_to_hear("“perhaps” is", window="Import colleague.xlsx")
    screen.press("alt+i", "Home", "Down", "Down", "Down")
    program.wait_to_hear("^N$", window="Import colleague.xlsx", role="combo box")
    screen.press("alt+m")
    program.wait_to_hear("Known items get", window="Import colleague.xlsx")
    screen.press("Return")
    program.wait_to_hear("colleague.xlsx was merged", window="Import")
    screen.press("Escape")
    screen.wait_for_window(DIRTY)
    program.wait_to_hear("All cells judged")

    screen.press("ctrl+z")
    screen.wait_for_window(CLEAN)
    screen.press("ctrl+shift+z", "ctrl+s")
    screen.wait_for_window(CLEAN)
    assert saved.titles("evidence") == ["Tanks in the square", "Silence on the radio"]
    assert [item.get("note", "") for item in saved.content["evidence"]] == ["yes", "no"]
    assert saved.titles("hypotheses") == ["Coup", "Bluff"]
    assert saved.ratings() == [["C", "CC"], ["II", "N"]]

    run_action(screen, "Excel workbook")
    screen.wait_for_window("Export")
    type_path(screen, tmp_path / "out.xlsx")
    wait_until((tmp_path / "out.xlsx").exists, "the exported workbook")
    program.wait_to_hear("out.xlsx was written", role="status bar")
    back = read_sheet_file((tmp_path / "out.xlsx").read_bytes(), "out.xlsx").analysis
    assert back is not None
    assert [item.note for item in back.evidence.values()] == ["yes", "no"]
