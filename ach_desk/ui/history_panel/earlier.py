"""A window of its own on an earlier state: to be looked at and printed, never to be edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ach_desk.commands.trail import Earlier
from ach_desk.i18n import _, ngettext
from ach_desk.ui import messages
from ach_desk.ui.document import Document
from ach_desk.ui.widgets.quietstrip import QuietStrip

if TYPE_CHECKING:
    from ach_desk.ui.application import Desktop
    from ach_desk.ui.window import AnalysisWindow


def open_earlier(desktop: Desktop, window: AnalysisWindow, earlier: Earlier, when: str) -> AnalysisWindow:
    """Open the state in a window titled "... as of `when`" and return the window.

    It stands there as the analysis stands in `window`: the same matrix in front, and no standing where that is hidden.
    """
    document = Document(earlier.analysis, desktop.background, desktop.store)
    document.begin_earlier(
        _("{name} as of {when}").format(name=window.document.title, when=when),
        _("State as of {when}, not the present one.").format(when=when),
        window.document.home,
    )
    shown = desktop.show_document(document)
    front = window.session.matrix.id
    if any(matrix.id == front for matrix in earlier.analysis.matrices):
        shown.session.show_matrix(front)
    if not window.matrix.scores_shown:
        shown.matrix.set_scores_hidden(True)
    if earlier.problems:
        shown.show_strip(_incomplete(shown, earlier.problems))
    return shown


def _incomplete(window: AnalysisWindow, problems: tuple[str, ...]) -> QuietStrip:
    count = len(problems)
    text = ngettext("{count} change could not be led back.", "{count} changes could not be led back.", count)
    text = text.format(count=count)

    def show_list() -> None:
        messages.tell(window, text, "\n".join(problems))

    return QuietStrip(text, [(_("Show which"), show_list)], closable=False)
