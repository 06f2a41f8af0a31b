"""Scores and ranks in the headers, when they are hidden, the next step, and how the matrix was last looked at."""

from __future__ import annotations

import math

import pytest
from helpers.matrix import go_to, place, press, shown_panel
from helpers.sessions import hypothesis, item, rate, small_analysis, small_session
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits
from ach_desk.model import EvidenceKind, Level, Rating, RatingValue
from ach_desk.ui.matrix import foot, wording
from ach_desk.ui.matrix.foot import Foot, KeyStrip, Legend
from ach_desk.ui.matrix.marks import Marks
from ach_desk.ui.matrix.model import MatrixModel
from ach_desk.ui.matrix.reveal import Reveal
from ach_desk.ui.session import Session
from ach_desk.ui.settings import SettingsStore, ViewState

C, N = RatingValue.CONSISTENT, RatingValue.NEUTRAL
AGAINST, STRONGLY = RatingValue.INCONSISTENT, RatingValue.VERY_INCONSISTENT


def rate_all(session: Session, value: RatingValue = C) -> None:
    cells = [(evidence, column) for evidence in session.matrix.evidence for column in session.matrix.hypotheses]
    session.execute(edits.rate(session.analysis, session.matrix, session.analyst, cells, value))


def ranks(session: Session) -> list[str]:
    return [figures.rank for figures in wording.figures(session.assessment, "negative")]


# The figures


def test_ranks_are_words_and_ties_are_said() -> None:
    session = small_session(2, 4)
    rate_all(session)
    rate(session, 1, 2, AGAINST)
    rate(session, 1, 3, STRONGLY)
    assert ranks(session) == ["rank 1, tied", "rank 3", "rank 4", "rank 1, tied"]
    session.execute(edits.reject(session.analysis, [hypothesis(session, 4).id], ""))
    assert ranks(session) == ["rank 1", "rank 2", "rank 3", "rejected"]


def test_a_hypothesis_with_few_ratings_is_never_given_a_rank() -> None:
    session = small_session(4, 3)
    for row in range(1, 5):
        rate(session, row, 1, C)
    rate(session, 1, 2, C)
    assert ranks(session) == ["rank 1", "1 of 4 rated", "not ranked"]


def test_scores_show_no_more_digits_than_they_need() -> None:
    session = small_session(3, 3)
    rate_all(session)
    rate(session, 1, 2, AGAINST)
    scores = [figures.score for figures in wording.figures(session.assessment, "negative")]
    assert scores == ["0", "−1", "0"]
    session.execute(edits.set_field(session.analysis, "evidence", [item(session, 1).id], "credibility", Level.HIGH))
    scores = [figures.score for figures in wording.figures(session.assessment, "negative")]
    assert scores == ["0.0", "−1.4", "0.0"]
    assert [figures.score for figures in wording.figures(session.assessment, "positive")][1] == "1.4"


def test_scores_that_differ_never_look_alike() -> None:
    session = small_session(6, 2)
    levels = [(Level.HIGH, Level.HIGH), (Level.LOW, None), (Level.LOW, None), (Level.HIGH, None)]
    for row, (credibility, relevance) in enumerate(levels, 1):
        fields = {"credibility": credibility, "relevance": relevance}
        session.execute(edits.set_fields(session.analysis, "evidence", item(session, row).id, fields, "x"))
    rate_all(session)
    for row in (2, 3):
        rate(session, row, 1, AGAINST)  # 2 x 0.7071 = 1.4142
    for row in (5, 6):
        rate(session, row, 2, AGAINST)
    rate(session, 5, 1, N)
    scores = [figures.score for figures in wording.figures(session.assessment, "negative")]
    assert scores == ["−1.4", "−2.0"]


def test_bars_are_shares_of_the_longest_active_one() -> None:
    session = small_session(2, 3)
    rate_all(session)
    rate(session, 1, 2, AGAINST)
    rate(session, 1, 3, STRONGLY)
    assert [figures.share for figures in wording.figures(session.assessment, "negative")] == [0.0, 0.5, 1.0]
    session.execute(edits.reject(session.analysis, [hypothesis(session, 3).id], ""))
    assert [figures.share for figures in wording.figures(session.assessment, "negative")][:2] == [0.0, 1.0]


def test_diagnosticity_in_words() -> None:
    assert wording.separates(math.nan, True) == ""
    assert wording.separates(0.0, True) == "does not separate the hypotheses"
    assert wording.separates(0.0, False) == ""
    assert wording.separates(1.25, True) == "diagnosticity 1.2"


