"""Which words a rating judged: led back along the trail, counted, and declared to have meant the same."""

from __future__ import annotations

from helpers.analyses import Case, small_case

from ach_desk.commands import Command, edits, trail
from ach_desk.commands.wordings import ratings_on_earlier_wording, words_at


def _do(case: Case, command: Command) -> None:
    trail.run(case.analysis, command, "do", case.analyst)


def _reword(case: Case, field: str, text: str) -> None:
    _do(case, edits.set_field(case.analysis, "evidence", [case.e(1)], field, text))


def _rate_again(case: Case) -> None:
    cells = [(case.e(1), case.h(1))]
    _do(case, edits.confirm(case.analysis, case.matrix, case.analyst, cells))


def test_the_words_of_each_wording_are_led_back_also_within_one_second() -> None:
    case = small_case(rated=True)
    first = case.analysis.evidence[case.e(1)].title
    _reword(case, "title", "Second")
    _reword(case, "title", "Second, typed on")  # nobody judged "Second": still the second wording
    _rate_again(case)
    _reword(case, "detail", "A detail")
    assert case.analysis.evidence[case.e(1)].wording == 3
    words = [words_at(case.analysis, "evidence", case.e(1), wording) for wording in (1, 2, 3)]
    assert [found and (found["title"], found["detail"]) for found in words] == [
        (first, ""),
        ("Second, typed on", ""),
        ("Second, typed on", "A detail"),
    ]


def test_words_that_the_trail_does_not_reach_are_not_made_up() -> None:
    case = small_case(rated=True)
    _reword(case, "title", "Second")
    case.analysis.trail.clear()
    assert words_at(case.analysis, "evidence", case.e(1), 1) is None
    assert words_at(case.analysis, "evidence", case.e(1), 2) == {"title": "Second", "detail": ""}
    assert words_at(case.analysis, "evidence", "nobody", 1) is None


def test_ratings_on_earlier_words_are_counted_until_the_change_is_called_minor() -> None:
    case = small_case(rated=True)
    rated = len(case.matrix.sheets[case.analyst][case.e(1)])
    assert ratings_on_earlier_wording(case.analysis, "evidence", case.e(1)) == 0
    _reword(case, "title", "Second")
    assert ratings_on_earlier_wording(case.analysis, "evidence", case.e(1)) == rated > 1
    _rate_again(case)
    assert ratings_on_earlier_wording(case.analysis, "evidence", case.e(1)) == rated - 1
    _do(case, edits.declare_minor(case.analysis, "evidence", case.e(1)))
    assert ratings_on_earlier_wording(case.analysis, "evidence", case.e(1)) == 0


def test_no_builder_changes_the_words_of_a_record_behind_the_count_of_its_wordings() -> None:
    case = small_case(rated=True)
    _do(
        case,
        edits.set_fields(case.analysis, "hypothesis", case.h(1), {"title": "New", "statement": "Also new"}, "Edit"),
    )
    assert case.analysis.hypotheses[case.h(1)].wording == 2
    _do(case, edits.renumber_everything(case.analysis, case.matrix))
    assert case.analysis.hypotheses[case.h(1)].wording == 2, "another label is not another meaning"
