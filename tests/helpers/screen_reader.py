"""A screen reader for tests: tells what a program says of its controls over AT-SPI.

Runs as a process of its own with the system's Python, because the binding (gi) belongs to that one. Each line on its
input is a question as JSON, {"process": number, "window": title, "closed": [roles], "hidden": bool, "whole": bool}; the
answer is one line with the list of the program's controls from the outside in. Only windows whose title holds
`window` are looked at. Below a control with a role of `closed` it does not look; controls that are not on the screen
are left out unless `hidden`. Descriptions, typed texts and places are only in `whole` answers: each costs time.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")

from gi.repository import Atspi, GLib  # noqa: E402

_STATES = {
    "showing": Atspi.StateType.SHOWING,
    "focused": Atspi.StateType.FOCUSED,
    "focusable": Atspi.StateType.FOCUSABLE,
    "enabled": Atspi.StateType.ENABLED,
    "checked": Atspi.StateType.CHECKED,
    "selected": Atspi.StateType.SELECTED,
    "active": Atspi.StateType.ACTIVE,
    "editable": Atspi.StateType.EDITABLE,
}
_MOST = 20_000
_WITH_TEXT = {"text", "entry", "password text", "spin button"}


def main() -> None:
    """Answer questions until the input ends."""
    Atspi.init()
    Atspi.set_timeout(5000, 10_000)
    desktop = Atspi.get_desktop(0)
    desktop.set_cache_mask(Atspi.Cache.NONE)
    for line in sys.stdin:
        question = json.loads(line)
        try:
            answer = list(_controls(desktop, question))
        except GLib.Error:  # the program ended, or a window closed, while it was asked
            answer = []
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _controls(desktop: Any, question: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for number in range(desktop.get_child_count()):
        application = desktop.get_child_at_index(number)
        if application is not None and application.get_process_id() == question["process"]:
            application.set_cache_mask(Atspi.Cache.NONE)
            for window in _children(application):
                if question["window"] in (window.get_name() or ""):
                    yield from _below(window, 0, question)


def _below(control: Any, depth: int, question: dict[str, Any]) -> Iterator[dict[str, Any]]:
    states = control.get_state_set()
    if not question["hidden"] and not states.contains(Atspi.StateType.SHOWING):
        return
    role = control.get_role_name()
    yield _described(control, depth, role, states, question["whole"])
    if role not in question["closed"]:
        for child in _children(control):
            yield from _below(child, depth + 1, question)


def _children(control: Any) -> Iterator[Any]:
    for number in range(min(control.get_child_count(), _MOST)):
        child = control.get_child_at_index(number)
        if child is not None:
            yield child


def _described(control: Any, depth: int, role: str, states: Any, whole: bool) -> dict[str, Any]:
    text = control.get_text_iface() if whole and role in _WITH_TEXT else None
    return {
        "depth": depth,
        "role": role,
        "name": control.get_name() or "",
        "description": (control.get_description() or "") if whole else "",
        "states": [name for name, state in _STATES.items() if states.contains(state)],
        "text": Atspi.Text.get_text(text, 0, -1) if text is not None else "",
        "centre": _centre(control) if whole else (0, 0),
    }


def _centre(control: Any) -> tuple[int, int]:
    component = control.get_component_iface()
    if component is None:
        return 0, 0
    rect = component.get_extents(Atspi.CoordType.SCREEN)
    return rect.x + rect.width // 2, rect.y + rect.height // 2


if __name__ == "__main__":
    main()
