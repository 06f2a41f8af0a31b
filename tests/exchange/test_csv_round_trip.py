"""Export and import again: nothing that a CSV file holds is altered, and what it does not hold is said."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ach_desk.commands import edits, findings, watching
from ach_desk.exchange.csv_columns import hypothesis_heading, hypothesis_title, join_sources, split_sources
from ach_desk.exchange.csv_matrix import ExportResult, read_matrix, write_matrix
from ach_desk.model import (
    Analysis,
    Analyst,
    Challenge,
    CheckAnswer,
    Citation,
    DependenceGroup,
    EvidenceItem,
    EvidenceKind,
    EvidenceStatus,
    HandoverNote,
    Hypothesis,
    HypothesisStatus,
    Level,
    Matrix,
    Rating,
    RatingValue,
    Retest,
    Scale,
    Scenario,
    Snapshot,
    SnapshotKind,
    Source,
    TrailEntry,
    new_analysis,
    replace,
)
from ach_desk.model.dates import event_fields
from ach_desk.model.spreadsheet_cells import guarded, unguarded
from ach_desk.scoring import Finding

PIECES = [
    *"'\"=+-@\t\r\n,;| \\\0\x1b\x7f\u2028\ufeff",
    "''",
    " | ",
    "\r\n",
    "Hypothesis: ",
    "hypothesis:",
    "Evidence",
    "note",
    "=HYPERLINK(1)",
    "\uff1d1\uff0b1",
    "مرحبا",
    "東京",
    "🇺🇦👩‍👩‍👧",
    "\u202eabc",
    "x",
]
nasty = st.lists(
    st.one_of(st.sampled_from(PIECES), st.text(st.characters(exclude_categories=["Cs"]), max_size=3)), max_size=6
).map("".join)
dates = st.sampled_from(
    [
        *("", "2023", "2023-06", "2023-06-24", "0001", "9999-12-31", "2023-06-10..2023-06-24", "2021..2023"),
        *("mid-June 2023", "Sommer 2021", "between 10 and 12 June 2023", "about 2020"),
    ]
)
markings = st.sampled_from(["", "TLP:RED", "SECRET//NOFORN", "=1+1", "#x", 'a,b;"c"'])
levels = st.sampled_from([None, *Level])
values = st.sampled_from([None, *RatingValue])


@st.composite
def analyses(draw: st.DrawFn) -> Analysis:
    analysis = new_analysis("Who did it?")
    analysis.marking = draw(markings)
    matrix = analysis.matrices[0]
    analyst = next(iter(analysis.analysts))
    titles = draw(st.lists(nasty, max_size=5, unique=True))
    names = draw(st.lists(nasty.filter(bool), max_size=4, unique=True))
    for number, name in enumerate(names, 1):
        analysis.sources[f"s{number}"] = Source(id=f"s{number}", label=f"S{number}", name=name)
    for number, title in enumerate(titles, 1):
        analysis.hypotheses[f"h{number}"] = Hypothesis(id=f"h{number}", label=f"H{number}", title=title)
    for number in range(1, draw(st.integers(0, 4)) + 1):
        cited = draw(st.lists(st.sampled_from(sorted(analysis.sources)), max_size=3)) if names else []
        analysis.evidence[f"e{number}"] = EvidenceItem(
            id=f"e{number}",
            label=f"E{number}",
            title=draw(nasty),
            note=draw(nasty),
            kind=draw(st.sampled_from(EvidenceKind)),
            credibility=draw(levels),
            relevance=draw(levels),
            **event_fields(draw(dates)),
            citations=tuple(Citation(source=source) for source in cited),
        )
        for hypothesis in analysis.hypotheses:
            matrix.set_rating(analyst, f"e{number}", hypothesis, Rating(draw(values)))
    matrix.hypotheses.extend(draw(st.permutations(list(analysis.hypotheses))))
    matrix.evidence.extend(draw(st.permutations(list(analysis.evidence))))
    return analysis


def export(analysis: Analysis, **options: bool) -> ExportResult:
    return write_matrix(analysis, analysis.matrices[0], next(iter(analysis.analysts)), **options)


def content(analysis: Analysis) -> list[Any]:
    """Return what a round trip through CSV promises to keep."""
    matrix, analyst = analysis.matrices[0], next(iter(analysis.analysts))
    rows = []
    for entry in matrix.evidence:
        item = analysis.evidence[entry]
        cells = [matrix.rating(analyst, entry, hypothesis) for hypothesis in matrix.hypotheses]
        rows.append(
            (
                (item.title, item.kind, item.credibility, item.relevance, item.note),
                (item.event_date, item.event_end, item.event_words),
                [analysis.sources[citation.source].name for citation in item.citations],
                [cell.value if cell else None for cell in cells],
            )
        )
    return [analysis.marking, [analysis.hypotheses[entry].title for entry in matrix.hypotheses], rows]


@given(analyses(), st.booleans())
@settings(max_examples=150)
def test_importing_the_export_gives_equal_content(analysis: Analysis, mark: bool) -> None:
    exported = export(analysis, byte_order_mark=mark)
    assert exported.problems == ()
    result = read_matrix(exported.data, "m.csv")
    assert result.problems == ()
    assert result.analysis is not None
    assert content(result.analysis) == content(analysis)


@given(nasty)
def test_no_cell_of_an_export_begins_like_a_formula(text: str) -> None:
    cell = guarded(text)
    assert unguarded(cell) == text
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"))


@given(nasty)
def test_every_title_has_a_heading_that_is_read_as_that_title(title: str) -> None:
    assert hypothesis_title(guarded(hypothesis_heading(title))) == title


@given(st.lists(nasty.filter(bool), max_size=5))
def test_source_names_are_told_apart_again_whatever_they_hold(names: list[str]) -> None:
    assert split_sources(join_sources(names)) == names


def test_plain_names_stand_in_the_cell_as_they_are() -> None:
    assert join_sources(["Reuters", "A|B", "BBC"]) == "Reuters | A|B | BBC"
    assert join_sources(["a | b", "c"]) == r"a \| b | c"


def test_the_layout_of_the_file_is_the_published_one() -> None:
    analysis = new_analysis()
    analyst = next(iter(analysis.analysts))
    analysis.hypotheses["h"] = Hypothesis(id="h", label="H1", title="note")
    analysis.hypotheses["g"] = Hypothesis(id="g", label="H2", title="=2+3")
    analysis.sources["s"] = Source(id="s", label="S1", name="Reuters")
    analysis.evidence["e"] = EvidenceItem(
        id="e", label="E1", title="-5", credibility=Level.HIGH, event_date="2023-06", citations=({"source": "s"},) * 2
    )
    matrix = analysis.matrices[0]
    matrix.hypotheses, matrix.evidence = ["h", "g"], ["e"]
    matrix.set_rating(analyst, "e", "h", Rating(RatingValue.NOT_APPLICABLE))
    rows = list(csv.reader(io.StringIO(export(analysis).data.decode("utf-8"), newline="")))
    assert rows == [
        ["Evidence", "Kind", "Credibility", "Relevance", "Source", "Date", "Note", "Hypothesis: note", "'=2+3"],
        ["'-5", "evidence", "high", "", "Reuters | Reuters", "2023-06", "", "N/A", ""],
    ]
    assert export(analysis, byte_order_mark=True).data.startswith(b"\xef\xbb\xbfEvidence")


def test_the_marking_stands_above_the_headings_and_is_read_again() -> None:
    analysis = new_analysis()
    analysis.marking = " TLP:AMBER "
    analysis.evidence["e"] = EvidenceItem(id="e", label="E1", title="x")
    analysis.matrices[0].evidence.append("e")
    lines = export(analysis).data.decode("utf-8").splitlines()
    assert lines[0] == "# TLP:AMBER"
    assert lines[1].startswith("Evidence,")
    read = read_matrix(export(analysis, byte_order_mark=True).data, "m.csv").analysis
    assert read is not None
    assert read.marking == "TLP:AMBER"
    assert [item.title for item in read.evidence.values()] == ["x"]


def test_a_heading_that_is_a_number_sign_is_no_comment() -> None:
    read = read_matrix(b"#,Evidence,Coup\nN,x,C\n", "m.csv").analysis
    assert read is not None
    assert read.marking == ""
    assert [entry.title for entry in read.hypotheses.values()] == ["#", "Coup"]


def test_a_date_whose_words_say_something_else_is_written_as_days() -> None:
    analysis = new_analysis()
    analysis.evidence["e"] = EvidenceItem(
        id="e", label="E1", title="x", event_date="2022-02-24", event_words="when the war began"
    )
    analysis.matrices[0].evidence.append("e")
    assert b",2022-02-24," in export(analysis).data
    assert "the date of E1 in words" in export(analysis).left_out


def test_equal_titles_are_reported_because_the_file_cannot_be_imported() -> None:
    analysis = new_analysis()
    for number in (1, 2):
        analysis.hypotheses[f"h{number}"] = Hypothesis(id=f"h{number}", label=f"H{number}", title="Coup")
    analysis.matrices[0].hypotheses.extend(analysis.hypotheses)
    exported = export(analysis)
    assert exported.problems == ("H1 and H2 have the same title; change one of them, or the file cannot be imported.",)
    assert read_matrix(exported.data, "m.csv").analysis is None


def test_half_characters_are_replaced_and_reported() -> None:
    analysis = new_analysis()
    analysis.evidence["e"] = EvidenceItem(id="e", label="E1", title="a\ud83d")
    analysis.matrices[0].evidence.append("e")
    exported = export(analysis)
    assert exported.problems == ("E1: half characters, which no CSV file can hold, were written as U+FFFD.",)
    result = read_matrix(exported.data, "m.csv")
    assert result.analysis is not None
    assert next(iter(result.analysis.evidence.values())).title == "a\ufffd"


_TIME = "2023-06-24T17:30:00Z"
_OVERLAP = {"kind": "overlaps", "other": "h1"}


@pytest.fixture
def full() -> Analysis:
    """An analysis that uses every field of the model."""
    analysis = new_analysis("Why?")
    analyst = next(iter(analysis.analysts))
    analysis.description, analysis.notice, analysis.marking = "d", "n", "m"
    analysis.authors, analysis.as_of = ("A",), "2023"
    analysis.analysts["b"] = Analyst(id="b", name="Second")
    analysis.sources["s"] = Source(id="s", label="S1", name="BBC", kind="radio", link="x", date="2023", note="n")
    analysis.sources["t"] = Source(id="t", label="S2", name="")
    analysis.sources["u"] = Source(id="u", label="S3", name="unused")
    analysis.hypotheses["h"] = Hypothesis(
        id="h", label="H1", title="A", statement="s", colour="#001122", note="n", combines=("g",), unknown=1
    )
    analysis.hypotheses["g"] = Hypothesis(id="g", label="H7", title="B", status=HypothesisStatus.REJECTED)
    analysis.hypotheses["o"] = Hypothesis(id="o", label="H8", title="outside")
    analysis.evidence["e"] = EvidenceItem(
        id="e",
        label="E1",
        title="x",
        detail="d",
        event_words="in the old days",
        learned_date="2023",
        quotation="q",
        page="7",
        link="x",
        code="K",
        marking="TLP:RED",
        entered="2023-01-01T00:00:00Z",
        tags=("t",),
        flag=True,
        status=EvidenceStatus.SET_ASIDE,
        citations=({"source": "s"}, {"source": "t"}, {"source": "gone"}),
    )
    analysis.evidence["o"] = EvidenceItem(id="o", label="E9", title="outside")
    analysis.matrices.append(Matrix(name="two"))
    matrix = analysis.matrices[0]
    matrix.hypotheses, matrix.evidence = ["h", "g"], ["e"]
    matrix.set_rating(analyst, "e", "h", Rating(RatingValue.CONSISTENT, "why", Level.LOW, "2023-01-01T00:00:00Z"))
    matrix.set_rating("b", "e", "h", Rating(RatingValue.CONSISTENT))
    return analysis


def test_everything_left_out_is_said(full: Analysis) -> None:
    assert list(export(full).left_out) == [
        "of the analysis: question, description, notice, authors and date of the information",
        "the name of the analyst",
        "the ratings of 1 other analyst",
        "1 other matrix",
        "1 hypothesis outside this matrix",
        "1 item outside this matrix",
        "1 source that no item here cites",
        "the full statement of H1",
        "the chosen colour of H1",
        "the rejection of H7 and its reason",
        "the hypotheses that H1 combines",
        "the note on H1",
        "the detail of E1",
        "the setting aside of E1 and its reason",
        "the date of E1 in words",
        "the learned date of E1",
        "the date of entry of E1",
        "the tags of E1",
        "the flag on E1",
        "the quotation of E1 and its page",
        "the link of E1 and when it was retrieved",
        "the code of E1",
        "the marking of E1",
        "a source without a name, cited by E1",
        "the kind of source of S1",
        "the link to the source of S1",
        "the source date of S1",
        "the source note of S1",
        "the labels: H7 will be numbered anew, from H1 on",
        "the rationale of 1 cell",
        "the confidence in 1 cell",
        "the time of 1 rating",
        "entries that this version of the program does not know",
    ]


def test_what_is_left_out_of_ranges_suggestions_wordings_scenarios_and_history_is_said() -> None:
    analysis = new_analysis()
    matrix, analyst = analysis.matrices[0], next(iter(analysis.analysts))
    analysis.handover = HandoverNote(id="n", text="read E1 first", time=_TIME)
    analysis.hypothesis_check = (CheckAnswer(question="exclusive"),)
    for number, more in ((1, {"catch_all": True}), (2, {"parent": "h1"}), (3, {"relations": [_OVERLAP]})):
        entry = Hypothesis(id=f"h{number}", label=f"H{number}", title=f"{number}", **more)
        analysis.hypotheses[entry.id] = entry
    analysis.evidence["e1"] = EvidenceItem(id="e1", label="E1", title="x", wording=2)
    matrix.hypotheses, matrix.evidence = ["h1", "h2", "h3"], ["e1"]
    matrix.scale, matrix.note = Scale.THREE, "on trial"
    neutral, surprising = RatingValue.NEUTRAL, RatingValue.INCONSISTENT
    matrix.set_rating(analyst, "e1", "h1", Rating(neutral, range=(neutral, surprising), item_wording=2))
    matrix.set_rating(analyst, "e1", "h2", Rating(surprising, item_wording=1))
    matrix.set_rating(analyst, "e1", "h3", Rating(None, suggested=(neutral, neutral)))
    analysis.scenarios["s"] = Scenario(id="s", matrix=matrix.id, name="without E1")
    analysis.groups["g"] = DependenceGroup(id="g", name="Wire report", items=("e1", "e2"))
    analysis.challenges["c"] = Challenge(id="c", evidence="e1", text="really?", time=_TIME)
    for kind in SnapshotKind:
        analysis.snapshots[kind] = Snapshot(id=kind, kind=kind, matrix=matrix.id, time=_TIME)
    analysis.retests["r"] = Retest(id="r", matrix=matrix.id, analyst=analyst, time=_TIME)
    analysis.trail.append(TrailEntry("t", _TIME, analyst, "do", "set", []))
    assert list(export(analysis).left_out) == [
        "of the analysis: note to the next analyst and hypothesis check",
        "the name of the analyst",
        "the place of H1 as a heading, where own ratings do not count",
        "the heading over H2",
        "the relations of H3",
        "that H1 stands for every other explanation",
        "the range of 1 undecided rating",
        "1 unconfirmed suggestion",
        "that 1 rating was made on earlier wording",
        "the scale of the matrix: three steps (C N I)",
        "the note on the matrix",
        "1 scenario",
        "1 challenge",
        "1 baseline",
        "2 printed or exported states",
        "1 second rating pass",
        "1 dependence group",
        "the history of edits",
    ]


def test_a_bare_matrix_leaves_out_next_to_nothing() -> None:
    assert export(new_analysis()).left_out == ("the name of the analyst",)


def test_expectations_indicators_and_points_set_aside_are_said_to_be_left_out() -> None:
    analysis = new_analysis()
    edits.add_hypotheses(analysis, analysis.matrices[0], [{"title": "A bluff"}]).apply(analysis)
    (hypothesis,) = analysis.hypotheses
    watching.expect(analysis, hypothesis, "Smoke").apply(analysis)
    for text in ("Convoys", "Rain"):
        watching.watch(analysis, text).apply(analysis)
    findings.set_aside(analysis, analysis.matrices[0].id, Finding("tie", "tied"), "so be it").apply(analysis)
    assert export(analysis).left_out[-3:] == ("1 expectation", "2 indicators", "1 point set aside")


def test_many_labels_are_counted_and_not_listed() -> None:
    analysis = new_analysis()
    for number in range(1, 10):
        analysis.hypotheses[f"h{number}"] = replace(
            Hypothesis(id=f"h{number}", label=f"H{number}", title=f"{number}"), note="n"
        )
    analysis.matrices[0].hypotheses.extend(analysis.hypotheses)
    assert "the note on H1, H2, H3, H4, H5 and 4 others" in export(analysis).left_out


def test_headings_and_forms_come_back_as_hypotheses_with_their_ratings() -> None:
    analysis = new_analysis()
    matrix, analyst = analysis.matrices[0], next(iter(analysis.analysts))
    for number, more in ((1, {}), (2, {"parent": "h1"}), (3, {"parent": "h2"}), (4, {})):
        entry = Hypothesis(id=f"h{number}", label=f"H{number}", title=f"Explanation {number}", **more)
        analysis.hypotheses[entry.id] = entry
    analysis.evidence["e1"] = EvidenceItem(id="e1", label="E1", title="x")
    matrix.hypotheses, matrix.evidence = ["h1", "h2", "h3", "h4"], ["e1"]
    for hypothesis, value in (("h1", RatingValue.CONSISTENT), ("h3", RatingValue.INCONSISTENT)):
        matrix.set_rating(analyst, "e1", hypothesis, Rating(value))
    exported = export(analysis)
    assert exported.problems == ()
    assert exported.left_out == (
        "the name of the analyst",
        "the place of H1 and H2 as a heading, where own ratings do not count",
        "the heading over H2 and H3",
    )
    read = read_matrix(exported.data, "x").analysis
    assert read is not None
    assert [entry.title for entry in read.hypotheses.values()] == [f"Explanation {number}" for number in range(1, 5)]
    sheet = read.matrices[0].sheets[next(iter(read.analysts))]
    (row,) = sheet.values()
    assert [rating.value for rating in row.values()] == [RatingValue.CONSISTENT, RatingValue.INCONSISTENT]
