"""STIX 2.1: bundles are valid, come back as they went out, and those of others come in as items."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import stix2
from helpers.analyses import small_case
from helpers.foreign import FOREIGN_STIX, json_bytes
from helpers.memory import most_memory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stix2validator import ValidationOptions, validate_string

from ach_desk.exchange import json_files, stix_lines
from ach_desk.exchange.formats import MAX_BUNDLE, MAX_BYTES, Incoming, RefusedFileError, read_bytes
from ach_desk.exchange.json_files import read_json
from ach_desk.exchange.stix_lines import read_lines
from ach_desk.exchange.stix_out import write_stix
from ach_desk.exchange.stix_own import read_own
from ach_desk.exchange.stix_terms import EXTENSION, NOT_WRITTEN
from ach_desk.model import (
    Analysis,
    Analyst,
    Citation,
    Conclusion,
    DependenceGroup,
    EvidenceItem,
    EvidenceKind,
    EvidenceStatus,
    Hypothesis,
    HypothesisStatus,
    Level,
    Likelihood,
    Matrix,
    Rating,
    RatingValue,
    Reliability,
    Scale,
    Source,
    Stance,
)
from ach_desk.storage.files import read_document

SEED = Path(__file__).parents[2] / "seeds" / "russia-june-2023.ach.json"
SAMPLE = Path(__file__).parents[1] / "data" / "format-4-sample.ach.json"

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=10)
ids = st.text("abXY01_.:-", min_size=1, max_size=6)
levels = st.none() | st.sampled_from(Level)
dates = st.none() | st.sampled_from(["2023", "2023-06", "2023-06-23"])
times = st.none() | st.sampled_from(["2023-06-24T17:30:00Z", "1999-12-31T23:59:59Z"])
shares = st.floats(0, 1)


def by_id(model: Any, prefix: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Return records with labels of their own."""
    return st.lists(st.tuples(ids, st.fixed_dictionaries(fields)), max_size=3, unique_by=lambda pair: pair[0]).map(
        lambda pairs: {
            key: model(id=key, **({"label": f"{prefix}{at}"} if prefix else {}), **found)
            for at, (key, found) in enumerate(pairs, 1)
        }
    )


@st.composite
def analyses(draw: st.DrawFn) -> Analysis:
    """Return analyses with everything in them that a bundle holds."""
    sources = draw(
        by_id(Source, "S", name=texts, kind=texts, link=texts, reliability=st.none() | st.sampled_from(Reliability))
    )
    hypotheses = draw(
        by_id(Hypothesis, "H", title=texts, statement=texts, note=texts, status=st.sampled_from(HypothesisStatus))
    )
    citations = st.builds(Citation, source=st.sampled_from(sorted(sources) or ["none"]), stance=st.sampled_from(Stance))
    evidence = draw(
        by_id(
            EvidenceItem,
            "E",
            title=texts,
            detail=texts,
            kind=st.sampled_from(EvidenceKind),
            status=st.sampled_from([EvidenceStatus.COUNTED, EvidenceStatus.SET_ASIDE]),
            event_date=dates,
            credibility=levels,
            relevance=levels,
            link=st.sampled_from(["", "https://example.org/a?b=c", "file:///x", "half a link"]),
            tags=st.lists(texts.filter(bool), max_size=2).map(tuple),
            marking=st.sampled_from(["", "TLP:AMBER", "SECRET"]),
            cost=st.none() | st.floats(0, 100),
            flag=st.booleans(),
            citations=st.lists(citations, max_size=2).map(tuple) if sources else st.just(()),
        )
    )
    analysts = draw(by_id(Analyst, "", name=texts))
    analysis = Analysis(
        id=draw(ids),
        question=draw(texts),
        description=draw(texts),
        marking=draw(st.sampled_from(["", "TLP:GREEN", "SECRET // NOFORN"])),
        authors=tuple(draw(st.lists(texts.filter(bool), max_size=2))),
        created=draw(times),
        as_of=draw(dates),
    )
    for name, records in (("sources", sources), ("hypotheses", hypotheses), ("evidence", evidence)):
        getattr(analysis, name).update(records)
    analysis.analysts.update(analysts)
    for key in draw(st.lists(ids, max_size=2, unique=True)):
        analysis.matrices.append(draw(matrices(key, analysis)))
    if analysis.matrices and hypotheses:
        first = next(iter(hypotheses))
        likelihoods = (Likelihood(hypothesis=first, word=draw(texts), low=0, high=draw(st.floats(0, 100))),)
        conclusion = Conclusion(id="c", matrix=analysis.matrices[0].id, answer=draw(texts), likelihoods=likelihoods)
        analysis.conclusions["c"] = conclusion
        joint = {first: draw(shares)}
        analysis.groups["g"] = DependenceGroup(id="g", name=draw(texts), items=tuple(evidence), joint=joint)
    return analysis


