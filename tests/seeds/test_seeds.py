"""The worked analyses that come with the program: sound files, and good examples of the method."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

import pytest

from ach_desk import paths
from ach_desk.commands import readings, trail
from ach_desk.commands.conclusions import nested_texts
from ach_desk.commands.edits import TEXT_FIELDS
from ach_desk.model import (
    RECORD_CLASSES,
    Analysis,
    ChallengeState,
    EvidenceKind,
    ExpectationKind,
    IndicatorState,
    Level,
    RatingValue,
    Scale,
    Stance,
    replace,
)
from ach_desk.model.dates import event_fields
from ach_desk.model.labels import PREFIXES, records_of
from ach_desk.model.method_settings import Frame, Method
from ach_desk.model.values import SCALE_STEPS
from ach_desk.scoring import Assessment, Finding, all_findings, assess, headline
from ach_desk.scoring.findings import findings
from ach_desk.scoring.frames import causes_at_work
from ach_desk.scoring.methods import inputs
from ach_desk.scoring.open_points import sorted_out
from ach_desk.scoring.whatif import assess_under
from ach_desk.storage.codec import decode, encode

JUNE = "russia-june-2023.ach.json"
UNRATED = "russia-june-2023-unrated.ach.json"
IRAQ = "heuer-iraq-1993.ach.json"
ALL = (JUNE, UNRATED, IRAQ)
RATED = (JUNE, IRAQ)

JUNE_NOTICE = (
    "Teaching example. Not an assessment of the events or of the persons named; information as of 30 June 2023."
)
_QUOTED = re.compile(r'"[^"]*"')
_WORDING_OF_THE_SOURCE = re.compile(r"\b(missing|coup|kiev)\b", re.IGNORECASE)


def seed(name: str) -> Analysis:
    """Return the analysis in the seed of that name."""
    return decode((paths.seeds() / name).read_bytes(), name).analysis


def assessed(analysis: Analysis) -> Assessment:
    """Return the assessment of the first matrix by the first analyst."""
    return assess(analysis, analysis.matrices[0], next(iter(analysis.analysts)))


def found(analysis: Analysis) -> dict[str, Finding]:
    """Return the findings by code."""
    return {finding.code: finding for finding in findings(assessed(analysis))}


def points_of(analysis: Analysis) -> list[Finding]:
    """Return every finding on the first matrix, open or set aside."""
    matrix, analyst = analysis.matrices[0], next(iter(analysis.analysts))
    return list(all_findings(analysis, matrix, analyst, assessed(analysis)))


def labels(analysis: Analysis, ids: tuple[str, ...]) -> list[str]:
    """Return the labels of hypotheses and items."""
    return [(analysis.hypotheses.get(entry) or analysis.evidence[entry]).label for entry in ids]


def prose(analysis: Analysis) -> Iterator[str]:
    """Yield every text somebody wrote, the title of the source under examination left out."""
    yield from (analysis.question, analysis.description, analysis.notice)
    for hypothesis in analysis.hypotheses.values():
        yield from (hypothesis.title, hypothesis.statement, hypothesis.note)
    for item in analysis.evidence.values():
        yield from (item.title, item.detail, item.note, item.status_reason, *item.tags)
    for source in analysis.sources.values():
        yield from (source.name.replace("What Really Happened With the Russian Coup?", ""), source.note)
        yield from (source.grade_reason, source.access, source.motive, source.track_record)
    for kind, names in (
        ("groups", ("name", "note")),
        ("expectations", ("text", "note")),
        ("indicators", ("text", "note")),
        ("conclusions", TEXT_FIELDS["conclusion"]),
        ("findings_set_aside", ("text", "reason")),
    ):
        for record in getattr(analysis, kind).values():
            yield from (getattr(record, name) for name in names)
    for conclusion in analysis.conclusions.values():
        yield from (text for _place, text in nested_texts(conclusion))
    yield from (matrix.note for matrix in analysis.matrices)
    for answer in (*analysis.hypothesis_check, *analysis.deception_check):
        yield answer.note
    for _matrix, _analyst, _item, _hypothesis, rating in analysis.rating_cells():
        yield rating.rationale


@pytest.mark.parametrize("name", ALL)
def test_a_seed_is_a_sound_file_and_is_written_back_byte_for_byte(name: str) -> None:
    data = (paths.seeds() / name).read_bytes()
    loaded = decode(data, name)
    assert (loaded.problems, loaded.newer) == ((), False)
    assert encode(loaded.analysis) == data


def test_every_file_in_the_folder_is_one_of_the_seeds() -> None:
    assert sorted(path.name for path in paths.seeds().glob("*.json")) == sorted(ALL)


@pytest.mark.parametrize("name", ALL)
def test_a_seed_says_first_that_it_is_a_teaching_example(name: str) -> None:
    assert seed(name).notice.startswith("Teaching example")
    text = (paths.seeds() / name).read_text(encoding="utf-8")
    assert text.index('"notice"') < text.index('"hypotheses"')


@pytest.mark.parametrize("name", ALL)
def test_labels_are_given_in_order_and_the_counters_stand_after_them(name: str) -> None:
    analysis = seed(name)
    for kind, prefix in PREFIXES.items():
        given = [record.label for record in records_of(analysis, kind).values()]
        assert given == [f"{prefix}{number}" for number in range(1, len(given) + 1)]
        assert getattr(analysis.next_numbers, kind) == len(given) + 1
    matrix = analysis.matrices[0]
    assert matrix.hypotheses == list(analysis.hypotheses)
    assert matrix.evidence == list(analysis.evidence)


@pytest.mark.parametrize("name", ALL)
def test_every_item_cites_a_source_and_every_source_is_cited_and_appraised(name: str) -> None:
    analysis = seed(name)
    cited = [[citation.source for citation in item.citations] for item in analysis.evidence.values()]
    assert all(cited)
    assert set(chain.from_iterable(cited)) == set(analysis.sources)
    assert all(source.kind and source.note and source.date for source in analysis.sources.values())


@pytest.mark.parametrize("name", ALL)
def test_every_item_has_its_dates_and_none_was_learned_after_the_date_of_the_information(name: str) -> None:
    analysis = seed(name)
    assert analysis.as_of is not None
    for item in analysis.evidence.values():
        assert item.event_date is not None
        assert item.learned_date is not None
        assert item.learned_date <= analysis.as_of


@pytest.mark.parametrize("name", RATED)
def test_every_cell_is_rated_with_a_reason_of_one_sentence(name: str) -> None:
    analysis = seed(name)
    cells = [rating for matrix, *_place, rating in analysis.rating_cells() if matrix is analysis.matrices[0]]
    assert len(cells) == len(analysis.evidence) * len(analysis.hypotheses)
    assert all(rating.value is not None and rating.time for rating in cells)
    assert all(re.fullmatch(r"[A-Z][^.]*\.", rating.rationale) for rating in cells)
    assert len({rating.rationale for rating in cells}) == len(cells)


def test_the_june_2023_case_has_three_single_explanations_and_a_combination_after_them() -> None:
    analysis = seed(JUNE)
    hypotheses = list(analysis.hypotheses.values())
    assert [hypothesis.title for hypothesis in hypotheses[:3]] == [
        "US/NATO-backed",
        "Putin-backed",
        "Personal grievance",
    ]
    assert [hypothesis.is_combination for hypothesis in hypotheses] == [False, False, False, True]
    assert labels(analysis, hypotheses[3].combines) == ["H2", "H3"]
    assert all("fails if" in hypothesis.statement for hypothesis in hypotheses)


def test_the_june_2023_case_has_enough_items_of_every_kind_fully_graded() -> None:
    analysis = seed(JUNE)
    items = list(analysis.evidence.values())
    assert analysis.notice == JUNE_NOTICE
    assert sum(item.is_counted for item in items) >= 14
    assert {item.kind for item in items} == set(EvidenceKind)
    assert all(item.credibility and item.relevance for item in items)
    assert all(item.is_counted or (item.status_reason and item.status_date) for item in items)
    assert {rating.value for *_place, rating in analysis.rating_cells()} == {
        *SCALE_STEPS[Scale.FIVE],
        RatingValue.NOT_APPLICABLE,
    }


def test_the_two_readings_of_the_money_are_a_pair_of_which_one_counts() -> None:
    first, second = (item for item in seed(JUNE).evidence.values() if "pair: 6.2 billion" in item.tags)
    assert (first.twin, second.twin) == (second.id, first.id)
    assert second.label in first.note
    assert first.label in second.note
    assert (first.credibility, second.credibility) == (Level.LOW, Level.HIGH)
    assert [item.is_counted for item in (first, second)] == [False, True]


def test_the_choice_between_the_two_readings_changes_no_rank() -> None:
    analysis = seed(JUNE)
    first = next(item for item in analysis.evidence.values() if item.twin and not item.is_counted)
    before = list(assessed(analysis).standing.rank)
    readings.count(analysis, first.id).apply(analysis)
    assert list(assessed(analysis).standing.rank) == before


def test_the_corrected_date_and_the_forecast_are_kept_and_not_counted() -> None:
    analysis = seed(JUNE)
    aside = {item.label: item for item in analysis.evidence.values() if not item.is_counted}
    assert sorted(aside) == ["E12", "E18", "E3"]
    assert "23 June" in aside["E3"].status_reason
    assert "E4" in aside["E3"].status_reason
    assert "indicator" in aside["E18"].status_reason
    stored = aside["E3"]
    assert event_fields("mid-June 2023") == {
        "event_date": stored.event_date,
        "event_end": stored.event_end,
        "event_words": stored.event_words,
    }
    stances = {analysis.sources[cited.source].label: cited.stance for cited in stored.citations}
    assert stances == {"S1": Stance.SUPPORTING, "S5": Stance.CONFLICTING}


@pytest.mark.parametrize("name", [JUNE, UNRATED])
def test_every_source_is_graded_with_reasons_and_every_citation_too(name: str) -> None:
    analysis = seed(name)
    sources = list(analysis.sources.values())
    assert all(source.reliability and source.grade_reason and source.access for source in sources)
    assert {source.label: source.reliability for source in sources if source.reliability in tuple("DEF")} == {
        "S1": "D",
        "S16": "F",
    }
    assert all(cited.credibility for item in analysis.evidence.values() for cited in item.citations)
    assert {source.reliability for source in sources} >= set("ABCDF")


def test_items_that_depend_are_grouped_and_counted_once_they_put_h3_in_front() -> None:
    analysis = seed(JUNE)
    grouped = [labels(analysis, group.items) for group in analysis.groups.values()]
    assert grouped == [["E8", "E9", "E10"], ["E1", "E14"]]
    changed = next(finding for finding in points_of(analysis) if finding.code == "groups_change")
    assert "H3 has the least evidence against it" in changed.text


def test_one_assumption_carries_an_item_and_one_a_cell() -> None:
    analysis = seed(JUNE)
    resting = {item.label: labels(analysis, item.rests_on) for item in analysis.evidence.values() if item.rests_on}
    cells = [
        (*labels(analysis, (item, hypothesis)), labels(analysis, rating.rests_on))
        for matrix, _analyst, item, hypothesis, rating in analysis.rating_cells()
        if rating.rests_on and matrix is analysis.matrices[0]
    ]
    assert resting == {"E10": ["E19"]}
    assert cells == [("E6", "H3", ["E14"])]
    kinds = {item.label: item.kind for item in analysis.evidence.values()}
    assert kinds["E19"] is kinds["E14"] is EvidenceKind.ASSUMPTION


def test_each_hypothesis_was_asked_what_should_be_seen_and_every_answer_became_something() -> None:
    analysis = seed(JUNE)
    assert {entry.hypothesis for entry in analysis.expectations.values()} == set(analysis.hypotheses)
    made = {**analysis.evidence, **analysis.indicators}
    assert all(entry.made and entry.record in made for entry in analysis.expectations.values())
    absent = [entry for entry in analysis.expectations.values() if entry.made is ExpectationKind.ABSENCE]
    assert [analysis.evidence[entry.record or ""].label for entry in absent] == ["E17", "E20"]
    assert all(analysis.evidence[entry.record or ""].kind is EvidenceKind.ABSENCE for entry in absent)


def test_every_indicator_tells_hypotheses_apart_and_none_is_answered_from_later_knowledge() -> None:
    indicators = list(seed(JUNE).indicators.values())
    assert len(indicators) == 5
    for indicator in indicators:
        assert len(indicator.bearings) == 4
        assert len({bearing.value for bearing in indicator.bearings}) > 1
        assert indicator.state is IndicatorState.OPEN


def test_the_conclusion_is_on_all_hypotheses_with_low_confidence_and_says_what_would_settle_it() -> None:
    analysis = seed(JUNE)
    (conclusion,) = analysis.conclusions.values()
    assert [entry.hypothesis for entry in conclusion.likelihoods] == list(analysis.hypotheses)
    assert all(entry.word and entry.low is not None and entry.reason for entry in conclusion.likelihoods)
    assert conclusion.confidence is Level.LOW
    assert all((conclusion.source_base, conclusion.gaps, conclusion.agreement, conclusion.would_change))
    assert conclusion.departure
    assert [finding for finding in points_of(analysis) if finding.code.startswith("conclusion")] == []


def test_what_is_open_in_the_june_2023_case_is_what_teaches() -> None:
    analysis = seed(JUNE)
    matrix, analyst = analysis.matrices[0], next(iter(analysis.analysts))
    found = sorted_out(analysis, matrix.id, all_findings(analysis, matrix, analyst, assessed(analysis)))
    assert {finding.code for finding in found.open} == {"combination_ahead", "groups_change"}
    assert [entry.finding.code for entry in found.aside] == ["not_diagnostic", "may_depend", "may_depend"]
    assert all(record.reason for record in analysis.findings_set_aside.values())


@pytest.mark.parametrize("name", [JUNE, UNRATED])
def test_marked_words_of_the_source_stand_in_quotation_marks_only(name: str) -> None:
    assert [text for text in prose(seed(name)) if _WORDING_OF_THE_SOURCE.search(_QUOTED.sub("", text))] == []


def test_the_june_2023_case_shows_how_little_its_order_rests_on() -> None:
    analysis = seed(JUNE)
    assert headline(assessed(analysis)) == "H4 has the least evidence against it; H3 is close."
    assert list(assessed(analysis).standing.inconsistency) == [-5, -3, -2, -2]
    pointed_out = found(analysis)
    assert set(pointed_out) == {"combination_ahead", "not_diagnostic"}
    assert labels(analysis, pointed_out["combination_ahead"].hypotheses) == ["H4", "H2", "H3"]
    assert labels(analysis, pointed_out["not_diagnostic"].evidence) == ["E4", "E5", "E13", "E16", "E19"]


@pytest.mark.parametrize("left_out", ["E8", "E10"])
def test_what_the_description_says_of_the_settlement_is_so(left_out: str) -> None:
    analysis = seed(JUNE)
    matrix = analysis.matrices[0]
    matrix.evidence = [entry for entry in matrix.evidence if analysis.evidence[entry].label != left_out]
    assert headline(assessed(analysis)) == "H3 has the least evidence against it."


def test_the_unrated_twin_differs_in_nothing_but_the_ratings_and_what_followed_them() -> None:
    rated, unrated = seed(JUNE), seed(UNRATED)
    assert list(unrated.rating_cells()) == []
    del rated.matrices[1:]
    rated.matrices[0].frame = None
    for matrix in rated.matrices:
        matrix.sheets = {analyst: {} for analyst in matrix.sheets}
    rated.id = unrated.id  # its own, so that practising leaves the worked example's view alone
    rated.description = rated.description.split("\n")[0]  # the rest is the conclusion
    for name in RECORD_CLASSES.keys() - {"hypotheses", "evidence", "sources", "analysts"}:
        setattr(rated, name, {})
    rated.trail, rated.hypothesis_check, rated.deception_check = [], (), ()
    rated.evidence = {entry: replace(item, wording=1) for entry, item in rated.evidence.items()}
    assert unrated == rated


def test_the_second_matrix_of_the_june_2023_case_looks_at_the_explanations_as_causes() -> None:
    analysis = seed(JUNE)
    first, second = analysis.matrices
    assert (first.frame, second.frame, second.name) == (Frame.EXCLUSIVE, Frame.CAUSES, "Causes")
    assert labels(analysis, tuple(second.hypotheses)) == ["H1", "H2", "H3"]
    counted = [entry for entry in first.evidence if analysis.evidence[entry].is_counted]
    assert labels(analysis, tuple(entry for entry in counted if entry not in second.evidence)) == ["E17", "E20"]
    assert "E17 and E20" in second.note
    analyst = next(iter(analysis.analysts))
    assessed_second = assess(analysis, second, analyst)
    assert assessed_second.open_cells == 0
    sheet = second.sheets[analyst]
    assert all(re.fullmatch(r"[A-Z][^.]*\.", cell.rationale) for row in sheet.values() for cell in row.values())
    read = inputs(analysis, second, analyst, assessed_second)
    found = causes_at_work(read, second, Method.BAYES_SOURCES)
    assert found.found is not None
    assert found.found.marginals == pytest.approx([0.19, 0.85, 0.99], abs=0.01)
    assert found.found.leading(1)[0][0] == (1, 2)


def test_the_matrix_of_causes_came_after_everything_else_and_can_be_led_back() -> None:
    analysis = seed(JUNE)
    earlier = trail.as_of_time(analysis, "2026-11-26T11:29:00Z")
    assert earlier.problems == ()
    assert [(matrix.name, matrix.frame) for matrix in earlier.analysis.matrices] == [("Matrix 1", None)]


def test_the_iraq_matrix_gives_the_scores_it_is_known_for() -> None:
    analysis = seed(IRAQ)
    result = assessed(analysis)
    assert list(result.standing.inconsistency) == [-3, 0, -2]
    assert list(result.standing.weighted_inconsistency) == [-3, 0, -2]
    assert list(result.standing.rank) == [3, 1, 2]
    assert result.standing.diagnosticity[0] == 0
    assert result.standing.diagnosticity[1:] == pytest.approx([0.942809] * 5, abs=1e-6)
    assert labels(analysis, found(analysis)["not_diagnostic"].evidence) == ["E1"]


def test_the_iraq_matrix_says_that_its_cells_are_not_verified_and_what_is_assumed() -> None:
    analysis = seed(IRAQ)
    assert "not verified" in analysis.notice
    kinds = {item.label: item.kind for item in analysis.evidence.values()}
    assert [label for label, kind in kinds.items() if kind is EvidenceKind.ASSUMPTION] == ["E3", "E6"]
    assert kinds["E2"] is EvidenceKind.ABSENCE


def test_the_combination_of_the_june_2023_case_was_confirmed_cell_by_cell() -> None:
    analysis = seed(JUNE)
    steps = trail.rating_steps(analysis.trail, analysis)
    combination = next(entry.id for entry in analysis.hypotheses.values() if entry.is_combination)
    first = [step for step in steps if step.cell.hypothesis == combination and step.before is None]
    assert [step.cell.evidence for step in first] == analysis.matrices[0].evidence
    assert len({step.entry.id for step in first}) == len(first)


def test_the_what_ifs_of_the_june_2023_case_show_what_the_read_me_says() -> None:
    analysis = seed(JUNE)
    matrix, analyst = analysis.matrices[0], next(iter(analysis.analysts))
    found = {
        scenario.name: headline(assess_under(analysis, matrix, analyst, scenario))
        for scenario in analysis.scenarios.values()
    }
    assert found == {
        "the settlement counts once": "H3 has the least evidence against it.",
        "the article is not trusted": "H4 has the least evidence against it; H3 is close.",
        "the aircraft were lost by accident": "H4 has the least evidence against it; H2 is close.",
        "the announced terms are not the real ones": "H3 has the least evidence against it.",
    }


def test_the_baseline_of_the_june_2023_case_is_what_the_trail_leads_back_to() -> None:
    analysis = seed(JUNE)
    (baseline,) = analysis.snapshots.values()
    earlier = trail.as_of_entry(analysis, baseline.after)
    assert earlier.problems == ()
    matrix, analyst = earlier.analysis.matrices[0], next(iter(earlier.analysis.analysts))
    then = assess(earlier.analysis, matrix, analyst)
    assert headline(then) == baseline.headline == "H4 has the least evidence against it; H2 and H3 are close."
    ranks = {line.label: line.rank for line in baseline.standing}
    assert ranks == {entry.label: rank for entry, rank in zip(then.hypotheses, then.standing.rank, strict=True)}
    assert trail.before_entries(analysis, 0).problems == ()


def test_both_challenges_of_the_june_2023_case_are_settled_and_one_changed_a_rating() -> None:
    analysis = seed(JUNE)
    states = {challenge.state: challenge for challenge in analysis.challenges.values()}
    assert set(states) == {ChallengeState.ACCEPTED, ChallengeState.ANSWERED}
    assert all(challenge.answer and challenge.by == "Reviewer B" for challenge in states.values())
    analyst = next(iter(analysis.analysts))
    for state, agrees in ((ChallengeState.ACCEPTED, True), (ChallengeState.ANSWERED, False)):
        challenge = states[state]
        rating = analysis.matrices[0].rating(analyst, challenge.evidence or "", challenge.hypothesis or "")
        assert rating is not None
        assert (rating.value is challenge.value) == agrees
