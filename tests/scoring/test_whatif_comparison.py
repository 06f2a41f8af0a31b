"""What-ifs beside each other: the table, and the sentence that each of them gives."""

from __future__ import annotations

import pytest
from helpers.analyses import Case, small_case

from ach_desk.commands import edits
from ach_desk.model import Override, RatingValue, Scenario
from ach_desk.scoring import assess
from ach_desk.scoring.comparison import MATRIX, RATED, SCENARIO, Side, as_rows, change_words, compare
from ach_desk.scoring.whatif import assess_under

NAMES = {value.value: value for value in RatingValue}


def rated_case(*rows: str) -> Case:
    """Return an analysis rated as the rows say: "C II I" is E1 under H1, H2, H3."""
    values = [row.split() for row in rows]
    case = small_case(len(values[0]), len(values))
    wanted = [
        ((case.e(item), case.h(column)), NAMES[value])
        for item, row in enumerate(values, 1)
        for column, value in enumerate(row, 1)
    ]
    edits.rate_each(case.analysis, case.matrix, case.analyst, wanted, "").apply(case.analysis)
    return case


def rated_side(case: Case) -> Side:
    return Side(RATED, "", "", assess(case.analysis, case.matrix, case.analyst))


def side(case: Case, name: str, *left_out: int, overrides: dict[tuple[int, int], str] | None = None) -> Side:
    scenario = Scenario(
        id="s",
        matrix=case.matrix.id,
        name=name,
        left_out=tuple(case.e(number) for number in left_out),
        overrides=tuple(
            Override(evidence=case.e(cell[0]), hypothesis=case.h(cell[1]), value=NAMES[value])
            for cell, value in (overrides or {}).items()
        ),
    )
    return Side(SCENARIO, "s", name, assess_under(case.analysis, case.matrix, case.analyst, scenario))


# H1: -1, H2: -2, H3: -3
ROWS = ("I II II", "C C I")


@pytest.mark.parametrize(
    ("left_out", "overrides", "expected"),
    [
        ((), {}, "If S5 was lying, nothing changes."),
        ((1,), {}, "If S5 was lying, H2 draws level with H1."),
        ((), {(1, 1): "II", (2, 1): "I"}, "If S5 was lying, H2 has the least evidence against it, in place of H1."),
        ((), {(1, 2): "C", (1, 3): "C", (2, 3): "C"},
         "If S5 was lying, H2 and H3 are tied with the least evidence against them, in place of H1."),
        ((), {(1, 3): "I"},
         "If S5 was lying, H1 still has the least evidence against it, and the order behind changes."),
        ((), {(2, 3): "II"}, "If S5 was lying, H1 still has the least evidence against it."),
        ((1, 2), {}, "If S5 was lying, nothing can be compared."),
        ((), {(1, 2): "I", (1, 3): "C"}, "If S5 was lying, H2 and H3 draw level with H1."),
    ],
)  # fmt: skip
def test_the_sentence_of_a_what_if(
    left_out: tuple[int, ...], overrides: dict[tuple[int, int], str], expected: str
) -> None:
    case = rated_case(*ROWS)
    found = compare(rated_side(case), [side(case, "S5 was lying.", *left_out, overrides=overrides)])
    assert found.sentences[0] == "As rated, H1 has the least evidence against it."
    assert found.sentences[1] == expected


def test_a_tie_that_breaks_and_a_tie_that_stays() -> None:
    case = rated_case("I I", "C C", "C C")
    base = rated_side(case)
    found = compare(base, [side(case, "X", overrides={(2, 2): "I"}), side(case, "Y", overrides={(2, 1): "N"})])
    assert found.sentences == (
        "As rated, H1 and H2 are tied with the least evidence against them.",
        "If X, H1 alone has the least evidence against it.",
        "If Y, nothing changes.",
    )


def test_ranks_and_changes_are_said_in_words() -> None:
    case = rated_case(*ROWS)
    found = compare(rated_side(case), [side(case, "X", overrides={(1, 1): "II", (2, 1): "II", (1, 3): "I"})])
    column = [row[1] for row in found.entries]
    assert [(entry.score, entry.rank, entry.tied, entry.places) for entry in column] == [
        (-4.0, 3, False, -2),
        (-2.0, 1, True, 1),
        (-2.0, 1, True, 2),
    ]
    assert [change_words(entry) for entry in column] == ["▼ 2 worse", "▲ 1 better", "▲ 2 better"]
    rows = as_rows(found, "{:.0f}".format)
    assert rows[0] == ["Hypothesis", "As rated", "Rank", "X", "Rank"]
    assert rows[2] == ["H2 Explanation 2", "-2", "2", "-2", "1 tied"]
    assert rows[-1] == [found.sentences[1]]


def test_another_matrix_is_a_column_and_its_own_hypotheses_come_last() -> None:
    case = rated_case(*ROWS)
    other = case.matrix.copy_of()
    other.id, other.name = "other", "Second look"
    edits.add_hypotheses(case.analysis, case.matrix, [{"title": "Later"}]).apply(case.analysis)
    case.analysis.matrices.append(other)
    rated = rated_side(case)
    found = compare(rated, [Side(MATRIX, "other", other.name, assess(case.analysis, other, case.analyst))])
    assert [hypothesis.label for hypothesis in found.hypotheses] == ["H1", "H2", "H3", "H4"]
    assert found.entries[3][0].score is None
    assert found.sentences[1] == "In Second look, H1 still has the least evidence against it."


def test_combinations_stand_under_their_own_line() -> None:
    case = rated_case(*ROWS)
    combine = edits.set_field(case.analysis, "hypothesis", [case.h(1)], "combines", (case.h(2), case.h(3)))
    combine.apply(case.analysis)
    found = compare(rated_side(case), [])
    assert [hypothesis.label for hypothesis in found.hypotheses] == ["H2", "H3", "H1"]
    assert found.first_combination == 2
