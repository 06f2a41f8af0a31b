"""Bundles of STIX 2.1: those of this program come back as the analysis, those of others as items to be rated."""

from __future__ import annotations

from typing import Any

from ach_desk.exchange.formats import Incoming, RefusedFileError
from ach_desk.exchange.json_files import objects
from ach_desk.exchange.stix_terms import EXTENSION
from ach_desk.i18n import _

Object = dict[str, Any]


def recognised(value: Any) -> bool:
    """Return whether the value is a bundle."""
    return isinstance(value, dict) and value.get("type") == "bundle"


def read(value: Object, name: str) -> Incoming:
    """Return the analysis in a bundle with our extension; of another one, what it reports as items without hypotheses.

    Raises RefusedFileError for a bundle of STIX 2.0 or 1, whose objects are other ones.
    """
    held = [entry for entry in objects(value, "objects") if isinstance(entry.get("id"), str)]
    if value.get("spec_version") == "2.0":
        text = _("{file} is STIX 2.0. Convert it to STIX 2.1 and import that.")
        raise RefusedFileError(text.format(file=name))
    if any(own_part(entry) for entry in held):
        from ach_desk.exchange.stix_own import read_own

        return read_own(held, name)
    from ach_desk.exchange.stix_foreign import read_foreign

    return read_foreign(held, name)


def own_part(entry: Object) -> Object:
    """Return what our extension says of an object; nothing where it says nothing."""
    extensions = entry.get("extensions")
    part = extensions.get(EXTENSION) if isinstance(extensions, dict) else None
    return part if isinstance(part, dict) else {}
