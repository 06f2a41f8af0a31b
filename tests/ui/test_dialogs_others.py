"""Settings, the rule for the credibility, analysis properties, About."""

from __future__ import annotations

import pytest
from helpers.accessible import nameless_controls
from helpers.sessions import small_session
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

import ach_desk
from ach_desk.ui.dialogs.about import AboutDialog, parts
from ach_desk.ui.dialogs.properties import AnalysisPropertiesDialog
from ach_desk.ui.dialogs.settings import SettingsDialog
from ach_desk.ui.session import Session
from ach_desk.ui.settings import SettingsStore
from ach_desk.ui.sources.rule import RuleDialog
from ach_desk.ui.widgets.choice import Choice


@pytest.fixture
def session() -> Session:
    return small_session()


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


@pytest.mark.parametrize("kind", ["about", "settings", "rule", "properties"])
def test_dialogs_fit_a_small_screen_and_name_their_controls(session: Session, qtbot: QtBot, kind: str) -> None:
    dialog: QDialog = {
        "about": AboutDialog,
        "settings": lambda: SettingsDialog(SettingsStore()),
        "rule": lambda: RuleDialog(session),
        "properties": lambda: AnalysisPropertiesDialog(session),
    }[kind]()
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    assert dialog.height() <= 700
    assert dialog.minimumSizeHint().height() <= 700
    assert nameless_controls(dialog) == []
