"""Every builder: do it, look, undo it, compare to the byte, do it again."""

from __future__ import annotations

import pytest
from helpers.analyses import Case, do_undo_redo, small_case, state_of
from pydantic import ValidationError

from ach_desk.commands import CellRef, Command, FieldRef, RecordRef, edits
from ach_desk.model import EvidenceKind, EvidenceStatus, HypothesisStatus, Level, RatingValue
from ach_desk.model.integrity import problems

I, II, C, N = (  # noqa: E741 - the letters of the method
    RatingValue.INCONSISTENT,
    RatingValue.VERY_INCONSISTENT,
    RatingValue.CONSISTENT,
    RatingValue.NEUTRAL,
)


@pytest.fixture
def case() -> Case:
    return small_case()


@pytest.fixture
def rated() -> Case:
    return small_case(rated=True)


def test_rating_a_cell(case: Case) -> None:
    cell = (case.e(2), case.h(1))
    command = edits.rate(case.analysis, case.matrix, case.analyst, [cell], I)
    done, undone = do_undo_redo(case.analysis, command, lambda: _holds(case.value(2, 1), I))
    assert done.cells == undone.cells == (CellRef(case.matrix.id, case.analyst, *cell),)
    assert command.text == "Rate E2 under H1 I"
    assert command.author == case.analyst
    assert case.matrix.rating(case.analyst, *cell).time == command.time


def test_rating_a_block_gives_every_cell_the_value_and_leaves_out_those_that_have_it(rated: Case) -> None:
    cells = [(item, hypothesis) for item in rated.matrix.evidence[:2] for hypothesis in rated.matrix.hypotheses]
    present = sum(rated.matrix.rating(rated.analyst, *cell).value is C for cell in cells)
    command = edits.rate(rated.analysis, rated.matrix, rated.analyst, cells, C)
    assert 0 < present < 6
    assert len(command.cells) == 6 - present
    assert command.text == "Rate 6 cells C"

    def check() -> None:
        assert {rated.value(item, hypothesis) for item in (1, 2) for hypothesis in (1, 2, 3)} == {C}
        assert rated.value(3, 1) is not C

    do_undo_redo(rated.analysis, command, check)


def test_clearing_keeps_the_reason_and_drops_the_confidence_in_a_value_that_is_gone(rated: Case) -> None:
    cell = (rated.e(1), rated.h(1))
    edits.annotate(rated.matrix, rated.analyst, [cell], rationale="see E2", confidence=Level.LOW).apply(rated.analysis)
    command = edits.rate(rated.analysis, rated.matrix, rated.analyst, [cell], None)
    assert command.text == "Clear 1 rating"

    def check() -> None:
        left = rated.matrix.rating(rated.analyst, *cell)
        assert (left.value, left.rationale, left.confidence) == (None, "see E2", None)

    do_undo_redo(rated.analysis, command, check)


def test_clearing_a_cell_without_a_reason_leaves_no_entry(rated: Case) -> None:
    cell = (rated.e(1), rated.h(1))
    command = edits.rate(rated.analysis, rated.matrix, rated.analyst, [cell], None)
    do_undo_redo(rated.analysis, command, lambda: _holds(rated.matrix.rating(rated.analyst, *cell), None))


def test_rating_keeps_reason_confidence_and_unknown_keys(rated: Case) -> None:
    cell = (rated.e(1), rated.h(1))
    edits.annotate(rated.matrix, rated.analyst, [cell], rationale="why", confidence="high").apply(rated.analysis)
    old = rated.matrix.rating(rated.analyst, *cell)
    rated.matrix.set_rating(rated.analyst, *cell, type(old).parse({**old.to_json(), "colour": "odd"}))
    new = II if old.value is not II else I
    edits.rate(rated.analysis, rated.matrix, rated.analyst, [cell], new).apply(rated.analysis)
    left = rated.matrix.rating(rated.analyst, *cell)
    assert (left.value, left.rationale, left.confidence, left.extra) == (new, "why", Level.HIGH, {"colour": "odd"})


