"""The colours of classification and handling markings, the same in every theme. Plain data, as in `palette`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ach_desk.model.marking import Ladder, Marking
from ach_desk.reporting.palette import Palette, Tone

_ON_BLACK, _ON_WHITE = "#000000", "#ffffff"
MARKINGS: Mapping[Ladder, tuple[Tone, ...]] = MappingProxyType(
    {
        Ladder.TLP: tuple(
            Tone(_ON_BLACK, colour, colour) for colour in ("#ffffff", "#33ff00", "#ffc000", "#ffc000", "#ff2b2b")
        ),
        Ladder.CLASSIFICATION: (
            Tone("#007a33", _ON_WHITE, "#007a33"),
            Tone("#4b5563", _ON_WHITE, "#4b5563"),
            Tone("#0033a0", _ON_WHITE, "#0033a0"),
            Tone("#c8102e", _ON_WHITE, "#c8102e"),
            Tone("#ff8c00", _ON_BLACK, "#ff8c00"),
        ),
    }
)
"""Tone of a marking by ladder and step, in every theme: TLP 2.0 as FIRST publishes it, and the usual banners."""


def marking_tone(palette: Palette, marking: Marking) -> Tone:
    """Return the tone of a marking; free text has the colours of the theme turned round."""
    if marking.ladder is None:
        return Tone(palette.text, palette.base, palette.text)
    return MARKINGS[marking.ladder][marking.level]
