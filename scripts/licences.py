"""The licences of everything that running the program needs, by the metadata of the installed distributions.

``python -m scripts.licences`` prints the table of docs/licences.md.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import distribution, metadata

from scripts.runtime_lock import runtime_names

_CLASSIFIER = "License :: OSI Approved :: "
_ALLOWED = re.compile(
    r"""(?ix) ^ (
    MIT(-CMU)? | (new |modified )?BSD([ -].*)? | 0BSD | Zlib | ISC | CC0-1\.0 | Apache([ -].*)? | AFL-2\.1 | MPL-2\.0
    | PSF(-2\.0|L)? | LGPL-3\.0-only
    | (MIT|BSD|Apache|ISC|Python|Mozilla|GNU\ Library\ or\ Lesser) .* License .*
    ) $"""
)
"""Permissive, or of the weak copyleft that a program may use as a library without becoming part of it."""


def choices(name: str) -> list[str]:
    """Return the licences among which the makers of a distribution let one choose, each as they write it."""
    about = metadata(name)
    expression = about.get("License-Expression") or _short(about.get("License"))
    if expression:
        return expression.strip("()").split(" OR ")
    listed = about.get_all("Classifier") or []
    return [entry.removeprefix(_CLASSIFIER) for entry in listed if entry.startswith(_CLASSIFIER)]


def _short(licence: str | None) -> str:
    """Return the field when it names a licence; "" when it is the whole text of one."""
    text = (licence or "").strip()
    return text if len(text) < 60 and "\n" not in text and "opyright" not in text else ""


def chosen(name: str) -> str | None:
    """Return the licence under which we use a distribution: the first of the choices that is allowed; None without."""
    for choice in choices(name):
        if all(_ALLOWED.match(part.strip()) for part in choice.split(" AND ")):
            return choice
    return None


def table() -> str:
    """Return the table of parts, versions aside: name and licence, one a line, in Markdown."""
    lines = ["| part | used under |", "|---|---|"]
    for name in sorted(runtime_names()):
        lines.append(f"| {distribution(name).metadata['Name']} | {chosen(name) or 'NOT ALLOWED'} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(table())
