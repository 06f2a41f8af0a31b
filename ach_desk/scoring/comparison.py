"""What-ifs and matrices side by side: scores, ranks and what changes against the ratings as they are, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ach_desk.i18n import _, join_words
from ach_desk.model import Hypothesis
from ach_desk.scoring.assessment import Assessment

RATED, SCENARIO, MATRIX = "rated", "scenario", "matrix"
_TOLERANCE = 1e-9


@dataclass(frozen=True)
class Side:
    """One thing to compare: how it is rated, a what-if upon it ("scenario") or another matrix; `id` is theirs.

    falls: how much falls with assumptions that are taken as false ("3 items and 2 cells fall"); "" for nothing.
    """

    kind: str
    id: str
    name: str
    assessment: Assessment
    falls: str = ""


@dataclass(frozen=True)
class Entry:
    """One hypothesis on one side. score: weighted inconsistency; None where it is not there or cannot be compared.

    rank: 0 where it is not ranked. places: how many ranks better (above zero) or worse it is than on the first side.
    """

    score: float | None = None
    rank: int = 0
    tied: bool = False
    places: int = 0
    score_changed: bool = False


@dataclass(frozen=True)
class Comparison:
    """The table: a row per hypothesis (combinations last), a column per side, the first of them as rated.

    sentences: what each side says, in the order of the sides.
    """

    hypotheses: tuple[Hypothesis, ...]
    sides: tuple[Side, ...]
    entries: tuple[tuple[Entry, ...], ...]
    sentences: tuple[str, ...]

    @property
    def first_combination(self) -> int | None:
        """Return the row of the first combination where single explanations stand before it; else None."""
        joined = [hypothesis.is_combination for hypothesis in self.hypotheses]
        return joined.index(True) if True in joined and not joined[0] else None


def compare(rated: Side, others: Sequence[Side]) -> Comparison:
    """Return the comparison of `others` with the matrix as rated. Hypotheses only others have come after its own."""
    sides = (rated, *others)
    hypotheses = _rows(sides)
    columns = [{entry.id: place for place, entry in enumerate(side.assessment.hypotheses)} for side in sides]
    first = [_entry(rated.assessment, columns[0].get(hypothesis.id)) for hypothesis in hypotheses]
    entries = tuple(
        tuple(
            _against(_entry(side.assessment, places.get(hypothesis.id)), base)
            for side, places in zip(sides, columns, strict=True)
        )
        for hypothesis, base in zip(hypotheses, first, strict=True)
    )
    return Comparison(hypotheses, sides, entries, tuple(sentence(rated, side) for side in sides))


def sentence(rated: Side, side: Side) -> str:
    """Return what a side says about who has the least evidence against it, and what that changes, in one sentence."""
    opening = {
        RATED: _("As rated, {statement}."),
        SCENARIO: _("If {name}, {statement}."),
        MATRIX: _("In {name}, {statement}."),
    }[side.kind]
    statement = (
        leading_words(side.assessment) if side.kind == RATED else effect_words(rated.assessment, side.assessment)
    )
    if side.falls:
        statement = _("{falls}: {statement}").format(falls=side.falls, statement=statement)
    return opening.format(name=side.name.strip().rstrip(".?!"), statement=statement)


def as_rows(comparison: Comparison, score: Callable[[float], str]) -> list[list[str]]:
    """Return the table as text, header first and sentences last, for the clipboard; `score` writes a score."""
    header = [_("Hypothesis"), *(name for side in comparison.sides for name in (side_name(side), _("Rank")))]
    rows = [header]
    for hypothesis, entries in zip(comparison.hypotheses, comparison.entries, strict=True):
        cells = [
            text
            for entry in entries
            for text in (score(entry.score) if entry.score is not None else "", rank_words(entry))
        ]
        rows.append([f"{hypothesis.label} {hypothesis.title}", *cells])
    return [*rows, *([text] for text in comparison.sentences)]


def side_name(side: Side) -> str:
    """Return what stands over the column of a side."""
    return _("As rated") if side.kind == RATED else side.name


def rank_words(entry: Entry) -> str:
    """Return the rank as it is written: "2 tied"; "" where there is none."""
    if not entry.rank:
        return ""
    return _("{rank} tied").format(rank=entry.rank) if entry.tied else str(entry.rank)


def change_words(entry: Entry) -> str:
    """Return what is different from the first side, with an arrow: "▲ 1 better"; "" where nothing is."""
    if entry.places > 0:
        return _("▲ {count} better").format(count=entry.places)
    if entry.places < 0:
        return _("▼ {count} worse").format(count=-entry.places)
    return _("score differs") if entry.score_changed else ""


def _rows(sides: Sequence[Side]) -> tuple[Hypothesis, ...]:
    found: dict[str, Hypothesis] = {}
    for side in sides:
        assessment = side.assessment
        for column in assessment.display_order():
            found.setdefault(assessment.hypotheses[column].id, assessment.hypotheses[column])
    return tuple(sorted(found.values(), key=lambda hypothesis: hypothesis.is_combination))


def _entry(assessment: Assessment, column: int | None) -> Entry:
    if column is None or not assessment.comparable[column]:
        return Entry()
    return Entry(
        float(assessment.standing.weighted_inconsistency[column]),
        int(assessment.standing.rank[column]),
        bool(assessment.tied[column]),
    )


def _against(entry: Entry, base: Entry) -> Entry:
    if entry.score is None or base.score is None:
        return entry
    changed = abs(entry.score - base.score) > _TOLERANCE
    return Entry(entry.score, entry.rank, entry.tied, base.rank - entry.rank, changed)


def leaders(assessment: Assessment) -> list[str]:
    """Return the labels of those with the least against them among all that can be compared."""
    columns = np.flatnonzero(assessment.comparable)
    if not len(columns):
        return []
    scores = assessment.standing.weighted_inconsistency[columns]
    return [
        assessment.hypotheses[column].label
        for column, score in zip(columns, scores, strict=True)
        if scores.max() - score <= _TOLERANCE
    ]


def leading_words(assessment: Assessment) -> str:
    """Return who has the least evidence against it, as the end of a sentence."""
    first = leaders(assessment)
    if not first:
        return _("nothing can be compared yet")
    names = join_words(first)
    if len(first) == 1:
        return _("{name} has the least evidence against it").format(name=names)
    return _("{names} are tied with the least evidence against them").format(names=names)


def effect_words(rated: Assessment, other: Assessment) -> str:
    """Return what `other` changes against `rated`, as the end of a sentence: "H2 draws level with H1"."""
    before, now = leaders(rated), leaders(other)
    if not now:
        return _("nothing can be compared")
    if now == before:
        return _unchanged(rated, other, now)
    stayed, came = [name for name in now if name in before], [name for name in now if name not in before]
    if stayed and came and len(stayed) == len(before):
        text = _("{names} draws level with {others}") if len(came) == 1 else _("{names} draw level with {others}")
        return text.format(names=join_words(came), others=join_words(stayed))
    if not came and len(now) == 1:
        return _("{name} alone has the least evidence against it").format(name=now[0])
    if came and not stayed and before:
        text = (
            _("{names} has the least evidence against it, in place of {others}")
            if len(now) == 1
            else _("{names} are tied with the least evidence against them, in place of {others}")
        )
        return text.format(names=join_words(now), others=join_words(before))
    return leading_words(other)


def _unchanged(rated: Assessment, other: Assessment, first: list[str]) -> str:
    same = {hypothesis.id: column for column, hypothesis in enumerate(rated.hypotheses)}
    pairs = [(same.get(hypothesis.id), column) for column, hypothesis in enumerate(other.hypotheses)]
    ranks = all(
        before is not None and rated.standing.rank[before] == other.standing.rank[column] for before, column in pairs
    )
    scores = ranks and all(
        abs(rated.standing.weighted_inconsistency[before] - other.standing.weighted_inconsistency[column]) <= _TOLERANCE
        for before, column in pairs
        if before is not None
    )
    if scores and len(rated.hypotheses) == len(other.hypotheses):
        return _("nothing changes")
    names = join_words(first)
    if len(first) == 1:
        text = _("{name} still has the least evidence against it")
    else:
        text = _("{name} are still tied with the least evidence against them")
    text = text.format(name=names)
    return text if ranks else _("{statement}, and the order behind changes").format(statement=text)
