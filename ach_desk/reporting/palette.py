"""The colours of window, charts and printed pages, in one place. Plain data: no toolkit, no matplotlib.

Ratings diverge from blue (consistent) over grey to orange (inconsistent), never red and green: the pair stays apart
for every common kind of colour vision, and neither end says "good" or "bad". A symbol always carries the meaning
as well. Every text colour here has a contrast of at least 4.5:1 on its ground (WCAG 2.1, success criterion 1.4.3).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from ach_desk.model import RatingValue


class Tone(NamedTuple):
    """The colours of one kind of cell or block: ground, text on it, and outline, as ``#rrggbb``."""

    fill: str
    text: str
    line: str


class Palette(NamedTuple):
    """One theme.

    window, base: grounds of the window and of tables and charts; text, muted: on either of them; line: thin rules;
    strong_line: axes; accent: the one accent colour (for text too) and accent_text on it; selection: ground of a
    selected cell.
    ratings: tone of a matrix cell by rating value; None is an unrated cell.
    blocks: tone of a block of the consistency chart by rating value (CC, C, C-, I-, I, II): what speaks against a
    hypothesis is strong, what would be expected anyway is a pale outline.
    bar: tone of a bar that measures something else (scores, diagnosticity).
    what_if: tone of the band over a matrix that is not shown as rated, its line around what differs; what_if_ground:
        the ground of such a matrix.
    apart: tone of a cell by how far several analysts lie apart, a key of `APART`.
    """

    name: str
    window: str
    base: str
    text: str
    muted: str
    line: str
    strong_line: str
    accent: str
    accent_text: str
    selection: str
    bar: Tone
    what_if: Tone
    what_if_ground: str
    ratings: Mapping[RatingValue | None, Tone]
    blocks: Mapping[RatingValue, Tone]
    apart: Mapping[str, Tone]


_CC, _C, _CS, _N, _IS, _I, _II, _NA = RatingValue

APART = ("alike", "little", "clearly", "far")
"""How far ratings of one cell lie apart: not at all, up to a step on average, up to two, more."""


def apart_key(steps: float) -> str:
    """Return the key of `APART` for a mean distance in steps of the five-step scale."""
    bounds = (1e-9, 1.0, 2.0)
    return APART[sum(steps > bound for bound in bounds)]


def _ramp(*tones: Tone) -> Mapping[str, Tone]:
    return MappingProxyType(dict(zip(APART, tones, strict=True)))


LIGHT = Palette(
    name="light",
    window="#f4f4f2",
    base="#ffffff",
    text="#1d2024",
    muted="#5c6068",
    line="#dcdcd8",
    strong_line="#5c6068",
    accent="#1f5fa8",
    accent_text="#ffffff",
    selection="#d5e5f6",
    bar=Tone("#8a8f98", "#101214", "#6c7079"),
    what_if=Tone("#643a91", "#ffffff", "#7a4cab"),
    what_if_ground="#f0eaf7",
    ratings=MappingProxyType(
        {
            _CC: Tone("#9cc4e8", "#0c2f52", "#5b93c7"),
            _C: Tone("#dcebf8", "#1b4670", "#a9c9e6"),
            _CS: Tone("#eaf3fb", "#2b5075", "#c4daee"),
            _N: Tone("#efefec", "#50535a", "#d3d3ce"),
            _IS: Tone("#fdefdd", "#6b4a1e", "#eecfa8"),
            _I: Tone("#fce0c0", "#6b3805", "#e6b47c"),
            _II: Tone("#eda55e", "#3f1d00", "#c77c2e"),
            _NA: Tone("#f8f8f7", "#63666d", "#d8d8d4"),
            None: Tone("#ffffff", "#63666d", "#e4e4e0"),
        }
    ),
    blocks=MappingProxyType(
        {
            _II: Tone("#7a3200", "#ffffff", "#7a3200"),
            _I: Tone("#b05e17", "#ffffff", "#b05e17"),
            _IS: Tone("#dca56b", "#331a00", "#dca56b"),
            _CC: Tone("#e0edf8", "#1b4670", "#5b93c7"),
            _C: Tone("#ffffff", "#44607c", "#a9c4dd"),
            _CS: Tone("#ffffff", "#44607c", "#cfdeeb"),
        }
    ),
    apart=_ramp(
        Tone("#f2f2ef", "#50535a", "#d3d3ce"),
        Tone("#e3d8f0", "#3d2263", "#c2abdd"),
        Tone("#b995dc", "#250f44", "#8e62bd"),
        Tone("#6b3fa0", "#ffffff", "#512c7e"),
    ),
)