def test_pasting_a_block_is_one_step_of_different_values(case: Case) -> None:
    wanted = [((case.e(1), case.h(1)), I), ((case.e(1), case.h(2)), None), ((case.e(2), case.h(1)), C)]
    command = edits.rate_each(case.analysis, case.matrix, case.analyst, wanted, "Paste 3 cells")
    assert len(command.cells) == 2
    do_undo_redo(
        case.analysis, command, lambda: _holds([case.value(1, 1), case.value(1, 2), case.value(2, 1)], [I, None, C])
    )


def test_annotating_sets_reason_and_confidence_separately(rated: Case) -> None:
    cells = [(rated.e(1), rated.h(1)), (rated.e(1), rated.h(2))]
    reason = edits.annotate(rated.matrix, rated.analyst, cells, rationale="because of E3")
    confidence = edits.annotate(rated.matrix, rated.analyst, cells, confidence=Level.MEDIUM)
    assert (reason.text, confidence.text) == ("Edit rationale", "Set confidence")
    do_undo_redo(rated.analysis, reason, lambda: None)
    confidence = edits.annotate(rated.matrix, rated.analyst, cells, confidence=Level.MEDIUM)
    do_undo_redo(rated.analysis, confidence, lambda: None)
    for cell in cells:
        left = rated.matrix.rating(rated.analyst, *cell)
        assert (left.rationale, left.confidence) == ("because of E3", Level.MEDIUM)
    edits.annotate(rated.matrix, rated.analyst, cells, rationale="", confidence=None).apply(rated.analysis)
    assert rated.matrix.rating(rated.analyst, *cells[0]).confidence is None


def test_a_reason_in_an_unrated_cell_leaves_it_unrated(case: Case) -> None:
    cell = (case.e(1), case.h(1))
    command = edits.annotate(case.matrix, case.analyst, [cell], rationale="look again")
    do_undo_redo(case.analysis, command, lambda: _holds(case.value(1, 1), None))
    assert case.matrix.rating(case.analyst, *cell).rationale == "look again"


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("hypothesis", "title", "Another title"),
        ("hypothesis", "statement", "It was so.\nAnd so."),
        ("hypothesis", "colour", "#336699"),
        ("hypothesis", "note", "\u202eright to left\u202c"),
        ("evidence", "title", "=1+1"),
        ("evidence", "detail", "“quotation”"),
        ("evidence", "kind", EvidenceKind.ABSENCE),
        ("evidence", "event_date", "2023-06"),
        ("evidence", "learned_date", "2023-06-24"),
        ("evidence", "credibility", Level.LOW),
        ("evidence", "relevance", Level.HIGH),
        ("evidence", "tags", ("a", "b")),
        ("evidence", "flag", True),
    ],
)
def test_setting_a_field_of_a_record(kind: str, field: str, value: object, case: Case) -> None:
    record = case.h(2) if kind == "hypothesis" else case.e(2)
    records = case.analysis.hypotheses if kind == "hypothesis" else case.analysis.evidence
    command = edits.set_field(case.analysis, kind, [record], field, value)
    done, _undone = do_undo_redo(case.analysis, command, lambda: _holds(getattr(records[record], field), value))
    assert done.fields == (FieldRef(kind, record, field),)
    assert command.text == f"Edit {records[record].label}"


@pytest.mark.parametrize("field", ["question", "description", "notice", "marking"])
def test_setting_a_field_of_the_analysis(field: str, case: Case) -> None:
    command = edits.set_field(case.analysis, "analysis", [case.analysis.id], field, "new words")
    do_undo_redo(case.analysis, command, lambda: _holds(getattr(case.analysis, field), "new words"))
    assert command.text == f"Edit {field}"


def test_setting_the_name_of_the_matrix(case: Case) -> None:
    command = edits.set_field(case.analysis, "matrix", [case.matrix.id], "name", "The first week")
    do_undo_redo(case.analysis, command, lambda: _holds(case.matrix.name, "The first week"))


