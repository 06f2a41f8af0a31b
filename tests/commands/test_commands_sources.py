"""Retracting, merging, citing, and taking the credibility that grades propose."""

from __future__ import annotations

from helpers.analyses import Case, do_undo_redo
from helpers.sourced import cite, cited_as, rated_case, source_of

from ach_desk.commands import Command, edits, scenarios, sources, trail
from ach_desk.model import (
    EvidenceStatus,
    GradingScheme,
    InformationCredibility,
    Level,
    Reliability,
    Stance,
)


def run(case: Case, command: Command) -> None:
    """Do a command as the session does, with its trail."""
    trail.run(case.analysis, command, "do", case.analyst)


def test_retracting_sets_aside_what_rests_on_it_alone_and_marks_the_rest() -> None:
    case = rated_case()
    bad, good = cite(case, "Bad", 1, 2, 3), cite(case, "Good", 2)
    cited_as(case, 3, bad, stance=Stance.CONFLICTING)

    def check() -> None:
        source = case.analysis.sources[bad]
        assert (source.retracted, source.retracted_reason, bool(source.retracted_date)) == (True, "forged", True)
        assert [case.item(number).is_counted for number in (1, 2, 3)] == [False, True, True]
        assert case.item(1).status_reason == "Rests on S1 alone, which was retracted."
        marks = [[entry.retracted for entry in case.item(number).citations] for number in (1, 2, 3)]
        assert marks == [[True], [True, False], [True]]

    do_undo_redo(case.analysis, sources.retract(case.analysis, bad, "forged"), check)
    assert not case.analysis.sources[good].retracted


def test_an_item_whose_only_supporting_source_is_retracted_is_set_aside_whatever_says_otherwise() -> None:
    case = rated_case()
    bad, other = cite(case, "Bad", 1), cite(case, "Other", 1)
    cited_as(case, 1, other, stance=Stance.CONFLICTING)
    run(case, sources.retract(case.analysis, bad, ""))
    assert not case.item(1).is_counted


def test_what_is_set_aside_or_waits_already_is_left_alone() -> None:
    case = rated_case()
    bad = cite(case, "Bad", 1, 2)
    run(case, edits.set_aside(case.analysis, [case.e(1)], "a rumour"))
    run(case, edits.set_field(case.analysis, "evidence", [case.e(2)], "status", EvidenceStatus.UNSORTED))
    run(case, sources.retract(case.analysis, bad, ""))
    assert case.item(1).status_reason == "a rumour"
    assert case.item(2).is_unsorted


def test_believing_it_again_brings_back_what_the_retraction_did_and_nothing_else() -> None:
    case = rated_case()
    bad = cite(case, "Bad", 1, 2, 3)
    cited_as(case, 2, bad, retracted=True)
    run(case, edits.set_aside(case.analysis, [case.e(3)], "a rumour"))
    run(case, sources.retract(case.analysis, bad, "forged"))
    assert [case.item(number).is_counted for number in (1, 2, 3)] == [False, False, False]

    def check() -> None:
        assert not case.analysis.sources[bad].retracted
        assert case.analysis.sources[bad].retracted_reason == ""
        assert [case.item(number).is_counted for number in (1, 2, 3)] == [True, True, False]
        assert [case.item(number).citations[0].retracted for number in (1, 2, 3)] == [False, True, False]

    do_undo_redo(case.analysis, sources.unretract(case.analysis, bad), check)


def test_an_item_that_was_decided_anew_since_stays_as_it_was_decided() -> None:
    case = rated_case()
    bad = cite(case, "Bad", 1)
    run(case, sources.retract(case.analysis, bad, ""))
    run(case, edits.set_field(case.analysis, "evidence", [case.e(1)], "status_reason", "out of date anyway"))
    run(case, sources.unretract(case.analysis, bad))
    assert not case.item(1).is_counted


def test_without_a_trail_everything_is_unmarked_and_nothing_counted_by_itself() -> None:
    case = rated_case()
    bad = cite(case, "Bad", 1)
    sources.retract(case.analysis, bad, "").apply(case.analysis)
    sources.unretract(case.analysis, bad).apply(case.analysis)
    assert not case.item(1).citations[0].retracted
    assert not case.item(1).is_counted