DARK = Palette(
    name="dark",
    window="#1e2023",
    base="#25272b",
    text="#e9e9e7",
    muted="#adb0b6",
    line="#3d4046",
    strong_line="#adb0b6",
    accent="#7db6f2",
    accent_text="#10181f",
    selection="#2d4866",
    bar=Tone("#7f858f", "#0d0e10", "#9a9fa8"),
    what_if=Tone("#c9abee", "#1d1228", "#b795e0"),
    what_if_ground="#2b2535",
    ratings=MappingProxyType(
        {
            _CC: Tone("#2f6498", "#f0f7ff", "#5b93c7"),
            _C: Tone("#2b4058", "#d3e6f8", "#47688a"),
            _CS: Tone("#313a46", "#d0dce8", "#4b5b6c"),
            _N: Tone("#393b40", "#d0d1d4", "#505359"),
            _IS: Tone("#483c32", "#f3dcc3", "#6d5640"),
            _I: Tone("#59402a", "#ffdfbd", "#87643d"),
            _II: Tone("#98560f", "#fff6ec", "#cf8437"),
            _NA: Tone("#2b2d31", "#b0b3b9", "#4a4d53"),
            None: Tone("#25272b", "#b0b3b9", "#3d4046"),
        }
    ),
    blocks=MappingProxyType(
        {
            _II: Tone("#f5ab62", "#2a1300", "#f5ab62"),
            _I: Tone("#9a5a1e", "#ffffff", "#9a5a1e"),
            _IS: Tone("#6b4a2c", "#ffe9d2", "#6b4a2c"),
            _CC: Tone("#2c4259", "#d9eafb", "#6b9fd0"),
            _C: Tone("#25272b", "#a9c4de", "#4f6f90"),
            _CS: Tone("#25272b", "#a9c4de", "#3c5266"),
        }
    ),
    apart=_ramp(
        Tone("#303338", "#c3c6cb", "#44474d"),
        Tone("#40324f", "#e6daf6", "#5f4a7d"),
        Tone("#6a4d96", "#ffffff", "#8a6bba"),
        Tone("#c3a2ec", "#1f0f38", "#e0ccf8"),
    ),
)

PRINT = Palette(
    name="print",
    window="#ffffff",
    base="#ffffff",
    text="#000000",
    muted="#46494f",
    line="#c4c4c0",
    strong_line="#2b2d31",
    accent="#17497f",
    accent_text="#ffffff",
    selection="#e3edf7",
    bar=Tone("#8a8f98", "#000000", "#4c5058"),
    what_if=Tone("#643a91", "#ffffff", "#643a91"),
    what_if_ground="#ffffff",
    ratings=MappingProxyType(
        {
            _CC: Tone("#94bfe6", "#0a2743", "#3f78ad"),
            _C: Tone("#dcebf8", "#153a5e", "#8db4d8"),
            _CS: Tone("#eaf3fb", "#1f3f60", "#a6c4de"),
            _N: Tone("#efefec", "#3c3f45", "#b9b9b4"),
            _IS: Tone("#fdefdd", "#573a10", "#dcb480"),
            _I: Tone("#fce0c0", "#5a2e02", "#d39a57"),
            _II: Tone("#eda55e", "#331700", "#a8621b"),
            _NA: Tone("#ffffff", "#46494f", "#b9b9b4"),
            None: Tone("#ffffff", "#46494f", "#cfcfca"),
        }
    ),
    blocks=MappingProxyType(
        {
            _II: Tone("#7a3200", "#ffffff", "#7a3200"),
            _I: Tone("#b05e17", "#ffffff", "#b05e17"),
            _IS: Tone("#dca56b", "#331a00", "#c08a50"),
            _CC: Tone("#e0edf8", "#153a5e", "#3f78ad"),
            _C: Tone("#ffffff", "#2d4863", "#87a9c9"),
            _CS: Tone("#ffffff", "#2d4863", "#b4c9dc"),
        }
    ),
    apart=_ramp(
        Tone("#f4f4f2", "#3c3f45", "#b9b9b4"),
        Tone("#e3d8f0", "#35195c", "#b59bd4"),
        Tone("#b995dc", "#200a3d", "#7d51ad"),
        Tone("#5c3191", "#ffffff", "#43206e"),
    ),
)

