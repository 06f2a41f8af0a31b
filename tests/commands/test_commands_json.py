"""Every command survives JSON: the recovery journal is nothing else."""

from __future__ import annotations

import json

import pytest
from helpers.analyses import Case, small_case, state_of
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ach_desk.commands import Command, Composite, command_from_json, edits
from ach_desk.model import Level, RatingValue

_STRANGE = "=SUM(A1) \u202eעברית\u202c 漢字 😀 \x00\x07\u2028 'quoted' \ud800"


def _commands(case: Case) -> dict[str, Command]:
    """Return a command of every builder, with values of every type that a field can have."""
    analysis, matrix, analyst = case.analysis, case.matrix, case.analyst
    edits.add_source(analysis, "One", [case.e(1)])[0].apply(analysis)
    source = next(iter(analysis.sources))
    whole = [{"title": "Both", "combines": [case.h(1), case.h(2)], "odd": {"kept": [1, None]}}]
    edits.add_hypotheses(analysis, matrix, whole).apply(analysis)
    edits.move(matrix, "evidence", [case.e(4)], 0).apply(analysis)
    cell = [(case.e(1), case.h(1))]
    edits.annotate(matrix, analyst, cell, rationale=f"E4 {_STRANGE}", confidence=Level.LOW).apply(analysis)
    citations = [{"source": source, "page": "3"}]
    return {
        "rate": edits.rate(analysis, matrix, analyst, cell, RatingValue.NOT_APPLICABLE),
        "clear": edits.rate(analysis, matrix, analyst, [(case.e(2), case.h(2))], None),
        "annotate": edits.annotate(matrix, analyst, cell, rationale=_STRANGE),
        "text": edits.set_field(analysis, "evidence", [case.e(1)], "detail", _STRANGE),
        "level": edits.set_field(analysis, "evidence", matrix.evidence, "credibility", Level.HIGH),
        "date": edits.set_field(analysis, "evidence", [case.e(1)], "event_date", "2023-06"),
        "flag": edits.set_field(analysis, "evidence", [case.e(1)], "flag", True),
        "tags": edits.set_field(analysis, "evidence", [case.e(1)], "tags", ["a", "b"]),
        "citations": edits.set_field(analysis, "evidence", [case.e(1)], "citations", citations),
        "authors": edits.set_field(analysis, "analysis", [analysis.id], "authors", ["A", "B"]),
        "matrix": edits.set_field(analysis, "matrix", [matrix.id], "name", "Another"),
        "fields": edits.set_fields(analysis, "hypothesis", case.h(1), {"title": "x", "colour": "#102030"}, "Edit"),
        "aside": edits.set_aside(analysis, [case.e(1)], "why"),
        "reject": edits.reject(analysis, [case.h(1)], "why"),
        "add hypotheses": edits.add_hypotheses(analysis, matrix, [{"title": _STRANGE}], at=0),
        "add items": edits.add_items(analysis, matrix, [{"title": "x"}, {"title": "y", "relevance": "low"}]),
        "add source": edits.add_source(analysis, "Two", [case.e(1), case.e(2)])[0],
        "set citations": edits.set_citations(analysis, case.e(2), [source]),
        "remove hypothesis": edits.remove(analysis, "hypothesis", [case.h(2)]),
        "remove items": edits.remove(analysis, "evidence", matrix.evidence),
        "remove source": edits.remove(analysis, "source", [source]),
        "move": edits.move(matrix, "hypothesis", [case.h(3)], 0),
        "renumber": edits.renumber_everything(analysis, matrix),
        "nested": Composite(commands=(edits.renumber_everything(analysis, matrix),), text="x"),
    }


@pytest.mark.parametrize("name", _commands(small_case(rated=True)))
def test_a_command_reads_itself_back_and_does_the_same(name: str) -> None:
    case = small_case(rated=True)
    command = _commands(case)[name]
    assert not command.is_no_op
    assert command_from_json(command.to_json()) == command
    read = command_from_json(json.loads(json.dumps(command.to_json())))
    assert read == command
    before = state_of(case.analysis)
    twin = case.analysis.snapshot()
    command.apply(case.analysis)
    read.apply(twin)
    assert state_of(twin) == state_of(case.analysis) != before
    read.revert(twin)
    assert state_of(twin) == before


@given(st.text())
def test_any_text_survives(text: str) -> None:
    case = small_case(1, 1)
    command = edits.set_field(case.analysis, "evidence", [case.e(1)], "title", f"x{text}")
    assert command_from_json(json.loads(json.dumps(command.to_json()))) == command
    reason = edits.annotate(case.matrix, case.analyst, [(case.e(1), case.h(1))], rationale=f"x{text}")
    assert command_from_json(json.loads(json.dumps(reason.to_json()))) == reason


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"type": "explode"},
        {"type": "set_ratings", "matrix": "m"},
        {"type": "set_ratings", "matrix": "m", "analyst": "a", "cells": [["e", "h", None, {"value": "X"}]]},
        {"type": "set_fields", "changes": [["evidence", "e", "flag", False, "perhaps"]]},
        {"type": "composite", "commands": [{"type": "explode"}]},
    ],
)
def test_what_is_no_command_is_refused(data: object) -> None:
    with pytest.raises(ValidationError):
        command_from_json(data)


@pytest.mark.parametrize("change", [["planet", "e", "flag", False, True], ["evidence", "e", "hair", "", "red"]])
def test_a_field_that_does_not_exist_is_refused(change: list[object]) -> None:
    with pytest.raises(KeyError):
        command_from_json({"type": "set_fields", "changes": [change]})
