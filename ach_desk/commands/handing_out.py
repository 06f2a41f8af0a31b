"""What each analyst is given to rate: the words of one matrix and where they come from, and nothing of its standing.

Made anew from the fields that are named here, so that a field that comes later stays inside until somebody decides
that it may go out.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from ach_desk.commands.people import initials_of
from ach_desk.i18n import _
from ach_desk.model import (
    Analysis,
    Analyst,
    EvidenceItem,
    HandedOut,
    Hypothesis,
    Matrix,
    Record,
    Round,
    RoundState,
    now,
)
from ach_desk.model.ids import derived_id
from ach_desk.model.public import public_source
from ach_desk.scoring.table import shown_records

GIVEN = {
    "analysis": frozenset(
        {"notice", "question", "marking", "authors", "created", "as_of", "grading", "credibility_rule", "next_numbers"}
    ),
    "matrix": frozenset({"id", "name", "scale", "frame", "priors_per_cause", "method_settings"}),
    "hypothesis": frozenset(
        {"id", "label", "title", "statement", "colour", "combines", "parent", "relations", "catch_all", "wording"}
    ),
    "evidence": frozenset(
        {"id", "label", "title", "detail", "kind", "event_date", "event_end", "event_words", "learned_date", "entered"}
        | {"credibility", "credibility_from_grades", "relevance", "citations", "quotation", "page", "link", "retrieved"}
        | {"heading", "code", "tags", "marking", "handling", "twin", "reading", "rests_on", "wording"}
    ),
    "source": frozenset(
        {"id", "label", "name", "kind", "link", "date", "reliability", "evaluation", "grade_reason", "access", "motive"}
        | {"track_record", "suspect", "retracted", "retracted_reason", "retracted_date", "withheld"}
        | {"public_description"}
    ),
}
"""By kind, the fields that are handed out. Notes, and reasons for what was set aside or doubted, are not among them."""

R = TypeVar("R", bound=Record)


def analyst_named(analysis: Analysis, name: str) -> Analyst:
    """Return the analyst of that name, letter case and space aside; else a new one whose id follows from the name.

    So that whoever is handed a file twice before anything came back is the same person both times.
    """
    wanted = folded(name)
    known = next((entry for entry in analysis.analysts.values() if folded(entry.name) == wanted), None)
    new = Analyst(
        id=derived_id(analysis.id, "analyst", wanted), name=" ".join(name.split()), initials=initials_of(name)
    )
    return known or new


def once_each(names: Iterable[str]) -> list[str]:
    """Return the names without empty ones and repetitions, in their order and as the first of them is written."""
    found: dict[str, str] = {}
    for name in names:
        if name.strip():
            found.setdefault(folded(name), " ".join(name.split()))
    return list(found.values())


def folded(name: str) -> str:
    """Return a name as names are compared: letter case and space aside."""
    return " ".join(name.split()).casefold()


def hand_out(
    analysis: Analysis,
    matrix: Matrix,
    analyst: Analyst,
    *,
    seed: int | None = None,
    time: str | None = None,
    with_files: bool = False,
) -> Analysis:
    """Return what `analyst` is given of `matrix`: an analysis of its own that names where it comes from.

    It holds the hypotheses and items that count, and their sources; ids and labels stay. With a `seed` both orders
    are shuffled, for each analyst in another way. `time`: when it is handed out (now). `with_files`: the items keep the
    names of their attached files, which then have to be packed with it.
    """
    moment = time or now()
    items, hypotheses = _that_count(analysis, matrix)
    if with_files:
        items = [_with_files(entry, analysis) for entry in items]
    chance = random.Random(f"{seed}:{analyst.id}") if seed is not None else None
    if chance is not None:
        hypotheses = _shuffled_hypotheses(hypotheses, chance)
        chance.shuffle(items)
    cited = {citation.source for item in items for citation in item.citations}
    sources = [public_source(source) for source in analysis.sources.values() if source.id in cited]
    given = Matrix(
        **{name: getattr(matrix, name) for name in GIVEN["matrix"]},
        hypotheses=[entry.id for entry in hypotheses],
        evidence=[entry.id for entry in items],
        sheets={analyst.id: {}},
    )
    return Analysis(
        **{name: getattr(analysis, name) for name in GIVEN["analysis"]},
        id=derived_id(analysis.id, analyst.id, moment),
        description=_letter(analyst.name),
        handed_out=HandedOut(analysis=analysis.id, analyst=analyst.id, time=moment, seed=seed),
        hypotheses={entry.id: entry for entry in hypotheses},
        evidence={entry.id: entry for entry in items},
        sources={entry.id: _given(entry, "source") for entry in sources},
        analysts={analyst.id: analyst},
        matrices=[given],
        rounds={entry.id: entry for entry in _round(analysis, matrix)},
    )


def _letter(name: str) -> str:
    text = _(
        "Handed out to {name}, to be rated alone. Rate every cell without talking to the others, save, and send the "
        "file back. Items and hypotheses that are missing may be added; other words for what is there are taken as "
        "proposals."
    )
    return text.format(name=name)


def _that_count(analysis: Analysis, matrix: Matrix) -> tuple[list[EvidenceItem], list[Hypothesis]]:
    """Return items and hypotheses as they are given, in the order of the matrix, without what was set aside."""
    shown, over = shown_records(analysis, matrix)
    kept = {entry.id for entry in shown if entry.is_counted} | {entry.id for entry in over if entry.is_active}
    items = [_given(entry, "evidence") for entry in shown if entry.id in kept]
    hypotheses = [_given(entry, "hypothesis") for entry in over if entry.id in kept]
    return [_item_among(entry, kept) for entry in items], [_hypothesis_among(entry, kept) for entry in hypotheses]


def _given(record: R, kind: str) -> R:
    return type(record)(**{name: getattr(record, name) for name in GIVEN[kind]})


def _with_files(item: EvidenceItem, analysis: Analysis) -> EvidenceItem:
    return item.model_copy(update={"attachments": analysis.evidence[item.id].attachments})


def files_given(analysis: Analysis, matrix: Matrix) -> int:
    """Return how many attached files the items have that are handed out of a matrix."""
    items, _hypotheses = _that_count(analysis, matrix)
    return len({entry.path for item in items for entry in analysis.evidence[item.id].attachments})


def _item_among(item: EvidenceItem, kept: set[str]) -> EvidenceItem:
    """Return the item without what refers to items that stay inside."""
    alone = item.twin not in kept
    return item.model_copy(
        update={
            "rests_on": tuple(entry for entry in item.rests_on if entry in kept),
            "twin": None if alone else item.twin,
            "reading": None if alone else item.reading,
        }
    )


def _hypothesis_among(hypothesis: Hypothesis, kept: set[str]) -> Hypothesis:
    return hypothesis.model_copy(
        update={
            "combines": tuple(entry for entry in hypothesis.combines if entry in kept),
            "parent": hypothesis.parent if hypothesis.parent in kept else None,
            "relations": tuple(entry for entry in hypothesis.relations if entry.other in kept),
        }
    )


def _shuffled_hypotheses(hypotheses: Sequence[Hypothesis], chance: random.Random) -> list[Hypothesis]:
    """Return them shuffled: forms stay with what they are forms of, combinations after single explanations."""
    below: dict[str | None, list[Hypothesis]] = {}
    for entry in hypotheses:
        if not entry.is_combination:
            below.setdefault(entry.parent, []).append(entry)
    for family in below.values():
        chance.shuffle(family)
    found = {entry.id: entry for entry in _families(below)}
    # What is a form of itself, in a damaged file, hangs on nothing.
    found |= {entry.id: entry for entry in hypotheses if not entry.is_combination and entry.id not in found}
    combinations = [entry for entry in hypotheses if entry.is_combination]
    chance.shuffle(combinations)
    return [*found.values(), *combinations]


def _families(below: Mapping[str | None, Sequence[Hypothesis]]) -> Iterator[Hypothesis]:
    waiting = list(reversed(below.get(None, ())))
    while waiting:
        entry = waiting.pop()
        yield entry
        waiting += reversed(below.get(entry.id, ()))


def _round(analysis: Analysis, matrix: Matrix) -> Iterator[Round]:
    """Yield the round that is under way, to which estimates belong, without what anybody rated in it."""
    under_way = [
        entry for entry in analysis.rounds.values() if entry.matrix == matrix.id and entry.state is RoundState.PRIVATE
    ]
    for entry in under_way[-1:]:
        yield Round(id=entry.id, matrix=entry.matrix, name=entry.name, state=entry.state, opened=entry.opened)
