"""Capturing in a window: the clipboard in all its forms, the dock in which things wait, and where the files go."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.accessible import nameless_controls
from helpers.analyses import state_of
from helpers.desktop import Person, person_at, running_desktop
from helpers.sessions import small_analysis
from PySide6.QtCore import QByteArray, QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ach_desk.commands import capture
from ach_desk.commands.capture import Captured
from ach_desk.model import EvidenceItem
from ach_desk.storage.attachments import FileState
from ach_desk.storage.attachments import state_of as state_of_file
from ach_desk.storage.codec import decode, encode
from ach_desk.storage.files import read_document, write_document
from ach_desk.storage.recovery import find_recoverable
from ach_desk.ui import messages
from ach_desk.ui.application import Desktop
from ach_desk.ui.capture.incoming import incoming_of
from ach_desk.ui.capture.panel import UnsortedPanel
from ach_desk.ui.settings import state_dir
from ach_desk.ui.widgets.quietstrip import QuietStrip
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
def path(tmp_path: Path) -> Path:
    """Return a saved analysis."""
    (tmp_path / "case").mkdir()
    path = tmp_path / "case" / "case.ach.json"
    write_document(path, small_analysis(), expected=None)
    return path


@pytest.fixture
def window(desktop: Desktop, path: Path) -> AnalysisWindow:
    desktop.opener.open(path, at_once=True)
    return desktop.windows[0]


def waiting(window: AnalysisWindow) -> list[EvidenceItem]:
    return capture.waiting(window.session.analysis)


def mime(**forms: str | bytes) -> QMimeData:
    """Return what a program puts on the clipboard; "__" in a name stands for "/"."""
    data = QMimeData()
    for form, content in forms.items():
        if form == "text":
            data.setText(str(content))
        elif form == "html":
            data.setHtml(str(content))
        else:
            raw = content.encode("utf-16-le") if isinstance(content, str) else content
            data.setData(form.replace("__", "/").replace("_", "-"), QByteArray(raw))
    return data


def picture(colour: str = "red") -> QMimeData:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(colour)
    data = QMimeData()
    data.setImageData(image)
    return data


def capture_picture(window: AnalysisWindow, qtbot: QtBot, colour: str = "red") -> EvidenceItem:
    before = len(waiting(window))
    window.capture.take(picture(colour))
    qtbot.waitUntil(lambda: len(waiting(window)) == before + 1, timeout=PATIENCE_MS)
    return waiting(window)[-1]


def panel_of(window: AnalysisWindow) -> UnsortedPanel:
    return window.capture.dock.panel


def saved(window: AnalysisWindow, desktop: Desktop, qtbot: QtBot) -> None:
    desktop.files(window).save()
    qtbot.waitUntil(lambda: not window.document.is_saving and not window.session.is_dirty, timeout=PATIENCE_MS)


# What is on the clipboard


def test_where_a_browser_copied_from_is_kept() -> None:
    for form, address in (
        ("text__x-moz-url-priv", "https://example.org/a"),
        ("chromium__x-source-url", b"https://example.org/a"),
    ):
        (found,) = incoming_of(mime(text="He said so.", **{form: address}))
        assert (found.clipping.quotation, found.clipping.link) == ("He said so.", "https://example.org/a")


def test_a_link_dragged_from_a_browser_has_the_title_of_the_page() -> None:
    data = mime(text="https://example.org/a", **{"text__x-moz-url": "https://example.org/a\nThe lamp is out"})
    data.setUrls([QUrl("https://example.org/a")])
    (found,) = incoming_of(data)
    assert (found.clipping.title, found.clipping.link) == ("The lamp is out", "https://example.org/a")


def test_several_addresses_are_several_items() -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://a.example/x"), QUrl("https://b.example/y")])
    assert [one.clipping.domain for one in incoming_of(data)] == ["a.example", "b.example"]


def test_a_spreadsheet_that_puts_a_picture_beside_its_text_is_taken_as_text() -> None:
    data = picture()
    data.setText("a\tb")
    (found,) = incoming_of(data)
    assert found.picture is None
    assert found.clipping.quotation == "a\tb"


def test_a_picture_of_a_page_keeps_where_it_is_from() -> None:
    data = picture()
    data.setHtml('<img src="https://example.org/x.png">')
    data.setData("chromium/x-source-url", QByteArray(b"https://example.org/page"))
    (found,) = incoming_of(data)
    assert found.picture is not None
    assert found.clipping.link == "https://example.org/page"


def test_an_empty_clipboard_is_said(window: AnalysisWindow) -> None:
    QGuiApplication.clipboard().clear()
    window.actions_registry["capture.clipboard"].trigger()
    assert waiting(window) == []
    assert "no text, link, file or picture" in window.statusBar().currentMessage()


# The window


def test_a_newcomer_sees_nothing_of_it(window: AnalysisWindow) -> None:
    assert not window.capture.dock.isVisible()
    assert not window.capture.dock.is_built
    assert not window.actions_registry["capture.unsorted"].isEnabled()
    assert window.findChildren(QuietStrip) == []


def test_captured_with_one_key_taken_in_with_another_and_undone(window: AnalysisWindow, qtbot: QtBot) -> None:
    session = window.session
    before = state_of(session.analysis)
    QGuiApplication.clipboard().setText("He said so. And more.\nhttps://www.example.org/x")
    window.matrix.view.setFocus()
    window.actions_registry["capture.clipboard"].trigger()
    (item,) = waiting(window)
    assert (item.title, item.quotation, item.link) == (
        "He said so.",
        "He said so. And more.",
        "https://www.example.org/x",
    )
    assert window.capture.dock.isVisible()
    assert window.capture.dock.windowTitle() == "Unsorted (1)"
    assert window.focusWidget() is window.matrix.view, "the keyboard stays where the work is"
    assert "is captured and waits unsorted" in window.statusBar().currentMessage()
    assert item.id not in session.matrix.evidence
    window.actions_registry["capture.unsorted"].trigger()
    panel = panel_of(window)
    assert window.focusWidget() is panel.list
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert session.matrix.evidence[-1] == item.id
    assert session.analysis.evidence[item.id].is_counted
    first = window.matrix.selection()
    assert (first.focus, first.evidence, first.hypothesis) == ("cell", item.id, session.matrix.hypotheses[0])
    assert window.capture.dock.windowTitle() == "Unsorted"
    session.undo()
    assert [entry.id for entry in waiting(window)] == [item.id]
    assert window.capture.dock.windowTitle() == "Unsorted (1)"
    session.undo()
    assert state_of(session.analysis) == before


def test_several_are_taken_in_before_the_current_row(window: AnalysisWindow, qtbot: QtBot) -> None:
    session = window.session
    for text in ("one", "two", "three"):
        assert window.capture.take(mime(text=text))
    second = session.matrix.evidence[1]
    window.matrix.select_records("evidence", [second])
    window.capture.show()
    panel = panel_of(window)
    assert panel.take_before.text() == "Take in before E2"
    panel.list.clearSelection()
    panel.list.item(0).setSelected(True)
    panel.list.item(2).setSelected(True)
    qtbot.keyClick(panel.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    titles = [session.analysis.evidence[entry].title for entry in session.matrix.evidence]
    assert titles == ["Item 1", "one", "three", "Item 2", "Item 3"]
    assert [item.title for item in waiting(window)] == ["two"]
    assert panel.chosen == [waiting(window)[0].id], "the next one is chosen"
    session.undo()
    assert len(waiting(window)) == 3


def test_del_throws_away_and_undo_brings_back(window: AnalysisWindow, qtbot: QtBot) -> None:
    window.capture.take(mime(text="one"))
    window.capture.take(mime(text="two"))
    panel = panel_of(window)
    window.capture.show(waiting(window)[0].id)
    qtbot.keyClick(panel.list, Qt.Key.Key_Delete)
    assert [item.title for item in waiting(window)] == ["two"]
    assert "Undo brings it back" in window.statusBar().currentMessage()
    window.session.undo()
    assert [item.title for item in waiting(window)] == ["one", "two"]


def test_the_title_is_edited_in_the_dock_and_escape_leads_back(window: AnalysisWindow, qtbot: QtBot) -> None:
    window.capture.take(mime(text="one"))
    window.capture.show()
    panel = panel_of(window)
    qtbot.keyClick(panel.list, Qt.Key.Key_F2)
    box = panel.item.title.box
    qtbot.waitUntil(lambda: window.focusWidget() is box)
    box.selectAll()
    qtbot.keyClicks(box, "Better title")
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert waiting(window)[0].title == "Better title"
    assert window.focusWidget() is panel.list
    assert panel.list.item(0).text() == "Better title"
    qtbot.keyClick(panel.list, Qt.Key.Key_Escape)
    assert window.focusWidget() is window.matrix.view


def test_what_is_typed_in_the_dock_is_saved(window: AnalysisWindow, desktop: Desktop, path: Path, qtbot: QtBot) -> None:
    window.capture.take(mime(text="one"))
    window.capture.show()
    box = panel_of(window).item.title.box
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "typed")
    saved(window, desktop, qtbot)
    assert [item.title for item in capture.waiting(read_document(path).loaded.analysis)] == ["typed"]


def test_every_control_of_the_dock_has_a_name(window: AnalysisWindow, qtbot: QtBot) -> None:
    window.capture.take(mime(text="one\nhttps://example.org/x"))
    capture_picture(window, qtbot)
    assert nameless_controls(panel_of(window)) == []


def test_finding_and_links_lead_to_what_waits(window: AnalysisWindow) -> None:
    window.capture.take(mime(text="one"))
    window.capture.take(mime(text="two"))
    first, second = waiting(window)
    window.capture.dock.hide()
    window.follow_link("evidence", first.id)
    assert window.capture.dock.isVisible()
    assert panel_of(window).chosen == [first.id]
    window.show_block(second.id, "")
    assert panel_of(window).chosen == [second.id]
    findings = {finding.code: finding for finding in window.session.findings}
    window.capture.dock.hide()
    window.go_to(findings["unsorted"])
    assert window.capture.dock.isVisible()


def test_a_file_in_which_something_waits_says_so(desktop: Desktop, path: Path) -> None:
    analysis = read_document(path).loaded.analysis
    capture.capture(analysis, [Captured({"title": "one"}), Captured({"title": "two"})])[0].apply(analysis)
    write_document(path, analysis, expected=None, overwrite=True)
    desktop.opener.open(path, at_once=True)
    window = desktop.windows[0]
    (strip,) = window.findChildren(QuietStrip)
    assert strip.label.text().startswith("2 captured items wait unsorted.")
    strip.buttons[0].click()
    assert window.capture.dock.isVisible()
    assert not strip.isVisible()


def test_a_read_only_analysis_captures_nothing(window: AnalysisWindow) -> None:
    window.session.read_only = True
    window.actions_registry.refresh()
    assert not window.actions_registry["capture.clipboard"].isEnabled()
    assert not window.actions_registry["capture.files"].isEnabled()


def test_files_are_captured_by_keyboard_alone(
    window: AnalysisWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    (tmp_path / "report_of_June.pdf").write_bytes(b"%PDF")
    chosen = [tmp_path / "report_of_June.pdf", tmp_path / "gone.pdf"]
    monkeypatch.setattr(messages, "open_any", lambda *_given: chosen)
    window.actions_registry["capture.files"].trigger()
    qtbot.waitUntil(lambda: len(waiting(window)) == 1, timeout=PATIENCE_MS)
    (item,) = waiting(window)
    assert item.title == "report of June"
    assert item.attachments[0].path == "case.files/report_of_June.pdf"
    assert "gone.pdf was not attached" in window.statusBar().currentMessage()


# Where the files go


def test_a_picture_goes_beside_the_file_and_stays_when_its_capture_is_undone(
    window: AnalysisWindow, path: Path, qtbot: QtBot
) -> None:
    item = capture_picture(window, qtbot)
    (entry,) = item.attachments
    assert entry.path.startswith("case.files/picture ")
    image = QImage(str(path.parent / entry.path))
    assert (image.width(), image.height(), image.pixelColor(1, 1).name()) == (40, 30, "#ff0000")
    window.session.undo()
    assert waiting(window) == []
    window.session.redo()
    assert state_of_file(window.document.home, entry) is FileState.PRESENT


def test_an_analysis_without_a_file_keeps_pictures_until_it_has_one(
    desktop: Desktop, person: Person, tmp_path: Path, qtbot: QtBot
) -> None:
    window = desktop.open_untitled(small_analysis(), dirty=True)
    kept, thrown = capture_picture(window, qtbot), capture_picture(window, qtbot, "blue")
    window.session.undo()
    held = window.document.home
    assert held.folder.is_relative_to(state_dir() / "recovery")
    assert held.own == "What happened.files"
    assert state_of_file(held, kept.attachments[0]) is FileState.PRESENT
    target = tmp_path / "lamp.ach.json"
    person.names.append(target)
    saved(window, desktop, qtbot)
    assert not held.folder.exists(), "they were moved"
    assert len(os.listdir(tmp_path / "lamp.files")) == 2
    assert state_of_file(window.document.home, kept.attachments[0]) is FileState.PRESENT
    window.session.redo()
    assert state_of_file(window.document.home, thrown.attachments[0]) is FileState.PRESENT
    later = capture_picture(window, qtbot, "green")
    assert later.attachments[0].path.startswith("lamp.files/")


def test_the_pictures_go_only_after_the_journal_has_let_go_of_them(
    desktop: Desktop, person: Person, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = desktop.open_untitled(small_analysis(), dirty=True)
    capture_picture(window, qtbot)
    journal, removed = window.document._journal.path, []

    def dying(folder: Path, **_options: object) -> None:
        """Look at what a machine that dies right now leaves on the disk."""
        removed.append(folder)
        assert not journal.exists() or b'"document"' not in journal.read_bytes().splitlines()[0]

    monkeypatch.setattr("ach_desk.ui.document.shutil.rmtree", dying)
    held = window.document.home.folder
    person.names.append(tmp_path / "lamp.ach.json")
    saved(window, desktop, qtbot)
    assert held in removed


def test_a_picture_taken_while_the_first_save_is_under_way_is_not_lost(
    desktop: Desktop, person: Person, tmp_path: Path, qtbot: QtBot
) -> None:
    window = desktop.open_untitled(small_analysis(), dirty=True)
    person.names.append(tmp_path / "lamp.ach.json")
    window.capture.take(picture())
    desktop.files(window).save()
    qtbot.waitUntil(lambda: len(waiting(window)) == 1 and not desktop.background.is_busy, timeout=PATIENCE_MS)
    (item,) = waiting(window)
    assert state_of_file(window.document.home, item.attachments[0]) is FileState.PRESENT
    assert window.document.home.folder == tmp_path


def test_discarding_an_analysis_without_a_file_discards_its_pictures(
    desktop: Desktop, person: Person, qtbot: QtBot
) -> None:
    window = desktop.open_untitled(small_analysis(), dirty=True)
    capture_picture(window, qtbot)
    held = window.document.home.folder
    assert held.exists()
    person.answers.append("discard")
    window.close()
    qtbot.waitUntil(lambda: not held.exists(), timeout=PATIENCE_MS)


def test_a_crash_loses_no_picture(desktop: Desktop, person: Person, qtbot: QtBot) -> None:
    window = desktop.open_untitled(small_analysis(), dirty=True)
    item = capture_picture(window, qtbot)
    journal = window.document._journal
    assert journal.flush(10)
    _let_its_process_die(journal.path)
    (found,) = find_recoverable(state_dir())
    assert found.files.is_dir()
    person.answers.append("ok")
    desktop.opener.offer_recovery()
    recovered = desktop.windows[-1]
    assert recovered is not window
    assert [entry.id for entry in waiting(recovered)] == [item.id]
    assert recovered.document.home.folder != found.files
    assert state_of_file(recovered.document.home, item.attachments[0]) is FileState.PRESENT
    assert not found.files.exists()


def _let_its_process_die(path: Path) -> None:
    """Rewrite the journal's header as that of a process that started before this one."""
    lines = path.read_bytes().splitlines(keepends=True)
    header = json.loads(lines[0])
    header["owner"]["start"] = 1
    path.write_bytes(json.dumps(header).encode() + b"\n" + b"".join(lines[1:]))