@st.composite
def matrices(draw: st.DrawFn, key: str, analysis: Analysis) -> Matrix:
    """Return a matrix with some of the hypotheses and items, and ratings of all kinds."""
    hypotheses, evidence = list(analysis.hypotheses), list(analysis.evidence)
    matrix = Matrix(id=key, name=draw(texts), scale=draw(st.sampled_from(Scale)), note=draw(texts))
    matrix.hypotheses = draw(st.permutations(hypotheses)) if hypotheses else []
    matrix.evidence = draw(st.permutations(evidence)) if evidence else []
    matrix.priors = {entry: draw(shares) for entry in hypotheses[:1]}
    rated = st.builds(Rating, st.none() | st.sampled_from(RatingValue), texts, levels, times)
    for analyst in analysis.analysts:
        matrix.sheets[analyst] = {}
        for item in evidence:
            for hypothesis in hypotheses:
                matrix.set_rating(analyst, item, hypothesis, draw(st.none() | rated))
    return matrix


def mapped(analysis: Analysis) -> Any:
    """Return what a bundle holds of an analysis, to be compared: no counters, and nothing that is not written."""
    data = analysis.model_dump(mode="json", exclude={"trail", "snapshots", "retests", "findings_set_aside"})
    for name in (*NOT_WRITTEN["analysis"] - {"id"}, "trail"):
        data.pop(name, None)
    return data


def read(data: bytes) -> Incoming:
    return read_json(data, "x.stix.json")


@given(analyses())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_an_analysis_comes_back_equal_and_goes_out_as_the_same_bytes(analysis: Analysis) -> None:
    matrix = analysis.matrices[0] if analysis.matrices else Matrix()
    data = write_stix(analysis, matrix, "").data
    assert write_stix(analysis, matrix, "").data == data
    incoming = read(data)
    assert incoming.report.skipped == ()
    if incoming.analysis is None:
        assert not analysis.hypotheses
        assert not analysis.evidence
        return
    assert mapped(incoming.analysis) == mapped(analysis)
    by_line = read_lines(data, "x.stix.json")  # what happens to a large one
    assert by_line.analysis is not None
    assert by_line.report == incoming.report
    assert mapped(by_line.analysis) == mapped(analysis)


def errors_of(data: bytes) -> list[str]:
    """Return what the validator of OASIS has against a bundle, warnings included."""
    found = validate_string(data.decode(), ValidationOptions(version="2.1"))
    return [*map(str, found.errors or []), *(text for text in map(str, found.warnings or []) if "no hash" not in text)]


@given(analyses())
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_every_bundle_is_valid_under_the_official_validator(analysis: Analysis) -> None:
    data = write_stix(analysis, Matrix(), "").data
    assert errors_of(data) == []
    stix2.parse(data.decode(), allow_custom=False)


