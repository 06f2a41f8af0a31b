"""What the menus of the filter bar offer: each entry with the filter that choosing it leads to. No Qt in here."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple

from ach_desk.i18n import _
from ach_desk.model import Analysis, EvidenceKind, words
from ach_desk.scoring.suspicion import any_suspect
from ach_desk.ui.matrix.item_filter import ANY_TIME, NONE, ItemFilter, Period


class Choice(NamedTuple):
    """An entry of a menu: its text, whether it is on, and what switching it changes in the filter.

    One of five hundred is chosen, so that no filter is made of the others.
    """

    text: str
    on: bool
    wanted: ItemFilter
    change: Mapping[str, Any]

    @property
    def leads_to(self) -> ItemFilter:
        """Return the filter after the entry was switched."""
        return replace(self.wanted, **self.change)


def kinds(wanted: ItemFilter, analysis: Analysis) -> list[Choice]:
    """Return the kinds of item; none while all items are of one kind."""
    used = _present(analysis, "kind") | wanted.kinds
    if len(used) < 2 and not wanted.kinds:
        return []
    return _of_set(wanted, "kinds", ((kind, words.kind_word(kind)) for kind in EvidenceKind if kind in used))


def tags(wanted: ItemFilter, analysis: Analysis) -> list[Choice]:
    """Return the tags in use, by alphabet, and "without tags"; none while there are no tags."""
    used = set(chain.from_iterable(map(attrgetter("tags"), analysis.evidence.values()))) | wanted.tags - {NONE}
    if not used and not wanted.tags:
        return []
    return _of_set(wanted, "tags", [*((tag, tag) for tag in sorted(used, key=str.casefold)), (NONE, _("without tags"))])


def sources(wanted: ItemFilter, analysis: Analysis) -> list[Choice]:
    """Return the sources, by alphabet, and "without source"; none while there are no sources."""
    names = {source.id: source.name or source.label for source in analysis.sources.values()}
    if not names and not wanted.sources:
        return []
    listed = sorted(names.items(), key=lambda entry: entry[1].casefold())
    return _of_set(wanted, "sources", [*listed, (NONE, _("without source"))])


def groups(wanted: ItemFilter, analysis: Analysis) -> list[Choice]:
    """Return the dependence groups in their order, and "in no group"; none while there are no groups."""
    if not analysis.groups and not wanted.groups:
        return []
    listed = [(group.id, group.name) for group in analysis.groups.values()]
    return _of_set(wanted, "groups", [*listed, (NONE, _("in no group"))])


def codes(wanted: ItemFilter, analysis: Analysis) -> list[Choice]:
    """Return the codes in use, by alphabet, and "without code"; none while there are no codes."""
    return _of_texts(wanted, "codes", _present(analysis, "code"), _("without code"))


def markings(wanted: ItemFilter, analysis: Analysis) -> list[Choice]:
    """Return the markings in use, by alphabet, and "without marking"; none while no item is marked."""
    return _of_texts(wanted, "markings", _present(analysis, "marking"), _("without marking"))


def states(wanted: ItemFilter, analysis: Analysis, *, scores_shown: bool) -> list[Choice]:
    """Return what an item can be; what gives the standing away while that is shown, "suspected" once it is used."""
    choices = [_switch(wanted, _("with unrated cells"), "unrated", True, False)]
    if scores_shown:
        choices.append(_switch(wanted, _("tells the hypotheses apart"), "separates", True, None))
        choices.append(_switch(wanted, _("does not tell them apart"), "separates", False, None))
    choices.append(_switch(wanted, _("flagged"), "flagged", True, False))
    if wanted.suspect or any_suspect(analysis):
        choices.append(_switch(wanted, _("suspected of being deceptive"), "suspect", True, False))
    choices.append(_switch(wanted, _("counted"), "counted", True, None))
    choices.append(_switch(wanted, _("set aside"), "counted", False, None))
    return choices


def periods(wanted: ItemFilter) -> list[Choice]:
    """Return the days that the timeline gave the filter; choosing them again lets every day through."""
    choices = []
    if wanted.happened != ANY_TIME:
        text = _period(wanted.happened, _("happened {days}"))
        choices.append(Choice(text, True, wanted, {"happened": ANY_TIME}))
    if wanted.learned != ANY_TIME:
        text = _period(wanted.learned, _("learned {days}"))
        choices.append(Choice(text, True, wanted, {"learned": ANY_TIME}))
    return choices


def _period(period: Period, text: str) -> str:
    first, last = period
    if first == last:
        days = first
    elif first and last:
        days = _("{first} to {last}").format(first=first, last=last)
    else:
        days = _("by {last}").format(last=last) if last else _("from {first}").format(first=first)
    return text.format(days=days)


def _present(analysis: Analysis, field: str) -> set[Any]:
    """Return what a field of the items holds; asked for four fields of ten thousand items before a filter is seen."""
    return set(map(attrgetter(field), analysis.evidence.values()))


def _of_texts(wanted: ItemFilter, field: str, present: set[str], without: str) -> list[Choice]:
    chosen: frozenset[str] = getattr(wanted, field)
    used = (present | chosen) - {NONE}
    if not used and not chosen:
        return []
    return _of_set(wanted, field, [*((text, text) for text in sorted(used, key=str.casefold)), (NONE, without)])


def _of_set(wanted: ItemFilter, field: str, entries: Iterable[tuple[Hashable, str]]) -> list[Choice]:
    chosen: frozenset[Any] = getattr(wanted, field)
    return [Choice(text, value in chosen, wanted, {field: chosen ^ {value}}) for value, text in entries]


def _switch(wanted: ItemFilter, text: str, field: str, value: Any, off: Any) -> Choice:
    on = getattr(wanted, field) is value
    return Choice(text, on, wanted, {field: off if on else value})
