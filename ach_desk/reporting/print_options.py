"""What the person who prints can choose, and which paper a country uses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from ach_desk.i18n import language


class Paper(StrEnum):
    """A paper size, by typst's name for it."""

    A4 = "a4"
    LETTER = "us-letter"
    A3 = "a3"


class Orientation(StrEnum):
    """How the paper is turned; `AUTO` turns it sideways when the matrix would not fit upright."""

    AUTO = "auto"
    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


PAPER_SIZES = {Paper.A4: (210.0, 297.0), Paper.LETTER: (215.9, 279.4), Paper.A3: (297.0, 420.0)}
"""Width and height of the upright sheet in millimetres."""

_LETTER_COUNTRIES = frozenset(
    ["US", "CA", "MX", "PH", "CL", "CO", "VE", "CR", "GT", "NI", "PA", "SV", "HN", "DO", "PR"]
)


@dataclass(frozen=True)
class PrintOptions:
    """The choices of the print dialog and of ``ach print``.

    `chart` is the consistency chart, `resting` the charts of what the order rests on.
    `printed` is the moment that the pages and the PDF's metadata carry: the same analysis, options and fonts give
    the same document byte for byte. `reasons` None adds the appendix when there is something to put into it.
    `fit` makes things smaller: all hypotheses side by side, a wall matrix on one sheet, a chart on one page; without it
    everything keeps its size and takes more sheets. `shuffled`, `seed` and `name_line` are those of a rating form:
    items in an order of chance that the seed gives, and a line for a name. `positive_scores` shows scores without
    their minus sign, as the window's setting does. `language` is the code of the program's language for screen readers
    and hyphenation. `is_group`: the ratings are the median of several sheets; the document sets it
    itself.
    """

    paper: Paper = Paper.A4
    orientation: Orientation = Orientation.AUTO
    black_and_white: bool = False
    front: bool = True
    chart: bool = True
    resting: bool = False
    matrix: bool = True
    reasons: bool | None = None
    fit: bool = False
    shuffled: bool = False
    seed: int = 1
    name_line: bool = True
    positive_scores: bool = False
    language: str = field(default_factory=language)
    is_group: bool = False
    printed: datetime = field(default_factory=lambda: datetime.now().astimezone())


def paper_for_locale(locale: str) -> Paper:
    """Return the paper that the country of a locale name such as ``"en_US.UTF-8"`` uses; A4 when it names none."""
    country = locale.partition(".")[0].replace("-", "_").partition("_")[2][:2].upper()
    return Paper.LETTER if country in _LETTER_COUNTRIES else Paper.A4
