"""Rounds: what moved between them, and when the movement is called a herd."""

from __future__ import annotations

from helpers.analyses import small_case
from hypothesis import given
from hypothesis import strategies as st

from ach_desk.commands import people, rounds
from ach_desk.model import Analysis, Rating, RatingValue, RoundState
from ach_desk.scoring import round_states
from ach_desk.scoring import rounds as scored
from ach_desk.scoring.group_sheet import group_sheet, raters

CC, C, N, X, XX = (
    RatingValue.VERY_CONSISTENT,
    RatingValue.CONSISTENT,
    RatingValue.NEUTRAL,
    RatingValue.INCONSISTENT,
    RatingValue.VERY_INCONSISTENT,
)
_SHEETS = st.dictionaries(
    st.sampled_from("abc"),
    st.dictionaries(
        st.sampled_from(["e1", "e2", "e3"]),
        st.dictionaries(st.sampled_from(["h1", "h2"]), st.sampled_from(list(RatingValue)), min_size=1),
        min_size=1,
    ),
)


def _sheets(**rows: list[RatingValue | None]) -> dict[str, dict[str, dict[str, RatingValue]]]:
    """Return sheets in which item e1, e2 ... is rated under h by each analyst; None: not."""
    return {
        name: {f"e{number}": {"h": value} for number, value in enumerate(values, 1) if value is not None}
        for name, values in rows.items()
    }


def test_a_move_is_a_rating_that_is_another_one_and_not_one_that_is_new() -> None:
    found = scored.moves(_sheets(a=[C, N, None], b=[X, X, X]), _sheets(a=[X, N, C], b=[X, X, None]))
    assert [(move.analyst, move.evidence, move.before, move.after) for move in found] == [
        ("a", "e1", C, X),
        ("b", "e3", X, None),
    ]
    assert [move.steps for move in found] == [-4, None]


def test_everybody_to_the_middle_of_the_others_is_pointed_out() -> None:
    before = _sheets(a=[C, C, C, C], b=[X, X, X, X], c=[X, N, X, N])
    after = _sheets(a=[X, X, N, N], b=[X, N, X, N], c=[X, N, X, N])
    herd = scored.herding(before, scored.moves(before, after))
    assert (herd.moves, herd.with_others, herd.movers, herd.toward, herd.is_herd) == (6, 6, 2, "", True)


def test_everybody_to_one_who_stays_is_pointed_out_by_name() -> None:
    before = _sheets(a=[CC, CC, CC, CC], b=[X, X, X, X], c=[XX, XX, XX, XX])
    after = _sheets(a=[CC, CC, CC, CC], b=[N, N, C, C], c=[N, N, N, N])
    herd = scored.herding(before, scored.moves(before, after))
    assert (herd.toward, herd.is_herd, herd.moves, herd.with_others) == ("a", True, 8, 8)


def test_changes_both_ways_or_by_one_alone_are_no_herd() -> None:
    before = _sheets(a=[C, C, C, C], b=[X, X, X, X], c=[N, N, N, N])
    there_and_away = _sheets(a=[CC, CC, N, N], b=[XX, XX, N, N], c=[N, N, N, N])
    assert not scored.herding(before, scored.moves(before, there_and_away)).is_herd
    alone = _sheets(a=[N, N, N, N], b=[X, X, X, X], c=[N, N, N, N])
    assert not scored.herding(before, scored.moves(before, alone)).is_herd
    assert scored.herding(before, []).moves == 0


@given(_SHEETS, _SHEETS)
def test_laws_of_movement(before: dict, after: dict) -> None:
    there, back = scored.moves(before, after), scored.moves(after, before)
    assert scored.moves(before, before) == []
    both = {(m.analyst, m.evidence, m.hypothesis) for m in there if m.after is not None}
    assert both <= {(m.analyst, m.evidence, m.hypothesis) for m in back}
    herd = scored.herding(before, there)
    assert 0 <= herd.with_others <= herd.moves <= len(there)
    assert not herd.is_herd or (herd.moves >= scored.LEAST_MOVES and herd.movers >= 2)
    names = dict(zip("abc", "cab", strict=True))  # who is called what changes nothing
    renamed = scored.herding(
        {names[key]: rows for key, rows in before.items()},
        scored.moves(
            {names[key]: rows for key, rows in before.items()}, {names[key]: rows for key, rows in after.items()}
        ),
    )
    assert (renamed.is_herd, renamed.with_others, renamed.moves) == (herd.is_herd, herd.with_others, herd.moves)


def test_a_round_goes_its_way_and_keeps_what_everybody_rated() -> None:
    case = small_case(rated=True)
    analysis, matrix = case.analysis, case.matrix
    add = people.add(analysis, "Berta Brand")
    add.apply(analysis)
    other = people.added_id(add)
    matrix.set_rating(other, case.e(1), case.h(1), Rating(X))
    rounds.start(analysis, matrix).apply(analysis)
    running = round_states.running_round(analysis, matrix.id)
    assert running is not None
    assert (running.state, running.name) == (RoundState.PRIVATE, "First round")
    assert round_states.is_private(analysis, matrix.id)
    rounds.reveal(analysis, running.id, case.analyst).apply(analysis)
    assert not round_states.is_private(analysis, matrix.id)
    close = rounds.close(analysis, running.id)
    close.apply(analysis)
    kept = analysis.rounds[running.id]
    assert kept.state is RoundState.CLOSED
    assert kept.sheets[other] == {case.e(1): {case.h(1): X}}
    assert sum(map(len, kept.sheets[case.analyst].values())) == 12
    assert round_states.running_round(analysis, matrix.id) is None
    rounds.start(analysis, matrix).apply(analysis)
    assert [entry.name for entry in round_states.rounds_on(analysis, matrix.id)][1] == "Round 2, after discussion"
    assert round_states.is_private(analysis, matrix.id)


def test_words_of_movement() -> None:
    case = small_case(rated=True)
    analysis: Analysis = case.analysis
    move = scored.Move(case.analyst, case.e(2), case.h(1), C, X)
    assert scored.movement_words(analysis, [move]) == ["E2 under H1, Analyst 1: C → I"]
    assert scored.summary_words(analysis, [move, move]) == "2 ratings moved: Analyst 1 2."
    assert scored.summary_words(analysis, []) == "No rating moved."
    herd = scored.Herding(8, 8, 2, case.analyst, is_herd=True)
    assert "towards the ratings of Analyst 1" in scored.herding_words(analysis, herd)
    assert scored.herding_words(analysis, scored.Herding(0, 0, 0)) == ""


def test_the_group_is_the_median_of_those_who_rated() -> None:
    case = small_case(hypotheses=2, items=2)
    analysis, matrix = case.analysis, case.matrix
    for name, value in (("B", C), ("D", X), ("F", XX)):
        add = people.add(analysis, name)
        add.apply(analysis)
        matrix.set_rating(people.added_id(add), case.e(1), case.h(2), Rating(value))
    assert len(raters(analysis, matrix)) == 3
    ((item, row),) = group_sheet(analysis, matrix).items()
    assert (item, {column: rating.value for column, rating in row.items()}) == (case.e(1), {case.h(2): X})
