"""Whatever is wrong with a file, one sentence names the file, the place and the remedy."""

from __future__ import annotations

import copy
import gc
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ach_desk.storage import decoder
from ach_desk.storage.codec import decode
from ach_desk.storage.encoder import VERSION
from ach_desk.storage.errors import UnreadableFile
from ach_desk.storage.files import read_document
from ach_desk.storage.migrations import migrate

SAMPLE = Path(__file__).parents[1] / "data" / "format-4-sample.ach.json"
DATA = SAMPLE.read_bytes()
DOCUMENT = json.loads(DATA)


def refusal(data: bytes) -> str:
    """Return the sentence with which the bytes are refused."""
    with pytest.raises(UnreadableFile) as caught:
        decode(data, "case.ach.json")
    sentence = caught.value.sentence
    assert str(caught.value) == sentence
    assert "case.ach.json" in sentence
    assert sentence.endswith((".", "?"))
    return sentence


def changed(change: Callable[[dict[str, Any]], Any]) -> bytes:
    document = copy.deepcopy(DOCUMENT)
    change(document)
    return json.dumps(document).encode()


def line_of(needle: bytes, data: bytes = DATA) -> int:
    return data[: data.index(needle)].count(b"\n") + 1


@pytest.mark.parametrize("data", [b"", b"  \n\n", b"\xef\xbb\xbf"])
def test_empty(data: bytes) -> None:
    assert "it is empty" in refusal(data)


@pytest.mark.parametrize("end", [1, 2, 300, 1000, len(DATA) - 4])
def test_truncated(end: int) -> None:
    sentence = refusal(DATA[:end])
    assert "cut off" in sentence
    assert "open a backup" in sentence
    assert "line " in sentence


def test_binary() -> None:
    assert "binary file" in refusal(b"PK\x03\x04\x00\x00" + bytes(range(256)))


def test_utf_16() -> None:
    assert "UTF-16" in refusal(DATA.decode().encode("utf-16"))


def test_not_utf_8_names_the_line() -> None:
    data = DATA.replace("Bé".encode(), b"B\xe9")
    assert f"line {line_of(b'authors')}: the text there is not UTF-8" in refusal(data)


def test_invalid_json_names_line_and_column() -> None:
    sentence = refusal(DATA.replace(b'"marking": ', b'"marking" '))
    assert f"line {line_of(b'marking')}, column 12" in sentence
    assert "not valid JSON" in sentence


def test_something_after_the_end() -> None:
    assert "something follows after the end" in refusal(DATA + b"{}")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        (b'"marking": ', b'"question": "again", "marking": ', "question"),
        (b'{"id": "h-bulb"', b'{"id": "h-bulb", "id": "h-2"', "id"),
        (b'"h-bulb": {"value": "CC"', b'"h-bulb": {"value": "I"}, "h-bulb": {"value": "CC"', "h-bulb"),
        (b'"h-bulb": {"value": "CC"', b'"h-bulb": {"value": "I", "value": "CC"', "value"),
        (b'{"tool": "example"}', b'{"tool": [{"a": 1, "b": ["{", {"a": 1}], "a": 2}]}', "a"),
    ],
)
def test_a_key_given_twice(old: bytes, new: bytes, key: str) -> None:
    data = DATA.replace(old, new, 1)
    assert data != DATA
    sentence = refusal(data)
    assert f"the key “{key}” is given twice in one object" in sentence
    second = data.index(new) + new.rindex(f'"{key}"'.encode())
    assert f"line {data[:second].count(10) + 1}, column " in sentence


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999", "9" * 5000])
@pytest.mark.parametrize("place", [b'"x_matrix": 0', b'"x_item": 1'])
def test_numbers_that_are_none(word: str, place: bytes) -> None:
    key = place.split(b":")[0]
    sentence = refusal(DATA.replace(place, key + b": " + word.encode()))
    assert f"{word[:20]}" in sentence
    assert "is not a number that a file can hold" in sentence
    assert f"line {line_of(place)}, column " in sentence


@pytest.mark.parametrize("levels", [101, 900, 100_000])
@pytest.mark.parametrize("opening", ["[", '{"a":'])
@pytest.mark.parametrize("place", [b'{"tool": "example"}', b'{"by": "script"}', b'"kept"', b'"page 3"', b"[]", b"1}"])
def test_nested_too_deeply(levels: int, opening: str, place: bytes) -> None:
    closing = "]" if opening == "[" else "}"
    nested = (opening * levels + "1" + closing * levels).encode()
    data = DATA.replace(place, nested + (b"}" if place == b"1}" else b""), 1)
    assert "nested too deeply" in refusal(data)


