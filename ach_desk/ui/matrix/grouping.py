"""The items under group headings, and what is folded away among them: display alone. No Qt in here.

A group stands on the axis of the items by an id of its own, its band, before its items. Groups follow each other in an
order of their own, whatever the items are sorted by; within a group the items keep the order they are shown in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple, get_args

from ach_desk.i18n import _
from ach_desk.model import Analysis, EvidenceItem, EvidenceKind, words
from ach_desk.model.spans import closely_known, span_of

GroupBy = Literal["", "heading", "tag", "kind", "source", "date", "learned"]
WAYS: tuple[GroupBy, ...] = tuple(way for way in get_args(GroupBy) if way)

_BAND = "\x1fgroup:"
"""How the id of a band begins: a control character is in no id of a record."""

_DAYS_BY_MONTH, _DAYS_BY_YEAR = 92, 3 * 366
"""From so many days on that the dates stretch over, they are grouped by month, or by year."""

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "heading": ("heading",),
    "tag": ("tags",),
    "kind": ("kind",),
    "source": ("citations",),
    "date": ("event_date",),
    "learned": ("learned_date",),
}


class Band(NamedTuple):
    """One group: its name in words, and the ids of the items in it, folded away or not, in the order shown."""

    name: str
    items: tuple[str, ...]


class Scheme(NamedTuple):
    """A way of grouping at one moment: the group of each item ("" for none), the groups in order, and their names."""

    keys: list[str]
    order: list[str]
    name: Callable[[str], str]


class Grouping:
    """View state. by: what the items are grouped by ("" not at all). folded: ids of bands whose items are hidden."""

    def __init__(self) -> None:
        self.by: GroupBy = ""
        self.folded: set[str] = set()
        self.bands: dict[str, Band] = {}
        self._band_of: dict[str, str] = {}

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the fields of an item that decide which group it stands in."""
        return _FIELDS.get(self.by, ())

    def arranged(self, ids: Sequence[str], items: Sequence[EvidenceItem], analysis: Analysis) -> list[str]:
        """Return the shown ids under the bands of their groups; `items` are all of the matrix, in its own order."""
        self.bands, self._band_of = {}, {}
        if not self.by:
            return list(ids)
        scheme = scheme_of(self.by, items, analysis)
        key_of = {item.id: key for item, key in zip(items, scheme.keys, strict=True)}
        members: dict[str, list[str]] = {}
        for entry in ids:
            members.setdefault(key_of[entry], []).append(entry)
        found: list[str] = []
        for key in scheme.order:
            if key in members:
                found += self._group(key, scheme.name(key), members[key])
        return found

    def _group(self, key: str, name: str, members: list[str]) -> list[str]:
        band = f"{_BAND}{self.by}:{key}"
        self.bands[band] = Band(name, tuple(members))
        self._band_of.update(dict.fromkeys(members, band))
        return [band] if band in self.folded else [band, *members]

    def band_of(self, item: str) -> str:
        """Return the id of the band that an item stands under; "" while the items are not grouped."""
        return self._band_of.get(item, "")

    def is_folded(self, band: str) -> bool:
        """Return whether the items of a band are hidden."""
        return band in self.folded and band in self.bands

    def listed(self) -> list[str]:
        """Return the ids of all items that the filter lets through, folded away or not, in the order shown."""
        return [entry for band in self.bands.values() for entry in band.items]

    def reveal(self, items: Iterable[str]) -> bool:
        """Unfold what hides the items; return whether anything did."""
        hiding = self.folded.intersection(self.band_of(entry) for entry in items)
        self.folded -= hiding
        return bool(hiding)


def way_caption(way: GroupBy) -> str:
    """Return what a way of grouping is called in a menu."""
    return {
        "": _("Not grouped"),
        "heading": _("Group by heading"),
        "tag": _("Group by tag"),
        "kind": _("Group by kind"),
        "source": _("Group by source"),
        "date": _("Group by date"),
        "learned": _("Group by date learned"),
    }[way]


def scheme_of(way: GroupBy, items: Sequence[EvidenceItem], analysis: Analysis) -> Scheme:
    """Return how the items fall into groups; what belongs to none stands last. Raises KeyError for no way."""
    scheme = _SCHEMES[way](items, analysis)
    return scheme._replace(order=[*scheme.order, ""])


def _by_heading(items: Sequence[EvidenceItem], _analysis: Analysis) -> Scheme:
    """Headings stand in the order in which the matrix has their first items, so that moving an item moves them."""
    keys = [item.heading.strip() for item in items]
    return Scheme(keys, [key for key in dict.fromkeys(keys) if key], _named(_("No heading")))


def _by_tag(items: Sequence[EvidenceItem], _analysis: Analysis) -> Scheme:
    """An item stands under the first of its tags by alphabet, as the filter lists them, and so only once."""
    order = sorted({tag for item in items for tag in item.tags if tag}, key=_alphabet)
    ranks = {tag: place for place, tag in enumerate(order)}
    return Scheme([_first(item.tags, ranks) for item in items], order, _named(_("No tag")))


def _by_kind(items: Sequence[EvidenceItem], _analysis: Analysis) -> Scheme:
    names = {kind.value: _capital(words.kind_word(kind)) for kind in EvidenceKind}
    return Scheme([item.kind.value for item in items], list(names), lambda key: names.get(key, key))


def _by_source(items: Sequence[EvidenceItem], analysis: Analysis) -> Scheme:
    """An item stands under the first of its sources by alphabet, as the filter lists them."""
    names = {source.id: source.name or source.label for source in analysis.sources.values()}
    order = sorted(names, key=lambda entry: (*_alphabet(names[entry]), entry))
    ranks = {source: place for place, source in enumerate(order)}
    keys = [_first((use.source for use in item.citations), ranks) for item in items]
    return Scheme(keys, order, lambda key: names.get(key) or _("No source"))


def _by_event(items: Sequence[EvidenceItem], _analysis: Analysis) -> Scheme:
    return _by_date([item.event_date or "" for item in items])


def _by_learned(items: Sequence[EvidenceItem], _analysis: Analysis) -> Scheme:
    return _by_date([item.learned_date or "" for item in items])


def _by_date(dates: Sequence[str]) -> Scheme:
    """Group by day, month or year, as fits how far the dates stretch; less exact dates have groups of their own."""
    days = closely_known(span_of(text) for text in {*dates} - {""})
    stretch = max((span.last for span in days), default=0) - min((span.first for span in days), default=0)
    length = 4 if stretch > _DAYS_BY_YEAR else 7 if stretch > _DAYS_BY_MONTH else 10
    keys = [text[:length] for text in dates]
    return Scheme(keys, sorted({*keys} - {""}), lambda key: _date_name(key, length))


def _date_name(key: str, length: int) -> str:
    if not key:
        return _("No date")
    if len(key) == length:
        return key
    text = _("{date}, day not known") if len(key) == len("2023-06") else _("{date}, month not known")
    return text.format(date=key)


def _named(without: str) -> Callable[[str], str]:
    return lambda key: key or without


def _first(values: Iterable[str], ranks: Mapping[str, int]) -> str:
    known = [value for value in values if value in ranks]
    return min(known, key=ranks.__getitem__, default="")


def _alphabet(text: str) -> tuple[str, str]:
    return text.casefold(), text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_SCHEMES: Mapping[str, Callable[[Sequence[EvidenceItem], Analysis], Scheme]] = {
    "heading": _by_heading,
    "tag": _by_tag,
    "kind": _by_kind,
    "source": _by_source,
    "date": _by_event,
    "learned": _by_learned,
}
