"""Files of PARC ACH: what is in them comes in, what is blank stays unrated, and nothing goes in silence."""

from __future__ import annotations

import gzip

import pytest
from helpers.foreign import ParcItem, parc_file, parc_matrix
from hypothesis import given, settings
from hypothesis import strategies as st

from ach_desk.exchange.formats import Incoming, RefusedFileError
from ach_desk.exchange.parc import read_parc
from ach_desk.model import Analysis, EvidenceKind, Level, Matrix

VALUES = ["CC", "C", "N", "I", "II", "N/A", ""]


def rows_of(analysis: Analysis, matrix: Matrix) -> list[tuple[str, list[str]]]:
    """Return title and ratings of every row, "" being unrated."""
    analyst = next(iter(analysis.analysts))
    found = []
    for entry in matrix.evidence:
        ratings = [matrix.rating(analyst, entry, hypothesis) for hypothesis in matrix.hypotheses]
        values = [rating.value.value if rating and rating.value else "" for rating in ratings]
        found.append((analysis.evidence[entry].title, values))
    return found


def analysis_of(incoming: Incoming) -> Analysis:
    assert incoming.analysis is not None
    return incoming.analysis


words = st.text(st.sampled_from("aB1é&<>\"'東מ💡=,;"), min_size=1, max_size=12)


@given(
    st.lists(words, min_size=1, max_size=4).flatmap(
        lambda names: st.tuples(
            st.just(names),
            st.lists(
                st.tuples(words, st.lists(st.sampled_from(VALUES), min_size=len(names), max_size=len(names))),
                max_size=5,
            ),
        )
    ),
    st.booleans(),
)
@settings(max_examples=40)
def test_titles_order_and_ratings_come_in_as_they_are(
    case: tuple[list[str], list[tuple[str, list[str]]]], packed: bool
) -> None:
    names, rows = case
    data = parc_file(parc_matrix(names, [ParcItem(name, values) for name, values in rows]), packed=packed)
    analysis = analysis_of(read_parc(data, "case.achz"))
    matrix = analysis.matrices[0]
    assert [analysis.hypotheses[entry].title for entry in matrix.hypotheses] == names
    assert rows_of(analysis, matrix) == [(name, list(values)) for name, values in rows]


def test_every_known_element_has_its_place() -> None:
    item = ParcItem(
        "Tapes & copies",
        ["II", ""],
        {
            "NOTES": "Said\nonce",
            "LINK": "https://example.org",
            "TYPE": "Assumption",
            "DATE": "946684800000",
            "CODE": "A-1",
            "FLAG": "1",
            "CREDIBILITY": "HIGH",
            "RELEVANCE": "LOW",
        },
    )
    incoming = read_parc(parc_file(parc_matrix(["Spy", "Careless"], [item])), "lee.achz")
    analysis = analysis_of(incoming)
    (found,) = analysis.evidence.values()
    assert (found.title, found.note, found.link) == ("Tapes & copies", "Said\nonce", "https://example.org")
    assert (found.kind, found.tags, found.code) == (EvidenceKind.ASSUMPTION, ("type:Assumption",), "A-1")
    assert (found.event_date, found.event_words, found.flag) == ("2000-01-01", "", True)
    assert (found.credibility, found.relevance) == (Level.HIGH, Level.LOW)
    assert (analysis.question, analysis.marking) == ("Who did it?", "UNCLASSIFIED")
    assert incoming.report.taken == ("1 matrix", "2 hypotheses", "1 item", "1 rating")


def test_a_moment_keeps_its_clock_and_the_report_says_that_the_day_is_in_utc() -> None:
    item = ParcItem("Late", ["C"], {"DATE": "946764000000"})
    incoming = read_parc(parc_file(parc_matrix(["H"], [item])), "x.ach")
    (found,) = analysis_of(incoming).evidence.values()
    assert (found.event_date, found.event_words) == ("2000-01-01", "2000-01-01 22:00:00 UTC")
    assert any("Item 1" in line for line in incoming.report.changed)


@pytest.mark.parametrize("date", ["soon", "9" * 30, "-" + "9" * 18])
def test_a_date_that_is_none_is_left_out_and_named(date: str) -> None:
    incoming = read_parc(parc_file(parc_matrix(["H"], [ParcItem("x", ["C"], {"DATE": date})])), "x.ach")
    assert next(iter(analysis_of(incoming).evidence.values())).event_date is None
    assert any("Item 1: the date" in line for line in incoming.report.skipped)


