"""What else the sentences on a way of adding up need: what it leaves out, and where the matrix ranks otherwise."""

from __future__ import annotations

import numpy as np

from ach_desk.i18n import _, join_some, join_words
from ach_desk.model.method_settings import Method
from ach_desk.model.values import RatingValue
from ach_desk.scoring import bayes
from ach_desk.scoring.agreement import neutral_leaders
from ach_desk.scoring.assessment import Assessment, first_columns
from ach_desk.scoring.methods import BAYESIAN, Inputs
from ach_desk.scoring.table import CODES

_MOST_NAMED = 3


def matrix_sentence(assessment: Assessment, method: Method, leaders: tuple[int, ...]) -> str:
    """Return whom the ranking in the matrix puts first where that is not who leads by `method`; "" where it is."""
    first = first_columns(assessment)
    if method is Method.WEIGHTED or not first or not leaders or first == leaders:
        return ""
    names = join_words([assessment.hypotheses[column].label for column in first])
    if len(first) > 1:
        text = _("The ranking in the matrix counts what contradicts (weighted inconsistency): there {names} are tied.")
    else:
        text = _("The ranking in the matrix counts what contradicts (weighted inconsistency): there {names} is first.")
    return text.format(names=names)


def missing_sentence(inputs: Inputs, method: Method) -> str:
    """Return which items Bayes leaves out and which ratings they lack; "" where it leaves none out.

    If somebody else would lead with these cells taken as neutral, that is said too.
    """
    if method not in BAYESIAN:
        return ""
    found = inputs.likelihoods(method)
    rows = [int(row) for row in np.flatnonzero(found.not_comparable)]
    if not rows:
        return ""
    gaps = _gaps(inputs)
    if not found.used.any():
        return _nothing_compared(inputs, method, gaps, rows)
    text = _("By Bayes an item counts once it is rated under every hypothesis. Left out: {items}.")
    text = text.format(items=_lacking(inputs, gaps, rows))
    return " ".join(filter(None, [text, neutral_leaders(inputs, method)]))


def _gaps(inputs: Inputs) -> np.ndarray:
    """Return a bool per cell: it has no likelihood, and its hypothesis is active."""
    table = inputs.assessment.table
    return np.isnan(bayes.cell_likelihoods(table, inputs.settings, inputs.direct)) & table.active


def _nothing_compared(inputs: Inputs, method: Method, gaps: np.ndarray, rows: list[int]) -> str:
    """Return why Bayes says nothing yet: a hypothesis that is rated nowhere, else the items that lack a rating."""
    empty = [int(column) for column in np.flatnonzero(gaps[rows].all(axis=0))]
    if empty:
        text = _(
            "By Bayes an item counts once it is rated under every hypothesis. "
            "Nothing is rated under {names} yet, so there is no order."
        )
        return text.format(names=_labels(inputs, empty))
    text = _("By Bayes an item counts once it is rated under every hypothesis. None is yet: {items}.")
    text = text.format(items=_lacking(inputs, gaps, rows))
    return " ".join(filter(None, [text, neutral_leaders(inputs, method)]))


def _lacking(inputs: Inputs, gaps: np.ndarray, rows: list[int]) -> str:
    return join_some([_item(inputs, gaps, row) for row in rows[:_MOST_NAMED]], _MOST_NAMED, len(rows))


def _item(inputs: Inputs, gaps: np.ndarray, row: int) -> str:
    """Return an item with the cells that lack a likelihood: "E4 (not rated under H1, N/A under H3)"."""
    not_applicable = inputs.assessment.table.codes[row] == CODES[RatingValue.NOT_APPLICABLE]
    parts = [
        text.format(names=_labels(inputs, columns))
        for text, there in (
            (_("not rated under {names}"), gaps[row] & ~not_applicable),
            (_("N/A under {names}"), gaps[row] & not_applicable),
        )
        if (columns := [int(column) for column in np.flatnonzero(there)])
    ]
    return _("{item} ({gaps})").format(item=inputs.assessment.items[row].label, gaps=", ".join(parts))


def _labels(inputs: Inputs, columns: list[int]) -> str:
    return join_words([inputs.assessment.hypotheses[column].label for column in columns])
