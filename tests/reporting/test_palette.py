"""Colours: enough contrast everywhere, blue against orange, and stripes that colour-blind readers tell apart."""

from __future__ import annotations

import colorsys
import itertools
import re

import numpy as np
import pytest

from ach_desk.model import RatingValue
from ach_desk.reporting.hues import HUES, hue_of, in_hues
from ach_desk.reporting.palette import HYPOTHESIS_COLOURS, PALETTES, Palette, Tone, contrast, stripe

_LEGIBLE = 4.5


def _tones(palette: Palette) -> list[tuple[str, Tone]]:
    tones = [(f"rating {value}", tone) for value, tone in palette.ratings.items()]
    return [*tones, *((f"block {value}", tone) for value, tone in palette.blocks.items()), ("bar", palette.bar)]


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_every_text_is_legible_on_its_ground(palette: Palette) -> None:
    pairs = [
        (f"{kind} on {ground}", getattr(palette, kind), getattr(palette, ground))
        for kind in ("text", "muted", "accent")
        for ground in ("window", "base")
    ]
    pairs += [("accent text", palette.accent_text, palette.accent), ("selection", palette.text, palette.selection)]
    pairs += [(name, tone.text, tone.fill) for name, tone in _tones(palette)]
    assert [(name, contrast(text, ground)) for name, text, ground in pairs if contrast(text, ground) < _LEGIBLE] == []


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_a_palette_is_complete_and_well_formed(palette: Palette) -> None:
    assert set(palette.ratings) == {*RatingValue, None}
    assert set(palette.blocks) == {RatingValue(value) for value in ("CC", "C", "C-", "I-", "I", "II")}
    colours = [value for value in palette if isinstance(value, str)]
    colours.remove(palette.name)
    colours += [colour for _, tone in _tones(palette) for colour in (tone.fill, tone.text, tone.line)]
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in colours)


@pytest.mark.parametrize("name", ["light", "dark", "print"])
def test_consistent_is_blue_and_inconsistent_is_orange(name: str) -> None:
    for value, (low, high) in {"CC": (190, 220), "C-": (190, 220), "I-": (15, 45), "II": (15, 45)}.items():
        colour = PALETTES[name].ratings[RatingValue(value)].fill
        red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
        assert low <= colorsys.rgb_to_hsv(red, green, blue)[0] * 360 <= high, (value, colour)


def test_contrast_agrees_with_the_published_extremes() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


# Machado, Oliveira & Fernandes 2009, "A physiologically-based model for simulation of color vision deficiency",
# full severity, on linear RGB.
_DEFICIENCIES = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
}


def _seen(colour: str, kind: str) -> np.ndarray:
    encoded = np.array([int(colour[start : start + 2], 16) for start in (1, 3, 5)]) / 255
    linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    return np.clip(_DEFICIENCIES[kind] @ linear, 0, 1) ** (1 / 2.4)


@pytest.mark.parametrize("kind", ["normal", "protanopia", "deuteranopia"])
def test_neighbouring_stripes_stay_apart_for_colour_blind_readers(kind: str) -> None:
    for first, second in itertools.combinations(HYPOTHESIS_COLOURS[:6], 2):
        assert np.linalg.norm(_seen(first, kind) - _seen(second, kind)) > 0.12, (first, second)


def test_pairs_of_colours_stay_legible_and_are_what_they_are_called() -> None:
    for palette, hues in itertools.product(("light", "dark", "print"), HUES):
        turned = in_hues(palette, hues)
        for name, tone in _tones(turned):
            assert contrast(tone.text, tone.fill) >= _LEGIBLE, (palette, hues, name)
        for value, hue in (("CC", HUES[hues][0]), ("C", HUES[hues][0]), ("I", HUES[hues][1]), ("II", HUES[hues][1])):
            apart = (hue_of(turned.ratings[RatingValue(value)].fill) - hue + 180) % 360 - 180
            assert abs(apart) < 6, (palette, hues, value)
        assert turned.ratings[RatingValue("N")] == PALETTES[palette].ratings[RatingValue("N")]
    assert in_hues("light", "") is PALETTES["light"]


@pytest.mark.parametrize(("kind", "best"), [("protanopia", "violet-gold"), ("tritanopia", "teal-rust")])
def test_each_pair_is_best_for_the_eyes_it_is_for(kind: str, best: str) -> None:
    def apart(hues: str) -> float:
        ratings = in_hues("print", hues).ratings
        against, fits = (ratings[RatingValue(value)].fill for value in ("II", "CC"))
        return float(np.linalg.norm(_seen(against, kind) - _seen(fits, kind)))

    assert max(("", *HUES), key=apart) == best
    assert apart("") > 0.5


def test_stripes_repeat_after_the_last() -> None:
    assert stripe(0) == stripe(len(HYPOTHESIS_COLOURS)) != stripe(1)
