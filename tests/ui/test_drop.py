"""Files dragged from a file manager onto a window are opened; what is no file of this machine is not taken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.desktop import Person, person_at, running_desktop
from helpers.sessions import small_analysis
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ach_desk.commands.capture import waiting
from ach_desk.storage.files import write_document
from ach_desk.ui.application import Desktop
from ach_desk.ui.start import StartWindow

PATIENCE_MS = 20_000


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Person:
    return person_at(monkeypatch)


@pytest.fixture
def desktop(qapp: QApplication, person: Person) -> Iterator[Desktop]:
    with running_desktop(qapp) as made:
        yield made


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Return two analyses on the disk."""
    paths = [tmp_path / "first.ach.json", tmp_path / "second.ach.json"]
    for path in paths:
        write_document(path, small_analysis(), expected=None)
    return paths


def drag(window: QWidget, *urls: QUrl) -> bool:
    """Drag the addresses over the window and, if it takes them, drop them there; return whether it did."""
    data = QMimeData()
    data.setUrls(list(urls))
    data.setText("some text")
    copying, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    over = QDragEnterEvent(QPoint(20, 20), copying, data, left, none)
    over.ignore()
    QApplication.sendEvent(window, over)
    if over.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(20, 20), copying, data, left, none))
    return over.isAccepted()


def start_pages() -> list[QWidget]:
    return [page for page in QApplication.topLevelWidgets() if isinstance(page, StartWindow) and page.isVisible()]


def names(desktop: Desktop) -> list[str]:
    return sorted(window.document.path.name for window in desktop.windows)


def test_files_dropped_on_the_start_page_open_and_it_closes(desktop: Desktop, files: list[Path], qtbot: QtBot) -> None:
    desktop.show_start()
    (page,) = start_pages()
    assert drag(page, *(QUrl.fromLocalFile(str(path)) for path in files))
    qtbot.waitUntil(lambda: names(desktop) == ["first.ach.json", "second.ach.json"], timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not start_pages(), timeout=PATIENCE_MS)


def test_a_file_dropped_on_an_analysis_gets_a_window_of_its_own(
    desktop: Desktop, files: list[Path], qtbot: QtBot
) -> None:
    desktop.opener.open(files[0], at_once=True)
    window = desktop.windows[0]
    assert drag(window, QUrl.fromLocalFile(str(files[1])), QUrl("https://example.org/third.ach.json"))
    qtbot.waitUntil(lambda: names(desktop) == ["first.ach.json", "second.ach.json"], timeout=PATIENCE_MS)
    assert window.document.path == files[0]
    assert drag(window, QUrl.fromLocalFile(str(files[0])))
    assert names(desktop) == ["first.ach.json", "second.ach.json"]


def test_an_address_and_plain_text_are_not_taken_by_the_start_page(desktop: Desktop) -> None:
    desktop.show_start()
    (page,) = start_pages()
    assert not drag(page, QUrl("https://example.org/third.ach.json"))
    assert not drag(page)


def test_what_is_no_analysis_is_captured_by_the_window_it_is_dropped_on(
    desktop: Desktop, files: list[Path], tmp_path: Path, qtbot: QtBot
) -> None:
    desktop.opener.open(files[0], at_once=True)
    window = desktop.windows[0]
    (tmp_path / "report.pdf").write_bytes(b"%PDF")
    assert drag(window, QUrl("https://example.org/third.ach.json"))
    assert drag(window)
    assert drag(window, *(QUrl.fromLocalFile(str(path)) for path in (tmp_path / "report.pdf", files[1])))
    qtbot.waitUntil(lambda: len(waiting(window.session.analysis)) == 3, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: names(desktop) == ["first.ach.json", "second.ach.json"], timeout=PATIENCE_MS)
    items = waiting(window.session.analysis)
    assert [item.title for item in items] == ["some text", "some text", "report"]
    assert items[0].link == "https://example.org/third.ach.json"
    assert (tmp_path / "report.pdf").exists(), "it was copied and not moved"


def test_a_read_only_analysis_takes_nothing_but_files_to_open(desktop: Desktop, files: list[Path]) -> None:
    desktop.opener.open(files[0], at_once=True)
    window = desktop.windows[0]
    window.session.read_only = True
    assert not drag(window)
    assert waiting(window.session.analysis) == []
