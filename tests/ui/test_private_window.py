"""A private round in the window: wherever one looks, and whoever one is, nothing of the others is to be seen."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from helpers.desktop import Person, person_at, running_desktop
from helpers.private import NAMES, PrivateRound, private_round, secret
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ach_desk.exchange.formats import FORMATS
from ach_desk.model import RatingValue, RoundState
from ach_desk.scoring.group_sheet import GROUP
from ach_desk.storage.codec import encode
from ach_desk.ui.application import Desktop
from ach_desk.ui.outgoing.clean_copy import CleanCopyDialog
from ach_desk.ui.versions.dialog import MergeDialog
from ach_desk.ui.window import AnalysisWindow

PATIENCE_MS = 20_000


@pytest.fixture
def desktop(qapp: QApplication, person: Person) -> Iterator[Desktop]:
    with running_desktop(qapp) as made:
        yield made


@pytest.fixture
def made() -> PrivateRound:
    return private_round()


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Person:
    return person_at(monkeypatch)


def window_of(desktop: Desktop, made: PrivateRound, me: str) -> AnalysisWindow:
    """Return a window on the round in which one of the three works, or nobody known."""
    desktop.store.settings.who_am_i = {made.analysis.id: made.ids[me]} if me else {}
    window = desktop.open_untitled(made.analysis, dirty=False)
    assert window.session.me == made.ids.get(me, "")
    return window


def told(text: str) -> set[str]:
    """Return whose thoughts a text holds."""
    return {name for name in NAMES if secret(name) in text}


def unpacked(data: bytes) -> str:
    """Return what is in a file as text, that of an archive part by part."""
    if not zipfile.is_zipfile(BytesIO(data)):
        return data.decode("utf-8", "replace")
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


@pytest.mark.parametrize("me", ["Berta", ""])
def test_what_leaves_the_window(desktop: Desktop, made: PrivateRound, me: str) -> None:
    session = window_of(desktop, made, me).session
    mine = {me} if me else set()
    for copy in (session.front_copy(), session.shown_analysis()):
        assert told(encode(copy).decode()) == mine
    for found in FORMATS:
        if not found.write:
            continue
        copy = session.front_copy()
        data = found.writer()(copy, copy.matrix(session.matrix.id), session.analyst).data
        assert told(unpacked(data)) <= mine, found.ending


@pytest.mark.parametrize("me", ["Cem", ""])
def test_a_clean_copy_which_drops_the_round(
    desktop: Desktop, made: PrivateRound, me: str, person: Person, tmp_path: Path, qtbot: QtBot
) -> None:
    window = window_of(desktop, made, me)
    window.actions_registry["clean_copy"].trigger()
    (dialog,) = window.findChildren(CleanCopyDialog)
    person.names.append(tmp_path / "clean.ach.json")
    with qtbot.waitSignal(dialog.message, timeout=PATIENCE_MS):
        dialog.save()
    text = (tmp_path / "clean.ach.json").read_text()
    assert '"rounds"' not in text
    assert told(text) == ({me} if me else set())


@pytest.mark.parametrize("me", ["Ann", "Berta", ""])
def test_merging_names_the_cell_and_not_what_stands_there(
    desktop: Desktop, made: PrivateRound, me: str, person: Person, tmp_path: Path, qtbot: QtBot
) -> None:
    theirs = made.version("Berta", RatingValue.NOT_APPLICABLE, "there")
    other = tmp_path / "other.ach.json"
    other.write_bytes(encode(theirs))
    made.anew(made.version("Berta", RatingValue.INCONSISTENT, "here"))
    window = window_of(desktop, made, me)
    person.names.append(other)
    window.actions_registry["merge_version"].trigger()
    (dialog,) = window.findChildren(MergeDialog)
    qtbot.waitUntil(lambda: not dialog.progress.isVisible(), timeout=PATIENCE_MS)
    cells = (dialog.table.item(0, column) for column in range(dialog.table.columnCount()))
    text = "\n".join([*(cell.text() for cell in cells if cell is not None), dialog.incoming.toPlainText()])
    assert "E2 under H2, rated by Berta" in text
    assert told(text) == ({"Berta"} if me == "Berta" else set())
    assert ("N/A" in text) is (me == "Berta")
    qtbot.mouseClick(dialog.all_theirs, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(window.session.changed, timeout=PATIENCE_MS):
        qtbot.mouseClick(dialog.merge, Qt.MouseButton.LeftButton)
    cell = (made.ids["Berta"], made.case.e(2), made.case.h(2))
    taken = window.session.analysis.matrices[0].rating(*cell)
    assert taken is not None
    assert taken.value is RatingValue.NOT_APPLICABLE


@pytest.mark.parametrize("me", ["Ann", ""])
def test_history_and_what_changed_since(desktop: Desktop, made: PrivateRound, me: str, qtbot: QtBot) -> None:
    window = window_of(desktop, made, me)
    review = window.review
    assert review is not None
    review.show_history()
    history = review.history_dock.panel
    qtbot.waitUntil(lambda: history.model.rowCount() > 0, timeout=PATIENCE_MS)
    rows = [history.model.row(number) for number in range(history.model.rowCount())]
    said = "\n".join(history.model.sentence(row) for row in rows if row is not None)
    assert told(said) <= {me}
    assert "Berta 2" not in said, "the mark of a best case"
    assert said.count("Stated probability added") == (1 if me else 0)
    review.show_changes()
    since = review.since_dock.panel
    qtbot.waitUntil(lambda: since.comparison is not None, timeout=PATIENCE_MS)
    assert since.comparison is not None
    text = since.comparison.as_text("Since")
    assert told(text) <= {me}
    assert since.problem.text() == "", "what is hidden was led back"


def test_undo_of_the_reveal_says_that_it_cannot_be_unseen(
    desktop: Desktop, made: PrivateRound, person: Person, qtbot: QtBot
) -> None:
    window = window_of(desktop, made, "Ann")
    person.answers.append("ok")
    window.together.reveal()
    assert len(window.session.front_copy().matrices[0].sheets) == 3
    window.session.undo()
    assert list(window.session.front_copy().matrices[0].sheets) == [made.ids["Ann"]]
    (entry,) = window.session.analysis.rounds.values()
    assert entry.state is RoundState.PRIVATE
    qtbot.waitUntil(lambda: "What was seen cannot be unseen" in window.statusBar().currentMessage())
    acts = [act for act in window.session.analysis.trail if act.what == "set" and act.body[2] == "state"]
    assert [act.how for act in acts] == ["do", "undo"]


@pytest.mark.parametrize("me", ["Ann", ""])
def test_a_copy_of_the_matrix_is_no_way_round_the_round(desktop: Desktop, made: PrivateRound, me: str) -> None:
    """The copy stands in no round, and so would show whatever came along."""
    window = window_of(desktop, made, me)
    for name in ("matrix.duplicate", "matrix.branch"):
        window.actions_registry[name].trigger()
    first, *copies = window.session.analysis.matrices
    assert len(first.sheets) == 3
    assert len(copies) == 2
    rated = {analyst for copy in copies for analyst, sheet in copy.sheets.items() if sheet}
    assert rated <= {made.ids.get(me, "")}
    assert told(encode(window.session.front_copy()).decode()) == ({me} if me else set())


def test_a_matrix_added_beside_the_group_takes_no_sheet_of_the_group_along(
    desktop: Desktop, made: PrivateRound
) -> None:
    made.close_anew(RoundState.REVEALED)
    window = window_of(desktop, made, "Ann")
    for name in ("matrix.duplicate", "matrix.new"):
        window.session.show_matrix(made.case.matrix.id)
        window.session.show_sheet(GROUP)
        window.actions_registry[name].trigger()
    assert len(window.session.analysis.matrices) == 3
    assert all(matrix.sheets.keys() == set(made.ids.values()) for matrix in window.session.analysis.matrices)
