"""Guesses how a foreign sheet is laid out: which row has the headings, what each column is, how ratings are written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ach_desk.exchange.csv_columns import after_prefix
from ach_desk.exchange.sheet_mapping import ONCE, Role, SheetMapping, heading_word, role_of_heading, says_something
from ach_desk.exchange.sheet_words import looks_rated, scheme_of
from ach_desk.model.dates import understood
from ach_desk.model.file_paths import is_web_address

Rows = Sequence[Sequence[str]]

_SEARCHED = 25
_LABEL_COLUMNS = 3
_LEAST_SURE = 2.0
_SURELY_UPRIGHT = 4
"""So many columns that are no hypotheses are not found side by side by chance."""

_HYPOTHESIS_WORDS = frozenset({"hypothesis", "hypotheses", "hypothese", "hypothesen"})
_SAMPLE = 200
_HYPOTHESIS_LABEL = re.compile(r"\s*H(?:yp(?:othes[ei]s)?)?\.?\s?\d{1,3}\b.*", re.IGNORECASE | re.DOTALL)
_ITEM_LABEL = re.compile(r"\s*(?:[A-Z]{1,3}[-. ]?)?\d{1,5}\.?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Guess:
    """A mapping, and how much speaks for it: 0 where nothing in the sheet was recognised."""

    mapping: SheetMapping
    score: float


def guess(rows: Rows) -> Guess:
    """Return how the sheet seems to be laid out, items one under the other unless hypotheses are seen to be that."""
    upright = _guess(rows, transposed=False)
    known = sum(1 for role in upright.mapping.roles if role in ONCE)
    if known >= _SURELY_UPRIGHT or not _names_hypotheses_down(rows):
        return upright
    lying = _guess(turned(rows[: _SEARCHED + _SAMPLE]), transposed=True)
    return lying if lying.score >= _LEAST_SURE else upright


def turned(rows: Rows) -> list[list[str]]:
    """Return the sheet with rows for columns."""
    width = max(map(len, rows), default=0)
    return [[row[column] if column < len(row) else "" for row in rows] for column in range(width)]


def guess_columns(rows: Rows, *, transposed: bool) -> SheetMapping:
    """Return how the sheet seems to be laid out when it is known which way it lies; `rows` are turned already."""
    return _guess(rows, transposed=transposed).mapping


def _names_hypotheses_down(rows: Rows) -> bool:
    """Return whether one of the first columns is headed Hypothesis or names them: H1, H2 ..."""
    for column in range(_LABEL_COLUMNS):
        cells = [row[column] for row in rows[:_SEARCHED] if column < len(row) and row[column].strip()]
        if any(heading_word(cell) in _HYPOTHESIS_WORDS for cell in cells):
            return True
        if sum(1 for cell in cells if _HYPOTHESIS_LABEL.fullmatch(cell)) >= 2:
            return True
    return False


def _guess(rows: Rows, *, transposed: bool) -> Guess:
    candidates = [at for at, row in enumerate(rows[:_SEARCHED]) if sum(1 for cell in row if cell.strip()) > 1]
    candidates = candidates[:1] + [at for at in candidates[1:] if any(map(any, rows[at + 1 :]))]
    found = [_headed(rows, at, transposed=transposed) for at in candidates]
    best = max(found, key=lambda one: one.score, default=None)
    if best is not None and best.score > 0:
        return best
    width = max(map(len, rows[: _SEARCHED + _SAMPLE]), default=0)
    roles = _by_content(rows[:_SAMPLE], [Role.UNUSED] * width)
    return Guess(SheetMapping(-1, tuple(roles), transposed=transposed), 0.0)


def _headed(rows: Rows, header: int, *, transposed: bool) -> Guess:
    """Return what the sheet is if that row has the headings."""
    body = [row for row in rows[header + 1 : header + 1 + _SAMPLE] if any(cell.strip() for cell in row)]
    width = max((len(row) for row in (rows[header], *body)), default=0)
    headings = [*rows[header], *[""] * (width - len(rows[header]))]
    is_named = any(role_of_heading(heading) is not None for heading in headings)
    roles = [_role(heading, _column(body, column), is_named) for column, heading in enumerate(headings)]
    roles = _each_once(roles)
    known = sum(1 for role in roles if role in ONCE)
    rated = roles.count(Role.HYPOTHESIS)
    score = 2.0 * known + 1.5 * rated + sum(0.5 for heading in headings if _HYPOTHESIS_LABEL.fullmatch(heading))
    if looks_rated(headings) > 0.5:
        score = 0.0  # the row is one of ratings
    roles = _by_content(body, roles)
    scheme = scheme_of(_rating_cells(body, roles))
    is_sure = bool(body) and is_named
    return Guess(SheetMapping(header, tuple(roles), scheme, transposed), score if is_sure else score / 2)


def _role(heading: str, cells: Sequence[str], is_named: bool) -> Role:
    """Return what a column is by its heading, and where that says nothing by whether ratings stand in it.

    is_named: other headings of the row are known, so that it is sure to be one of headings.
    """
    named = role_of_heading(heading)
    filled = [cell for cell in cells if cell.strip()]
    if after_prefix(heading) is not None:
        return Role.HYPOTHESIS
    if named is not None or not heading.strip():
        return named or Role.UNUSED
    if not is_named and not (filled and says_something(heading)):
        return Role.UNUSED
    least = 0.2 if _HYPOTHESIS_LABEL.fullmatch(heading) else 0.6
    return Role.HYPOTHESIS if not filled or looks_rated(filled) >= least else Role.UNUSED


def _each_once(roles: Sequence[Role]) -> list[Role]:
    """Return the roles, the second of a kind that can be there only once being left out."""
    seen: set[Role] = set()
    kept = []
    for role in roles:
        kept.append(Role.UNUSED if role in seen else role)
        if role in ONCE:
            seen.add(role)
    return kept


def _by_content(body: Rows, roles: Sequence[Role]) -> list[Role]:
    """Return the roles with what the cells themselves give away for the columns that no heading explained."""
    found = list(roles)
    free = [column for column, role in enumerate(roles) if role is Role.UNUSED]
    texts = {column: [cell for cell in _column(body, column) if cell.strip()] for column in free}
    for role, fits in (
        (Role.LINK, lambda cells: all(is_web_address(cell.strip()) for cell in cells)),
        (Role.DATE, lambda cells: all(understood(cell) is not None for cell in cells[:50]) and not _are_small(cells)),
    ):
        column = next((place for place in free if texts[place] and role not in found and fits(texts[place])), None)
        if column is not None:
            found[column] = role
            free.remove(column)
    if Role.TEXT not in found and free:
        column = max(free, key=lambda place: _mean_length(texts[place]))
        if _mean_length(texts[column]) > 3:
            found[column] = Role.TEXT
            free.remove(column)
    if Role.LABEL not in found and Role.TEXT in found:
        before = [place for place in free if place < found.index(Role.TEXT) and texts[place]]
        column = next((place for place in before if _are_labels(texts[place])), None)
        if column is not None:
            found[column] = Role.LABEL
    return found


def _are_labels(cells: Sequence[str]) -> bool:
    return len(set(cells)) == len(cells) and all(_ITEM_LABEL.fullmatch(cell) for cell in cells)


def _are_small(cells: Sequence[str]) -> bool:
    return all(cell.strip().isdigit() and len(cell.strip()) < 4 for cell in cells)


def _mean_length(cells: Sequence[str]) -> float:
    return sum(map(len, cells)) / len(cells) if cells else 0.0


def _column(body: Rows, column: int) -> list[str]:
    return [row[column] for row in body if column < len(row)]


def _rating_cells(body: Rows, roles: Sequence[Role]) -> list[str]:
    columns = [column for column, role in enumerate(roles) if role is Role.HYPOTHESIS]
    return [row[column] for row in body for column in columns if column < len(row)]


def with_scheme(rows: Rows, mapping: SheetMapping) -> SheetMapping:
    """Return the mapping with the way of writing ratings that the columns now chosen as hypotheses suggest."""
    body = rows[mapping.header + 1 : mapping.header + 1 + _SAMPLE]
    scheme = scheme_of(_rating_cells(body, mapping.roles))
    return SheetMapping(mapping.header, mapping.roles, scheme, mapping.transposed, mapping.spellings)
