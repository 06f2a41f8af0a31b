"""The guided pass that is under way, in the state folder by analysis id, so that it goes on after a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ach_desk.ui.settings import SettingsStore

if TYPE_CHECKING:
    from ach_desk.ui.guided.plan import GuidedPass

_ROOM = "guided"


def kept_pass(store: SettingsStore, analysis_id: str) -> GuidedPass | None:
    """Return the pass that was under way; None when there is none, or none that can be used."""
    if not store.is_kept(_ROOM, analysis_id):
        return None  # at the start of the program nothing more is imported for it

    from ach_desk.ui.guided.plan import GuidedPass

    return store.kept(_ROOM, analysis_id, GuidedPass)


def keep_pass(store: SettingsStore, analysis_id: str, guided: GuidedPass | None) -> None:
    """Keep how far the pass has come; None forgets it."""
    store.keep(_ROOM, analysis_id, guided)
