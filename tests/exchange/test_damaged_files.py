"""Files that were damaged anywhere: refused with a sentence, or read as what can be saved and opened again."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from collections.abc import Callable

import pytest
from helpers.sheets import full_case, inline_rows, xlsx, zipped
from hypothesis import given, settings
from hypothesis import strategies as st

from ach_desk.exchange.formats import Incoming, RefusedFileError
from ach_desk.exchange.json_files import read_json
from ach_desk.exchange.parc import read_parc
from ach_desk.exchange.parc_out import write_parc
from ach_desk.exchange.sheet_analysis import rating_of, usable_fields
from ach_desk.exchange.sheet_files import read_book, read_sheet_file
from ach_desk.exchange.sheet_out import write_csv, write_ods, write_xlsx
from ach_desk.exchange.stix_lines import read_lines
from ach_desk.exchange.stix_out import write_stix
from ach_desk.exchange.text_list import read_list
from ach_desk.model import EvidenceItem, RatingValue
from ach_desk.storage.codec import decode, encode

PIECES = [
    *(
        b"<",
        b">",
        b"&",
        b'"',
        b"\0",
        b"\xff",
        b"-1",
        b"0",
        b"999999999999",
        b"NaN",
        b"1e400",
        b"]]>",
        b"<!--",
        b"<?x?>",
    ),
    *(b"<!DOCTYPE a>", b"", b"true", b"{}", b"[]", b"null", b'"x"', b"\xe2\x80\xae", b"\xed\xa0\x80", b"A0", b"ZZZ1"),
    *(b"\t", b"\r", b"=1", b"encoding='utf-7'"),
]


File = tuple[str, bytes, Callable[[bytes, str], Incoming]]


def sound() -> list[File]:
    """Return (name, bytes, reader) of a sound file of each kind."""
    case = full_case()
    given = case.analysis, case.matrix, case.analyst
    foreign = xlsx(("A", inline_rows(["Evidence", "Coup"], ["Tanks", "C"])))
    return [
        ("own.xlsx", write_xlsx(*given).data, read_sheet_file),
        ("own.ods", write_ods(*given).data, read_sheet_file),
        ("own.csv", write_csv(*given).data, read_sheet_file),
        ("other.xlsx", foreign, read_sheet_file),
        ("x.achz", gzip.decompress(write_parc(*given).data), read_parc),
        ("list.txt", b"- Tanks\n- Calls\n", read_list),
        ("x.stix.json", write_stix(*given).data, read_json),
        ("large.stix.json", write_stix(*given).data, read_lines),
    ]


SOUND = sound()


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with some of them changed, taken away or repeated, and values in quotation marks replaced."""
    out = bytearray(data)
    for _change in range(chance.randint(1, 6)):
        if not out:
            break
        at, kind = chance.randrange(len(out)), chance.random()
        first = out.find(b'"', at)
        last = out.find(b'"', first + 1)
        if kind < 0.3 and 0 <= first < last:
            out[first + 1 : last] = chance.choice(PIECES)
        elif kind < 0.55:
            out[at : at + chance.randint(0, 8)] = chance.choice(PIECES)
        elif kind < 0.7:
            del out[at : at + chance.randint(1, 60)]
        elif kind < 0.85:
            other = chance.randrange(len(out))
            out[at:at] = out[other : other + chance.randint(1, 200)]
        else:
            out[at] = chance.randrange(256)
    return bytes(out)


def damaged_file(data: bytes, chance: random.Random) -> bytes:
    """Return a file with damage in it; of a zipped one mostly in a part, so that the damage is read."""
    if not data.startswith(b"PK") or chance.random() < 0.1:
        return damaged(data, chance)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        hit = chance.choice([name for name in old.namelist() if name.endswith(".xml")])
        for name in old.namelist():
            new.writestr(name, damaged(old.read(name), chance) if name == hit else old.read(name))
    return out.getvalue()


@given(st.sampled_from(SOUND), st.integers(0, 2**32))
@settings(max_examples=400, deadline=None)
def test_damage_anywhere_is_refused_or_read(
    file: tuple[str, bytes, Callable[[bytes, str], Incoming]], seed: int
) -> None:
    name, data, read = file
    try:
        incoming = read(damaged_file(data, random.Random(seed)), name)
    except RefusedFileError:
        return
    if incoming.analysis is not None:
        found = [problem.text for problem in decode(encode(incoming.analysis), "again").problems]
        assert set(found) <= set(incoming.report.skipped), "what is not sound is said"


def test_a_cell_in_a_row_that_there_is_not_is_read_in_the_first() -> None:
    rows = '<c r="A0" t="inlineStr"><is><t>Evidence</t></is></c><c t="inlineStr"><is><t>Coup</t></is></c>'
    book = read_book(xlsx(("A", rows)), "m.xlsx")
    assert book.sheets[0].rows == [["Evidence", "Coup"]]


@pytest.mark.parametrize("encoding", ["utf-7", "ZZZ1", "big5"])
def test_an_encoding_that_no_such_document_has_is_refused(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><a/>'
    with pytest.raises(RefusedFileError, match="damaged"):
        read_book(zipped({"content.xml": text}), "x.ods")


def test_an_archive_that_points_before_its_beginning_is_refused() -> None:
    data = xlsx(("A", inline_rows(["Evidence", "Coup"], ["Tanks", "C"])))
    with pytest.raises(RefusedFileError, match="damaged"):
        read_book(data[140:], "x.xlsx")


def test_what_somebody_changed_in_a_workbook_of_ours_so_that_it_cannot_be_is_named_and_the_rest_kept() -> None:
    case = full_case()
    case.analysis.as_of = "2023-06"
    parts = {}
    with zipfile.ZipFile(io.BytesIO(write_xlsx(case.analysis, case.matrix, case.analyst).data)) as package:
        for name in package.namelist():
            text = package.read(name).decode()
            parts[name] = text.replace(">2023-06<", ">last summer<").replace(">high<", ">very high<")
    incoming = read_sheet_file(zipped(parts), "edited.xlsx")
    assert incoming.analysis is not None
    assert decode(encode(incoming.analysis), "again").problems == ()
    assert incoming.analysis.as_of is None
    assert any("as_of: “last summer”" in line for line in incoming.report.changed)
    kept = {rating.rationale for *_cell, rating in incoming.analysis.rating_cells()}
    assert kept >= {rating.rationale for *_cell, rating in case.analysis.rating_cells()} - {""}


def test_a_bundle_that_lost_a_source_says_so() -> None:
    case = full_case()
    lines = write_stix(case.analysis, case.matrix, case.analyst).data.splitlines(keepends=True)
    lines = [line for line in lines if b'"kind":"source"' not in line]
    incoming = read_json(b"".join(lines), "x.stix.json")
    assert incoming.analysis is not None
    assert decode(encode(incoming.analysis), "again").problems == ()
    assert any("a source that is not in the file" in line for line in incoming.report.skipped)


def test_what_a_merge_cannot_use_is_named_with_its_place() -> None:
    changed: list[str] = []
    fields = usable_fields(EvidenceItem, {"event_date": "never", "note": "kept"}, "B2", changed)
    assert fields == {"note": "kept"}
    further = {"confidence": "very high", "rationale": "kept"}
    rating = rating_of(RatingValue.NEUTRAL, further, "B3", changed)
    assert (rating.value, rating.rationale, rating.confidence) == (RatingValue.NEUTRAL, "kept", None)
    assert [line[:4] for line in changed] == ["B2: ", "B3: "]
    assert [line.rpartition(": ")[2] for line in changed] == ["event_date.", "confidence."]
