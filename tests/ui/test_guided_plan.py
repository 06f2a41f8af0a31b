"""A guided pass without a window: which cells, in which order, how far, and what it says after a restart."""

from __future__ import annotations

import json

import pytest
from helpers.analyses import Case, small_case

from ach_desk.commands import edits, retests
from ach_desk.model import Level, RatingValue, Retest, new_id
from ach_desk.scoring import assess
from ach_desk.ui.guided.plan import (
    GuidedPass,
    Options,
    Place,
    Which,
    again_size,
    cells_for,
    ground_of,
    new_pass,
    open_cells,
)
from ach_desk.ui.guided.state import keep_pass, kept_pass
from ach_desk.ui.settings import SettingsStore

C, I = RatingValue.CONSISTENT, RatingValue.INCONSISTENT  # noqa: E741


def begin(case: Case, **options: object) -> GuidedPass:
    chosen = Options.model_validate(options)
    assessment = assess(case.analysis, case.matrix, case.analyst)
    return new_pass(case.analysis, case.matrix, case.analyst, assessment, chosen)


def named(case: Case, guided: GuidedPass) -> list[str]:
    """Return the cells in their order, as "E1/H2"."""
    return [
        f"{case.analysis.evidence[item].label}/{case.analysis.hypotheses[hypothesis].label}"
        for item, hypothesis in guided.cells
    ]


def follow(case: Case, guided: GuidedPass) -> bool:
    assessment = assess(case.analysis, case.matrix, case.analyst)
    return guided.follow(ground_of(assessment), set(open_cells(assessment)))


def rate(case: Case, item: int, hypothesis: int, value: RatingValue | None = C) -> None:
    cell = (case.e(item), case.h(hypothesis))
    edits.rate(case.analysis, case.matrix, case.analyst, [cell], value).apply(case.analysis)


def test_the_unrated_cells_come_item_by_item() -> None:
    case = small_case(3, 2)
    rate(case, 1, 2)
    assert named(case, begin(case)) == ["E1/H1", "E1/H3", "E2/H1", "E2/H2", "E2/H3"]


def test_everything_leaves_out_what_is_not_scored() -> None:
    case = small_case(3, 3, rated=True)
    edits.set_aside(case.analysis, [case.e(2)], "doubtful").apply(case.analysis)
    edits.reject(case.analysis, [case.h(3)], "refuted").apply(case.analysis)
    assert named(case, begin(case, which="everything")) == ["E1/H1", "E1/H2", "E3/H1", "E3/H2"]


def test_a_second_pass_takes_what_is_new_or_reworded() -> None:
    case = small_case(2, 3)
    for item in (1, 2, 3):
        rate(case, item, 1)
        rate(case, item, 2)
    edits.set_field(case.analysis, "evidence", [case.e(2)], "title", "Quite another report").apply(case.analysis)
    rate(case, 3, 2, None)
    edits.add_items(case.analysis, case.matrix, [{"title": "New"}]).apply(case.analysis)
    guided = begin(case, which="new or reworded")
    assert named(case, guided) == ["E2/H1", "E2/H2", "E3/H2", "E4/H1", "E4/H2"]
    assert guided.hides_earlier((case.e(2), case.h(1)))
    guided.rate()
    assert not guided.hides_earlier((case.e(2), case.h(1)))


def test_the_seed_decides_the_order_and_gives_it_again() -> None:
    case = small_case(5, 12)
    mixed = [named(case, begin(case, random_items=True, random_hypotheses=True, seed=seed)) for seed in (1, 2, 1)]
    assert mixed[0] == mixed[2] != mixed[1]
    assert sorted(mixed[0]) == sorted(named(case, begin(case)))
    rows = [[cell for cell in mixed[0] if cell.startswith(f"E{item}/")] for item in range(1, 13)]
    for row in rows:  # an item is never torn apart
        start = mixed[0].index(row[0])
        assert mixed[0][start : start + 5] == row
    assert len({tuple(cell.partition("/")[2] for cell in row) for row in rows}) > 3


def test_combinations_come_after_their_parts_in_every_order() -> None:
    case = small_case(4, 8)
    parts = (case.h(1), case.h(3))
    edits.set_field(case.analysis, "hypothesis", [case.h(2)], "combines", parts).apply(case.analysis)
    for seed in range(12):
        cells = named(case, begin(case, random_hypotheses=True, seed=seed))
        assert [cell[-2:] for cell in cells[3::4]] == ["H2"] * 8


def test_rating_goes_across_and_says_where_it_is() -> None:
    case = small_case(2, 3)
    guided = begin(case)
    assert guided.place == Place(1, 3, 1, 2)
    guided.rate()
    guided.rate()
    guided.rate()
    assert guided.place == Place(2, 3, 2, 2)
    assert [cell[1] for cell in guided.row()] == [case.h(1), case.h(2)]
    guided.back()
    guided.back()
    assert guided.place == Place(1, 3, 2, 2)
    guided.rate()  # once more: then on to the first open one
    assert guided.place == Place(2, 3, 2, 2)


def test_on_goes_past_answered_cells_only() -> None:
    guided = begin(small_case(2, 2))
    guided.on()
    assert guided.at == 0
    guided.give_up()
    guided.back()
    guided.on()
    assert guided.at == 1


def test_a_skipped_cell_comes_at_the_end_and_may_be_left() -> None:
    case = small_case(2, 2)
    guided = begin(case)
    guided.skip()
    assert named(case, guided) == ["E1/H2", "E2/H1", "E2/H2", "E1/H1"]
    guided.rate()
    guided.rate()
    guided.skip()
    assert guided.current == (case.e(1), case.h(1))
    guided.rate()
    assert guided.current == (case.e(2), case.h(2))
    guided.skip()
    assert guided.current is None
    assert guided.left_skipped() == [(case.e(2), case.h(2))]


