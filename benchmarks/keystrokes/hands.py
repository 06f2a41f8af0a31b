"""Hands on a display: they do acts in whatever window has the keyboard, by xdotool, and keep count."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from benchmarks.keystrokes.acts import Act, Click, Drag, Key, Stage, Text, Typed, Wait

Point = tuple[int, int]

_DELAY_MS = "8"
_DRAG_STEPS, _DRAG_STEP_S = 8, 0.05


@dataclass
class Hands:
    """environment: what a program needs to reach the display. where: the point of a place that acts name.

    see: what is done at an act `Wait`, with its text. settle: waits until the program has done what it was told, before
    the mouse is used or a key is pressed together with another: programs ask only then what is held down.
    count: keystrokes, clicks and drags so far, as `Stage.count` counts them.
    """

    environment: Mapping[str, str]
    where: Callable[[str], Point]
    see: Callable[[str], object]
    settle: Callable[[], object] = lambda: None
    count: int = field(default=0)

    def do(self, stages: Iterable[Stage]) -> None:
        """Do the acts of the stages one after the other."""
        for stage in stages:
            for act in stage.acts:
                self._do(act)

    def _do(self, act: Act) -> None:
        match act:
            case Text(text):
                self._type(text)
            case Typed(text):
                self.count += len(text)
                self._type(text)
            case Key(name):
                self.count += 1
                self._press(name)
            case Click(place, holding, double):
                self.count += 1
                self._click(self.where(place), holding, 2 if double else 1)
            case Drag(start, end, holding):
                self.count += 1
                self._drag(start, end, holding)
            case Wait(what):
                self.see(what)

    def _press(self, name: str) -> None:
        if "+" in name:
            self.settle()
        self._tool("key", "--delay", _DELAY_MS, name)
        if "+" in name:
            self.settle()

    def _type(self, text: str) -> None:
        self._tool("type", "--delay", _DELAY_MS, "--", text)

    def _click(self, at: Point, holding: str, times: int) -> None:
        self.settle()
        self._tool("mousemove", *map(str, at))
        with self._held(holding):
            self._tool("click", "--repeat", str(times), "--delay", "60", "1")
            self.settle()

    def _drag(self, start: str, end: str, holding: str) -> None:
        """Press at the start, and find the end only then: it may have to be scrolled to. Move in small steps."""
        self.settle()
        first = self.where(start)
        self._tool("mousemove", *map(str, first), "mousedown", "1")
        last = self.where(end)
        for step in range(1, _DRAG_STEPS + 1):
            between = (round(one + (other - one) * step / _DRAG_STEPS) for one, other in zip(first, last, strict=True))
            self._tool("mousemove", *map(str, between))
            time.sleep(_DRAG_STEP_S)
        self.settle()
        with self._held(holding):
            self._tool("mouseup", "1")
            self.settle()

    @contextmanager
    def _held(self, key: str) -> Iterator[None]:
        if key:
            self._tool("keydown", key)
            self.settle()
        try:
            yield
        finally:
            if key:
                self._tool("keyup", key)

    def _tool(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=dict(self.environment), check=True, capture_output=True)
