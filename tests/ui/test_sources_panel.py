"""The panel of sources: the list, its search and orders, and one source in full."""

from __future__ import annotations

import pytest
from helpers.accessible import nameless_controls
from helpers.analyses import Case
from helpers.sourced import cite, rated_case, source_of
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from ach_desk.commands import sources as source_edits
from ach_desk.model import GradingScheme, Reliability, SourceEvaluation
from ach_desk.ui.session import Session
from ach_desk.ui.sources.panel import SourcesPanel
from ach_desk.ui.sources.rows import BY_GRADE, BY_ITEMS, BY_MARK, BY_NAME
from ach_desk.ui.widgets.chips import LinkButton
from ach_desk.ui.widgets.choice import SEPARATOR, Choice


@pytest.fixture
def rated() -> Case:
    return rated_case()


@pytest.fixture
def session(rated: Case) -> Session:
    cite(rated, "Reuters", 1, 2, reliability=Reliability.B, kind="agency")
    cite(rated, "A blog", 3, reliability=Reliability.F, suspect=True)
    cite(rated, "Associated Press", reliability=Reliability.A)
    cite(rated, "Somebody", 2, 3, 4, withheld=True)
    return Session(rated.analysis)


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> SourcesPanel:
    panel = SourcesPanel(session)
    qtbot.addWidget(panel)
    panel.resize(392, 700)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def listed(panel: SourcesPanel) -> list[str]:
    """Return the labels in the order of the list."""
    return [row.source.label for row in panel.model.rows]


def pick(choice: Choice, value: object) -> None:
    """Choose a value as a person does."""
    index = choice._values.index(value)
    choice.setCurrentIndex(index)
    choice.activated.emit(index)


def test_a_row_says_grade_marks_items_and_kind(panel: SourcesPanel) -> None:
    rows = panel.model.rows
    assert [row.name for row in rows] == ["S1  Reuters", "S2  A blog", "S3  Associated Press", "S4  Somebody"]
    assert [row.detail for row in rows] == [
        "grade B · 2 items · agency",
        "grade F · suspect · 1 item",
        "grade A · 0 items",
        "withheld · 3 items",
    ]


@pytest.mark.parametrize(
    ("order", "labels"),
    [
        (BY_NAME, ["S2", "S3", "S1", "S4"]),
        (BY_GRADE, ["S3", "S1", "S2", "S4"]),  # A, B, then what cannot be judged, then what is not graded
        (BY_ITEMS, ["S4", "S1", "S2", "S3"]),
        (BY_MARK, ["S2", "S4", "S1", "S3"]),
    ],
)
def test_the_list_is_put_in_order(panel: SourcesPanel, order: str, labels: list[str]) -> None:
    pick(panel.order, order)
    assert listed(panel) == labels


def test_a_search_shows_what_holds_every_word(panel: SourcesPanel, qtbot: QtBot) -> None:
    qtbot.keyClicks(panel.search, "press grade")
    assert listed(panel) == ["S3"]
    assert panel.empty.text() == "1 of 4 sources"
    panel.search.setText("agency")
    assert listed(panel) == ["S1"]
    panel.search.setText("nobody")
    assert listed(panel) == []
    assert not panel.area.isVisible()
    panel.choose(source_of_panel(panel, "S2"))
    assert panel.search.text() == ""
    assert panel.editor.heading.text() == "S2"


def source_of_panel(panel: SourcesPanel, label: str) -> str:
    """Return the id of the source of that label."""
    return next(entry.id for entry in panel.session.analysis.sources.values() if entry.label == label)


def test_what_cannot_be_judged_stands_apart_after_a_line(panel: SourcesPanel) -> None:
    values = panel.editor.reliability.choice._values
    assert values[-2:] == [SEPARATOR[0], Reliability.F]
    assert values[:-2] == [None, *list(Reliability)[:-1]]
    values = panel.editor.evaluation.choice._values
    assert values == [
        None,
        SourceEvaluation.RELIABLE,
        SourceEvaluation.NOT_RELIABLE,
        SEPARATOR[0],
        SourceEvaluation.UNTESTED,
    ]


def test_every_field_is_edited_while_one_types(panel: SourcesPanel, rated: Case, qtbot: QtBot) -> None:
    editor = panel.editor
    qtbot.keyClick(editor.more, Qt.Key.Key_Space)
    for field, text in (
        (editor.name, "Reuters, London"),
        (editor.kind_words, "news agency"),
        (editor.date, "2023-06-24"),
        (editor.link, "https://example.org/a?b=1"),
        (editor.note, "twice"),
        (editor.reasons[0], "long record"),
        (editor.reasons[3], "never wrong"),
    ):
        field.box.put(text)
    pick(editor.reliability.choice, Reliability.A)
    editor.suspect.click()
    editor.withheld.click()
    qtbot.waitUntil(editor.suspect_reason.isVisible)
    editor.public_description.box.put("An agency")
    editor.flush()
    stored = source_of(rated, 1)
    assert (stored.name, stored.kind, stored.date) == ("Reuters, London", "news agency", "2023-06-24")
    assert (stored.link, stored.note, stored.reliability) == ("https://example.org/a?b=1", "twice", Reliability.A)
    assert (stored.grade_reason, stored.track_record) == ("long record", "never wrong")
    assert (stored.suspect, stored.withheld, stored.public_description) == (True, True, "An agency")
    qtbot.waitUntil(lambda: panel.model.rows[0].name == "S1  Reuters, London")
    assert "No doubt of authenticity" in editor.meaning.text()


