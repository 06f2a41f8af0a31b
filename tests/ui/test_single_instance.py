"""A second start hands its files to the program that runs, and takes the place of one that crashed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from ach_desk.ui import single_instance
from ach_desk.ui.single_instance import Reception, hand_over

PATIENCE = 20_000
_SECOND_START = (
    "import json, sys; from pathlib import Path; from ach_desk.ui.single_instance import hand_over\n"
    "print(hand_over([Path(name) for name in json.load(sys.stdin)]))"
)


class SecondStart:
    """`hand_over` in a process of its own, as a second start of the program."""

    def __init__(self, *files: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _SECOND_START], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._process.stdin.write(json.dumps([str(path) for path in files]))
        self._process.stdin.close()

    def wait(self, qtbot: QtBot) -> bool:
        """Return what `hand_over` returned."""
        qtbot.waitUntil(lambda: self._process.poll() is not None, timeout=PATIENCE)
        with self._process as process:
            return {"True\n": True, "False\n": False}[process.stdout.read()]


@pytest.fixture
def parent(qapp: QCoreApplication) -> Iterator[QObject]:
    parent = QObject()
    yield parent
    parent.deleteLater()


@pytest.fixture
def reception(parent: QObject) -> Iterator[Reception]:
    made = Reception(parent)
    assert made.listen()
    yield made
    made.close()


@pytest.fixture
def received(reception: Reception) -> list[list[Path]]:
    found: list[list[Path]] = []
    reception.files_received.connect(found.append)
    return found


def test_nobody_takes_the_files_when_no_program_runs(qapp: QCoreApplication, tmp_path: Path) -> None:
    assert not hand_over([tmp_path / "case.ach.json"])


def test_the_running_program_gets_absolute_paths(
    received: list[list[Path]], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    start = SecondStart(Path("one.ach.json"), tmp_path / "zwei 漢字.ach.json")
    assert start.wait(qtbot) is True
    assert received == [[tmp_path / "one.ach.json", tmp_path / "zwei 漢字.ach.json"]]


def test_a_start_without_files_asks_for_the_window_only(received: list[list[Path]], qtbot: QtBot) -> None:
    assert SecondStart().wait(qtbot) is True
    assert received == [[]]


def test_several_starts_are_all_answered(received: list[list[Path]], qtbot: QtBot, tmp_path: Path) -> None:
    starts = [SecondStart(tmp_path / str(number)) for number in range(2)]
    assert [start.wait(qtbot) for start in starts] == [True] * 2
    assert sorted(received) == [[tmp_path / str(number)] for number in range(2)]


def test_a_long_list_of_files_arrives_whole(received: list[list[Path]], qtbot: QtBot, tmp_path: Path) -> None:
    files = [tmp_path / f"{number:04}{'x' * 100}" for number in range(2_000)]
    assert SecondStart(*files).wait(qtbot) is True
    assert received == [files]


def test_a_program_with_another_state_folder_is_another_program(
    received: list[list[Path]], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ACH_DESK_STATE_DIR", str(tmp_path / "other"))
    assert SecondStart().wait(qtbot) is False
    assert received == []


def test_nonsense_opens_nothing_and_does_no_harm(received: list[list[Path]], qtbot: QtBot, tmp_path: Path) -> None:
    for message in (b"not json\n", b"{}\n", b"[1, null]\n", b"[" * 100_000 + b"\n"):
        socket = QLocalSocket()
        socket.connectToServer(single_instance._server_name())
        socket.write(message)
        ended = socket.LocalSocketState.UnconnectedState
        qtbot.waitUntil(lambda socket=socket, ended=ended: socket.state() == ended or socket.bytesAvailable() > 0)
        socket.disconnectFromServer()
    assert [path for files in received for path in files] == []
    received.clear()
    assert SecondStart(tmp_path).wait(qtbot) is True
    assert received == [[tmp_path]]


def test_a_message_without_end_is_cut_off(
    reception: Reception, received: list[list[Path]], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_instance, "_LONGEST_MESSAGE", 1_000)
    socket = QLocalSocket()
    socket.connectToServer(single_instance._server_name())
    socket.write(b"x" * 10_000)
    qtbot.waitUntil(lambda: socket.state() == socket.LocalSocketState.UnconnectedState)
    assert received == []


def test_a_socket_that_a_crash_left_is_taken_over(parent: QObject, qtbot: QtBot, tmp_path: Path) -> None:
    code = (
        "import os, signal; from PySide6.QtCore import QCoreApplication, QObject\n"
        "from ach_desk.ui.single_instance import Reception\n"
        "app = QCoreApplication([]); r = Reception(app); assert r.listen(); print('listens', flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert killed.stdout == "listens\n"
    assert not hand_over([tmp_path])
    reception = Reception(parent)
    assert reception.listen()
    assert SecondStart(tmp_path).wait(qtbot) is True
    reception.close()
    assert not hand_over([tmp_path])
