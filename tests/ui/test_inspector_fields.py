"""Edits in the inspector take effect while they are made, are one undo step each, and are never lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from helpers.accessible import nameless_controls
from helpers.sessions import (
    hypothesis,
    item,
    on_cell,
    on_hypothesis,
    on_item,
    rate,
    small_analysis,
    small_session,
    stored_rating,
)
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits
from ach_desk.model import EvidenceKind, EvidenceStatus, HypothesisStatus, Level, RatingValue
from ach_desk.model.grades import GradingScheme, Handling
from ach_desk.ui import weblink
from ach_desk.ui.inspector import Inspector
from ach_desk.ui.selection import Selection
from ach_desk.ui.session import Session
from ach_desk.ui.settings import SettingsStore
from ach_desk.ui.widgets.chips import LinkButton
from ach_desk.ui.widgets.textbox import TextBox

Show = Callable[[Selection], None]


@pytest.fixture
def session() -> Session:
    return small_session()


@pytest.fixture
def inspector(session: Session, qtbot: QtBot) -> Inspector:
    inspector = Inspector(session, SettingsStore())
    qtbot.addWidget(inspector)
    inspector.resize(392, 640)
    inspector.show()
    qtbot.waitExposed(inspector)
    return inspector


@pytest.fixture
def show(inspector: Inspector) -> Show:
    def show(selection: Selection) -> None:
        inspector.show_selection(selection)
        inspector.catch_up()

    return show


def type_into(qtbot: QtBot, box: TextBox, text: str) -> None:
    """Put the keyboard at the end of the box and type."""
    box.setFocus()
    box.moveCursor(box.textCursor().MoveOperation.End)
    for number, line in enumerate(text.split("\n")):
        if number:
            qtbot.keyClick(box, Qt.Key.Key_Return)
        qtbot.keyClicks(box, line)


def unfold(inspector: Inspector) -> None:
    """Ask for every field of an item, folded or not."""
    inspector.item.more.set_open(True)
    for section in inspector.item.sections:
        section.choose(True)


def choose(editor: Any, value: object) -> None:
    """Choose `value` in the drop-down list of any of the inspector's choice editors, as a person does."""
    choice = editor.choice
    index = choice._values.index(value)
    choice.setCurrentIndex(index)
    choice.activated.emit(index)


def test_typing_takes_effect_without_leaving_the_field(
    session: Session, inspector: Inspector, show: Show, qtbot: QtBot
) -> None:
    show(on_item(session, 2))
    type_into(qtbot, inspector.item.title.box, " seen twice")
    qtbot.waitUntil(lambda: item(session, 2).title == "Item 2 seen twice")


def test_steady_typing_is_taken_over_all_the_while(
    session: Session, inspector: Inspector, show: Show, qtbot: QtBot
) -> None:
    show(on_item(session, 1))
    box = inspector.item.detail.box
    box.setFocus()

    def is_taken_over_while_typing() -> bool:
        qtbot.keyClicks(box, "a")  # never a pause
        return bool(item(session, 1).detail)

    qtbot.waitUntil(is_taken_over_while_typing, timeout=3_000)


def test_typing_in_one_field_is_one_undo_step(session: Session, inspector: Inspector, show: Show, qtbot: QtBot) -> None:
    show(on_item(session, 1))
    box = inspector.item.title.box
    for part in (" a", " b", " c"):
        type_into(qtbot, box, part)
        inspector.flush()
    assert session.history.stack.count() == 1
    box.clearFocus()
    type_into(qtbot, box, " d")
    inspector.flush()
    assert session.history.stack.count() == 2
    session.undo()
    assert item(session, 1).title == "Item 1 a b c"
    session.undo()
    qtbot.waitUntil(lambda: box.text == "Item 1")
    session.redo()
    qtbot.waitUntil(lambda: box.text == "Item 1 a b c")


