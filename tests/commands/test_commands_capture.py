"""What was captured waits in no matrix and counts nowhere; taking it in is one step, and so is throwing it away."""

from __future__ import annotations

import pytest
from helpers.analyses import state_of
from helpers.sessions import small_analysis

from ach_desk.commands import capture, edits, matrices, restoring, scenarios, trail
from ach_desk.commands.capture import Captured
from ach_desk.commands.trail_words import TrailWords, rows_of
from ach_desk.exchange.csv_matrix import write_matrix
from ach_desk.exchange.left_out import left_out
from ach_desk.model import Analysis, Attachment, EvidenceStatus, Matrix, Source, now
from ach_desk.scoring import all_findings, assess, shown_records
from ach_desk.ui.session import Session
from ach_desk.ui.whole_analysis import make_workable


@pytest.fixture
def session() -> Session:
    return Session(small_analysis(items=2))


def captured(session: Session, *wanted: Captured) -> tuple[str, ...]:
    command, ids = capture.capture(session.analysis, wanted or (Captured({"title": "Report"}),))
    session.execute(command)
    return ids


def source_names(analysis: Analysis) -> list[str]:
    return [source.name for source in analysis.sources.values()]


def test_a_captured_item_waits_with_all_that_is_known_of_it(session: Session) -> None:
    before = state_of(session.analysis)
    fields = {"title": "Report", "quotation": "In full.", "link": "https://www.example.org/x", "page": "12"}
    (entry,) = captured(session, Captured({**fields, "attachments": [Attachment(path="x.png")]}, domain="example.org"))
    item = session.analysis.evidence[entry]
    assert item.is_unsorted
    assert (item.label, item.title, item.quotation, item.page) == ("E3", "Report", "In full.", "12")
    assert item.retrieved == now()[:10]
    assert session.analysis.sources[item.citations[0].source].name == "example.org"
    assert entry not in session.matrix.evidence
    session.undo()
    assert state_of(session.analysis) == before, "item and source go in one step"


@pytest.mark.parametrize(
    ("known", "found"),
    [
        (Source(id="s1", label="S1", name="Example News", link="https://www.example.org/about"), True),
        (Source(id="s1", label="S1", name="Example News (example.org)"), True),
        (Source(id="s1", label="S1", name="www.example.org"), True),
        (Source(id="s1", label="S1", name="Example", link="https://example.com"), False),
        (Source(id="s1", label="S1", name="badexample.org"), False),
        (Source(id="s1", label="S1", name="org"), False),
    ],
)
def test_the_source_is_the_one_of_that_domain(session: Session, known: Source, found: bool) -> None:
    session.analysis.sources[known.id] = known
    (entry,) = captured(session, Captured({"title": "x"}, domain="news.example.org"))
    cited = session.analysis.evidence[entry].citations[0].source
    assert (cited == known.id) is found
    if not found:
        assert session.analysis.sources[cited].name == "news.example.org"


def test_two_things_of_one_new_source_share_it(session: Session) -> None:
    one, other = captured(
        session, Captured({"title": "a"}, domain="example.org"), Captured({"title": "b"}, domain="example.org")
    )
    assert source_names(session.analysis) == ["example.org"]
    assert session.analysis.evidence[one].citations == session.analysis.evidence[other].citations
    captured(session, Captured({"title": "c"}, source="Ann"), Captured({"title": "d"}, source="ANN"))
    captured(session, Captured({"title": "e"}, source="ann"))
    assert source_names(session.analysis)[1:2] == ["Ann"]
    assert len(source_names(session.analysis)) == 3, "two spellings at once are two, later ones are found"


def test_what_waits_counts_nowhere(session: Session) -> None:
    analysis, matrix, analyst = session.analysis, session.matrix, session.analyst
    before = assess(analysis, matrix, analyst)
    csv = write_matrix(analysis, matrix, analyst, byte_order_mark=False).data
    captured(session)
    after = assess(analysis, matrix, analyst)
    assert [item.id for item in after.items] == [item.id for item in before.items]
    assert write_matrix(analysis, matrix, analyst, byte_order_mark=False).data == csv
    assert "1 captured item, unsorted" in left_out(analysis, matrix, analyst)
    assert not [part for part in left_out(analysis, matrix, analyst) if "outside this matrix" in part]
    assert matrices.not_in(analysis, matrix, "evidence") == [], "another way into a matrix would count it unseen"
    texts = [finding.text for finding in all_findings(analysis, matrix, analyst, after)]
    assert "1 captured item waits unsorted; it counts nowhere." in texts


def test_an_unsorted_item_that_a_file_lists_in_a_matrix_is_not_shown(session: Session) -> None:
    (entry,) = captured(session)
    session.matrix.evidence.insert(0, entry)
    assert entry not in [item.id for item in shown_records(session.analysis, session.matrix)[0]]
    session.execute(capture.take_in(session.analysis, session.matrix, [entry]))
    assert session.matrix.evidence.count(entry) == 1
    assert session.row_of(entry) == 0


