"""Packing for a colleague and opening what a colleague packed, through the window."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.analyses import state_of
from helpers.desktop import Person, person_at, running_desktop
from helpers.sessions import small_analysis
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ach_desk.commands.capture import waiting
from ach_desk.storage.attachments import FileState
from ach_desk.storage.attachments import state_of as state_of_file
from ach_desk.ui import messages
from ach_desk.ui.application import Desktop

PATIENCE_MS = 20_000


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Person:
    return person_at(monkeypatch)


@pytest.fixture
def desktop(qapp: QApplication, person: Person) -> Iterator[Desktop]:
    with running_desktop(qapp) as made:
        yield made


def test_an_analysis_is_handed_over_with_its_picture(
    desktop: Desktop, person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    window = desktop.open_untitled(small_analysis(), dirty=True)
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill("red")
    data = QMimeData()
    data.setImageData(image)
    window.capture.take(data)
    qtbot.waitUntil(lambda: len(waiting(window.session.analysis)) == 1, timeout=PATIENCE_MS)
    target = tmp_path / "lamp.ach.zip"
    person.names.append(target)
    window.actions_registry["pack"].trigger()
    qtbot.waitUntil(target.exists, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "with 1 attached file." in window.statusBar().currentMessage(), timeout=PATIENCE_MS)
    assert window.session.is_dirty, "packing is no saving"
    (tmp_path / "inbox" / "lamp").mkdir(parents=True)
    (tmp_path / "inbox" / "lamp" / "mine.txt").write_text("mine")
    monkeypatch.setattr(messages, "choose_folder", lambda *_given: tmp_path / "inbox")
    desktop.opener.open(target)
    qtbot.waitUntil(lambda: len(desktop.windows) == 2, timeout=PATIENCE_MS)
    received = desktop.windows[-1]
    assert received.document.path == tmp_path / "inbox" / "lamp 2" / "lamp.ach.json"
    assert state_of(received.session.analysis) == state_of(window.session.analysis)
    (item,) = waiting(received.session.analysis)
    assert state_of_file(received.document.home, item.attachments[0]) is FileState.PRESENT
    assert (tmp_path / "inbox" / "lamp" / "mine.txt").read_text() == "mine"


def test_a_harmful_archive_is_refused_with_a_sentence_and_writes_nothing(
    desktop: Desktop, person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    with zipfile.ZipFile(tmp_path / "evil.ach.zip", "w") as archive:
        archive.writestr("../evil.txt", b"evil")
    (tmp_path / "inbox").mkdir()
    monkeypatch.setattr(messages, "choose_folder", lambda *_given: tmp_path / "inbox")
    desktop.opener.open(tmp_path / "evil.ach.zip")
    qtbot.waitUntil(lambda: bool(person.told), timeout=PATIENCE_MS)
    assert person.told[0].startswith(
        "evil.ach.zip was not unpacked: it would write outside its folder, or a hidden file (../evil.txt)."
    )
    assert list((tmp_path / "inbox").iterdir()) == []
    assert not (tmp_path / "evil.txt").exists()


def test_leaving_the_dialog_unpacks_nothing(desktop: Desktop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "choose_folder", lambda *_given: None)
    desktop.opener.open(tmp_path / "x.ach.zip")
    assert not desktop.background.is_busy
    assert desktop.windows == []