def test_setting_a_field_of_many_records_leaves_out_those_that_have_the_value(case: Case) -> None:
    edits.set_field(case.analysis, "evidence", [case.e(1)], "relevance", "high").apply(case.analysis)
    command = edits.set_field(case.analysis, "evidence", case.matrix.evidence, "relevance", "high")
    assert len(command.changes) == 3
    do_undo_redo(
        case.analysis,
        command,
        lambda: _holds({item.relevance for item in case.analysis.evidence.values()}, {Level.HIGH}),
    )


def test_setting_several_fields_of_a_record_is_one_step(case: Case) -> None:
    values = {"title": "Renamed", "note": "", "credibility": "medium"}
    command = edits.set_fields(case.analysis, "evidence", case.e(1), values, "Edit E1")
    assert [change.field for change in command.changes] == ["title", "credibility"]
    do_undo_redo(case.analysis, command, lambda: _holds(case.item(1).title, "Renamed"))


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [("evidence", "event_date", "2023-13"), ("evidence", "credibility", "great"), ("hypothesis", "colour", "blue")],
)
def test_a_value_that_a_field_cannot_hold_is_refused_before_anything_changes(
    kind: str, field: str, value: str, case: Case
) -> None:
    before = state_of(case.analysis)
    with pytest.raises(ValidationError):
        edits.set_field(case.analysis, kind, [case.e(1) if kind == "evidence" else case.h(1)], field, value)
    assert state_of(case.analysis) == before


def test_a_field_that_does_not_exist_is_refused(case: Case) -> None:
    with pytest.raises((KeyError, AttributeError)):
        edits.set_field(case.analysis, "evidence", [case.e(1)], "colour_of_hair", "")


def test_adding_hypotheses_gives_labels_in_order_and_puts_them_where_they_are_wanted(case: Case) -> None:
    command = edits.add_hypotheses(case.analysis, case.matrix, [{"title": "A"}, {"title": "B"}], at=1)
    done, undone = do_undo_redo(
        case.analysis, command, lambda: _holds(case.labels("hypothesis"), ["H1", "H4", "H5", "H2", "H3"])
    )
    added = (RecordRef("hypothesis", case.h(4)), RecordRef("hypothesis", case.h(5)))
    assert done.added == undone.removed == added
    assert command.text == "Add 2 hypotheses"
    assert list(case.analysis.hypotheses)[-2:] == [case.h(4), case.h(5)]


def test_adding_items_at_the_end_stamps_when_they_were_entered(case: Case) -> None:
    command = edits.add_items(case.analysis, case.matrix, [{"title": "A", "kind": "deduction"}])
    do_undo_redo(case.analysis, command, lambda: _holds(case.labels("evidence"), ["E1", "E2", "E3", "E4", "E5"]))
    assert case.item(5).kind is EvidenceKind.DEDUCTION
    assert case.item(5).entered
    assert command.text == "Add evidence item"


def test_adding_a_source_cites_it_where_it_was_asked_for(case: Case) -> None:
    command, source = edits.add_source(case.analysis, "A newspaper", [case.e(1), case.e(3)])

    def check() -> None:
        assert case.analysis.sources[source].label == "S1"
        assert [len(item.citations) for item in case.analysis.evidence.values()] == [1, 0, 1, 0]
        assert case.item(1).citations[0].source == source

    do_undo_redo(case.analysis, command, check)


def test_setting_the_sources_of_an_item_keeps_what_is_known_of_those_that_stay(case: Case) -> None:
    for name in ("One", "Two"):
        edits.add_source(case.analysis, name, [case.e(1)])[0].apply(case.analysis)
    one, two = (citation.source for citation in case.item(1).citations)
    kept = [{"source": one, "page": 7}, {"source": two}]
    edits.set_field(case.analysis, "evidence", [case.e(1)], "citations", kept).apply(case.analysis)
    third, source = edits.add_source(case.analysis, "Three")
    third.apply(case.analysis)
    command = edits.set_citations(case.analysis, case.e(1), [source, one])

    def check() -> None:
        assert [citation.source for citation in case.item(1).citations] == [source, one]
        assert case.item(1).citations[1].model_extra == {"page": 7}

    do_undo_redo(case.analysis, command, check)
    assert command.text == "Set sources of E1"


