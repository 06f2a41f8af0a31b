"""What a way of adding up leaves out, and whom the matrix ranks first instead, in words at every stage of rating."""

from __future__ import annotations

import pytest
from helpers.analyses import Case, inputs_of, rated_case, small_case

from ach_desk.commands import edits
from ach_desk.model import Rating
from ach_desk.model.method_settings import Method
from ach_desk.reporting.chart_material import material
from ach_desk.reporting.charts import margin_words, rank_shares_words, telling
from ach_desk.scoring import robustness
from ach_desk.scoring.methods import SUMS
from ach_desk.scoring.ranking_words import matrix_sentence, missing_sentence

ONCE = "By Bayes an item counts once it is rated under every hypothesis."


def said(case: Case, method: Method = Method.BAYES_SOURCES) -> list[str]:
    return robustness.sentences(robustness.quick(inputs_of(case), method))


def missing(case: Case, method: Method = Method.BAYES_SOURCES) -> str:
    return missing_sentence(inputs_of(case), method)


@pytest.mark.parametrize("method", SUMS)
def test_before_anything_is_rated_all_ways_say_the_same(method: Method) -> None:
    for case in (small_case(0, 0), small_case(3, 0), small_case(1, 2), small_case(3, 3)):
        assert said(case, method) == ["Nothing is rated yet, so there is no order that could be overturned."]
        assert missing(case, method) == ""


@pytest.mark.parametrize("method", SUMS)
def test_one_hypothesis_alone_is_compared_with_nothing(method: Method) -> None:
    assert said(rated_case("C", "II"), method) == ["Only H1 is rated; there is nothing to compare it with."]


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (("C . .", "I . ."), "Nothing is rated under H2 and H3 yet, so there is no order."),
        (("C I .", "I N ."), "Nothing is rated under H3 yet, so there is no order."),
        (
            ("C . I", ". I C", "II N N/A"),
            "None is yet: E1 (not rated under H2), E2 (not rated under H1) and E3 (N/A under H3). "
            "With these cells taken as neutral, H3 would lead.",
        ),
        ((". N/A I", ". C ."), "Nothing is rated under H1 yet, so there is no order."),
    ],
)
def test_where_nothing_can_be_compared_it_says_what_is_missing(lines: tuple[str, ...], why: str) -> None:
    case = rated_case(*lines)
    assert said(case) == said(case, Method.BAYES) == [f"{ONCE} {why}"]
    assert ONCE not in said(case, Method.WEIGHTED)[0]


def test_what_is_left_out_is_named_with_the_ratings_it_lacks() -> None:
    case = rated_case("C I II", "C C .", ". I II", ". . N/A", "I . N/A", "C . I", "C I I")
    assert missing(case) == f"{ONCE} Left out: E2 (not rated under H3), E3 (not rated under H1) and 2 others."
    assert missing(rated_case("C I II", "C . N/A")) == f"{ONCE} Left out: E2 (not rated under H2, N/A under H3)."
    assert missing(case, Method.WEIGHTED) == missing(case, Method.INCONSISTENCY) == ""
    assert missing(rated_case("C I II", "C C I")) == ""


def test_what_a_rejected_hypothesis_lacks_is_not_missed() -> None:
    case = rated_case("C I .", "I C .")
    assert "H3" in missing(case)
    edits.set_field(case.analysis, "hypothesis", [case.h(3)], "status", "rejected").apply(case.analysis)
    assert missing(case) == ""


def test_a_probability_entered_by_hand_is_not_missed() -> None:
    case = rated_case("C .", "I C")
    assert missing(case).startswith(ONCE)
    case.matrix.set_rating(case.analyst, case.e(1), case.h(2), Rating(None, likelihood=(0.2, 0.2)))
    assert missing(case) == ""


def test_who_would_lead_with_empty_cells_as_neutral_is_said() -> None:
    case = rated_case("C N/A N", "I C C", "N/A II I")
    assert missing(case).endswith("With these cells taken as neutral, H1 and H3 would lead.")


def test_where_the_matrix_ranks_otherwise_the_first_sentence_says_so() -> None:
    case = rated_case("I N", "CC N", "CC N")
    assert said(case)[0] == (
        "By Bayes with sources and groups, on the present ratings, H1 leads. "
        "The ranking in the matrix counts what contradicts (weighted inconsistency): there H2 is first."
    )
    assert said(case, Method.BAYES)[0].startswith(
        "By Bayes and the present ratings H1 leads. The ranking in the matrix"
    )
    first = rated_case("CC C", "CC N", "N N")
    assert said(first)[0] == (
        "By Bayes with sources and groups, on the present ratings, H1 leads. "
        "The ranking in the matrix counts what contradicts (weighted inconsistency): there H1 and H2 are tied."
    )
    assert len(said(first)) <= 5
    assert (
        said(first, Method.WEIGHTED)[0]
        == "By weighted inconsistency and the present ratings H1 and H2 are tied in front."
    )


def test_where_both_agree_nothing_is_added() -> None:
    case = rated_case("C II", "C I")
    assert said(case)[0] == "By Bayes with sources and groups, on the present ratings, H1 leads."
    assessment = inputs_of(case).assessment
    assert matrix_sentence(assessment, Method.BAYES, (0,)) == ""
    assert matrix_sentence(assessment, Method.BAYES, (1,)).endswith("there H1 is first.")
    assert matrix_sentence(assessment, Method.WEIGHTED, (1,)) == matrix_sentence(assessment, Method.BAYES, ()) == ""


def test_charts_without_an_order_say_what_is_missing() -> None:
    case = rated_case("C I .", "I N .")
    made = material(case.analysis, case.matrix, case.analyst, inputs_of(case).assessment)
    assert made.method is Method.BAYES_SOURCES
    why = f"{ONCE} Nothing is rated under H3 yet, so there is no order."
    assert telling.empty_sentence(made) == margin_words.title(made) == rank_shares_words.title(made) == why
