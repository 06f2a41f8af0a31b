"""All that a comparison of several analysts says, as plain values that can be held against each other bit by bit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

import numpy as np

from ach_desk.scoring.compared import Compared, with_interval
from ach_desk.scoring.raters import Sheets
from ach_desk.scoring.talk import TalkCells


def parts(found: object, where: str = "") -> Iterator[tuple[str, object]]:
    """Yield (where, value) of everything in a result, what is reckoned on demand included."""
    if isinstance(found, np.ndarray):
        yield where, (found.shape, found.strides, found.dtype, found.tobytes())
    elif isinstance(found, TalkCells):
        yield where, tuple(found)
    elif is_dataclass(found):
        for field in fields(found):
            if not (isinstance(found, Sheets) and field.name == "read"):
                yield from parts(getattr(found, field.name), f"{where}.{field.name}")
    elif isinstance(found, Mapping):
        for key, value in found.items():
            yield from parts(value, f"{where}[{key}]")
    elif isinstance(found, (tuple, list)):
        for place, value in enumerate(found):
            yield from parts(value, f"{where}[{place}]")
    else:
        yield where, repr(found)


def everything(found: Compared) -> dict[str, object]:
    """Return all that a comparison says, with its interval."""
    spread = found.spread
    lazy = [spread.level, spread.pattern, spread.states, found.sheets.places, found.view.additive.scores]
    return dict([*parts(with_interval(found, draws=20)), *parts(lazy, "lazy")])
