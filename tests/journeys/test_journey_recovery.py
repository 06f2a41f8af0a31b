"""The machine dies in the middle of the work: at the next start every edit older than a second is there again."""

from __future__ import annotations

import time
from pathlib import Path

from helpers.running import Person, Running, SavedAnalysis
from helpers.screen import Screen, wait_until

CLEAN, DIRTY = r"unrated\.ach\.json – ACH Desk", r"unrated\.ach\.json\* – ACH Desk"
PROMISE = 1.0
"""Seconds after which an edit is on the disk."""
UNDER_WAY = 1.0
"""Seconds that a key may need from the keyboard to the program while other tests keep the machine busy."""
SENTENCE = (
    " and everything that was said about it in the weeks that followed, word for word, in the order of coming" * 2
)


def test_ratings_and_half_a_sentence_survive_a_kill(screen: Screen, person: Person, unrated: Path) -> None:
    program = person.start(unrated)
    screen.wait_for_window(CLEAN)
    saved = SavedAnalysis(unrated)
    title = saved.titles("evidence")[1]
    screen.press("i", "shift+i", "c", "n")
    safe = _type_until_killed(screen, program)

    program = person.start()
    program.wait_to_hear(r"ended without saving \d+ edits of unrated\.ach\.json")
    assert set(saved.ratings()[0]) == {None}, "the file itself is as it was saved"
    screen.press("Return")
    screen.wait_for_window(DIRTY)
    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)
    assert saved.ratings()[0] == ["I", "II", "C", "N"]
    found = saved.titles("evidence")[1]
    assert found.startswith(title + safe)
    assert (title + SENTENCE).startswith(found)
    _edits_after_a_save_survive_too(screen, person, program, saved)


def _type_until_killed(screen: Screen, program: Running) -> str:
    """Type steadily into the title of E2, kill the program, and return what was typed long enough ago."""
    program.click("Inspector", "page tab")
    program.click("E2", "page tab")
    program.click("Title", "text")
    screen.press("ctrl+End")
    moments = []
    for start in range(0, len(SENTENCE), 4):
        screen.write(SENTENCE[start : start + 4], delay=40)
        moments.append(time.monotonic())
    program.kill()
    killed = time.monotonic()
    chunks = sum(killed - moment > PROMISE + UNDER_WAY for moment in moments)
    assert chunks >= 5, "the typing has to last longer than the promise"
    return SENTENCE[: 4 * chunks]


def _edits_after_a_save_survive_too(screen: Screen, person: Person, program: Running, saved: SavedAnalysis) -> None:
    assert not person.journals()
    screen.press("ctrl+Home", "a")
    screen.wait_for_window(DIRTY)
    wait_until(person.journals, "the edit on the disk", PROMISE + UNDER_WAY)
    program.kill()
    before = saved.ratings()

    program = person.start(saved.path)
    program.wait_to_hear(r"ended without saving 1 edit of unrated\.ach\.json")
    screen.press("Return")
    screen.wait_for_window(DIRTY)
    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)
    assert saved.ratings() != before
    assert saved.ratings()[0] == ["N/A", "II", "C", "N"]
    program.kill()

    program = person.start()
    screen.wait_for_window("ACH Desk")
    program.wait_for_silence("ended without saving")
    program.wait_to_hear("Worked examples")
