"""The dialogs in which a remark is made and answered."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ach_desk.commands import remarks
from ach_desk.i18n import _
from ach_desk.model import Remark
from ach_desk.ui.selection import Selection
from ach_desk.ui.session import Session
from ach_desk.ui.widgets.askdialog import AskDialog, text_field


def ask_remark(session: Session, selection: Selection, parent: QWidget) -> AskDialog:
    """Open the dialog for a remark on what is selected, else on the whole analysis; return it."""
    evidence = (selection.evidence or "") if selection.focus in ("cell", "evidence") else ""
    hypothesis = (selection.hypothesis or "") if selection.focus in ("cell", "hypothesis") else ""
    return ask_remark_on(session, evidence, hypothesis, parent)


def ask_remark_on(session: Session, evidence: str, hypothesis: str, parent: QWidget) -> AskDialog:
    """Open the dialog for a remark on a cell (both ids), an item, a hypothesis or the whole ("" both); return it."""
    analysis = session.analysis

    def take(values: list[str]) -> None:
        command = remarks.remark(
            session.analysis,
            values[0].strip(),
            session.me,
            matrix=session.matrix.id,
            evidence=evidence,
            hypothesis=hypothesis,
        )
        session.execute(command)

    records = (analysis.evidence.get(evidence), analysis.hypotheses.get(hypothesis))
    place = " / ".join(record.label for record in records if record is not None) or _("the analysis")
    dialog = AskDialog(
        _("Remark on {place}").format(place=place),
        [(_("What is to be said"), text_field())],
        _("Remark"),
        take,
        explanation=_("Everybody who opens the analysis sees it. It stays open until somebody calls it resolved."),
        parent=parent,
    )
    dialog.open()
    return dialog


def ask_answer(session: Session, one: Remark, parent: QWidget) -> AskDialog:
    """Open the dialog for the answer to a remark, and return it."""

    def take(values: list[str]) -> None:
        if one.id in session.analysis.remarks:
            session.execute(remarks.answer(session.analysis, one.id, values[0].strip(), session.me))

    place = remarks.place_of(session.analysis, one)
    dialog = AskDialog(
        _("Answer the remark on {place}").format(place=place),
        [(_("Answer"), text_field())],
        _("Answer"),
        take,
        explanation=one.text,
        parent=parent,
    )
    dialog.open()
    return dialog
