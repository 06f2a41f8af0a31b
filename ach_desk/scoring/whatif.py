"""The matrix under a what-if: items left out, sources distrusted, assumptions taken as false, ratings replaced."""

from __future__ import annotations

import dataclasses

from ach_desk.i18n import _, ngettext
from ach_desk.model import (
    Analysis,
    Challenge,
    EvidenceItem,
    EvidenceStatus,
    Matrix,
    Override,
    Rating,
    Scenario,
    new_id,
)
from ach_desk.model.citing import rests_alone_on
from ach_desk.scoring.assessment import Assessment, assess
from ach_desk.scoring.inconsistency import standing
from ach_desk.scoring.resting import Fall, fall, fall_words, reason
from ach_desk.scoring.table import CODES, FIRST_RATED, UNRATED


def left_out_items(analysis: Analysis, scenario: Scenario) -> frozenset[str]:
    """Return the ids of the items that do not count under the scenario, apart from what falls with an assumption.

    Beside those left out by name, an item that only distrusted sources bear out; one with another source that says so,
    or with none, still counts.
    """
    distrusted = frozenset(scenario.distrusted)
    resting = (item.id for item in analysis.evidence.values() if rests_alone_on(item, distrusted, analysis.sources))
    return frozenset((*scenario.left_out, *(resting if distrusted else ())))


def assess_under(analysis: Analysis, matrix: Matrix, analyst: str, scenario: Scenario) -> Assessment:
    """Return the assessment of `matrix` as rated by `analyst`, as it would be under `scenario`. Nothing is changed."""
    plain = assess(analysis, matrix, analyst)
    return under(analysis, plain, scenario, fall_in(analysis, matrix, analyst, scenario))


def fall_in(analysis: Analysis, matrix: Matrix, analyst: str, scenario: Scenario) -> Fall:
    """Return what falls in an analyst's sheet with the assumptions that the scenario takes as false."""
    return fall(analysis, scenario.assumptions_false, matrix.sheets.get(analyst, {}))


def under(analysis: Analysis, plain: Assessment, scenario: Scenario, fallen: Fall) -> Assessment:
    """Return what an assessment as rated becomes under `scenario`; items that do not count stand in it as set aside.

    fallen: what `fall_in` gives for the sheet of the assessment. A rating that the what-if puts into a fallen cell
    counts: it is what the analyst says of the cell although the assumption is false.
    """
    table = plain.table.copy()
    rows = {entry: row for row, entry in enumerate(table.evidence_ids)}
    columns = {entry: column for column, entry in enumerate(table.hypothesis_ids)}
    items = list(plain.items)
    for entry, why in _aside_reasons(analysis, scenario, fallen).items():
        if entry in rows:
            table.counted[rows[entry]] = False
            items[rows[entry]] = _aside(items[rows[entry]], why)
    for evidence, hypothesis in fallen.cells:
        if evidence in rows and hypothesis in columns:
            table.codes[rows[evidence], columns[hypothesis]] = UNRATED
    for override in scenario.overrides:
        if override.evidence in rows and override.hypothesis in columns:
            table.codes[rows[override.evidence], columns[override.hypothesis]] = CODES[override.value]
    return Assessment(tuple(items), plain.hypotheses, table, standing(table), plain.scale)


def fallen_words(plain: Assessment, fallen: Fall) -> str:
    """Return how much of what is scored falls, as "3 items and 2 cells fall"; "" when nothing does."""
    counted = dict(zip(plain.table.evidence_ids, plain.table.counted.tolist(), strict=True))
    columns = {entry: column for column, entry in enumerate(plain.table.hypothesis_ids)}
    rows = {entry: row for row, entry in enumerate(plain.table.evidence_ids)}
    items = sum(1 for entry in fallen.items if counted.get(entry))
    cells = sum(
        1
        for evidence, hypothesis in fallen.cells
        if counted.get(evidence)
        and hypothesis in columns
        and plain.table.active[columns[hypothesis]]
        and plain.table.codes[rows[evidence], columns[hypothesis]] >= FIRST_RATED
    )
    return fall_words(items, cells)


