"""What grades propose, what the ranking is without a source, and what is pointed out about sources."""

from __future__ import annotations

import pytest
from helpers.analyses import Case
from helpers.sourced import cite, cited_as, rated_case, source_of

from ach_desk.commands import edits, sources
from ach_desk.model import (
    CredibilityRule,
    Directness,
    GradingScheme,
    InformationCredibility,
    InformationKnown,
    Level,
    Reliability,
    Scenario,
    SourceEvaluation,
    Stance,
    new_id,
)
from ach_desk.scoring import Finding, all_findings, assess
from ach_desk.scoring.credibility import grading_of, proposal
from ach_desk.scoring.sources import without
from ach_desk.scoring.whatif import left_out_items

ONE, TWO, FIVE, SIX = (InformationCredibility(number) for number in "1256")


def proposed(case: Case, item: int = 1) -> tuple[Level | None, str]:
    return tuple(proposal(case.item(item), grading_of(case.analysis)))


def found(case: Case, code: str) -> list[Finding]:
    assessment = assess(case.analysis, case.matrix, case.analyst)
    return [entry for entry in all_findings(case.analysis, case.matrix, case.analyst, assessment) if entry.code == code]


def test_the_lower_of_both_grades_is_proposed_with_its_reason() -> None:
    case = rated_case()
    source = cite(case, "S", 1, reliability=Reliability.A)
    cited_as(case, 1, source, credibility=InformationCredibility.POSSIBLE)
    assert proposed(case) == (Level.MEDIUM, "The grades propose medium: S1 is graded A3.")


def test_the_rule_can_let_the_information_speak_alone() -> None:
    case = rated_case()
    source = cite(case, "S", 1, reliability=Reliability.E)
    rule = CredibilityRule(combine="information")
    edits.set_field(case.analysis, "analysis", [""], "credibility_rule", rule).apply(case.analysis)
    assert proposed(case)[0] is Level.LOW  # the source, where the information is not graded
    cited_as(case, 1, source, credibility=ONE)
    assert proposed(case)[0] is Level.HIGH
    cited_as(case, 1, source, credibility=SIX)
    assert proposed(case) == (None, "No proposal: S1: 6 – Truth cannot be judged.")


def test_the_rule_of_the_analysis_is_used() -> None:
    case = rated_case()
    source = cite(case, "S", 1, reliability=Reliability.B)
    cited_as(case, 1, source, credibility=ONE)
    rule = CredibilityRule()
    rule = rule.model_copy(update={"reliability": {**rule.reliability, Reliability.B: None}})
    edits.set_field(case.analysis, "analysis", [""], "credibility_rule", rule).apply(case.analysis)
    assert proposed(case) == (None, "No proposal: the rule gives B of S1 no level.")


@pytest.mark.parametrize(
    ("reliability", "credibility", "why"),
    [
        (None, ONE, "S1 is not graded"),
        (Reliability.F, ONE, "S1: F – Reliability cannot be judged"),
        (Reliability.A, None, "what S1 says here is not graded"),
        (Reliability.A, SIX, "S1: 6 – Truth cannot be judged"),
    ],
)
def test_what_is_unknown_is_never_proposed_as_medium(
    reliability: Reliability | None, credibility: InformationCredibility | None, why: str
) -> None:
    case = rated_case()
    source = cite(case, "S", 1, reliability=reliability)
    cited_as(case, 1, source, credibility=credibility)
    assert proposed(case) == (None, f"No proposal: {why}.")


def test_the_best_of_several_that_say_so_speaks_and_the_rest_is_named() -> None:
    case = rated_case()
    good, bad, other = cite(case, "Good", 1), cite(case, "Bad", 1), cite(case, "Other", 1)
    for source, grade in ((good, Reliability.B), (bad, Reliability.E)):
        edits.set_field(case.analysis, "source", [source], "reliability", grade).apply(case.analysis)
        cited_as(case, 1, source, credibility=TWO)
    cited_as(case, 1, other, stance=Stance.CONFLICTING)
    edits.set_field(case.analysis, "source", [good], "suspect", True).apply(case.analysis)
    level, reason = proposed(case)
    assert level is Level.HIGH
    assert reason == (
        "The grades propose high: S1 is graded B2. That S3 says otherwise does not lower it. "
        "The grades do not know that S1 is suspect."
    )


def test_what_was_taken_back_or_says_otherwise_proposes_nothing() -> None:
    case = rated_case()
    assert proposed(case)[1] == "No proposal: the item cites no source."
    source = cite(case, "S", 1, 2, reliability=Reliability.A)
    cited_as(case, 1, source, credibility=ONE, retracted=True)
    assert proposed(case) == (None, "No proposal: what says so was retracted.")
    cited_as(case, 2, source, credibility=ONE, stance=Stance.CONFLICTING)
    assert proposed(case, 2) == (None, "No proposal: its sources say otherwise.")


def test_3x5x2_proposes_by_its_own_grades() -> None:
    case = rated_case()
    source = cite(case, "S", 1, reliability=Reliability.E, evaluation=SourceEvaluation.RELIABLE)
    cited_as(case, 1, source, credibility=FIVE, known=InformationKnown.INDIRECTLY)
    sources.set_scheme(case.analysis, GradingScheme.UK_3X5X2).apply(case.analysis)
    assert proposed(case) == (Level.MEDIUM, "The grades propose medium: S1 is graded 1C.")
    edits.set_field(case.analysis, "source", [source], "evaluation", SourceEvaluation.UNTESTED).apply(case.analysis)
    assert proposed(case) == (None, "No proposal: S1: 2 – Untested.")


