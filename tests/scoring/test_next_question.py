"""The cell that matters most: the quick answer is the one that trying every rating gives."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from helpers.analyses import Case, small_case
from helpers.timing import times_as_long

from ach_desk.commands import edits
from ach_desk.model import Level, RatingValue
from ach_desk.model.values import SCALE_STEPS, Scale, in_range, step_of
from ach_desk.scoring import Assessment, assess, standing
from ach_desk.scoring.next_question import next_question, next_question_sentence
from ach_desk.scoring.table import CODES


def case_of(*rows: str, scale: Scale = Scale.FIVE) -> Case:
    """Return a case with a row of symbols for each item, "." for an unrated cell."""
    case = small_case(len(rows[0].split()), len(rows))
    case.matrix.scale = scale
    for number, row in enumerate(rows, 1):
        for column, symbol in enumerate(row.split(), 1):
            rate(case, number, column, symbol)
    return case


def rate(case: Case, item: int, hypothesis: int, symbol: str) -> None:
    if symbol != ".":
        cell = (case.e(item), case.h(hypothesis))
        edits.rate(case.analysis, case.matrix, case.analyst, [cell], RatingValue(symbol)).apply(case.analysis)


def doubt(case: Case, item: int, hypothesis: int) -> None:
    cell = (case.e(item), case.h(hypothesis))
    edits.annotate(case.matrix, case.analyst, [cell], confidence=Level.LOW).apply(case.analysis)


def asked(case: Case) -> str:
    """Return the sentence about the next question; "" when there is none."""
    assessment = assess(case.analysis, case.matrix, case.analyst)
    question = next_question(assessment, case.matrix, case.analyst)
    return next_question_sentence(assessment, question) if question else ""


def leaders(assessment: Assessment) -> frozenset[int]:
    scores, columns = assessment.standing.weighted_inconsistency, np.flatnonzero(assessment.comparable)
    return frozenset(int(column) for column in columns if scores[columns].max() - scores[column] <= 1e-9)


def distance(assessment: Assessment) -> float:
    scores = np.sort(assessment.standing.weighted_inconsistency[assessment.comparable])
    return float(scores[-1] - scores[-2]) if len(scores) > 1 else 0.0


def values_to_try(case: Case, row: int, column: int) -> list[RatingValue]:
    steps = SCALE_STEPS[case.matrix.scale]
    rating = case.matrix.rating(case.analyst, case.matrix.evidence[row], case.matrix.hypotheses[column])
    if rating is None or rating.value is None:
        return list(steps)
    if rating.range is not None:
        return [value for value in steps if in_range(value, rating.range) and value is not rating.value]
    if rating.confidence is not Level.LOW or not rating.value.is_on_scale:
        return []
    own = step_of(rating.value)
    milder = [value for value in steps if step_of(value) < own][-1:]
    return milder + [value for value in steps if step_of(value) > own][:1]


def by_trying(case: Case) -> tuple[int, int] | None:
    """Return the cell that counting everything out one rating at a time names."""
    plain = assess(case.analysis, case.matrix, case.analyst)
    best, found = (-1, 0.0), None
    for row, column in np.ndindex(*plain.table.shape):
        values = values_to_try(case, row, column)
        if not values or not plain.table.counted[row] or not plain.table.active[column]:
            continue
        changes, furthest = 0, 0.0
        for value in values:
            table = plain.table.copy()
            table.codes[row, column] = CODES[value]
            other = dataclasses.replace(plain, table=table, standing=standing(table))
            changes += leaders(other) != leaders(plain)
            furthest = max(furthest, abs(distance(other) - distance(plain)))
        if (changes, round(furthest, 9)) > best or found is None:
            best, found = (changes, round(furthest, 9)), (row, column)
    return found


def random_case(seed: int) -> Case:
    source = np.random.default_rng(seed)
    symbols = ["CC", "C", "N", "I", "II", "N/A", ".", "."] if seed % 2 else ["C", "N", "I", "II", "."]
    shape = (int(source.integers(1, 7)), int(source.integers(1, 5)))
    rows = [" ".join(source.choice(symbols, shape[1])) for _row in range(shape[0])]
    case = case_of(*rows, scale=list(Scale)[seed % 3])
    for item, hypothesis in case.matrix.sheets[case.analyst].items():
        for under in list(hypothesis):
            if source.random() < 0.2:
                edits.annotate(case.matrix, case.analyst, [(item, under)], confidence=Level.LOW).apply(case.analysis)
            elif source.random() < 0.1:
                around = (RatingValue.NEUTRAL, RatingValue.INCONSISTENT)
                edits.rate_range(case.analysis, case.matrix, case.analyst, [(item, under)], around).apply(case.analysis)
    level = list(Level)[seed % 3]
    edits.set_field(case.analysis, "evidence", case.matrix.evidence[:1], "credibility", level).apply(case.analysis)
    if seed % 5 == 0:
        edits.set_aside(case.analysis, case.matrix.evidence[-1:], "doubtful").apply(case.analysis)
    if seed % 7 == 0:
        edits.reject(case.analysis, case.matrix.hypotheses[-1:], "refuted").apply(case.analysis)
    return case


@pytest.mark.parametrize("seed", range(60))
def test_it_is_the_cell_that_trying_every_rating_gives(seed: int) -> None:
    case = random_case(seed)
    question = next_question(assess(case.analysis, case.matrix, case.analyst), case.matrix, case.analyst)
    assert (question and (question.row, question.column)) == by_trying(case)


def test_it_names_the_mildest_rating_that_changes_who_leads() -> None:
    case = case_of("I C", "N .", "N N", "C C")
    assert asked(case) == "E2 under H2: if it were I, H1 and H2 would be tied in the lead."
    case = case_of("N I", "C C", ". C", "C C")
    assert asked(case) == "E3 under H1: if it were I, H1 and H2 would be tied in the lead."
    rate(case, 4, 1, "I")
    assert asked(case) == "E3 under H1: if it were I, H2 would lead."


def test_a_rating_of_low_confidence_may_be_the_question() -> None:
    case = case_of("N I", "I C", "C C")
    assert asked(case) == ""
    doubt(case, 2, 1)
    assert asked(case) == "E2 under H1: if it were N, H1 would lead."


def test_where_nothing_changes_the_lead_it_says_so() -> None:
    case = case_of("C II", "C II", "C II", "C .")
    said = asked(case)
    assert said == "No open cell would change by itself who leads. E4 under H2 would move the standing most."


def test_items_set_aside_and_rejected_hypotheses_are_no_question() -> None:
    case = case_of("C I", "C .")
    edits.set_aside(case.analysis, [case.e(2)], "doubtful").apply(case.analysis)
    assert asked(case) == ""


def test_ten_thousand_items_take_little_longer_than_assessing_them() -> None:
    source = np.random.default_rng(1)
    case = small_case(10, 10_000)
    values = [None, *RatingValue][:7]
    drawn = source.integers(0, len(values), (10_000, 10))
    wanted = [
        ((item, hypothesis), values[drawn[row, column]])
        for row, item in enumerate(case.matrix.evidence)
        for column, hypothesis in enumerate(case.matrix.hypotheses)
    ]
    edits.rate_each(case.analysis, case.matrix, case.analyst, wanted, "").apply(case.analysis)
    assessment = assess(case.analysis, case.matrix, case.analyst)
    assert next_question(assessment, case.matrix, case.analyst) is not None
    ratio = times_as_long(
        lambda: next_question(assessment, case.matrix, case.analyst),
        lambda: assess(case.analysis, case.matrix, case.analyst),
    )
    assert ratio < 6  # 2 where this was written; trying every rating takes thousands of times as long
