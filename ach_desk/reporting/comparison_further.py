"""What else changed between two states: groups, what to watch for, remarks, conclusions, what-ifs, people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ach_desk.i18n import _, join_some, join_words
from ach_desk.model import COLLECTIONS, Analysis
from ach_desk.model.change_words import field_word, kind_name, shortened
from ach_desk.model.values import ChallengeState, Dependence, GroupCause, IndicatorState, Level, RoundState
from ach_desk.model.words import cause_word, challenge_word, dependence_word, indicator_word, level_word, settings_word
from ach_desk.reporting.sentence import Sentence

DETAILS, GROUPS, WATCHED, SAID, CONCLUDED, WHATIFS, PEOPLE, ADDED_UP = (
    *("details", "groups", "watched", "said", "concluded", "whatifs", "people", "added_up"),
)
_KINDS = {
    GROUPS: ("group",),
    WATCHED: ("expectation", "indicator"),
    SAID: ("remark", "challenge", "case"),
    CONCLUDED: ("conclusion", "outcome"),
    WHATIFS: ("scenario",),
    PEOPLE: ("analyst", "round"),
}
_TOLD_BY_OTHERS = frozenset(
    {"id", "time", "created", "colour", "state_date", "answered", "answered_by", "resolved_by", "revealed_by", "record"}
    | {"opened", "sheets", "ratings"}
)
"""Fields that say nothing by themselves, or change together with one that does."""
_TEXTS = frozenset({"text", "name", "note", "answer", "source_base", "gaps", "agreement", "departure", "would_change"})
_ITEM_DETAILS = (
    *("event_date", "event_end", "event_words", "learned_date", "quotation", "page", "link", "attachments", "heading"),
    *("code", "tags", "marking", "handling", "suspect", "rests_on", "reading", "cost", "flag"),
)
_SOURCE_DETAILS = (
    *("kind", "link", "date", "access", "motive", "track_record", "suspect", "withheld", "public_description"),
)
_MOST_NAMED = 6


def further(before: Analysis, after: Analysis) -> dict[str, tuple[str, list[Sentence]]]:
    """Return key -> (title, sentences) of what the matrix itself does not show, in the order of a reader's interest."""
    titles = {
        DETAILS: _("Details of items and sources"),
        GROUPS: _("Dependence groups"),
        WATCHED: _("Expectations and indicators"),
        SAID: _("Remarks and challenges"),
        CONCLUDED: _("Conclusion and outcome"),
        WHATIFS: _("What-ifs"),
        PEOPLE: _("Analysts and rounds"),
        ADDED_UP: _("How the ratings are added up"),
    }
    words = _Words(before, after)
    found = {DETAILS: (titles[DETAILS], list(_details(words)))}
    for key, kinds in _KINDS.items():
        found[key] = (titles[key], [sentence for kind in kinds for sentence in words.of_kind(kind)])
    found[ADDED_UP] = (titles[ADDED_UP], list(_added_up(before, after)))
    return found


def _added_up(before: Analysis, after: Analysis) -> Iterator[Sentence]:
    """Yield what changed of the way of adding up, of priors and of how hypotheses stand to each other, by matrix."""
    known = {matrix.id: matrix for matrix in before.matrices}
    for matrix in after.matrices:
        old = known.get(matrix.id)
        if old is None:
            continue
        if old.method_settings != matrix.method_settings:
            text, words = _("{matrix}: {before} → {after}"), [settings_word(old.method_settings)]
            words.append(settings_word(matrix.method_settings))
            if words[0] == words[1]:
                text = _("{matrix}: {after}, other ones than before")
            yield Sentence(text.format(matrix=matrix.name, before=words[0], after=words[1]))
        if changed := _changed(old, matrix, ("frame", "priors", "priors_per_cause")):
            yield Sentence(_("{label}: {fields} changed").format(label=matrix.name, fields=changed))


def _details(words: _Words) -> Iterator[Sentence]:
    for item in words.after.evidence.values():
        old = words.before.evidence.get(item.id)
        if old is not None and old is not item and (changed := _changed(old, item, _ITEM_DETAILS)):
            text = _("{label}: {fields} changed").format(label=item.label, fields=changed)
            yield Sentence(text, evidence=item.id)
    for source in words.after.sources.values():
        old = words.before.sources.get(source.id)
        if old is not None and old is not source and (changed := _changed(old, source, _SOURCE_DETAILS)):
            text = _("{label}: {fields} changed").format(label=source.label, fields=changed)
            yield Sentence(text, source=source.id)


