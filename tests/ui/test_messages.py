"""Boxes and file dialogs: each answer comes back as its key, Escape is the last choice, endings are added."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox, QPushButton, QWidget

from ach_desk.ui import messages

_CHOICES = [("save", "Save"), ("discard", "Discard"), ("cancel", "Cancel")]


def _when_shown(act: Callable[[QWidget], None]) -> None:
    """Have `act` done to the modal dialog once it is up."""

    def attempt() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(0, attempt)
        else:
            act(dialog)

    QTimer.singleShot(0, attempt)


def _press(text: str) -> Callable[[QWidget], None]:
    def act(dialog: QWidget) -> None:
        next(button for button in dialog.findChildren(QPushButton) if button.text() == text).click()

    return act


def _key(key: Qt.Key) -> Callable[[QWidget], None]:
    return lambda dialog: QTest.keyClick(dialog, key)


@pytest.mark.parametrize(
    ("act", "answer"),
    [
        (_press("Save"), "save"),
        (_press("Discard"), "discard"),
        (_press("Cancel"), "cancel"),
        (_key(Qt.Key.Key_Return), "save"),
        (_key(Qt.Key.Key_Escape), "cancel"),
        (QWidget.close, "cancel"),
    ],
)
def test_each_answer_comes_back_as_its_key(act: Callable[[QWidget], None], answer: str, qapp: QApplication) -> None:
    _when_shown(act)
    assert messages.ask(None, "Save?", "", _CHOICES, "save") == answer


def test_a_text_of_an_analysis_is_never_taken_for_markup(qapp: QApplication) -> None:
    found: list[QMessageBox] = []

    def look(dialog: QWidget) -> None:
        found.append((dialog.text(), dialog.textFormat()))
        dialog.close()

    _when_shown(look)
    messages.tell(None, "<b>case</b>.ach.json")
    assert found == [("<b>case</b>.ach.json", Qt.TextFormat.PlainText)]


def _type_name(name: str, filter_name: str | None = None) -> Callable[[QWidget], None]:
    def act(dialog: QWidget) -> None:
        assert isinstance(dialog, QFileDialog)
        if filter_name is not None:
            dialog.selectNameFilter(filter_name)
            dialog.filterSelected.emit(filter_name)
        dialog.findChild(QLineEdit).setText(name)
        dialog.accept()

    return act


@pytest.fixture
def own_dialogs(qapp: QApplication) -> Iterator[None]:
    qapp.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    yield
    qapp.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, False)


@pytest.mark.parametrize(
    ("typed", "name"), [("case", "case.ach.json"), ("case.ach.json", "case.ach.json"), ("case.v2", "case.v2")]
)
def test_an_analysis_gets_its_ending(typed: str, name: str, own_dialogs: None, tmp_path: Path) -> None:
    _when_shown(_type_name(str(tmp_path / typed)))
    assert messages.save_analysis(None, "Save as", str(tmp_path / "x.ach.json")) == tmp_path / name


def test_leaving_the_dialog_chooses_nothing(own_dialogs: None, tmp_path: Path) -> None:
    _when_shown(lambda dialog: dialog.reject())
    assert messages.save_analysis(None, "Save as", str(tmp_path / "x.ach.json")) is None


@pytest.mark.parametrize(("chosen", "ending"), [(None, "svg"), ("PDF (*.pdf)", "pdf"), ("PNG (*.png)", "png")])
def test_a_picture_gets_the_ending_of_the_chosen_kind(
    chosen: str | None, ending: str, own_dialogs: None, tmp_path: Path
) -> None:
    _when_shown(_type_name(str(tmp_path / "chart"), chosen))
    path = messages.save_file(None, "Save", str(tmp_path / "x.svg"), "SVG (*.svg);;PDF (*.pdf);;PNG (*.png)")
    assert path == tmp_path / f"chart.{ending}"
