"""The standing with either reading of an item, reckoned by hand; suspicion and the checklist in words."""

from __future__ import annotations

import dataclasses
import random

import numpy as np
import pytest
from helpers.analyses import Case, small_case

from ach_desk.commands import assumptions, edits, hypotheses, readings
from ach_desk.commands.deception import answer
from ach_desk.model import RatingValue
from ach_desk.scoring import Finding, all_findings, assess
from ach_desk.scoring.deception_check import deception_questions, deserves_hypothesis, summary
from ach_desk.scoring.inconsistency import standing
from ach_desk.scoring.readings import both_ways, both_ways_words, leader_words

NAMES = {value.value: value for value in RatingValue}


def rate_row(case: Case, item: int, values: str) -> None:
    cells = [((case.e(item), case.h(column)), NAMES[value]) for column, value in enumerate(values.split(), 1)]
    edits.rate_each(case.analysis, case.matrix, case.analyst, cells, "").apply(case.analysis)


@pytest.fixture
def case() -> Case:
    """Return three items, H1 -1, H2 -2, H3 -3, of which E2 has the reading E4, unrated."""
    case = small_case(3, 3)
    for item, values in ((1, "I C II"), (2, "C II C"), (3, "N N I")):
        rate_row(case, item, values)
    readings.duplicate_as_deceptive(case.analysis, case.e(2)).command.apply(case.analysis)
    return case


def found(case: Case, code: str) -> list[Finding]:
    assessment = assess(case.analysis, case.matrix, case.analyst)
    every = all_findings(case.analysis, case.matrix, case.analyst, assessment)
    return [finding for finding in every if finding.code == code]


def texts(case: Case, code: str) -> list[str]:
    return [finding.text for finding in found(case, code)]


def test_the_standing_both_ways_is_that_with_one_of_them_alone(case: Case) -> None:
    unrated = both_ways(assess(case.analysis, case.matrix, case.analyst), case.e(4))
    assert unrated is not None
    assert both_ways_words(unrated) == "E4 is not rated yet; what it would change is known when it is."
    rate_row(case, 4, "II C C")
    ways = both_ways(assess(case.analysis, case.matrix, case.analyst), case.e(4))
    assert ways is not None
    assert [item.label for item in ways.items] == ["E2", "E4"]
    scores = [way.standing.weighted_inconsistency.tolist() for way in ways.assessments]
    assert scores == [[-1, -2, -3], [-3, 0, -3]]
    assert both_ways_words(ways) == (
        "Read as true (E2), H1 has the least evidence against it. "
        "Read as deceptive (E4), H2 has the least evidence against it, in place of H1."
    )
    assert leader_words(ways) == "Read as deceptive, E4 puts H2 in front."
    assert both_ways(assess(case.analysis, case.matrix, case.analyst), case.e(1)) is None


def test_a_finding_says_when_the_reading_decides_who_leads(case: Case) -> None:
    assert texts(case, "reading_decides") == []
    assert texts(case, "reading_unrated") == [
        "E4 is not rated yet; until it is, the standing is known for one reading of E2 and E4 only."
    ]
    rate_row(case, 4, "C II C")
    assert texts(case, "reading_decides") == texts(case, "reading_unrated") == []
    rate_row(case, 4, "II C C")
    assert texts(case, "reading_decides") == ["Read as deceptive, E4 puts H2 in front."]
    readings.count(case.analysis, case.e(4)).apply(case.analysis)
    assert texts(case, "reading_decides") == ["Read as true, E2 puts H1 in front."]
    edits.set_aside(case.analysis, [case.e(4)], "").apply(case.analysis)
    assert texts(case, "reading_decides") == [], "neither counts"


def test_both_readings_counting_is_pointed_out_and_mended_in_one_step(case: Case) -> None:
    edits.take_back(case.analysis, [case.e(4)]).apply(case.analysis)
    (finding,) = found(case, "both_readings")
    assert finding.text == "E2 and E4 are two readings of one item and both count. Choose which one counts."
    assert finding.evidence == (case.e(2), case.e(4))
    readings.count(case.analysis, case.e(4)).apply(case.analysis)
    assert texts(case, "both_readings") == []


