"""Writes the plan of a workbook as an OpenDocument spreadsheet: what formulas show, not the formulas. Plain XML."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from ach_desk.exchange.book import address
from ach_desk.exchange.sheet_look import RATING_COLOURS
from ach_desk.exchange.sheet_plan import BookPlan, Cell, Formula, SheetPlan
from ach_desk.i18n import _

_MIME = "application/vnd.oasis.opendocument.spreadsheet"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
        "meta": "meta",
        "config": "config",
        "number": "datastyle",
        "fo": "xsl-fo-compatible",
    }.items()
)
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(" {2,}|^ | $|\t")
_INCHES_PER_CHARACTER = 0.085
_STYLES: Mapping[str, str] = {
    "text": '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/>',
    "short": '<style:table-cell-properties style:vertical-align="top"/>',
    "rating": '<style:table-cell-properties fo:border="0.5pt solid #dcdcd8" style:vertical-align="top"/>'
    '<style:paragraph-properties fo:text-align="center"/>',
    "number": '<style:table-cell-properties style:vertical-align="top"/>'
    '<style:paragraph-properties fo:text-align="center"/>',
    "marking": '<style:text-properties fo:font-weight="bold"/>',
    "question": '<style:text-properties fo:font-weight="bold" fo:font-size="13pt"/>',
    "score": '<style:paragraph-properties fo:text-align="center"/>',
    "label": '<style:paragraph-properties fo:text-align="center"/><style:text-properties fo:font-weight="bold"/>',
    "heading": '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top" '
    'fo:background-color="#efefec" fo:border-bottom="1pt solid #5c6068"/>'
    '<style:text-properties fo:font-weight="bold"/>',
    "hidden": "",
}
_NUMBERS = frozenset({"number", "score"})


def ods_bytes(plan: BookPlan) -> bytes:
    """Return the file. Its properties carry no name of a person."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(zipfile.ZipInfo("mimetype"), _MIME)
        for name, content in (
            ("content.xml", "".join(_content(plan))),
            ("styles.xml", _styles(plan.marking)),
            ("meta.xml", _meta(plan.title)),
            ("settings.xml", _settings(plan)),
            ("META-INF/manifest.xml", _manifest()),
        ):
            package.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>\n' + content)
    return out.getvalue()


def _content(plan: BookPlan) -> Iterator[str]:
    widths = sorted({column.width for sheet in plan.sheets for column in sheet.columns})
    yield f'<office:document-content {_NAMESPACES} office:version="1.3"><office:automatic-styles>'
    yield '<style:style style:name="page" style:family="table" style:master-page-name="Default"/>'
    for width in widths:
        inches = width * _INCHES_PER_CHARACTER
        yield f'<style:style style:name="w{width:g}" style:family="table-column">'
        yield f'<style:table-column-properties style:column-width="{inches:.3f}in"/></style:style>'
    yield '<number:number-style style:name="two"><number:number number:decimal-places="2" '
    yield 'number:min-decimal-places="2" number:min-integer-digits="1"/></number:number-style>'
    for name, properties in _STYLES.items():
        form = ' style:data-style-name="two"' if name in _NUMBERS else ""
        yield f'<style:style style:name="{name}" style:family="table-cell"{form}>{properties}</style:style>'
    for value, (ground, text) in RATING_COLOURS.items():
        yield f'<style:style style:name={quoteattr(_look(value.value))} style:family="table-cell">'
        yield f'<style:table-cell-properties fo:background-color="{ground}" fo:border="0.5pt solid #dcdcd8" '
        yield 'style:vertical-align="top"/><style:paragraph-properties fo:text-align="center"/>'
        yield f'<style:text-properties fo:color="{text}"/></style:style>'
    yield "</office:automatic-styles><office:body><office:spreadsheet>"
    for sheet in plan.sheets:
        yield from _table(sheet)
    yield "</office:spreadsheet></office:body></office:document-content>"


def _look(value: str) -> str:
    return "rated-" + value.replace("/", "")


_LOOKS = {value.value: _look(value.value) for value in RATING_COLOURS}


def _table(sheet: SheetPlan) -> Iterator[str]:
    printed = ""
    if sheet.printed is not None:
        last = address(*sheet.printed)
        printed = f' table:print-ranges="{sheet.name}.A1:{sheet.name}.{last}"'
    yield f'<table:table table:name={quoteattr(sheet.name)} table:style-name="page"{printed}>'
    for column in sheet.columns:
        hidden = ' table:visibility="collapse"' if column.is_hidden else ""
        yield f'<table:table-column table:style-name="w{column.width:g}"{hidden}/>'
    styles = [column.style for column in sheet.columns]
    headings = sheet.frozen[0]
    for row, cells in enumerate(sheet.rows):
        if headings and row == 0:
            yield "<table:table-header-rows>"
        style = sheet.row_styles.get(row)
        hidden = ' table:visibility="collapse"' if style == "hidden" else ""
        yield f"<table:table-row{hidden}>"
        yield from _row(cells, [style] * len(cells) if style else styles)
        yield "</table:table-row>"
        if headings and row == min(headings, len(sheet.rows)) - 1:
            yield "</table:table-header-rows>"
    yield "</table:table>"


