"""What a timeline says in words: its finding, its footer, what each mark stands for, and all of it for readers."""

from __future__ import annotations

from collections.abc import Sequence

from ach_desk.i18n import _, join_some, ngettext
from ach_desk.model import EvidenceItem
from ach_desk.model.spans import Span, closely_known, day_text, event_span, learned_span
from ach_desk.reporting.chart_options import ChartOptions
from ach_desk.reporting.charts.words import set_aside
from ach_desk.scoring import Assessment

_MOST_NAMED = 6
_MOST_DESCRIBED = 60


def track_title(track: str) -> str:
    """Return what stands over a track."""
    return _("When it was learned") if track == "learned" else _("When it happened")


def track_span(item: EvidenceItem, track: str) -> Span | None:
    """Return when an item happened or was learned, as the track says; None where that is not known."""
    return learned_span(item) if track == "learned" else event_span(item)


def title(assessment: Assessment) -> str:
    """Return from when to when the items happened, in a sentence; a date known to the year alone does not count."""
    spans = [span for item in assessment.items if (span := event_span(item)) is not None]
    if not spans:
        return _("No item says when it happened.")
    known = closely_known(spans)
    first, last = day_text(min(span.first for span in known)), day_text(max(span.last for span in known))
    text = ngettext(
        "{known} of {count} item happened between {first} and {last}.",
        "{known} of {count} items happened between {first} and {last}.",
        len(assessment.items),
    )
    return text.format(known=len(known), count=len(assessment.items), first=first, last=last)


def caption(_kind: str, assessment: Assessment) -> str:
    """Return what the timeline shows, and its finding, in one sentence."""
    text = _("When the items happened and when they were learned: {finding}")
    return text.format(finding=title(assessment))


def subject(_kind: str, _assessment: Assessment) -> str:
    """Return what the timeline shows in one sentence."""
    return _("When the items happened and when they were learned; a bar stands for a date that is not known exactly.")


def alternative_text(kind: str, assessment: Assessment) -> str:
    """Return the timeline for those who cannot see it: its caption, then the items in the order of time."""
    spans = [event_span(item) for item in assessment.items]
    dated = [row for row, span in enumerate(spans) if span is not None]
    dated.sort(key=lambda row: spans[row] or Span(0, 0))
    parts = [f"{assessment.items[row].label}: {when(assessment.items[row], 'event')}." for row in dated]
    return " ".join([caption(kind, assessment), *parts[:_MOST_DESCRIBED], *undated(assessment, ("event",))])


def when(item: EvidenceItem, track: str) -> str:
    """Return a date of an item as it is said, or as it is written: a day, a month, a year, or from and to."""
    if track == "learned":
        return item.learned_date or ""
    if item.event_words:
        return item.event_words
    if item.event_end and item.event_date:
        return _("{first} to {last}").format(first=item.event_date, last=item.event_end)
    return item.event_date or ""


def mark_text(item: EvidenceItem, track: str) -> str:
    """Return what a mark stands for: the item and its date."""
    text = _("{item} {title}\nLearned: {date}") if track == "learned" else _("{item} {title}\nHappened: {date}")
    said = text.format(item=item.label, title=item.title, date=when(item, track))
    return said if item.is_counted else f"{said}\n{_('set aside')}"


def bin_text(count: int, first: int, last: int) -> str:
    """Return what a bar of many items stands for."""
    text = ngettext("{count} item, {first} to {last}", "{count} items, {first} to {last}", count)
    return text.format(count=count, first=day_text(first), last=day_text(last))


def undated(assessment: Assessment, tracks: Sequence[str]) -> list[str]:
    """Return a sentence per track on the items that are not on it; none for a track on which no item is."""
    sentences = []
    for track in tracks:
        labels = [item.label for item in assessment.items if track_span(item, track) is None]
        if not labels or len(labels) == len(assessment.items):
            continue
        if track == "learned":
            text = ngettext(
                "{count} item without a date learned: {items}.",
                "{count} items without a date learned: {items}.",
                len(labels),
            )
        else:
            text = ngettext(
                "{count} item without a date: {items}.", "{count} items without a date: {items}.", len(labels)
            )
        sentences.append(text.format(count=len(labels), items=join_some(labels, _MOST_NAMED)))
    return sentences


def footer(assessment: Assessment, options: ChartOptions) -> list[str]:
    """Return the sentences at the foot: how to read the marks, and what is not on the timeline."""
    number = len(assessment.items)
    count = ngettext("{count} item", "{count} items", number).format(count=number)
    sentences = [", ".join([count, options.date] if options.date else [count]) + "."]
    sentences.append(_("A square is a day; a bar is a date that is not known exactly, or that lasted."))
    if not options.hide_totals:
        sentences.append(_("Dark marks tell the hypotheses apart."))
    return [*sentences, *undated(assessment, options.tracks), *set_aside(assessment)]


def empty_sentence(assessment: Assessment) -> str:
    """Return what to do when there is nothing to draw."""
    if not assessment.items:
        return _("There is no evidence yet. Add an item, and say when it happened.")
    return _("No item has a date yet. Give it one in the inspector: when it happened, or since when it was known.")
