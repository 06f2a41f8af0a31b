"""What the program says about a matrix: headline, standing, findings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pytest

from ach_desk.model import (
    Analysis,
    EvidenceItem,
    EvidenceStatus,
    Hypothesis,
    HypothesisStatus,
    Level,
    Matrix,
    Rating,
    RatingValue,
)
from ach_desk.scoring import Assessment, against_words, assess, headline, standing_sentence
from ach_desk.scoring.findings import findings


def rated(
    rows: Sequence[str],
    *,
    rejected: Sequence[str] = (),
    aside: Sequence[str] = (),
    combines: Mapping[str, Sequence[str]] | None = None,
    level: Level | None = Level.MEDIUM,
) -> Assessment:
    """Return the assessment of a matrix written as one string per item, "." for an unrated cell."""
    width = max((len(row.split()) for row in rows), default=0)
    joins = combines or {}
    analysis = Analysis(matrices=[Matrix(id="m")])
    for number in range(1, width + 1):
        label = f"H{number}"
        analysis.hypotheses[label.lower()] = Hypothesis(
            id=label.lower(),
            label=label,
            title=f"title {number}",
            status=HypothesisStatus.REJECTED if label in rejected else HypothesisStatus.ACTIVE,
            combines=tuple(part.lower() for part in joins.get(label, ())),
        )
    matrix = analysis.matrices[0]
    for number, row in enumerate(rows, 1):
        label = f"E{number}"
        analysis.evidence[label.lower()] = EvidenceItem(
            id=label.lower(),
            label=label,
            title="",
            credibility=level,
            relevance=level,
            status=EvidenceStatus.SET_ASIDE if label in aside else EvidenceStatus.COUNTED,
        )
        for column, sign in enumerate(row.split(), 1):
            if sign != ".":
                matrix.set_rating("a", label.lower(), f"h{column}", Rating(RatingValue(sign)))
    matrix.hypotheses.extend(analysis.hypotheses)
    matrix.evidence.extend(analysis.evidence)
    return assess(analysis, matrix, "a")


@pytest.mark.parametrize(
    ("rows", "options", "sentence"),
    [
        (["II C I", "C C I"], {}, "H2 has the least evidence against it."),
        (["I C II", "C C I"], {}, "H2 has the least evidence against it; H1 is close."),
        (["I C I", "C C C"], {}, "H2 has the least evidence against it; H1 and H3 are close."),
        (["C C II"], {}, "H1 and H2 are tied with the least evidence against them."),
        (["C C I"], {}, "H1 and H2 are tied with the least evidence against them; H3 is close."),
        (["I I I", "N C C"], {}, "H1, H2 and H3 are tied: the ratings do not tell them apart."),
        ([". .", ". ."], {}, "Nothing is rated yet."),
        (["N/A N/A"], {}, "Nothing is rated yet."),
        ([], {}, "Nothing is rated yet."),
        (["C C"], {"rejected": ["H1", "H2"]}, "Every hypothesis is rejected; there is nothing to rank."),
        (["C ."], {}, "Only H1 is rated; there is nothing to compare it with."),
        (["C I"], {"rejected": ["H2"]}, "Only H1 is rated; there is nothing to compare it with."),
        (["I C", "I .", "I ."], {}, "Only H1 is rated on enough items to be compared."),
        (["I I C", "C I .", "C I ."], {}, "H1 has the least evidence against it."),
        (["II C", "C I"], {"aside": ["E1"]}, "H1 has the least evidence against it; H2 is close."),
    ],
)
def test_the_headline_is_the_finding_with_its_limit(rows: list[str], options: dict, sentence: str) -> None:
    assert headline(rated(rows, **options)) == sentence


def test_a_hypothesis_with_few_ratings_is_never_called_leading() -> None:
    assessment = rated(["II I C", "I II .", "I I .", "C I ."])
    assert assessment.standing.leaders == (2,)
    assert assessment.comparable.tolist() == [True, True, False]
    assert "H3" not in headline(assessment)
    assert standing_sentence(assessment, 2) == "H3 is rated on 1 of 4 items and cannot be compared yet."


def test_half_the_ratings_of_the_best_covered_hypothesis_are_enough() -> None:
    assert rated(["C C", "C C", "C .", "C ."]).comparable.tolist() == [True, True]
    assert rated(["C C", "C .", "C ."]).comparable.tolist() == [True, False]


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("C N N/A .", "nothing against"),
        ("I C", "1 against"),
        ("II C", "1 against, strongly"),
        ("II II", "2 against, all strongly"),
        ("I II I I II", "5 against, 2 of them strongly"),
        ("I II", "2 against, 1 of them strongly"),
    ],
)
def test_what_speaks_against_a_hypothesis_is_said_in_words(column: str, words: str) -> None:
    assessment = rated(column.split())
    assert against_words(assessment, 0) == words
    assert standing_sentence(assessment, 0) == f"H1: {words}."


def test_a_rejected_hypothesis_is_said_to_be_so() -> None:
    assert standing_sentence(rated(["C I"], rejected=["H1"]), 0) == "H1 is rejected and not ranked."


def test_orders_put_combinations_last_and_the_unranked_behind_the_ranked() -> None:
    assessment = rated(["II . C I C"], combines={"H3": ["H1", "H4"]}, rejected=["H5"])
    assert assessment.display_order() == [0, 1, 3, 4, 2]
    assert assessment.ranked_order() == [3, 0, 1, 4, 2]


def texts(assessment: Assessment) -> dict[str, str]:
    found = findings(assessment)
    assert len({finding.code for finding in found}) == len(found)
    return {finding.code: finding.text for finding in found}


def test_a_fully_rated_telling_matrix_with_all_grades_has_no_findings() -> None:
    assert findings(rated(["C I II", "I II CC"])) == []
    assert findings(rated([])) == []


def test_findings_name_what_is_open_with_the_ids_of_the_records() -> None:
    assessment = rated(["C I .", "I II .", "C C C"])
    found = {finding.code: finding for finding in findings(assessment)}
    assert list(found) == ["few_ratings", "unrated", "not_diagnostic"]
    assert found["few_ratings"].text == "H3 is rated on 1 of 3 items and cannot be compared yet."
    assert found["few_ratings"].hypotheses == ("h3",)
    assert found["unrated"].text == "2 cells are unrated (E1 and E2)."
    assert (found["unrated"].hypotheses, found["unrated"].evidence) == (("h3",), ("e1", "e2"))
    assert found["not_diagnostic"].text == ("E3 does not separate the hypotheses: it is rated the same under each.")
    assert found["not_diagnostic"].evidence == ("e3",)


def test_several_items_that_separate_nothing_are_said_in_the_plural() -> None:
    assert texts(rated(["C C", "I I", "C I"]))["not_diagnostic"] == (
        "E1 and E2 do not separate the hypotheses: each is rated the same throughout."
    )


def test_one_unrated_cell_is_said_in_the_singular() -> None:
    assert texts(rated(["C I", "C ."]))["unrated"] == "1 cell is unrated (E2)."


def test_grades_not_set_are_counted_as_medium_and_that_is_said() -> None:
    assert texts(rated(["C I"], level=None)) == {
        "credibility_not_set": "Credibility is not set for 1 item (E1); it is counted as medium.",
    }
    assert texts(rated(["C I", "I C"], level=None))["credibility_not_set"] == (
        "Credibility is not set for 2 items (E1 and E2); they are counted as medium."
    )


def test_a_long_list_is_cut_short_in_words_and_complete_in_ids() -> None:
    (finding,) = [one for one in findings(rated(["C I"] * 9 + ["C ."])) if one.code == "unrated"]
    assert finding.text == "1 cell is unrated (E10)."
    (flat,) = [one for one in findings(rated(["C C"] * 9 + ["C I"])) if one.code == "not_diagnostic"]
    assert flat.text.startswith("E1, E2, E3, E4, E5 and 4 others do not separate")
    assert len(flat.evidence) == 9


def test_ties_are_pointed_out_once_for_each_rank() -> None:
    found = [finding for finding in findings(rated(["C C I I II"])) if finding.code == "tie"]
    assert [finding.hypotheses for finding in found] == [("h1", "h2"), ("h3", "h4")]
    assert found[0].text == "H1 and H2 are tied: the ratings do not tell them apart."


def test_a_hypothesis_rated_nowhere_is_said_to_be_unranked() -> None:
    assert texts(rated(["C . I"]))["no_ratings"] == "H2 is not rated on any item and is not ranked."


def test_items_set_aside_and_rejected_hypotheses_leave_nothing_open() -> None:
    assert findings(rated(["C I .", ". . ."], aside=["E2"], rejected=["H3"])) == []
    assert findings(rated(["C I", "C C"], aside=["E2"])) == []


@pytest.mark.parametrize(
    ("rows", "ahead"),
    [
        (["I I C"], True),
        (["I C C"], False),
        (["C C I"], False),
        (["I . C"], True),
        ([". . C"], False),
    ],
)
def test_a_combination_in_front_of_its_parts_is_pointed_out(rows: list[str], ahead: bool) -> None:
    found = [
        one.text for one in findings(rated(rows, combines={"H3": ["H1", "H2"]})) if one.code == "combination_ahead"
    ]
    assert bool(found) == ahead
    beginning = "H3 joins H1 and H2; that it fits more is no evidence for it. What would you see if both were true, "
    assert all(re.fullmatch(re.escape(beginning) + r"and not with H[12] alone\?", text) for text in found)
