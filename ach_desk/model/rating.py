"""One judgement: how an item fits a hypothesis, with the reason, the rater's confidence and the time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, TypeAdapter
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from ach_desk.model.values import Level, RatingValue, Timestamp

_VALUES = {value.value: value for value in RatingValue}
_LEVELS = {level.value: level for level in Level}
_NOTHING: Mapping[str, Any] = {}
_MINUTE = len("2023-06-24T17:30:")
_SECONDS = frozenset(f"{second:02}Z" for second in range(60))
_known_minutes: set[str] = set()
_known_times: dict[str, str] = {}
_MOST_KNOWN_TIMES = 50_000
_check_time = TypeAdapter(Timestamp).validate_python


class _Draft:
    """A Rating while `Rating.parse` fills it; it becomes one by change of class, which needs the very same slots.

    Setting five fields of a frozen dataclass takes four times as long, most of the time a large file takes to load.
    """

    __slots__ = ("confidence", "extra", "rationale", "time", "value")

    value: RatingValue | None
    rationale: str
    confidence: Level | None
    time: str | None
    extra: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rating:
    """A rated cell. An unrated cell has no Rating; one that holds only a rationale has `value` None.

    A slotted dataclass and not a pydantic model: a matrix of 10,000 x 10 holds 100,000 of them, which as pydantic
    models take some 50 MB and four times as long to load (docs/adr/0003). pydantic validates it all the same.
    """

    value: RatingValue | None
    rationale: str = ""
    confidence: Level | None = None
    time: str | None = None
    extra: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing at all is entered, so that the cell needs no Rating."""
        return self.value is None and not self.rationale and self.confidence is None and not self.extra

    @classmethod
    def parse(cls, data: object) -> Rating:
        """Return the Rating that `data`, a mapping from a file (or a Rating), describes.

        Unknown keys are kept in `extra`. Raises ValueError with a plain sentence for anything else.
        """
        if type(data) is cls:
            return data
        if not isinstance(data, dict):
            raise ValueError('a rating is an object such as {"value": "C"}')
        draft = _Draft()
        draft.value = draft.confidence = draft.time = None
        draft.rationale = ""
        draft.extra = _NOTHING
        for key, entry in data.items():
            if key == "value":
                known = _VALUES.get(entry) if type(entry) is str else None
                draft.value = known or _member(entry, _VALUES, "a rating is CC, C, N, I, II or N/A")
            elif key == "time":
                draft.time = _time(entry)
            elif key == "rationale":
                draft.rationale = _text(entry)
            elif key == "confidence":
                draft.confidence = _member(entry, _LEVELS, "confidence is high, medium or low")
            else:
                draft.extra = {**draft.extra, key: entry}
        draft.__class__ = cls
        return cast(Rating, draft)

    def to_json(self) -> dict[str, Any]:
        """Return the mapping that a file holds; `parse` reads it back to an equal Rating."""
        data: dict[str, Any] = {}
        if self.value is not None:
            data["value"] = self.value.value
        if self.rationale:
            data["rationale"] = self.rationale
        if self.confidence is not None:
            data["confidence"] = self.confidence.value
        if self.time is not None:
            data["time"] = self.time
        data.update(self.extra)
        return data

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse, serialization=core_schema.plain_serializer_function_ser_schema(cls.to_json)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {
            "type": "object",
            "title": "Rating",
            "description": "One judgement. An unrated cell has no entry; without a value it holds only a note.",
            "properties": {
                "value": {"enum": [value.value for value in RatingValue]},
                "rationale": {"type": "string"},
                "confidence": {"enum": [level.value for level in Level]},
                "time": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$"},
            },
            "additionalProperties": True,
        }


_T = TypeVar("_T")


def _member(entry: object, members: Mapping[str, _T], expected: str) -> _T | None:
    if entry is None:
        return None
    found = members.get(entry) if isinstance(entry, str) else None
    if found is None:
        raise ValueError(expected)
    return found


def _text(entry: object) -> str:
    if entry is None:
        return ""
    if not isinstance(entry, str):
        raise ValueError("a rationale is text")
    return entry


def _time(entry: object) -> str | None:
    """Return the checked time; ratings of the same moment, of which a large sheet has many, share one string."""
    if entry is None:
        return None
    if not isinstance(entry, str):
        raise ValueError("a time is written 2023-06-24T17:30:00Z")
    known = _known_times.get(entry)
    if known is None:
        if entry[:_MINUTE] not in _known_minutes or entry[_MINUTE:] not in _SECONDS:
            _check_time(entry)
        if len(_known_times) >= _MOST_KNOWN_TIMES:
            _known_times.clear()
            _known_minutes.clear()
        _known_minutes.add(entry[:_MINUTE])
        known = _known_times[entry] = entry
    return known
