"""One running program per person and state folder: a second start hands its files to the first and ends."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ach_desk.storage.system import user_number
from ach_desk.ui.settings import state_dir

if TYPE_CHECKING:
    # Loaded when there is somebody to talk to: a first start has no time for it before its window is there.
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE_MS = 1500
_LONGEST_MESSAGE = 1_000_000


def _server_name() -> str:
    """Return the name of the local socket: per person and per state folder, never a network address."""
    own = f"{user_number()}:{state_dir()}"
    return f"ach-desk-{hashlib.sha256(own.encode()).hexdigest()[:20]}"


def _may_be_there() -> bool:
    """Return whether a running program may be listening: whether its socket is there, where Qt keeps it as a file."""
    return sys.platform != "linux" or Path(os.environ.get("TMPDIR") or "/tmp", _server_name()).exists()


def hand_over(files: Sequence[Path]) -> bool:
    """Hand the files to a running program and return whether there was one that took them."""
    if not _may_be_there():
        return False
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(_server_name())
    if not socket.waitForConnected(_PATIENCE_MS):
        return False
    socket.write(json.dumps([str(path.absolute()) for path in files]).encode() + b"\n")
    socket.waitForBytesWritten(_PATIENCE_MS)
    taken = socket.waitForReadyRead(_PATIENCE_MS) and bytes(socket.readAll().data()).startswith(b"ok")
    socket.disconnectFromServer()
    return taken


class Reception(QObject):
    """Listens for later starts of the program. `files_received(list[Path])`, empty when only the window is wanted."""

    files_received = Signal(list)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._server: QLocalServer | None = None

    def listen(self) -> bool:
        """Listen from now on; a socket that a crash left behind is removed. Return whether it works."""
        if self._server is not None:
            return self._server.isListening()
        from PySide6.QtNetwork import QLocalServer

        self._server = server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(lambda: self._receive(server.nextPendingConnection()))
        if server.listen(_server_name()):
            return True
        QLocalServer.removeServer(_server_name())
        return server.listen(_server_name())

    def close(self) -> None:
        """Listen no more."""
        if self._server is not None:
            self._server.close()

    def _receive(self, connection: QLocalSocket) -> None:
        connection.readyRead.connect(lambda: self._read(connection))
        connection.disconnected.connect(connection.deleteLater)

    def _read(self, connection: QLocalSocket) -> None:
        if not connection.canReadLine():
            if connection.bytesAvailable() > _LONGEST_MESSAGE:
                connection.abort()
            return
        try:
            names = json.loads(bytes(connection.readLine().data()))
        except (ValueError, RecursionError):
            connection.abort()
            return
        connection.write(b"ok\n")
        connection.flush()
        if isinstance(names, list):
            self.files_received.emit([Path(name) for name in names if isinstance(name, str)])
