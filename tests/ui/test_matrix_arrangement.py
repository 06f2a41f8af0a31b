"""Filter and order of the items, and the order of the hypotheses: the parts that know no Qt."""

from __future__ import annotations

from typing import Any

import pytest
from helpers.sessions import hypothesis, item, rate, small_session

from ach_desk.commands import edits
from ach_desk.commands.item_fields import set_event_date
from ach_desk.model import EvidenceKind, Level, Rating, RatingValue
from ach_desk.ui.matrix import filter_choices
from ach_desk.ui.matrix.arrangement import Arrangement
from ach_desk.ui.matrix.axes import EVIDENCE, HYPOTHESIS, shown_ids
from ach_desk.ui.matrix.facts import Facts
from ach_desk.ui.matrix.item_filter import NONE, ItemFilter
from ach_desk.ui.matrix.item_order import SortKey, first_key, rating_column
from ach_desk.ui.session import Session

C, N, AGAINST = RatingValue.CONSISTENT, RatingValue.NEUTRAL, RatingValue.INCONSISTENT


def facts(session: Session) -> Facts:
    return Facts(session.assessment, session.matrix.sheets.get(session.analyst, {}), session.analysis)


def shown(session: Session, arrangement: Arrangement, kind: str = EVIDENCE) -> list[str]:
    """Return the labels as they are shown."""
    records = session.analysis.evidence if kind == EVIDENCE else session.analysis.hypotheses
    return [records[entry].label for entry in shown_ids(session.assessment, arrangement)[kind]]


def filtered(session: Session, **wanted: Any) -> list[str]:
    """Return the labels that a filter lets through."""
    arrangement = Arrangement()
    arrangement.item_filter = ItemFilter(**wanted)
    arrangement.apply(facts(session))
    return shown(session, arrangement)


def ordered(session: Session, *keys: SortKey) -> list[str]:
    """Return the labels in the order of the keys."""
    arrangement = Arrangement()
    arrangement.item_order = keys
    arrangement.apply(facts(session))
    return shown(session, arrangement)


def put(session: Session, number: int, **fields: Any) -> None:
    session.execute(edits.set_fields(session.analysis, EVIDENCE, item(session, number).id, fields, "x"))


@pytest.fixture
def session() -> Session:
    return small_session(4, 2)


@pytest.mark.parametrize(
    "field", ["title", "detail", "note", "status_reason", "quotation", "page", "link", "code", "event_words", "marking"]
)
def test_text_is_looked_for_in_every_text_of_an_item(session: Session, field: str) -> None:
    put(session, 2, **{field: "a Convoy in the SOUTH"})
    assert filtered(session, text=" convoy ") == ["E2"]
    assert filtered(session, text="north") == []


def test_text_is_looked_for_in_sources_and_reasons_of_ratings(session: Session) -> None:
    command, _source = edits.add_source(session.analysis, "The Gazette", [item(session, 3).id])
    session.execute(command)
    cell = (item(session, 4).id, hypothesis(session, 2).id)
    session.matrix.set_rating(session.analyst, *cell, Rating(N, "says the gazette"))
    assert filtered(session, text="gazette") == ["E3", "E4"]


def test_kind_tag_source_and_flag(session: Session) -> None:
    put(session, 1, kind="assumption", tags=("radio",), flag=True)
    put(session, 2, kind="deduction", tags=("radio", "night"))
    command, source = edits.add_source(session.analysis, "Gazette", [item(session, 2).id])
    session.execute(command)
    assert filtered(session, kinds={EvidenceKind.ASSUMPTION, EvidenceKind.DEDUCTION}) == ["E1", "E2"]
    assert filtered(session, tags={"night"}) == ["E2"]
    assert filtered(session, tags={"night", NONE}) == ["E2", "E3", "E4"]
    assert filtered(session, sources={source}) == ["E2"]
    assert filtered(session, sources={NONE}) == ["E1", "E3", "E4"]
    assert filtered(session, flagged=True) == ["E1"]
    assert filtered(session, tags={"radio"}, kinds={EvidenceKind.ASSUMPTION}) == ["E1"]


