"""Files of other programs in the window: read away from it, shown, put where the person wants, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.accessible import nameless_controls
from helpers.analyses import state_of
from helpers.desktop import Person, person_at, running_desktop
from helpers.foreign import FOREIGN_STIX, INTEL_WORKBENCH, ParcItem, json_bytes, parc_file, parc_matrix
from helpers.sessions import small_analysis
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ach_desk.exchange.parc import read_parc
from ach_desk.model import RatingValue
from ach_desk.ui import messages
from ach_desk.ui.application import Desktop
from ach_desk.ui.dialogs.report import ReportDialog
from ach_desk.ui.exchange.dialog import FileImportDialog, Target
from ach_desk.ui.window import AnalysisWindow

PATIENCE_MS = 20_000


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Person:
    return person_at(monkeypatch)


@pytest.fixture
def desktop(qapp: QApplication, person: Person) -> Iterator[Desktop]:
    with running_desktop(qapp) as made:
        yield made


@pytest.fixture
def window(desktop: Desktop) -> AnalysisWindow:
    return desktop.open_untitled(small_analysis(), dirty=False)


@pytest.fixture
def lee(tmp_path: Path) -> Path:
    """Return a file with a hypothesis and an item of the small analysis, and others."""
    items = [ParcItem("Item 1", ["C", "II"], {"MOOD": "calm"}), ParcItem("Tapes", ["", "N/A"])]
    file = tmp_path / "lee.achz"
    file.write_bytes(parc_file(parc_matrix(["Hypothesis 1", "Spy"], items)))
    return file


def opened(window: AnalysisWindow, path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> FileImportDialog:
    """Choose the file in the menu and return the dialog once the file is read."""
    monkeypatch.setattr(messages, "open_file", lambda *_given: path)
    window.actions_registry["import_file"].trigger()
    (dialog,) = window.findChildren(FileImportDialog)
    qtbot.waitUntil(dialog.take.isEnabled, timeout=PATIENCE_MS)
    return dialog


def taken(window: AnalysisWindow, dialog: FileImportDialog, target: Target, qtbot: QtBot) -> ReportDialog:
    """Import to a target and return the report at the end."""
    dialog.radios[target].setChecked(True)
    qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    owner = window
    qtbot.waitUntil(lambda: bool(owner.findChildren(ReportDialog)), timeout=PATIENCE_MS)
    (report,) = owner.findChildren(ReportDialog)
    return report


def test_into_the_matrix_in_front_with_a_report_and_one_undo(
    window: AnalysisWindow, lee: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    session = window.session
    before = state_of(session.analysis)
    dialog = opened(window, lee, monkeypatch, qtbot)
    assert dialog.target is Target.MATRIX, "a hypothesis of the file stands here"
    assert dialog.sentence.text() == "In the file: 1 matrix, 2 hypotheses, 2 items and 3 ratings."
    assert "Item 1: the element MOOD is not known and was left out: “calm”." in dialog.lines.toPlainText()
    assert nameless_controls(dialog) == []
    report = taken(window, dialog, Target.MATRIX, qtbot)
    assert "1 new hypothesis, 1 new item and 3 cells rated" in report.sentence.text()
    assert "MOOD" in report.lines.toPlainText()
    analysis = session.analysis
    assert [entry.title for entry in analysis.hypotheses.values()] == ["Hypothesis 1", "Hypothesis 2", "Spy"]
    spy, tapes = list(analysis.hypotheses)[2], list(analysis.evidence)[3]
    rating = session.matrix.rating(session.analyst, session.matrix.evidence[0], spy)
    assert rating is not None
    assert rating.value is RatingValue.VERY_INCONSISTENT
    assert session.matrix.rating(session.analyst, tapes, session.matrix.hypotheses[0]) is None, "blank is unrated"
    session.undo()
    assert state_of(analysis) == before
    assert not session.history.stack.canUndo(), "the import was one step"


def test_as_a_further_matrix_that_comes_to_the_front(
    window: AnalysisWindow, lee: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    dialog = opened(window, lee, monkeypatch, qtbot)
    taken(window, dialog, Target.BESIDE, qtbot)
    session = window.session
    assert len(session.analysis.matrices) == 2
    assert session.matrix is session.analysis.matrices[1]
    assert session.assessment.open_cells == 1


def test_as_a_new_analysis_beside(
    desktop: Desktop, window: AnalysisWindow, lee: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    dialog = opened(window, lee, monkeypatch, qtbot)
    dialog.radios[Target.NEW].setChecked(True)
    qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(desktop.windows) == 2, timeout=PATIENCE_MS)
    received = desktop.windows[-1]
    assert received.session.analysis.question == "Who did it?"
    assert received.session.is_dirty
    assert not window.session.is_dirty


def test_a_file_with_several_matrices_stays_several(
    window: AnalysisWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    file = tmp_path / "two.ach"
    file.write_bytes(parc_file(parc_matrix(["A"], []), parc_matrix(["B"], []), packed=False))
    dialog = opened(window, file, monkeypatch, qtbot)
    assert not dialog.radios[Target.MATRIX].isEnabled()
    assert "they stay apart" in dialog.radios[Target.MATRIX].accessibleDescription()
    assert dialog.target is Target.BESIDE


def test_a_read_only_analysis_takes_nothing_in(
    window: AnalysisWindow, lee: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    window.session.read_only = True
    dialog = opened(window, lee, monkeypatch, qtbot)
    assert dialog.target is Target.NEW
    assert not dialog.radios[Target.BESIDE].isEnabled()


def test_items_of_a_foreign_bundle_go_into_the_matrix_unrated(
    window: AnalysisWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    file = tmp_path / "feed.json"
    file.write_bytes(json_bytes(FOREIGN_STIX))
    dialog = opened(window, file, monkeypatch, qtbot)
    assert dialog.target is Target.MATRIX
    taken(window, dialog, Target.MATRIX, qtbot)
    assert len(window.session.matrix.evidence) == 10
    assert len(window.session.analysis.sources) == 1


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("evil.achz", b'<!DOCTYPE m [<!ENTITY x "y">]><A><MATRIX><NAME>&x;</NAME></MATRIX></A>', "declares entities"),
        ("odd.json", b'{"a": 1}', "none of these"),
        ("empty.ach", b"<A><MATRIX/></A>", "holds nothing to analyse"),
        ("x.docx", b"PK", "these endings are known"),
    ],
)
def test_what_is_refused_is_said_and_changes_nothing(
    window: AnalysisWindow,
    person: Person,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    name: str,
    content: bytes,
    sentence: str,
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    monkeypatch.setattr(messages, "open_file", lambda *_given: file)
    window.actions_registry["import_file"].trigger()
    qtbot.waitUntil(lambda: bool(person.told), timeout=PATIENCE_MS)
    assert sentence in person.told[0]
    assert not window.session.is_dirty
    qtbot.waitUntil(lambda: not window.findChildren(FileImportDialog), timeout=PATIENCE_MS)


def test_a_file_of_parc_is_opened_like_any_other(desktop: Desktop, lee: Path, qtbot: QtBot) -> None:
    desktop.open_paths([lee])
    qtbot.waitUntil(lambda: len(desktop.windows) == 1, timeout=PATIENCE_MS)
    (received,) = desktop.windows
    assert received.document.path is None
    assert [entry.title for entry in received.session.analysis.evidence.values()] == ["Item 1", "Tapes"]
    (report,) = received.findChildren(ReportDialog)
    assert "MOOD" in report.lines.toPlainText()


@pytest.mark.parametrize("at_once", [True, False], ids=["at start", "later"])
@pytest.mark.parametrize(
    ("name", "content", "titles"),
    [
        ("project.json", json_bytes(INTEL_WORKBENCH), ["Log-in at night", "Ransom note"]),
        ("list.txt", b"- Tanks\n- Calls\n", ["Tanks", "Calls"]),
    ],
)
def test_a_file_that_is_no_analysis_opens_as_what_it_is(
    desktop: Desktop, tmp_path: Path, qtbot: QtBot, name: str, content: bytes, titles: list[str], at_once: bool
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    desktop.opener.open(file, at_once=at_once)
    qtbot.waitUntil(lambda: len(desktop.windows) == 1, timeout=PATIENCE_MS)
    (received,) = desktop.windows
    assert [entry.title for entry in received.session.analysis.evidence.values()] == titles


def test_json_of_nobody_is_refused_with_the_programs_that_are_known(
    desktop: Desktop, person: Person, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "odd.json"
    file.write_bytes(b'{"a": 1}')
    desktop.opener.open(file, at_once=True)
    qtbot.waitUntil(lambda: bool(person.told), timeout=PATIENCE_MS)
    assert "Intel Workbench" in person.told[0]


def test_a_file_for_parc_is_written_and_says_that_nobody_could_try_it_there(
    window: AnalysisWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    file = tmp_path / "out.achz"
    monkeypatch.setattr(messages, "save_file", lambda *_given: file)
    window.actions_registry["export_achz"].trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(ReportDialog)), timeout=PATIENCE_MS)
    (report,) = window.findChildren(ReportDialog)
    assert report.sentence.text() == "To know of this file:"
    assert "Whether PARC ACH opens it was not tried." in report.lines.toPlainText()
    back = read_parc(file.read_bytes(), "out.achz").analysis
    assert back is not None
    assert len(back.evidence) == len(window.session.matrix.evidence)
