"""Markings: what can be ordered, what cannot, and tags with a scheme."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ach_desk.model.marking import STEPS, Ladder, covers, highest, joined, parse, side_by_side
from ach_desk.model.tags import is_malformed, scheme_of, with_scheme

every_step = [step for steps in STEPS.values() for step in steps]
markings = st.one_of(
    st.sampled_from(every_step),
    st.tuples(st.sampled_from(STEPS[Ladder.CLASSIFICATION]), st.sampled_from(["NOFORN", "ORCON"])).map("//".join),
    st.sampled_from(["VS-NfD", "", "internal"]),
)


@pytest.mark.parametrize(
    ("text", "ladder", "written"),
    [
        ("TLP:AMBER", Ladder.TLP, "TLP:AMBER"),
        ("tlp: amber + strict", Ladder.TLP, "TLP:AMBER+STRICT"),
        ("TLP WHITE", Ladder.TLP, "TLP:CLEAR"),
        ("Top  Secret // NOFORN // rel to x", Ladder.CLASSIFICATION, "TOP SECRET//NOFORN//rel to x"),
        ("VS-NfD", None, "VS-NfD"),
        ("SECRET SAUCE", None, "SECRET SAUCE"),
        ("TLP:BLUE", None, "TLP:BLUE"),
        ("UNCLASSIFIED ", Ladder.CLASSIFICATION, "UNCLASSIFIED"),
    ],
)
def test_a_marking_is_read(text: str, ladder: Ladder | None, written: str) -> None:
    assert parse(text).ladder is ladder
    assert joined(parse(text)) == written


@pytest.mark.parametrize(
    ("document", "item", "stands"),
    [
        ("TLP:RED", "TLP:AMBER", True),
        ("TLP:AMBER", "TLP:AMBER+STRICT", False),
        ("", "TLP:CLEAR", False),
        ("TLP:RED", "SECRET", None),
        ("", "VS-NfD", None),
        ("VS-NfD", "vs-nfd", True),
        ("TOP SECRET", "SECRET//NOFORN", False),
        ("TOP SECRET//NOFORN", "SECRET//noforn", True),
        ("SECRET; TLP:AMBER", "TLP:GREEN", True),
        ("SECRET; TLP:AMBER", "TLP:RED", False),
        ("UNCLASSIFIED", "CLASSIFIED", None),
        ("anything", "", True),
    ],
)
def test_a_document_covers_an_item_or_not_or_nobody_can_say(document: str, item: str, stands: bool | None) -> None:
    assert covers(document, item) is stands


@given(st.lists(markings, max_size=5))
def test_the_highest_covers_all_of_them(texts: list[str]) -> None:
    top = highest(texts)
    if top is not None:
        assert all(covers(top, text) for text in texts)
    assert all(covers(side_by_side(texts), text) for text in texts)


def test_the_highest_carries_the_caveats_of_all() -> None:
    assert highest(["SECRET//NOFORN", "TOP SECRET//ORCON", "secret//noforn"]) == "TOP SECRET//ORCON//NOFORN"
    assert highest(["TLP:GREEN", "", "TLP:CLEAR"]) == "TLP:GREEN"
    assert highest(["", " "]) == ""


def test_what_has_no_order_has_no_highest() -> None:
    assert highest(["TLP:RED", "SECRET"]) is None
    assert highest(["VS-NfD", "SECRET"]) is None
    assert side_by_side(["TLP:RED", "SECRET", "TLP:GREEN", "VS-NfD"]) == "TLP:RED; SECRET; VS-NfD"


@pytest.mark.parametrize(
    "tag",
    [
        *("attack:T1059", "attack:T1059.001", "ATTACK:TA0002", "attack:G0016", "attack:S0154", "attack:M1042"),
        *("attack:C0024", "attack:DS0017", "air", "other:x", "T1059", "http://x"),
    ],
)
def test_a_tag_of_a_known_form_is_well_formed(tag: str) -> None:
    assert not is_malformed(tag)


@pytest.mark.parametrize(
    "tag", ["attack:T1059.1", "attack:T59", "attack:t1059", "attack:powershell", "attack: X1", "attack:T1059.001.002"]
)
def test_a_tag_that_names_attack_must_have_its_form(tag: str) -> None:
    assert is_malformed(tag)


def test_a_bare_id_is_offered_its_scheme() -> None:
    assert with_scheme("T1059.001") == "attack:T1059.001"
    assert with_scheme("ta0002") == "attack:TA0002"
    assert with_scheme("T10") is None
    assert with_scheme("attack:T1059") is None
    assert scheme_of("Attack: T1059") == ("attack", "T1059")
    assert scheme_of("https://example.org") == ("", "https://example.org")
