"""Expectations and indicators: written down, made items, watched for, seen or not seen. One step for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ach_desk.commands import edits
from ach_desk.commands.additions import Additions, additions
from ach_desk.commands.command import AddRecords, Command, PlacedRecord, collection_of, combined
from ach_desk.i18n import _
from ach_desk.model import (
    Analysis,
    Bearing,
    EvidenceKind,
    Expectation,
    ExpectationKind,
    Indicator,
    IndicatorState,
    Matrix,
    RatingValue,
    new_id,
    now,
)
from ach_desk.model.change_words import shortened


def expect(analysis: Analysis, hypothesis: str, text: str) -> AddRecords:
    """Return the command that writes down what should be seen if a hypothesis (an id) were true."""
    record = Expectation(id=new_id(), hypothesis=hypothesis, text=text, created=now())
    words = _("Expected under {hypothesis}: {text}")
    label = analysis.hypotheses[hypothesis].label
    return _adding(analysis, "expectation", record, words.format(hypothesis=label, text=shortened(text)))


def make_item(analysis: Analysis, matrix: Matrix, expectation: str) -> Command:
    """Return the command that makes an expectation (an id) an unrated item of the matrix."""
    found = analysis.expectations[expectation]
    fields = {"title": found.text}
    return _made_item(analysis, matrix, found, ExpectationKind.ITEM, fields, _("Make it an item: {text}"))


def make_absence(analysis: Analysis, matrix: Matrix, expectation: str) -> Command:
    """Return the command that makes an expectation (an id) an item which says that it was looked for and not seen."""
    found = analysis.expectations[expectation]
    hypothesis = analysis.hypotheses.get(found.hypothesis)
    detail = _("To be expected under {hypothesis}; looked for and not seen.")
    fields = _absence(found.text, detail.format(hypothesis=hypothesis.label) if hypothesis is not None else "")
    return _made_item(analysis, matrix, found, ExpectationKind.ABSENCE, fields, _("Note as not seen: {text}"))


def make_indicator(analysis: Analysis, expectation: str) -> Command:
    """Return the command that makes an expectation (an id) an indicator. How it would be rated is left to judge."""
    found = analysis.expectations[expectation]
    adding = watch(analysis, found.text)
    link = {"made": ExpectationKind.INDICATOR, "record": added_id(adding)}
    linking = edits.set_fields(analysis, "expectation", expectation, link, "")
    return combined([adding, linking], _("Watch for it: {text}").format(text=shortened(found.text)))


def watch(analysis: Analysis, text: str, **fields: Any) -> AddRecords:
    """Return the command that adds an indicator; `fields` are those of `Indicator`."""
    record = Indicator(id=new_id(), text=text, created=now(), **fields)
    return _adding(analysis, "indicator", record, _("New indicator: {text}").format(text=shortened(text)))


def added_id(command: AddRecords) -> str:
    """Return the id of the record that `expect` or `watch` adds."""
    return str(command.records[0].record["id"])


def set_bearing(analysis: Analysis, indicator: str, hypothesis: str, value: RatingValue | None) -> Command:
    """Return the command that says what the sighting of an indicator would be rated under a hypothesis (both ids)."""
    found = analysis.indicators[indicator]
    bearings = {entry.hypothesis: entry for entry in found.bearings}
    if value is None:
        bearings.pop(hypothesis, None)
    else:
        bearings[hypothesis] = Bearing(hypothesis=hypothesis, value=value)
    text = _("What the indicator says about {hypothesis}").format(hypothesis=analysis.hypotheses[hypothesis].label)
    return edits.set_field(analysis, "indicator", [indicator], "bearings", tuple(bearings.values()), text)


def observe(analysis: Analysis, matrix: Matrix, analyst: str, indicator: str, day: str) -> Command:
    """Return the command that makes an indicator which was seen on a day an item of the matrix.

    What its sighting was to be rated stands in the sheet of the analyst as suggestions, which count nothing until they
    are confirmed.
    """
    found = analysis.indicators[indicator]
    adding = _item(analysis, matrix, {"title": found.text, "event_date": day})
    item = adding.ids["evidence"][0]
    wanted = [
        ((item, entry.hypothesis), (entry.value, entry.value))
        for entry in found.bearings
        if entry.hypothesis in matrix.hypotheses and entry.value.is_on_scale
    ]
    suggesting = edits.suggest(matrix, analyst, wanted, "")
    state = _state(analysis, indicator, IndicatorState.OBSERVED, day, item)
    return combined([*adding.commands, suggesting, state], _("Observed: {text}").format(text=shortened(found.text)))


def not_observed(analysis: Analysis, indicator: str, day: str) -> Command:
    """Return the command that says that an indicator was not seen, as is known since a day."""
    return _state(analysis, indicator, IndicatorState.NOT_OBSERVED, day, None)


def reopen(analysis: Analysis, indicator: str) -> Command:
    """Return the command that watches for an indicator again; an item that it became stays."""
    return _state(analysis, indicator, IndicatorState.OPEN, None, None)


def note_absence(analysis: Analysis, matrix: Matrix, indicator: str) -> Command:
    """Return the command that adds an item which says that an indicator was not seen though it was watched for."""
    found = analysis.indicators[indicator]
    detail = _("Watched for and not seen.")
    if found.expected_by:
        detail = _("Expected by {date}; watched for and not seen.").format(date=found.expected_by)
    adding = _item(analysis, matrix, _absence(found.text, detail))
    linking = edits.set_field(analysis, "indicator", [indicator], "item", adding.ids["evidence"][0])
    return combined([*adding.commands, linking], _("Note as not seen: {text}").format(text=shortened(found.text)))


def delete(analysis: Analysis, kind: str, record: str) -> Command:
    """Return the command that deletes an expectation or indicator; what it was made stays."""
    words = _("Delete the expectation: {text}") if kind == "expectation" else _("Delete the indicator: {text}")
    text = words.format(text=shortened(collection_of(analysis, kind)[record].text))
    return edits.remove(analysis, kind, [record]).model_copy(update={"text": text})


def _absence(text: str, detail: str) -> dict[str, Any]:
    return {"title": _("Not seen: {text}").format(text=text), "kind": EvidenceKind.ABSENCE, "detail": detail}


def _item(analysis: Analysis, matrix: Matrix, fields: Mapping[str, Any]) -> Additions:
    return additions(analysis, matrix, {"evidence": [{"entered": now(), **fields}]})


def _made_item(
    analysis: Analysis,
    matrix: Matrix,
    expectation: Expectation,
    made: ExpectationKind,
    fields: Mapping[str, Any],
    words: str,
) -> Command:
    adding = _item(analysis, matrix, fields)
    link = {"made": made, "record": adding.ids["evidence"][0]}
    linking = edits.set_fields(analysis, "expectation", expectation.id, link, "")
    return combined([*adding.commands, linking], words.format(text=shortened(expectation.text)))


def _state(analysis: Analysis, indicator: str, state: IndicatorState, day: str | None, item: str | None) -> Command:
    words = {
        IndicatorState.OPEN: _("Watch for it again: {text}"),
        IndicatorState.OBSERVED: _("Observed: {text}"),
        IndicatorState.NOT_OBSERVED: _("Not observed: {text}"),
    }
    text = words[state].format(text=shortened(analysis.indicators[indicator].text))
    values = {"state": state, "state_date": day, "item": item}
    return edits.set_fields(analysis, "indicator", indicator, values, text)


def _adding(analysis: Analysis, kind: str, record: Expectation | Indicator, text: str) -> AddRecords:
    data = record.model_dump(mode="json", exclude_defaults=True)
    placed = PlacedRecord(record=data, index=len(collection_of(analysis, kind)))
    return AddRecords(kind=kind, records=(placed,), text=text, time=now())