def _changed(old: Any, new: Any, fields: Sequence[str]) -> str:
    words = [field_word(name) for name in fields if getattr(old, name) != getattr(new, name)]
    return join_words(list(dict.fromkeys(words))) if words else ""


class _Words:
    def __init__(self, before: Analysis, after: Analysis) -> None:
        self.before, self.after = before, after

    def of_kind(self, kind: str) -> Iterator[Sentence]:
        """Yield what was added, changed and deleted of one kind."""
        old, new = getattr(self.before, COLLECTIONS[kind]), getattr(self.after, COLLECTIONS[kind])
        for entry, record in new.items():
            if entry not in old:
                yield self._sentence(_("New: {name}"), kind, record)
            elif old[entry] != record:
                for change in self._changes(kind, old[entry], record):
                    yield self._sentence(_("{name}: {change}"), kind, record, change)
        for entry, record in old.items():
            if entry not in new:
                yield self._sentence(_("Deleted: {name}"), kind, record)

    def _sentence(self, text: str, kind: str, record: Any, change: str = "") -> Sentence:
        said = text.format(name=self._name(kind, record), change=change)
        ids = {name: getattr(record, name, None) or "" for name in ("evidence", "hypothesis")}
        known = {"evidence": self.after.evidence, "hypothesis": self.after.hypotheses}
        return Sentence(said, **{name: entry if entry in known[name] else "" for name, entry in ids.items()})

    def _name(self, kind: str, record: Any) -> str:
        title = getattr(record, "name", "") or getattr(record, "text", "") or getattr(record, "answer", "")
        name = _("{kind} “{name}”").format(kind=_kind_word(kind), name=shortened(title)) if title else _kind_word(kind)
        places = [self._label(entry) for entry in self._places(kind, record)]
        if not places:
            return name
        return _("{name} ({place})").format(name=name, place=join_some(places[:_MOST_NAMED], _MOST_NAMED, len(places)))

    def _places(self, kind: str, record: Any) -> list[str]:
        if kind == "group":
            return list(record.items)
        if kind in ("challenge", "remark", "expectation", "case"):
            ids = (getattr(record, name, None) for name in ("evidence", "hypothesis"))
            return [entry for entry in ids if entry]
        return []

    def _changes(self, kind: str, old: Any, new: Any) -> Iterator[str]:
        rest = []
        for name in type(new).model_fields:
            was, now = getattr(old, name), getattr(new, name)
            if was == now or name in _TOLD_BY_OTHERS:
                continue
            said = self._change(kind, name, was, now)
            if said:
                yield said
            else:
                rest.append(field_word(name))
        if rest:
            yield _("{fields} changed").format(fields=join_words(rest))

    def _change(self, kind: str, name: str, was: Any, now: Any) -> str:
        if name == "resolved":
            return _("resolved") if now else _("open again")
        if (kind, name) == ("group", "items"):
            more, fewer = ([self._label(one) for one in a if one not in b] for a, b in ((now, was), (was, now)))
            parts = [_("{names} joined").format(names=join_words(more))] if more else []
            parts += [_("{names} left").format(names=join_words(fewer))] if fewer else []
            return ", ".join(parts)
        if name in _CLOSED and was is not None and now is not None:
            return _("{before} → {after}").format(before=_closed(was), after=_closed(now))
        if name in _TEXTS and isinstance(was, str) and isinstance(now, str):
            if not now.strip():
                return _("{field} deleted").format(field=field_word(name))
            return _("{field} now “{text}”").format(field=field_word(name), text=shortened(now))
        return ""

    def _label(self, record_id: str) -> str:
        for side in (self.after, self.before):
            for records in (side.evidence, side.hypotheses):
                if record_id in records:
                    return records[record_id].label
        return "?"


_CLOSED = frozenset({"state", "strength", "cause", "confidence"})


def _closed(value: Any) -> str:
    if isinstance(value, RoundState):
        return {
            RoundState.PRIVATE: _("private"),
            RoundState.REVEALED: _("revealed"),
            RoundState.CLOSED: _("closed"),
        }[value]
    words = {
        ChallengeState: challenge_word,
        Dependence: dependence_word,
        GroupCause: cause_word,
        IndicatorState: indicator_word,
        Level: level_word,
    }
    return words[type(value)](value)


def _kind_word(kind: str) -> str:
    return {"remark": _("Remark"), "round": _("Round"), "case": _("Best case")}.get(kind) or kind_name(kind)
