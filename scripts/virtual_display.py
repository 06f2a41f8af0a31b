"""A screen without a screen: Xvfb on a free display number, for tests, benchmarks and the manual's pictures."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def virtual_display(
    width: int = 1366, height: int = 768, window_manager: bool = False, pictures: Path | None = None
) -> Iterator[str]:
    """Start an X server of that size and yield its name (":99"); stop it afterwards.

    The server chooses the number itself, so that several can start at once. With `window_manager` openbox runs on it:
    windows then get titles, focus and dialogs on top as on a desktop. With `pictures` the server keeps what is on the
    screen in that folder, as the file ``Xvfb_screen0`` in the XWD format. Raises FileNotFoundError when a program is
    missing and RuntimeError when the server does not start.
    """
    reading, writing = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(writing),
        "-screen",
        "0",
        f"{width}x{height}x24",
        "-nolisten",
        "tcp",
        "-noreset",
    ]
    if pictures is not None:
        command += ["-fbdir", str(pictures)]
    with os.fdopen(reading) as answer:
        try:
            server = subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL)
        finally:
            os.close(writing)
        try:
            number = answer.readline().strip()
            if not number:
                raise RuntimeError("Xvfb did not start")
            display = f":{number}"
            if window_manager:
                with _openbox(display):
                    yield display
            else:
                yield display
        finally:
            server.terminate()
            server.wait()


@contextmanager
def _openbox(display: str) -> Iterator[None]:
    """Run openbox on `display`, from the moment it manages windows."""
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready"
        os.mkfifo(ready)
        environment = {**os.environ, "DISPLAY": display}
        manager = subprocess.Popen(
            ["openbox", "--startup", f"sh -c 'echo ready >{ready}'"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            ready.read_text()  # a pipe: this waits for openbox to write
            yield
        finally:
            manager.terminate()
            manager.wait()
