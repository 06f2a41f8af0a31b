"""The lines above the matrix: what is filtered, how many items are left, and what is sorted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pydantic import ValidationError
from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from ach_desk.i18n import _, join_some, ngettext
from ach_desk.model import EvidenceItem, checked
from ach_desk.ui.matrix import filter_choices
from ach_desk.ui.matrix.filter_choices import Choice
from ach_desk.ui.matrix.item_filter import ItemFilter
from ach_desk.ui.session import Session
from ach_desk.ui.text import explain, shortened, shown
from ach_desk.ui.widgets.chips import LinkButton
from ach_desk.ui.widgets.flow import FlowLayout
from ach_desk.ui.widgets.labels import STEP, named, plain, rule, strong_font
from ach_desk.ui.widgets.menu import Menu

_PAUSE_MS = 120
_EM_TEXT, _EM_DATE = 14, 10
_MOST_NAMED = 2
_LONGEST_CHIP = 40
_NO_INDICATOR = "QToolButton::menu-indicator { image: none; }"


class Chip(QToolButton):
    """One condition as a button with a menu. `wanted(ItemFilter)`: an entry of the menu was switched."""

    wanted = Signal(object)

    def __init__(self, caption: str, choices: Callable[[], list[Choice]], parent: QWidget) -> None:
        super().__init__(parent)
        self.caption = caption
        self._choices = choices
        self._plain = self.font()
        self.setStyleSheet(_NO_INDICATOR)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = Menu(self)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)

    def refresh(self) -> None:
        """Say which entries are on; a condition without entries is not shown."""
        choices = self._choices()
        chosen = [choice.text for choice in choices if choice.on]
        text = self.caption
        if chosen:
            text = _("{condition}: {values}").format(condition=text, values=join_some(chosen, _MOST_NAMED))
        text = shown(text)
        named(self, _("Filter by {condition}").format(condition=text))
        self.setText(shortened(text, _LONGEST_CHIP).replace("&", "&&") + " ▾")
        self.setFont(strong_font(self._plain) if chosen else self._plain)
        self.setAutoRaise(not chosen)
        self.setVisible(bool(choices))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the menu on Enter and Down too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.showMenu()
        else:
            super().keyPressEvent(event)

    def _fill(self) -> None:
        menu = self.menu()
        menu.clear()
        for choice in self._choices():
            action = menu.addAction(shown(choice.text).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(choice.on)
            action.triggered.connect(lambda _on=False, choice=choice: self.wanted.emit(choice.leads_to))


class FilterBar(QWidget):
    """Two lines, each shown while it says something.

    wanted(ItemFilter): the person changed the filter. cleared(): every item again, and the line closed. again():
    filter and sort anew. entry_order(): no longer sorted. left(): the keyboard belongs back to the matrix.
    message(str): a line for the status bar.
    """

    wanted = Signal(object)
    cleared = Signal()
    again = Signal()
    entry_order = Signal()
    left = Signal()
    message = Signal(str)

    def __init__(self, session: Session, scores_shown: Callable[[], bool], parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._scores_shown = scores_shown
        self._filter = ItemFilter()
        self.setAccessibleName(_("Filter and order"))
        self.entry = self._line(_("Filter items by text"), _EM_TEXT)
        self.since = self._line(_("Changed since"), _EM_DATE)
        self.since.setToolTip(_("Entered or rated on or after a date: 2023-06-23, 2023-06 or 2023"))
        self.chips = [self._chip(caption, choices) for caption, choices in self._conditions()]
        self.count = plain(wrap=False)
        self.count.setContentsMargins(STEP, 0, STEP, 0)
        self.refresh_button = self._link(_("Refresh"), _("Filter and sort anew (F5)"), self.again)
        self.clear_button = named(QToolButton(self), _("Show all items"))
        explain(self.clear_button, _("Show all items (Esc here, Shift+Esc in the matrix)"))
        self.clear_button.setText("×")
        self.clear_button.setAutoRaise(True)
        self.clear_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clear_button.clicked.connect(self.cleared)
        self.order = plain(muted=True)
        self.again_button = self._link(_("Sort again"), _("Filter and sort anew (F5)"), self.again)
        as_entered = _("Show items and hypotheses in the order of the analysis (Alt+Home)")
        self.back_button = self._link(_("Back to entry order"), as_entered, self.entry_order)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._take_text)
        self.entry.textChanged.connect(self._note_typing)
        self.since.textChanged.connect(self._note_typing)
        self._lay_out()

    def _conditions(self) -> list[tuple[str, Callable[[], list[Choice]]]]:
        analysis = lambda: self._session.analysis  # noqa: E731
        return [
            (_("Kind"), lambda: filter_choices.kinds(self._filter, analysis())),
            (_("Tag"), lambda: filter_choices.tags(self._filter, analysis())),
            (_("Source"), lambda: filter_choices.sources(self._filter, analysis())),
            (_("Group"), lambda: filter_choices.groups(self._filter, analysis())),
            (_("Code"), lambda: filter_choices.codes(self._filter, analysis())),
            (_("Marking"), lambda: filter_choices.markings(self._filter, analysis())),
            (_("State"), lambda: filter_choices.states(self._filter, analysis(), scores_shown=self._scores_shown())),
            (_("Days"), lambda: filter_choices.periods(self._filter)),
        ]

    def _chip(self, caption: str, choices: Callable[[], list[Choice]]) -> Chip:
        chip = Chip(caption, choices, self)
        chip.wanted.connect(self.wanted)
        return chip

    def _line(self, name: str, ems: int) -> QLineEdit:
        line = named(QLineEdit(self), name)
        line.setPlaceholderText(name)
        line.setClearButtonEnabled(True)
        metrics = line.fontMetrics()
        line.setFixedWidth(max(ems * metrics.height(), metrics.horizontalAdvance(name) + 6 * STEP))
        return line

    def _link(self, text: str, name: str, signal: SignalInstance) -> LinkButton:
        link = LinkButton(text, name, self)
        link.clicked.connect(signal)
        return link

    def _lay_out(self) -> None:
        self.filter_line, self.order_line = QWidget(self), QWidget(self)
        conditions = QWidget(self.filter_line)
        flow = FlowLayout(conditions, STEP // 2)
        height = self.entry.sizeHint().height()
        for part in (self.entry, *self.chips, self.since, self.count):
            part.setFixedHeight(height)
            flow.addWidget(part)
        row = QHBoxLayout(self.filter_line)
        row.setContentsMargins(STEP, STEP // 2, STEP, STEP // 2)
        row.setSpacing(STEP // 2)
        row.addWidget(conditions, 1)
        for button in (self.refresh_button, self.clear_button):
            button.setFixedHeight(height)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        order = QHBoxLayout(self.order_line)
        order.setContentsMargins(STEP, STEP // 2, STEP, STEP // 2)
        order.setSpacing(STEP // 2)
        order.addWidget(self.order, 1)
        order.addWidget(self.again_button)
        order.addWidget(self.back_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filter_line)
        column.addWidget(self.order_line)
        column.addWidget(rule())

    # What it shows

    def show_filter(self, wanted: ItemFilter, *, open_: bool) -> None:
        """Show a filter; the line itself while it is in force or `open_`."""
        self._filter = wanted
        for line, text in ((self.entry, wanted.text), (self.since, wanted.changed_since)):
            if not line.hasFocus() and line.text().strip() != text:
                line.blockSignals(True)
                line.setText(text)
                line.blockSignals(False)
        seen = open_ or not wanted.is_empty
        if seen:  # 500 sources and their filters are not put together for a line that only says what is sorted
            self.refresh_chips()
        self.filter_line.setVisible(seen)
        self._show_or_hide()

    def refresh_chips(self) -> None:
        """Offer what the analysis has now."""
        for chip in self.chips:
            chip.refresh()

    def show_count(self, count: int, total: int) -> None:
        """Say how many of the items are shown."""
        text = ngettext("{count} of {total} item", "{count} of {total} items", total)
        self.count.setText(text.format(count=count, total=total))
        explain(
            self.count,
            _(
                "Items that are filtered out stay in the analysis and are scored like all others. The filter is "
                "applied anew when you change it or choose Refresh (F5); until then an item that you rate or add stays."
            ),
        )
        self.count.setFont(strong_font(self.font()) if count < total else self.font())

    def show_order(self, text: str) -> None:
        """Say what is sorted, "" when nothing is."""
        self.order.setText(shown(text))
        explain(self.order, _("Rows stay where they are while you rate; Sort again (F5) sorts them anew."))
        self.order_line.setVisible(bool(text))
        self._show_or_hide()

    def _show_or_hide(self) -> None:
        self.setVisible(not (self.filter_line.isHidden() and self.order_line.isHidden()))

    def focus_text(self) -> None:
        """Put the keyboard into the text."""
        self.entry.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.entry.selectAll()

    # What is typed

    def _note_typing(self) -> None:
        self._pause.start()

    def _take_text(self) -> None:
        self._pause.stop()
        since = self._since()
        changed_since = self._filter.changed_since if since is None else since
        wanted = replace(self._filter, text=self.entry.text().strip(), changed_since=changed_since)
        if wanted != self._filter:
            self.wanted.emit(wanted)

    def _since(self) -> str | None:
        """Return the date typed, "" for none at all; None for something that is no date."""
        typed = self.since.text().strip()
        try:
            return checked(EvidenceItem, "event_date", typed or None) or ""
        except ValidationError:
            return None

    def _finish(self) -> None:
        """Take over what was typed and go to the matrix; stay with a date that is none and say so."""
        self._take_text()
        if self._since() is None:
            self.message.emit(_("Not taken over: write a day that exists as 2023-06-23, 2023-06 or 2023."))
        else:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the text over on Enter and go to the matrix; show everything again on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self._pause.stop()
            self.cleared.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self._finish()
        else:
            super().keyPressEvent(event)
