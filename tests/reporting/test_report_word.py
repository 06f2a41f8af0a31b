"""A report as a Word file: headings, contents, heads, captions, texts of pictures, fields; what a template may do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Mm, Pt
from helpers.office import (
    CODES,
    MARKING,
    NOTICE,
    changed,
    file_of,
    hostile_file,
    june_file,
    june_report,
    marked,
    parts_of,
    tight,
    wide_file,
    xml_of,
)
from helpers.reports import june
from lxml import etree

from ach_desk.reporting.print_options import Paper
from ach_desk.reporting.report import word_template
from ach_desk.reporting.report.file_options import FileError, FileOptions
from ach_desk.reporting.report.model import Picture, Table
from ach_desk.reporting.report.preset_names import ONE_PAGE, REVIEWER

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY = "word/document.xml"


def _body(preset: str = REVIEWER) -> etree._Element:
    return xml_of(june_file(".docx", preset), BODY)


def _texts(root: etree._Element) -> str:
    return "".join(part.text or "" for part in root.iter(f"{W}t"))


def _codes(root: etree._Element) -> list[str]:
    return [(part.text or "").strip() for part in root.iter(f"{W}instrText")]


def test_sections_are_headings_and_the_contents_is_a_field_that_is_complete() -> None:
    document = docx.Document(io.BytesIO(june_file(".docx", REVIEWER)))
    titles = [section.title for section in june_report(REVIEWER).sections]
    headings = [entry.text for entry in document.paragraphs if entry.style and entry.style.name == "Heading 1"]
    assert headings == titles
    root = _body()
    assert [code for code in _codes(root) if code.startswith("TOC")] == [r'TOC \o "1-1" \h \z \u']
    entries = {entry.get(f"{W}anchor"): _texts(entry) for entry in root.iter(f"{W}hyperlink")}
    assert list(entries.values()) == titles
    assert set(entries) <= {mark.get(f"{W}name") for mark in root.iter(f"{W}bookmarkStart")}
    # Word asks about "other files" when it is told to reckon fields on opening, and there is nothing to reckon.
    assert b"updateFields" not in parts_of(june_file(".docx", REVIEWER))["word/settings.xml"]
    assert not [mark for mark in root.iter(f"{W}fldChar") if mark.get(f"{W}dirty")]


def test_fields_begin_and_end_in_turn() -> None:
    kinds = [mark.get(f"{W}fldCharType") for mark in _body().iter(f"{W}fldChar")]
    depth = 0
    for kind in kinds:
        depth += {"begin": 1, "separate": 0, "end": -1}[str(kind)]
        assert depth in (0, 1)
    assert depth == 0


def test_tables_repeat_their_heads_and_no_row_is_cut() -> None:
    root = _body()
    tables = sum(isinstance(block, Table) for section in june_report(REVIEWER).sections for block in section.blocks)
    assert len(list(root.iter(f"{W}tblHeader"))) == tables
    for table in root.iter(f"{W}tbl"):
        widths = [int(entry.get(f"{W}w", "0")) for entry in table.iter(f"{W}gridCol")]
        assert sum(widths) <= 9_700
        assert all(len(row.findall(f"{W}tc")) == len(widths) for row in table.iter(f"{W}tr"))
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in table.iter(f"{W}tr"))


def test_a_chart_stays_with_its_caption_and_not_with_what_follows() -> None:
    styled = [(entry, entry.find(f"{W}pPr/{W}pStyle")) for entry in _body().iter(f"{W}p")]
    captions = [entry for entry, style in styled if style is not None and style.get(f"{W}val") == "Caption"]
    assert captions
    for entry in captions:
        keep = entry.find(f"{W}pPr/{W}keepNext")
        assert keep is not None
        assert (keep.get(f"{W}val") == "1") == _texts(entry).startswith("Table")
    for drawing in _body().iter(f"{W}drawing"):
        paragraph = drawing.getparent().getparent()
        assert paragraph.find(f"{W}pPr/{W}keepNext") is not None


def test_what_is_longer_than_a_page_may_be_cut_and_wide_tables_lie_sideways() -> None:
    root = xml_of(wide_file(".docx", REVIEWER), BODY)
    (tall,) = [row for row in root.iter(f"{W}tr") if "word1999" in _texts(row)]
    assert tall.find(f"{W}trPr") is None
    turned = [size.get(f"{W}orient") for size in root.iter(f"{W}pgSz")]
    assert "landscape" in turned
    assert turned[0] != "landscape"
    assert all(MARKING in _texts(xml_of(wide_file(".docx", REVIEWER), f"word/{name}1.xml")) for name in _FRAME)


_FRAME = ("header", "footer")


def test_tables_and_figures_have_captions_with_numbers() -> None:
    root = _body()
    codes = _codes(root)
    captioned = [
        block.caption
        for section in june_report(REVIEWER).sections
        for block in section.blocks
        if isinstance(block, Table | Picture) and block.caption
    ]
    document = docx.Document(io.BytesIO(june_file(".docx", REVIEWER)))
    captions = [entry.text for entry in document.paragraphs if entry.style and entry.style.name == "Caption"]
    assert len(captions) == len(captioned) == sum(code.startswith("SEQ") for code in codes)
    assert all(words in caption for words, caption in zip(captioned, captions, strict=True))
    assert captions[0].startswith("Table 1. ")
    assert any(caption.startswith("Figure 1. ") for caption in captions)


def test_pictures_have_their_words() -> None:
    pictures = [
        block for section in june_report(REVIEWER).sections for block in section.blocks if isinstance(block, Picture)
    ]
    names = [entry for entry in _body().iter() if etree.QName(entry).localname == "docPr"]
    assert [entry.get("descr") for entry in names] == [picture.alternative for picture in pictures]


def test_head_and_foot_have_marking_and_number() -> None:
    data = june_file(".docx", REVIEWER)
    head, foot = (xml_of(data, f"word/{name}1.xml") for name in _FRAME)
    assert _texts(head).startswith(MARKING)
    assert "What best explains" in _texts(head)
    assert _texts(foot) == f"Page 1 of 1{MARKING}"
    assert _codes(foot) == ["PAGE", "NUMPAGES"]
    assert NOTICE in _texts(_body())


@pytest.mark.parametrize("paper", Paper)
def test_paper_is_that_of_the_country(paper: Paper) -> None:
    document = docx.Document(io.BytesIO(file_of(june(), ".docx", ONE_PAGE, FileOptions(paper))))
    width = document.sections[0].page_width
    assert width is not None
    assert round(width.mm, 1) == {Paper.A4: 210.0, Paper.LETTER: 215.9, Paper.A3: 297.0}[paper]


def test_hostile_texts_are_texts() -> None:
    data = hostile_file(".docx", REVIEWER)
    root = xml_of(data, BODY)
    assert tight(_texts(root)).count(tight(CODES)) > 20
    assert {code.split()[0] for code in _codes(root)} <= {"TOC", "SEQ"}
    assert list(root.iter(f"{W}fldSimple")) == []
    links = [link for link in root.iter(f"{W}hyperlink") if link.get(f"{W}anchor") is None]
    assert links == []
    for name, content in parts_of(data).items():
        if name.endswith(".rels"):
            assert b"External" not in content, name


def test_its_properties_name_the_authors_and_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("USER", "LOGNAME", "USERNAME", "HOSTNAME", "COMPUTERNAME"):
        monkeypatch.setenv(name, "xk-secret-name")
    for ending in (".docx", ".pptx"):
        data = file_of(june(), ending, ONE_PAGE)
        parts = parts_of(data)
        assert [name for name, content in parts.items() if b"xk-secret-name" in content] == []
        assert [name for name in parts if "thumbnail" in name or "customXml" in name or "printer" in name] == []
        core = {etree.QName(entry).localname: entry.text for entry in xml_of(data, "docProps/core.xml")}
        assert core == {
            "title": "What best explains the Wagner Group's march on Moscow of 23-24 June 2023 and its end?",
            "subject": "One page",
            "creator": "The ACH Desk developers",
            "language": "en",
            "revision": "1",
            "created": "2026-03-01T00:00:00Z",
            "modified": "2026-03-01T00:00:00Z",
        }
        assert _strings(parts["docProps/app.xml"]) == ["ACH Desk"]
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def _strings(xml: bytes) -> list[str]:
    return [text for text in (str(entry).strip() for entry in etree.fromstring(xml).itertext()) if text]


# House templates


def _template(*, paper: float = 200, head: str = "House of Keller") -> bytes:
    document = docx.Document()
    document.add_paragraph("What stands in the template is not taken over.")
    section = document.sections[0]
    section.page_width = Mm(paper)
    section.header.paragraphs[0].text = head
    document.styles["Heading 1"].font.name = "Georgia"
    document.styles["Normal"].font.size = Pt(9)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _with(template: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(_made(template)))


def _made(template: bytes) -> bytes:
    return file_of(marked(june()), ".docx", ONE_PAGE, FileOptions(template=template))


def test_a_house_template_brings_styles_paper_and_head() -> None:
    document = _with(_template())
    section = document.sections[0]
    assert section.page_width is not None
    assert round(section.page_width.mm) == 200
    assert document.styles["Heading 1"].font.name == "Georgia"
    assert [entry.text for entry in section.header.paragraphs] == [MARKING, "House of Keller"]
    assert [entry.text for entry in section.footer.paragraphs if entry.text][-1] == MARKING
    assert "is not taken over" not in "".join(entry.text for entry in document.paragraphs)
    assert "Answer" in [entry.text for entry in document.paragraphs if entry.style and entry.style.name == "Heading 1"]


def test_a_template_without_any_of_the_styles_is_completed() -> None:
    template = _template()
    styles = etree.fromstring(parts_of(template)["word/styles.xml"])
    for style in styles.findall(f"{W}style"):
        if style.get(f"{W}styleId") not in ("Normal", "DefaultParagraphFont", "TableNormal", "NoList"):
            styles.remove(style)
    relations = parts_of(template)["word/_rels/document.xml.rels"]
    without = changed(template, {"word/styles.xml": etree.tostring(styles), "word/_rels/document.xml.rels": relations})
    document = _with(without)
    names = {entry.style.name for entry in document.paragraphs if entry.style}
    assert {"Title", "Heading 1", "List Bullet", "Caption"} <= names
    bullets = [entry for entry in document.paragraphs if entry.style and entry.style.name == "List Bullet"]
    assert all(entry._p.pPr is not None and entry._p.pPr.numPr is not None for entry in bullets)


def test_a_word_template_by_its_ending_is_one_too() -> None:
    template = _template()
    types = parts_of(template)["[Content_Types].xml"].replace(b".document.main+xml", b".template.main+xml")
    assert (
        b".document.main+xml"
        in parts_of(_made(changed(template, {"[Content_Types].xml": types})))["[Content_Types].xml"]
    )


_ATTACHED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"


def test_people_and_the_way_to_the_old_template_are_forgotten() -> None:
    document = docx.Document(io.BytesIO(_template()))
    document.part.relate_to("file:///C:/Users/keller/house.dotx", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    document.add_comment(document.paragraphs[0].runs, text="mine", author="Keller", initials="K")
    document.core_properties.author = document.core_properties.last_modified_by = "Keller"
    document.core_properties.comments = "Keller"
    settings = document.part._settings_part
    settings.relate_to("file:///C:/Users/keller/house.dotx", _ATTACHED, is_external=True)
    target = io.BytesIO()
    document.save(target)
    made = parts_of(_made(target.getvalue()))
    found = {name: content.replace(b"House of Keller", b"") for name, content in made.items()}
    assert [name for name, content in found.items() if b"eller" in content] == []


def _relation(kind: str) -> bytes:
    return (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/' + kind.encode() + b'" '
        b'Target="http://evil.example/x" TargetMode="External"/></Relationships>'
    )


def _field(code: str) -> bytes:
    return f'<w:hdr xmlns:w="{W[1:-1]}"><w:p><w:r><w:instrText>{code}</w:instrText></w:r></w:p></w:hdr>'.encode()


REFUSED = {
    "no zip": (lambda _good: b"%PDF-1.7", "not a Word file"),
    "empty": (lambda _good: b"", "not a Word file"),
    "a spreadsheet": (
        lambda good: changed(
            good, {"[Content_Types].xml": b'<Types xmlns="x"><Default Extension="xml" ContentType="a"/></Types>'}
        ),
        "not a Word file",
    ),
    "a broken part": (lambda good: changed(good, {"word/styles.xml": b"<w:styles"}), "not a Word file"),
    "entities": (
        lambda good: changed(good, {"word/styles.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "not a Word file",
    ),
    "macros": (lambda good: changed(good, {"word/vbaProject.bin": b"Sub AutoOpen()"}), "macros"),
    "an embedded program": (lambda good: changed(good, {"word/embeddings/oleObject1.bin": b"MZ"}), "macros"),
    "a picture from elsewhere": (
        lambda good: changed(good, {"word/_rels/header1.xml.rels": _relation("image")}),
        "loads something from elsewhere",
    ),
    "a field that fetches": (
        lambda good: changed(good, {"word/header9.xml": _field("INCLUDEPICTURE http://evil.example/x")}),
        "fields that load",
    ),
    "a field that starts programs": (
        lambda good: changed(good, {"word/header9.xml": _field("DDEAUTO cmd")}),
        "fields that load",
    ),
    "too many parts": (lambda good: changed(good, {f"word/x{n}.txt": b"" for n in range(2_001)}), "too large"),
    "a bomb": (lambda good: changed(good, {"word/media/a.png": bytes(101_000_000)}), "too large"),
    "too large": (lambda good: good + bytes(word_template.MOST_BYTES), "too large"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_template_is_refused_with_a_sentence(name: str) -> None:
    spoil, words = REFUSED[name]
    with pytest.raises(FileError, match=words) as caught:
        word_template.opened(spoil(_template()))
    assert str(caught.value).endswith(".")


def test_a_template_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="could not be read"):
        word_template.read_template(tmp_path / "nowhere.docx")
    large = tmp_path / "large.docx"
    with large.open("wb") as file:
        file.truncate(word_template.MOST_BYTES + 1)
    with pytest.raises(FileError, match="too large"):
        word_template.read_template(large)
