"""What is built behind the first picture of a window waits for it, and what is short comes before what is long."""

from __future__ import annotations

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ach_desk.ui.first_picture import FirstPicture


class _Window(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.picture = FirstPicture(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        self.picture.note()


def test_painted_comes_before_seen_and_each_once(qtbot: QtBot) -> None:
    window = _Window()
    qtbot.addWidget(window)
    picture, told = window.picture, []
    picture.seen.connect(lambda: told.append("seen"))
    picture.painted.connect(lambda: told.append("painted"))
    assert not picture.is_seen
    with qtbot.waitSignal(picture.seen):
        window.show()
    assert picture.is_seen
    window.hide()
    with qtbot.waitExposed(window):
        window.show()
    assert told == ["painted", "seen"]
