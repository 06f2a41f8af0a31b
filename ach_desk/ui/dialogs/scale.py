"""The scale of a matrix: three, five or seven steps, and what each step says and scores."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHeaderView,
    QRadioButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ach_desk.commands import Change, edits
from ach_desk.i18n import _, ngettext
from ach_desk.model import RatingValue, Scale
from ach_desk.model.values import SCALE_STEPS
from ach_desk.model.words import rating_meaning, rating_order, rating_symbol, scale_word
from ach_desk.reporting.palette import Palette
from ach_desk.scoring import points_of
from ach_desk.scoring.sheet_findings import off_scale_cells
from ach_desk.ui.matrix.foot import RATING_KEYS
from ach_desk.ui.matrix.wording import MINUS
from ach_desk.ui.session import Session
from ach_desk.ui.widgets.dialog import PlainDialog
from ach_desk.ui.widgets.labels import STEP, named, plain

_SYMBOL, _KEY, _MEANING, _SCORE, _SPREAD = range(5)


class ScaleDialog(PlainDialog):
    """Shows the scale of the present matrix; choosing another one takes effect at once and is one undo step.

    The dialog is not modal: rating goes on beside it.
    """

    def __init__(self, session: Session, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(_("Scale of this matrix"), parent, width=640)
        self._session, self._palette = session, palette
        self.choices = {scale: QRadioButton(scale_word(scale)) for scale in Scale}
        self._group = QButtonGroup(self)
        for scale, choice in self.choices.items():
            choice.setAccessibleName(scale_word(scale))
            choice.clicked.connect(lambda _on=False, chosen=scale: self._choose(chosen))
            self._group.addButton(choice)
            self.column.addWidget(choice)
        self.table = named(QTableWidget(0, 5), _("Steps of the scale"))
        self._set_up_table()
        self.column.addWidget(self.table)
        self.column.addWidget(
            plain(
                _(
                    "What fits never offsets what speaks against: CC, C, C- and N score nothing. "
                    "How far an item spreads over the hypotheses is measured with the points in the last column."
                ),
                muted=True,
            )
        )
        self.off_scale = plain()
        self.column.addWidget(self.off_scale)
        session.changed.connect(self._follow)
        session.replaced.connect(self.reject)
        self.column.addStretch(1)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()

    def _set_up_table(self) -> None:
        heads = [_("Step"), _("Key"), _("Would you expect to see the item?"), _("Scores"), _("Spread")]
        for column, text in enumerate(heads):
            head = QTableWidgetItem(text)
            if column == _MEANING:
                head.setTextAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
            self.table.setHorizontalHeaderItem(column, head)
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setShowGrid(False)
        self.table.setWordWrap(True)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(_MEANING, QHeaderView.ResizeMode.Stretch)
        row = self.fontMetrics().height() + STEP
        self.table.verticalHeader().setDefaultSectionSize(row)
        rows = len(SCALE_STEPS[Scale.SEVEN]) + 1
        self.table.setFixedHeight(header.sizeHint().height() + rows * row + 2 * self.table.frameWidth())

    def refresh(self) -> None:
        """Show the present scale and what is off it."""
        session = self._session
        scale = session.matrix.scale
        self.choices[scale].setChecked(True)
        for choice in self.choices.values():
            choice.setEnabled(not session.read_only)
        values = [value for value in rating_order(scale) if value is not None]
        self.table.setRowCount(len(values))
        for row, value in enumerate(values):
            self._put_row(row, value)
        for column in (_SYMBOL, _KEY, _SCORE, _SPREAD):
            self.table.resizeColumnToContents(column)
            self.table.setColumnWidth(column, self.table.columnWidth(column) + 2 * STEP)
        off = len(off_scale_cells(session.analysis, session.matrix, session.analyst))
        text = ngettext(
            "{count} rating is not a step of this scale. It stays and is scored as it stands.",
            "{count} ratings are not steps of this scale. They stay and are scored as they stand.",
            off,
        )
        self.off_scale.setText(text.format(count=off) if off else _("Changing the scale never changes a rating."))

    def _put_row(self, row: int, value: RatingValue) -> None:
        score, spread = _("left out"), _("left out")
        if value.is_on_scale:
            score, spread = map(_points, points_of(value))
        texts = (rating_symbol(value), RATING_KEYS[value], rating_meaning(value), score, spread)
        for column, text in enumerate(texts):
            entry = QTableWidgetItem(text)
            entry.setFlags(Qt.ItemFlag.ItemIsEnabled)
            if column != _MEANING:
                entry.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            if column == _SYMBOL:
                tone = self._palette.ratings[value]
                entry.setBackground(QColor(tone.fill))
                entry.setForeground(QColor(tone.text))
            self.table.setItem(row, column, entry)

    def _choose(self, scale: Scale) -> None:
        session = self._session
        text = _("Set the scale: {scale}").format(scale=scale_word(scale))
        session.execute(edits.set_field(session.analysis, "matrix", [session.matrix.id], "scale", scale, text))
        self.refresh()

    def _follow(self, change: Change) -> None:
        if change.cells or change.touches("matrix"):
            self.refresh()


def _points(points: float) -> str:
    """Return points as "−0.5", "0" or "+2"."""
    if not points:
        return "0"
    return (MINUS if points < 0 else "+") + f"{abs(points):g}"