def test_influence_is_said_with_its_sign_and_for_whom() -> None:
    names = ("H4", "H3")
    assert wording.influence_words(math.nan, names) == ""
    assert wording.influence_words(1.414, names) == "influence today +1.4: holds up the lead of H4 over H3"
    assert wording.influence_words(-2, names) == "influence today −2.0: works against the lead of H4 over H3"
    assert wording.influence_words(0, names) == "no influence today on the lead of H4 over H3"


def test_a_row_that_is_not_wholly_rated_is_not_dimmed(qapp: object) -> None:
    session = small_session(1, 3)
    model = MatrixModel(session)
    rate(session, 1, 1, C)
    rate(session, 1, 2, C)
    assert model.emphasis(0) == 0
    rate(session, 1, 3, C)
    assert model.emphasis(0) == -1
    model.deleteLater()


# When scores are shown


def test_the_standing_of_a_new_analysis_appears_with_the_last_rating(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, small_session(2, 2))
    assert not panel.scores_shown
    press(qtbot, panel, "C", "C", "I")
    assert not panel.scores_shown
    with qtbot.waitSignal(panel.scores_shown_changed) as changed:
        press(qtbot, panel, "C")
    assert changed.args == [True]
    panel.session.execute(edits.add_items(panel.session.analysis, panel.session.matrix, [{"title": "late"}]))
    assert panel.scores_shown


def test_cells_that_were_passed_count_as_seen(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, small_session(2, 2))
    press(qtbot, panel, "C", "C", "Right")
    assert not panel.scores_shown
    press(qtbot, panel, "Right", "Left", "Left")
    assert panel.scores_shown


def test_only_passing_shows_nothing(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, small_session(1, 2))
    press(qtbot, panel, "Right", "Left", "Right")
    assert not panel.scores_shown


def test_f9_shows_and_hides(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, small_session(2, 2))
    press(qtbot, panel, "F9")
    assert panel.scores_shown
    press(qtbot, panel, "F9")
    assert not panel.scores_shown
    panel.set_scores_hidden(None)
    assert not panel.scores_shown


def test_the_link_shows_the_standing_now(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, small_session(2, 2))
    part = panel.findChild(Foot)
    assert part.step.text.endswith("Standing appears when all items are rated.")
    assert part.link.isVisible()
    part.link.click()
    assert panel.scores_shown
    assert not part.link.isVisible()


def test_a_rated_file_shows_its_standing(qtbot: QtBot) -> None:
    session = small_session(3, 2)
    rate_all(session)
    rate(session, 3, 2, None)
    panel = shown_panel(qtbot, Session(session.analysis))
    assert panel.scores_shown
    assert place(panel) == (3, 2)


def test_a_replaced_analysis_is_judged_anew(qtbot: QtBot) -> None:
    session = small_session(3, 2)
    rate_all(session)
    panel = shown_panel(qtbot, session)
    assert panel.scores_shown
    session.replace_analysis(small_analysis(4, 3), dirty=False)
    assert not panel.scores_shown
    assert place(panel) == (1, 1)


def test_what_was_passed_is_remembered_as_long_as_it_is_open() -> None:
    session = small_session(2, 1)
    first, second = ((evidence, session.matrix.hypotheses[0]) for evidence in session.matrix.evidence)
    reveal = Reveal()
    reveal.begin(session.assessment)
    reveal.pass_by(first)
    rate(session, 1, 1, C)
    assert reveal.open_passed(session.assessment) == []
    reveal.pass_by(second)
    assert reveal.open_passed(session.assessment) == [second]
    assert reveal.shown(session.assessment)


# The foot


def test_the_next_step_is_said(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, small_session(2, 2))
    step = panel.findChild(Foot).step
    assert step.text.startswith("Would you expect E1 if this hypothesis were true?")
    go_to(panel, 2, 1)
    assert step.text.startswith("Would you expect E2")
    press(qtbot, panel, "C")
    assert step.text.startswith("1 of 4 cells rated, 3 are open.")
    press(qtbot, panel, "C")
    go_to(panel, 1, 1)
    press(qtbot, panel, "C", "C")
    assert step.text.startswith("All cells are judged.")


def test_a_next_step_without_room_takes_a_second_line(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, small_session(2, 2))
    step, line = panel.findChild(Foot).step, panel.findChild(Foot).step.look.line
    panel.resize(1400, 600)
    qtbot.waitUntil(lambda: step.width() >= step.sizeHint().width() and step.height() < 2 * line)
    panel.resize(step.sizeHint().width(), 600)  # the link beside it takes a part of that
    qtbot.waitUntil(lambda: step.width() < step.sizeHint().width() and step.height() >= 2 * line)


