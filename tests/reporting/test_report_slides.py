"""A report as a PowerPoint file: everything is on a slide and in its place, can be edited, and is only ever text."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from helpers.office import CODES, MARKING, NOTICE, hostile_file, june_file, june_report, parts_of, tight, wide_file
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation

from ach_desk.reporting.palette import PRINT
from ach_desk.reporting.report.model import Cell, Column, Paragraph, Picture, Row, Section, Table
from ach_desk.reporting.report.preset_names import ONE_PAGE, REVIEWER
from ach_desk.reporting.report.slide_flow import BOTTOM, TOP, PicturePiece, Slide, TablePiece, TextPiece, slides_of
from ach_desk.reporting.report.slide_text import Run, Words, width_of, wrapped

_MOST = BOTTOM + 1
_EMU_PER_POINT = 12_700


@cache
def _slides(data: bytes) -> Any:
    return Presentation(io.BytesIO(data))


def _texts(slide: Any) -> Iterator[str]:
    for shape in slide.shapes:
        if shape.has_text_frame:
            yield from (entry.text for entry in shape.text_frame.paragraphs)
        if shape.has_table:
            yield from (cell.text for row in shape.table.rows for cell in row.cells)


@pytest.mark.parametrize("preset", [ONE_PAGE, REVIEWER])
def test_every_slide_is_wide_has_a_title_of_its_own_and_the_marking(preset: str) -> None:
    shown = _slides(june_file(".pptx", preset))
    assert round(shown.slide_width / shown.slide_height, 3) == 1.778
    titles = [slide.shapes.title.text for slide in shown.slides]
    assert len(set(titles)) == len(titles)
    assert titles[0].startswith("What best explains")
    for section in june_report(preset).sections:
        assert any(title == section.title or title.startswith(f"{section.title} (") for title in titles)
    for number, slide in enumerate(shown.slides, start=1):
        assert [text for text in _texts(slide) if text == MARKING] == [MARKING] * 2
        (field,) = [entry for entry in slide._element.iter() if str(entry.tag).endswith("}fld")]
        assert field.get("type") == "slidenum"
        assert [entry.text for entry in field if entry.tag.endswith("}t")] == [str(number)]
    assert NOTICE in list(_texts(shown.slides[0]))


def test_nothing_is_cut_and_nothing_lies_on_something_else() -> None:
    for data in (june_file(".pptx", REVIEWER), wide_file(".pptx", REVIEWER), hostile_file(".pptx", REVIEWER)):
        shown = _slides(data)
        for slide in list(shown.slides)[1:]:
            body = [shape for shape in slide.shapes if TOP - 1 <= shape.top / _EMU_PER_POINT < _MOST]
            places = sorted((shape.top / _EMU_PER_POINT, shape.height / _EMU_PER_POINT) for shape in body)
            assert all(top + height <= _MOST for top, height in places), slide.shapes.title.text
            assert all(top + height <= below + 1 for (top, height), (below, _height) in pairwise(places))
    text = tight(" ".join(words for slide in _slides(wide_file(".pptx", REVIEWER)).slides for words in _texts(slide)))
    assert all(f"word{number}" in text for number in range(2_000))


def test_tables_are_tables_and_charts_have_their_words() -> None:
    shown = _slides(june_file(".pptx", REVIEWER))
    shapes = [shape for slide in shown.slides for shape in slide.shapes]
    tables = [shape.table for shape in shapes if shape.has_table]
    assert all(table.first_row for table in tables)
    matrix = [table for table in tables if table.cell(0, 0).text == "Item" and len(table.columns) == 7]
    assert len(matrix) >= 2
    assert all(table.cell(0, 3).text == "H1\nUS/NATO-backed" for table in matrix)
    alternatives = [
        block.alternative
        for section in june_report(REVIEWER).sections
        for block in section.blocks
        if isinstance(block, Picture)
    ]
    pictures = [shape for shape in shapes if shape.shape_type is not None and shape.shape_type.name == "PICTURE"]
    assert [shape._element.nvPicPr.cNvPr.get("descr") for shape in pictures] == alternatives
    assert all(shape.image.size[0] >= 1_640 for shape in pictures)


def test_hostile_texts_are_texts() -> None:
    data = hostile_file(".pptx", REVIEWER)
    text = tight(" ".join(words for slide in _slides(data).slides for words in _texts(slide)))
    assert text.count(tight(CODES)) > 10
    for name, content in parts_of(data).items():
        if name.endswith(".rels"):
            assert b"External" not in content, name
        assert b"hlinkClick" not in content


def _section(*blocks: Any) -> Section:
    return Section("x", "Title", blocks)


def _never(_picture: Picture) -> tuple[bytes, float]:
    raise AssertionError


def _words(slides: list[Slide]) -> str:
    texts = []
    for slide in slides:
        for piece in slide.pieces:
            assert not isinstance(piece, PicturePiece)
            rows = piece.rows[1:] if isinstance(piece, TablePiece) else ()
            paragraphs = piece.paragraphs if isinstance(piece, TextPiece) else ()
            texts += [words.text for words in paragraphs]
            texts += [words.text for row in rows for cell in row.cells for words in cell.paragraphs]
    return "".join("".join(texts).split())


_LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="\n"), min_size=1)
_TEXTS = st.lists(_LETTERS, min_size=1, max_size=400).map(" ".join)


@given(st.lists(_TEXTS, min_size=1, max_size=4))
def test_whatever_is_written_all_of_it_is_on_the_slides_and_within_them(texts: list[str]) -> None:
    table = Table((Column("One"),), tuple(Row((Cell(text),)) for text in texts))
    slides = slides_of(_section(*map(Paragraph, texts), table), PRINT, _never)
    assert _words(slides) == "".join("".join(texts).split()) * 2
    for slide in slides:
        assert all(piece.top + piece.height <= _MOST for piece in slide.pieces)
        assert slide.pieces


@given(st.text(), st.floats(5, 900), st.floats(6, 40), st.booleans())
def test_lines_together_are_the_text_and_none_is_too_long(text: str, width: float, size: float, bold: bool) -> None:
    lines = wrapped(text, width, size, bold)
    assert "".join(lines) == text
    for line in lines:
        assert width_of(line.strip(), size, bold) <= width + 0.01 or len(line.strip()) <= 2


def test_a_paragraph_is_cut_between_lines_with_its_looks() -> None:
    words = Words((Run("Lead ", bold=True), Run("word " * 100)), 14, before=7, bullet="–")
    parted = words.cut(300, 60)
    assert parted is not None
    first, rest = parted
    assert first.text + rest.text == words.text
    assert first.runs[0] == Run("Lead ", bold=True)
    assert first.height(300) <= 60
    assert (rest.before, rest.bullet) == (0, "")
    assert words.cut(300, 10) is None
    assert words.cut(300, 10_000) is None


def test_a_picture_that_is_high_becomes_smaller_and_keeps_its_shape() -> None:
    picture = june_report(ONE_PAGE).sections[1].blocks[0]
    assert isinstance(picture, Picture)
    for share in (0.2, 0.45, 1.0, 4.0):
        slides = slides_of(_section(picture), PRINT, lambda _picture, share=share: (b"", share))
        assert len(slides) == 1
        piece = slides[0].pieces[0]
        assert isinstance(piece, PicturePiece)
        assert piece.height / piece.width == pytest.approx(share)
        assert piece.top + piece.height <= BOTTOM
