"""Other pairs of colours for the two sides of a chart, as light and as strong as the usual blue and orange.

Only the hue is turned, in OKLCH (Ottosson 2020), so that lightness and with it every contrast stay. No pair reads as
good and bad. Blue and orange suit everybody; teal and rust lie furthest apart for eyes that confuse blue and yellow,
violet and gold for those that confuse red and green.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import atan2, cos, hypot, radians, sin
from types import MappingProxyType
from typing import TypeVar

from ach_desk.model import RatingValue
from ach_desk.reporting.palette import PALETTES, Palette, Tone

HUES: Mapping[str, tuple[float, float]] = MappingProxyType({"teal-rust": (195.0, 40.0), "violet-gold": (305.0, 90.0)})
"""Name of a pair -> hue in degrees of what fits a hypothesis, and of what speaks against it. "" is blue and orange."""

_CC, _C, _CS, _N, _IS, _I, _II, _NA = RatingValue
_FITS = (_CC, _C, _CS)
_AGAINST = (_IS, _I, _II)
_Key = TypeVar("_Key", bound=RatingValue | None)

_TO_LMS = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
_FROM_LAB = (
    (1.0, 0.3963377774, 0.2158037573),
    (1.0, -0.1055613458, -0.0638541728),
    (1.0, -0.0894841775, -1.2914855480),
)
_FROM_LMS = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)
_Triple = tuple[float, float, float]


@cache
def in_hues(palette: str, hues: str) -> Palette:
    """Return a palette of `PALETTES` in a pair of `HUES`, as it is for ""; raises KeyError for others."""
    usual = PALETTES[palette]
    if not hues:
        return usual
    fits, against = HUES[hues]
    turned = {**dict.fromkeys(_FITS, fits), **dict.fromkeys(_AGAINST, against)}
    return usual._replace(ratings=_tones(usual.ratings, turned), blocks=_tones(usual.blocks, turned))


def _tones(tones: Mapping[_Key, Tone], turned: Mapping[RatingValue, float]) -> Mapping[_Key, Tone]:
    def tone(value: _Key, entry: Tone) -> Tone:
        hue = turned.get(value) if value is not None else None
        if hue is None:
            return entry
        return Tone(turn(entry.fill, hue), turn(entry.text, hue), turn(entry.line, hue))

    return MappingProxyType({value: tone(value, entry) for value, entry in tones.items()})


def turn(colour: str, hue: float) -> str:
    """Return a ``#rrggbb`` colour of another hue (degrees of OKLCH), as light, and as strong as the screen allows."""
    lightness, a, b = _lab(colour)
    strengths = (hypot(a, b) * (1 - step / 20) for step in range(21))  # no screen shows every hue as strong
    tried = (_linear((lightness, part * cos(radians(hue)), part * sin(radians(hue)))) for part in strengths)
    linear = next(made for made in tried if all(-1e-4 <= value <= 1 + 1e-4 for value in made))
    return "#" + "".join(f"{round(255 * _encoded(min(max(value, 0.0), 1.0))):02x}" for value in linear)


def hue_of(colour: str) -> float:
    """Return the hue of a colour in degrees of OKLCH, 0 to 360."""
    _lightness, a, b = _lab(colour)
    return atan2(b, a) * 57.29577951308232 % 360


def _lab(colour: str) -> _Triple:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    first, second, third = (max(value, 0.0) ** (1 / 3) for value in _times(_TO_LMS, (red, green, blue)))
    return _times(_TO_LAB, (first, second, third))


def _linear(lab: _Triple) -> _Triple:
    first, second, third = _times(_FROM_LAB, lab)
    return _times(_FROM_LMS, (first**3, second**3, third**3))


def _encoded(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def _times(matrix: tuple[_Triple, _Triple, _Triple], values: _Triple) -> _Triple:
    first, second, third = (sum(entry * value for entry, value in zip(row, values, strict=True)) for row in matrix)
    return first, second, third