def test_unrated_counts_only_cells_that_would_be_scored(session: Session) -> None:
    for row in (1, 2):
        for column in (1, 2):
            rate(session, row, column, C)
    session.execute(edits.set_aside(session.analysis, [item(session, 3).id], ""))
    assert filtered(session, unrated=True) == ["E4"]
    rate(session, 4, 1, RatingValue.NOT_APPLICABLE)
    session.execute(edits.reject(session.analysis, [hypothesis(session, 2).id], ""))
    assert filtered(session, unrated=True) == []


def test_set_aside_and_counted(session: Session) -> None:
    session.execute(edits.set_aside(session.analysis, [item(session, 3).id], ""))
    assert filtered(session, counted=False) == ["E3"]
    assert filtered(session, counted=True) == ["E1", "E2", "E4"]


def test_items_that_separate_the_hypotheses_and_items_that_do_not(session: Session) -> None:
    rate(session, 1, 1, C)
    rate(session, 1, 2, AGAINST)
    rate(session, 2, 1, N)
    rate(session, 2, 2, N)
    rate(session, 3, 1, N)
    assert filtered(session, separates=True) == ["E1"]
    assert filtered(session, separates=False) == ["E2"]


def test_changed_since_looks_at_entering_and_rating(session: Session) -> None:
    for number in (1, 2, 3, 4):
        put(session, number, entered="2023-05-01T10:00:00Z")
    put(session, 2, entered="2023-06-23T10:00:00Z")
    cell = (item(session, 4).id, hypothesis(session, 1).id)
    session.matrix.set_rating(session.analyst, *cell, Rating(C, time="2023-07-01T00:00:00Z"))
    assert filtered(session, changed_since="2023-06") == ["E2", "E4"]
    assert filtered(session, changed_since="2023-06-24") == ["E4"]
    assert filtered(session, changed_since="2024") == []


def test_an_item_stays_although_it_no_longer_fits_until_the_filter_is_applied_anew(session: Session) -> None:
    arrangement = Arrangement()
    arrangement.item_filter = ItemFilter(unrated=True)
    arrangement.apply(facts(session))
    for column in (1, 2):
        rate(session, 1, column, C)
    assert shown(session, arrangement) == ["E1", "E2", "E3", "E4"]
    arrangement.apply(facts(session))
    assert shown(session, arrangement) == ["E2", "E3", "E4"]


def test_a_newcomer_that_does_not_fit_is_shown_until_the_filter_is_applied_anew(session: Session) -> None:
    arrangement = Arrangement()
    arrangement.item_filter = ItemFilter(text="Item 2")
    arrangement.apply(facts(session))
    session.execute(edits.add_items(session.analysis, session.matrix, [{"title": "new"}], 0))
    assert shown(session, arrangement) == ["E5", "E2"]
    arrangement.apply(facts(session))
    assert shown(session, arrangement) == ["E2"]


def test_a_hidden_item_can_be_revealed(session: Session) -> None:
    arrangement = Arrangement()
    arrangement.item_filter = ItemFilter(text="Item 2")
    arrangement.apply(facts(session))
    assert arrangement.reveal([item(session, 4).id])
    assert not arrangement.reveal([item(session, 4).id, item(session, 2).id])
    assert shown(session, arrangement) == ["E2", "E4"]


def test_texts_are_sorted_without_regard_to_capitals_and_accents(session: Session) -> None:
    for number, title in enumerate(("zebra", "Ärger", "apple", "Banana"), 1):
        put(session, number, title=title)
    assert ordered(session, SortKey(column="title")) == ["E3", "E2", "E4", "E1"]
    assert ordered(session, SortKey(column="title", descending=True)) == ["E1", "E4", "E2", "E3"]


def test_labels_are_sorted_by_their_number() -> None:
    session = small_session(11, 2)
    session.execute(edits.move(session.matrix, EVIDENCE, [item(session, 11).id], 0))
    assert ordered(session, SortKey(column="label")) == [f"E{number}" for number in range(1, 12)]