@pytest.mark.parametrize("file", [SEED, SAMPLE], ids=lambda file: file.name)
def test_real_analyses_are_valid_and_come_back(file: Path) -> None:
    analysis = read_document(file).loaded.analysis
    outgoing = write_stix(analysis, analysis.matrices[0], "")
    assert errors_of(outgoing.data) == []
    incoming = read(outgoing.data)
    assert incoming.analysis is not None
    assert incoming.report.skipped == ()
    assert incoming.analysis.id == analysis.id
    for name in ("expectations", "indicators", "conclusions", "outcomes", "scenarios", "challenges"):
        assert getattr(incoming.analysis, name) == getattr(analysis, name)
    assert list(incoming.analysis.hypotheses) == list(analysis.hypotheses)


def test_ten_thousand_items_under_ten_hypotheses_come_back_in_bounded_memory(tmp_path: Path) -> None:
    file = tmp_path / "large.stix.json"
    case = small_case(10, 10_000, rated=True)
    outgoing = write_stix(case.analysis, case.matrix, case.analyst)
    assert len(outgoing.data) > MAX_BYTES
    assert outgoing.problems == ()
    file.write_bytes(outgoing.data)
    data = read_bytes(file)
    del outgoing
    with most_memory() as peak:
        incoming = read(data)
    assert incoming.report.skipped == ()
    assert incoming.analysis is not None
    assert incoming.analysis.matrices[0].sheets == case.matrix.sheets
    assert peak.megabytes < 200


def test_a_bundle_of_some_size_is_read_by_line_and_as_a_whole_where_it_was_laid_out_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(json_files, "BY_LINE_FROM", 100)
    by_line: list[str] = []
    monkeypatch.setattr(stix_lines, "read_own", lambda held, name: by_line.append(name) or read_own(held, name))
    analysis = read_document(SEED).loaded.analysis
    data = write_stix(analysis, analysis.matrices[0], "").data
    first, *rest = data.splitlines(keepends=True)
    for laid_out, is_by_line in (
        (data, True),
        (json.dumps(json.loads(data), indent=1).encode(), False),
        (first + b"".join(rest).replace(b"},\n{", b"},{", 1), True),
    ):
        by_line.clear()
        found = read(laid_out).analysis
        assert found is not None
        assert len(list(found.rating_cells())) == len(list(analysis.rating_cells()))
        assert bool(by_line) is is_by_line
    assert read(json_bytes(FOREIGN_STIX)).analysis is not None


def test_a_large_file_is_read_by_line_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_files, "BY_LINE_FROM", 100)
    monkeypatch.setattr(json_files, "MAX_BYTES", 100)
    analysis = read_document(SEED).loaded.analysis
    data = write_stix(analysis, analysis.matrices[0], "").data
    assert read(data).analysis is not None
    assert read(data.replace(b"\n", b"\r\n")).analysis is not None
    lines = data.splitlines(keepends=True)
    for changed, sentence in (
        (json.dumps(json.loads(data)).encode(), "no bundle as this program writes it"),
        (b"".join(lines[:-1]), "ends early"),
        (b"".join([*lines[:9], b"{oh\n", *lines[9:]]), r"no sound JSON \(line 10, column 2\)"),
        (b"".join([*lines[:9], b"[" * 100_000 + b"\n", *lines[9:]]), "nested deeper"),
        (b" " * MAX_BUNDLE + data, "larger than 256 MB"),
    ):
        with pytest.raises(RefusedFileError, match=sentence):
            read(changed)


def test_what_a_bundle_does_not_hold_is_said_and_a_withheld_name_is_not_in_it() -> None:
    analysis = read_document(SAMPLE).loaded.analysis
    outgoing = write_stix(analysis, analysis.matrices[0], "")
    assert "the history" in outgoing.left_out
    assert "the name of 1 withheld source" in outgoing.left_out
    assert "1 attached file" in outgoing.left_out
    text = outgoing.data.decode()
    assert "files/radio" not in text
    assert "In the room." not in text
    assert "a neighbour" in text