def applied(analysis: Analysis, scenario: Scenario) -> Analysis:
    """Return a copy of the analysis in which the what-if is so, for a document that says it in its notice.

    Overrides stand in the sheet of every analyst; of a cell that falls with an assumption the reason alone is left.
    """
    copy = analysis.snapshot()
    copy.notice = " · ".join(part for part in (title(scenario), analysis.notice) if part)
    fallen = fall(analysis, scenario.assumptions_false, {})
    for entry, why in _aside_reasons(analysis, scenario, fallen).items():
        if entry in copy.evidence:
            copy.evidence[entry] = _aside(copy.evidence[entry], why)
    matrix = next((entry for entry in copy.matrices if entry.id == scenario.matrix), None)
    if matrix is not None:
        for analyst in matrix.sheets:
            _apply_to_sheet(analysis, matrix, analyst, scenario)
    return copy


def _apply_to_sheet(analysis: Analysis, matrix: Matrix, analyst: str, scenario: Scenario) -> None:
    for cell in fall_in(analysis, matrix, analyst, scenario).cells:
        matrix.set_rating(analyst, *cell, emptied(matrix.rating(analyst, *cell)))
    for override in scenario.overrides:
        own = matrix.rating(analyst, override.evidence, override.hypothesis)
        matrix.set_rating(analyst, override.evidence, override.hypothesis, overridden(own, override))


def emptied(own: Rating | None) -> Rating | None:
    """Return what is left of the rating of a cell that falls with an assumption: its reason."""
    if own is None:
        return None
    return dataclasses.replace(own, value=None, range=None, confidence=None, suggested=None)


def overridden(own: Rating | None, override: Override) -> Rating | None:
    """Return the rating that stands in a cell under a what-if: the other value, with the reason that was written."""
    rating = dataclasses.replace(own or Rating(None), value=override.value, range=None, confidence=None, suggested=None)
    return None if rating.is_empty else rating


def title(scenario: Scenario) -> str:
    """Return what stands over everything that shows the analysis under a what-if, without an end stop."""
    return _("What-if: {name}").format(name=scenario.name)


def _aside_reasons(analysis: Analysis, scenario: Scenario, fallen: Fall) -> dict[str, str]:
    """Return the items that do not count under the scenario, each with why."""
    name = title(scenario)
    found = dict.fromkeys(left_out_items(analysis, scenario), name)
    text = _("{what_if}: {reason}")
    for entry in fallen.rows:
        found[entry] = text.format(what_if=name, reason=reason(analysis, fallen, entry))
    return found


def _aside(item: EvidenceItem, why: str) -> EvidenceItem:
    if not item.is_counted:
        return item
    return item.model_copy(update={"status": EvidenceStatus.SET_ASIDE, "status_reason": why, "status_date": None})


def gone(analysis: Analysis, scenario: Scenario) -> list[str]:
    """Return in sentences which parts of a what-if name something that was deleted; they have no effect."""
    items = [entry for entry in scenario.left_out if entry not in analysis.evidence]
    sources = [entry for entry in scenario.distrusted if entry not in analysis.sources]
    assumptions = [entry for entry in scenario.assumptions_false if entry not in analysis.evidence]
    cells = [
        entry
        for entry in scenario.overrides
        if entry.evidence not in analysis.evidence or entry.hypothesis not in analysis.hypotheses
    ]
    texts = (
        (
            items,
            ngettext(
                "{count} item that it leaves out was deleted.",
                "{count} items that it leaves out were deleted.",
                len(items),
            ),
        ),
        (
            sources,
            ngettext(
                "{count} source that it distrusts was deleted.",
                "{count} sources that it distrusts were deleted.",
                len(sources),
            ),
        ),
        (
            assumptions,
            ngettext(
                "{count} assumption that it takes as false was deleted.",
                "{count} assumptions that it takes as false were deleted.",
                len(assumptions),
            ),
        ),
        (
            cells,
            ngettext(
                "{count} cell that it rates otherwise was deleted with its item or hypothesis.",
                "{count} cells that it rates otherwise were deleted with their items or hypotheses.",
                len(cells),
            ),
        ),
    )
    return [text.format(count=len(found)) for found, text in texts if found]


def if_it_holds(challenge: Challenge, matrix: Matrix) -> Scenario | None:
    """Return the scenario in which a challenge is right: the cell rated as it says, else the item left out.

    None for a challenge that names no consequence: one to a hypothesis, or to a cell without another rating.
    """
    overrides, left_out = (), ()
    if challenge.evidence and challenge.hypothesis:
        if challenge.value is None:
            return None
        overrides = (Override(evidence=challenge.evidence, hypothesis=challenge.hypothesis, value=challenge.value),)
    elif challenge.evidence:
        left_out = (challenge.evidence,)
    else:
        return None
    return Scenario(id=new_id(), matrix=matrix.id, name=challenge.text, overrides=overrides, left_out=left_out)
