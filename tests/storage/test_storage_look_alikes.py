"""Ratings are made while the text is parsed; what only looks like one elsewhere in the file stays what it was."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ach_desk.model import Level, Rating, RatingValue
from ach_desk.storage import decoder
from ach_desk.storage.codec import decode, encode
from ach_desk.storage.early_ratings import rating_maker
from ach_desk.storage.encoder import SHEET_KEYS, VERSION
from ach_desk.storage.errors import UnreadableFile
from ach_desk.storage.json_text import parse

SAMPLE = Path(__file__).parents[1] / "data" / "format-4-sample.ach.json"
DOCUMENT = json.loads(SAMPLE.read_bytes())
TIME = "2023-06-24T17:30:00Z"
WHOLE = {"value": "N/A", "rationale": "because", "confidence": "low", "time": TIME}

LOOK_ALIKES: list[Any] = [
    {"value": "C"},
    {"time": TIME},
    {"rationale": "a note"},
    WHOLE,
    [{"value": "C"}, {"value": "C"}, [WHOLE]],
    {"deep": [{"deeper": {"value": "II", "time": TIME}}]},
    {"value": {"value": "C"}},
    {"value": "C", "other": {"value": "I"}},
    {"value": "C", "time": {"value": "C"}},
]
UNLIKE: list[Any] = [
    {"time": TIME, "value": "C"},
    {"value": None},
    {"value": "C", "rationale": ""},
    {"value": "c"},
    {"value": 1},
    {"value": ["C"]},
    {"confidence": "high", "time": "yesterday"},
    {},
]


def _matrix(document: dict[str, Any]) -> dict[str, Any]:
    return document["matrices"][0]


def _sheet(document: dict[str, Any]) -> dict[str, Any]:
    return _matrix(document)["sheets"][0]


PLACES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "analysis": lambda document: document,
    "numbers": lambda document: document["next_numbers"],
    "hypothesis": lambda document: document["hypotheses"][0],
    "item": lambda document: document["evidence"][0],
    "citation": lambda document: document["evidence"][0]["citations"][0],
    "source": lambda document: document["sources"][0],
    "analyst": lambda document: document["analysts"][0],
    "matrix": _matrix,
    "sheet": _sheet,
    "rating": lambda document: _sheet(document)["ratings"]["e-radio"]["h-bulb"],
}


def changed(change: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
    document = copy.deepcopy(DOCUMENT)
    change(document)
    return document


def data_of(document: Any) -> bytes:
    return json.dumps(document).encode()


@pytest.mark.parametrize("value", [*LOOK_ALIKES, *UNLIKE], ids=json.dumps)
@pytest.mark.parametrize("place", PLACES)
def test_an_unknown_key_that_looks_like_a_rating_comes_back_as_it_was(place: str, value: Any) -> None:
    document = changed(lambda document: PLACES[place](document).update(x_like=value))
    analysis = decode(data_of(document), "case").analysis
    back = json.loads(encode(analysis))
    assert back == document
    assert json.dumps(PLACES[place](back)["x_like"]) == json.dumps(value)  # the order of its keys too
    assert decode(encode(analysis), "case").analysis == analysis


def test_an_unknown_key_holds_a_dictionary_and_no_rating() -> None:
    analysis = decode(data_of(changed(lambda document: document.update(x_like=[{"value": "C"}]))), "case").analysis
    assert analysis.model_extra is not None
    ((held,),) = (analysis.model_extra["x_like"],)
    assert type(held) is dict
    assert type(held["value"]) is str


def test_two_unknown_keys_do_not_share_one_dictionary() -> None:
    document = changed(lambda document: document.update(x_one={"value": "C"}, x_two={"value": "C"}))
    extra = decode(data_of(document), "case").analysis.model_extra
    assert extra is not None
    extra["x_one"]["value"] = "changed"
    assert extra["x_two"] == {"value": "C"}


def test_a_whole_sheet_among_the_unknown_keys_of_sheets_stays_what_it_was() -> None:
    held = {"nobody": {"ratings": {"e-radio": {"h-bulb": {"value": "C"}}}}, "value": {"value": "I"}}
    document = changed(lambda document: _matrix(document).update({SHEET_KEYS: held}))
    assert json.loads(encode(decode(data_of(document), "case").analysis)) == document


def test_ids_may_be_the_names_of_the_fields_of_a_rating() -> None:
    ratings = {"value": {"time": {"value": "C"}, "value": {"value": "I", "confidence": "high"}}, "time": {}}
    document = changed(lambda document: _sheet(document).update(ratings=ratings))
    matrix = decode(data_of(document), "case").analysis.matrices[0]
    assert matrix.sheets[_sheet(document)["analyst"]] == {
        "value": {
            "time": Rating(RatingValue.CONSISTENT),
            "value": Rating(RatingValue.INCONSISTENT, confidence=Level.HIGH),
        }
    }


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda document: document["hypotheses"].append({"value": "C"}), "hypothesis 7, field id: it is missing"),
        (lambda document: document.update(evidence={"value": "C"}), "evidence: this must be a list"),
        (lambda document: document.update(question={"value": "C"}), "field question: it must be text"),
        (lambda document: document["matrices"].append({"value": "C"}), "matrix 3: the field id is missing"),
        (lambda document: document.update(matrices={"value": "C"}), "matrices: this must be a list"),
        (lambda document: _matrix(document)["sheets"].append({"value": "C"}), "sheet 3: “None” is not an id"),
        (lambda document: _matrix(document).update(sheets={"value": "C"}), "sheets: this must be a list"),
        (
            lambda document: _sheet(document).update(ratings={"value": "C"}),
            "sheet 1, ratings of value: this must be an object in braces",
        ),
        (
            lambda document: _sheet(document).update(ratings=[{"value": "C"}]),
            "sheet 1: the ratings must be an object in braces",
        ),
        (
            lambda document: _sheet(document)["ratings"].update({"e-radio": {"value": "C"}}),
            "sheet 1, rating of e-radio under value: a rating is an object",
        ),
        (
            lambda document: _sheet(document)["ratings"].update({"e-radio": [{"value": "C"}]}),
            "sheet 1, ratings of e-radio: this must be an object in braces",
        ),
        (
            lambda document: _sheet(document)["ratings"]["e-radio"].update({"h-bulb": {"value": {"value": "C"}}}),
            "sheet 1, rating of e-radio under h-bulb: a rating is CC, C, C-, N, I-, I, II or N/A",
        ),
    ],
)
def test_a_look_alike_where_something_else_belongs_is_called_what_it_is(
    change: Callable[[dict[str, Any]], Any], words: str
) -> None:
    with pytest.raises(UnreadableFile) as caught:
        decode(data_of(changed(change)), "case")
    assert words in caught.value.sentence


def test_a_file_that_is_nothing_but_a_look_alike_is_no_analysis() -> None:
    with pytest.raises(UnreadableFile, match="it is not an ACH Desk analysis"):
        decode(b'{"value": "C"}', "case")


@pytest.mark.parametrize("twice", ['{"value": "C", "value": "C"}', f'{{"value": "C", "time": "{TIME}", "value": "I"}}'])
def test_a_key_given_twice_in_a_look_alike_is_found(twice: str) -> None:
    data = f'[{{"value": "C"}}, {twice}]'.encode()
    with pytest.raises(UnreadableFile, match="the key “value” is given twice"):
        parse(data, "case", rating_maker().made_of)


def test_steps_of_migration_see_plain_dictionaries(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []

    def step(document: dict[str, Any]) -> dict[str, Any]:
        seen.append(copy.deepcopy(document))
        return document

    monkeypatch.setattr(decoder, "VERSION", VERSION + 1)
    monkeypatch.setattr(decoder, "STEPS", {VERSION: step})
    loaded = decode(SAMPLE.read_bytes(), "case")
    assert seen == [DOCUMENT]
    assert loaded.analysis.matrices[0].rating("a-ann", "e-radio", "h-bulb") is not None


def test_no_dictionary_is_made_of_a_rating_and_equal_ones_are_one() -> None:
    same = {"value": "C", "time": TIME}
    row = parse(data_of({"h-1": same, "h-2": same, "h-3": WHOLE}), "case", rating_maker().made_of)
    assert row["h-1"] == Rating(RatingValue.CONSISTENT, time=TIME)
    assert row["h-2"] is row["h-1"]
    assert row["h-3"] == Rating(RatingValue.NOT_APPLICABLE, "because", Level.LOW, TIME)


def test_more_different_ratings_than_are_remembered_are_all_read() -> None:
    times = [f"2023-06-24T{hour:02}:{minute:02}:00Z" for hour in range(24) for minute in range(60)] * 2
    rows = parse(data_of([{"value": "C", "time": time} for time in times]), "case", rating_maker().made_of)
    assert rows == [Rating(RatingValue.CONSISTENT, time=time) for time in times]


def test_an_unknown_key_named_like_the_parts_of_another_kind_of_record_is_only_kept() -> None:
    document = changed(lambda document: document["evidence"][0].update(overrides=[{"x": 1}], cells=["plain"]))
    assert json.loads(encode(decode(data_of(document), "case").analysis)) == document


def test_what_looks_like_a_rating_is_put_back_beside_cells_that_are_none() -> None:
    document = changed(lambda document: document.update(mine={"value": "C", "time": TIME}))
    _sheet(document)["ratings"]["e-radio"]["h-bulb"] = {"value": "N", "range": ["C", "N"]}
    assert json.loads(encode(decode(data_of(document), "case").analysis)) == document


def test_ratings_of_one_moment_are_shared_and_those_of_the_next_are_not_mistaken_for_them() -> None:
    later = "2023-06-24T17:31:00Z"
    row = [{"value": value, "time": time} for time in (TIME, later, TIME) for value in ("C", "I", "C")]
    read = parse(data_of(row), "case", rating_maker().made_of)
    assert [entry.to_json() for entry in read] == row
    assert read[0] is read[2]


@pytest.mark.parametrize("time", ["2023-06-24T17:30:60Z", "2023-02-30T17:30:00Z", "2023-06-24T17:30:5Z", 7, None, True])
def test_a_bad_time_beside_a_known_minute_makes_no_rating(time: object) -> None:
    row = [{"value": "C", "time": TIME}, {"value": "C", "time": time}]
    maker = rating_maker()
    assert parse(data_of(row), "case", maker.made_of)[1] == row[1]
    assert maker.given() == 1
