"""Find a text in everything and put another in its place."""

from __future__ import annotations

import pytest
from helpers.analyses import Case, do_undo_redo, small_case
from helpers.timing import times_as_long

from ach_desk.commands import edits
from ach_desk.commands.replacing import TextPlace, Wanted, field_name, hits, replace_hits
from ach_desk.model import Rating, RatingValue


@pytest.fixture
def case() -> Case:
    case = small_case(2, 2)
    analysis = case.analysis
    for field in ("question", "description", "notice"):
        edits.set_field(analysis, "analysis", [analysis.id], field, f"tank {field}").apply(analysis)
    for field in ("title", "statement", "status_reason", "note"):
        edits.set_field(analysis, "hypothesis", [case.h(1)], field, f"A Tank, {field}").apply(analysis)
    for field in ("title", "detail", "status_reason", "note"):
        edits.set_field(analysis, "evidence", [case.e(2)], field, f"tank and tanks {field}").apply(analysis)
    command, source = edits.add_source(analysis, "Tank weekly")
    command.apply(analysis)
    edits.set_field(analysis, "source", [source], "note", "tank").apply(analysis)
    cell = (case.e(1), case.h(2))
    edits.annotate(case.matrix, case.analyst, [cell], rationale="one tank").apply(analysis)
    edits.rate(analysis, case.matrix, case.analyst, [cell], RatingValue.CONSISTENT).apply(analysis)
    return case


def found(case: Case, text: str, **how: bool) -> list[TextPlace]:
    return [hit.place for hit in hits(case.analysis, case.matrix, case.analyst, Wanted(text, **how))]


def test_every_text_is_searched_in_reading_order(case: Case) -> None:
    analysis, source = case.analysis.id, next(iter(case.analysis.sources))
    assert found(case, "TANK") == [
        *(TextPlace("analysis", analysis, field) for field in ("question", "description", "notice")),
        *(TextPlace("hypothesis", case.h(1), field) for field in ("title", "statement", "status_reason", "note")),
        TextPlace("cell", (case.e(1), case.h(2)), "rationale"),
        *(
            TextPlace("evidence", case.e(2), field)
            for field in ("title", "detail", "status_reason", "note")
            for _twice in range(2)
        ),
        TextPlace("source", source, "name"),
        TextPlace("source", source, "note"),
    ]


def test_case_and_whole_words(case: Case) -> None:
    assert len(found(case, "Tank", match_case=True)) == 5
    assert len(found(case, "tank", whole_words=True)) == 14
    assert len(found(case, "tanks")) == 4
    assert found(case, "E2", whole_words=True) == []
    assert found(case, "") == []
    assert found(case, ".*") == []


def test_replacing_everything_is_one_step(case: Case) -> None:
    labels = case.labels("evidence"), case.labels("hypothesis")
    every = hits(case.analysis, case.matrix, case.analyst, Wanted("tank", whole_words=True))
    done = replace_hits(case.analysis, case.matrix, case.analyst, every, r"lorry \1")

    def check() -> None:
        assert case.item(2).detail == r"lorry \1 and tanks detail"
        assert case.hypothesis(1).title == r"A lorry \1, title"
        rating = case.matrix.rating(case.analyst, case.e(1), case.h(2))
        assert rating is not None
        assert (rating.value, rating.rationale) == (RatingValue.CONSISTENT, r"one lorry \1")
        assert found(case, "tank", whole_words=True) == []
        assert (case.labels("evidence"), case.labels("hypothesis")) == labels

    do_undo_redo(case.analysis, done.command, check)
    assert (done.replaced, done.kept) == (14, 0)
    assert done.command.text == "Replace 14 places"


def test_a_title_never_becomes_blank(case: Case) -> None:
    edits.set_field(case.analysis, "evidence", [case.e(1)], "title", "tank").apply(case.analysis)
    every = hits(case.analysis, case.matrix, case.analyst, Wanted("tank", whole_words=True))
    done = replace_hits(case.analysis, case.matrix, case.analyst, every, "")
    done.command.apply(case.analysis)
    assert case.item(1).title == "tank"
    assert (done.replaced, done.kept) == (14, 1)


def test_other_words_for_a_rated_item_are_a_new_wording_once(case: Case) -> None:
    edits.rate(case.analysis, case.matrix, case.analyst, [(case.e(2), case.h(1))], RatingValue.NEUTRAL).apply(
        case.analysis
    )
    every = hits(case.analysis, case.matrix, case.analyst, Wanted("tank"))
    done = replace_hits(case.analysis, case.matrix, case.analyst, every, "lorry")

    def check() -> None:
        assert (case.item(2).wording, case.item(2).title) == (2, "lorry and lorrys title")

    do_undo_redo(case.analysis, done.command, check)


def test_one_of_several_places_in_a_text(case: Case) -> None:
    every = hits(case.analysis, case.matrix, case.analyst, Wanted("tank"))
    second = next(hit for hit in every if hit.place.field == "detail" and hit.start)
    replace_hits(case.analysis, case.matrix, case.analyst, [second], "lorry").command.apply(case.analysis)
    assert case.item(2).detail == "tank and lorrys detail"


def test_a_large_analysis_is_searched_in_about_a_key_press() -> None:
    case = small_case(10, 10_000)
    rating = Rating(RatingValue.CONSISTENT, "because of a reason of some length that is written here")
    for row in case.matrix.evidence:
        for column in case.matrix.hypotheses:
            case.matrix.set_rating(case.analyst, row, column, rating)
    assert len(found(case, "Report 9999")) == 1

    def read_every_text() -> None:
        sheet = case.matrix.sheets[case.analyst]
        assert not any("Report 9999" in rating.rationale for row in sheet.values() for rating in row.values())

    ratio = times_as_long(lambda: found(case, "Report 9999"), read_every_text)
    assert ratio < 75  # 30 where this was written, which is a sixth of a second


def test_every_text_has_a_word_for_what_it_is() -> None:
    for kind in ("analysis", "hypothesis", "evidence", "source"):
        for field in edits.TEXT_FIELDS[kind]:
            assert field_name(TextPlace(kind, "x", field))
    assert field_name(TextPlace("cell", ("x", "y"), "rationale")) == "reason for the rating"
