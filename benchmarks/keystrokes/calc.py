"""The case in LibreOffice Calc, as somebody practised does it: question in A1, hypotheses beside it, items below.

AutoInput is on, as shipped: after a CC it makes a C that is typed below it into CC too, unless Delete takes that away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.keystrokes.acts import Act, Click, Drag, Key, Stage, Typed, Wait, between
from benchmarks.keystrokes.case import EVIDENCE, HYPOTHESES, MOVED_FROM, MOVED_TO, QUESTION, RATINGS

COLUMNS = "BCDE"
FIRST, LAST = 2, 1 + len(EVIDENCE)
"""The rows of the first and the last item."""

DIGITS: Mapping[str, str] = {"II": "1", "I": "2", "N": "3", "C": "4", "CC": "5"}
"""The codes of somebody who wants a single key for each rating, and knows them by heart."""

_SPREAD = '=countif(b2:e2;"c*")*countif(b2:e2;"i*")'
"""How many pairs of hypotheses the item separates: one that it fits, and one that it contradicts."""

_SPREAD_OF_DIGITS = "=var(b2:e2)"
_SCORE = f'=countif(b{FIRST}:b{LAST};"i*")+countif(b{FIRST}:b{LAST};"ii")'
_SCORE_OF_DIGITS = f"=countif(b{FIRST}:b{LAST};2)+2*countif(b{FIRST}:b{LAST};1)"


def enter() -> Stage:
    """Return the typing of all texts into an empty sheet; a click on the first cell to rate takes the last one over."""
    first = between((QUESTION, *HYPOTHESES), "Tab")
    return Stage("entering", [*first, Key("Return"), *between(EVIDENCE, "Return"), Click("B2")])


def rate() -> Stage:
    """Return the rating with the letters of the scale."""
    acts: list[Act] = []
    above: list[set[str]] = [set() for _ in HYPOTHESES]
    for row in RATINGS:
        for column, value in enumerate(row):
            acts.append(Typed(value))
            if 2 * value in above[column] and value not in above[column]:
                acts.append(Key("Delete"))
            above[column].add(value)
            acts.append(Key("Return" if column == len(row) - 1 else "Tab"))
    return Stage("rating", acts)


def rate_in_digits() -> Stage:
    """Return the rating with a digit for each rating."""
    acts: list[Act] = []
    for row in RATINGS:
        acts += [act for value in row for act in (Typed(DIGITS[value]), Key("Tab"))]
        acts[-1] = Key("Return")
    return Stage("rating", acts)


def order_by_hand() -> Stage:
    """Return the re-ordering of somebody who adds up the scores in the head, and does not sort the items."""
    return Stage("re-ordering", [*_move_item(), *_move_hypotheses(), *_undo(2)])


def order_with_formulas() -> Stage:
    """Return the re-ordering with a formula for the scores and one for how well an item separates the hypotheses.

    After the last rating the keyboard is below it, in B22, where the scores begin.
    """
    acts = [*_scores(_SCORE), *_move_item(), *_sort_items(_SPREAD), *_move_hypotheses()]
    return Stage("re-ordering", [*acts, Wait("ordered"), *_undo(3)])


def order_digits_with_formulas() -> Stage:
    """Return the same for digits; there the scores come after the sorting, which would take them for an item."""
    acts = [*_move_item(), *_sort_items(_SPREAD_OF_DIGITS), Click("B22"), *_scores(_SCORE_OF_DIGITS)]
    return Stage("re-ordering", [*acts, *_move_hypotheses(), Wait("ordered"), *_undo(4)])


def _scores(formula: str) -> Sequence[Act]:
    return [*[Key("shift+Right")] * (len(HYPOTHESES) - 1), Typed(formula), Key("alt+Return")]


def _sort_items(formula: str) -> Sequence[Act]:
    fill = [Click("F1"), Typed("d"), Key("Return"), Typed(formula), Key("Return"), Click("F2")]
    sort = [Click("F2"), Click("sort descending"), Wait("sorted")]
    return [*fill, Click("fill handle of F2", double=True), *sort]


def _move_item() -> Sequence[Act]:
    row, to = FIRST + MOVED_FROM - 1, FIRST + MOVED_TO - 1
    return [Click(f"row {row}"), Drag(f"A{row}", f"A{to}", holding="alt")]


def _move_hypotheses() -> Sequence[Act]:
    """Return the moves that put H4, H3, H1 and H2, the order of the scores, where H1 to H4 are."""
    moves: list[Act] = []
    for start, end in (("E", "B"), ("E", "C")):
        moves += [Click(f"column {start}"), Drag(f"{start}5", f"{end}5", holding="alt")]
    return moves


def _undo(steps: int) -> Sequence[Act]:
    return [Key("ctrl+z")] * steps
