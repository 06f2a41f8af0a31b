"""The record of a folder in the window: every outcome in it, the mean score, and how often what was said came true."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from ach_desk.i18n import _, ngettext
from ach_desk.scoring import record_words
from ach_desk.scoring.record import Case, calibration, cases_of
from ach_desk.storage.errors import StorageError
from ach_desk.storage.folder import analyses_under
from ach_desk.ui import messages
from ach_desk.ui.background import Cancel
from ach_desk.ui.text import shown
from ach_desk.ui.widgets.dialog import PlainDialog
from ach_desk.ui.widgets.labels import STEP, named, plain, rule
from ach_desk.ui.widgets.panel import scrolled

if TYPE_CHECKING:
    from ach_desk.ui.window import AnalysisWindow

Record = tuple[list[Case], list[str]]
_MOST_CASES = 200
_WIDTH, _HEIGHT = 640, 640


class RecordDialog(PlainDialog):
    """The table of bands on top, then each outcome, then the files that were passed over."""

    def __init__(self, folder: Path, record: Record, parent: QWidget | None = None) -> None:
        super().__init__(_("Record of {folder}").format(folder=shown(folder.name)), parent, width=_WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        cases, problems = record
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, STEP, 0)
        column.setSpacing(STEP)
        self.table = _bands(cases)
        self.sentences = [shown(text) for text in _sentences(cases)]
        column.addWidget(plain(self.sentences[0], strong=True))
        if cases:
            column.addWidget(self.table)
            column.addWidget(plain(record_words.band_note(), muted=True))
        for case in cases[:_MOST_CASES]:
            column.addWidget(rule())
            for widget in _case(case):
                column.addWidget(widget)
        for text in self.sentences[1:]:
            column.addWidget(plain(text, muted=True))
        self.problems = plain("\n".join(shown(text) for text in problems[:_MOST_CASES]), muted=True)
        if problems:
            column.addWidget(rule())
            column.addWidget(plain(_("Passed over"), strong=True))
            column.addWidget(self.problems)
        column.addStretch(1)
        self.column.addWidget(scrolled(inner))
        self.resize(_WIDTH, _HEIGHT)


def ask_record(window: AnalysisWindow) -> None:
    """Ask for a folder, read the analyses in it in the background, and show the record."""
    path = window.document.path
    folder = messages.choose_folder(window, _("Folder with analyses"), str(path.parent) if path else "")
    if folder is None:
        return
    window.show_message(_("The folder is read ..."))
    window.background.run(
        partial(read_record, folder),
        lambda record: RecordDialog(folder, record, window).show(),
        lambda error: _not_read(window, error),
        owner=window,
    )


def read_record(folder: Path, cancel: Cancel | None = None) -> Record:
    """Return the cases of all analyses under a folder, and a sentence for each file that was passed over."""
    cases: list[Case] = []
    problems = []
    for found in analyses_under(folder):
        if cancel:
            break
        if found.analysis is None:
            problems.append(_("{file}: {problem}").format(file=found.name, problem=found.problem))
        else:
            cases += cases_of(found.analysis, found.name)
    return cases, problems


def _not_read(window: AnalysisWindow, error: Exception) -> None:
    if not isinstance(error, StorageError):
        raise error
    window.show_message(error.sentence)


def _sentences(cases: Sequence[Case]) -> list[str]:
    if not cases:
        return [_("No outcome is entered in these analyses.")]
    found = [record_words.mean_sentence(cases)]
    rest = len(cases) - _MOST_CASES
    if rest > 0:
        found.append(ngettext("and {count} more", "and {count} more", rest).format(count=rest))
    return found


def _case(case: Case) -> list[QWidget]:
    question = case.question or _("Analysis without a question")
    about = ", ".join(filter(None, (case.file, record_words.dates(case))))
    return [
        plain(shown(question), strong=True),
        plain(shown(about), muted=True),
        *(plain(shown(text)) for text in (record_words.stated(case), record_words.what_came(case))),
        plain(record_words.score(case)),
    ]


def _bands(cases: Sequence[Case]) -> QTableWidget:
    headings = record_words.band_headings()
    rows = [record_words.band_row(band) for band in calibration(cases)]
    table = named(QTableWidget(len(rows), len(headings)), _("How often what was said came true"))
    table.setHorizontalHeaderLabels(headings)
    table.verticalHeader().hide()
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    for number, row in enumerate(rows):
        for place, text in enumerate(row):
            table.setItem(number, place, QTableWidgetItem(text))
    table.resizeRowsToContents()
    heights = sum(table.rowHeight(row) for row in range(len(rows)))
    table.setFixedHeight(table.horizontalHeader().sizeHint().height() + heights + 2 * table.frameWidth())
    return table
