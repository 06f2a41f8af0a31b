"""A desktop without a screen for journeys: a display with windows, keys and mouse, a clipboard and a screen reader."""

from __future__ import annotations

import json
import os
import re
import shutil
import struct
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from helpers.tools import needs, needs_tool
from scripts.virtual_display import virtual_display

PATIENCE = 40.0
"""Seconds that anything may take on a slow and busy machine before a journey fails."""

_PAUSE = 0.03
_SYSTEM_PYTHON = "/usr/bin/python3"
_ACCESSIBILITY_BUS = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")
_READER = Path(__file__).with_name("screen_reader.py")
_XWD_NUMBERS = 25


def wait_until(condition: Callable[[], Any], what: str, patience: float = PATIENCE) -> Any:
    """Ask `condition` again and again; return what it returns once that is true. Raises TimeoutError naming `what`."""
    deadline = time.monotonic() + patience
    while True:
        if answer := condition():
            return answer
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {patience:.0f} s in vain: {what}")
        time.sleep(_PAUSE)


@dataclass(frozen=True)
class Control:
    """What a screen reader is told of one control, `depth` levels below its window; `states` as AT-SPI names them.

    centre: where its middle is on the screen.
    """

    depth: int
    role: str
    name: str
    description: str
    states: frozenset[str]
    text: str
    centre: tuple[int, int]