def _row(cells: list[Cell], styles: list[str]) -> Iterator[str]:
    for column, cell in enumerate(cells):
        value = cell.value if isinstance(cell, Formula) else cell
        style = styles[column]
        if style == "rating" and isinstance(value, str):
            style = _LOOKS.get(value, style)
        if value is None or value == "":
            yield f'<table:table-cell table:style-name="{style}"/>'
        elif isinstance(value, str):
            yield f'<table:table-cell table:style-name="{style}" office:value-type="string">'
            yield "".join(f"<text:p>{_text(line)}</text:p>" for line in clean(value).split("\n"))
            yield "</table:table-cell>"
        else:
            yield f'<table:table-cell table:style-name="{style}" office:value-type="float" office:value="{value!r}">'
            yield f"<text:p>{value:.2f}</text:p></table:table-cell>"


def clean(text: str) -> str:
    """Return a text as XML can hold it: one kind of line end, no control characters, no half characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", lines)


def _text(line: str) -> str:
    """Return a line in which spaces stay: more than one of them, and tabs, are elements."""
    return _SPACES.sub(_space, escape(line)) if " " in line or "\t" in line else escape(line)


def _space(found: re.Match[str]) -> str:
    return "<text:tab/>" if found[0] == "\t" else f'<text:s text:c="{len(found[0])}"/>'


def _styles(marking: str) -> str:
    shown = f"<text:p>{escape(clean(marking))}</text:p>"
    room = '<style:header-footer-properties fo:min-height="0.25in"/>'
    pages = escape(_("Page {number}")).format(number="<text:page-number>1</text:page-number>")
    return (
        f'<office:document-styles {_NAMESPACES} office:version="1.3"><office:automatic-styles>'
        '<style:page-layout style:name="layout"><style:page-layout-properties style:print-orientation="landscape" '
        'fo:page-width="11.69in" fo:page-height="8.27in" style:scale-to-X="1" style:scale-to-Y="0"/>'
        f"<style:header-style>{room}</style:header-style><style:footer-style>{room}</style:footer-style>"
        "</style:page-layout></office:automatic-styles>"
        '<office:master-styles><style:master-page style:name="Default" style:page-layout-name="layout">'
        f"<style:header>{shown}</style:header><style:footer>{shown}<text:p>{pages}</text:p></style:footer>"
        "</style:master-page></office:master-styles></office:document-styles>"
    )


def _meta(title: str) -> str:
    return (
        f'<office:document-meta {_NAMESPACES} xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3">'
        f"<office:meta><meta:generator>ACH Desk</meta:generator><dc:title>{escape(clean(title))}</dc:title>"
        "</office:meta></office:document-meta>"
    )


def _settings(plan: BookPlan) -> str:
    """Return which rows and columns of each sheet stay in sight."""
    views = "".join(
        f"<config:config-item-map-entry config:name={quoteattr(sheet.name)}>{''.join(_freeze(*sheet.frozen))}"
        "</config:config-item-map-entry>"
        for sheet in plan.sheets
    )
    return (
        f'<office:document-settings {_NAMESPACES} office:version="1.3"><office:settings>'
        '<config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views">'
        '<config:config-item-map-entry><config:config-item-map-named config:name="Tables">'
        f"{views}</config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed>"
        "</config:config-item-set></office:settings></office:document-settings>"
    )


def _freeze(rows: int, columns: int) -> Iterator[str]:
    for name, count in (("Horizontal", columns), ("Vertical", rows)):
        if count:
            yield f'<config:config-item config:name="{name}SplitMode" config:type="short">2</config:config-item>'
            yield f'<config:config-item config:name="{name}SplitPosition" config:type="int">{count}'
            yield "</config:config-item>"
    yield f'<config:config-item config:name="PositionRight" config:type="int">{columns}</config:config-item>'
    yield f'<config:config-item config:name="PositionBottom" config:type="int">{rows}</config:config-item>'


def _manifest() -> str:
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
        for name in ("content.xml", "styles.xml", "meta.xml", "settings.xml")
    )
    return (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
        f'manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIME}"/>'
        f"{entries}</manifest:manifest>"
    )
