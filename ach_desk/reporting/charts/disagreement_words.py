"""What the disagreement map says in words, and the numbers behind it."""

from __future__ import annotations

import numpy as np

from ach_desk.i18n import _, join_some, ngettext
from ach_desk.reporting.chart_material import Material
from ach_desk.reporting.chart_options import ChartOptions
from ach_desk.reporting.charts import telling
from ach_desk.reporting.charts.table import Table, Value
from ach_desk.reporting.charts.words import set_aside
from ach_desk.scoring.compared_words import (
    count_sentence,
    name_of,
    private_sentence,
    ratings_words,
    state_words,
    talk_sentence,
)
from ach_desk.scoring.spread import CellState
from ach_desk.scoring.table import VALUES

_MOST_NAMED = 4
_MOST_TOLD = 20


def is_empty(found: Material) -> bool:
    """Return whether there is nothing to draw: fewer than two have rated, or they rate in private."""
    return found.is_private or not found.compared.are_several


def empty_sentence(found: Material) -> str:
    """Return why there is nothing to draw."""
    if found.is_private:
        return private_sentence()
    return _("Fewer than two analysts have rated this matrix. With a second one this chart shows where they differ.")


def of_items(found: Material) -> np.ndarray:
    """Return the mean distance of each item over its hypotheses, in steps; NaN where none is rated by two."""
    compared = found.compared
    spread = np.where(compared.sheets.places, compared.spread.spread, np.nan)
    known = ~np.isnan(spread)
    number = known.sum(axis=1)
    return np.where(number > 0, np.nansum(spread, axis=1) / np.maximum(number, 1), np.nan)


def steps(value: float) -> str:
    """Return a distance as it stands in a cell: "0", "0.7"."""
    return f"{value:.1f}" if value >= 0.05 else "0"


def title(found: Material) -> str:
    """Return which items they differ on most, or that they do not differ."""
    if is_empty(found):
        return _("Where the analysts differ")
    mean = of_items(found)
    known = np.flatnonzero(~np.isnan(mean))
    if not len(known):
        return _("No cell is rated by two analysts yet.")
    best = mean[known].max()
    if best <= 0:
        return _("The analysts rate alike wherever two of them have rated.")
    items = found.compared.sheets.items
    labels = [items[row].label for row in known if best - mean[row] <= 1e-9]
    text = ngettext("The analysts differ most on {items}.", "The analysts differ most on {items}.", len(labels))
    return text.format(items=join_some(labels, _MOST_NAMED))


def subject(_kind: str, found: Material) -> str:
    """Return what the chart shows, without its finding."""
    number = len(found.compared.sheets.analysts) if not found.is_private else 0
    text = ngettext(
        "How far {count} analyst lies apart in each cell.", "How far {count} analysts lie apart in each cell.", number
    )
    return text.format(count=number) if number > 1 else empty_sentence(found)


def caption(kind: str, found: Material) -> str:
    """Return what the chart shows, and its finding."""
    return telling.told(subject(kind, found), "" if is_empty(found) else title(found))


def alternative_text(kind: str, found: Material) -> str:
    """Return the chart for those who cannot see it: its caption, what the cells say, and where they differ most."""
    if is_empty(found):
        return empty_sentence(found)
    compared = found.compared
    cells = [talk_sentence(found.analysis, compared.view, compared.sheets, cell) for cell in compared.talk[:_MOST_TOLD]]
    return telling.told(caption(kind, found), count_sentence(compared.sheets, compared.spread), cells)


def footer(found: Material, options: ChartOptions) -> list[str]:
    """Return the sentences at the foot: whose ratings, and what agreement does not prove."""
    if is_empty(found):
        return telling.footer(found, options)
    names = join_some([name_of(found.analysis, entry) for entry in found.compared.sheets.analysts], _MOST_NAMED)
    whose = _("Ratings of {names}").format(names=names)
    return [
        (f"{whose}, {options.date}" if options.date else whose) + ".",
        *set_aside(found.assessment),
        _("Numbers are steps of the scale, on average of any two. Agreement does not prove that a rating is right."),
    ]


def cell_text(found: Material, row: int, column: int) -> str:
    """Return what a cell stands for: who rated what, and how far apart that is."""
    compared = found.compared
    item = compared.sheets.items[row]
    text = _("{item} {title}\nUnder {hypothesis}: {state}").format(
        item=item.label,
        title=item.title,
        hypothesis=compared.view.assessment.label_of(column),
        state=state_words(compared.spread, row, column),
    )
    ratings = ratings_words(found.analysis, compared.sheets, row, column)
    return f"{text}\n{ratings}" if ratings else text


def item_text(found: Material, row: int) -> str:
    """Return what the row of an item says."""
    item, mean = found.compared.sheets.items[row], float(of_items(found)[row])
    if np.isnan(mean):
        said = _("No cell is rated by two.")
    else:
        said = _("On average {steps} steps apart.").format(steps=steps(mean))
    return f"{item.label} {item.title}\n{said}"


def table(found: Material) -> Table:
    """Return a row per cell: how many rated it, how far apart, and each one's rating; none while it is private."""
    people = [] if is_empty(found) else list(found.compared.sheets.analysts)
    names = [name_of(found.analysis, entry) for entry in people]
    head = (_("Item"), _("Hypothesis"), _("Ratings"), _("State"), _("Steps apart"), *names)
    rows: list[tuple[Value, ...]] = []
    if people:
        sheets, spread = found.compared.sheets, found.compared.spread
        for row, column in np.argwhere(sheets.places):
            apart = float(spread.spread[row, column])
            rows.append(
                (
                    sheets.items[row].label,
                    found.assessment.label_of(column),
                    int(spread.number[row, column]),
                    _state(spread.state(row, column)),
                    None if np.isnan(apart) else apart,
                    *(VALUES[code] or "" for code in sheets.codes[:, row, column]),
                )
            )
    return Table(head, tuple(rows))


def _state(state: CellState) -> str:
    return {
        CellState.UNRATED: _("not rated"),
        CellState.SINGLE: _("rated by one alone"),
        CellState.ALIKE: _("rated alike"),
        CellState.APART: _("rated differently"),
        CellState.DISPUTED: _("one says N/A"),
    }[state]
