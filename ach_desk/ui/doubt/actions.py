"""The actions on assumptions and deception for one window, and the dock with the checklist."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ach_desk.commands import assumptions, readings
from ach_desk.i18n import _
from ach_desk.model import EvidenceItem, EvidenceKind
from ach_desk.model.readings import OTHER, twin_of
from ach_desk.scoring import suspicion
from ach_desk.ui.actions import ActionSpec
from ach_desk.ui.doubt import whatif
from ach_desk.ui.lazy_dock import LazyDock

if TYPE_CHECKING:
    from ach_desk.scoring import Finding
    from ach_desk.ui.doubt.check import DeceptionCheck
    from ach_desk.ui.window import AnalysisWindow

READINGS_MENU = "edit/item/readings"
_OF_PAIRS = frozenset({"both_readings", "reading_decides", "reading_unrated", "lone_reading"})


class Doubt(QObject):
    """What the menus offer on doubt."""

    def __init__(self, window: AnalysisWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self.dock: LazyDock[DeceptionCheck] = LazyDock(
            window, "deception", _("Deception"), window.side.charts_dock, self._build
        )

    def action_specs(self) -> list[ActionSpec]:
        """Return the actions for the menus "edit/item", "rate", "review" and "review/scenarios"."""
        return [*self._of_items(), *self._of_readings(), *self._of_what_ifs(), self._of_check()]

    def selection_specs(self) -> list[ActionSpec]:
        """Return those that are about what is selected, for the context menus, where they can do something."""
        names = ("whatif.assumption_false", "doubt.count", "doubt.link", "doubt.item_rests", "doubt.cell_rests")
        found = {spec.name: spec for spec in self.action_specs()}
        return [found[name]._replace(visible=found[name].enabled) for name in names]

    def go_to(self, finding: Finding) -> None:
        """Show the remedy beside the place of a finding on doubt."""
        window = self._window
        if finding.code in _OF_PAIRS:
            window.matrix.select_records("evidence", finding.evidence[:1])
            window.side.bring_up(window.side.inspector_dock)
            window.inspector.show_readings()
        elif finding.code == "deception_hypothesis":
            self.show_check()

    def show_check(self) -> None:
        """Bring the checklist on deception up, with the keyboard on the first open question."""
        self.dock.bring_up()
        self.dock.panel.focus_first()

    def flush(self) -> None:
        """Take over notes that are being typed into the checklist."""
        if self.dock.is_built:
            self.dock.panel.flush()

    # Items

    def _of_items(self) -> Iterable[ActionSpec]:
        matrix = self._window.matrix
        yield ActionSpec(
            "doubt.item_rests",
            "edit/item",
            _("The item holds &only if ..."),
            partial(self._show_rests, of_cell=False),
            enabled=lambda: self._may_edit and bool(self._items),
            separator=True,
        )
        yield ActionSpec(
            "doubt.cell_rests",
            "rate",
            _("The rating holds only if ..."),
            partial(self._show_rests, of_cell=True),
            enabled=lambda: self._may_edit and matrix.focus == "cell" and self._is_rated,
            separator=True,
        )
        yield ActionSpec(
            "doubt.suspect",
            "edit/item",
            _("S&uspect it of being deceptive"),
            self._suspect,
            enabled=lambda: self._may_edit and bool(self._items),
            checked=lambda: bool(self._items) and all(item.suspect for item in self._items),
        )
        yield ActionSpec(
            "doubt.duplicate",
            "edit/item",
            _("Duplicate as &deceptive"),
            self._duplicate,
            enabled=lambda: self._may_edit and len(self._items) == 1 and self._items[0].twin is None,
        )

    def _of_readings(self) -> Iterable[ActionSpec]:
        yield ActionSpec(
            "doubt.count",
            READINGS_MENU,
            _("Count this &reading"),
            lambda: self._session.execute(readings.count(self._session.analysis, self._items[0].id)),
            enabled=lambda: self._may_read and self._is_reading and self._can_count,
        )
        yield ActionSpec(
            "doubt.swap",
            READINGS_MENU,
            _("&Swap the readings"),
            self._swap,
            enabled=lambda: self._may_read and self._is_reading and self._items[0].reading is not None,
        )
        yield ActionSpec(
            "doubt.link",
            READINGS_MENU,
            _("&Two readings of one item"),
            self._link,
            enabled=lambda: self._may_read and self._can_link,
            separator=True,
        )
        yield ActionSpec(
            "doubt.unlink",
            READINGS_MENU,
            _("T&wo items again"),
            lambda: self._session.execute(readings.unlink(self._session.analysis, self._items[0].id)),
            enabled=lambda: self._may_read and self._is_reading,
        )

    def _show_rests(self, *, of_cell: bool) -> None:
        window = self._window
        window.side.bring_up(window.side.inspector_dock)
        window.inspector.show_rests(of_cell=of_cell)

    def _suspect(self) -> None:
        items = self._items
        on = not all(item.suspect for item in items)
        command = assumptions.suspect(self._session.analysis, "evidence", [item.id for item in items], on=on)
        self._session.execute(command)

    def _duplicate(self) -> None:
        made = readings.duplicate_as_deceptive(self._session.analysis, self._items[0].id)
        if not self._session.execute(made.command).is_empty:
            window = self._window
            window.matrix.select_records("evidence", made.added)
            label = self._session.analysis.evidence[made.added[0]].label
            text = _("{label} is the same item read as deceptive. Rate it; it is set aside until you count it.")
            window.show_message(text.format(label=label))

    def _link(self) -> None:
        first, second = self._items
        self._session.execute(readings.link(self._session.analysis, first.id, second.id))

    def _swap(self) -> None:
        item = self._items[0]
        if item.reading is not None:
            self._session.execute(readings.read(self._session.analysis, item.id, OTHER[item.reading]))

    # What-ifs

    def _of_what_ifs(self) -> Iterable[ActionSpec]:
        session = self._session
        yield ActionSpec(
            "whatif.assumption_false",
            "review/scenarios",
            _("What if this &assumption is false?"),
            lambda: whatif.assume_false(session, [item.id for item in self._assumptions]),
            enabled=lambda: self._may_edit and bool(self._assumptions),
            separator=True,
        )
        yield ActionSpec(
            "whatif.without_suspects",
            "review/scenarios",
            _("What if all that is &suspect were left out?"),
            lambda: whatif.leave_out_suspects(session),
            enabled=lambda: self._may_edit and self._is_any_suspect,
        )

    @property
    def _is_any_suspect(self) -> bool:
        session = self._session
        return session.pointing.of_records("suspect", lambda: suspicion.any_suspect(session.analysis))

    def _of_check(self) -> ActionSpec:
        return ActionSpec(
            "doubt.check",
            "review",
            _("Checklist on &deception"),
            self._toggle,
            checked=lambda: self.dock.is_in_front,
        )

    def _toggle(self) -> None:
        if self.dock.is_in_front:
            self.dock.hide()
            self._window.matrix.setFocus()
        else:
            self.show_check()

    def _build(self) -> DeceptionCheck:
        from ach_desk.ui.doubt.check import DeceptionCheck

        check = DeceptionCheck(self._session)
        check.left.connect(self._window.matrix.setFocus)
        return check

    # What is selected

    @property
    def _may_edit(self) -> bool:
        return not self._session.read_only

    @property
    def _may_read(self) -> bool:
        """Return whether readings can be changed: not in a what-if, which has no place for which of them counts."""
        return self._may_edit and self._session.scenario is None

    @property
    def _items(self) -> list[EvidenceItem]:
        known = self._session.analysis.evidence
        return [known[entry] for entry in self._window.matrix.selection().items if entry in known]

    @property
    def _assumptions(self) -> list[EvidenceItem]:
        """Return the selected assumptions that the what-if which is on does not take as false yet."""
        return [
            item
            for item in self._items
            if item.kind is EvidenceKind.ASSUMPTION and not whatif.is_false(self._session, item.id)
        ]

    @property
    def _is_rated(self) -> bool:
        sheet = self._session.matrix.sheets.get(self._session.analyst, {})
        cells = self._window.matrix.selection().cells
        return any((rating := sheet.get(item, {}).get(column)) and rating.value for item, column in cells)

    @property
    def _is_reading(self) -> bool:
        return len(self._items) == 1 and self._other is not None

    @property
    def _other(self) -> EvidenceItem | None:
        return twin_of(self._session.analysis.evidence, self._items[0])

    @property
    def _can_count(self) -> bool:
        other = self._other
        return not self._items[0].is_counted or (other is not None and other.is_counted)

    @property
    def _can_link(self) -> bool:
        items = self._items
        return len(items) == 2 and items[0].twin != items[1].id
