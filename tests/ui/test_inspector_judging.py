"""Ranges, suggestions and earlier wording in the inspector, and the dialog of the scale."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from helpers.accessible import nameless_controls
from helpers.sessions import hypothesis, item, on_cell, on_hypothesis, on_item, rate, small_session
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits
from ach_desk.model import Analyst, Rating, RatingValue, Scale, new_id
from ach_desk.reporting.palette import LIGHT
from ach_desk.ui.dialogs.scale import ScaleDialog
from ach_desk.ui.inspector import Inspector
from ach_desk.ui.moments import moment_words
from ach_desk.ui.selection import Selection
from ach_desk.ui.session import Session
from ach_desk.ui.settings import SettingsStore
from ach_desk.ui.widgets.choice import Choice

Show = Callable[[Selection], None]
C, N, I, II, WEAK = (  # noqa: E741 - the letters of the method
    RatingValue.CONSISTENT,
    RatingValue.NEUTRAL,
    RatingValue.INCONSISTENT,
    RatingValue.VERY_INCONSISTENT,
    RatingValue.SLIGHTLY_INCONSISTENT,
)


@pytest.fixture
def session() -> Session:
    return small_session()


@pytest.fixture
def inspector(session: Session, qtbot: QtBot) -> Inspector:
    inspector = Inspector(session, SettingsStore())
    qtbot.addWidget(inspector)
    inspector.resize(360, 900)
    inspector.show()
    qtbot.waitExposed(inspector)
    return inspector


@pytest.fixture
def show(inspector: Inspector) -> Show:
    def show(selection: Selection) -> None:
        inspector.show_selection(selection)
        inspector.catch_up()

    return show


def pick(choice: Choice, value: object) -> None:
    index = choice._values.index(value)
    choice.setCurrentIndex(index)
    choice.activated.emit(index)


def stored(session: Session, row: int, column: int) -> Rating | None:
    return session.matrix.rating(session.analyst, item(session, row).id, hypothesis(session, column).id)


def reword(session: Session, title: str) -> None:
    session.execute(edits.set_field(session.analysis, "evidence", [item(session, 1).id], "title", title))


def set_scale(session: Session, scale: Scale) -> None:
    session.execute(edits.set_field(session.analysis, "matrix", [session.matrix.id], "scale", scale))


def test_a_range_is_chosen_by_its_ends_and_decided_by_equal_ones(
    session: Session, inspector: Inspector, show: Show
) -> None:
    rate(session, 1, 1, N)
    show(on_cell(session, 1, 1))
    editor = inspector.cell.range
    assert editor.isHidden(), "folded away until it is used"
    pick(editor.ends[1], I)
    rating = stored(session, 1, 1)
    assert rating is not None
    assert (rating.value, rating.range) == (N, (N, I))
    inspector.catch_up()
    assert editor.isVisible()
    assert "scored as neutral until you decide" in editor.note.text()
    assert not any(button.isChecked() for button in inspector.cell._buttons.values()), "no answer is given yet"
    pick(editor.ends[0], I)
    rating = stored(session, 1, 1)
    assert rating is not None
    assert (rating.value, rating.range) == (I, None)


def test_the_first_end_chosen_for_an_unrated_cell_rates_it(session: Session, inspector: Inspector, show: Show) -> None:
    show(on_cell(session, 1, 1))
    pick(inspector.cell.range.ends[0], C)
    pick(inspector.cell.range.ends[1], II)
    rating = stored(session, 1, 1)
    assert rating is not None
    assert rating.range == (C, II)
    session.undo()
    session.undo()
    assert stored(session, 1, 1) is None


def test_answers_are_the_steps_of_the_scale_and_what_is_in_use(
    session: Session, inspector: Inspector, show: Show
) -> None:
    rate(session, 1, 1, II)
    set_scale(session, Scale.THREE)
    show(on_cell(session, 1, 2))
    assert [value for value, button in inspector.cell._buttons.items() if button.isVisible()] == [
        C,
        N,
        I,
        RatingValue.NOT_APPLICABLE,
        None,
    ]
    show(on_cell(session, 1, 1))
    assert inspector.cell._buttons[II].isVisible()
    assert inspector.cell._buttons[II].isChecked()
    set_scale(session, Scale.SEVEN)
    inspector.catch_up()
    assert inspector.cell._buttons[WEAK].isVisible()


def test_earlier_words_are_quoted_and_confirmed(session: Session, inspector: Inspector, show: Show) -> None:
    rate(session, 1, 1, C)
    show(on_cell(session, 1, 1))
    assert inspector.cell.earlier.isHidden()
    reword(session, "Item 1, seen by night")
    inspector.catch_up()
    assert inspector.cell.earlier.isVisible()
    assert inspector.cell.earlier.words.text() == "E1 said: Item 1"
    inspector.cell.earlier.button.click()
    rating = stored(session, 1, 1)
    assert rating is not None
    assert rating.item_wording == 2
    assert inspector.cell.earlier.isHidden()


def test_a_change_of_words_is_called_minor_where_the_words_stand(
    session: Session, inspector: Inspector, show: Show
) -> None:
    rate(session, 1, 1, C)
    rate(session, 1, 2, I)
    reword(session, "Item one")
    show(on_item(session, 1))
    assert inspector.item.earlier.sentence.text() == "2 ratings were made on the earlier wording."
    inspector.item.earlier.button.click()
    inspector.catch_up()
    assert inspector.item.earlier.isHidden()
    assert not [finding for finding in session.findings if finding.code == "earlier_wording"]
    session.undo()
    inspector.catch_up()
    assert inspector.item.earlier.isVisible()
    column = hypothesis(session, 1).id
    session.execute(edits.set_field(session.analysis, "hypothesis", [column], "statement", "In full"))
    show(on_hypothesis(session, 1))
    assert inspector.hypothesis.earlier.sentence.text() == "1 rating was made on the earlier wording."


def test_a_suggestion_is_confirmed_and_a_suggested_range_is_only_shown(
    session: Session, inspector: Inspector, show: Show
) -> None:
    cells = [(item(session, 1).id, hypothesis(session, number).id) for number in (1, 2)]
    wanted = zip(cells, [(C, C), (N, I)], strict=True)
    session.execute(edits.suggest(session.matrix, session.analyst, wanted, "Suggest"))
    show(on_cell(session, 1, 2))
    assert inspector.cell.suggestion.sentence.text().startswith("Suggested: between neutral and inconsistent")
    assert inspector.cell.suggestion.button.isHidden()
    show(on_cell(session, 1, 1))
    inspector.cell.suggestion.button.click()
    rating = stored(session, 1, 1)
    assert rating is not None
    assert (rating.value, rating.suggested) == (C, None)
    assert inspector.cell.suggestion.isHidden()


def test_who_rated_when_is_named_among_several(session: Session, inspector: Inspector, show: Show) -> None:
    rate(session, 1, 1, C)
    rating = stored(session, 1, 1)
    assert rating is not None
    assert rating.time is not None
    show(on_cell(session, 1, 1))
    assert inspector.cell.when.text() == f"Rated on {moment_words(rating.time)}"
    other = Analyst(id=new_id(), name="Analyst B")
    session.analysis.analysts[other.id] = other
    inspector.catch_up()
    assert inspector.cell.when.text().startswith("Rated by Analyst 1 on ")


def test_the_scale_is_changed_with_its_points_in_sight(session: Session, qtbot: QtBot) -> None:
    rate(session, 1, 1, II)
    dialog = ScaleDialog(session, LIGHT)
    qtbot.addWidget(dialog)
    dialog.show()

    def rows() -> list[list[str]]:
        table = dialog.table
        return [[table.item(row, column).text() for column in (0, 1, 3, 4)] for row in range(table.rowCount())]

    assert ["II", "Shift+I", "−2", "−2"] in rows()
    assert rows()[-1] == ["N/A", "A", "left out", "left out"]
    dialog.choices[Scale.SEVEN].click()
    assert session.matrix.scale is Scale.SEVEN
    assert ["I-", "J", "−0.5", "−0.5"] in rows()
    assert ["C-", "V", "0", "+0.5"] in rows()
    dialog.choices[Scale.THREE].click()
    assert [row[0] for row in rows()] == ["C", "N", "I", "N/A"]
    assert dialog.off_scale.text().startswith("1 rating is not a step of this scale.")
    session.undo()
    session.undo()
    assert session.matrix.scale is Scale.FIVE
    assert dialog.choices[Scale.FIVE].isChecked()
    assert dialog.height() <= 700
    assert not nameless_controls(dialog)
    dialog.close()
