"""Files that mean harm, made by the tests themselves: each refused or defused with a sentence, in little time."""

from __future__ import annotations

import io
import tracemalloc
import zipfile

import pytest
from helpers.sheets import inline_rows, xlsx, zipped
from helpers.timing import cpu_seconds

from ach_desk.exchange import xml_parts
from ach_desk.exchange.book import StoppedError
from ach_desk.exchange.formats import RefusedFileError
from ach_desk.exchange.sheet_files import read_book, read_sheet_file

ODS_TABLE = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="A">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
)
MATRIX = inline_rows(["Evidence", "Coup"], ["Tanks", "C"])


def refusal(data: bytes, name: str = "bad.xlsx") -> str:
    with pytest.raises(RefusedFileError) as caught:
        read_book(data, name)
    assert name in str(caught.value)
    return str(caught.value)


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = xlsx(("A", "<row>" + " " * (xml_parts.MAX_UNPACKED + 1) + "</row>"))
    assert len(bomb) < 1_000_000
    tracemalloc.start()
    assert "unpack to more" in refusal(bomb)
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_a_part_that_claims_to_be_small_is_not_read_beyond_its_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_parts, "MAX_UNPACKED", 100_000)
    data = bytearray(xlsx(("A", "<row/>" * 50_000)))
    size = len("<row/>" * 50_000)
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as package:
        info = package.getinfo("xl/worksheets/sheet1.xml")
    assert info.file_size > size
    wrong, right = (1_000).to_bytes(4, "little"), info.file_size.to_bytes(4, "little")
    assert "damaged" in refusal(bytes(data).replace(right, wrong))


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_entities_are_refused(part: str) -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
    assert "entities" in refusal(xlsx(("A", MATRIX), more={part: laughs}))


def test_an_entity_that_names_a_file_of_this_machine_is_refused() -> None:
    outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>'
    assert "entities" in refusal(zipped({"content.xml": outside}), "bad.ods")


@pytest.mark.parametrize("reference", ["B1048576", "XFD2", "ZZZ9999999"])
def test_a_cell_far_out_is_named(reference: str) -> None:
    rows = f'<row><c r="A1"><v>1</v></c></row><row><c r="{reference}"><v>1</v></c></row>'
    assert f"{reference}, too far out" in refusal(xlsx(("A", rows)))


def test_claimed_dimensions_and_formats_cost_nothing() -> None:
    claims = '<dimension ref="A1:XFD1048576"/>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    columns = '<cols><col min="1" max="16384"/></cols>'
    sheet = f'<worksheet xmlns="{main}">{claims}{columns}<sheetData>{MATRIX}</sheetData></worksheet>'
    book = read_book(xlsx(("A", ""), more={"xl/worksheets/sheet1.xml": sheet}), "m.xlsx")
    assert book.sheets[0].rows == [["Evidence", "Coup"], ["Tanks", "C"]]


def test_rows_and_cells_that_repeat_a_million_times_are_bounded() -> None:
    repeat = "table:number-columns-repeated"
    cell = f'<table:table-cell {repeat}="{{columns}}" office:value-type="string"><text:p>x</text:p></table:table-cell>'
    blank = (
        f'<table:table-row table:number-rows-repeated="1048000"><table:table-cell {repeat}="16384"/></table:table-row>'
    )
    calm = f"<table:table-row>{cell.format(columns=2)}</table:table-row>{blank}"
    book = read_book(zipped({"content.xml": ODS_TABLE.format(rows=calm)}), "m.ods")
    assert book.sheets[0].rows == [["x", "x"]], "repeated blank cells are how spreadsheets end"
    wide = f'<table:table-row table:number-rows-repeated="1000000">{cell.format(columns=16384)}</table:table-row>'
    bad = zipped({"content.xml": ODS_TABLE.format(rows=wide)})
    assert cpu_seconds(lambda: refusal(bad, "bad.ods"), attempts=1) < 5
    tall = f'<table:table-row table:number-rows-repeated="1000000">{cell.format(columns=900)}</table:table-row>'
    assert "cells" in refusal(zipped({"content.xml": ODS_TABLE.format(rows=tall)}), "bad.ods")


LONG = "x" * 200_001


