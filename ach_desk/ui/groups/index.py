"""Which item is in which group, and how the brackets of the matrix lie beside each other. No widgets in here."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple

from ach_desk.i18n import _, join_some
from ach_desk.model import Analysis, DependenceGroup
from ach_desk.model.values import Dependence
from ach_desk.model.words import dependence_word
from ach_desk.scoring import dependence

MOST_TRACKS = 3
"""So many brackets lie beside each other; of more that overlap the rows keep their numbers alone."""

_MOST_NAMED = 4


class Bracket(NamedTuple):
    """The bracket of one group: its number, its track (0 is next to the label), the places it joins in rising order."""

    number: int
    group: DependenceGroup
    track: int
    places: tuple[int, ...]


class Brackets(NamedTuple):
    """The brackets over the items in their present order; `track` -1 stands for one without a line."""

    of_place: dict[int, Bracket]
    lines: tuple[tuple[Bracket, ...], ...]

    @property
    def tracks(self) -> int:
        """Return how many lines lie beside each other at most."""
        return len(self.lines)

    def crossing(self, place: int) -> list[Bracket]:
        """Return the brackets whose lines pass a place, its own among them, from the label outwards."""
        return [found for line in self.lines if (found := _at(line, place)) is not None]


NO_BRACKETS = Brackets({}, ())


class Grouped:
    """The groups of the analysis as the matrix needs them; `ids` gives the items as they are shown."""

    def __init__(self, analysis: Callable[[], Analysis], ids: Callable[[], Sequence[str]]) -> None:
        self._analysis, self._ids = analysis, ids
        self._of_item: dict[str, DependenceGroup] = {}
        self._numbers: dict[str, int] = {}
        self._brackets: Brackets | None = None
        self.take()

    def take(self) -> None:
        """Look the groups up anew."""
        groups = self._analysis().groups
        self._of_item = dependence.group_of_items(groups.values()) if groups else {}
        self._numbers = bracket_numbers(self._analysis()) if groups else {}
        self._brackets = None

    def rearranged(self) -> None:
        """Lay the brackets anew: the items stand otherwise."""
        self._brackets = None

    @property
    def any(self) -> bool:
        """Return whether there is any group."""
        return bool(self._of_item)

    @property
    def most_number(self) -> int:
        """Return the highest number of a bracket; 0 when there is none."""
        return len(self._numbers)

    def of(self, item: str) -> DependenceGroup | None:
        """Return the group of an item (an id); None for none."""
        return self._of_item.get(item)

    def number_of(self, group: str) -> int:
        """Return the number by which the bracket of a group goes; 0 for one whose items are independent."""
        return self._numbers.get(group, 0)

    @property
    def brackets(self) -> Brackets:
        """Return the brackets over the items as they are shown."""
        if self._brackets is None:
            self._brackets = self._laid_out() if self._numbers else NO_BRACKETS
        return self._brackets

    def _laid_out(self) -> Brackets:
        places: dict[str, list[int]] = {}
        for place, entry in enumerate(self._ids()):
            group = self._of_item.get(entry)
            if group is not None and group.id in self._numbers:
                places.setdefault(group.id, []).append(place)
        lines: list[list[Bracket]] = []
        of_place: dict[int, Bracket] = {}
        # The shortest next to the label: its ticks cross no other line.
        for group_id in sorted(places, key=lambda entry: (places[entry][-1] - places[entry][0], places[entry][0])):
            found = places[group_id]
            track = _free_track(lines, found[0], found[-1]) if len(found) > 1 else -1
            group = self._analysis().groups[group_id]
            bracket = Bracket(self._numbers[group_id], group, track, tuple(found))
            if track >= 0:
                lines[track].append(bracket)
            of_place.update(dict.fromkeys(found, bracket))
        for line in lines:
            line.sort(key=lambda bracket: bracket.places[0])
        return Brackets(of_place, tuple(map(tuple, lines)))

    def words(self, item: str) -> list[str]:
        """Return a line on the group of an item, for tooltips and screen readers; none for an item in none."""
        group = self._of_item.get(item)
        return [] if group is None else [group_words(self._analysis(), group, self.number_of(group.id), besides=item)]


def bracket_numbers(analysis: Analysis) -> dict[str, int]:
    """Return group id -> the number of its bracket; groups of independent items have none."""
    dependent = [entry.id for entry in analysis.groups.values() if entry.strength is not Dependence.INDEPENDENT]
    return {entry: number for number, entry in enumerate(dependent, 1)}


def group_words(analysis: Analysis, group: DependenceGroup, number: int, besides: str = "") -> str:
    """Return a group in a line: number and name, how strong, and which (other) items are in it."""
    known = analysis.evidence
    labels = [known[entry].label for entry in group.items if entry != besides and entry in known]
    text = _("Group {number} “{name}” with {items}: {strength}") if number else _("“{name}” with {items}: {strength}")
    names = join_some(labels, _MOST_NAMED)
    return text.format(number=number, name=group.name, items=names, strength=dependence_word(group.strength))


def _free_track(lines: list[list[Bracket]], first: int, last: int) -> int:
    """Return the innermost track that is free between two places, a new one while there is room; -1 for none."""
    for track, line in enumerate(lines):
        if all(other.places[-1] < first or other.places[0] > last for other in line):
            return track
    if len(lines) < MOST_TRACKS:
        lines.append([])
        return len(lines) - 1
    return -1


def _at(line: Sequence[Bracket], place: int) -> Bracket | None:
    before = bisect_right(line, place, key=lambda bracket: bracket.places[0]) - 1
    return line[before] if before >= 0 and line[before].places[-1] >= place else None
