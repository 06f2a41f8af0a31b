"""Dates as people say them, in English and German: "mid-June 2023", "zwischen 10. und 12. Juni 2023", "about 2020".

`understood` reads words and returns the days they stand for, or None: what is not understood is never guessed at. Our
conventions: early, mid and late are thirds (of a month its days 1 to 10, 11 to 20 and 21 to the end; of a year four
months each); about a day is three days either way, about a month or year one either way; seasons are those of the
north, whole months, and a winter belongs to the year it begins in.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from ach_desk.i18n import _
from ach_desk.model.spans import words_of

LONGEST = 200
"""Characters of a text that are looked at; a longer one is no date."""


class Span(NamedTuple):
    """From when until when, both as 2023, 2023-06 or 2023-06-23; `end` is None where `start` says it all."""

    start: str
    end: str | None = None


class _Said(NamedTuple):
    """What one side of a date names."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    season: int | None = None
    part: tuple[int, int] | None = None
    about: bool = False


_MONTHS = (
    *("january jan jänner januar", "february feb februar", "march mar märz maerz mär mrz", "april apr"),
    *("may mai", "june jun juni", "july jul juli", "august aug", "september sep sept", "october oct oktober okt"),
    *("november nov", "december dec dezember dez"),
)
_SEASONS = ("spring frühling frühjahr", "summer sommer", "autumn fall herbst", "winter")
_PARTS = (
    "early beginning begin start anfang beginn",
    "mid middle mitte",
    "late end ende spät",
)
_ORDINALS = (
    "first 1st 1. erste ersten erstes",
    "second 2nd 2. zweite zweiten zweites",
    "third 3rd 3. dritte dritten drittes",
    "fourth 4th 4. vierte vierten viertes",
)


def _numbered(lines: Iterable[str]) -> dict[str, int]:
    return {word: number for number, line in enumerate(lines) for word in line.split()}


_MONTH_OF, _SEASON_OF, _PART_OF, _ORDINAL_OF = map(_numbered, (_MONTHS, _SEASONS, _PARTS, _ORDINALS))
_ABOUT_WORDS = "about around circa ca ca. c c. approximately approx roughly etwa ungefähr um gegen ~"
_HALF, _QUARTER = frozenset({"half", "hälfte", "halbjahr"}), frozenset({"quarter", "quartal"})
_WEEKDAYS = (
    "monday tuesday wednesday thursday friday saturday sunday "
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag"
)
_ABOUT = frozenset(_ABOUT_WORDS.split())
_FILLERS = frozenset(f"of the in on im am des der den dem das year jahr jahres jahre {_WEEKDAYS}".split())

_ISO = re.compile(r"\b(\d{4})-(0[1-9]|1[0-2])(?:-(\d{2}))?\b(?!-)")
_TIME = re.compile(r",?\s*\b(?:at |um )?\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:uhr|utc|gmt|h|am|pm|a\.m\.|p\.m\.)?(?![\d.])")
_CLOCK = re.compile(r"\b([01]?\d|2[0-3]):[0-5]\d")
_WINTER = re.compile(r"(\d{4})/\d{2}(?:\d{2})?$")
_DECADE = re.compile(r"(?:the )?(\d{3})0(?:s|'s|er(?: jahren?)?)")
_BETWEEN = re.compile(r"(?:between|zwischen) (.+) (?:and|und) (.+)")
_APART = re.compile(
    r"\s*(?:\.\.\.?|…)\s*| (?:to|until|till|through|bis(?: zum)?|-) |\s*/\s*|(?<=\d)-(?=\d)|(?<=\.)-|-(?=\d)"
)
_TOKEN = re.compile(
    r"\d{4}~\d\d(?:~\d\d)?|\d{1,2}\.\d{1,2}\.(?:\d{4})?|\d+(?:st|nd|rd|th)\b|\d{1,2}\.|\d+|~|[^\W\d_]+\.?"
)


def understood(words: str) -> Span | None:
    """Return the days that the words stand for; None when they are not understood."""
    text = _normal(words)
    if not text or len(text) > LONGEST:
        return None
    decade = _DECADE.fullmatch(text)
    if decade is not None:
        return _span_of(date(int(decade[1]) * 10 or 1, 1, 1), date(int(decade[1]) * 10 + 9, 12, 31))
    whole = _said(text)
    if whole is not None:
        return _one(whole)
    sides = _sides(text)
    return None if sides is None else _from_to(*sides)


def event_fields(words: str) -> dict[str, str | None]:
    """Return what an item keeps of a date in words: event_date, event_end, and the words where they say more.

    What is not understood is kept in words alone.
    """
    said = words.strip()
    span = understood(said)
    start, end = (span.start, span.end) if span is not None else (None, None)
    return {"event_date": start, "event_end": end, "event_words": "" if words_of(start, end, "") == said else said}


