"""What the rail shows of a step: its points, each a click to the place, and what was set aside with a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from ach_desk.i18n import _, ngettext
from ach_desk.scoring import Finding, PointAside
from ach_desk.ui.steps import Step
from ach_desk.ui.text import shown
from ach_desk.ui.widgets.flow import take_all
from ach_desk.ui.widgets.foldsection import FoldSection
from ach_desk.ui.widgets.labels import STEP, named, plain
from ach_desk.ui.widgets.menu import Menu
from ach_desk.ui.widgets.panel import bring_into_view
from ach_desk.ui.widgets.rowbutton import RowButton

_LONGEST_REASON = 400


class StepBody(QWidget):
    """What to do in a step, what is open in it, and what was set aside.

    place_requested(Finding): a point was chosen. guide_requested(): what the step offers was chosen.
    aside_requested(Finding, reason): a point is to be set aside. take_up_requested(FindingSetAside): and back.
    """

    place_requested = Signal(object)
    guide_requested = Signal()
    aside_requested = Signal(object, str)
    take_up_requested = Signal(object)

    def __init__(self, indent: int, step: QWidget) -> None:
        """`step` is the button of the step: Tab goes from it to the points, and not to those of the rail's end."""
        super().__init__()
        self._step = step
        self._shown: object = None
        self._may_edit = True
        self.rows: list[PointRow] = []
        self.aside = AsideSection()
        self.aside.take_up_requested.connect(self.take_up_requested)
        self._above = QVBoxLayout()
        self._above.setSpacing(STEP // 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(indent - STEP, 0, STEP // 2, STEP)
        column.setSpacing(STEP // 2)
        column.addLayout(self._above)
        column.addWidget(self.aside)

    def show_step(self, step: Step, *, may_edit: bool) -> None:
        """Show a step as it is now; a reason that is being typed stays, if its point is still open."""
        self.aside.show_points(step.aside, may_edit=may_edit)
        present = (step.purpose, step.offer, step.links, list(step.points), may_edit)
        if present == self._shown:
            return
        self._shown, self._may_edit = present, may_edit
        typed = next((row for row in self.rows if row.is_asking), None)
        focus = next((number for number, row in enumerate(self.rows) if row.has_focus), None)
        take_all(self._above)
        self._chain(self._fill(step))
        if typed is not None:
            self._go_on_asking(typed)
        elif focus is not None and self.rows:
            self.rows[min(focus, len(self.rows) - 1)].button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, step: Step) -> list[QWidget]:
        """Make everything anew; return the controls in order."""
        controls: list[QWidget] = []
        self._put(plain(step.purpose, muted=True))
        if step.offer:
            offer = RowButton(step.offer, strong=True)
            offer.clicked.connect(self.guide_requested)
            self._add(offer)
            controls.append(offer)
        self.rows = [self._row(point) for point in step.points]
        controls += [part for row in self.rows for part in row.controls]
        if not step.points:
            self._put(plain(_("Nothing open that the program can see.")))
        controls += [self._link(place) for place in step.links]
        return controls

    def _link(self, place: Finding) -> RowButton:
        link = RowButton(shown(place.text), link=True)
        link.clicked.connect(lambda: self.place_requested.emit(place))
        self._add(link)
        return link

    def _chain(self, controls: list[QWidget]) -> None:
        """Let Tab go through the controls as they stand, and not as they were made."""
        for before, after in pairwise([self._step, *controls, self.aside.switch]):
            QWidget.setTabOrder(before, after)

    def _row(self, point: Finding) -> PointRow:
        row = PointRow(point, may_edit=self._may_edit)
        row.chosen.connect(lambda: self.place_requested.emit(point))
        row.reason_given.connect(lambda reason: self.aside_requested.emit(point, reason))
        self._add(row)
        return row

    def _go_on_asking(self, before: PointRow) -> None:
        for row in self.rows:
            if (row.finding.code, row.finding.facts) == (before.finding.code, before.finding.facts):
                row.ask(before.reason.text())

    def _put(self, label: QLabel) -> None:
        label.setContentsMargins(STEP, 0, STEP, 0)
        self._add(label)

    def _add(self, widget: QWidget) -> None:
        self._above.addWidget(widget)
        widget.show()


class PointRow(QWidget):
    """An open point. `chosen()`: go to its place. `reason_given(str)`: it is set aside, for that reason."""

    chosen = Signal()
    reason_given = Signal(str)

    def __init__(self, finding: Finding, *, may_edit: bool) -> None:
        super().__init__()
        self.finding = finding
        text = shown(finding.text)
        self.button = RowButton(text)
        self.button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.button.customContextMenuRequested.connect(self._offer)
        self.button.clicked.connect(self.chosen)
        self.button.installEventFilter(self)
        self.cross = QToolButton()
        self.cross.setText("×")
        self.cross.setAutoRaise(True)
        self.cross.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        named(self.cross, _("Set aside: {text}").format(text=text), _("Set aside with a reason (Del)"))
        self.cross.clicked.connect(lambda: self.ask())
        self.cross.setVisible(may_edit)
        self._may_edit = may_edit
        self.reason = QLineEdit()
        self.reason.setMaxLength(_LONGEST_REASON)
        self.reason.setPlaceholderText(_("Why can it stay so?"))
        named(self.reason, _("Reason for setting aside: {text}").format(text=text))
        self.reason.returnPressed.connect(self._give)
        self.reason.installEventFilter(self)
        self.hint = plain(_("Enter sets it aside, Escape leaves it open."), muted=True)
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.button, 1)
        row.addWidget(self.cross, 0, Qt.AlignmentFlag.AlignTop)
        asked = QVBoxLayout()
        asked.setContentsMargins(STEP, 0, STEP, 0)
        asked.setSpacing(STEP // 2)
        for part in (self.reason, self.hint):
            part.hide()
            asked.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP // 2)
        column.addLayout(row)
        column.addLayout(asked)

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """Return what takes the keyboard, in order."""
        return (self.button, self.cross, self.reason)

    @property
    def is_asking(self) -> bool:
        """Return whether the reason is being asked for."""
        return not self.reason.isHidden()

    @property
    def has_focus(self) -> bool:
        """Return whether the keyboard is in this row, or was before a menu or list took it."""
        return self.window().focusWidget() in self.controls

    def ask(self, typed: str = "") -> None:
        """Ask for the reason below the words, with the keyboard there."""
        self._show_question(True)
        self.reason.setText(typed)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_view(self.hint)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Del on the words asks for the reason; Escape in the reason leaves the point open."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if watched is self.button and event.key() == Qt.Key.Key_Delete and self._may_edit:
            self.ask()
            return True
        if watched is self.reason and event.key() == Qt.Key.Key_Escape:
            self._show_question(False)
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def _offer(self, at: QPoint) -> None:
        menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Go there"), self.chosen.emit)
        if self._may_edit:
            menu.addAction(_("Set aside with a reason"), self.ask)
        menu.popup(self.button.mapToGlobal(at))

    def _give(self) -> None:
        reason = self.reason.text().strip()
        if reason:
            self._show_question(False)
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)
            self.reason_given.emit(reason)

    def _show_question(self, asking: bool) -> None:
        self.reason.setVisible(asking)
        self.hint.setVisible(asking)


