"""What the trail says of conclusions: what changed in a list of likelihoods, answers or own words, entry by entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from ach_desk.i18n import _, join_some
from ach_desk.model.change_words import shortened
from ach_desk.model.conclusions import confidence_word, likelihood_words
from ach_desk.model.judgement import Likelihood
from ach_desk.model.likelihood_words import scale_name
from ach_desk.model.values import Level, LikelihoodScale

_MOST_NAMED = 4


def conclusion_change(field: str, before: Any, after: Any, label: Callable[[str], str]) -> str:
    """Return what changed in a field of a conclusion; "" for a field that reads as any other does.

    `label` returns the label of a hypothesis. Entries that this version cannot read are passed over.
    """
    if field == "likelihoods":
        return _by_entry(before, after, "hypothesis", label, _likelihood)
    if field == "prompts":
        return _by_entry(before, after, "question", lambda _key: "", _note)
    if field == "own_terms":
        return _by_entry(before, after, "word", str, _band)
    if field in ("confidence", "scale"):
        return _arrow(_closed(field, before), _closed(field, after))
    return ""


def _by_entry(before: Any, after: Any, key: str, name: Callable[[str], str], words: Callable[[Any], str]) -> str:
    old, new = _keyed(before, key), _keyed(after, key)
    changed = [entry for entry in dict.fromkeys([*old, *new]) if old.get(entry) != new.get(entry)]
    parts = [
        " ".join(filter(None, (name(entry), _arrow(words(old.get(entry)), words(new.get(entry))))))
        for entry in changed[:_MOST_NAMED]
    ]
    return join_some(parts, _MOST_NAMED, len(changed)) or _("nothing")


def _keyed(value: Any, key: str) -> dict[str, Any]:
    entries: Iterable[Any] = value if isinstance(value, (list, tuple)) else ()
    return {entry[key]: entry for entry in entries if isinstance(entry, Mapping) and isinstance(entry.get(key), str)}


def _likelihood(entry: Any) -> str:
    try:
        said = Likelihood.model_validate(entry)
    except ValidationError:
        return _("nothing")
    reason = _quoted(said.reason) if said.reason else ""
    return ", ".join(filter(None, (likelihood_words(said, ()), reason))) or _("nothing")


def _note(entry: Any) -> str:
    note = entry.get("note") if entry else ""
    return _quoted(note) if isinstance(note, str) and note else _("nothing")


def _band(entry: Any) -> str:
    return _("{low}–{high} %").format(low=entry.get("low"), high=entry.get("high")) if entry else _("nothing")


def _closed(field: str, value: Any) -> str:
    try:
        if field == "confidence":
            return confidence_word(Level(value)) if value else _("not set")
        return scale_name(LikelihoodScale(value)) if value else _("not set")
    except ValueError:  # written by a newer version: it stands as it is
        return str(value)


def _quoted(text: str) -> str:
    return _("“{text}”").format(text=shortened(text))


def _arrow(before: str, after: str) -> str:
    return _("{before} → {after}").format(before=before, after=after)
