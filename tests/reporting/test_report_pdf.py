"""A report as PDF: what it claims, its bookmarks and fonts, the marking on each page, hostile and unseen texts."""

from __future__ import annotations

import json
import logging
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from helpers.office import (
    CODES,
    MARKING,
    NOTICE,
    file_of,
    hostile_file,
    june_file,
    june_made,
    june_report,
    marked,
    tight,
    wide_file,
    words_in,
)
from helpers.printing import facts, page_pictures, page_texts
from helpers.reports import june
from helpers.tools import needs_tool
from PIL import Image

from ach_desk.reporting import typesetting
from ach_desk.reporting.print_options import Paper
from ach_desk.reporting.report import compose, pdf
from ach_desk.reporting.report.file_options import FileOptions
from ach_desk.reporting.report.model import CancelledError
from ach_desk.reporting.report.preset_names import ONE_PAGE, REVIEWER

CLAIMS = (b"<pdfuaid:part>1</pdfuaid:part>", b"<pdfaid:part>2</pdfaid:part>", b"<pdfaid:conformance>B<")


def _text(data: bytes) -> str:
    """Return the text in reading order, without blanks."""
    return words_in(data, ".pdf")


@pytest.mark.parametrize("preset", [ONE_PAGE, REVIEWER])
def test_it_is_pdf_ua_1_and_pdf_a_2b_at_once(preset: str, caplog: pytest.LogCaptureFixture) -> None:
    needs_tool("pdfinfo")
    june_file.cache_clear()
    with caplog.at_level(logging.WARNING):
        data = june_file(".pdf", preset)
    assert [claim for claim in CLAIMS if claim not in data] == []
    assert facts(data)["Tagged"] == "yes"
    assert caplog.text == ""  # typst enforces both, and warned of nothing


def test_vera_pdf_finds_nothing(tmp_path: Path) -> None:
    if shutil.which("verapdf") is None:
        pytest.skip("veraPDF, which is no part of Debian, is not here; typst's own check has been made above")
    path = tmp_path / "report.pdf"
    path.write_bytes(june_file(".pdf", REVIEWER))
    for flavour in ("ua1", "2b"):
        found = subprocess.run(["verapdf", "--flavour", flavour, path], capture_output=True, text=True, check=False)
        assert 'isCompliant="true"' in found.stdout, found.stdout


@pytest.mark.parametrize("paper", Paper)
def test_the_one_page_is_one_page_also_with_marking_and_notice(paper: Paper) -> None:
    needs_tool("pdfinfo")
    data = file_of(marked(june()), ".pdf", ONE_PAGE, FileOptions(paper))
    found = facts(data)
    assert found["Pages"] == "1"
    assert {Paper.A4: "A4", Paper.LETTER: "letter", Paper.A3: "A3"}[paper] in found["Page size"]


def test_the_one_page_becomes_small_before_it_becomes_two_and_never_loses_a_text() -> None:
    needs_tool("pdftotext")
    analysis = june()
    (key, conclusion), *_rest = analysis.conclusions.items()
    analysis.conclusions[key] = conclusion.model_copy(update={"would_change": " ".join(["much would change it"] * 60)})
    assert len(page_texts(file_of(analysis, ".pdf", ONE_PAGE))) == 1
    analysis.conclusions[key] = conclusion.model_copy(update={"would_change": " ".join(["much would change it"] * 600)})
    data = file_of(analysis, ".pdf", ONE_PAGE)
    assert len(page_texts(data)) == 2
    assert _text(data).count("muchwouldchangeit") == 600


def test_every_page_has_marking_above_and_below_notice_and_number() -> None:
    needs_tool("pdftotext")
    pages = page_texts(june_file(".pdf", REVIEWER))
    assert len(pages) > 10
    for number, page in enumerate(pages, start=1):
        lines = [line for line in page.splitlines() if line.strip()]
        assert lines[0].strip() == MARKING
        assert MARKING in lines[-1]
        assert lines[-1].endswith(f"Page {number} of {len(pages)}")
        assert NOTICE in page


def test_heads_of_tables_are_repeated() -> None:
    needs_tool("pdftotext")
    pages = [page for page in page_texts(june_file(".pdf", REVIEWER)) if "US/NATO" in page and "E1" in page]
    with_rows = [page for page in pages if re.search(r"\b(?:high|medium|low)\s+(?:high|medium|low)\b", page)]
    assert len(with_rows) >= 2
    assert all(re.search(r"Item\s+Credibility\s+Relevance", page) for page in with_rows)


