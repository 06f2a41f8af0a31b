"""Bullets and numbers before the lines of a list, which are no part of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_BULLET = re.compile(r"\s*(?:[-–—•*·▪◦‣]|\(?\d{1,4}[.)]|\(?[a-z][.)])\s+(?=\S)")
_FEWEST = 2


def without_bullets(lines: Sequence[str]) -> list[str]:
    """Return the lines without what numbers them, where every line that says anything begins with a bullet.

    Of a single line nothing can be told: a dash may be part of it.
    """
    said = [line for line in lines if line.strip()]
    if len(said) < _FEWEST or not all(map(_BULLET.match, said)):
        return list(lines)
    return [_BULLET.sub("", line, count=1) for line in lines]