def test_a_long_text_in_very_many_cells_is_refused_at_once() -> None:
    cell = f'<table:table-cell table:number-columns-repeated="900"><text:p>{LONG}</text:p></table:table-cell>'
    rows = f'<table:table-row table:number-rows-repeated="2000">{cell}</table:table-row>'
    repeated = zipped({"content.xml": ODS_TABLE.format(rows=rows)})
    reference = '<c t="s"><v>0</v></c>'
    shared = f"<row>{reference * 900}</row>" * 20
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = {"xl/sharedStrings.xml": f'<sst xmlns="{main}"><si><t>{LONG}</t></si></sst>'}
    for data, name in ((repeated, "bad.ods"), (xlsx(("A", shared), more=strings), "bad.xlsx")):
        assert cpu_seconds(lambda data=data, name=name: refusal(data, name), attempts=1) < 5
        assert "more text than is sound" in refusal(data, name)


@pytest.mark.parametrize("name", ["long.xlsx", "long.ods", "long.csv"])
def test_a_text_longer_than_any_cell_is_cut_and_named(name: str) -> None:
    made = {
        "long.xlsx": lambda: xlsx(("A", inline_rows(["Evidence", "Coup"], [LONG, "C"]))),
        "long.csv": lambda: f"Evidence,Coup\n{LONG},C\n".encode(),
        "long.ods": lambda: zipped({"content.xml": ODS_TABLE.format(rows=ods_rows(["Evidence", "Coup"], [LONG, "C"]))}),
    }
    incoming = read_sheet_file(made[name](), name)
    assert incoming.analysis is not None
    (item,) = incoming.analysis.evidence.values()
    assert (len(item.title), item.title[-1]) == (200_000, "…")
    assert "Texts were cut after 200000 characters: A2." in incoming.report.changed


def ods_rows(*rows: list[str]) -> str:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    return "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in rows)


def test_so_many_tags_that_they_would_take_minutes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_parts, "MAX_TAGS", 100_000)
    assert "unpack to more" in refusal(xlsx(("A", "<row><c/><c/></row>" * 100_000)))


def test_macros_and_links_are_named_and_left_alone() -> None:
    more = {"xl/vbaProject.bin": "evil", "xl/externalLinks/externalLink1.xml": "<x/>"}
    incoming = read_sheet_file(xlsx(("A", MATRIX), more=more), "m.xlsm")
    assert incoming.analysis is not None
    said = " / ".join(incoming.report.changed)
    assert "macros" in said
    assert "links to 1 other file" in said


def test_formulas_count_by_what_they_last_showed() -> None:
    rows = (
        inline_rows(["Evidence", "Coup", "Bluff"])
        + '<row><c t="inlineStr"><is><t>Tanks</t></is></c>'
        + '<c t="str"><f>cmd|calc!A1</f><v>C</v></c><c><f>1+1</f></c></row>'
    )
    incoming = read_sheet_file(xlsx(("A", rows)), "m.xlsx")
    assert incoming.analysis is not None
    sheet = next(iter(incoming.analysis.matrices[0].sheets.values()))
    assert [rating.value for row in sheet.values() for rating in row.values()] == ["C"]
    assert [line for line in incoming.report.changed if "B2" in line and "not calculated" in line]
    assert [line for line in incoming.report.skipped if "C2" in line and "without a stored result" in line]


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old.xls", "password-protected"),
        (b"PK\x03\x04 no archive at all", "a.xlsx", "damaged"),
        (zipped({"word/document.xml": "<x/>"}), "letter.xlsx", "no Excel workbook"),
        (zipped({"mimetype": "x"}), "a.ods", "no OpenDocument"),
        (zipped({"xl/workbook.xml": "<not closed"}), "a.xlsx", "damaged"),
        (
            zipped({"content.xml": "<a/>", "META-INF/manifest.xml": '<m xmlns="u"><encryption-data/></m>'}),
            "a.ods",
            "password",
        ),
        (b'Evidence,Coup\n"Tanks,C\n', "a.csv", "quotation mark"),
        (b"\0\1\2" * 100, "a.csv", "no text"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_with_a_sentence(data: bytes, name: str, words: str) -> None:
    assert words in refusal(data, name)


def test_a_password_is_told_from_damage() -> None:
    data = bytearray(xlsx(("A", MATRIX)))
    start = 0
    while (start := data.find(b"PK\x01\x02", start)) >= 0:
        data[start + 8] |= 1
        start += 4
    assert "password" in refusal(bytes(data))


def test_too_many_parts_are_refused() -> None:
    assert "too many parts" in refusal(zipped({f"x{number}": "" for number in range(xml_parts.MAX_ENTRIES + 1)}))


def test_reading_ends_when_nobody_waits() -> None:
    told: list[float] = []

    def watch(part: float) -> None:
        told.append(part)
        raise StoppedError

    with pytest.raises(StoppedError):
        read_book(xlsx(("A", MATRIX)), "m.xlsx", watch)
    assert len(told) == 1
