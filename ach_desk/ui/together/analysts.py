"""The analysts of an analysis: who they are, who of them works here, who comes and who goes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from ach_desk.commands import Change, people
from ach_desk.i18n import _, ngettext
from ach_desk.ui import messages
from ach_desk.ui.inspector.analysis import AnalystPanel
from ach_desk.ui.session import Session
from ach_desk.ui.text import single_line
from ach_desk.ui.together.clock import zone_words
from ach_desk.ui.widgets.colourfield import ColourEditor
from ach_desk.ui.widgets.dialog import FieldsDialog
from ach_desk.ui.widgets.editors import beside
from ach_desk.ui.widgets.labels import STEP, caption, named, plain, rule
from ach_desk.ui.widgets.swatch import swatch

_ID = Qt.ItemDataRole.UserRole
_MOST_ROWS = 6


class PersonPanel(AnalystPanel):
    """One analyst with everything that is known of them."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.zone = self.field(
            "time_zone",
            _("Time zone"),
            text=lambda: _("Edit the analyst"),
            one_line=True,
            hint=_("Europe/Berlin"),
            remark=zone_words,
        )
        self.colour = ColourEditor(session, self, _("Colour"), _("none"))
        self.place(beside(self.zone, self.colour.editor))


class AnalystsDialog(FieldsDialog):
    """A list, the fields of the chosen one, and what can be done. chosen(id): the person says "this is me"."""

    chosen = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Analysts"), parent, width=520)
        self._session = session
        self.explanation = plain(
            _(
                "Each analyst rates on a sheet of their own. Who you are is kept on this machine and never taken from "
                "the operating system."
            ),
            muted=True,
        )
        self.list = named(QListWidget(), _("Analysts"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.panel = PersonPanel(session)
        self.entry = QLineEdit()
        self.entry.setPlaceholderText(_("Name, then Enter"))
        self.me = self._button(_("This is me"), self._take_me)
        self.remove = self._button(_("Remove ..."), self._remove)
        self._lay_out()
        self.entry.returnPressed.connect(self._add)
        self.list.currentItemChanged.connect(lambda _row, _before: self._show())
        session.changed.connect(self._follow)
        session.turned.connect(self.refresh)
        session.replaced.connect(self.reject)
        self.refresh()
        self._choose(session.me)
        self.entry.setFocus(Qt.FocusReason.OtherFocusReason)
        self.resize(520, self.sizeHint().height())

    def _lay_out(self) -> None:
        acts = QHBoxLayout()
        acts.setSpacing(STEP)
        acts.addWidget(self.me)
        acts.addWidget(self.remove)
        acts.addStretch(1)
        new = QVBoxLayout()
        new.setSpacing(STEP // 2)
        new.addWidget(caption(_("New analyst"), self.entry))
        new.addWidget(self.entry)
        self.column.addWidget(self.explanation)
        self.column.addLayout(new)
        self.column.addWidget(self.list)
        self.column.addLayout(acts)
        self.column.addWidget(rule())
        self.column.addWidget(self.panel)
        self.column.addStretch(1)

    def refresh(self) -> None:
        """List the analysts as they are now."""
        session, chosen = self._session, self._current()
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for entry in session.analysis.analysts.values():
            row = QListWidgetItem(self._words(entry.id, single_line(entry.name)))
            row.setData(_ID, entry.id)
            row.setIcon(swatch(entry.colour) if entry.colour else QIcon())
            self.list.addItem(row)
        self.list.blockSignals(blocked)
        rows = min(max(self.list.count(), 1), _MOST_ROWS)
        self.list.setFixedHeight(rows * max(self.list.sizeHintForRow(0), 24) + 2 * self.list.frameWidth())
        self._choose(chosen)
        self.entry.setEnabled(not session.read_only)

    def done(self, result: int) -> None:
        """Take a name over that was typed and not entered."""
        if self.entry.text().strip():
            self._add()
        super().done(result)

    def _words(self, analyst: str, name: str) -> str:
        count = people.ratings_of(self._session.analysis, analyst)
        rated = ngettext("{count} rating", "{count} ratings", count).format(count=count)
        if self._hides(analyst):
            rated = _("rates in private")
        me = _("you") if analyst == self._session.me else ""
        return " · ".join(filter(None, (name, rated, me)))

    def _hides(self, analyst: str) -> bool:
        """Return whether how much somebody has rated is not to be seen now."""
        from ach_desk.scoring.round_states import is_private

        analysis = self._session.analysis
        private = any(is_private(analysis, matrix.id) for matrix in analysis.matrices)
        return private and analyst != self._session.me

    def _current(self) -> str:
        row = self.list.currentItem()
        return str(row.data(_ID)) if row is not None else ""

    def _choose(self, analyst: str) -> None:
        rows = range(self.list.count())
        at = next((row for row in rows if self.list.item(row).data(_ID) == analyst), 0)
        self.list.setCurrentRow(at)
        self._show()

    def _show(self) -> None:
        session, chosen = self._session, self._current()
        self.panel.show_records([chosen] if chosen else [])
        self.me.setEnabled(bool(chosen) and chosen != session.me)
        self.remove.setEnabled(bool(chosen) and not session.read_only and self.list.count() > 1)

    def _follow(self, change: Change) -> None:
        if change.touches("analyst") or change.touches("round") or change.cells:
            self.refresh()
        self.panel.refresh()

    def _add(self) -> None:
        name = " ".join(self.entry.text().split())
        if name and not self._session.read_only:
            self.panel.flush()
            command = people.add(self._session.analysis, name)
            self.entry.clear()
            self._session.execute(command)
            self._choose(people.added_id(command))

    def _take_me(self) -> None:
        self.panel.flush()
        self.chosen.emit(self._current())
        self.refresh()

    def _remove(self) -> None:
        """Ask what is to become of the ratings, and do it; either way is one step that undo takes back."""
        analysis, chosen = self._session.analysis, self._current()
        self.panel.flush()
        count = people.ratings_of(analysis, chosen)
        name = analysis.analysts[chosen].name
        answer = "with"
        if count:
            text = ngettext("{name} has rated {count} cell.", "{name} has rated {count} cells.", count)
            detail = _("Remove them together with the person, or keep them under a name that says nothing?")
            choices = [("with", _("Remove both")), ("name", _("Keep the ratings")), ("cancel", _("Cancel"))]
            answer = messages.ask(self, text.format(name=name, count=count), detail, choices, "cancel")
        if answer == "with":
            self._session.execute(people.remove_with_ratings(analysis, chosen), every_sheet=True)
        elif answer == "name":
            self._session.execute(people.forget_person(analysis, chosen))

    def _button(self, text: str, run: object) -> QPushButton:
        button = named(QPushButton(text), text.replace(" ...", ""))
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: run())  # pyright: ignore[reportCallIssue]
        return button