MONOCHROME = Palette(
    name="monochrome",
    window="#ffffff",
    base="#ffffff",
    text="#000000",
    muted="#3a3a3a",
    line="#bdbdbd",
    strong_line="#000000",
    accent="#000000",
    accent_text="#ffffff",
    selection="#dcdcdc",
    bar=Tone("#8c8c8c", "#000000", "#000000"),
    what_if=Tone("#000000", "#ffffff", "#000000"),
    what_if_ground="#ffffff",
    ratings=MappingProxyType(
        {
            _CC: Tone("#e2e2e2", "#000000", "#6e6e6e"),
            _C: Tone("#f6f6f6", "#000000", "#9a9a9a"),
            _CS: Tone("#fbfbfb", "#000000", "#adadad"),
            _N: Tone("#ffffff", "#000000", "#bdbdbd"),
            _IS: Tone("#d8d8d8", "#000000", "#7c7c7c"),
            _I: Tone("#b4b4b4", "#000000", "#5a5a5a"),
            _II: Tone("#3c3c3c", "#ffffff", "#000000"),
            _NA: Tone("#ffffff", "#3a3a3a", "#bdbdbd"),
            None: Tone("#ffffff", "#3a3a3a", "#d2d2d2"),
        }
    ),
    blocks=MappingProxyType(
        {
            _II: Tone("#000000", "#ffffff", "#000000"),
            _I: Tone("#ffffff", "#000000", "#000000"),
            _IS: Tone("#e6e6e6", "#000000", "#6a6a6a"),
            _CC: Tone("#ffffff", "#000000", "#4a4a4a"),
            _C: Tone("#ffffff", "#000000", "#8a8a8a"),
            _CS: Tone("#e6e6e6", "#000000", "#6a6a6a"),
        }
    ),
    apart=_ramp(
        Tone("#ffffff", "#000000", "#bdbdbd"),
        Tone("#e4e4e4", "#000000", "#8a8a8a"),
        Tone("#ababab", "#000000", "#5a5a5a"),
        Tone("#303030", "#ffffff", "#000000"),
    ),
)


def colours(palette: Palette) -> dict[str, str]:
    """Return every colour of a palette by what it is for, such as ``"ratings-ii-fill"``, in a fixed order."""
    found: dict[str, str] = {}
    for name, value in palette._asdict().items():
        if isinstance(value, Tone):
            value = {"": value}
        if isinstance(value, Mapping):
            for key, tone in value.items():
                for side, colour in tone._asdict().items():
                    found["-".join(filter(None, (name, slug(key), side)))] = colour
        elif name != "name":
            found[name] = value
    return found


def slug(value: RatingValue | str | None) -> str:
    """Return a rating as part of a name: "ii", "c-minus", "n-a", and "none" for an unrated cell."""
    return "none" if value is None else str(value).lower().replace("-", "-minus").replace("/", "-")


def told_apart(palette: Palette, name: str) -> Palette:
    """Return the palette under another name with no colour twice: by a colour one can tell what it is for.

    Equal ones become others by so little that nobody sees it.
    """
    taken: set[str] = set()

    def unique(colour: str) -> str:
        number = int(colour[1:], 16)
        step = -1 if number & 0xFF > 0x7F else 1
        while f"#{number:06x}" in taken:
            number += step
        taken.add(f"#{number:06x}")
        return f"#{number:06x}"

    def tone(entry: Tone) -> Tone:
        return Tone(unique(entry.fill), unique(entry.text), unique(entry.line))

    changed: dict[str, object] = {"name": name}
    for part, value in palette._asdict().items():
        if isinstance(value, Tone):
            changed[part] = tone(value)
        elif isinstance(value, Mapping):
            changed[part] = MappingProxyType({key: tone(entry) for key, entry in value.items()})
        elif part != "name":
            changed[part] = unique(value)
    return Palette(**changed)  # pyright: ignore[reportArgumentType]


WEB = told_apart(LIGHT, "web")
"""What pictures are drawn in that a page in a browser shows in its own colours, light or dark."""

PALETTES: Mapping[str, Palette] = MappingProxyType(
    {palette.name: palette for palette in (LIGHT, DARK, PRINT, MONOCHROME, WEB)}
)

HYPOTHESIS_COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#a6400d", "#6b6b6b", "#f0e442")
"""Stripes that tell hypotheses apart, never good from bad; after the colour-blind-safe set of Okabe & Ito (2008)."""


def stripe(position: int) -> str:
    """Return the stripe colour of the hypothesis at `position` (0, 1 ...); the list repeats after its end."""
    return HYPOTHESIS_COLOURS[position % len(HYPOTHESIS_COLOURS)]


def under_what_if(palette: Palette) -> Palette:
    """Return the palette of a matrix that is shown under a what-if: the same on another ground."""
    ground = palette.what_if_ground
    blank = palette.ratings[None]._replace(fill=ground)
    ratings = MappingProxyType({**palette.ratings, None: blank})
    return palette._replace(window=ground, ratings=ratings)


def luminance(colour: str) -> float:
    """Return the relative luminance, 0 to 1, of a ``#rrggbb`` colour (WCAG 2.1, "relative luminance")."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio, 1 to 21, of two ``#rrggbb`` colours (WCAG 2.1, "contrast ratio")."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