def test_items_without_a_value_stand_last_in_both_directions(session: Session) -> None:
    put(session, 2, credibility="low")
    put(session, 4, credibility="high")
    assert ordered(session, first_key("credibility")) == ["E4", "E2", "E1", "E3"]
    assert ordered(session, SortKey(column="credibility")) == ["E2", "E4", "E1", "E3"]


def test_unrated_not_applicable_and_neutral_are_three_things_in_the_order_of_ratings(session: Session) -> None:
    for number, value in ((2, RatingValue.NOT_APPLICABLE), (3, N), (4, AGAINST)):
        rate(session, number, 1, value)
    column = rating_column(hypothesis(session, 1).id)
    assert ordered(session, first_key(column)) == ["E4", "E3", "E2", "E1"]
    assert ordered(session, SortKey(column=column)) == ["E3", "E4", "E2", "E1"]


def test_a_second_key_decides_among_equals(session: Session) -> None:
    for number, fields in enumerate(("b high", "a low", "a high", "b low"), 1):
        title, level = fields.split()
        put(session, number, title=title, credibility=level)
    keys = (SortKey(column="title"), SortKey(column="credibility", descending=True))
    assert ordered(session, *keys) == ["E3", "E2", "E1", "E4"]


@pytest.mark.parametrize(
    ("column", "field", "first", "second"),
    [
        ("kind", "kind", "deduction", "assumption"),
        ("event_date", "event_date", "2023-07", "2023-06-30"),
        ("learned_date", "learned_date", "2023", "2022-12-31"),
        ("code", "code", "K10", "k2"),
        ("marking", "marking", "TLP:RED", "TLP:AMBER+STRICT"),
        ("relevance", "relevance", "high", "low"),
        ("tags", "tags", ("b",), ("a", "z")),
        ("flag", "flag", True, False),
        ("entered", "entered", "2023-06-24T10:00:00Z", "2023-06-23T10:00:00Z"),
    ],
)
def test_every_column_sorts(column: str, field: str, first: Any, second: Any) -> None:
    session = small_session(2, 2)
    put(session, 1, **{field: first})
    put(session, 2, **{field: second})
    assert ordered(session, SortKey(column=column)) == ["E2", "E1"]
    assert ordered(session, SortKey(column=column, descending=True)) == ["E1", "E2"]


def test_dates_are_sorted_by_the_first_day_then_by_the_last() -> None:
    session = small_session(6, 2)
    for number, words in enumerate(
        ("2023-06", "1 June 2023", "mid-June 2023", "2023", "some day", "11 to 12 June 2023"), 1
    ):
        session.execute(set_event_date(session.analysis, item(session, number).id, words))
    assert ordered(session, SortKey(column="event_date")) == ["E4", "E2", "E1", "E6", "E3", "E5"]


def test_code_and_marking_are_conditions() -> None:
    session = small_session(3, 2)
    put(session, 1, code="K7", marking="TLP:RED")
    put(session, 2, code="K8")
    assert filtered(session, codes=frozenset({"K7", "K8"})) == ["E1", "E2"]
    assert filtered(session, codes=frozenset({NONE})) == ["E3"]
    assert filtered(session, markings=frozenset({"TLP:RED"})) == ["E1"]
    offered = [choice.text for choice in filter_choices.codes(ItemFilter(), session.analysis)]
    assert offered == ["K7", "K8", "without code"]
    assert [choice.on for choice in filter_choices.markings(ItemFilter(), session.analysis)] == [False, False]
    assert filter_choices.markings(ItemFilter(), small_session(1, 2).analysis) == []


def test_diagnosticity_sorts_the_telling_items_to_the_top(session: Session) -> None:
    rate(session, 3, 1, C)
    rate(session, 3, 2, AGAINST)
    rate(session, 2, 1, C)
    rate(session, 2, 2, C)
    assert ordered(session, first_key("diagnosticity"))[:2] == ["E3", "E2"]