def one_date(words: str) -> str | None:
    """Return the single day, month or year that the words name, as 2023-06-23, 2023-06 or 2023; else None."""
    span = understood(words)
    return span.start if span is not None and span.end is None else None


def first_day(partial: str) -> str:
    """Return the first day of a year, a month or a day, as 2023-06-01."""
    return partial + "-01-01"[len(partial) - 4 :] if len(partial) < 10 else partial


def last_day(partial: str) -> str:
    """Return the last day of a year, a month or a day, as 2023-06-30."""
    if len(partial) == 10:
        return partial
    year, month = int(partial[:4]), int(partial[5:7] or 12)
    return f"{partial[:4]}-{month:02}-{calendar.monthrange(year, month)[1]:02}"


def in_words(start: str, end: str | None = None) -> str:
    """Return a date or a stretch of time as it is read: "11 to 20 June 2023"."""
    if end is None or end == start:
        return _day_words(start)
    if len(start) == len(end) > 4 and start[:4] == end[:4]:
        if len(start) == 10 and start[:7] == end[:7]:
            return _("{first} to {last}").format(first=int(start[8:]), last=_day_words(end))
        short = _without_year(start)
        return _("{first} to {last}").format(first=short, last=_day_words(end))
    return _("{first} to {last}").format(first=_day_words(start), last=_day_words(end))


def month_name(month: int) -> str:
    """Return the name of month 1 to 12."""
    names = (
        *(_("January"), _("February"), _("March"), _("April"), _("May"), _("June")),
        *(_("July"), _("August"), _("September"), _("October"), _("November"), _("December")),
    )
    return names[month - 1]


def _day_words(partial: str) -> str:
    if len(partial) == 4:
        return partial
    return _("{date} {year}").format(date=_without_year(partial), year=partial[:4])


def _without_year(partial: str) -> str:
    month = month_name(int(partial[5:7]))
    return _("{day} {month}").format(day=int(partial[8:]), month=month) if len(partial) == 10 else month


def _normal(words: str) -> str:
    """Return the words in lower case with plain hyphens and blanks, dates as 2023~06~23, and no time of day."""
    text = unicodedata.normalize("NFKC", words).casefold().replace(",", " ")
    text = re.sub("[\N{EN DASH}\N{EM DASH}\N{NON-BREAKING HYPHEN}\N{HYPHEN}]", "-", text)
    text = " ".join(text.split()).rstrip("?! ")
    if _CLOCK.search(text):
        text = _TIME.sub("", text).strip()
    text = _ISO.sub(lambda found: "~".join(filter(None, found.groups())), text)
    return re.sub(r"\b(early|mid|late|anfang|mitte|ende|ca)-", r"\1 ", text)


def _sides(text: str) -> tuple[_Said, _Said] | None:
    """Return both ends of "10 to 12 June 2023", each as far as it is said; None for anything else."""
    between = _BETWEEN.fullmatch(text)
    if between is not None:
        sides = list(between.groups())
    else:
        sides = _APART.split(re.sub(r"^(?:from|von|vom) (?:the |der |dem )?", "", text), maxsplit=1)
    if len(sides) != 2:
        return None
    first, last = _said(sides[0], whole=False), _said(sides[1], whole=False)
    return None if first is None or last is None else (first, last)


def _said(text: str, *, whole: bool = True) -> _Said | None:
    """Return what the text names; None where a word of it is not known, or (`whole`) it names no year."""
    winter = _WINTER.search(text) if "winter" in text else None
    tokens = _TOKEN.findall(text[: winter.end(1)] if winter else text)
    left = _TOKEN.sub("", text[: winter.end(1)] if winter else text)
    if left.strip(" '") or not tokens:
        return None
    found: dict[str, Any] = {}
    while tokens:
        taken = _take(tokens)
        if taken is None or not found.keys().isdisjoint(taken):
            return None
        found.update(taken)
    said = _Said(**found)
    return said if said.year is not None or not whole else None


def _take(tokens: list[str]) -> dict[str, Any] | None:
    """Take one thing off the front of the tokens and return it; nothing for a word that says nothing of a date."""
    word = tokens.pop(0)
    bare = word.rstrip(".")
    if tokens and word in _ORDINAL_OF and tokens[0] in _HALF | _QUARTER:
        return {"part": (_ORDINAL_OF[word], 2 if tokens.pop(0) in _HALF else 4)}
    if word == "q" and tokens and tokens[0] in "1234":
        return {"part": (int(tokens.pop(0)) - 1, 4)}
    if word in _ABOUT:
        return {"about": True}
    if bare in _FILLERS:
        return {}
    for name, known in (("month", _MONTH_OF), ("season", _SEASON_OF)):
        if bare in known:
            return {name: known[bare] + (name == "month")}
    if bare in _PART_OF:
        return {"part": (_PART_OF[bare], 3)}
    return _number(word)


