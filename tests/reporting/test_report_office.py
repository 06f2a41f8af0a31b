"""Word and PowerPoint files as LibreOffice opens them: converted once, all together, and read page by page."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from helpers.office import CODES, MARKING, hostile_file, june_file, tight, wide_file
from helpers.printing import page_texts
from helpers.tools import needs_tool
from pptx import Presentation

from ach_desk.reporting.report.preset_names import ONE_PAGE, REVIEWER

FILES = {
    "brief.docx": lambda: june_file(".docx", ONE_PAGE),
    "full.docx": lambda: june_file(".docx", REVIEWER),
    "hostile.docx": lambda: hostile_file(".docx", REVIEWER),
    "full.pptx": lambda: june_file(".pptx", REVIEWER),
    "wide.pptx": lambda: wide_file(".pptx", REVIEWER),
    "hostile.pptx": lambda: hostile_file(".pptx", REVIEWER),
}


@pytest.fixture(scope="session")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the PDF that LibreOffice makes of each file."""
    needs_tool("soffice", "pdftotext", "pdfinfo")
    folder = tmp_path_factory.mktemp("office")
    sources: dict[str, Path] = {}
    for name, make in FILES.items():
        stem, ending = name.split(".")  # two files of one stem would become one PDF
        sources[name] = folder / f"{stem}-{ending}.{ending}"
        sources[name].write_bytes(make())
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", folder, *sources.values()], check=True, capture_output=True)
    return {name: source.with_suffix(".pdf") for name, source in sources.items()}


def _pages(converted: dict[str, Path], name: str) -> list[str]:
    return page_texts(converted[name].read_bytes())


def test_every_file_opens(converted: dict[str, Path]) -> None:
    assert [name for name, path in converted.items() if not path.is_file()] == []


def test_the_brief_is_one_page_in_word_too(converted: dict[str, Path]) -> None:
    (page,) = _pages(converted, "brief.docx")
    assert page.count(MARKING) == 2
    assert "Page 1 of 1" in page
    assert "Confidence in this judgement is low." in page


def test_word_pages_have_marking_number_and_repeated_heads(converted: dict[str, Path]) -> None:
    pages = _pages(converted, "full.docx")
    for number, page in enumerate(pages, start=1):
        assert page.count(MARKING) == 2
        assert f"Page {number} of {len(pages)}" in page
    rows = [page for page in pages if re.search(r"\b(?:high|medium|low)\s+(?:high|medium|low)\s+N?C?C?I?", page)]
    assert len(rows) >= 2
    assert all(re.search(r"Item\s+Credibility\s+Relevance", page) for page in rows)


def test_the_contents_stand_there_without_asking_for_an_update(converted: dict[str, Path]) -> None:
    first = _pages(converted, "full.docx")[0]
    assert "Most and least diagnostic items" in first
    assert "Appendix: every rating and its reason" in first


@pytest.mark.parametrize("name", ["hostile.docx", "hostile.pptx"])
def test_hostile_texts_are_shown_as_they_are(converted: dict[str, Path], name: str) -> None:
    text = subprocess.run(["pdftotext", converted[name], "-"], capture_output=True, check=True).stdout.decode()
    assert tight(text).count(tight(CODES)) > 5


@pytest.mark.parametrize("name", ["full.pptx", "wide.pptx", "hostile.pptx"])
def test_no_text_of_a_slide_runs_into_its_foot(converted: dict[str, Path], name: str) -> None:
    listing = subprocess.run(["pdftotext", "-bbox", converted[name], "-"], capture_output=True, check=True).stdout
    pages = listing.decode().split("<page ")[1:]
    assert len(pages) == len(Presentation(str(converted[name].with_suffix(".pptx"))).slides)
    for number, page in enumerate(pages):
        ends = [float(place) for place in re.findall(r'yMax="([\d.]+)"', page)]
        assert [end for end in ends if 500 < end < 512 or end > 532] == [], f"slide {number + 1}"
