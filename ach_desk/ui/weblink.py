"""The one door to the browser of the desktop: web addresses only, and only when a person asks for it."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from ach_desk.model.file_paths import is_web_address


def web_address(text: str) -> QUrl | None:
    """Return the address that a link names; None unless it is one of http or https with a host."""
    url = QUrl(text.strip(), QUrl.ParsingMode.StrictMode)
    return url if is_web_address(text.strip()) and url.isValid() and url.host() else None


def open_link(text: str) -> bool:
    """Open a web address in the browser of the desktop and return whether that could be started."""
    url = web_address(text)
    return url is not None and QDesktopServices.openUrl(url)
