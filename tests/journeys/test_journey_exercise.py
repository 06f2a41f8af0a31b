"""The three-person exercise from end to end: handed out, rated apart, collected, talked over, rated anew, pooled, told.

Every step is done in a window, with the ratings and probabilities of the exercise that ships with the program.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from helpers.running import Person, Running, SavedAnalysis, person_at
from helpers.screen import Screen, wait_until
from helpers.source import ROOT

from scripts.exercise_people import INES, PEOPLE, PIOTR
from scripts.exercise_people import Person as Analyst

CLEAN, DIRTY = r"lead\.ach\.json – ACH Desk", r"lead\.ach\.json\* – ACH Desk"
KEYS = {"CC": "shift+c", "C": "c", "N": "n", "I": "i", "II": "shift+i"}

SECOND = (
    (INES, {("E2", "H1"): "C", ("E6", "H4"): "I", ("E8", "H3"): "I"}),
    (PIOTR, {("E2", "H2"): "I", ("E6", "H3"): "C", ("E4", "H2"): "N"}),
)
"""What two of them rate otherwise after the talk: all of it nearer to what Thandi Moyo had rated."""


@pytest.fixture
def lead(tmp_path: Path) -> Path:
    """Return a copy of what the lead of the exercise begins with."""
    return Path(shutil.copy(ROOT / "seeds" / "june-2023-exercise" / "lead.ach.json", tmp_path))


def test_three_analysts_from_the_hand_out_to_the_report(
    screen: Screen, person: Person, lead: Path, tmp_path: Path
) -> None:
    program = person.start(lead)
    screen.wait_for_window(CLEAN)

    first = tmp_path / "first round"
    _hand_out(screen, program, [analyst.name for analyst in PEOPLE], first)
    for analyst in PEOPLE:
        _rate_apart(screen, tmp_path / analyst.initials, first, analyst, analyst_cells(analyst), state=True)
    _collect(screen, program, first, len(PEOPLE))

    # While the round is private nobody's ratings are told; then it is revealed, and they are compared.
    screen.press("ctrl+alt+a")
    program.wait_to_hear("The analysts rate in private", role="label")
    _reveal(screen, program, "First round")
    program.wait_to_hear("1 analyst leads with H1, 1 analyst leads with H3 and 1 analyst leads with H4", role="label")
    program.wait_to_hear(r"Agreement \(Krippendorff's alpha, ordinal\) is 0.61 .*95 % interval", role="label")
    program.wait_to_hear("^E6 under H4: IK N, PL C, TM II", role="label")

    # What they differ on is talked over, and the round is closed.
    screen.press("F6", "ctrl+Home", "ctrl+alt+r")
    screen.wait_for_window("Remark on E1 / H1")
    screen.write("Ask what would be seen if it were false.")
    screen.press("ctrl+Return")
    program.wait_to_hear("Remark, open: Ask what would be seen", tables=True)
    program.click("Close the round", "push button")
    program.click("Begin a round in private", "push button")
    program.wait_to_hear("“Round 2, after discussion” is private", role="label")

    # Two rate anew, each in a program of their own again.
    second = tmp_path / "second round"
    _hand_out(screen, program, [analyst.name for analyst, _cells in SECOND], second)
    for analyst, cells in SECOND:
        _rate_apart(screen, tmp_path / f"{analyst.initials} 2", second, analyst, cells, state=False)
    _collect(screen, program, second, len(SECOND))
    _reveal(screen, program, "Round 2, after discussion")

    # What moved, and that it may be the company.
    _action(screen, program, "what moved")
    screen.wait_for_window("What moved between rounds")
    program.wait_to_hear("6 ratings moved: Ines Kovar 3, Piotr Lang 3", role="label")
    program.wait_to_hear("6 of 6 changes went towards the ratings of Thandi Moyo, who hardly moved", role="label")
    screen.press("Escape")

    # What they hold likely together, and the report.
    program.click("Worth talking about, open", "push button")
    program.click("Pooled probabilities, folded", "push button")
    program.wait_to_hear("What Piotr Lang stated sums to 120 %", role="label")
    program.wait_to_hear("Every way of pooling 3 statements puts H3 first", role="label")
    program.wait_to_hear(r"^Mean \(linear pool\): p = Σ pᵢ / n", role="label")
    page = _report(screen, program, tmp_path / "report.html")
    for words in ("Where the analysts differ", "Ask what would be seen if it were false", "Mean (linear pool)"):
        assert words in page
    assert "all in private" in page


def analyst_cells(analyst: Analyst) -> dict[tuple[str, str], str]:
    """Return what an analyst of the exercise makes of each cell."""
    return {
        (item, hypothesis): value
        for item, values in analyst.ratings.items()
        for hypothesis, value in zip(("H1", "H2", "H3", "H4"), values.split(), strict=True)
    }


def _action(screen: Screen, program: Running, words: str) -> None:
    """Choose an action in the searchable list of all of them."""
    screen.press("ctrl+shift+p")
    program.wait_for_keyboard("Search actions", "text")
    screen.write(words)
    screen.press("Return")


def _hand_out(screen: Screen, program: Running, names: list[str], folder: Path) -> None:
    """Make a file for each name in a folder, with another order for each."""
    _action(screen, program, "hand out")
    screen.wait_for_window("^Hand out$")
    screen.press("ctrl+a")
    screen.write("\n".join(names))
    screen.press("alt+f", "ctrl+a")
    screen.write(str(folder))
    screen.press("alt+e")
    program.click(f"Hand out {len(names)} files", "push button")
    wait_until(lambda: folder.is_dir() and len(list(folder.glob("*.ach.json"))) == len(names), "a file for each")
    screen.wait_for_window(f"{CLEAN}|{DIRTY}")


def _rate_apart(
    screen: Screen,
    home: Path,
    folder: Path,
    analyst: Analyst,
    cells: dict[tuple[str, str], str],
    *,
    state: bool,
) -> None:
    """Rate one's file in a program of one's own, in the order in which it came, and quit."""
    home.mkdir()
    (file,) = folder.glob(f"*{analyst.name}.ach.json")
    with person_at(screen, home) as somebody:
        program = somebody.start(file)
        title = f"{re.escape(file.name)}.? – ACH Desk"
        screen.wait_for_window(title)
        items, hypotheses = order_of(file)
        keys = [KEYS.get(cells.get((item, hypothesis), ""), "Tab") for item in items for hypothesis in hypotheses]
        screen.press(*keys)
        if state:
            _state(screen, program, analyst)
            screen.wait_for_window(title)
        screen.press("ctrl+s")
        wait_until(lambda: rated(file) == cells, f"the ratings of {analyst.name}")
        screen.press("ctrl+q")
        assert program.ended() == 0


def order_of(file: Path) -> tuple[list[str], list[str]]:
    """Return the labels of items and hypotheses in the order of the matrix of a file."""
    content = SavedAnalysis(file).content
    matrix = content["matrices"][0]
    label = {entry["id"]: entry["label"] for kind in ("evidence", "hypotheses") for entry in content[kind]}
    return [label[entry] for entry in matrix["evidence"]], [label[entry] for entry in matrix["hypotheses"]]


def rated(file: Path) -> dict[tuple[str, str], str]:
    """Return the ratings of the first analyst of a file by labels."""
    items, hypotheses = order_of(file)
    return {
        (item, hypothesis): value
        for item, row in zip(items, SavedAnalysis(file).ratings(), strict=True)
        for hypothesis, value in zip(hypotheses, row, strict=True)
        if value is not None
    }


def _state(screen: Screen, program: Running, analyst: Analyst) -> None:
    """State how probable each hypothesis is, and how probable that it is false, as one is asked."""
    _action(screen, program, "how probable")
    screen.wait_for_window("How probable, asked one by one")
    asked: set[tuple[str, bool]] = set()
    while len(asked) < 2 * len(analyst.likely):
        label, is_false = wait_until(lambda: _question(program, asked), "the next question")
        asked.add((label, is_false))
        screen.write(f"{100 * analyst.likely[label][is_false]:.0f}\n")
    program.wait_for_keyboard("not said", "combo box")
    program.click("Keep my answers", "push button")
    said = 100 * sum(probability for probability, _opposite in analyst.likely.values())
    program.wait_to_hear(f"add up to {said:.0f} %", role="label")
    screen.press("Escape")


def _question(program: Running, asked: set[tuple[str, bool]]) -> tuple[str, bool] | None:
    """Return the hypothesis of a new question, and whether it is asked how probable it is that it is false."""
    for control in program.controls("How probable"):
        found = re.fullmatch(r"How probable is (?:it that )?(H\d)( is false)?\?", control.name)
        if found and "focused" in control.states and (found[1], bool(found[2])) not in asked:
            return found[1], bool(found[2])
    return None


def _collect(screen: Screen, program: Running, folder: Path, count: int) -> None:
    """Take in what is in a folder."""
    screen.wait_for_window(f"{CLEAN}|{DIRTY}")
    _action(screen, program, "collect a folder")
    screen.wait_for_window("^Folder with returned files$")
    program.wait_for_keyboard("Directory:", "text")
    screen.write(f"{folder}\n")
    screen.wait_for_window("^Collect$")
    program.wait_to_hear(rf"^{count} files were read\.$", role="label")
    screen.press("Return")
    screen.wait_for_window(DIRTY)


def _reveal(screen: Screen, program: Running, name: str) -> None:
    program.click("Reveal", "push button")
    screen.wait_for_window("^ACH Desk$")
    screen.press("Tab", "Return")
    program.wait_to_hear(f"“{name}” is revealed", role="label")


def _report(screen: Screen, program: Running, file: Path) -> str:
    """Save the report for a reviewer as a web page and return it."""
    screen.press("ctrl+shift+o")
    screen.wait_for_window("Report")
    screen.press("alt+s")
    screen.wait_for_window("Save report")
    screen.press("ctrl+a")
    screen.write(f"{file}\n")
    wait_until(file.exists, "the report")
    return file.read_text("utf-8")