def test_the_keys_stay_until_twenty_cells_are_rated(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, small_session(7, 3))
    strip = panel.findChild(KeyStrip)
    assert strip.isVisible()
    for _number in range(20):
        press(qtbot, panel, "N")
    assert not strip.isVisible()
    panel.toggle_key_strip()
    assert strip.isVisible()


def test_a_key_of_the_strip_rates_and_leaves_the_keyboard_in_the_matrix(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, small_session(2, 2))
    keys = {key.value: key for key in panel.findChild(KeyStrip).keys}
    keys[RatingValue.VERY_INCONSISTENT].click()
    assert panel.session.matrix.rating(
        panel.session.analyst, item(panel.session, 1).id, hypothesis(panel.session, 1).id
    ).value is (STRONGLY)
    assert panel.view.hasFocus()
    assert "Suppose this hypothesis were true" in keys[None].toolTip()
    assert {foot.RATING_KEYS[value] for value, key in keys.items() if key.isVisible()} == {
        "Shift+C",
        "C",
        "N",
        "I",
        "Shift+I",
        "A",
        "Del",
    }


def test_the_legend_names_the_marks_that_occur(qapp: object) -> None:
    session = small_session(3, 2)
    model = MatrixModel(session)
    marks = Marks(model)
    assert marks.in_order() == []
    cell = (item(session, 1).id, hypothesis(session, 1).id)
    rate(session, 1, 2, C)
    session.execute(edits.rate(session.analysis, session.matrix, session.analyst, [cell], STRONGLY))
    change = session.execute(
        edits.annotate(session.matrix, session.analyst, [cell], rationale="why", confidence=Level.LOW)
    )
    marks.follow(change)
    marks.follow(
        session.execute(
            edits.set_field(session.analysis, "evidence", [item(session, 2).id], "kind", EvidenceKind.ABSENCE)
        )
    )
    marks.follow(session.execute(edits.set_aside(session.analysis, [item(session, 3).id], "")))
    found = marks.in_order()
    assert [Legend.text_of(mark) for mark in found] == [
        "tells them apart",
        "reason given",
        "low confidence",
        "set aside",
        "absence of evidence",
    ]
    assert Marks(model).in_order() == found
    model.deleteLater()


# How the matrix was last looked at


def test_the_view_is_remembered(qtbot: QtBot) -> None:
    session = small_session(3, 2)
    panel = shown_panel(qtbot, session)
    press(qtbot, panel, "C", "Right", "Ctrl+T")
    panel.looks.toggle_column("event_date")
    panel.toggle_key_strip()
    store = SettingsStore()
    store.save_view_state(session.analysis.id, panel.view_state())
    again = shown_panel(qtbot, session)
    again.restore(store.view_state(session.analysis.id))
    assert again.looks.transposed
    assert again.looks.columns == ["event_date"]
    assert not again.key_strip_shown
    assert not again.scores_shown
    assert again.view_state() == panel.view_state().model_copy(update={"current": again.view_state().current})


def test_a_hidden_standing_stays_hidden(qtbot: QtBot) -> None:
    session = small_session(2, 2)
    rate_all(session)
    panel = shown_panel(qtbot, session)
    panel.set_scores_hidden(True)
    again = shown_panel(qtbot, session)
    again.restore(panel.view_state())
    assert not again.scores_shown


@pytest.mark.parametrize(
    "extra",
    [
        {"text_width": "wide", "column_width": -5, "key_strip": 3, "passed": [["a"], 5], "scores_revealed": "yes"},
        {"columns": ["nonsense"], "passed": None, "columns_chosen": 1},
    ],
)
def test_a_damaged_view_state_does_no_harm(qtbot: QtBot, extra: dict[str, object]) -> None:
    panel = shown_panel(qtbot, small_session(2, 2))
    panel.restore(ViewState.model_validate(extra))
    assert place(panel) == (1, 1)
    assert panel.grab().width() > 0


def test_the_current_cell_is_the_first_unrated_one_when_a_file_opens(qtbot: QtBot) -> None:
    session = small_session(3, 2)
    rate(session, 1, 1, C)
    session.matrix.set_rating(
        session.analyst, item(session, 1).id, hypothesis(session, 2).id, Rating(None, "only a note")
    )
    panel = shown_panel(qtbot, Session(session.analysis))
    assert place(panel) == (1, 2)
