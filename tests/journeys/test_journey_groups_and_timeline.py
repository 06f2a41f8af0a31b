"""Items in groups and along time: group by tag and fold; choose days on the timeline, and keep them as a filter."""

from __future__ import annotations

import re
from pathlib import Path

from helpers.running import Person, Running, SavedAnalysis
from helpers.screen import Screen, wait_until

from ach_desk.model import EvidenceItem
from ach_desk.model.spans import Span, event_span, span_of

CLEAN = r"rated\.ach\.json – ACH Desk"
_CHOSEN = r"^(\d+) items happened (\S{10}) to (\S{10})\."


def test_group_by_tag_fold_and_find_it_folded_again(screen: Screen, person: Person, rated: Path) -> None:
    program = person.start(rated)
    content = rated.read_bytes()
    screen.wait_for_window(CLEAN)
    _run(screen, "group by tag")
    program.wait_to_hear("^independent report · 5 items, group, unfolded$", role="row header", tables=True)
    rows = _rows(program)
    assert rows[rows.index("independent report · 5 items") + 1] == "E2"
    assert len([row for row in rows if re.fullmatch(r"E\d+", row)]) == 18

    screen.press("alt+minus")
    program.wait_to_hear("group, folded$", role="row header", tables=True)
    assert not [row for row in _rows(program) if re.fullmatch(r"E\d+", row)]
    screen.press("Home", "Right")
    program.wait_to_hear("^absence of evidence · .*, group, unfolded$", role="row header", tables=True)
    shown = _rows(program)
    assert [row for row in shown if " · " in row] == [row for row in rows if " · " in row]
    assert len(shown) > len([row for row in shown if " · " in row]) > 1
    screen.press("ctrl+q")
    assert program.ended() == 0
    assert rated.read_bytes() == content

    again = person.start(rated)
    screen.wait_for_window(CLEAN)
    wait_until(lambda: _rows(again) == shown, "the groups as they were")


def test_days_on_the_timeline_select_rows_and_filter_them(screen: Screen, person: Person, rated: Path) -> None:
    program = person.start(rated)
    items = [EvidenceItem.model_validate(entry) for entry in SavedAnalysis(rated).content["evidence"]]
    screen.wait_for_window(CLEAN)
    screen.press("ctrl+shift+t")
    program.wait_to_hear("^When the items happened and when they were learned", role="label")
    x, y = next(one.centre for one in program.controls(whole=True) if one.name == "Show all of time")
    screen.drag((x + 350, y + 48), (x + 640, y + 48))
    said = re.match(_CHOSEN, program.wait_to_hear(_CHOSEN, role="label").name)
    assert said is not None
    days = Span(span_of(said[2]).first, span_of(said[3]).last)
    expected = [item.label for item in items if (span := event_span(item)) is not None and span.touches(days)]
    assert 2 < len(expected) < 18
    assert int(said[1]) == len(expected)
    screen.press("ctrl+1")
    program.wait_to_hear(f"^{len(expected)} items$", role="label")  # the inspector is about the rows that are selected

    program.click("Filter the matrix by the marked days", "push button")
    program.wait_to_hear(f"^{len(expected)} of 18 items$", role="label")
    assert _rows(program) == expected
    screen.press("ctrl+shift+t", "shift+Escape")  # the timeline goes, and the keyboard is in the matrix
    program.wait_for_silence("of 18 items$")
    assert len(_rows(program)) == 18


def _rows(program: Running) -> list[str]:
    """Return what a screen reader reads along the rows: the labels of items, the titles of bands."""
    headers = [one.name for one in program.controls("rated", tables=True) if one.role == "row header"]
    return [re.split(r", group|,| \(", name)[0] for name in headers]


def _run(screen: Screen, action: str) -> None:
    screen.press("ctrl+shift+p")
    screen.wait_for_window("All actions")
    screen.write(action)
    screen.press("Return")
    screen.wait_for_window(CLEAN)
