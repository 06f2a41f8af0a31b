"""Where an open point of the rail leads, beside the cells, items and hypotheses that it names."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ach_desk.scoring import step_findings

if TYPE_CHECKING:
    from ach_desk.scoring import Finding
    from ach_desk.ui.window import AnalysisWindow


def go_to_step(window: AnalysisWindow, finding: Finding) -> bool:
    """Show the panel that a point of the steps is about; return whether it is about one."""
    if window.closing_steps is not None and finding.code.partition("_")[0] in ("conclusion", "outcome"):
        window.closing_steps.go_to(finding)
        return True
    place = _places(window, finding).get(finding.code)
    if place is not None:
        place()
    return place is not None


def _places(window: AnalysisWindow, finding: Finding) -> dict[str, Callable[[], object]]:
    side, watching = window.side, window.watching
    first = finding.others[0] if finding.others else ""
    hypothesis = finding.hypotheses[0] if finding.hypotheses else ""
    return {
        "unsorted": window.capture.show,
        "check_no": side.show_check,
        "check_open": side.show_check,
        "no_catch_all": side.show_check,
        "hypothesis_check": side.show_check,
        "no_expectation": lambda: watching.ask(hypothesis),
        "expectations": watching.ask,
        "expectation_open": lambda: watching.show_expectation(first),
        "no_indicator": watching.new_indicator,
        "indicators": watching.new_indicator,
        step_findings.OVERDUE: lambda: watching.show_indicator(first),
        "no_what_if": lambda: _what_ifs(window),
        "what_ifs": lambda: _what_ifs(window),
        "robustness": window.robust.show,
        "no_as_of": lambda: _date_of_information(window),
    }


def _what_ifs(window: AnalysisWindow) -> None:
    window.side.bring_up(window.side.whatif_dock)
    window.side.whatif.focus_entry()


def _date_of_information(window: AnalysisWindow) -> None:
    window.side.bring_up(window.side.inspector_dock)
    window.inspector.focus_as_of()
