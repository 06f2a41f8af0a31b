"""Who listens is heard at once, or from the moment on that the start lets events through."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from pytestqt.qtbot import QtBot

from ach_desk.ui.widgets import listening


@pytest.fixture
def held() -> Iterator[None]:
    listening.hold_back()
    yield
    listening.let_through()


def _send(receiver: QObject) -> None:
    QCoreApplication.sendEvent(receiver, QEvent(QEvent.Type.User))


def test_an_event_is_heard_before_its_receiver_and_ends_where_the_listener_says(qtbot: QtBot) -> None:
    class Receiver(QObject):
        def event(self, event: QEvent) -> bool:
            if event.type() == QEvent.Type.User:
                heard.append("receiver")
            return True

    heard: list[str] = []
    receiver, ends = Receiver(), False

    def handle(event: QEvent) -> bool:
        heard.append("listener")
        return ends

    listening.listen(receiver, handle)
    _send(receiver)
    ends = True
    _send(receiver)
    assert heard == ["listener", "receiver", "listener"]


def test_held_back_nothing_is_heard_until_it_is_let_through(qtbot: QtBot, held: None) -> None:
    heard: list[QEvent.Type] = []

    def handle(event: QEvent) -> bool:
        heard.append(event.type())
        return False

    receiver = QObject()
    listening.listen(receiver, handle)
    _send(receiver)
    assert heard == []
    listening.let_through()
    _send(receiver)
    assert heard == [QEvent.Type.User]
    later = QObject()
    listening.listen(later, handle)
    _send(later)
    assert len(heard) == 2


def test_what_is_gone_by_then_is_passed_over(qtbot: QtBot, held: None) -> None:
    receiver = QObject()
    listening.listen(receiver, lambda event: False)
    receiver.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    listening.let_through()
