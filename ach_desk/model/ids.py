"""Random, stable identifiers. Ratings, undo, merging and links use them; people see labels instead."""

from __future__ import annotations

import base64
import secrets
from typing import Annotated

from pydantic import StringConstraints

ID_BYTES = 10  # 80 bits: two analysts can number independently without ever meeting.

Id = Annotated[str, StringConstraints(min_length=1, max_length=128, pattern=r"^[A-Za-z0-9_.:-]+$")]


def new_id() -> str:
    """Return a new random id of 80 bits as 16 lower-case base-32 characters."""
    return base64.b32encode(secrets.token_bytes(ID_BYTES)).decode("ascii").lower()
