"""Settings, sources, analysis properties, About."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from helpers.accessible import nameless_controls
from helpers.sessions import item, small_session
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

import ach_desk
from ach_desk.commands import edits
from ach_desk.ui.dialogs.about import AboutDialog, parts
from ach_desk.ui.dialogs.properties import AnalysisPropertiesDialog
from ach_desk.ui.dialogs.settings import SettingsDialog
from ach_desk.ui.dialogs.sources import SourcesDialog
from ach_desk.ui.session import Session
from ach_desk.ui.settings import SettingsStore
from ach_desk.ui.widgets.chips import LinkButton
from ach_desk.ui.widgets.choice import Choice


@pytest.fixture
def session() -> Session:
    return small_session()


def add_source(session: Session, name: str, *rows: int) -> str:
    command, source = edits.add_source(session.analysis, name, [item(session, row).id for row in rows])
    session.execute(command)
    return source


@pytest.fixture
def open_sources(session: Session, qtbot: QtBot) -> Callable[..., SourcesDialog]:
    def open_sources(source: str = "") -> SourcesDialog:
        dialog = SourcesDialog(session, None, source)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitExposed(dialog)
        return dialog

    return open_sources


def pick(choice: Choice, index: int) -> None:
    choice.setCurrentIndex(index)
    choice.activated.emit(index)


def test_settings_apply_at_once_and_stay(qtbot: QtBot) -> None:
    store = SettingsStore()
    dialog = SettingsDialog(store)
    qtbot.addWidget(dialog)
    dialog.show()
    changes: list[bool] = []
    dialog.changed.connect(lambda: changes.append(True))
    pick(dialog.theme, 2)
    pick(dialog.after_rating, 1)
    pick(dialog.score_sign, 1)
    dialog.keep_backup.click()
    qtbot.keyClicks(dialog.analyst_name, "Ann")
    stored = SettingsStore().settings
    assert (stored.theme, stored.after_rating, stored.score_sign) == ("dark", "next_item", "positive")
    assert (stored.keep_backup, stored.analyst_name) == (True, "Ann")
    assert len(changes) == 7
    pick(dialog.theme, 2)
    assert len(changes) == 7
    again = SettingsDialog(SettingsStore())
    qtbot.addWidget(again)
    assert (again.theme.value, again.analyst_name.text(), again.keep_backup.isChecked()) == ("dark", "Ann", True)


def test_a_source_is_edited_while_one_types(
    session: Session, open_sources: Callable[..., SourcesDialog], qtbot: QtBot
) -> None:
    source = add_source(session, "Reuters", 1, 3)
    dialog = open_sources(source)
    panel = dialog.panel
    assert panel.heading.text() == "S1"
    for editor, text in (
        (panel.kind_words, "agency"),
        (panel.link, "https://example.org/a?b=1"),
        (panel.date, "2023-06-24"),
        (panel.note, "twice"),
    ):
        editor.box.put(text)
    panel.name.box.put("Reuters, London")
    qtbot.waitUntil(lambda: dialog.list.item(0).text() == "S1  Reuters, London")
    dialog.reject()
    stored = session.analysis.sources[source]
    assert (stored.name, stored.kind, stored.date) == ("Reuters, London", "agency", "2023-06-24")
    assert (stored.link, stored.note) == ("https://example.org/a?b=1", "twice")


def test_the_items_that_cite_a_source_are_links(
    session: Session, open_sources: Callable[..., SourcesDialog], qtbot: QtBot
) -> None:
    dialog = open_sources(add_source(session, "Reuters", 1, 3))
    assert dialog.panel.cited.text() == "Cited by 2 items:"
    links = [link for link in dialog.panel.items.findChildren(LinkButton) if link.isVisible()]
    assert [link.text() for link in links] == ["E1", "E3"]
    with qtbot.waitSignal(dialog.link_activated) as heard:
        links[1].click()
    assert heard.args == ["evidence", item(session, 3).id]


def test_many_citing_items_are_all_linked(session: Session, open_sources: Callable[..., SourcesDialog]) -> None:
    titles = [{"title": f"More {number}"} for number in range(30)]
    session.execute(edits.add_items(session.analysis, session.matrix, titles))
    dialog = open_sources(add_source(session, "Reuters", *range(1, 34)))
    links = [link for link in dialog.panel.items.findChildren(LinkButton) if link.isVisible()]
    assert len(links) == 33


def test_sources_are_added_and_deleted_as_steps(
    session: Session, open_sources: Callable[..., SourcesDialog], qtbot: QtBot
) -> None:
    dialog = open_sources()
    assert dialog.empty.isVisible()
    assert not dialog.delete_button.isEnabled()
    dialog.add_button.click()
    assert dialog.focusWidget() is dialog.panel.name.box
    qtbot.keyClicks(dialog.panel.name.box, "AFP")
    dialog.add_button.click()
    assert [source.name for source in session.analysis.sources.values()] == ["AFP", "New source"]
    dialog.delete_button.click()
    assert [source.name for source in session.analysis.sources.values()] == ["AFP"]
    assert dialog.current == next(iter(session.analysis.sources))
    session.undo()
    assert dialog.list.count() == 2


def test_a_deleted_source_is_cited_again_after_undo(
    session: Session, open_sources: Callable[..., SourcesDialog]
) -> None:
    source = add_source(session, "Reuters", 2)
    dialog = open_sources(source)
    dialog.delete_button.click()
    assert item(session, 2).citations == ()
    session.undo()
    assert [citation.source for citation in item(session, 2).citations] == [source]


def test_sources_of_a_read_only_analysis_cannot_be_changed(
    session: Session, open_sources: Callable[..., SourcesDialog]
) -> None:
    source = add_source(session, "Reuters")
    session.read_only = True
    dialog = open_sources(source)
    assert dialog.panel.name.box.isReadOnly()
    assert not dialog.add_button.isEnabled()
    assert not dialog.delete_button.isEnabled()


def test_properties_are_kept_when_the_dialog_closes(session: Session, qtbot: QtBot) -> None:
    dialog = AnalysisPropertiesDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.panel.marking.box.put("OPEN")
    dialog.panel.authors.box.put("A\nB")
    dialog.close()
    assert (session.analysis.marking, session.analysis.authors) == ("OPEN", ("A", "B"))
    session.undo()
    assert session.analysis.authors == ()


def test_about_names_version_licences_and_limits(qtbot: QtBot) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert ach_desk.__version__ in words
    assert "MIT licence" in words
    assert "LGPL" in words
    assert "not a proven way of being right" in words
    table = dialog.table
    rows = {table.item(row, 0).text(): table.item(row, 2).text() for row in range(table.rowCount())}
    assert rows["PySide6"] == rows["Qt"] == "LGPL-3.0-only"
    assert all(version for name, version, _licence in parts() if name != "DejaVu fonts")
    next(button for button in dialog.buttons.buttons() if button.text() == "Copy versions").click()
    assert f"ACH Desk {ach_desk.__version__}" in QGuiApplication.clipboard().text()


@pytest.mark.parametrize("kind", ["about", "settings", "sources", "properties"])
def test_dialogs_fit_a_small_screen_and_name_their_controls(session: Session, qtbot: QtBot, kind: str) -> None:
    for number in range(40):
        add_source(session, f"Source {number} " + "with a very long name " * 8)
    dialog: QDialog = {
        "about": AboutDialog,
        "settings": lambda: SettingsDialog(SettingsStore()),
        "sources": lambda: SourcesDialog(session),
        "properties": lambda: AnalysisPropertiesDialog(session),
    }[kind]()
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    assert dialog.height() <= 700
    assert dialog.minimumSizeHint().height() <= 700
    assert nameless_controls(dialog) == []
