"""Hostile files of what stands behind the rows: each command of the command line ends, and the file keeps it all."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ach_desk.app.cli import main
from ach_desk.storage.codec import decode, encode

Document = dict[str, Any]

MARKUP = "<b>x</b><a href='javascript:1'>y</a> #read(\"/etc/passwd\") {0} %s =1+1 a\u202eb\x00\x7f\ud83d"
ITEMS, HYPOTHESES = 6, 3


def _document() -> Document:
    items, hypotheses = range(1, ITEMS + 1), range(1, HYPOTHESES + 1)
    ratings = {f"e{row}": {f"h{column}": {"value": "CINII"[row % 4]} for column in hypotheses} for row in items}
    matrix = {"id": "m", "hypotheses": [f"h{n}" for n in hypotheses], "evidence": [f"e{n}" for n in items]}
    return {
        "format": "ach-desk",
        "version": 3,
        "id": "a",
        "question": "Q?",
        "hypotheses": [{"id": f"h{n}", "label": f"H{n}", "title": f"Hypothesis {n}"} for n in hypotheses],
        "evidence": [
            {"id": f"e{n}", "label": f"E{n}", "title": f"Item {n}", "citations": [{"source": "s"}]} for n in items
        ],
        "sources": [{"id": "s", "label": "S1", "name": "Ann"}],
        "analysts": [{"id": "p", "name": "P"}],
        "matrices": [{**matrix, "sheets": [{"analyst": "p", "ratings": ratings}]}],
    }


def _rings(document: Document) -> None:
    for place, item in enumerate(document["evidence"]):
        item |= {"kind": "assumption", "rests_on": [f"e{(place + 1) % ITEMS + 1}", item["id"], "gone"] * 50}
    scenario = {"id": "c", "matrix": "m", "name": MARKUP, "assumptions_false": ["e1", "gone", "h1"]}
    document["scenarios"] = [scenario]


def _twins(document: Document) -> None:
    twins = ("e1", "e3", "e4", "e2", "e6", "gone")  # one of itself, a ring of three, one-sided, one of nothing
    for item, twin, reading in zip(document["evidence"], twins, ("as true", "as deceptive") * 3, strict=True):
        item |= {"twin": twin, "reading": reading}


def _groups(document: Document) -> None:
    many = [{"id": f"g{n}", "name": "", "items": ["e1", "e1", "gone", "e2"]} for n in range(3_000)]
    document["groups"] = [*many, {"id": "h", "name": MARKUP, "items": ["e3", "e4", "h1"]}]


def _gone(document: Document) -> None:
    likely = [{"hypothesis": entry, "word": MARKUP, "low": 90, "high": 10} for entry in ("gone", "h1", "h1")]
    terms = [{"word": MARKUP, "low": 80, "high": 20}, {"word": "", "low": 0, "high": 0}]
    conclusion = {"answer": MARKUP, "scale": "own", "own_terms": terms, "likelihoods": likely, "by": "gone"}
    document["conclusions"] = [{"id": f"q{n}", "matrix": ("gone", "m", "m")[n], **conclusion} for n in range(3)]
    document["outcomes"] = [{"id": "o", "matrix": "m", "true": ["gone", "h1", "h1"], "none_of_them": True}]
    bearings = [{"hypothesis": "gone", "value": "C"}, {"hypothesis": "h1", "value": "II"}]
    document["indicators"] = [{"id": "i", "text": MARKUP, "bearings": bearings, "item": "gone", "state": "observed"}]
    document["expectations"] = [{"id": "x", "hypothesis": "gone", "text": "", "made": "item", "record": "gone"}]
    aside = {"matrix": "m", "code": "tie", "reason": MARKUP, "time": "0001-01-01T00:00:00Z", "evidence": ["gone"]}
    document["findings_set_aside"] = [{"id": f"f{n}", **aside} for n in range(2_000)]
    document["evidence"][0]["citations"] = [{"source": "gone"}, *[{"source": "s", "retracted": True}] * 2_000]


def _dates(document: Document) -> None:
    dates = ("0001", "9999-12-31", "0001-01-01", "9999", "2023-06", "2023")
    for item, date in zip(document["evidence"], dates, strict=True):
        item |= {"event_date": date, "event_end": "0001", "learned_date": "9999-12-31", "event_words": "1 " * 100_000}


def _files_and_texts(document: Document) -> None:
    paths = ("/etc/passwd", "../x", "..\\x", "C:\\x", "a\x00b", "x" * 100_000, "/dev/zero", "", ".git/config")
    for item in document["evidence"]:
        item |= {"attachments": [{"path": path, "size": 10**30} for path in paths], "tags": [MARKUP, "x" * 200_000]}
        item |= dict.fromkeys(("title", "detail", "quotation", "link", "heading", "marking", "suspect_reason"), MARKUP)
    document["marking"] = document["sources"][0]["name"] = MARKUP


@pytest.mark.parametrize("spoil", [_rings, _twins, _groups, _gone, _dates, _files_and_texts])
def test_every_command_ends_with_a_sentence_and_the_file_keeps_everything(
    spoil: Callable[[Document], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = _document()
    spoil(document)
    file = tmp_path / "case.ach.json"
    file.write_text(json.dumps(document), encoding="ascii")
    data = encode(decode(file.read_bytes(), file.name).analysis)
    assert encode(decode(data, file.name).analysis) == data
    again = json.loads(data)
    for kind in ("groups", "conclusions", "outcomes", "indicators", "expectations", "findings_set_aside"):
        assert len(again.get(kind, [])) == len(document.get(kind, []))
    out = str(tmp_path / "out")
    for command in (
        ["score", str(file)],
        ["score", "--json", str(file)],
        ["validate", "--findings", str(file)],
        ["export", str(file), "-o", f"{out}.csv"],
        ["pack", str(file), "-o", f"{out}.ach.zip"],
        ["unpack", f"{out}.ach.zip", "-o", out],
        ["record", str(tmp_path)],
    ):
        assert main(command) in (0, 1), command
        assert "defect" not in capsys.readouterr().err, command
    assert os.listdir(out) == ["out.ach.json"]
    assert (Path(out) / "out.ach.json").read_bytes() == data
