"""The inspector on how hypotheses stand to each other: form of, relations from both ends, parts of combinations."""

from __future__ import annotations

import pytest
from helpers.accessible import nameless_controls
from helpers.sessions import hypothesis, on_cell, on_hypothesis, rate, small_session, stored_rating
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ach_desk.commands import hypotheses as kin
from ach_desk.model import RatingValue
from ach_desk.model.values import RelationKind
from ach_desk.ui.inspector import Inspector
from ach_desk.ui.inspector.kin import relation_word, relations_of
from ach_desk.ui.selection import Selection
from ach_desk.ui.session import Session
from ach_desk.ui.settings import SettingsStore
from ach_desk.ui.widgets.chips import RecordRow
from ach_desk.ui.widgets.choice import Choice

C, I = RatingValue.CONSISTENT, RatingValue.INCONSISTENT  # noqa: E741 - the letters of the method


@pytest.fixture
def session() -> Session:
    return small_session(3, 4)


@pytest.fixture
def inspector(session: Session, qtbot: QtBot) -> Inspector:
    inspector = Inspector(session, SettingsStore())
    qtbot.addWidget(inspector)
    inspector.resize(392, 640)
    inspector.show()
    qtbot.waitExposed(inspector)
    return inspector


def show(inspector: Inspector, selection: Selection) -> None:
    inspector.show_selection(selection)
    inspector.catch_up()


def choose(choice: Choice, text: str) -> None:
    """Pick an entry as a person does."""
    index = next(number for number in range(choice.count()) if choice.itemText(number).startswith(text))
    choice.setCurrentIndex(index)
    choice.activated.emit(index)


def entries(choice: Choice) -> list[str]:
    return [choice.itemText(number).split()[0] for number in range(choice.count())]


def shown_rows(inspector: Inspector) -> list[RecordRow]:
    return [row for row in inspector.hypothesis.relations.findChildren(RecordRow) if not row.isHidden()]


def test_a_hypothesis_becomes_a_form_and_stands_on_its_own_again(inspector: Inspector, session: Session) -> None:
    show(inspector, on_hypothesis(session, 3))
    choice = inspector.hypothesis.form_of.choice
    assert entries(choice) == ["nothing:", "H1", "H2", "H4"]
    choose(choice, "H1")
    assert hypothesis(session, 3).parent == hypothesis(session, 1).id
    show(inspector, on_hypothesis(session, 1))
    assert entries(choice) == ["nothing:", "H2", "H4"], "no form of its own form"
    show(inspector, on_hypothesis(session, 3))
    assert choice.currentText().startswith("H1")
    choose(choice, "nothing")
    assert hypothesis(session, 3).parent is None


def test_a_relation_is_shown_at_both_ends_and_can_be_taken_away_at_either(
    inspector: Inspector, session: Session, qtbot: QtBot
) -> None:
    show(inspector, on_hypothesis(session, 1))
    editor = inspector.hypothesis.relations
    choose(editor.kind, relation_word(RelationKind.SUBSUMES))
    choose(editor.other, "H3")
    choose(editor.kind, relation_word(RelationKind.OVERLAPS))
    choose(editor.other, "H2")
    known = session.analysis.hypotheses
    assert [(relation_word(kind), other.label) for kind, other in relations_of(known, hypothesis(session, 1).id)] == [
        ("subsumes", "H3"),
        ("overlaps", "H2"),
    ]
    assert entries(editor.other) == ["H4"], "each other one once"
    show(inspector, on_hypothesis(session, 3))
    assert [(relation_word(kind), other.label) for kind, other in relations_of(known, hypothesis(session, 3).id)] == [
        ("is subsumed by", "H1")
    ]
    (row,) = shown_rows(inspector)
    with qtbot.waitSignal(inspector.link_activated) as followed:
        row.open_button.click()
    assert followed.args == ["hypothesis", hypothesis(session, 1).id]
    qtbot.mouseClick(row.remove_button, Qt.MouseButton.LeftButton)
    assert [relation.other for relation in hypothesis(session, 1).relations] == [hypothesis(session, 2).id]
    assert shown_rows(inspector) == []
    choose(editor.kind, "is subsumed by")
    choose(editor.other, "H4")
    assert [relation.kind for relation in hypothesis(session, 4).relations] == [RelationKind.SUBSUMES]


def test_the_cell_of_a_combination_tells_its_parts_and_asks(inspector: Inspector, session: Session) -> None:
    rate(session, 1, 1, C)
    rate(session, 1, 2, C)
    rate(session, 2, 1, C)
    rate(session, 2, 2, I)
    parts = [hypothesis(session, number).id for number in (1, 2)]
    session.execute(kin.combine(session.analysis, session.matrix, parts))
    show(inspector, on_cell(session, 2, 5))
    note = inspector.cell.parts
    assert note.parts.text() == "Its parts: H1 C · H2 I. They do not agree (C to I)."
    assert note.question.text() == (
        "Does the other part explain this, or does it speak against the combination all the same?"
    )
    assert note.button.isHidden()
    show(inspector, on_cell(session, 3, 5))
    assert note.isHidden(), "a part is not rated"
    show(inspector, on_cell(session, 1, 5))
    assert note.question.isHidden()
    note.button.click()
    assert stored_rating(session, 1, 5) is C
    assert note.isHidden()


def test_all_suggestions_of_a_combination_are_confirmed_at_once(inspector: Inspector, session: Session) -> None:
    for row in (1, 2):
        rate(session, row, 1, C)
        rate(session, row, 2, C)
    parts = [hypothesis(session, number).id for number in (1, 2)]
    session.execute(kin.combine(session.analysis, session.matrix, parts))
    show(inspector, on_hypothesis(session, 5))
    button = inspector.hypothesis.confirm_all
    assert button.text() == "Confirm 2 suggestions of the parts"
    button.click()
    assert [stored_rating(session, row, 5) for row in (1, 2, 3)] == [C, C, None]
    assert button.isHidden()
    session.undo()
    assert [stored_rating(session, row, 5) for row in (1, 2, 3)] == [None, None, None]


def test_the_cell_of_a_heading_cannot_be_rated(inspector: Inspector, session: Session) -> None:
    rate(session, 1, 1, C)
    session.execute(kin.set_parent(session.analysis, [hypothesis(session, 2).id], hypothesis(session, 1).id))
    show(inspector, on_cell(session, 1, 1))
    assert inspector.cell.refusal.text() == "H1 is a heading: rate its forms."
    assert inspector.cell.answers.isHidden()
    show(inspector, on_cell(session, 1, 2))
    assert inspector.cell.refusal.isHidden()
    assert not inspector.cell.answers.isHidden()


def test_every_control_has_a_name(inspector: Inspector, session: Session) -> None:
    session.execute(
        kin.relate(session.analysis, hypothesis(session, 1).id, RelationKind.OVERLAPS, hypothesis(session, 2).id)
    )
    show(inspector, on_hypothesis(session, 1))
    more = inspector.hypothesis.more
    assert more is not None
    more.set_open(True)
    assert not nameless_controls(inspector)