def test_an_analysis_without_a_matrix_gets_one_without_what_waits() -> None:
    analysis = small_analysis()
    command, _ids = capture.capture(analysis, [Captured({"title": "x"})])
    command.apply(analysis)
    analysis.matrices.clear()
    make_workable(analysis)
    assert len(analysis.matrices[0].evidence) == 3


@pytest.mark.parametrize(("at", "places"), [(None, [2, 3]), (0, [0, 1]), (1, [1, 2])])
def test_taking_in_is_one_step_to_a_place(session: Session, at: int | None, places: list[int]) -> None:
    ids = captured(session, Captured({"title": "a"}), Captured({"title": "b"}))
    before = state_of(session.analysis)
    session.execute(capture.take_in(session.analysis, session.matrix, ids, at))
    assert [session.matrix.evidence.index(entry) for entry in ids] == places
    assert all(session.analysis.evidence[entry].is_counted for entry in ids)
    assert [session.row_of(entry) for entry in ids] == places
    session.undo()
    assert state_of(session.analysis) == before
    session.redo()
    assert session.row_of(ids[0]) == places[0]


def test_more_are_taken_in_than_the_trail_keeps_of_one_stretch(session: Session) -> None:
    ids = captured(session, *(Captured({"title": f"r{number}"}) for number in range(90)))
    session.execute(capture.take_in(session.analysis, session.matrix, ids, 1))
    assert session.matrix.evidence[1:91] == list(ids)
    earlier = trail.before_entries(session.analysis, len(session.analysis.trail))
    assert earlier.problems == ()


def test_only_what_waits_is_taken_in_or_thrown_away(session: Session) -> None:
    standing = session.matrix.evidence[0]
    assert capture.take_in(session.analysis, session.matrix, [standing, "gone"]).is_no_op
    assert capture.throw_away(session.analysis, [standing]).is_no_op


def test_throwing_away_can_be_undone(session: Session) -> None:
    ids = captured(session, Captured({"title": "a"}, domain="example.org"))
    before = state_of(session.analysis)
    session.execute(capture.throw_away(session.analysis, ids))
    assert capture.waiting(session.analysis) == []
    session.undo()
    assert state_of(session.analysis) == before


def test_under_a_what_if_taking_in_still_takes_in(session: Session) -> None:
    ids = captured(session)
    session.execute(scenarios.add(session.analysis, session.matrix, "What if"))
    session.show_scenario(next(iter(session.analysis.scenarios)))
    session.execute(capture.take_in(session.analysis, session.matrix, ids))
    assert session.analysis.evidence[ids[0]].is_counted
    assert ids[0] in session.matrix.evidence
    assert session.scenario is not None
    assert session.scenario.left_out == ()


def test_restoring_the_earlier_status_takes_the_item_out_of_every_matrix(session: Session) -> None:
    ids = captured(session)
    session.execute(capture.take_in(session.analysis, session.matrix, ids))
    session.analysis.matrices.append(Matrix(id="m2", evidence=list(ids)))
    command = restoring.restore_field(session.analysis, "evidence", ids[0], "status", EvidenceStatus.UNSORTED)
    assert command is not None
    session.execute(command)
    assert session.analysis.evidence[ids[0]].is_unsorted
    assert not any(ids[0] in matrix.evidence for matrix in session.analysis.matrices)
    assert session.row_of(ids[0]) is None


def test_the_history_says_what_happened(session: Session) -> None:
    start = len(session.analysis.trail)
    ids = captured(session, Captured({"title": "Report"}))
    session.execute(capture.take_in(session.analysis, session.matrix, ids))
    session.execute(capture.attach(session.analysis, ids[0], [Attachment(path="case.files/x.png")]))
    session.execute(matrices.leave_out(session.analysis, session.matrix, "evidence", ids))
    entries = session.analysis.trail[start:]
    words = TrailWords(session.analysis)
    assert [words.sentence(row) for row in rows_of(session.analysis, entries)] == [
        "E3 added: “Report”",
        "E3, status: unsorted → counted",
        "E3 put into the matrix",
        "E3, files: nothing → x.png",
        "E3 left out of the matrix",
    ]


def test_a_command_of_capture_comes_through_the_journal(session: Session) -> None:
    from ach_desk.commands import command_from_json

    command, ids = capture.capture(session.analysis, [Captured({"title": "x", "attachments": [Attachment(path="y")]})])
    command_from_json(command.to_json()).apply(session.analysis)
    assert session.analysis.evidence[ids[0]].attachments == (Attachment(path="y"),)
    edits.remove(session.analysis, "evidence", ids).apply(session.analysis)
