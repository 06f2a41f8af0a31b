"""What the columns of a foreign sheet are: the roles, the words that people head them with, and the mapping itself."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ach_desk.i18n import _


class Role(StrEnum):
    """What a column holds."""

    UNUSED = "unused"
    HYPOTHESIS = "hypothesis"
    ID = "id"
    LABEL = "label"
    TEXT = "text"
    DETAIL = "detail"
    KIND = "kind"
    STATUS = "status"
    SOURCE = "source"
    CREDIBILITY = "credibility"
    RELEVANCE = "relevance"
    DATE = "date"
    NOTE = "note"
    TAGS = "tags"
    LINK = "link"
    QUOTATION = "quotation"
    PAGE = "page"
    HEADING = "heading"
    MARKING = "marking"


ONCE = frozenset(Role) - {Role.UNUSED, Role.HYPOTHESIS}
"""Roles that one column only can have."""


class Scheme(StrEnum):
    """How ratings are written, where the same sign could mean two things."""

    LETTERS = "letters"
    SIGNS = "signs"
    MINUS_TWO_TO_TWO = "-2..2"
    FIVE_IS_CONSISTENT = "5 is consistent"
    ONE_IS_CONSISTENT = "1 is consistent"


@dataclass(frozen=True)
class SheetMapping:
    """How a sheet is to be read.

    header: the row of the headings, from 0; -1 for a sheet without. transposed: the items stand side by side and the
    hypotheses one under the other, so that "columns" below are the sheet's rows. roles: by column. spellings: what
    the analyst says that a word in a cell means, over the scheme ("" is unrated).
    """

    header: int
    roles: tuple[Role, ...]
    scheme: Scheme = Scheme.LETTERS
    transposed: bool = False
    spellings: Mapping[str, str] = field(default_factory=dict)

    def columns(self, role: Role) -> list[int]:
        """Return the columns with that role."""
        return [column for column, held in enumerate(self.roles) if held is role]

    def to_json(self) -> dict[str, Any]:
        """Return the mapping as plain data; `from_json` reads it back."""
        return {
            "header": self.header,
            "roles": [role.value for role in self.roles],
            "scheme": self.scheme.value,
            "transposed": self.transposed,
            "spellings": dict(self.spellings),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> SheetMapping | None:
        """Return the mapping that the data describe; None for data that are none."""
        try:
            return cls(
                int(data["header"]),
                tuple(Role(role) for role in data["roles"]),
                Scheme(data["scheme"]),
                bool(data["transposed"]),
                {str(word): str(value) for word, value in data["spellings"].items()},
            )
        except (KeyError, TypeError, ValueError, AttributeError):
            return None


def signature(headings: Sequence[str]) -> str:
    """Return what a remembered mapping is found by again: the same headings in the same order give the same."""
    words = "\x1f".join(map(heading_word, headings)).rstrip("\x1f")
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def role_words() -> dict[Role, str]:
    """Return the name of each role, in the order in which they are offered."""
    return {
        Role.UNUSED: _("(not used)"),
        Role.HYPOTHESIS: _("Hypothesis"),
        Role.LABEL: _("Label"),
        Role.TEXT: _("Text of the item"),
        Role.SOURCE: _("Source"),
        Role.CREDIBILITY: _("Credibility"),
        Role.RELEVANCE: _("Relevance"),
        Role.DATE: _("Date"),
        Role.NOTE: _("Note"),
        Role.TAGS: _("Tags"),
        Role.KIND: _("Kind"),
        Role.DETAIL: _("Detail"),
        Role.QUOTATION: _("Quotation"),
        Role.PAGE: _("Page"),
        Role.LINK: _("Link"),
        Role.HEADING: _("Group heading"),
        Role.MARKING: _("Marking"),
        Role.STATUS: _("Counted or set aside"),
        Role.ID: _("Id of the program"),
    }


def scheme_words() -> dict[Scheme, str]:
    """Return the name of each way of writing ratings, in the order in which they are offered."""
    return {
        Scheme.LETTERS: _("Letters and words: CC, C, N, I, II, consistent ..."),
        Scheme.SIGNS: _("Signs: ++, +, 0, -, --"),
        Scheme.MINUS_TWO_TO_TWO: _("Numbers from 2 (consistent) to -2 (inconsistent)"),
        Scheme.FIVE_IS_CONSISTENT: _("Numbers from 5 (consistent) to 1 (inconsistent)"),
        Scheme.ONE_IS_CONSISTENT: _("Numbers from 1 (consistent) to 5 (inconsistent)"),
    }


ID_HEADING = "ACH id"

_HEADINGS: dict[Role, tuple[str, ...]] = {
    Role.ID: (ID_HEADING,),
    Role.LABEL: (
        "label",
        "no.",
        "nr",
        "nr.",
        "#",
        "number",
        "nummer",
        "ref",
        "reference",
        "kürzel",
        "lfd. nr.",
        "id",
    ),
    Role.TEXT: (
        *("evidence", "evidence item", "item", "text", "title", "argument", "indicator", "observation", "finding"),
        *(
            "statement",
            "fact",
            "evidence/argument",
            "evidence and arguments",
            "items of evidence",
            "description of evidence",
        ),
        *("beleg", "belege", "hinweis", "beobachtung", "befund", "erkenntnis", "aussage", "titel", "indiz", "indizien"),
    ),
    Role.DETAIL: ("detail", "details", "description", "beschreibung", "einzelheiten", "full text"),
    Role.KIND: ("kind", "type", "category", "art", "typ", "evidence type"),
    Role.STATUS: ("status", "state", "zustand"),
    Role.SOURCE: ("source", "sources", "quelle", "quellen", "herkunft", "origin", "reported by"),
    Role.CREDIBILITY: (
        *("credibility", "cred", "cred.", "reliability", "credibility of source", "source credibility"),
        *("glaubwürdigkeit", "verlässlichkeit", "zuverlässigkeit"),
    ),
    Role.RELEVANCE: ("relevance", "rel", "rel.", "relevanz", "bedeutung", "importance", "weight", "gewicht"),
    Role.DATE: ("date", "datum", "when", "event date", "date of event", "time", "zeit", "zeitpunkt", "tag"),
    Role.NOTE: (
        *("note", "notes", "comment", "comments", "remark", "remarks", "rationale", "notiz", "notizen"),
        *("anmerkung", "anmerkungen", "bemerkung", "bemerkungen", "kommentar", "kommentare"),
    ),
    Role.TAGS: ("tags", "keywords", "schlagwort", "schlagwörter", "schlagworte", "stichworte"),
    Role.LINK: ("link", "url", "web", "address", "hyperlink", "adresse"),
    Role.QUOTATION: ("quotation", "quote", "zitat", "excerpt", "auszug"),
    Role.PAGE: ("page", "seite", "p.", "s."),
    Role.HEADING: ("heading", "group", "gruppe", "section", "theme", "thema", "topic", "überschrift"),
    Role.MARKING: ("marking", "classification", "einstufung", "tlp", "kennzeichnung"),
    Role.UNUSED: (
        *("score", "scores", "total", "sum", "summe", "diagnosticity", "diagnostizität", "inconsistency"),
        *("weighted inconsistency", "inkonsistenz", "rank", "rang", "average", "mittelwert", "gesamt"),
    ),
}
_BY_HEADING = {word.casefold(): role for role, words in _HEADINGS.items() for word in words}
_IN_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")


def heading_word(heading: str) -> str:
    """Return what a heading is compared by: small letters, single spaces, without what stands in brackets."""
    plain = " ".join(_IN_BRACKETS.sub("", heading).split()).casefold()
    return plain.rstrip(":*") or " ".join(heading.split()).casefold()


def says_something(heading: str) -> bool:
    """Return whether a heading can be a title: a letter is in it."""
    return any(character.isalpha() for character in heading)


def role_of_heading(heading: str) -> Role | None:
    """Return what a heading names in English or German; None where it names nothing known."""
    return _BY_HEADING.get(heading_word(heading))


_LABELLED = re.compile(r"\s*(H\d{1,4})\s*(?:[:.)–—-]\s*|\s)(.*\S.*)", re.IGNORECASE | re.DOTALL)


def split_label(heading: str) -> tuple[str, str]:
    """Return label and title of a heading such as ``H1: Coup``; the label is "" where the heading begins with none."""
    found = _LABELLED.fullmatch(heading)
    return (found[1].upper(), found[2]) if found else ("", heading)
