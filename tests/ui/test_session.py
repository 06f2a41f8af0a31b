"""The session: edits reach the analysis, the scores, the views and the journal, each exactly once."""

from __future__ import annotations

import pytest
from helpers.analyses import small_case, state_of

from ach_desk.commands import Change, Composite, edits
from ach_desk.model import Analysis, Analyst, Matrix, RatingValue, new_analysis
from ach_desk.model.integrity import problems
from ach_desk.scoring import assess, headline
from ach_desk.ui import text
from ach_desk.ui.session import Session

I = RatingValue.INCONSISTENT  # noqa: E741


class Heard:
    """What a session told its listeners."""

    def __init__(self, session: Session) -> None:
        self.changes: list[Change] = []
        self.notices: list[str] = []
        self.recorded: list[tuple[str, object]] = []
        self.replaced = 0
        session.changed.connect(self.changes.append)
        session.notice.connect(self.notices.append)
        session.recorded.connect(lambda how, command: self.recorded.append((how, command)))
        session.replaced.connect(self._count)

    def _count(self) -> None:
        self.replaced += 1


@pytest.fixture
def session(qapp: object) -> Session:
    return Session(small_case().analysis)


@pytest.fixture
def heard(session: Session) -> Heard:
    return Heard(session)


def _rating(session: Session, row: int, column: int, value: RatingValue | None):
    cell = (session.matrix.evidence[row], session.matrix.hypotheses[column])
    return edits.rate(session.analysis, session.matrix, session.analyst, [cell], value)


def test_an_edit_is_scored_before_anybody_hears_of_it(session: Session, heard: Heard) -> None:
    headlines: list[str] = []
    session.changed.connect(lambda _change: headlines.append(headline(session.assessment)))
    command = _rating(session, 0, 0, I)
    change = session.execute(command)
    assert heard.changes == [change]
    assert heard.recorded == [("do", command)]
    assert headlines == ["Only H1 is rated; there is nothing to compare it with."]
    assert session.is_dirty


def test_undo_and_redo_are_heard_in_the_same_way(session: Session, heard: Heard) -> None:
    command = _rating(session, 0, 0, I)
    session.execute(command)
    session.undo()
    session.redo()
    assert [how for how, _command in heard.recorded] == ["do", "undo", "redo"]
    assert heard.changes[0] == heard.changes[1] == heard.changes[2]


def test_what_changes_nothing_is_not_heard(session: Session, heard: Heard) -> None:
    assert session.execute(_rating(session, 0, 0, None)).is_empty
    assert not heard.changes
    assert not heard.recorded
    assert not session.is_dirty


def test_a_read_only_session_refuses_and_says_why(session: Session, heard: Heard) -> None:
    before = state_of(session.analysis)
    session.read_only = True
    assert session.execute(_rating(session, 0, 0, I)) == Change()
    assert state_of(session.analysis) == before
    assert heard.notices == ["This analysis is open read-only. Save a copy to edit it."]
    assert not heard.changes


def test_what_was_left_because_somebody_else_changed_it_is_said(session: Session, heard: Heard) -> None:
    session.execute(_rating(session, 0, 0, I))
    _rating(session, 0, 0, RatingValue.CONSISTENT).apply(session.analysis)
    session.undo()
    assert heard.notices == ["The rating of E1 under H1 was changed elsewhere and was left."]
    assert [how for how, _command in heard.recorded] == ["do"]


def test_a_long_list_of_things_left_is_cut(session: Session, heard: Heard) -> None:
    ids = list(session.analysis.evidence)
    session.execute(edits.set_field(session.analysis, "evidence", ids, "title", "mine"))
    edits.set_field(session.analysis, "evidence", ids, "title", "theirs").apply(session.analysis)
    session.undo()
    assert heard.notices[0].count("was changed elsewhere") == 3


def test_findings_follow_the_edits(session: Session) -> None:
    first = session.findings
    assert session.findings is first
    session.execute(_rating(session, 0, 0, I))
    assert session.findings is not first
    unrated = [finding for finding in session.findings if finding.code == "unrated"]
    assert unrated


def test_another_analysis_starts_a_new_history(session: Session, heard: Heard) -> None:
    session.execute(_rating(session, 0, 0, I))
    other = small_case(hypotheses=2, items=7)
    session.replace_analysis(other.analysis, dirty=False)
    assert heard.replaced == 1
    assert (session.analysis, session.matrix, session.analyst) == (other.analysis, other.matrix, other.analyst)
    assert session.assessment.table.shape == (7, 2)
    assert session.row_of(other.e(7)) == 6
    assert session.row_of("nobody") is None
    assert session.column_of("nobody") is None
    assert not session.history.stack.canUndo()
    assert not session.is_dirty
    session.replace_analysis(small_case().analysis, dirty=True)
    assert session.is_dirty


def test_the_name_of_the_analyst(session: Session) -> None:
    assert session.analyst_name == "Analyst 1"
    analyst = session.analysis.analysts[session.analyst]
    edits.set_field(session.analysis, "analyst", [analyst.id], "name", "M. Keller").apply(session.analysis)
    assert session.analyst_name == "M. Keller"


