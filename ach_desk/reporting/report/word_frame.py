"""Head and foot of the pages of a Word file: the marking on each, what it is, and the number of the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from ach_desk.i18n import _
from ach_desk.reporting.report.model import Report
from ach_desk.reporting.report.word_parts import Look, field, paragraph, run

_LONGEST_TITLE = 100
_MARKING = Look(bold=True, colour="#000000", size=10)


def frame(document: Any, report: Report) -> None:
    """Write head and foot; what a house template has there stays, and the marking is added."""
    styles = {style.name: style.style_id for style in document.styles}
    for head, foot in _pairs(document):
        was_empty = _is_empty(head) and _is_empty(foot)
        if was_empty:
            _clear(head)
            _clear(foot)
            _running(head, styles.get("Header"), report)
        if report.marking:
            marking = _marking(head, styles.get("Header"), report.marking)
            head._element.insert(0, marking)
        if not _has_page(foot) and not _has_page(head):
            _number(foot, styles.get("Footer"))
        if report.marking:
            _marking(foot, styles.get("Footer"), report.marking)


def _pairs(document: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every head with its foot that pages of the first section show; later sections take over from it."""
    section = document.sections[0]
    yield section.header, section.footer
    if section.different_first_page_header_footer:
        yield section.first_page_header, section.first_page_footer
    if document.settings.odd_and_even_pages_header_footer:
        yield section.even_page_header, section.even_page_footer


def _is_empty(part: Any) -> bool:
    return not part.tables and not any(one.text.strip() for one in part.paragraphs) and not _drawn(part)


def _drawn(part: Any) -> bool:
    return any(part._element.iter(qn("w:drawing"), qn("w:pict"), qn("w:sdt")))


def _clear(part: Any) -> None:
    part.is_linked_to_previous = False
    for child in list(part._element):
        part._element.remove(child)


def _running(head: Any, style: str | None, report: Report) -> None:
    title = report.title
    if len(title) > _LONGEST_TITLE:
        title = title[: _LONGEST_TITLE - 1].rstrip() + "…"
    run(paragraph(head._element, style, title, align="center"), title, Look(size=8))


def _marking(part: Any, style: str | None, marking: str) -> Any:
    made = paragraph(part._element, style, marking, align="center")
    run(made, marking, _MARKING)
    return made


def _has_page(part: Any) -> bool:
    codes = "".join(entry.text or "" for entry in part._element.iter(qn("w:instrText")))
    return "PAGE" in codes or any(
        "PAGE" in (one.get(qn("w:instr")) or "") for one in part._element.iter(qn("w:fldSimple"))
    )


def _number(foot: Any, style: str | None) -> None:
    """Write "Page 1 of 3"; Word reckons such fields by itself."""
    made = paragraph(foot._element, style, align="center")
    words = _("Page {page} of {pages}")
    before, _page, rest = words.partition("{page}")
    between, _pages, after = rest.partition("{pages}")
    for text, code in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        run(made, text)
        if code:
            field(made, code, "1")
