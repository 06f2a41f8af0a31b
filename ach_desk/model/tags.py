"""Tags with a scheme, such as ``attack:T1059.001``: what they say, and whether an ATT&CK id has the form of one.

Forms after the MITRE ATT&CK knowledge base: techniques T1059 and T1059.001, tactics TA0002, groups G0016, software
S0154, mitigations M1042, campaigns C0024, data sources DS0017. Whether an id exists is not known here.
"""

from __future__ import annotations

import re

ATTACK = "attack"
_ATTACK_ID = re.compile(r"T\d{4}(?:\.\d{3})?|(?:TA|G|S|M|C|DS)\d{4}", re.ASCII)
_SCHEME = re.compile(r"([a-z][a-z0-9_.-]*):(?!//)\s*(.+)", re.IGNORECASE)


def scheme_of(tag: str) -> tuple[str, str]:
    """Return (scheme, value) of a tag; the scheme is in lower case, and "" for a tag without one."""
    found = _SCHEME.fullmatch(tag.strip())
    return (found[1].casefold(), found[2].strip()) if found else ("", tag.strip())


def is_malformed(tag: str) -> bool:
    """Return whether a tag says that it is of ATT&CK and has not the form of one of its ids."""
    scheme, value = scheme_of(tag)
    return scheme == ATTACK and _ATTACK_ID.fullmatch(value) is None


def with_scheme(tag: str) -> str | None:
    """Return a bare ATT&CK id with its scheme: ``T1059`` as ``attack:T1059``; None for any other tag."""
    scheme, value = scheme_of(tag)
    return f"{ATTACK}:{value.upper()}" if not scheme and _ATTACK_ID.fullmatch(value.upper()) else None