class AsideSection(FoldSection):
    """The points set aside, folded; absent without any. take_up_requested(FindingSetAside): one is open again."""

    take_up_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._points: tuple[PointAside, ...] = ()
        self._may_edit = True
        self.buttons: list[QPushButton] = []
        self.hide()

    def show_points(self, points: Sequence[PointAside], *, may_edit: bool) -> None:
        """Show these."""
        present = tuple(points)
        if (present, may_edit) == (self._points, self._may_edit):
            return
        self._points, self._may_edit = present, may_edit
        count = len(present)
        self.set_title(ngettext("{count} set aside", "{count} set aside", count).format(count=count))
        self.setVisible(count > 0)
        if self.is_open:
            self.fill()

    def fill(self) -> None:
        """Show each with its reason."""
        take_all(self.column)
        self.buttons = []
        for point in self._points:
            text = shown(point.finding.text)
            self._add(plain(text))
            self._add(plain(shown(point.record.reason), muted=True))
            button = self._button(_("Take up again"), _("Take up again: {text}").format(text=text))
            button.clicked.connect(self._taking_up(point))
            button.setEnabled(self._may_edit)
            self._add(button)
            QWidget.setTabOrder(self.buttons[-1] if self.buttons else self.switch, button)
            self.buttons.append(button)

    def _taking_up(self, point: PointAside) -> Callable[[], None]:
        return lambda: self.take_up_requested.emit(point.record)

    def _button(self, text: str, name: str) -> QPushButton:
        button = named(QPushButton(text), name)
        button.setAutoDefault(False)
        return button

    def _add(self, widget: QWidget) -> None:
        side = Qt.AlignmentFlag.AlignLeading if isinstance(widget, QPushButton) else Qt.AlignmentFlag(0)
        self.column.addWidget(widget, 0, side)
        widget.show()