def _number(word: str) -> dict[str, Any] | None:
    if "~" in word:
        return dict(zip(("year", "month", "day"), map(int, word.split("~")), strict=False))
    if word.count(".") == 2:
        day, month, year = word.split(".")
        return {"day": int(day), "month": int(month), **({"year": int(year)} if year else {})}
    digits = re.sub(r"\D+$", "", word)
    if not digits.isdecimal():
        return None
    if len(digits) == 4 and word == digits:
        return {"year": int(digits)}
    return {"day": int(digits)} if len(digits) <= 2 else None


def _one(said: _Said) -> Span | None:
    days = _days(said)
    return None if days is None else _span_of(*days)


def _from_to(first: _Said, last: _Said) -> Span | None:
    """Return from the beginning of one to the end of the other; each takes from the other what it does not say."""
    own_year = first.year is not None
    first, last = _completed(first, last), _completed(last, first)
    start, end = _days(first), _days(last)
    if start and end and start[0] > end[1] and not own_year and first.year and first.year > 1:
        start = _days(first._replace(year=first.year - 1))  # 28 December to 3 January 2023
    if start is None or end is None or start[0] > end[1]:
        return None
    return _span_of(start[0], end[1])


def _completed(said: _Said, other: _Said) -> _Said:
    """Return what is said with month and year of the other side where it has none."""
    wanted = {"year": said.year or other.year}
    if said.month is None and said.season is None and said.day is not None:
        wanted["month"] = other.month
    elif said.month is None and said.season is None and said.part is not None and said.part[1] == 3 and not said.year:
        wanted["month"], wanted["season"] = other.month, other.season
    return said._replace(**wanted)


def _days(said: _Said) -> tuple[date, date] | None:
    """Return the first and the last day; None for what does not fit together or does not exist."""
    if not said.year or (said.season is not None and (said.month or said.day)) or (said.day and not said.month):
        return None
    try:
        found = _of_season(said) if said.season is not None else _of_calendar(said)
        if found is None or said.part is None:
            return _about(found, said) if found and said.about else found
        return _part_of(found, said)
    except (ValueError, OverflowError):
        return None


def _of_season(said: _Said) -> tuple[date, date]:
    year, month = said.year or 1, 3 + 3 * (said.season or 0)
    last_year, last_month = (year, month + 2) if month < 12 else (year + 1, 2)
    return date(year, month, 1), _month_end(last_year, last_month)


def _of_calendar(said: _Said) -> tuple[date, date]:
    year, month, day = said.year or 1, said.month, said.day
    if month and day:
        return date(year, month, day), date(year, month, day)
    if month:
        return date(year, month, 1), _month_end(year, month)
    return date(year, 1, 1), date(year, 12, 31)


def _part_of(days: tuple[date, date], said: _Said) -> tuple[date, date] | None:
    """Return the n-th half, third or quarter of a year, season or month; None of a day, or of what cannot be cut so."""
    place, of = said.part or (0, 1)
    if said.day or said.about or place >= of:
        return None
    if said.month:
        length = {2: 15, 3: 10}.get(of)
        if length is None:
            return None
        start = days[0] + timedelta(place * length)
        return start, days[1] if place == of - 1 else start + timedelta(length - 1)
    months = (3 if said.season is not None else 12) // of
    if not months or (said.season is not None and of != 3):
        return None
    start = _months_on(days[0], place * months)
    last = _months_on(start, months - 1)
    return start, _month_end(last.year, last.month)


def _about(days: tuple[date, date], said: _Said) -> tuple[date, date]:
    first, last = days
    if said.day:
        return first - timedelta(3), last + timedelta(3)
    if said.month or said.season is not None:
        end = _months_on(last.replace(day=1), 1)
        return _months_on(first, -1), _month_end(end.year, end.month)
    return first.replace(year=first.year - 1), last.replace(year=last.year + 1)


def _months_on(first: date, months: int) -> date:
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _span_of(first: date, last: date) -> Span:
    """Return the stretch in the coarsest terms that say exactly the same."""
    start, end = first.isoformat(), last.isoformat()
    for length in (4, 7):
        if first_day(start[:length]) == start and last_day(end[:length]) == end:
            start, end = start[:length], end[:length]
            break
    return Span(start, None if start == end else end)
