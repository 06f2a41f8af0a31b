"""How little would overturn the present order, in the fixed wordings; third hypotheses are not considered.

"If E5 and E7 were left out, H2 would draw level." "If E5 were rated I instead of N under H3, H2 would pass it."
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ach_desk.i18n import _, join_words, ngettext
from ach_desk.model.values import in_range
from ach_desk.scoring.rating_steps import Change, RatingSteps
from ach_desk.scoring.removals import Removals
from ach_desk.scoring.slip_cells import ladder
from ach_desk.scoring.table import VALUES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ach_desk.scoring.robustness import Robustness

MOST_NAMED = 3
"""So many items or changes are named in a sentence; of more their number."""


def labels_of(found: Robustness, columns: Sequence[int]) -> str:
    """Return the labels of hypotheses in words: "H2 and H3"."""
    return join_words([found.inputs.assessment.hypotheses[column].label for column in columns])


def items_of(found: Robustness, rows: Sequence[int]) -> str:
    """Return the labels of items in words: "E5 and E7"."""
    return join_words([found.inputs.assessment.items[row].label for row in rows])


def overturning_sentences(found: Robustness) -> list[str]:
    """Return what the nearest challenger would need: fewest items left out, and fewest steps; none without one."""
    nearest = _nearest(found)
    if nearest is None:
        return []
    steps = {entry.challenger: entry for entry in found.steps or ()}
    ratings_alone = _by_ratings_alone(found, nearest, list(steps.values()))
    if ratings_alone is None:
        own = steps.get(nearest.challenger)
        return [removal_sentence(found, nearest), *([steps_sentence(found, own)] if own else [])]
    level = [removal_sentence(found, nearest)] if nearest.to_tie is not None else []
    return [*level, ratings_alone_sentence(found, ratings_alone)]


def _nearest(found: Robustness) -> Removals | None:
    """Return the challenger outside the lead that needs the fewest items, of equals the one with the better score."""
    outside = [entry for entry in found.removals if entry.challenger not in found.leaders]
    scores = found.additive.scores
    never = len(found.additive.used) + 1
    return min(
        outside,
        key=lambda entry: (
            never if entry.to_overtake is None else entry.to_overtake,
            never if entry.to_tie is None else entry.to_tie,
            -scores[entry.challenger],
        ),
        default=None,
    )


def _by_ratings_alone(found: Robustness, nearest: Removals, steps: Sequence[RatingSteps]) -> RatingSteps | None:
    """Return the fewest steps that overturn what leaving items out cannot; None where it can, or neither does."""
    if len(found.leaders) != 1 or nearest.to_overtake is not None:
        return None
    able = [entry for entry in steps if entry.to_overtake is not None]
    return min(able, key=lambda entry: entry.to_overtake or 0, default=None)


def ratings_alone_sentence(found: Robustness, entry: RatingSteps) -> str:
    """Return what other ratings can and leaving items out cannot: "... changing two ratings can: if E5 were ..."."""
    leader, number = labels_of(found, found.leaders), len(entry.changes)
    if number > MOST_NAMED:
        text = _("Leaving items out cannot overturn {leader}; changing ratings by {count} steps can.")
        return text.format(leader=leader, count=entry.to_overtake)
    can = {
        1: _("changing one rating can"),
        2: _("changing two ratings can"),
        3: _("changing three ratings can"),
    }[number]
    text = _("Leaving items out cannot overturn {leader}; {can}: if {changes}, {outcome}.")
    return text.format(
        leader=leader, can=can, changes=_changes(found, entry.changes), outcome=_outcome(found, entry, entry.changes)
    )


def removal_sentence(found: Robustness, entry: Removals) -> str:
    """Return what leaving items out would do for one challenger: "If E5 and E7 were left out, H2 would draw level."."""
    if entry.to_tie is None:
        text = _("Leaving items out cannot bring {name} level with {leader}.")
        return text.format(name=labels_of(found, [entry.challenger]), leader=labels_of(found, found.leaders))
    if entry.to_tie == 0 and entry.to_overtake is None:
        text = _("{name} is level already; leaving items out cannot put it in front.")
        return text.format(name=labels_of(found, [entry.challenger]))
    size = entry.to_tie if entry.to_overtake is None else entry.to_overtake
    outcome = _outcome(found, entry)
    if size <= MOST_NAMED and entry.sets:
        text = _("If {items} were left out, {outcome}.")
        return text.format(items=items_of(found, next(iter(entry.sets))), outcome=outcome)
    return _("{count} items would have to be left out before {outcome}.").format(count=size, outcome=outcome)


def steps_sentence(found: Robustness, entry: RatingSteps) -> str:
    """Return what other ratings would do: "If E5 were rated I instead of N under H3, H2 would pass it."."""
    total = entry.to_tie if entry.to_overtake is None else entry.to_overtake
    if total is None:
        return _("No change of ratings brings {name} level.").format(name=labels_of(found, [entry.challenger]))
    if not entry.changes:
        text = _("{name} is level already; no change of ratings puts it in front.")
        return text.format(name=labels_of(found, [entry.challenger]))
    if len(entry.changes) > MOST_NAMED:
        text = ngettext(
            "Ratings would have to change by {count} step before {outcome}.",
            "Ratings would have to change by {count} steps before {outcome}.",
            total,
        )
        return text.format(count=total, outcome=_outcome(found, entry))
    outcome = _outcome(found, entry, entry.changes)
    return _("If {changes}, {outcome}.").format(changes=_changes(found, entry.changes), outcome=outcome)


def _outcome(found: Robustness, entry: Removals | RatingSteps, changes: Sequence[Change] = ()) -> str:
    """Return what the challenger would do, as the end of a sentence in which `changes` were named last."""
    name = labels_of(found, [entry.challenger])
    if entry.to_overtake is None:
        return _("{name} would draw level").format(name=name)
    rivals = [column for column in found.leaders if column != entry.challenger]
    if {change.column for change in changes} == set(rivals) and len(rivals) == 1:
        return _("{name} would pass it").format(name=name)
    return _("{name} would pass {leader}").format(name=name, leader=labels_of(found, rivals))


def _changes(found: Robustness, changes: Sequence[Change]) -> str:
    far = _(" (far from your rating)") if any(_is_far(found, change) for change in changes) else ""
    return join_words([_change(found, change) for change in changes]) + far


def _change(found: Robustness, change: Change) -> str:
    assessment, now = found.inputs.assessment, VALUES[found.inputs.assessment.table.codes[change.row, change.column]]
    return _("{item} were rated {new} instead of {old} under {hypothesis}").format(
        item=assessment.items[change.row].label,
        new=ladder(found.inputs)[change.place].value,
        old=now.value if now else "–",
        hypothesis=assessment.hypotheses[change.column].label,
    )


def _is_far(found: Robustness, change: Change) -> bool:
    """Return whether a cell would leave its stated range, or go further than a neighbour where none is stated."""
    rungs, stated = ladder(found.inputs), found.inputs.ranges.get((change.row, change.column))
    if stated is not None:
        return not in_range(rungs[change.place], stated)
    now = VALUES[found.inputs.assessment.table.codes[change.row, change.column]]
    return now is not None and abs(rungs.index(now) - change.place) > 1
