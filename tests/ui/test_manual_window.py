"""The manual in the program: its chapters, its links, its pictures, and nothing from anywhere else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QColor, QImage, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QTextBrowser
from pytestqt.qtbot import QtBot

from ach_desk import paths
from ach_desk.ui.manual import ManualWindow

_IMAGE = QTextDocument.ResourceType.ImageResource.value


def _picture(path: Path, colour: str, width: int = 60) -> None:
    image = QImage(width, 40, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    assert image.save(str(path))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Path:
    """Return a small manual that refers to pictures and pages inside and outside of it."""
    folder = tmp_path / "manual"
    (folder / "images").mkdir(parents=True)
    _picture(folder / "images" / "in.png", "#00ff00")
    _picture(folder / "images" / "wide.png", "#00ff00", 4_000)
    _picture(tmp_path / "out.png", "#ff0000")
    (tmp_path / "secret.md").write_text("# Secret\n")
    outside = tmp_path / "out.png"
    pictures = [
        "images/in.png",
        "../out.png",
        str(outside),
        outside.as_uri(),
        "images/../../out.png",
        "http://127.0.0.1:9/out.png",
        "images/missing.png",
    ]
    (folder / "index.md").write_text(
        "# First chapter\n\nSee [keys](matrix.md#key-strip).\n\n" + "\n\n".join(f"![a]({name})" for name in pictures)
    )
    long = "\n\n".join(f"Paragraph {number}." for number in range(60))
    (folder / "matrix.md").write_text(
        f"# The matrix\n\nRating with zebra.\n\n{long}\n\n## Key strip!\n\nHere.\n\n{long}\n"
    )
    (folder / "a-b.md").write_text("# Another\n\n![w](images/wide.png)\n")
    monkeypatch.setattr(paths, "manual", lambda: folder)
    return folder


@pytest.fixture
def window(folder: Path, qtbot: QtBot) -> Iterator[ManualWindow]:
    window = ManualWindow()
    window.show()
    yield window
    window.close()
    qtbot.waitUntil(lambda: window not in QApplication.topLevelWidgets())


def _page(window: ManualWindow) -> QTextBrowser:
    return window.findChild(QTextBrowser)


def _chapters(window: ManualWindow) -> QListWidget:
    return window.findChild(QListWidget)


def _shown_chapters(window: ManualWindow) -> list[str]:
    chapters = _chapters(window)
    items = [chapters.item(row) for row in range(chapters.count())]
    return [item.text() for item in items if not item.isHidden()]


def _title(window: ManualWindow) -> str:
    return _page(window).document().begin().text()


def test_it_begins_with_the_index_and_lists_every_chapter(window: ManualWindow) -> None:
    assert _shown_chapters(window) == ["First chapter", "The matrix", "Another"]  # as the first page names them
    assert _title(window) == "First chapter"
    assert _chapters(window).currentItem().text() == "First chapter"


def test_choosing_a_chapter_shows_it(window: ManualWindow) -> None:
    _chapters(window).setFocus()
    QTest.keyClick(_chapters(window), Qt.Key.Key_Down)
    assert _title(window) == "The matrix"


def test_a_page_is_shown_at_its_heading(window: ManualWindow) -> None:
    window.show_page("matrix.md#key-strip")
    assert _title(window) == "The matrix"
    top = _page(window).cursorForPosition(_page(window).viewport().rect().topLeft()).block().text()
    assert top in ("Key strip!", "Paragraph 59.")
    window.show_page("matrix.md#nowhere")
    assert _title(window) == "The matrix"
    window.show_page("missing.md")
    assert _title(window) == "The matrix"


def test_links_lead_to_chapters_and_headings(window: ManualWindow) -> None:
    page = _page(window)
    page.anchorClicked.emit(QUrl("matrix.md"))
    assert _title(window) == "The matrix"
    assert page.verticalScrollBar().value() == 0
    page.anchorClicked.emit(QUrl("#key-strip"))
    assert page.verticalScrollBar().value() > 0
    page.anchorClicked.emit(QUrl("index.md"))
    assert _title(window) == "First chapter"


@pytest.mark.parametrize("target", ["../secret.md", "https://example.org/", "file:///etc/passwd", "missing.md", ""])
def test_links_that_lead_out_of_the_manual_lead_nowhere(target: str, window: ManualWindow) -> None:
    before = _page(window).toPlainText()
    _page(window).anchorClicked.emit(QUrl(target))
    assert _page(window).toPlainText() == before
    assert _page(window).source().isEmpty()


def test_only_pictures_of_its_own_folder_are_shown(window: ManualWindow) -> None:
    picture = _page(window).grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(0, picture.height(), 3)}
    assert "#00ff00" in colours
    assert "#ff0000" not in colours


def test_nothing_else_is_loaded(window: ManualWindow, folder: Path) -> None:
    outside = folder.parent / "out.png"
    for name in ("../out.png", str(outside), outside.as_uri(), "http://127.0.0.1:9/x.png", "images/missing.png"):
        image = _page(window).loadResource(_IMAGE, QUrl(name))
        assert (image.width(), image.height()) == (1, 1)
        assert image.pixelColor(0, 0).alpha() == 0
    for kind in QTextDocument.ResourceType:
        if kind.value != _IMAGE:
            assert not _page(window).loadResource(kind.value, QUrl.fromLocalFile(str(folder / "index.md")))


def test_a_wide_picture_is_fitted_to_the_page(window: ManualWindow) -> None:
    image = _page(window).loadResource(_IMAGE, QUrl("images/wide.png"))
    assert 320 <= image.width() <= _page(window).viewport().width()


def test_searching_leaves_the_chapters_with_the_words_and_finds_them(window: ManualWindow) -> None:
    search = window.findChild(QLineEdit)
    window.show_page("matrix.md")
    QTest.keyClicks(search, "ZEBRA")
    assert _shown_chapters(window) == ["The matrix"]
    assert _page(window).textCursor().selectedText() == "zebra"
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert _page(window).textCursor().selectedText() == "zebra"
    search.clear()
    assert len(_shown_chapters(window)) == 3
    QTest.keyClicks(search, "no such word anywhere")
    assert _shown_chapters(window) == []


def test_searching_goes_to_the_next_place(window: ManualWindow) -> None:
    search = window.findChild(QLineEdit)
    window.show_page("matrix.md")
    QTest.keyClicks(search, "Paragraph 3.")
    first = _page(window).textCursor().position()
    QTest.keyClick(search, Qt.Key.Key_Return)
    second = _page(window).textCursor().position()
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert first < second
    assert _page(window).textCursor().position() == first


def test_every_part_has_an_accessible_name(window: ManualWindow) -> None:
    names = [part.accessibleName() for part in (_page(window), _chapters(window), window.findChild(QLineEdit))]
    assert names == ["Page", "Chapters", "Search the manual"]


def test_the_real_manual_shows_all_its_chapters_and_pictures(qtbot: QtBot) -> None:
    window = ManualWindow()
    qtbot.addWidget(window)
    chapters = sorted(path.name for path in paths.manual().glob("*.md"))
    assert _chapters(window).count() == len(chapters)
    for name in chapters:
        window.show_page(name)
        first = (paths.manual() / name).read_text("utf-8").lstrip().splitlines()[0].lstrip("# ")
        assert _title(window) == first
