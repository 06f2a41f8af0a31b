"""Translation of every text the program shows, for the floors with Qt and those without.

One gettext catalogue serves the whole program (docs/adr/0004): ``_`` marks and translates a text,
``ngettext`` a text with a count. Both look the catalogue up at call time, so that the language can be
chosen after import; never call them at import time.
"""

from __future__ import annotations

import gettext as _gettext
from collections.abc import Sequence
from pathlib import Path

DOMAIN = "ach-desk"

SOURCE_LANGUAGE = "en"

_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()


def use_language(languages: Sequence[str] | None, directory: Path) -> bool:
    """Choose the catalogue for the first of `languages` that `directory` has; return whether one was found.

    `languages` are codes such as ``"de"`` or ``"de_AT"`` in order of preference; None takes them from the
    environment (LANGUAGE, LC_ALL, LC_MESSAGES, LANG). Without a catalogue texts stay English.
    """
    global _catalogue
    try:
        _catalogue = _gettext.translation(DOMAIN, directory, languages=languages)
    except OSError:
        _catalogue = _gettext.NullTranslations()
        return False
    return True


def language() -> str:
    """Return the code of the language that texts are in, such as "de"; for screen readers and hyphenation."""
    return _catalogue.info().get("language") or SOURCE_LANGUAGE


def _(message: str) -> str:
    """Return `message` in the chosen language."""
    return _catalogue.gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form of the message that `count` asks for in the chosen language; placeholders are left in."""
    return _catalogue.ngettext(singular, plural, count)


def join_words(words: Sequence[str]) -> str:
    """Return the words as an enumeration: ``"H1"``, ``"H1 and H2"``, ``"H1, H2 and H3"``; "" for none."""
    if len(words) < 2:
        return "".join(words)
    return _("{first} and {last}").format(first=", ".join(words[:-1]), last=words[-1])


def join_some(words: Sequence[str], most: int, number: int | None = None) -> str:
    """Return an enumeration of at most `most` parts, the last one a number if need be: ``"E1, E2 and 3 others"``.

    `number` is how many there are in all where `words` holds only the first `most` of them.
    """
    number = len(words) if number is None else number
    if number <= most:
        return join_words(words)
    rest = number - most + 1
    others = ngettext("{count} other", "{count} others", rest).format(count=rest)
    return join_words([*words[: most - 1], others])
