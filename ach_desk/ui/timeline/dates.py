"""Which items a stretch of days holds, and which have no date: plain answers about an assessment. No Qt in here."""

from __future__ import annotations

from collections.abc import Sequence

from ach_desk.i18n import _, ngettext
from ach_desk.model import EvidenceItem
from ach_desk.model.spans import Span, day_text, event_span, learned_span
from ach_desk.ui.matrix.item_filter import ItemFilter

EVENT, LEARNED = "event", "learned"


def span_on(item: EvidenceItem, track: str) -> Span | None:
    """Return when an item happened or was learned, as the track says; None where that is not known."""
    return learned_span(item) if track == LEARNED else event_span(item)


def touching(items: Sequence[EvidenceItem], track: str, days: Span) -> list[str]:
    """Return the ids of the items whose date on the track lies in the days, or may lie in them."""
    return [item.id for item in items if (span := span_on(item, track)) is not None and span.touches(days)]


def undated(items: Sequence[EvidenceItem], track: str) -> list[EvidenceItem]:
    """Return the items without a date on the track."""
    return [item for item in items if span_on(item, track) is None]


def used_tracks(items: Sequence[EvidenceItem], tracks: Sequence[str]) -> list[str]:
    """Return those of the tracks on which there is an item; the first one where there is none on any."""
    return [track for track in tracks if any(span_on(item, track) for item in items)] or list(tracks[:1])


def filter_to(wanted: ItemFilter, track: str, first: str, last: str) -> ItemFilter:
    """Return a filter that keeps its other conditions and lets the days from `first` ("": any) to `last` through."""
    period = (first, last)
    return wanted.within(learned=period) if track == LEARNED else wanted.within(happened=period)


def days_words(days: Span) -> str:
    """Return "2023-06-23", or "2023-06-23 to 2023-06-25"."""
    first, last = day_text(days.first), day_text(days.last)
    return first if days.is_day else _("{first} to {last}").format(first=first, last=last)


def chosen_words(items: Sequence[EvidenceItem], track: str, days: Span) -> str:
    """Return how many items of a matrix a stretch of days holds, in a sentence, and of how many that is not sure."""
    spans = [span for item in items if (span := span_on(item, track)) is not None and span.touches(days)]
    count = len(spans)
    perhaps = sum(1 for span in spans if span.first < days.first or span.last > days.last)
    if track == LEARNED:
        text = ngettext("{count} item learned {days}.", "{count} items learned {days}.", count)
    else:
        text = ngettext("{count} item happened {days}.", "{count} items happened {days}.", count)
    said = text.format(count=count, days=days_words(days))
    if perhaps:
        more = ngettext("{count} of them perhaps.", "{count} of them perhaps.", perhaps)
        said += " " + more.format(count=perhaps)
    return said
