"""The columns an analyst can show beside the text of the items."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import NamedTuple

from ach_desk.i18n import _
from ach_desk.model import EvidenceItem, Level, words
from ach_desk.model.spans import words_of
from ach_desk.ui.matrix import wording
from ach_desk.ui.matrix.axes import EVIDENCE
from ach_desk.ui.matrix.model import MatrixModel

FULL_SPREAD = 2.0
"""The largest diagnosticity there is: half CC, half II."""

FULL_INFLUENCE = 2.0
"""An influence that fills its bar: what one II of medium weight does."""

_DAY = len("2023-06-23")
_SHOWN_WHEN_USED = ("credibility", "relevance")


class ItemColumn(NamedTuple):
    """One column: its key in the view state, caption, widest usual text, and the text of the item at a place.

    in_menu: what the menu says of it, where that is more than the caption.
    """

    key: str
    caption: str
    sample: str
    text: Callable[[MatrixModel, int], str]
    share: Callable[[MatrixModel, int], float] | None = None
    in_menu: str = ""


def item_columns() -> dict[str, ItemColumn]:
    """Return every column that can be chosen, by key, in menu order."""
    levels = max((words.level_word(level) for level in Level), key=len)
    every = (
        ItemColumn("kind", _("Kind"), _("assumption"), _of_item(lambda item: words.kind_word(item.kind))),
        ItemColumn("credibility", _("Credibility"), levels, _of_item(lambda item: _level(item.credibility))),
        ItemColumn(
            "relevance",
            _("Relevance"),
            levels,
            _of_item(lambda item: _level(item.relevance)),
            in_menu=_("Relevance (mostly already in the rating)"),
        ),
        ItemColumn("event_date", _("Date"), _("mid-June 2023"), _of_item(event_date_text)),
        ItemColumn("learned_date", _("Learned"), "2023-06-23", _of_item(lambda item: item.learned_date or "")),
        ItemColumn("sources", _("Sources"), _("a newspaper"), _sources),
        ItemColumn("flag", _("Flag"), _("flagged"), _of_item(lambda item: _("flagged") if item.flag else "")),
        ItemColumn("entered", _("Entered"), "2023-06-23", _of_item(lambda item: (item.entered or "")[:_DAY])),
        ItemColumn("tags", _("Tags"), _("a tag, a tag"), _of_item(lambda item: ", ".join(item.tags))),
        ItemColumn("code", _("Code"), _("a code"), _of_item(lambda item: item.code)),
        ItemColumn("marking", _("Marking"), "TLP:AMBER", _of_item(lambda item: item.marking)),
        ItemColumn("group", _("Group"), _("a source"), _group),
        ItemColumn(
            "diagnosticity",
            _("Diagnosticity"),
            "1.0",
            _diagnosticity,
            _spread_share,
            in_menu=_("Diagnosticity (power to tell apart)"),
        ),
        ItemColumn(
            "influence",
            _("Influence"),
            f"{wording.MINUS}8.8 ",
            _influence,
            _influence_share,
            in_menu=_("Influence (what it does for the lead today)"),
        ),
    )
    return {column.key: column for column in every}


def sort_captions() -> dict[str, str]:
    """Return every column of the items that can be sorted by, with its caption, in menu order."""
    captions = {key: column.caption for key, column in item_columns().items()}
    return {"label": _("Label"), "title": _("Text"), **captions}


def used_columns(items: Iterable[EvidenceItem]) -> list[str]:
    """Return the columns that show by themselves because the analysis uses them."""
    return [key for key in _SHOWN_WHEN_USED if any(value is not None for value in map(attrgetter(key), items))]


def chosen(keys: Sequence[str]) -> list[ItemColumn]:
    """Return the columns of these keys; unknown keys (of a newer version) are passed over."""
    every = item_columns()
    return [every[key] for key in keys if key in every]


def _of_item(text: Callable[[EvidenceItem], str]) -> Callable[[MatrixModel, int], str]:
    return lambda model, section: text(model.item(section))


def event_date_text(item: EvidenceItem) -> str:
    """Return when it happened as it is said."""
    return words_of(item.event_date, item.event_end, item.event_words)


def _level(level: Level | None) -> str:
    return "" if level is None else words.level_word(level)


def _sources(model: MatrixModel, section: int) -> str:
    return ", ".join(wording.source_names(model.item(section), model.session.analysis))


def _group(model: MatrixModel, section: int) -> str:
    group = model.grouped.of(model.axes.ids[EVIDENCE][section])
    return group.name if group is not None else ""


def _diagnosticity(model: MatrixModel, section: int) -> str:
    spread = model.diagnosticity(section)
    return wording.DASH if math.isnan(spread) else f"{spread:.1f}"


def _spread_share(model: MatrixModel, section: int) -> float:
    spread = model.diagnosticity(section)
    return 0.0 if math.isnan(spread) else spread / FULL_SPREAD


def _influence(model: MatrixModel, section: int) -> str:
    value = model.influence(section)
    return wording.DASH if math.isnan(value) else wording.signed(value)


def _influence_share(model: MatrixModel, section: int) -> float:
    value = model.influence(section)
    return 0.0 if math.isnan(value) else min(abs(value) / FULL_INFLUENCE, 1.0)
