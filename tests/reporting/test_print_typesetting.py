"""PDF and page pictures are one layout; a long print can be stopped; nothing gets in the way of the next one."""

from __future__ import annotations

import io
import itertools
import json
import os
import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from helpers import needs_tool
from helpers.printing import case, difference, facts, grey, options, page_pictures

from ach_desk.reporting import typesetting
from ach_desk.reporting.document import print_document
from ach_desk.reporting.typesetting import (
    Pages,
    PrintJob,
    TypesettingCancelledError,
    TypesettingError,
    framed,
    page_count,
    pages,
    pdf,
    unframed,
)

RESOLUTION = 108


@pytest.fixture(scope="module")
def job() -> PrintJob:
    """Return a document of several pages with a chart."""
    return print_document(*case(60, 5, rationale="It would be odd.").arguments, options())


def test_pdf_and_page_pictures_are_the_same(job: PrintJob, tmp_path: Path) -> None:
    needs_tool("pdftoppm", "pdfinfo")
    made = pdf(job)
    shown = pages(job, RESOLUTION / 72, "png")
    drawn = page_pictures(made, tmp_path, RESOLUTION)
    assert len(shown) == len(drawn) == int(facts(made)["Pages"]) == page_count(job) == len(pages(job)) > 3
    pictures = [grey(io.BytesIO(page)) for page in shown]
    printed = [grey(path) for path in drawn]
    for one, other in zip(pictures, printed, strict=True):
        assert difference(one, other) < 0.013
    # Different pages differ by more, or the comparison would say nothing.
    assert difference(pictures[0], printed[1]) > 0.03
    assert difference(pictures[-2], printed[-1]) > 0.02


def test_page_pictures_are_vectors_without_foreign_images(job: PrintJob) -> None:
    first = pages(job)[0]
    assert b"<image" not in first
    assert b"least evidence" not in first  # text is shapes
    assert first.startswith(b"<svg")
    assert b"<style" not in first


def test_a_shown_document_is_kept_small(job: PrintJob) -> None:
    shown = pages(job)
    assert isinstance(shown[1:], Pages)
    assert shown[1:][0] == shown[1] != shown[0]
    assert [len(page) for page in shown] == [len(shown[index]) for index in range(len(shown))]
    with pytest.raises(IndexError):
        shown[len(shown)]


def test_the_child_process_makes_the_same(job: PrintJob) -> None:
    assert pdf(job, cancelled=lambda: False) == pdf(job)
    assert list(pages(job, cancelled=lambda: False)) == list(pages(job))


def test_a_long_print_stops_when_asked() -> None:
    long = print_document(*case(4000, 10).arguments, options(chart=False))
    asked = itertools.count()
    start = time.monotonic()
    with pytest.raises(TypesettingCancelledError):
        pdf(long, cancelled=lambda: next(asked) >= 3)
    assert time.monotonic() - start < 5
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)  # no child is left


@pytest.mark.logs_error("typst could not set the document")
def test_what_typst_refuses_is_said_in_a_sentence(job: PrintJob) -> None:
    broken = PrintJob(job.title, "{}", job.moment)
    with pytest.raises(TypesettingError, match=r"^The document could not be laid out for printing: .+\.$"):
        pdf(broken)


@pytest.mark.logs_error("the typesetting process ended with 1")
def test_a_failing_child_says_the_same(job: PrintJob) -> None:
    broken = PrintJob(job.title, "{}", job.moment)
    with pytest.raises(TypesettingError, match=r"^The document could not be laid out for printing: .+\.$") as caught:
        pdf(broken, cancelled=lambda: False)
    assert "dictionary" in caught.value.reason


def test_a_glyph_that_got_past_the_substitution_does_not_stop_the_print(
    job: PrintJob, caplog: pytest.LogCaptureFixture
) -> None:
    needs_tool("pdfinfo")
    data = json.loads(job.data)
    data["question"] = "unseen \U0010fffd"
    made = pdf(PrintJob(job.title, json.dumps(data), job.moment))
    assert facts(made)["Tagged"] == "yes"
    assert b"pdfuaid" not in made
    assert "does not claim it" in caplog.text


def test_prints_may_run_side_by_side(job: PrintJob) -> None:
    alone = pdf(job)
    with ThreadPoolExecutor(3) as pool:
        assert set(pool.map(pdf, [job] * 3)) == {alone}


def test_the_template_reads_nothing_but_itself(job: PrintJob, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [path.read_text("utf-8") for path in typesetting.template().parent.glob("*.typ")]
    assert len(texts) >= 4
    for text in texts:
        assert "@preview" not in text
        assert not re.search(r"\b(read|csv|yaml|toml|xml|plugin|eval)\(", text)
        assert all(read.startswith("bytes(sys.inputs.") for read in re.findall(r"json\(([^)]*)\)", text))


def test_frames_carry_files_whole() -> None:
    contents = [b"", b"\x00" * 9, b"page"]
    assert unframed(b"".join(map(framed, contents))) == contents


def test_the_shipped_font_is_among_the_fonts() -> None:
    files = [Path(path).name for path, _index in typesetting.font_files()]
    assert "DejaVuSansCondensed.ttf" in files
    assert "DejaVuSansCondensed-Bold.ttf" in files
