"""Importing a matrix from CSV: what is understood, what is listed, what is refused."""

from __future__ import annotations

import pytest

from ach_desk.exchange.csv_matrix import CellProblem, ImportResult, UnreadableMatrixError, column_name, read_matrix
from ach_desk.model import Analysis, EvidenceKind, Level, Scale
from ach_desk.scoring import build_table

PLAIN = "Evidence,Coup,Bluff\nTanks moved,CC,i\nHe spoke,n/a,NA\nNothing seen,,II\n"


def imported(text: str | bytes, **options: bool) -> Analysis:
    data = text if isinstance(text, bytes) else text.encode()
    result = read_matrix(data, "matrix.csv", **options)
    assert result.problems == ()
    assert result.analysis is not None
    return result.analysis


def refused(text: str) -> list[CellProblem]:
    result = read_matrix(text.encode(), "matrix.csv")
    assert result.analysis is None
    return list(result.problems)


def ratings(analysis: Analysis) -> list[list[str]]:
    matrix = analysis.matrices[0]
    analyst = next(iter(analysis.analysts))
    rows = []
    for item in matrix.evidence:
        cells = (matrix.rating(analyst, item, hypothesis) for hypothesis in matrix.hypotheses)
        rows.append([cell.value.value if cell is not None and cell.value is not None else "" for cell in cells])
    return rows


def titles(analysis: Analysis) -> list[str]:
    return [hypothesis.title for hypothesis in analysis.hypotheses.values()]


def test_a_plain_matrix_becomes_an_analysis_with_labels_in_order() -> None:
    analysis = imported(PLAIN)
    assert [(h.label, h.title) for h in analysis.hypotheses.values()] == [("H1", "Coup"), ("H2", "Bluff")]
    assert [(e.label, e.title) for e in analysis.evidence.values()] == [
        ("E1", "Tanks moved"),
        ("E2", "He spoke"),
        ("E3", "Nothing seen"),
    ]
    assert ratings(analysis) == [["CC", "I"], ["N/A", "N/A"], ["", "II"]]
    assert analysis.matrices[0].hypotheses == list(analysis.hypotheses)
    assert analysis.matrices[0].evidence == list(analysis.evidence)
    assert (analysis.next_numbers.hypothesis, analysis.next_numbers.evidence) == (3, 4)


