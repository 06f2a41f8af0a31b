"""Files that mean harm: refused with a sentence, or read without harm, in bounded memory and time."""

from __future__ import annotations

import gzip
import json
import resource
import time
import zlib
from collections.abc import Callable

import pytest
from helpers.analyses import do_undo_redo, small_case
from helpers.foreign import (
    ARKHAM_MIRROR,
    FOREIGN_STIX,
    MISP,
    OTHER_ACH_PROGRAMS,
    ParcItem,
    json_bytes,
    parc_file,
    parc_matrix,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from ach_desk.commands.merging import goes_into_a_matrix, merge
from ach_desk.exchange import draft, stix_own
from ach_desk.exchange.bounds import MAX_ELEMENTS, clean, parsed_json
from ach_desk.exchange.formats import MAX_BYTES, Incoming, RefusedFileError
from ach_desk.exchange.json_files import read_json
from ach_desk.exchange.parc import read_parc
from ach_desk.exchange.stix_lines import read_lines
from ach_desk.exchange.stix_out import write_stix
from ach_desk.exchange.stix_terms import EXTENSION
from ach_desk.model.integrity import problems
from ach_desk.storage.codec import decode, encode

BILLION_LAUGHS = (
    '<!DOCTYPE m [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><ACH><MATRIX><EVIDENCE><NAME>&b;</NAME>'
    "</EVIDENCE></MATRIX></ACH>"
)
OUTSIDE = '<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><ACH><MATRIX><NAME>&x;</NAME></MATRIX></ACH>'
OUTSIDE_TYPE = '<!DOCTYPE m SYSTEM "http://example.org/evil.dtd"><ACH><MATRIX/></ACH>'


def bomb() -> bytes:
    """Return a gzip of zeros that would unpack to more than a file may hold, in a thousandth of the size."""
    packer = zlib.compressobj(9, wbits=31)
    block = b"\0" * 2**20
    return b"".join([*(packer.compress(block) for _ in range(2 * MAX_BYTES // 2**20)), packer.flush()])


def deep_xml() -> bytes:
    return ("<MATRIX>" * 100_000 + "</MATRIX>" * 100_000).encode()


def wide_xml() -> bytes:
    return b"<A><MATRIX>" + b"<B/>" * (2 * MAX_ELEMENTS + 1) + b"</MATRIX></A>"


BUNDLE = b'{"type":"bundle","id":"bundle--1","objects":[\n'
OWN_RATING = json.dumps({"id": "x", "extensions": {EXTENSION: {"kind": "rating"}}}).encode() + b",\n"


def one_matrix(part: str) -> bytes:
    return f"<A><MATRIX>{part * 50_000}</MATRIX></A>".encode()


def many_notes(count: int) -> bytes:
    notes = [{"type": "note", "id": f"note--{number}", "content": "c"} for number in range(count)]
    return json_bytes({"type": "bundle", "id": "bundle--1", "objects": notes})


def read_few_records(data: bytes, name: str) -> Incoming:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(draft, "MOST_RECORDS", 1_000)
        return read_json(data, name)


def read_few_cells(data: bytes, name: str) -> Incoming:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stix_own, "MOST_CELLS", 1_000)
        return read_lines(data, name)


HOSTILE: list[tuple[str, Callable[[], bytes], Callable[[bytes, str], Incoming], str]] = [
    ("entities in entities", lambda: BILLION_LAUGHS.encode(), read_parc, "declares entities"),
    ("an entity of another file", lambda: OUTSIDE.encode("utf-16"), read_parc, "declares entities"),
    ("a bomb", bomb, read_parc, "unpacks to more than"),
    ("a bomb of JSON", bomb, read_json, "unpacks to more than"),
    ("a bomb in a bomb", lambda: gzip.compress(gzip.compress(b"<A/>")), read_parc, "UTF-8 nor UTF-16|no sound XML"),
    ("a cut packing", lambda: parc_file(parc_matrix(["A"], []))[:-9], read_parc, "damaged"),
    ("a broken packing", lambda: b"\x1f\x8b\x08\x00rubbish rubbish rubbish", read_parc, "damaged"),
    ("nested XML", deep_xml, read_parc, "nested deeper"),
    ("wide XML", wide_xml, read_parc, "holds more"),
    ("no text", lambda: bytes(range(128, 256)), read_parc, "neither UTF-8 nor UTF-16"),
    ("nothing", lambda: b"", read_parc, "no sound XML"),
    ("no JSON", lambda: b"{", read_json, "no sound JSON"),
    ("nothing for JSON", lambda: b"", read_json, "no sound JSON"),
    ("nested JSON", lambda: b"[" * 200_000, read_json, "nested deeper"),
    ("nested objects", lambda: b'{"a":' * 200_000, read_json, "nested deeper"),
    ("wide JSON", lambda: b"[" + b"0," * (4 * MAX_ELEMENTS + 1) + b"0]", read_json, "holds more"),
    ("another program's JSON", lambda: b'{"a": 1}', read_json, "none of these"),
    ("our own file", lambda: b'{"format": "ach-desk"}', read_json, "Open it instead"),
    ("matrices without end", lambda: b"<A>" + b"<MATRIX/>" * 50_000 + b"</A>", read_parc, "more than 1000 matrices"),
    ("hypotheses without end", lambda: one_matrix("<HYPOTHESIS/>"), read_parc, "1000 hypotheses"),
    ("items without end", lambda: many_notes(1_001), read_few_records, "more than 1000 items"),
    ("empty objects, line by line", lambda: BUNDLE + b"{},\n" * 400_000 + b"]}", read_lines, "holds more"),
    ("ratings without end", lambda: BUNDLE + OWN_RATING * 5_000 + b"]}", read_few_cells, "1000 cells"),
    ("STIX 2.0", lambda: b'{"type": "bundle", "spec_version": "2.0", "objects": []}', read_json, "Convert it"),
]


@pytest.mark.parametrize(("make", "read", "sentence"), [entry[1:] for entry in HOSTILE], ids=[e[0] for e in HOSTILE])
def test_it_is_refused_with_a_sentence_in_bounded_time_and_memory(
    make: Callable[[], bytes], read: Callable[[bytes, str], Incoming], sentence: str
) -> None:
    data = make()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    with pytest.raises(RefusedFileError, match=sentence) as refused:
        read(data, "evil.achz")
    assert "evil.achz" in str(refused.value)
    assert time.process_time() - begun < 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 600 * 1024  # KB


def test_a_document_type_elsewhere_is_not_looked_up() -> None:
    assert read_parc(OUTSIDE_TYPE.encode(), "x.ach").analysis is None  # a matrix with nothing in it


@pytest.mark.parametrize("number", ["1e999", "-1e999", "NaN", "Infinity", "9" * 5000, "-" + "9" * 400])
def test_a_number_that_is_no_ordinary_one_is_no_number(number: str) -> None:
    value = parsed_json(b'{"credibility": ' + number.encode() + b"}", "x")
    assert value == {"credibility": None} or isinstance(value["credibility"], float)


def test_odd_numbers_in_the_places_of_grades_do_no_harm() -> None:
    text = (
        json.dumps(ARKHAM_MIRROR).replace("0.9", "1e999").replace('"column_index": 1', '"column_index": ' + "9" * 400)
    )
    incoming = read_json(text.encode(), "x.json")
    assert incoming.analysis is not None
    assert next(iter(incoming.analysis.evidence.values())).credibility is None


def test_a_text_is_cut_cleaned_and_kept_otherwise() -> None:
    assert clean("a\ud800b\x07c\r\nd") == "a\ufffdbc\nd"
    assert len(clean("x" * 1_000_000)) == 200_000
    assert clean(["no", "text"]) == ""
    assert clean("  =1+1  ") == "=1+1"


def test_a_text_that_had_to_be_cut_is_named() -> None:
    item = ParcItem("x", ["C"], {"NOTES": "n" * 300_000})
    incoming = read_parc(parc_file(parc_matrix(["A"], [item])), "x.ach")
    assert incoming.analysis is not None
    assert len(next(iter(incoming.analysis.evidence.values())).note) == 200_000
    assert incoming.report.changed == ("E1: these texts were cut after 200000 characters: note.",)


def test_an_address_that_leads_elsewhere_stays_a_text() -> None:
    item = ParcItem("x", ["C"], {"LINK": "javascript:alert(1)"})
    incoming = read_parc(parc_file(parc_matrix(["A"], [item])), "x.ach")
    assert incoming.analysis is not None
    assert next(iter(incoming.analysis.evidence.values())).link == "javascript:alert(1)"
    event = json.loads(json.dumps(MISP))
    event["Event"]["Attribute"][1]["value"] = "file:///etc/passwd"
    event["Event"]["Attribute"][1]["category"] = "External analysis"
    read = read_json(json_bytes(event), "x.json")
    assert read.analysis is not None
    assert not any(item.link for item in read.analysis.evidence.values())


def own_bundle() -> object:
    """Return a bundle that this program wrote."""
    case = small_case(2, 2, rated=True)
    return json.loads(write_stix(case.analysis, case.matrix, case.analyst).data)


SAMPLES = [
    *(*OTHER_ACH_PROGRAMS, MISP, FOREIGN_STIX),
    own_bundle(),
]

odd = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=3,
)


def _places(value: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """Return the path of everything below a value."""
    if isinstance(value, dict):
        return [*([path] if path else []), *(p for key, part in value.items() for p in _places(part, (*path, key)))]
    if isinstance(value, list):
        return [*([path] if path else []), *(p for at, part in enumerate(value) for p in _places(part, (*path, at)))]
    return [path]


@given(st.data())
@settings(max_examples=200)
def test_whatever_stands_in_any_place_is_read_or_refused_and_can_be_saved_and_merged(data: st.DataObject) -> None:
    value = json.loads(json.dumps(data.draw(st.sampled_from(SAMPLES))))
    for _change in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(_places(value)))
        target = value
        for step in path[:-1]:
            target = target[step]
        if isinstance(target, list) and data.draw(st.booleans()):
            target.append(target[path[-1]])  # what stands twice
        else:
            target[path[-1]] = data.draw(odd)
    try:
        incoming = read_json(json_bytes(value), "odd.json")
    except RefusedFileError:
        return
    if incoming.analysis is not None:
        assert decode(encode(incoming.analysis), "odd").problems == ()
        case = small_case(1, 1, rated=True)
        into = case.matrix if goes_into_a_matrix(incoming.analysis) else None
        command = merge(case.analysis, incoming.analysis, into, case.analyst).command
        if not command.is_no_op:
            do_undo_redo(case.analysis, command, lambda: None)
        assert problems(case.analysis) == []