def test_a_credibility_that_grades_no_longer_propose_is_pointed_out() -> None:
    case = rated_case()
    source = cite(case, "S", 1, reliability=Reliability.A)
    cited_as(case, 1, source, credibility=ONE)
    sources.take_proposals(case.analysis, [case.e(1)]).apply(case.analysis)
    assert not found(case, "credibility_stale")
    edits.set_field(case.analysis, "source", [source], "reliability", Reliability.D).apply(case.analysis)
    (finding,) = found(case, "credibility_stale")
    assert finding.text == "The credibility of E1 is no longer what the grades propose."
    sources.take_proposals(case.analysis, finding.evidence).apply(case.analysis)
    assert not found(case, "credibility_stale")
    assert case.item(1).credibility is Level.LOW


def test_the_ranking_without_a_source_in_words() -> None:
    case = rated_case()
    cite(case, "Carries E2", 2)
    cite(case, "Carries nothing", 4)
    rated = assess(case.analysis, case.matrix, case.analyst)
    first, second = source_of(case, 1), source_of(case, 2)
    assert without(case.analysis, rated, first, case.matrix.id) == "Without S1, H1 draws level with H2."
    assert without(case.analysis, rated, second, case.matrix.id) == "Without S2 nothing changes in the order."


def test_distrusting_leaves_out_what_nothing_else_bears_out() -> None:
    case = rated_case()
    one, other = cite(case, "One", 1, 2, 3), cite(case, "Other", 1, 2)
    cited_as(case, 1, other, stance=Stance.CONFLICTING)
    cited_as(case, 3, one, stance=Stance.CONFLICTING)
    doubt = Scenario(id=new_id(), matrix=case.matrix.id, name="", distrusted=(one,))
    assert left_out_items(case.analysis, doubt) == {case.e(1)}
    cited_as(case, 2, other, retracted=True)
    assert left_out_items(case.analysis, doubt) == {case.e(1), case.e(2)}


def test_what_still_counts_on_a_retracted_source_alone_is_pointed_out() -> None:
    case = rated_case()
    source = cite(case, "S", 1, 2)
    cite(case, "Other", 2)
    sources.retract(case.analysis, source, "").apply(case.analysis)
    assert not found(case, "retracted_counts")
    edits.take_back(case.analysis, [case.e(1)]).apply(case.analysis)
    (finding,) = found(case, "retracted_counts")
    assert finding.text == "S1 was retracted, and E1, which rests on it alone, still counts."
    assert (finding.evidence, finding.others) == ((case.e(1),), (source,))


@pytest.mark.parametrize(
    ("fields", "said", "why"),
    [
        ({"reliability": Reliability.D}, {}, "S1, its only source, is graded D"),
        ({}, {"credibility": InformationCredibility.DOUBTFUL}, "S1, its only source, is graded 4"),
        ({"suspect": True}, {}, "S1, its only source, is suspect"),
        ({}, {"directness": Directness.SECOND_HAND}, "S1, its only source, has it second-hand"),
        ({}, {"retracted": True}, "what bears it out was retracted"),
    ],
)
def test_an_item_that_decides_on_one_weak_source_is_pointed_out(fields: dict, said: dict, why: str) -> None:
    case = rated_case()
    source = cite(case, "S", 2, **fields)
    if said:
        cited_as(case, 2, source, **said)
    (finding,) = found(case, "weak_source_decides")
    assert finding.text == f"E2 decides the result, and {why}. Without E2, H1 draws level with H2."


def test_a_good_source_a_second_one_or_an_item_that_does_not_decide_is_no_finding() -> None:
    case = rated_case()
    cite(case, "Good", 2, reliability=Reliability.A)
    cite(case, "Bad", 3, 4, reliability=Reliability.E)
    assert not found(case, "weak_source_decides")
    edits.set_field(case.analysis, "source", [source_of(case, 1).id], "reliability", Reliability.E).apply(case.analysis)
    assert found(case, "weak_source_decides")
    cite(case, "Second", 2)
    assert not found(case, "weak_source_decides")


def test_grades_that_pull_apart_are_pointed_out() -> None:
    case = rated_case()
    source = cite(case, "S", 1, 2, reliability=Reliability.A)
    cited_as(case, 1, source, credibility=FIVE)
    cited_as(case, 2, source, credibility=TWO)
    (finding,) = found(case, "grades_clash")
    assert finding.text.startswith("Reliability and credibility pull apart: E1 (S1: A5).")
    assert finding.evidence == (case.e(1),)
    sources.set_scheme(case.analysis, GradingScheme.UK_3X5X2).apply(case.analysis)
    assert not found(case, "grades_clash")


def test_grades_that_all_lie_on_the_diagonal_are_pointed_out() -> None:
    case = rated_case()
    a = cite(case, "A", 1, 2, 3, reliability=Reliability.A)
    b = cite(case, "B", 1, 4, reliability=Reliability.B)
    for item in (1, 2, 3):
        cited_as(case, item, a, credibility=ONE)
    cited_as(case, 1, b, credibility=TWO)
    assert not found(case, "grades_diagonal")  # too few to say anything
    cited_as(case, 4, b, credibility=TWO)
    (finding,) = found(case, "grades_diagonal")
    assert finding.text.startswith("All 5 grades lie on the diagonal (A1, B2, C3 ...).")
    cited_as(case, 4, b, credibility=ONE)
    assert not found(case, "grades_diagonal")


def test_a_missing_relevance_is_no_point_until_one_item_has_it() -> None:
    case = rated_case()
    assert found(case, "credibility_not_set")
    assert not found(case, "relevance_not_set")
    edits.set_field(case.analysis, "evidence", [case.e(1)], "relevance", Level.HIGH).apply(case.analysis)
    assert found(case, "relevance_not_set")
