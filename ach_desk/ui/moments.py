"""Moments of the analysis, which are in UTC, as the clock on the wall shows them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from PySide6.QtCore import QDate, QDateTime, QLocale

from ach_desk.i18n import _, ngettext

_HOURS_OF_A_DAY = 24


def moment_words(time: str) -> str:
    """Return a moment in words: "24 June 2026, 17:30"; a text that is none as it stands."""
    local = _local(time)
    if local is None:
        return time
    return _("{day}, {time}").format(day=day_words(local.date()), time=local.strftime("%H:%M"))


def day_words(day: date) -> str:
    """Return a day in words: "24 June 2026"."""
    return QLocale().toString(QDate(day.year, day.month, day.day), "d MMMM yyyy")


def day_of(time: str) -> date | None:
    """Return the day of a moment here; None for a text that is no moment."""
    local = _local(time)
    return local.date() if local is not None else None


def clock(time: str) -> str:
    """Return the time of the day of a moment: "17:30"."""
    local = _local(time)
    return local.strftime("%H:%M") if local is not None else ""


def start_of(day: QDate) -> str:
    """Return the first moment of a day here, as the trail writes moments."""
    start = QDateTime(day.startOfDay()).toUTC()
    return start.toString("yyyy-MM-ddTHH:mm:ss") + "Z"


def hours_since(time: str) -> float:
    """Return the hours that have passed since a moment; 0 for a text that is none."""
    try:
        return (datetime.now(UTC) - datetime.fromisoformat(time)).total_seconds() / 3600
    except (ValueError, TypeError):
        return 0.0


def ago(time: str) -> str:
    """Return how many days ago a moment was: "3 days ago"."""
    days = max(int(hours_since(time) // _HOURS_OF_A_DAY), 1)
    return ngettext("{count} day ago", "{count} days ago", days).format(count=days)


def _local(time: str) -> datetime | None:
    try:
        return datetime.fromisoformat(time).astimezone()
    except (ValueError, OverflowError):  # the first or last day there is may lie outside of time here
        return None
