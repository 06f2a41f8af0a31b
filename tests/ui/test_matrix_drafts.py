"""What is being typed over a header is in the recovery journal before it is an edit."""

from __future__ import annotations

import json

import pytest
from helpers.analyses import state_of
from helpers.matrix import press, shown_panel, typed
from helpers.sessions import small_session
from pytestqt.qtbot import QtBot

from ach_desk.model import Analysis
from ach_desk.ui.matrix import MatrixPanel
from ach_desk.ui.opening import replayed

Entries = list[dict]


@pytest.fixture
def panel(qtbot: QtBot) -> MatrixPanel:
    return shown_panel(qtbot, small_session(3, 2))


@pytest.fixture
def base(panel: MatrixPanel) -> Analysis:
    return panel.session.analysis.snapshot()


@pytest.fixture
def entries(panel: MatrixPanel, base: Analysis) -> Entries:
    """Return the list into which everything goes that the journal is given, as it would be read back."""
    recorded: Entries = []

    def keep(how: str, command: object) -> None:
        data = None if command is None else command.to_json()
        recorded.append(json.loads(json.dumps({how: data})))

    panel.session.recorded.connect(keep)
    return recorded


def titles(base: Analysis, entries: Entries) -> list[str]:
    return [item.title for item in replayed(base.snapshot(), entries).evidence.values()]


def test_a_title_half_typed_is_recovered(qtbot: QtBot, panel: MatrixPanel, base: Analysis, entries: Entries) -> None:
    before = titles(base, [])
    press(qtbot, panel, "Enter")
    typed(qtbot, panel, "What was seen")
    qtbot.waitUntil(lambda: titles(base, entries)[0] == "What was seen")
    assert panel.session.analysis.evidence == base.evidence
    assert not panel.session.is_dirty
    assert titles(base, entries)[1:] == before[1:]


def test_a_new_item_half_typed_is_recovered(qtbot: QtBot, panel: MatrixPanel, base: Analysis, entries: Entries) -> None:
    panel.records.new("evidence")
    typed(qtbot, panel, "A fourth")
    qtbot.waitUntil(lambda: titles(base, entries)[3:] == ["A fourth"])
    assert len(panel.session.analysis.evidence) == 3


def test_steady_typing_is_kept_without_a_pause(
    qtbot: QtBot, panel: MatrixPanel, base: Analysis, entries: Entries
) -> None:
    press(qtbot, panel, "Enter")

    def goes_on() -> bool:
        typed(qtbot, panel, "x")
        return bool(entries)

    qtbot.waitUntil(goes_on, timeout=5_000)


def test_what_was_given_up_is_not_recovered(qtbot: QtBot, panel: MatrixPanel, base: Analysis, entries: Entries) -> None:
    press(qtbot, panel, "Enter")
    typed(qtbot, panel, "Never mind")
    qtbot.waitUntil(lambda: bool(entries))
    press(qtbot, panel, "Escape")
    assert titles(base, entries) == titles(base, [])


def test_what_was_entered_is_recovered_once(qtbot: QtBot, panel: MatrixPanel, base: Analysis, entries: Entries) -> None:
    panel.records.new("evidence")
    typed(qtbot, panel, "A fourth")
    qtbot.waitUntil(lambda: bool(entries))
    press(qtbot, panel, "Enter")
    assert titles(base, entries)[3:] == ["A fourth"]
    assert state_of(replayed(base.snapshot(), entries)) == state_of(panel.session.analysis)
