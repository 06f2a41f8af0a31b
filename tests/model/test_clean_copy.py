"""A clean copy: what was taken out is nowhere in the bytes of the file, the rest is as it was and scores the same."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from helpers.source import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from ach_desk import paths
from ach_desk.app.cli_of_files import PARTS
from ach_desk.model import Analysis
from ach_desk.model.clean_copy import Cleaning, Part, cleaned, part_word
from ach_desk.model.clean_found import found, secret_names, still_named
from ach_desk.scoring import assess
from ach_desk.storage.codec import decode, encode

SECRETS: dict[Part, dict[str, dict[str, Any]]] = {
    Part.NOTES: {
        "hypotheses": {"note": "secret-note-1"},
        "evidence": {"note": "secret-note-2"},
        "sources": {"note": "secret-note-3"},
        "matrices": {"note": "secret-note-4"},
        "scenarios": {"note": "secret-note-5"},
        "groups": {"note": "secret-note-6"},
        "expectations": {"note": "secret-note-7"},
        "indicators": {"note": "secret-note-8"},
    },
    Part.NAMES: {
        "analysts": {"name": "secret-name-1", "initials": "zqx", "role": "secret-name-2", "time_zone": "Asia/Zqx"},
        "indicators": {"owner": "secret-name-3"},
        "challenges": {"by": "secret-name-4", "answered_by": "secret-name-5"},
        "remarks": {"by": "secret-name-6", "resolved_by": "secret-name-7"},
        "findings_set_aside": {"by": "secret-name-8"},
        "cases": {"by": "secret-name-9"},
    },
    Part.REMARKS: {
        "remarks": {"text": "secret-remark-1"},
        "challenges": {"text": "secret-remark-2", "answer": "secret-remark-3"},
        "cases": {"text": "secret-remark-4"},
    },
    Part.ASIDE: {"findings_set_aside": {"text": "secret-aside-1", "reason": "secret-aside-2"}},
    Part.ESTIMATES: {"rounds": {"name": "secret-round-1"}, "estimates": {"probability": 0.123457}},
    Part.HISTORY: {"snapshots": {"name": "secret-history-1", "headline": "secret-history-2"}},
}
"""Part -> list of the file -> fields that are put into each of its records."""

OF_STATE: dict[Part, list[tuple[str, str, str, dict[str, Any]]]] = {
    Part.REJECTED: [
        ("hypotheses", "status", "rejected", {"title": "secret-rejected-1", "statement": "secret-rejected-2"})
    ],
    Part.ASIDE: [
        ("evidence", "status", "set aside", {"title": "secret-aside-3", "detail": "secret-aside-4"}),
        ("evidence", "status", "unsorted", {"title": "secret-aside-5"}),
    ],
}
WITHHELD = {"name": "secret-source-1", "link": "https://secret-source-2.example", "access": "secret-source-3"}
PATH = {"path": "files/secret-path-1.png", "sha256": "ab" * 32, "size": 3}


def _file() -> dict[str, Any]:
    """Return the sample of every field with a word of its own in each place that a part has."""
    data = json.loads((ROOT / "tests" / "data" / "format-4-sample.ach.json").read_text(encoding="utf-8"))
    for lists in SECRETS.values():
        for name, fields in lists.items():
            for record in data[name]:
                record |= fields
    for entries in OF_STATE.values():
        for name, field, value, fields in entries:
            for record in data[name]:
                if record.get(field) == value:
                    record |= fields
    for source in data["sources"]:
        if source.get("withheld"):
            source |= WITHHELD
    data["evidence"][0] |= {"attachments": [PATH], "link": "file:///secret-path-2/x.pdf"}
    data["handover"]["text"] = "secret-note-9"
    data["hypothesis_check"][0]["note"] = data["deception_check"][0]["note"] = "secret-note-10"
    data["authors"] = ["secret-name-10"]
    data["x_later"] = "secret-unknown-1"
    data["evidence"][0]["x_item"] = {"deep": ["secret-unknown-2"]}
    data["expectations"].append({"id": "x-gone", "hypothesis": "h-gone", "text": "secret-rejected-3"})
    return data


def _analysis() -> Analysis:
    return decode(json.dumps(_file()).encode(), "secrets").analysis


def _words(part: Part) -> list[str]:
    """Return the words of a part that the file has."""
    words = {
        Part.REJECTED: "secret-rejected",
        Part.ASIDE: "secret-aside",
        Part.SOURCES: "secret-source",
        Part.PATHS: "secret-path",
        Part.UNKNOWN: "secret-unknown",
        Part.ESTIMATES: "secret-round",
    }.get(part, f"secret-{part.value.rstrip('s')}")
    text = json.dumps(_file())
    return sorted({word for word in text.replace('"', " ").replace("/", " ").split() if word.startswith(words)})


def test_the_file_has_a_word_for_every_part() -> None:
    for part in Part:
        assert _words(part), part
        assert found(_analysis(), part), part
        assert part_word(part)


def test_nothing_that_was_taken_out_is_in_the_bytes() -> None:
    copy = encode(cleaned(_analysis(), Cleaning())).decode()
    assert "secret" not in copy.lower()
    for gone in ("Zqx", "zqx", "0.123457", "abababab", "t-1"):
        assert gone not in copy
    assert "a neighbour" in copy  # the public description of the withheld source


@pytest.mark.parametrize("part", Part)
def test_each_part_goes_by_itself_and_with_it_the_history(part: Part) -> None:
    copy = encode(cleaned(_analysis(), Cleaning(frozenset([part])))).decode()
    assert not [word for word in (*_words(part), *_words(Part.HISTORY)) if word in copy]
    if part is not Part.HISTORY:
        others = [one for one in Part if one not in (part, Part.HISTORY)]
        kept = {one: [word for word in _words(one) if word in copy] for one in others}
        assert all(kept[one] for one in others if one not in (Part.REMARKS,)), kept


def test_with_nothing_ticked_the_copy_is_the_file() -> None:
    analysis = _analysis()
    assert encode(cleaned(analysis, Cleaning(frozenset()))) == encode(analysis)


def test_the_analysis_itself_is_not_touched() -> None:
    analysis = _analysis()
    before = encode(analysis)
    cleaned(analysis, Cleaning(new_ids=True))
    assert encode(analysis) == before


def test_the_copy_opens_without_a_problem_and_again_gives_itself() -> None:
    copy = encode(cleaned(_analysis(), Cleaning()))
    loaded = decode(copy, "copy")
    assert not loaded.problems
    assert encode(loaded.analysis) == copy
    assert encode(cleaned(loaded.analysis, Cleaning())) == copy


def _standing(analysis: Analysis) -> list[list[tuple[str, float, int]]]:
    """Return label, score (to the ninth place) and rank of each hypothesis not rejected, by matrix and analyst."""
    told = []
    for matrix in analysis.matrices:
        for analyst in analysis.analysts:
            found_now = assess(analysis, matrix, analyst)
            score, rank = found_now.standing.weighted_inconsistency, found_now.standing.rank
            told.append(
                [
                    (entry.label, round(float(score[column]), 9), int(rank[column]))
                    for column, entry in enumerate(found_now.hypotheses)
                    if entry.is_active
                ]
            )
    return told


@given(parts=st.frozensets(st.sampled_from(list(Part))), new_ids=st.booleans())
@settings(deadline=None, max_examples=40)
def test_scores_and_ranks_stay_whatever_goes(parts: frozenset[Part], new_ids: bool) -> None:
    for name in ("russia-june-2023.ach.json", "heuer-iraq-1993.ach.json"):
        analysis = _seed(name)
        copy = decode(encode(cleaned(analysis, Cleaning(parts, new_ids))), name).analysis
        assert _standing(copy) == _standing(analysis)


_seeds: dict[str, bytes] = {}


def _seed(name: str) -> Analysis:
    if name not in _seeds:
        _seeds[name] = (paths.seeds() / name).read_bytes()
    return decode(_seeds[name], name).analysis


def test_diagnosticity_stays_where_no_hypothesis_is_rejected() -> None:
    analysis = _seed("russia-june-2023.ach.json")
    copy = cleaned(analysis, Cleaning())
    before, after = (assess(entry, entry.matrices[0], next(iter(entry.analysts))) for entry in (analysis, copy))
    counted = [row for row, item in enumerate(before.items) if item.is_counted]
    np.testing.assert_array_equal(before.standing.diagnosticity[counted], after.standing.diagnosticity)


def test_renewed_ids_share_nothing_with_the_original() -> None:
    analysis = _seed("russia-june-2023.ach.json")
    copy = cleaned(analysis, Cleaning(new_ids=True))
    text = encode(copy).decode()
    ids = {analysis.id, *(matrix.id for matrix in analysis.matrices), *analysis.hypotheses, *analysis.evidence}
    assert not [entry for entry in ids if entry in text]
    assert [entry.label for entry in copy.hypotheses.values()] == [
        entry.label for entry in analysis.hypotheses.values() if entry.is_active
    ]


def test_names_in_texts_are_pointed_out() -> None:
    data = _file()
    data["evidence"][0]["detail"] = "Told by Secret-Name-1 in the room; secret-name-1x is another word."
    analysis = decode(json.dumps(data).encode(), "named").analysis
    copy = cleaned(analysis, Cleaning())
    assert still_named(copy, secret_names(analysis, Cleaning())) == [("secret-name-1", "E1")]
    keep = Cleaning(frozenset(Part) - {Part.NAMES})
    assert "secret-name-1" not in secret_names(analysis, keep)


def test_the_command_line_knows_every_part() -> None:
    assert list(PARTS) == [part.value for part in Part]
