"""Out as a spreadsheet and in again: nothing that a sheet holds is altered, in any of the four formats."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace as with_fields
from io import BytesIO
from typing import Any

import pytest
from helpers.sheets import Case, full_case
from hypothesis import given, settings
from hypothesis import strategies as st
from test_csv_round_trip import analyses, content, nasty  # pyright: ignore[reportMissingImports]

from ach_desk.exchange.formats import Outgoing
from ach_desk.exchange.ods_out import clean
from ach_desk.exchange.sheet_files import read_sheet_file
from ach_desk.exchange.sheet_out import write_csv, write_ods, write_tsv, write_xlsx
from ach_desk.exchange.xlsx_out import LONGEST_CELL
from ach_desk.model import Analysis, EvidenceStatus, HypothesisStatus, Level, Rating, RatingValue, replace

Writer = Callable[..., Outgoing]
WORKBOOKS: dict[str, Writer] = {"m.xlsx": write_xlsx, "m.ods": write_ods}
TEXTS: dict[str, Writer] = {"m.csv": write_csv, "m.tsv": write_tsv}


def written(analysis: Analysis, write: Writer) -> Outgoing:
    return write(analysis, analysis.matrices[0], next(iter(analysis.analysts)))


def read_back(data: bytes, name: str) -> Analysis:
    incoming = read_sheet_file(data, name)
    assert incoming.report.skipped == ()
    assert incoming.analysis is not None
    return incoming.analysis


@st.composite
def full_analyses(draw: st.DrawFn) -> Analysis:
    """Return an analysis with everything in it that a workbook has cells for."""
    analysis = draw(analyses())
    matrix, analyst = analysis.matrices[0], next(iter(analysis.analysts))
    analysis.question, analysis.notice = draw(nasty), draw(nasty)
    for entry, item in analysis.evidence.items():
        tags = draw(st.lists(nasty.filter(bool), max_size=2, unique=True))
        counted = draw(st.sampled_from([EvidenceStatus.COUNTED, EvidenceStatus.SET_ASIDE]))
        more = {"detail": draw(nasty), "tags": tuple(tags), "status": counted, "status_reason": draw(nasty)}
        analysis.evidence[entry] = replace(item, **more, quotation=draw(nasty), flag=draw(st.booleans()))
        for hypothesis in matrix.hypotheses:
            old = matrix.rating(analyst, entry, hypothesis) or Rating(None)
            new = with_fields(old, rationale=draw(nasty), confidence=draw(st.sampled_from([None, *Level])))
            if old.value is RatingValue.NEUTRAL:
                new = with_fields(new, range=(RatingValue.CONSISTENT, RatingValue.INCONSISTENT))
            matrix.set_rating(analyst, entry, hypothesis, new)
    for entry, hypothesis in analysis.hypotheses.items():
        status = draw(st.sampled_from(HypothesisStatus))
        analysis.hypotheses[entry] = replace(hypothesis, statement=draw(nasty), status=status, note=draw(nasty))
    return analysis


def held(analysis: Analysis, text: Callable[[str], str]) -> list[Any]:
    """Return everything that a workbook promises to keep, its texts as `text` leaves them."""
    matrix, analyst = analysis.matrices[0], next(iter(analysis.analysts))
    items = []
    for entry in matrix.evidence:
        data = analysis.evidence[entry].model_dump(exclude={"citations", "entered"})
        cited = [analysis.sources[one.source].name for one in analysis.evidence[entry].citations]
        items.append((_texts(data, text), [text(name) for name in cited]))
    hypotheses = [
        _texts(analysis.hypotheses[entry].model_dump(exclude={"wording"}), text) for entry in matrix.hypotheses
    ]
    cells = {}
    for entry in matrix.evidence:
        for hypothesis in matrix.hypotheses:
            rating = matrix.rating(analyst, entry, hypothesis)
            if rating is not None:
                cells[entry, hypothesis] = (rating.value, text(rating.rationale), rating.confidence, rating.range)
    return [text(analysis.question), text(analysis.notice), hypotheses, items, cells]


def _texts(data: Any, text: Callable[[str], str]) -> Any:
    if type(data) is str:
        return text(data)
    if isinstance(data, dict):
        return {key: _texts(value, text) for key, value in data.items()}
    return tuple(_texts(value, text) for value in data) if isinstance(data, tuple) else data


def _unique_when(text: Callable[[str], str], analysis: Analysis) -> bool:
    """Return whether the sources still have different names after what the format does to texts."""
    names = [text(source.name) for source in analysis.sources.values()]
    return len(set(names)) == len(names) and all(names)


@given(full_analyses())
@settings(max_examples=25, deadline=None)
def test_an_excel_workbook_brings_back_what_it_holds(analysis: Analysis) -> None:
    outgoing = written(analysis, write_xlsx)
    assert outgoing.problems == ()
    assert held(read_back(outgoing.data, "m.xlsx"), str) == held(analysis, str)


@given(full_analyses().filter(lambda analysis: _unique_when(clean, analysis)))
@settings(max_examples=25, deadline=None)
def test_an_opendocument_spreadsheet_brings_back_what_xml_can_hold(analysis: Analysis) -> None:
    outgoing = written(analysis, write_ods)
    assert held(read_back(outgoing.data, "m.ods"), clean) == held(analysis, clean)


@given(analyses(), st.sampled_from(sorted(TEXTS)))
@settings(max_examples=40, deadline=None)
def test_text_formats_bring_back_what_they_hold(analysis: Analysis, name: str) -> None:
    outgoing = written(analysis, TEXTS[name])
    back = read_back(outgoing.data, name) if analysis.evidence or analysis.hypotheses else None
    if back is not None:
        assert content(back) == content(analysis)


@pytest.mark.parametrize("name", sorted(WORKBOOKS))
def test_what_a_workbook_leaves_out_is_said(name: str) -> None:
    outgoing = written(full_case().analysis, WORKBOOKS[name])
    said = " / ".join(outgoing.left_out)
    assert "the name of the analyst" in said
    for held_part in ("rationale", "statement", "detail", "the question", "labels", "kind of source"):
        assert held_part not in said


@pytest.mark.parametrize("name", sorted(WORKBOOKS))
def test_labels_that_were_not_given_in_order_stay(name: str) -> None:
    case = full_case()
    entry = case.matrix.evidence[0]
    case.analysis.evidence[entry] = replace(case.analysis.evidence[entry], label="E17")
    back = read_back(written(case.analysis, WORKBOOKS[name]).data, name)
    assert back.evidence[entry].label == "E17"
    assert back.next_numbers.evidence == 18


@pytest.mark.parametrize("name", sorted({**WORKBOOKS, **TEXTS}))
def test_a_withheld_source_goes_by_its_description(name: str) -> None:
    case = full_case()
    entry, source = next(iter(case.analysis.sources.items()))
    case.analysis.sources[entry] = replace(
        source, name="Karla", note="met in Bern", withheld=True, public_description="a person with access"
    )
    data = written(case.analysis, {**WORKBOOKS, **TEXTS}[name]).data
    plain = _everything(data)
    assert b"a person with access" in plain
    assert b"Karla" not in plain
    assert b"Bern" not in plain


def _everything(data: bytes) -> bytes:
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(BytesIO(data)) as package:
        return b"".join(map(package.read, package.namelist()))


@pytest.mark.parametrize("name", sorted(WORKBOOKS))
def test_no_text_becomes_a_formula_a_link_or_a_number(name: str) -> None:
    case = _titled('=HYPERLINK("http://x","y")', "http://example.org", "0042", "+1", "@SUM(A1)")
    data = written(case.analysis, WORKBOOKS[name]).data
    back = read_back(data, name)
    assert [back.evidence[entry].title for entry in back.matrices[0].evidence] == case.titles
    plain = _everything(data)
    assert b"<hyperlink" not in plain
    assert b">HYPERLINK" not in plain


def test_a_text_that_no_cell_holds_is_cut_and_said_so() -> None:
    case = _titled("x" * (LONGEST_CELL + 1))
    outgoing = written(case.analysis, write_xlsx)
    assert [f"{LONGEST_CELL} characters" in problem for problem in outgoing.problems] == [True]
    back = read_back(outgoing.data, "m.xlsx")
    assert [len(item.title) for item in back.evidence.values()] == [LONGEST_CELL]


@pytest.mark.parametrize("name", sorted(WORKBOOKS))
def test_properties_and_pages_name_the_marking_and_nobody(name: str) -> None:
    case = full_case()
    case.analysis.marking = "TLP:AMBER & more"
    data = written(case.analysis, WORKBOOKS[name]).data
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts = {part: package.read(part).decode() for part in package.namelist()}
    properties = parts.get("docProps/core.xml", "") + parts.get("meta.xml", "")
    assert "<dc:creator></dc:creator>" in properties or "creator" not in properties
    assert "<cp:lastModifiedBy></cp:lastModifiedBy>" in properties or "lastModifiedBy" not in properties
    page = parts.get("xl/worksheets/sheet1.xml", "") + parts.get("styles.xml", "")
    assert page.count("TLP:AMBER") == 2, "in the header and in the footer"
    assert case.analyst_name not in "".join(parts.values())


def _titled(*titles: str) -> Case:
    case = full_case(items=len(titles))
    for entry, title in zip(case.matrix.evidence, titles, strict=True):
        case.analysis.evidence[entry] = replace(case.analysis.evidence[entry], title=title)
    return case
