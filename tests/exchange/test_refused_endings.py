"""Every ending that is not read or not written is refused with the reason and with what serves instead."""

from __future__ import annotations

from itertools import product

import pytest

from ach_desk.exchange.formats import FORMATS, endings
from ach_desk.exchange.refused_endings import OWN_ENDING, refusal


@pytest.mark.parametrize(
    ("ending", "word"),
    [
        (".ach", "not publicly known"),
        (".json", "STIX"),
        (".pdf", "ach report"),
        (".docx", "ach report"),
        (".html", "ach report"),
        (".pptx", "ach report"),
        (".md", "ach report"),
        (".svg", "ach chart"),
        (".png", "ach chart"),
        (".xlsm", "no macros"),
        (".xls", ".xlsx"),
        (".ach.zip", "ach pack"),
        (".odd", "one of these endings"),
        ("", "one of these endings"),
    ],
)
def test_what_is_not_written_says_why(ending: str, word: str) -> None:
    said = refusal(f"out{ending}", written=True)
    assert word in said
    assert said.startswith(f"out{ending}: ")


@pytest.mark.parametrize(
    ("ending", "word"),
    [(".pdf", "does not hold it"), (".png", "does not hold it"), (".xls", "save it as"), (".ach.zip", "ach unpack")],
)
def test_what_is_not_read_says_why(ending: str, word: str) -> None:
    assert word in refusal(f"in{ending}", written=False)


def test_every_pair_of_known_endings_is_converted_or_says_why() -> None:
    known = {OWN_ENDING, *(entry.ending for entry in FORMATS)}
    assert known == {*endings(written=False), *endings(written=True), OWN_ENDING}
    for ending, written in product(sorted(known), (True, False)):
        can = ending == OWN_ENDING or ending in endings(written=written)
        said = refusal(f"CASE{ending.upper()}", written=written)
        assert (said == "") is can
        if not can:
            assert len(said) > len(refusal("x.odd", written=written)), f"{ending} is refused without a reason"