def test_nesting_up_to_the_limit_is_kept() -> None:
    nested = json.loads("[" * 90 + "]" * 90)
    loaded = decode(changed(lambda document: document.update(x_analysis=nested)), "x")
    assert loaded.analysis.model_extra == {"x_analysis": nested}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda document: document.pop("format"), "it is not an ACH Desk analysis"),
        (lambda document: document.update(format="other"), "it is not an ACH Desk analysis"),
        (lambda document: document.pop("version"), "version: None is not a version of the file format"),
        (lambda document: document.update(version=0), "version: 0 is not a version"),
        (lambda document: document.update(version="1"), "version: 1 is not a version"),
        (lambda document: document.update(version=True), "version: True is not a version"),
        (lambda document: document.update(version=1.5), "version: 1.5 is not a version"),
        (lambda document: document.pop("id"), "the analysis: the field id is missing"),
        (lambda document: document.update(question=5), "the analysis, field question: it must be text"),
        (lambda document: document.update(authors="Ann"), "field authors: it must be a list"),
        (
            lambda document: document["next_numbers"].update(evidence=0),
            "field next_numbers, evidence: it must be a whole number from 1",
        ),
        (lambda document: document.update(hypotheses={}), "hypotheses: this must be a list"),
        (lambda document: document["hypotheses"].append(7), "hypothesis 7: it must be an object"),
        (lambda document: document["hypotheses"][1].pop("title"), "hypothesis H2, field title: it is missing"),
        (
            lambda document: document["hypotheses"][1].update(label=""),
            "hypothesis 2, field label: it must not be empty",
        ),
        (lambda document: document["hypotheses"][1].update(id="a b"), "hypothesis H2, field id: “a b” is not written"),
        (
            lambda document: document["evidence"][0].update(credibility="huge"),
            "evidence item E1, field credibility: “huge” is not one of 'high', 'medium' or 'low'",
        ),
        (
            lambda document: document["evidence"][1].update(event_date="2023-13"),
            "evidence item E2, field event_date: “2023-13”: month must be in 1..12",
        ),
        (
            lambda document: document["evidence"][1].update(entered="yesterday"),
            "evidence item E2, field entered: “yesterday”: a time is written",
        ),
        (lambda document: document["evidence"][1].update(flag="maybe"), "field flag: it must be true or false"),
        (
            lambda document: document["evidence"][0]["citations"][1].update(source=1),
            "evidence item E1, field citations, entry 2, source: it must be text",
        ),
        (lambda document: document["hypotheses"][1].update(id="h-bulb"), "H1 and H2 have the same id (h-bulb)"),
        (lambda document: document["evidence"][4].update(id="e-radio"), "E1 and E6 have the same id (e-radio)"),
        (lambda document: document["analysts"][1].update(id="a-ann"), "have the same id (a-ann)"),
        (lambda document: document.update(matrices={}), "matrices: this must be a list"),
        (lambda document: document["matrices"].append([]), "matrix 3: this must be an object"),
        (lambda document: document["matrices"][0].pop("id"), "matrix 1: the field id is missing"),
        (lambda document: document["matrices"][0].update(evidence=[5]), "matrix 1, field evidence, entry 1"),
        (lambda document: document["matrices"][0].update(sheets={}), "matrix 1, sheets: this must be a list"),
        (lambda document: document["matrices"][0]["sheets"].append(1), "matrix 1, sheet 3: this must be an object"),
        (
            lambda document: document["matrices"][0]["sheets"][1].pop("analyst"),
            "matrix 1, sheet 2: “None” is not an id",
        ),
        (
            lambda document: document["matrices"][0]["sheets"][1].update(analyst="a-ann"),
            "matrix 1, sheet 2: the analyst a-ann has a sheet already",
        ),
        (
            lambda document: document["matrices"][0]["sheets"][0].update(ratings=[]),
            "matrix 1, sheet 1: the ratings must be an object",
        ),
        (
            lambda document: document["matrices"][0]["sheets"][0]["ratings"].update({"e-radio": "C"}),
            "matrix 1, sheet 1, ratings of e-radio: this must be an object",
        ),
        (
            lambda document: document["matrices"][0]["sheets"][0]["ratings"]["e-radio"].update({"h-bulb": "C"}),
            "rating of e-radio under h-bulb: a rating is an object",
        ),
        (
            lambda document: document["matrices"][0]["sheets"][0]["ratings"]["e-radio"]["h-bulb"].update(value="c"),
            "rating of e-radio under h-bulb: a rating is CC, C, C-, N, I-, I, II or N/A",
        ),
        (
            lambda document: document["matrices"][0]["sheets"][0]["ratings"]["e-radio"]["h-bulb"].update(value=[]),
            "rating of e-radio under h-bulb: a rating is CC, C, C-, N, I-, I, II or N/A",
        ),
        (
            lambda document: document["matrices"][0]["sheets"][0]["ratings"]["e-radio"]["h-bulb"].update(
                time="2023-02-30T10:00:00Z"
            ),
            "rating of e-radio under h-bulb: ",
        ),
        (
            lambda document: document["matrices"][0]["sheets"][0]["ratings"]["e-radio"].update({"h 1": {"value": "C"}}),
            "“h 1” is not an id",
        ),
        (
            lambda document: document["matrices"][0]["sheets"][0]["ratings"].update({"é": {}}),
            "“é” is not an id",
        ),
    ],
)
def test_well_formed_but_wrong(change: Callable[[dict[str, Any]], Any], words: str) -> None:
    assert words in refusal(changed(change))


