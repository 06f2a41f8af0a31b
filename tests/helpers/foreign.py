"""Files as other programs write them, made here after what is publicly known of their form."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

PARC_VALUES = {"CC": "C C", "C": "C", "N": "N", "I": "I", "II": "I I", "N/A": "NA", "": ""}


@dataclass
class ParcItem:
    """A row of a matrix of PARC ACH: element -> text, and what stands in its cells ("" is blank)."""

    name: str
    values: Sequence[str] = ()
    fields: dict[str, str] = field(default_factory=dict)

    def xml(self) -> str:
        """Return the element."""
        parts = "".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in self.fields.items())
        values = ",".join(PARC_VALUES[value] for value in self.values)
        return f"<EVIDENCE><NAME>{escape(self.name)}</NAME>{parts}<VALUES>{values}</VALUES></EVIDENCE>"


def parc_matrix(hypotheses: Sequence[str], items: Sequence[ParcItem], more: str = "") -> str:
    """Return a MATRIX element."""
    columns = "".join(f"<HYPOTHESIS><NAME>{escape(name)}</NAME></HYPOTHESIS>" for name in hypotheses)
    return f"<MATRIX>{columns}{''.join(item.xml() for item in items)}{more}</MATRIX>"


def parc_file(*matrices: str, title: str = "Who did it?", more: str = "", packed: bool = True) -> bytes:
    """Return the bytes of an .achz file (packed) or .ach file."""
    text = (
        '<?xml version="1.0" encoding="UTF-16"?>\n<ACH-PROJECT>'
        f"<PROJECT-TITLE>{escape(title)}</PROJECT-TITLE><CLASSIFICATION>UNCLASSIFIED</CLASSIFICATION>"
        f"<LAST-INDEX>9</LAST-INDEX><COLOR-SCHEME>0</COLOR-SCHEME>{more}{''.join(matrices)}</ACH-PROJECT>"
    )
    data = text.encode("utf-16")
    return gzip.compress(data) if packed else data


def json_bytes(value: Any) -> bytes:
    """Return a value as a JSON file."""
    return json.dumps(value).encode()


INTEL_WORKBENCH: dict[str, Any] = {
    "id": "p1",
    "name": "Who is behind the intrusion?",
    "description": "Spring case",
    "createdAt": "2026-04-01T00:00:00Z",
    "updatedAt": "2026-04-02T00:00:00Z",
    "biasChecklists": [{"id": "b1", "name": "Check", "biases": []}],
    "achMatrices": [
        {
            "id": "m1",
            "name": "First look",
            "hypotheses": [
                {"id": "h1", "name": "Insider", "description": "Somebody with a badge.", "confidence": "Low"},
                {"id": "h2", "name": "Criminals", "description": "", "attackTechniques": ["T1566"]},
            ],
            "evidence": [
                {
                    "id": "e1",
                    "description": "Log-in at night",
                    "source": "Badge system",
                    "credibility": "High",
                    "relevance": "Medium",
                    "attackTechniques": ["T1078", "T1078"],
                    "colour": "red",
                },
                {"id": "e2", "description": "Ransom note", "source": "", "credibility": "Low", "relevance": "Low"},
            ],
            "ratings": {"e1": {"h1": "C", "h2": "I"}, "e2": {"h1": "NA", "h2": "??"}, "gone": {"h1": "C"}},
        }
    ],
}

ARKHAM_MIRROR: dict[str, Any] = {
    "metadata": {"id": "a1", "title": "Fire", "description": "", "status": "draft", "tags": ["x"], "created_by": None},
    "hypotheses": [
        {"id": "h2", "title": "Arson", "description": "Somebody lit it.", "column_index": 1, "is_lead": False},
        {"id": "h1", "title": "Accident", "description": "", "column_index": 0, "is_lead": True},
    ],
    "evidence": [
        {
            "id": "e1",
            "description": "Smell of petrol",
            "source": "Fire brigade",
            "type": "testimony",
            "credibility": 0.9,
            "relevance": 0.5,
            "row_index": 0,
        },
        {"id": "e2", "description": "So it began inside", "source": "", "type": "inference", "credibility": 0.1},
    ],
    "ratings": [
        {"evidence_id": "e1", "hypothesis_id": "h1", "rating": "--", "reasoning": "Why petrol?", "confidence": 0.2},
        {"evidence_id": "e1", "hypothesis_id": "h2", "rating": "++", "reasoning": "", "confidence": 1.0},
        {"evidence_id": "e2", "hypothesis_id": "h2", "rating": "N/A", "reasoning": "", "confidence": 1.0},
    ],
    "scores": [{"hypothesis_id": "h1", "rank": 2}],
}

OPEN_SYNTHESIS: list[dict[str, Any]] = [
    {"model": "openach.board", "pk": 7, "fields": {"board_title": "Whose drone?", "board_desc": "Found on Monday"}},
    {"model": "openach.hypothesis", "pk": 1, "fields": {"board": 7, "hypothesis_text": "A hobbyist's"}},
    {"model": "openach.hypothesis", "pk": 2, "fields": {"board": 7, "hypothesis_text": "The army's"}},
    {"model": "openach.hypothesis", "pk": 3, "fields": {"board": 7, "hypothesis_text": "Gone", "removed": True}},
    {
        "model": "openach.evidence",
        "pk": 4,
        "fields": {"board": 7, "evidence_desc": "No number", "event_date": "2026-01-05"},
    },
    {
        "model": "openach.evidencesource",
        "pk": 5,
        "fields": {
            "evidence": 4,
            "source_url": "https://example.org/drone",
            "source_title": "Local paper",
            "source_description": "",
            "source_date": "2026-01-06",
            "corroborating": False,
        },
    },
    {
        "model": "openach.evaluation",
        "pk": 6,
        "fields": {"board": 7, "hypothesis": 1, "evidence": 4, "user": 11, "value": 2},
    },
    {
        "model": "openach.evaluation",
        "pk": 8,
        "fields": {"board": 7, "hypothesis": 2, "evidence": 4, "user": 12, "value": 5},
    },
    {
        "model": "openach.evaluation",
        "pk": 9,
        "fields": {"board": 7, "hypothesis": 2, "evidence": 4, "user": 11, "value": 9},
    },
    {"model": "auth.user", "pk": 11, "fields": {"username": "ann"}},
]

RESEARCH_TOOLS: dict[str, Any] = {
    "id": "r1",
    "title": "Outage",
    "question": "Why did it fail?",
    "description": "",
    "analyst": "Ann",
    "scale_type": "logarithmic",
    "is_public": 1,
    "hypotheses": [
        {"id": "h2", "text": "Attack", "order_num": 2, "rationale": "Seen before"},
        {"id": "h1", "text": "Bug", "order_num": 1},
    ],
    "evidence": [
        {
            "link_id": "l",
            "evidence_id": "e1",
            "evidence_title": "Crash dump",
            "evidence_content": "Full text",
            "source": "Ops",
            "date": "2026-03-01",
            "credibility_score": 4,
        },
    ],
    "scores": [
        {"hypothesis_id": "h1", "evidence_id": "e1", "score": 8, "notes": "Clear"},
        {"hypothesis_id": "h2", "evidence_id": "e1", "score": -1},
    ],
}

CLARITY: dict[str, Any] = {
    "question": "Mobile laboratories?",
    "hypotheses": ["Weapons", "Hydrogen"],
    "evidence": [
        {"text": "One man says so", "reliability": "F", "credibility": 6, "cells": ["C", "II"]},
        {"text": "Balloons nearby", "reliability": "B", "credibility": 2, "cells": ["I", "NA"]},
    ],
    "likelihood": 3,
    "confidence": None,
}

ACH_WORKBENCH: dict[str, Any] = {
    "currentProjectIdx": 0,
    "projects": [
        {
            "name": "Leak",
            "hypotheses": [{"id": "1", "title": "Insider", "description": "Staff"}, {"id": "1", "title": "Hack"}],
            "evidenceList": [
                {
                    "id": "3",
                    "statement": "USB stick",
                    "source": "Police",
                    "sourceReliability": "A",
                    "infoCredibility": "2",
                },
                {"id": "4", "statement": "Rumour", "source": "", "sourceReliability": "C", "infoCredibility": "3"},
            ],
            "matrixRatings": [[0, 4], [2, 1]],
            "evidenceActive": [True, False],
            "analystConfidence": 80,
        }
    ],
}

MISP: dict[str, Any] = {
    "Event": {
        "uuid": "5f1a0c5e-0000-4000-8000-000000000001",
        "info": "Phishing wave",
        "date": "2026-02-01",
        "Orgc": {"name": "CERT One", "uuid": "x"},
        "Tag": [{"name": "tlp:amber"}],
        "Attribute": [
            {
                "uuid": "a1",
                "type": "domain",
                "category": "Network activity",
                "value": "evil.example",
                "comment": "seen twice",
                "timestamp": "1769990400",
                "first_seen": "2026-01-30T10:00:00+00:00",
                "last_seen": "2026-02-01T10:00:00+00:00",
                "Tag": [{"name": 'misp-galaxy:mitre-attack-pattern="Phishing - T1566"'}, {"name": "tlp:green"}],
            },
            {"uuid": "a2", "type": "link", "category": "External analysis", "value": "https://example.org/report"},
            {"uuid": "a3", "type": "text", "value": "old", "deleted": True},
        ],
        "Object": [
            {
                "uuid": "o1",
                "name": "file",
                "comment": "",
                "Attribute": [
                    {"uuid": "x1", "type": "filename", "value": "invoice.doc"},
                    {"uuid": "x2", "type": "md5", "value": "0123456789abcdef0123456789abcdef"},
                ],
            }
        ],
        "EventReport": [{"uuid": "r1", "name": "What we think", "content": "Long text."}],
        "Galaxy": [{"name": "Attack Pattern"}],
    }
}

FOREIGN_STIX: dict[str, Any] = {
    "type": "bundle",
    "id": "bundle--1",
    "objects": [
        {"type": "identity", "id": "identity--1", "name": "CERT Two", "identity_class": "organization"},
        {
            "type": "report",
            "id": "report--1",
            "created_by_ref": "identity--1",
            "name": "Winter campaign",
            "description": "What was seen.",
            "published": "2026-02-03T00:00:00.000Z",
            "object_refs": ["indicator--1"],
        },
        {
            "type": "indicator",
            "id": "indicator--1",
            "created_by_ref": "identity--1",
            "modified": "2026-02-02T00:00:00.000Z",
            "name": "Bad domain",
            "pattern": "[domain-name:value = 'evil.example']",
            "pattern_type": "stix",
            "valid_from": "2026-01-30T00:00:00Z",
            "confidence": 85,
            "labels": ["malicious-activity"],
            "object_marking_refs": ["marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da"],
            "external_references": [
                {
                    "source_name": "mitre-attack",
                    "external_id": "T1566",
                    "url": "https://attack.mitre.org/techniques/T1566",
                },
                {"source_name": "blog", "url": "https://example.org/blog"},
            ],
        },
        {"type": "threat-actor", "id": "threat-actor--1", "name": "Bear", "first_seen": "2020-01-01T00:00:00Z"},
        {
            "type": "relationship",
            "id": "relationship--1",
            "relationship_type": "indicates",
            "source_ref": "indicator--1",
            "target_ref": "threat-actor--1",
        },
        {
            "type": "observed-data",
            "id": "observed-data--1",
            "first_observed": "2026-01-30T00:00:00Z",
            "last_observed": "2026-01-31T00:00:00Z",
            "number_observed": 3,
            "object_refs": ["domain-name--1"],
        },
        {"type": "domain-name", "id": "domain-name--1", "value": "evil.example"},
        {"type": "note", "id": "note--1", "content": "We doubt it.", "object_refs": ["threat-actor--1"]},
        {
            "type": "opinion",
            "id": "opinion--1",
            "opinion": "disagree",
            "explanation": "Different tools.",
            "object_refs": ["relationship--1"],
        },
        {"type": "malware", "id": "malware--1", "name": "Old", "revoked": True},
    ],
}

OTHER_ACH_PROGRAMS = (INTEL_WORKBENCH, ARKHAM_MIRROR, OPEN_SYNTHESIS, RESEARCH_TOOLS, CLARITY, ACH_WORKBENCH)
"""A file of each program for ACH whose JSON is read."""