def test_saving_elsewhere_takes_the_files_along_and_says_what_is_missing(
    window: AnalysisWindow, desktop: Desktop, person: Person, tmp_path: Path, qtbot: QtBot
) -> None:
    first, second = capture_picture(window, qtbot), capture_picture(window, qtbot, "blue")
    (window.document.home.folder / second.attachments[0].path).unlink()
    (tmp_path / "other").mkdir()
    for run, name in ((desktop.files(window).save_copy, "copy"), (desktop.files(window).save_as, "moved")):
        person.names.append(tmp_path / "other" / f"{name}.ach.json")
        run()
        qtbot.waitUntil(lambda: not desktop.background.is_busy, timeout=PATIENCE_MS)
        assert "1 attached file is missing and did not come along" in window.statusBar().currentMessage()
        assert len(os.listdir(tmp_path / "other" / f"{name}.files")) == 1
    assert window.document.home.folder == tmp_path / "other"
    assert state_of_file(window.document.home, first.attachments[0]) is FileState.PRESENT


def test_undo_survives_the_file_and_the_file_survives_undo(
    window: AnalysisWindow, desktop: Desktop, path: Path, qtbot: QtBot
) -> None:
    item = capture_picture(window, qtbot)
    saved(window, desktop, qtbot)
    again = decode(encode(read_document(path).loaded.analysis), "case.ach.json")
    assert not again.problems
    assert capture.waiting(again.analysis)[0].attachments == item.attachments


def test_a_copy_of_an_analysis_has_copies_of_its_files(
    window: AnalysisWindow, desktop: Desktop, path: Path, qtbot: QtBot
) -> None:
    item = capture_picture(window, qtbot)
    saved(window, desktop, qtbot)
    desktop.opener.open_as_copy(path)
    copy = desktop.windows[-1]
    assert copy.document.path is None
    assert state_of_file(copy.document.home, item.attachments[0]) is FileState.PRESENT
    (path.parent / item.attachments[0].path).unlink()
    assert state_of_file(copy.document.home, item.attachments[0]) is FileState.PRESENT
    assert state_of_file(window.document.home, item.attachments[0]) is FileState.MISSING