@pytest.mark.parametrize("data", [b"[]", b"1", b'"text"', b"null", b"true"])
def test_json_that_is_no_analysis(data: bytes) -> None:
    assert "it is not an ACH Desk analysis" in refusal(data)


def test_dangling_ids_and_doubled_labels_are_readable_problems() -> None:
    def change(document: dict[str, Any]) -> None:
        document["matrices"][0]["evidence"].append("e-lost")
        document["hypotheses"][0]["label"] = "H2"
        document["evidence"][0]["citations"][0]["source"] = "s-lost"
        document["matrices"][0]["sheets"][0]["ratings"]["e-gone"] = {"h-bulb": {"value": "C"}}

    texts = " ".join(problem.text for problem in decode(changed(change), "x").problems)
    for expected in ("e-lost", "H2 is given twice", "s-lost", "e-gone"):
        assert expected in texts


def test_a_newer_version_is_read_as_far_as_it_is_understood() -> None:
    loaded = decode(changed(lambda document: document.update(version=VERSION + 1, later=[1])), "x")
    assert (loaded.version, loaded.newer) == (VERSION + 1, True)
    assert loaded.analysis.model_extra is not None
    assert loaded.analysis.model_extra["later"] == [1]


def test_a_newer_version_that_is_not_understood_says_so() -> None:
    def change(document: dict[str, Any]) -> None:
        document["version"] = VERSION + 1
        document["evidence"][0]["credibility"] = "A1"

    assert "newer version of ACH Desk" in refusal(changed(change))


def test_too_large_is_refused_before_reading(tmp_path: Path) -> None:
    file = tmp_path / "case.ach.json"
    with file.open("wb") as handle:
        handle.truncate(decoder.MAX_BYTES + 1)
    with pytest.raises(UnreadableFile, match=r"case\.ach\.json cannot be opened: it is larger than 256 MB"):
        read_document(file)


def test_too_many_bytes_in_memory_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoder, "MAX_BYTES", 10)
    assert "larger than" in refusal(DATA)


def test_the_collector_is_back_on_after_a_refusal() -> None:
    assert gc.isenabled()
    refusal(b"{")
    assert gc.isenabled()


def test_older_versions_go_through_every_step_up_to_the_present() -> None:
    steps = {
        1: lambda document: {**document, "titles": [document["title"]]},
        2: lambda document: {key: value for key, value in document.items() if key != "title"},
    }
    old = {"version": 1, "title": "x"}
    assert migrate(old, 1, 3, steps) == {"version": 3, "titles": ["x"]}
    assert old == {"version": 1, "title": "x"}
    assert migrate({"version": 3}, 3, 3, steps) == {"version": 3}
    assert migrate({"version": 4}, 4, 3, steps) == {"version": 4}
    with pytest.raises(KeyError):
        migrate(old, 1, 5, steps)


def test_a_migrated_file_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """An older file goes through the steps on its way in: here the present one, read by the next version."""
    steps = {VERSION: lambda document: {**document, "question": document["question"].upper()}}
    monkeypatch.setattr(decoder, "VERSION", VERSION + 1)
    monkeypatch.setattr(decoder, "STEPS", steps)
    loaded = decode(DATA, "x")
    assert (loaded.version, loaded.newer) == (VERSION, False)
    assert loaded.analysis.question == DOCUMENT["question"].upper()
    assert loaded.analysis.matrices[0].rating("a-ann", "e-radio", "h-power") is not None


def test_what_is_wrong_far_down_a_long_list_is_named_by_its_place() -> None:
    items: list[dict[str, Any]] = [
        {"id": f"e-{number}", "label": f"E{number}", "title": "seen"} for number in range(1, 2_001)
    ]
    document = {"format": "ach-desk", "version": VERSION, "id": "a-1", "evidence": items}
    assert len(decode(json.dumps(document).encode(), "case").analysis.evidence) == 2_000
    items[1_503] = {"id": "e-1504", "title": 7}
    assert "evidence item 1504" in refusal(json.dumps(document).encode())
    deep: list[Any] = []
    for _level in range(200):
        deep = [deep]
    items[1_503] = {"id": "e-1504", "label": "Far", "title": "", "mine": deep}
    assert "evidence item Far" in refusal(json.dumps(document).encode())
