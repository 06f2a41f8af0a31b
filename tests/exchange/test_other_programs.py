"""What the JSON of each other program becomes: hypotheses, items, ratings, and what is said of the rest."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from helpers.foreign import (
    ACH_WORKBENCH,
    ARKHAM_MIRROR,
    CLARITY,
    INTEL_WORKBENCH,
    MISP,
    OPEN_SYNTHESIS,
    RESEARCH_TOOLS,
    json_bytes,
)

from ach_desk.exchange.formats import Incoming
from ach_desk.exchange.json_files import read_json
from ach_desk.model import Analysis, EvidenceItem, EvidenceKind, EvidenceStatus, Level, Scale, Stance


def read(value: Any) -> tuple[Analysis, str, str]:
    """Return the analysis, what is said of changes, and of what was left out."""
    incoming: Incoming = read_json(json_bytes(value), "x.json")
    assert incoming.analysis is not None
    return incoming.analysis, "\n".join(incoming.report.changed), "\n".join(incoming.report.skipped)


def cells(analysis: Analysis) -> dict[tuple[str, str, str], str | None]:
    """Return the rated cells: (analyst, item, hypothesis) -> value."""
    return {
        (analysis.analysts[by].name, analysis.evidence[item].label, analysis.hypotheses[column].label): rating.value
        for _matrix, by, item, column, rating in analysis.rating_cells()
    }


def items(analysis: Analysis) -> list[EvidenceItem]:
    return list(analysis.evidence.values())


def titles(analysis: Analysis) -> list[str]:
    return [entry.title for entry in analysis.hypotheses.values()]


def names_of_sources(analysis: Analysis) -> list[str]:
    return [source.name for source in analysis.sources.values()]


def test_intel_workbench() -> None:
    analysis, changed, skipped = read(INTEL_WORKBENCH)
    assert analysis.question == "Who is behind the intrusion?"
    assert titles(analysis) == ["Insider", "Criminals"]
    first, second = items(analysis)
    assert (first.title, first.credibility, first.relevance) == ("Log-in at night", Level.HIGH, Level.MEDIUM)
    assert first.tags == ("attack:T1078",)
    assert second.citations == ()
    assert names_of_sources(analysis) == ["Badge system"]
    assert cells(analysis) == {
        ("Analyst 1", "E1", "H1"): "C",
        ("Analyst 1", "E1", "H2"): "I",
        ("Analyst 1", "E2", "H1"): "N/A",
    }
    assert "A confidence in a hypothesis is a note on it here: H1." in changed
    for sentence in ("1 checklist of biases", "E1: not taken over: colour", "E2 under H2: “??” is no rating"):
        assert sentence in skipped


def test_arkham_mirror() -> None:
    analysis, changed, skipped = read(ARKHAM_MIRROR)
    assert titles(analysis) == ["Accident", "Arson"], "in the order of its columns"
    first, second = items(analysis)
    assert (first.credibility, first.relevance, first.kind) == (Level.HIGH, Level.MEDIUM, EvidenceKind.EVIDENCE)
    assert (second.credibility, second.relevance, second.kind) == (Level.LOW, None, EvidenceKind.DEDUCTION)
    assert cells(analysis) == {
        ("Analyst 1", "E1", "H1"): "II",
        ("Analyst 1", "E1", "H2"): "CC",
        ("Analyst 1", "E2", "H2"): "N/A",
    }
    rating = next(rating for *_cell, rating in analysis.rating_cells())
    assert (rating.rationale, rating.confidence) == ("Why petrol?", Level.LOW)
    assert "high (over 0.67), medium or low (under 0.33): E1 and E2." in changed
    assert "The scores of the other program" in skipped


def test_open_synthesis_keeps_everybodys_ratings_apart() -> None:
    analysis, _changed, skipped = read(OPEN_SYNTHESIS)
    assert (analysis.question, analysis.description) == ("Whose drone?", "Found on Monday")
    assert titles(analysis) == ["A hobbyist's", "The army's"]
    assert cells(analysis) == {("User 11", "E1", "H1"): "I", ("User 12", "E1", "H2"): "CC"}
    (item,) = items(analysis)
    (citation,) = item.citations
    assert (item.event_date, citation.stance, citation.date) == ("2026-01-05", Stance.CONFLICTING, "2026-01-06")
    assert analysis.sources[citation.source].link == "https://example.org/drone"
    for sentence in ("removed there: hypothesis 3", "E1 under H2: “9” is no rating", "1 record of the kind auth.user"):
        assert sentence in skipped


def test_researchtoolspy_keeps_its_own_number_beside_our_step() -> None:
    analysis, changed, skipped = read(RESEARCH_TOOLS)
    assert titles(analysis) == ["Bug", "Attack"]
    assert cells(analysis) == {("Ann", "E1", "H1"): "CC", ("Ann", "E1", "H2"): "I-"}
    assert analysis.matrices[0].scale is Scale.SEVEN
    reasons = [rating.rationale for *_cell, rating in analysis.rating_cells()]
    assert reasons == ["Clear\nScore there: +8 of 13", "Score there: -1 of 13"]
    assert items(analysis)[0].note == "Credibility there: 4"
    assert "Eleven steps became seven" in changed
    assert "is_public" in skipped


def test_clarity_matrix_leaves_unrated_what_it_cannot_tell_from_that() -> None:
    analysis, changed, skipped = read(CLARITY)
    assert titles(analysis) == ["Weapons", "Hydrogen"]
    assert cells(analysis) == {
        ("Analyst 1", "E1", "H1"): "C",
        ("Analyst 1", "E1", "H2"): "II",
        ("Analyst 1", "E2", "H1"): "I",
    }
    assert [source.reliability for source in analysis.sources.values()] == ["F", "B"]
    assert [item.citations[0].credibility for item in items(analysis)] == ["6", "2"]
    assert "NA, which says neutral, not applicable or not rated there, is unrated here." in changed
    assert "The likelihood." in skipped


def test_ach_workbench_sets_aside_what_was_switched_off() -> None:
    analysis, changed, _skipped = read(ACH_WORKBENCH)
    assert titles(analysis) == ["Insider", "Hack"]
    assert [item.status for item in items(analysis)] == [EvidenceStatus.COUNTED, EvidenceStatus.SET_ASIDE]
    assert cells(analysis) == {
        ("Analyst 1", "E1", "H1"): "CC",
        ("Analyst 1", "E1", "H2"): "II",
        ("Analyst 1", "E2", "H2"): "C",
    }
    assert "Switched off there and set aside here: E2." in changed
    assert "N/A, where every cell begins in that program, is unrated here." in changed


def test_misp_gives_what_was_seen_and_no_judgement() -> None:
    analysis, _changed, skipped = read(MISP)
    assert (analysis.question, analysis.marking) == ("Phishing wave", "TLP:AMBER")
    assert not analysis.hypotheses
    assert cells(analysis) == {}
    domain, link, file, report = items(analysis)
    assert (domain.title, domain.event_date, domain.event_end) == ("domain: evil.example", "2026-01-30", "2026-02-01")
    assert (domain.tags, domain.marking) == (("category:Network activity", "attack:T1566"), "TLP:GREEN")
    assert link.link == "https://example.org/report"
    assert file.title.startswith("file: filename: invoice.doc, md5: ")
    assert (report.title, report.detail) == ("What we think", "Long text.")
    assert names_of_sources(analysis) == ["CERT One"]
    assert "Deleted there: text: old." in skipped
    assert "not taken over: Galaxy" in skipped


def second(value: Any, *path: Any) -> Any:
    """Return the value with the first entry of the list at `path` standing there once more."""
    changed = copy.deepcopy(value)
    found = changed
    for step in path:
        found = found[step]
    found.append(copy.deepcopy(found[0]))
    return changed


@pytest.mark.parametrize(
    "value",
    [
        second(INTEL_WORKBENCH, "achMatrices", 0, "hypotheses"),
        second(INTEL_WORKBENCH, "achMatrices", 0, "evidence"),
        second(ARKHAM_MIRROR, "hypotheses"),
        second(ARKHAM_MIRROR, "evidence"),
        second(RESEARCH_TOOLS, "hypotheses"),
        second(RESEARCH_TOOLS, "evidence"),
        [*OPEN_SYNTHESIS, OPEN_SYNTHESIS[1]],
        [*OPEN_SYNTHESIS, OPEN_SYNTHESIS[4]],
    ],
)
def test_an_identifier_that_stands_twice_is_one_record_and_is_named(value: Any) -> None:
    analysis, _changed, skipped = read(value)
    assert "stands twice; what comes second was left out." in skipped
    (matrix,) = analysis.matrices
    assert len(set(matrix.hypotheses)) == len(matrix.hypotheses) == 2
    assert len(set(matrix.evidence)) == len(matrix.evidence)


def test_what_has_no_identifier_comes_in_all_the_same() -> None:
    value = copy.deepcopy(ARKHAM_MIRROR)
    for entry in value["evidence"]:
        entry["id"] = None
    analysis, _changed, skipped = read(value)
    assert len(items(analysis)) == 2
    assert "stands twice" not in skipped
    assert "a rating of something that is not there" in skipped


def test_a_matrix_that_stands_twice_becomes_two() -> None:
    analysis, _changed, _skipped = read(second(INTEL_WORKBENCH, "achMatrices"))
    first, other = analysis.matrices
    assert first.id != other.id
    assert first.hypotheses == other.hypotheses
    assert len(cells(analysis)) == 3
