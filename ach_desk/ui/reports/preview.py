"""The preview of a report: rich text with its charts, which never reads a file or the network."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QByteArray, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from ach_desk.i18n import _
from ach_desk.ui.reports.jobs import Shown
from ach_desk.ui.widgets.labels import STEP, named


class ReportView(QTextBrowser):
    """Shows what was rendered; pictures come from it and from nowhere else."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, _("Preview of the report"))
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(2 * STEP)
        self._pictures: dict[str, bytes] = {}

    def show_report(self, shown: Shown) -> None:
        """Show a report where the one before it was scrolled to."""
        place = self.verticalScrollBar().value()
        self._pictures = shown.pictures
        self.setHtml(shown.text)
        self.verticalScrollBar().setValue(place)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Return a chart of the report; nothing for any other name."""
        address = name.toString() if isinstance(name, QUrl) else name
        if kind == QTextDocument.ResourceType.ImageResource.value and address in self._pictures:
            return QImage.fromData(self._pictures[address])
        return QByteArray()
