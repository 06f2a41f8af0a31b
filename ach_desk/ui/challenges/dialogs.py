"""The dialogs in which a challenge is made and answered."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ach_desk.commands import challenges
from ach_desk.i18n import _
from ach_desk.model import Challenge, RatingValue
from ach_desk.model.values import SCALE_STEPS
from ach_desk.model.words import rating_meaning
from ach_desk.ui.selection import Selection
from ach_desk.ui.session import Session
from ach_desk.ui.widgets.askdialog import AskDialog, Field, line_field, text_field
from ach_desk.ui.widgets.choice import Choice

_CELL = "cell"


def ask_challenge(session: Session, selection: Selection, by: str, parent: QWidget) -> AskDialog:
    """Open the dialog for a challenge to what is selected, and return it."""
    is_cell = selection.focus == _CELL
    evidence = (selection.evidence or "") if selection.focus != "hypothesis" else ""
    hypothesis = (selection.hypothesis or "") if selection.focus != "evidence" else ""
    fields: list[tuple[str, Field]] = [
        (_("What speaks against it"), text_field()),
        (_("By"), line_field(by)),
    ]
    if is_cell:
        fields.append((_("It should rather be rated"), _values(session)))

    def take(values: list[str]) -> None:
        value = RatingValue(values[2]) if is_cell and values[2] else None
        command = challenges.challenge(
            session.analysis,
            values[0].strip(),
            values[1].strip(),
            matrix=session.matrix.id,
            evidence=evidence,
            hypothesis=hypothesis,
            value=value,
        )
        session.execute(command)

    analysis = session.analysis
    records = (analysis.evidence.get(evidence), analysis.hypotheses.get(hypothesis))
    place = " / ".join(record.label for record in records if record is not None)
    dialog = AskDialog(
        _("Challenge {place}").format(place=place),
        fields,
        _("Challenge"),
        take,
        explanation=_("A challenge never changes a rating. It stays open until it is answered or accepted."),
        parent=parent,
    )
    dialog.open()
    return dialog


def ask_answer(session: Session, one: Challenge, parent: QWidget) -> AskDialog:
    """Open the dialog for the answer to a challenge, and return it."""

    def take(values: list[str]) -> None:
        if one.id in session.analysis.challenges:
            session.execute(challenges.answer(session.analysis, one.id, values[0].strip(), session.my_name))

    place = challenges.place_of(session.analysis, one)
    dialog = AskDialog(
        _("Answer the challenge to {place}").format(place=place),
        [(_("Answer"), text_field(one.answer))],
        _("Answer"),
        take,
        explanation=one.text,
        parent=parent,
    )
    dialog.open()
    return dialog


def _values(session: Session) -> Choice:
    steps = (*SCALE_STEPS[session.matrix.scale], RatingValue.NOT_APPLICABLE)
    entries = [(value, f"{value.value}: {rating_meaning(value)}") for value in steps]
    choice = Choice([(None, _("no other rating is proposed")), *entries])
    choice.show_value(None)
    return choice
