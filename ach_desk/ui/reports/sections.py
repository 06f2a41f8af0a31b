"""The list of the sections of a report: ticked or not, in an order that mouse and keyboard change."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ach_desk.i18n import _
from ach_desk.reporting.report.preset_names import SECTIONS
from ach_desk.reporting.report.presets import section_titles
from ach_desk.ui.widgets.labels import STEP, named

_NAME = Qt.ItemDataRole.UserRole


class SectionList(QWidget):
    """All sections; those in the report are ticked. changed(): another choice or order."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = named(
            QListWidget(),
            _("Sections of the report"),
            _("Space takes a section in or out; Alt+Up and Alt+Down move it."),
        )
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        self.list.installEventFilter(self)
        self.up = _button(_("Move up"), _("Alt+Up"))
        self.down = _button(_("Move down"), _("Alt+Down"))
        buttons = QHBoxLayout()
        buttons.setSpacing(STEP)
        buttons.addWidget(self.up)
        buttons.addWidget(self.down)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        self.setFocusProxy(self.list)
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.list.itemChanged.connect(lambda _item: self.changed.emit())
        self.list.model().rowsMoved.connect(lambda *_where: self.changed.emit())
        self.list.currentRowChanged.connect(lambda _row: self._enable())
        self._enable()

    @property
    def chosen(self) -> tuple[str, ...]:
        """Return the names of the ticked sections in their order."""
        entries = (self.list.item(row) for row in range(self.list.count()))
        return tuple(str(entry.data(_NAME)) for entry in entries if entry.checkState() is Qt.CheckState.Checked)

    def show_sections(self, chosen: tuple[str, ...]) -> None:
        """Show the chosen sections ticked in their order, the others below as they usually stand; says nothing."""
        titles = section_titles()
        self.list.blockSignals(True)
        self.list.clear()
        for name in (*chosen, *(name for name in SECTIONS if name not in chosen)):
            entry = QListWidgetItem(titles[name])
            entry.setData(_NAME, name)
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
            entry.setFlags(flags | Qt.ItemFlag.ItemIsDragEnabled)
            entry.setCheckState(Qt.CheckState.Checked if name in chosen else Qt.CheckState.Unchecked)
            self.list.addItem(entry)
        self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        self._enable()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move the current section with Alt and the arrows."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
            key = Qt.Key(event.key())
            if key in steps and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self._move(steps[key])
                return True
        return super().eventFilter(watched, event)

    def _move(self, step: int) -> None:
        row = self.list.currentRow()
        if not 0 <= row + step < self.list.count() or row < 0:
            return
        self.list.blockSignals(True)
        entry = self.list.takeItem(row)
        self.list.insertItem(row + step, entry)
        self.list.setCurrentRow(row + step)
        self.list.blockSignals(False)
        self._enable()
        self.changed.emit()

    def _enable(self) -> None:
        row = self.list.currentRow()
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < self.list.count() - 1)


def _button(text: str, key: str) -> QPushButton:
    button = named(QPushButton(text), text, key)
    button.setAutoDefault(False)
    return button
