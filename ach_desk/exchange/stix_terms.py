"""What the writer and the reader of STIX 2.1 agree on: identifiers, our extension, and where ratings stand in it.

STIX has no object for a hypothesis or for how an item fits one. An analysis is a report, a matrix a grouping,
hypotheses and items are notes, sources and analysts identities, ratings opinions on the hypothesis; what these do not
hold stands in a property extension, whose definition is in every bundle (docs/adr/0033).
"""

from __future__ import annotations

import hashlib
import uuid

from ach_desk.model import RatingValue

EXTENSION_FORM = (
    "kind: analysis, matrix, hypothesis, evidence, source, analyst, rating or another kind of record of ACH Desk. "
    "ach_id: the identifier of the record in its file. record: the fields of the record as the published JSON Schema "
    "of the file format of ACH Desk names them. For a matrix: hypothesis_refs and item_refs, in its order, and "
    "scores, by analyst: inconsistency and weighted inconsistency, zero or negative, nearest to zero is least "
    "contradicted. For a rating, which created_by_ref made of the hypothesis in object_refs: matrix_ref and "
    "item_ref; record.value is CC, C, C-, N, "
    "I-, I, II or N/A, how well the item fits the hypothesis."
)


def identifier(kind: str, *names: str) -> str:
    """Return the STIX identifier of a record: `kind` is the type of the object; the same for the same names.

    It has the form of a random UUID (version 4), which STIX asks for; what it is made of, our ids, is random.
    """
    digest = hashlib.sha256("\0".join(("ach-desk", kind, *names)).encode()).digest()
    return f"{kind}--{uuid.UUID(bytes=digest[:16], version=4)}"


EXTENSION = identifier("extension-definition", "1")
PROGRAM = identifier("identity", "ACH Desk")

OPINIONS = {
    RatingValue.VERY_CONSISTENT: "strongly-agree",
    RatingValue.CONSISTENT: "agree",
    RatingValue.SLIGHTLY_CONSISTENT: "agree",
    RatingValue.NEUTRAL: "neutral",
    RatingValue.SLIGHTLY_INCONSISTENT: "disagree",
    RatingValue.INCONSISTENT: "disagree",
    RatingValue.VERY_INCONSISTENT: "strongly-disagree",
}
"""What a rating is to a program that does not know our extension; N/A is no opinion."""

TLP = {
    "WHITE": "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9",
    "CLEAR": "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9",
    "GREEN": "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da",
    "AMBER": "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82",
    "RED": "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed",
}
"""The markings that STIX 2.1 itself defines, by their colour."""

NOTE_KINDS = ("group", "expectation", "indicator", "conclusion", "outcome", "challenge", "scenario")
"""Further kinds of records, each a note on the report."""

NOT_WRITTEN = {
    "analysis": frozenset({"id", "handover", "next_numbers", "credibility_rule", "report"}),
    "evidence": frozenset({"id", "attachments"}),
}
"""Fields that stay in the file: paths on a machine, and what one analyst writes to the next."""

RENAMED = {"by": "by_whom"}
"""Fields whose names are shorter than STIX allows -> their names in a bundle."""