def test_the_analyst_is_named_as_asked() -> None:
    result = read_matrix(PLAIN.encode(), "m.csv", analyst_name="R. Heuer")
    assert result.analysis is not None
    assert [analyst.name for analyst in result.analysis.analysts.values()] == ["R. Heuer"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_delimiters_encodings_and_line_ends_are_recognised(delimiter: str, encoding: str, line_end: str) -> None:
    rows = [["Kind", "Evidence", "Переворот", '"a, b; c"'], ["assumption", "Он — 东京", "c", "ii"]]
    text = line_end.join(delimiter.join(row) for row in rows) + line_end
    analysis = imported(text.encode(encoding))
    assert titles(analysis) == ["Переворот", "a, b; c"]
    assert [item.title for item in analysis.evidence.values()] == ["Он — 东京"]
    assert ratings(analysis) == [["C", "II"]]


def test_a_big_endian_file_with_byte_order_mark_is_recognised() -> None:
    assert titles(imported(b"\xfe\xff" + PLAIN.encode("utf-16-be"))) == ["Coup", "Bluff"]


def test_a_spreadsheets_own_delimiter_line_is_passed_over() -> None:
    analysis = imported("sep=;\r\nEvidence;A, or B\r\nx;C\r\n")
    assert titles(analysis) == ["A, or B"]
    (problem,) = refused("sep=;\nEvidence;A\nx;wrong\n")
    assert (problem.row, problem.column) == (3, 2)


def test_other_delimiters_inside_titles_do_not_mislead() -> None:
    analysis = imported('Kind;Evidence;"One; two, three"\n;Tanks, guns, planes;C\n')
    assert titles(analysis) == ["One; two, three"]
    assert next(iter(analysis.evidence.values())).title == "Tanks, guns, planes"


def test_all_fields_are_taken_in_any_order_and_letter_case() -> None:
    analysis = imported(
        "note, SOURCE ,Coup,relevance,date,evidence,Credibility,kInD\n"
        "a note,Reuters | BBC,ii, LOW ,2023-06,Title,High,  Absence   of EVIDENCE \n"
        ",BBC,,,,Other,not set,\n"
    )
    first, second = analysis.evidence.values()
    assert (first.title, first.note, first.kind) == ("Title", "a note", EvidenceKind.ABSENCE)
    assert (first.credibility, first.relevance, first.event_date) == (Level.HIGH, Level.LOW, "2023-06")
    assert (second.credibility, second.relevance, second.event_date) == (None, None, None)
    assert second.kind is EvidenceKind.EVIDENCE
    assert [(source.label, source.name) for source in analysis.sources.values()] == [("S1", "Reuters"), ("S2", "BBC")]
    assert [citation.source for citation in second.citations] == [list(analysis.sources)[1]]
    assert ratings(analysis) == [["II"], [""]]


def test_rating_cells_are_read_in_any_letter_case_and_surrounding_space() -> None:
    cells = ["cc", " C ", "n", "\u00a0i", "Ii", "na", "n/A", "", "  "]
    analysis = imported("Evidence;H\n" + "".join(f"e;{cell}\n" for cell in cells))
    assert [row[0] for row in ratings(analysis)] == ["CC", "C", "N", "I", "II", "N/A", "N/A", "", ""]


def test_slight_ratings_are_read_and_make_the_scale_seven_steps() -> None:
    analysis = imported("Evidence,A,B,C\nx,C-,i-,I\N{MINUS SIGN}\n")
    assert ratings(analysis) == [["C-", "I-", "I-"]]
    assert analysis.matrices[0].scale is Scale.SEVEN
    assert imported("Evidence,A\nx,II\n").matrices[0].scale is Scale.FIVE


def test_the_prefix_forces_a_hypothesis_whatever_it_is_called() -> None:
    analysis = imported("Evidence,Note,Hypothesis: Note,hypothesis:Kind,Hypothesis: Hypothesis: X\ne,my note,C,I,N\n")
    assert titles(analysis) == ["Note", "Kind", "Hypothesis: X"]
    assert next(iter(analysis.evidence.values())).note == "my note"


def test_exactly_one_leading_apostrophe_is_taken_away() -> None:
    analysis = imported("'Evidence,'=H1,''quoted\n'-5 degrees,'C,I\n''tis,,\n@home,,\n")
    assert titles(analysis) == ["=H1", "'quoted"]
    assert [item.title for item in analysis.evidence.values()] == ["-5 degrees", "'tis", "@home"]
    assert ratings(analysis)[0] == ["C", "I"]


def test_cells_not_understood_are_listed_with_row_and_column_and_nothing_is_made() -> None:
    text = (
        "Evidence,Kind,Credibility,Date,Coup,Bluff\n"
        "a,rumour,very high,06/24/2023,C,X\n"
        "\n"
        "b,evidence,low,2023-13,CCC,?\n"
        "c,,,2023-02-29,,,left over\n"
    )
    places = [(problem.row, problem.column) for problem in refused(text)]
    assert places == [(2, 2), (2, 3), (2, 4), (2, 6), (4, 4), (4, 5), (4, 6), (5, 4), (5, 7)]
    assert refused(text)[3].sentence() == (
        "Row 2, column 6 (F, “Bluff”): “X” is not a rating; write CC, C, C-, N, I-, I, II, N/A or nothing."
    )


def test_with_skip_bad_what_is_understood_is_taken_and_the_rest_reported() -> None:
    text = "Evidence,Kind,Date,Coup,\na,rumour,soon,X,stray\nb,assumption,2023,II,\n"
    result = read_matrix(text.encode(), "m.csv", skip_bad=True)
    assert result.analysis is not None
    assert [(problem.row, problem.column) for problem in result.problems] == [(2, 2), (2, 3), (2, 4), (2, 5)]
    first, second = result.analysis.evidence.values()
    assert (first.kind, first.event_date) == (EvidenceKind.EVIDENCE, None)
    assert (second.kind, second.event_date) == (EvidenceKind.ASSUMPTION, "2023")
    assert ratings(result.analysis) == [[""], ["II"]]


@pytest.mark.parametrize(
    ("header", "first", "second"),
    [
        ("Evidence,Coup,Bluff,Coup", "2 (B, “Coup”)", "4 (D, “Coup”)"),
        ("Evidence,Kind,Bluff,kind", "2 (B, “Kind”)", "4 (D, “Kind”)"),
        ("Evidence,A,EVIDENCE ", "1 (A, “Evidence”)", "3 (C, “Evidence”)"),
        ("Evidence,Hypothesis: A,A", "2 (B, “A”)", "3 (C, “A”)"),
        ("Evidence,'A,A", "2 (B, “A”)", "3 (C, “A”)"),
    ],
)
@pytest.mark.parametrize("skip_bad", [False, True])
def test_equal_headings_are_refused_naming_both_columns(header: str, first: str, second: str, skip_bad: bool) -> None:
    result = read_matrix(f"{header}\nx\n".encode(), "m.csv", skip_bad=skip_bad)
    assert result.analysis is None
    (problem,) = result.problems
    assert first in problem.text
    assert second in problem.text


@pytest.mark.parametrize("text", ["", "\n\n", "Item,Coup\nx,C\n", "a|Evidence|b\n", "\0" * 1000])
def test_a_table_without_the_evidence_column_is_refused(text: str) -> None:
    for skip_bad in (False, True):
        result = read_matrix(text.encode(), "m.csv", skip_bad=skip_bad)
        assert result.analysis is None
        assert "Evidence" in result.problems[0].sentence()


def test_short_rows_blank_rows_and_empty_columns_are_no_problem() -> None:
    analysis = imported("\n,,\nEvidence,Coup,,\n\na\nb,C,,,,\n , \n")
    assert [item.title for item in analysis.evidence.values()] == ["a", "b"]
    assert ratings(analysis) == [[""], ["C"]]


def test_a_row_without_a_title_is_taken_and_said() -> None:
    result = read_matrix(b"Evidence,Coup\n,C\n", "m.csv")
    assert isinstance(result, ImportResult)
    assert result.analysis is not None
    assert result.notes == ("Row 2 has no text under Evidence; its item has an empty title.",)


def test_a_matrix_without_hypotheses_or_items_is_taken() -> None:
    assert titles(imported("Evidence\nonly this\n")) == []
    assert imported("evidence;Coup").evidence == {}


def test_a_very_long_cell_is_taken() -> None:
    long = "x" * 300_000
    assert next(iter(imported(f'Evidence,Coup\n"{long}",C\n').evidence.values())).title == long


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xfe\x80",
        "Evidence,Café\n".encode("latin-1"),
        b"\xff\xfeE\x00v\x00i",
        b"\xff\xfe\x00\xd8,\x00",
    ],
)
def test_what_is_neither_utf_8_nor_utf_16_is_refused_with_the_place(data: bytes) -> None:
    with pytest.raises(UnreadableMatrixError, match=r"matrix\.csv is neither UTF-8 nor UTF-16 text \(byte \d+\)"):
        read_matrix(data, "matrix.csv")