def test_undo_inside_a_field_takes_the_typing_back(
    session: Session, inspector: Inspector, show: Show, qtbot: QtBot
) -> None:
    show(on_item(session, 1))
    box = inspector.item.title.box
    type_into(qtbot, box, " typed")
    qtbot.keyClick(box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert box.text == item(session, 1).title == "Item 1"
    qtbot.keyClick(box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert box.text == item(session, 1).title == "Item 1 typed"


def test_an_edit_elsewhere_leaves_the_caret_where_it_is(
    session: Session, inspector: Inspector, show: Show, qtbot: QtBot
) -> None:
    show(on_item(session, 1))
    box = inspector.item.title.box
    box.setFocus()
    cursor = box.textCursor()
    cursor.setPosition(3)
    box.setTextCursor(cursor)
    rate(session, 1, 1, RatingValue.CONSISTENT)
    session.execute(edits.set_field(session.analysis, "evidence", [item(session, 1).id], "note", "new"))
    session.undo()
    inspector.catch_up()
    assert box.textCursor().position() == 3


@pytest.mark.parametrize("how", ["selection", "tab", "flush", "hidden"])
def test_nothing_typed_is_lost(session: Session, inspector: Inspector, show: Show, qtbot: QtBot, how: str) -> None:
    show(on_cell(session, 1, 1))
    inspector.tabs.setCurrentIndex(1)
    type_into(qtbot, inspector.item.title.box, " kept")
    if how == "selection":
        inspector.show_selection(on_item(session, 3))
    elif how == "tab":
        inspector.tabs.setCurrentIndex(3)
        inspector.flush()
    elif how == "flush":
        inspector.flush()
    else:
        inspector.hide()
    assert item(session, 1).title == "Item 1 kept"
    assert item(session, 3).title == "Item 3"


def test_a_day_that_does_not_exist_is_not_taken_over_and_not_forgotten(
    session: Session, inspector: Inspector, show: Show, qtbot: QtBot
) -> None:
    unfold(inspector)
    show(on_item(session, 1))
    editor = inspector.item.learned_date
    type_into(qtbot, editor.box, "2023-02-30")
    inspector.flush()
    assert item(session, 1).learned_date is None
    assert "Not taken over" in editor.problem.text()
    assert editor.problem.isVisible()
    show(on_item(session, 2))
    assert editor.box.text == ""
    assert not editor.problem.isVisible()
    show(on_item(session, 1))
    assert editor.box.text == "2023-02-30"
    assert editor.problem.isVisible()
    editor.box.setFocus()
    editor.box.put(" 2023-02-28 ")
    editor.box.clearFocus()
    assert item(session, 1).learned_date == "2023-02-28"
    assert editor.box.text == "2023-02-28"
    assert not editor.problem.isVisible()
    editor.box.put("")
    editor.finish()
    assert item(session, 1).learned_date is None


def test_a_date_in_words_is_kept_with_what_it_was_understood_as(
    session: Session, inspector: Inspector, show: Show, qtbot: QtBot
) -> None:
    unfold(inspector)
    show(on_item(session, 1))
    editor = inspector.item.event_date
    type_into(qtbot, editor.box, "mid-June 2023")
    assert editor.remark.text() == "That is: 11 to 20 June 2023"
    assert editor.remark.isVisible()
    editor.finish()
    stored = item(session, 1)
    assert (stored.event_date, stored.event_end, stored.event_words) == ("2023-06-11", "2023-06-20", "mid-June 2023")
    assert editor.box.text == "mid-June 2023"
    editor.box.put("2023-06-10..2023-06-24")
    editor.finish()
    stored = item(session, 1)
    assert (stored.event_date, stored.event_end, stored.event_words) == ("2023-06-10", "2023-06-24", "")
    assert editor.box.text == "2023-06-10..2023-06-24"
    session.undo()
    assert item(session, 1).event_words == "mid-June 2023"


def test_a_date_that_is_not_understood_is_kept_in_words(
    session: Session, inspector: Inspector, show: Show, qtbot: QtBot
) -> None:
    unfold(inspector)
    show(on_item(session, 1))
    editor = inspector.item.event_date
    type_into(qtbot, editor.box, "before the flood")
    editor.finish()
    stored = item(session, 1)
    assert (stored.event_date, stored.event_end, stored.event_words) == (None, None, "before the flood")
    assert "Not understood" in editor.remark.text()
    assert "Not understood" in editor.box.accessibleDescription()


def test_a_day_is_taken_in_words_too(session: Session, inspector: Inspector, show: Show, qtbot: QtBot) -> None:
    unfold(inspector)
    show(on_item(session, 1))
    type_into(qtbot, inspector.item.learned_date.box, "24. Juni 2023")
    inspector.item.learned_date.box.clearFocus()
    assert item(session, 1).learned_date == "2023-06-24"
    assert inspector.item.learned_date.box.text == "2023-06-24"


@pytest.mark.parametrize(
    ("typed", "may_open"),
    [
        ("https://example.org/a?b=c#d", True),
        ("HTTP://example.org", True),
        ("file:///etc/passwd", False),
        ("javascript:alert(1)", False),
        ("https://", False),
        ("example.org", False),
        ("", False),
    ],
)
def test_only_web_addresses_can_be_opened(
    session: Session, inspector: Inspector, show: Show, qtbot: QtBot, typed: str, may_open: bool
) -> None:
    unfold(inspector)
    show(on_item(session, 1))
    link = inspector.item.link
    link.box.put(typed)
    link.finish()
    assert item(session, 1).link == typed
    assert link.open_button.isVisible() is may_open
    assert bool(link.remark.text()) is (bool(typed) and not may_open)


def test_a_link_is_opened_on_request_only(
    session: Session, inspector: Inspector, show: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(weblink.QDesktopServices, "openUrl", lambda url: opened.append(url.toString()) or True)
    unfold(inspector)
    show(on_item(session, 1))
    type_into(qtbot, inspector.item.link.box, "https://example.org/page")
    inspector.item.link.finish()
    assert opened == []
    inspector.item.link.open_button.click()
    assert opened == ["https://example.org/page"]
    assert not weblink.open_link("file:///etc/passwd")
    assert opened == ["https://example.org/page"]


def test_a_bare_attack_id_is_offered_its_scheme(
    session: Session, inspector: Inspector, show: Show, qtbot: QtBot
) -> None:
    unfold(inspector)
    show(on_item(session, 1))
    tags = inspector.item.tags
    assert not tags.offer.isVisible()
    type_into(qtbot, tags.box, "air, T1059.001")
    assert tags.offer.text() == "Write attack:T1059.001"
    tags.offer.click()
    assert item(session, 1).tags == ("air", "attack:T1059.001")
    assert not tags.offer.isVisible()
    tags.box.put("air, attack:T1059.1")
    tags.finish()
    assert "attack:T1059.1: not the form" in tags.remark.text()
    assert item(session, 1).tags == ("air", "attack:T1059.1")


def test_a_marking_is_chosen_or_typed(session: Session, inspector: Inspector, show: Show) -> None:
    unfold(inspector)
    show(on_item(session, 1))
    marking = inspector.item.marking
    steps = next(button for button in marking.findChildren(QToolButton) if button.menu())
    next(action for action in steps.menu().actions() if action.text() == "TLP:RED").trigger()
    assert item(session, 1).marking == "TLP:RED"
    assert session.history.stack.undoText() == "Set the marking of E1"
    marking.box.put("VS-NfD")
    marking.finish()
    assert item(session, 1).marking == "VS-NfD"


def test_several_items_share_tags_code_and_marking(session: Session, inspector: Inspector, show: Show) -> None:
    for number, tags in ((1, ("air", "sea")), (2, ("sea", "land"))):
        session.execute(edits.set_field(session.analysis, "evidence", [item(session, number).id], "tags", tags))
    show(on_item(session, 1, 2))
    panel = inspector.several
    assert panel.tags.box.text == "sea"
    panel.tags.box.put("sea, night")
    panel.tags.finish()
    assert item(session, 1).tags == ("sea", "night", "air")
    assert item(session, 2).tags == ("sea", "night", "land")
    assert session.history.stack.undoText() == "Set the tags of 2 items"
    session.undo()
    assert item(session, 1).tags == ("air", "sea")
    for section in panel.sections:
        section.choose(True)
    panel.marking.box.put("TLP:GREEN")
    panel.marking.finish()
    panel.code.box.put("K7")
    panel.code.finish()
    assert {item(session, number).marking for number in (1, 2)} == {"TLP:GREEN"}
    assert {item(session, number).code for number in (1, 2)} == {"K7"}
    assert (item(session, 3).marking, item(session, 3).code) == ("", "")
    session.execute(edits.set_field(session.analysis, "evidence", [item(session, 1).id], "code", "K8"))
    inspector.catch_up()
    assert panel.code.box.text == ""
    assert "differs" in panel.code.remark.text()
    inspector.flush()
    assert (item(session, 1).code, item(session, 2).code) == ("K8", "K7")


def test_handling_shows_with_its_grading_scheme(session: Session, inspector: Inspector, show: Show) -> None:
    unfold(inspector)
    show(on_item(session, 1))
    assert not inspector.item.handling.isVisible()
    session.execute(
        edits.set_field(session.analysis, "analysis", [session.analysis.id], "grading", GradingScheme.UK_3X5X2)
    )
    inspector.catch_up()
    assert inspector.item.handling.isVisible()
    choose(inspector.item.handling, Handling.CONDITIONS)
    assert item(session, 1).handling is Handling.CONDITIONS


def test_a_read_only_analysis_can_be_read_and_not_edited(
    session: Session, inspector: Inspector, show: Show, qtbot: QtBot
) -> None:
    session.read_only = True
    unfold(inspector)
    show(on_cell(session, 1, 1))
    assert inspector.cell.rationale.box.isReadOnly()
    assert not any(button.isEnabled() for button in inspector.cell._buttons.values())
    show(on_item(session, 1))
    assert inspector.item.title.box.isReadOnly()
    assert not inspector.item.kind_choice.choice.isEnabled()
    assert not inspector.item.flag.isEnabled()
    assert not inspector.item.citations.entry.isVisible()
    type_into(qtbot, inspector.item.title.box, "nothing")
    inspector.flush()
    assert item(session, 1).title == "Item 1"


def test_what_is_not_used_is_folded_away(session: Session, inspector: Inspector, show: Show) -> None:
    show(on_item(session, 1))
    panel = inspector.item
    newcomer = (panel.title, panel.detail, panel.kind_choice, panel.citations)
    rest = (panel.credibility, panel.event_date, panel.tags, panel.note, panel.flag, panel.status, panel.entered)
    assert all(part.isVisible() for part in newcomer)
    assert not any(part.isVisible() for part in rest)
    assert not any(section.isVisible() for section in panel.sections)
    panel.more.click()
    assert all(section.isVisible() and not section.is_open for section in panel.sections)
    for section in panel.sections:
        section.switch.click()
    assert all(part.isVisible() for part in rest)
    panel.more.click()
    assert not any(part.isVisible() for part in rest)
    session.execute(edits.set_field(session.analysis, "evidence", [item(session, 1).id], "relevance", Level.LOW))
    inspector.catch_up()
    assert panel.relevance.isVisible()
    assert not panel.note.isVisible()
    show(on_item(session, 2))
    assert not panel.relevance.isVisible()


def test_a_section_opens_where_it_is_used_and_stays_as_it_was_left(
    session: Session, inspector: Inspector, show: Show, qtbot: QtBot
) -> None:
    tags = next(section for section in inspector.item.sections if section.key == "tags")
    show(on_item(session, 1))
    assert not tags.isVisible()
    session.execute(edits.set_field(session.analysis, "evidence", [item(session, 1).id], "tags", ("air",)))
    inspector.catch_up()
    assert tags.is_open
    assert inspector.item.tags.isVisible()
    show(on_item(session, 2))
    assert not tags.isVisible()
    show(on_item(session, 1))
    tags.switch.click()
    assert not inspector.item.tags.isVisible()
    other = Inspector(session, SettingsStore())
    qtbot.addWidget(other)
    other.show_selection(on_item(session, 1))
    other.catch_up()
    assert not next(section for section in other.item.sections if section.key == "tags").is_open


def test_more_stays_open_for_the_next_window(session: Session, inspector: Inspector, show: Show, qtbot: QtBot) -> None:
    show(on_item(session, 1))
    inspector.item.more.click()
    assert inspector.hypothesis.more.is_open
    other = Inspector(session, SettingsStore())
    qtbot.addWidget(other)
    assert other.item.more.is_open


def test_the_question_is_reached_from_elsewhere(session: Session, inspector: Inspector, show: Show) -> None:
    show(on_cell(session, 1, 1))
    inspector.focus_question()
    assert inspector.window().focusWidget() is inspector.analysis.question.box


def test_every_field_of_an_item_can_be_edited(session: Session, inspector: Inspector, show: Show, qtbot: QtBot) -> None:
    unfold(inspector)
    show(on_item(session, 1))
    panel = inspector.item
    choose(panel.kind_choice, EvidenceKind.ASSUMPTION)
    choose(panel.credibility, Level.LOW)
    choose(panel.relevance, Level.HIGH)
    panel.flag.click()
    for editor, text in (
        (panel.detail, "long\ntext"),
        (panel.event_date, "2023-06"),
        (panel.learned_date, "2023-06-23"),
        (panel.tags, "air, land"),
        (panel.note, "to check"),
    ):
        type_into(qtbot, editor.box, text)
        editor.finish()
    stored = item(session, 1)
    assert (stored.kind, stored.credibility, stored.relevance) == (EvidenceKind.ASSUMPTION, Level.LOW, Level.HIGH)
    assert (stored.detail, stored.event_date, stored.learned_date) == ("long\ntext", "2023-06", "2023-06-23")
    assert (stored.tags, stored.note, stored.flag) == (("air", "land"), "to check", True)
    choose(panel.credibility, None)
    assert item(session, 1).credibility is None


def test_an_item_is_set_aside_with_reason_and_day(
    session: Session, inspector: Inspector, show: Show, qtbot: QtBot
) -> None:
    inspector.item.more.set_open(True)
    show(on_item(session, 1))
    panel = inspector.item
    assert not panel.reason.isVisible()
    choose(panel.status, EvidenceStatus.SET_ASIDE)
    inspector.catch_up()
    assert panel.reason.isVisible()
    type_into(qtbot, panel.reason.box, "hearsay")
    panel.reason.finish()
    stored = item(session, 1)
    assert (stored.status, stored.status_reason) == (EvidenceStatus.SET_ASIDE, "hearsay")
    assert panel.status_date.box.text == stored.status_date
    choose(panel.status, EvidenceStatus.COUNTED)
    inspector.catch_up()
    assert item(session, 1).status_date is None
    assert not panel.reason.isVisible()


def test_several_items_are_changed_in_one_step(session: Session, inspector: Inspector, show: Show) -> None:
    session.execute(edits.set_field(session.analysis, "evidence", [item(session, 2).id], "relevance", Level.LOW))
    show(on_item(session, 1, 2, 3))
    panel = inspector.several
    assert panel.isVisible()
    assert panel.heading.text() == "3 items"
    assert panel.relevance.choice.currentIndex() == -1
    assert panel.relevance.choice.placeholderText() == "differs"
    before = session.history.stack.count()
    choose(panel.relevance, Level.HIGH)
    choose(panel.status, EvidenceStatus.SET_ASIDE)
    assert session.history.stack.count() == before + 2
    assert {entry.relevance for entry in session.analysis.evidence.values()} == {Level.HIGH}
    assert {entry.status for entry in session.analysis.evidence.values()} == {EvidenceStatus.SET_ASIDE}
    session.undo()
    session.undo()
    assert [item(session, number).relevance for number in (1, 2, 3)] == [None, Level.LOW, None]


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)  # offscreen, for the completer
def test_a_source_is_added_picked_opened_and_removed(
    session: Session, inspector: Inspector, show: Show, qtbot: QtBot
) -> None:
    show(on_item(session, 1))
    citations = inspector.item.citations
    qtbot.keyClicks(citations.entry, "Reuters")
    qtbot.keyClick(citations.entry, Qt.Key.Key_Return)
    assert session.history.stack.count() == 1
    (source,) = session.analysis.sources.values()
    assert (source.label, source.name) == ("S1", "Reuters")
    show(on_item(session, 2))
    qtbot.keyClicks(citations.entry, "s1")
    qtbot.keyClick(citations.entry, Qt.Key.Key_Return)
    assert len(session.analysis.sources) == 1
    assert [citation.source for citation in item(session, 2).citations] == [source.id]
    (row,) = citations.rows
    with qtbot.waitSignal(inspector.link_activated) as asked:
        row.open_button.click()
    assert asked.args == ["source", source.id]
    row.remove_button.click()
    assert item(session, 2).citations == ()
    assert item(session, 1).citations != ()


def test_a_source_typed_without_enter_is_not_lost(
    session: Session, inspector: Inspector, show: Show, qtbot: QtBot
) -> None:
    show(on_item(session, 1))
    qtbot.keyClicks(inspector.item.citations.entry, "AFP")
    show(on_item(session, 2))
    assert [session.analysis.sources[c.source].name for c in item(session, 1).citations] == ["AFP"]
    assert item(session, 2).citations == ()


def test_labels_in_a_text_are_links(session: Session, inspector: Inspector, show: Show, qtbot: QtBot) -> None:
    show(on_item(session, 1))
    type_into(qtbot, inspector.item.detail.box, "see E2 and H1, not E1, E99 or XE3")
    inspector.flush()
    links = [link for link in inspector.item.detail.links.findChildren(LinkButton) if link.isVisible()]
    assert [link.text() for link in links] == ["E2", "H1"]
    assert links[0].accessibleName() == "Go to E2: Item 2"
    with qtbot.waitSignal(inspector.link_activated) as signal:
        links[1].click()
    assert signal.args == ["hypothesis", hypothesis(session, 1).id]


def test_a_cell_shows_the_question_and_both_texts(session: Session, inspector: Inspector, show: Show) -> None:
    session.execute(
        edits.set_field(session.analysis, "hypothesis", [hypothesis(session, 2).id], "statement", "In full.")
    )
    show(on_cell(session, 3, 2))
    words = " ".join(label.text() for label in inspector.cell.findChildren(QLabel) if label.isVisible())
    assert "Suppose this hypothesis were true" in words
    assert "E3 under H2" in words
    for text in ("Hypothesis 2", "In full.", "Item 3", "Trust in the source is set separately"):
        assert text in words


def test_a_cell_is_rated_with_the_answers(session: Session, inspector: Inspector, show: Show, qtbot: QtBot) -> None:
    show(on_cell(session, 1, 2))
    buttons = inspector.cell._buttons
    assert buttons[None].isChecked()
    for value in (RatingValue.NOT_APPLICABLE, RatingValue.NEUTRAL, RatingValue.VERY_INCONSISTENT):
        buttons[value].click()
        assert stored_rating(session, 1, 2) == value
    assert session.history.stack.count() == 1
    qtbot.mouseClick(buttons[RatingValue.NEUTRAL], Qt.MouseButton.LeftButton)
    assert session.history.stack.count() == 2
    session.undo()
    assert stored_rating(session, 1, 2) == RatingValue.VERY_INCONSISTENT
    assert inspector.cell.when.text().startswith("Rated on 2")
    rate(session, 1, 2, RatingValue.CONSISTENT)
    qtbot.waitUntil(buttons[RatingValue.CONSISTENT].isChecked)
    buttons[None].click()
    assert stored_rating(session, 1, 2) is None


def test_a_block_of_cells_is_rated_at_once(session: Session, inspector: Inspector, show: Show) -> None:
    rate(session, 1, 1, RatingValue.NEUTRAL)
    cells = tuple((item(session, row).id, hypothesis(session, 1).id) for row in (1, 2))
    show(Selection("cell", cells[0][0], cells[0][1], cells))
    assert "2 cells selected" in inspector.cell.heading.text()
    assert not any(button.isChecked() for button in inspector.cell._buttons.values())
    inspector.cell._buttons[RatingValue.INCONSISTENT].click()
    assert [stored_rating(session, row, 1) for row in (1, 2, 3)] == [RatingValue.INCONSISTENT] * 2 + [None]


def test_the_confidence_of_a_block_is_set_at_once_where_it_is_rated(
    session: Session, inspector: Inspector, show: Show
) -> None:
    for row in (1, 2):
        rate(session, row, 1, RatingValue.NEUTRAL)
    cells = tuple((item(session, row).id, hypothesis(session, 1).id) for row in (1, 2, 3))
    show(Selection("cell", cells[2][0], cells[2][1], cells))
    choose(inspector.cell.confidence, Level.HIGH)

    def levels() -> list[Level | None]:
        ratings = (session.matrix.rating(session.analyst, *cell) for cell in cells)
        return [rating.confidence if rating else None for rating in ratings]

    assert levels() == [Level.HIGH, Level.HIGH, None]
    assert inspector.cell.confidence.choice.value is Level.HIGH
    session.undo()
    assert levels() == [None] * 3


def test_reason_and_confidence_belong_to_the_cell(
    session: Session, inspector: Inspector, show: Show, qtbot: QtBot
) -> None:
    show(on_cell(session, 1, 1))
    inspector.focus_rationale()
    box = inspector.cell.rationale.box
    assert inspector.window().focusWidget() is box
    qtbot.keyClicks(box, "because of E2")
    show(on_cell(session, 1, 2))
    assert box.text == ""
    assert not inspector.cell.confidence.choice.isEnabled(), "a cell that is not rated has no confidence"
    inspector.cell._buttons[RatingValue.NEUTRAL].click()
    choose(inspector.cell.confidence, Level.LOW)
    sheet = session.matrix.sheets[session.analyst][item(session, 1).id]
    assert sheet[hypothesis(session, 1).id].rationale == "because of E2"
    assert sheet[hypothesis(session, 2).id].confidence is Level.LOW
    assert stored_rating(session, 1, 1) is None


def test_the_rater_is_named_only_among_several(session: Session, inspector: Inspector, show: Show) -> None:
    rate(session, 1, 1, RatingValue.CONSISTENT)
    show(on_cell(session, 1, 1))
    assert "Analyst 1" not in inspector.cell.when.text()
    other = session.analysis.analysts[session.analyst].model_copy(update={"id": "other", "name": "B"})
    session.analysis.analysts["other"] = other
    inspector.catch_up()
    assert inspector.cell.when.text().startswith("Rated by Analyst 1 on ")


def test_every_field_of_a_hypothesis_can_be_edited(
    session: Session, inspector: Inspector, show: Show, qtbot: QtBot
) -> None:
    inspector.hypothesis.more.set_open(True)
    show(on_hypothesis(session, 2))
    panel = inspector.hypothesis
    for editor, text in ((panel.title, " b"), (panel.statement, "s"), (panel.note, "n")):
        type_into(qtbot, editor.box, text)
        editor.finish()
    choose(panel.colour.editor, "#009e73")
    panel.combines._boxes[hypothesis(session, 1).id].click()
    choose(panel.status, HypothesisStatus.REJECTED)
    inspector.catch_up()
    type_into(qtbot, panel.reason.box, "refuted by E1")
    panel.reason.finish()
    stored = hypothesis(session, 2)
    assert (stored.title, stored.statement, stored.note) == ("Hypothesis 2 b", "s", "n")
    assert (stored.colour, stored.combines) == ("#009e73", (hypothesis(session, 1).id,))
    assert (stored.status, stored.status_reason) == (HypothesisStatus.REJECTED, "refuted by E1")
    assert stored.status_date
    assert panel.standing.text() == "H2 is rejected and not ranked."
    choose(panel.colour.editor, None)
    assert hypothesis(session, 2).colour is None


def test_a_part_cannot_combine_its_combination(session: Session, inspector: Inspector, show: Show) -> None:
    first, second = hypothesis(session, 1).id, hypothesis(session, 2).id
    session.execute(edits.set_field(session.analysis, "hypothesis", [second], "combines", (first,)))
    inspector.hypothesis.more.set_open(True)
    show(on_hypothesis(session, 1))
    assert second not in inspector.hypothesis.combines._boxes


def test_the_standing_is_silent_while_scores_are_hidden(session: Session, inspector: Inspector, show: Show) -> None:
    for column in (1, 2):
        for row in (1, 2, 3):
            rate(session, row, column, RatingValue.INCONSISTENT)
    inspector.set_scores_shown(False)
    show(on_hypothesis(session, 1))
    assert not inspector.hypothesis.standing.isVisible()
    inspector.set_scores_shown(True)
    inspector.catch_up()
    assert inspector.hypothesis.standing.text() == "H1: 3 against."


def test_without_a_selection_the_analysis_is_shown(
    session: Session, inspector: Inspector, show: Show, qtbot: QtBot
) -> None:
    show(Selection())
    panel = inspector.analysis
    for editor, text in (
        (panel.description, "d"),
        (panel.notice, "n"),
        (panel.marking, "OPEN"),
        (panel.authors, "A\nB, C"),
        (panel.as_of, "2023-06-30"),
    ):
        type_into(qtbot, editor.box, text)
        editor.finish()
    analysis = session.analysis
    assert (analysis.description, analysis.notice, analysis.marking) == ("d", "n", "OPEN")
    assert (analysis.authors, analysis.as_of) == (("A", "B, C"), "2023-06-30")
    assert panel.counts.text().startswith("2 hypotheses, 3 evidence items and 0 sources")


def test_the_tab_follows_the_kind_of_selection_and_else_the_person(
    session: Session, inspector: Inspector, show: Show
) -> None:
    show(on_cell(session, 1, 1))
    assert inspector.tabs.tabText(inspector.tabs.currentIndex()) == "Rating"
    inspector.tabs.setCurrentIndex(1)
    show(on_cell(session, 2, 1))
    assert inspector.tabs.tabText(inspector.tabs.currentIndex()) == "E2"
    assert inspector.item.title.box.text == "Item 2"
    show(on_hypothesis(session, 2))
    assert inspector.tabs.tabText(inspector.tabs.currentIndex()) == "H2"
    assert not inspector.tabs.isTabEnabled(0)


def test_deleting_what_is_shown_leaves_the_inspector_on_the_analysis(
    session: Session, inspector: Inspector, show: Show, qtbot: QtBot
) -> None:
    show(on_item(session, 2))
    type_into(qtbot, inspector.item.title.box, "half a wo")
    session.execute(edits.remove(session.analysis, "evidence", [item(session, 2).id]))
    inspector.catch_up()
    assert inspector.analysis.isVisible()
    session.undo()
    show(on_item(session, 2))
    assert inspector.item.title.box.text == item(session, 2).title == "Item 2half a wo"


def test_typing_for_a_deleted_item_never_reaches_another(
    session: Session, inspector: Inspector, show: Show, qtbot: QtBot
) -> None:
    show(on_item(session, 2))
    type_into(qtbot, inspector.item.title.box, "half a wo")
    session.execute(edits.remove(session.analysis, "evidence", [item(session, 2).id]))
    show(on_item(session, 1))
    inspector.flush()
    assert [entry.title for entry in session.analysis.evidence.values()] == ["Item 1", "Item 3"]


def test_another_analysis_starts_without_drafts(
    session: Session, inspector: Inspector, show: Show, qtbot: QtBot
) -> None:
    unfold(inspector)
    show(on_item(session, 1))
    type_into(qtbot, inspector.item.learned_date.box, "soon")
    inspector.flush()
    session.replace_analysis(small_analysis(), dirty=False)
    assert inspector.analysis.isVisible()
    show(on_item(session, 1))
    assert inspector.item.learned_date.box.text == ""


def test_labels_never_take_a_text_for_markup(session: Session, inspector: Inspector, show: Show) -> None:
    session.execute(edits.set_field(session.analysis, "evidence", [item(session, 1).id], "title", "<b>x</b>&amp;"))
    show(on_cell(session, 1, 1))
    formats = {label.textFormat() for label in inspector.findChildren(QLabel)}
    assert formats == {Qt.TextFormat.PlainText}
    assert inspector.cell.texts.titles[1].text() == "E1  <b>x</b>&amp;"


def test_every_control_has_a_name(session: Session, inspector: Inspector, show: Show) -> None:
    command, _source = edits.add_source(session.analysis, "Reuters", [item(session, 1).id])
    session.execute(command)
    for selection in (Selection(), on_item(session, 1, 2), on_item(session, 1), on_hypothesis(session, 1)):
        show(selection)
        assert nameless_controls(inspector) == []


def test_tab_walks_the_fields_from_top_to_bottom(
    session: Session, inspector: Inspector, show: Show, qtbot: QtBot
) -> None:
    show(on_item(session, 1))
    panel = inspector.item
    panel.title.box.setFocus()
    walked = []
    for _step in range(4):
        qtbot.keyClick(inspector.focusWidget(), Qt.Key.Key_Tab)
        walked.append(inspector.focusWidget())
    assert walked == [panel.detail.box, panel.kind_choice.choice, panel.citations.entry, panel.more]
