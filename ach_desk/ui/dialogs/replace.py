"""Replace in every text of the analysis: each place shown as it would become, one or all at a time."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QListWidgetItem,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ach_desk.commands.replacing import Hit, Wanted, field_name, hits, replace_hits
from ach_desk.i18n import _, ngettext
from ach_desk.model.change_words import kind_name
from ach_desk.ui.dialogs.find import FindTarget
from ach_desk.ui.dialogs.hits import HitList
from ach_desk.ui.session import Session
from ach_desk.ui.widgets.labels import STEP, named, plain

_PAUSE_MS = 120


class ReplaceBar(QWidget):
    """Two lines and a list at the foot of the window.

    found(FindTarget): show that place. message(str): a line for the status bar. closed(): the keyboard belongs back
    to the matrix.
    """

    found = Signal(object)
    message = Signal(str)
    closed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._hits: list[Hit] = []
        self.setAccessibleName(_("Replace"))
        self.entry, self.by = QLineEdit(), QLineEdit()
        self.match_case = QCheckBox(_("Match case"))
        self.whole_words = QCheckBox(_("Whole words"))
        self.list = HitList()
        self.count = plain(wrap=False, muted=True)
        self.replace_button = QPushButton(_("Replace"))
        self.all_button = QPushButton(_("Replace all"))
        self.close_button = named(QToolButton(), _("Close the replace line"), _("Close the replace line (Esc)"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._lay_out()
        self._connect()
        self._tell()

    def _lay_out(self) -> None:
        self.close_button.setText("×")
        self.close_button.setAutoRaise(True)
        for entry in (self.entry, self.by):
            entry.setClearButtonEnabled(True)
            entry.setMinimumWidth(20 * STEP)
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(STEP)
        for text, entry in ((_("Find"), self.entry), (_("Replace with"), self.by)):
            label = plain(text, wrap=False, muted=True)
            label.setBuddy(entry)
            first.addWidget(label)
            first.addWidget(named(entry, text), 1)
        for part in (self.match_case, self.whole_words, self.close_button):
            first.addWidget(part)
        second.addWidget(self.count, 1)
        for button in (self.replace_button, self.all_button):
            button.setAutoDefault(False)
            second.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(STEP, STEP // 2, STEP, STEP // 2)
        column.setSpacing(STEP // 2)
        column.addLayout(first)
        column.addWidget(self.list)
        column.addLayout(second)

    def _connect(self) -> None:
        self.entry.textChanged.connect(lambda _text: self._pause.start())
        self.by.textChanged.connect(self.list.show_replacement)
        for box in (self.match_case, self.whole_words):
            box.toggled.connect(lambda _on: self._pause.start())
        self._pause.timeout.connect(self.look)
        self.list.currentItemChanged.connect(self._go)
        self.replace_button.clicked.connect(self.replace_one)
        self.all_button.clicked.connect(self.replace_all)
        self.close_button.clicked.connect(self.dismiss)
        self._session.changed.connect(lambda _change: self._follow())
        self._session.replaced.connect(self._follow)

    def open(self) -> None:
        """Show everything with the keyboard in the text to find."""
        self.show()
        self.entry.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.entry.selectAll()
        self.look()

    def dismiss(self) -> None:
        """Hide everything and give the keyboard back."""
        self._pause.stop()
        self.hide()
        self.closed.emit()

    def look(self) -> None:
        """Look for the text and list every place."""
        self._pause.stop()
        session = self._session
        wanted = Wanted(self.entry.text(), self.match_case.isChecked(), self.whole_words.isChecked())
        self._hits = hits(session.analysis, session.matrix, session.analyst, wanted)
        self.list.show_hits([(self._place_name(hit), hit) for hit in self._hits[: HitList.MOST]])
        self._tell()

    def replace_one(self) -> None:
        """Replace the place that is chosen and go on to the next."""
        self._look_if_typed()
        number = self.list.currentRow()
        if not 0 <= number < len(self._hits) or self._session.read_only:
            return
        hit, by = self._hits[number], self.by.text()
        kept = self._run([hit])[1]
        if kept:
            self.message.emit(_("A title cannot be empty; the old one was kept."))
        self.look()
        end = hit.start + (len(by) if not kept else hit.end - hit.start)
        while number < len(self._hits) and self._hits[number].place == hit.place and self._hits[number].start < end:
            number += 1  # what was put in may hold what is looked for
        self.list.setCurrentRow(min(number, self.list.count() - 1))

    def replace_all(self) -> None:
        """Replace every place as one step and say how many there were."""
        self._look_if_typed()
        if not self._hits or self._session.read_only:
            return
        replaced, kept = self._run(self._hits)
        self.look()
        said = ngettext("{count} place replaced.", "{count} places replaced.", replaced).format(count=replaced)
        if kept:
            text = ngettext(
                "{count} place was left: a title cannot be empty.",
                "{count} places were left: a title cannot be empty.",
                kept,
            )
            said += " " + text.format(count=kept)
        self.message.emit(said)

    def _look_if_typed(self) -> None:
        """What was typed a moment ago counts, and not what was listed before it."""
        if self._pause.isActive():
            self.look()

    def _run(self, chosen: list[Hit]) -> tuple[int, int]:
        session = self._session
        done = replace_hits(session.analysis, session.matrix, session.analyst, chosen, self.by.text())
        session.execute(done.command)
        return done.replaced, done.kept

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes; Enter replaces while the keyboard is in the new text, with Ctrl every place."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.replace_all()
        elif self.by.hasFocus():
            self.replace_one()
        else:
            self._next()

    def _next(self) -> None:
        self._look_if_typed()
        if self.list.count():
            self.list.setCurrentRow((self.list.currentRow() + 1) % self.list.count())

    def _follow(self) -> None:
        if self.isVisible():
            self._pause.start()

    def _go(self, item: QListWidgetItem | None) -> None:
        hit = self.list.hit_of(item)
        # A source opens a window of its own, which would take the keyboard away; the list says enough.
        if hit is not None and hit.place.kind != "source" and self.isVisible():
            self.found.emit(_target(hit))

    def _place_name(self, hit: Hit) -> str:
        place, analysis = hit.place, self._session.analysis
        name = field_name(place)
        if isinstance(place.id, tuple):
            item, hypothesis = analysis.evidence[place.id[0]].label, analysis.hypotheses[place.id[1]].label
            return _("{item} under {hypothesis}, {field}").format(item=item, hypothesis=hypothesis, field=name)
        if place.kind == "analysis":
            return _("Analysis, {field}").format(field=name)
        if place.kind in ("conclusion", "outcome"):
            return _("{label}, {field}").format(label=kind_name(place.kind), field=name)
        records = {"hypothesis": analysis.hypotheses, "evidence": analysis.evidence, "source": analysis.sources}
        return _("{label}, {field}").format(label=records[place.kind][place.id].label, field=name)

    def _tell(self) -> None:
        total = len(self._hits)
        text = ""
        if self.entry.text():
            text = ngettext("{count} place", "{count} places", total).format(count=total) if total else _("not found")
        if total > HitList.MOST:
            text = _("{count} places; the first {shown} are listed").format(count=total, shown=HitList.MOST)
        self.count.setText(text)
        self.list.setVisible(total > 0)
        for button in (self.replace_button, self.all_button):
            button.setEnabled(total > 0 and not self._session.read_only)


def _target(hit: Hit) -> FindTarget:
    place = hit.place
    if isinstance(place.id, tuple):
        return FindTarget("cell", "", *place.id)
    evidence = place.id if place.kind == "evidence" else ""
    return FindTarget(place.kind, place.id, evidence, place.id if place.kind == "hypothesis" else "")
