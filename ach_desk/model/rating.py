"""One judgement: how an item fits a hypothesis, with the reason, the rater's confidence and the time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, TypeAdapter, ValidationError
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from ach_desk.model.ids import Id
from ach_desk.model.values import Level, RatingRange, RatingValue, Timestamp, in_range, range_of

_VALUES = {value.value: value for value in RatingValue}
_LEVELS = {level.value: level for level in Level}
Likelihood = tuple[float, float]
"""(lowest, highest) of P(e|H), 0 to 1; the same twice for one number."""

_NOTHING: Mapping[str, Any] = {}
_MINUTE = len("2023-06-24T17:30:")
_EXPECTED = "a rating is CC, C, C-, N, I-, I, II or N/A"
_EXPECTED_TIME = "a time is written 2023-06-24T17:30:00Z"
_SECONDS = frozenset(f"{second:02}Z" for second in range(60))
_known_minutes: set[str] = set()
_known_times: dict[str, str] = {}
_MOST_KNOWN_TIMES = 50_000
MOST_WORDINGS = 1_000_000
_check_time = TypeAdapter(Timestamp).validate_python
_check_id = TypeAdapter(Id).validate_python


class _Draft:
    """A Rating while `Rating.parse` fills it; it becomes one by change of class, which needs the very same slots.

    Setting the fields of a frozen dataclass takes four times as long, most of the time a large file takes to load.
    """

    __slots__ = (
        "confidence",
        "extra",
        "hypothesis_wording",
        "item_wording",
        "likelihood",
        "range",
        "rationale",
        "rests_on",
        "suggested",
        "time",
        "value",
    )

    value: RatingValue | None
    rationale: str
    confidence: Level | None
    time: str | None
    extra: Mapping[str, Any]
    range: RatingRange | None
    item_wording: int
    hypothesis_wording: int
    suggested: RatingRange | None
    rests_on: tuple[str, ...]
    likelihood: Likelihood | None


@dataclass(frozen=True, slots=True)
class Rating:
    """A rated cell. An unrated cell has no Rating; one that holds only a rationale has `value` None.

    range: for an undecided judgement, within which `value` is what is scored until it is decided.
    item_wording, hypothesis_wording: the wording of item and hypothesis that was judged (`EvidenceItem.wording`).
    likelihood: P(e|H) as entered by hand, lowest and highest, in place of what the rating stands for.
    rests_on: ids of the assumptions without which the judgement does not hold.
    suggested: what splitting or merging proposes for an unrated cell; the two ends are equal where it is one value.

    A slotted dataclass and not a pydantic model: a matrix of 10,000 x 10 holds 100,000 of them, which as pydantic
    models take some 50 MB and four times as long to load (docs/adr/0003). pydantic validates it all the same.
    """

    value: RatingValue | None
    rationale: str = ""
    confidence: Level | None = None
    time: str | None = None
    extra: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    range: RatingRange | None = None
    item_wording: int = 1
    hypothesis_wording: int = 1
    suggested: RatingRange | None = None
    rests_on: tuple[str, ...] = ()
    likelihood: Likelihood | None = None

    @property
    def is_empty(self) -> bool:
        """Return whether nothing at all is entered, so that the cell needs no Rating."""
        return (
            self.value is None
            and not self.rationale
            and self.confidence is None
            and self.suggested is None
            and not self.rests_on
            and self.likelihood is None
            and not self.extra
        )

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
        draft.value = draft.confidence = draft.time = draft.range = draft.suggested = None
        draft.rationale = ""
        draft.rests_on = ()
        draft.likelihood = None
        draft.item_wording = draft.hypothesis_wording = 1
        draft.extra = _NOTHING
        for key, entry in data.items():
            if key == "value":
                known = _VALUES.get(entry) if type(entry) is str else None
                draft.value = known or _member(entry, _VALUES, _EXPECTED)
            elif key == "time":
                draft.time = _time(entry)
            elif key == "rationale":
                draft.rationale = _text(entry)
            elif key == "confidence":
                draft.confidence = _member(entry, _LEVELS, "confidence is high, medium or low")
            elif key in ("item_wording", "hypothesis_wording"):
                setattr(draft, key, _wording(entry))
            elif key in ("range", "suggested"):
                setattr(draft, key, _range(entry))
            elif key == "rests_on":
                draft.rests_on = _ids(entry)
            elif key == "likelihood":
                draft.likelihood = _likelihood(entry)
            else:
                draft.extra = {**draft.extra, key: entry}
        if draft.range is not None and (draft.value is None or not in_range(draft.value, draft.range)):
            raise ValueError("a range needs a value within it")
        draft.__class__ = cls
        return cast(Rating, draft)

    @classmethod
    def judged(cls, value: Any, time: Any) -> Rating:
        """Return what `parse` makes of a value and a time alone, in a third of the time; nearly all ratings are so.

        Raises ValueError or TypeError for anything else than a value and a time.
        """
        known = _VALUES.get(value)
        if known is None:
            raise ValueError(_EXPECTED)
        if time[:_MINUTE] not in _known_minutes or time[_MINUTE:] not in _SECONDS:
            _checked_time(time)
        draft = _Draft()
        draft.value = known
        draft.time = time
        draft.confidence = draft.range = draft.suggested = draft.likelihood = None
        draft.rationale = ""
        draft.rests_on = ()
        draft.item_wording = draft.hypothesis_wording = 1
        draft.extra = _NOTHING
        draft.__class__ = cls
        return draft  # pyright: ignore[reportReturnType] - it is one now

    def to_json(self) -> dict[str, Any]:
        """Return the mapping that a file holds; `parse` reads it back to an equal Rating."""
        data: dict[str, Any] = {}
        if self.value is not None:
            data["value"] = self.value.value
        if self.range is not None:
            data["range"] = [end.value for end in self.range]
        if self.suggested is not None:
            data["suggested"] = [end.value for end in self.suggested]
        if self.rationale:
            data["rationale"] = self.rationale
        if self.confidence is not None:
            data["confidence"] = self.confidence.value
        if self.time is not None:
            data["time"] = self.time
        if self.item_wording != 1:
            data["item_wording"] = self.item_wording
        if self.hypothesis_wording != 1:
            data["hypothesis_wording"] = self.hypothesis_wording
        if self.rests_on:
            data["rests_on"] = list(self.rests_on)
        if self.likelihood is not None:
            data["likelihood"] = list(self.likelihood)
        data.update(self.extra)
        return data

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse, serialization=core_schema.plain_serializer_function_ser_schema(cls.to_json)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        ends = {"enum": [value.value for value in RatingValue if value.is_on_scale]}
        two_ends = {"type": "array", "prefixItems": [ends, ends], "minItems": 2, "maxItems": 2}
        wording = {"type": "integer", "minimum": 1}
        probability = {"type": "number", "minimum": 0, "maximum": 1}
        return {
            "type": "object",
            "title": "Rating",
            "description": "One judgement. An unrated cell has no entry; without a value it holds only a note.",
            "properties": {
                "value": {"enum": [value.value for value in RatingValue]},
                "range": two_ends,
                "suggested": {
                    **two_ends,
                    "prefixItems": [{"enum": [value.value for value in RatingValue]}] * 2,
                },
                "rationale": {"type": "string"},
                "confidence": {"enum": [level.value for level in Level]},
                "time": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$"},
                "item_wording": wording,
                "hypothesis_wording": wording,
                "likelihood": {
                    "type": "array",
                    "prefixItems": [probability, probability],
                    "minItems": 2,
                    "maxItems": 2,
                },
                "rests_on": {"type": "array", "items": TypeAdapter(Id).json_schema()},
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


def _range(entry: object) -> RatingRange | None:
    """Return the two ends in the order of the scale; a suggestion of N/A is N/A twice."""
    if entry is None:
        return None
    if not isinstance(entry, list) or len(entry) != 2:
        raise ValueError('a range is two ratings such as ["N", "I"]')
    ends = [_member(end, _VALUES, _EXPECTED) for end in entry]
    if None in ends or (RatingValue.NOT_APPLICABLE in ends and ends[0] is not ends[1]):
        raise ValueError('a range is two ratings such as ["N", "I"]')
    if ends[0] is RatingValue.NOT_APPLICABLE:
        return RatingValue.NOT_APPLICABLE, RatingValue.NOT_APPLICABLE
    return range_of([end for end in ends if end is not None])


def _likelihood(entry: object) -> Likelihood | None:
    """Return the lower and the upper end; they may be the same."""
    if entry is None:
        return None
    ends = list(entry) if isinstance(entry, (list, tuple)) else []
    sound = len(ends) == 2 and all(isinstance(end, (int, float)) and not isinstance(end, bool) for end in ends)
    if not sound or not 0 <= min(ends) <= max(ends) <= 1:
        raise ValueError("a likelihood is two numbers from 0 to 1 such as [0.2, 0.4]")
    return float(min(ends)), float(max(ends))


def _ids(entry: object) -> tuple[str, ...]:
    if entry is None:
        return ()
    if not isinstance(entry, (list, tuple)):
        raise ValueError("rests_on is a list of ids")
    try:
        return tuple(_check_id(one) for one in entry)
    except ValidationError:
        raise ValueError("rests_on is a list of ids") from None


def _wording(entry: object) -> int:
    if isinstance(entry, bool) or not isinstance(entry, int) or not 1 <= entry <= MOST_WORDINGS:
        raise ValueError("a wording is a whole number from 1 upwards")
    return entry


def _text(entry: object) -> str:
    if entry is None:
        return ""
    if not isinstance(entry, str):
        raise ValueError("a rationale is text")
    return entry


def check_time(entry: str) -> None:
    """Pass over a well-formed time; raises ValueError for another text. Quick where many are of few moments."""
    _time(entry)


def _time(entry: object) -> str | None:
    """Return the checked time; ratings of the same moment, of which a large sheet has many, share one string."""
    if entry is None:
        return None
    if not isinstance(entry, str):
        raise ValueError(_EXPECTED_TIME)
    known = _known_times.get(entry)
    if known is None:
        if entry[:_MINUTE] not in _known_minutes or entry[_MINUTE:] not in _SECONDS:
            _checked_time(entry)
        if len(_known_times) >= _MOST_KNOWN_TIMES:
            _known_times.clear()
        known = _known_times[entry] = entry
    return known


def _checked_time(entry: str) -> None:
    """Check a time as it is checked elsewhere, and keep its minute; raises ValueError."""
    _check_time(entry)
    if len(_known_minutes) >= _MOST_KNOWN_TIMES:
        _known_minutes.clear()
    _known_minutes.add(entry[:_MINUTE])
