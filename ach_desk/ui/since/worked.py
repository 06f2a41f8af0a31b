"""Where this person last worked on an analysis, kept on this machine beside how it was looked at."""

from __future__ import annotations

import logging

from pydantic import BaseModel, ConfigDict, ValidationError

from ach_desk.ui.settings import ViewState

log = logging.getLogger(__name__)


class Worked(BaseModel):
    """The end of the last sitting with an edit: when, the last entry of the trail, and where the keyboard was.

    notes: ids of the notes to the next analyst that this person wrote or has understood.
    """

    model_config = ConfigDict(extra="ignore", strict=False, defer_build=True)

    time: str = ""
    entry: str = ""
    evidence: str = ""
    hypothesis: str = ""
    notes: list[str] = []


def worked_of(state: ViewState) -> Worked:
    """Return where work ended according to a view state; one that cannot be used counts as absent and is logged."""
    kept = (state.model_extra or {}).get("worked")
    if not kept:
        return Worked.model_construct()  # the defaults, without building first what would check them
    try:
        return Worked.model_validate(kept)
    except ValidationError as error:
        log.warning("where work ended is not usable and is left out: %d problems", error.error_count())
        return Worked()


def remember_worked(state: ViewState, worked: Worked) -> None:
    """Put where work ended into a view state."""
    (state.__pydantic_extra__ or {}).update(worked=worked.model_dump(mode="json", exclude_defaults=True))
