"""A screen reader for tests: tells what a program says of its controls over AT-SPI.

Runs as a process of its own with the system's Python, because the binding (gi) belongs to that one. Each line on its
input is a question as JSON, {"process": number, "window": title, "closed": [roles], "hidden": bool, "whole": bool}; the
answer is one line with the list of the program's controls from the outside in. Only windows whose title holds
`window` are looked at. Below a control with a role of `closed` it does not look; controls that are not on the screen
are left out unless `hidden`. Descriptions, typed texts and places are only in `whole` answers: each costs time.

It speaks D-Bus itself and asks for all children of a control at once. Asking for them one by one, as libatspi does,
asks for some that are gone by then, and Qt 6.11 reads beyond its list of the parts of a scroll area for those.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from gi.repository import Gio, GLib

_ACCESSIBLE = "org.a11y.atspi.Accessible"
_ROOT = "/org/a11y/atspi/accessible/root"
_STATES = {
    "active": 1,
    "checked": 4,
    "editable": 7,
    "enabled": 8,
    "focusable": 11,
    "focused": 12,
    "selected": 23,
    "showing": 25,
}
_WITH_TEXT = ("text", "entry", "password text", "spin button")
_PATIENCE_MS = 10_000


@dataclass(frozen=True)
class _Call:
    """One question to a control: the method with its arguments."""

    place: tuple[str, str]
    interface: str
    method: str
    arguments: GLib.Variant | None = None


@dataclass
class _Node:
    place: tuple[str, str]
    depth: int
    facts: dict[str, Any] = field(default_factory=dict)
    children: list[_Node] = field(default_factory=list)


class Reader:
    """Reads trees of controls, a level at a time, so that the program answers many questions in one turn."""

    def __init__(self) -> None:
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        asked = session.call_sync(
            "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, 0, _PATIENCE_MS, None
        )
        flags = Gio.DBusConnectionFlags
        self._bus = Gio.DBusConnection.new_for_address_sync(
            asked.unpack()[0], flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None
        )

    def answer(self, question: dict[str, Any]) -> list[dict[str, Any]]:
        """Return the controls that the question asks for."""
        application = self._application(question["process"])
        if application is None:
            return []
        windows = [window for window in self._children([_Node(application, -1)]) if window is not None]
        self._describe(windows, question)
        windows = [window for window in windows if question["window"] in window.facts.get("name", "")]
        level = windows
        while level:
            level = [node for node in level if self._is_wanted(node, question)]
            level = self._children([node for node in level if node.facts["role"] not in question["closed"]])
            self._describe(level, question)
        return [entry for window in windows for entry in _flat(window, question["hidden"])]

    def _application(self, process: int) -> tuple[str, str] | None:
        root = _Call(("org.a11y.atspi.Registry", _ROOT), _ACCESSIBLE, "GetChildren")
        (answer,) = self._ask([root])
        places = [tuple(place) for place in answer[0]] if answer else []
        bus = ("org.freedesktop.DBus", "/org/freedesktop/DBus")
        numbers = self._ask(
            [
                _Call(bus, "org.freedesktop.DBus", "GetConnectionUnixProcessID", GLib.Variant("(s)", (name,)))
                for name, _path in places
            ]
        )
        found = (place for place, number in zip(places, numbers, strict=True) if number and number[0] == process)
        return next(found, None)

    @staticmethod
    def _is_wanted(node: _Node, question: dict[str, Any]) -> bool:
        return bool(node.facts) and (question["hidden"] or "showing" in node.facts["states"])

    def _children(self, parents: Sequence[_Node]) -> list[_Node]:
        answers = self._ask([_Call(parent.place, _ACCESSIBLE, "GetChildren") for parent in parents])
        for parent, answer in zip(parents, answers, strict=True):
            places = answer[0] if answer else []
            parent.children = [
                _Node(tuple(place), parent.depth + 1) for place in places if not place[1].endswith("null")
            ]
        return [child for parent in parents for child in parent.children]

    def _describe(self, nodes: Sequence[_Node], question: dict[str, Any]) -> None:
        """Put name, role and the rest into `facts`; a control that has gone meanwhile has none."""
        states = self._ask([_Call(node.place, _ACCESSIBLE, "GetState") for node in nodes])
        roles = self._ask([_Call(node.place, _ACCESSIBLE, "GetRoleName") for node in nodes])
        names = self._ask([_property(node, "Name") for node in nodes])
        for node, state, role, name in zip(nodes, states, roles, names, strict=True):
            if state and role and name:
                bits = state[0][0] | state[0][1] << 32
                node.facts = {
                    "role": role[0],
                    "name": name[0],
                    "states": [word for word, bit in _STATES.items() if bits >> bit & 1],
                    "description": "",
                    "text": "",
                    "centre": (0, 0),
                }
        if question["whole"]:
            self._describe_further([node for node in nodes if self._is_wanted(node, question)])

    def _describe_further(self, nodes: Sequence[_Node]) -> None:
        descriptions = self._ask([_property(node, "Description") for node in nodes])
        on_screen = GLib.Variant("(u)", (0,))
        places = self._ask([_Call(node.place, "org.a11y.atspi.Component", "GetExtents", on_screen) for node in nodes])
        for node, description, place in zip(nodes, descriptions, places, strict=True):
            node.facts["description"] = description[0] if description else ""
            x, y, width, height = place[0] if place else (0, 0, 0, 0)
            node.facts["centre"] = (x + width // 2, y + height // 2)
        typed = [node for node in nodes if node.facts["role"] in _WITH_TEXT]
        everything = GLib.Variant("(ii)", (0, -1))
        texts = self._ask([_Call(node.place, "org.a11y.atspi.Text", "GetText", everything) for node in typed])
        for node, text in zip(typed, texts, strict=True):
            node.facts["text"] = text[0] if text else ""

    def _ask(self, calls: Sequence[_Call]) -> list[tuple[Any, ...]]:
        """Return the answers to all calls, in their order; () where there was none."""
        answers: list[tuple[Any, ...] | None] = [None] * len(calls)

        def take(bus: Gio.DBusConnection, result: Gio.AsyncResult, number: int) -> None:
            try:
                answers[number] = bus.call_finish(result).unpack()
            except GLib.Error:  # the control, its window or the program has gone meanwhile
                answers[number] = ()

        for number, call in enumerate(calls):
            name, path = call.place
            self._bus.call(
                name, path, call.interface, call.method, call.arguments, None, 0, _PATIENCE_MS, None, take, number
            )
        while any(answer is None for answer in answers):
            GLib.MainContext.default().iteration(True)
        return [answer or () for answer in answers]


def _property(node: _Node, name: str) -> _Call:
    wanted = GLib.Variant("(ss)", (_ACCESSIBLE, name))
    return _Call(node.place, "org.freedesktop.DBus.Properties", "Get", wanted)


def _flat(node: _Node, hidden: bool) -> list[dict[str, Any]]:
    if not node.facts or not (hidden or "showing" in node.facts["states"]):
        return []
    return [{"depth": node.depth, **node.facts}, *(entry for child in node.children for entry in _flat(child, hidden))]


def main() -> None:
    """Answer questions until the input ends."""
    reader = Reader()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(reader.answer(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
