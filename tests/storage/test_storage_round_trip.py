"""What is written is read back exactly, in an order that does not depend on how it was edited."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ach_desk.model import (
    Analysis,
    Analyst,
    Citation,
    EvidenceItem,
    EvidenceKind,
    EvidenceStatus,
    Hypothesis,
    HypothesisStatus,
    Level,
    Matrix,
    Numbers,
    Rating,
    RatingValue,
    Source,
)
from ach_desk.storage.codec import decode, encode
from ach_desk.storage.encoder import SHEET_KEYS, VERSION
from ach_desk.storage.file_model import SCHEMA_NAME, schema, schema_text

SAMPLE = Path(__file__).parents[1] / "data" / "format-4-sample.ach.json"
SCHEMA = Path(__file__).parents[2] / "resources" / "schema" / SCHEMA_NAME

SPECIAL = [
    "=1+1",
    "+1",
    "-1",
    "@x",
    "\t=1",
    "שלום",
    "مرحبا\u202e",
    "👩‍👩‍👧",
    "\x00\x01\x1f\x7f",
    "\ud800",
    "a\udfffb",
    "\u2028",
    '"\\/',
]


def texts(max_size: int = 12) -> st.SearchStrategy[str]:
    anything = st.text(st.characters(exclude_categories=()), max_size=max_size)
    # A high surrogate before a low one is the same JSON as the character that the two make.
    return (anything | st.sampled_from(SPECIAL)).map(
        lambda text: text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    )


labels = st.sampled_from(["H1", "E7", "S999999", "=A1", "א1", "💡"])
ids = st.text("abcXYZ019_.:-", min_size=1, max_size=8)
levels = st.none() | st.sampled_from(Level)
dates = st.none() | st.sampled_from(["2023", "2023-06", "2023-06-23"])
times = st.none() | st.sampled_from(["2023-06-24T17:30:00Z", "1999-12-31T23:59:59Z"])
numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
look_alikes = st.sampled_from([{"value": "C"}, {"rationale": "x", "time": "2023-06-24T17:30:00Z"}])
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | numbers | texts() | look_alikes,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts(), inner, max_size=3),
    max_leaves=5,
)
unknown = st.dictionaries(st.sampled_from(["x_a", "x b", "x_ü", "x\n"]), values, max_size=2)


def made(model: Any, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(lambda extra, **known: model(**extra, **known), unknown, **fields)


def by_id(model: Any, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    records = st.lists(made(model, id=ids, **fields), max_size=4, unique_by=lambda record: record.id)
    return records.map(lambda found: {record.id: record for record in found})


ratings = st.builds(Rating, st.none() | st.sampled_from(RatingValue), texts(), levels, times, unknown).filter(
    lambda rating: not rating.is_empty
)


@st.composite
def matrices(draw: st.DrawFn, hypotheses: list[str], evidence: list[str], analysts: list[str]) -> Matrix:
    some = st.lists(ids, max_size=1)
    columns = draw(st.permutations(hypotheses)) + draw(some)
    rows = draw(st.permutations(evidence)) + draw(some)
    row = st.dictionaries(st.sampled_from(columns), ratings, min_size=1, max_size=4) if columns else st.just({})
    sheet = st.dictionaries(st.sampled_from(rows), row, max_size=4) if rows and columns else st.just({})
    sheets = draw(st.dictionaries(st.sampled_from(analysts), sheet, max_size=3) if analysts else st.just({}))
    extra = draw(unknown)
    of_sheets = {analyst: keys for analyst in sheets if (keys := draw(unknown))}
    if of_sheets:
        extra[SHEET_KEYS] = of_sheets
    return Matrix(id=draw(ids), name=draw(texts()), hypotheses=columns[1:], evidence=rows[1:], sheets=sheets, **extra)


@st.composite
def analyses(draw: st.DrawFn) -> Analysis:
    hypotheses = draw(
        by_id(
            Hypothesis,
            label=labels,
            title=texts(),
            statement=texts(40),
            colour=st.none() | st.just("#00ff7f"),
            status=st.sampled_from(HypothesisStatus),
            status_reason=texts(),
            status_date=dates,
            combines=st.lists(ids, max_size=2).map(tuple),
            note=texts(),
        )
    )
    evidence = draw(
        by_id(
            EvidenceItem,
            label=labels,
            title=texts(),
            detail=texts(),
            kind=st.sampled_from(EvidenceKind),
            event_date=dates,
            learned_date=dates,
            entered=times,
            credibility=levels,
            relevance=levels,
            citations=st.lists(made(Citation, source=ids), max_size=2).map(tuple),
            tags=st.lists(texts(), max_size=2).map(tuple),
            note=texts(),
            flag=st.booleans(),
            status=st.sampled_from(EvidenceStatus),
            status_reason=texts(),
            status_date=dates,
        )
    )
    analysts = draw(by_id(Analyst, name=texts(), initials=texts(), role=texts()))
    matrix = matrices(list(hypotheses), list(evidence), list(analysts))
    count = st.integers(min_value=1, max_value=10**6)
    return Analysis(
        id=draw(ids),
        question=draw(texts()),
        description=draw(texts()),
        notice=draw(texts()),
        marking=draw(texts()),
        authors=draw(st.lists(texts(), max_size=2).map(tuple)),
        created=draw(times),
        as_of=draw(dates),
        next_numbers=draw(made(Numbers, hypothesis=count, evidence=count, source=count)),
        hypotheses=hypotheses,
        evidence=evidence,
        sources=draw(by_id(Source, label=labels, name=texts(), link=texts(), date=dates)),
        analysts=analysts,
        matrices=draw(st.lists(matrix, max_size=2)),
        **draw(unknown),
    )


@given(analyses())
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_every_analysis_comes_back_equal_and_as_the_same_bytes(analysis: Analysis) -> None:
    data = encode(analysis)
    loaded = decode(data, "case.ach.json")
    assert loaded.analysis == analysis
    assert encode(loaded.analysis) == data
    assert not loaded.newer
    jsonschema.validate(json.loads(data), schema())


@given(analyses(), st.randoms(use_true_random=False))
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_the_order_of_editing_does_not_show(analysis: Analysis, chance: random.Random) -> None:
    shuffled = analysis.model_copy(deep=True)
    for matrix in shuffled.matrices:
        matrix.sheets = {
            analyst: {item: _shuffled(row, chance) for item, row in _shuffled(sheet, chance).items()}
            for analyst, sheet in _shuffled(matrix.sheets, chance).items()
        }
    assert encode(shuffled) == encode(analysis)


def _shuffled(mapping: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    keys = list(mapping)
    chance.shuffle(keys)
    return {key: mapping[key] for key in keys}


def test_one_edit_changes_one_line() -> None:
    analysis = decode(SAMPLE.read_bytes(), "sample").analysis
    before = encode(analysis).splitlines()
    analysis.matrices[0].set_rating("a-ann", "e-radio", "h-gone", Rating(RatingValue.NEUTRAL))
    analysis.hypotheses["h-bulb"] = analysis.hypotheses["h-bulb"].model_copy(update={"note": "new\nnote"})
    after = encode(analysis).splitlines()
    assert len(before) == len(after)
    assert sum(old != new for old, new in zip(before, after, strict=True)) == 2


def test_no_byte_order_mark_a_newline_at_the_end_and_one_line_per_record() -> None:
    data = encode(decode(SAMPLE.read_bytes(), "sample").analysis)
    assert data.startswith(b"{\n")
    assert data.endswith(b"}\n")
    assert sum(b'"label": "E' in line for line in data.splitlines()) == 6
    assert not any(line.endswith(b" ") for line in data.splitlines())


def test_a_byte_order_mark_and_any_layout_are_read() -> None:
    analysis = decode(SAMPLE.read_bytes(), "sample").analysis
    loose = json.dumps(json.loads(SAMPLE.read_bytes()), indent="\t").replace('":', '" :').encode("utf-8-sig")
    assert decode(loose, "loose").analysis == analysis


def test_an_empty_cell_is_the_same_as_no_cell() -> None:
    document = json.loads(SAMPLE.read_bytes())
    ratings_of_ann = document["matrices"][0]["sheets"][0]["ratings"]
    ratings_of_ann["e-aside"] = {"h-bulb": {}, "h-gone": {"value": None}}
    ratings_of_ann["e-deduce"] = {}
    assert decode(json.dumps(document).encode(), "x").analysis == decode(SAMPLE.read_bytes(), "x").analysis


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_frozen_file_of_an_earlier_version_opens_and_nothing_of_it_is_lost(version: int) -> None:
    data = SAMPLE.with_name(f"format-{version}-sample.ach.json").read_bytes()
    loaded = decode(data, "old")
    assert (loaded.version, loaded.newer, loaded.problems) == (version, False, ())
    assert json.loads(encode(loaded.analysis)) == {**json.loads(data), "version": VERSION}


def test_what_somebody_kept_in_version_1_under_a_name_that_means_something_now_is_kept_under_another() -> None:
    document = json.loads(SAMPLE.with_name("format-1-sample.ach.json").read_bytes())
    document["trail"] = "through the woods"
    document["hypotheses"][0]["wording"] = "clumsy"
    document["matrices"][0]["scale"] = 7
    document["matrices"][0]["sheets"][0]["ratings"]["e-radio"]["h-bulb"]["range"] = {"value": "C"}
    analysis = decode(json.dumps(document).encode(), "old").analysis
    rating = analysis.matrices[0].rating("a-ann", "e-radio", "h-bulb")
    assert (analysis.model_extra or {})["former_trail"] == "through the woods"
    assert (analysis.hypotheses["h-bulb"].model_extra or {}) == {"former_wording": "clumsy"}
    assert (analysis.matrices[0].model_extra or {})["former_scale"] == 7
    assert rating is not None
    assert (rating.range, rating.extra) == (None, {"former_range": {"value": "C"}})


def test_what_somebody_kept_in_version_2_under_a_name_that_means_something_now_is_kept_under_another() -> None:
    document = json.loads(SAMPLE.with_name("format-2-sample.ach.json").read_bytes())
    document["groups"] = "blood"
    document["evidence"][0]["twin"] = "brother"
    document["evidence"][0]["citations"][0]["date"] = "tonight"
    document["sources"][0]["motive"] = 7
    document["scenarios"][0]["assumptions_false"] = "all"
    document["matrices"][0]["sheets"][0]["ratings"]["e-radio"]["h-bulb"]["rests_on"] = {"value": "C"}
    analysis = decode(json.dumps(document).encode(), "old").analysis
    rating = analysis.matrices[0].rating("a-ann", "e-radio", "h-bulb")
    item = analysis.evidence["e-radio"]
    assert (analysis.model_extra or {})["former_groups"] == "blood"
    assert (item.model_extra or {}) == {"former_twin": "brother"}
    assert (item.citations[0].model_extra or {}) == {"x_citation": "page 3", "former_date": "tonight"}
    assert (analysis.sources["s-ann"].model_extra or {}) == {"former_motive": 7}
    assert (analysis.scenarios["c-1"].model_extra or {}) == {"former_assumptions_false": "all"}
    assert rating is not None
    assert (rating.rests_on, rating.extra) == ((), {"former_rests_on": {"value": "C"}})


def test_what_somebody_kept_in_version_3_under_a_name_that_means_something_now_is_kept_under_another() -> None:
    document = json.loads(SAMPLE.with_name("format-3-sample.ach.json").read_bytes())
    document["report"] = "due on Friday"
    analysis = decode(json.dumps(document).encode(), "old").analysis
    assert (analysis.report, (analysis.model_extra or {})["former_report"]) == (None, "due on Friday")


def test_the_frozen_sample_of_the_present_version_opens_and_nothing_of_it_is_lost() -> None:
    loaded = decode(SAMPLE.read_bytes(), SAMPLE.name)
    analysis = loaded.analysis
    assert (loaded.version, loaded.newer, loaded.problems) == (VERSION, False, ())
    assert analysis.description.endswith("\x00 and a lone surrogate \ud83d.")
    assert analysis.hypotheses["h-both"].combines == ("h-bulb", "h-power")
    assert analysis.evidence["e-aside"].status is EvidenceStatus.SET_ASIDE
    rating = analysis.matrices[0].rating("a-ann", "e-radio", "h-bulb")
    assert rating == Rating(
        RatingValue.VERY_CONSISTENT,
        "Power is there.",
        Level.HIGH,
        "2023-06-24T17:31:00Z",
        item_wording=3,
        hypothesis_wording=2,
        rests_on=("e-assume",),
    )
    assert [entry.what for entry in analysis.trail] == ["rate", "set"]
    assert list(analysis.scenarios["c-1"].overrides[0])[:3] == [
        ("evidence", "e-assume"),
        ("hypothesis", "h-bulb"),
        ("value", RatingValue.INCONSISTENT),
    ]
    assert json.loads(encode(analysis)) == json.loads(SAMPLE.read_bytes())


def test_the_published_schema_is_current() -> None:
    command = "python -m ach_desk.storage.file_model > resources/schema/" + SCHEMA_NAME
    assert SCHEMA.read_text("utf-8") == schema_text(), f"publish it again: {command}"
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["version"], VERSION + 1),
        (["hypotheses", 0, "title"], 5),
        (["evidence", 0, "credibility"], "very high"),
        (["evidence", 0, "event_date"], "23.6.2023"),
        (["matrices", 0, "sheets", 0, "ratings", "e-radio", "h-bulb", "value"], "X"),
        (["matrices", 0, "sheets", 0, "analyst"], None),
    ],
)
def test_the_published_schema_refuses_what_reading_refuses(path: list[str | int], value: object) -> None:
    document = json.loads(SAMPLE.read_bytes())
    jsonschema.validate(document, schema())
    inner = document
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, schema())


def test_what_records_of_a_file_share_stays_empty_whatever_is_changed_in_one_of_them() -> None:
    analysis = decode(SAMPLE.read_bytes(), "sample").analysis
    plain = [record for record in analysis.evidence.values() if not record.model_extra]
    assert len(plain) > 1
    copied = plain[0].model_copy(update={"mine": 1, "title": "other"})
    assert copied.model_extra == {"mine": 1}
    assert copied.model_fields_set == {"mine", "title"}
    deep = plain[0].model_copy(deep=True)
    assert deep == plain[0]
    assert all(record.model_extra == {} and record.model_fields_set == set() for record in plain)
    again = type(plain[0]).model_validate(plain[0].model_dump())
    assert again == plain[0]
