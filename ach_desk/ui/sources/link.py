"""The link of a source: opened only when a person asks for it, and only as a web page."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def web_address(text: str) -> QUrl | None:
    """Return the address in a link where it is one of a web page; None for anything else, such as a file or script."""
    url = QUrl(text.strip(), QUrl.ParsingMode.StrictMode)
    return url if url.isValid() and url.scheme() in ("http", "https") and url.host() else None


def open_link(text: str) -> None:
    """Show the web page in the person's browser; nothing happens for what is no web address."""
    url = web_address(text)
    if url is not None:
        QDesktopServices.openUrl(url)
