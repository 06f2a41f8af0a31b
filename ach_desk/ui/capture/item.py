"""The fields of one captured item, to be looked over before it is taken in."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ach_desk.i18n import _
from ach_desk.ui.attachments.section import FilesSection
from ach_desk.ui.inspector.citations import CitationsEditor
from ach_desk.ui.inspector.item_fields import LinkEditor
from ach_desk.ui.session import Session
from ach_desk.ui.widgets.editors import beside
from ach_desk.ui.widgets.panel import Panel


class UnsortedItem(Panel):
    """Title, quotation, source, link, page and files. source_requested(id): a source is to be opened."""

    source_requested = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(session, "evidence")
        self.title = self.field("title", _("Title"), one_line=True, links=True, lines=(1, 4))
        self.quotation = self.field("quotation", _("Quotation"), lines=(2, 8))
        self.citations = self.add(CitationsEditor(session, lambda: self.record))
        self.citations.source_requested.connect(self.source_requested)
        self.link = self.add(LinkEditor(session, lambda: self.ids))
        self.page = self.field("page", _("Page"), one_line=True)
        self.retrieved = self.date_field("retrieved", _("Retrieved on"))
        self.files = FilesSection(session, lambda: self.record)
        parts = (self.title, self.quotation, self.citations, self.link)
        for part in (*parts, beside(self.page, self.retrieved), self.files):
            self.place(part)
        self.end()

    def refresh_rest(self) -> None:
        """Show the files."""
        self.files.refresh()
