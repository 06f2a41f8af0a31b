"""How the matrix was last looked at: the part of the view state that is the matrix' own."""

from __future__ import annotations

import logging
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ach_desk.ui.matrix.arrangement import HypothesisOrder
from ach_desk.ui.matrix.grouping import GroupBy
from ach_desk.ui.matrix.item_filter import ItemFilter
from ach_desk.ui.matrix.item_order import SortKey
from ach_desk.ui.matrix.look import TEXT_SIZES, ZOOM
from ach_desk.ui.settings import ViewState

log = logging.getLogger(__name__)

_Zoom = Annotated[int, Field(ge=ZOOM[0], le=ZOOM[-1])]
_TextSize = Annotated[int, Field(ge=TEXT_SIZES[0], le=TEXT_SIZES[-1])]
_Pixels = Annotated[int, Field(ge=20, le=4000)]


class MatrixState(BaseModel):
    """Widths chosen by dragging (None: automatic), size, the key strip, and the first pass.

    group_by, groups_folded: what the items are grouped by, and the ids of the bands whose items are hidden.
    folded: ids of the headings whose forms are hidden. rejected_shown: whether rejected hypotheses are shown.
    columns_chosen: whether the columns are the analyst's choice; else those in use show.
    scores_revealed: whether the first pass was over; None when that is not known.
    passed: cells (evidence, hypothesis) that the keyboard left unrated.
    matrix: id of the matrix that was in front.
    """

    model_config = ConfigDict(extra="ignore", strict=False, defer_build=True)

    matrix: str = ""
    columns_chosen: bool = False
    text_width: _Pixels | None = None
    column_width: _Pixels | None = None
    zoom: _Zoom = 100
    text_size: _TextSize = 100
    row_height: Literal["compact", "normal", "tall", "automatic"] = "normal"
    folded: list[str] = []
    group_by: GroupBy = ""
    groups_folded: list[str] = []
    rejected_shown: bool = False
    key_strip: bool | None = None
    scores_revealed: bool | None = None
    passed: list[tuple[str, str]] = []


class Sifted(BaseModel):
    """What the items are filtered by, and how items and hypotheses are ordered."""

    model_config = ConfigDict(extra="ignore", strict=False, defer_build=True)

    item_filter: ItemFilter = ItemFilter()
    item_order: tuple[SortKey, ...] = ()
    hypothesis_order: HypothesisOrder = "entry"


Part = TypeVar("Part", MatrixState, Sifted)


def matrix_state(view_state: ViewState) -> MatrixState:
    """Return the matrix' part of a view state; one that cannot be used counts as absent and is logged."""
    return _part(MatrixState, view_state)


def sifted(view_state: ViewState) -> Sifted:
    """Return what was filtered and ordered; what cannot be used counts as absent and is logged."""
    return _part(Sifted, view_state)


def _part(kind: type[Part], view_state: ViewState) -> Part:
    kept = {name: value for name, value in (view_state.model_extra or {}).items() if name in kind.model_fields}
    if not kept:
        return kind.model_construct()  # the defaults, without building first what would check them
    try:
        return kind.model_validate(kept)
    except ValidationError as error:
        log.warning("the view state of the matrix is not usable and is left out: %d problems", error.error_count())
        return kind()


def with_matrix_state(view_state: ViewState, *parts: BaseModel) -> ViewState:
    """Return the view state with the parts of the matrix in it, as far as they are not the defaults."""
    dumped = view_state.model_dump()
    for part in parts:
        dumped |= part.model_dump(mode="json", exclude_defaults=True)
    return ViewState.model_validate(dumped)