def test_the_items_that_cite_a_source_are_links(panel: SourcesPanel, rated: Case, qtbot: QtBot) -> None:
    panel.choose(source_of(rated, 4).id)
    assert panel.editor.cited.text() == "Cited by 3 items:"
    links = [link for link in panel.editor.items.findChildren(LinkButton) if link.isVisible()]
    assert [link.text() for link in links] == ["E2", "E3", "E4"]
    with qtbot.waitSignal(panel.link_activated) as heard:
        links[1].click()
    assert heard.args == ["evidence", rated.e(3)]


def test_the_ranking_without_it_is_said_unless_the_standing_is_hidden(
    panel: SourcesPanel, rated: Case, qtbot: QtBot
) -> None:
    words = panel.editor.without.words
    qtbot.waitUntil(lambda: words.text() == "Without S1, H1 draws level with H2.")
    panel.choose(source_of(rated, 3).id)
    qtbot.waitUntil(lambda: words.text() == "Without S3 nothing changes in the order.")
    panel.set_scores_shown(False)
    qtbot.waitUntil(lambda: "together with the scores" in words.text())


def test_sources_are_added_and_deleted_as_steps(panel: SourcesPanel, session: Session, qtbot: QtBot) -> None:
    panel.add_button.click()
    assert panel.focusWidget() is panel.editor.name.box
    qtbot.keyClicks(panel.editor.name.box, "AFP")
    panel.editor.flush()
    assert [source.name for source in session.analysis.sources.values()][-1] == "AFP"
    qtbot.keyClick(panel.list, Qt.Key.Key_Delete)
    assert len(session.analysis.sources) == 4
    assert panel.current == list(session.analysis.sources)[-1]
    session.undo()
    qtbot.waitUntil(lambda: len(panel.model.rows) == 5)


def test_the_keyboard_goes_from_search_to_list_to_name_and_back(panel: SourcesPanel, qtbot: QtBot) -> None:
    panel.activateWindow()
    panel.search.setFocus()
    qtbot.keyClick(panel.search, Qt.Key.Key_Down)
    qtbot.waitUntil(panel.list.hasFocus)
    qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    assert panel.editor.heading.text() == "S2"
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    qtbot.waitUntil(panel.editor.name.box.hasFocus)
    with qtbot.waitSignal(panel.left):
        qtbot.keyClick(panel, Qt.Key.Key_Escape)


def test_another_scheme_shows_its_own_grade(panel: SourcesPanel, session: Session, qtbot: QtBot) -> None:
    session.execute(source_edits.set_scheme(session.analysis, GradingScheme.UK_3X5X2))
    qtbot.waitUntil(panel.editor.evaluation.isVisible)
    assert not panel.editor.reliability.isVisible()
    assert panel.model.rows[0].detail == "2 items · agency"


def test_a_read_only_analysis_cannot_be_changed(session: Session, panel: SourcesPanel) -> None:
    session.read_only = True
    panel.refresh()
    for button in (panel.add_button, panel.merge_button, panel.delete_button, panel.editor.retract):
        assert not button.isEnabled()
    assert panel.editor.name.box.isReadOnly()


def test_an_analysis_without_sources_says_how_to_add_one(qtbot: QtBot) -> None:
    panel = SourcesPanel(Session(rated_case().analysis))
    qtbot.addWidget(panel)
    panel.show()
    assert panel.empty.text().startswith("No source yet.")
    assert not panel.area.isVisible()
    assert not panel.delete_button.isEnabled()


def test_many_sources_with_long_names_fit_and_every_control_is_named(
    panel: SourcesPanel, rated: Case, session: Session
) -> None:
    for number in range(60):
        cite(rated, f"Source {number} " + "with a very long name " * 8)
    session.replace_analysis(rated.analysis, dirty=False)
    assert len(panel.model.rows) == 64
    assert panel.minimumSizeHint().width() <= 392
    assert nameless_controls(panel) == []


def test_a_link_is_opened_when_asked_and_not_before(
    panel: SourcesPanel, rated: Case, session: Session, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    cite(rated, "With link", link="https://example.org/a")
    session.replace_analysis(rated.analysis, dirty=False)
    panel.choose(list(session.analysis.sources)[-1])
    assert opened == []
    panel.editor.open_link.click()
    assert [url.toString() for url in opened] == ["https://example.org/a"]
