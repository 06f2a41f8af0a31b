"""Reports as PDF, Word and PowerPoint files, made once, and what is in their parts."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from functools import cache

from lxml import etree

from ach_desk.model import Analysis
from ach_desk.reporting.report import compose
from ach_desk.reporting.report.file_options import FileOptions
from ach_desk.reporting.report.formats import format_of
from ach_desk.reporting.report.material import Material
from ach_desk.reporting.report.model import Report
from ach_desk.reporting.report.presets import plan_of
from helpers.analyses import small_case
from helpers.reports import hostile_case, june, made_of
from helpers.tools import needs_tool

MARKING, NOTICE = "TLP:AMBER", "For the staff alone."
CODES = (
    '{ DDEAUTO c:\\\\windows\\\\cmd "/c calc" } =cmd|calc!A1 #panic("no") $x^2$ <label> @ref // gone *b* _i_ `c` '
    "<w:p/> <a:t> &amp; ]]> {PAGE} \\n"
)
"""A text that would be a field, a formula or markup of typst, Word or PowerPoint if it were taken for one."""


def marked(analysis: Analysis) -> Analysis:
    """Give an analysis a marking and a notice; return it."""
    analysis.marking, analysis.notice = MARKING, NOTICE
    return analysis


def file_of(analysis: Analysis, ending: str, preset: str, options: FileOptions | None = None) -> bytes:
    """Return the file of a report on the first matrix."""
    return _file(made_of(analysis), ending, preset, options)


def _file(made: Material, ending: str, preset: str, options: FileOptions | None = None) -> bytes:
    wanted = format_of(ending)
    assert wanted is not None
    return wanted.render(compose.report(made, plan_of(preset)), compose.pictures(made), options)


@cache
def june_made() -> Material:
    """Return what reports on the worked case, marked, are made from; it is reckoned once."""
    return made_of(marked(june()))


@cache
def _wide_made() -> Material:
    return made_of(wide_case())


@cache
def june_file(ending: str, preset: str) -> bytes:
    """Return the file of a report on the worked case, marked."""
    return _file(june_made(), ending, preset)


@cache
def hostile_file(ending: str, preset: str) -> bytes:
    """Return the file of a report in which every text tries to be code."""
    return file_of(hostile_case(CODES).analysis, ending, preset)


@cache
def wide_file(ending: str, preset: str) -> bytes:
    """Return the file of a report that is wider than paper and has an endless text."""
    return _file(_wide_made(), ending, preset)


def wide_case() -> Analysis:
    """Return 18 hypotheses on 4 items, which no paper is wide enough for, and a text that is longer than a page."""
    case = small_case(18, 4, rated=True)
    item, hypothesis = case.matrix.evidence[0], case.matrix.hypotheses[0]
    rating = case.matrix.rating(case.analyst, item, hypothesis)
    assert rating is not None
    long = " ".join(f"word{number}" for number in range(2_000))
    case.matrix.set_rating(case.analyst, item, hypothesis, rating.__class__(rating.value, rationale=long))
    return marked(case.analysis)


@cache
def june_report(preset: str) -> Report:
    """Return the report on the worked case, marked."""
    return compose.report(june_made(), plan_of(preset))


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return the parts of an Office file by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def xml_of(data: bytes, name: str) -> etree._Element:
    """Return a part of an Office file."""
    return etree.fromstring(parts_of(data)[name])


def changed(data: bytes, replaced: dict[str, bytes]) -> bytes:
    """Return an Office file with some of its parts replaced or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts_of(data) | replaced).items():
            archive.writestr(name, content)
    return target.getvalue()


def tight(text: str) -> str:
    """Return a text without blanks and without the places to wrap that a printed one has."""
    return "".join(text.replace("\u200b", "").replace("\u00ad", "").split())


def words_in(data: bytes, ending: str) -> str:
    """Return the text of a file of a report of any format, tight."""
    if ending == ".pdf":
        needs_tool("pdftotext")
        command = ["pdftotext", "-", "-"]
        return tight(subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode())
    if ending in (".docx", ".pptx"):
        pages = [part for name, part in parts_of(data).items() if re.match(r"word/document|ppt/slides/slide", name)]
        return tight("".join("".join(map(str, etree.fromstring(page).itertext())) for page in pages))
    return tight(data.decode())
