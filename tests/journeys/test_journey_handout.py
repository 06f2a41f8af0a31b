"""A lead hands the case out, three people rate in programs of their own, the lead collects, and takes it back."""

from __future__ import annotations

from pathlib import Path

from helpers.running import Person, Running, SavedAnalysis, person_at
from helpers.screen import Screen, wait_until

CLEAN, DIRTY = r"june\.ach\.json – ACH Desk", r"june\.ach\.json\* – ACH Desk"
KEYS = {"Ann": "i", "Ben": "c", "Cy": "n"}


def test_three_people_rate_apart_and_the_lead_collects(
    screen: Screen, person: Person, june: Path, tmp_path: Path
) -> None:
    lead = person.start(june)
    screen.wait_for_window(CLEAN)
    names_before = [entry["name"] for entry in SavedAnalysis(june).content["analysts"]]
    _action(screen, lead, "hand out")
    screen.wait_for_window("^Hand out$")
    screen.write("\n".join(KEYS))
    lead.wait_to_hear(r"^Hand out 3 files$", role="push button")
    lead.click("Hand out 3 files", "push button")
    folder = june.parent / "Handed out"
    wait_until(lambda: folder.is_dir() and len(list(folder.iterdir())) == 3, "three files")
    screen.wait_for_window(CLEAN)

    for name, key in KEYS.items():
        _rate_alone(screen, tmp_path / name, folder / f"june - {name}.ach.json", key)

    screen.wait_for_window(CLEAN)
    _action(screen, lead, "collect a folder")
    screen.wait_for_window("^Folder with returned files$")
    screen.write(f"{folder}\n")
    screen.wait_for_window("^Collect$")
    lead.wait_to_hear(r"^3 files were read\.$", role="label")
    lead.wait_to_hear(r"\(Ben\): 2 cells rated", tables=True)
    screen.press("Return")
    screen.wait_for_window(DIRTY)
    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)
    content = SavedAnalysis(june).content
    assert [entry["name"] for entry in content["analysts"]] == [*names_before, *KEYS]
    by_id = {entry["id"]: entry["name"] for entry in content["analysts"]}
    rated = {
        by_id[sheet["analyst"]]: [cell["value"] for row in sheet["ratings"].values() for cell in row.values()]
        for sheet in content["matrices"][0]["sheets"]
    }
    assert {name: rated[name] for name in KEYS} == {"Ann": ["I", "I"], "Ben": ["C", "C"], "Cy": ["N", "N"]}
    screen.press("ctrl+z")
    screen.wait_for_window(DIRTY)
    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)
    assert [entry["name"] for entry in SavedAnalysis(june).content["analysts"]] == names_before


def _rate_alone(screen: Screen, folder: Path, file: Path, key: str) -> None:
    """Open a file in a program of one's own, rate two cells, save and quit."""
    folder.mkdir()
    with person_at(screen, folder) as analyst:
        program = analyst.start(file)
        title = file.name.replace(".", r"\.")
        screen.wait_for_window(rf"^{title} – ACH Desk")
        screen.press(key, key, "ctrl+s")
        wait_until(lambda: _rated(file) == 2, "two ratings in the file")
        screen.press("ctrl+q")
        assert program.ended() == 0


def _rated(file: Path) -> int:
    return sum(value is not None for row in SavedAnalysis(file).ratings() for value in row)


def _action(screen: Screen, program: Running, words: str) -> None:
    """Choose an action in the searchable list of all of them."""
    screen.press("ctrl+shift+p")
    program.wait_for_keyboard("Search actions", "text")
    screen.write(words)
    screen.press("Return")
