"""A whole matrix from elsewhere: matched or added, as one step."""

from __future__ import annotations

from helpers.analyses import Case, do_undo_redo, small_case

from ach_desk.commands import edits
from ach_desk.commands.take_in import IncomingHypothesis, IncomingItem, TakenIn, take_in
from ach_desk.model import EvidenceKind, Level, Rating, RatingValue, Source
from ach_desk.model.integrity import problems

C, I = RatingValue.CONSISTENT, RatingValue.INCONSISTENT  # noqa: E741 - the letters of the method


def taken(case: Case, hypotheses: list[str], items: list[IncomingItem]) -> TakenIn:
    columns = [IncomingHypothesis(title, f"Column {number}") for number, title in enumerate(hypotheses, 2)]
    return take_in(case.analysis, case.matrix, case.analyst, columns, items)


def row(title: str, *ratings: RatingValue | None, number: int = 2, **fields: object) -> IncomingItem:
    sources = fields.pop("sources", ())
    return IncomingItem(title, f"Row {number}", fields, tuple(sources), ratings)  # pyright: ignore


def test_a_matrix_into_an_empty_analysis_is_one_step() -> None:
    case = small_case(0, 0)
    items = [
        row("Tanks", C, None, note="n", kind=EvidenceKind.ASSUMPTION, sources=("Radio", "Paper")),
        row("Silence", I, C, sources=("Radio",)),
    ]
    result = taken(case, ["Bluff", "Coup"], items)

    def check() -> None:
        assert (case.labels("hypothesis"), case.labels("evidence")) == (["H1", "H2"], ["E1", "E2"])
        assert [case.value(1, 1), case.value(1, 2), case.value(2, 1), case.value(2, 2)] == [C, None, I, C]
        assert (case.item(1).note, case.item(1).kind) == ("n", EvidenceKind.ASSUMPTION)
        names = {source.id: (source.label, source.name) for source in case.analysis.sources.values()}
        assert [names[citation.source] for citation in case.item(1).citations] == [("S1", "Radio"), ("S2", "Paper")]
        assert case.item(2).citations[0].source == case.item(1).citations[0].source
        assert case.analysis.next_numbers.model_dump() == {"hypothesis": 3, "evidence": 3, "source": 3}
        assert not problems(case.analysis)

    do_undo_redo(case.analysis, result.command, check)
    assert (len(result.hypotheses), len(result.items), result.entered, result.changed) == (2, 2, 3, 0)
    assert result.command.text == "Paste a matrix"
    assert result.skipped == ()


def test_labels_and_titles_are_matched_and_the_rest_is_added() -> None:
    case = small_case()  # Explanation 1 to 3, Report 1 to 4
    cell = (case.e(2), case.h(1))
    edits.rate(case.analysis, case.matrix, case.analyst, [cell], C).apply(case.analysis)
    items = [
        row("E1", I, I, I),
        row("  report   2 ", I, None, C),
        row("E3: Report 3", C, C, C),
        row("E4 is no label of this", C, C, C),
    ]
    result = taken(case, ["EXPLANATION 1", "h3 Explanation 3", "A new one"], items)

    def check() -> None:
        assert case.labels("hypothesis") == ["H1", "H2", "H3", "H4"]
        assert case.labels("evidence") == ["E1", "E2", "E3", "E4", "E5"]
        assert [case.value(1, number) for number in (1, 2, 3, 4)] == [I, None, I, I]
        assert [case.value(2, number) for number in (1, 3, 4)] == [I, None, C]
        assert [case.value(3, number) for number in (1, 3, 4)] == [C, C, C]
        assert case.item(5).title == "E4 is no label of this"
        assert case.item(1).title == "Report 1"

    do_undo_redo(case.analysis, result.command, check)
    assert (result.entered, result.changed) == (10, 1)


def test_an_empty_cell_leaves_the_rating_that_is_there() -> None:
    case = small_case()
    edits.rate(case.analysis, case.matrix, case.analyst, [(case.e(1), case.h(1))], C).apply(case.analysis)
    result = taken(case, ["H1"], [row("E1", None)])
    assert result.command.is_no_op
    assert (result.entered, result.changed, result.skipped) == (0, 0, ())


def test_what_cannot_be_told_apart_is_left_out_and_said() -> None:
    case = small_case()
    edits.set_field(case.analysis, "evidence", [case.e(2), case.e(3)], "title", "same").apply(case.analysis)
    result = taken(case, ["H1"], [row("Same", C), row("E1", C, number=3), row("report 1", I, number=4)])
    assert result.skipped == (
        "Row 2: E2 and E3 have the same title, so it was left out. Write the label instead.",
        "Row 4: E1 stands in the pasted matrix twice; only the first was used (Row 3).",
    )
    result.command.apply(case.analysis)
    assert [case.value(number, 1) for number in (1, 2, 3)] == [C, None, None]


