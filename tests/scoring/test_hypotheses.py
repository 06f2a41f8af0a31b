"""How hypotheses stand to each other: forms, relations, combinations, and the hypothesis check."""

from __future__ import annotations

from helpers.analyses import Case, small_case

from ach_desk.commands import edits
from ach_desk.commands import hypotheses as kin
from ach_desk.model import RatingValue
from ach_desk.model.values import RelationKind
from ach_desk.scoring import all_findings, assess
from ach_desk.scoring.combination import cells_of, confirmable, derived, suggesting
from ach_desk.scoring.hypothesis_check import check_questions


def _rate(case: Case, item: int, hypothesis: int, value: RatingValue) -> None:
    cell = (case.e(item), case.h(hypothesis))
    edits.rate(case.analysis, case.matrix, case.analyst, [cell], value).apply(case.analysis)


def _texts(case: Case, *codes: str) -> list[str]:
    assessment = assess(case.analysis, case.matrix, case.analyst)
    found = all_findings(case.analysis, case.matrix, case.analyst, assessment)
    return [finding.text for finding in found if finding.code in codes]


def test_an_overlap_of_ranked_hypotheses_is_pointed_out_once_whichever_end_says_so() -> None:
    case = small_case(rated=True)
    kin.relate(case.analysis, case.h(3), RelationKind.OVERLAPS, case.h(1)).apply(case.analysis)
    assert _texts(case, "overlap") == ["H3 and H1 overlap: evidence for one is no evidence against the other."]
    kin.relate(case.analysis, case.h(1), RelationKind.DUPLICATES, case.h(3)).apply(case.analysis)
    assert _texts(case, "overlap", "duplicate") == ["H1 and H3 are duplicates: keep one."]
    edits.reject(case.analysis, [case.h(3)], "").apply(case.analysis)
    assert _texts(case, "overlap", "duplicate") == []


def test_one_that_subsumes_another_is_no_finding() -> None:
    case = small_case(rated=True)
    kin.relate(case.analysis, case.h(1), RelationKind.SUBSUMES, case.h(2)).apply(case.analysis)
    assert _texts(case, "overlap", "duplicate") == []


def test_a_heading_is_not_reported_as_unrated() -> None:
    case = small_case(rated=True)
    edits.rate(case.analysis, case.matrix, case.analyst, cells_of(case.analysis, case.matrix, case.h(1)), None).apply(
        case.analysis
    )
    assert _texts(case, "no_ratings") == ["H1 is not rated on any item and is not ranked."]
    kin.set_parent(case.analysis, [case.h(2)], case.h(1)).apply(case.analysis)
    assert _texts(case, "no_ratings") == []


def test_a_form_is_named_with_the_headings_above_it() -> None:
    case = small_case(4)
    kin.set_parent(case.analysis, [case.h(3)], case.h(1)).apply(case.analysis)
    kin.set_parent(case.analysis, [case.h(4)], case.h(3)).apply(case.analysis)
    assessment = assess(case.analysis, case.matrix, case.analyst)
    assert [assessment.label_of(column) for column in range(4)] == ["H1", "H2", "H1 › H3", "H1 › H3 › H4"]
    edits.reject(case.analysis, [case.h(1)], "").apply(case.analysis)
    assert assess(case.analysis, case.matrix, case.analyst).label_of(3) == "H3 › H4"


def test_the_parts_suggest_a_value_where_they_agree_and_a_range_where_not() -> None:
    case = small_case(3, 3)
    kin.combine(case.analysis, case.matrix, [case.h(1), case.h(3)]).apply(case.analysis)
    joint = case.hypothesis(4)
    assert (joint.title, joint.combines) == ("H1 + H3", (case.h(1), case.h(3)))
    for item, values in ((1, "CC"), (2, "CI")):
        _rate(case, item, 1, RatingValue(values[0]))
        _rate(case, item, 3, RatingValue(values[1]))
    _rate(case, 3, 1, RatingValue.NEUTRAL)
    found = [derived(case.matrix, case.analyst, case.e(item), joint) for item in (1, 2, 3)]
    assert [entry.agrees if entry else None for entry in found] == [True, False, None]
    assert found[1] is not None
    assert found[1].around == (RatingValue.CONSISTENT, RatingValue.INCONSISTENT)
    cells = cells_of(case.analysis, case.matrix, joint.id)
    assert confirmable(case.analysis, case.matrix, case.analyst, cells) == [(cells[0], RatingValue.CONSISTENT)]
    _rate(case, 1, 4, RatingValue.INCONSISTENT)
    assert confirmable(case.analysis, case.matrix, case.analyst, cells) == []


def test_a_part_that_is_a_heading_suggests_nothing() -> None:
    case = small_case(3, 1, rated=True)
    kin.combine(case.analysis, case.matrix, [case.h(1), case.h(2)]).apply(case.analysis)
    assert list(suggesting(case.analysis.hypotheses.values())) == [case.h(4)]
    kin.set_parent(case.analysis, [case.h(3)], case.h(2)).apply(case.analysis)
    assert list(suggesting(case.analysis.hypotheses.values())) == []


def test_the_check_hints_at_what_can_be_seen() -> None:
    case = small_case(rated=True)
    kin.relate(case.analysis, case.h(1), RelationKind.OVERLAPS, case.h(3)).apply(case.analysis)
    edits.set_field(case.analysis, "hypothesis", [case.h(1)], "statement", "It fails if ...").apply(case.analysis)

    def hints() -> dict[str, str]:
        return {entry.key: entry.hint for entry in check_questions(assess(case.analysis, case.matrix, case.analyst))}

    assert hints() == {
        "exclusive": "H1 and H3 overlap.",
        "exhaustive": "No hypothesis stands for what is not listed.",
        "null": "",
        "deception": "",
        "together": "No combination of hypotheses is in the matrix.",
        "can_fail": "H2 and H3 have no statement.",
    }
    catch_all = kin.add_catch_all(case.analysis, case.matrix)
    assert catch_all is not None
    catch_all.apply(case.analysis)
    assert hints()["exhaustive"] == ""
    assert kin.add_catch_all(case.analysis, case.matrix) is None


def test_only_a_no_in_the_check_is_a_finding() -> None:
    case = small_case(rated=True)
    kin.answer_check(case.analysis, "null", "yes").apply(case.analysis)
    kin.answer_check(case.analysis, "deception", "no", "too early to say").apply(case.analysis)
    kin.answer_check(case.analysis, "of another version", "no").apply(case.analysis)
    assert _texts(case, "check_no") == [
        "Is there one in which somebody wants us to see what we see? Answered no: too early to say"
    ]
