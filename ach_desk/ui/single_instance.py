"""One running program per person and state folder: a second start hands its files to the first and ends."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from ach_desk.storage.system import user_number
from ach_desk.ui.settings import state_dir

_PATIENCE_MS = 1500
_LONGEST_MESSAGE = 1_000_000


def _server_name() -> str:
    """Return the name of the local socket: per person and per state folder, never a network address."""
    own = f"{user_number()}:{state_dir()}"
    return f"ach-desk-{hashlib.sha256(own.encode()).hexdigest()[:20]}"


def hand_over(files: Sequence[Path]) -> bool:
    """Hand the files to a running program and return whether there was one that took them."""
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
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._receive)

    def listen(self) -> bool:
        """Begin to listen; a socket that a crash left behind is removed. Return whether it works."""
        if self._server.listen(_server_name()):
            return True
        QLocalServer.removeServer(_server_name())
        return self._server.listen(_server_name())

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _receive(self) -> None:
        connection = self._server.nextPendingConnection()
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