def test_setting_items_aside_and_counting_them_again(case: Case) -> None:
    ids = [case.e(1), case.e(2)]
    command = edits.set_aside(case.analysis, ids, "a forgery")

    def check() -> None:
        item = case.item(1)
        assert (item.status, item.status_reason) == (EvidenceStatus.SET_ASIDE, "a forgery")
        assert item.status_date == command.time[:10]

    do_undo_redo(case.analysis, command, check)
    assert command.text == "Set aside E1, E2"
    back = edits.take_back(case.analysis, ids)
    do_undo_redo(case.analysis, back, lambda: _holds(case.item(2).status, EvidenceStatus.COUNTED))
    assert (case.item(1).status_reason, case.item(1).status_date) == ("", None)
    assert back.text == "Count E1, E2 again"


def test_rejecting_and_reinstating_a_hypothesis(case: Case) -> None:
    command = edits.reject(case.analysis, [case.h(2)], "E1 and E2 exclude it")
    do_undo_redo(case.analysis, command, lambda: _holds(case.hypothesis(2).status, HypothesisStatus.REJECTED))
    assert command.text == "Reject H2"
    back = edits.reinstate(case.analysis, [case.h(2)])
    do_undo_redo(case.analysis, back, lambda: _holds(case.hypothesis(2).is_active, True))
    assert case.hypothesis(2).status_reason == ""


def test_a_label_list_of_a_status_is_cut_after_three(case: Case) -> None:
    assert edits.set_aside(case.analysis, case.matrix.evidence, "").text == "Set aside E1, E2, E3 ..."


def test_deleting_an_item_takes_its_ratings_along_and_undo_brings_them_back(rated: Case) -> None:
    command = edits.remove(rated.analysis, "evidence", [rated.e(3), rated.e(1)])
    gone = [rated.e(1), rated.e(3)]

    def check() -> None:
        assert rated.labels("evidence") == ["E2", "E4"]
        assert not rated.matrix.sheets[rated.analyst].keys() & set(gone)
        assert not problems(rated.analysis)

    done, undone = do_undo_redo(rated.analysis, command, check)
    assert [ref.id for ref in done.removed] == [ref.id for ref in undone.added] == gone
    assert command.text == "Delete E3, E1"


def test_deleting_a_hypothesis_takes_its_column_along(rated: Case) -> None:
    gone = rated.h(2)
    command = edits.remove(rated.analysis, "hypothesis", [gone])

    def check() -> None:
        assert rated.labels("hypothesis") == ["H1", "H3"]
        assert all(gone not in row for row in rated.matrix.sheets[rated.analyst].values())

    do_undo_redo(rated.analysis, command, check)


def test_deleting_a_hypothesis_that_is_part_of_a_combination_takes_it_out_of_the_combination(rated: Case) -> None:
    parts = [rated.h(1), rated.h(2)]
    both = [{"title": "Both", "combines": parts}]
    edits.add_hypotheses(rated.analysis, rated.matrix, both).apply(rated.analysis)
    command = edits.remove(rated.analysis, "hypothesis", [parts[0]])

    def check() -> None:
        assert rated.hypothesis(4).combines == (parts[1],)
        assert not problems(rated.analysis)

    do_undo_redo(rated.analysis, command, check)
    command.revert(rated.analysis)
    whole = edits.remove(rated.analysis, "hypothesis", [*parts, rated.h(4)])
    do_undo_redo(rated.analysis, whole, lambda: _holds(rated.labels("hypothesis"), ["H3"]))


def test_deleting_a_source_takes_it_out_of_the_items_that_cite_it(case: Case) -> None:
    for name in ("One", "Two"):
        edits.add_source(case.analysis, name, [case.e(1), case.e(2)])[0].apply(case.analysis)
    first, second = case.analysis.sources
    command = edits.remove(case.analysis, "source", [first])

    def check() -> None:
        assert [citation.source for citation in case.item(1).citations] == [second]
        assert list(case.analysis.sources) == [second]
        assert not problems(case.analysis)

    do_undo_redo(case.analysis, command, check)


