"""The import of a spreadsheet: the sheet, what each column is taken for, how ratings are read, and what would come."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QRadioButton,
    QSpinBox,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ach_desk.exchange.book import Sheet, letters
from ach_desk.exchange.formats import RefusedFileError
from ach_desk.exchange.sheet_files import best_sheet
from ach_desk.exchange.sheet_guess import Rows, guess_columns, turned, with_scheme
from ach_desk.exchange.sheet_mapping import ONCE, Role, SheetMapping, role_words, signature
from ach_desk.exchange.sheet_words import spellings
from ach_desk.i18n import _
from ach_desk.ui.background import Background, Cancel, Ticket
from ach_desk.ui.session import Session
from ach_desk.ui.settings import SettingsStore
from ach_desk.ui.sheets import jobs
from ach_desk.ui.sheets.jobs import Interpreted, ReadFile
from ach_desk.ui.sheets.sheet_model import MOST_COLUMNS, SheetModel
from ach_desk.ui.sheets.spellings import SpellingsPanel
from ach_desk.ui.text import shown
from ach_desk.ui.widgets.choice import Choice
from ach_desk.ui.widgets.dialog import PlainDialog
from ach_desk.ui.widgets.labels import STEP, caption, named, plain

_WIDTH, _HEIGHT = 115 * STEP, 86 * STEP
_MOST_REMEMBERED = 50
_POLL_MS = 100


class ImportDialog(PlainDialog):
    """Reads a spreadsheet and lets the analyst correct what it is taken for.

    made(analysis, report): a new analysis was made. merged(taken, report): the step that takes it into the open one.
    """

    made = Signal(object, object)
    merged = Signal(object, object)

    def __init__(
        self, path: Path, background: Background, store: SettingsStore, session: Session | None, parent: QWidget | None
    ) -> None:
        title = _("Import {file}").format(file=path.name)
        super().__init__(title, parent, _WIDTH)
        self._path, self._background, self._store, self._session = path, background, store, session
        self._file: ReadFile | None = None
        self._mapping = SheetMapping(0, ())
        self._guessed = ""
        self._rows: Rows = []
        self._interpreted: Interpreted | None = None
        self._part = 0.0
        self._tickets: list[Ticket] = []
        self._make_controls()
        self._lay_out()
        self._connect()
        self.resize(_WIDTH, _HEIGHT)
        self._read()

    def reject(self) -> None:
        for ticket in self._tickets:
            ticket.cancel.set()
        super().reject()

    @property
    def mapping(self) -> SheetMapping:
        """Return what the columns are taken for at the moment."""
        return self._mapping

    @property
    def is_ready(self) -> bool:
        """Return whether what is shown is what would be imported."""
        return self._interpreted is not None

    def _make_controls(self) -> None:
        self.state = plain(_("Reading {file} ...").format(file=shown(self._path.name)))
        self.bar = named(QProgressBar(), _("How much of the file is read"))
        self.bar.setRange(0, 100)
        self.sheet = named(Choice([]), _("Sheet"))
        self.header = named(QSpinBox(), _("Row with the headings"))
        self.header.setRange(0, 1000)
        self.header.setSpecialValueText(_("none"))
        self.turned = QCheckBox(_("Items stand side b&y side"))
        named(self.turned, _("Items stand side by side, hypotheses one under the other"))
        self.model = SheetModel()
        self.view = named(QTableView(), _("The sheet; each column is headed by what it is taken for"))
        self.view.setModel(self.model)
        self.view.setSelectionBehavior(QTableView.SelectionBehavior.SelectColumns)
        self.view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.view.setTabKeyNavigation(False)
        self.view.setWordWrap(False)
        self.role = named(Choice(list(role_words().items())), _("What the chosen column is"))
        self.about = plain(wrap=False)
        self.about.setBuddy(self.role)
        self.spellings = SpellingsPanel()
        self.preview = named(QPlainTextEdit(), _("What would be imported"))
        self.preview.setReadOnly(True)
        self.preview.setTabChangesFocus(True)
        self.as_new = QRadioButton(_("Open as a &new analysis"))
        self.into_open = QRadioButton(_("&Merge into the open analysis"))
        self.update_known = QCheckBox(_("&Known items get the texts of the sheet"))
        for button in (self.as_new, self.into_open, self.update_known):
            button.setAccessibleName(button.text().replace("&", ""))
        self.as_new.setChecked(True)
        cancel = self.buttons.button(QDialogButtonBox.StandardButton.Close)
        cancel.setText(_("Cancel"))
        named(cancel, _("Cancel"))
        self.take = self.buttons.addButton(_("Import"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.take.setDefault(True)
        self.take.setAccessibleName(_("Import"))
        self.take.setEnabled(False)

    def _lay_out(self) -> None:
        self.role.setMinimumWidth(26 * STEP)
        for widget in (self.as_new, self.into_open):
            widget.setVisible(self._session is not None)
        self.update_known.hide()
        header = _beside(_("&Headings in row"), self.header)
        top = _line(_beside(_("&Sheet"), self.sheet), self.sheet, header, self.header, self.turned)
        top.setStretch(1, 1)
        right = QVBoxLayout()
        right.setSpacing(STEP // 2)
        right.addWidget(caption(_("What would &come in"), self.preview))
        right.addWidget(self.preview, 1)
        below = QHBoxLayout()
        below.setSpacing(2 * STEP)
        below.addWidget(self.spellings, 1)
        below.addLayout(right, 1)
        waiting, wait_lines = _page()
        wait_lines.addWidget(self.state)
        wait_lines.addWidget(self.bar)
        wait_lines.addStretch(1)
        content, lines = _page()
        lines.addLayout(top)
        lines.addWidget(self.view, 5)
        lines.addLayout(_line(self.about, self.role, None))
        lines.addLayout(below, 4)
        lines.addLayout(_line(self.as_new, self.into_open, self.update_known, None))
        self.pages = QStackedWidget()
        self.pages.addWidget(waiting)
        self.pages.addWidget(content)
        self.column.addWidget(self.pages, 1)

    def _connect(self) -> None:
        self.sheet.chosen.connect(self._show_sheet)
        self.header.valueChanged.connect(self._set_header)
        self.turned.clicked.connect(self._turn)
        self.role.chosen.connect(self._set_role)
        self.view.selectionModel().currentColumnChanged.connect(lambda *_indexes: self._show_column())
        self.view.horizontalHeader().sectionClicked.connect(self._choose_column)
        self.spellings.changed.connect(self._set_mapping)
        self.into_open.toggled.connect(self._show_target)
        self.buttons.accepted.connect(self._import)
        self._timer = QTimer(self)
        self._timer.setInterval(_POLL_MS)
        self._timer.timeout.connect(lambda: self.bar.setValue(int(100 * self._part)))

    # -- reading ---------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        self._timer.start()

        def job(cancel: Cancel) -> ReadFile:
            return jobs.read_file(self._path, partial(setattr, self, "_part"), cancel)

        self._run(job, self._show_file)

    def _run(self, job: object, done: object, lane: str | None = None) -> None:
        self._tickets.append(self._background.run(job, done, self._refused, lane=lane, owner=self))  # pyright: ignore

    def _refused(self, error: Exception) -> None:
        """Show why the file is not read, in the place of the progress."""
        self._timer.stop()
        if not isinstance(error, RefusedFileError):
            raise error
        self.state.setText(shown(str(error)))
        self.bar.hide()
        self.pages.setCurrentIndex(0)

    def _show_file(self, file: ReadFile) -> None:
        self._timer.stop()
        self._file = file
        names = [sheet.name or _("the table") for sheet in file.book.sheets]
        self.sheet.set_entries([(place, shown(name)) for place, name in enumerate(names)])
        self.sheet.setEnabled(len(names) > 1)
        if not names:
            self._refused(RefusedFileError(_("{file} holds no sheet.").format(file=self._path.name)))
            return
        self.pages.setCurrentIndex(1)
        self._show_sheet(best_sheet(file.guesses))
        self.view.setFocus()

    def _show_sheet(self, place: object) -> None:
        assert self._file is not None
        assert isinstance(place, int)
        self.sheet.show_value(place)
        guess = self._file.guesses[place].mapping
        rows = self._sheet().rows
        rows = turned(rows) if guess.transposed else rows
        self._guessed = signature(rows[max(guess.header, 0)] if rows else [])
        known = self._store.settings.sheet_mappings.get(self._guessed)
        self._set_mapping((SheetMapping.from_json(known) if known else None) or guess, whole=True)

    def _sheet(self) -> Sheet:
        assert self._file is not None
        assert isinstance(self.sheet.value, int)
        return self._file.book.sheets[self.sheet.value]

    # -- correcting ------------------------------------------------------------------------------------------------

    def _set_mapping(self, mapping: SheetMapping, *, whole: bool = False) -> None:
        """Take another mapping and find out what it makes of the sheet; `whole`: other cells are shown, too."""
        self._mapping = mapping
        if whole:
            rows = self._sheet().rows
            self._rows = turned(rows) if mapping.transposed else rows
            self.model.show_sheet(self._rows, mapping)
            for column, role in enumerate(mapping.roles[:MOST_COLUMNS]):
                self.view.setColumnWidth(column, (30 if role is Role.TEXT else 15) * STEP)
            self._choose_column(next((at for at, role in enumerate(mapping.roles) if role is not Role.UNUSED), 0))
        else:
            self.model.show_mapping(mapping)
        self.header.blockSignals(True)
        self.header.setValue(mapping.header + 1)
        self.header.blockSignals(False)
        self.turned.setChecked(mapping.transposed)
        self._show_column()
        columns = mapping.columns(Role.HYPOTHESIS)
        body = self._rows[mapping.header + 1 :]
        cells = (row[column] for row in body for column in columns if column < len(row))
        self.spellings.show_spellings(mapping, spellings(cells, mapping))
        self._interpret()

    def _set_header(self, number: int) -> None:
        self._set_mapping(replace(self._mapping, header=number - 1))

    def _turn(self, is_turned: bool) -> None:
        """Take the rows of the sheet for its columns, or back; what the columns are is guessed anew."""
        rows = self._sheet().rows
        self._set_mapping(guess_columns(turned(rows) if is_turned else rows, transposed=is_turned), whole=True)

    def _set_role(self, role: object) -> None:
        assert isinstance(role, Role)
        column = max(self.view.currentIndex().column(), 0)
        width = max(len(self._mapping.roles), column + 1)
        roles = [*self._mapping.roles, *[Role.UNUSED] * (width - len(self._mapping.roles))]
        if role in ONCE:
            roles = [Role.UNUSED if held is role else held for held in roles]
        roles[column] = role
        mapping = replace(self._mapping, roles=tuple(roles))
        is_rated = Role.HYPOTHESIS in (role, self.model.role_of(column))
        self._set_mapping(with_scheme(self._rows, mapping) if is_rated and not mapping.spellings else mapping)

    def _choose_column(self, column: int) -> None:
        row = min(max(self._mapping.header, 0), max(self.model.rowCount() - 1, 0))
        self.view.setCurrentIndex(self.model.index(row, column))

    def _show_column(self) -> None:
        column = max(self.view.currentIndex().column(), 0)
        if self._mapping.transposed:
            self.about.setText(_("&Row {number} is").format(number=column + 1))
        else:
            self.about.setText(_("Co&lumn {letters} is").format(letters=letters(column)))
        self.role.show_value(self.model.role_of(column))

    def _show_target(self, is_merging: bool) -> None:
        self.update_known.setVisible(is_merging)

    # -- the result ------------------------------------------------------------------------------------------------

    def _interpret(self) -> None:
        assert self._file is not None
        self._interpreted = None
        self.take.setEnabled(False)
        job = partial(jobs.interpret, self._file.book, self._sheet(), self._mapping)
        self._run(job, self._show_result, lane=f"import-{id(self)}")

    def _show_result(self, interpreted: Interpreted) -> None:
        has_text = bool(self._mapping.columns(Role.TEXT))
        lines = list(jobs.lines_of(interpreted.report))
        if not has_text:
            lines = [_("Say which column holds the text of the items."), "", *lines]
        most = 500
        self.preview.setPlainText("\n".join(shown(line) for line in lines[:most]))
        self._interpreted = interpreted
        self.take.setEnabled(has_text and bool(interpreted.draft.items or interpreted.draft.hypotheses))
        if interpreted.draft.is_own and not self.update_known.isChecked():
            self.update_known.setChecked(True)

    def _import(self) -> None:
        interpreted = self._interpreted
        if interpreted is None:
            return
        self._remember()
        self.take.setEnabled(False)
        if self._session is not None and self.into_open.isChecked():
            session = self._session
            job = partial(
                *(jobs.merge, session.snapshot(), session.matrix.id, session.me, interpreted),
                self.update_known.isChecked(),
            )
            self._run(job, lambda result: self._finish(self.merged, *result))
        else:
            name = self._store.settings.analyst_name or _("Analyst 1")
            self._run(partial(jobs.build, interpreted, name), lambda result: self._finish(self.made, *result))

    def _finish(self, signal: object, *result: object) -> None:
        self.accept()
        signal.emit(*result)  # pyright: ignore[reportAttributeAccessIssue]

    def _remember(self) -> None:
        """Keep the mapping for the next sheet with the same headings, where the analyst corrected the guess."""
        assert self._file is not None
        assert isinstance(self.sheet.value, int)
        settings = self._store.settings
        known = {key: entry for key, entry in settings.sheet_mappings.items() if key != self._guessed}
        if self._mapping != self._file.guesses[self.sheet.value].mapping:
            known[self._guessed] = self._mapping.to_json()
        settings.sheet_mappings = dict(list(known.items())[-_MOST_REMEMBERED:])
        self._store.save()


def _beside(text: str, control: QWidget) -> QLabel:
    """Return the caption that stands before a control in the same line."""
    label = plain(text, wrap=False)
    label.setBuddy(control)
    return label


def _line(*widgets: QWidget | None) -> QHBoxLayout:
    """Return the controls in a line; None is room that grows."""
    line = QHBoxLayout()
    for widget in widgets:
        if widget is None:
            line.addStretch(1)
        else:
            line.addWidget(widget)
    return line


def _page() -> tuple[QWidget, QVBoxLayout]:
    """Return a page without margins and its column."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    return page, column
