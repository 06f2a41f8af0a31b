"""What lies on the clipboard or is dropped, as things to capture: texts, links, files, a picture."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage, QImageWriter

from ach_desk.exchange.clipping import Clipping, clipping_of, title_of_file
from ach_desk.i18n import _
from ach_desk.model.file_paths import is_web_address
from ach_desk.storage.attachments import AttachmentRefused

_COPIED_FROM = ("text/x-moz-url-priv", "chromium/x-source-url")
_DRAGGED_LINK = "text/x-moz-url"
_LONGEST_ADDRESS = 16_000


@dataclass(frozen=True)
class Incoming:
    """One thing to capture. file: to be copied. picture: makes the PNG to be kept, under the name `picture_name`."""

    clipping: Clipping
    file: Path | None = None
    picture: Callable[[], bytes] | None = None
    picture_name: str = ""


def incoming_of(data: QMimeData | None) -> list[Incoming]:
    """Return what there is to capture; nothing for an empty clipboard.

    Files of this machine are one thing each. A picture is taken as such where there are no words beside it: a
    spreadsheet puts a picture of its cells beside their text.
    """
    if data is None:
        return []
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if files:
        return incoming_files(files)
    html = data.html() if data.hasHtml() else ""
    text = data.text() if data.hasText() else ""
    if addresses := _several_addresses(data, text):
        return [Incoming(entry) for address in addresses if (entry := clipping_of(address)) is not None]
    found = clipping_of(text, html, _address(data))
    words = found is not None and bool(found.quotation)
    if data.hasImage() and not words:
        return _picture(data, found)
    title = _title_of_dragged_link(data)
    if found is not None and title and not words:
        return [Incoming(Clipping(title, link=found.link, page=found.page))]
    return [Incoming(found)] if found is not None else []


def incoming_files(paths: Iterable[Path]) -> list[Incoming]:
    """Return files as things to capture."""
    return [Incoming(Clipping(title_of_file(path.name)), file=path) for path in paths]


def _picture(data: QMimeData, found: Clipping | None) -> list[Incoming]:
    image = QImage(data.imageData())
    if image.isNull():
        return []
    moment = datetime.now()
    title = _("Picture of {time}").format(time=moment.strftime("%Y-%m-%d %H:%M"))
    name = _("picture {time}").format(time=moment.strftime("%Y-%m-%d %H.%M.%S")) + ".png"
    link = found.link if found is not None else ""
    return [Incoming(Clipping(title, link=link), picture=lambda: _png(image), picture_name=name)]


def _png(image: QImage) -> bytes:
    """Return a picture as PNG; made away from the window, where a large one takes a while."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(buffer, QByteArray(b"png")).write(image):
        raise AttachmentRefused(_("The picture was not kept: it could not be made a PNG."))
    buffer.close()
    return bytes(content.data())


def _several_addresses(data: QMimeData, text: str) -> list[str]:
    """Return the addresses where there are several and no other words; none otherwise."""
    named = [url.toString() for url in data.urls()]
    lines = text.split() if len(text) <= _LONGEST_ADDRESS else [text]
    addresses = named if len(named) > 1 else lines
    return addresses if len(addresses) > 1 and all(map(is_web_address, [*addresses, *lines])) else []


def _address(data: QMimeData) -> str:
    """Return the address that a browser says something was copied from, or that is dragged with it; else ""."""
    for form in _COPIED_FROM:
        if data.hasFormat(form):
            address = _text(data, form).strip("\x00 \r\n")
            if is_web_address(address):
                return address
    dragged = [url.toString() for url in data.urls()]
    return dragged[0] if len(dragged) == 1 and is_web_address(dragged[0]) else ""


def _title_of_dragged_link(data: QMimeData) -> str:
    """Return the title that a browser gives a link that is dragged: the second line, below the address."""
    if not data.hasFormat(_DRAGGED_LINK):
        return ""
    title = _text(data, _DRAGGED_LINK).strip("\x00").partition("\n")[2].strip()
    return " ".join(title.split())[:200] if title and not is_web_address(title) else ""


def _text(data: QMimeData, form: str) -> str:
    """Return what a browser offers in a form of its own: UTF-16 in one of them, UTF-8 in the other."""
    raw = bytes(data.data(form).data())[:_LONGEST_ADDRESS]
    return raw.decode("utf-16-le" if b"\x00" in raw[:2] or raw[1:2] == b"\x00" else "utf-8", "replace")
