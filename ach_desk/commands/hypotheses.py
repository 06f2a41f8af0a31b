"""Builders for how hypotheses stand to each other: forms, relations, combinations, the hypothesis check."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from ach_desk.commands import checks, edits
from ach_desk.commands.command import Command, FieldChange, SetFields, SetRatings
from ach_desk.i18n import _, join_words, ngettext
from ach_desk.model import Analysis, Matrix, RatingValue, now
from ach_desk.model.records import Relation
from ach_desk.model.tree import may_be_parent
from ach_desk.model.values import RelationKind


def add_form(analysis: Analysis, matrix: Matrix, parent: str, title: str) -> Command:
    """Return the command that adds a hypothesis as a form of `parent` (an id)."""
    return edits.add_hypotheses(analysis, matrix, [{"title": title, "parent": parent}])


def set_parent(analysis: Analysis, ids: Sequence[str], parent: str | None) -> SetFields:
    """Return the command that makes hypotheses forms of `parent`, or (None) of nothing.

    Those that cannot be forms of it, being itself, above it or combinations, are left as they are.
    """
    known = analysis.hypotheses
    able = [entry for entry in ids if parent is None or may_be_parent(known, entry, parent)]
    names = join_words([known[entry].label for entry in able])
    if parent is None:
        text = ngettext("Lift {names} out", "Lift {names} out", len(able)).format(names=names)
    else:
        text = _("Make {names} a form of {parent}").format(names=names, parent=known[parent].label)
    return edits.set_field(analysis, "hypothesis", able, "parent", parent, text)


def relate(analysis: Analysis, hypothesis: str, kind: RelationKind, other: str) -> SetFields:
    """Return the command that adds a relation; one that stands already, at either end if it has no direction, does not.

    A pair that overlaps and is then called a duplicate is only that: the new relation takes the place of the old one.
    """
    known = analysis.hypotheses
    pair = known[hypothesis], known[other]
    new = {
        hypothesis: (*_without(pair[0].relations, other), Relation(kind=kind, other=other)),
        other: _without(pair[1].relations, hypothesis),
    }
    text = _("Relate {one} to {other}").format(one=pair[0].label, other=pair[1].label)
    return _set_relations(analysis, new, text)


def unrelate(analysis: Analysis, hypothesis: str, other: str) -> SetFields:
    """Return the command that takes away every relation between two hypotheses, at whichever end it is kept."""
    known = analysis.hypotheses
    new = {
        hypothesis: _without(known[hypothesis].relations, other),
        other: _without(known[other].relations, hypothesis),
    }
    text = _("Take the relation of {one} to {other} away")
    return _set_relations(analysis, new, text.format(one=known[hypothesis].label, other=known[other].label))


def add_catch_all(analysis: Analysis, matrix: Matrix) -> Command | None:
    """Return the command that adds the hypothesis for everything not listed; None when an active one is there."""
    if any(entry.catch_all and entry.is_active for entry in analysis.hypotheses.values()):
        return None
    fields = {
        "title": _("None of the above"),
        "statement": _("The true explanation is one that is not listed here."),
        "catch_all": True,
    }
    return edits.add_hypotheses(analysis, matrix, [fields])


def combine(analysis: Analysis, matrix: Matrix, parts: Sequence[str]) -> Command:
    """Return the command that adds a combination of hypotheses (two or more ids), titled after them."""
    title = " + ".join(analysis.hypotheses[part].label for part in parts)
    return edits.add_hypotheses(analysis, matrix, [{"title": title, "combines": tuple(parts)}])


def confirm_derived(
    analysis: Analysis, matrix: Matrix, analyst: str, wanted: Iterable[tuple[tuple[str, str], RatingValue]]
) -> SetRatings:
    """Return the command that rates cells of combinations with what their parts suggest, as one step."""
    cells = list(wanted)
    text = ngettext("Confirm {count} suggestion", "Confirm {count} suggestions", len(cells)).format(count=len(cells))
    return edits.rate_each(analysis, matrix, analyst, cells, text)


def answer_check(
    analysis: Analysis, question: str, answer: Literal["yes", "no", ""] | None = None, note: str | None = None
) -> SetFields:
    """Return the command that answers a question of the hypothesis check (None: keep answer, keep note).

    An answer that says nothing any more is taken out.
    """
    answers = checks.answered(analysis.hypothesis_check, question, answer, note)
    text = _("Answer the hypothesis check")
    return edits.set_field(analysis, "analysis", [analysis.id], "hypothesis_check", answers, text)


def _without(relations: Iterable[Relation], other: str) -> tuple[Relation, ...]:
    return tuple(relation for relation in relations if relation.other != other)


def _set_relations(analysis: Analysis, new: dict[str, tuple[Relation, ...]], text: str) -> SetFields:
    changes = tuple(
        FieldChange("hypothesis", entry, "relations", old, relations)
        for entry, relations in new.items()
        if (old := analysis.hypotheses[entry].relations) != relations
    )
    return SetFields(changes=changes, text=text, time=now())
