"""The start page."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.accessible import nameless_controls
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ach_desk.ui.pages import StartPage
from ach_desk.ui.pages.start import short_folder
from ach_desk.ui.settings import SettingsStore


@pytest.fixture
def store() -> SettingsStore:
    return SettingsStore()


def start_page(store: SettingsStore, qtbot: QtBot) -> StartPage:
    page = StartPage(store)
    qtbot.addWidget(page)
    page.show()
    return page


def test_each_beginning_is_one_click_away(store: SettingsStore, qtbot: QtBot) -> None:
    page = start_page(store, qtbot)
    for button, signal, said in (
        (page.new_button, page.new_requested, [""]),
        (page.open_button, page.open_requested, []),
        (page.june_button, page.example_requested, ["june-2023"]),
        (page.iraq_button, page.example_requested, ["iraq-1993"]),
        (page.practise_button, page.practise_requested, []),
    ):
        with qtbot.waitSignal(signal) as heard:
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert heard.args == said
        button.setFocus()
        with qtbot.waitSignal(signal):
            qtbot.keyClick(button, Qt.Key.Key_Space)


def test_a_question_typed_at_once_begins_a_new_analysis(store: SettingsStore, qtbot: QtBot) -> None:
    page = start_page(store, qtbot)
    qtbot.keyClicks(page.question, "Why?")
    with qtbot.waitSignal(page.new_requested) as heard:
        qtbot.keyClick(page.question, Qt.Key.Key_Return)
    assert heard.args == ["Why?"]
    with qtbot.waitSignal(page.new_requested) as heard:
        page.new_button.click()
    assert heard.args == ["Why?"]


def test_a_recent_file_is_opened(store: SettingsStore, qtbot: QtBot, tmp_path: Path) -> None:
    files = [tmp_path / "first.ach.json", tmp_path / "second.ach.json"]
    for file in files:
        file.write_text("{}")
        store.remember_file(file)
    page = start_page(store, qtbot)
    assert [button.words for button in page.recent] == ["second", "first"]
    assert str(tmp_path) in page.recent[0].accessibleName()
    assert not page.nothing_recent.isVisible()
    with qtbot.waitSignal(page.file_chosen) as heard:
        page.recent[1].click()
    assert heard.args == [str(files[0])]


def test_a_missing_file_is_named_and_taken_from_the_list(store: SettingsStore, qtbot: QtBot, tmp_path: Path) -> None:
    store.remember_file(tmp_path / "gone.ach.json")
    page = start_page(store, qtbot)
    with qtbot.assertNotEmitted(page.file_chosen):
        page.recent[0].click()
    assert page.recent == []
    assert page.gone.isVisible()
    assert "gone.ach.json" in page.gone.text()
    assert str(tmp_path) in page.gone.text()
    assert SettingsStore().settings.recent_files == []
    assert page.nothing_recent.isVisible()


def test_delete_takes_a_file_from_the_list_and_leaves_it_on_disk(
    store: SettingsStore, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "kept.ach.json"
    file.write_text("{}")
    store.remember_file(file)
    page = start_page(store, qtbot)
    page.recent[0].actions()[0].trigger()
    assert page.recent == []
    assert file.exists()


def test_a_folder_is_shown_from_the_home_folder_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert short_folder(tmp_path / "cases" / "a.ach.json") == str(Path("~") / "cases")
    assert short_folder(tmp_path.parent / "a.ach.json") == str(tmp_path.parent)


def test_it_says_what_the_method_cannot_do(store: SettingsStore, qtbot: QtBot) -> None:
    page = start_page(store, qtbot)
    assert any("not a proven way of being right" in label.text() for label in page.findChildren(QLabel))


def test_every_control_of_the_start_page_has_a_name(store: SettingsStore, qtbot: QtBot, tmp_path: Path) -> None:
    store.remember_file(tmp_path / "a.ach.json")
    assert nameless_controls(start_page(store, qtbot)) == []