def test_deleting_more_than_three_records_names_their_number(case: Case) -> None:
    assert edits.remove(case.analysis, "evidence", case.matrix.evidence).text == "Delete 4"


def test_deleting_the_same_id_of_a_damaged_order_is_undone_to_the_byte(rated: Case) -> None:
    rated.matrix.evidence.append(rated.e(2))
    command = edits.remove(rated.analysis, "evidence", [rated.e(2)])
    do_undo_redo(rated.analysis, command, lambda: _holds(rated.labels("evidence"), ["E1", "E3", "E4"]))


@pytest.mark.parametrize("kind", ["hypothesis", "evidence"])
@pytest.mark.parametrize("moving", [[0], [2], [0, 2], [3], [0, 1, 2, 3]])
def test_moving_to_every_position(kind: str, moving: list[int]) -> None:
    for to in range(5):
        case = small_case(hypotheses=4, items=4)
        order = case.matrix.hypotheses if kind == "hypothesis" else case.matrix.evidence
        start = list(order)
        block = [start[index] for index in moving]
        command = edits.move(case.matrix, kind, block[::-1], to)
        rest_before = [entry for entry in start[:to] if entry not in block]
        rest_after = [entry for entry in start[to:] if entry not in block]
        wanted = rest_before + block + rest_after
        assert command.is_no_op == (wanted == start)
        if command.is_no_op:
            continue
        do_undo_redo(case.analysis, command, lambda order=order, wanted=wanted: _holds(order, wanted))


def test_labels_are_never_given_again_after_deleting(case: Case) -> None:
    edits.remove(case.analysis, "hypothesis", [case.h(3)]).apply(case.analysis)
    edits.remove(case.analysis, "evidence", [case.e(4)]).apply(case.analysis)
    edits.add_hypotheses(case.analysis, case.matrix, [{"title": "Another"}]).apply(case.analysis)
    edits.add_items(case.analysis, case.matrix, [{"title": "Another"}]).apply(case.analysis)
    assert case.labels("hypothesis") == ["H1", "H2", "H4"]
    assert case.labels("evidence") == ["E1", "E2", "E3", "E5"]


def test_labels_do_not_move_with_the_order(case: Case) -> None:
    edits.move(case.matrix, "evidence", [case.e(4)], 0).apply(case.analysis)
    edits.add_items(case.analysis, case.matrix, [{"title": "First"}], at=0).apply(case.analysis)
    assert case.labels("evidence") == ["E5", "E4", "E1", "E2", "E3"]


def test_renumbering_rewrites_the_links_in_every_text_and_reason_in_one_step(rated: Case) -> None:
    edits.remove(rated.analysis, "evidence", [rated.e(1)]).apply(rated.analysis)
    edits.move(rated.matrix, "hypothesis", [rated.h(3)], 0).apply(rated.analysis)
    edits.move(rated.matrix, "evidence", [rated.e(4)], 0).apply(rated.analysis)
    text = "E2, E3 and E4 under H1/H3; not E1, E40, XE2 or E2b"
    new = "E2, E3 and E1 under H2/H1; not E1, E40, XE2 or E2b"
    a, e, h = rated.analysis.id, rated.e(2), rated.h(1)
    edits.add_source(rated.analysis, text)[0].apply(rated.analysis)
    source = next(iter(rated.analysis.sources))
    targets = [
        *[("analysis", a, field) for field in ("question", "description", "notice")],
        *[("hypothesis", h, field) for field in ("title", "statement", "note", "status_reason")],
        *[("evidence", e, field) for field in ("title", "detail", "note", "status_reason")],
        *[("source", source, field) for field in ("name", "note")],
    ]
    for kind, record, field in targets:
        edits.set_field(rated.analysis, kind, [record], field, text).apply(rated.analysis)
    edits.annotate(rated.matrix, rated.analyst, [(e, h)], rationale=text).apply(rated.analysis)
    command = edits.renumber_everything(rated.analysis, rated.matrix)
    assert command.text == "Renumber"

    def check() -> None:
        assert rated.labels("hypothesis") == ["H1", "H2", "H3"]
        assert rated.labels("evidence") == ["E1", "E2", "E3"]
        for kind, record, field in targets:
            assert getattr(edits.find(rated.analysis, kind, record), field) == new
        assert rated.matrix.rating(rated.analyst, e, h).rationale == new
        assert (rated.analysis.next_numbers.hypothesis, rated.analysis.next_numbers.evidence) == (4, 4)

    do_undo_redo(rated.analysis, command, check)