def test_a_known_item_keeps_its_own_fields_and_that_is_said() -> None:
    case = small_case()
    edits.set_field(case.analysis, "evidence", [case.e(1)], "note", "mine").apply(case.analysis)
    result = taken(case, ["H1"], [row("E1", C, note="theirs", sources=("Radio",))])
    assert result.skipped == ("Row 2: E1 keeps what it has; left out: note and sources.",)
    result.command.apply(case.analysis)
    assert (case.item(1).note, case.item(1).citations, case.analysis.sources) == ("mine", (), {})


def test_a_source_that_there_is_is_used() -> None:
    case = small_case()
    command, source = edits.add_source(case.analysis, "Radio")
    command.apply(case.analysis)
    taken(case, [], [row("New", sources=("Radio",))]).command.apply(case.analysis)
    assert list(case.analysis.sources) == [source]
    assert case.item(5).citations[0].source == source


def test_a_heading_is_not_rated_and_that_is_said() -> None:
    case = small_case()
    edits.set_field(case.analysis, "hypothesis", [case.h(2)], "parent", case.h(1)).apply(case.analysis)
    result = taken(case, ["H1", "H2", "H3"], [row("E1", C, I, None), row("E2", I, None, C)])
    result.command.apply(case.analysis)
    assert [case.value(1, 1), case.value(1, 2), case.value(2, 1), case.value(2, 3)] == [None, I, None, C]
    assert result.skipped == ("Column 2: H1 is a heading over others and is not rated; 2 ratings were left out.",)
    assert result.entered == 2


def test_an_id_finds_a_record_whose_words_were_changed() -> None:
    case = small_case(hypotheses=2, items=2)
    item = IncomingItem("Other words", "C9", {"note": "new"}, ("Radio",), (C, None), id=case.matrix.evidence[1])
    columns = [IncomingHypothesis("", "F8", id=entry) for entry in case.matrix.hypotheses]
    result = take_in(case.analysis, case.matrix, case.analyst, columns, [item], update=True)

    def check() -> None:
        assert (case.item(2).title, case.item(2).note) == ("Other words", "new")
        names = [case.analysis.sources[citation.source].name for citation in case.item(2).citations]
        assert names == ["Radio"]
        assert case.value(2, 1) is C
        assert len(case.analysis.evidence) == 2
        assert case.labels("hypothesis") == ["H1", "H2"]

    do_undo_redo(case.analysis, result.command, check)
    assert result.updated == ("C9: E2 got another text, note and sources.",)
    assert result.items == ()


def test_without_update_a_known_item_keeps_its_words() -> None:
    case = small_case(hypotheses=1, items=2)
    before = case.item(2)
    item = IncomingItem("Other words", "C9", {"note": "new"}, (), (C,), id=before.id)
    result = take_in(case.analysis, case.matrix, case.analyst, [IncomingHypothesis("H1", "F8")], [item])
    result.command.apply(case.analysis)
    assert case.item(2) == before
    assert case.value(2, 1) is C
    assert result.updated == ()


def test_a_label_counts_with_its_text_only() -> None:
    case = small_case(hypotheses=1, items=2)
    same = IncomingItem(case.item(1).title.upper(), "B2", {}, (), (C,), label="e1")
    other = IncomingItem("Something else", "B3", {}, (), (I,), label="E1")
    result = take_in(case.analysis, case.matrix, case.analyst, [IncomingHypothesis("H1", "C1")], [same, other])
    result.command.apply(case.analysis)
    assert case.value(1, 1) is C
    assert [case.analysis.evidence[entry].title for entry in result.items] == ["Something else"]


def test_rationale_confidence_and_range_come_with_a_rating_and_blanks_take_nothing_away() -> None:
    case = small_case(hypotheses=2, items=1)
    kept = Rating(C, rationale="as it was", confidence=Level.LOW)
    case.matrix.set_rating(case.analyst, case.item(1).id, case.matrix.hypotheses[1], kept)
    further = {0: Rating(I, rationale="because", confidence=Level.HIGH, range=(C, I)), 1: Rating(C)}
    item = IncomingItem("", "C9", {}, (), (I, None), id=case.item(1).id, further=further)
    columns = [IncomingHypothesis("", "F8", id=entry) for entry in case.matrix.hypotheses]
    result = take_in(case.analysis, case.matrix, case.analyst, columns, [item])

    def check() -> None:
        first, second = (case.matrix.rating(case.analyst, item.id, entry) for entry in case.matrix.hypotheses)
        assert first is not None
        assert (first.value, first.rationale, first.confidence, first.range) == (I, "because", Level.HIGH, (C, I))
        assert second == kept

    do_undo_redo(case.analysis, result.command, check)
    assert (result.entered, result.changed) == (1, 0)


def test_a_withheld_source_is_known_by_its_public_description() -> None:
    case = small_case(hypotheses=1, items=1)
    secret = Source(id="s", label="S1", name="Karla", withheld=True, public_description="a person with access")
    case.analysis.sources["s"] = secret
    item = IncomingItem("New", "C9", {}, ("a person with access",), (C,))
    result = take_in(case.analysis, case.matrix, case.analyst, [IncomingHypothesis("H1", "F8")], [item])
    result.command.apply(case.analysis)
    assert list(case.analysis.sources.values()) == [secret]
    assert case.item(2).citations[0].source == "s"
