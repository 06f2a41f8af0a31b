"""What a person does, as data, and how it is counted.

A key, with or without Shift, Ctrl or Alt, counts one; so do a click, a double click and a drag, whatever key is held
with it. The characters of the case's own texts do not count; ratings, formulas and names that are typed do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """A text of the case, typed; it does not count."""

    text: str


@dataclass(frozen=True)
class Typed:
    """Something else that is typed; each character counts."""

    text: str


@dataclass(frozen=True)
class Key:
    """A key as X names it, for example "ctrl+Return"."""

    name: str


@dataclass(frozen=True)
class Click:
    """A click at a named place of the window, with a key held or doubled."""

    place: str
    holding: str = ""
    double: bool = False


@dataclass(frozen=True)
class Drag:
    """A drag from one named place of the window to another, with a key held."""

    start: str
    end: str
    holding: str = ""


@dataclass(frozen=True)
class Wait:
    """Where a person sees something appear before going on; what that is is named for the one who drives."""

    what: str


Act = Text | Typed | Key | Click | Drag | Wait


@dataclass(frozen=True)
class Stage:
    """A part of the work with a name."""

    name: str
    acts: Sequence[Act]

    @property
    def count(self) -> int:
        """Return its keystrokes and clicks."""
        return sum(map(_weight, self.acts))


def total(stages: Iterable[Stage]) -> int:
    """Return the keystrokes and clicks of several stages."""
    return sum(stage.count for stage in stages)


def _weight(act: Act) -> int:
    match act:
        case Typed(text):
            return len(text)
        case Key() | Click() | Drag():
            return 1
        case _:
            return 0


def between(texts: Sequence[str], key: str) -> list[Act]:
    """Return the acts that type the texts with a key between one and the next."""
    acts: list[Act] = []
    for number, text in enumerate(texts):
        acts += [Key(key)] * bool(number) + [Text(text)]
    return acts