def test_what_is_not_known_is_named_with_its_place() -> None:
    matrix = parc_matrix(["H"], [ParcItem("x", ["C"], {"CONFIDENCE": "7"})], more="<SORTED>yes</SORTED>")
    skipped = "\n".join(read_parc(parc_file(matrix, more="<AUTHOR>Ann</AUTHOR>"), "x.ach").report.skipped)
    assert "The file: the element AUTHOR is not known and was left out: “Ann”." in skipped
    assert "Matrix 1: the element SORTED is not known and was left out: “yes”." in skipped
    assert "Item 1: the element CONFIDENCE is not known and was left out: “7”." in skipped
    assert "COLOR-SCHEME and LAST-INDEX" in skipped


def test_too_many_ratings_and_words_that_are_none_are_named_and_rate_nothing() -> None:
    matrix = parc_matrix(["H1", "H2"], [ParcItem("a", ["C", "C", "I"]), ParcItem("b", ["N"])])
    matrix = matrix.replace("<VALUES>N</VALUES>", "<VALUES>maybe,</VALUES>")
    incoming = read_parc(parc_file(matrix), "x.ach")
    analysis = analysis_of(incoming)
    assert rows_of(analysis, analysis.matrices[0]) == [("a", ["C", "C"]), ("b", ["", ""])]
    assert any(line.startswith("E1 has 3 ratings for 2 hypotheses") for line in incoming.report.skipped)
    assert any("E2 under hypothesis 1: “maybe” is no rating" in line for line in incoming.report.skipped)


def test_several_matrices_stay_several_and_share_what_is_the_same() -> None:
    shared = ParcItem("Shared", ["C", "I"], {"NOTES": "n"})
    first = parc_matrix(["A", "B"], [shared, ParcItem("Only here", ["N", "N"])])
    second = parc_matrix(["A", "C"], [ParcItem("Shared", ["II", ""], {"NOTES": "n"}), ParcItem("Shared", ["C", "C"])])
    analysis = analysis_of(read_parc(parc_file(first, second), "two.achz"))
    assert len(analysis.matrices) == 2
    assert [entry.title for entry in analysis.hypotheses.values()] == ["A", "B", "C"]
    assert len(analysis.evidence) == 3  # the second "Shared" of the second matrix has other notes
    assert rows_of(analysis, analysis.matrices[0])[0] == ("Shared", ["C", "I"])
    assert rows_of(analysis, analysis.matrices[1]) == [("Shared", ["II", ""]), ("Shared", ["C", "C"])]


def test_the_same_file_gives_the_same_records() -> None:
    data = parc_file(parc_matrix(["A", "A"], [ParcItem("x", ["C", "I"]), ParcItem("x", ["C", "I"])]))
    first, second = analysis_of(read_parc(data, "x")), analysis_of(read_parc(data, "x"))
    assert list(first.evidence) == list(second.evidence)
    assert len(first.evidence) == len(first.hypotheses) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_of_the_text_is_read(encoding: str) -> None:
    text = parc_file(parc_matrix(["Spion – é"], [ParcItem("x", ["C"])]), packed=False).decode("utf-16")
    analysis = analysis_of(read_parc(text.encode(encoding), "x.ach"))
    assert next(iter(analysis.hypotheses.values())).title == "Spion – é"


def test_control_characters_that_xml_forbids_do_not_stop_it() -> None:
    text = parc_file(parc_matrix(["A"], [ParcItem("be\x0blow\x00", ["C"])]), packed=False).decode("utf-16")
    analysis = analysis_of(read_parc(gzip.compress(text.encode("utf-16")), "x.achz"))
    assert next(iter(analysis.evidence.values())).title == "below"


def test_a_dump_of_java_objects_and_xml_of_something_else_are_refused_with_a_remedy() -> None:
    with pytest.raises(RefusedFileError, match="Save it there as"):
        read_parc(b"\xac\xed\x00\x05sr", "x.ach")
    with pytest.raises(RefusedFileError, match="no MATRIX in it"):
        read_parc(b"<html/>", "x.ach")
