"""The actions of an analysis window that are not the matrix' own: file, edit, view, help; and the menus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDockWidget

from ach_desk.commands import edits
from ach_desk.i18n import _
from ach_desk.reporting.chart_names import RESTING, chart_name
from ach_desk.ui.actions import ActionSpec
from ach_desk.ui.check_actions import check_actions
from ach_desk.ui.exchange.actions import Exchange
from ach_desk.ui.handout.actions import HandingOut
from ach_desk.ui.outgoing.actions import Outgoing
from ach_desk.ui.sheets.actions import Interchange
from ach_desk.ui.versions.actions import Versions
from ach_desk.ui.whatif import actions as whatif_actions

if TYPE_CHECKING:
    from ach_desk.ui.application import Desktop
    from ach_desk.ui.window import AnalysisWindow

Key = QKeySequence.StandardKey


def fill(window: AnalysisWindow, desktop: Desktop) -> None:
    """Give the window its actions, and its menus what stands in them."""
    registry, doubt, review, closing = window.actions_registry, window.doubt, window.review, window.closing_steps
    if doubt is None or review is None or closing is None:
        raise ValueError("the window is not furnished")
    outgoing = window.outgoing = Outgoing(window, desktop)
    registry.add(_file_actions(window, desktop, outgoing))
    registry.add(_undo_actions(window))
    registry.add(window.matrix.action_specs(), window.matrix.view)
    registry.add(window.sources.action_specs())
    registry.add(_edit_actions(window, desktop))
    registry.add(window.guide.action_specs())
    registry.add(whatif_actions.action_specs(window))
    registry.add(check_actions(window))
    registry.add(doubt.action_specs())
    window.matrix.menus.offer_too(doubt.selection_specs())
    registry.add(window.watching.action_specs())
    registry.add(window.robust.action_specs())
    registry.add(window.frames.action_specs())
    registry.add(window.capture.action_specs())
    registry.add(review.action_specs())
    window.matrix.menus.offer_too(review.selection_specs())
    registry.add(window.together.action_specs())
    registry.add(window.comparing.action_specs())
    window.matrix.menus.offer_too(window.together.selection_specs())
    registry.add(closing.action_specs())
    registry.add(HandingOut(window).action_specs())
    registry.add(_view_actions(window))
    registry.add(_resting_charts(window))
    registry.add(outgoing.view_specs())
    registry.add(_help_actions(window, desktop))
    registry.build_menus(window.menuBar(), _submenus())


def _submenus() -> dict[str, str]:
    return {
        "file/import": _("&Import"),
        "file/export": _("&Export"),
        "edit/item": _("&Item"),
        "edit/item/readings": _("&Readings"),
        "edit/hypothesis": _("H&ypothesis"),
        "edit/move": _("&Move"),
        "edit/sources": _("&Sources and grades"),
        "insert/capture": _("&Capture"),
        "rate/confidence": _("&Confidence"),
        "rate/range": _("Un&decided"),
        "review/matrices": _("&Matrices"),
        "review/scenarios": _("&What-if"),
        "review/steps": _("&Steps"),
        "review/robustness": _("&Robustness"),
        "review/history": _("W&hat changed"),
        "review/conclusion": _("C&onclusion"),
        "view/charts": _("Charts and &gallery"),
        "review/together": _("Wor&k with others"),
        "view/columns": _("&Columns"),
        "view/sort": _("S&ort items"),
        "view/sort/then": _("&Then by"),
        "view/hypotheses_order": _("Order of h&ypotheses"),
        "view/rows": _("&Rows"),
        "view/zoom": _("&Zoom and text"),
    }


def _file_actions(window: AnalysisWindow, desktop: Desktop, outgoing: Outgoing) -> list[ActionSpec]:
    files = desktop.files(window)
    exchange = window.exchange = Exchange(window, desktop)
    return [
        ActionSpec("new", "file", _("&New ..."), desktop.new, [Key.New]),
        ActionSpec("open", "file", _("&Open ..."), desktop.ask_open, [Key.Open]),
        ActionSpec("start", "file", _("Start pa&ge"), desktop.show_start),
        ActionSpec("save", "file", _("&Save"), files.save, [Key.Save], separator=True),
        ActionSpec("save_as", "file", _("Save &as ..."), files.save_as, ["Ctrl+Shift+S"]),
        ActionSpec("save_copy", "file", _("Save a cop&y ..."), files.save_copy),
        *outgoing.file_specs(),
        ActionSpec("revert", "file", _("Re&vert to the file"), files.revert, enabled=files.can_revert),
        *window.packing.action_specs(),
        *Interchange(window, desktop).action_specs(),
        *exchange.action_specs(),
        *Versions(window).action_specs(),
        ActionSpec("report", "file", _("Repor&t ..."), files.report, ["Ctrl+Shift+O"], separator=True),
        ActionSpec("print", "file", _("&Print ..."), files.print_preview, [Key.Print]),
        ActionSpec("export_pdf", "file", _("Export P&DF ..."), files.print_preview),
        ActionSpec(
            "save_chart",
            "file",
            _("Save c&hart ..."),
            lambda: window.charts.save_as(),
            enabled=lambda: window.matrix.scores_shown,
        ),
        ActionSpec("close", "file", _("&Close"), window.close, [Key.Close], separator=True),
        ActionSpec("quit", "file", _("&Quit"), desktop.quit, ["Ctrl+Q"], role=QAction.MenuRole.QuitRole),
    ]


def _undo_actions(window: AnalysisWindow) -> list[ActionSpec]:
    session = window.session
    stack = session.history.stack
    return [
        ActionSpec("undo", "edit", _("&Undo"), session.undo, [Key.Undo], enabled=stack.canUndo, about=stack.undoText),
        ActionSpec(
            "redo",
            "edit",
            _("&Redo"),
            session.redo,
            ["Ctrl+Shift+Z", "Ctrl+Y"],
            enabled=stack.canRedo,
            about=stack.redoText,
        ),
    ]


def _edit_actions(window: AnalysisWindow, desktop: Desktop) -> list[ActionSpec]:
    """Return what stands at the end of the menu Edit, after the actions of the matrix."""
    session = window.session
    return [
        ActionSpec("find", "edit", _("&Find ..."), window.open_find, [Key.Find], separator=True),
        ActionSpec(
            "replace", "edit", _("R&eplace ..."), window.open_replace, ["Ctrl+H"], enabled=lambda: not session.read_only
        ),
        ActionSpec(
            "renumber",
            "edit",
            _("Re&number in the present order"),
            lambda: session.execute(edits.renumber_everything(session.analysis, session.matrix)),
            enabled=lambda: not session.read_only,
            separator=True,
        ),
        ActionSpec("properties", "edit", _("&Analysis ..."), lambda: desktop.show_properties(window)),
        ActionSpec(
            "settings",
            "edit",
            _("Se&ttings ..."),
            lambda: desktop.show_settings(window),
            [Key.Preferences],
            separator=True,
            role=QAction.MenuRole.PreferencesRole,
        ),
    ]


def _view_actions(window: AnalysisWindow) -> list[ActionSpec]:
    docks = [
        ("inspector", _("&Inspector"), window.side.inspector_dock, "Ctrl+1"),
        ("charts", _("C&harts"), window.side.charts_dock, "Ctrl+2"),
        ("rail", _("&Steps"), window.side.rail_dock, "Ctrl+3"),
    ]
    shown = [
        ActionSpec(
            f"show_{name}",
            "view",
            title,
            lambda dock=dock: toggle(window, dock),
            [key],
            checked=lambda dock=dock: is_in_front(window, dock),
            separator=index == 0,
        )
        for index, (name, title, dock, key) in enumerate(docks)
    ]
    charts = [
        ActionSpec(
            f"chart_{kind}", "view/charts", title, lambda kind=kind: _show_chart(window, kind), separator=index == 0
        )
        for index, (kind, title) in enumerate(
            [
                ("consistency", _("Consistency chart")),
                ("ranking", _("Score ranking")),
                ("heatmap", _("Heat map")),
            ]
        )
    ]
    return [
        *shown,
        *window.timeline.action_specs(),
        *charts,
        ActionSpec("matrix_focus", "view", _("Go to the &matrix"), window.matrix.setFocus, ["F6"], separator=True),
        ActionSpec(
            "full_screen", "view", _("&Full screen"), window.toggle_full_screen, ["F11"], checked=window.isFullScreen
        ),
    ]


def _resting_charts(window: AnalysisWindow) -> list[ActionSpec]:
    """Return the charts of what the order rests on, which stand under "Robustness"."""
    return [
        ActionSpec(
            f"chart_{kind}",
            "review/robustness",
            chart_name(kind),
            lambda kind=kind: _show_chart(window, kind),
            separator=index == 0,
        )
        for index, kind in enumerate(RESTING)
    ]


def _help_actions(window: AnalysisWindow, desktop: Desktop) -> list[ActionSpec]:
    return [
        ActionSpec("manual", "help", _("&Manual"), desktop.show_manual, [Key.HelpContents]),
        ActionSpec("actions", "help", _("All &actions ..."), lambda: desktop.show_actions(window), ["Ctrl+Shift+P"]),
        ActionSpec("method", "help", _("About the me&thod"), lambda: desktop.show_manual("about-the-method.md")),
        ActionSpec(
            "about",
            "help",
            _("A&bout ACH Desk"),
            lambda: desktop.show_about(window),
            separator=True,
            role=QAction.MenuRole.AboutRole,
        ),
    ]


def is_in_front(window: AnalysisWindow, dock: QDockWidget) -> bool:
    """Return whether the dock can be seen: shown, and not behind another one on a tab."""
    covered = bool(window.tabifiedDockWidgets(dock)) and dock.visibleRegion().isEmpty()
    return dock.isVisible() and not covered


def toggle(window: AnalysisWindow, dock: QDockWidget) -> None:
    """Bring a dock to the front when it is hidden or covered, else hide it."""
    if is_in_front(window, dock):
        dock.hide()
    else:
        dock.show()
        dock.raise_()
        dock.widget().setFocus()


def _show_chart(window: AnalysisWindow, kind: str) -> None:
    window.charts.show_kind(kind)
    window.side.charts_dock.show()
    window.side.charts_dock.raise_()
