"""A bundle of STIX 2.1 of another program: what it reports becomes items, who reports it sources.

Nothing in it is a rating: an opinion says what somebody thinks of an object, and not how an item fits a hypothesis.
Confidence from 0 to 100 is read by the scale "None / Low / Med / High" of STIX 2.1, appendix A: 1 to 29 low, 30 to 69
medium, 70 to 100 high.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from ach_desk.exchange.bounds import clean, clean_line
from ach_desk.exchange.draft import Draft
from ach_desk.exchange.formats import Incoming
from ach_desk.exchange.json_files import day_of, objects
from ach_desk.i18n import _, join_words
from ach_desk.model import Citation, EvidenceItem, Level
from ach_desk.model.file_paths import is_web_address
from ach_desk.model.method_settings import settings_of_new

Object = dict[str, Any]

LONGEST_TITLE = 300
_NO_ITEMS = {"identity", "marking-definition", "extension-definition", "language-content"}
_SDO = {
    *("attack-pattern", "campaign", "course-of-action", "grouping", "indicator", "infrastructure", "intrusion-set"),
    *("location", "malware", "malware-analysis", "note", "observed-data", "opinion", "report", "threat-actor", "tool"),
    *("vulnerability", "relationship", "sighting"),
}
_TAKEN = frozenset(
    {
        "type",
        "id",
        "spec_version",
        "created",
        "modified",
        "created_by_ref",
        "name",
        "description",
        "abstract",
        "content",
    }
    | {"explanation", "opinion", "pattern", "labels", "confidence", "external_references", "object_marking_refs"}
    | {
        "object_refs",
        "relationship_type",
        "source_ref",
        "target_ref",
        "sighting_of_ref",
        "where_sighted_refs",
        "revoked",
    }
    | {"first_seen", "last_seen", "first_observed", "last_observed", "number_observed", "published", "aliases", "count"}
    | {"report_types", "context", "pattern_type", "pattern_version", "authors", "lang"}
)
_TLP = re.compile(r"tlp", re.IGNORECASE)


def read_foreign(held: Sequence[Object], name: str) -> Incoming:
    """Return the objects as the items of one matrix without hypotheses."""
    return _Reader(held, name).read()


class _Reader:
    def __init__(self, held: Sequence[Object], name: str) -> None:
        self._draft = Draft("stix", "", name)
        self._held = held
        self._by_id = {entry["id"]: entry for entry in held}

    def read(self) -> Incoming:
        """Return the analysis with its report."""
        draft = self._draft
        reports = [entry for entry in self._held if entry.get("type") == "report"]
        if len(reports) == 1:
            draft.analysis.question = clean_line(reports[0].get("name"))
            draft.analysis.description = clean(reports[0].get("description"))
        matrix = draft.matrix(1, "", method_settings=settings_of_new())
        matrix.sheets[draft.analyst(1, "").id] = {}
        others: Counter[str] = Counter()
        untaken: dict[str, set[str]] = {}
        for entry in self._held:
            kind = clean_line(entry.get("type"))
            if entry.get("revoked") is True:
                draft.skip(_("Revoked there: {name}.").format(name=self._name_of(entry)))
            elif kind in _SDO or kind.startswith("x-"):
                self._item(entry)
                untaken.setdefault(kind, set()).update(clean_line(key)[:60] for key in entry.keys() - _TAKEN)
            elif kind not in _NO_ITEMS:
                others[kind[:60]] += 1
        matrix.evidence = list(draft.analysis.evidence)
        self._report(others, untaken)
        return draft.done()

    def _report(self, others: Counter[str], untaken: dict[str, set[str]]) -> None:
        for kind, count in sorted(others.items()):
            text = _(
                "Observables stand in the items that observed them, and alone they are left out: {count} of {kind}."
            )
            self._draft.skip(text.format(count=count, kind=kind or "?"))
        for kind, keys in sorted(untaken.items()):
            if keys:
                text = _("{kind}: not taken over: {keys}.")
                self._draft.skip(text.format(kind=kind, keys=join_words(sorted(keys)[:20])))

    def _item(self, entry: Object) -> EvidenceItem:
        said = clean_line(self._title(entry))
        title = said if len(said) <= LONGEST_TITLE else said[: LONGEST_TITLE - 1] + "…"
        first = day_of(entry.get("first_observed") or entry.get("first_seen"))
        last = day_of(entry.get("last_observed") or entry.get("last_seen"))
        links, codes = self._references(entry)
        labels = entry.get("labels")
        tags = [clean_line(label)[:200] for label in labels if clean_line(label)] if isinstance(labels, list) else []
        detail = self._detail(entry)
        item = self._draft.item(
            entry["id"],
            title,
            detail=detail if detail != title else "",
            event_date=first,
            event_end=last if first and last and last > first else None,
            credibility=self._credibility(entry),
            citations=self._citations(entry),
            link=next((link for link in links if is_web_address(link)), ""),
            note="\n".join([*links[1:], *(code for code in codes if not code.startswith("attack:"))]),
            tags=tuple(dict.fromkeys([*tags, *(code for code in codes if code.startswith("attack:"))])),
            marking=self._marking(entry),
        )
        if item.credibility is not None:
            text = _("A confidence from 0 to 100 became high (from 70), medium or low (under 30): {places}.")
            self._draft.change_each(text, item.label)
        return item

    def _title(self, entry: Object) -> str:
        """Return what an object says, in one line."""
        kind = entry["type"]
        if kind == "relationship":
            ends = self._named(entry.get("source_ref")), self._named(entry.get("target_ref"))
            return f"{ends[0]} {clean_line(entry.get('relationship_type'))} {ends[1]}"
        if kind == "sighting":
            return _("{name} was seen").format(name=self._named(entry.get("sighting_of_ref")))
        if kind == "opinion":
            about = join_words([self._named(ref) for ref in _refs(entry, "object_refs")[:3]])
            return _("Opinion on {about}: {opinion}").format(about=about, opinion=clean_line(entry.get("opinion")))
        if kind == "observed-data":
            seen = [self._observable(ref) for ref in _refs(entry, "object_refs")[:3]]
            return _("Observed: {what}").format(what=join_words(list(filter(None, seen))) or entry["id"])
        if kind == "note":
            return clean_line(entry.get("abstract")) or clean_line(entry.get("content"))
        return f"{kind}: {self._name_of(entry)}"

    def _detail(self, entry: Object) -> str:
        texts = [clean(entry.get(key)) for key in ("description", "content", "explanation", "pattern")]
        if entry["type"] == "observed-data":
            texts += [self._observable(ref) for ref in _refs(entry, "object_refs")]
        if entry["type"] == "sighting":
            texts += [self._named(ref) for ref in _refs(entry, "where_sighted_refs")]
        return "\n".join(filter(None, texts))

    def _name_of(self, entry: Object) -> str:
        return clean_line(entry.get("name") or entry.get("abstract") or entry.get("id"))[:LONGEST_TITLE]

    def _named(self, ref: object) -> str:
        entry = self._by_id.get(ref) if isinstance(ref, str) else None
        if entry is None:
            return clean_line(ref)
        if entry.get("type") != "relationship":
            return self._name_of(entry)
        refs = (entry.get("source_ref"), entry.get("target_ref"))
        ends = (self._by_id.get(ref, {}) if isinstance(ref, str) else {} for ref in refs)
        return f" {clean_line(entry.get('relationship_type'))} ".join(map(self._name_of, ends))

    def _observable(self, ref: str) -> str:
        """Return an observable in words, such as "domain-name: example.com"."""
        entry = self._by_id.get(ref)
        if entry is None:
            return clean_line(ref)
        said = next((entry[key] for key in ("value", "name", "path", "command_line", "subject") if key in entry), "")
        return f"{clean_line(entry.get('type'))}: {clean_line(said) or entry['id']}"

    def _citations(self, entry: Object) -> tuple[Citation, ...]:
        """Return who says it: the identity that made the object, on the day it was last changed."""
        by = self._by_id.get(entry.get("created_by_ref", "")) if isinstance(entry.get("created_by_ref"), str) else None
        if by is None:
            return ()
        fields = {"kind": clean_line(by.get("identity_class")), "note": clean(by.get("description"))}
        source = self._draft.source(by.get("name"), **{name: text for name, text in fields.items() if text})
        date = day_of(entry.get("published") or entry.get("modified"))
        return (Citation(source=source.id, date=date),) if source is not None else ()

    def _references(self, entry: Object) -> tuple[list[str], list[str]]:
        """Return the addresses of external references, and their identifiers: an ATT&CK one as a tag."""
        links, codes = [], []
        for reference in objects(entry, "external_references"):
            name, number = clean_line(reference.get("source_name")), clean_line(reference.get("external_id"))
            link = clean_line(reference.get("url"))
            links += [link] if link else []
            if number:
                codes.append(f"attack:{number}" if name.startswith("mitre-") else f"{name} {number}")
        return links, codes

    def _credibility(self, entry: Object) -> Level | None:
        confidence = entry.get("confidence")
        if isinstance(confidence, bool) or not isinstance(confidence, int) or not 1 <= confidence <= 100:
            return None
        return Level.HIGH if confidence >= 70 else Level.MEDIUM if confidence >= 30 else Level.LOW

    def _marking(self, entry: Object) -> str:
        return " // ".join(dict.fromkeys(filter(None, map(self._marking_words, _refs(entry, "object_marking_refs")))))

    def _marking_words(self, ref: str) -> str:
        from ach_desk.exchange.stix_terms import TLP

        known = next((f"TLP:{colour}" for colour, name in TLP.items() if name == ref), "")
        marking = self._by_id.get(ref)
        if known or marking is None:
            return known
        definition = marking.get("definition")
        said = definition.get("statement") if isinstance(definition, dict) else ""
        name = clean_line(marking.get("name"))
        return clean_line(said) or (name if _TLP.match(name) else "")


def _refs(entry: Object, name: str) -> list[str]:
    refs = entry.get(name)
    return [ref for ref in refs if isinstance(ref, str)] if isinstance(refs, list) else []
