"""The steps rail: a narrow strip of steps; opened, the next open step with its points, each a click to the place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QShowEvent
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ach_desk.commands import Change, findings
from ach_desk.i18n import _, ngettext
from ach_desk.model import FindingSetAside
from ach_desk.scoring import Finding, Points
from ach_desk.ui.help import STEP_PAGES, set_page
from ach_desk.ui.rail_body import PointRow, StepBody
from ach_desk.ui.session import Session
from ach_desk.ui.steps import RATE, Step, next_open, steps
from ach_desk.ui.widgets.focus import paint_focus
from ach_desk.ui.widgets.labels import STEP, named, strong_font
from ach_desk.ui.widgets.panel import scrolled

NARROW = 44
WIDE = 248
_BADGE = 24
_REST_MS = 250


class Rail(QWidget):
    """The nine steps with what is open in each. `place_requested(Finding)`: a point was chosen.

    guide_requested(): what the step Rate offers was chosen.

    The rail never says that a step is done: the program cannot know.
    """

    place_requested = Signal(object)
    guide_requested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._scores_shown = True
        self._offer = ""
        self._wide = False
        self._opened = -1
        self._opens_next = False
        self.setAccessibleName(_("Steps"))
        self.switch = QToolButton()
        self.switch.setAutoRaise(True)
        self.switch.setFixedWidth(NARROW)
        self.switch.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.switch.clicked.connect(lambda: self.set_wide(not self._wide))
        blank = steps(session.analysis, (), scores_shown=False)
        self.buttons = [StepButton(number, step.name) for number, step in enumerate(blank)]
        self.bodies = [self._body(button) for button in self.buttons]
        self._lay_out()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._refresh_if_seen)
        session.changed.connect(self._follow)
        session.replaced.connect(self._start_anew)
        session.turned.connect(self._rest.start)
        session.findings_changed.connect(self._rest.start)
        session.points_known.connect(self._refresh_if_seen)
        self.set_wide(False)

    def _body(self, button: StepButton) -> StepBody:
        body = StepBody(NARROW, button)
        body.place_requested.connect(self.place_requested)
        body.guide_requested.connect(self.guide_requested)
        body.aside_requested.connect(self._set_aside)
        body.take_up_requested.connect(self._take_up)
        return body

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, STEP // 2, 0, STEP // 2)
        column.setSpacing(STEP // 2)
        column.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignLeading)
        for number, (button, body) in enumerate(zip(self.buttons, self.bodies, strict=True)):
            set_page(button, STEP_PAGES[number])
            set_page(body, STEP_PAGES[number])
            button.clicked.connect(lambda _checked=False, chosen=number: self.open_step(chosen))
            column.addWidget(button)
            column.addWidget(body)
        column.addStretch(1)
        area = scrolled(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    @property
    def is_wide(self) -> bool:
        """Return whether names and open points are shown beside the numbers."""
        return self._wide

    @property
    def opened(self) -> int:
        """Return the position of the step whose points are shown; -1 for none."""
        return self._opened if self._wide else -1

    def set_wide(self, wide: bool) -> None:
        """Open the rail on the next open step, or fold it to a strip."""
        self._wide = wide
        self.switch.setText("«" if wide else "»")
        words = _("Fold the steps away") if wide else _("Show the steps")
        named(self.switch, words, words)
        self.setFixedWidth(WIDE if wide else NARROW)
        for button in self.buttons:
            button.set_wide(wide)
        self._opens_next = wide and self._opened < 0
        self.refresh()

    def open_step(self, number: int) -> None:
        """Show the points of a step; choosing it again folds them away."""
        self._opened = -1 if self._wide and self._opened == number else number
        self._opens_next = False
        if self._wide:
            self.refresh()
        else:
            self.set_wide(True)

    def set_scores_shown(self, scores_shown: bool) -> None:
        """Show or leave out the points that give the standing away."""
        self._scores_shown = scores_shown
        self.refresh()

    def set_offer(self, text: str) -> None:
        """Offer to be led through the rating, in these words ("": not now)."""
        if text != self._offer:
            self._offer = text
            self.refresh()

    def point_in_hand(self) -> PointRow | None:
        """Return the open point that has the keyboard; None without one."""
        rows = self.bodies[self._opened].rows if self.opened >= 0 else ()
        return next((row for row in rows if row.has_focus), None)

    def refresh(self) -> None:
        """Show what is open now."""
        self._rest.stop()
        points = self._session.pointing.soon()
        listed = self._steps(points or Points())
        following = next_open(listed)
        if self._opens_next and points is not None:
            self._opens_next = False
            self._opened = max(following, 0)
        for number, (step, button, body) in enumerate(zip(listed, self.buttons, self.bodies, strict=True)):
            button.show_step(step, is_next=number == following, known=points is not None)
            body.setVisible(self._wide and number == self._opened)
            if self._wide and number == self._opened:
                body.show_step(step, may_edit=not self._session.read_only)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._wide:
            self.set_wide(False)
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _steps(self, points: Points) -> list[Step]:
        listed = steps(self._session.analysis, points.open, points.aside, scores_shown=self._scores_shown)
        listed[RATE].offer = self._offer
        return listed

    def _set_aside(self, finding: Finding, reason: str) -> None:
        session = self._session
        command = findings.set_aside(session.analysis, session.matrix.id, finding, reason, session.my_name)
        session.execute(command)
        self.refresh()

    def _take_up(self, record: FindingSetAside) -> None:
        if record.id in self._session.analysis.findings_set_aside:
            self._session.execute(findings.take_up(self._session.analysis, record))
        self.refresh()

    def _follow(self, _change: Change) -> None:
        self._rest.start()

    def _refresh_if_seen(self) -> None:
        if self.isVisible():
            self.refresh()

    def _start_anew(self) -> None:
        self._opened = -1
        self.refresh()


class StepButton(QPushButton):
    """A step as a number in a ring, filled for the next open step; with its name and count when there is room."""

    def __init__(self, number: int, name: str) -> None:
        super().__init__()
        self._number, self._name = number + 1, name
        self._count, self.is_next, self._wide = 0, False, False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFlat(True)
        self.setAutoDefault(False)

    @property
    def count(self) -> int:
        """Return how many points are open."""
        return self._count

    def set_wide(self, wide: bool) -> None:
        """Show the name beside the number, or the number alone."""
        self._wide = wide
        self.update()

    def show_step(self, step: Step, *, is_next: bool, known: bool) -> None:
        """Show how many points of the step are open, if that is known, and whether it is the next open one."""
        self._count, self.is_next = len(step.points), is_next
        named(self, _spoken(step, is_next) if known else step.name, _tip(step))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(NARROW, max(_BADGE, self.fontMetrics().height()) + STEP)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        if self.underMouse():
            painter.fillRect(self.rect(), palette.color(QPalette.ColorRole.Midlight))
        size = max(_BADGE, self.fontMetrics().height() + STEP // 2)
        ring = self._placed(QRect((NARROW - size) // 2, (self.height() - size) // 2, size, size))
        self._paint_ring(painter, ring)
        if self._wide:
            self._paint_name(painter)
        elif self._count and not self.is_next:
            dot = self._placed(QRect(ring.right() - 2, ring.top() - 2, 6, 6))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
            painter.drawEllipse(dot)
        paint_focus(self, painter)

    def _paint_ring(self, painter: QPainter, ring: QRect) -> None:
        palette = self.palette()
        roles = QPalette.ColorRole
        painter.setPen(palette.color(roles.Highlight if self.is_next else roles.PlaceholderText))
        painter.setBrush(palette.color(roles.Highlight) if self.is_next else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(ring)
        painter.setPen(palette.color(roles.HighlightedText if self.is_next else roles.WindowText))
        painter.setFont(strong_font(self.font()) if self.is_next else self.font())
        painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, str(self._number))

    def _paint_name(self, painter: QPainter) -> None:
        palette = self.palette()
        painter.setFont(strong_font(self.font()) if self.is_next else self.font())
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        leading, trailing = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        if self.isRightToLeft():
            leading, trailing = trailing, leading
        room = self._placed(QRect(NARROW, 0, self.width() - NARROW - 5 * STEP, self.height()))
        name = painter.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(flags | leading), name)
        if self._count:
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
            painter.setFont(self.font())
            end = self._placed(QRect(self.width() - 5 * STEP, 0, 4 * STEP, self.height()))
            painter.drawText(end, int(flags | trailing), str(self._count))

    def _placed(self, rect: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), rect)


def _spoken(step: Step, is_next: bool) -> str:
    count = len(step.points)
    if count:
        state = ngettext("{count} open point", "{count} open points", count).format(count=count)
    else:
        state = _("nothing open that the program can see")
    text = _("{step}: {state}").format(step=step.name, state=state)
    return _("{text}. The next open step").format(text=text) if is_next else text


def _tip(step: Step) -> str:
    number = _("Heuer’s step {number}").format(number=step.heuer) if step.heuer else _("Not one of Heuer’s steps")
    return f"{step.name}: {step.purpose} ({number})"