def test_sections_are_bookmarks_and_the_contents_lead_to_them() -> None:
    needs_tool("pdftohtml")
    data = june_file(".pdf", REVIEWER)
    command = ["pdftohtml", "-xml", "-i", "-stdout", "-", "out"]
    listing = subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode()
    outline = re.findall(r"<item[^>]*>([^<]*)</item>", listing)
    titles = [section.title for section in june_report(REVIEWER).sections]
    assert [title for title in titles if title not in outline] == []
    assert "E1 Earlier public conflict of Prigozhin with the military leadership over ammunition" in outline
    assert listing.count("href=") >= len(titles)


def test_all_fonts_are_embedded_and_charts_are_no_pixels() -> None:
    needs_tool("pdffonts", "pdfimages")
    data = june_file(".pdf", REVIEWER)
    fonts = subprocess.run(["pdffonts", "-"], input=data, capture_output=True, check=True).stdout.decode()
    rows = [line for line in fonts.splitlines()[2:] if line]
    assert rows
    assert all(re.search(r" yes yes yes +\d+ +\d+$", row) for row in rows), fonts
    images = subprocess.run(["pdfimages", "-list", "-"], input=data, capture_output=True, check=True).stdout.decode()
    assert images.splitlines()[2:] == []
    # The text of a chart is text, also to a reader of the page.
    assert "Wouldbeexpectedanyway" in _text(data)


def test_a_chart_has_its_words_for_those_who_cannot_see_it() -> None:
    job = pdf.print_job(*_parts(), FileOptions())
    pictures = [
        block
        for section in json.loads(job.data)["sections"]
        for block in section["blocks"]
        if block["kind"] == "picture"
    ]
    assert len(pictures) >= 2
    assert all(len(entry["alt"]) > 60 and entry["svg"].startswith("<?xml") for entry in pictures)
    assert june_file(".pdf", REVIEWER).count(b"/Alt") >= len(pictures)


def test_hostile_texts_stand_there_as_they_are() -> None:
    needs_tool("pdftotext")
    assert _text(hostile_file(".pdf", REVIEWER)).count(tight(CODES)) > 10


def test_what_no_font_has_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    needs_tool("pdfinfo", "pdftotext")
    analysis = june()
    analysis.question = "Wer war es? \U0010fffd \ue000 \u0915\u094d\u0937 \u202e \U0001f1e9\U0001f1ea"
    data = file_of(analysis, ".pdf", ONE_PAGE)
    assert facts(data)["Tagged"] == "yes"
    assert "Werwares?" in _text(data)
    job = pdf.print_job(*_parts(), FileOptions())
    broken = json.loads(job.data)
    broken["sections"][0]["title"] = "unseen \U0010fffd"
    made = typesetting.pdf(replace(job, data=json.dumps(broken)))
    assert facts(made)["Tagged"] == "yes"
    assert b"<pdfuaid:part>" not in made
    assert "PDF/A-2B does not take" in caplog.text


def test_eighteen_hypotheses_lie_sideways_in_parts() -> None:
    needs_tool("pdftotext", "pdfinfo")
    data = wide_file(".pdf", REVIEWER)
    sizes = subprocess.run(["pdfinfo", "-l", "99", "-"], input=data, capture_output=True, check=True).stdout.decode()
    widths = [float(width) for width in re.findall(r"Page +\d+ size: +([\d.]+)", sizes)]
    assert {round(width) for width in widths} == {595, 842}
    text = _text(data)
    assert "(H1toH9)" in text
    assert "(H10toH18)" in text
    assert all(f"word{number}" in text for number in range(0, 2_000, 97))
    assert MARKING in page_texts(data)[widths.index(max(widths))]


def test_black_and_white_has_no_colour(tmp_path: Path) -> None:
    needs_tool("pdftoppm")
    data = file_of(june(), ".pdf", REVIEWER, FileOptions(black_and_white=True))
    for path in page_pictures(data, tmp_path, 30):
        pixels = np.asarray(Image.open(path).convert("RGB"), int)
        assert int(np.abs(pixels - pixels.mean(axis=2, keepdims=True)).max()) <= 2, path.name


def test_it_is_given_up_when_nobody_waits() -> None:
    with pytest.raises(CancelledError):
        pdf.render(*_parts(), FileOptions(cancelled=lambda: True))


def _parts() -> tuple[pdf.Report, pdf.Pictures]:
    return june_report(REVIEWER), compose.pictures(june_made())
