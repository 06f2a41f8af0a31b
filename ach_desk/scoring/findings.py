"""What the program points out about a matrix, each in a sentence. Nothing here is ever an error or a verdict."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import compress
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ach_desk.i18n import _, join_some, join_words, ngettext
from ach_desk.scoring.assessment import Assessment
from ach_desk.scoring.table import UNRATED

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MOST_NAMED = 6
_FACTS_LENGTH = 16
_NO_IDS = frozenset({"code", "text", "turns_on"})


class Finding(NamedTuple):
    """One thing pointed out: a stable code, the sentence, and the ids of the records it is about.

    others: ids of records that are neither hypotheses nor items.
    turns_on: what makes it this point and not another one, where that is not simply the records it is about.
    """

    code: str
    text: str
    hypotheses: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    turns_on: tuple[str, ...] | None = None

    @property
    def facts(self) -> str:
        """Return a short sign of the facts, the same in every language and order; other facts give another one."""
        about = {"turns_on": self.turns_on} if self.turns_on is not None else self._ids()
        text = "\n".join((self.code, *(" ".join((kind, *sorted(ids))) for kind, ids in about.items() if ids)))
        return hashlib.sha256(text.encode()).hexdigest()[:_FACTS_LENGTH]

    def _ids(self) -> dict[str, tuple[str, ...]]:
        """Return the ids of the records by the field that names them."""
        return {name: ids for name, ids in self._asdict().items() if name not in _NO_IDS}


def findings(assessment: Assessment) -> list[Finding]:
    """Return the findings on one analyst's matrix, the most consequential first."""
    return [
        *_combination_ahead(assessment),
        *_ties(assessment),
        *_few_ratings(assessment),
        *_unrated(assessment),
        *_no_difference(assessment),
        *_level_not_set(assessment, "credibility", _("Credibility")),
        *_relevance_not_set(assessment),
    ]


def _combination_ahead(assessment: Assessment) -> Iterator[Finding]:
    rank = np.where(assessment.comparable, assessment.standing.rank, 0)
    column_of = {hypothesis.id: column for column, hypothesis in enumerate(assessment.hypotheses)}
    for column, hypothesis in enumerate(assessment.hypotheses):
        parts = [column_of[part] for part in hypothesis.combines if part in column_of]
        behind = [part for part in parts if rank[part] > rank[column]]
        if not rank[column] or not parts or len(behind) < len([part for part in parts if rank[part]]) or not behind:
            continue
        names = join_words([assessment.hypotheses[part].label for part in parts])
        best = min((part for part in parts if rank[part]), key=lambda part: rank[part])
        text = ngettext(
            "{label} joins {parts}; that it fits more is no evidence for it. "
            "What would you see if both were true, and not with {best} alone?",
            "{label} joins {parts}; that it fits more is no evidence for it. "
            "What would you see if all of them were true, and not with {best} alone?",
            len(parts) - 1,
        ).format(label=hypothesis.label, parts=names, best=assessment.hypotheses[best].label)
        ids = (hypothesis.id, *(assessment.hypotheses[part].id for part in parts))
        yield Finding("combination_ahead", text, hypotheses=ids)


def _ties(assessment: Assessment) -> Iterator[Finding]:
    rank, in_words = assessment.standing.rank, assessment.tied
    for shared in sorted({int(value) for value in rank[in_words]}):
        tied = [assessment.hypotheses[column] for column in np.flatnonzero(in_words & (rank == shared))]
        names = join_words([hypothesis.label for hypothesis in tied])
        text = _("{names} are tied: the ratings do not tell them apart.").format(names=names)
        yield Finding("tie", text, hypotheses=tuple(hypothesis.id for hypothesis in tied))


def _few_ratings(assessment: Assessment) -> Iterator[Finding]:
    total = assessment.counted_items
    comparable = assessment.comparable
    for column, hypothesis in enumerate(assessment.hypotheses):
        if not assessment.table.active[column] or comparable[column] or not total:
            continue
        rated = int(assessment.standing.rated[column])
        if rated:
            code, text = "few_ratings", _("{label} is rated on {rated} of {total} items and cannot be compared yet.")
        else:
            code, text = "no_ratings", _("{label} is not rated on any item and is not ranked.")
        yield Finding(code, text.format(label=hypothesis.label, rated=rated, total=total), hypotheses=(hypothesis.id,))


def _unrated(assessment: Assessment) -> Iterator[Finding]:
    table = assessment.table
    open_cells = (table.codes == UNRATED) & table.counted[:, None] & table.active[None, :]
    number = int(open_cells.sum())
    if not number:
        return
    columns = np.flatnonzero(open_cells.any(axis=0))
    rows = open_cells.any(axis=1)
    text = ngettext("{count} cell is unrated ({items}).", "{count} cells are unrated ({items}).", number)
    yield Finding(
        "unrated",
        text.format(count=number, items=_named(assessment, rows)),
        hypotheses=tuple(assessment.hypotheses[column].id for column in columns),
        evidence=_ids(assessment, rows),
    )


def _no_difference(assessment: Assessment) -> Iterator[Finding]:
    flat = (assessment.standing.diagnosticity == 0.0) & assessment.table.counted
    number = int(np.count_nonzero(flat))
    if number:
        text = ngettext(
            "{items} does not separate the hypotheses: it is rated the same under each.",
            "{items} do not separate the hypotheses: each is rated the same throughout.",
            number,
        )
        text = text.format(items=_named(assessment, flat))
        yield Finding("not_diagnostic", text, evidence=_ids(assessment, flat))


def _level_not_set(assessment: Assessment, field: str, word: str) -> Iterator[Finding]:
    levels = map(attrgetter(field), assessment.items)
    not_set = np.fromiter((level is None for level in levels), np.bool_, len(assessment.items))
    not_set &= assessment.table.counted
    number = int(np.count_nonzero(not_set))
    if number:
        text = ngettext(
            "{what} is not set for {count} item ({items}); it is counted as medium.",
            "{what} is not set for {count} items ({items}); they are counted as medium.",
            number,
        )
        text = text.format(what=word, count=number, items=_named(assessment, not_set))
        # Who does without these grades says so once; whoever has begun with them is told of each further item.
        unused = ("none",) if number == assessment.counted_items else None
        yield Finding(f"{field}_not_set", text, evidence=_ids(assessment, not_set), turns_on=unused)


def _relevance_not_set(assessment: Assessment) -> Iterator[Finding]:
    """Yield that items have no relevance, once one has it: it is mostly in the rating already, and off until used."""
    if any(map(attrgetter("relevance"), assessment.items)):
        yield from _level_not_set(assessment, "relevance", _("Relevance"))


def _ids(assessment: Assessment, chosen: NDArray[np.bool_]) -> tuple[str, ...]:
    """Return the ids of the items for which `chosen`, one per item, holds."""
    return tuple(compress(assessment.table.evidence_ids, chosen.tolist()))


def _named(assessment: Assessment, chosen: NDArray[np.bool_]) -> str:
    """Return the labels of the chosen items as an enumeration, the ones beyond the sixth as a number."""
    rows = np.flatnonzero(chosen)
    return join_some([assessment.items[row].label for row in rows[:_MOST_NAMED]], _MOST_NAMED, len(rows))
