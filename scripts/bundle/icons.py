"""The program's icon in the forms that Windows and macOS want, drawn from the one SVG."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

from PIL import Image

_SIZES = {".ico": (16, 24, 32, 48, 64, 128, 256), ".icns": (1024,)}


def write(folder: Path, ending: str) -> Path:
    """Write ``ach-desk.ico`` or ``ach-desk.icns`` into `folder` and return its path; KeyError for another ending."""
    pictures = [_drawn(size) for size in _SIZES[ending]]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"ach-desk{ending}"
    largest, *others = reversed(pictures)
    largest.save(path, sizes=[picture.size for picture in pictures], append_images=others)
    return path


def _drawn(size: int) -> Image.Image:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QIODevice
    from PySide6.QtGui import QImage, QImageWriter, QPainter
    from PySide6.QtSvg import QSvgRenderer

    from ach_desk import paths

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(paths.resources() / "desktop" / "ach-desk.svg")).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"PNG").write(image)
    return Image.open(BytesIO(buffer.data().data()))
