"""The actions on what-ifs, for the menu, the keys and the searchable list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ach_desk.commands import edits, scenarios
from ach_desk.i18n import _, join_words
from ach_desk.model import EvidenceItem
from ach_desk.ui.actions import ActionSpec

if TYPE_CHECKING:
    from ach_desk.ui.window import AnalysisWindow

MENU = "review/scenarios"


def action_specs(window: AnalysisWindow) -> Iterable[ActionSpec]:
    """Return the actions on what-ifs."""
    session = window.session
    is_on = lambda: session.scenario is not None  # noqa: E731
    may_edit_it = lambda: session.scenario is not None and not session.read_only  # noqa: E731
    yield ActionSpec(
        "whatif.show",
        MENU,
        _("What-ifs and &comparison"),
        lambda: _toggle(window),
        ["Ctrl+4"],
        checked=lambda: _is_in_front(window),
    )
    yield ActionSpec(
        "whatif.new",
        MENU,
        _("&New what-if ..."),
        lambda: _new(window),
        enabled=lambda: not session.read_only,
        separator=True,
    )
    yield ActionSpec(
        "whatif.without_item",
        MENU,
        _("What if the &item did not count?"),
        lambda: _without(window),
        enabled=lambda: not session.read_only and bool(_items(window)),
    )
    yield ActionSpec(
        "whatif.without_source",
        MENU,
        _("&Distrust the sources of the item"),
        lambda: _distrust(window),
        enabled=lambda: not session.read_only and any(item.citations for item in _items(window)),
    )
    yield ActionSpec(
        "whatif.duplicate",
        MENU,
        _("D&uplicate the what-if"),
        lambda: duplicate(window.session),
        enabled=may_edit_it,
        separator=True,
    )
    yield ActionSpec(
        "whatif.delete", MENU, _("De&lete the what-if"), lambda: delete(window.session), enabled=may_edit_it
    )
    yield ActionSpec("whatif.leave", MENU, _("L&eave the what-if"), lambda: _leave(window), ["Shift+F4"], is_on)


def create(session: Any, name: str, **fields: Any) -> bool:
    """Add a what-if upon the matrix in front and turn it on; return whether that could be done.

    To ask the same question twice adds nothing: the what-if with that name and these `fields` is turned on again.
    """
    same = scenarios.same_as(session.analysis, session.matrix.id, name, fields) if fields else None
    if same is not None:
        session.show_scenario(same.id)
        return True
    command = scenarios.add(session.analysis, session.matrix, name, **fields)
    if session.execute(command).is_empty:
        return False
    session.show_scenario(scenarios.added_id(command))
    return True


def duplicate(session: Any) -> None:
    """Add a copy of the what-if that is on, and turn the copy on."""
    scenario = session.scenario
    if scenario is not None:
        command = scenarios.duplicate(session.analysis, scenario, _("{name} (copy)").format(name=scenario.name))
        if not session.execute(command).is_empty:
            session.show_scenario(scenarios.added_id(command))


def delete(session: Any) -> None:
    """Delete the what-if that is on; the matrix is shown as rated."""
    if session.scenario is not None:
        session.execute(scenarios.remove(session.analysis, session.scenario))


def _items(window: AnalysisWindow) -> list[EvidenceItem]:
    known = window.session.analysis.evidence
    return [known[entry] for entry in window.matrix.selection().items if entry in known]


def _new(window: AnalysisWindow) -> None:
    window.side.bring_up(window.side.whatif_dock)
    window.side.whatif.focus_entry()


def _without(window: AnalysisWindow) -> None:
    """Leave the selected items out of the what-if that is on, else of a new one."""
    session, items = window.session, _items(window)
    ids = tuple(item.id for item in items)
    if session.scenario is not None:
        session.execute(scenarios.leave_out(session.analysis, session.scenario, ids))
        return
    names = join_words([item.label for item in items])
    name = _("{names} did not count") if len(items) <= 3 else _("{count} items did not count")
    create(session, name.format(names=names, count=len(items)), left_out=ids)


def _distrust(window: AnalysisWindow) -> None:
    """Distrust the sources of the selected items in the what-if that is on, else in a new one."""
    session = window.session
    sources = list(dict.fromkeys(citation.source for item in _items(window) for citation in item.citations))
    known = [session.analysis.sources[entry] for entry in sources if entry in session.analysis.sources]
    if session.scenario is None:
        names = join_words([source.label for source in known])
        create(session, _("{names} could not be trusted").format(names=names), distrusted=tuple(sources))
        return
    rest = [source for source in sources if source not in session.scenario.distrusted]
    value = (*session.scenario.distrusted, *rest)
    session.execute(edits.set_field(session.analysis, "scenario", [session.scenario.id], "distrusted", value))


def _leave(window: AnalysisWindow) -> None:
    window.session.show_scenario("")
    window.matrix.setFocus()


def _toggle(window: AnalysisWindow) -> None:
    from ach_desk.ui.window_actions import toggle

    toggle(window, window.side.whatif_dock)


def _is_in_front(window: AnalysisWindow) -> bool:
    from ach_desk.ui.window_actions import is_in_front

    return is_in_front(window, window.side.whatif_dock)