def test_ratings_on_another_sheet_leave_this_one_alone(session: Session, heard: Heard) -> None:
    session.execute(_rating(session, 0, 0, I))
    before = session.assessment.table.codes.copy()
    session.matrix.sheets["b"] = {}
    session.analysis.analysts["b"] = Analyst(id="b", name="B")
    cell = (session.matrix.evidence[1], session.matrix.hypotheses[1])
    session.execute(edits.rate(session.analysis, session.matrix, "b", [cell], I), every_sheet=True)
    assert (session.assessment.table.codes == before).all()
    assert heard.changes[-1].cells[0].analyst == "b"


def test_an_analysis_without_matrix_and_analyst_can_be_worked_on(qapp: object) -> None:
    case = small_case()
    bare = Analysis(id="bare", hypotheses=case.analysis.hypotheses, evidence=case.analysis.evidence)
    twin = bare.snapshot()
    session = Session(bare)
    assert session.assessment.table.shape == (4, 3)
    assert not session.is_dirty
    session.execute(_rating(session, 0, 0, I))
    assert not problems(session.analysis)
    # A journal names matrix and analyst, so they must be the same after the next start.
    again = Session(twin)
    assert (again.matrix.id, again.analyst) == (session.matrix.id, session.analyst)


def test_a_matrix_without_a_sheet_is_rated_by_the_first_analyst(qapp: object) -> None:
    analysis = new_analysis()
    (analyst,) = analysis.analysts
    analysis.matrices = [Matrix(id="m")]
    assert Session(analysis).analyst == analyst


def test_a_composite_is_one_change(session: Session, heard: Heard) -> None:
    step = Composite(commands=(_rating(session, 0, 0, I), _rating(session, 1, 1, I)), text="Paste")
    session.execute(step)
    assert len(heard.changes) == 1
    assert len(heard.changes[0].cells) == 2


FONTLESS = "\N{SNOWMAN}"


@pytest.fixture
def without_snowmen(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """No font has FONTLESS, whatever this machine has."""
    monkeypatch.setitem(text._coverage._known, FONTLESS, False)


def _missing(session: Session) -> int:
    return len([finding for finding in session.findings if finding.code == "missing_glyphs"])


def test_a_character_without_a_font_is_found_wherever_it_is_typed_and_no_longer_when_it_is_gone(
    session: Session, without_snowmen: None
) -> None:
    cell = (session.matrix.evidence[1], session.matrix.hypotheses[1])
    item = session.matrix.evidence[0]

    def reason(words: str) -> None:
        session.execute(edits.annotate(session.matrix, session.analyst, [cell], rationale=words))

    assert _missing(session) == 0
    session.execute(_rating(session, 0, 0, I))
    assert _missing(session) == 0
    reason(f"a reason {FONTLESS}")
    assert _missing(session) == 1
    session.execute(_rating(session, 0, 1, I))
    assert _missing(session) == 1
    reason("a reason")
    assert _missing(session) == 0
    session.execute(edits.set_field(session.analysis, "evidence", [item], "title", f"a title {FONTLESS}"))
    assert _missing(session) == 1
    session.undo()
    assert _missing(session) == 0
    session.execute(edits.add_items(session.analysis, session.matrix, [{"title": FONTLESS}]))
    assert _missing(session) == 1


def test_a_rating_does_not_search_every_text_for_characters_without_a_font(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _missing(session) == 0
    monkeypatch.setattr("ach_desk.ui.pointing.every_text", lambda *_what: pytest.fail("searched every text"))
    session.execute(_rating(session, 0, 0, I))
    assert _missing(session) == 0


@pytest.mark.parametrize(
    ("field", "value", "rank"),
    [("status", "set aside", [1, 1, 1]), ("credibility", "high", [3, 1, 1])],
)
def test_a_changed_grade_or_status_scores_like_a_table_built_anew(
    session: Session, field: str, value: str, rank: list[int]
) -> None:
    for row, column, sign in ((0, 0, I), (1, 0, I), (1, 1, I), (1, 2, I), (2, 1, RatingValue.CONSISTENT)):
        session.execute(_rating(session, row, column, sign))
    session.execute(edits.set_field(session.analysis, "evidence", [session.matrix.evidence[0]], field, value))
    standing, anew = session.assessment.standing, assess(session.analysis, session.matrix, session.analyst).standing
    assert standing.weighted_inconsistency.tolist() == anew.weighted_inconsistency.tolist()
    assert standing.rank.tolist() == anew.rank.tolist() == rank


def test_a_rejected_hypothesis_leaves_the_ranking_at_once(session: Session) -> None:
    for column in range(3):
        session.execute(_rating(session, 0, column, I))
    session.execute(edits.reject(session.analysis, [session.matrix.hypotheses[1]], "no trace of it"))
    assert session.assessment.standing.rank.tolist() == [1, 0, 1]
    session.undo()
    assert session.assessment.standing.rank.tolist() == [1, 1, 1]


def test_an_assessment_handed_out_is_not_changed_by_later_edits(session: Session) -> None:
    session.execute(_rating(session, 0, 0, I))
    handed_out = session.assessment
    before = handed_out.table.copy()
    session.execute(_rating(session, 1, 1, I))
    session.execute(edits.set_aside(session.analysis, [session.matrix.evidence[0]], "doubtful"))
    session.execute(edits.set_field(session.analysis, "evidence", [session.matrix.evidence[0]], "relevance", "low"))
    session.execute(edits.reject(session.analysis, [session.matrix.hypotheses[0]], "no trace of it"))
    assert (handed_out.table.codes == before.codes).all()
    assert (handed_out.table.weights == before.weights).all()
    assert handed_out.table.counted.all()
    assert handed_out.table.active.all()
