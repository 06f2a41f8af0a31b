"""Events of MISP in JSON, read as items: what an event says was seen or reported. They are not written (docs/adr/0033).

The structure is that of the MISP core format (IETF draft-dulaunoy-misp-core-format-17): Event with info, date, Orgc,
Tag, Attribute (type, category, value, comment, timestamp, first_seen, last_seen, Tag, deleted), Object (name, comment,
Attribute) and EventReport (name, content); alone, in a list, or below ``response``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from ach_desk.exchange.bounds import clean, clean_line
from ach_desk.exchange.draft import Draft
from ach_desk.exchange.formats import Incoming
from ach_desk.exchange.json_files import day_of, key_of, number_of, objects, report_other_keys
from ach_desk.i18n import _
from ach_desk.model import Matrix
from ach_desk.model.file_paths import is_web_address
from ach_desk.model.method_settings import settings_of_new

LONGEST_TITLE = 300
_OF_EVENT = frozenset(
    {"id", "uuid", "info", "date", "timestamp", "Orgc", "Org", "Tag", "Attribute", "Object", "EventReport", "published"}
    | {"attribute_count", "publish_timestamp", "orgc_id", "org_id", "distribution", "sharing_group_id", "locked"}
    | {
        "threat_level_id",
        "analysis",
        "extends_uuid",
        "proposal_email_lock",
        "disable_correlation",
        "event_creator_email",
    }
)
_ATTACK = re.compile(r"misp-galaxy:mitre-[a-z-]+=\".*\b((?:T\d{4}(?:\.\d{3})?|(?:TA|G|S|M|C|DS)\d{4}))\"")
_TLP = re.compile(r"tlp:[a-z+]+", re.IGNORECASE)


def recognised(value: Any) -> bool:
    """Return whether the value is an event of MISP, or several."""
    return any(True for _event in _events(value))


def _events(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict) and isinstance(value.get("response"), (list, dict)):
        value = value["response"]
    for entry in value if isinstance(value, list) else [value]:
        event = entry.get("Event") if isinstance(entry, dict) else None
        if isinstance(event, dict) and "info" in event:
            yield event


def read(value: Any, name: str) -> Incoming:
    """Return what the events report as the items of one matrix without hypotheses."""
    events = list(_events(value))
    draft = Draft("misp", "", name)
    if len(events) == 1:
        draft.analysis.question = clean_line(events[0].get("info"))
        draft.analysis.marking = _marking(events[0])
    analyst = draft.analyst(1, "")
    matrix = draft.matrix(1, "", method_settings=settings_of_new())
    matrix.sheets[analyst.id] = {}
    for event in events:
        _read_event(draft, matrix, event)
    return draft.done()


def _read_event(draft: Draft, matrix: Matrix, event: dict[str, Any]) -> None:
    place = clean_line(event.get("info"))[:80] or key_of(event.get("uuid"))
    organisation = event.get("Orgc")
    source = organisation.get("name") if isinstance(organisation, dict) else None
    report_other_keys(event, _OF_EVENT, place, draft.skip)
    for attribute in objects(event, "Attribute"):
        _add(draft, matrix, event, source, attribute, *_attribute_texts(attribute))
    for entry in objects(event, "Object"):
        parts = [
            " ".join(_attribute_texts(part)[0].split()) for part in objects(entry, "Attribute") if not _deleted(part)
        ]
        title = f"{clean_line(entry.get('name'))}: {', '.join(parts[:3])}"
        _add(draft, matrix, event, source, entry, title, "\n".join(parts))
    for report in objects(event, "EventReport"):
        _add(draft, matrix, event, source, report, clean_line(report.get("name")), clean(report.get("content")))


def _deleted(entry: dict[str, Any]) -> bool:
    return entry.get("deleted") in (True, 1, "1")


def _attribute_texts(attribute: dict[str, Any]) -> tuple[str, str]:
    """Return what an attribute says, and the value in full where the title had to be cut."""
    value = clean(attribute.get("value"))
    return f"{clean_line(attribute.get('type'))}: {value}", value if len(value) > LONGEST_TITLE else ""


def _add(
    draft: Draft, matrix: Matrix, event: dict[str, Any], source: object, entry: dict[str, Any], title: str, detail: str
) -> None:
    if _deleted(entry):
        draft.skip(_("Deleted there: {name}.").format(name=title[:80]))
        return
    value = clean_line(entry.get("value"))
    category = clean_line(entry.get("category"))[:60]
    tags = [f"category:{category}"] if category else []
    tags += [clean_line(tag.get("name"))[:200] for tag in objects(entry, "Tag")]
    first, last = day_of(entry.get("first_seen")), day_of(entry.get("last_seen"))
    item = draft.item(
        key_of(entry.get("uuid")) or f"{key_of(event.get('uuid'))}\n{len(matrix.evidence)}",
        title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…",
        detail=detail,
        note=clean(entry.get("comment")),
        tags=tuple(dict.fromkeys(map(_tag, filter(lambda tag: tag and not _TLP.fullmatch(tag), tags)))),
        marking=_marking(entry),
        link=value if is_web_address(value) and category == "External analysis" else "",
        event_date=first,
        event_end=last if first and last and last > first else None,
        citations=draft.cite(source, date=_day_of_seconds(entry.get("timestamp")) or day_of(event.get("date"))),
    )
    if len(draft.analysis.evidence) > len(matrix.evidence):  # one that the file names twice stands there already
        matrix.evidence.append(item.id)


def _tag(name: str) -> str:
    """Return a tag of MISP as one of ours: an ATT&CK technique of its galaxy by its number."""
    found = _ATTACK.fullmatch(name)
    return f"attack:{found[1]}" if found else name


def _marking(entry: dict[str, Any]) -> str:
    tags = (clean_line(tag.get("name")) for tag in objects(entry, "Tag"))
    return next((tag.upper() for tag in tags if _TLP.fullmatch(tag)), "")


def _day_of_seconds(value: Any) -> str | None:
    seconds = number_of(value)
    if not seconds or not 0 < seconds < 4_102_444_800:  # until 2100: what is beyond is no moment of a report
        return None
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()
