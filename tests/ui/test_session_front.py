"""Which matrix or what-if a session shows, and where undo leads."""

from __future__ import annotations

import pytest
from helpers.analyses import small_case, state_of
from helpers.sessions import hypothesis, item, rate

from ach_desk.commands import edits, matrices, scenarios
from ach_desk.model import RatingValue
from ach_desk.scoring import assess
from ach_desk.scoring.whatif import assess_under
from ach_desk.ui.session import Session

WEAK, C = RatingValue.INCONSISTENT, RatingValue.CONSISTENT


@pytest.fixture
def session(qapp: object) -> Session:
    return Session(small_case(rated=True).analysis)


def branch(session: Session, name: str = "Branch") -> str:
    """Add a second matrix and return its id."""
    command = matrices.duplicate(session.analysis, session.matrix, name, ratings=True)
    session.execute(command)
    return command.content["id"]


def what_if(session: Session, **fields: object) -> str:
    """Add a what-if and turn it on; return its id."""
    command = scenarios.add(session.analysis, session.matrix, "S1 was lying", **fields)
    session.execute(command)
    session.show_scenario(scenarios.added_id(command))
    return scenarios.added_id(command)


def cell(session: Session, row: int, column: int) -> tuple[str, str]:
    return item(session, row).id, hypothesis(session, column).id


def test_another_matrix_is_shown_with_its_own_scores(session: Session) -> None:
    first, heard = session.matrix.id, []
    second = branch(session)
    session.turned.connect(lambda: heard.append(session.matrix.id))
    session.show_matrix(second)
    rate(session, 1, 1, WEAK)
    assert session.analysis.matrix(first).rating(session.analyst, *cell(session, 1, 1)).value is not WEAK
    assert (
        session.assessment.table.codes == assess(session.analysis, session.matrix, session.analyst).table.codes
    ).all()
    session.show_matrix(first)
    session.show_matrix(first)
    assert heard == [second, first]
    with pytest.raises(KeyError):
        session.show_matrix("nowhere")


def test_undo_goes_to_the_matrix_of_the_edit(session: Session) -> None:
    first, second = session.matrix.id, branch(session)
    rate(session, 1, 1, WEAK)
    session.show_matrix(second)
    rate(session, 2, 2, WEAK)
    session.show_matrix(first)
    session.undo()
    assert session.matrix.id == second
    session.undo()
    assert session.matrix.id == first
    session.undo()
    assert [matrix.id for matrix in session.analysis.matrices] == [first]
    session.redo()
    assert session.matrix.id == second


def test_a_matrix_that_goes_leaves_another_one_in_front(session: Session) -> None:
    first, second = session.matrix.id, branch(session)
    session.show_matrix(second)
    session.execute(matrices.remove(session.analysis, session.matrix))
    assert session.matrix.id == first
    session.undo()
    assert session.matrix.id == second


def test_under_a_what_if_rating_and_setting_aside_leave_the_ratings_alone(session: Session) -> None:
    before, own = session.matrix.copy_of(), session.rating(*cell(session, 1, 1))
    scenario = what_if(session)
    value = WEAK if own is None or own.value is not WEAK else C
    session.rate([cell(session, 1, 1)], value)
    session.execute(edits.set_aside(session.analysis, [item(session, 2).id], ""))
    assert session.matrix == before
    assert session.rating(*cell(session, 1, 1)).value is value
    assert session.is_overridden(*cell(session, 1, 1))
    assert not session.item(item(session, 2).id).is_counted
    assert session.analysis.evidence[item(session, 2).id].is_counted
    expected = assess_under(session.analysis, session.matrix, session.analyst, session.analysis.scenarios[scenario])
    assert (session.assessment.standing.rank == expected.standing.rank).all()
    session.show_scenario("")
    assert session.rating(*cell(session, 1, 1)) == own
    assert session.assessment is session.as_rated


def test_undo_of_a_what_if_turns_it_on(session: Session) -> None:
    what_if(session)
    session.rate([cell(session, 1, 1)], RatingValue.NOT_APPLICABLE)
    session.show_scenario("")
    session.undo()
    assert session.scenario is not None
    assert not session.is_overridden(*cell(session, 1, 1))
    session.undo()
    assert session.scenario is None
    assert session.assessment is session.as_rated


def test_a_what_if_that_is_deleted_ends(session: Session) -> None:
    what_if(session, left_out=(item(session, 1).id,))
    heard = []
    session.turned.connect(lambda: heard.append(session.scenario))
    session.execute(scenarios.remove(session.analysis, session.scenario))
    assert heard == [None]
    assert session.assessment is session.as_rated


def test_a_document_under_a_what_if_says_so_and_the_analysis_does_not(session: Session) -> None:
    before = state_of(session.analysis)
    assert session.shown_analysis().notice == ""
    what_if(session, left_out=(item(session, 1).id,))
    shown = session.shown_analysis()
    assert shown.notice == "What-if: S1 was lying"
    assert not shown.evidence[item(session, 1).id].is_counted
    session.undo()
    assert state_of(session.analysis) == before


def test_an_earlier_state_is_read_only_and_says_what_it_is(session: Session) -> None:
    notices: list[str] = []
    session.notice.connect(notices.append)
    session.as_of, session.read_only = "As it was", True
    session.analysis.notice = "Draft"
    rate(session, 1, 2, C)
    assert notices == ["This is an earlier state, which nothing changes."]
    assert not session.is_dirty
    assert session.front_note == "As it was"
    assert session.snapshot().notice == session.shown_analysis().notice == "As it was · Draft"
    assert session.analysis.notice == "Draft"
