"""What time it is where somebody works."""

from __future__ import annotations

from datetime import UTC, datetime

from ach_desk.i18n import _


def zone_words(zone: str, now: datetime | None = None) -> str:
    """Return "14:05 there now" for the name of a time zone; that it is not known for another text, "" for none."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    zone = zone.strip()
    if not zone:
        return ""
    try:
        there = (now or datetime.now(UTC)).astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return _("No time zone of that name is known here.")
    return _("{time} there now").format(time=there.strftime("%H:%M"))