def test_influence_sorts_what_holds_the_lead_up_to_the_top_and_what_works_against_it_to_the_end(
    session: Session,
) -> None:
    for number, (first, second) in enumerate(((C, C), (AGAINST, C), (C, AGAINST), (C, AGAINST)), 1):
        rate(session, number, 1, first)
        rate(session, number, 2, second)
    put(session, 4, credibility=Level.HIGH)
    assert ordered(session, first_key("influence")) == ["E4", "E3", "E1", "E2"]


def test_a_column_that_is_gone_decides_nothing(session: Session) -> None:
    assert ordered(session, SortKey(column="rating:gone"), SortKey(column="unheard of")) == ["E1", "E2", "E3", "E4"]


def test_the_order_stays_until_it_is_asked_for_again(session: Session) -> None:
    arrangement = Arrangement()
    arrangement.item_order = (SortKey(column="title", descending=True),)
    arrangement.apply(facts(session))
    put(session, 1, title="zzz")
    session.execute(edits.add_items(session.analysis, session.matrix, [{"title": "zzzz"}], 0))
    assert shown(session, arrangement) == ["E4", "E3", "E2", "E1", "E5"]
    arrangement.apply(facts(session))
    assert shown(session, arrangement) == ["E5", "E1", "E4", "E3", "E2"]


def test_hypotheses_by_score_and_by_alphabet_with_combinations_behind() -> None:
    session = small_session(2, 4)
    for column, title in enumerate(("d", "a", "c", "b"), 1):
        session.execute(edits.set_field(session.analysis, HYPOTHESIS, [hypothesis(session, column).id], "title", title))
    parts = (hypothesis(session, 1).id, hypothesis(session, 3).id)
    session.execute(edits.set_field(session.analysis, HYPOTHESIS, [hypothesis(session, 2).id], "combines", parts))
    for column, value in ((1, AGAINST), (2, C), (3, C), (4, N)):
        rate(session, 1, column, value)
        rate(session, 2, column, RatingValue.VERY_INCONSISTENT if column == 4 else value)
    arrangement = Arrangement()
    for how, expected in (
        ("entry", ["H1", "H3", "H4", "H2"]),
        ("score", ["H3", "H1", "H4", "H2"]),
        ("title", ["H4", "H3", "H1", "H2"]),
    ):
        arrangement.hypothesis_order = how
        arrangement.apply(facts(session))
        assert shown(session, arrangement, HYPOTHESIS) == expected


def test_forms_of_a_hypothesis_stay_behind_their_heading_in_every_order() -> None:
    session = small_session(1, 4)
    parent = hypothesis(session, 1).id
    for column, title in ((1, "m"), (2, "z"), (3, "b"), (4, "a")):
        session.execute(edits.set_field(session.analysis, HYPOTHESIS, [hypothesis(session, column).id], "title", title))
    forms = [hypothesis(session, column).id for column in (2, 3)]
    session.execute(edits.set_field(session.analysis, HYPOTHESIS, forms, "parent", parent))
    for column, value in ((2, AGAINST), (3, C), (4, N)):
        rate(session, 1, column, value)
    arrangement = Arrangement()
    for how, expected in (("title", ["H4", "H1", "H3", "H2"]), ("score", ["H1", "H3", "H2", "H4"])):
        arrangement.hypothesis_order = how
        arrangement.apply(facts(session))
        assert shown(session, arrangement, HYPOTHESIS) == expected


def test_what_gives_the_standing_away_can_be_left_out(session: Session) -> None:
    arrangement = Arrangement()
    arrangement.item_filter = ItemFilter(separates=True, text="x")
    arrangement.item_order = (first_key("diagnosticity"), first_key("influence"), first_key("title"))
    arrangement.hypothesis_order = "score"
    assert arrangement.tells_standing
    arrangement.without_standing()
    assert not arrangement.tells_standing
    assert arrangement.item_filter == ItemFilter(text="x")
    assert arrangement.item_order == (first_key("title"),)
    assert arrangement.hypothesis_order == "entry"
