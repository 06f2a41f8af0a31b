"""The matrix under a what-if: a scenario's items left out, sources distrusted and ratings put in place of others."""

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
from ach_desk.scoring.assessment import Assessment, assess
from ach_desk.scoring.inconsistency import standing
from ach_desk.scoring.table import CODES


def left_out_items(analysis: Analysis, scenario: Scenario) -> frozenset[str]:
    """Return the ids of the items that do not count under the scenario.

    Beside those left out by name, an item that cites only distrusted sources; one with another source, or with none,
    still counts.
    """
    distrusted = set(scenario.distrusted)
    resting = (
        item.id
        for item in analysis.evidence.values()
        if item.citations and all(citation.source in distrusted for citation in item.citations)
    )
    return frozenset((*scenario.left_out, *(resting if distrusted else ())))


def assess_under(analysis: Analysis, matrix: Matrix, analyst: str, scenario: Scenario) -> Assessment:
    """Return the assessment of `matrix` as rated by `analyst`, as it would be under `scenario`. Nothing is changed."""
    return under(analysis, assess(analysis, matrix, analyst), scenario)


def under(analysis: Analysis, plain: Assessment, scenario: Scenario) -> Assessment:
    """Return what an assessment as rated becomes under `scenario`; items that do not count stand in it as set aside."""
    table = plain.table.copy()
    gone = left_out_items(analysis, scenario)
    rows = {entry: row for row, entry in enumerate(table.evidence_ids)}
    columns = {entry: column for column, entry in enumerate(table.hypothesis_ids)}
    items = list(plain.items)
    for entry in gone & rows.keys():
        table.counted[rows[entry]] = False
        items[rows[entry]] = _aside(items[rows[entry]], scenario)
    for override in scenario.overrides:
        if override.evidence in rows and override.hypothesis in columns:
            table.codes[rows[override.evidence], columns[override.hypothesis]] = CODES[override.value]
    return Assessment(tuple(items), plain.hypotheses, table, standing(table), plain.scale)


def applied(analysis: Analysis, scenario: Scenario) -> Analysis:
    """Return a copy of the analysis in which the what-if is so, for a document that says it in its notice.

    Overrides stand in the sheet of every analyst.
    """
    copy = analysis.snapshot()
    copy.notice = " · ".join(part for part in (title(scenario), analysis.notice) if part)
    for entry in left_out_items(analysis, scenario) & copy.evidence.keys():
        copy.evidence[entry] = _aside(copy.evidence[entry], scenario)
    matrix = next((entry for entry in copy.matrices if entry.id == scenario.matrix), None)
    if matrix is not None:
        for analyst in matrix.sheets:
            for override in scenario.overrides:
                own = matrix.rating(analyst, override.evidence, override.hypothesis)
                matrix.set_rating(analyst, override.evidence, override.hypothesis, overridden(own, override))
    return copy


def overridden(own: Rating | None, override: Override) -> Rating | None:
    """Return the rating that stands in a cell under a what-if: the other value, with the reason that was written."""
    rating = dataclasses.replace(own or Rating(None), value=override.value, range=None, confidence=None, suggested=None)
    return None if rating.is_empty else rating


def title(scenario: Scenario) -> str:
    """Return what stands over everything that shows the analysis under a what-if, without an end stop."""
    return _("What-if: {name}").format(name=scenario.name)


def _aside(item: EvidenceItem, scenario: Scenario) -> EvidenceItem:
    if not item.is_counted:
        return item
    state = {"status": EvidenceStatus.SET_ASIDE, "status_reason": title(scenario), "status_date": None}
    return item.model_copy(update=state)


def gone(analysis: Analysis, scenario: Scenario) -> list[str]:
    """Return in sentences which parts of a what-if name something that was deleted; they have no effect."""
    items = [entry for entry in scenario.left_out if entry not in analysis.evidence]
    sources = [entry for entry in scenario.distrusted if entry not in analysis.sources]
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