def test_what_was_left_out_comes_at_the_end() -> None:
    case = small_case(1, 3)
    guided = begin(case)
    guided.go_to((case.e(3), case.h(1)))
    guided.rate()
    assert guided.current == (case.e(1), case.h(1))
    guided.rate()
    assert guided.current == (case.e(2), case.h(1))
    guided.rate()
    assert guided.current is None


def test_what_cannot_be_judged_is_passed() -> None:
    case = small_case(1, 2)
    guided = begin(case)
    guided.give_up()
    guided.rate()
    assert guided.current is None
    assert guided.not_judged() == [(case.e(1), case.h(1))]
    assert guided.rated == {(case.e(2), case.h(1))}


def test_taking_a_rating_back_goes_back_to_its_cell() -> None:
    case = small_case(2, 2)
    guided = begin(case)
    guided.rate()
    guided.rate()
    guided.reopen((case.e(1), case.h(1)))
    assert guided.current == (case.e(1), case.h(1))
    guided.rate()
    assert guided.current == (case.e(2), case.h(1))


def test_new_items_come_at_the_end_and_deleted_ones_vanish() -> None:
    case = small_case(2, 3)
    guided = begin(case)
    guided.rate()
    guided.rate()
    guided.rate()
    edits.add_items(case.analysis, case.matrix, [{"title": "New"}], at=0).apply(case.analysis)
    edits.remove(case.analysis, "evidence", [case.e(1)]).apply(case.analysis)
    assert follow(case, guided)
    assert named(case, guided) == ["E2/H1", "E2/H2", "E3/H1", "E3/H2", "E4/H1", "E4/H2"]
    assert guided.current == (case.e(2), case.h(2))
    assert not follow(case, guided)


def test_a_new_hypothesis_comes_at_the_end_under_every_item() -> None:
    case = small_case(1, 2)
    guided = begin(case)
    edits.add_hypotheses(case.analysis, case.matrix, [{"title": "New"}]).apply(case.analysis)
    follow(case, guided)
    assert named(case, guided) == ["E1/H1", "E2/H1", "E1/H2", "E2/H2"]


def test_an_item_that_is_set_aside_and_counted_again_is_not_lost() -> None:
    case = small_case(1, 2)
    guided = begin(case)
    edits.set_aside(case.analysis, [case.e(1)], "doubtful").apply(case.analysis)
    follow(case, guided)
    assert named(case, guided) == ["E2/H1"]
    edits.take_back(case.analysis, [case.e(1)]).apply(case.analysis)
    follow(case, guided)
    assert named(case, guided) == ["E2/H1", "E1/H1"]


def test_what_was_rated_in_the_matrix_meanwhile_is_passed_over() -> None:
    case = small_case(2, 2)
    guided = begin(case)
    guided.note_rated([(case.e(1), case.h(1)), (case.e(1), case.h(2))])
    assert guided.current == (case.e(2), case.h(1))


@pytest.mark.parametrize(("rated", "size"), [(0, 0), (19, 0), (20, 20), (150, 20), (400, 40)])
def test_a_tenth_is_rated_again_and_never_fewer_than_twenty(rated: int, size: int) -> None:
    assert again_size(rated) == size


def test_a_rerating_is_drawn_with_the_seed_and_keeps_both_values() -> None:
    case = small_case(4, 10, rated=True)
    drawn = [begin(case, which="a tenth again", seed=seed) for seed in (3, 4, 3)]
    assert len(drawn[0].cells) == 20
    assert drawn[0].cells == drawn[2].cells
    assert set(drawn[0].cells) != set(drawn[1].cells)
    guided = drawn[0]
    cell = guided.cells[0]
    assert guided.hides_earlier(cell)
    guided.rate(I)
    guided.give_up()
    assert guided.hides_earlier(cell)
    (pair,) = guided.rated_twice()
    before = case.matrix.rating(case.analyst, *cell)
    assert before is not None
    assert (pair.evidence, pair.hypothesis, pair.first, pair.second) == (*cell, before.value, I)


def test_the_result_of_a_rerating_is_kept_and_can_be_undone() -> None:
    case = small_case(4, 10, rated=True)
    guided = begin(case, which="a tenth again", seed=3)
    guided.rate(I)
    retest = Retest(
        id=new_id(),
        matrix=case.matrix.id,
        analyst=case.analyst,
        time="2026-01-01T10:00:00Z",
        seed=3,
        cells=tuple(guided.rated_twice()),
    )
    command = retests.add_retest(case.analysis, retest)
    command.apply(case.analysis)
    assert case.analysis.retests == {retest.id: retest}
    command.revert(case.analysis)
    assert case.analysis.retests == {}


def test_it_survives_a_restart(caplog: pytest.LogCaptureFixture) -> None:
    case = small_case(2, 3)
    guided = begin(case, random_items=True, seed=7)
    guided.rate()
    guided.skip()
    guided.give_up()
    store = SettingsStore()
    keep_pass(store, case.analysis.id, guided)
    assert kept_pass(SettingsStore(), case.analysis.id) == guided
    assert json.loads(guided.model_dump_json())["at"] == guided.at
    keep_pass(store, case.analysis.id, None)
    assert kept_pass(store, case.analysis.id) is None
    assert not caplog.records


def test_low_confidence_alone_is_not_new() -> None:
    case = small_case(1, 1, rated=True)
    cell = (case.e(1), case.h(1))
    edits.annotate(case.matrix, case.analyst, [cell], confidence=Level.LOW).apply(case.analysis)
    assessment = assess(case.analysis, case.matrix, case.analyst)
    assert cells_for(case.analysis, case.matrix, case.analyst, assessment, Which.SECOND) == []
