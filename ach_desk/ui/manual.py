"""The manual inside the program: offline, searchable, opened by F1 where the question arises."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QKeySequence, QShortcut, QTextDocument
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from ach_desk import paths
from ach_desk.i18n import _
from ach_desk.ui.help import FIRST_PAGE


class ManualWindow(QWidget):
    """Chapters on the left, the text on the right, a search line on top. Follows links inside the manual only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(_("Manual – ACH Desk"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._folder = paths.manual()
        self._search = QLineEdit(self)
        self._search.setPlaceholderText(_("Search the manual"))
        self._search.setAccessibleName(_("Search the manual"))
        self._search.setClearButtonEnabled(True)
        self._chapters = QListWidget(self)
        self._chapters.setAccessibleName(_("Chapters"))
        self._page = _OfflineBrowser(self)
        self._page.setAccessibleName(_("Page"))
        self._page.setOpenLinks(False)
        self._page.setSearchPaths([str(self._folder)])
        self._texts = {path.name: path.read_text(encoding="utf-8") for path in self._pages()}
        for name in self._texts:
            item = QListWidgetItem(self._title(name), self._chapters)
            item.setData(Qt.ItemDataRole.UserRole, name)
        self._lay_out()
        self._search.textChanged.connect(self._filter)
        self._search.returnPressed.connect(self._find_next)
        self._chapters.currentItemChanged.connect(self._choose)
        self._page.anchorClicked.connect(self._follow)
        for key in (QKeySequence.StandardKey.Cancel, QKeySequence.StandardKey.Close):
            QShortcut(key, self, self.close)
        self.resize(960, 680)
        self.show_page(FIRST_PAGE)

    def show_page(self, name: str) -> None:
        """Show a chapter by its file name, with or without an anchor (``matrix.md#keyboard``)."""
        page, _hash, anchor = name.partition("#")
        for row in range(self._chapters.count()):
            item = self._chapters.item(row)
            if item.data(Qt.ItemDataRole.UserRole) == page:
                self._chapters.setCurrentItem(item)
                self._show(page)
        if anchor:
            self._scroll_to(anchor)

    def _pages(self) -> list[Path]:
        """Return the chapters in the order in which the first page names them."""
        first = (self._folder / FIRST_PAGE).read_text(encoding="utf-8")

        def place(path: Path) -> int:
            found = first.find(f"({path.name}")
            return -1 if path.name == FIRST_PAGE else found if found >= 0 else len(first)

        return sorted(sorted(self._folder.glob("*.md")), key=place)

    def _lay_out(self) -> None:
        splitter = QSplitter(self)
        splitter.addWidget(self._chapters)
        splitter.addWidget(self._page)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([220, 740])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        row = QHBoxLayout()
        row.addWidget(self._search)
        layout.addLayout(row)
        layout.addWidget(splitter, 1)

    def _title(self, name: str) -> str:
        first = self._texts[name].lstrip().splitlines()[:1]
        return first[0].lstrip("# ") if first else name

    def _filter(self, words: str) -> None:
        wanted = words.casefold()
        for row in range(self._chapters.count()):
            item = self._chapters.item(row)
            item.setHidden(wanted not in self._texts[item.data(Qt.ItemDataRole.UserRole)].casefold())
        self._leave_a_page_without_a_hit()
        if wanted:
            # Each letter goes on from where the word began, not from where the last letter led.
            cursor = self._page.textCursor()
            cursor.setPosition(cursor.selectionStart())
            self._page.setTextCursor(cursor)
            self._find_next()

    def _leave_a_page_without_a_hit(self) -> None:
        current = self._chapters.currentItem()
        if current is not None and not current.isHidden():
            return
        for row in range(self._chapters.count()):
            if not self._chapters.item(row).isHidden():
                self._chapters.setCurrentRow(row)
                return

    def _find_next(self) -> None:
        words = self._search.text()
        if words and not self._page.find(words):
            self._page.moveCursor(self._page.textCursor().MoveOperation.Start)
            self._page.find(words)

    def _choose(self, item: QListWidgetItem | None, *_previous: object) -> None:
        if item is not None:
            self._show(item.data(Qt.ItemDataRole.UserRole))
            if self._search.text():
                self._find_next()

    def _show(self, name: str) -> None:
        self._page.document().setBaseUrl(QUrl.fromLocalFile(str(self._folder) + "/"))
        self._page.setMarkdown(self._texts[name])

    def _follow(self, url: QUrl) -> None:
        name = url.fileName() or ""
        anchor = f"#{url.fragment()}" if url.fragment() else ""
        if name in self._texts:
            self.show_page(name + anchor)
        elif anchor and not name:
            self._scroll_to(url.fragment())

    def _scroll_to(self, anchor: str) -> None:
        """Bring the heading with that anchor to the top; Qt's Markdown makes none, so they are made as on the web."""
        block = self._page.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and anchor_of(block.text()) == anchor:
                top = self._page.document().documentLayout().blockBoundingRect(block).top()
                self._page.verticalScrollBar().setValue(round(top))
                return
            block = block.next()


class _OfflineBrowser(QTextBrowser):
    """Loads pictures of the manual's own folder and nothing else: no network, no other file."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        url = QUrl(name)
        folder = paths.manual().resolve()
        path = (folder / url.path()).resolve() if url.isRelative() else Path(url.toLocalFile()).resolve()
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return b""
        picture = QImage(str(path)) if path.is_relative_to(folder) else QImage()
        # Without a valid answer Qt would look for the file itself, wherever it is.
        return _blank() if picture.isNull() else self._fitted(picture)

    def _fitted(self, picture: QImage) -> QImage:
        widest = max(320, self.viewport().width() - 48)
        if picture.width() > widest:
            return picture.scaledToWidth(widest, Qt.TransformationMode.SmoothTransformation)
        return picture


def anchor_of(heading: str) -> str:
    """Return the anchor of a heading, made as on the web: "What if ...?" is what-if-."""
    kept = "".join(character for character in heading.lower() if character.isalnum() or character in " -_")
    return kept.replace(" ", "-")


def _blank() -> QImage:
    image = QImage(1, 1, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    return image
