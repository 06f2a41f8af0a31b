"""What is written for PARC ACH is what its files are known to hold, and comes back as it was."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest
from helpers.analyses import small_case
from helpers.foreign import PARC_VALUES, ParcItem, parc_file, parc_matrix
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ach_desk.exchange.bounds import clean
from ach_desk.exchange.parc import read_parc
from ach_desk.exchange.parc_out import write_parc
from ach_desk.model import Analysis, EvidenceKind, Matrix, Rating, RatingValue
from ach_desk.storage.files import read_document

SEED = Path(__file__).parents[2] / "seeds" / "russia-june-2023.ach.json"
SAMPLE = Path(__file__).parents[1] / "data" / "format-4-sample.ach.json"

HALF_STEPS: dict[RatingValue | None, RatingValue] = {
    RatingValue.SLIGHTLY_CONSISTENT: RatingValue.CONSISTENT,
    RatingValue.SLIGHTLY_INCONSISTENT: RatingValue.INCONSISTENT,
}
texts = st.text(st.characters(exclude_categories=("C", "Z")), max_size=12)
some = texts.map(str.strip).filter(bool)
moments = st.integers(-62_000_000_000_000, 250_000_000_000_000).filter(bool)
levels = st.sampled_from(["HIGH", "MEDIUM", "LOW"])
fields = st.fixed_dictionaries(
    {},
    optional={
        "NOTES": texts,
        "LINK": texts,
        "TYPE": st.sampled_from(["Assumption", "HUMINT", "Logical Deduction", "Open Source"]),
        "DATE": moments.map(str) | st.integers(-20_000, 80_000).filter(bool).map(lambda day: str(day * 86_400_000)),
        "CODE": texts,
        "FLAG": st.just("1"),
        "CREDIBILITY": levels,
        "RELEVANCE": levels,
    },
)


@st.composite
def parc_matrices(draw: st.DrawFn) -> str:
    names = draw(st.lists(some, max_size=3))
    values = st.lists(st.sampled_from(sorted(PARC_VALUES)), min_size=len(names), max_size=len(names))
    items = draw(st.lists(st.builds(ParcItem, texts, values, fields), max_size=4))
    named = draw(st.sampled_from(["", "<NAME>Second look</NAME>"]))
    return parc_matrix(names, items, named)


def written(analysis: Analysis, matrix: Matrix | None = None) -> bytes:
    return write_parc(analysis, matrix or analysis.matrices[0], next(iter(analysis.analysts))).data


def said(analysis: Analysis) -> Any:
    """Return everything in an analysis but when it was read, and as which analysis."""
    data = analysis.model_dump(mode="json", exclude={"id", "created"})
    for item in data["evidence"].values():
        del item["entered"]
    return data


@given(st.lists(parc_matrices(), min_size=1, max_size=3), texts)
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_a_file_of_parc_ach_holds_comes_back_equal(matrices: list[str], title: str) -> None:
    first = read_parc(parc_file(*matrices, title=title), "a.achz")
    if first.analysis is None:
        return
    data = written(first.analysis)
    assert written(first.analysis) == data
    second = read_parc(data, "b.achz")
    assert second.analysis is not None
    assert second.report.skipped == ()
    assert said(second.analysis) == said(first.analysis)


def root_of(data: bytes) -> Element:
    return fromstring(gzip.decompress(data).decode("utf-16").partition("?>")[2])


@pytest.mark.parametrize("file", [SEED, SAMPLE], ids=lambda file: file.name)
def test_ratings_titles_and_grades_of_an_own_analysis_come_back_matrix_by_matrix(file: Path) -> None:
    analysis = read_document(file).loaded.analysis
    back = read_parc(written(analysis), "x.achz").analysis
    assert back is not None
    assert [matrix.name for matrix in back.matrices] == [matrix.name for matrix in analysis.matrices]
    analyst, reader = next(iter(analysis.analysts)), next(iter(back.analysts))
    assert any(rating.value for *_cell, rating in back.rating_cells())
    for ours, theirs in zip(analysis.matrices, back.matrices, strict=True):
        for item, other in zip(ours.evidence, theirs.evidence, strict=True):
            mine, read = analysis.evidence[item], back.evidence[other]
            assert (read.title, read.credibility, read.relevance) == (mine.title, mine.credibility, mine.relevance)
            assert (read.kind, read.link) == (mine.kind, mine.link)
            assert clean(mine.detail) in read.note
            for hypothesis, column in zip(ours.hypotheses, theirs.hypotheses, strict=True):
                cell, got = ours.rating(analyst, item, hypothesis), theirs.rating(reader, other, column)
                value = cell.value if cell else None
                assert (got.value if got else None) == HALF_STEPS.get(value, value)


def test_the_elements_are_those_that_a_known_reader_looks_for() -> None:
    case = small_case(2, 1)
    case.analysis.question, case.analysis.marking = "Who & why?", "SECRET"
    first = case.item(1)
    changed = {
        "flag": True,
        "event_date": "2023-06-24",
        "kind": EvidenceKind.ABSENCE,
        "code": "K <1>",
        "title": "a\x01b",
    }
    case.analysis.evidence[first.id] = first.model_copy(update=changed)
    case.matrix.set_rating(case.analyst, first.id, case.h(2), Rating(RatingValue.VERY_INCONSISTENT))
    root = root_of(written(case.analysis))
    assert (root.findtext("PROJECT-TITLE"), root.findtext("CLASSIFICATION")) == ("Who & why?", "SECRET")
    assert [entry.text for entry in root.findall("MATRIX/HYPOTHESIS/NAME")] == ["Explanation 1", "Explanation 2"]
    (row,) = root.findall("MATRIX/EVIDENCE")
    found = {child.tag: child.text for child in row}
    assert found == {
        "NAME": "a\ufffdb",
        "TYPE": "Absence of Evidence",
        "DATE": "1687564800000",
        "CODE": "K <1>",
        "FLAG": "1",
        "VALUES": ",I I",
    }


def test_what_it_cannot_hold_is_said() -> None:
    case = small_case(2, 3, rated=True)
    month, rated = case.item(1), case.item(2)
    case.analysis.evidence[month.id] = month.model_copy(update={"event_date": "2023-06", "detail": "More of it."})
    reason = Rating(RatingValue.SLIGHTLY_INCONSISTENT, rationale="It was late.")
    case.matrix.set_rating(case.analyst, rated.id, case.h(1), reason)
    outgoing = write_parc(case.analysis, case.matrix, case.analyst)
    assert "the date of E1, which is no single day" in outgoing.left_out
    assert "the rationale of 1 cell" in outgoing.left_out
    assert not [line for line in outgoing.left_out if line.startswith(("the code", "the link", "the flag"))]
    (half,) = [line for line in outgoing.problems if "C and I" in line]
    assert "E2/H1" in half
    assert "written into the notes: E1." in outgoing.notes[0]
    assert "was not tried" in outgoing.notes[-1]
    back = read_parc(outgoing.data, "x").analysis
    assert back is not None
    assert next(iter(back.evidence.values())).note == "More of it."


def test_the_chosen_matrix_comes_first_and_a_withheld_name_is_not_in_it() -> None:
    analysis = read_document(SAMPLE).loaded.analysis
    last = analysis.matrices[-1]
    back = read_parc(written(analysis, last), "x").analysis
    assert back is not None
    assert back.matrices[0].name == last.name
    text = gzip.decompress(written(analysis)).decode("utf-16")
    assert any(source.withheld and source.name == "Ann" for source in analysis.sources.values())
    assert "Source: a neighbour; Report" in text
    assert "Source: Ann" not in text
