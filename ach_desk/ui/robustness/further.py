"""The further parts of the panel, each a module of its own: tornado, deception, replay, what is rated alike."""

from __future__ import annotations

from ach_desk.reporting.palette import Palette
from ach_desk.ui.background import Background
from ach_desk.ui.robustness.clones import ClonesSection
from ach_desk.ui.robustness.deception import DeceptionSection
from ach_desk.ui.robustness.pictured import PicturedSection
from ach_desk.ui.robustness.replay import ReplaySection
from ach_desk.ui.robustness.tornado import TornadoSection
from ach_desk.ui.robustness.worked import WorkedSection
from ach_desk.ui.session import Session
from ach_desk.ui.settings import SettingsStore


def further_sections(
    session: Session, background: Background, store: SettingsStore, palette: Palette
) -> list[WorkedSection]:
    """Return the parts in the order in which they stand in the panel."""
    return [
        TornadoSection(session, background, store, palette),
        DeceptionSection(session, background),
        ReplaySection(session, background, store, palette),
        ClonesSection(session, background),
    ]


def pictured(sections: list[WorkedSection]) -> list[PicturedSection]:
    """Return those that have a chart."""
    return [section for section in sections if isinstance(section, PicturedSection)]