def test_merging_makes_one_source_of_several() -> None:
    case = rated_case()
    kept, other, third = cite(case, "Reuters", 1), cite(case, "reuters", 1, 2, kind="agency"), cite(case, "R", 3)
    edits.set_fields(case.analysis, "source", third, {"suspect": True, "link": "https://example.org"}, "").apply(
        case.analysis
    )
    cited_as(case, 1, kept, stance=Stance.CONFLICTING)
    cited_as(case, 2, other, preliminary=True)
    run(case, scenarios.add(case.analysis, case.matrix, "lied", distrusted=(other, third)))

    def check() -> None:
        assert list(case.analysis.sources) == [kept]
        source = source_of(case, 1)
        assert (source.name, source.kind, source.link) == ("Reuters", "agency", "https://example.org")
        assert source.suspect
        cited = [case.item(number).citations for number in (1, 2, 3)]
        assert [[entry.source for entry in row] for row in cited] == [[kept]] * 3
        assert cited[0][0].stance is Stance.CONFLICTING
        assert cited[1][0].preliminary
        assert next(iter(case.analysis.scenarios.values())).distrusted == (kept,)

    do_undo_redo(case.analysis, sources.merge(case.analysis, kept, [other, third]), check)


def test_a_merge_of_a_source_with_itself_changes_nothing() -> None:
    case = rated_case()
    kept = cite(case, "Reuters", 1)
    assert sources.merge(case.analysis, kept, [kept]).is_no_op


def test_the_proposal_replaces_what_was_set_and_leaves_the_grades() -> None:
    case = rated_case()
    source = cite(case, "Good", 1, 2, reliability=Reliability.A)
    cited_as(case, 1, source, credibility=InformationCredibility.PROBABLE)
    edits.set_field(case.analysis, "evidence", [case.e(1)], "credibility", Level.LOW).apply(case.analysis)
    everything = [case.e(number) for number in (1, 2, 3)]

    def check() -> None:
        item = case.item(1)
        assert (item.credibility, item.credibility_from_grades) == (Level.HIGH, True)
        assert item.citations[0].credibility is InformationCredibility.PROBABLE
        assert case.item(2).credibility is None
        assert not case.item(2).credibility_from_grades

    do_undo_redo(case.analysis, sources.take_proposals(case.analysis, everything), check)


def test_setting_it_by_hand_takes_the_mark_away_in_every_way_of_setting_it() -> None:
    case = rated_case()
    source = cite(case, "Good", 1, reliability=Reliability.A)
    cited_as(case, 1, source, credibility=InformationCredibility.CONFIRMED)
    for set_it in (
        lambda: edits.set_field(case.analysis, "evidence", [case.e(1)], "credibility", Level.LOW),
        lambda: edits.set_fields(case.analysis, "evidence", case.e(1), {"credibility": None}, ""),
        lambda: edits.set_field(case.analysis, "evidence", [case.e(1), case.e(2)], "credibility", Level.LOW),
    ):
        sources.take_proposals(case.analysis, [case.e(1)]).apply(case.analysis)
        assert case.item(1).credibility_from_grades
        set_it().apply(case.analysis)
        assert not case.item(1).credibility_from_grades


def test_where_grades_no_longer_propose_anything_it_is_not_set_any_more() -> None:
    case = rated_case()
    source = cite(case, "Good", 1, reliability=Reliability.A)
    cited_as(case, 1, source, credibility=InformationCredibility.CONFIRMED)
    sources.take_proposals(case.analysis, [case.e(1)]).apply(case.analysis)
    edits.set_field(case.analysis, "source", [source], "reliability", Reliability.F).apply(case.analysis)
    sources.take_proposals(case.analysis, [case.e(1)]).apply(case.analysis)
    assert (case.item(1).credibility, case.item(1).credibility_from_grades) == (None, False)


def test_another_scheme_keeps_the_grades() -> None:
    case = rated_case()
    cite(case, "Good", 1, reliability=Reliability.B)
    run(case, sources.set_scheme(case.analysis, GradingScheme.UK_3X5X2))
    assert case.analysis.grading is GradingScheme.UK_3X5X2
    assert source_of(case, 1).reliability is Reliability.B


def test_how_a_source_is_cited_is_set_for_one_item() -> None:
    case = rated_case()
    source = cite(case, "Good", 1, 2)
    cited_as(case, 1, source, preliminary=True, date="2023-06")
    assert (case.item(1).citations[0].preliminary, case.item(1).citations[0].date) == (True, "2023-06")
    assert not case.item(2).citations[0].preliminary
