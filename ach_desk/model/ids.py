"""Random, stable identifiers. Ratings, undo, merging and links use them; people see labels instead."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Annotated

from pydantic import StringConstraints

ID_BYTES = 10  # 80 bits: two analysts can number independently without ever meeting.

Id = Annotated[str, StringConstraints(min_length=1, max_length=128, pattern=r"^[A-Za-z0-9_.:-]+$")]


def new_id() -> str:
    """Return a new random id of 80 bits as 16 lower-case base-32 characters."""
    return _written(secrets.token_bytes(ID_BYTES))


def derived_id(*names: str) -> str:
    """Return the id that follows from `names`, the same every time: for a record that a file takes for granted."""
    return _written(hashlib.sha256("\0".join(names).encode("utf-8", "surrogatepass")).digest()[:ID_BYTES])


def _written(content: bytes) -> str:
    return base64.b32encode(content).decode("ascii").lower()
