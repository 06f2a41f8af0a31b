"""What the program points out about items that depend on each other, and about items that may."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ach_desk.i18n import _, join_some
from ach_desk.model import Analysis, DependenceGroup
from ach_desk.model.values import Dependence, GroupCause
from ach_desk.scoring.assessment import Assessment
from ach_desk.scoring.dependence import Effect, effect, effects, group_of_items, moved_by, rank_change
from ach_desk.scoring.findings import Finding
from ach_desk.scoring.near_duplicates import Alike, Likeness

GROUPS_CHANGE = "groups_change"
MAY_DEPEND = "may_depend"
_MOST_FINDINGS = 5
_MOST_WEIGHED = 50
"""Of so many hints, those that move a score most, it is looked up whether they change the order."""

_MOST_NAMED = 6
_PROPOSED = {Likeness.SOURCE: Dependence.STRONG}
"""Items of one source need not repeat each other; what is said twice does."""


@dataclass(frozen=True)
class Hint:
    """Items that may depend on each other and are in no group yet: why, as how strongly, and in a sentence."""

    why: Likeness
    items: tuple[str, ...]
    source: str
    strength: Dependence
    text: str

    @property
    def finding(self) -> Finding:
        """Return the hint as the steps point it out."""
        return Finding(MAY_DEPEND, self.text, evidence=self.items)


def dependence_findings(analysis: Analysis, assessment: Assessment, alike: Sequence[Alike]) -> list[Finding]:
    """Return the findings on groups that change the order of the hypotheses, then on items that may depend."""
    return [
        *_groups(analysis, assessment),
        *(hint.finding for hint in hints(analysis, assessment, alike)),
    ]


def hints(analysis: Analysis, assessment: Assessment, alike: Sequence[Alike]) -> list[Hint]:
    """Return the most consequential of what is alike among counted items and not grouped yet, a handful at most.

    What holds for every counted item is left out: to count them all for less changes no order.
    """
    if not alike:
        return []
    table = assessment.table
    grouped = group_of_items(analysis.groups.values())
    row_of = {entry: row for row, entry in enumerate(table.evidence_ids) if table.counted[row]}
    found: list[tuple[float, Hint, list[int]]] = []
    for one in alike:
        items = tuple(entry for entry in one.items if entry in row_of)
        if 1 < len(items) < len(row_of) and not all(entry in grouped for entry in items):
            strength = _PROPOSED.get(one.why, Dependence.REDUNDANT)
            rows = [row_of[entry] for entry in items]
            hint = Hint(one.why, items, one.source, strength, "")
            found.append((moved_by(assessment, strength, rows), hint, rows))
    found.sort(key=lambda entry: -entry[0])
    found = found[:_MOST_WEIGHED]
    found.sort(key=lambda entry: -rank_change(assessment, entry[1].strength, entry[2]))
    labels = {entry: assessment.items[row].label for entry, row in row_of.items()} if found else {}
    return [_worded(analysis, labels, hint) for _moved, hint, _rows in found[:_MOST_FINDINGS]]


def group_sentence(analysis: Analysis, group: DependenceGroup, found: Effect) -> str:
    """Return what the items of a group share, as how many they count then, and what that changes."""
    if group.cause is GroupCause.CAUSE:
        text = _("{names} have a cause in common; {counted}, {statement}.")
    else:
        text = _("{names} share an origin; {counted}, {statement}.")
    names = _names({entry: analysis.evidence[entry].label for entry in found.items}, found.items)
    return text.format(names=names, counted=counted_words(found), statement=found.statement)


def counted_words(found: Effect) -> str:
    """Return as how many items the items count: "counted once", "counted as 1.7 items"."""
    if found.counts_as == 1:
        return _("counted once")
    return _("counted as {number} items").format(number=number_words(found.counts_as))


def number_words(number: float) -> str:
    """Return a number of items as it is said: "1", "1.7", "12"."""
    return f"{number:.1f}".removesuffix(".0")


def _groups(analysis: Analysis, assessment: Assessment) -> Iterator[Finding]:
    """Yield a finding for each group that changes the order by itself; where none does, one for all together."""
    every = analysis.groups.values()
    telling = sorted(effects(assessment, every, least=1), key=lambda entry: -entry[1].extent)
    for group, found in telling[:_MOST_FINDINGS]:
        yield Finding(GROUPS_CHANGE, group_sentence(analysis, group, found), evidence=found.items)
    if not telling:
        found = effect(assessment, every)
        if found.extent:
            text = _("With all dependence groups counted as dependent, {statement}.")
            text = text.format(statement=found.statement)
            yield Finding(GROUPS_CHANGE, text, evidence=found.items)


def _worded(analysis: Analysis, labels: Mapping[str, str], hint: Hint) -> Hint:
    names = _names(labels, hint.items)
    source = analysis.sources.get(hint.source)
    text = {
        Likeness.WORDS: _("{names} are worded nearly the same."),
        Likeness.QUOTATION: _("{names} give the same quotation."),
        Likeness.LINK: _("{names} give the same link."),
        Likeness.SOURCE: _("{names} rest on {source} alone."),
    }[hint.why]
    text = text.format(names=names, source=source.label if source is not None else _("a deleted source"))
    question = _("Do they depend on each other?")
    return Hint(hint.why, hint.items, hint.source, hint.strength, f"{text} {question}")


def _names(labels: Mapping[str, str], items: Sequence[str]) -> str:
    return join_some([labels[entry] for entry in items[:_MOST_NAMED]], _MOST_NAMED, len(items))
