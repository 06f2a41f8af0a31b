"""The button that opens the link of an item, on request and web addresses only."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton

from ach_desk.i18n import _
from ach_desk.model import EvidenceItem
from ach_desk.model.file_paths import domain_of
from ach_desk.ui.attachments.service import open_link
from ach_desk.ui.session import Session
from ach_desk.ui.text import explain, shown
from ach_desk.ui.widgets.labels import named


class LinkButton(QPushButton):
    """Names where the link leads; absent without one."""

    def __init__(self, session: Session, record: Callable[[], EvidenceItem | None]) -> None:
        super().__init__()
        self._session, self._record = session, record
        self.setAutoDefault(False)
        self.clicked.connect(self._open)

    def refresh(self) -> None:
        """Show where the link of the present item leads."""
        item = self._record()
        link = item.link if item is not None else ""
        host = domain_of(link)
        text = shown(_("Open {host}").format(host=host) if host else _("Open the link"))
        self.setText(text.replace("&", "&&"))
        named(self, text)
        explain(self, link)
        self.setVisible(bool(link))

    def _open(self) -> None:
        item = self._record()
        sentence = open_link(item.link) if item is not None else ""
        if sentence:
            self._session.notice.emit(sentence)
