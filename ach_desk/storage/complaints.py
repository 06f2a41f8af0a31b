"""What pydantic finds wrong, said in plain words with the place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pydantic import ValidationError

from ach_desk.i18n import _
from ach_desk.storage.json_text import DefectError, shown


def complaint(error: ValidationError, place_of: Callable[[int], str] | str) -> DefectError:
    """Return the first defect in `error`.

    `place_of` names the place of a record by its index when a list was validated, or is the place itself.
    """
    first = error.errors(include_url=False)[0]
    location: Sequence[Any] = first["loc"]
    if callable(place_of):
        place = place_of(int(location[0]))
        location = location[1:]
    else:
        place = place_of
    if location:
        field = ", ".join(
            _("entry {number}").format(number=part + 1) if isinstance(part, int) else str(part) for part in location
        )
        place = _("{place}, field {field}").format(place=place, field=field)
    return DefectError(place, _wording(first["type"], first.get("ctx", {}), first["msg"], first["input"]))


def _wording(kind: str, context: dict[str, Any], message: str, value: object) -> str:
    plain = {
        "missing": _("it is missing"),
        "string_type": _("it must be text in quotation marks"),
        "string_unicode": _("it holds half of a character (a lone surrogate)"),
        "string_too_short": _("it must not be empty"),
        "string_too_long": _("it is too long"),
        "model_type": _("it must be an object in braces"),
        "dict_type": _("it must be an object in braces"),
        "list_type": _("it must be a list in brackets"),
        "tuple_type": _("it must be a list in brackets"),
        "bool_type": _("it must be true or false"),
        "bool_parsing": _("it must be true or false"),
        "int_type": _("it must be a whole number"),
        "int_parsing": _("it must be a whole number"),
        "int_from_float": _("it must be a whole number"),
        "greater_than_equal": _("it must be a whole number from 1"),
    }
    if kind in plain:
        return plain[kind]
    if kind == "enum":
        return _("“{value}” is not one of {expected}").format(value=shown(value), expected=context["expected"])
    if kind == "string_pattern_mismatch":
        return _("“{value}” is not written in the form that belongs there").format(value=shown(value))
    if kind == "value_error":
        return _("“{value}”: {reason}").format(value=shown(value), reason=context["error"])
    return message