def test_what_is_suspected_asks_for_a_deceptive_reading(case: Case) -> None:
    add, source = edits.add_source(case.analysis, "Somebody", [case.e(1)])
    add.apply(case.analysis)
    assumptions.suspect(case.analysis, "evidence", [case.e(2), case.e(3)], on=True).apply(case.analysis)
    assert texts(case, "suspect") == ["E3 is suspected of being deceptive and has no deceptive reading."]
    assumptions.suspect(case.analysis, "source", [source], on=True).apply(case.analysis)
    assert texts(case, "suspect") == [
        "E1 and E3 are suspected of being deceptive and have no deceptive reading. E1 because of S1."
    ]
    add, _other = edits.add_source(case.analysis, "Somebody else", [case.e(1)])
    add.apply(case.analysis)
    assert texts(case, "suspect") == ["E3 is suspected of being deceptive and has no deceptive reading."]


def test_a_ring_is_pointed_out(case: Case) -> None:
    for item, other in ((1, 3), (3, 1)):
        record = case.item(item)
        case.analysis.evidence[record.id] = record.model_copy(update={"rests_on": (case.e(other),)})
    assert texts(case, "resting_ring") == [
        "E1 and E3 rest on each other in a ring, so that none of them holds up the others."
    ]


def test_the_checklist_asks_for_a_hypothesis_when_there_is_reason_and_sign() -> None:
    case = small_case()
    questions = deception_questions(case.analysis)
    assert 6 <= len(questions) <= 8
    assert all(question.text.endswith("?") for question in questions)
    assert summary(case.analysis) == ""
    for key in ("motive", "means", "past"):
        answer(case.analysis, key, "yes").apply(case.analysis)
    answer(case.analysis, "contact", "no").apply(case.analysis)
    assert not deserves_hypothesis(case.analysis)
    assert summary(case.analysis) == (
        "3 of 4 answered questions point to deception; that alone asks for no hypothesis of its own."
    )
    answer(case.analysis, "surprise", "yes").apply(case.analysis)
    assert texts(case, "deception_hypothesis") == [summary(case.analysis)]
    assert summary(case.analysis).endswith("deception deserves a hypothesis of its own.")
    hypotheses.answer_check(case.analysis, "deception", "yes").apply(case.analysis)
    assert texts(case, "deception_hypothesis") == []
    assert summary(case.analysis).endswith("a hypothesis stands for it.")


def test_hints_name_what_the_program_can_see() -> None:
    case = small_case()
    assert {question.hint for question in deception_questions(case.analysis)} == {""}
    add, source = edits.add_source(case.analysis, "Somebody", [case.e(1)])
    add.apply(case.analysis)
    assumptions.suspect(case.analysis, "source", [source], on=True).apply(case.analysis)
    edits.set_field(case.analysis, "source", [source], "track_record", "twice wrong").apply(case.analysis)
    hints = {question.key: question.hint for question in deception_questions(case.analysis) if question.hint}
    assert hints == {
        "past": "How it proved before is noted for S1.",
        "sources": "S1 is marked as suspect.",
        "contact": "E1 rests on one source alone.",
        "contradicted": "E1 is suspected of being deceptive.",
    }


@pytest.mark.parametrize("seed", range(60))
def test_each_reading_alone_stands_as_if_all_were_reckoned_anew(seed: int, case: Case) -> None:
    chance = random.Random(seed)
    for item in range(1, 5):
        rate_row(case, item, " ".join(chance.choices(sorted(NAMES), k=3)))
        level = chance.choice(["high", "low"])
        edits.set_field(case.analysis, "evidence", [case.e(item)], "credibility", level).apply(case.analysis)
    ways = both_ways(assess(case.analysis, case.matrix, case.analyst), case.e(4))
    assert ways is not None
    for way, counts in zip(ways.assessments, (case.e(2), case.e(4)), strict=True):
        assert dict(zip(way.table.evidence_ids, way.table.counted.tolist(), strict=True)) == {
            case.e(1): True,
            case.e(3): True,
            case.e(2): counts == case.e(2),
            case.e(4): counts == case.e(4),
        }
        anew = standing(way.table)
        for field in dataclasses.fields(anew):
            np.testing.assert_allclose(getattr(way.standing, field.name), getattr(anew, field.name), atol=1e-12)
