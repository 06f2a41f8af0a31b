"""What the present can be compared with: each start with its words, and how to get its state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QDate

from ach_desk.commands.snapshots import as_of_snapshot
from ach_desk.commands.trail import Earlier, as_of_entry, as_of_time
from ach_desk.i18n import _
from ach_desk.model import Analysis, Snapshot, SnapshotKind
from ach_desk.ui.moments import day_words, moment_words, start_of
from ach_desk.ui.since.worked import Worked

DATE, FILE, WORKED, BRIEFED = "date", "file", "worked", "briefed"


@dataclass(frozen=True)
class Start:
    """One state to begin from. `when` completes "as of ..."; `state` leads a snapshot of the analysis back to it."""

    key: str
    words: str
    when: str
    state: Callable[[Analysis], Earlier]


def starts(analysis: Analysis, worked: Worked) -> list[Start]:
    """Return the starts that this analysis offers: last worked, last printed or exported, its baselines."""
    found = []
    if worked.time:
        when = moment_words(worked.time)
        words = _("the last time I worked on it ({when})").format(when=when)
        found.append(Start(WORKED, words, when, lambda present: _as_worked(present, worked)))
    kept = list(analysis.snapshots.values())
    briefed = max(
        (one for one in kept if one.kind is not SnapshotKind.BASELINE), key=lambda one: one.time, default=None
    )
    if briefed is not None:
        found.append(start_of_snapshot(briefed, BRIEFED))
    baselines = [one for one in kept if one.kind is SnapshotKind.BASELINE]
    found += [start_of_snapshot(one, one.id) for one in sorted(baselines, key=lambda one: one.time, reverse=True)]
    return found


def start_of_snapshot(snapshot: Snapshot, key: str) -> Start:
    """Return the start at a baseline, a print or an export."""
    time = moment_words(snapshot.time)
    if snapshot.kind is SnapshotKind.BASELINE:
        when = _("{time} (baseline “{name}”)").format(time=time, name=snapshot.name)
        words = _("the baseline “{name}” ({time})").format(name=snapshot.name, time=time)
    else:
        printed = snapshot.kind is SnapshotKind.PRINTED
        when = (_("{time} (printed)") if printed else _("{time} (exported)")).format(time=time)
        words = (_("it was last printed ({time})") if printed else _("it was last exported ({time})")).format(time=time)
    return Start(key, words, when, lambda present: as_of_snapshot(present, snapshot))


def start_of_day(day: QDate) -> Start:
    """Return the start at the beginning of a day here."""
    words = day_words(date(day.year(), day.month(), day.day()))
    return Start(DATE, words, words, lambda present: _before(present, start_of(day)))


def start_of_file(name: str, other: Analysis) -> Start:
    """Return another file as the start."""
    return Start(FILE, _("the file {name}").format(name=name), name, lambda _present: Earlier(other, ()))


def _as_worked(present: Analysis, worked: Worked) -> Earlier:
    try:
        return as_of_entry(present, worked.entry)
    except KeyError:  # that sitting was not saved
        return as_of_time(present, worked.time)


def _before(present: Analysis, moment: str) -> Earlier:
    """Return the state before a moment."""
    earlier = [entry for entry in present.trail if entry.time < moment]
    return as_of_entry(present, earlier[-1].id if earlier else "")
