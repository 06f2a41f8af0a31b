"""The matrix under a what-if: a scenario's items left out, sources distrusted and ratings put in place of others."""

from __future__ import annotations

from ach_desk.model import Analysis, Challenge, Matrix, Override, Scenario, new_id
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
    plain = assess(analysis, matrix, analyst)
    table = plain.table.copy()
    gone = left_out_items(analysis, scenario)
    rows = {entry: row for row, entry in enumerate(table.evidence_ids)}
    columns = {entry: column for column, entry in enumerate(table.hypothesis_ids)}
    for entry in gone & rows.keys():
        table.counted[rows[entry]] = False
    for override in scenario.overrides:
        if override.evidence in rows and override.hypothesis in columns:
            table.codes[rows[override.evidence], columns[override.hypothesis]] = CODES[override.value]
    return Assessment(plain.items, plain.hypotheses, table, standing(table), plain.scale)


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