@dataclass
class Screen:
    """One display with a window manager, a session bus and a screen reader.

    environment: what a program needs to appear on it. keystrokes: how many keys were pressed so far.
    """

    environment: dict[str, str]
    picture_file: Path
    reader: subprocess.Popen[str]
    keystrokes: int = field(default=0)

    def press(self, *keys: str) -> None:
        """Press keys one after the other, named as X names them ("ctrl+s", "Return", "shift+i")."""
        self.keystrokes += len(keys)
        self._tool("key", "--delay", "4", *keys)

    def write(self, text: str, delay: int = 4) -> None:
        """Type a text with `delay` milliseconds at each character; each counts as a key, a line break as Return."""
        for number, line in enumerate(text.split("\n")):
            if number:
                self.press("Return")
            self.keystrokes += len(line)
            self._tool("type", "--delay", str(delay), "--", line)

    def click(self, x: int, y: int, holding: str = "") -> None:
        """Click the left button at a place of the screen, with a key such as "shift" held down."""
        keys = (["keydown", holding], ["keyup", holding]) if holding else ([], [])
        self._tool(*keys[0], "mousemove", str(x), str(y), "click", "1", *keys[1])

    def hover(self, x: int, y: int) -> None:
        """Move the mouse to a place of the screen."""
        self._tool("mousemove", str(x), str(y))

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Drag with the left button from one place of the screen to another, by way of the middle."""
        middle = [str((one + other) // 2) for one, other in zip(start, end, strict=True)]
        self._tool("mousemove", *map(str, start), "mousedown", "1", "mousemove", *middle)
        self._tool("mousemove", *map(str, end), "mouseup", "1")

    @property
    def active_title(self) -> str:
        """Return the title of the window with the keyboard; "" when no window has it.

        The window manager names a window the active one a moment before keys arrive there: both must be the same.
        """
        active = self._tool("getactivewindow", may_fail=True).strip()
        with_keys = self._tool("getwindowfocus", may_fail=True).strip()
        return self._tool("getwindowname", active, may_fail=True).strip() if active and active == with_keys else ""

    @property
    def titles(self) -> list[str]:
        """Return the titles of the windows that are shown."""
        numbers = self._tool("search", "--onlyvisible", "--name", ".", may_fail=True).split()
        return [self._tool("getwindowname", number, may_fail=True).strip() for number in numbers]

    def wait_for_window(self, pattern: str) -> str:
        """Wait until a window whose whole title fits the pattern has the keyboard; return the title."""
        wait_until(
            lambda: re.fullmatch(pattern, self.active_title),
            f"a window {pattern!r} with the keyboard (there are {self.titles}, {self.active_title!r} has it)",
        )
        return self.active_title

    def copy(self, text: str, form: str = "") -> None:
        """Put a text on the clipboard, as another program would; `form` may be "text/html"."""
        self._clipboard("-i", *(("-t", form) if form else ()), given=text)

    @property
    def clipboard(self) -> str:
        """Return the text on the clipboard; "" when there is none."""
        return self._clipboard("-o")

    def picture(self) -> np.ndarray:
        """Return what is on the screen: height x width x 3, red, green, blue, 0 to 255."""
        data = self.picture_file.read_bytes()
        numbers = struct.unpack(f">{_XWD_NUMBERS}I", data[: 4 * _XWD_NUMBERS])
        head, width, height, per_line, colours = (numbers[place] for place in (0, 4, 5, 12, 19))
        start = head + 12 * colours
        pixels = np.frombuffer(data, np.uint8, height * per_line, start).reshape(height, per_line // 4, 4)
        return pixels[:, :width, 2::-1]

    def save_picture(self, path: Path) -> None:
        """Write what is on the screen as a PNG."""
        Image.fromarray(np.ascontiguousarray(self.picture())).save(path)

    def controls(
        self, process: int, *, window: str = "", closed: Sequence[str] = (), hidden: bool = False, whole: bool = False
    ) -> list[Control]:
        """Return what the program says of its controls; see `screen_reader` for the arguments."""
        question = {"process": process, "window": window, "closed": list(closed), "hidden": hidden, "whole": whole}
        assert self.reader.stdin is not None
        assert self.reader.stdout is not None
        self.reader.stdin.write(json.dumps(question) + "\n")
        self.reader.stdin.flush()
        answer = json.loads(self.reader.stdout.readline())
        return [
            Control(**{**entry, "states": frozenset(entry["states"]), "centre": tuple(entry["centre"])})
            for entry in answer
        ]

    def _tool(self, *arguments: str, may_fail: bool = False) -> str:
        done = subprocess.run(
            ["xdotool", *arguments], env=self.environment, capture_output=True, text=True, check=False
        )
        if done.returncode and not may_fail:
            raise RuntimeError(f"xdotool {arguments[0]}: {done.stderr}")
        return done.stdout

    def _clipboard(self, direction: str, *options: str, given: str = "") -> str:
        command = ["xclip", "-selection", "clipboard", direction, *options]
        with subprocess.Popen(
            command,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE if direction == "-o" else subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as tool:
            return tool.communicate(given)[0] or ""


@contextmanager
def virtual_desktop(width: int = 1366, height: int = 768) -> Iterator[Screen]:
    """Yield a desktop of its own, ended afterwards; skips (under CI fails) the test when a tool is missing."""
    needs_tool("Xvfb", "openbox", "xdotool", "xclip", "dbus-daemon")
    needs(_has_screen_reader(), "the packages at-spi2-core and python3-gi")
    with ExitStack() as stack:
        # Sockets live in here, and their paths may only be some hundred characters long.
        folder = Path(tempfile.mkdtemp(prefix="ach-screen-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        display = stack.enter_context(virtual_display(width, height, window_manager=True, pictures=folder))
        environment = {
            **os.environ,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "XDG_RUNTIME_DIR": str(folder),
            "HOME": str(folder),
        }
        environment["DBUS_SESSION_BUS_ADDRESS"] = stack.enter_context(_session_bus(environment))
        reader = stack.enter_context(_running([_SYSTEM_PYTHON, str(_READER)], environment, stdin=subprocess.PIPE))
        yield Screen(environment, folder / "Xvfb_screen0", reader)


def _has_screen_reader() -> bool:
    command = [_SYSTEM_PYTHON, "-c", "from gi.repository import Gio"]
    return _ACCESSIBILITY_BUS.exists() and not subprocess.run(command, capture_output=True, check=False).returncode


@contextmanager
def _session_bus(environment: dict[str, str]) -> Iterator[str]:
    command = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"]
    with _running(command, environment) as bus:
        assert bus.stdout is not None
        yield bus.stdout.readline().strip()


@contextmanager
def _running(command: list[str], environment: dict[str, str], **options: Any) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, **options
    ) as process:
        try:
            yield process
        finally:
            process.terminate()
