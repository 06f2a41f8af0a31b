"""The files of an item in the inspector: their state is said, and none is opened unless asked for and safe."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.accessible import nameless_controls
from helpers.desktop import Person, person_at, running_desktop
from helpers.sessions import small_analysis
from PySide6 import QtGui
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ach_desk.model import Analysis, Attachment
from ach_desk.storage.attachments import home_of, keep_bytes
from ach_desk.storage.files import write_document
from ach_desk.ui import messages, weblink
from ach_desk.ui.application import Desktop
from ach_desk.ui.attachments.section import FilesSection, _Row
from ach_desk.ui.weblink import web_address
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
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what was handed to the system."""
    handed: list[str] = []

    class Services:
        @staticmethod
        def openUrl(url: QUrl) -> bool:
            handed.append(url.toString())
            return True

    monkeypatch.setattr(QtGui, "QDesktopServices", Services)
    return handed


def shown(desktop: Desktop, path: Path, analysis: Analysis) -> AnalysisWindow:
    """Save the analysis and open it with its first item in the inspector."""
    write_document(path, analysis, expected=None)
    desktop.opener.open(path, at_once=True)
    window = desktop.windows[0]
    window.matrix.select_records("evidence", [window.session.matrix.evidence[0]])
    window.side.bring_up(window.side.inspector_dock)
    window.inspector.catch_up()
    return window


def with_files(analysis: Analysis, *attachments: Attachment) -> Analysis:
    first = analysis.evidence[analysis.matrices[0].evidence[0]]
    analysis.evidence[first.id] = first.model_copy(update={"attachments": attachments})
    return analysis


def section(window: AnalysisWindow) -> FilesSection:
    return window.inspector.item.files


def rows(window: AnalysisWindow) -> dict[str, _Row]:
    column = section(window)._column
    found = [column.itemAt(place).widget() for place in range(column.count())]
    return {row.open_button.words: row for row in found if isinstance(row, _Row)}


def told(window: AnalysisWindow) -> dict[str, str]:
    return {name: row.open_button.accessibleName().rpartition("· ")[2] for name, row in rows(window).items()}


@pytest.fixture
def window(desktop: Desktop, tmp_path: Path, qtbot: QtBot) -> AnalysisWindow:
    path = tmp_path / "case.ach.json"
    home = home_of(path)
    there, changed = keep_bytes(home, "there.pdf", b"%PDF"), keep_bytes(home, "changed.pdf", b"%PDF")
    (tmp_path / changed.path).write_bytes(b"other")
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "case.files" / "link.pdf").symlink_to(tmp_path / "secret")
    tool = keep_bytes(home, "tool.sh", b"#!/bin/sh")
    others = (Attachment(path=name) for name in ("case.files/gone.pdf", "../secret", "case.files/link.pdf"))
    window = shown(desktop, path, with_files(small_analysis(), there, changed, tool, *others))
    qtbot.waitUntil(lambda: told(window).get("there.pdf") == "there, as attached", timeout=PATIENCE_MS)
    return window


def test_the_state_of_each_file_is_said(window: AnalysisWindow) -> None:
    assert told(window) == {
        "there.pdf": "there, as attached",
        "changed.pdf": "changed since it was attached",
        "tool.sh": "there, as attached",
        "gone.pdf": "missing",
        "secret": "not opened: its path leads elsewhere",
        "link.pdf": "not opened: its path leads elsewhere",
    }
    can_open = [name for name, row in rows(window).items() if row.open_button.isEnabled()]
    assert can_open == ["there.pdf", "changed.pdf", "tool.sh"]
    assert nameless_controls(section(window)) == []


def test_a_file_is_opened_on_request_and_its_folder_too(
    window: AnalysisWindow, opened: list[str], tmp_path: Path
) -> None:
    assert opened == []
    rows(window)["there.pdf"].open_button.click()
    rows(window)["there.pdf"].folder_button.click()
    folder = tmp_path / "case.files"
    assert opened == [f"file://{folder}/there.pdf", f"file://{folder}"]


def test_a_program_is_refused_with_a_sentence(window: AnalysisWindow, opened: list[str]) -> None:
    rows(window)["tool.sh"].open_button.click()
    assert opened == []
    assert "tool.sh is not opened from here: it is a program" in window.statusBar().currentMessage()


def test_a_path_that_leads_elsewhere_is_refused_even_when_the_button_is_pressed(
    window: AnalysisWindow, opened: list[str]
) -> None:
    for name, sentence in (("secret", "leads out of the folder"), ("link.pdf", "a link"), ("gone.pdf", "not there")):
        row = rows(window)[name]
        for button in (row.open_button, row.folder_button):
            button.setEnabled(True)
            button.click()
            assert sentence in window.statusBar().currentMessage()
    assert opened == []


def test_a_file_that_became_a_link_meanwhile_is_refused(
    window: AnalysisWindow, opened: list[str], tmp_path: Path
) -> None:
    (tmp_path / "case.files" / "there.pdf").unlink()
    (tmp_path / "case.files" / "there.pdf").symlink_to(tmp_path / "secret")
    rows(window)["there.pdf"].open_button.click()
    assert opened == []


def test_files_are_attached_and_taken_away_as_steps_of_their_own(
    desktop: Desktop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    window = shown(desktop, tmp_path / "case.ach.json", small_analysis())
    session, first = window.session, window.session.matrix.evidence[0]
    assert not section(window).isVisible(), "absent until used or asked for"
    window.inspector.item.more.set_open(True)
    assert section(window).isVisible()
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    monkeypatch.setattr(messages, "open_any", lambda *_given: [tmp_path / "a.pdf", tmp_path / "gone.pdf"])
    section(window).add_button.click()
    qtbot.waitUntil(lambda: len(session.analysis.evidence[first].attachments) == 1, timeout=PATIENCE_MS)
    assert "gone.pdf was not attached" in window.statusBar().currentMessage()
    qtbot.waitUntil(lambda: told(window) == {"a.pdf": "there, as attached"}, timeout=PATIENCE_MS)
    rows(window)["a.pdf"].remove_button.click()
    assert session.analysis.evidence[first].attachments == ()
    assert (tmp_path / "case.files" / "a.pdf").exists()
    session.undo()
    assert len(session.analysis.evidence[first].attachments) == 1
    session.undo()
    assert session.analysis.evidence[first].attachments == ()


def test_read_only_files_can_be_opened_and_not_taken_away(window: AnalysisWindow) -> None:
    window.session.read_only = True
    window.inspector.catch_up()
    assert not section(window).add_button.isVisible()
    assert not any(row.remove_button.isVisible() for row in rows(window).values())
    assert rows(window)["there.pdf"].open_button.isVisible()


@pytest.mark.parametrize("link", ["https://a@b.example", "https://a.example\\@b.example", "https://a.example/\u2028x"])
def test_an_address_that_hides_where_it_leads_is_not_opened(link: str) -> None:
    assert web_address(link) is None


def test_the_link_of_a_captured_item_is_opened_on_request(
    window: AnalysisWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(weblink.QDesktopServices, "openUrl", lambda url: opened.append(url.toString()) or True)
    data = QMimeData()
    data.setText("He said so.\nhttps://www.example.org/x?a=1#b")
    window.capture.take(data)
    window.capture.show()
    button = window.capture.dock.panel.item.link.open_button
    assert button.isVisible()
    assert opened == []
    button.click()
    assert opened == ["https://www.example.org/x?a=1#b"]
