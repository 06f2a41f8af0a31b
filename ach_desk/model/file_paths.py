"""Names of files and addresses as they stand in an analysis: which of them may be followed at all. Touches no file."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

_LONGEST_PATH, _LONGEST_NAME = 1024, 255
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_NO_LETTER = ("Cc", "Cs")


def is_inside(path: str) -> bool:
    """Return whether a path is relative and stays inside its folder, on every system: no "..", backslash or colon.

    A colon is a drive, or a file hidden behind another one. Hidden names are refused too: they are what other programs
    act on unasked, such as ``.git``, or a lock file.
    """
    if not path or len(path) > _LONGEST_PATH or "\\" in path or ":" in path:
        return False
    return all(_is_name(part) for part in path.split("/"))


def _is_name(part: str) -> bool:
    if not part or part.startswith(".") or part.endswith((" ", ".")) or _RESERVED.fullmatch(part):
        return False
    if any(unicodedata.category(character) in _NO_LETTER for character in part):
        return False
    return len(part.encode("utf-8")) <= _LONGEST_NAME


def same_name(path: str) -> str:
    """Return a form that is equal for paths which some file system takes for one and the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def domain_of(address: str) -> str:
    """Return the domain of a web address in lower case and without "www."; "" for anything else."""
    if not is_web_address(address):
        return ""
    host = urlsplit(address).hostname or ""
    return host.removeprefix("www.")


def is_web_address(address: str) -> bool:
    """Return whether it is an http or https address with a host, and nothing in it that could pass for something else.

    A name or password before the host is refused: "https://bank.example@evil.example" leads to the latter.
    """
    if any(character.isspace() or unicodedata.category(character) in _NO_LETTER for character in address):
        return False
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and "@" not in parts.netloc and "\\" not in address
