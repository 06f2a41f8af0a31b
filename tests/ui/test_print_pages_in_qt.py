"""The pages of a print, as Qt shows and prints them, look as in the PDF: its SVG renderer understands all of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import needs_tool
from helpers.printing import case, difference, grey, options, page_pictures
from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from ach_desk.reporting.document import print_document
from ach_desk.reporting.typesetting import pages, pdf


def _painted(page: bytes) -> bytes:
    renderer = QSvgRenderer(QByteArray(page))
    image = QImage(renderer.defaultSize() * 2, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return buffer.data().data()


@pytest.mark.parametrize("black_and_white", [False, True])
def test_pages_in_qt_look_as_in_the_pdf(black_and_white: bool, tmp_path: Path, qapp: object) -> None:
    needs_tool("pdftoppm")
    printed = case(20, 4)
    printed.analysis.description = "漢字 مرحبا 😀 and plain words"
    job = print_document(*printed.arguments, options(black_and_white=black_and_white))
    drawn = page_pictures(pdf(job), tmp_path, 144)
    shown = [grey(_painted(page)) for page in pages(job)]
    assert len(shown) == len(drawn) > 1
    printed_pages = [grey(path) for path in drawn]
    for one, other in zip(shown, printed_pages, strict=True):
        assert difference(one.resize(other.size), other) < 0.012
    assert difference(shown[0].resize(printed_pages[1].size), printed_pages[1]) > 0.03
