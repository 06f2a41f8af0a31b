"""The fields of one captured item, to be looked over before it is taken in."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ach_desk.i18n import _
from ach_desk.ui.attachments.link import LinkButton
from ach_desk.ui.attachments.section import FilesSection
from ach_desk.ui.inspector.citations import CitationsEditor
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
        self.citations = CitationsEditor(session, lambda: self.record)
        self.citations.source_requested.connect(self.source_requested)
        self.link = self.field("link", _("Link"), one_line=True, lines=(1, 3))
        self.open_link = LinkButton(session, lambda: self.record)
        self.page = self.field("page", _("Page"), one_line=True)
        self.retrieved = self.date_field("retrieved", _("Retrieved on"))
        self.files = FilesSection(session, lambda: self.record)
        parts = (self.title, self.quotation, self.citations, self.link)
        for part in (*parts, self.open_link, beside(self.page, self.retrieved), self.files):
            self.place(part)
        self.end()

    def flush(self) -> None:
        """Take over everything typed, a source's name included."""
        super().flush()
        self.citations.flush()

    def forget(self) -> None:
        """Drop drafts: another analysis is shown."""
        super().forget()
        self.citations.forget()

    def refresh_rest(self) -> None:
        """Show sources and files."""
        self.citations.refresh()
        self.citations.set_read_only(self.session.read_only)
        self.open_link.refresh()
        self.files.refresh()