def test_renumbering_what_is_in_order_changes_nothing(rated: Case) -> None:
    assert edits.renumber_everything(rated.analysis, rated.matrix).is_no_op


def test_renumbering_counts_records_that_are_in_no_matrix_after_those_that_are(case: Case) -> None:
    outside = case.e(1)
    case.matrix.evidence.remove(outside)
    edits.renumber_everything(case.analysis, case.matrix).apply(case.analysis)
    assert case.labels("evidence") == ["E1", "E2", "E3"]
    assert case.analysis.evidence[outside].label == "E4"


@pytest.mark.parametrize(
    "build",
    [
        lambda c: edits.rate(c.analysis, c.matrix, c.analyst, [(c.e(1), c.h(1))], c.value(1, 1)),
        lambda c: edits.rate(c.analysis, c.matrix, c.analyst, [], I),
        lambda c: edits.annotate(c.matrix, c.analyst, [(c.e(1), c.h(1))], rationale=""),
        lambda c: edits.annotate(c.matrix, c.analyst, [(c.e(1), c.h(1))]),
        lambda c: edits.set_field(c.analysis, "evidence", [c.e(1)], "title", "Report 1"),
        lambda c: edits.set_fields(c.analysis, "evidence", c.e(1), {"title": "Report 1", "note": ""}, "x"),
        lambda c: edits.set_citations(c.analysis, c.e(1), []),
        lambda c: edits.take_back(c.analysis, [c.e(1)]),
        lambda c: edits.reinstate(c.analysis, [c.h(1)]),
        lambda c: edits.remove(c.analysis, "evidence", []),
        lambda c: edits.move(c.matrix, "evidence", [c.e(1)], 0),
        lambda c: edits.move(c.matrix, "evidence", [c.e(1)], 1),
        lambda c: edits.move(c.matrix, "evidence", [], 2),
    ],
)
def test_what_changes_nothing_says_so(build: object, rated: Case) -> None:
    before = state_of(rated.analysis)
    command: Command = build(rated)
    assert command.is_no_op
    command.apply(rated.analysis)
    assert state_of(rated.analysis) == before


def test_building_a_command_changes_nothing(rated: Case) -> None:
    before = state_of(rated.analysis)
    edits.rate(rated.analysis, rated.matrix, rated.analyst, [(rated.e(1), rated.h(1))], None)
    edits.remove(rated.analysis, "hypothesis", [rated.h(1)])
    edits.add_items(rated.analysis, rated.matrix, [{"title": "x"}])
    edits.renumber_everything(rated.analysis, rated.matrix)
    edits.move(rated.matrix, "evidence", [rated.e(1)], 3)
    assert state_of(rated.analysis) == before


def test_a_block_of_a_hundred_thousand_cells() -> None:
    large = small_case(hypotheses=10, items=10_000)
    cells = [(item, hypothesis) for item in large.matrix.evidence for hypothesis in large.matrix.hypotheses]
    command = edits.rate(large.analysis, large.matrix, large.analyst, cells, I)
    change = command.apply(large.analysis)
    assert len(change.cells) == 100_000
    assert large.value(10_000, 10) is I
    removal = edits.remove(large.analysis, "evidence", large.matrix.evidence)
    assert len(removal.apply(large.analysis).removed) == 10_000
    assert large.matrix.sheets == {large.analyst: {}}
    removal.revert(large.analysis)
    assert large.value(9_999, 3) is I
    command.revert(large.analysis)
    assert large.matrix.sheets == {large.analyst: {}}


def _holds(found: object, wanted: object) -> None:
    assert found == wanted