def test_scores_and_opinions_say_what_the_program_says() -> None:
    analysis = read_document(SEED).loaded.analysis
    objects = json.loads(write_stix(analysis, analysis.matrices[0], "").data)["objects"]
    grouping, _causes = [entry for entry in objects if entry["type"] == "grouping"]
    scores = grouping["extensions"][EXTENSION]["scores"]
    assert len(scores) == 4
    assert all(score["inconsistency"] <= 0 for score in scores)
    opinions = [entry for entry in objects if entry["type"] == "opinion"]
    strong = [entry for entry in opinions if entry["opinion"] == "strongly-disagree"]
    assert strong
    assert all(entry["extensions"][EXTENSION]["record"]["value"] == "II" for entry in strong)


def test_a_bundle_that_somebody_changed_is_read_as_far_as_it_fits() -> None:
    analysis = read_document(SEED).loaded.analysis
    bundle = json.loads(write_stix(analysis, analysis.matrices[0], "").data)
    notes = [entry for entry in bundle["objects"] if entry["type"] == "note"]
    ours = [entry["extensions"][EXTENSION] for entry in notes]
    items = [part for part in ours if part["kind"] == "evidence"]
    items[0]["record"]["credibility"] = "very high"
    items[1]["ach_id"] = "not an id!"
    items[2]["record"]["label"] = items[3]["record"]["label"]
    items[4]["record"]["title"] = ["no text"]
    opinions = [entry for entry in bundle["objects"] if entry["type"] == "opinion"]
    opinions[-1]["extensions"][EXTENSION]["record"]["value"] = "maybe"
    bundle["objects"].append({"type": "tool", "id": "tool--1", "name": "Other"})
    incoming = read(json_bytes(bundle))
    assert incoming.analysis is not None
    labels = [item.label for item in incoming.analysis.evidence.values()]
    assert len(labels) == len(set(labels)) == len(analysis.evidence) - 1
    skipped = "\n".join(incoming.report.skipped)
    assert "left out: credibility" in skipped
    assert "a rating is CC" in skipped
    assert "1 object of others: tool." in skipped


def test_a_bundle_of_another_program_comes_in_as_items_with_who_says_so() -> None:
    incoming = read(json_bytes(FOREIGN_STIX))
    analysis = incoming.analysis
    assert analysis is not None
    assert not analysis.hypotheses
    assert not list(analysis.rating_cells())
    titles = [item.title for item in analysis.evidence.values()]
    assert titles == [
        "report: Winter campaign",
        "indicator: Bad domain",
        "threat-actor: Bear",
        "Bad domain indicates Bear",
        "Observed: domain-name: evil.example",
        "We doubt it.",
        "Opinion on Bad domain indicates Bear: disagree",
    ]
    indicator = list(analysis.evidence.values())[1]
    (citation,) = indicator.citations
    assert analysis.sources[citation.source].name == "CERT Two"
    assert (citation.date, indicator.credibility) == ("2026-02-02", Level.HIGH)
    assert indicator.tags == ("malicious-activity", "attack:T1566")
    assert indicator.marking == "TLP:GREEN"
    assert indicator.link == "https://attack.mitre.org/techniques/T1566"
    assert "https://example.org/blog" in indicator.note
    assert analysis.question == "Winter campaign"
    assert "Revoked there: Old." in incoming.report.skipped


def test_a_note_without_a_heading_is_kept_whole_however_long() -> None:
    content = "A long report. " * 40 + "The end."
    bundle = {"type": "bundle", "id": "bundle--1", "objects": [{"type": "note", "id": "note--1", "content": content}]}
    analysis = read(json_bytes(bundle)).analysis
    assert analysis is not None
    (item,) = analysis.evidence.values()
    assert (len(item.title), item.title[-1], item.detail) == (300, "…", content)