def test_a_workbook_is_recognised() -> None:
    with pytest.raises(UnreadableMatrixError, match="spreadsheet workbook"):
        read_matrix(b"PK\x03\x04" + bytes(100), "matrix.xlsx")


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('Evidence,Coup\n"never closed,C\nb,C\n', 2),
        ('Evidence,Coup\na,C\n"b" tail,C\n', 3),
        ('Evidence,"Coup\n', 1),
    ],
)
def test_unbalanced_quotation_marks_are_refused_with_the_row(text: str, row: int) -> None:
    with pytest.raises(UnreadableMatrixError, match=f"in row {row} a quotation mark"):
        read_matrix(text.encode(), "matrix.csv")


@pytest.mark.parametrize(
    "data",
    [
        b"Evidence" + b"," * 1_001,
        b"Evidence,A\n" + b"\n" * 2_000_001,
        b"," * 10_000_001,
        bytes(64 * 1024 * 1024 + 1),
    ],
    ids=["columns", "rows", "separators", "bytes"],
)
def test_a_file_beyond_all_bounds_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(UnreadableMatrixError, match=r"matrix\.csv .* and was not read\. Split the matrix"):
        read_matrix(data, "matrix.csv")


def test_columns_are_named_as_a_spreadsheet_names_them() -> None:
    assert [column_name(number, "") for number in (1, 26, 27, 702, 703)] == [
        "1 (A)",
        "26 (Z)",
        "27 (AA)",
        "702 (ZZ)",
        "703 (AAA)",
    ]


def test_the_imported_ratings_are_what_is_scored() -> None:
    analysis = imported(PLAIN)
    table = build_table(analysis, analysis.matrices[0], next(iter(analysis.analysts)))
    assert table.codes.tolist() == [[2, 5], [1, 1], [0, 6]]
